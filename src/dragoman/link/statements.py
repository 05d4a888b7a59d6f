"""Statements across reports: entries with canonical names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.claims import Annotation, SaidClaim
from dragoman.link.context import Context, Item
from dragoman.types import Actor, Statement, identified


@dataclass(frozen=True)
class LinkedStatement:
    """A statement's entry, its speaker if known, and the claim that it was made from."""

    entry: Statement
    speaker: Actor | None
    item: Item[SaidClaim]


def link_statements(annotations: Sequence[Annotation], context: Context) -> list[LinkedStatement]:
    """All statements, sorted by id; one entry a statement and report."""
    made: dict[str, LinkedStatement] = {}
    for annotation in annotations:
        for index, claim in enumerate(annotation.statements):
            linked = _entry(Item(annotation, claim, index), context)
            made[linked.entry.id] = linked
    return [made[key] for key in sorted(made)]


def _entry(item: Item[SaidClaim], context: Context) -> LinkedStatement:
    claim, annotation = item.claim, item.annotation
    actor = context.actor(annotation, claim.speaker)
    person = actor is not None and actor.type == "person"
    addressee = context.actor(annotation, claim.addressee)
    date = context.date(annotation, claim.when)
    side = _side(claim.side, annotation, context)
    if side is None and actor is not None:
        side = actor.name if actor.type == "state" else actor.side
    entry = Statement(
        evidence=claim.evidence,
        reasons=(*claim.reasons, *((date[1],) if date else ())),
        mode=claim.mode,
        content=claim.evidence[0].text,
        speaker=actor.name if actor is not None and person else None,
        speaker_id=actor.id if actor is not None else None,
        described=None if person else claim.described,
        side=side,
        cue=claim.cue,
        force=claim.force,
        negated=claim.negated,
        channel=claim.channel,
        addressee=addressee.name if addressee else None,
        addressee_id=addressee.id if addressee else None,
        via=_via(claim, annotation, addressee),
        date=date[0] if date else None,
    )
    return LinkedStatement(identified(entry), actor, item)


def _side(side: str | None, annotation: Annotation, context: Context) -> str | None:
    """The canonical name of a side that a report tells by key or name."""
    if side is None:
        return None
    for index, local in enumerate(annotation.actors):
        if side == local.name and local.type == "person":
            # "The minister's office": its side is the minister's, if that is known.
            person = context.actor(annotation, index)
            return None if person is None else person.side
        if side in {local.key, local.name} and local.type != "person":
            actor = context.actor(annotation, index)
            return actor.name if actor is not None else local.name
    return side


def _via(claim: SaidClaim, annotation: Annotation, addressee: Actor | None) -> tuple[str, ...]:
    """The chain from the nearest teller to the source: outlet or agency, then intermediaries."""
    told = list(claim.via)
    if addressee is not None and addressee.name == annotation.outlet and addressee.name not in told:
        told.insert(0, addressee.name)
    if annotation.agency is not None and annotation.agency not in told:
        told.insert(0, annotation.agency)
    return tuple(told)
