"""Planned meetings as a calendar (RFC 5545): those whose days are known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from dragoman.record import Reader
from dragoman.review import News, Wanted
from dragoman.review.news import describe, parties_of
from dragoman.types import Interval, Meeting, content_hash

_SHOWN = {"planned": "TENTATIVE", "proposed": "TENTATIVE", "cancelled": "CANCELLED"}
# A meeting that may be on any of more days than these is not in a calendar.
_LONGEST = 14
_OCTETS = 74  # of a line, its first space included; RFC 5545 allows 75
_SIGNS = (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n"))


def calendar(record: Path, wanted: Wanted) -> bytes:
    """The calendar of the meetings that are planned, proposed or cancelled.

    Raises:
        RecordError: the record can't be read.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Dragoman//Meetings//EN"]
    with Reader(record) as reader:
        stamp = f"{reader.states()[-1].at:%Y%m%dT%H%M%SZ}"
        for entry in reader.entries("meeting"):
            if isinstance(entry, Meeting) and entry.status in _SHOWN and _lets(wanted, entry):
                lines += _event(entry, stamp)
    lines.append("END:VCALENDAR")
    return b"".join(part for line in lines for part in _folded(line))


def _lets(wanted: Wanted, meeting: Meeting) -> bool:
    """Whether a watch wants a meeting; how much news of it weigh does not matter here."""
    shown = News(
        sort="meeting announced",
        text="",
        weight=wanted.weight,
        parties=parties_of(meeting),
        after=meeting,
    )
    return wanted.lets(shown)


def _event(meeting: Meeting, stamp: str) -> Iterator[str]:
    date: Interval | None = meeting.date
    if date is None or date.days is None or date.days > _LONGEST:
        return
    # It keeps its name when its date or its status changes, so that calendars move it.
    who = sorted(meeting.parties or meeting.participants)
    name = content_hash(meeting.form, str(meeting.round), *who)
    if meeting.round is None:
        name = content_hash(name, meeting.place or "", f"{date.first:%Y-%m}")
    yield "BEGIN:VEVENT"
    yield f"UID:{name}@dragoman"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{date.first:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{date.last + dt.timedelta(1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(describe(meeting))}"
    if meeting.place or meeting.venue:
        yield f"LOCATION:{_escaped(', '.join(filter(None, (meeting.venue, meeting.place))))}"
    words = "; ".join(f"“{span.text}”" for span in meeting.evidence[:3])
    yield f"DESCRIPTION:{_escaped(f'{meeting.id}: {words}')}"
    yield f"STATUS:{_SHOWN[meeting.status]}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    for sign, written in _SIGNS:
        text = text.replace(sign, written)
    return "".join(c if c == "\t" or ord(c) >= 0x20 else " " for c in text)


def _folded(line: str) -> Iterator[bytes]:
    """The line in pieces that are short enough, no letter cut in two."""
    piece = b""
    for character in line:
        octets = character.encode("utf-8", "replace")
        if len(piece) + len(octets) > _OCTETS:
            yield piece + b"\r\n"
            piece = b" "
        piece += octets
    yield piece + b"\r\n"
