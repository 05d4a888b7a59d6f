"""Comparisons: where the reports of one thing agree, seem to differ, or really do.

`tellings` says which values are of one thing, `measures` what they make of one another. A value
told only by copies of one report counts once, and what a single family tells is no comparison.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.claims import Annotation
from dragoman.link.commitments import LinkedCommitment
from dragoman.link.compare_incidents import figure_groups, figure_series
from dragoman.link.compare_meetings import meeting_groups
from dragoman.link.compare_terms import commitment_groups, commitment_updates, position_groups
from dragoman.link.context import Context
from dragoman.link.incidents import LinkedIncident
from dragoman.link.measures import Finding, judge
from dragoman.link.meetings import LinkedMeeting
from dragoman.link.same_statements import same_statements
from dragoman.link.statements import LinkedStatement
from dragoman.link.tellings import About, Telling
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
    for field, group in meeting_groups(linked.meetings, context):
        yield from _judged(field, group, context)
    for group in figure_groups(linked.incidents, context):
        yield from _judged("figure", group, context)
    for pair, why in figure_series(linked.incidents, context):
        yield _comparison("figure", pair, Finding("different events", why), context)
    for group in commitment_groups(linked.commitments, context):
        yield from _judged("quantity", group, context)
    for pair, why in commitment_updates(linked.commitments, context):
        yield _comparison("quantity", pair, Finding("later update", why), context)
    for group in position_groups(annotations, linked.positions, context):
        yield from _judged("quantity", group, context)
    yield from _of_statements(linked.statements, context)


def _judged(field: str, group: Sequence[Telling], context: Context) -> Iterator[Comparison]:
    """The comparison of a group, if more than one family tells."""
    finding = judge(one.measure for one in group)
    if finding is not None and len({one.family for one in group}) > 1:
        yield _comparison(field, group, finding, context)


def _comparison(
    field: str, group: Sequence[Telling], finding: Finding, context: Context
) -> Comparison:
    first = min(group, key=lambda one: (one.implied, one.sort_key()))
    told = [(_words(one.span), one.span) for one in group]
    return _entry(first.about, field, told, finding, context)


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
