"""Where the talks stand: the first page."""

from __future__ import annotations

from typing import Any

from dragoman.types import Commitment, Comparison, Meeting, Statement
from dragoman.web.page import Page
from dragoman.web.pages.agreements import ladder
from dragoman.web.pages.comparisons import values
from dragoman.web.pages.meetings import delegations
from dragoman.web.pages.positions import positions
from dragoman.web.pages.timeline import picture

_TALKS = "citable AND topic IN ('talks', 'summit') AND first IS NOT NULL"
_FEW = 4


def home(page: Page) -> dict[str, Any]:
    """The latest and the next talks, what moved, what is agreed, what is disputed, what is new."""
    latest = _last(page, f"{_TALKS} AND status IN ('held', 'under way')")
    after = latest[0] if latest else None
    planned = _next(page, after)
    matrix = positions(page)
    agreed = page.desk.wanted("commitment", "citable", most=200)
    return {
        "latest": latest[1] if latest else None,
        "seats": delegations(page, latest[1]) if latest else None,
        "planned": planned,
        "moves": matrix["moves"][:_FEW],
        "when": matrix["when"],
        "commitments": _agreements(agreed),
        "commitment_total": len(agreed),
        "disputes": _disputes(page),
        "sayings": page.desk.once("latest sayings", lambda: _sayings(page)),
        "picture": picture(page, {}),
        "coverage": page.desk.once("coverage", lambda: _coverage(page)),
    }


def _last(page: Page, test: str) -> tuple[int, Meeting] | None:
    rows = page.desk.catalogue.rows(
        f"SELECT last, seq FROM item WHERE kind = 'meeting' AND {test}"
        " ORDER BY last DESC, first DESC, accounts DESC, id LIMIT 1"
    )
    for last, seq in rows:
        entry = page.desk.entries([seq])[0]
        if isinstance(entry, Meeting):
            return last, entry
    return None


def _next(page: Page, after: int | None) -> list[Meeting]:
    """What is planned or proposed for later than the latest talks, or without a date."""
    test = "citable AND status IN ('planned', 'proposed')"
    found = page.desk.wanted(
        "meeting", f"{test} AND (last IS NULL OR last > ?)", after or 0, most=_FEW
    )
    return [each for each in found if isinstance(each, Meeting)]


def _agreements(agreed: list[Any]) -> list[tuple[Commitment, Any]]:
    """The firmest first, those that came to an end last."""
    order = (
        "carried out",
        "begun",
        "agreed",
        "agreed in principle",
        "breached",
        "withdrawn",
        "proposed",
    )
    found = [each for each in agreed if isinstance(each, Commitment)]
    found.sort(key=lambda each: (order.index(each.status), each.subject, each.id))
    return [(each, ladder(each)) for each in found[:8]]


def _disputes(page: Page) -> list[tuple[Comparison, Any]]:
    rows = page.desk.catalogue.rows(
        "SELECT seq FROM item WHERE kind = 'comparison' AND citable AND status IN"
        " ('contradicts', 'garbled') ORDER BY status, accounts DESC, reports DESC, id LIMIT ?",
        _FEW,
    )
    found = page.desk.entries([seq for (seq,) in rows])
    return [(each, values(page, each)) for each in found if isinstance(each, Comparison)]


def _sayings(page: Page) -> list[Statement]:
    """The latest statements of known speakers, one of each speaker."""
    rows = page.desk.catalogue.rows(
        "SELECT seq, max(last) AS latest FROM item WHERE kind = 'statement' AND lead AND citable"
        " AND speaker IS NOT NULL AND first > 0 AND last < 1000000"
        " GROUP BY speaker ORDER BY latest DESC, accounts DESC, id LIMIT ?",
        _FEW,
    )
    found = page.desk.entries([seq for seq, _ in rows])
    return [each for each in found if isinstance(each, Statement)]


def _coverage(page: Page) -> dict[str, Any]:
    """How much was read."""
    catalogue = page.desk.catalogue
    languages = catalogue.rows(
        "SELECT language, count(*) AS n FROM item WHERE kind = 'report'"
        " GROUP BY language ORDER BY n DESC, language"
    )
    counts = dict(catalogue.rows("SELECT kind, count(*) FROM item GROUP BY kind"))
    return {
        "counts": counts,
        "languages": [(page.language(code), n) for code, n in languages],
        "families": len(catalogue.families),
        "skipped": len(page.desk.reader.skipped()),
        "review": catalogue.one("SELECT count(*) FROM item WHERE NOT citable"),
        "disputed": catalogue.one(
            "SELECT count(*) FROM item WHERE kind = 'comparison' AND status = 'contradicts'"
        ),
    }
