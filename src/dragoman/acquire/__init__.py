"""Stage 1: what was given (folders, files, standard input) in; `Received` reports out.

What can't be read comes out as a `SourceError` in its place, and the rest goes on.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from dragoman.acquire import formats
from dragoman.acquire.again import again
from dragoman.acquire.source import DEFAULT_LIMITS, Found, Limits, Stream, refusal
from dragoman.acquire.walk import walk
from dragoman.claims import Received
from dragoman.errors import SourceError

__all__ = ["Limits", "again", "read"]


def read(
    sources: Sequence[str],
    *,
    limits: Limits = DEFAULT_LIMITS,
    stdin: BinaryIO | None = None,
    own: Sequence[Path] = (),
) -> Iterator[Received | SourceError]:
    """Read reports one at a time, in an order that depends on names alone.

    Args:
        sources: folders (read with all they hold), files, or `-` for standard input. Their order
            does not matter; a file reached twice is read once.
        limits: what is too big to be read.
        stdin: what `-` reads; the process's standard input if None.
        own: files that this process has open and locked: they are not touched, as a file that is
            opened once more loses the locks of its process when it is closed.

    Yields:
        A report, or the error that says why one can't be had: place, cause and next step. Errors
        of sources are never raised.
    """
    for found in walk(sources, own):
        if isinstance(found, SourceError):
            yield found
            continue
        try:
            if found.path is None:
                yield from _reports(found, stdin or sys.stdin.buffer, limits)
            else:
                with found.path.open("rb") as file:
                    yield from _reports(found, file, limits)
        except SourceError as error:
            yield error
        except OSError as error:
            yield refusal(found.place, error)


def _reports(found: Found, file: BinaryIO, limits: Limits) -> Iterator[Received | SourceError]:
    stream = Stream(file)
    yield from formats.choose(found, stream.head).read(found, stream, limits)
