"""The whole record looked over: the file, the texts, the entries, every span and reference."""

from __future__ import annotations

import functools
import hashlib
import sqlite3
import zlib
from collections.abc import Callable, Iterator

import msgspec

from dragoman.claims import Annotation
from dragoman.record.corrections import correction_id
from dragoman.record.entries import references
from dragoman.types import (
    AnyEntry,
    Lineage,
    Report,
    Span,
    entry_from_json,
    identified,
    report_id,
    unpacker,
)

# Texts held at a time: entries of one report are spread all over the ids.
_TEXTS = 256
_ANNOTATION = unpacker(Annotation)

Texts = Callable[[str], str | None]


def check(db: sqlite3.Connection) -> Iterator[str]:
    """What is wrong, one line each; nothing if all is well."""
    for (line,) in db.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield f"file: {line}"
    for table, row, parent, _ in db.execute("PRAGMA foreign_key_check"):
        yield f"{table} {row}: names a {parent} that is not there"
    yield from _check_reports(db)
    yield from _check_annotations(db)
    yield from _check_corrections(db)

    @functools.lru_cache(maxsize=_TEXTS)
    def text(report: str) -> str | None:
        row = db.execute("SELECT text FROM report WHERE id = ?", [report]).fetchone()
        try:
            return None if row is None else zlib.decompress(row[0]).decode("utf-8")
        except (zlib.error, UnicodeDecodeError):
            return None  # told by the check of the reports

    yield from _check_entries(db, text)
    for entry, field, target in db.execute(
        "SELECT entry.id, field, target FROM ref JOIN entry ON seq = entry WHERE target NOT IN"
        " (SELECT id FROM entry WHERE last_state IS NULL) ORDER BY entry.id, field, target"
    ):
        yield f"{entry}: its {field} names {target}, which is not there"


def _check_reports(db: sqlite3.Connection) -> Iterator[str]:
    for name, source, digest, text, raw in db.execute(
        "SELECT id, source, sha256, text, raw FROM report ORDER BY id"
    ):
        try:
            words = zlib.decompress(text).decode("utf-8")
            if raw is not None:
                zlib.decompress(raw)
        except (zlib.error, UnicodeDecodeError) as error:
            yield f"{name}: its text or its bytes can't be read ({error})"
            continue
        if hashlib.sha256(words.encode("utf-8")).hexdigest() != digest:
            yield f"{name}: its text is not the one that was received"
        elif report_id(source, words) != name:
            yield f"{name}: its id is not that of its source and text"


def _check_annotations(db: sqlite3.Connection) -> Iterator[str]:
    for name, blob in db.execute(
        "SELECT id, blob FROM report JOIN annotation ON key = annotation ORDER BY id"
    ):
        try:
            found = _ANNOTATION.decode(zlib.decompress(blob))
        except (zlib.error, msgspec.DecodeError) as error:
            yield f"{name}: what was found in it can't be read ({error})"
        else:
            if found.report != name:
                yield f"{name}: what was found in it is of another report"


def _check_corrections(db: sqlite3.Connection) -> Iterator[str]:
    for name, *parts in db.execute(
        "SELECT id, action, anchor, change, who, at, why FROM correction ORDER BY seq"
    ):
        if name != correction_id(parts):
            yield f"{name}: it was changed since it was made"


def _check_entries(db: sqlite3.Connection, text: Texts) -> Iterator[str]:
    for seq, name, kind, line, packed, crc, lapsed in db.execute(
        "SELECT seq, id, kind, json, packed, crc, last_state FROM entry ORDER BY id, first_state"
    ):
        try:
            data = zlib.decompress(packed) if line is None else line.encode("utf-8")
        except zlib.error as error:
            yield f"{name}: it can't be read ({error})"
            continue
        if zlib.crc32(data) != crc:
            yield f"{name}: it was changed since it was written"
            continue
        try:
            entry = entry_from_json(data)
        except msgspec.DecodeError as error:
            yield f"{name}: it is not of the contract ({error})"
            continue
        if (entry.id, entry.kind) != (name, kind):
            yield f"{name}: its row is that of another entry"
        elif not isinstance(entry, Report) and name not in {
            identified(entry).id,
            identified(entry, whole=True).id,
        }:
            yield f"{name}: its id is not that of its content"
        if lapsed is None:
            yield from _check_standing(db, seq, entry, text)


def _check_standing(
    db: sqlite3.Connection, seq: int, entry: AnyEntry, text: Texts
) -> Iterator[str]:
    for span in spans_within(entry):
        place = f"{entry.id}: its words at {span.report} {span.start}:{span.end}"
        words = text(span.report)
        if words is None:
            yield f"{place} are in no report that can be read"
        elif span.end > len(words):
            yield f"{place} lie outside the text"
        elif words[span.start : span.end] != span.text:
            yield f"{place} are not those of the text"
    rows = db.execute(
        'SELECT report.id, start, "end", grounding, role FROM evidence'
        " JOIN report ON report.seq = report WHERE entry = ? ORDER BY ordinal",
        [seq],
    ).fetchall()
    if rows != [(s.report, s.start, s.end, s.grounding, s.role) for s in entry.evidence]:
        yield f"{entry.id}: its rows of evidence are not those that it tells"
    rows = db.execute(
        "SELECT field, ordinal, target FROM ref WHERE entry = ? ORDER BY field, ordinal", [seq]
    ).fetchall()
    if rows != sorted(references(entry)):
        yield f"{entry.id}: its rows of references are not those that it tells"


def spans_within(entry: AnyEntry) -> Iterator[Span]:
    """All spans of an entry: its evidence, the steps of its history, aligned passages."""
    yield from entry.evidence
    for step in getattr(entry, "history", ()):
        yield step.evidence
    if isinstance(entry, Lineage):
        for passage in entry.aligned:
            yield passage.here
            yield passage.there
