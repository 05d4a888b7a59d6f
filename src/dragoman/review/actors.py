"""Actors joined and parted by hand, with all that refers to them."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import msgspec

from dragoman.languages.lexicon import fold
from dragoman.review.table import Table
from dragoman.types import Actor, AnyEntry, Position, Reason, Span, identified


def join(table: Table, target: AnyEntry, other: AnyEntry, name: str | None, reason: Reason) -> str:
    """Make one actor of two; the id of the one.

    Positions of both on one issue, with one stance, become one position.
    """
    if not isinstance(target, Actor) or not isinstance(other, Actor):
        raise TypeError("only actors are joined")
    roles = dict.fromkeys((*target.roles, *other.roles))
    merged = msgspec.structs.replace(
        target,
        evidence=_together(target.evidence, other.evidence),
        name=name or target.name,
        forms=tuple(sorted({*target.forms, *other.forms, other.name} - {name or target.name})),
        roles=tuple(roles),
        side=target.side or other.side,
        reasons=(*dict.fromkeys((*target.reasons, *other.reasons)), reason),
    )
    table.redirect(other, target)
    table.remove(other.id)
    new = table.replace(target.id, merged)
    _join_positions(table, new.id)
    return new.id


def _join_positions(table: Table, party: str) -> None:
    alike: dict[tuple[str, str], list[Position]] = defaultdict(list)
    for entry in table.referring_to(party):
        if isinstance(entry, Position) and entry.party_id == party:
            alike[entry.issue, entry.stance].append(entry)
    # Nothing refers to a position, so that these keep their ids while others are joined.
    for group in alike.values():
        first, *rest = group
        for other in rest:
            values = dict.fromkeys(
                part for one in (first, other) if one.value for part in one.value.split(", ")
            )
            merged = msgspec.structs.replace(
                first,
                evidence=_together(first.evidence, other.evidence),
                value=", ".join(values) or None,
                date=first.date if first.date == other.date else None,
                meeting=first.meeting if first.meeting == other.meeting else None,
                characterised_by=first.characterised_by
                if first.characterised_by == other.characterised_by
                else None,
                reasons=tuple(dict.fromkeys((*first.reasons, *other.reasons))),
            )
            table.remove(other.id)
            new = table.replace(first.id, merged)
            if isinstance(new, Position):
                first = new


def part(table: Table, target: AnyEntry, change: dict[str, Any], reason: Reason) -> str | None:
    """Make two actors of one; the id of the new one, None if there is nothing to part.

    The words of the forms, or of the reports, in `change` are of the new actor. What refers to
    the old one, and rests only on such words, refers to the new one.
    """
    if not isinstance(target, Actor):
        raise TypeError("only actors are parted")
    forms = {fold(form) for form in change.get("forms", ())}
    reports = set(change.get("reports", ()))
    gone = tuple(s for s in target.evidence if fold(s.text) in forms or s.report in reports)
    left = tuple(s for s in target.evidence if s not in gone)
    if not gone or not left:
        return None
    told = {span.text for span in gone}
    name = change.get("name") or min(told, key=lambda text: (-len(text), text))
    new = Actor(
        evidence=gone,
        name=name,
        type=change.get("type") or target.type,
        forms=tuple(sorted(told)),
        side=change.get("side"),
        reasons=(reason,),
    )
    new = identified(new)
    if new.id in table.entries:
        new = identified(new, whole=True)
    table.add(new)
    kept = {span.text for span in left}
    old = table.replace(
        target.id,
        msgspec.structs.replace(
            target,
            evidence=left,
            forms=tuple(f for f in target.forms if f in kept or f not in told),
            reasons=(*target.reasons, reason),
        ),
    )
    table.redirect(old, new, lambda entry: _is_of(entry, gone, left))
    return new.id


def _is_of(entry: AnyEntry, gone: tuple[Span, ...], left: tuple[Span, ...]) -> bool:
    """Whether an entry rests on words of the new actor alone: in them, or in their reports."""
    inside = [any(span.overlaps(one) for span in entry.evidence) for one in gone]
    staying = [any(span.overlaps(one) for span in entry.evidence) for one in left]
    if any(inside) or any(staying):
        return any(inside) and not any(staying)
    reports = set(entry.reports())
    return not reports & {s.report for s in left} and bool(reports & {s.report for s in gone})


def _together(one: tuple[Span, ...], other: tuple[Span, ...]) -> tuple[Span, ...]:
    return tuple(sorted({*one, *other}, key=Span.sort_key))
