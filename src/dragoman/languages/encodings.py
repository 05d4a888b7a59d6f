"""How bytes are read as the wrong letters, by `universal/encodings.yaml`; its head explains it."""

from __future__ import annotations

import functools

from dragoman.languages import FOLDER, UNIVERSAL, read_yaml
from dragoman.types import Value


class MangledCode(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A code of one byte a letter that UTF-8 is read as."""

    name: str
    in_a_row: str
    row: int
    least: int
    signs: str
    plain: str = ""
    controls: bool = False


class Misread(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A code of one byte a letter that is read as Latin-1, and what gives it away."""

    was: str
    letters: str
    run: int
    least: int
    around: bool = False


class Encodings(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole file; `alike` has two scripts."""

    utf8_as: tuple[MangledCode, ...]
    misread: dict[str, Misread]
    alike: dict[str, str]


@functools.cache
def encodings() -> Encodings:
    """What the file says."""
    return read_yaml(FOLDER / UNIVERSAL / "encodings.yaml", Encodings)
