"""Outlets, agencies, platforms and boilerplate of any language: the files in `universal/`."""

from __future__ import annotations

import functools
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from dragoman.languages import FOLDER, UNIVERSAL, read_yaml
from dragoman.languages.damage import Cue
from dragoman.languages.lexicon import Lexicon, fold
from dragoman.types import Value


class Outlet(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An outlet or agency: its name, other forms of it, its domains, its own language.

    `common`: the name (or a form) is an everyday word, so that it counts only in a source line,
    a dateline or beside a word for telling.
    """

    name: str
    kind: Literal["agency", "outlet"] = "outlet"
    forms: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    language: str | None = None
    common: bool = False


class OutletsFile(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All outlets and agencies that are known by name."""

    outlets: tuple[Outlet, ...]


class Platform(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A network on which statements are published, and the year since which it exists."""

    name: str
    forms: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    since: int
    common: bool = False


class PlatformsFile(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All platforms that are known by name."""

    platforms: tuple[Platform, ...]


class BoilerplateFile(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Cues of no single language."""

    boilerplate: tuple[Cue, ...]


class PressFile(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words in the names of outlets; those of `common` are everyday words or bodies' names, too."""

    sure: tuple[str, ...]
    common: tuple[str, ...]


class Press(NamedTuple):
    """The folded words in the names of outlets."""

    sure: frozenset[str]
    common: frozenset[str]


@functools.cache
def press() -> Press:
    """The words by which an outlet's name is known.

    Raises:
        LanguagePackError: the file is not valid.
    """
    found = read_yaml(FOLDER / UNIVERSAL / "press.yaml", PressFile)
    return Press(frozenset(map(fold, found.sure)), frozenset(map(fold, found.common)))


@functools.cache
def outlets() -> tuple[Outlet, ...]:
    """The known outlets and agencies.

    Raises:
        LanguagePackError: the file is not valid.
    """
    return read_yaml(FOLDER / UNIVERSAL / "outlets.yaml", OutletsFile).outlets


@functools.cache
def platforms() -> tuple[Platform, ...]:
    """The known platforms.

    Raises:
        LanguagePackError: the file is not valid.
    """
    return read_yaml(FOLDER / UNIVERSAL / "platforms.yaml", PlatformsFile).platforms


@functools.cache
def universal_cues() -> tuple[Cue, ...]:
    """Cues for boilerplate that hold in every language.

    Raises:
        LanguagePackError: the file is not valid.
    """
    return read_yaml(FOLDER / UNIVERSAL / "boilerplate.yaml", BoilerplateFile).boilerplate


@functools.cache
def outlet_lexicon() -> Lexicon[Outlet]:
    """All names and forms of outlets and agencies."""
    return Lexicon((form, outlet) for outlet in outlets() for form in (outlet.name, *outlet.forms))


@functools.cache
def _domains() -> dict[str, Outlet]:
    return {domain: outlet for outlet in outlets() for domain in outlet.domains}


def outlet_of(address: str) -> Outlet | None:
    """The known outlet whose domain an address is on; None where there is none."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:  # brackets that enclose no IP address
        return None
    labels = host.split(".")
    for first in range(len(labels) - 1):
        if outlet := _domains().get(".".join(labels[first:])):
            return outlet
    return None


@functools.cache
def outlet_named(name: str) -> Outlet | None:
    """The known outlet that is called so."""
    for outlet in outlets():
        if name in (outlet.name, *outlet.forms):
            return outlet
    return None
