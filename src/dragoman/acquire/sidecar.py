"""Sidecars: `NAME.EXT.meta.json` or `NAME.meta.json` beside a report states facts about it."""

from __future__ import annotations

import stat
from collections.abc import Collection, Iterator
from pathlib import Path

import msgspec

from dragoman.acquire.facts import DECODE_ERRORS, Facts, Stated, cause_of, understand
from dragoman.acquire.source import Limits, printable, refusal, too_big
from dragoman.errors import SourceError

ENDING = ".meta.json"

_DECODER = msgspec.json.Decoder(Stated)


def is_sidecar(name: str) -> bool:
    """Whether a file of that name describes another."""
    return name.endswith(ENDING)


def _candidates(name: str) -> tuple[str, str]:
    """The names that a report's sidecar may have, the closer one first."""
    return name + ENDING, Path(name).stem + ENDING


def beside(path: Path, names: Collection[str] | None = None) -> Path | None:
    """The sidecar of the file at `path`; `names` are all names in its folder, if known."""
    for name in _candidates(path.name):
        other = path.with_name(name)
        if name in names if names is not None else other.exists() or other.is_symlink():
            return other
    return None


def orphans(names: Collection[str]) -> list[str]:
    """The sidecars among the names of a folder that describe none of the others, sorted."""
    described = {
        candidate for name in names if not is_sidecar(name) for candidate in _candidates(name)
    }
    return sorted(name for name in names if is_sidecar(name) and name not in described)


def read(path: Path | None, limits: Limits) -> tuple[Facts, list[SourceError]]:
    """The facts that a sidecar states (none where there is no sidecar), and what is wrong in it."""
    if path is None:
        return Facts(), []
    place = printable(str(path))
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            return Facts(), [_wrong(place, "not a file")]
        if about.st_size > limits.max_bytes:
            return Facts(), [too_big(place, about.st_size, limits.max_bytes)]
        data = path.read_bytes()
    except OSError as error:
        return Facts(), [refusal(place, error)]
    try:
        stated = _DECODER.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except DECODE_ERRORS as error:
        return Facts(), [_wrong(place, cause_of(error))]
    facts, wrong = understand(stated)
    return facts, [_wrong(place, cause) for cause in wrong]


def _wrong(place: str, cause: str) -> SourceError:
    return SourceError(place, cause, "correct it and build again; its report is read without it")


def unused(path: Path | None) -> Iterator[SourceError]:
    """The error of a sidecar beside a file whose reports carry their own facts."""
    if path is not None:
        yield SourceError(
            printable(str(path)),
            "stands beside JSON Lines and is not used",
            "write its facts into the lines",
        )
