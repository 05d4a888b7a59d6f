"""When reports were published, where they don't say so: from their own words and each other's.

Each report has a window of days that only evidence narrows. Dates with a year bound it; "the
first in more than three years" beside "March 2022" bounds it; a meeting that one report tells
under a date and another under a weekday fixes the year, by the calendar; a weekday, "yesterday" or
"last month" told of a dated meeting then fixes the report. Where evidence is missing or can be read
in two ways, nothing is concluded.

Reports are grouped by the pair of parties that their meetings are between, never compared one
with all others.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from dragoman.claims import Annotation, LocalActor, When
from dragoman.languages.lexicon import fold
from dragoman.link.calendar import absolute_at, is_absolute, named, resolve, shifted
from dragoman.types import Interval, PublishedHow, Reason

__all__ = ["infer_published", "named", "resolve"]

Published = dict[str, tuple[Interval, PublishedHow, tuple[Reason, ...]]]

_DAY = dt.timedelta(1)
_WEEK = dt.timedelta(6)  # a bare weekday is told within the week that begins with it
_YEARLESS = 182  # a day told without its year is nearer than half a year
_MONTHLESS = 330  # a month told without its year is nearer than the same month of another year
_PARTIES = 4  # more than these are a conference, which no pair of them stands for
_NEGOTIATING = frozenset({"talks", "summit", "side meeting"})
_TOLD_AS_FACT = frozenset({"held", "under way"})


class _Telling(NamedTuple):
    """A meeting as one passage of a report tells it. `rank` is its place among the report's."""

    pair: tuple[str, str]
    place: str | None
    round: int | None
    when: When | None
    rank: int


class _Event(NamedTuple):
    """A meeting between a pair whose day is known."""

    date: Interval
    place: str | None
    round: int | None
    why: str


class _Diary:
    """The known meetings of a pair, in order, and those that a weekday or a day can stand for."""

    def __init__(self, events: Sequence[_Event]) -> None:
        self._all = events
        self._weekdays: dict[int, list[_Event]] = defaultdict(list)
        self._days: dict[tuple[int, int], list[_Event]] = defaultdict(list)
        for event in events:
            for day in _days(event.date):
                self._weekdays[day.weekday()].append(event)
                self._days[day.month, day.day].append(event)

    def like(self, when: When | None) -> Sequence[_Event]:
        """The meetings that may be told with that time; not all of them have to fit."""
        if when is not None and when.kind == "weekday" and when.weekday is not None:
            return self._weekdays[when.weekday]
        if when is not None and _dated(when) and when.until_day is None:
            return self._days[when.month or 0, when.day or 0]
        return self._all


@dataclass
class _Window:
    """The days on which a report may have been published, and the reasons so far."""

    first: dt.date | None = None
    last: dt.date | None = None
    reasons: list[Reason] = field(default_factory=list)

    def narrow(self, first: dt.date | None, last: dt.date | None, rule: str, why: str) -> bool:
        """Keep the days from `first` to `last`, unless none would be left; tell whether it did."""
        start = max((day for day in (self.first, first) if day is not None), default=None)
        end = min((day for day in (self.last, last) if day is not None), default=None)
        if start is not None and end is not None and start > end:
            return False
        if (start, end) != (self.first, self.last):
            self.first, self.last = start, end
            self.reasons.append(Reason(rule=rule, why=why))
        return True

    @property
    def interval(self) -> Interval | None:
        """The window; None while nothing bounds it."""
        if self.first is None and self.last is None:
            return None
        return Interval(self.first, self.last)


@dataclass
class _Case:
    """A report under way."""

    annotation: Annotation
    window: _Window
    tellings: list[_Telling]


def infer_published(annotations: Iterable[Annotation]) -> Published:
    """When each report was published, as far as it is stated or can be concluded.

    Args:
        annotations: what all reports say; their order does not matter.

    Returns:
        By report: the interval, how it is known, and the reasons. Reports that nothing can be
        concluded of are not in it.
    """
    said = sorted(annotations, key=lambda annotation: annotation.report)
    published: Published = {
        one.report: (one.published, one.published_how, ()) for one in said if one.published
    }
    cases = [_Case(one, _own_window(one), _tellings(one)) for one in said]
    events = _events(cases)
    for case in cases:
        if case.annotation.report in published:
            continue
        _from_events(case, events)
        _from_yearless(case)
        interval = case.window.interval
        if interval is not None and (interval.latest or _told_to_the_day(case.annotation)):
            reasons = tuple(case.window.reasons)
            published[case.annotation.report] = (interval, "inferred", reasons)
    return published


# ---------------------------------------------------------------- a report by itself


