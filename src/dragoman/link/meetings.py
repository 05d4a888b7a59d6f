"""Meetings across reports: which passages tell of one meeting, and what is known of it.

Claims are joined where form, round, date and participants allow it and something positive ties
them: the same round, overlapping dates, or standing in one report. A plan and the meeting that
followed are one entry with a history.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dragoman.claims import Annotation, MeetingClaim
from dragoman.link.context import Clusters, Context, Item, evidence_of, pair_counts, reasons_of
from dragoman.types import (
    Actor,
    Interval,
    Meeting,
    MeetingForm,
    MeetingStatus,
    Reason,
    Step,
    identified,
)

_HEAD = "head of delegation"
_LONG_DAYS = 45
_HALF = 0.5
# The status that a later report makes final; of several at one time the first here wins.
_SETTLED: tuple[MeetingStatus, ...] = ("held", "under way", "cancelled", "refused")
_OPEN: tuple[MeetingStatus, ...] = ("planned", "proposed")


@dataclass(frozen=True)
class Told:
    """A meeting claim with its names and dates resolved."""

    item: Item[MeetingClaim]
    form: MeetingForm
    status: MeetingStatus
    round: int | None
    date: Interval | None
    parties: frozenset[str]
    people: frozenset[str]
    place: str | None

    @property
    def names(self) -> frozenset[str]:
        """All who took part."""
        return self.parties | self.people


@dataclass(frozen=True)
class LinkedMeeting:
    """A meeting's entry and the claims that it was made from."""

    entry: Meeting
    told: tuple[Told, ...]


def link_meetings(annotations: Sequence[Annotation], context: Context) -> list[LinkedMeeting]:
    """All meetings, sorted by id."""
    told = _told(annotations, context)
    clusters = Clusters(len(told))
    pairs = sorted(_pairs(told), key=lambda pair: (-pair[0], pair[1], pair[2]))
    for _, one, other in pairs:
        clusters.join(one, other, lambda a, b: _allowed(told[a], told[b]))
    groups = [[told[i] for i in group] for group in clusters.groups()]
    made = [_entry(group, context) for group in groups if _worth(group)]
    unique = {meeting.entry.id: meeting for meeting in made}
    return [unique[key] for key in sorted(unique)]


def _told(annotations: Sequence[Annotation], context: Context) -> list[Told]:
    items = [
        Item(annotation, claim, index)
        for annotation in annotations
        for index, claim in enumerate(annotation.meetings)
    ]
    items.sort(key=Item.sort_key)
    core = core_parties(items, context)
    found = []
    for item in items:
        claim, annotation = item.claim, item.annotation
        thirds = {a.name for a in context.actors(annotation, claim.third_parties)}
        parties = {a.name for a in context.actors(annotation, claim.parties)} - thirds
        if claim.form == "talks":
            # One name alone stands opposite nobody: the passage then tells of talks already known.
            among = parties & core
            parties = among if among or len(parties) < 2 else parties
            parties = parties if among or len(parties) > 1 else set()
        place = context.actor(annotation, claim.place)
        date = context.date(annotation, claim.when)
        found.append(
            Told(
                item=item,
                form=claim.form,
                status=claim.status,
                round=claim.round,
                date=date[0] if date else None,
                parties=frozenset(parties),
                people=frozenset(a.name for a in context.actors(annotation, claim.participants)),
                place=place.name if place else None,
            )
        )
    return found


def core_parties(items: Iterable[Item[MeetingClaim]], context: Context) -> set[str]:
    """The names that stand opposite one another in most talks: the parties of the negotiation."""
    groups = [
        [a.name for a in context.actors(i.annotation, i.claim.parties)]
        for i in items
        if i.claim.form == "talks"
    ]
    counts = pair_counts(groups)
    most = max(counts.values(), default=0)
    return {name for name, count in counts.items() if count >= most * _HALF}


