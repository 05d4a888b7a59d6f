"""Writing the record: one transaction from the first report to the last entry."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec

from dragoman.claims import Annotation, Received
from dragoman.errors import EntryMissing, RecordError, RecordExists, SourceError
from dragoman.record.corrections import CORRECT, Correction, Made, insert, listed, undo
from dragoman.record.entries import DERIVED, Entries
from dragoman.record.file import (
    PROGRAM,
    WRITER_WAIT,
    Clock,
    Transaction,
    faults,
    next_moment,
    utc_now,
)
from dragoman.types import (
    KINDS,
    AnyEntry,
    Entry,
    Interval,
    content_hash,
    entry_from_json,
    pack,
    report_id,
    to_json,
    unpacker,
)

_ANNOTATION = unpacker(Annotation)
# Annotations are a cache: packed fast. Reports are kept for good: packed well.
_FAST, _WELL = 1, 6


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
    as it was. Reports and entries may come in any order. `touched` tells whether a report was
    added, or changed in its metadata.

    Args:
        path: the file.
        replace: put other reports in the place of those of a record that is there; its earlier
            states, its corrections, and annotations that can be used again stay.
        extend: keep the reports of a record, which has to be there, and add to them.
        now: the clock.
        program: what writes, with its version; annotations of another one are not used again.
        wait: seconds to wait for another program that is writing.

    Raises:
        RecordExists: on entering, there is a record and it is neither to be replaced nor extended.
        RecordMissing: there is none to be extended.
        RecordDamaged: the file is no record of this version, or is damaged.
        RecordError: the disk is full, the file can't be written, another program writes it.
    """

    def __init__(
        self,
        path: Path,
        *,
        replace: bool = False,
        extend: bool = False,
        now: Clock = utc_now,
        program: str = PROGRAM,
        wait: float = WRITER_WAIT,
    ) -> None:
        self._path, self._replace, self._extend = path, replace, extend
        self._now, self._program, self._wait = now, program, wait
        self._closed = self._abandoned = False
        self.touched = False
        # The rows of the reports, and whether they were given in this state.
        self._seqs: dict[str, int] = {}
        self._given: set[str] = set()
        self._recalled: set[str] = set()

    def __enter__(self) -> Self:
        self._transaction = Transaction(self._path, create=not self._extend, wait=self._wait)
        try:
            self._begin()
        except BaseException:
            self._transaction.close()
            raise
        return self

    def _begin(self) -> None:
        existed = self._transaction.existed
        if existed and not (self._replace or self._extend):
            raise RecordExists(
                str(self._path), "there is a record already", "name another file, or replace it"
            )
        with self._transaction.work() as db:
            self._state: int = db.execute("SELECT coalesce(max(id), 0) + 1 FROM state").fetchone()[
                0
            ]
            self._entries = Entries(db, self._state)
            self._at = next_moment(db, self._path, self._now())
            self._seqs = dict(db.execute("SELECT id, seq FROM report"))
            self._next = max(self._seqs.values(), default=0) + 1
            if existed and self._replace:
                db.execute("DELETE FROM report")
                db.execute("INSERT INTO report_words (report_words) VALUES ('delete-all')")
            elif existed:
                self._given = set(self._seqs)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None and not self._abandoned:
                if not self._closed:
                    raise RecordError(
                        str(self._path), "its state was not closed", "call close_state at the end"
                    )
                self._transaction.commit()
        finally:
            with faults(self._path):
                self._transaction.close()

    # ------------------------------------------------------------ reports

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
            self.touched = True
            if known:
                db.execute(
                    "UPDATE report SET metadata = :metadata, annotation = :annotation, raw = :raw"
                    " WHERE id = :id",
                    row,
                )
                return False
            seq = self._seqs.setdefault(name, self._next)
            self._next = max(self._next, seq + 1)
            self._given.add(name)
            db.execute(
                "INSERT INTO report VALUES"
                " (:seq, :id, :source, :sha256, :text, :raw, :metadata, :annotation)",
                row | {"seq": seq},
            )
            db.execute(
                "INSERT INTO report_words (rowid, words) VALUES (?, ?)", [seq, received.text]
            )
        return True

    def abandon(self) -> None:
        """Leave the record as it was, on the regular way out too."""
        self._abandoned = True

    def counts(self) -> dict[str, int]:
        """How many entries of each kind stand, in the order of `KINDS`."""
        with self._transaction.work() as db:
            found = dict(
                db.execute(
                    "SELECT kind, count(*) FROM entry WHERE last_state IS NULL GROUP BY kind"
                )
            )
        return {kind: found.get(kind, 0) for kind in KINDS}

    def made_by(self) -> str | None:
        """The program that read the reports; None in a new record."""
        with self._transaction.work() as db:
            row = db.execute(
                "SELECT program FROM state WHERE cause != ? ORDER BY id DESC LIMIT 1", [CORRECT]
            ).fetchone()
        return None if row is None else str(row[0])

    def reports(self) -> int:
        """How many reports there are so far."""
        return len(self._given)

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

    # ------------------------------------------------------------ what linking remembers

    def recall(self, key: str) -> bytes | None:
        """What was kept under a key; None if nothing was. What is not asked for is forgotten."""
        with faults(self._path):
            key = content_hash(self._program, key, length=32)
            self._recalled.add(key)
            row = self._transaction.db.execute(
                "SELECT blob FROM memo WHERE key = ?", [key]
            ).fetchone()
            return None if row is None else bytes(row[0])

    def keep(self, key: str, blob: bytes) -> None:
        """Keep something for the next linking."""
        with self._transaction.work() as db:
            key = content_hash(self._program, key, length=32)
            self._recalled.add(key)
            db.execute("INSERT OR REPLACE INTO memo VALUES (?, ?)", [key, blob])

    # ------------------------------------------------------------ corrections

    def corrections(self) -> list[Correction]:
        """What people corrected, the first first."""
        with self._transaction.work() as db:
            return listed(db)

    def correct(self, made: Made) -> Correction:
        """Keep a correction; it is applied by `review.settle`.

        Raises:
            RecordError: the same is there already, or it can't be written.
        """
        with self._transaction.work() as db:
            return insert(db, made, self._at, self._state)

    def undo(self, correction: str, *, who: str, why: str) -> Correction:
        """Undo a correction by another one, so that both stay on record.

        Raises:
            EntryMissing: there is no correction of that id, or several begin so.
            RecordError: it is undone already, or is itself an undoing.
        """
        with self._transaction.work() as db:
            return undo(db, correction, who, why, (self._at, self._state))

    def derived(self) -> Iterator[AnyEntry]:
        """The entries as the latest linking derived them, before corrections, by id."""
        with faults(self._path):
            for _, line in self._transaction.db.execute(DERIVED).fetchall():
                yield entry_from_json(line)

    def write_derived(self, entries: Iterable[Entry]) -> None:
        """Keep, apart from those that stand, the derived entries that corrections changed."""
        with self._transaction.work() as db:
            db.execute("DELETE FROM derived")
            db.executemany(
                "INSERT INTO derived VALUES (?, ?)",
                ((entry.id, to_json(entry).decode("utf-8")) for entry in entries),
            )

    # ------------------------------------------------------------ entries

    def write_entries(self, entries: Iterable[Entry], corrected: Container[str] = ()) -> None:
        """Write entries; one that stands already stays the same one.

        Of entries of one id (which can differ only in their reasons) one is kept, whatever the
        order.

        Args:
            entries: the entries.
            corrected: the ids of those that a correction made or changed.

        Raises:
            ValueError: an entry has no id.
            RecordError: one rests on a report that was not added, or it can't be written.
        """
        for entry in entries:
            if not entry.id:
                raise ValueError(f"a {entry.kind} without an id")
            with self._transaction.work() as db:
                self._entries.write(db, entry, corrected=entry.id in corrected)

    # ------------------------------------------------------------ the state

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
                [self._state, self._at, cause, self._program],
            )
            self._entries.lapse_rest(db)
            db.execute("DELETE FROM annotation WHERE key NOT IN (SELECT annotation FROM report)")
            if self._recalled:  # a correction links nothing
                unused = [
                    (key,)
                    for (key,) in db.execute("SELECT key FROM memo")
                    if key not in self._recalled
                ]
                db.executemany("DELETE FROM memo WHERE key = ?", unused)
        self._closed = True
        return self._state


def received_report(db: sqlite3.Connection, name: str) -> Received:
    """A report as it came in.

    Raises:
        KeyError: there is none.
    """
    row = db.execute(
        "SELECT source, text, raw, metadata FROM report WHERE id = ?", [name]
    ).fetchone()
    if row is None:
        raise KeyError(name)
    source, text, raw, metadata = row
    words = zlib.decompress(text)
    return msgspec.convert(
        {
            **msgspec.json.decode(metadata, type=dict),
            "source": source,
            "text": words.decode("utf-8"),
            "raw": words if raw is None else zlib.decompress(raw),
        },
        Received,
        dec_hook=lambda _, written: Interval.parse(written),
    )


def _metadata(received: Received) -> str:
    fields = msgspec.structs.asdict(received)
    for kept_apart in ("source", "text", "raw"):
        del fields[kept_apart]
    return to_json(fields).decode("utf-8")
