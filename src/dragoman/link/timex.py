"""Times in the notation of TIMEX3: `2025-05-16`, `2025-W20`, `P3D`, `XXXX-WXX-5`, `PRESENT_REF`.

Values are those of ISO-TimeML (Pustejovsky et al. 2010). Other programs read them; the record
itself keeps intervals of days, which say how much is known (`calendar`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from dragoman.claims import When
from dragoman.languages.holidays import holidays
from dragoman.link.calendar import counted, named
from dragoman.types import Interval

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]

_NTH_WEEK = re.compile(r"W-?\d+")
_MODS = {"early": "START", "mid": "MID", "late": "END"}
_REFERENCES = {"past": "PAST_REF", "present": "PRESENT_REF", "future": "FUTURE_REF"}
_LETTERS = {
    "second": "S", "minute": "M", "hour": "H", "day": "D", "weekend": "WE", "week": "W",
    "month": "M", "quarter": "Q", "year": "Y", "decade": "DE", "century": "CE",
}  # fmt: skip
_TIMED = frozenset({"second", "minute", "hour"})


class Timex(NamedTuple):
    """A time as TIMEX3 has it.

    `end` is the value of the far end of a range, None where there is none. `anchor` is the index
    of the time that it counts from, `told` where that is the day of telling, None where it stands
    by itself. `days` is what the value covers, None where that can't be told.
    """

    type: TimexType
    value: str
    end: str | None = None
    mod: str | None = None
    anchor: int | Literal["told"] | None = None
    days: Interval | None = None
    year: int | None = None


def timexes(times: Sequence[When], told: dt.date | None) -> list[Timex]:
    """The TIMEX3 values of a report's times.

    Args:
        times: all times of one report in order, as `annotate.times.find_expressions` gives them.
        told: the day on which they were told; None if it is unknown.

    Returns:
        One for each time. What can't be known is `X`. Inside quotations, too, times count from
        `told`: these are the likeliest values; `calendar.resolve` gives only what is certain.
    """
    day = None if told is None else Interval.day(told)
    done: dict[int, Timex] = {}

    def value(index: int) -> Timex:
        if index not in done:
            base = times[index].base
            done[index] = _timex(times[index], day, None if base is None else value(base))
        return done[index]

    return [value(index) for index in range(len(times))]


def _timex(when: When, told: Interval | None, base: Timex | None) -> Timex:
    if when.kind == "reference" and when.part == "base":
        found = base or Timex("DATE", _REFERENCES["past"])
        return found._replace(anchor=when.base, end=None)
    if when.kind == "reference":
        return Timex("DATE", _REFERENCES.get(when.part or "", "PAST_REF"))
    if when.kind == "duration":
        return Timex("DURATION", when.measure or "PXX")
    if when.kind == "set":
        return Timex("SET", _repeated(when))
    if when.kind == "offset" and _is_length(when):
        return Timex("DURATION", _length(when), anchor="told")
    anchor: int | Literal["told"] | None = when.base
    if anchor is None:
        anchor = None if when.year is not None else "told"
    days, year = _placed(when, told, base)
    value, end = _dated(when, days, year)
    timed = when.clock is not None or when.daypart is not None
    timed = timed or (when.kind == "offset" and when.unit in _TIMED)
    return Timex(
        "TIME" if timed else "DATE",
        value,
        end=end,
        mod=_MODS.get(when.part or ""),
        anchor=anchor,
        days=days,
        year=year,
    )


def _placed(
    when: When, told: Interval | None, base: Timex | None
) -> tuple[Interval | None, int | None]:
    """The days of a time and its year, as far as they can be told."""
    if when.year is not None:
        return named(when, None), when.year
    if when.anchor != "told" and base is not None:
        days = None if base.days is None else counted(when, base.days)
        year = base.year
        if when.unit == "year" and year is not None:
            year += when.amount or 0
        return days, year if days is None else days.first.year
    if told is None or when.anchor == "next":
        return None, None
    days = _time_of(when, told) or named(when, told)
    return days, None if days is None else days.first.year


def _time_of(when: When, told: Interval) -> Interval | None:
    """The day of a time of day that no day is told with: the day of telling."""
    bare = when.year is None and when.month is None and when.season is None and when.part is None
    timed = when.clock is not None or when.daypart is not None
    return told if when.kind == "calendar" and bare and timed else None


# ---------------------------------------------------------------- values


def _is_length(when: When) -> bool:
    """Whether an offset names a stretch: "in the last three days", "the first in three years"."""
    if when.anchor != "told" and (when.bound != "within" or when.anchor == "own"):
        return False
    return when.bound == "within" or (
        when.bound in {"since", "before"} and when.unit == "year" and (when.amount or 0) < -1
    )


def _length(when: When) -> str:
    unit = when.unit or "day"
    number = "X" if when.amount is None else str(abs(when.amount))
    return f"P{'T' if unit in _TIMED else ''}{number}{_LETTERS[unit]}"


def _repeated(when: When) -> str:
    if when.weekday is not None:
        return f"XXXX-WXX-{when.weekday + 1}" + _time(when)
    if when.season is not None:
        return f"XXXX-{when.season}"
    if when.month is not None:
        return f"XXXX-{when.month:02}" + ("" if when.day is None else f"-{when.day:02}")
    if when.daypart is not None:
        return f"XXXX-XX-XXT{when.daypart}"
    return when.measure or "PXX"


def _time(when: When) -> str:
    if when.clock is not None:
        return f"T{when.clock // 60:02}:{when.clock % 60:02}"
    return "" if when.daypart is None else f"T{when.daypart}"


def _year(year: int | None) -> str:
    if year is None:
        return "XXXX"
    return f"{year:04}" if year > 0 else f"BC{-year:04}"


def _dated(when: When, days: Interval | None, year: int | None) -> tuple[str, str | None]:
    """The value of a date or time of day, and of the far end of a range."""
    if when.kind in {"offset", "weekday"}:
        return _stepped(when, days, year), None
    if when.part == "weekend" and when.season is None and when.month is None:
        return _week(days) + "-WE", None
    if when.scale is not None:
        return _scaled(when, year), None
    weekly = when.season is not None and _NTH_WEEK.fullmatch(when.season) is not None
    if weekly or (when.unit == "week" and when.amount is None):
        return _week(days), None
    if when.season is not None:
        return f"{_year(year)}-{when.season}", None
    if when.part is not None and when.part in holidays():
        return _one_day(days, holidays()[when.part].month, holidays()[when.part].day) + _time(
            when
        ), None
    if when.month is None and when.day is not None:
        return _one_day(days, None, when.day) + _time(when), None
    if when.month is None:
        until = None if when.until_year is None else _year(when.until_year)
        if when.year is None and (when.clock is not None or when.daypart is not None):
            return _one_day(days, None, None) + _time(when), None
        return _year(year) + _time(when), until
    value = f"{_year(year)}-{when.month:02}"
    if when.day is not None:
        value += f"-{when.day:02}" + _time(when)
    return value, _far_end(when, year)


def _one_day(days: Interval | None, month: int | None, day: int | None) -> str:
    """A day, or as much of it as is told."""
    if days is not None and days.days == 1:
        return str(days)
    return "XXXX-" + "-".join("XX" if part is None else f"{part:02}" for part in (month, day))


def _far_end(when: When, year: int | None) -> str | None:
    if when.until_day is None and when.until_month is None and when.until_year is None:
        return None
    month = when.until_month or when.month or 1
    until = when.until_year
    if until is None and year is not None:
        until = year + 1 if when.month is not None and month < when.month else year
    value = f"{_year(until)}-{month:02}"
    return value if when.until_day is None else f"{value}-{when.until_day:02}"


def _scaled(when: When, year: int | None) -> str:
    if year is None:
        return "XXX" if when.scale == "decade" else "XX"
    sign, size = ("" if year >= 0 else "BC"), abs(year)
    return f"{sign}{size // 10:03}" if when.scale == "decade" else f"{sign}{size // 100:02}"


def _week(days: Interval | None) -> str:
    if days is None or days.earliest is None:
        return "XXXX-WXX"
    year, week, _ = days.first.isocalendar()
    return f"{year}-W{week:02}"


def _stepped(when: When, days: Interval | None, year: int | None) -> str:
    """The value of a weekday, or of so many units from another time."""
    if when.kind == "weekday":
        number = 1 if when.weekday is None else when.weekday + 1
        return (f"XXXX-WXX-{number}" if days is None else str(days.first)) + _time(when)
    unit = when.unit or "day"
    if days is None or days.earliest is None:
        return (_year(year) if unit == "year" else _unknown(unit)) + _time(when)
    first = days.first
    if when.anchor == "next":
        return str(days)
    if unit in _TIMED:
        return f"{first}TXX"
    if unit in {"week", "weekend"}:
        return _week(days) + ("-WE" if unit == "weekend" else "")
    if unit == "quarter":
        return f"{first.year:04}-Q{(first.month - 1) // 3 + 1}"
    size = {"month": 7, "year": 4, "decade": 3, "century": 2}.get(unit)
    return str(first)[:size] + _time(when)


def _unknown(unit: str) -> str:
    return {
        "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX", "quarter": "XXXX-QX",
        "year": "XXXX", "decade": "XXX", "century": "XX",
    }.get(unit, "XXXX-XX-XX")  # fmt: skip
