"""Calendar arithmetic: what a time as told means, once it is known when it was told.

Nothing here looks at other reports. Where the telling is only known to lie in an interval, the
result holds every day that some day of that interval would give; it is never narrower.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Sequence

import msgspec

from dragoman.claims import When
from dragoman.languages.holidays import holiday_in, holidays
from dragoman.types import Interval, Reason

_WEEK = 7
_MIDWEEK = 2  # from Wednesday on, the weekend that comes is the nearer one
_TURN = 200  # days that a history goes back at most without telling a year
_SPANS = {"decade": 10, "century": 100}  # years
# First and last month of the seasons of the north, and of quarters and halves. Winter is told of
# the year that it begins or ends in, so that it can be either end of one.
_SEASONS = {
    "SP": (3, 6), "SU": (6, 9), "FA": (9, 12), "Q1": (1, 3), "Q2": (4, 6), "Q3": (7, 9),
    "Q4": (10, 12), "H1": (1, 6), "H2": (7, 12),
}  # fmt: skip
_LEAP_CYCLE = 8  # years within which every day of the year comes round, 29 February too
_WEEKDAY_CYCLE = 12  # years within which a day of the year falls on a given weekday
_DAY_SEARCH = 400  # days within which "Friday the 16th" comes round


def named(when: When, published: Interval | None) -> Interval | None:
    """The period that the words name, whatever bound stands before them.

    Args:
        when: the time as told.
        published: when it was told; None if that is unknown.

    Returns:
        The period ("since March 2022": all of March 2022); None where it can't be told.
    """
    if when.kind in {"calendar", "part"} and when.year is not None:
        return _period(when, when.year)
    if published is None:
        return None
    first = None if published.earliest is None else _told_on(when, published.earliest)
    last = None if published.latest is None else _told_on(when, published.latest)
    earliest = first.earliest if first else None
    latest = last.latest if last else None
    if earliest is None and latest is None:
        return None
    return Interval(earliest, latest)


def resolve(
    when: When,
    published: Interval | None,
    *,
    spoken: Interval | None = None,
    base: Interval | None = None,
) -> tuple[Interval, Reason] | None:
    """The days on which what is told with `when` can lie, its bound ("since", "by") applied.

    Args:
        when: the time as told.
        published: when the report was published; None if that is unknown.
        spoken: when the words were said, for a time inside a quotation; without it the
            relative times of quotations stay unknown.
        base: the days of the time that this one counts from, if it counts from another of its
            report; `resolve_at` finds them.

    Returns:
        The interval and the rule that gave it; None where nothing can be concluded.
    """
    told = published
    if when.quoted and (spoken is not None or when.kind != "calendar"):
        told = spoken
    why = f"“{when.span.text}” ({when.rule or when.kind})"
    if when.kind in {"duration", "set", "reference"}:
        return None
    if is_absolute(when):
        core = named(when, None)
        bounded = None if core is None else _bounded(when, core, told)
    elif when.anchor != "told":
        core = None if base is None else counted(when, base)
        bounded = None if core is None else _bounded(when, core, told)
        why += f", counted from {base}"
    elif told is None:
        return None
    else:
        # The bound is put to each end by itself: "before Monday" is before the last such Monday.
        ends = [
            None
            if day is None or (core := _told_on(when, day)) is None
            else _bounded(when, core, Interval.day(day))
            for day in (told.earliest, told.latest)
        ]
        bounded = _open(ends[0].earliest if ends[0] else None, ends[1].latest if ends[1] else None)
        why += f", told {told}"
    return None if bounded is None else (bounded, Reason(rule="calendar", why=why))


def resolve_at(
    times: Sequence[When],
    index: int,
    published: Interval | None,
    *,
    spoken: Interval | None = None,
) -> tuple[Interval, Reason] | None:
    """As `resolve`, for a time of a report, which may count from another time of it."""
    when, base = times[index], None
    if when.base is not None:
        found = resolve_at(times, when.base, published, spoken=spoken)
        base = None if found is None else found[0]
    return resolve(when, published, spoken=spoken, base=base)


def absolute_at(times: Sequence[When], index: int) -> Interval | None:
    """The period that a time of a report names whenever it was told; None if that depends.

    It tells a year, or counts from a time that does.
    """
    when = times[index]
    if is_absolute(when):
        return named(when, None)
    if when.anchor == "told" or when.base is None:
        return None
    base = absolute_at(times, when.base)
    return None if base is None else counted(when, base)


def counted(when: When, base: Interval) -> Interval | None:
    """The days of a time that counts from another one, whose days are `base`."""
    named_part = when.month or when.season or (when.part in holidays())
    if when.kind in {"calendar", "part"} and named_part:
        # Of the year that was told last; a longer stretch leaves it open.
        if base.earliest is None or base.latest is None or base.first.year != base.last.year:
            return None
        whole = base.first == dt.date(base.first.year, 1, 1) and base.first != base.last
        period = _period(when, base.first.year)
        if period is not None and not whole and (base.first - period.first).days > _TURN:
            return _period(when, base.first.year + 1)  # December, then January
        return period
    if when.month is None and when.day is not None:
        return _day_of_month(when.day, base)
    if when.anchor == "next" and base.earliest is not None and base.latest is not None:
        # An anniversary: the same days, so many years on.
        years, one = when.amount or 0, dt.timedelta(1)
        return Interval(shifted(base.earliest, years), shifted(base.latest + one, years) - one)
    if when.anchor == "own" and when.bound == "within":
        return _first_or_last(when, base)
    bare = msgspec.structs.replace(when, tense="unknown")
    if when.kind != "offset" and not (when.kind == "weekday" and when.direction):
        bare = msgspec.structs.replace(bare, kind="offset", amount=0, unit="day")
    first = None if base.earliest is None else _told_on(bare, base.earliest)
    last = None if base.latest is None else _told_on(bare, base.latest)
    return _open(first.earliest if first else None, last.latest if last else None)


def _first_or_last(when: When, whole: Interval) -> Interval | None:
    """The first or last so many units of a period: "the last four months of 2021"."""
    amount, unit = when.amount, when.unit
    if amount is None or unit is None or whole.earliest is None or whole.latest is None:
        return None
    one = dt.timedelta(1)
    try:
        if amount > 0:
            found = Interval(whole.first, _moved(whole.first, amount, unit) - one)
        else:
            found = Interval(_moved(whole.last + one, amount, unit), whole.last)
    except (OverflowError, ValueError):
        return None
    return found if found.first >= whole.first and found.last <= whole.last else None


def _day_of_month(day: int, base: Interval) -> Interval | None:
    """The 13th, say: of the month that was told last."""
    if (base.first.year, base.first.month) != (base.last.year, base.last.month):
        return None
    try:
        return Interval.day(base.first.replace(day=day))
    except ValueError:
        return None


def shifted(day: dt.date, years: int) -> dt.date:
    """The same day some years on; 28 February for 29 February where there is none."""
    last = calendar.monthrange(day.year + years, day.month)[1]
    return day.replace(year=day.year + years, day=min(day.day, last))


def is_absolute(when: When) -> bool:
    """Whether the words name a period by themselves: they tell a year."""
    return when.kind in {"calendar", "part"} and when.year is not None


# ---------------------------------------------------------------- bounds


def _bounded(when: When, core: Interval, told: Interval | None) -> Interval | None:
    """The days that a bound leaves; what is past ends with the day of telling."""
    until = None if told is None or when.tense == "future" else told.latest
    if when.bound == "since":
        end = None if until is None or core.latest is None else max(until, core.latest)
        return _open(core.earliest, end)
    if when.bound == "after":
        start = None if core.latest is None else core.latest + dt.timedelta(1)
        return _open(start, None if until is None or start is None else max(until, start))
    if when.bound == "until":
        return _open(None, core.latest)
    if when.bound == "before":
        return _open(None, None if core.earliest is None else core.earliest - dt.timedelta(1))
    return core


def _open(earliest: dt.date | None, latest: dt.date | None) -> Interval | None:
    return None if earliest is None and latest is None else Interval(earliest, latest)


# ---------------------------------------------------------------- one day of telling


def _told_on(when: When, day: dt.date) -> Interval | None:
    """What the words name if they are told on `day`. It never goes back as `day` goes on."""
    if when.part == "weekend" and when.year is None:
        return _weekend(when, day)
    if when.kind in {"calendar", "part"}:
        return _yearless(when, day)
    if when.kind == "weekday":
        return _weekday(when, day)
    return _offset(when, day)


def _period(when: When, year: int) -> Interval | None:
    """The period of a calendar time in a given year; None where there is no such day."""
    if when.day is not None and when.month is None:
        return None  # the 13th of no month
    try:
        if when.scale is not None:
            whole = Interval.year(year).hull(Interval.year(year + _SPANS[when.scale] - 1))
        elif when.season is not None:
            whole = _season(when.season, year, when.month)
        elif (feast := _holiday(when, year)) is not None:
            whole = Interval.day(feast)
        elif when.month is None:
            whole = Interval.year(year)
            if when.until_year is not None and when.until_year > year:
                whole = whole.hull(Interval.year(when.until_year))
        elif when.day is None:
            whole = Interval.month(year, when.month)
            if when.until_month is not None:
                until = when.until_year or (year + 1 if when.until_month < when.month else year)
                whole = whole.hull(Interval.month(until, when.until_month))
        else:
            first = dt.date(year, when.month, when.day)
            last = first
            if when.until_day is not None:
                month = when.until_month or when.month
                end_year = when.until_year or (year + 1 if month < when.month else year)
                last = dt.date(end_year, month, when.until_day)
            if when.weekday is not None and first.weekday() != when.weekday:
                return None if when.year is None else Interval(first, last)
            whole = Interval(first, last)
            if when.unit == "week" and when.amount is None:
                whole = _around(first)
    except (ValueError, OverflowError):
        return None
    return _third(whole, when)


def _around(day: dt.date) -> Interval:
    """The week of a day, from Monday."""
    monday = day - dt.timedelta(day.weekday())
    return Interval(monday, monday + dt.timedelta(6))


def _holiday(when: When, year: int) -> dt.date | None:
    return None if when.part is None or when.month is not None else holiday_in(when.part, year)


def _nth_week(number: int, year: int, month: int | None) -> Interval:
    """A week of a year or month, -1 its last: it is of that which has its Thursday (ISO 8601).

    Raises:
        ValueError: a week that the year or month does not have.
    """
    whole = Interval.year(year) if month is None else Interval.month(year, month)
    if number > 0:
        thursday = whole.first + dt.timedelta((3 - whole.first.weekday()) % _WEEK)
        thursday += dt.timedelta(_WEEK * (number - 1))
    else:
        thursday = whole.last - dt.timedelta((whole.last.weekday() - 3) % _WEEK)
    if not whole.first <= thursday <= whole.last:
        raise ValueError(f"{whole} has no week {number}")
    return _around(thursday)


def _season(season: str, year: int, month: int | None = None) -> Interval:
    if season != "WI" and season.startswith("W"):
        return _nth_week(int(season[1:]), year, month)
    if season not in _SEASONS:
        return Interval(dt.date(year - 1, 12, 1), dt.date(year + 1, 3, 31))
    first, last = _SEASONS[season]
    return Interval.month(year, first).hull(Interval.month(year, last))


def _third(whole: Interval, when: When) -> Interval:
    """The early, middle or late part of a month or year: about a third of it."""
    if when.part not in {"early", "mid", "late"} or when.day is not None:
        return whole
    start, end = whole.first, whole.last
    if when.scale is not None or when.season is not None:
        third = (end - start) // 3
        cuts = (start + third, start + 2 * third)
    elif when.month is not None:
        cuts = (start.replace(day=11), start.replace(day=21))
    else:
        cuts = (start.replace(month=5), start.replace(month=9))
    one = dt.timedelta(1)
    return {
        "early": Interval(start, cuts[0] - one),
        "mid": Interval(cuts[0], cuts[1] - one),
        "late": Interval(cuts[1], end),
    }[when.part]


def _yearless(when: When, day: dt.date) -> Interval | None:
    """A day or month without its year: the nearest one that the tense allows."""
    if when.amount is not None and when.unit == "year":
        return _period(when, day.year + when.amount)
    if when.amount is not None and when.unit == "month":
        place = day.year * 12 + day.month - 1 + when.amount
        return _period(msgspec.structs.replace(when, month=place % 12 + 1), place // 12)
    if when.month is None and when.season is None and when.part not in holidays():
        return None if when.day is None else _day_of_month(when.day, Interval.day(day))
    reach = _LEAP_CYCLE if when.weekday is None else _WEEKDAY_CYCLE
    years = range(max(dt.MINYEAR, day.year - reach), min(dt.MAXYEAR, day.year + reach) + 1)
    periods = [period for year in years if (period := _period(when, year)) is not None]
    if when.direction < 0:
        return max((p for p in periods if p.last < day), key=Interval.sort_key, default=None)
    if when.direction > 0:
        return min((p for p in periods if p.first > day), key=Interval.sort_key, default=None)
    if when.tense == "past" or (when.bound == "since" and when.tense != "future"):
        return max((p for p in periods if p.first <= day), key=Interval.sort_key, default=None)
    if when.tense == "future":
        return min((p for p in periods if p.last >= day), key=Interval.sort_key, default=None)
    return min(periods, key=lambda p: (_distance(p, day), p.first), default=None)


def _distance(period: Interval, day: dt.date) -> int:
    if period.first <= day <= period.last:
        return 0
    return min(abs((period.first - day).days), abs((period.last - day).days))


def _weekday(when: When, day: dt.date) -> Interval | None:
    if when.weekday is None:
        return None
    if when.unit == "week":
        days = when.weekday - day.weekday() + _WEEK * (when.amount or 0)
        return Interval.day(day + dt.timedelta(days))
    if when.day is not None and when.direction == 0 and when.tense == "unknown":
        return _nearest(when, day)
    ahead = when.direction > 0 or (when.direction == 0 and when.tense == "future")
    step = 1 if ahead else -1
    start = 0 if when.direction == 0 else step
    reach = _DAY_SEARCH if when.day is not None else _WEEK

    def fits(one: dt.date) -> bool:
        return one.weekday() == when.weekday and when.day in {None, one.day}

    found = _search(day, start, step, reach, fits)
    return None if found is None else Interval.day(found)


def _nearest(when: When, day: dt.date) -> Interval | None:
    """A weekday told with its day of the month, in no known tense: the nearest such day."""
    sides = [_weekday(msgspec.structs.replace(when, tense=t), day) for t in ("past", "future")]
    found = [side for side in sides if side is not None]
    return min(found, key=lambda side: abs((side.first - day).days), default=None)


def _search(
    day: dt.date, start: int, step: int, reach: int, fits: Callable[[dt.date], bool]
) -> dt.date | None:
    for count in range(reach + 1):
        try:
            one = day + dt.timedelta(start + step * count)
        except OverflowError:
            return None
        if fits(one):
            return one
    return None


def _weekend(when: When, day: dt.date) -> Interval:
    """Saturday and Sunday: of this week, or before or after it where it is told so."""
    monday = day - dt.timedelta(day.weekday())
    if when.direction < 0:
        saturday = monday - dt.timedelta(2)
    elif when.direction > 0:
        saturday = monday + dt.timedelta(12)
    elif when.tense == "future" or (when.tense == "unknown" and day.weekday() >= _MIDWEEK):
        saturday = monday + dt.timedelta(5)
    else:
        saturday = monday + dt.timedelta(5 if day.weekday() >= 5 else -2)
    return Interval(saturday, saturday + dt.timedelta(1))


def _offset(when: When, day: dt.date) -> Interval | None:
    """So many units from the day of telling; a longer unit gives the whole of it."""
    amount, unit = when.amount, when.unit
    if amount is None or unit is None:
        return None
    try:
        if when.bound == "within":
            far = _moved(day, amount, unit)
            return Interval(min(day, far), max(day, far))
        if when.bound in {"before", "since"} and unit == "year" and amount < 0:
            return Interval.day(_moved(day, amount, unit))
        if unit in {"second", "minute", "hour"}:
            far = _moved(day, amount, unit)
            return Interval(min(day, far), max(day, far))
        if unit == "day":
            return Interval.day(_moved(day, amount, unit))
        if unit == "week":
            monday = day - dt.timedelta(day.weekday()) + dt.timedelta(_WEEK * amount)
            whole = Interval(monday, monday + dt.timedelta(6))
        elif unit == "weekend":
            saturday = day - dt.timedelta(day.weekday()) + dt.timedelta(5 + _WEEK * amount)
            whole = Interval(saturday, saturday + dt.timedelta(1))
        elif unit == "month":
            place = day.year * 12 + day.month - 1 + amount
            whole = Interval.month(place // 12, place % 12 + 1)
        elif unit == "quarter":
            place = day.year * 4 + (day.month - 1) // 3 + amount
            whole = _season(f"Q{place % 4 + 1}", place // 4)
        elif unit in _SPANS:
            start = day.year // _SPANS[unit] * _SPANS[unit] + amount * _SPANS[unit]
            whole = Interval.year(start).hull(Interval.year(start + _SPANS[unit] - 1))
        else:
            whole = Interval.year(day.year + amount)
    except (OverflowError, ValueError):
        return None
    if when.part is not None and unit in {"month", "year"}:
        month = day.month if unit == "month" else None
        return _third(whole, msgspec.structs.replace(when, month=month))
    if amount == 0 and when.tense == "past" and whole.first <= day:
        return Interval(whole.first, day)
    if amount == 0 and when.tense == "future" and day <= whole.last:
        return Interval(day, whole.last)
    return whole


def _moved(day: dt.date, amount: int, unit: str) -> dt.date:
    if unit == "year":
        return shifted(day, amount)
    if unit in _SPANS:
        return shifted(day, amount * _SPANS[unit])
    if unit in {"month", "quarter"}:
        place = day.year * 12 + day.month - 1 + amount * (3 if unit == "quarter" else 1)
        year, month = place // 12, place % 12 + 1
        return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
    # An hour or a minute can reach into the day before or after, no further for news.
    days = {"week": _WEEK * amount, "weekend": _WEEK * amount, "day": amount}.get(unit)
    if days is None:
        hours = amount / {"hour": 1, "minute": 60}.get(unit, 3600)
        days = int(hours / 24) + (1 if hours > 0 else -1 if hours < 0 else 0)
    return day + dt.timedelta(days)
