"""Comparisons: where the reports of one thing agree, seem to differ, or really do.

`tellings` says which values are of one thing, `measures` what they make of one another. A value
told only by copies of one report counts once, and what a single family tells is no comparison.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from dragoman.claims import Annotation
from dragoman.link.commitments import LinkedCommitment
from dragoman.link.compare_incidents import figure_groups, figure_series, incident_figures
from dragoman.link.compare_meetings import meeting_groups, meeting_tellings
from dragoman.link.compare_terms import (
    commitment_groups,
    commitment_steps,
    commitment_update,
    position_groups,
    position_tellings,
)
from dragoman.link.context import Context
from dragoman.link.incidents import LinkedIncident
from dragoman.link.measures import Finding, judge
from dragoman.link.meetings import LinkedMeeting
from dragoman.link.same_statements import same_statements
from dragoman.link.statements import LinkedStatement
from dragoman.link.tellings import About, Telling, garbled
from dragoman.types import Comparison, Position, Reason, Span, Told, identified


@dataclass(frozen=True)
class Linked:
    """What stage 3 has made of all claims, to be compared."""

    meetings: Sequence[LinkedMeeting]
    incidents: Sequence[LinkedIncident]
    statements: Sequence[LinkedStatement]
    commitments: Sequence[LinkedCommitment]
    positions: Sequence[Position]


def link_comparisons(
    annotations: Sequence[Annotation], linked: Linked, context: Context
) -> list[Comparison]:
    """All comparisons, sorted by id."""
    unique = {entry.id: entry for entry in map(identified, _all(annotations, linked, context))}
    return [unique[key] for key in sorted(unique)]


def _all(
    annotations: Sequence[Annotation], linked: Linked, context: Context
) -> Iterator[Comparison]:
    for field, told in meeting_tellings(linked.meetings, context).items():
        yield from _compared(field, told, meeting_groups, context)
    figures = incident_figures(linked.incidents, context)
    yield from _compared("figure", figures, figure_groups, context)
    for pair, why in figure_series(figures):
        yield _comparison("figure", pair, Finding("different events", why), context)
    for commitment in linked.commitments:
        steps = commitment_steps(commitment, context)
        for _, told in sorted(steps.items()):
            yield from _compared("quantity", told, commitment_groups, context)
        for pair, why in commitment_update(commitment, steps):
            yield _comparison("quantity", pair, Finding("later update", why), context)
    wanted = position_tellings(annotations, linked.positions, context)
    yield from _compared("quantity", wanted, position_groups, context)
    yield from _of_statements(linked.statements, context)


def _compared(
    field: str,
    told: Sequence[Telling],
    groups: Callable[[Sequence[Telling]], Iterable[list[Telling]]],
    context: Context,
) -> Iterator[Comparison]:
    """What all tellings of a field make of one another; what is garbled contradicts nobody."""
    spoilt: set[Span] = set()
    for pair, why in garbled(told):
        spoilt.add(pair[1].span)
        yield _comparison(field, pair, Finding("garbled", why), context)
    for group in groups([one for one in told if one.span not in spoilt]):
        finding = judge(one.measure for one in group)
        if finding is not None and len({one.family for one in group}) > 1:
            yield _comparison(field, group, finding, context)


def _comparison(
    field: str, group: Sequence[Telling], finding: Finding, context: Context
) -> Comparison:
    first = min(group, key=lambda one: (one.implied, one.sort_key()))
    told = [(_words(one.span), one.span) for one in group]
    entry = _entry(first.about, field, told, finding, context)
    return replace(entry, reasons=(*entry.reasons, *_weights(group, entry)))


def _weights(group: Sequence[Telling], entry: Comparison) -> Iterator[Reason]:
    """What stands behind each value, in words: the one with most independent accounts first."""
    for value in sorted(entry.values, key=lambda value: (-value.independent, value.value)):
        mine = [one for one in group if _words(one.span) == value.value]
        number = "one account" if value.independent == 1 else f"{value.independent} accounts"
        copies = len(value.reports) - value.independent
        said = [number + (f" and {copies} made from them" if copies else "")]
        sources = sorted({one.source for one in mine if one.source})
        if any(one.source is None and one.span.report == one.family for one in mine):
            said.append("told as the report's own")
        if sources:
            said.append(f"told by {', '.join(sources)}")
        if all(one.span.report != one.family for one in mine):
            said.append("only in reports made from others")
        yield Reason(rule="weight", why=f"“{value.value}”: {'; '.join(said)}")


def _words(span: Span) -> str:
    return " ".join(span.text.split())


def _entry(
    about: About,
    field: str,
    told: Sequence[tuple[str, Span]],
    finding: Finding,
    context: Context,
) -> Comparison:
    values: dict[str, set[str]] = defaultdict(set)
    for value, span in told:
        values[value].add(span.report)
    return Comparison(
        evidence=tuple(sorted({span for _, span in told}, key=Span.sort_key)),
        reasons=(Reason(rule=finding.verdict, why=finding.why),),
        about=about.name,
        about_id=about.id,
        field=field,
        verdict=finding.verdict,
        values=tuple(
            Told(value=value, reports=tuple(sorted(reports)), independent=context.families(reports))
            for value, reports in sorted(values.items())
        ),
    )


def _of_statements(statements: Sequence[LinkedStatement], context: Context) -> Iterator[Comparison]:
    for group, reason in same_statements(statements, context):
        first = group[0].entry
        told = [(one.entry.content, one.entry.evidence[0]) for one in group]
        about = About(f"{first.speaker or first.described}: {first.content[:60]}", first.id)
        yield _entry(about, "quotation", told, Finding("same statement", reason.why), context)
