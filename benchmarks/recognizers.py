"""Dates, spans of days, lengths and repetitions against the specs of Recognizers-Text.

The cases are those of `DateTimeModel.json` of each language. A case is right if we find just as
many expressions as it has, and each agrees with one of them in place (they overlap), type, TIMEX
and resolved value. Where a spec has a past and a future reading, either is right; its TIMEX may be
the one before or after resolution.

`OUT_OF_SCOPE` tells which cases are left out and why; their numbers are printed. `wide` has those,
too, that the peer's own Python does not read. A quarter of the cases of each language, by a hash
of the sentence, was never looked at while rules were written: it is the figure `unread`.

Customs that differ are converted: the specs give "in three weeks" the day, not the week; "the last
three months" its days, not its length; "a few days" three of them; a quarter three months; an
early or late part the half of a month or year, not a third; "the week of April 10" the TIMEX of
the day; a range of months or years ends with the first day of the last; and a range may be told
by its two ends, which are two times by TIMEX3.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import tarfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
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
_Mine = tuple[When, Timex, Timex]  # a time, its value, and its value on no known day
_TYPES = frozenset({"date", "daterange", "duration", "set"})
_LONG = 31  # days: a longer range of months or years
_MONTH = 7  # letters of a month's TIMEX
_READ_SHARE = 4  # one case in so many is never looked at
# 22/04, 28/2-1/3, 5.10. without a year; 23/sep/2020, 2020-23-sep.
_YEARLESS = re.compile(r"(?<![\d/.-])\d{1,2}[/.]\d{1,2}\.?(?![\d/.]|\d)|\d/\d{1,2}[-–]\d")
_SCORE = re.compile(r"(?<![\d/-])\d{1,2}-\d{1,2}(?![\d/-])")
# 20161016, 2015-3, 12-2015, 10D, 02 04 2009.
_CODE = re.compile(
    r"\d{6,8}|\d{4}-\d{1,2}|\d{1,2}-\d{4}|\d+[A-Za-z]|\d{1,4} \d{1,2} (?:\d{4}|\d{2})"
)
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
    left_out: Counter[str] = Counter()
    with tarfile.open(archive) as packed:
        for name, code in LANGUAGES.items():
            member = packed.extractfile(f"recognizers/{name}/DateTimeModel.json")
            if member is None:
                continue
            cases = json.loads(member.read().decode("utf-8-sig"))
            reasons = [out_of_scope(case, code) for case in cases]
            left_out.update(reason for reason in reasons if reason)
            figures |= _figures(code, cases, reasons)
    note = "share of cases in scope that are right; the specs are met by the peer by definition\n"
    note += "left out: " + "; ".join(
        f"{count} {reason}" for reason, count in left_out.most_common()
    )
    yield Part(
        data="recognizers", sha256=hash_of([archive], archive.parent), figures=figures, note=note
    )


def _figures(
    code: str, cases: Sequence[dict[str, Any]], reasons: Sequence[str | None]
) -> dict[str, Figure]:
    """The shares of right cases of a language: of those in scope, of the unread ones, of all."""
    found: dict[str, list[bool]] = {"exact": [], "unread": [], "wide": []}
    for case, reason in zip(cases, reasons, strict=True):
        if reason not in {None, _NO_PEER}:
            continue
        right = is_right(case, code)
        found["wide"].append(right)
        if reason is None:
            found["exact"].append(right)
            if unread(case["Input"]):
                found["unread"].append(right)
    return {
        f"{code} {name}": Figure(value=sum(rights) / max(1, len(rights)), n=len(rights))
        for name, rights in found.items()
    }


def unread(sentence: str) -> bool:
    """Whether a sentence is of the part that nobody looked at while rules were written."""
    return hashlib.sha256(sentence.encode()).digest()[0] % _READ_SHARE == 0


# ---------------------------------------------------------------- scope


def out_of_scope(case: dict[str, Any], code: str) -> str | None:
    """Why a case is none that we mean to read; None if it is in scope."""
    if not case["Results"]:
        return "without a result (they test other options)"
    for result in case["Results"]:
        for reason, applies in OUT_OF_SCOPE.items():
            if applies(result, case["Input"], code):
                return reason
    # Last, so that the wide figure has the same scope but for this.
    return _NO_PEER if "python" in str(case.get("NotSupported", "")).lower() else None


_NO_PEER = "that the peer's own Python does not read (counted in `wide`)"


def _timed(result: dict[str, Any], _: str, __: str) -> bool:
    values = result["Resolution"]["values"]
    return _type(result) not in _TYPES or any("T" in _after_p(v["timex"]) for v in values)


def _coded(result: dict[str, Any], text: str, _: str) -> bool:
    start, end = _place(result, text)
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    glued = result["Text"][:1].isdigit() and any(sign in "-_./" for sign in around.rstrip("."))
    return bool(glued or _CODE.fullmatch(result["Text"].strip()))


def _yearless(result: dict[str, Any], _: str, __: str) -> bool:
    words = result["Text"]
    score = _type(result) == "date" and _SCORE.search(words)
    return bool(_GLUED.search(words) or _YEARLESS.search(words) or score)


def _either_order(result: dict[str, Any], _: str, code: str) -> bool:
    return load(code).dates.day_first is None and _FIGURES.search(result["Text"]) is not None


def _unlike_timex(result: dict[str, Any], _: str, __: str) -> bool:
    return any("#" in value["timex"] for value in result["Resolution"]["values"])


def _impossible(result: dict[str, Any], _: str, code: str) -> bool:
    values = result["Resolution"]["values"]
    if _type(result) not in {"date", "daterange"}:
        return False
    if values[0].get("value") == "not resolved":
        return True
    told = {
        number
        for number, names in load(code).dates.weekdays.items()
        for name in names
        if fold(name.split("|")[0]) in fold(result["Text"])
    }
    days = [dt.date.fromisoformat(v["value"]) for v in values if v.get("value")]
    dated = bool(days) and not values[0]["timex"].startswith("XXXX-W")
    return dated and bool(told) and not any(day.weekday() in told for day in days)


def _bare_unit(result: dict[str, Any], _: str, code: str) -> bool:
    pack = load(code)
    words = [fold(word) for word in re.findall(r"[^\W\d_]+", result["Text"])]
    units = {fold(w) for ns in pack.dates.units.values() for n in ns for w in n.split("|")}
    small = {fold(w) for w in (*pack.grammar.articles, *pack.grammar.contractions)}
    unit = [word for word in words if word in units]
    return _type(result) != "duration" and len(unit) == 1 and set(words) <= units | small


OUT_OF_SCOPE: dict[str, Callable[[dict[str, Any], str, str], bool]] = {
    "with a time of day or zone (appointments, a.m. or p.m.; we date by days)": _timed,
    "in a notation that TIMEX3 lacks (#1, the nth weekday of a month)": _unlike_timex,
    "of a day that no calendar has, or told with a weekday that it is not": _impossible,
    "of a day in figures without its year (22/04, a score or a rate in reports)": _yearless,
    "in figures that have two readings (5/6/2019) in a language without one order": _either_order,
    "in codes and names of files (20161016, 2015-3, 10D, 2 4 2009)": _coded,
    "of a unit with a bare article (partner of the year)": _bare_unit,
    "with a name of time in small letters that has a capital": lambda result, text, code: (
        _written_small(result["Text"], text, code)
    ),
}


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
    times = find_expressions(document)
    mine = list(zip(times, timexes(times, told), timexes(times, None), strict=True))
    left = [one for one in mine if one[0].kind != "reference"]
    left = [one for one in left if not _inside_another(one[0], times)]
    for result in case["Results"]:
        pair = _ends_of(result, [_now(one, told) for one in mine], text)
        if pair and _same_ends(result, pair):
            left = [one for one in left if one not in pair]
            continue
        found = next(
            (one for one in left if _agrees(result, one, text, _base(one, mine, told))), None
        )
        if found is None:
            return False
        left.remove(found)
    return not left


def _inside_another(when: When, times: Sequence[When]) -> bool:
    """Whether a time is the one that another counts from by its own words."""
    return any(
        other.anchor == "own" and other.span.start <= when.span.start < other.span.end
        for other in times
        if other is not when
    )


def _base(one: _Mine, mine: Sequence[_Mine], told: dt.date) -> dt.date:
    """The day that a time counts from: that of another time, or the day of telling."""
    days = mine[one[0].base][1].days if one[0].anchor == "own" and one[0].base else None
    return told if days is None or days.earliest is None else days.first


def _now(one: _Mine, told: dt.date) -> _Mine:
    """A time, "now" as the day of telling: it can be the end of a range."""
    when, timex, bare = one
    if timex.value != "PRESENT_REF":
        return one
    return when, timex._replace(days=Interval.day(told)), bare


def _ends_of(result: dict[str, Any], mine: Sequence[_Mine], text: str) -> list[_Mine]:
    """The two times that are the ends of a range of the spec, if it is told with two."""
    start, end = _place(result, text)
    inside = [one for one in mine if start <= one[0].span.start and one[0].span.end <= end]
    return inside if _type(result) == "daterange" and len(inside) == 2 else []


def _same_ends(result: dict[str, Any], pair: Sequence[_Mine]) -> bool:
    first, last = pair[0][1].days, pair[1][1].days
    if first is None or last is None:
        return False
    told = [(v.get("start"), v.get("end")) for v in result["Resolution"]["values"]]
    ends = {str(day) for day in (last.first, last.last, last.last + dt.timedelta(1))}
    return any(start == str(first.first) and end in ends for start, end in told)


def _agrees(result: dict[str, Any], mine: _Mine, text: str, told: dt.date) -> bool:
    when, timex, bare = mine
    start, end = _place(result, text)
    if not (when.span.start < end and start < when.span.end):
        return False
    values = result["Resolution"]["values"]
    if _type(result) in {"duration", "set"}:
        return _same_length(values, timex)
    if _type(result) == "date" or when.bound == "within":
        timex = _by_day(when, timex, told)
    return any(
        _same_days(value, timex.days) or _same_part(value, when, timex) for value in values
    ) and any(_same_timex(value["timex"], when, timex, bare) for value in values)


def _place(result: dict[str, Any], text: str) -> tuple[int, int]:
    """Where an expression of a spec stands: first character and the one after its last."""
    start = result.get("Start", text.lower().find(result["Text"].lower()))
    return start, result.get("End", start + len(result["Text"]) - 1) + 1


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
    amount = when.amount
    if when.kind != "offset" or not amount or when.unit in {"second", "minute", "hour"}:
        return timex
    stretch = named(msgspec.structs.replace(when, bound="within"), Interval.day(told))
    if stretch is None:
        return timex._replace(type="DATE", days=None)
    ahead = amount > 0
    if when.bound == "within":
        after = dt.timedelta(ahead)  # the specs count the next days from tomorrow
        return timex._replace(type="DATE", days=Interval(stretch.first + after, stretch.last))
    far = stretch.last if ahead else stretch.first
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
    ends = {after, last} if value["timex"][0] == "(" else {after}
    if value["timex"].endswith(("M)", "Y)")) and (days.days or 0) > _LONG:
        ends.add(str(days.last.replace(day=1)))
        ends.add(str(days.last.replace(month=1, day=1)))
    return told[0] == first and told[1] in ends


def _same_part(value: dict[str, Any], when: When, timex: Timex) -> bool:
    """Whether both are the early or the late part of one month or year; the specs halve it."""
    told, days = (value.get("start"), value.get("end")), timex.days
    if days is None or days.earliest is None:
        return False
    parts = {"past": "early", "future": "late"} if when.kind == "offset" else {}
    mine = when.part or parts.get(when.tense)
    first, size = days.first, len(value["timex"])
    whole = {7: Interval.month(first.year, first.month), 4: Interval.year(first.year)}.get(size)
    if whole is None or mine not in {"early", "late"}:
        return False
    half = whole.first.replace(day=16) if size == _MONTH else whole.first.replace(month=7)
    halves = {
        "early": (whole.first, half),
        "late": (half, whole.last + dt.timedelta(1)),
    }
    # With a bound before it ("since late July") one end is told.
    ends = {str(day) for day in halves[mine]}
    return all(one is None or one in ends for one in told) and told != (None, None)


def _week_of_month(when: When) -> bool:
    weekly = when.season is not None and when.season[0] == "W" and when.season != "WI"
    return weekly and (when.month is not None or when.unit == "month")


def _same_timex(told: str, when: When, timex: Timex, bare: Timex) -> bool:
    if told.startswith("("):
        return True  # a pair of days and their distance: the resolved days tell as much
    if when.kind == "calendar" and when.unit == "week" and when.month is not None:
        return told.endswith(f"-{when.month:02}-{when.day:02}")  # the week of a day
    if _week_of_month(when):
        return True  # the week of a month has a notation of its own in the specs: by its days
    return told in {timex.value, bare.value}
