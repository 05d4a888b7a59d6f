"""What was read, and which reports were made from others."""

from __future__ import annotations

from typing import Any, NamedTuple

from dragoman.types import Lineage
from dragoman.web.listing import Shape, listing, number
from dragoman.web.page import Page
from dragoman.web.pages.statements import label

REPORTS = Shape(path="/reports", kind="report", facets=("language", "outlet"), per=40)
_FAMILIES = 12
# The graph of a family, in pixels.
_ROW, _TOP, _LEFT, _RIGHT = 34, 18, 14, 430
_DRAWN = 24


def reports(page: Page) -> dict[str, Any]:
    """A page of reports by date."""
    found = listing(page.desk, REPORTS, page.query, lambda f, v: label(page, f, v))
    return {"list": found, "skipped": page.desk.reader.skipped()}


class Branch(NamedTuple):
    """A report made from the root of its family, and where it stands in the picture."""

    card: Any
    entry: Lineage
    y: int
    width: float


def copies(page: Page) -> dict[str, Any]:
    """A page of families, the largest first."""
    catalogue = page.desk.catalogue
    families = sorted(
        (members for members in catalogue.families.values() if len(members) > 1),
        key=lambda members: (-len(members), members[0]),
    )
    pages = max(1, -(-len(families) // _FAMILIES))
    at = min(max(1, number(page.query.get("page"), 1)), pages)
    shown = families[(at - 1) * _FAMILIES : at * _FAMILIES]
    return {
        "families": [_family(page, members) for members in shown],
        "total": len(families),
        "alone": sum(len(members) == 1 for members in catalogue.families.values()),
        "page_number": at,
        "pages": pages,
    }


def _family(page: Page, members: list[str]) -> dict[str, Any]:
    made = []
    for member in members[1:]:
        found = page.desk.wanted(
            "lineage",
            "citable AND seq IN (SELECT seq FROM item WHERE about = ?)",
            page.card(member).made_from,
            most=400,
        )
        entry = next((e for e in found if isinstance(e, Lineage) and e.report == member), None)
        if entry is not None:
            made.append(entry)
    made.sort(key=lambda entry: (-entry.share, entry.report))
    branches = [
        Branch(page.card(entry.report), entry, _TOP + place * _ROW, 1 + 4 * entry.share)
        for place, entry in enumerate(made)
    ]
    height = _TOP * 2 + max(0, len(branches[:_DRAWN]) - 1) * _ROW
    return {
        "root": page.card(members[0]),
        "branches": branches,
        "drawn": branches[:_DRAWN],
        "height": height,
        "middle": height / 2,
        "left": _LEFT,
        "right": _RIGHT,
    }
