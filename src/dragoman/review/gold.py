"""Decisions handed on as gold: what people hold to be right, in the form of the export."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from dragoman.record import Reader
from dragoman.review.anchors import Ground, find
from dragoman.review.apply import apply
from dragoman.types import AnyEntry, Report, to_json


def gold(record: Path) -> Iterator[bytes]:
    """The entries that people accepted, changed or added, as they stand, and their reports.

    One JSON line each, in the order of the export, without ids and reasons.

    Raises:
        RecordError: the record can't be read.
    """
    with Reader(record) as reader:
        applied = apply(reader.derived(), reader.corrections(), reader.text)
        names = {outcome.entry for outcome in applied.outcomes}
        decided = [entry for entry in reader.entries() if entry.id in names]
        reports = {name for entry in decided for name in entry.reports()}
        for entry in reader.entries():
            if entry.id in names or (isinstance(entry, Report) and entry.id in reports):
                yield _bare(entry)


def rejected(record: Path) -> Iterator[bytes]:
    """The entries that people took out, as linking derived them, in the form of `gold`.

    Raises:
        RecordError: the record can't be read.
    """
    with Reader(record) as reader:
        derived = list(reader.derived())
        ground = Ground((e for e in derived if isinstance(e, Report)), reader.text)
        for each in reader.corrections():
            if each.action == "reject" and each.undone_by is None:
                spans = ground.spans(each.anchor)
                near = {span.report for span in spans}
                found = find(each.anchor, spans, (e for e in derived if near & set(e.reports())))
                if found is not None:
                    yield _bare(found)


def _bare(entry: AnyEntry) -> bytes:
    """An entry as gold has it: without its reasons, and its id where that is only a hash of it."""
    gone = {"reasons"} if isinstance(entry, Report) else {"reasons", "id"}
    fields: dict[str, object] = msgspec.json.decode(to_json(entry))
    return msgspec.json.encode({k: v for k, v in fields.items() if k not in gone}) + b"\n"
