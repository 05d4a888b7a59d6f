"""From what was given to the files to read: folders walked in order of names, each file once."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from dragoman.acquire import sidecar
from dragoman.acquire.source import Found, printable, refusal
from dragoman.errors import SourceError

STDIN = "-"

_SPECIAL = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)

# Device and number: what a file or folder is, by whatever path it is reached.
_Identity = tuple[int, int]


class _Folder(NamedTuple):
    """A folder under way: its prefix in sources, the names left to visit, and all names in it."""

    identity: _Identity
    path: Path
    prefix: str
    left: Iterator[str]
    names: frozenset[str]


def walk(sources: Sequence[str], own: Sequence[Path] = ()) -> Iterator[Found | SourceError]:
    """Find the files of all sources, sorted by name, without opening them.

    Files of `own`, by whatever path they are reached, are passed over.

    Hidden files and folders are passed over unless they were named outright. Symbolic links are
    followed; a link back to a folder that it lies in is an error, a second way to a file or
    folder already visited is passed over.
    """
    seen = {_identity(path.stat()) for path in own if path.exists()}
    for source in sorted({os.fspath(source) for source in sources}):
        if source == STDIN:
            yield Found(None, "stdin", "standard input")
            continue
        if not source:  # which Path would take for the working folder
            yield SourceError("''", "an empty path", "name a folder or a file")
            continue
        path = Path(source)
        try:
            about = path.stat()
        except (OSError, ValueError) as error:
            yield _no_entry(path, error)
            continue
        if stat.S_ISDIR(about.st_mode):
            yield from _walk_folder(path, about, seen)
        else:
            yield from _file(path, printable(path.name), about, None, seen)


def _walk_folder(
    root: Path, about: os.stat_result, seen: set[_Identity]
) -> Iterator[Found | SourceError]:
    # A stack rather than recursion: folders may be nested deeper than Python calls.
    stack: list[_Folder] = []

    def enter(path: Path, prefix: str, about: os.stat_result) -> Iterator[SourceError]:
        identity = _identity(about)
        if any(above.identity == identity for above in stack):
            yield _error(path, "a link back to a folder that it lies in", "remove the link")
            return
        if identity in seen:
            return
        seen.add(identity)
        try:
            names = frozenset(
                entry.name for entry in path.iterdir() if not entry.name.startswith(".")
            )
        except OSError as error:
            yield refusal(printable(str(path)), error)
            return
        if path == root and not names:
            yield _error(path, "a folder without files", "check the path")
        for name in sidecar.orphans(names):
            yield _error(
                path / name,
                "describes a report that is not there",
                "give it the report's name, or remove it",
            )
        reports = sorted(name for name in names if not sidecar.is_sidecar(name))
        stack.append(_Folder(identity, path, prefix, iter(reports), names))

    yield from enter(root, "", about)
    while stack:
        folder = stack[-1]
        name = next(folder.left, None)
        if name is None:
            stack.pop()
            continue
        path = folder.path / name
        source = folder.prefix + printable(name)
        try:
            about = path.stat()
        except OSError as error:
            yield _no_entry(path, error)
            continue
        if stat.S_ISDIR(about.st_mode):
            yield from enter(path, f"{source}/", about)
            continue
        yield from _file(path, source, about, folder.names, seen)


def _file(
    path: Path,
    source: str,
    about: os.stat_result,
    names: frozenset[str] | None,
    seen: set[_Identity],
) -> Iterator[Found | SourceError]:
    """The file, or why it can't be read; nothing if it was found before."""
    if _identity(about) in seen:
        return
    seen.add(_identity(about))
    if sidecar.is_sidecar(path.name):
        yield _error(path, "describes a report and is none", "give the report itself")
    elif stat.S_ISREG(about.st_mode):
        beside = sidecar.beside(path, names)
        yield Found(path, source, printable(str(path)), about.st_size, beside)
    else:
        kind = next((kind for test, kind in _SPECIAL if test(about.st_mode)), "something else")
        # It is not opened: that could wait for ever.
        yield _error(path, f"{kind}, not a file", "save it as a file, or pipe it in as -")


def _identity(about: os.stat_result) -> _Identity:
    return about.st_dev, about.st_ino


def _error(path: Path, cause: str, step: str) -> SourceError:
    return SourceError(printable(str(path)), cause, step)


def _no_entry(path: Path, error: OSError | ValueError) -> SourceError:
    if isinstance(error, OSError):
        if isinstance(error, FileNotFoundError) and path.is_symlink():
            return _error(path, "a symbolic link to nothing", "mend or remove the link")
        return refusal(printable(str(path)), error)
    return _error(path, f"no path ({error})", "check the path")  # a NUL in it
