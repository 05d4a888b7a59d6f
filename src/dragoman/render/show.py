"""One entry in full: its fields, its reasons, and its evidence in context."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from dragoman.errors import EntryMissing
from dragoman.render.safe import harmless
from dragoman.render.teller import report_label
from dragoman.render.view import View
from dragoman.types import Entry, Grounding, Reason, Report, Span, Value, to_json

_CONTEXT = 120
_APART = frozenset({"id", "kind", "evidence", "reasons"})


class Shown(Value, frozen=True, kw_only=True):
    """A piece of evidence: the words with what stands before and after them in the report."""

    report: str
    source: str
    label: str
    start: int
    end: int
    grounding: Grounding
    role: str | None
    before: str
    words: str
    after: str


class Full(Value, frozen=True, kw_only=True):
    """An entry in full. `fields` are names and values in words, in the contract's order.

    What has several parts that are no plain words (the steps of a history, the values compared)
    is there once for each.

    All text is harmless to a terminal: control characters are made visible.
    """

    id: str
    kind: str
    fields: tuple[tuple[str, str], ...]
    reasons: tuple[Reason, ...]
    evidence: tuple[Shown, ...]


def show(view: View, entry_id: str, *, context: int = _CONTEXT) -> Full:
    """One entry in full.

    Args:
        view: the record.
        entry_id: the entry's id.
        context: how many characters of the report to give before and after the words.

    Raises:
        EntryMissing: the record holds no entry of that id.
    """
    reports: dict[str, Report] = {}
    entry: Entry | None = None
    for candidate in view.entries():
        if isinstance(candidate, Report):
            reports[candidate.id] = candidate
        if candidate.id == entry_id:
            entry = candidate
    if entry is None:
        raise EntryMissing(entry_id, "no entry of that id in the record", "list the entries")
    return Full(
        id=entry.id,
        kind=entry.kind,
        fields=tuple(
            (name, harmless(line))
            for name, value in _fields(entry).items()
            if name not in _APART
            for line in _lines(value, reports)
        ),
        reasons=tuple(
            Reason(rule=harmless(reason.rule), why=harmless(reason.why), weight=reason.weight)
            for reason in entry.reasons
        ),
        evidence=tuple(
            _shown(view.text(span.report), reports.get(span.report), span, context)
            for span in entry.evidence
        ),
    )


def _fields(entry: Entry) -> dict[str, Any]:
    fields: dict[str, Any] = msgspec.json.decode(to_json(entry))
    return fields


def _lines(value: object, reports: Mapping[str, Report]) -> list[str]:
    """A field's value in words, a line for each of its parts; one empty line if unknown."""
    if isinstance(value, list) and any(isinstance(part, dict) for part in value):
        return [_words(part, reports) for part in value]
    return [_words(value, reports)]


def _words(value: object, reports: Mapping[str, Report]) -> str:
    if value is None or value in ([], {}):
        return ""
    if isinstance(value, list):
        return ", ".join(_words(part, reports) for part in value)
    if isinstance(value, dict):
        if {"report", "start", "end", "text"} <= value.keys():
            report = reports.get(value["report"])
            source = report.source if report else value["report"]
            return f"{source} {value['start']}:{value['end']} “{value['text']}”"
        parts = ((name, _words(part, reports)) for name, part in value.items())
        return "; ".join(f"{name}: {part}" for name, part in parts if part)
    if isinstance(value, str):
        return value
    return msgspec.json.encode(value).decode("utf-8")


def _shown(text: str, report: Report | None, span: Span, context: int) -> Shown:
    return Shown(
        report=span.report,
        source=harmless(report.source) if report else span.report,
        label=harmless(report_label(report)) if report else span.report,
        start=span.start,
        end=span.end,
        grounding=span.grounding,
        role=span.role,
        before=harmless(text[max(0, span.start - context) : span.start]),
        words=harmless(text[span.start : span.end]),
        after=harmless(text[span.end : span.end + context]),
    )
