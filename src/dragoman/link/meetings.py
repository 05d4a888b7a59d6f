"""Meetings across reports: what is known of each, from all the passages that tell of it.

A plan and the meeting that followed are one entry with a history.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from dragoman.claims import Annotation
from dragoman.link.context import Context, evidence_of, reasons_of
from dragoman.link.sessions import OPEN, Told, sessions
from dragoman.types import Actor, Interval, Meeting, MeetingStatus, Reason, Step, identified

_HEAD = "head of delegation"
_PAIR = 2
# The status that a later report makes final; of several at one time the first here wins.
_SETTLED: tuple[MeetingStatus, ...] = ("held", "under way", "cancelled", "refused")


@dataclass(frozen=True)
class LinkedMeeting:
    """A meeting's entry and the claims that it was made from."""

    entry: Meeting
    told: tuple[Told, ...]


def link_meetings(
    annotations: Sequence[Annotation], context: Context, core: set[str]
) -> list[LinkedMeeting]:
    """All meetings, sorted by id.

    Args:
        annotations: what the reports say.
        context: actors, dates and families.
        core: the names of the negotiating parties, for talks that name none.
    """
    groups = _chosen(sessions(annotations, context, core))
    about: dict[int, set[str]] = defaultdict(set)
    for report, focus in _foci(groups).items():
        about[focus].add(report)
    made = [
        _entry(group, context, core, frozenset(about[index])) for index, group in enumerate(groups)
    ]
    counted = {meeting.entry.id: meeting for meeting in _counted(made)}
    return [counted[key] for key in sorted(counted)]


def _foci(groups: Sequence[Sequence[Told]]) -> dict[str, int]:
    """The talks that each report tells most of, by their place among the groups."""
    told: dict[str, Counter[int]] = defaultdict(Counter)
    for index, group in enumerate(groups):
        if group[0].form == "talks":
            for one in group:
                told[one.item.report][index] += 1
    return {
        report: min(counts, key=lambda index: (-counts[index], index))
        for report, counts in told.items()
    }


def _counted(meetings: Sequence[LinkedMeeting]) -> Iterator[LinkedMeeting]:
    """The meetings, with a first round that nobody numbered but the second is known."""
    second = [m for m in meetings if m.entry.form == "talks" and m.entry.round == _PAIR]
    firsts = [
        m
        for m in meetings
        if m.entry.round is None
        and any(one.first for one in m.told)
        and any(_before(m.entry, other.entry) for other in second)
    ]
    for meeting in meetings:
        if len(firsts) == 1 and meeting is firsts[0]:
            why = Reason(rule="round", why="told as the first, and a second round followed")
            entry = msgspec.structs.replace(
                meeting.entry, id="", round=1, reasons=(*meeting.entry.reasons, why)
            )
            yield LinkedMeeting(identified(entry), meeting.told)
        else:
            yield meeting


def _before(one: Meeting, other: Meeting) -> bool:
    """Whether talks of the same parties came before others."""
    if one.form != "talks" or not set(one.parties) & set(other.parties):
        return False
    return one.date is None or other.date is None or one.date.first <= other.date.first


def _chosen(groups: Sequence[Sequence[Told]]) -> list[Sequence[Told]]:
    """The groups that are entries: those that tell enough.

    For a report that has none of them whatever else it tells of a meeting is one.
    """
    kept = [_worth(group) for group in groups]
    served = {
        told.item.report for group, good in zip(groups, kept, strict=True) if good for told in group
    }
    return [
        group
        for group, good in zip(groups, kept, strict=True)
        if good or (_tells(group) and not served & {told.item.report for told in group})
    ]


def _worth(group: Sequence[Told]) -> bool:
    """Whether a group tells enough to be an entry: two sides or people, or a round."""
    form = group[0].form
    if any(told.round is not None for told in group):
        return True
    sure = [told for told in group if not told.item.claim.faint]
    if form == "talks":
        return len(frozenset[str]().union(*(told.parties for told in sure))) > 1
    names = frozenset[str]().union(*(told.names for told in sure))
    return len(names) > 1 or (bool(names) and form in {"internal meeting", "visit"})


def _tells(group: Sequence[Told]) -> bool:
    """Whether a group names two who meet in whatever role, or one and the place or the day."""
    names = frozenset[str]().union(*(told.names | told.others for told in group))
    known = any(told.place is not None or told.date is not None for told in group)
    return len(names) > 1 or (bool(names) and known)


def _entry(
    group: Sequence[Told], context: Context, core: set[str], about: frozenset[str]
) -> LinkedMeeting:
    """The entry of a meeting; `about` are the reports whose talks it is, not only mentioned."""
    items = [told.item for told in group]
    form = group[0].form
    parties, implied = _parties(group, context, core) if form == "talks" else ([], ())
    # By ids: an actor itself is as long to hash and to compare as it has been told of often.
    others = {actor.id for actor in parties}
    hosts = [context.party(i.annotation, index) for i in items for index in i.claim.third_parties]
    thirds = [
        *{host.id: host for host in hosts if host is not None and host.id not in others}.values()
    ]
    others |= {actor.id for actor in thirds}
    present = [*_actors(group, context, "participants"), *_actors(group, context, "parties")]
    people = [
        actor
        for actor in sorted(
            {actor.id: actor for actor in present}.values(), key=lambda a: (a.name, a.id)
        )
        if actor.id not in others and actor.type != "place"
    ]
    sides = {actor.side for actor in people if actor.type == "person"}
    people = [actor for actor in people if actor.type == "person" or actor.name not in sides]
    heads = _heads(about, group, parties, context) if form == "talks" else {}
    history = _history(group, context)
    place = _common(group, context, "place")
    venue = _common(group, context, "venue")
    date, why = _date(group, context)
    entry = Meeting(
        evidence=evidence_of(items),
        reasons=(*reasons_of(items), *why, *implied),
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


def _parties(
    group: Sequence[Told], context: Context, core: set[str]
) -> tuple[list[Actor], tuple[Reason, ...]]:
    """The parties of talks, and why those that no passage names."""
    kept = frozenset[str]().union(*(told.parties for told in group))
    named = {a.name: a for a in _actors(group, context, "parties")}
    found = {
        name: actor
        for name in kept
        if (actor := named.get(name) or context.named(name)) is not None
    }
    implied: tuple[Reason, ...] = ()
    told = {name for one in group for name in context.mentions(one.item.annotation)}
    if len(found) < _PAIR == len(core) and set(found) <= core <= told:
        found |= {name: actor for name in core if (actor := context.named(name)) is not None}
        implied = (Reason(rule="parties", why="the parties of the talks; not all are named here"),)
    return sorted(found.values(), key=lambda actor: (actor.name, actor.id)), implied


def _heads(
    about: frozenset[str], group: Sequence[Told], parties: Sequence[Actor], context: Context
) -> dict[str, Actor]:
    """The heads of delegations that the reports about these talks name, by party."""
    told: dict[str, list[tuple[str, str]]] = defaultdict(list)
    by_id: dict[str, Actor] = {}
    names = {party.name for party in parties}
    reports = {t.item.report: t.item.annotation for t in group if t.item.report in about}
    for annotation in reports.values():
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
    for status in OPEN:
        if status in told:
            return status
    raise ValueError("a meeting without a history")
