"""The SQLite file itself: its marks, how it is opened and locked, and what its faults mean."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import socket
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from dragoman.edition import VERSION
from dragoman.errors import RecordDamaged, RecordError, RecordMissing

# "DRAG" in the file's header says whose it is; the version counts changes of the tables.
APPLICATION_ID = 0x44524147
SCHEMA_VERSION = 2
PROGRAM = VERSION

_SCHEMA = Path(__file__).with_name("schema.sql")
# Seconds that a reader waits for a program that holds the file for a moment, as when it closes it.
_WAIT = 1.0
# Seconds that a writer waits for another one.
WRITER_WAIT = 10.0
# What a clock may go back by itself, when it is set right; more is an error.
_CLOCK_SLACK = dt.timedelta(minutes=10)
# Bytes of the smallest page that SQLite writes.
_LEAST = 512
_CACHE_KIB = 16_384
# What may lie beside a record and belongs to it: SQLite's log, and the rows that the pages keep.
PAGES = ".pages"
BELONGING = ("", "-wal", "-shm", PAGES)
_REBUILD = "restore a copy, or build the record anew in another file"

Clock = Callable[[], dt.datetime]

BUSY_STEP = "wait till that is done and do it again"
# The beginning of SQLite's name of a fault: its cause, and the next step.
_FAULTS = {
    "SQLITE_FULL": ("the disk is full", "free some space and do it again; nothing was changed"),
    "SQLITE_BUSY": ("another program is writing it", BUSY_STEP),
    "SQLITE_LOCKED": ("another program is writing it", BUSY_STEP),
    "SQLITE_READONLY": (
        "the file or its folder can't be written",
        "give write permission or name another file",
    ),
    "SQLITE_CANTOPEN": (
        "the file or its folder can't be opened",
        "give permission or name another file",
    ),
    "SQLITE_PERM": ("access is not permitted", "give permission or name another file"),
    "SQLITE_TOOBIG": ("a report or an entry is too large", "leave out that report"),
    "SQLITE_NOMEM": ("memory ran out", "close other programs and do it again"),
    "SQLITE_IOERR": (
        "the disk did not read or write it",
        "look after the disk and do it again; nothing was changed",
    ),
    "SQLITE_CONSTRAINT_FOREIGNKEY": (
        "an entry names a report or a state that is not in the record",
        "please report this as a fault of the program; nothing was changed",
    ),
    "SQLITE_CONSTRAINT": (
        "a row breaks a rule of the tables",
        "please report this as a fault of the program; nothing was changed",
    ),
}


def utc_now() -> dt.datetime:
    """The time, in UTC."""
    return dt.datetime.now(dt.UTC)


def stamp(moment: dt.datetime) -> str:
    """A moment as the record keeps it: UTC, ISO 8601, whole seconds.

    Raises:
        ValueError: the moment has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds")


def translated(path: Path, error: Exception) -> RecordError:
    """The error of the record that a fault of SQLite, of unpacking or of decoding means."""
    name = str(getattr(error, "sqlite_errorname", ""))
    if name == "SQLITE_NOTADB":
        return RecordDamaged(str(path), "it is no record of Dragoman", "name another file")
    if name == "SQLITE_ERROR":
        return RecordDamaged(str(path), f"its tables can't be read so ({error})", _REBUILD)
    for start, (cause, step) in _FAULTS.items():
        if name.startswith(start):
            return RecordError(str(path), f"{cause} ({error})", step)
    return RecordDamaged(str(path), f"it is damaged ({error})", _REBUILD)


@contextmanager
def faults(path: Path) -> Iterator[None]:
    """Turn the faults of the file into errors of the record.

    Raises:
        RecordError: the disk is full, the file is locked, may not be written, and the like.
        RecordDamaged: what is in the file can't be right.
    """
    try:
        yield
    except (sqlite3.ProgrammingError, sqlite3.InterfaceError):
        raise  # misuse of the connection: a fault of the program
    except (sqlite3.Error, zlib.error, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise translated(path, error) from error


def is_record(db: sqlite3.Connection, path: Path) -> bool:
    """Whether the file holds a record; False where nothing was ever written to it.

    Raises:
        RecordDamaged: it holds something else, or a record of another version.
    """
    application = int(db.execute("PRAGMA application_id").fetchone()[0])
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    tables = int(db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0])
    stray = 0 < path.stat().st_size < _LEAST  # SQLite takes a file this short for an empty one
    if application == version == tables == 0 and not stray:
        return False
    if application != APPLICATION_ID:
        raise RecordDamaged(str(path), "it is no record of Dragoman", "name another file")
    if version != SCHEMA_VERSION:
        raise RecordDamaged(
            str(path),
            f"its tables have version {version}, this program reads version {SCHEMA_VERSION}",
            "use the program that wrote it, or build the record anew in another file",
        )
    return True


