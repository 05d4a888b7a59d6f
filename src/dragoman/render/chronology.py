"""What happened when: meetings, steps of agreements, incidents and statements by date."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from dragoman.render.safe import on_one_line
from dragoman.render.sayings import sayings
from dragoman.render.teller import Teller
from dragoman.render.view import told
from dragoman.types import Commitment, Incident, Interval, Meeting, Value

Lane = Literal["meeting", "commitment", "incident", "statement"]


class Event(Value, frozen=True, kw_only=True):
    """Something with a date, or with none known. `entry` is the id of what it belongs to."""

    lane: Lane
    what: str
    status: str
    date: Interval | None
    entry: str


def events(teller: Teller) -> tuple[Event, ...]:
    """All events: by date, those without one at the end. What several reports tell is one."""
    index = teller.index
    found = [
        Event(
            lane="meeting",
            what=teller.meeting(entry),
            status=entry.status,
            date=told(entry, "date"),
            entry=entry.id,
        )
        for entry in index.stated(Meeting)
    ]
    for commitment in index.stated(Commitment):
        steps = [step for step in commitment.history if step.evidence.citable]
        found += [
            Event(
                lane="commitment",
                what=commitment.subject,
                status=step.status,
                date=step.date,
                entry=commitment.id,
            )
            for step in steps
        ]
        if not steps:
            found.append(
                Event(
                    lane="commitment",
                    what=commitment.subject,
                    status=commitment.status,
                    date=None,
                    entry=commitment.id,
                )
            )
    found += [
        Event(
            lane="incident",
            what=_incident(teller, entry),
            status=_claim(teller, entry),
            date=told(entry, "date"),
            entry=entry.id,
        )
        for entry in index.stated(Incident)
    ]
    found += [
        Event(
            lane="statement",
            what=told(saying.first, "speaker") or str(teller.strings["statement.unnamed"]),
            status=on_one_line(saying.first.content),
            date=next(
                (date for entry in saying.all if (date := told(entry, "date")) is not None), None
            ),
            entry=saying.first.id,
        )
        for saying in sayings(index)
    ]
    found = list(dict.fromkeys(found))
    lanes = ("meeting", "commitment", "incident", "statement")

    def key(event: Event) -> tuple[bool, dt.date, dt.date, int]:
        first, last = event.date.sort_key() if event.date else (dt.date.max, dt.date.max)
        return event.date is None, first, last, lanes.index(event.lane)

    return tuple(sorted(found, key=key))


def _incident(teller: Teller, entry: Incident) -> str:
    """An incident in a few words: what, by whom and where."""
    by = teller.clause("by", told(entry, "by"))
    place = teller.clause("place", told(entry, "place"))
    return entry.type + "".join(part.text for part in (*by, *place))


def _claim(teller: Teller, entry: Incident) -> str:
    who = told(entry, "claimed_by")
    return "" if who is None else teller.strings.text("column.claimed_by") + " " + who
