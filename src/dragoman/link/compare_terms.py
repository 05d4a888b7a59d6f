"""Figures of commitments, step by step, and of what a party wants."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import pairwise

from dragoman import ontology
from dragoman.claims import Annotation, PositionClaim
from dragoman.link.commitments import LinkedCommitment
from dragoman.link.context import Context
from dragoman.link.measures import of_quantity, relate
from dragoman.link.tellings import (
    About,
    Telling,
    Tie,
    apart,
    following,
    grouped,
    meet,
    news,
    said_by,
    weeks,
)
from dragoman.types import CommitmentStatus, Position

# What is begun is not done yet: its figure is one on the way.
_ON_THE_WAY: frozenset[CommitmentStatus] = frozenset({"begun"})
_EXACT_DAYS = 2
# Units of those who take part and of what they say, not of what is wanted.
_NOT_WANTED = frozenset({"party", "round", "point", "minute"})


# ---------------------------------------------------------------- commitments


def commitment_groups(told: Sequence[Telling]) -> Iterator[list[Telling]]:
    """The quantities that are told of one step of a commitment."""
    yield from grouped(told, _step_keys, _step_tie)


def commitment_update(
    commitment: LinkedCommitment, steps: Mapping[str, Sequence[Telling]]
) -> Iterator[tuple[list[Telling], str]]:
    """The quantities of two steps, where the earlier one was only on the way, and why."""
    order = list(dict.fromkeys(step.status for step in commitment.entry.history))
    for early, late in pairwise([status for status in order if status in steps]):
        if early not in _ON_THE_WAY:
            continue
        first, last = (min(steps[status], key=_most_exact) for status in (early, late))
        differs = relate(first.measure, last.measure)[0] == "apart"
        if differs and first.family != last.family:
            yield [first, last], f"first told as {early}, then as {late}"


def commitment_steps(commitment: LinkedCommitment, context: Context) -> dict[str, list[Telling]]:
    """The tellings of its quantity, by status."""
    entry = commitment.entry
    known = ontology.subjects()
    steps: dict[str, list[Telling]] = defaultdict(list)
    for item in commitment.items:
        annotation, subject = item.annotation, known.get(item.claim.subject)
        units = frozenset(subject.counts) if subject else frozenset[str]()
        found = following(annotation, item.claim.evidence[0], units) if units else None
        measure = of_quantity(found) if found is not None else None
        if found is None or measure is None:
            continue
        date = context.date(annotation, item.claim.when)
        steps[item.claim.status].append(
            Telling(
                about=About(entry.subject, entry.id),
                span=found.span,
                measure=measure,
                family=context.family.get(annotation.report, annotation.report),
                when=date[0] if date else None,
                window=date[0] if date else news(annotation, context),
                source=said_by(annotation, item.claim.said, context),
                group=entry.id,
            )
        )
    return steps


def _most_exact(one: Telling) -> tuple[object, ...]:
    return one.measure.high - one.measure.low, one.sort_key()


def _step_keys(one: Telling) -> Iterator[Hashable]:
    yield one.group
    yield from weeks(one.window)


def _step_tie(one: Telling, other: Telling) -> Tie | None:
    if apart(one.window, other.window):
        return None
    return "firm" if _is_exact(one) and _is_exact(other) else "loose"


def _is_exact(one: Telling) -> bool:
    return one.when is not None and one.when.days is not None and one.when.days <= _EXACT_DAYS


# ---------------------------------------------------------------- positions


def position_tellings(
    annotations: Sequence[Annotation], positions: Sequence[Position], context: Context
) -> list[Telling]:
    """The figures that are told of what a party wants on an issue."""
    ids = {(entry.party_id, entry.issue, entry.stance): entry for entry in positions}
    told: list[Telling] = []
    for annotation in annotations:
        for claim in annotation.positions:
            party = context.party(annotation, claim.party)
            entry = ids.get((party.id, claim.issue, claim.stance)) if party else None
            if entry is not None:
                told += _wanted(annotation, claim, entry, context)
    return told


def position_groups(told: Sequence[Telling]) -> Iterator[list[Telling]]:
    """The figures of what one party wants on one issue."""
    yield from grouped(told, _wanted_keys, _wanted_tie)


def _wanted(
    annotation: Annotation, claim: PositionClaim, entry: Position, context: Context
) -> Iterator[Telling]:
    """The figures in a position's words that are part of its value."""
    if claim.value is None:
        return
    span = claim.evidence[0]
    date = context.date(annotation, claim.when)
    for quantity in annotation.quantities:
        measure = of_quantity(quantity)
        if measure is None or quantity.unit is None or quantity.unit in _NOT_WANTED:
            continue
        if span.holds(quantity.span):
            yield Telling(
                about=About(f"{entry.party} {entry.stance} {entry.issue}", entry.id),
                span=quantity.span,
                measure=measure,
                family=context.family.get(annotation.report, annotation.report),
                when=date[0] if date else None,
                window=date[0] if date else news(annotation, context),
                unit=quantity.unit,
                source=said_by(annotation, claim.said, context),
                group=entry.id,
            )


def _wanted_keys(one: Telling) -> Iterator[Hashable]:
    yield one.group, one.unit


def _wanted_tie(one: Telling, other: Telling) -> Tie | None:
    """What a party wants may change: only of one day do two figures exclude one another."""
    if one.group != other.group or one.unit != other.unit:
        return None
    exact = _is_exact(one) and _is_exact(other) and meet(one.when, other.when)
    return "firm" if exact else "loose"
