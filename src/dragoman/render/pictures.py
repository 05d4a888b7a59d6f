"""The timeline and the table of parties and issues as SVG, drawn by Vega-Lite.

The pictures hold no font and no fixed ink: colours are CSS variables of the page, with fall-back
values for a picture that stands alone. They are drawn with a font that comes with the library and
shown in the page's, so that they are the same on every machine.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import re
from collections.abc import Sequence
from typing import Any

import altair as alt
import vl_convert
from markupsafe import Markup

from dragoman.render import words
from dragoman.render.chronology import Event, Lane
from dragoman.render.safe import on_one_line
from dragoman.render.stands import stands
from dragoman.render.teller import Teller
from dragoman.types import Interval, Value

# Inks by name: the value that Vega draws with (found again in the SVG), and the page's variable.
INKS = {
    "ink": "#1b1f24",
    "soft": "#5b6470",
    "line": "#d5d9de",
    "meeting": "#1f5f8b",
    "commitment": "#2f7d4f",
    "incident": "#a8442a",
    "statement": "#6b5b95",
}
_LANES: tuple[Lane, ...] = ("meeting", "commitment", "incident", "statement")
_SHAPES = {"meeting": "circle", "commitment": "diamond", "incident": "triangle-up"}
# Colour-blind-safe light tints; the letter in each cell says the same.
_TINTS = {
    "demands": "#f4c7a1",
    "offers": "#cfe8b9",
    "proposes": "#c6dcf2",
    "accepts": "#9fd6b4",
    "rejects": "#f0a8a0",
    "conditions": "#f3e3a2",
    "threatens": "#d9a5c7",
    "prepares": "#d7cdea",
    "open": "#e3e6e9",
}
_CELL_INK = "#16181b"
_FONT = "Roboto"
_WIDTH = 520
_STEP = 22
_MOST_ROWS = 36
_MOST_PARTIES = 8
_LABEL = 40
# An event further away than this many times the extent of all others is not drawn; days at least.
_FAR = 3
_FAR_LEAST = 14
# Room for a letter of a row label, in pixels, wide letters in mind.
_LETTER = 7


class Picture(Value, frozen=True, kw_only=True):
    """A drawing: its name in styles, SVG, title, what it shows in words, and remarks on it."""

    name: str
    svg: str
    title: str
    description: str
    remarks: tuple[str, ...] = ()

    def inline(self) -> Markup:
        """The SVG for a page; its text is escaped by the library that drew it."""
        return Markup(self.svg)  # noqa: S704


def short(text: str, most: int = _LABEL) -> str:
    """A label of one line, cut to `most` characters."""
    line = on_one_line(text)
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


# ---------------------------------------------------------------- timeline


def timeline_picture(teller: Teller, events: Sequence[Event]) -> Picture | None:
    """The dated events, a row each: a dot for a day, a bar for an interval; statements by day.

    None where no event has a date.
    """
    dated = [event for event in events if event.date is not None]
    if not dated:
        return None
    undated = len(events) - len(dated)
    near = _near(dated)
    far, dated = len(dated) - len(near), near
    ends = [day for event in dated for day in _ends(event)]
    first, last = min(ends), max(ends)
    rows = _rows(teller, dated, first, last)
    strings = teller.strings
    key = "picture.timeline"
    description = strings.text(
        f"{key}.description",
        events=words.figure(len(dated), strings),
        first=words.bare_date(Interval.day(first), strings),
        last=words.bare_date(Interval.day(last), strings),
    )
    remarks = []
    if far:
        remarks.append(strings.text(f"{key}.far", n=far))
    if undated:
        remarks.append(strings.text(f"{key}.undated", n=undated))
    title = str(strings[f"{key}.title"])
    drawn = svg(_timeline_chart(teller, rows, first, last), title, description)
    return Picture(
        name="timeline",
        svg=drawn,
        title=title,
        description=description,
        remarks=tuple(remarks),
    )


def _ends(event: Event) -> list[dt.date]:
    when = event.date
    return [] if when is None else [day for day in (when.earliest, when.latest) if day is not None]


def _near(events: Sequence[Event]) -> list[Event]:
    """The events without those so far from the others that the others would be squeezed."""
    near = sorted(events, key=lambda event: min(_ends(event)))
    while len(near) > 1:
        ends = itertools.accumulate((max(_ends(event)) for event in near), max)
        gap, at = max(
            ((min(_ends(event)) - end).days, at)
            for at, (end, event) in enumerate(zip(ends, near[1:], strict=False), 1)
        )
        before, after = near[:at], near[at:]
        more, fewer = (before, after) if len(before) > len(after) else (after, before)
        if len(fewer) * 2 > len(more) or gap <= _FAR * max(_extent(more), _FAR_LEAST):
            break
        near = more
    kept = {id(event) for event in near}
    return [event for event in events if id(event) in kept]


def _extent(events: Sequence[Event]) -> int:
    """The days between the first and the last of some events."""
    days = [day for event in events for day in _ends(event)]
    return (max(days) - min(days)).days


def _rows(
    teller: Teller, events: Sequence[Event], first: dt.date, last: dt.date
) -> list[dict[str, Any]]:
    """What is drawn: a mark a row; where there are too many rows, a lane's rest shares one."""
    rows: list[dict[str, Any]] = []
    room = _MOST_ROWS
    for lane in _LANES:
        mine = [event for event in events if event.lane == lane]
        alone = [] if lane == "statement" else mine[:room]
        rest = mine[len(alone) :]
        room -= len(alone)
        for event in alone:
            rows.append(_mark(event, len(rows), _event_label(event), first, last))
        if rest:
            key = "statements" if lane == "statement" else "rest"
            label = teller.strings.text(f"picture.timeline.{key}", n=len(rest))
            place = len(rows)
            shared: dict[tuple[str, str], dict[str, Any]] = {}
            for event in rest:
                mark = _mark(event, place, label, first, last)
                shared.setdefault((mark["from"], mark["to"]), mark)["count"] += 1
            rows += shared.values()
    return rows


