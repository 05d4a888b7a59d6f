"""Listings as plain rows, and their CSV and JSON forms.

Listings hold everything, what is kept for review too; the column `grounding` tells which is which.
Cells are harmless to a terminal: control characters in them are made visible.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from typing import Any

from dragoman.errors import ConfigError
from dragoman.render import chronology
from dragoman.render.safe import for_cell, on_one_line
from dragoman.render.stands import date_of, stands
from dragoman.render.strings import strings
from dragoman.render.teller import Teller
from dragoman.render.view import Index, View
from dragoman.render.weights import behind
from dragoman.render.words import accounts, units
from dragoman.types import (
    Actor,
    Commitment,
    Comparison,
    Entry,
    Meeting,
    Told,
    Value,
)

_SEPARATOR = "; "


class Table(Value, frozen=True, kw_only=True):
    """Rows of text under columns; a cell is empty where the value is unknown.

    `columns` are the names used in CSV and JSON; the first is the entry's id.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def titles(self) -> tuple[str, ...]:
        """The columns' names as they are shown."""
        return tuple(str(strings().at("column", column)) for column in self.columns)


def _many(values: Iterable[str]) -> str:
    return _SEPARATOR.join(values)


def _number(value: float | None, unit: str | None) -> str:
    return "" if value is None else f"{value:g} {units(value, unit) if unit else ''}".rstrip()


def _parties(entry: Meeting) -> str:
    return _many(entry.parties or entry.participants)


def _roles(entry: Actor) -> str:
    return _many(
        role.title if role.of is None else f"{role.title} ({role.of})" for role in entry.roles
    )


def _step_dates(entry: Commitment) -> str:
    return _many(str(step.date) for step in entry.history if step.date is not None)


def _values(entry: Comparison) -> str:
    """Each value with what stands behind it: "600 (one account, copied twice; told by Vash)"."""
    return _many(f"{value.value} ({_behind(entry, value)})" for value in entry.values)


def _behind(entry: Comparison, value: Told) -> str:
    counted = accounts(value.independent, len(value.reports))
    return f"{counted}; {said}" if (said := behind(entry, value)) else counted


# The columns of each listing: a field of the entry by its own name, or a name and how to read it.
_Column = str | tuple[str, Callable[[Any], object]]
_COLUMNS: dict[str, tuple[_Column, ...]] = {
    "meeting": (
        "date",
        "form",
        "round",
        "status",
        "place",
        "venue",
        ("parties", _parties),
        ("third_parties", lambda entry: _many(entry.third_parties)),
    ),
    "position": (
        "party",
        "issue",
        "stance",
        "value",
        "date",
        "meeting",
        ("by", lambda entry: entry.characterised_by),
    ),
    "commitment": (
        "subject",
        "status",
        ("parties", lambda entry: _many(entry.parties)),
        ("quantity", lambda entry: _number(entry.quantity, entry.unit)),
        ("date", _step_dates),
    ),
    "statement": ("date", "speaker", "described", "side", "force", "content", "channel"),
    "actor": (
        "name",
        "type",
        "side",
        ("roles", _roles),
        ("forms", lambda entry: _many(entry.forms)),
    ),
    "incident": (
        "date",
        "type",
        "by",
        "against",
        "place",
        ("figure", lambda entry: _number(entry.figure, entry.unit)),
        "claimed_by",
    ),
    "comparison": ("verdict", "about", "field", ("values", _values)),
    "report": ("source", "outlet", "agency", "title", "language", "published"),
    "lineage": ("report", ("from", lambda entry: entry.source), "form", "share"),
}
LISTED = tuple(_COLUMNS)
_FIRMEST_FIRST = ("exact", "repaired", "partial", "none")


def _text(value: object) -> str:
    return "" if value is None else on_one_line(str(value))


def rows(kind: str, entries: Iterable[Entry]) -> Table:
    """The listing of entries of one kind, in the order given.

    Raises:
        ConfigError: there is no listing of that kind.
    """
    if kind not in _COLUMNS:
        raise ConfigError(kind, "no listing of that kind", f"use one of {', '.join(LISTED)}")
    columns = _COLUMNS[kind]
    names = tuple(column if isinstance(column, str) else column[0] for column in columns)
    return Table(
        columns=("id", *names, "grounding", "reports"),
        rows=tuple(
            (
                entry.id,
                *(_cell(entry, column) for column in columns),
                min((span.grounding for span in entry.evidence), key=_FIRMEST_FIRST.index),
                str(len(entry.reports())),
            )
            for entry in entries
        ),
    )


def _cell(entry: Entry, column: _Column) -> str:
    if isinstance(column, str):
        return _text(getattr(entry, column))
    return _text(column[1](entry))


def timeline(view: View) -> Table:
    """Meetings, steps of agreements, incidents and statements by date; undated ones last."""
    found = chronology.events(Teller(Index(view), strings()))
    return Table(
        columns=("id", "date", "lane", "what", "status"),
        rows=tuple(
            (
                event.entry,
                _text(event.date),
                event.lane,
                _text(event.what),
                _text(event.status),
            )
            for event in found
        ),
    )


def positions(view: View) -> Table:
    """Where each party stands on each issue: a row a position, in the order they were taken."""
    index = Index(view)
    return Table(
        columns=("id", "issue", "party", "stance", "value", "date", "by"),
        rows=tuple(
            (
                position.id,
                _text(stand.issue),
                _text(stand.party),
                position.stance,
                _text(position.value),
                _text(date_of(index, position)),
                _text(position.characterised_by),
            )
            for stand in stands(index)
            for position in stand.positions
        ),
    )


def as_csv(table: Table) -> str:
    """The table as CSV (RFC 4180), safe to open in a spreadsheet: no cell is a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([for_cell(cell) for cell in row] for row in table.rows)
    return out.getvalue()


def as_json(table: Table) -> str:
    """The table as a JSON list of objects; an unknown value is null."""
    objects = [
        {name: cell or None for name, cell in zip(table.columns, row, strict=True)}
        for row in table.rows
    ]
    return json.dumps(objects, ensure_ascii=False, indent=2) + "\n"