def _own_window(annotation: Annotation) -> _Window:
    """What a report's own dates with a year say of its publication."""
    window = _Window()
    past = []
    for index, when in enumerate(annotation.times):
        period = absolute_at(annotation.times, index)
        if period is None:
            continue
        if when.tense == "past" and when.bound not in {"until", "before"}:
            past.append((period, when))
    if past:
        # Of a month or year that is told as past only the first day must be over; of a day, it.
        latest, when = max(past, key=lambda one: (one[0].first, one[1].span.sort_key()))
        why = f"“{when.span.text}” is told as past"
        window.narrow(latest.first, None, "latest past date", why)
    future = [
        (period, when)
        for when in annotation.times
        if when.tense == "future"
        and not when.quoted  # a plan may be quoted long after
        and is_absolute(when)
        and when.bound in {"on", "until", "before"}
        and (period := named(when, None)) is not None
    ]
    if future:
        soonest, when = min(future, key=lambda one: (one[0].last, one[1].span.sort_key()))
        why = f"“{when.span.text}” is told as still to come"
        window.narrow(None, soonest.last, "planned date", why)
    _look_back(annotation, [period for period, _ in past], window)
    return window


def _look_back(annotation: Annotation, past: list[Interval], window: _Window) -> None:
    """Apply "the first in more than three years" where all past dates are of one year."""
    if len({period.first.year for period in past}) != 1:
        return
    # The nearest told: "2022" and "March 2022" are one time, told more and less closely.
    anchor = min(past, key=lambda period: (period.days or 0, period.sort_key()))
    for when in sorted(annotation.times, key=lambda when: when.span.sort_key()):
        if not (
            when.kind == "offset"
            and when.anchor == "told"
            and when.unit == "year"
            and when.amount is not None
            and when.amount < -1
            and when.bound in {"before", "since"}
            and not when.quoted
        ):
            continue
        count = -when.amount
        # "In three years" rounds, down or up by half a year; "in more than three" only down.
        slack = 0 if when.bound == "before" else _YEARLESS
        first = shifted(anchor.first, count) - slack * _DAY
        last = shifted(anchor.last, count + 1)
        why = f"“{when.span.text}” since {anchor}"
        window.narrow(first, last, "years since", why)


def _told_to_the_day(annotation: Annotation) -> bool:
    return any(
        is_absolute(when) and when.day is not None and when.tense == "past"
        for when in annotation.times
    )


# ---------------------------------------------------------------- meetings told


def _name(actor: LocalActor) -> str:
    """What an actor is called in all reports: a gazetteer's key, or its folded name."""
    return actor.key or fold(actor.name)


def _party(actor: LocalActor) -> str:
    """The party that an actor stands for."""
    return actor.side if actor.side and actor.type != "state" else _name(actor)


def _tellings(annotation: Annotation) -> list[_Telling]:
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
        tellings += [_Telling(pair, place or only_place, number, when, rank) for pair in own]
    return tellings


def _dated(when: When | None) -> bool:
    return when is not None and when.kind == "calendar" and when.day is not None


def _bare_weekday(when: When) -> int | None:
    """The weekday of a plain "Friday" that may be past; None for any other time."""
    plain = when.kind == "weekday" and when.direction == 0 and when.bound == "on"
    return when.weekday if plain and when.tense != "future" else None


def _days(period: Interval) -> Iterator[dt.date]:
    """The days of a meeting, which is a week at most."""
    for count in range(min(period.days or 0, 7)):
        yield period.first + count * _DAY


def _fits(telling: _Telling, place: str | None, number: int | None) -> bool:
    """Whether a meeting at `place`, of that round, may be the one told; unknown fits all."""
    if telling.place is not None and place is not None and telling.place != place:
        return False
    return telling.round is None or number is None or telling.round == number


# ---------------------------------------------------------------- days of meetings


class _Vote(NamedTuple):
    """A weekday under which a report whose window is bounded tells a meeting of a pair."""

    weekday: int
    first: dt.date
    last: dt.date
    place: str | None
    round: int | None


def _events(cases: Sequence[_Case]) -> dict[tuple[str, str], _Diary]:
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
        pair: _Diary(
            sorted(
                (_Event(date, place, number, why) for (date, place, number), why in told.items()),
                key=lambda event: (event.date.sort_key(), event.place or "", event.round or 0),
            )
        )
        for pair, told in found.items()
    }


def _vote(case: _Case, telling: _Telling) -> _Vote | None:
    """What a telling by weekday says of the days of its pair's meetings."""
    when, window = telling.when, case.annotation.published or case.window.interval
    weekday = None if when is None or when.quoted else _bare_weekday(when)
    if when is None or weekday is None or window is None:
        return None
    days = named(when, window)
    if days is None or days.earliest is None or days.latest is None:
        return None
    return _Vote(weekday, days.earliest, days.latest, telling.place, telling.round)


