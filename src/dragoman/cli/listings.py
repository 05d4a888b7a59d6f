"""The listings: one command for each kind of entry, and the timeline."""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from dragoman.cli.codes import DONE, fail
from dragoman.cli.options import At, Form, RecordPath, opened
from dragoman.cli.screen import print_table
from dragoman.errors import ConfigError
from dragoman.record import Filter, Reader
from dragoman.record.select import WHO
from dragoman.render import tables
from dragoman.types import Interval

FILTERS: dict[str, tuple[type, str]] = {
    "party": (str, "Who takes part: a name, any form of it, or an id."),
    "issue": (str, "An issue, or the subject of a commitment."),
    "speaker": (str, "Who said it: a name, or the description of an unnamed source."),
    "side": (str, "The side of a speaker or an actor."),
    "status": (str, "The status; of a position its stance, of a comparison its verdict."),
    "since": (dt.date, "The first day, as 2031-05-16."),
    "until": (dt.date, "The last day."),
    "text": (str, "Words that stand in the evidence, side by side."),
    "report": (str, "The id of a report that it rests on, or how that begins."),
}
# A command, the kind that it lists (None: whatever has a date), its help, and its filters.
LISTINGS: dict[str, tuple[str | None, str, str]] = {
    "timeline": (
        None,
        "List what happened when.",
        "party status since until text report",
    ),
    "positions": (
        "position",
        "List where each party stands on each issue.",
        "party issue status since until text report",
    ),
    "statements": (
        "statement",
        "List who said what.",
        "speaker side since until text report",
    ),
    "actors": ("actor", "List persons, states, organizations, places.", "party side text report"),
    "meetings": (
        "meeting",
        "List meetings: held, planned, cancelled, refused.",
        "party status since until text report",
    ),
    "commitments": (
        "commitment",
        "List what is agreed, and how firmly.",
        "party issue status since until text report",
    ),
    "incidents": (
        "incident",
        "List what happened meanwhile.",
        "party since until text report",
    ),
    "comparisons": ("comparison", "List where reports agree and differ.", "status text report"),
    "reports": ("report", "List the reports.", "since until text report"),
    "lineage": ("lineage", "List which reports were made from others.", "text report"),
}


def _listing(name: str) -> Callable[..., None]:
    """The command of a listing: its signature, which typer reads, has the filters that fit."""
    kind, about, filters = LISTINGS[name]

    def command(record: Path, form: Form, at: str | None, **chosen: Any) -> None:
        wanted = _filter(kind, chosen)
        with opened(record, at) as reader:
            found = reader.select(wanted)
            table = _timeline(reader, wanted) if kind is None else tables.rows(kind, found)
            if not table.rows:
                _unknown(reader, wanted)
        if form is Form.csv:
            typer.echo(tables.as_csv(table), nl=False)
        elif form is Form.json:
            typer.echo(tables.as_json(table), nl=False)
        else:
            print_table(table.titles(), table.rows)

    parameter, option = inspect.Parameter, inspect.Parameter.KEYWORD_ONLY
    shape = Annotated[Form, typer.Option("--format", help="Of the listing.")]
    command.__doc__ = about
    command.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            parameter("record", parameter.POSITIONAL_OR_KEYWORD, annotation=RecordPath),
            *(_option(choice) for choice in filters.split()),
            parameter("form", option, default=Form.table, annotation=shape),
            parameter("at", option, default=None, annotation=At),
        ]
    )
    command.__annotations__ = {
        each.name: each.annotation for each in inspect.signature(command).parameters.values()
    }
    return command


def _unknown(reader: Reader, wanted: Filter) -> None:
    """Tell of each name that was asked for and that nobody has, which names are near."""
    for choice in WHO:
        name = getattr(wanted, choice)
        if name is not None and not reader.called(name):
            near = ", ".join(reader.near(name))
            step = f"near it: {near}" if near else "see: dragoman actors"
            fail(f"--{choice}: nobody in the record is called {name}; {step}", DONE)


def _option(choice: str) -> inspect.Parameter:
    sort, about = FILTERS[choice]
    # Days come as text: typer knows moments only.
    annotation = Annotated[
        str | None, typer.Option(help=about, metavar="DAY" if sort is dt.date else "TEXT")
    ]
    return inspect.Parameter(
        choice, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation
    )


def _filter(kind: str | None, chosen: dict[str, str | None]) -> Filter:
    values: dict[str, Any] = {name: value for name, value in chosen.items() if value is not None}
    for name in ("since", "until"):
        if name in values:
            try:
                values[name] = dt.date.fromisoformat(values[name])
            except ValueError as error:
                raise ConfigError(
                    f"--{name}", f"{values[name]} is no day", "write it as 2031-05-16"
                ) from error
    try:
        return Filter(kind=kind, **values)
    except ValueError as error:
        raise ConfigError("--since", "it is after --until", "exchange them") from error


def _timeline(reader: Reader, wanted: Filter) -> tables.Table:
    """The timeline of the entries that are wanted, and of these what lies in the time asked for."""
    ids = {entry.id for entry in reader.select(wanted)}
    table, during = tables.timeline(reader), wanted.during()
    date = table.columns.index("date")
    rows = tuple(
        row
        for row in table.rows
        if row[0] in ids
        and (during is None or (row[date] and during.overlaps(Interval.parse(row[date]))))
    )
    return tables.Table(columns=table.columns, rows=rows)


def listings() -> Iterator[tuple[str, Callable[..., None]]]:
    """Each listing's name and command."""
    for name in LISTINGS:
        yield name, _listing(name)
