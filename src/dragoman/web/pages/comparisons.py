"""Where reports agree and differ: who says what, and how many independent ones."""

from __future__ import annotations

from typing import Any

from dragoman.render.weights import behind, ground
from dragoman.types import Comparison
from dragoman.web.listing import Shape, listing
from dragoman.web.page import Page
from dragoman.web.pages.statements import label

COMPARISONS = Shape(
    path="/comparisons", kind="comparison", facets=("verdict", "field"), order="accounts", per=20
)
WORST_FIRST = (
    "contradicts",
    "garbled",
    "different events",
    "later update",
    "compatible",
    "same statement",
    "agrees",
)


def comparisons(page: Page) -> dict[str, Any]:
    """A page of comparisons; of no verdict chosen, where reports contradict each other."""
    query = dict(page.query)
    if not query.get("verdict"):
        counts = dict(
            page.desk.catalogue.rows(
                "SELECT status, count(*) FROM item WHERE kind = 'comparison' GROUP BY status"
            )
        )
        query["verdict"] = next((v for v in WORST_FIRST if v in counts), "")
    found = listing(page.desk, COMPARISONS, query, lambda f, v: label(page, f, v))
    return {
        "list": found,
        "values": {entry.id: values(page, entry) for entry in found.entries},
        "ground": ground,
        "verdict": query["verdict"],
    }


def values(page: Page, entry: Comparison) -> list[dict[str, Any]]:
    """Each value with the reports that tell it and links to their words."""
    rows = []
    for value in entry.values:
        spans = [span for span in entry.evidence if span.report in value.reports]
        rows.append(
            {
                "value": value.value,
                "counted": page.counted(value.independent, len(value.reports)),
                "independent": value.independent,
                "behind": behind(entry, value),
                "cites": page.all_cites(spans),
                "reports": len(value.reports),
            }
        )
    return sorted(rows, key=lambda row: (-row["independent"], -row["reports"]))
