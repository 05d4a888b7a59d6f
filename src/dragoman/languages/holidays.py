"""Days of the year that have a name: `universal/holidays.yaml`, by key and year."""

from __future__ import annotations

import datetime as dt
import functools

from dragoman.languages import FOLDER, UNIVERSAL, read_yaml
from dragoman.types import Value

_JULIAN_GAP = 13  # days between the calendars from 1900 to 2099


class Holiday(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A fixed day, the nth weekday of a month, or so many days from Easter Sunday."""

    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    nth: int = 1
    easter: int | None = None
    orthodox: bool = False


@functools.cache
def holidays() -> dict[str, Holiday]:
    """All holidays by key."""
    return read_yaml(FOLDER / UNIVERSAL / "holidays.yaml", dict[str, Holiday])


def holiday_in(key: str, year: int) -> dt.date | None:
    """The day of a holiday in a year; None if no holiday has that key.

    Raises:
        ValueError: a year that the calendar does not have.
    """
    one = holidays().get(key)
    if one is None:
        return None
    if one.easter is not None:
        easter = _orthodox(year) if one.orthodox else _western(year)
        return easter + dt.timedelta(one.easter)
    month = one.month or 1
    if one.weekday is None:
        return dt.date(year, month, one.day or 1)
    if one.nth < 0:
        last = dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(1)
        return last - dt.timedelta((last.weekday() - one.weekday) % 7)
    first = dt.date(year, month, 1)
    return first + dt.timedelta((one.weekday - first.weekday()) % 7 + 7 * (one.nth - 1))


def _western(year: int) -> dt.date:
    """Easter Sunday by the Gregorian calendar (the algorithm of Meeus, Jones and Butcher)."""
    golden, century, rest = year % 19, year // 100, year % 100
    leaps, skipped = century // 4, century % 4
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - moon + 15) % 30
    step = (32 + 2 * skipped + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * step) // 451
    month, day = divmod(epact + step - 7 * late + 114, 31)
    return dt.date(year, month, day + 1)


def _orthodox(year: int) -> dt.date:
    """Easter Sunday by the Julian calendar (Meeus), told in the Gregorian one."""
    moon = (19 * (year % 19) + 15) % 30
    step = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + step + 114, 31)
    return dt.date(year, month, day + 1) + dt.timedelta(_JULIAN_GAP)
