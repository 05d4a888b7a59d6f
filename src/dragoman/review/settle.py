"""What linking derived, corrected and written: the last step of every build, addition, correction.

Without corrections, entries pass through one at a time.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from dragoman.record import Reader, Writer
from dragoman.review.apply import Applied, Outcome, apply
from dragoman.types import AnyEntry


def settle(writer: Writer, derived: Iterable[AnyEntry]) -> None:
    """Write the entries that stand after corrections, and keep apart what these changed.

    Args:
        writer: the record; its reports are there.
        derived: the entries as linking made them.
    """
    corrections = [each for each in writer.corrections() if each.action != "undo"]
    if not any(each.undone_by is None for each in corrections):
        writer.write_derived(())
        writer.write_entries(derived)
        return
    before = {entry.id: entry for entry in derived}
    applied = apply(before.values(), corrections, writer.text)
    after = {entry.id: entry for entry in applied.entries}
    writer.write_derived(entry for name, entry in before.items() if after.get(name) != entry)
    corrected = {name for name, entry in after.items() if before.get(name) != entry}
    writer.write_entries(applied.entries, corrected)


def outcomes(record: Path) -> tuple[Outcome, ...]:
    """What became of each correction that is in force, the first first.

    Raises:
        RecordError: the record can't be read.
    """
    with Reader(record) as reader:
        return _applied(reader).outcomes


def _applied(reader: Reader) -> Applied:
    return apply(reader.derived(), reader.corrections(), reader.text)
