import re
import sqlite3
from pathlib import Path

import pytest

from .story import exported

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("page", ["record.md", "contract.md"])
def test_the_examples_run(page, record, tmp_path, monkeypatch):
    (tmp_path / "export.jsonl").write_bytes(exported(record))
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for block in re.findall(r"```python\n(.*?)```", (DOCS / page).read_text("utf-8"), re.DOTALL):
        exec(block, names)  # noqa: S102 - our own page


def test_every_table_is_told(record):
    db = sqlite3.connect(record)
    tables = db.execute(
        "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')"
        " AND name NOT GLOB '*_words_*' AND name NOT GLOB 'sqlite_*'"
    ).fetchall()
    db.close()
    page = (DOCS / "record.md").read_text("utf-8")
    assert [name for (name,) in tables if f"`{name}`" not in page] == []
