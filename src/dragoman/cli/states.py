"""The states of a record."""

from __future__ import annotations

from dragoman.cli.options import RecordPath
from dragoman.cli.screen import print_table
from dragoman.record import Reader


def states(record: RecordPath) -> None:
    """List the states of a record: when, by what, by which program each came."""
    with Reader(record) as reader:
        rows = [
            (str(state.id), state.at.isoformat(), state.cause, state.program)
            for state in reader.states()
        ]
    print_table(("state", "at", "cause", "program"), rows)