def _pairs(told: Sequence[Told]) -> Iterable[tuple[float, int, int]]:
    """Pairs worth comparing, with a score; blocked by form and by round, month, report or name."""
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, one in enumerate(told):
        keys = {f"report {one.item.report}"}
        if one.round is not None:
            keys.add(f"round {one.round}")
        if one.date is not None and one.date.earliest is not None and one.date.latest is not None:
            months = {one.date.earliest.strftime("%Y-%m"), one.date.latest.strftime("%Y-%m")}
            keys |= months
        if one.form != "talks":
            keys |= {f"name {name}" for name in one.people}
        for key in keys:
            blocks[one.form, key].append(index)
    seen = set()
    for members in blocks.values():
        for place, first in enumerate(members):
            for second in members[place + 1 :]:
                if (first, second) not in seen:
                    seen.add((first, second))
                    score = _score(told[first], told[second])
                    if score > 0:
                        yield score, first, second


def _allowed(one: Told, other: Told) -> bool:
    """Whether nothing forbids that two claims tell of one meeting."""
    if one.round is not None and other.round is not None and one.round != other.round:
        return False
    if one.date is not None and other.date is not None and not one.date.overlaps(other.date):
        return False
    if one.form == "talks":
        return not (one.parties and other.parties) or bool(one.parties & other.parties)
    if (one.status in _OPEN) != (other.status in _OPEN) and (
        one.date is None or other.date is None
    ):
        return False
    smaller = min(len(one.names), len(other.names))
    return smaller == 0 or len(one.names & other.names) >= smaller * _HALF


def _score(one: Told, other: Told) -> float:
    """How much speaks for one meeting; 0 where nothing does or something forbids it."""
    if not _allowed(one, other):
        return 0.0
    score = 0.0
    if one.round is not None and one.round == other.round:
        score += 3.0
    if one.date is not None and other.date is not None:
        width = max(one.date.days or _LONG_DAYS, other.date.days or _LONG_DAYS)
        score += 2.0 if width <= 2 else 1.0 if width <= _LONG_DAYS else 0.0
    same_report = one.item.report == other.item.report
    if one.form == "talks":
        bare = one.date is None or other.date is None
        if same_report and bare and (one.status in _OPEN) == (other.status in _OPEN):
            score += 0.5 + 0.3 / (1 + abs(one.item.index - other.item.index))
    elif len(one.names & other.names) > 1:
        score += 1.5
    elif one.names & other.names and one.form in {"internal meeting", "summit", "call"}:
        score += 0.4
    if score and one.place is not None and other.place is not None:
        score += 0.5 if one.place == other.place else -0.4
    return score


def _worth(group: Sequence[Told]) -> bool:
    """Whether a group tells enough to be an entry: two sides or people, or a round."""
    form = group[0].form
    if any(told.round is not None for told in group):
        return True
    if form == "talks":
        return len(frozenset[str]().union(*(told.parties for told in group))) > 1
    names = frozenset[str]().union(*(told.names for told in group))
    return len(names) > 1 or (bool(names) and form in {"internal meeting", "visit"})


def _entry(group: Sequence[Told], context: Context) -> LinkedMeeting:
    items = [told.item for told in group]
    form = group[0].form
    parties = _actors(group, context, "parties") if form == "talks" else []
    kept = frozenset[str]().union(*(told.parties for told in group))
    parties = [actor for actor in parties if actor.name in kept]
    people = [
        a for a in _actors(group, context, "participants") if a not in parties and a.type != "place"
    ]
    thirds = [
        party
        for party in dict.fromkeys(
            context.party(i.annotation, index) for i in items for index in i.claim.third_parties
        )
        if party is not None and party not in parties
    ]
    heads = _heads(group, parties, context) if form == "talks" else {}
    history = _history(group, context)
    place = _common(group, context, "place")
    venue = _common(group, context, "venue")
    date, why = _date(group, context)
    entry = Meeting(
        evidence=evidence_of(items),
        reasons=(*reasons_of(items), *why),
        form=form,
        status=_status(history),
        round=context.majority((t.round, t.item.report) for t in group if t.round is not None),
        date=date,
        place=place.name if place else None,
        place_id=place.id if place else None,
        venue=venue.name if venue else None,
        venue_id=venue.id if venue else None,
        parties=tuple(a.name for a in parties),
        party_ids=tuple(a.id for a in parties),
        heads={party: head.name for party, head in heads.items()},
        head_ids={party: head.id for party, head in heads.items()},
        participants=tuple(a.name for a in people),
        participant_ids=tuple(a.id for a in people),
        third_parties=tuple(a.name for a in thirds),
        third_party_ids=tuple(a.id for a in thirds),
        duration_minutes=_minutes(group, context),
        history=history,
    )
    return LinkedMeeting(identified(entry), tuple(group))


