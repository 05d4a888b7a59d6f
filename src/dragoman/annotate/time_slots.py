"""What can fill the slots of a shape of time: days, years, numbers, clock times, names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from dragoman.annotate.document import Document
from dragoman.annotate.numerals import read_numeral
from dragoman.annotate.time_words import FIGURED, ROMANS, TimeWords

Filling = int | float | str | tuple[int | None, int, int]
Maker = Callable[[str, int], Iterator[tuple[int, Filling]]]

_DIGITS = frozenset("0123456789")
_NONE: frozenset[str] = frozenset()
_YEARS = range(1500, 2100)  # a bare number is taken for a year only if it is one of these
_HOURS = 24
_TEN = 10
_MOST_DAYS = 31
_MOST_WEEKS = 53
_LATE = 50  # a year of two digits above it is of the last century
_NUMERIC = re.compile(
    r"(?<![\w/.:,+-])(?:(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!-?\d)"
    r"|(?P<one>\d{1,2})(?P<sign>[./-])(?P<two>\d{1,2})(?P=sign)(?P<late>\d{4}|\d{2}))"
    r"(?![\w/]|[.,-]\d)"
)
_SHORT_NUMERIC = re.compile(r"(?<![\w/.:,+-])(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?![\w])")
_CLOCK = re.compile(r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::(?P<second>\d{2}))?")


class Figures(NamedTuple):
    """A date in figures: the token after it, year (if told), month and day, and whether short."""

    last: int
    date: tuple[int | None, int, int]
    short: bool


class Slots:
    """The slots of one document; what fills one at a place is worked out once."""

    def __init__(self, document: Document, words: TimeWords) -> None:
        self.document = document
        self.tokens = document.tokens
        self.folds = document.words
        self.words = words
        self.dates = document.pack.dates
        self._filled: dict[tuple[str, int], list[tuple[int, Filling]]] = {}
        self.figures = dict(self._numeric())
        self._openers = words.slot_openers
        self._makers: dict[str, Maker] = {
            "day": self._day,
            "year": self._year,
            "bare": self._bare,
            "age": self._age,
            "decade": self._decade,
            "tens": self._tens,
            "roman": self._roman,
            "yy": self._short_year,
            "mm": self._month_number,
            "late": self._late_year,
            "wk": self._week_number,
            "nth": self._nth,
            "date": self._date,
            "amount": self._amount,
            "ord": self._ordinal,
            "spelled": self._spelled,
            "clock": self._clock,
            "month": self._name,
            "mon": self._name,
            "weekday": self._name,
        }

    def fill(self, kind: str, place: int) -> list[tuple[int, Filling]]:
        """What can fill a kind of slot at a token: the token after it, and its value."""
        # Only figures can begin one without a word of its own.
        word = self.folds[place]
        figured = kind in FIGURED and word[:1] in _DIGITS
        if not figured and word not in self._openers.get(kind, _NONE):
            return []
        key = (kind, place)
        if (found := self._filled.get(key)) is None:
            maker = self._makers.get(kind)
            if maker is None:
                hits = self.words.lexicons[kind].at(self.folds, place)
                found = [(hit.last, hit.value) for hit in hits]
            else:
                found = list(maker(kind, place))
            self._filled[key] = found
        return found

    # ------------------------------------------------------------ neighbours

    def glued(self, place: int) -> bool:
        """Whether a letter, digit or sign that makes it part of a longer word follows at once."""
        end = self.tokens[place].end
        following = self.document.text[end : end + 2]
        return (
            following[:1].isalnum()
            or following[:1] in {"%", "°", "_"}
            or (following[:1] in {".", ",", ":", "/"} and following[1:2].isdigit())
        )

    def glued_before(self, place: int) -> bool:
        """Whether what stands before at once makes it part of a longer word, a sum or a code."""
        start = self.tokens[place].start
        before = self.document.text[max(0, start - 2) : start]
        if before[-1:] == ":" and before[:1].isalpha():
            return False  # "The notice says:30 December"
        return (
            before[-1:].isalnum()
            or before[-1:] in set("$€£#_")
            or (before[-1:] in set("-.,:/+") and before[:1].isalnum())
        )

    def _figure(self, place: int) -> str:
        text = self.tokens[place].text
        return text if text.isascii() and text.isdigit() else ""

    # ------------------------------------------------------------ calendar

    def _day(self, _: str, place: int) -> Iterator[tuple[int, int]]:
        if (day := self.words.day_words.get(self.folds[place])) is not None:
            yield place + 1, day
        text = self._figure(place)
        if not (text and len(text) <= 2 and 1 <= int(text) <= 31):
            return
        last = place + 1
        if last < len(self.tokens):
            for hit in self.words.suffixes.at(self.folds, last):
                glued = self.tokens[last].start == self.tokens[place].end
                if glued or not self.tokens[last].word:
                    yield hit.last, int(text)
                    if glued and self.tokens[last].word:
                        return
        if not self.glued(place):
            yield last, int(text)

    def _year(self, _: str, place: int) -> Iterator[tuple[int, int]]:
        text = self._figure(place)
        if len(text) == 4 and 1000 <= int(text) < 3000 and not self.glued(place):
            yield place + 1, int(text)

    def _bare(self, kind: str, place: int) -> Iterator[tuple[int, int]]:
        for last, year in self._year(kind, place):
            if year in _YEARS and not self.glued_before(place):
                yield last, year

    def _age(self, _: str, place: int) -> Iterator[tuple[int, int]]:
        text = self._figure(place)
        if text and len(text) <= 4 and int(text) > 0 and not self.glued_before(place):
            yield place + 1, int(text)

    def _decade(self, _: str, place: int) -> Iterator[tuple[int, int]]:
        text = self._figure(place)
        if len(text) == 4 and text[3] == "0" and int(text) in _YEARS:
            yield place + 1, int(text)

    def _tens(self, _: str, place: int) -> Iterator[tuple[int, int]]:
        for hit in self.words.lexicons["tens"].at(self.folds, place):
            yield hit.last, int(hit.value)
        text = self._figure(place)
        if len(text) == 2 and text[1] == "0" and text >= "20":
            yield place + 1, 1900 + int(text)

    def _roman(self, _: str, place: int) -> Iterator[tuple[int, int]]:
        """A Roman number with the ending that it may have: "XIX", "XIXe"."""
        if self.tokens[place].capital:
            yield place + 1, ROMANS[self.folds[place].rstrip("er")]

    def _short_year(self, _: str, place: int) -> Iterator[tuple[int, int]]:
        text = self._figure(place)
        if len(text) == 2 and not self.glued(place):
            yield place + 1, int(text)

    def _late_year(self, _: str, place: int) -> Iterator[tuple[int, int]]:
        """A year of two digits behind its month: "23 November 82"."""
        for last, year in self._short_year(_, place):
            yield last, year + (1900 if year > _LATE else 2000)

    def _week_number(self, _: str, place: int) -> Iterator[tuple[int, int]]:
        text = self._figure(place)
        if text and 1 <= int(text) <= _MOST_WEEKS and not self.glued(place):
            yield place + 1, int(text)

    def _month_number(self, _: str, place: int) -> Iterator[tuple[int, int]]:
        text = self._figure(place)
        if text and 1 <= int(text) <= 12 and not self.glued(place):
            yield place + 1, int(text)

    def _nth(self, _: str, place: int) -> Iterator[tuple[int, int]]:
        """The number of a day with its ending: "the 13th"."""
        for last, value in self._ordinal(_, place):
            if last > place + 1 and value <= 31:
                yield last, value

    def _date(self, _: str, place: int) -> Iterator[tuple[int, tuple[int | None, int, int]]]:
        if (figures := self.figures.get(place)) is not None and not figures.short:
            yield figures.last, figures.date

    def _name(self, slot: str, place: int) -> Iterator[tuple[int, int | str]]:
        """A month or weekday, in the spelling that it needs; the stop of a short form is its."""
        token = self.tokens[place]
        if self.dates.capitals and not token.capital:
            return
        hits = self.words.lexicons[slot].at(self.folds, place)
        if not hits:
            return
        exact = self.words.exact.get(token.fold)
        if slot != "mon" and exact is not None and token.text not in self._spellings(exact, place):
            return
        short = slot == "mon" and self.words.lexicons["mon_short"].at(self.folds, place)
        for hit in hits:
            if short and hit.last < len(self.tokens) and self.tokens[hit.last].text == ".":
                yield hit.last + 1, hit.value
            yield hit.last, hit.value

    def _spellings(self, exact: str, place: int) -> set[str]:
        sentence = self.document.sentence_at(place)
        if sentence is not None and sentence.first == place:
            return {exact, exact.upper(), exact.capitalize()}
        return {exact, exact.upper()}

    # ------------------------------------------------------------ numbers

    def _amount(self, _: str, place: int) -> Iterator[tuple[int, float]]:
        if (amount := self.words.amounts.get(self.folds[place])) is not None:
            yield place + 1, amount
        number = read_numeral(self.document, place)
        if number is not None and 0 < number.value < 1000 and not self._in_code(number.first):
            yield number.last, number.value

    def _in_code(self, place: int) -> bool:
        return self._figure(place) != "" and self.glued_before(place)

    def _ordinal(self, _: str, place: int) -> Iterator[tuple[int, int]]:
        if (value := self.words.ordinals.get(self.folds[place])) is not None:
            yield place + 1, value
        yield from self._ordinal_of_two(place)
        text, last = self._figure(place), place + 1
        if text and len(text) <= 2 and int(text) > 0 and last < len(self.tokens):
            for hit in self.words.suffixes.at(self.folds, last):
                yield hit.last, int(text)

    def _ordinal_of_two(self, place: int) -> Iterator[tuple[int, int]]:
        """An ordinal in two words: "twenty-first", "vingt et unième", "vigésimo primero"."""
        words, folds = self.words, self.folds
        tens = words.tens.get(folds[place])
        if tens is None:
            return
        for unit in (place + 1, place + 2):
            if unit == place + 2 and folds[place + 1] not in words.tens_joins:
                return
            if unit >= len(folds):
                return
            if (ones := words.ordinals.get(folds[unit])) is not None and ones < _TEN:
                yield unit + 1, tens + ones

    def _spelled(self, _: str, place: int) -> Iterator[tuple[int, int]]:
        """A day of the month in words: "May twenty-nine", "le vingt-neuf mai"."""
        number = read_numeral(self.document, place)
        if number is None or number.figures:
            return
        day, last = int(number.value), number.last
        if 1 <= day <= _MOST_DAYS:
            yield last, day

    # ------------------------------------------------------------ figures

    def _numeric(self) -> Iterator[tuple[int, Figures]]:
        """Dates in figures, by their first token."""
        patterns = [_NUMERIC] + [_SHORT_NUMERIC] * self.dates.short_numeric
        for pattern in patterns:
            for match in pattern.finditer(self.document.text):
                date = self._read(match)
                if date is not None:
                    first = self.document.token_at(match.start())
                    last = self.document.token_at(match.end() - 1) + 1
                    yield first, Figures(last, date, pattern is not _NUMERIC)

    def _read(self, match: re.Match[str]) -> tuple[int | None, int, int] | None:
        """Year, month and day of a date in figures; None if it is none or can be read two ways."""
        told = match.groupdict()
        if told.get("one"):
            one, two, year = int(told["one"]), int(told["two"]), int(told["late"])
            day_first = True if told["sign"] == "." else self.dates.day_first
            if len(told["late"]) == 2:
                # 23/06/18: only where a language has one order, and never with hyphens (a score).
                if self.dates.day_first is None or told["sign"] == "-":
                    return None
                year += 1900 if year > _LATE else 2000
            elif one > 12 or two > 12 or one == two:
                day_first = two <= 12
            if day_first is None:
                return None
            day, month = (one, two) if day_first else (two, one)
        else:
            year = int(told["year"]) if told.get("year") else 0
            month, day = int(told["month"]), int(told["day"])
        try:
            dt.date(year or 2000, month, day)  # 2000 had every day that a year can have
        except ValueError:
            return None
        return (year or None), month, day

    # ------------------------------------------------------------ time of day

    def _clock(self, _: str, place: int) -> Iterator[tuple[int, int]]:
        """A time of day in minutes: "17:30", "5.30 p.m.", "5 o'clock", "17h30", "17 Uhr 30"."""
        token = self.tokens[place]
        if not token.text[0].isdigit() or self.glued_before(place):
            return
        match = _CLOCK.match(self.document.text, token.start)
        if match is not None and match["second"]:
            return  # a length, as of a race
        if match is not None and not self.document.text[match.end() : match.end() + 1].isdigit():
            last = self.document.token_at(match.end() - 1) + 1
            hour, minute = int(match["hour"]), int(match["minute"])
            marked = ":" in match[0]
        elif self._figure(place) and len(token.text) <= 2:
            last, hour, minute, marked = place + 1, int(token.text), 0, False
        else:
            return
        for hit in self.words.oclock.at(self.folds, last):
            last, marked = hit.last, True
            later = self._figure(last) if last < len(self.tokens) else ""
            if minute == 0 and len(later) == 2 and int(later) < 60:
                last, minute = last + 1, int(later)
            break
        for half in self.words.halves_of_day.at(self.folds, last)[:1]:
            if hour <= 12:
                last, marked, hour = half.last, True, hour % 12 + half.value
        if marked and hour <= _HOURS and minute < 60:
            yield last, hour % _HOURS * 60 + minute
