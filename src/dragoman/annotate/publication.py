"""The day on which a report says that it was published: a byline's date, a line with a date alone.

Only lines at the head and the foot are looked at, and only where nothing else is told in them:
"By N. Name / 20 May 2025", "Genf, 20. Mai 2025.", "GENEVA, May 20, 2025 (Agency) - ...". A day of
change is none of publication, and lines that contradict each other say nothing.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from dragoman.annotate.text import prepare
from dragoman.annotate.times import find_expressions
from dragoman.claims import Received, When
from dragoman.languages import load
from dragoman.languages.lexicon import Lexicon
from dragoman.languages.wordlist import word_list
from dragoman.languages.words import Word, cut, words
from dragoman.types import Interval, Reason

_HEAD, _FOOT = 6, 2  # lines
_LONGEST = 120  # characters of a line of its own
_DATELINE = 70  # characters within which the date of a dateline ends
_MOST_NAMES = 6  # words with a capital beside the date
_PLACE = 3
_YEAR = re.compile(r"(?:19|20)\d\d")
_BEHIND = frozenset("–—-(:./|")


class _Line(NamedTuple):
    day: dt.date
    text: str


@functools.cache
def _phrases(code: str | None, field: str) -> Lexicon[bool]:
    return Lexicon((phrase, True) for phrase in getattr(load(code).dates, field))


def published_line(text: str, code: str | None) -> tuple[Interval, Reason] | None:
    """The day that a report's own lines give it.

    Args:
        text: the report as received.
        code: its language.

    Returns:
        The day and why; None where no line tells it, or several tell different days.
    """
    if code is None:
        return None
    found = list(dict.fromkeys(_dated(text, code)))
    if len({line.day for line in found}) != 1:
        return None
    day, told = found[0]
    return Interval.day(day), Reason(rule="publication line", why=f"“{told}” stands by itself")


def _dated(text: str, code: str) -> Iterator[_Line]:
    rows = cut(text).lines
    chosen = dict.fromkeys((*rows[:_HEAD], *rows[-_FOOT:]))
    for place, (start, end) in enumerate(chosen):
        line = text[start:end]
        if not _YEAR.search(line[:_LONGEST]):
            continue
        whole = len(line) <= _LONGEST
        if whole and (day := _alone(line, code)) is not None:
            yield _Line(day, line)
        elif place < _HEAD and (led := _in_dateline(line, code)) is not None:
            yield led


def _days(line: str, code: str) -> list[tuple[When, dt.date]]:
    """The days of a line that are told in full."""
    document = prepare(Received(source="line", text=line), code)
    found = []
    for when in find_expressions(document):
        if when.kind != "calendar" or None in {when.year, when.month, when.day}:
            continue
        if when.until_day is None and when.bound in {"on", "since"}:
            day = _day(when.year or 0, when.month or 0, when.day or 0)
            if day is not None:
                found.append((when, day))
    return found


def _day(year: int, month: int, day: int) -> dt.date | None:
    """A day of the calendar; None for one that it does not have, such as 31 February."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _alone(line: str, code: str) -> dt.date | None:
    """The day of a line that tells no more than who wrote it, where and when."""
    days = _days(line, code)
    if len(days) != 1:
        return None
    when, day = days[0]
    found = words(line[: when.span.start]) + words(line[when.span.end :])
    folded = [word.fold for word in found]
    if _phrases(code, "changed").find_all(folded):
        return None
    said = {
        at
        for hit in _phrases(code, "bylines").find_all(folded)
        for at in range(hit.first, hit.last)
    }
    rest = [word for at, word in enumerate(found) if at not in said and word.letters]
    if len(rest) > (_MOST_NAMES if said else _PLACE) or not all(word.capital for word in rest):
        return None
    if rest and not said and "(" in line:
        return None  # "N. Name (20 May 1936)"
    # "Port Salen" is a place; "Ceasefire Agreement", of common words alone, is a headline.
    return day if said or not rest or any(_unknown(word, code) for word in rest) else None


def _unknown(word: Word, code: str) -> bool:
    """Whether a word can only be a name: the language has it for nothing else."""
    return word.text.casefold() not in word_list(code).common


def _in_dateline(line: str, code: str) -> _Line | None:
    """The date of a dateline: a place, the day, and what parts them from the news."""
    for when, day in _days(line[: 2 * _DATELINE], code)[:1]:
        before = [word for word in words(line[: when.span.start]) if word.letters]
        behind = line[when.span.end :].lstrip()
        placed = before and line[: when.span.start].rstrip().endswith(",")
        if when.span.end > _DATELINE or not placed or len(before) > _PLACE:
            continue
        if all(word.capital for word in before) and behind[:1] in _BEHIND:
            return _Line(day, line[: when.span.end])
    return None
