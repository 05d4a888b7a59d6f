"""`dragoman diff`: what moved between two states."""

from __future__ import annotations

from typing import Annotated

import msgspec
import typer
from rich.text import Text

from dragoman.cli.options import At, Form, RecordPath
from dragoman.cli.screen import print_table, screen
from dragoman.errors import ConfigError
from dragoman.record import At as Moment
from dragoman.record import Reader, read_at
from dragoman.render import tables
from dragoman.render.safe import harmless, on_one_line
from dragoman.review import News, Wanted, news
from dragoman.types import KINDS

# Spans shown of each piece of news.
_SHOWN = 3
Several = Annotated[list[str] | None, typer.Option(help="Only of these; may be repeated.")]


def diff(
    record: RecordPath,
    since: Annotated[
        str | None, typer.Option(metavar="STATE", help="The earlier state; else the one before.")
    ] = None,
    at: At = None,
    party: Several = None,
    about: Several = None,
    weight: Annotated[int, typer.Option(min=1, max=5, help="The least weight.")] = 1,
    form: Annotated[Form, typer.Option("--format", help="Of the news.")] = Form.table,
) -> None:
    """Tell what moved between two states: what the record tells now, with its words."""
    wanted = Wanted(
        kinds=tuple(each for each in about or () if each in KINDS),
        issues=tuple(each for each in about or () if each not in KINDS),
        parties=tuple(party or ()),
        weight=weight,
    )
    told = news(record, _moment("--since", since), _moment("--at", at), wanted)
    if form is Form.table:
        _print(record, told)
        return
    table = tables.Table(
        columns=("sort", "weight", "entry", "text", "words"),
        rows=tuple(_row(each) for each in told),
    )
    write = tables.as_csv if form is Form.csv else tables.as_json
    typer.echo(write(table), nl=False)


def _row(each: News) -> tuple[str, ...]:
    words = msgspec.json.encode([msgspec.to_builtins(span) for span in each.words[:_SHOWN]])
    return each.sort, str(each.weight), each.entry.id, each.text, words.decode("utf-8")


def _print(record: RecordPath, told: list[News]) -> None:
    if not told:
        print_table(("sort",), [])
        return
    page = screen()
    with Reader(record) as reader:
        sources = dict(reader.rows("SELECT id, source FROM report"))
    for each in told:
        page.print(Text(f"{each.sort}: {on_one_line(each.text)}  [{each.entry.id}]", style="bold"))
        for span in each.words[:_SHOWN]:
            where = harmless(sources.get(span.report, span.report))
            page.print(Text(f"    {where} {span.start}:{span.end}  [[{on_one_line(span.text)}]]"))


def _moment(option: str, text: str | None) -> Moment | None:
    if text is None:
        return None
    try:
        return read_at(text)
    except ValueError as error:
        raise ConfigError(
            option, f"{text} is no state and no day", "write 3, 2031-05-16 or 2031-05-16T12:00"
        ) from error
