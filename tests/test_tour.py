"""The tour's pictures are there, small, and told in words."""

import re
from pathlib import Path

DOCS = Path(__file__).parent.parent / "docs"


def test_every_picture_of_the_tour_is_there_and_small():
    told = re.findall(r"!\[([^\]]+)\]\((tour/[\w-]+\.png)\)", (DOCS / "tour.md").read_text("utf-8"))
    assert {path for _, path in told} == {f"tour/{p.name}" for p in (DOCS / "tour").iterdir()}
    for words, path in told:
        picture = (DOCS / path).read_bytes()
        assert picture.startswith(b"\x89PNG"), path
        assert len(picture) < 150_000, path
        assert len(words.split()) > 5, path
