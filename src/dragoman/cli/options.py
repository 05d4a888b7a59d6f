"""Arguments and options that several commands take."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dragoman.errors import ConfigError
from dragoman.record import Reader, read_at


class Form(StrEnum):
    """How a listing is written."""

    table = "table"
    json = "json"
    csv = "csv"


class Page(StrEnum):
    """How a briefing is written."""

    markdown = "markdown"
    html = "html"


RecordPath = Annotated[Path, typer.Argument(metavar="RECORD", help="The record.")]


def _no_record(output: Path | None) -> Path | None:
    """Refuse to write over a record, which nothing could bring back.

    Raises:
        ConfigError: there is one.
    """
    if output is not None and output.is_file():
        with output.open("rb") as file:
            begin = file.read(len(_MAGIC))
        if begin == _MAGIC:
            raise ConfigError("-o", f"{output} is a record or another database", "name another")
    return output


# Every file of SQLite begins so.
_MAGIC = b"SQLite format 3\0"
Out = Annotated[
    Path | None,
    typer.Option(
        "-o", "--output", callback=_no_record, help="Write to this file, not to the screen."
    ),
]
Jobs = Annotated[int | None, typer.Option(help="Worker processes; 0 takes one for each processor.")]
MaxBytes = Annotated[int | None, typer.Option(help="The largest file that is read.")]
Settings = Annotated[
    Path | None, typer.Option("--config", help="A TOML file; else ./dragoman.toml.")
]
Sources = Annotated[
    list[str],
    typer.Argument(metavar="SOURCE...", help="Folders, files, or - for standard input."),
]
At = Annotated[
    str | None,
    typer.Option("--at", metavar="STATE", help="As it stood: a state's number, a day, a moment."),
]
Who = Annotated[str, typer.Option("--who", help="Who decides.", envvar="DRAGOMAN_WHO")]
Why = Annotated[str, typer.Option("--why", help="The reason.")]


def opened(record: Path, at: str | None = None) -> Reader:
    """The record as it stands, or stood at some state or time.

    Raises:
        ConfigError: that is no state and no time.
    """
    if at is None:
        return Reader(record)
    try:
        return Reader(record, read_at(at))
    except ValueError as error:
        raise ConfigError(
            "--at", f"{at} is no state and no day", "write 3, 2031-05-16 or 2031-05-16T12:00"
        ) from error