def _actors(group: Sequence[Told], context: Context, field: str) -> list[Actor]:
    found: dict[str, Actor] = {}
    for told in group:
        indexes: tuple[int, ...] = getattr(told.item.claim, field)
        for actor in context.actors(told.item.annotation, indexes):
            found[actor.id] = actor
    return sorted(found.values(), key=lambda actor: (actor.name, actor.id))


def _heads(group: Sequence[Told], parties: Sequence[Actor], context: Context) -> dict[str, Actor]:
    """The heads of delegations that the same reports name, by party."""
    told: dict[str, list[tuple[str, str]]] = defaultdict(list)
    by_id: dict[str, Actor] = {}
    names = {party.name for party in parties}
    for annotation in {t.item.report: t.item.annotation for t in group}.values():
        for index, local in enumerate(annotation.actors):
            for role in local.roles:
                actor = context.actor(annotation, index)
                if role.title == _HEAD and actor is not None:
                    party = role.of if role.of in names else actor.side
                    if party in names:
                        told[party].append((actor.id, annotation.report))
                        by_id[actor.id] = actor
    heads = {}
    for party in sorted(told):
        chosen = context.majority(told[party])
        if chosen is not None:
            heads[party] = by_id[chosen]
    return heads


def _common(group: Sequence[Told], context: Context, field: str) -> Actor | None:
    found: dict[str, Actor] = {}
    told = []
    for one in group:
        index: int | None = getattr(one.item.claim, field)
        actor = context.actor(one.item.annotation, index)
        if actor is not None:
            found[actor.id] = actor
            told.append((actor.id, one.item.report))
    chosen = context.majority(told)
    return found[chosen] if chosen is not None else None


def _date(group: Sequence[Told], context: Context) -> tuple[Interval | None, tuple[Reason, ...]]:
    """The days that all dates share, or else the date told by most families."""
    dates = [(told.date, told.item.report) for told in group if told.date is not None]
    if not dates:
        return None, ()
    shared: Interval | None = dates[0][0]
    for date, _ in dates[1:]:
        shared = shared.intersect(date) if shared is not None else None
    if shared is not None:
        return shared, (Reason(rule="date", why=f"what {len(dates)} dated passages share"),)
    return context.majority(dates), (Reason(rule="date", why="told by most; reports differ"),)


def _minutes(group: Sequence[Told], context: Context) -> int | None:
    """The duration, where somebody tells it exactly."""
    told = []
    for one in group:
        index = one.item.claim.duration
        if index is None:
            continue
        quantity = one.item.annotation.quantities[index]
        exact = quantity.value is not None and quantity.low == quantity.high
        if exact and not quantity.approximate and quantity.value is not None:
            told.append((round(quantity.value), one.item.report))
    return context.majority(told)


def _history(group: Sequence[Told], context: Context) -> tuple[Step, ...]:
    """One step a status and report, in the order of the reports' dates."""
    steps: dict[tuple[str, str], tuple[tuple[object, ...], Step]] = {}
    for told in group:
        item = told.item
        key = (told.status, item.report)
        if key not in steps:
            order = (*context.told_key(item.annotation), told.status)
            steps[key] = (
                order,
                Step(
                    status=told.status,
                    report=item.report,
                    evidence=item.claim.evidence[0],
                    date=told.date,
                ),
            )
    return tuple(step for _, step in sorted(steps.values(), key=lambda pair: pair[0]))


def _status(history: Sequence[Step]) -> MeetingStatus:
    """What has become of it: settled statuses win over open ones, the latest report decides."""
    told = {step.status for step in history}
    for status in _SETTLED:
        if status in told:
            return status
    for status in _OPEN:
        if status in told:
            return status
    raise ValueError("a meeting without a history")