def _event_label(event: Event) -> str:
    return short(f"{event.what} ({event.status})" if event.status else event.what)


def _mark(event: Event, place: int, label: str, first: dt.date, last: dt.date) -> dict[str, Any]:
    when = event.date
    begin = (when.earliest if when else None) or first
    end = (when.latest if when else None) or last
    is_open = when is None or when.earliest is None or when.latest is None
    sort = "open" if is_open else "day" if begin == end else "span"
    return {
        "lane": event.lane,
        "row": f"{place:04d} {label}",
        "from": begin.isoformat(),
        # A span includes its last day: it is drawn to the beginning of the next.
        "to": (end + dt.timedelta(days=sort != "day")).isoformat(),
        "sort": sort,
        "count": 0,
    }


def _timeline_chart(
    teller: Teller, rows: list[dict[str, Any]], first: dt.date, last: dt.date
) -> alt.LayerChart | alt.FacetChart:
    strings = teller.strings
    margin = dt.timedelta(days=max(1, (last - first).days // 40))
    domain = [(first - margin).isoformat(), (last + margin + dt.timedelta(days=1)).isoformat()]
    lanes = [lane for lane in _LANES if any(row["lane"] == lane for row in rows)]
    names = {lane: str(strings.at("lane", lane)) for lane in lanes}
    data = [{**row, "lane": names[row["lane"]]} for row in rows]
    order = list(dict.fromkeys(row["row"] for row in rows))
    base = alt.Chart(alt.InlineData(values=data)).encode(
        y=alt.Y("row:N", sort=order, title=None, axis=_row_axis(order)),
        color=alt.Color(
            "lane:N",
            scale=alt.Scale(domain=list(names.values()), range=[INKS[lane] for lane in lanes]),
            legend=alt.Legend(title=None, orient="top", symbolType="square"),
        ),
    )
    when = alt.X(
        "from:T",
        title=None,
        scale=alt.Scale(domain=domain, type="utc"),
        axis=alt.Axis(format="%-d %b %Y", labelOverlap=True, tickCount=6, grid=True),
    )
    spans = base.transform_filter("datum.sort == 'span'").mark_bar(
        height=9, opacity=0.55, cornerRadius=2
    )
    open_spans = base.transform_filter("datum.sort == 'open'").mark_bar(
        height=9, opacity=0.35, cornerRadius=2
    )
    days = base.transform_filter("datum.sort == 'day'").mark_point(
        filled=True, opacity=1, size=70, shape="circle"
    )
    return alt.layer(
        spans.encode(x=when, x2="to:T"),
        open_spans.encode(x=when, x2="to:T"),
        days.encode(
            x=when,
            shape=alt.Shape(
                "lane:N",
                scale=alt.Scale(
                    domain=list(names.values()),
                    range=[_SHAPES.get(lane, "square") for lane in lanes],
                ),
                legend=None,
            ),
        ),
    ).properties(width=_WIDTH, height=max(1, len(order)) * _STEP)


def _row_axis(labels: Sequence[str]) -> alt.Axis:
    # A label's first five characters only keep rows of equal labels apart. The room for labels
    # is reckoned here, not measured by the drawing library, so that it is the same everywhere.
    room = max(len(label) - 5 for label in labels) * _LETTER + 8
    return alt.Axis(
        labelExpr="slice(datum.value, 5)",
        labelLimit=0,
        ticks=False,
        domain=False,
        minExtent=room,
        maxExtent=room,
    )


# ---------------------------------------------------------------- parties and issues


def positions_picture(teller: Teller) -> Picture | None:
    """Issues by parties: the latest stance by letter and tint, and an arrow where it moved.

    None where no position is told.
    """
    found = stands(teller.index)
    if not found:
        return None
    strings = teller.strings
    weight: dict[str, int] = {}
    for stand in found:
        weight[stand.party] = weight.get(stand.party, 0) + len(stand.positions)
    parties = sorted(weight, key=lambda party: (-weight[party], party))
    issues = list(dict.fromkeys(stand.issue for stand in found))
    drawn_parties, drawn_issues = parties[:_MOST_PARTIES], issues[:_MOST_ROWS]
    arrow = str(strings["picture.positions.arrow"])
    letters = {stance: str(strings.at("position", "stance", stance, "letter")) for stance in _TINTS}
    legend = {
        stance: f"{letters[stance]} {strings.at('position', 'stance', stance, 'word')}"
        for stance in _TINTS
    }
    data = []
    for stand in found:
        if stand.party in drawn_parties and stand.issue in drawn_issues:
            path = [stand.positions[-1].stance]
            if stand.moves:
                path = [stand.moves[0][0].stance, *(after.stance for _, after in stand.moves)]
            data.append(
                {
                    "party": f"{drawn_parties.index(stand.party):04d} {short(stand.party, 18)}",
                    "issue": f"{drawn_issues.index(stand.issue):04d} {short(stand.issue, 40)}",
                    "stance": legend[path[-1]],
                    "letters": arrow.join(letters[stance] for stance in path[-3:]),
                }
            )
    key = "picture.positions"
    title = str(strings[f"{key}.title"])
    description = strings.text(f"{key}.description", parties=len(parties), issues=len(issues))
    remarks = []
    if rest := len(issues) - len(drawn_issues):
        remarks.append(strings.text(f"{key}.rest", n=rest))
    if rest := len(parties) - len(drawn_parties):
        remarks.append(strings.text(f"{key}.rest_parties", n=rest))
    met = {row["stance"] for row in data}
    shown = {legend[stance]: tint for stance, tint in _TINTS.items() if legend[stance] in met}
    drawn = svg(_positions_chart(data, shown), title, description)
    return Picture(
        name="positions",
        svg=drawn,
        title=title,
        description=description,
        remarks=tuple(remarks),
    )


def _positions_chart(
    data: list[dict[str, str]], tints: dict[str, str]
) -> alt.LayerChart | alt.FacetChart:
    slice_ = "slice(datum.value, 5)"
    base = alt.Chart(alt.InlineData(values=data)).encode(
        x=alt.X(
            "party:N",
            title=None,
            axis=alt.Axis(
                orient="top",
                labelExpr=slice_,
                labelAngle=0,
                labelLimit=110,
                ticks=False,
                domain=False,
            ),
        ),
        y=alt.Y("issue:N", title=None, axis=_row_axis([row["issue"] for row in data])),
    )
    cells = base.mark_rect(cornerRadius=3, stroke=None).encode(
        color=alt.Color(
            "stance:N",
            scale=alt.Scale(domain=list(tints), range=list(tints.values())),
            legend=alt.Legend(title=None, orient="bottom", columns=5, symbolType="square"),
        )
    )
    letters = base.mark_text(fontWeight="bold", fontSize=12, color=_CELL_INK).encode(
        text="letters:N"
    )
    parties = len({row["party"] for row in data})
    issues = len({row["issue"] for row in data})
    return alt.layer(cells, letters).properties(
        width=min(_WIDTH, parties * 120), height=issues * 28
    )


# ---------------------------------------------------------------- drawing


def svg(chart: alt.LayerChart | alt.FacetChart, title: str, description: str) -> str:
    """The chart as SVG, its inks made variables, its title and description readable aloud."""
    chart = (
        chart.configure(font=_FONT, background="transparent", padding=4, aria=False)
        .configure_view(stroke=None)
        .configure_scale(bandPaddingInner=0.12)
        .configure_axis(
            labelColor=INKS["ink"],
            tickColor=INKS["line"],
            domainColor=INKS["line"],
            gridColor=INKS["line"],
            labelFontSize=12,
        )
        .configure_legend(labelColor=INKS["ink"], labelFontSize=12, labelLimit=160)
    )
    spec = json.dumps(chart.to_dict(), sort_keys=True)
    drawn = str(vl_convert.vegalite_to_svg(spec, show_warnings=False, allowed_base_urls=[]))
    for name, value in INKS.items():
        drawn = drawn.replace(f'"{value}"', f'"var(--p-{name}, {value})"')
    drawn = re.sub(r'font-family="[^"]*"', 'font-family="inherit"', drawn)
    drawn = re.sub(r' style="[^"]*"', "", drawn)
    # The picture is one thing to a screen reader: the parts need no roles of their own.
    drawn = re.sub(r' (?:role|aria-[a-z]+)="[^"]*"', "", drawn)
    head = Markup('<svg role="img" aria-label="{0}"><title>{0}</title><desc>{1}</desc>').format(
        title, description
    )
    return re.sub(r"<svg ([^>]*)>", lambda match: _headed(head, match[1]), drawn, count=1)


def _headed(head: Markup, attributes: str) -> str:
    return str(head).replace("<svg ", f"<svg {attributes} ", 1)
