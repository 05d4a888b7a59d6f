"""The words of the briefing: templates from `templates/strings.yaml`, filled in without parsing.

What is filled in is never read as a template, so braces in a report stay braces.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
from babel import Locale

from dragoman.render.parts import Part

TEMPLATES = Path(__file__).parent / "templates"
_SLOT = re.compile(r"\{(\w+)\}")

Filling = str | int | Part | tuple[Part, ...] | None


class Strings:
    """The strings of one language.

    Args:
        table: nested names to templates, plural forms or lists.
    """

    def __init__(self, table: dict[str, Any]) -> None:
        self._table = table
        self.locale = Locale.parse(table["language"])
        self._split: dict[str, list[str]] = {}

    def __getitem__(self, key: str) -> Any:
        """What stands under a key (`section.talks`).

        Raises:
            KeyError: there is no such key.
        """
        value: Any = self._table
        for name in key.split("."):
            value = value[name]
        return value

    def at(self, *names: str) -> Any:
        """What stands under a path of names, which may hold dots and spaces."""
        value: Any = self._table
        for name in names:
            value = value[name]
        return value

    def fill(self, template: Any, /, **values: Filling) -> tuple[Part, ...]:
        """The parts of a template; the number `n` chooses among plural forms."""
        if isinstance(template, dict):
            number = values["n"]
            if not isinstance(number, int):
                raise TypeError(f"a plural form needs a number, not {number!r}")
            template = template[self.locale.plural_form(number)]
        pieces = self._split.get(template)
        if pieces is None:
            pieces = self._split[template] = _SLOT.split(template)
        parts: list[Part] = []
        for place, piece in enumerate(pieces):
            value: Filling = values[piece] if place % 2 else piece
            if isinstance(value, tuple):
                parts += value
            elif isinstance(value, Part):
                parts.append(value)
            elif value is not None and value != "":
                # A part of its own, so that a name's direction of writing stays its own.
                parts.append(Part(text=str(value)))
        return tuple(parts)

    def say(self, key: str, /, **values: Filling) -> tuple[Part, ...]:
        """The parts of the template under a key, filled in."""
        return self.fill(self[key], **values)

    def pieces(self, key: str, values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        """The pieces of a template: its own words with None, or a slot's name with its value."""
        for place, piece in enumerate(_SLOT.split(self[key])):
            if place % 2:
                yield piece, values[piece]
            elif piece:
                yield piece, None

    def text(self, key: str, /, **values: Filling) -> str:
        """The template under a key, filled in, as plain text."""
        return "".join(part.text for part in self.say(key, **values))

    def clause(self, key: str, **values: Filling) -> tuple[Part, ...]:
        """A template filled in, or nothing where one of its values is unknown."""
        if any(value is None or value in ("", ()) for value in values.values()):
            return ()
        return self.say(key, **values)


@functools.cache
def strings() -> Strings:
    """The strings that the package comes with."""
    table: dict[str, Any] = msgspec.yaml.decode((TEMPLATES / "strings.yaml").read_bytes())
    return Strings(table)
