"""What can go wrong. Every error names the place, the cause and the next step.

DragomanError
├── SourceError        a source can't be read (exit code 3 if some, 4 if all)
│   ├── FetchError     an address can't be fetched, or may not be
│   └── NothingRead    none of the sources could be read
├── LanguagePackError  a language pack or ontology file is not valid
├── ConfigError        an option or setting is wrong
├── RecordError        the record can't be read or written
│   ├── RecordExists   it is there already
│   ├── RecordMissing  it is not there
│   └── RecordDamaged  it fails its checks, or is no record of this version
├── ModelError         the parser's weights are missing, or are not those released
├── EntryMissing       no entry of that id
├── CorrectionError    a correction can't be made so
├── AlertError         news could not be told
└── ContractError      a file is not in the export's form
"""

from __future__ import annotations

import re

# What msgspec says of data that do not fit a type, and how it is put in words.
_PLACE = re.compile(
    r"^(?P<what>.*?)(?: - at `(?P<key>key in )?\$\.?(?P<place>[^`]*)`)?$", re.DOTALL
)
_WORDS = (
    (r"Expected `(?P<wanted>[^`]+)`, got `(?P<found>[^`]+)`", "{wanted} is wanted, not {found}"),
    (r"Expected `(?P<wanted>[^`]+)` (?P<bound>.+)", "{wanted} {bound} is wanted"),
    (r"Object missing required field `(?P<name>[^`]+)`", "{name} is missing"),
    (r"Object contains unknown field `(?P<name>[^`]+)`", "there is no field {name}"),
    (r"Invalid (?:enum )?value (?P<value>.+)", "{value} is none of the values allowed"),
)
_TYPES = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
    "null": "nothing",
}


class DragomanError(Exception):
    """Base of all errors. `place` is a file, option or id; `step` says what to do next.

    Args:
        place: where it went wrong.
        cause: what went wrong, in one clause.
        step: what the reader can do about it, in one clause.
    """

    def __init__(self, place: str, cause: str, step: str) -> None:
        super().__init__(place, cause, step)
        self.place, self.cause, self.step = place, cause, step

    def __str__(self) -> str:
        return f"{self.place}: {self.cause}; {self.step}"


class SourceError(DragomanError):
    """A source can't be read."""


class FetchError(SourceError):
    """An address can't be fetched, or may not be.

    Args:
        place: the address.
        cause: what went wrong.
        step: what can be done.
        passing: whether it may be otherwise later.
    """

    def __init__(self, place: str, cause: str, step: str, *, passing: bool = False) -> None:
        super().__init__(place, cause, step)
        self.passing = passing


class NothingRead(SourceError):
    """None of the sources could be read; `skipped` has an error for each of them."""

    skipped: tuple[SourceError, ...] = ()


class LanguagePackError(DragomanError):
    """A language pack or an ontology file is not valid."""


class ConfigError(DragomanError):
    """An option or a setting is wrong."""


class RecordError(DragomanError):
    """The record can't be read or written."""


class RecordExists(RecordError):
    """There is a record already where one was to be written."""


class RecordMissing(RecordError):
    """There is no record where one was to be read."""


class RecordDamaged(RecordError):
    """The file is damaged, is no record, or is one of another schema version."""


class ModelError(DragomanError):
    """The parser's weights, or another pipeline that was named, can't be used."""


class EntryMissing(DragomanError):
    """No entry of that id in the record."""


class CorrectionError(DragomanError):
    """A correction can't be made so."""


class AlertError(DragomanError):
    """News could not be told."""


class ContractError(DragomanError):
    """A file is not in the form of the export."""


def misfit(error: Exception) -> str:
    """What does not fit, in one clause, from what msgspec says of data of a wrong form."""
    found = _PLACE.fullmatch(str(error))
    what, place = (found["what"], found["place"] or "") if found else (str(error), "")
    for shape, words in _WORDS:
        if told := re.fullmatch(shape, what):
            kinds = {
                name: " or ".join(_TYPES.get(kind, kind) for kind in value.split(" | "))
                if name in {"wanted", "found"}
                else value
                for name, value in told.groupdict().items()
            }
            what = words.format(**kinds)
            break
    place = place.replace("[...]", " (one of them)")
    return f"{place}: {what}" if place else what
