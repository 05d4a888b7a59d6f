"""Incidents across reports: which passages tell of one, by type, sides, date, place and figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from dragoman.claims import Annotation, IncidentClaim, Quantity
from dragoman.link.context import Clusters, Context, Item, bounds, evidence_of, reasons_of
from dragoman.types import Actor, Incident, Interval, identified


@dataclass(frozen=True)
class ToldIncident:
    """An incident claim with its actors and date resolved."""

    item: Item[IncidentClaim]
    by: Actor | None
    against: Actor | None
    place: Actor | None
    date: Interval | None
    quantity: Quantity | None


@dataclass(frozen=True)
class LinkedIncident:
    """An incident's entry and the claims that it was made from."""

    entry: Incident
    told: tuple[ToldIncident, ...]


def link_incidents(annotations: Sequence[Annotation], context: Context) -> list[LinkedIncident]:
    """All incidents, sorted by id."""
    told = _told(annotations, context)
    clusters = Clusters(len(told), _kinds(told))
    blocks: dict[str, list[int]] = defaultdict(list)
    for index, one in enumerate(told):
        blocks[one.item.claim.type].append(index)
    for _, members in sorted(blocks.items()):
        for place, first in enumerate(members):
            for second in members[place + 1 :]:
                if _tied(told[first], told[second]):
                    clusters.join(first, second, lambda a, b: _allowed(told[a], told[b]))
    made = [_entry([told[i] for i in group], context) for group in clusters.groups()]
    unique = {incident.entry.id: incident for incident in made}
    return [unique[key] for key in sorted(unique)]


def _kinds(told: Sequence[ToldIncident]) -> list[int]:
    """For each claim the first that is like it in all that `_allowed` looks at.

    The report is one of these only where it tells both dated and undated incidents.
    """
    dated: dict[str, set[bool]] = defaultdict(set)
    for one in told:
        dated[one.item.report].add(one.date is None)
    first: dict[Hashable, int] = {}
    return [
        first.setdefault(
            (
                *(actor and actor.id for actor in (one.by, one.against, one.place)),
                one.date,
                one.item.report if len(dated[one.item.report]) > 1 else None,
            ),
            index,
        )
        for index, one in enumerate(told)
    ]


def _told(annotations: Sequence[Annotation], context: Context) -> list[ToldIncident]:
    items = [
        Item(annotation, claim, index)
        for annotation in annotations
        for index, claim in enumerate(annotation.incidents)
    ]
    items.sort(key=Item.sort_key)
    found = []
    for item in items:
        claim, annotation = item.claim, item.annotation
        date = context.date(annotation, claim.when)
        found.append(
            ToldIncident(
                item=item,
                by=context.party(annotation, claim.by),
                against=context.party(annotation, claim.against),
                place=context.actor(annotation, claim.place),
                date=date[0] if date else None,
                quantity=None if claim.quantity is None else annotation.quantities[claim.quantity],
            )
        )
    return found


def _same(one: Actor | None, other: Actor | None) -> bool | None:
    return None if one is None or other is None else one.id == other.id


def _allowed(one: ToldIncident, other: ToldIncident) -> bool:
    """Whether nothing forbids that two claims tell of one incident."""
    if one.date is not None and other.date is not None and not one.date.overlaps(other.date):
        return False
    if (one.date is None) != (other.date is None) and one.item.report != other.item.report:
        return False
    if _same(one.by, other.by) is False or _same(one.against, other.against) is False:
        return False
    return _same(one.place, other.place) is not False


def _tied(one: ToldIncident, other: ToldIncident) -> bool:
    """Whether something positive ties two claims: a shared date, side, place or figure."""
    if not _allowed(one, other):
        return False
    dated = one.date is not None and other.date is not None
    shared = [_same(one.by, other.by), _same(one.against, other.against)]
    shared.append(_same(one.place, other.place))
    if one.quantity is not None and other.quantity is not None:
        first, second = bounds(one.quantity), bounds(other.quantity)
        shared.append(first[0] <= second[1] and second[0] <= first[1])
    return (dated or one.date is None) and any(shared)


def _entry(group: Sequence[ToldIncident], context: Context) -> LinkedIncident:
    items = [told.item for told in group]
    by, against, place = (_common(group, context, name) for name in ("by", "against", "place"))
    dates = [(t.date, t.item.report) for t in group if t.date is not None]
    shared: Interval | None = dates[0][0] if dates else None
    for date, _ in dates[1:]:
        shared = shared.intersect(date) if shared is not None else None
    figures = [
        (t.quantity.value, t.item.report)
        for t in group
        if t.quantity is not None and t.quantity.value is not None
    ]
    value = context.majority(figures)
    unit = context.majority(
        (t.quantity.unit, t.item.report)
        for t in group
        if t.quantity is not None and t.quantity.value == value and t.quantity.unit
    )
    claimed = [context.actor(i.annotation, i.claim.claimed_by) for i in items]
    names = sorted({actor.name for actor in claimed if actor is not None})
    claim = items[0].claim
    entry = Incident(
        evidence=evidence_of(items),
        reasons=reasons_of(items),
        type=claim.type,
        event=claim.event,
        mode=claim.mode,
        by=by.name if by else None,
        by_id=by.id if by else None,
        against=against.name if against else None,
        against_id=against.id if against else None,
        place=place.name if place else None,
        place_id=place.id if place else None,
        date=shared if shared is not None else context.majority(dates),
        figure=value,
        unit=unit,
        claimed_by=", ".join(names) if names and None not in claimed else None,
    )
    return LinkedIncident(identified(entry), tuple(group))


def _common(group: Sequence[ToldIncident], context: Context, field: str) -> Actor | None:
    found: dict[str, Actor] = {}
    told = []
    for one in group:
        actor: Actor | None = getattr(one, field)
        if actor is not None:
            found[actor.id] = actor
            told.append((actor.id, one.item.report))
    chosen = context.majority(told)
    return found[chosen] if chosen is not None else None
