"""What a person corrects: kept apart from all that is derived, never cleared, always undoable.

A correction is anchored by the words and fields of what it means, not by an entry's id, which
changes when anything else about the entry does. `review` applies corrections; this keeps them.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Sequence
from typing import Any, Literal

import msgspec

from dragoman.errors import EntryMissing, RecordError
from dragoman.types import Span, Value, content_hash, to_json

PREFIX = "cor"
# The cause of the states that corrections make.
CORRECT = "correct"
Action = Literal["accept", "reject", "change", "join", "part", "add", "undo"]


class Anchor(Value, frozen=True, kw_only=True):
    """What a correction means: an entry of this kind, on these words, with these fields.

    `sources` tells where the reports of the words came from, so that the words can be found again
    if a later version of the program reads the same bytes to another text.

    Raises:
        ValueError: neither words nor fields.
    """

    kind: str
    spans: tuple[Span, ...] = ()
    fields: dict[str, Any] = {}
    sources: dict[str, str] = {}

    def __post_init__(self) -> None:
        if not self.spans and not self.fields:
            raise ValueError("an anchor needs words or fields")


class Correction(Value, frozen=True, kw_only=True):
    """What was corrected: `change` maps fields to new values. `undone_by` is the id that undid it.

    `accept`, `reject`: no change. `change`: fields and their values. `join`: `with` is the anchor
    of the other actor, `name` that of both. `part`: `forms` or `reports` tell which words are of
    another actor, `name` and `type` who that is. `add`: the fields of a new entry on the words.
    `undo`: `correction` is what is undone.

    `id` is a hash of all the rest but `undone_by`; `at` is in UTC.
    """

    id: str
    action: Action
    anchor: Anchor
    change: dict[str, Any]
    who: str
    at: dt.datetime
    why: str
    undone_by: str | None = None


class Made(Value, frozen=True, kw_only=True):
    """What a person decides, before it is a correction: see `Correction`."""

    action: Action
    anchor: Anchor
    change: dict[str, Any] = {}
    who: str
    why: str

    def __post_init__(self) -> None:
        if not self.who.strip() or not self.why.strip():
            raise ValueError("a correction needs a name and a reason")


def correction_id(parts: Sequence[str | bytes]) -> str:
    """The id of a correction: a hash of action, anchor, change, who, when and why."""
    return f"{PREFIX}-{content_hash(*parts)}"


def insert(db: sqlite3.Connection, made: Made, at: str, state: int) -> Correction:
    """Keep a correction.

    Args:
        db: the connection, within a transaction.
        made: what is decided.
        at: when (see `stamp`).
        state: the number of the state that is being made.

    Raises:
        RecordError: the same is there already.
    """
    parts = (made.action, to_json(made.anchor), to_json(made.change), made.who, at, made.why)
    name = correction_id(parts)
    if db.execute("SELECT 1 FROM correction WHERE id = ?", [name]).fetchone():
        raise RecordError(name, "the same correction is there already", "leave it out")
    text = [part.decode("utf-8") if isinstance(part, bytes) else part for part in parts]
    db.execute(
        "INSERT INTO correction (id, action, anchor, change, who, at, why, state)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [name, *text, state],
    )
    return _from_row((name, *text, None))


def undo(
    db: sqlite3.Connection, correction: str, who: str, why: str, moment: tuple[str, int]
) -> Correction:
    """Undo a correction by another one, so that both stay on record.

    Args:
        db: the connection, within a transaction.
        correction: the id of what is undone, or how that begins.
        who: who undoes it.
        why: their reason.
        moment: when, and the number of the state that is being made.

    Raises:
        EntryMissing: there is no correction of that id, or several begin so.
        RecordError: it is undone already, or is itself an undoing.
    """
    rows = db.execute(f"{_SELECT} WHERE substr(id, 1, ?) = ?", [len(correction), correction])
    fitting = [_from_row(row) for row in rows]
    if len(fitting) != 1 or not correction:
        cause = "several corrections begin so" if fitting else "no such correction"
        raise EntryMissing(correction, cause, "list them with: dragoman corrections RECORD")
    undone = fitting[0]
    if undone.undone_by is not None or undone.action == "undo":
        raise RecordError(undone.id, "it can't be undone (again)", "make it anew instead")
    change = {"correction": undone.id}
    made = insert(
        db, Made(action="undo", anchor=undone.anchor, change=change, who=who, why=why), *moment
    )
    db.execute("UPDATE correction SET undone_by = ? WHERE id = ?", [made.id, undone.id])
    return made


_SELECT = "SELECT id, action, anchor, change, who, at, why, undone_by FROM correction"


def listed(db: sqlite3.Connection) -> list[Correction]:
    """All corrections of a record, the first first."""
    return [_from_row(row) for row in db.execute(f"{_SELECT} ORDER BY seq")]


def _from_row(row: tuple[Any, ...]) -> Correction:
    name, action, anchor, change, who, at, why, undone_by = row
    return Correction(
        id=name,
        action=action,
        anchor=msgspec.json.decode(anchor, type=Anchor),
        change=msgspec.json.decode(change),
        who=who,
        at=dt.datetime.fromisoformat(at),
        why=why,
        undone_by=undone_by,
    )
