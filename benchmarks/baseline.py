"""The least that a record of these reports could be: capitalised words and quoted words.

Every run of capitalised words is an actor of that name; everything between quotation marks is a
statement of the name that stands nearest.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

NAME = re.compile(r"\b[^\W\d_a-zß-ÿ][^\W\d_]{2,}(?: [^\W\d_a-zß-ÿ][^\W\d_]+)*")
QUOTATION = re.compile(r"[“„«\"]([^“”„«»\"\n]{15,400})[”“»\"]")


def export(texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """The rows of an export."""
    rows: list[dict[str, Any]] = []
    actors = defaultdict[str, list[dict[str, Any]]](list)
    for report, text in sorted(texts.items()):
        whole = _span(report, text, 0, min(60, len(text)))
        rows.append({"kind": "report", "id": report, "source": report, "evidence": [whole]})
        names = [match.span() for match in NAME.finditer(text)]
        for start, end in names:
            actors[text[start:end]].append(_span(report, text, start, end))
        rows += _statements(report, text, names)
    for name, evidence in sorted(actors.items()):
        rows.append({"kind": "actor", "name": name, "forms": [name], "evidence": evidence})
    return rows


def _statements(report: str, text: str, names: list[tuple[int, int]]) -> Iterator[dict[str, Any]]:
    for match in QUOTATION.finditer(text):
        start, end = match.span(1)
        outside = [span for span in names if span[1] <= start or span[0] >= end]
        nearest = min(outside, key=lambda s: max(start - s[1], s[0] - end), default=None)
        yield {
            "kind": "statement",
            "mode": "direct",
            "speaker": text[slice(*nearest)] if nearest else None,
            "evidence": [_span(report, text, start, end)],
        }


def _span(report: str, text: str, start: int, end: int) -> dict[str, Any]:
    return {"report": report, "start": start, "end": end, "text": text[start:end]}
