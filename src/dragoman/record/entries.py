"""The rows of entries: one for each form of an entry, from its first state to its last."""

from __future__ import annotations

import functools
import sqlite3
import zlib
from collections.abc import Iterator

import msgspec

from dragoman.types import Entry, Lineage, Statement, entry_from_json, to_json

_WELL = 6
DERIVED = (
    "SELECT id, json FROM entry WHERE last_state IS NULL AND corrected = 0"
    " UNION ALL SELECT id, json FROM derived ORDER BY id"
)


class Entries:
    """The entries that one state writes.

    Args:
        db: the connection of the writer's transaction.
        state: the number of the state.
    """

    def __init__(self, db: sqlite3.Connection, state: int) -> None:
        self._state = state
        self._standing: dict[str, int] = dict(
            db.execute("SELECT id, seq FROM entry WHERE last_state IS NULL")
        )
        self._written: set[str] = set()

    def write(self, db: sqlite3.Connection, entry: Entry, *, corrected: bool) -> None:
        """Write an entry, if it does not stand already."""
        line = to_json(entry).decode("utf-8")
        seq, again = self._standing.get(entry.id), entry.id in self._written
        self._written.add(entry.id)
        if seq is not None:
            old, was, first = db.execute(
                "SELECT json, corrected, first_state FROM entry WHERE seq = ?", [seq]
            ).fetchone()
            if (old, bool(was)) == (line, corrected) or (again and old <= line):
                return
            if first == self._state or not _grew(old, entry):
                db.execute(
                    "UPDATE entry SET json = ?, crc = ?, corrected = ? WHERE seq = ?",
                    [line, zlib.crc32(line.encode("utf-8")), corrected, seq],
                )
                if first == self._state:
                    _clear_rows(db, seq)
                    _write_rows(db, seq, entry)
                return
            self._lapse(db, seq)
        self._standing[entry.id] = _insert(db, entry, line, self._state, corrected=corrected)

    def lapse_rest(self, db: sqlite3.Connection) -> None:
        """End the standing of the entries that were not written."""
        for name, seq in self._standing.items():
            if name not in self._written:
                self._lapse(db, seq)

    def _lapse(self, db: sqlite3.Connection, seq: int) -> None:
        (line,) = db.execute("SELECT json FROM entry WHERE seq = ?", [seq]).fetchone()
        _clear_rows(db, seq)
        entry = entry_from_json(line)
        if isinstance(entry, Statement):
            db.execute(
                "INSERT INTO statement_words (statement_words, rowid, words)"
                " VALUES ('delete', ?, ?)",
                [seq, entry.content],
            )
        db.execute(
            "UPDATE entry SET json = NULL, packed = ?, last_state = ? WHERE seq = ?",
            [zlib.compress(line.encode("utf-8"), _WELL), self._state - 1, seq],
        )


def line_of(json: str | None, packed: bytes | None, crc: int) -> str:
    """The line of the export of an entry that stands (`json`) or has lapsed (`packed`).

    Raises:
        zlib.error: it is not the line that was written.
    """
    data = zlib.decompress(packed or b"") if json is None else json.encode("utf-8")
    if zlib.crc32(data) != crc:
        raise zlib.error("an entry was changed since it was written")
    return data.decode("utf-8") if json is None else json


def references(entry: Entry) -> Iterator[tuple[str, int, str]]:
    """The entries that an entry names: field, ordinal in it, id.

    They are the fields whose names end in `_id` or `_ids`, and the two reports of a lineage.
    """
    for field in _naming_fields(type(entry)):
        value = getattr(entry, field)
        if isinstance(value, str):
            yield field, 0, value
        elif isinstance(value, dict):
            for i, key in enumerate(sorted(value)):
                yield field, i, value[key]
        elif value is not None:
            for i, target in enumerate(value):
                yield field, i, target


@functools.cache
def _naming_fields(kind: type[Entry]) -> tuple[str, ...]:
    if kind is Lineage:
        return "report", "source"
    return tuple(field for field in kind.__struct_fields__ if field.endswith(("_id", "_ids")))


def _grew(old: str, entry: Entry) -> bool:
    """Whether an entry says something else under the id that it had: of its own kind only."""
    if not entry.IDENTITY:
        return False
    known = entry_from_json(old)
    return msgspec.structs.replace(known, reasons=()) != msgspec.structs.replace(entry, reasons=())


def _insert(db: sqlite3.Connection, entry: Entry, line: str, state: int, *, corrected: bool) -> int:
    seq = db.execute(
        "INSERT INTO entry (id, kind, json, crc, corrected, first_state) VALUES (?, ?, ?, ?, ?, ?)",
        [entry.id, entry.kind, line, zlib.crc32(line.encode("utf-8")), corrected, state],
    ).lastrowid
    if seq is None:
        raise AssertionError("an INSERT gives a row its number")
    _write_rows(db, seq, entry)
    if isinstance(entry, Statement):
        db.execute("INSERT INTO statement_words (rowid, words) VALUES (?, ?)", [seq, entry.content])
    return seq


def _write_rows(db: sqlite3.Connection, seq: int, entry: Entry) -> None:
    """The rows of a standing entry's evidence and references."""
    db.executemany(
        "INSERT INTO evidence VALUES (?, ?, (SELECT seq FROM report WHERE id = ?), ?, ?, ?, ?)",
        [
            (seq, i, span.report, span.start, span.end, span.grounding, span.role)
            for i, span in enumerate(entry.evidence)
        ],
    )
    db.executemany("INSERT INTO ref VALUES (?, ?, ?, ?)", [(seq, *r) for r in references(entry)])


def _clear_rows(db: sqlite3.Connection, seq: int) -> None:
    db.execute("DELETE FROM evidence WHERE entry = ?", [seq])
    db.execute("DELETE FROM ref WHERE entry = ?", [seq])
