"""Entries of a kind as one table: CSV, or Parquet with its types. `evidence` is a kind here, too.

A row is an entry; what it rests on is counted, and its first citable words stand in it. All its
words are rows of the table `evidence`, joined by `entry`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from dragoman.errors import ConfigError
from dragoman.render.safe import for_cell, harmless
from dragoman.render.view import View
from dragoman.types import KINDS, Entry, to_json

EVIDENCE = "evidence"
TABLES = (*KINDS, EVIDENCE)
_APART = frozenset({"id", "kind", "evidence", "reasons", "history", "aligned", "values"})
_RESTS = ("grounding", "reports", "report", "start", "end", "words")
_SPAN = ("entry", "kind", "ordinal", "report", "start", "end", "text", "grounding", "role")
_WHOLE = frozenset({"round", "duration_minutes", "start", "end", "ordinal", "reports"})
_NUMBER = frozenset({"quantity", "figure", "share"})
_FIRMEST_FIRST = ("exact", "repaired", "partial", "none")


def _columns(kind: str) -> tuple[str, ...]:
    if kind == EVIDENCE:
        return _SPAN
    if kind not in KINDS:
        raise ConfigError(kind, "no such kind of entry", f"name one of {', '.join(TABLES)}")
    fields = [field.encode_name for field in msgspec.structs.fields(KINDS[kind])]
    own = tuple(name for name in fields if name not in _APART)
    return ("id", *own, *(name if name not in own else f"first_{name}" for name in _RESTS))


def _rows(view: View, kind: str) -> Iterator[tuple[Any, ...]]:
    if kind == EVIDENCE:
        for entry in view.entries():
            for place, span in enumerate(entry.evidence):
                yield (
                    entry.id,
                    entry.kind,
                    place,
                    span.report,
                    span.start,
                    span.end,
                    span.text,
                    span.grounding,
                    span.role,
                )
        return
    names = [field.encode_name for field in msgspec.structs.fields(KINDS[kind])]
    own = [name for name in names if name not in _APART]
    for entry in view.entries(kind):
        plain: dict[str, Any] = msgspec.json.decode(to_json(entry))
        yield (entry.id, *(plain[name] for name in own), *_rests(entry))


def _rests(entry: Entry) -> tuple[Any, ...]:
    """How firmly an entry stands, in how many reports, and its first citable words."""
    grounding = min((span.grounding for span in entry.evidence), key=_FIRMEST_FIRST.index)
    first = next((span for span in entry.evidence if span.citable), None)
    place = (None,) * 4 if first is None else (first.report, first.start, first.end, first.text)
    return (grounding, len(entry.reports()), *place)


def csv_of(view: View, kind: str) -> bytes:
    """A table as CSV (RFC 4180, UTF-8): lists are joined by "; ", and no cell is a formula."""
    return written(_columns(kind), _rows(view, kind))


def written(columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> bytes:
    """Rows of any values as CSV that is safe to open in a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8", "replace")


def cell(value: Any) -> str:
    """A value as a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float):
        return f"{value:g}" if isinstance(value, float) else str(value)
    return for_cell(_flat(value))


def _flat(value: Any) -> str:
    if isinstance(value, dict):
        pairs = (f"{name}: {_flat(each)}" for name, each in value.items() if each is not None)
        return "; ".join(pairs)
    if isinstance(value, list | tuple):
        return "; ".join(_flat(each) for each in value)
    return harmless(str(value))


def parquet_of(view: View, kind: str) -> bytes:
    """A table as Parquet: lists stay lists, numbers numbers; text is as the record has it."""
    import pyarrow as pa  # noqa: PLC0415 - an extra
    from pyarrow import parquet  # noqa: PLC0415

    columns = _columns(kind)
    rows = list(_rows(view, kind))
    arrays, fields = [], []
    for place, name in enumerate(columns):
        values = [row[place] for row in rows]
        sort = _sort(pa, name, values)
        if sort == pa.string():
            values = [None if value is None else _flat_raw(value) for value in values]
        elif sort == pa.list_(pa.string()):
            values = [[_flat_raw(each) for each in value] for value in values]
        arrays.append(pa.array(values, type=sort))
        fields.append(pa.field(name, sort))
    table = pa.table(arrays, schema=pa.schema(fields, metadata={"kind": kind}))
    out = io.BytesIO()
    parquet.write_table(table, out, compression="zstd")
    return out.getvalue()


def _flat_raw(value: Any) -> str:
    """A text as it is, anything else as JSON."""
    text = value if isinstance(value, str) else msgspec.json.encode(value).decode("utf-8")
    return text.encode("utf-8", "replace").decode("utf-8")


def _sort(pa: Any, name: str, values: list[Any]) -> Any:
    if name in _WHOLE:
        return pa.int64()
    if name in _NUMBER:
        return pa.float64()
    if any(isinstance(value, bool) for value in values):
        return pa.bool_()
    if any(isinstance(value, list) for value in values):
        return pa.list_(pa.string())
    return pa.string()
