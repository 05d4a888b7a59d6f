"""Keeps the catalogue in a file beside the record, so that it is made once for each state of it."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
from pathlib import Path

from dragoman.edition import VERSION
from dragoman.record import Reader
from dragoman.record.file import PAGES
from dragoman.web.catalogue.ask import Catalogue
from dragoman.web.catalogue.make import TABLES, make


def opened(reader: Reader, path: Path) -> Catalogue:
    """The catalogue of a record as it now is: as kept, or made and kept.

    Args:
        reader: the record.
        path: where it lies.
    """
    kept, key = path.with_name(path.name + PAGES), _key(reader)
    found = _known(kept, key)
    return Catalogue(found or _made(reader, kept, key))


def _key(reader: Reader) -> str:
    """What changes whenever the record says something else, or the program counts otherwise."""
    told = repr((reader.states(), sorted(reader.counts().items()), VERSION, TABLES))
    return hashlib.sha256(told.encode()).hexdigest()


def _known(kept: Path, key: str) -> sqlite3.Connection | None:
    """The rows in the file; None where there is none, or it is of another state."""
    if not kept.is_file():
        return None
    db = None
    try:
        db = sqlite3.connect(f"{kept.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
        if db.execute("SELECT key FROM made").fetchall() == [(key,)]:
            return db
    except sqlite3.Error:
        pass  # no catalogue, or a damaged one: another is made
    if db is not None:
        db.close()
    return None


def _made(reader: Reader, kept: Path, key: str) -> sqlite3.Connection:
    # Written under a name of its own and put in place whole, so that two can do it at once.
    beside = kept.with_name(f"{kept.name}.{os.getpid()}")
    try:
        beside.unlink(missing_ok=True)
        os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError:
        db = sqlite3.connect(":memory:", isolation_level=None)
        make(reader, db, key)
        return db
    db = sqlite3.connect(beside, isolation_level=None)
    try:
        # It can be made again: nothing is lost with it.
        db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        make(reader, db, key)
        db.close()
        beside.replace(kept)
    except BaseException:
        db.close()
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
    return sqlite3.connect(f"{kept.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
