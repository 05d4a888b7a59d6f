"""Meetings as a calendar (RFC 5545): held ones, and those planned."""

from __future__ import annotations

import datetime as dt

from dragoman.render.safe import on_one_line
from dragoman.render.strings import strings
from dragoman.render.teller import Teller
from dragoman.render.view import Index, View, told
from dragoman.types import Interval, Meeting

_STATUS = {
    "held": "CONFIRMED",
    "under way": "CONFIRMED",
    "planned": "TENTATIVE",
    "proposed": "TENTATIVE",
    "cancelled": "CANCELLED",
    "refused": "CANCELLED",
}
_LINE = 75


def icalendar(view: View) -> bytes:
    """The meetings whose date is known on both ends, each on all days on which it may have been.

    The time stamp that the form asks for is the last day of the event, so that the same record
    gives the same bytes.
    """
    teller = Teller(Index(view), strings())
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Dragoman//Record//EN",
        "CALSCALE:GREGORIAN",
    ]
    for entry in teller.index.stated(Meeting):
        when: Interval | None = told(entry, "date")
        if when is not None and when.earliest is not None and when.latest is not None:
            lines += _event(teller, entry, when.earliest, when.latest)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in folded(line)).encode("utf-8")


def _event(teller: Teller, entry: Meeting, first: dt.date, last: dt.date) -> list[str]:
    after = last + dt.timedelta(days=1) if last < dt.date.max else last
    words = " / ".join(
        f"“{on_one_line(span.text)}” ({teller.report(span.report)})"
        for span in entry.evidence
        if span.citable
    )
    place = ", ".join(
        part for part in (told(entry, "venue"), told(entry, "place")) if part is not None
    )
    lines = [
        "BEGIN:VEVENT",
        f"UID:{entry.id}@dragoman.invalid",
        f"DTSTAMP:{last:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
        f"DTEND;VALUE=DATE:{after:%Y%m%d}",
        f"SUMMARY:{_text(teller.meeting(entry))}",
        f"STATUS:{_STATUS[entry.status]}",
        f"CATEGORIES:{_text(entry.form)}",
        "TRANSP:TRANSPARENT",
        f"DESCRIPTION:{_text(entry.status + '. ' + words)}",
    ]
    if place:
        lines.append(f"LOCATION:{_text(place)}")
    return [*lines, "END:VEVENT"]


def _text(text: str) -> str:
    """A text with the signs that mean something escaped."""
    line = on_one_line(text)
    return line.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def folded(line: str) -> list[str]:
    """A line in pieces of at most 75 octets; all but the first begin with a blank."""
    pieces, piece, size = [], "", 0
    for char in line:
        width = len(char.encode("utf-8"))
        if size + width > _LINE:
            pieces.append(piece)
            piece, size = " ", 1
        piece += char
        size += width
    return [*pieces, piece]
