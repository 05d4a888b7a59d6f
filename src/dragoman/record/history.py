"""Two states of a record compared: which entries came, and which are gone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from dragoman.errors import RecordError
from dragoman.record.read import Reader
from dragoman.types import KINDS, AnyEntry, Value

# Entries of kind ?1 that stood in state ?2, while none of the same id did in state ?3.
_ONLY_IN = """
    SELECT json, packed, crc FROM entry
    WHERE kind = ?1 AND first_state <= ?2 AND coalesce(last_state, ?2) >= ?2
      AND NOT EXISTS (SELECT 1 FROM entry AS other
                      WHERE other.id = entry.id AND other.first_state <= ?3
                        AND coalesce(other.last_state, ?3) >= ?3)
    ORDER BY id
"""


class Change(Value, frozen=True, kw_only=True):
    """An entry that one of two states has and the other has not."""

    sort: Literal["added", "removed"]
    entry: AnyEntry


def changes(reader: Reader, before: int, after: int) -> Iterator[Change]:
    """What differs between two states, by kind, the removed before the added, then by id.

    An entry is the same as long as its content is; other reasons make no other entry.

    Args:
        reader: the record.
        before: the number of one state.
        after: that of the other; it may be the earlier one.

    Raises:
        RecordError: there is no such state.
    """
    states = [state.id for state in reader.states()]
    for number in (before, after):
        if number not in states:
            raise RecordError(
                str(reader.path),
                f"it has no state {number}",
                f"name one from {min(states)} to {max(states)}",
            )
    for kind in KINDS:
        for gone in reader.picked(_ONLY_IN, kind, before, after):
            yield Change(sort="removed", entry=gone)
        for new in reader.picked(_ONLY_IN, kind, after, before):
            yield Change(sort="added", entry=new)


def tally(reader: Reader, before: int, after: int) -> dict[str, dict[str, int]]:
    """How many entries of each kind were added and removed; kinds without any are left out.

    Raises:
        RecordError: there is no such state.
    """
    counts: dict[str, dict[str, int]] = {}
    for change in changes(reader, before, after):
        kind = counts.setdefault(change.entry.kind, {"added": 0, "removed": 0})
        kind[change.sort] += 1
    return counts
