"""Arguments and options that several commands take."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


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
Out = Annotated[
    Path | None, typer.Option("-o", "--output", help="Write to this file, not to the screen.")
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
