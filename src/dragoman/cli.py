"""The command `dragoman`: a thin layer over `pipeline`, `record` and `render`.

Exit codes, also in docs/cli.md: 0 done; 1 a check found something, the output was cut off, or a
fault of the program; 2 wrong usage or settings; 3 done, but some sources were skipped; 4 nothing
could be read; 5 the record is missing, damaged, there already or can't be written.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import inspect
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from importlib import metadata
from pathlib import Path
from typing import Annotated, Any

import typer
from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text
from typer._click.exceptions import ClickException

from dragoman import config, pipeline
from dragoman.errors import (
    ConfigError,
    DragomanError,
    EntryMissing,
    NothingRead,
    RecordError,
    SourceError,
)
from dragoman.record import Filter, Reader
from dragoman.record.contract import schema_bytes
from dragoman.render import tables
from dragoman.render.html import html
from dragoman.render.markdown import markdown
from dragoman.render.safe import harmless, on_one_line
from dragoman.render.show import show as show_entry
from dragoman.types import Interval

DONE, FAULT, USAGE, SOME_SKIPPED, NOTHING_READ, NO_RECORD = range(6)
CODES: dict[type[DragomanError], int] = {
    ConfigError: USAGE,
    EntryMissing: USAGE,
    NothingRead: NOTHING_READ,
    SourceError: NOTHING_READ,
    RecordError: NO_RECORD,
}
INTERRUPTED = 130
# Words that are evidence, also where no colour can be shown.
MARK = "[[{}]]"
# Columns of a table that is written to a file or another program.
WIDE = 200

EPILOG = (
    "Exit codes: 0 done; 1 a check found something, the output was cut off, or a fault of the "
    "program; 2 wrong usage or settings; 3 done, but some sources were skipped; 4 nothing could "
    "be read; 5 the record is missing, damaged, there already or can't be written."
)

app = typer.Typer(
    name="dragoman",
    help="Reads reports of a negotiation and keeps one record, every entry resting on their words.",
    epilog=EPILOG,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


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


def main() -> int:
    """Run the command; returns the exit code. Errors are one line on stderr."""
    try:
        code = app(standalone_mode=False)
        sys.stdout.flush()
    except DragomanError as error:
        return _fail(str(error), _code(error))
    except ClickException as error:
        return _fail(f"{error.format_message()} See dragoman --help.", USAGE)
    except SystemExit as stop:  # typer's way out, also where nobody reads the output any more
        return stop.code if isinstance(stop.code, int) else FAULT
    except BrokenPipeError:
        # What is left in the buffer has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAULT
    except OSError as error:
        return _fail(f"{error.filename or 'output'}: {error.strerror}; check the path", FAULT)
    except Exception as error:  # noqa: BLE001 - a fault is told in one line, too
        return _fail(f"fault in dragoman ({type(error).__name__}: {error}); report it", FAULT)
    if code == INTERRUPTED:
        return _fail("interrupted; nothing was changed", INTERRUPTED)
    return code if isinstance(code, int) else DONE


def _fail(message: str, code: int) -> int:
    print(f"dragoman: {on_one_line(message)}", file=sys.stderr)  # noqa: T201
    return code


def _code(error: DragomanError) -> int:
    return next((code for kind, code in CODES.items() if isinstance(error, kind)), FAULT)


# ---------------------------------------------------------------- build


def _version(wanted: bool) -> None:  # noqa: FBT001 - the form that typer calls
    if wanted:
        typer.echo(f"dragoman {metadata.version('dragoman')}")
        raise typer.Exit


@app.callback()
def _main(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Tell the version."),
    ] = False,
) -> None:
    """Options before the command."""


@app.command()
def build(
    sources: Annotated[
        list[str],
        typer.Argument(metavar="SOURCE...", help="Folders, files, or - for standard input."),
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help="The record to write.")],
    jobs: Annotated[
        int | None, typer.Option(help="Worker processes; 0 takes one for each processor.")
    ] = None,
    max_bytes: Annotated[int | None, typer.Option(help="The largest file that is read.")] = None,
    settings: Annotated[
        Path | None, typer.Option("--config", help="A TOML file; else ./dragoman.toml.")
    ] = None,
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace a record that is there.")
    ] = False,
) -> int:
    """Read reports and write the record of what they say."""
    chosen = config.load(settings, os.environ, jobs=jobs, max_bytes=max_bytes)
    try:
        with _progress() as told:
            summary = pipeline.build(
                sources,
                output,
                chosen,
                replace=replace,
                stdin=sys.stdin.buffer if "-" in sources else None,
                progress=told,
            )
    except NothingRead as error:
        for skipped in error.skipped:
            _fail(f"skipped {skipped}", NOTHING_READ)
        raise
    for gone in summary.skipped:
        _fail(f"skipped {gone.source}: {gone.cause}; {gone.step}", SOME_SKIPPED)
    _print_summary(summary, output)
    return SOME_SKIPPED if summary.skipped else DONE


@contextlib.contextmanager
def _progress() -> Iterator[pipeline.Progress | None]:
    """A line that tells how far it is, where somebody can see it."""
    screen = Console(stderr=True)
    if not screen.is_terminal:
        yield None
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:,.0f}"),
        TimeElapsedColumn(),
    )
    names = {"annotate": "reports read", "link": "entries written"}
    with Progress(*columns, console=screen, transient=True) as bar:
        # How many reports there are is known only when the last one has come.
        tasks = {stage: bar.add_task(name, total=None) for stage, name in names.items()}
        yield lambda stage, done: bar.update(tasks[stage], completed=done)


def _print_summary(summary: pipeline.Summary, output: Path) -> None:
    entries = ", ".join(f"{count:,} {kind}" for kind, count in summary.entries.items() if count)
    seconds = ", ".join(f"{stage} {spent:.1f}" for stage, spent in summary.seconds.items())
    lines = (
        ("record", str(output)),
        ("read", f"{summary.read:,} reports"),
        ("skipped", f"{len(summary.skipped):,} sources"),
        ("entries", entries),
        ("seconds", f"{sum(summary.seconds.values()):.1f} ({seconds})"),
    )
    for name, value in lines:
        typer.echo(f"{name:<8} {harmless(value)}")


# ---------------------------------------------------------------- briefing, entry, search


@app.command()
def brief(
    record: RecordPath,
    form: Annotated[Page, typer.Option("--format", help="Of the briefing.")] = Page.markdown,
    output: Out = None,
) -> None:
    """Write a briefing in which every sentence is cited."""
    with Reader(record) as reader:
        text = html(reader) if form is Page.html else markdown(reader)
    if output is None:
        typer.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8", newline="\n")


@app.command()
def show(
    record: RecordPath,
    entry: Annotated[str, typer.Argument(metavar="ID", help="Of an entry, or how it begins.")],
) -> None:
    """Show an entry, its reasons, and its evidence in context."""
    with Reader(record) as reader:
        full = show_entry(reader, reader.entry(entry).id)
    screen = _screen()
    screen.print(Text(f"{full.kind} {full.id}", style="bold"))
    for name, value in full.fields:
        screen.print(Text.assemble(f"  {name} ", (value or "-", "" if value else "dim")))
    for reason in full.reasons:
        weight = "" if reason.weight is None else f" ({reason.weight:g})"
        screen.print(Text(f"  because {reason.rule}{weight}: {reason.why}"))
    for shown in full.evidence:
        role = f", {shown.role}" if shown.role else ""
        place = f"{shown.source} {shown.start}:{shown.end} ({shown.grounding}{role})"
        screen.print(Text(f"\n  {place}", style="bold"))
        context = (shown.before, (MARK.format(shown.words), "reverse"), shown.after)
        screen.print(Padding(Text.assemble(*context), (0, 0, 0, 4)))


@app.command()
def search(
    record: RecordPath,
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS...", help='All must be there; "quoted" in a row.')
    ],
    limit: Annotated[int, typer.Option(min=1, help="The most statements, and reports.")] = 20,
) -> None:
    """Find statements and reports that hold words."""
    with Reader(record) as reader:
        found = reader.search(" ".join(words), limit)
    rows = [(hit.kind, hit.id, on_one_line(hit.span.text)) for hit in found]
    _print_table(("kind", "id", "words"), rows)


@app.command()
def check(record: RecordPath) -> int:
    """Look the whole record over for damage."""
    with Reader(record) as reader:
        faults = reader.check()
        entries = sum(reader.counts().values())
    for fault in faults:
        _fail(fault, FAULT)
    if not faults:
        typer.echo(f"{harmless(str(record))}: {entries:,} entries, all as they should be")
    return FAULT if faults else DONE


@app.command()
def export(record: RecordPath, output: Out = None) -> None:
    """Write all entries as JSON Lines, by the contract."""
    with Reader(record) as reader:
        if output is None:
            sys.stdout.flush()
            reader.export(sys.stdout.buffer)
        else:
            with output.open("wb") as out:
                reader.export(out)


@app.command()
def schema() -> None:
    """Print the JSON Schema of one line of an export."""
    typer.echo(schema_bytes().decode("utf-8"), nl=False)


# ---------------------------------------------------------------- listings

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

    def command(record: Path, form: Form, **chosen: Any) -> None:
        wanted = _filter(kind, chosen)
        with Reader(record) as reader:
            found = reader.select(wanted)
            table = _timeline(reader, wanted) if kind is None else tables.rows(kind, found)
        if form is Form.csv:
            typer.echo(tables.as_csv(table), nl=False)
        elif form is Form.json:
            typer.echo(tables.as_json(table), nl=False)
        else:
            _print_table(table.titles(), table.rows)

    parameter, option = inspect.Parameter, inspect.Parameter.KEYWORD_ONLY
    shape = Annotated[Form, typer.Option("--format", help="Of the listing.")]
    command.__doc__ = about
    command.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            parameter("record", parameter.POSITIONAL_OR_KEYWORD, annotation=RecordPath),
            *(_option(choice) for choice in filters.split()),
            parameter("form", option, default=Form.table, annotation=shape),
        ]
    )
    command.__annotations__ = {
        each.name: each.annotation for each in inspect.signature(command).parameters.values()
    }
    return command


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


for _name in LISTINGS:
    app.command(_name)(_listing(_name))


def _screen() -> Console:
    """Where rich prints; nothing in report text is markup there."""
    wide = None if sys.stdout.isatty() else WIDE
    return Console(width=wide, markup=False, highlight=False, emoji=False)


def _print_table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for title in titles:
        table.add_column(title, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    _screen().print(table)
    if not rows:
        print("dragoman: nothing of that sort in the record", file=sys.stderr)  # noqa: T201
