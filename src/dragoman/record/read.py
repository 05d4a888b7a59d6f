"""Reading the record. Nothing here changes it."""

from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Literal, NamedTuple, Self

from dragoman.claims import Received
from dragoman.errors import ConfigError, EntryMissing
from dragoman.languages.lexicon import TOKEN, fold
from dragoman.record.called import called, near
from dragoman.record.check import check
from dragoman.record.corrections import CORRECT, Correction, listed
from dragoman.record.entries import DERIVED, line_of
from dragoman.record.file import faults, open_to_read
from dragoman.record.select import WHO, Filter, matches
from dragoman.record.states import At, State, state_at
from dragoman.record.write import received_report
from dragoman.types import (
    KINDS,
    Actor,
    AnyEntry,
    Report,
    Span,
    Value,
    entry_from_json,
)

# Characters shown around a word that was found.
# More words of a query find nothing more, and take long.
_MOST_WORDS = 64
_AROUND = 80
# Ids named where the beginning of an id fits several.
_NAMED = 3


class Skipped(NamedTuple):
    """A source that could not be read, why, and the next step."""

    source: str
    cause: str
    step: str


class Found(Value, frozen=True, kw_only=True):
    """A report or a statement in which words were found, and a passage of it that shows them."""

    kind: str
    id: str
    span: Span


