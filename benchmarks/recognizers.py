"""Dates, spans of days, lengths and repetitions against the specs of Recognizers-Text.

The cases are those of `DateTimeModel.json` of each language. A case is right if we find just as
many expressions as it has, and each agrees with one of them in place (they overlap), type, TIMEX
and resolved value. Where a spec has a past and a future reading, either is right; its TIMEX may be
the one before or after resolution.

Left out are cases that:

- tell a time of day (`time`, `timerange`, `datetime`, `datetimerange`, a set with a clock) or a
  time zone: the specs are of appointments, with a.m. and p.m. as two readings; we date by days;
- the peer's own Python does not support (`NotSupported`): there is no implementation to compare;
- have no result in the spec: they test its other options;
- write a day in figures without its year (22/04), or glue a month's name to figures (23/sep/2020):
  we leave the first alone, as most such figures in reports are scores and rates, and reports do
  not write the second;
- write a day in figures that can be read in two ways (5/6/2019) in a language without one order:
  what can't be told stays unknown;
- have a day that no calendar has (30/2), which the spec wants found all the same;
- write months or weekdays small where the language writes them with a capital: that is what keeps
  "may" and "march" from being dates;
- are of a notation that TIMEX3 does not have (`#1`, the nth weekday of a month).

Customs that differ are converted: the specs give "in three weeks" the day, not the week; "the last
three months" its days, not its length; "a few days" three of them; and a quarter three months.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import tarfile
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from benchmarks.frame import Figure, Missing, Options, Part, hash_of
from dragoman.annotate.text import prepare
from dragoman.annotate.times import find_expressions
from dragoman.claims import Received, When
from dragoman.languages import load
from dragoman.languages.lexicon import fold
from dragoman.link.calendar import named
from dragoman.link.timex import Timex, timexes
from dragoman.types import Interval

LANGUAGES = {
    "English": "en", "Spanish": "es", "French": "fr", "Portuguese": "pt", "German": "de",
    "Turkish": "tr",
}  # fmt: skip
_TYPES = frozenset({"date", "daterange", "duration", "set"})
# 22/04, 28/2-1/3, 5.10. without a year; 23/sep/2020, 2020-23-sep.
_YEARLESS = re.compile(r"(?<![\d/.-])\d{1,2}[/.]\d{1,2}\.?(?![\d/.]|\d)|\d/\d{1,2}[-–]\d")
_FIGURES = re.compile(r"(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})(?!\d)")
_SIZES = {"Y": 31536000, "MO": 2592000, "W": 604800, "D": 86400, "H": 3600, "M": 60, "S": 1}
_NUMBER = r"[\d.]+"
_LENGTH = re.compile(
    rf"P(?:(?P<Y>{_NUMBER})Y)?(?:(?P<MO>{_NUMBER})M)?(?:(?P<W>{_NUMBER})W)?(?:(?P<D>{_NUMBER})D)?"
    rf"(?:T(?:(?P<H>{_NUMBER})H)?(?:(?P<M>{_NUMBER})M)?(?:(?P<S>{_NUMBER})S)?)?"
)
_GLUED = re.compile(r"\d[/-][^\W\d]{3}|[^\W\d]{3}\.?[/-]\d{1,2}\b|[^\W\d]{3}[/-]\d{4}")


def run(options: Options) -> Iterator[Part | Missing]:
    """Measure every language that has both a pack and specs."""
    data = options.data
    archive = None if data is None else data / "data/bench/recognizers/recognizers.tar.xz"
    if archive is None or not archive.is_file():
        yield Missing(data="recognizers", why="the data folder (--data, DRAGOMAN_DATA) has none")
        return
    figures: dict[str, Figure] = {}
    with tarfile.open(archive) as packed:
        for name, code in LANGUAGES.items():
            member = packed.extractfile(f"recognizers/{name}/DateTimeModel.json")
            if member is None:
                continue
            cases = [
                case
                for case in json.loads(member.read().decode("utf-8-sig"))
                if in_scope(case, code)
            ]
            right = sum(is_right(case, code) for case in cases)
            figures[f"{code} exact"] = Figure(value=right / max(1, len(cases)), n=len(cases))
    yield Part(
        data="recognizers",
        sha256=hash_of([archive], archive.parent),
        figures=figures,
        note="share of cases in scope that are right; the specs are met by the peer by definition",
    )


def in_scope(case: dict[str, Any], code: str) -> bool:
    """Whether a case is one that we mean to read; the head of the module tells which are not."""
    if "python" in str(case.get("NotSupported", "")).lower() or not case["Results"]:
        return False
    return all(_readable(result, case["Input"], code) for result in case["Results"])


def _readable(result: dict[str, Any], text: str, code: str) -> bool:
    values = result["Resolution"]["values"]
    words = result["Text"]
    if _type(result) not in _TYPES or _GLUED.search(words) or _YEARLESS.search(words):
        return False
    if load(code).dates.day_first is None and _FIGURES.search(words):
        return False
    if any("#" in value["timex"] or "T" in _after_p(value["timex"]) for value in values):
        return False
    if _type(result) in {"date", "daterange"} and values[0].get("value") == "not resolved":
        return False
    return not _written_small(words, text, code)


def _after_p(timex: str) -> str:
    """A TIMEX without lengths, which may tell hours."""
    return "" if timex.startswith("P") else re.sub(r",P[^)]*", "", timex)


def _written_small(words: str, text: str, code: str) -> bool:
    """Whether a month or weekday that has a capital in its language is written without."""
    dates = load(code).dates
    if not dates.capitals:
        return False
    start = text.lower().find(words.lower())
    tables = (dates.months, dates.months_short, dates.weekdays, dates.weekdays_short)
    names = {fold(n) for t in tables for one in t.values() for n in "|".join(one).split("|")}
    told = re.findall(r"[^\W\d_]+", text[start : start + len(words)])
    return any(fold(word) in names and word[0].islower() for word in told)


def _type(result: dict[str, Any]) -> str:
    return str(result.get("TypeName", "")).rpartition(".")[2]


def is_right(case: dict[str, Any], code: str) -> bool:
    """Whether our reading of a case agrees with the spec."""
    text = case["Input"]
    moment = (case.get("Context") or {}).get("ReferenceDateTime", "2016-11-07")
    told = dt.date.fromisoformat(moment[:10])
    document = prepare(Received(source="case", text=text), code)
    times = [when for when in find_expressions(document) if when.kind != "reference"]
    mine = list(zip(times, timexes(times, told), timexes(times, None), strict=True))
    if len(mine) != len(case["Results"]):
        return False
    left = list(mine)
    for result in case["Results"]:
        found = next((one for one in left if _agrees(result, one, text, told)), None)
        if found is None:
            return False
        left.remove(found)
    return True


def _agrees(
    result: dict[str, Any], mine: tuple[When, Timex, Timex], text: str, told: dt.date
) -> bool:
    when, timex, bare = mine
    start = result.get("Start", text.lower().find(result["Text"].lower()))
    end = result.get("End", start + len(result["Text"]) - 1) + 1
    if not (when.span.start < end and start < when.span.end):
        return False
    values = result["Resolution"]["values"]
    if _type(result) in {"duration", "set"}:
        return _same_length(values, timex)
    if _type(result) == "date" or when.bound == "within":
        timex = _by_day(when, timex, told)
    return any(_same_days(value, timex.days) for value in values) and any(
        _same_timex(value["timex"], timex, bare) for value in values
    )


def _same_length(values: Sequence[dict[str, Any]], timex: Timex) -> bool:
    told = {timex.value, timex.value.replace("X", "3"), timex.value.replace("P1Q", "P3M")}
    seconds = _seconds(timex.value)
    return any(
        value["timex"] in told or (seconds is not None and value.get("value") == seconds)
        for value in values
    )


def _seconds(measure: str) -> str | None:
    """The value of a length in the notation of the specs; None where it has no number."""
    match = _LENGTH.fullmatch(measure)
    if match is None:
        return None
    total = sum(float(match[unit] or 0) * size for unit, size in _SIZES.items())
    return f"{total:g}" if total < 1e6 else str(int(total))


def _by_day(when: When, timex: Timex, told: dt.date) -> Timex:
    """An offset with the days that the specs give it."""
    if when.kind != "offset" or not when.amount or when.unit in {"second", "minute", "hour"}:
        return timex
    stretch = named(msgspec.structs.replace(when, bound="within"), Interval.day(told))
    if when.bound == "within" or stretch is None:
        return timex._replace(type="DATE", days=stretch)
    far = stretch.last if when.amount > 0 else stretch.first
    return timex._replace(value=str(far), days=Interval.day(far))


def _same_days(value: dict[str, Any], days: Interval | None) -> bool:
    if days is None:
        return False
    first, last, after = str(days.first), str(days.last), str(days.last + dt.timedelta(1))
    if "value" in value:
        return bool(value["value"] == first == last)
    told = value.get("start"), value.get("end")
    if None in told:
        # A bound at a period: whether it lies before or behind it is the spec's own custom.
        return any(day in {first, after} for day in told if day is not None)
    return told[0] == first and told[1] in ({after, last} if value["timex"][0] == "(" else {after})


def _same_timex(told: str, timex: Timex, bare: Timex) -> bool:
    if told.startswith("("):
        return True  # a pair of days and their distance: the resolved days tell as much
    return told in {timex.value, bare.value}
