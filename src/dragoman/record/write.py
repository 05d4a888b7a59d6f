"""Writing the record: one transaction from the first report to the last entry."""

from __future__ import annotations

import functools
import itertools
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec

from dragoman.claims import Annotation, Received
from dragoman.errors import EntryMissing, RecordError, RecordExists, SourceError
from dragoman.record.file import PROGRAM, Clock, Transaction, faults, stamp, utc_now
from dragoman.types import (
    Entry,
    Lineage,
    Statement,
    content_hash,
    pack,
    report_id,
    to_json,
    unpacker,
)

_ANNOTATION = unpacker(Annotation)
# Annotations are a cache: packed fast. Reports are kept for good: packed well.
_FAST, _WELL = 1, 6
# Entries whose rows are handed to SQLite at a time.
_BATCH = 500


def annotation_key(received: Received, program: str = PROGRAM) -> str:
    """The key under which a report's annotation is kept: its words, its metadata, the program.

    Args:
        received: the report; its bytes don't count, only the text that was read from them.
        program: what annotates, with its version.
    """
    return content_hash(program, pack(msgspec.structs.replace(received, raw=b"")), length=32)


class Writer:
    """Writes a record; used with `with`. All of it is kept at the end, or nothing.

    Every way out but the regular one (an exception, a crash, no `close_state`) leaves the record
    as it was. Reports and entries may come in any order.

    Args:
        path: the file.
        replace: take out the reports and entries of a record that is there, keep its earlier
            states, its corrections and the annotations that can be used again.
        now: the clock.
        program: what writes, with its version; annotations of another one are not used again.

    Raises:
        RecordExists: on entering, there is a record and it is not to be replaced.
        RecordDamaged: the file is no record of this version, or is damaged.
        RecordError: the disk is full, the file can't be written, another program writes it.
    """

    def __init__(
        self,
        path: Path,
        *,
        replace: bool = False,
        now: Clock = utc_now,
        program: str = PROGRAM,
    ) -> None:
        self._path, self._replace, self._now, self._program = path, replace, now, program
        self._closed = False

    def __enter__(self) -> Self:
        self._transaction = Transaction(self._path, create=True)
        try:
            self._begin()
        except BaseException:
            self._transaction.close()
            raise
        return self

    def _begin(self) -> None:
        if self._transaction.existed and not self._replace:
            raise RecordExists(
                str(self._path), "there is a record already", "name another file, or replace it"
            )
        with self._transaction.work() as db:
            self._state: int = db.execute("SELECT coalesce(max(id), 0) + 1 FROM state").fetchone()[
                0
            ]
            if self._transaction.existed:
                _clear(db)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                if not self._closed:
                    raise RecordError(
                        str(self._path), "its state was not closed", "call close_state at the end"
                    )
                self._transaction.commit()
        finally:
            with faults(self._path):
                self._transaction.close()

    def add_report(self, received: Received, annotation: Annotation) -> bool:
        """Add a report and what was found in it.

        The same report (source and text) given again with other metadata counts once; which
        metadata stay does not depend on the order.

        Returns:
            Whether it was not there yet.

        Raises:
            ValueError: the annotation is of another report.
            RecordError: it can't be written.
        """
        name = report_id(received.source, received.text)
        if annotation.report != name:
            raise ValueError(f"annotation of {annotation.report} given for {name}")
        text = received.text.encode("utf-8")
        row: dict[str, Any] = {
            "id": name,
            "source": received.source,
            "sha256": annotation.sha256,
            "text": zlib.compress(text, _WELL),
            "raw": None if received.raw == text else zlib.compress(received.raw, _WELL),
            "metadata": _metadata(received),
            "annotation": annotation_key(received, self._program),
        }
        blob = zlib.compress(pack(annotation), _FAST)
        with self._transaction.work() as db:
            known = db.execute(
                "SELECT metadata, annotation, coalesce(raw, x'') FROM report WHERE id = ?", [name]
            ).fetchone()
            if known and known <= (row["metadata"], row["annotation"], row["raw"] or b""):
                return False
            db.execute("INSERT OR REPLACE INTO annotation VALUES (?, ?)", [row["annotation"], blob])
            if known:
                db.execute(
                    "UPDATE report SET metadata = :metadata, annotation = :annotation, raw = :raw"
                    " WHERE id = :id",
                    row,
                )
                return False
            seq = db.execute(
                "INSERT INTO report (id, source, sha256, text, raw, metadata, annotation) VALUES"
                " (:id, :source, :sha256, :text, :raw, :metadata, :annotation)",
                row,
            ).lastrowid
            db.execute(
                "INSERT INTO report_words (rowid, words) VALUES (?, ?)", [seq, received.text]
            )
        return True

    def cached(self, key: str) -> Annotation | None:
        """The annotation kept under a key (see `annotation_key`); None if there is none.

        Raises:
            RecordDamaged: it can't be read.
        """
        with self._transaction.work() as db:
            row = db.execute("SELECT blob FROM annotation WHERE key = ?", [key]).fetchone()
            return None if row is None else _ANNOTATION.decode(zlib.decompress(row[0]))

    def annotations(self) -> Iterator[Annotation]:
        """The annotations of all reports by report id, read one at a time.

        Raises:
            RecordDamaged: one can't be read.
        """
        with faults(self._path):
            for (blob,) in self._transaction.db.execute(
                "SELECT blob FROM report JOIN annotation ON key = annotation ORDER BY id"
            ):
                yield _ANNOTATION.decode(zlib.decompress(blob))

    def text(self, report: str) -> str:
        """The text of a report as received.

        Raises:
            EntryMissing: no report of that id was added.
        """
        with faults(self._path):
            row = self._transaction.db.execute(
                "SELECT text FROM report WHERE id = ?", [report]
            ).fetchone()
            if row is None:
                raise EntryMissing(report, f"no such report in {self._path}", "add it first")
            return zlib.decompress(row[0]).decode("utf-8")

    def write_entries(self, entries: Iterable[Entry]) -> None:
        """Write entries, a batch at a time; an entry that stands already stays the same one.

        Of entries of one id (which can differ only in their reasons) one is kept, whatever the
        order.

        Raises:
            ValueError: an entry has no id.
            RecordError: one rests on a report that was not added, or it can't be written.
        """
        rest = iter(entries)
        while batch := list(itertools.islice(rest, _BATCH)):
            with self._transaction.work() as db:
                self._write_batch(db, batch)

    def _write_batch(self, db: sqlite3.Connection, batch: list[Entry]) -> None:
        evidence, refs, words = [], [], []
        for entry in batch:
            seq = self._write_entry(db, entry)
            if seq is None:
                continue
            evidence += [
                (seq, i, span.report, span.start, span.end, span.grounding, span.role)
                for i, span in enumerate(entry.evidence)
            ]
            refs += [(seq, *ref) for ref in references(entry)]
            if isinstance(entry, Statement):
                words.append((seq, entry.content))
        db.executemany(
            "INSERT INTO evidence VALUES (?, ?, (SELECT seq FROM report WHERE id = ?), ?, ?, ?, ?)",
            evidence,
        )
        db.executemany("INSERT INTO ref VALUES (?, ?, ?, ?)", refs)
        db.executemany("INSERT INTO statement_words (rowid, words) VALUES (?, ?)", words)

    def _write_entry(self, db: sqlite3.Connection, entry: Entry) -> int | None:
        """The row's number; None if the entry was written before in this state."""
        if not entry.id:
            raise ValueError(f"a {entry.kind} without an id")
        line = to_json(entry)
        row = (line.decode("utf-8"), zlib.crc32(line), self._state)
        known = db.execute(
            "SELECT seq, json, written FROM entry WHERE id = ? AND last_state IS NULL", [entry.id]
        ).fetchone()
        if known is None:
            return db.execute(
                "INSERT INTO entry (id, kind, json, crc, first_state, written)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                [entry.id, entry.kind, *row, self._state],
            ).lastrowid
        seq, json, written = known
        again = written == self._state
        if not again or row[0] < json:
            db.execute("UPDATE entry SET json = ?, crc = ?, written = ? WHERE seq = ?", [*row, seq])
        return None if again else int(seq)

    def skip(self, error: SourceError) -> None:
        """Note a source that could not be read.

        Raises:
            RecordError: it can't be written.
        """
        with self._transaction.work() as db:
            db.execute(
                "INSERT OR IGNORE INTO skipped VALUES (?, ?, ?, ?)",
                [self._state, error.place, error.cause, error.step],
            )

    def close_state(self, cause: str) -> int:
        """Finish the state: entries that were not written in it have lapsed. Called once, last.

        Args:
            cause: what made it, in a word: `build`, `add`.

        Returns:
            The number of the state.

        Raises:
            RecordError: it can't be written, or was closed before.
        """
        if self._closed:
            raise RecordError(str(self._path), "its state was closed before", "close it once")
        with self._transaction.work() as db:
            db.execute(
                "INSERT INTO state VALUES (?, ?, ?, ?)",
                [self._state, stamp(self._now()), cause, self._program],
            )
            db.execute(
                "UPDATE entry SET last_state = ?1 - 1 WHERE last_state IS NULL AND written < ?1",
                [self._state],
            )
            db.execute("DELETE FROM annotation WHERE key NOT IN (SELECT annotation FROM report)")
        self._closed = True
        return self._state


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


def _metadata(received: Received) -> str:
    fields = msgspec.structs.asdict(received)
    for kept_apart in ("source", "text", "raw"):
        del fields[kept_apart]
    return to_json(fields).decode("utf-8")


def _clear(db: sqlite3.Connection) -> None:
    for table in ("evidence", "ref", "report"):
        db.execute(f"DELETE FROM {table}")  # noqa: S608 - names from the line above
    for table in ("report_words", "statement_words"):
        db.execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")  # noqa: S608 - as above
