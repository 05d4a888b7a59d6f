"""Positions across reports: one entry a party, issue and stance, resting on all who tell it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from dragoman.claims import Annotation, PositionClaim
from dragoman.link.context import Context, Item, evidence_of, reasons_of, sits
from dragoman.link.meetings import LinkedMeeting
from dragoman.types import Actor, Meeting, Position, Stance, identified

_Groups = dict[tuple[str, str, Stance], list[Item[PositionClaim]]]
_SAYS_MORE: dict[Stance, tuple[Stance, ...]] = {
    "open": ("proposes", "offers", "accepts", "demands"),
    "proposes": ("offers", "demands"),
}


def link_positions(
    annotations: Sequence[Annotation], context: Context, meetings: Sequence[LinkedMeeting]
) -> list[Position]:
    """All positions, sorted by id. Those whose holder is no party are left out."""
    groups: _Groups = defaultdict(list)
    parties: dict[str, Actor] = {}
    for annotation in annotations:
        for index, claim in enumerate(annotation.positions):
            party = context.party(annotation, claim.party)
            if party is None or not sits(party):
                continue
            parties[party.id] = party
            groups[party.id, claim.issue, claim.stance].append(Item(annotation, claim, index))
    _fold(groups, context)
    rounds = sorted(
        (m.entry for m in meetings if m.entry.form == "talks" and m.entry.date is not None),
        key=lambda entry: (entry.date.sort_key() if entry.date else (), entry.id),
    )
    made = [
        _entry(parties[party], issue, stance, sorted(items, key=Item.sort_key), context, rounds)
        for (party, issue, stance), items in groups.items()
    ]
    return sorted(made, key=lambda entry: entry.id)


def _fold(groups: _Groups, context: Context) -> None:
    """Join what reports tell of one position in weaker and in stronger words.

    Readiness says less than a proposal, a proposal less than an offer or a demand. They are one
    position unless they name different values; the words of most independent reports count, of
    equally many the stronger ones.
    """
    for party, issue, stance in sorted(groups):
        for stronger in _SAYS_MORE.get(stance, ()):
            weak, strong = (party, issue, stance), (party, issue, stronger)
            if strong not in groups or not _agree(groups[weak], groups[strong]):
                continue
            told = [context.families(i.report for i in groups[key]) for key in (weak, strong)]
            kept, left = (weak, strong) if told[0] > told[1] else (strong, weak)
            groups[kept] += groups.pop(left)
            break


def _agree(one: Sequence[Item[PositionClaim]], other: Sequence[Item[PositionClaim]]) -> bool:
    values = [
        {v for item in items if item.claim.value for v in item.claim.value.split(", ")}
        for items in (one, other)
    ]
    return not all(values) or bool(values[0] & values[1])


def _entry(
    party: Actor,
    issue: str,
    stance: Stance,
    items: Sequence[Item[PositionClaim]],
    context: Context,
    rounds: Sequence[Meeting],
) -> Position:
    values = dict.fromkeys(
        part for item in items if item.claim.value for part in item.claim.value.split(", ")
    )
    dates = {
        found[0]
        for item in items
        if (found := context.date(item.annotation, item.claim.when)) is not None
    }
    others = [context.actor(i.annotation, i.claim.characterised_by) for i in items]
    names = {other.name for other in others if other is not None}
    by = min(names) if names and len(others) == sum(o is not None for o in others) else None
    entry = Position(
        evidence=evidence_of(items),
        reasons=reasons_of(items),
        party=party.name,
        party_id=party.id,
        issue=issue,
        stance=stance,
        value=", ".join(values) or None,
        date=next(iter(dates)) if len(dates) == 1 else None,
        meeting=_meeting(items, context, rounds),
        characterised_by=by,
    )
    return identified(entry)


def _meeting(
    items: Sequence[Item[PositionClaim]], context: Context, rounds: Sequence[Meeting]
) -> str | None:
    """The round that all the reports telling it came out after, if it is one and the same."""
    found = set()
    for item in items:
        told = context.told(item.annotation)
        if told is None:
            return None
        before = [r for r in rounds if r.date is not None and r.date.first <= told.last]
        if not before:
            return None
        found.add(before[-1].id)
    return found.pop() if len(found) == 1 else None
