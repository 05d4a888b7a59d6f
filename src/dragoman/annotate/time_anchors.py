"""Which other time of a report a time counts from: "two days later", "that year", a bare May.

A report counts its times from the day it was written, unless they say otherwise. A history told
with many years and hardly a weekday does not: a date without a year is there of the year told last.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dragoman.annotate.document import Document
from dragoman.claims import When

_LEAST_YEARS = 8  # times with a year that make a history
_DEICTIC_SHARE = 5  # at most one time told from today for so many with a year
_LEAST_YEARLESS = 8  # dates without a year that make one, where nothing is told from today
_REACH = 2  # paragraphs back in which a time to count from is looked for, in a report
_DAYS = frozenset({"day", "hour", "minute", "second"})


def anchored(document: Document, times: Sequence[When]) -> list[When]:
    """The times with what they count from: `base` is an index in the list."""
    history = is_history(times)
    done: list[When] = []
    for when in times:
        if history and _yearless(when):
            base = _latest(document, done, when, days=False, reach=None)
            when = msgspec.structs.replace(  # noqa: PLW2901 (the time, completed)
                when, anchor="told" if base is None else "previous", base=base
            )
        elif when.anchor == "previous":
            days = when.kind in {"offset", "calendar"} and (when.unit in _DAYS or when.unit is None)
            base = _latest(document, done, when, days=days, reach=None if history else _REACH)
            when = msgspec.structs.replace(when, base=base)  # noqa: PLW2901
        done.append(when)
    for index, when in enumerate(done):
        if when.anchor == "next":
            base = _following(document, done, index)
            done[index] = msgspec.structs.replace(when, base=base)
        if when.anchor == "own" and index + 1 < len(done):
            inside = done[index + 1].span.end <= when.span.end
            done[index] = msgspec.structs.replace(when, base=index + 1 if inside else None)
    return done


def _following(document: Document, done: Sequence[When], index: int) -> int | None:
    """The first time with a year that follows in the sentence, else the last before it there."""
    own = document.sentence_at(_place(document, done[index]))
    for later in range(index + 1, len(done)):
        if document.sentence_at(_place(document, done[later])) != own:
            break
        if done[later].year is not None and done[later].kind in {"calendar", "part"}:
            return later
    for earlier in range(index - 1, -1, -1):
        if document.sentence_at(_place(document, done[earlier])) != own:
            break
        if done[earlier].year is not None and done[earlier].kind in {"calendar", "part"}:
            return earlier
    return None


def is_history(times: Sequence[When]) -> bool:
    """Whether a text is told by years, not from the day of writing."""
    own = [when for when in times if not when.quoted]
    years = sum(when.year is not None for when in own)
    deictic = sum(
        when.anchor == "told" and when.kind in {"weekday", "offset"} and when.bound != "within"
        for when in own
    )
    if years >= _LEAST_YEARS and deictic * _DEICTIC_SHARE <= years:
        return True
    yearless = sum(_yearless(when) for when in own)
    return years > 0 and deictic == 0 and yearless >= _LEAST_YEARLESS


def _yearless(when: When) -> bool:
    told = when.month is not None or when.season is not None or when.day is not None
    told = told or when.clock is not None or when.part is not None
    plain = when.kind in {"calendar", "part"} and when.direction == 0 and not when.quoted
    return plain and told and when.year is None


def _latest(
    document: Document, done: Sequence[When], when: When, *, days: bool, reach: int | None
) -> int | None:
    """The last time before one that it can count from; None where there is none."""
    own = _paragraph(document, when)
    for index in range(len(done) - 1, -1, -1):
        one = done[index]
        if reach is not None and own - _paragraph(document, one) > reach:
            return None
        if one.quoted and not when.quoted:
            continue
        if reach is None and one.month is None and one.bound in {"since", "until"}:
            continue  # the year that something lasts from or to is no place in the story
        if _stands(one, history=reach is None) and (not days or _to_the_day(one, done)):
            return index
    return None


def _place(document: Document, when: When) -> int:
    return document.token_at(document.reading.place_of(when.span.start))


def _paragraph(document: Document, when: When) -> int:
    sentence = document.sentence_at(_place(document, when))
    return 0 if sentence is None else sentence.paragraph


def _stands(when: When, *, history: bool) -> bool:
    """Whether a time can be counted from: it has a date by itself or through another."""
    if when.kind in {"duration", "set", "reference"} or when.bound == "within":
        return False
    if when.scale is not None or (when.anchor != "told" and when.base is None):
        return False
    if history and when.kind in {"calendar", "part"}:
        return when.year is not None or when.base is not None
    told = (when.year, when.month, when.season, when.weekday, when.amount, when.base)
    return any(value is not None for value in told)


def _to_the_day(when: When, done: Sequence[When]) -> bool:
    if when.kind == "weekday" or when.day is not None:
        return True
    if when.kind == "offset":
        return when.unit in _DAYS
    return when.unit is None and when.base is not None and _to_the_day(done[when.base], done)
