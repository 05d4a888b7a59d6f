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
