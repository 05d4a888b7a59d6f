"""Commands that read a record as a whole or one entry of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.padding import Padding
from rich.text import Text

from dragoman.cli.codes import DONE, FAULT, fail
from dragoman.cli.options import At, Out, Page, RecordPath, opened
from dragoman.cli.output import written
from dragoman.cli.screen import print_table, screen
from dragoman.record import Reader
from dragoman.record.contract import schema_bytes
from dragoman.render import exports
from dragoman.render.html import html
from dragoman.render.markdown import markdown
from dragoman.render.safe import harmless, on_one_line
from dragoman.render.show import show as show_entry

# Words that are evidence, also where no colour can be shown.
MARK = "[[{}]]"


def brief(
    record: RecordPath,
    form: Annotated[Page, typer.Option("--format", help="Of the briefing.")] = Page.markdown,
    output: Out = None,
    at: At = None,
) -> None:
    """Write a briefing in which every sentence is cited."""
    with opened(record, at) as reader:
        text = html(reader) if form is Page.html else markdown(reader)
    if output is None:
        typer.echo(text, nl=False)
    else:
        with written(output) as out:
            out.write(text.encode("utf-8"))


def show(
    record: RecordPath,
    entry: Annotated[str, typer.Argument(metavar="ID", help="Of an entry, or how it begins.")],
    at: At = None,
) -> None:
    """Show an entry, its reasons, and its evidence in context."""
    with opened(record, at) as reader:
        full = show_entry(reader, reader.entry(entry).id)
    page = screen()
    page.print(Text(f"{full.kind} {full.id}", style="bold"))
    for name, value in full.fields:
        page.print(Text.assemble(f"  {name} ", (value or "-", "" if value else "dim")))
    for reason in full.reasons:
        weight = "" if reason.weight is None else f" ({reason.weight:g})"
        page.print(Text(f"  because {reason.rule}{weight}: {reason.why}"))
    for shown in full.evidence:
        role = f", {shown.role}" if shown.role else ""
        place = f"{shown.source} {shown.start}:{shown.end} ({shown.grounding}{role})"
        page.print(Text(f"\n  {place}", style="bold"))
        context = (shown.before, (MARK.format(shown.words), "reverse"), shown.after)
        page.print(Padding(Text.assemble(*context), (0, 0, 0, 4), expand=False))


def search(
    record: RecordPath,
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS...", help='All must be there; "quoted" in a row.')
    ],
    limit: Annotated[int, typer.Option(min=1, help="The most statements, and reports.")] = 20,
    at: At = None,
) -> None:
    """Find statements and reports that hold words."""
    with opened(record, at) as reader:
        found = reader.search(" ".join(words), limit)
    rows = [(hit.kind, hit.id, on_one_line(hit.span.text)) for hit in found]
    print_table(("kind", "id", "words"), rows)


def check(record: RecordPath) -> int:
    """Look the whole record over for damage."""
    with Reader(record) as reader:
        faults = reader.check()
        entries = sum(reader.counts().values())
    for fault in faults:
        fail(fault, FAULT)
    if not faults:
        typer.echo(f"{harmless(str(record))}: {entries:,} entries, all as they should be")
    return FAULT if faults else DONE


def export(
    record: RecordPath,
    output: Out = None,
    form: Annotated[
        str, typer.Option("--format", help=f"jsonl, {', '.join(exports.FORMATS)}.")
    ] = "jsonl",
    kind: Annotated[
        str | None, typer.Option(help="With csv and parquet: of which entries, or evidence.")
    ] = None,
    at: At = None,
) -> None:
    """Write the record for other programs; by default all entries as JSON Lines."""
    with opened(record, at) as reader:
        if form == "jsonl":
            _lines(reader, output)
            return
        data = exports.export(reader, form, kind)
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
    else:
        with written(output) as out:
            out.write(data)


def _lines(reader: Reader, output: Path | None) -> None:
    if output is None:
        sys.stdout.flush()
        reader.export(sys.stdout.buffer)
    else:
        with written(output) as out:
            reader.export(out)


def schema() -> None:
    """Print the JSON Schema of one line of an export."""
    typer.echo(schema_bytes().decode("utf-8"), nl=False)
