"""What people see: tables, words marked in their context, how far a build is."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator, Sequence

from rich import box
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from dragoman import pipeline

# Columns where nobody looks: a file or another program cuts and folds for itself, if it wants to.
_WIDE = 1_000_000


def screen() -> Console:
    """Where rich prints; nothing in report text is markup there."""
    wide = None if sys.stdout.isatty() else _WIDE
    return Console(width=wide, markup=False, highlight=False, emoji=False)


def print_table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under their titles; where there is none, that is told on stderr."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for title in titles:
        table.add_column(title, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    screen().print(table)
    if not rows:
        print("dragoman: nothing of that sort in the record", file=sys.stderr)  # noqa: T201


@contextlib.contextmanager
def progress() -> Iterator[pipeline.Progress | None]:
    """A line that tells how far it is, where somebody can see it."""
    watched = Console(stderr=True)
    if not watched.is_terminal:
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
    with Progress(*columns, console=watched, transient=True) as bar:
        # How many reports there are is known only when the last one has come.
        tasks = {stage: bar.add_task(name, total=None) for stage, name in names.items()}
        yield lambda stage, done: bar.update(tasks[stage], completed=done)
