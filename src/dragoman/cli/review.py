"""Commands about decisions: what to look at first, how far people agree, decisions as gold."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.options import Out, RecordPath
from dragoman.cli.output import written
from dragoman.cli.screen import print_table
from dragoman.record import Reader
from dragoman.render.safe import on_one_line
from dragoman.review import agreement as agreement_of
from dragoman.review import gold as gold_of
from dragoman.review import queue, rejected


def review(
    record: RecordPath,
    limit: Annotated[int, typer.Option(min=1, help="The most entries.")] = 50,
) -> None:
    """List what to look at first: what matters and is least sure, not decided on yet."""
    rows = [
        (
            case.entry.id,
            case.entry.kind,
            f"{case.rank:.1f}",
            on_one_line(case.text),
            on_one_line("; ".join(case.why)),
        )
        for case in queue(record, limit)
    ]
    print_table(("id", "kind", "rank", "entry", "why"), rows)


def agreement(record: RecordPath) -> None:
    """Tell how far people agree in their corrections (Krippendorff's alpha)."""
    with Reader(record) as reader:
        found = agreement_of(reader.corrections())
    rows = [
        (
            ", ".join(each.people),
            str(each.units),
            str(each.agreed),
            "-" if each.alpha is None else f"{each.alpha:.3f}",
        )
        for each in found
    ]
    print_table(("people", "both decided", "agreed", "alpha"), rows)


def gold(
    record: RecordPath,
    output: Out = None,
    rejects: Annotated[
        Path | None, typer.Option("--rejected", help="Write what was rejected to this file.")
    ] = None,
) -> None:
    """Write what people accepted, changed or added as gold: JSON Lines in the export's form."""
    lines = list(gold_of(record))
    if rejects is not None:
        with written(rejects) as out:
            out.writelines(rejected(record))
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.writelines(lines)
    else:
        with written(output) as out:
            out.writelines(lines)
