"""The files that the record can be taken along in."""

from __future__ import annotations

from typing import Any

from dragoman.render.exports import FORMATS
from dragoman.render.exports.columns import TABLES
from dragoman.web.page import Page

# In the order of the page: to read, as tables, for the programs of a field.
GROUPS = (
    ("read", ("html", "markdown", "docx", "pdf")),
    ("tables", ("csv", "parquet")),
    ("field", ("mend", "pncc", "plover", "ftm", "ftm-statements")),
    ("linked", ("claimreview", "prov", "graphml", "icalendar")),
)


def files(page: Page) -> dict[str, Any]:  # noqa: ARG001 - every page is given the page
    """All formats by group, with what is missing for those that need more."""
    return {
        "groups": [(name, [(each, FORMATS[each]) for each in formats]) for name, formats in GROUPS],
        "tables": TABLES,
    }
