"""Statements across reports: entries with canonical names, and which tell one utterance twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from dragoman.claims import Annotation, SaidClaim
from dragoman.languages.lexicon import fold
from dragoman.link.context import Context, Item
from dragoman.types import Actor, Reason, Statement, identified

_WORD = re.compile(r"\w+")
_SAME_LANGUAGE = 72.0
_LEAST_WORDS = 6
_LEAST_MARKS = 2
_SHARED_MARKS = 0.6
_LENGTHS = 0.6


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


def same_statements(
    linked: Sequence[LinkedStatement],
) -> list[tuple[list[LinkedStatement], Reason]]:
    """Groups of statements of different reports that tell one utterance.

    In one language by the likeness of the words; across languages by the marks of the content
    (concepts, actors, numbers), in their order, and by length.
    """
    by_speaker: dict[str, list[LinkedStatement]] = defaultdict(list)
    for one in linked:
        if one.speaker is not None and len(_WORD.findall(one.entry.content)) >= _LEAST_WORDS:
            by_speaker[one.speaker.id].append(one)
    groups: list[tuple[list[LinkedStatement], Reason]] = []
    for _, said in sorted(by_speaker.items()):
        said.sort(key=lambda one: one.item.sort_key())
        taken: set[str] = set()
        for place, one in enumerate(said):
            if one.entry.id in taken:
                continue
            group, why = [one], ""
            for other in said[place + 1 :]:
                if other.entry.id in taken or other.item.report in {m.item.report for m in group}:
                    continue
                reason = _alike(one, other)
                if reason is not None:
                    group.append(other)
                    taken.add(other.entry.id)
                    why = reason
            if len(group) > 1:
                groups.append((group, Reason(rule="same statement", why=why)))
    return groups


def _alike(one: LinkedStatement, other: LinkedStatement) -> str | None:
    first, second = fold(one.entry.content), fold(other.entry.content)
    if one.item.annotation.language == other.item.annotation.language:
        score = fuzz.token_set_ratio(first, second)
        if min(len(first), len(second)) * 3 < max(len(first), len(second)):
            return None
        return f"{score:.0f} of 100 of the words alike" if score >= _SAME_LANGUAGE else None
    if min(len(first), len(second)) < max(len(first), len(second)) * _LENGTHS:
        return None
    if (one.entry.mode == "direct") != (other.entry.mode == "direct"):
        return None
    marks, others = one.item.claim.marks, other.item.claim.marks
    shared = set(marks) & set(others)
    smaller = min(len(set(marks)), len(set(others)))
    if len(shared) >= _LEAST_MARKS and len(shared) >= smaller * _SHARED_MARKS:
        return f"one speaker, {len(shared)} shared marks: {', '.join(sorted(shared))}"
    return None
