"""Exit codes, also in docs/cli.md, and the one line on stderr that an error is told in."""

from __future__ import annotations

import sys

from dragoman.errors import (
    ConfigError,
    CorrectionError,
    DragomanError,
    EntryMissing,
    NothingRead,
    RecordError,
    SourceError,
)
from dragoman.render.safe import on_one_line

DONE, FAULT, USAGE, SOME_SKIPPED, NOTHING_READ, NO_RECORD = range(6)
INTERRUPTED = 130
_CODES: dict[type[DragomanError], int] = {
    ConfigError: USAGE,
    CorrectionError: USAGE,
    EntryMissing: USAGE,
    NothingRead: NOTHING_READ,
    SourceError: NOTHING_READ,
    RecordError: NO_RECORD,
}

EPILOG = (
    "Exit codes: 0 done; 1 a check found something, the output was cut off, or a fault of the "
    "program; 2 wrong usage or settings; 3 done, but some sources were skipped; 4 nothing could "
    "be read; 5 the record is missing, damaged, there already or can't be written."
)


def fail(message: str, code: int) -> int:
    """Tell an error in one line; returns the code."""
    print(f"dragoman: {on_one_line(message)}", file=sys.stderr)  # noqa: T201
    return code


def code_of(error: DragomanError) -> int:
    """The exit code of an error."""
    return next((code for kind, code in _CODES.items() if isinstance(error, kind)), FAULT)
