"""What reports tell of one meeting: how long it lasted, and since when it was the first."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from itertools import combinations

import msgspec

from dragoman.claims import MeetingClaim, Quantity, When
from dragoman.link.context import Context, Item
from dragoman.link.dates import resolve
from dragoman.link.measures import Measure, of_interval, of_quantity
from dragoman.link.meetings import LinkedMeeting
from dragoman.link.sessions import Told
from dragoman.link.tellings import About, Telling, Tie, apart, grouped, meet, news, said_by, weeks

_HELD = frozenset({"held", "under way"})
# A date of so many days at the most tells which meeting it was.
_EXACT_DAYS = 2
# Characters after a meeting's words in which "since ..." may still follow.
_SINCE_REACH = 12


def meeting_tellings(
    meetings: Sequence[LinkedMeeting], context: Context
) -> dict[str, list[Telling]]:
    """What passages tell of each field of meetings that took place."""
    told: dict[str, list[Telling]] = {"duration": [], "first since": []}
    for meeting in meetings:
        for one in meeting.told:
            if one.status in _HELD:
                told["duration"] += _durations(meeting, one, context)
                told["first since"] += _firsts(meeting, one, context)
    return told


def meeting_groups(told: Sequence[Telling]) -> Iterator[list[Telling]]:
    """The tellings of one field of one meeting, where somebody says outright what is told."""
    for group in grouped(told, _keys, _tie):
        if any(not one.implied for one in group):
            yield group


def _durations(meeting: LinkedMeeting, told: Told, context: Context) -> Iterator[Telling]:
    index, annotation = told.item.claim.duration, told.item.annotation
    if index is None:
        return
    quantity = annotation.quantities[index]
    measure = of_quantity(quantity)
    if measure is not None:
        yield _telling(meeting, told, (quantity, measure, False), context)


def _firsts(meeting: LinkedMeeting, told: Told, context: Context) -> Iterator[Telling]:
    for when, implied in _since(told.item):
        bound = "on" if when.bound == "since" else when.bound
        found = resolve(
            msgspec.structs.replace(when, bound=bound), context.told(told.item.annotation)
        )
        if found is not None:
            value = when, of_interval(found[0]), implied
            yield _telling(meeting, told, value, context)


def _since(item: Item[MeetingClaim]) -> Iterator[tuple[When, bool]]:
    """The time since which there was no such meeting, and whether that is only implied."""
    claim, annotation = item.claim, item.annotation
    if claim.since is not None:
        yield annotation.times[claim.since], False
    elif claim.form == "talks":
        span = claim.evidence[0]
        for index, when in enumerate(annotation.times):
            inside = span.start <= when.span.start <= span.end + _SINCE_REACH
            if inside and when.bound == "since" and index != claim.when:
                yield when, True


def _telling(
    meeting: LinkedMeeting,
    told: Told,
    value: tuple[Quantity | When, Measure, bool],
    context: Context,
) -> Telling:
    words, measure, implied = value
    entry, annotation = meeting.entry, told.item.annotation
    names = told.names | frozenset(entry.parties)
    names = names if len(names) > 1 else names | frozenset(entry.participants)
    return Telling(
        about=About(_name(meeting), entry.id),
        span=words.span,
        measure=measure,
        family=context.family.get(annotation.report, annotation.report),
        when=told.date,
        window=told.date or news(annotation, context),
        names=names,
        kinds=frozenset({told.form}),
        implied=implied,
        source=said_by(annotation, told.item.claim.said, context),
        number=told.round,
        group=entry.id,
        group_number=entry.round,
    )


def _name(meeting: LinkedMeeting) -> str:
    entry = meeting.entry
    if entry.round is not None:
        return f"round {entry.round}"
    names = ", ".join(entry.parties or entry.participants)
    return f"{entry.form} of {names}" if names else entry.form


def _keys(one: Telling) -> Iterator[Hashable]:
    form = min(one.kinds)
    yield one.group
    for pair in combinations(sorted(one.names), 2):
        for week in weeks(one.window):
            yield form, pair, week
    if (number := one.number or one.group_number) is not None:
        for name in one.names:
            yield form, name, "round", number


def _tie(one: Telling, other: Telling) -> Tie | None:
    numbers = {n for n in (one.number, other.number) if n is not None}
    if one.kinds != other.kinds or len(numbers) > 1 or apart(one.window, other.window):
        return None
    shared = len(one.names & other.names)
    if one.group == other.group or (shared and one.number and one.number == other.number):
        return "firm"
    if shared > 1 and meet(one.when, other.when) and _is_exact(one) and _is_exact(other):
        return "firm"
    if shared and (one.number or other.number) in {one.group_number, other.group_number} - {None}:
        return "loose"
    return "loose" if shared > 1 and meet(one.window, other.window) else None


def _is_exact(one: Telling) -> bool:
    return one.when is not None and one.when.days is not None and one.when.days <= _EXACT_DAYS
