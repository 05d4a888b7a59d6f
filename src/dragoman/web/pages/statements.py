"""What was said: full-text search and filters."""

from __future__ import annotations

from typing import Any

from dragoman.web.listing import Shape, listing
from dragoman.web.page import Page

STATEMENTS = Shape(
    path="/statements",
    kind="statement",
    facets=("speaker", "side", "force", "channel", "language", "outlet"),
    leads=True,
    per=30,
)


def label(page: Page, facet: str, value: str) -> str:
    """What a value of a filter is called."""
    if facet in {"speaker", "party", "actor"}:
        return page.desk.catalogue.called(value)
    if facet == "language":
        return page.language(value)
    if facet == "force":
        negated = value.startswith("not ")
        return page.force(value.removeprefix("not "), negated=negated)
    if facet == "stance":
        return page.stance(value)
    return page.word(facet, value)


def statements(page: Page) -> dict[str, Any]:
    """A page of statements; what several reports tell alike is shown once."""
    found = listing(page.desk, STATEMENTS, page.query, lambda f, v: label(page, f, v))
    return {"list": found, "sayings": sayings(page, found.seqs)}


def sayings(page: Page, seqs: tuple[int, ...]) -> dict[str, tuple[int, int]]:
    """For each statement by id how many independent accounts, and reports, tell the same."""
    catalogue = page.desk.catalogue
    told: dict[str, tuple[int, int]] = {}
    for seq in seqs:
        reports = [
            report
            for (report,) in page.desk.reader.rows(
                "SELECT DISTINCT report.id FROM evidence JOIN report ON report.seq = report"
                f" WHERE entry IN ({', '.join(map(str, _alike(page, seq)))})"
            )
        ]
        id_ = catalogue.one("SELECT id FROM item WHERE seq = ?", seq)
        told[id_] = (catalogue.independent(reports), len(reports))
    return told


def _alike(page: Page, seq: int) -> list[int]:
    """The statements that tell the same as one."""
    rows = page.desk.catalogue.rows(
        "SELECT seq FROM item WHERE saying = (SELECT saying FROM item WHERE seq = ?)"
        " ORDER BY lead DESC, seq LIMIT 200",
        seq,
    )
    return [each for (each,) in rows] or [seq]


def retold(page: Page, seq: int) -> list[Any]:
    """The other statements that tell the same as one."""
    return page.desk.entries([each for each in _alike(page, seq) if each != seq])