def _date_of(
    case: _Case,
    telling: _Telling,
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
        return resolved[0] if resolved and days is not None and days <= _WEEK.days else None
    if not _dated(when):
        return None
    if is_absolute(when):
        return named(when, None)
    shape = msgspec.structs.replace(when, tense="past", quoted=False)
    window = case.window
    key = (*telling.pair, telling.place, telling.round, f"{_shape(when)} {window.interval}")
    if key not in fixed:
        fitting = [vote for vote in votes if _fits(telling, vote.place, vote.round)]
        fixed[key] = _by_calendar(shape, window, fitting)
    return fixed[key]


def _shape(when: When) -> str:
    return f"{when.month}-{when.day}/{when.until_month}-{when.until_day} {when.weekday}"


def _by_calendar(when: When, window: _Window, votes: list[_Vote]) -> Interval | None:
    """The one day or range that a date without a year can be, by windows and weekdays."""
    days: set[dt.date] = set()
    for vote in votes:
        first = max(filter(None, (vote.first, window.first)))
        last = min(filter(None, (vote.last, window.last)))
        for period in _years_of(when, first, last):
            for one in _days(period):
                if one.weekday() == vote.weekday and first <= one <= last:
                    days.add(one)
    if days:
        return Interval.day(min(days)) if len(days) == 1 else None
    if window.first is None or window.last is None:
        return None
    # Without a weekday, the report's own window alone has to leave a single year.
    periods = list(_years_of(when, window.first - _YEARLESS * _DAY, window.last))
    return periods[0] if len(periods) == 1 else None


def _years_of(when: When, first: dt.date, last: dt.date) -> Iterator[Interval]:
    """The periods that a date without a year names from `first` to `last`."""
    for year in range(first.year, last.year + 1):
        period = named(msgspec.structs.replace(when, year=year), None)
        if period is not None and first <= period.last and period.first <= last:
            fits = when.weekday is None or period.first.weekday() == when.weekday
            if fits:
                yield period


# ---------------------------------------------------------------- a report among others


def _from_events(case: _Case, events: dict[tuple[str, str], _Diary]) -> None:
    """What the known days of the meetings that a report tells say of its publication."""
    window, months = case.window, []
    for telling in sorted(case.tellings, key=_firmness):
        diary = events.get(telling.pair)
        event = None if diary is None else _event_of(case, telling, diary)
        if event is None:
            continue
        if telling.when is None:
            _fresh(case, event)
        elif _dated(telling.when):
            if not is_absolute(telling.when):
                last = event.date.last + _YEARLESS * _DAY
                window.narrow(event.date.first, last, "date without its year", event.why)
        elif telling.when.kind == "weekday":
            _after_weekday(window, telling.when, event)
        elif telling.when.kind == "calendar" and telling.when.year is None:
            months.append((telling.when, event))
        else:
            _after_relative(window, telling.when, event)
    for when, event in months:
        _after_month(case, when, event)


def _firmness(telling: _Telling) -> tuple[int, int, str]:
    """Tellings with a time before those without; then in the order of the text."""
    return (0 if telling.when is not None else 1), telling.rank, telling.pair[0] + telling.pair[1]


def _event_of(case: _Case, telling: _Telling, diary: _Diary) -> _Event | None:
    """The one known meeting that a telling can be of; None if there are several or none."""
    closest: _Event | None = None
    for event in diary.like(telling.when):
        if not _fits(telling, event.place, event.round):
            continue
        if not _agrees(telling.when, event, case.window):
            continue
        if closest is None or (closest.date != event.date and closest.date.contains(event.date)):
            closest = event
        elif not event.date.contains(closest.date):
            return None
    return closest


def _agrees(when: When | None, event: _Event, window: _Window) -> bool:
    """Whether a meeting on the event's day can be told with that time, by that window."""
    if window.last is not None and event.date.first > window.last:
        return False
    if when is None:
        return True
    if when.tense == "future" or when.bound in {"until", "before", "since"}:
        return False
    if when.kind == "weekday":
        near = window.first is None or event.date.last >= window.first - 2 * _WEEK
        return near and any(day.weekday() == when.weekday for day in _days(event.date))
    if when.kind == "calendar" and when.month is not None:
        year = when.year or event.date.first.year
        period = named(msgspec.structs.replace(when, year=year), None)
        return period is not None and period.overlaps(event.date)
    if is_absolute(when):
        period = named(when, None)
        return period is not None and period.overlaps(event.date)
    return when.kind == "offset"


def _after_weekday(window: _Window, when: When, event: _Event) -> None:
    """A meeting told by its weekday was at most a week ago ("last" may mean the week before)."""
    day = event.date
    if day.earliest != day.latest:
        day = Interval.day(next(one for one in _days(day) if one.weekday() == when.weekday))
    last = day.last + (_WEEK if when.direction == 0 else 2 * _WEEK)
    why = f"it tells of “{when.span.text}” what was on {day} ({event.why})"
    window.narrow(day.first, last, "weekday of a dated meeting", why)


def _after_relative(window: _Window, when: When, event: _Event) -> None:
    """A meeting told as "yesterday", "last week": the days on which those words name its day."""
    day = event.date
    why = f"“{when.span.text}” is {day} ({event.why})"
    amount = when.amount or 0
    if when.kind != "offset" or when.bound != "on" or amount > 0:
        return
    if when.unit == "day":
        last = day.last - amount * _DAY + (_WEEK if when.quoted else 0 * _DAY)
        window.narrow(day.first - amount * _DAY, last, "days since a dated meeting", why)
    elif when.unit == "week" and not when.quoted:
        first = day.first - day.first.weekday() * _DAY - 7 * amount * _DAY
        last = day.last - day.last.weekday() * _DAY + (6 - 7 * amount) * _DAY
        window.narrow(max(first, day.first), last, "weeks since a dated meeting", why)
    elif when.unit == "month" and not when.quoted:
        first, last = _month_after(day.first, -amount).first, _month_after(day.last, -amount).last
        window.narrow(max(first, day.first), last, "months since a dated meeting", why)


def _month_after(day: dt.date, count: int) -> Interval:
    place = day.year * 12 + day.month - 1 + count
    return Interval.month(place // 12, place % 12 + 1)


def _fresh(case: _Case, event: _Event) -> None:
    """News of a meeting that needs no date: told first, beside a "today" or a bare weekday."""
    tellings = case.tellings
    if any(telling.rank == 0 and telling.when is not None for telling in tellings):
        return
    news = [
        when
        for when in case.annotation.times
        if (when.kind == "offset" and when.unit == "day" and abs(when.amount or 0) <= 1)
        or _bare_weekday(when) is not None
    ]
    if not news or any(
        when.kind == "offset" and when.unit == "month" for when in case.annotation.times
    ):
        return
    first = min(news, key=lambda when: when.span.sort_key())
    why = f"news with “{first.span.text}” of a meeting on {event.date} ({event.why})"
    case.window.narrow(event.date.first, event.date.last + _WEEK, "news of a dated meeting", why)


def _after_month(case: _Case, when: When, event: _Event) -> None:
    """A meeting told by its month alone: that month is over, and was "last month" if told so."""
    window = case.window
    over = _month_after(event.date.last, 1)
    far = event.date.last + _MONTHLESS * _DAY
    why = f"“{when.span.text}” is told as a month gone by ({event.why})"
    if not window.narrow(over.first, far, "month without its year", why):
        return
    last_month = sorted(
        (
            one
            for one in case.annotation.times
            if one.kind == "offset" and one.unit == "month" and one.amount == -1 and not one.quoted
        ),
        key=lambda one: one.span.sort_key(),
    )
    if not last_month:
        return
    why = f"“{last_month[0].span.text}” and “{when.span.text}” are told of one course of talks"
    if not window.narrow(over.first, over.last, "last month", why):
        return
    lead = next((telling for telling in case.tellings if telling.rank == 0), None)
    weekday = None if lead is None or lead.when is None else _bare_weekday(lead.when)
    if lead is not None and lead.when is not None and weekday is not None:
        # What the lead tells of came after that month, so that its weekday lies in this one.
        days = [over.first + n * _DAY for n in range(7)]
        day = next(one for one in days if one.weekday() == weekday)
        why = f"the “{lead.when.span.text}” of the lead lies after the month of “{when.span.text}”"
        window.narrow(day, None, "weekday of the lead", why)


def _from_yearless(case: _Case) -> None:
    """Days told without a year, once the window is known to less than a year."""
    window = case.window
    if window.first is None or window.last is None:
        return
    if (window.last - window.first).days > 2 * _YEARLESS:
        return
    reach = window.first - _YEARLESS * _DAY, window.last + _YEARLESS * _DAY
    times = sorted(case.annotation.times, key=lambda when: when.span.sort_key())
    dated = [when for when in times if _dated(when) and not is_absolute(when)]
    for tense in ("past", "future"):
        found = []
        for when in dated:
            if when.tense != tense or when.bound != "on":
                continue
            periods = list(_years_of(when, *reach))
            if len(periods) == 1:
                found.append((periods[0], when))
        if tense == "past" and found:
            period, when = max(found, key=lambda one: (one[0].last, one[1].span.sort_key()))
            why = f"“{when.span.text}” is told as past"
            window.narrow(period.last, None, "latest past date", why)
        elif found:
            later = [one for one in found if window.first is None or one[0].last >= window.first]
            if later:
                period, when = min(later, key=lambda one: (one[0].last, one[1].span.sort_key()))
                why = f"“{when.span.text}” is told as still to come"
                window.narrow(None, period.last, "planned date", why)
