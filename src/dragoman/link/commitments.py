"""Commitments across reports: one entry a subject and pair of parties, with its steps in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.claims import Annotation, CommitmentClaim
from dragoman.link.context import Context, Item, evidence_of, reasons_of
from dragoman.types import Actor, Commitment, CommitmentStatus, Reason, Step, identified

_RANK: dict[CommitmentStatus, int] = {
    "proposed": 0,
    "agreed in principle": 1,
    "agreed": 2,
    "begun": 3,
    "carried out": 4,
    "breached": 5,
    "withdrawn": 6,
}


@dataclass(frozen=True)
class LinkedCommitment:
    """A commitment's entry and the claims that it was made from."""

    entry: Commitment
    items: tuple[Item[CommitmentClaim], ...]


def link_commitments(
    annotations: Sequence[Annotation], context: Context, core: set[str]
) -> list[LinkedCommitment]:
    """All commitments, sorted by id.

    Args:
        annotations: what the reports say.
        context: actors, dates and families.
        core: the names of the negotiating parties, for claims that say only "both sides".
    """
    groups: dict[str, list[Item[CommitmentClaim]]] = defaultdict(list)
    for annotation in annotations:
        for index, claim in enumerate(annotation.commitments):
            groups[claim.subject].append(Item(annotation, claim, index))
    made = []
    for subject, items in groups.items():
        items.sort(key=Item.sort_key)
        made.append(LinkedCommitment(_entry(subject, items, context, core), tuple(items)))
    return sorted(made, key=lambda linked: linked.entry.id)


def _entry(
    subject: str, items: Sequence[Item[CommitmentClaim]], context: Context, core: set[str]
) -> Commitment:
    named: dict[str, Actor] = {}
    for item in items:
        for actor in context.actors(item.annotation, item.claim.parties):
            if actor.name in core:
                named[actor.id] = actor
    reasons = list(reasons_of(items))
    if len(named) < 2:
        for name in sorted(core):
            party = context.named(name)
            if party is not None:
                named[party.id] = party
        reasons.append(Reason(rule="parties", why="the parties of the talks; none is named here"))
    parties = sorted(named.values(), key=lambda actor: (actor.name, actor.id))
    history = _history(items, context)
    quantities = [
        (quantity, item.report)
        for item in items
        if item.claim.quantity is not None
        and (quantity := item.annotation.quantities[item.claim.quantity]).value is not None
    ]
    value = context.majority((q.value, report) for q, report in quantities)
    unit = context.majority((q.unit, r) for q, r in quantities if q.value == value and q.unit)
    return identified(
        Commitment(
            evidence=evidence_of(items),
            reasons=tuple(reasons),
            subject=subject,
            status=_status(history),
            parties=tuple(actor.name for actor in parties),
            party_ids=tuple(actor.id for actor in parties),
            quantity=value,
            unit=unit,
            history=history,
        )
    )


def _history(items: Sequence[Item[CommitmentClaim]], context: Context) -> tuple[Step, ...]:
    """One step a status and report, in the order of the reports' dates, then of the lifecycle."""
    steps: dict[tuple[str, str], tuple[tuple[object, ...], Step]] = {}
    for item in items:
        status = item.claim.status
        key = (status, item.report)
        if key in steps:
            continue
        date = context.date(item.annotation, item.claim.when)
        known = context.told_key(item.annotation)
        order = (*known[:2], _RANK[status], known[2])
        steps[key] = (
            order,
            Step(
                status=status,
                report=item.report,
                evidence=item.claim.evidence[0],
                date=date[0] if date else None,
            ),
        )
    return tuple(step for _, step in sorted(steps.values(), key=lambda pair: pair[0]))


def _status(history: Sequence[Step]) -> CommitmentStatus:
    """The furthest step that any report tells."""
    told = {step.status for step in history}
    return max((status for status in _RANK if status in told), key=_RANK.__getitem__)
