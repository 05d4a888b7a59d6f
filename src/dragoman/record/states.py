"""The states of a record, and which of them is meant by a number or a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from dragoman.errors import EntryMissing
from dragoman.types import Value

# A number, a day (its end is meant), or a moment; both in UTC.
At = int | dt.date | dt.datetime


class State(Value, frozen=True, kw_only=True):
    """A state of the record: its number, when (UTC), by what, and by which program it came."""

    id: int
    at: dt.datetime
    cause: str
    program: str


def read_at(text: str) -> At:
    """What is meant by a number, a day (`2031-05-16`) or a moment (`2031-05-16T12:00`), in UTC.

    Raises:
        ValueError: it is none of these.
    """
    if text.isascii() and text.isdigit():
        return int(text)
    if len(text) == len("2031-05-16"):
        return dt.date.fromisoformat(text)
    moment = dt.datetime.fromisoformat(text)
    return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment


def state_at(states: Sequence[State], at: At, path: Path) -> int:
    """The number of the state that stood then.

    Raises:
        EntryMissing: there is no state of that number, or none so early.
    """
    last = states[-1].id if states else 0
    if isinstance(at, int):
        if not any(state.id == at for state in states):
            raise EntryMissing(f"state {at}", f"{path} has none", f"name one from 1 to {last}")
        return at
    if isinstance(at, dt.datetime):
        before = [state.id for state in states if state.at <= at]
    else:
        before = [state.id for state in states if state.at.date() <= at]
    if not before:
        raise EntryMissing(
            str(at), f"{path} had no state yet", f"its first is of {states[0].at:%Y-%m-%d}"
        )
    return before[-1]
