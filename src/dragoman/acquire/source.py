"""What the formats share: limits, a file that was found, and a look at its bytes."""

from __future__ import annotations

import errno
import io
from pathlib import Path
from typing import BinaryIO, NamedTuple

from dragoman.errors import SourceError
from dragoman.types import Value

# How many bytes are looked at to tell what a file is.
HEAD = 1 << 16


class Limits(Value, frozen=True, kw_only=True):
    """What is too big to be read.

    `max_bytes`: of a file, and of one line where the lines are the reports. `max_elements`: of an
    HTML page; extraction takes about a second for each ten thousand of them.
    """

    max_bytes: int = 20_000_000
    max_elements: int = 50_000


DEFAULT_LIMITS = Limits()


class Found(NamedTuple):
    """A file to be read.

    `path` opens it (None: standard input), `source` names the report, `place` names it in an
    error, `size` is in bytes (None: not known), `sidecar` is the file that describes it.
    """

    path: Path | None
    source: str
    place: str
    size: int | None = None
    sidecar: Path | None = None


class Stream:
    """Bytes read once, front to back. `head` is the first of them, for telling what they are."""

    def __init__(self, file: BinaryIO) -> None:
        self.head = file.read(HEAD)
        self._ahead = io.BytesIO(self.head)
        self._file = file

    def all(self, found: Found, limits: Limits) -> bytes:
        """Everything.

        Raises:
            SourceError: more bytes than are allowed, or none but white space.
        """
        limit = limits.max_bytes
        # A file that says its size is refused unread.
        if found.size is not None and found.size > limit:
            raise too_big(found.place, found.size, limit)
        data = self._ahead.read()
        data += self._file.read(max(0, limit + 1 - len(data)))
        if len(data) > limit:
            raise too_big(found.place, None, limit)
        if not data.strip():
            raise empty(found.place)
        return data

    def line(self, limit: int) -> tuple[bytes, bool]:
        """The next line with its end, and whether it was cut at `limit` bytes; empty at the end."""
        line = self._readline(limit + 1)
        if len(line) <= limit or line.endswith(b"\n"):
            return line, False
        while (rest := self._readline(HEAD)) and not rest.endswith(b"\n"):
            pass
        return line, True

    def _readline(self, size: int) -> bytes:
        line = self._ahead.readline(size)
        if len(line) < size and not line.endswith(b"\n"):
            line += self._file.readline(size - len(line))
        return line


def printable(name: str) -> str:
    """A name as it can be stored and shown: what is no printable character is escaped."""
    if name.isprintable():
        return name
    shown = []
    for char in name:
        if char.isprintable():
            shown.append(char)
        elif "\udc80" <= char <= "\udcff":  # a byte of a file name that is no UTF-8
            shown.append(f"\\x{ord(char) - 0xDC00:02x}")
        else:
            shown.append(char.encode("unicode_escape").decode("ascii"))
    return "".join(shown)


def megabytes(size: int) -> str:
    """A size in words, in units of 1,000,000 bytes or of one."""
    return f"{size / 1e6:.4g} MB" if size >= 100_000 else f"{size:,} bytes"


def too_big(place: str, size: int | None, limit: int) -> SourceError:
    """The error of what exceeds the limit; `size` in bytes if known."""
    measure = f"{megabytes(size)} is more" if size is not None else "more"
    return SourceError(
        place, f"{measure} than the {megabytes(limit)} allowed", "split it or raise max_bytes"
    )


def empty(place: str) -> SourceError:
    """The error of what holds no text."""
    return SourceError(place, "empty", "remove it, or save the report again")


_REFUSALS = {
    errno.EACCES: ("no permission to read it", "give yourself read permission"),
    errno.EPERM: ("no permission to read it", "give yourself read permission"),
    errno.ENOENT: ("does not exist", "check the path"),
    errno.ENOTDIR: ("does not exist", "check the path"),
    errno.ELOOP: ("a symbolic link that leads to itself", "remove the link"),
    errno.ENAMETOOLONG: ("its path is too long", "move it nearer to the root"),
}


def refusal(place: str, error: OSError) -> SourceError:
    """The error of what the system does not let us read."""
    cause, step = _REFUSALS.get(
        error.errno or 0, (f"can't be read ({error.strerror or error})", "check the disk")
    )
    return SourceError(place, cause, step)
