"""What happened meanwhile, by date; what is only claimed is told as a claim."""

from __future__ import annotations

import datetime as dt

from dragoman.render import words
from dragoman.render.parts import Block, Section, Sentence
from dragoman.render.teller import Teller, listing
from dragoman.render.view import cited, told
from dragoman.types import Incident


def incidents(teller: Teller) -> Section:
    """One list, those without a date at its end."""
    entries = sorted(teller.index.stated(Incident), key=_order)
    points = listing(_incident(teller, entry) for entry in entries)
    blocks = (Block(paragraphs=points, listed=True),) if points else ()
    return Section(key="incidents", title=str(teller.strings["section.incidents"]), blocks=blocks)


def _order(entry: Incident) -> tuple[bool, dt.date, dt.date]:
    when = told(entry, "date")
    first, last = when.sort_key() if when else (dt.date.max, dt.date.max)
    return when is None, first, last


def _incident(teller: Teller, entry: Incident) -> list[Sentence]:
    claimed_by = told(entry, "claimed_by")
    said = teller.sentence(
        teller.strings["incident.claimed" if claimed_by else "incident.told"],
        entry,
        cited(entry),
        type=entry.type,
        by=teller.clause("by", told(entry, "by")),
        against=teller.clause("against", told(entry, "against")),
        place=teller.clause("place", told(entry, "place")),
        date=teller.when(told(entry, "date")),
        figure=teller.clause(
            "figure", words.measure(told(entry, "figure"), entry.unit, teller.strings)
        ),
        claimed_by=claimed_by,
    )
    said += teller.rests("incident.rests", entry)
    return said