class Transaction:
    """One transaction that writes: begun at once, ended once, given up at the first failure.

    While it lasts a file beside the record, `.NAME-writer`, tells who writes: for people, and for
    the error of another writer. What locks the record is SQLite, so that a file left by a program
    that was killed stops nobody.

    Args:
        path: the file.
        create: whether a file that is not there is made.
        wait: seconds to wait for another program that writes it.

    Attributes:
        db: the connection.
        existed: whether there was a record.

    Raises:
        RecordMissing: no such file, and not to be made.
        RecordDamaged: the file is something else than a record of this version.
        RecordError: it can't be written, or another program is writing it.
    """

    def __init__(self, path: Path, *, create: bool, wait: float = WRITER_WAIT) -> None:
        self._path = path
        self._failed = False
        self._holder = path.with_name(f".{path.name}-writer")
        if not create and not path.is_file():
            raise missing(path)
        if path.is_dir():
            raise RecordError(str(path), "it is a folder", "name a file")
        if not path.parent.is_dir():
            raise RecordError(str(path), "its folder is not there", f"make {path.parent}")
        while not self._open(create=create, wait=wait):
            pass
        self._say_who()

    def _open(self, *, create: bool, wait: float) -> bool:
        """Open the file and begin; whether it is still the one that goes by the name.

        A writer that gives up a new record takes its file away again (see `close`), perhaps just
        after this one has opened it.
        """
        self._passing = not self._path.exists()
        with faults(self._path):
            self.db = sqlite3.connect(self._path, timeout=wait, isolation_level=None)
        try:
            opened = _identity(self._path)
            with faults(self._path):
                self.existed = self._begin(create=create)
            if opened is not None and opened == _identity(self._path):
                return True
        except RecordError as error:
            self.close()
            if str(error.cause).startswith(_FAULTS["SQLITE_BUSY"][0]):
                raise self._held() from error
            raise
        except BaseException:
            self.close()
            raise
        self.db.close()
        return False

    def _say_who(self) -> None:
        moment = utc_now().isoformat(timespec="seconds")
        name = f"process {os.getpid()} on {socket.gethostname()}, since {moment}"
        with contextlib.suppress(OSError):  # only the error of another writer would be the poorer
            self._holder.write_text(name, encoding="utf-8")

    def _forget_who(self) -> None:
        with contextlib.suppress(OSError):
            self._holder.unlink(missing_ok=True)

    def _held(self) -> RecordError:
        who = "another program"
        with contextlib.suppress(OSError, UnicodeDecodeError):
            who = self._holder.read_text(encoding="utf-8")[:200] or who
        return RecordError(str(self._path), f"another program is writing it ({who})", BUSY_STEP)

    def _begin(self, *, create: bool) -> bool:
        # Before anything is changed: the file may be somebody else's.
        if not is_record(self.db, self._path) and not create:
            raise missing(self._path)
        self.db.execute("PRAGMA journal_mode = WAL")
        self.db.execute("PRAGMA synchronous = FULL")
        self.db.execute("PRAGMA cell_size_check = ON")
        self.db.execute("PRAGMA foreign_keys = ON")
        self.db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        self.db.execute("BEGIN IMMEDIATE")
        existed = is_record(self.db, self._path)
        if not existed:
            self._make_tables()
        return existed

    def _make_tables(self) -> None:
        # Statement by statement: `executescript` would commit first.
        statement = ""
        for line in _SCHEMA.read_text(encoding="utf-8").splitlines(keepends=True):
            statement += line
            if sqlite3.complete_statement(statement):
                self.db.execute(statement)
                statement = ""
        self.db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        self.db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    @contextmanager
    def work(self) -> Iterator[sqlite3.Connection]:
        """One step of the transaction; if it fails, nothing of the transaction is kept.

        Raises:
            RecordError: the step failed, or one before it did.
        """
        # After some faults SQLite takes a transaction back by itself; what came then would be
        # written at once, outside any transaction.
        if self._failed or not self.db.in_transaction:
            raise RecordError(
                str(self._path), "an earlier step failed", "begin again; nothing was changed"
            )
        try:
            with faults(self._path):
                yield self.db
        except BaseException:
            self._failed = True
            raise

    def commit(self) -> None:
        """Keep all steps.

        Raises:
            RecordError: one of them failed, or the file can't be written; nothing is kept.
        """
        with self.work():
            self._forget_who()  # before the next writer may tell who that is
            self.db.execute("COMMIT")
            self._passing = False

    def close(self) -> None:
        """Let go of the file; steps that were not committed are taken back, with a new file."""
        try:
            if self.db.in_transaction:
                self._forget_who()
                self.db.execute("ROLLBACK")
            if self._passing:
                self._take_away()
        finally:
            self.db.close()

    def _take_away(self) -> None:
        """Remove the file that this made, if nothing was written to it and nobody has it open."""
        with contextlib.suppress(sqlite3.OperationalError, RecordError):
            self.db.execute("PRAGMA busy_timeout = 0")
            # Fails where somebody else has it open. Without a log, closing removes nothing by name.
            (mode,) = self.db.execute("PRAGMA journal_mode = DELETE").fetchone()
            if mode != "delete":
                return
            self.db.execute("BEGIN EXCLUSIVE")
            if not is_record(self.db, self._path):
                self._path.unlink()
            self.db.execute("ROLLBACK")


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file a name stands for; None where there is none."""
    try:
        about = path.stat()
    except FileNotFoundError:
        return None
    return about.st_dev, about.st_ino


def next_moment(db: sqlite3.Connection, path: Path, moment: dt.datetime) -> str:
    """The time of a new state: never before the last one's.

    A clock that was set right by a little gives the last state's time again.

    Raises:
        RecordError: the clock stands well before the last state.
        ValueError: the moment has no time zone.
    """
    now = stamp(moment)
    last: str | None = db.execute("SELECT max(at) FROM state").fetchone()[0]
    if last is None or last <= now:
        return now
    behind = dt.datetime.fromisoformat(last) - moment
    if behind > _CLOCK_SLACK:
        raise RecordError(
            str(path),
            f"the clock stands at {now}, before the record's last state ({last})",
            "set the clock; nothing was changed",
        )
    return last


def missing(path: Path) -> RecordMissing:
    """The error of a record that is not there."""
    cause = "nothing was ever recorded in it" if path.is_file() else "there is no such file"
    return RecordMissing(str(path), cause, f"make it with: dragoman build SOURCE... -o {path}")


def open_to_read(path: Path) -> sqlite3.Connection:
    """Open a record so that nothing in it can be changed; it stays as it is till it is closed.

    Where the file and its folder may be written, it is opened so that SQLite can clear away its
    side files afterwards. Otherwise it is opened read-only, and if that fails because SQLite may
    not make its side files, as immutable: allowed only while there is no write-ahead log, which
    an immutable reader would overlook.

    Raises:
        RecordMissing: there is no such file, or nothing was ever written to it.
        RecordDamaged: it is cut short, is no record, or one of another version.
        RecordError: it may not be read.
    """
    if not path.is_file():
        raise missing(path)
    writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    with faults(path):
        if writable:
            return _checked(path, "mode=rw")
        try:
            return _checked(path, "mode=ro")
        except sqlite3.OperationalError as error:
            if not error.sqlite_errorname.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY")):
                raise
            log = path.with_name(f"{path.name}-wal")
            if log.exists() and log.stat().st_size > 0:
                raise RecordError(
                    str(path),
                    "a writer left its log beside it, and the folder can't be written",
                    "give write permission, or copy the file with its -wal file elsewhere",
                ) from None
            return _checked(path, "immutable=1")


def _checked(path: Path, how: str) -> sqlite3.Connection:
    db = sqlite3.connect(
        f"{path.absolute().as_uri()}?{how}", uri=True, timeout=_WAIT, isolation_level=None
    )
    try:
        db.execute("PRAGMA query_only = ON")
        db.execute("PRAGMA cell_size_check = ON")
        db.execute("BEGIN")  # all reads see one state, whatever is written meanwhile
        _look_over(db, path)
    except BaseException:
        db.close()
        raise
    return db


def _look_over(db: sqlite3.Connection, path: Path) -> None:
    if not is_record(db, path):
        raise missing(path)
    pages, size = (
        int(db.execute(f"PRAGMA {what}").fetchone()[0]) for what in ("page_count", "page_size")
    )
    # Pages that a writer has put into its log only are not in the file yet.
    log = path.with_name(f"{path.name}-wal")
    logged = log.exists() and log.stat().st_size > 0
    if path.stat().st_size < pages * size and not logged:
        raise RecordDamaged(str(path), "it is cut short", _REBUILD)
