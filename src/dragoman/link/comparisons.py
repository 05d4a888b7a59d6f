"""Comparisons: where the reports of one thing agree, seem to differ, or really do.

Figures are compared as measures: bounds that overlap are compatible. Values of incidents of
different days are different events. A value told only by copies of one report counts once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from dragoman.claims import MeetingClaim, Quantity, When
from dragoman.link.commitments import LinkedCommitment
from dragoman.link.context import Context, Item, bounds
from dragoman.link.incidents import LinkedIncident
from dragoman.link.meetings import LinkedMeeting
from dragoman.link.statements import LinkedStatement, same_statements
from dragoman.types import Comparison, Interval, Reason, Span, Told, Verdict, identified

_MINUTES_AN_HOUR = 60


@dataclass(frozen=True)
class Telling:
    """A value, the words that tell it, and its lowest and highest reading if it is a measure."""

    value: str
    span: Span
    low: float = 0.0
    high: float = 0.0


def link_comparisons(
    meetings: Sequence[LinkedMeeting],
    incidents: Sequence[LinkedIncident],
    statements: Sequence[LinkedStatement],
    commitments: Sequence[LinkedCommitment],
    context: Context,
) -> list[Comparison]:
    """All comparisons, sorted by id."""
    found = [
        *_of_meetings(meetings, context),
        *_of_incidents(incidents, context),
        *_of_statements(statements, context),
        *_of_commitments(commitments, context),
    ]
    unique = {entry.id: entry for entry in map(identified, found)}
    return [unique[key] for key in sorted(unique)]


def _of_meetings(meetings: Sequence[LinkedMeeting], context: Context) -> list[Comparison]:
    found = []
    for meeting in meetings:
        entry = meeting.entry
        about = _meeting_name(meeting)
        items = [told.item for told in meeting.told]
        durations = [
            _measure(item.annotation.quantities[item.claim.duration])
            for item in items
            if item.claim.duration is not None
        ]
        found += _measured(about, entry.id, "duration", durations, context)
        since = [
            _time(item.annotation.times[item.claim.since], item, context)
            for item in items
            if item.claim.since is not None
        ]
        found += _measured(about, entry.id, "first since", since, context)
    return found


def _meeting_name(meeting: LinkedMeeting) -> str:
    entry = meeting.entry
    if entry.round is not None:
        return f"round {entry.round}"
    names = ", ".join(entry.parties or entry.participants)
    return f"{entry.form} of {names}" if names else entry.form


def _measure(quantity: Quantity) -> Telling:
    low, high = bounds(quantity)
    value = quantity.span.text
    return Telling(value, quantity.span, low, high)


def _time(when: When, item: Item[MeetingClaim], context: Context) -> Telling:
    date = context.date(item.annotation, item.claim.since)
    if date is None:
        return Telling(when.span.text, when.span, float("-inf"), float("inf"))
    interval = date[0]
    return Telling(when.span.text, when.span, interval.first.toordinal(), interval.last.toordinal())


def _measured(
    about: str, about_id: str, field: str, told: Sequence[Telling], context: Context
) -> list[Comparison]:
    """One comparison of all that tell a measure, where more than one report does."""
    spans = {one.span.report: one for one in told}
    if len(spans) < 2:
        return []
    each = list(spans.values())
    equal = len({(one.low, one.high) for one in each}) == 1
    low, high = max(one.low for one in each), min(one.high for one in each)
    verdict: Verdict = "agrees" if equal else "compatible" if low <= high else "contradicts"
    why = {
        "agrees": "all tell the same",
        "compatible": "one value satisfies all that is told",
        "contradicts": "no value satisfies all that is told",
    }[verdict]
    return [_comparison(about, about_id, (field, verdict, why), each, context)]


def _comparison(
    about: str,
    about_id: str | None,
    finding: tuple[str, Verdict, str],
    told: Sequence[Telling],
    context: Context,
) -> Comparison:
    field, verdict, why = finding
    values: dict[str, set[str]] = defaultdict(set)
    for one in told:
        values[one.value].add(one.span.report)
    return Comparison(
        evidence=tuple(sorted({one.span for one in told}, key=Span.sort_key)),
        reasons=(Reason(rule=verdict, why=why),),
        about=about,
        about_id=about_id,
        field=field,
        verdict=verdict,
        values=tuple(
            Told(value=v, reports=tuple(sorted(r)), independent=context.families(r))
            for v, r in sorted(values.items())
        ),
    )


def _of_incidents(incidents: Sequence[LinkedIncident], context: Context) -> list[Comparison]:
    found = []
    for incident in incidents:
        figures = [_measure(told.quantity) for told in incident.told if told.quantity is not None]
        found += _measured(_name(incident), incident.entry.id, "figure", figures, context)
    # Incidents of one sort by one side, with figures, on different days.
    series: dict[tuple[str, str], list[LinkedIncident]] = defaultdict(list)
    for incident in incidents:
        entry = incident.entry
        if entry.figure is not None and entry.by_id is not None:
            series[entry.type, entry.by_id].append(incident)
    for same in series.values():
        dated = [(when, one) for one in same if (when := _no_later(one, context)) is not None]
        dated.sort(key=lambda pair: (pair[0].last, pair[0].first, pair[1].entry.id))
        for (when, one), (then, other) in pairwise(dated):
            if one.entry.figure == other.entry.figure or when.overlaps(then):
                continue
            told = [
                _measure(t.quantity) for t in (*one.told, *other.told) if t.quantity is not None
            ]
            finding: tuple[str, Verdict, str] = (
                "figure",
                "different events",
                f"on different days: {when} and {then}",
            )
            found.append(_comparison(_name(one), one.entry.id, finding, told, context))
    return found


def _no_later(incident: LinkedIncident, context: Context) -> Interval | None:
    """The date of an incident; where none is told, no later than the report that tells it."""
    if incident.entry.date is not None:
        return incident.entry.date
    known = [context.told(told.item.annotation) for told in incident.told]
    days = [date.latest for date in known if date is not None and date.latest is not None]
    return Interval(None, min(days)) if days else None


def _name(incident: LinkedIncident) -> str:
    entry = incident.entry
    return f"{entry.type} in {entry.place}" if entry.place else entry.type


def _of_commitments(commitments: Sequence[LinkedCommitment], context: Context) -> list[Comparison]:
    """Quantities step by step: one of an earlier step and another of a later one is an update."""
    found = []
    for commitment in commitments:
        steps: dict[str, list[Telling]] = defaultdict(list)
        for item in commitment.items:
            index = item.claim.quantity
            if index is not None:
                steps[item.claim.status].append(_measure(item.annotation.quantities[index]))
        subject, id_ = commitment.entry.subject, commitment.entry.id
        for told in steps.values():
            found += _measured(subject, id_, "quantity", told, context)
        order = list(dict.fromkeys(step.status for step in commitment.entry.history))
        for early, late in pairwise([status for status in order if status in steps]):
            first, last = steps[early][0], steps[late][-1]
            if first.span.report == last.span.report:
                continue
            if first.low <= last.high and last.low <= first.high:
                found += _measured(subject, id_, "quantity", [first, last], context)
            elif early == "begun":
                finding: tuple[str, Verdict, str] = (
                    "quantity",
                    "later update",
                    f"first told as {early}, then as {late}",
                )
                found.append(_comparison(subject, id_, finding, [first, last], context))
    return found


def _of_statements(statements: Sequence[LinkedStatement], context: Context) -> list[Comparison]:
    found = []
    for group, reason in same_statements(statements):
        first = group[0].entry
        told = [Telling(one.entry.content, one.entry.evidence[0]) for one in group]
        about = f"{first.speaker or first.described}: {first.content[:60]}"
        finding: tuple[str, Verdict, str] = ("quotation", "same statement", reason.why)
        found.append(_comparison(about, first.id, finding, told, context))
    return found
