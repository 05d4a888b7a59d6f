"""The meetings between two parties that reports tell, and the days that can be known of them.

A day is known where a report tells it with its year; where a report tells day and month, and
another whose window is bounded a weekday, the calendar leaves one year.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from dragoman.claims import Annotation, LocalActor, When
from dragoman.languages.lexicon import fold
from dragoman.link.calendar import is_absolute, named, resolve
from dragoman.link.windows import DAY, YEARLESS, Window
from dragoman.types import Interval

WEEK = dt.timedelta(6)  # a bare weekday is told within the week that begins with it
_PARTIES = 4  # more than these are a conference, which no pair of them stands for
_NEGOTIATING = frozenset({"talks", "summit", "side meeting"})
_TOLD_AS_FACT = frozenset({"held", "under way"})


class Telling(NamedTuple):
    """A meeting as one passage of a report tells it. `rank` is its place among the report's."""

    pair: tuple[str, str]
    place: str | None
    round: int | None
    when: When | None
    rank: int


class Event(NamedTuple):
    """A meeting between a pair whose day is known."""

    date: Interval
    place: str | None
    round: int | None
    why: str


class Diary:
    """The known meetings of a pair, in order, and those that a weekday or a day can stand for."""

    def __init__(self, events: Sequence[Event]) -> None:
        self._all = events
        self._weekdays: dict[int, list[Event]] = defaultdict(list)
        self._days: dict[tuple[int, int], list[Event]] = defaultdict(list)
        for event in events:
            for day in days_of(event.date):
                self._weekdays[day.weekday()].append(event)
                self._days[day.month, day.day].append(event)

    def like(self, when: When | None) -> Sequence[Event]:
        """The meetings that may be told with that time; not all of them have to fit."""
        if when is not None and when.kind == "weekday" and when.weekday is not None:
            return self._weekdays[when.weekday]
        if when is not None and dated(when) and when.until_day is None:
            return self._days[when.month or 0, when.day or 0]
        return self._all


@dataclass
class Case:
    """A report under way."""

    annotation: Annotation
    window: Window
    tellings: list[Telling]


def _name(actor: LocalActor) -> str:
    """What an actor is called in all reports: a gazetteer's key, or its folded name."""
    return actor.key or fold(actor.name)


def _party(actor: LocalActor) -> str:
    """The party that an actor stands for."""
    return actor.side if actor.side and actor.type != "state" else _name(actor)


def tellings_of(annotation: Annotation) -> list[Telling]:
    """The meetings between parties that a report tells, in the order of its text."""
    claims = sorted(
        (claim for claim in annotation.meetings if claim.form in _NEGOTIATING),
        key=lambda claim: claim.evidence[0].sort_key(),
    )
    actors, times = annotation.actors, annotation.times
    told: list[tuple[tuple[str, ...], str | None, int | None, When | None]] = []
    for claim in claims:
        members = claim.parties or (claim.participants if claim.form == "summit" else ())
        parties = tuple(sorted({_party(actors[index]) for index in members}))
        place = None if claim.place is None else _name(actors[claim.place])
        when = None if claim.when is None else times[claim.when]
        if claim.form != "side meeting" and claim.status in _TOLD_AS_FACT:
            told.append((parties, place, claim.round, when))
    pairs = list(
        dict.fromkeys(
            pair
            for parties, *_ in told
            if len(parties) <= _PARTIES
            for pair in itertools.combinations(parties, 2)
        )
    )
    places = {place for _, place, _, _ in told if place is not None}
    only_place = next(iter(places)) if len(places) == 1 else None
    tellings = []
    for rank, (parties, place, number, when) in enumerate(told):
        own = [pair for pair in pairs if set(pair) <= set(parties)]
        if not own and len(parties) < 2:
            # Talks whose parties are not named again are between those of the report's others;
            # a numbered round is one of the talks told first, whoever else is named beside it.
            own = [pair for pair in pairs if set(parties) <= set(pair)]
            own = own or (pairs[:1] if number is not None else [])
        tellings += [Telling(pair, place or only_place, number, when, rank) for pair in own]
    return tellings


def dated(when: When | None) -> bool:
    """Whether a time tells a day of a month, told by name."""
    if when is None or when.kind != "calendar" or when.anchor != "told":
        return False
    return when.month is not None and when.day is not None


def from_telling(when: When) -> bool:
    """Whether a time lies so many units from when it was told, as "yesterday" does."""
    return when.kind == "offset" and when.anchor == "told"


def bare_weekday(when: When) -> int | None:
    """The weekday of a plain "Friday" that may be past; None for any other time."""
    plain = when.kind == "weekday" and when.direction == 0 and when.bound == "on"
    return when.weekday if plain and when.tense != "future" else None


