"""Other finders of times, measured beside ours: dateparser.search and Recognizers-Text.

Both are optional; those that are not installed are left out. They get the day of writing as we do.
"""

from __future__ import annotations

import datetime as dt
import importlib.util
import re
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.times_data import Text, Told

Finder = Callable[[Text], list[Told]]

_TYPES = {
    "date": "DATE", "daterange": "DATE", "time": "TIME", "timerange": "TIME", "datetime": "TIME",
    "datetimerange": "TIME", "duration": "DURATION", "set": "SET",
}  # fmt: skip


def peers() -> dict[str, Finder]:
    """The peers that are installed, by name."""
    known: dict[str, tuple[str, Finder]] = {
        "dateparser.search": ("dateparser", dateparser_search),
        "Recognizers-Text": ("recognizers_date_time", recognizers),
    }
    return {
        name: find
        for name, (module, find) in known.items()
        if importlib.util.find_spec(module) is not None
    }


def _lines(text: Text) -> Iterator[tuple[int, str]]:
    for line in re.finditer(r"[^\n]+", text.text):
        yield line.start(), line[0]


def dateparser_search(text: Text) -> list[Told]:
    """The expressions of a text as `dateparser.search` finds them, line by line."""
    from dateparser.search import search_dates  # noqa: PLC0415 (a peer that may not be there)

    settings: Any = {"RELATIVE_BASE": dt.datetime.combine(text.written, dt.time())}
    found: list[Told] = []
    for at, line in _lines(text):
        place = at
        for words, moment in search_dates(line, languages=["en"], settings=settings) or []:
            start = text.text.find(words, place)
            if start >= 0:
                place = start + len(words)
                found.append(Told(start, place, moment.date().isoformat(), "DATE"))
    return found


def recognizers(text: Text) -> list[Told]:
    """The expressions of a text as Recognizers-Text finds them, line by line.

    Where it gives a past and a future reading, the past one is taken, as news tells of the past.
    """
    from recognizers_date_time import Culture, recognize_datetime  # noqa: PLC0415

    moment = dt.datetime.combine(text.written, dt.time())
    found: list[Told] = []
    for at, line in _lines(text):
        for one in recognize_datetime(line, Culture.English, reference=moment):
            values = (one.resolution or {}).get("values") or [{}]
            kind = one.type_name.rpartition(".")[2]
            value = _timex(values[0], kind)
            start = at + one.start
            found.append(Told(start, at + one.end + 1, value, _TYPES.get(kind, "DATE")))
    return found


def _timex(value: dict[str, str], kind: str) -> str:
    timex = value.get("timex", "")
    if timex.startswith("("):
        return timex[1:].partition(",")[0]
    if "X" in timex and kind in {"date", "daterange", "datetime"}:
        told = value.get("value") or value.get("start") or timex
        return told.replace(" ", "T")[:16]
    return timex