class Reader:
    """Reads a record; used with `with`. It sees one state, whatever is written meanwhile.

    Every method may raise `RecordDamaged` where it comes upon something that can't be right.

    Args:
        path: the file.
        at: show the entries as they stood in a state: its number, or a day or moment (UTC), which
            means the last state of that day or before. Reports that a later build has taken out
            can be listed then, but their text is gone.

    Raises:
        EntryMissing: on entering, there is no such state.
        RecordMissing: on entering, there is no such file, or nothing was ever recorded in it.
        RecordDamaged: it is damaged, no record, or a record of another version.
        RecordError: it may not be read.
    """

    def __init__(self, path: Path, at: At | None = None) -> None:
        self.path, self._at = path, at
        self.state: int | None = None

    def __enter__(self) -> Self:
        self._db = open_to_read(self.path)
        try:
            if self._at is not None:
                self.state = state_at(self.states(), self._at, self.path)
        except BaseException:
            self._db.close()
            raise
        # What of the table `entry` is shown.
        self._shown = "last_state IS NULL"
        if (state := self.state) is not None:
            self._shown = f"first_state <= {state} AND coalesce(last_state, {state}) >= {state}"
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._db.close()

    def rows(self, query: str, *values: Any) -> Iterator[tuple[Any, ...]]:
        """The rows that a SELECT gives; docs/record.md tells the tables.

        Raises:
            RecordDamaged: it fails, and the query is not to blame.
        """
        with faults(self.path):
            yield from self._db.execute(query, values)

    def picked(self, query: str, *values: Any) -> Iterator[AnyEntry]:
        """The entries that a SELECT of `json, packed, crc` gives, of any state.

        Raises:
            RecordDamaged: one is not what was written.
        """
        for row in self.rows(query, *values):
            with faults(self.path):
                entry = entry_from_json(line_of(*row))
            yield entry

    # ------------------------------------------------------------ entries

    def entries(self, kind: str | None = None) -> Iterator[AnyEntry]:
        """The entries that stand, by kind in the order of `KINDS`, then by id.

        Args:
            kind: only those of one kind.

        Raises:
            ValueError: there is no such kind.
        """
        if kind is not None and kind not in KINDS:
            raise ValueError(f"no kind of entry: {kind}")
        for line in self._lines(kind):
            yield self._entry(line)

    def select(self, wanted: Filter) -> Iterator[AnyEntry]:
        """The entries that a filter lets through, in the order of `entries`.

        Raises:
            ValueError: it asks for a kind that there is not.
        """
        known = {
            choice: self._known_as(name)
            for choice in WHO
            if (name := getattr(wanted, choice)) is not None
        }
        for entry in self.entries(wanted.kind):
            if matches(entry, wanted, known):
                yield entry

    def entry(self, name: str) -> AnyEntry:
        """The entry of an id, or of the beginning of an id that fits no other.

        Raises:
            EntryMissing: none stands that fits, or several do.
        """
        if not name.strip():
            raise EntryMissing("id", "it is empty", "take one from a listing: its first column")
        if not name.isascii():
            raise EntryMissing(name, "it is no id", "take one from a listing: its first column")
        fitting = list(
            self.rows(
                f"SELECT id, json, packed, crc FROM entry WHERE {self._shown}"  # noqa: S608
                " AND id >= ? AND id < ? ORDER BY id LIMIT ?",
                name,
                f"{name}\U0010ffff",
                _NAMED,
            )
        )
        if not fitting:
            raise EntryMissing(name, f"no such entry in {self.path}", "look it up in a listing")
        if len(fitting) > 1 and fitting[0][0] != name:
            several = ", ".join(row[0] for row in fitting)
            raise EntryMissing(name, f"several entries begin so ({several})", "write more of it")
        with faults(self.path):
            return entry_from_json(line_of(*fitting[0][1:]))

    def called(self, name: str) -> list[Actor]:
        """The actors that are known by a name: any form of it, or else by some of its words."""
        return called(self._actors(), name)

    def near(self, name: str) -> list[str]:
        """Names of actors that are written much like a name, the nearest first."""
        return near(self._actors(), name)

    def counts(self) -> dict[str, int]:
        """How many entries of each kind stand, in the order of `KINDS`."""
        found = dict(
            self.rows(f"SELECT kind, count(*) FROM entry WHERE {self._shown} GROUP BY kind")  # noqa: S608
        )
        return {kind: found.get(kind, 0) for kind in KINDS}

    def export(self, out: BinaryIO) -> None:
        """Write the entries that stand as JSON Lines, by the contract, in the order of `entries`.

        The same reports give the same bytes.
        """
        out.writelines(line.encode("utf-8") + b"\n" for line in self._lines(None))

    # ------------------------------------------------------------ reports

    def report(self, report_id: str) -> Report:
        """The entry of a report.

        Raises:
            EntryMissing: there is none.
        """
        entry = self.entry(report_id)
        if not isinstance(entry, Report):
            raise EntryMissing(report_id, f"it is of the kind {entry.kind}", "name a report")
        return entry

    def received(self, report_id: str) -> Received:
        """A report as it came in.

        Raises:
            EntryMissing: there is none.
        """
        with faults(self.path):
            try:
                return received_report(self._db, report_id)
            except KeyError:
                pass
        raise EntryMissing(report_id, f"no such report in {self.path}", "look it up in a listing")

    def text(self, report_id: str) -> str:
        """The text of a report, in which offsets count.

        Raises:
            EntryMissing: there is none.
        """
        for (text,) in self.rows("SELECT text FROM report WHERE id = ?", report_id):
            with faults(self.path):
                return zlib.decompress(text).decode("utf-8")
        raise EntryMissing(report_id, f"no such report in {self.path}", "look it up in a listing")

    def raw(self, report_id: str) -> bytes:
        """The bytes that a report came in.

        Raises:
            EntryMissing: there is none.
        """
        return self.received(report_id).raw

    # ------------------------------------------------------------ the rest

    def search(self, query: str, limit: int = 20) -> list[Found]:
        """Statements, then reports, that hold all the words of a query, the best first.

        Words count without case and accents; words between double quotes stand side by side, and
        a word may end in `*`. Nothing else in a query has a meaning. In scripts that don't part
        words by spaces a word is a whole run of letters.

        Args:
            query: the words.
            limit: the greatest number of statements, and that of reports.

        Raises:
            ConfigError: more words than a search can take.
        """
        if not (asked := _match(query)):
            return []
        found = []
        for line in self._stated(asked, limit):
            entry = self._entry(line)
            found.append(Found(kind="statement", id=entry.id, span=entry.evidence[0]))
        terms = {fold(token) for token in TOKEN.findall(query) if token[0].isalnum()}
        for report, _ in self.rows(
            "SELECT id, rank FROM report_words JOIN report ON seq = report_words.rowid"
            " WHERE report_words MATCH ? ORDER BY rank, id LIMIT ?",
            asked,
            limit,
        ):
            if self.state is None or self._had(report):
                span = _passage(report, self.text(report), terms)
                found.append(Found(kind="report", id=report, span=span))
        return found

    def matching(self, kind: Literal["statement", "report"], query: str) -> list[int]:
        """The `seq` of all statements (of their entries) or reports that hold the words of a query.

        The words are read as `search` reads them; where there are none, nothing is found.
        """
        if not (asked := _match(query)):
            return []
        table = {"statement": "statement_words", "report": "report_words"}[kind]
        found = self.rows(f"SELECT rowid FROM {table} WHERE {table} MATCH ?", asked)  # noqa: S608
        return [number for (number,) in found]

    def _had(self, report: str) -> bool:
        return any(
            True
            for _ in self.rows(
                f"SELECT 1 FROM entry WHERE {self._shown} AND id = ?",  # noqa: S608
                report,
            )
        )

    def _stated(self, asked: str, limit: int) -> Iterator[str]:
        """The statements that hold words, the best first."""
        if self.state is None:
            for _, *line in self.rows(
                "SELECT rank, json, packed, crc FROM statement_words"
                " JOIN entry ON seq = statement_words.rowid"
                " WHERE statement_words MATCH ? AND last_state IS NULL ORDER BY rank, id LIMIT ?",
                asked,
                limit,
            ):
                with faults(self.path):
                    found = line_of(*line)
                yield found
            return
        # The index knows what stands now; for an earlier state one is made for the moment.
        lines = list(self._lines("statement"))
        with contextlib.closing(sqlite3.connect(":memory:")) as passing:
            passing.execute(
                "CREATE VIRTUAL TABLE said USING fts5"
                " (words, tokenize = 'unicode61 remove_diacritics 2')"
            )
            passing.executemany(
                "INSERT INTO said (rowid, words) VALUES (?, ?)",
                ((i, self._entry(line).evidence[0].text) for i, line in enumerate(lines)),
            )
            for place, _ in passing.execute(
                "SELECT rowid, rank FROM said WHERE words MATCH ? ORDER BY rank, rowid LIMIT ?",
                [asked, limit],
            ):
                yield lines[place]

    def states(self) -> list[State]:
        """All states of the record, the first first."""
        return [
            State(id=number, at=dt.datetime.fromisoformat(at), cause=cause, program=program)
            for number, at, cause, program in self.rows(
                "SELECT id, at, cause, program FROM state ORDER BY id"
            )
        ]

    def skipped(self, state: int | None = None) -> list[Skipped]:
        """The sources that could not be read, in the order of their names.

        Args:
            state: the number of the state that was being made; by default the latest that was
                made from sources.
        """
        if state is None:
            state = max((each.id for each in self.states() if each.cause != CORRECT), default=0)
        return [
            Skipped(*row)
            for row in self.rows(
                "SELECT source, cause, step FROM skipped WHERE state = ?"
                " ORDER BY source, cause, step",
                state,
            )
        ]

    def derived(self) -> Iterator[AnyEntry]:
        """The entries as the latest linking derived them, before corrections, by id."""
        for _, line in self.rows(DERIVED):
            yield self._entry(line)

    def corrections(self) -> list[Correction]:
        """What was corrected by a person, the first first."""
        with faults(self.path):
            return listed(self._db)

    def check(self) -> list[str]:
        """Look over the whole record; what is wrong, one line each, and nothing if all is well."""
        try:
            return list(check(self._db))
        except sqlite3.DatabaseError as error:
            return [f"file: {error}"]

    # ------------------------------------------------------------ within

    def _lines(self, kind: str | None) -> Iterator[str]:
        for each in KINDS if kind is None else [kind]:
            for row in self.rows(
                f"SELECT json, packed, crc FROM entry WHERE kind = ? AND {self._shown} ORDER BY id",  # noqa: S608
                each,
            ):
                with faults(self.path):
                    line = line_of(*row)
                yield line

    def _entry(self, line: str) -> AnyEntry:
        with faults(self.path):
            return entry_from_json(line)

    def _known_as(self, name: str) -> frozenset[str]:
        """The ids and folded names of the actors that are known by a name or an id."""
        actors = self.called(name)
        return frozenset({each.id for each in actors} | {fold(each.name) for each in actors})

    def _actors(self) -> Iterator[Actor]:
        return (entry for entry in self.entries("actor") if isinstance(entry, Actor))


def _match(query: str) -> str:
    """The query in the language of FTS5, every piece quoted; empty if it holds no word."""
    plain = query.encode("utf-8", "ignore").decode("utf-8").replace("\0", " ")
    pieces = []
    for i, part in enumerate(plain.split('"')):
        inside = i % 2 == 1
        for piece in [part] if inside else part.split():
            if any(character.isalnum() for character in piece):
                star = "*" if not inside and piece.endswith("*") else ""
                pieces.append(f'"{piece}"{star}')
    pieces = list(dict.fromkeys(pieces))
    if len(pieces) > _MOST_WORDS:
        raise ConfigError("search", f"{len(pieces)} words are asked for", "ask for fewer")
    return " ".join(pieces)


def _passage(report: str, text: str, terms: set[str]) -> Span:
    """The passage around the first of the words; the beginning if none stands there whole."""
    place = next((m.start() for m in TOKEN.finditer(text) if fold(m.group()) in terms), 0)
    start, end = max(0, place - _AROUND), min(len(text), place + _AROUND)
    return Span(report=report, start=start, end=end, text=text[start:end])
