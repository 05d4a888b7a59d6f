"""What a person corrects: kept apart from all that is derived, never cleared, always undoable.

A correction is anchored by the words and fields of what it means, not by an entry's id, which
changes when anything else about the entry does. How corrections are applied to a build is not
told here; this keeps them.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

import msgspec

from dragoman.errors import EntryMissing, RecordError
from dragoman.record.file import PROGRAM, Clock, Transaction, faults, stamp, utc_now
from dragoman.types import Span, Value, content_hash, to_json

PREFIX = "cor"
# The cause of the states that corrections make.
CORRECT = "correct"
Action = Literal["confirm", "reject", "change", "merge", "split", "undo"]


class Anchor(Value, frozen=True, kw_only=True):
    """What a correction means: an entry of this kind, on these words, with these fields.

    Raises:
        ValueError: neither words nor fields.
    """

    kind: str
    spans: tuple[Span, ...] = ()
    fields: dict[str, Any] = {}

    def __post_init__(self) -> None:
        if not self.spans and not self.fields:
            raise ValueError("an anchor needs words or fields")


class Correction(Value, frozen=True, kw_only=True):
    """What was corrected: `change` maps fields to new values. `undone_by` is the id that undid it.

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


class Corrections:
    """Adds corrections to a record and undoes them; used with `with`, one state each time.

    Args:
        path: the record.
        now: the clock.

    Raises:
        RecordMissing: on entering, there is no record.
        RecordDamaged: the file is no record of this version, or is damaged.
        RecordError: it can't be written, or another program is writing it.
    """

    def __init__(self, path: Path, *, now: Clock = utc_now) -> None:
        self._path, self._now = path, now
        self._made = 0

    def __enter__(self) -> Self:
        self._transaction = Transaction(self._path, create=False)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None and self._made:
                with self._transaction.work() as db:
                    db.execute(
                        "INSERT INTO state SELECT max(id) + 1, ?, ?, ? FROM state",
                        [stamp(self._now()), CORRECT, PROGRAM],
                    )
                self._transaction.commit()
        finally:
            with faults(self._path):
                self._transaction.close()

    def add(
        self, action: Action, anchor: Anchor, change: dict[str, Any], *, who: str, why: str
    ) -> Correction:
        """Keep a correction.

        Args:
            action: what to do with what is meant.
            anchor: what is meant.
            change: fields and their new values (JSON values).
            who: who corrects.
            why: their reason.

        Raises:
            RecordError: the same is there already, or it can't be written.
        """
        moment = stamp(self._now())
        parts = (action, to_json(anchor), to_json(change), who, moment, why)
        made = f"{PREFIX}-{content_hash(*parts)}"
        with self._transaction.work() as db:
            if db.execute("SELECT 1 FROM correction WHERE id = ?", [made]).fetchone():
                raise RecordError(made, "the same correction is there already", "leave it out")
            text = [part.decode("utf-8") if isinstance(part, bytes) else part for part in parts]
            db.execute(
                "INSERT INTO correction (id, action, anchor, change, who, at, why, state)"
                " SELECT ?, ?, ?, ?, ?, ?, ?, max(id) + 1 FROM state",
                [made, *text],
            )
        self._made += 1
        return Correction(
            id=made,
            action=action,
            anchor=anchor,
            change=change,
            who=who,
            at=dt.datetime.fromisoformat(moment),
            why=why,
        )

    def undo(self, correction: str, *, who: str, why: str) -> Correction:
        """Undo a correction by another one, so that both stay on record.

        Raises:
            EntryMissing: there is no correction of that id.
            RecordError: it is undone already, or is itself an undoing.
        """
        with self._transaction.work() as db:
            row = db.execute(f"{_SELECT} WHERE id = ?", [correction]).fetchone()
        if row is None:
            raise EntryMissing(correction, f"no such correction in {self._path}", "list them")
        undone = _from_row(row)
        if undone.undone_by is not None or undone.action == "undo":
            raise RecordError(correction, "it can't be undone (again)", "add it anew instead")
        made = self.add("undo", undone.anchor, {"correction": correction}, who=who, why=why)
        with self._transaction.work() as db:
            db.execute("UPDATE correction SET undone_by = ? WHERE id = ?", [made.id, correction])
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
