"""One entry of any kind in full: fields, reasons, evidence in context, what names it."""

from __future__ import annotations

from typing import Any

import msgspec

from dragoman.render.view import citable
from dragoman.types import AnyEntry, Comparison, Lineage, Span, to_json
from dragoman.web.gist import gist
from dragoman.web.page import Page
from dragoman.web.pages.comparisons import values
from dragoman.web.pages.review import correctable
from dragoman.web.pages.statements import retold

_CONTEXT = 140
_APART = frozenset({"id", "kind", "evidence", "reasons", "history", "aligned", "values"})
_MOST = 60
_NAMING = 40
# A field that is an id's neighbour is shown with the link, not on a line of its own.
_IDS = {"_id": "", "_ids": "s"}
HOMES = {"meeting": "/meetings", "actor": "/actors", "report": "/reports"}


def home(entry_id: str, kind: str) -> str:
    """The address at which an entry of a kind is shown best."""
    return f"{HOMES.get(kind, '/entries')}/{entry_id}"


def entry(page: Page, id_: str) -> dict[str, Any]:
    """What the template shows of an entry."""
    found = page.desk.entry(id_)
    seq = page.desk.catalogue.one("SELECT seq FROM item WHERE id = ?", id_)
    return {
        "entry": found,
        "correct": correctable(page, found),
        "gist": gist(page, found),
        "review": not citable(found),
        "fields": _fields(found),
        "evidence": [_context(page, span) for span in found.evidence[:_MOST]],
        "left": max(0, len(found.evidence) - _MOST),
        "history": getattr(found, "history", ()),
        "values": values(page, found) if isinstance(found, Comparison) else [],
        "aligned": _aligned(page, found) if isinstance(found, Lineage) else [],
        "naming": _naming(page, id_),
        "retold": [(each, gist(page, each)) for each in retold(page, seq)]
        if found.kind == "statement"
        else [],
        "home": home(id_, found.kind) if found.kind in HOMES else None,
    }


def _fields(found: AnyEntry) -> list[tuple[str, list[str]]]:
    """The fields that hold something, by name, each value as text."""
    plain: dict[str, Any] = msgspec.json.decode(to_json(found))
    shown = []
    for name, value in plain.items():
        if name in _APART or name.endswith(("_id", "_ids")) or value in (None, [], {}, False):
            continue
        shown.append((name, _texts(value)))
    return shown


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [f"{name}: {each}" for name, each in value.items() if each is not None]
    if isinstance(value, list):
        return [", ".join(_texts(each)) if isinstance(each, dict) else str(each) for each in value]
    return [f"{value:g}" if isinstance(value, float) else str(value)]


def _context(page: Page, span: Span) -> dict[str, Any]:
    text = page.desk.reader.text(span.report)
    card = page.card(span.report)
    before, after = max(0, span.start - _CONTEXT), min(len(text), span.end + _CONTEXT)
    return {
        "span": span,
        "card": card,
        "href": page.words_address(span),
        "before": ("…" if before else "") + page.line(text[before : span.start]),
        "words": page.line(text[span.start : span.end]),
        "after": page.line(text[span.end : after]) + ("…" if after < len(text) else ""),
        "gap": text[span.start - 1 : span.start].isspace(),
        "gap_after": text[span.end : span.end + 1].isspace(),
    }


def _aligned(page: Page, found: Lineage) -> list[dict[str, Any]]:
    """Passages of the report beside those that they were made from."""
    return [
        {
            "here": page.quoted(pair.here),
            "here_href": page.words_address(pair.here),
            "there": page.quoted(pair.there),
            "there_href": page.words_address(pair.there),
        }
        for pair in found.aligned[:_MOST]
    ]


def _naming(page: Page, id_: str) -> list[tuple[AnyEntry, Any]]:
    """The entries that name this one, some of them."""
    rows = page.desk.reader.rows(
        "SELECT DISTINCT ref.entry FROM ref JOIN entry ON entry.seq = ref.entry"
        " WHERE target = ? AND last_state IS NULL ORDER BY entry.kind, entry.id LIMIT ?",
        id_,
        _NAMING,
    )
    return [(each, gist(page, each)) for each in page.desk.entries([seq for (seq,) in rows])]
