"""Dates, measures, lists and counts of accounts in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from dragoman.render.strings import Strings, strings
from dragoman.types import Interval

_HOUR = 60


def date(when: Interval | None, words: Strings | None = None) -> str:
    """When, as it stands in a sentence: "on 16 May 2025", "between 2 and 30 June 2025"."""
    words = words or strings()
    if when is None:
        return ""
    first, last = when.earliest, when.latest
    if first is None or last is None:
        day = _day(last or first, "day", words)
        return words.text("date.since" if last is None else "date.until", date=day)
    written = str(when)
    if first == last:
        return words.text("date.on", date=_day(first, "day", words))
    if "/" not in written:
        sort = "month" if "-" in written else "year"
        return words.text("date.in", date=_day(first, sort, words))
    return words.text("date.between", first=_first(first, last, words), last=_last(last, words))


def bare_date(when: Interval | None, words: Strings | None = None) -> str:
    """When, as it stands in a title or a table: "16 May 2025", "2 – 30 June 2025"."""
    words = words or strings()
    if when is None:
        return words.text("date.unknown")
    first, last = when.earliest, when.latest
    if first is None or last is None:
        day = _day(last or first, "day", words)
        return words.text("date.bare_since" if last is None else "date.bare_until", date=day)
    written = str(when)
    if first == last or "/" not in written:
        sort = ("year", "month", "day")[written.count("-")]
        return _day(first, sort, words)
    return words.text("date.bare_range", first=_first(first, last, words), last=_last(last, words))


def _day(day: dt.date | None, sort: str, words: Strings) -> str:
    return str(format_date(day, words[f"date.{sort}"], locale=words.locale))


def _first(first: dt.date, last: dt.date, words: Strings) -> str:
    """The first day of a range, without what its last day repeats."""
    if first.year != last.year:
        return _day(first, "day", words)
    return _day(first, "day_of_month" if first.month == last.month else "day_of_year", words)


def _last(last: dt.date, words: Strings) -> str:
    return _day(last, "day", words)


def listed(names: Sequence[str], words: Strings | None = None) -> str:
    """Names as a list in words."""
    return str(format_list(list(names), locale=(words or strings()).locale))


def count(number: int, words: Strings | None = None) -> str:
    """A small number as a word, a larger one in figures."""
    words = words or strings()
    small = words["number"]
    return str(small[number]) if 0 <= number < len(small) else figure(number, words)


def figure(number: float, words: Strings | None = None) -> str:
    """A number in figures."""
    return str(format_decimal(number, locale=(words or strings()).locale))


def share(part: float, words: Strings | None = None) -> str:
    """A part (0 to 1) in per cent."""
    return str(format_percent(part, locale=(words or strings()).locale))


def measure(number: float | None, unit: str | None, words: Strings | None = None) -> str:
    """A number and its unit; empty where the number is unknown."""
    words = words or strings()
    if number is None:
        return ""
    if not unit:
        return figure(number, words)
    return words.text("measure.unit", figure=figure(number, words), unit=units(number, unit, words))


def units(number: float, unit: str, words: Strings | None = None) -> str:
    """A unit as it stands behind a number: "person" behind 1, "people" behind 9."""
    words = words or strings()
    if words.locale.plural_form(number) == "one":
        return unit
    return str(words["measure.plural"].get(unit, unit))


def duration(minutes: int, words: Strings | None = None) -> str:
    """A duration: "1 hour 40 minutes"."""
    words = words or strings()
    hours, rest = divmod(minutes, _HOUR)
    if not hours:
        return words.text("measure.minutes", n=rest)
    if not rest:
        return words.text("measure.hours", n=hours)
    return words.text(
        "measure.hours_minutes",
        hours=words.text("measure.hours", n=hours),
        minutes=words.text("measure.minutes", n=rest),
    )


def accounts(independent: int, reports: int, words: Strings | None = None) -> str:
    """How many independent accounts there are: "one account, copied nine times".

    Args:
        independent: how many of the reports don't stem from one another.
        reports: how many reports there are.
        words: the strings to say it with.
    """
    words = words or strings()
    if independent < 1:
        return words.text("accounts.none")
    if independent == reports == 1:
        return words.text("accounts.one")
    if independent == 1:
        return words.text("accounts.copied", times=_times(reports - 1, words))
    said = count(independent, words)
    if independent == reports:
        return words.text("accounts.many", count=said)
    return words.text("accounts.shared", count=said, reports=count(reports, words))


def _times(number: int, words: Strings) -> str:
    named = words["times"]
    if number == 1:
        return str(named["one"])
    if number == 2:
        return str(named["two"])
    return "".join(part.text for part in words.fill(named["other"], n=count(number, words)))
