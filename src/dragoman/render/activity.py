"""How much happened when: a picture of counts by day, week, month or year, lane by lane."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple, get_args

import altair as alt

from dragoman.render import words
from dragoman.render.chronology import Lane
from dragoman.render.pictures import INKS, Picture, svg
from dragoman.render.strings import Strings
from dragoman.types import Interval

LANES: tuple[Lane, ...] = get_args(Lane)
_WIDTH, _HEIGHT = 720, 44
# Bars that one picture shows at most; a longer time is counted by weeks, months, years.
_MOST = 62
# What is less than a third of the rest, and further off than the rest reaches, is left out.
_LITTLE = 3
_FAR = 1
_FAR_LEAST = dt.timedelta(days=14)
_STEPS = (("day", 1), ("week", 7), ("month", 31), ("year", 366))


class Activity(NamedTuple):
    """So many events of a lane within an interval."""

    lane: str
    when: Interval
    number: int


def activity_picture(found: Iterable[Activity], strings: Strings) -> Picture | None:
    """The picture, a bar a day, week, month or year, drawn above one another for each lane.

    None where nothing has a date. The little that lies far from all else is left out and counted
    in a remark.

    Args:
        found: events counted; each counts on the first day of its interval.
        strings: the words.
    """
    counts: dict[tuple[str, dt.date], int] = {}
    for lane, when, number in found:
        if when.earliest is not None:
            counts[lane, when.earliest] = counts.get((lane, when.earliest), 0) + number
    if not counts:
        return None
    first, last = _reach(counts)
    inside = {place: n for place, n in counts.items() if first <= place[1] <= last}
    far = sum(counts.values()) - sum(inside.values())
    span = (last - first).days + 1
    step = next((name for name, days in _STEPS if span <= days * _MOST), "year")
    bars: dict[tuple[str, dt.date], int] = {}
    for (lane, day), count in inside.items():
        bars[lane, _begin(day, step)] = bars.get((lane, _begin(day, step)), 0) + count
    key = "web.activity"
    title = str(strings[f"{key}.title"])
    description = strings.text(
        f"{key}.description",
        step=str(strings[f"{key}.step.{step}"]),
        first=words.bare_date(Interval.day(first), strings),
        last=words.bare_date(Interval.day(last), strings),
    )
    remarks = (strings.text(f"{key}.far", n=far),) if far else ()
    drawn = svg(_chart(bars, step, strings), title, description)
    return Picture(
        name="activity", svg=drawn, title=title, description=description, remarks=remarks
    )


def _reach(counts: dict[tuple[str, dt.date], int]) -> tuple[dt.date, dt.date]:
    """The first and the last day of the picture, without the little that lies far from the rest."""
    by_day: dict[dt.date, int] = {}
    for (_, day), count in counts.items():
        by_day[day] = by_day.get(day, 0) + count
    days = sorted(by_day)
    while len(days) > 1:
        gap, at = max((days[at] - days[at - 1], at) for at in range(1, len(days)))
        before, after = days[:at], days[at:]
        more, fewer = sorted((before, after), key=lambda part: -sum(by_day[day] for day in part))
        most, least = (sum(by_day[day] for day in part) for part in (more, fewer))
        if least * _LITTLE > most or gap <= max(_FAR * (more[-1] - more[0]), _FAR_LEAST):
            break
        days = more
    return days[0], days[-1]


def _begin(day: dt.date, step: str) -> dt.date:
    if step == "week":
        return day - dt.timedelta(days=day.weekday())
    if step == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if step == "year" else day


def _end(day: dt.date, step: str) -> dt.date:
    days = dict(_STEPS)[step]
    return _begin(day + dt.timedelta(days=days), step) if step != "day" else day + dt.timedelta(1)


def _chart(bars: dict[tuple[str, dt.date], int], step: str, strings: Strings) -> Any:
    lanes = [lane for lane in LANES if any(place[0] == lane for place in bars)]
    names: dict[str, str] = {lane: str(strings.at("lane", lane)) for lane in lanes}
    data = [
        {
            "lane": names.get(lane, lane),
            "from": day.isoformat(),
            "to": _end(day, step).isoformat(),
            "count": count,
        }
        for (lane, day), count in sorted(bars.items(), key=lambda bar: (bar[0][1], bar[0][0]))
    ]
    base = alt.Chart(alt.InlineData(values=data))
    return (
        base.mark_rect(stroke=None)
        .encode(
            x=alt.X(
                "from:T",
                title=None,
                scale=alt.Scale(type="utc"),
                axis=alt.Axis(format="%-d %b %Y", labelOverlap=True, tickCount=6, grid=False),
            ),
            x2="to:T",
            y=alt.Y(
                "count:Q",
                title=None,
                axis=alt.Axis(tickCount=2, tickMinStep=1, format="~s", domain=False),
            ),
            y2=alt.datum(0),
            color=alt.Color(
                "lane:N",
                scale=alt.Scale(domain=list(names.values()), range=[INKS[lane] for lane in lanes]),
                legend=None,
            ),
            row=alt.Row(
                "lane:N",
                sort=list(names.values()),
                title=None,
                spacing=10,
                header=alt.Header(
                    labelAngle=0,
                    labelAlign="left",
                    labelOrient="top",
                    labelAnchor="start",
                    labelPadding=2,
                    labelFontSize=12,
                    labelColor=INKS["ink"],
                ),
            ),
        )
        .properties(width=_WIDTH, height=_HEIGHT)
        .resolve_scale(y="independent")
    )
