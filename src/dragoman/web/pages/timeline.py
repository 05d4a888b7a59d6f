"""What happened when: a picture of how much, and the events by day."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from dragoman.render.activity import LANES, Activity, activity_picture
from dragoman.render.pictures import Picture
from dragoman.types import AnyEntry, Commitment, Interval, Step
from dragoman.web.catalogue import interval
from dragoman.web.gist import gist
from dragoman.web.listing import address, day, number
from dragoman.web.page import Page

_PER_PAGE = 60
_PICTURES = 64
# Statements are many and would hide the rest; they are shown where they are asked for.
_SHOWN = ("meeting", "commitment", "incident")


class Event(NamedTuple):
    """Something of a day: the entry that it belongs to, and of a commitment the step."""

    lane: str
    when: Interval | None
    status: str
    entry: AnyEntry
    gist: Any
    steps: tuple[Step, ...]


class Switch(NamedTuple):
    """A lane that can be shown or hidden."""

    lane: str
    on: bool
    number: int
    href: str


def timeline(page: Page) -> dict[str, Any]:
    """A page of events by date, those without one last."""
    catalogue = page.desk.catalogue
    lanes = [lane for lane in LANES if lane in page.query.get("lanes", ".".join(_SHOWN)).split(".")]
    test, values = _test(page, lanes)
    total = catalogue.one(f"SELECT count(*) FROM event WHERE {test}", *values)
    pages = max(1, -(-total // _PER_PAGE))
    at = min(max(1, number(page.query.get("page"), 1)), pages)
    rows = catalogue.rows(
        "SELECT seq, place, lane, first, last, status FROM event"
        f" WHERE {test} ORDER BY first IS NULL, first, last, lane, seq, place LIMIT ? OFFSET ?",
        *values,
        _PER_PAGE,
        (at - 1) * _PER_PAGE,
    )
    query = {k: v for k, v in page.query.items() if k in {"lanes", "since", "until", "party"} and v}
    return {
        "groups": _groups(page, _events(page, rows)),
        "switches": _switches(page, lanes, query),
        "picture": picture(page, query),
        "total": total,
        "page_number": at,
        "pages": pages,
        "undated": catalogue.one(
            f"SELECT count(*) FROM event WHERE {test} AND first IS NULL",
            *values,
        ),
        "query": query,
        "at": lambda n: address("/timeline", query, page=n),
    }


def _test(page: Page, lanes: Iterable[str]) -> tuple[str, list[Any]]:
    """Which events are asked for, as a condition and its values."""
    lanes = list(lanes)
    tests = [f"lane IN ({', '.join('?' * len(lanes))})"]
    values: list[Any] = list(lanes)
    since, until = day(page.query.get("since")), day(page.query.get("until"))
    if since is not None:
        tests.append("last >= ?")
        values.append(since)
    if until is not None:
        tests.append("first <= ?")
        values.append(until)
    if party := page.query.get("party"):
        keys = page.desk.catalogue.known_as(party)
        tests.append(f"seq IN (SELECT seq FROM party WHERE key IN ({', '.join('?' * len(keys))}))")
        values += keys
    return " AND ".join(tests), values


def _events(page: Page, rows: list[tuple[Any, ...]]) -> list[Event]:
    entries = dict(
        zip([row[0] for row in rows], page.desk.entries([row[0] for row in rows]), strict=True)
    )
    found = []
    for seq, _, lane, first, last, status in rows:
        entry = entries[seq]
        when = interval(first, last)
        steps: tuple[Step, ...] = ()
        if isinstance(entry, Commitment):
            steps = tuple(s for s in entry.history if (s.status, s.date) == (status, when))
        found.append(Event(lane, when, status, entry, gist(page, entry), steps))
    return found


def _groups(page: Page, events: list[Event]) -> list[tuple[str, list[tuple[str, list[Event]]]]]:
    """Events by month, and in it by day or span of days."""
    months = []
    for month, some in itertools.groupby(events, key=lambda event: _month(page, event)):
        days = [
            (page.date(when), list(each))
            for when, each in itertools.groupby(some, key=lambda event: event.when)
        ]
        months.append((month, days))
    return months


def _month(page: Page, event: Event) -> str:
    when = event.when
    if when is None:
        return page.say("timeline.undated")
    if (begin := when.earliest) is None:
        return page.date(when)
    return page.date(Interval.month(begin.year, begin.month))


def _switches(page: Page, lanes: Sequence[str], query: dict[str, str]) -> list[Switch]:
    test, values = _test(page, LANES)
    counts = dict(
        page.desk.catalogue.rows(
            f"SELECT lane, count(*) FROM event WHERE {test} GROUP BY lane",
            *values,
        )
    )
    switches = []
    for lane in LANES:
        after = [each for each in LANES if (each in lanes) != (each == lane)]
        href = address("/timeline", query, lanes=".".join(after) or "none")
        switches.append(Switch(lane, lane in lanes, counts.get(lane, 0), href))
    return switches


def picture(page: Page, query: dict[str, str]) -> Picture | None:
    """How much happened when, for the time and party asked for; drawn once for each."""
    key = ("picture", *(query.get(name, "") for name in ("since", "until", "party")))
    kept: dict[Any, Any] = page.desk.kept.setdefault("pictures", {})  # type: ignore[assignment]
    if key not in kept:
        test, values = _test(page, LANES)
        rows = page.desk.catalogue.rows(
            f"SELECT lane, first, last, count(*) FROM event WHERE {test}"
            " AND first > 0 AND last - first < 32 GROUP BY lane, first, last",
            *values,
        )
        found = [
            Activity(lane, when, count)
            for lane, first, last, count in rows
            if (when := interval(first, last)) is not None
        ]
        if len(kept) >= _PICTURES:
            kept.pop(next(iter(kept)))
        kept[key] = activity_picture(found, page.strings)
    found_picture: Picture | None = kept[key]
    return found_picture
