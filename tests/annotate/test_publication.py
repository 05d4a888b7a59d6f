"""Lines of a report that tell the day of its publication, and lines that only look so."""

from __future__ import annotations

import pytest

from dragoman.annotate.publication import published_line

NEWS = "The dockers of Port Salen and the harbour company resumed their talks, officials said."


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("en", "By N. Quill / 20 May 2025"),
        ("en", "20 May 2025"),
        ("en", "Published: May 20, 2025 at 5:30 pm"),
        ("en", "Port Salen, 20 May 2025"),
        ("de", "Von Jan Kell, 20. Mai 2025"),
        ("de", "Port Salen, 20. Mai 2025."),
        ("fr", "Par Anne Vercel, le 20 mai 2025 à 17h30"),
        ("es", "Por Ana Vell | 20 de mayo de 2025"),
        ("pt", "Publicado em 20 de maio de 2025"),
        ("ru", "20 мая 2025 года"),
        ("uk", "Опубліковано 20 травня 2025 року"),
        ("tr", "Yayınlanma tarihi: 20 Mayıs 2025"),
        ("el", "Δημοσιεύτηκε στις 20 Μαΐου 2025"),
    ],
)
def test_a_line_of_its_own_tells_the_day(code: str, line: str) -> None:
    found = published_line(f"Dockers talk\n{line}\n{NEWS}", code)
    assert found is not None
    assert str(found[0]) == "2025-05-20"


def test_a_dateline_tells_the_day() -> None:
    found = published_line(f"PORT SALEN, May 20, 2025 (Agency) – {NEWS}", "en")
    assert found is not None
    assert str(found[0]) == "2025-05-20"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", f"Updated 20 May 2025\n{NEWS}"),
        ("en", f"The accord of 20 May 2025\n{NEWS}"),
        ("en", f"Ceasefire agreement, 20 May 2025\n{NEWS}"),
        ("en", f"On 20 May 2025, the dockers met.\n{NEWS}"),
        ("en", f"20 May 2025\n{NEWS}\n21 May 2025"),
        ("de", f"Zuletzt aktualisiert am 20. Mai 2025\n{NEWS}"),
        (None, f"20 May 2025\n{NEWS}"),
    ],
)
def test_other_lines_tell_none(code: str | None, text: str) -> None:
    assert published_line(text, code) is None