def days_of(period: Interval) -> Iterator[dt.date]:
    """The days of a meeting, which is a week at most."""
    for count in range(min(period.days or 0, 7)):
        yield period.first + count * DAY


def fits(telling: Telling, place: str | None, number: int | None) -> bool:
    """Whether a meeting at `place`, of that round, may be the one told; unknown fits all."""
    if telling.place is not None and place is not None and telling.place != place:
        return False
    return telling.round is None or number is None or telling.round == number


# ---------------------------------------------------------------- days that are known


class _Vote(NamedTuple):
    """A weekday under which a report whose window is bounded tells a meeting of a pair."""

    weekday: int
    first: dt.date
    last: dt.date
    place: str | None
    round: int | None


def meeting_days(cases: Sequence[Case]) -> dict[tuple[str, str], Diary]:
    """The meetings whose day is known, by pair of parties: told with a year, or fixed by others."""
    votes: dict[tuple[str, str], set[_Vote]] = defaultdict(set)
    for case in cases:
        for telling in case.tellings:
            vote = _vote(case, telling)
            if vote is not None:
                votes[telling.pair].add(vote)
    found: dict[tuple[str, str], dict[tuple[Interval, str | None, int | None], str]]
    found = defaultdict(dict)
    fixed: dict[tuple[str, str, str | None, int | None, str], Interval | None] = {}
    for case in cases:
        for telling in case.tellings:
            date = _date_of(case, telling, votes[telling.pair], fixed)
            if date is not None and telling.when is not None:
                key = (date, telling.place, telling.round)
                why = f"“{telling.when.span.text}” is {date}"
                old = found[telling.pair].get(key, why)
                found[telling.pair][key] = min(old, why)
    return {
        pair: Diary(
            sorted(
                (Event(date, place, number, why) for (date, place, number), why in told.items()),
                key=lambda event: (event.date.sort_key(), event.place or "", event.round or 0),
            )
        )
        for pair, told in found.items()
    }


def _vote(case: Case, telling: Telling) -> _Vote | None:
    """What a telling by weekday says of the days of its pair's meetings."""
    when, window = telling.when, case.annotation.published or case.window.interval
    weekday = None if when is None or when.quoted else bare_weekday(when)
    if when is None or weekday is None or window is None:
        return None
    days = named(when, window)
    if days is None or days.earliest is None or days.latest is None:
        return None
    return _Vote(weekday, days.earliest, days.latest, telling.place, telling.round)


def _date_of(
    case: Case,
    telling: Telling,
    votes: set[_Vote],
    fixed: dict[tuple[str, str, str | None, int | None, str], Interval | None],
) -> Interval | None:
    """The day of a meeting as told, if it is known to the day or to a range of days."""
    when = telling.when
    if when is None:
        return None
    if when.tense == "future" or when.bound != "on":
        return None
    stated = case.annotation.published
    if stated is not None:
        resolved = resolve(when, stated)
        days = None if resolved is None else resolved[0].days
        return resolved[0] if resolved and days is not None and days <= WEEK.days else None
    if not dated(when):
        return None
    if is_absolute(when):
        return named(when, None)
    shape = msgspec.structs.replace(when, tense="past", quoted=False)
    window = case.window
    key = (*telling.pair, telling.place, telling.round, f"{_shape(when)} {window.interval}")
    if key not in fixed:
        fitting = [vote for vote in votes if fits(telling, vote.place, vote.round)]
        fixed[key] = _by_calendar(shape, window, fitting)
    return fixed[key]


def _shape(when: When) -> str:
    return f"{when.month}-{when.day}/{when.until_month}-{when.until_day} {when.weekday}"


def _by_calendar(when: When, window: Window, votes: list[_Vote]) -> Interval | None:
    """The one day or range that a date without a year can be, by windows and weekdays."""
    days: set[dt.date] = set()
    for vote in votes:
        first = max(filter(None, (vote.first, window.first)))
        last = min(filter(None, (vote.last, window.last)))
        for period in years_of(when, first, last):
            for one in days_of(period):
                if one.weekday() == vote.weekday and first <= one <= last:
                    days.add(one)
    if days:
        return Interval.day(min(days)) if len(days) == 1 else None
    if window.first is None or window.last is None:
        return None
    # Without a weekday, the report's own window alone has to leave a single year.
    periods = list(years_of(when, window.first - YEARLESS * DAY, window.last))
    return periods[0] if len(periods) == 1 else None


def years_of(when: When, first: dt.date, last: dt.date) -> Iterator[Interval]:
    """The periods that a date without a year names from `first` to `last`."""
    for year in range(first.year, last.year + 1):
        period = named(msgspec.structs.replace(when, year=year), None)
        if period is not None and first <= period.last and period.first <= last:
            fits = when.weekday is None or period.first.weekday() == when.weekday
            if fits:
                yield period
