"""Which entry a correction means, after linking has made all entries anew.

An anchor holds words and fields. The entry is the one of that kind that rests on most of the words
and, of several, has most of the fields. Where half of the words or more have lost their entry, and
the fields fit none either, the ground has vanished: nothing is taken for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

import msgspec

from dragoman.errors import EntryMissing
from dragoman.record import Anchor
from dragoman.types import AnyEntry, Entry, Report, Span, to_json

# What tells entries of a kind apart that rest on the same words.
_FIELDS: dict[str, tuple[str, ...]] = {
    "report": ("source",),
    "boilerplate": (),
    "repair": ("garbled", "restored"),
    "actor": ("name", "type"),
    "meeting": ("form", "round", "date"),
    "statement": ("speaker", "described", "force", "content"),
    "position": ("party", "issue", "stance"),
    "commitment": ("subject", "status"),
    "incident": ("type", "by", "against", "date"),
    "lineage": ("report", "from"),
    "comparison": ("about", "field", "verdict"),
}
# Spans kept in an anchor: an actor may have thousands.
_MOST_SPANS = 16
_HALF = 0.5


def builtins_of(entry: Entry) -> dict[str, object]:
    """An entry as JSON has it."""
    fields: dict[str, object] = msgspec.json.decode(to_json(entry))
    return fields


def anchor_of(entry: AnyEntry, sources: Mapping[str, str]) -> Anchor:
    """The anchor that means an entry; `sources` tells where each report came from."""
    fields = builtins_of(entry)
    spans = entry.evidence
    if len(spans) > _MOST_SPANS:  # some from all over it
        step = len(spans) / _MOST_SPANS
        spans = tuple(spans[int(i * step)] for i in range(_MOST_SPANS))
    return Anchor(
        kind=entry.kind,
        spans=spans,
        fields={name: fields[name] for name in _FIELDS[entry.kind] if fields[name] is not None},
        sources={span.report: sources[span.report] for span in spans if span.report in sources},
    )


class Ground:
    """The words of all reports, and which entries rest on them.

    Args:
        reports: the reports that there are.
        text: gives the text of a report.
    """

    def __init__(self, reports: Iterable[Report], text: Callable[[str], str]) -> None:
        self._text = text
        self._known: set[str] = set()
        self._of_source: dict[str, list[str]] = defaultdict(list)
        for report in sorted(reports, key=lambda report: report.id):
            self._known.add(report.id)
            self._of_source[report.source].append(report.id)

    def span(self, span: Span, sources: Mapping[str, str]) -> Span | None:
        """The same words where they stand now; None if they stand nowhere."""
        if span.report in self._known:
            return span
        for report in self._of_source.get(sources.get(span.report, ""), ()):
            try:
                text = self._text(report)
            except EntryMissing:
                continue
            places = []
            start = text.find(span.text)
            while start >= 0:
                places.append(start)
                start = text.find(span.text, start + 1)
            if places:
                start = min(places, key=lambda place: (abs(place - span.start), place))
                end = start + len(span.text)
                return msgspec.structs.replace(span, report=report, start=start, end=end)
        return None

    def spans(self, anchor: Anchor) -> tuple[Span, ...]:
        """The words of an anchor where they stand now; those that are gone left out."""
        found = (self.span(span, anchor.sources) for span in anchor.spans)
        return tuple(span for span in found if span is not None)


def find(
    anchor: Anchor, spans: tuple[Span, ...], candidates: Iterable[AnyEntry]
) -> AnyEntry | None:
    """The entry that an anchor means; None if its ground has vanished.

    Args:
        anchor: the anchor.
        spans: its words where they stand now.
        candidates: entries that rest on some of these words, or all if it has none.
    """
    best: tuple[float, float, str] | None = None
    found = None
    for entry in candidates:
        if entry.kind != anchor.kind:
            continue
        held, same = _held(entry, spans, len(anchor.spans)), _same(entry, anchor)
        if held < _HALF and not (anchor.fields and same == 1.0):
            continue
        rank = (-(2 * held + same), -same, entry.id)
        if best is None or rank < best:
            best, found = rank, entry
    return found


def _held(entry: AnyEntry, spans: tuple[Span, ...], of: int) -> float:
    """The share of the words that an entry rests on; words side by side count half."""
    if not of:
        return 0.0
    own = {(s.report, s.start, s.end) for s in entry.evidence}
    by_report: dict[str, list[Span]] = defaultdict(list)
    for span in entry.evidence:
        by_report[span.report].append(span)
    total = 0.0
    for span in spans:
        if (span.report, span.start, span.end) in own:
            total += 1.0
        elif any(span.overlaps(other) for other in by_report[span.report]):
            total += _HALF
    return total / of


def _same(entry: AnyEntry, anchor: Anchor) -> float:
    if not anchor.fields:
        return 0.0
    fields = builtins_of(entry)
    equal = [name for name, value in anchor.fields.items() if fields.get(name) == value]
    return len(equal) / len(anchor.fields)
