"""What the tests of a record that lives share: the reports of the example, read only once."""

from __future__ import annotations

import functools
import io
from pathlib import Path

from dragoman import pipeline
from dragoman.annotate import annotate
from dragoman.record import Reader

REPORTS = sorted(
    path
    for path in (Path(__file__).parents[1] / "examples" / "reports").iterdir()
    if path.suffix == ".txt"
)
# Copies, a translation, undated and differing reports.
FEW = [REPORTS[i] for i in (0, 1, 3, 5, 8, 11, 13, 14)]

once = functools.lru_cache(maxsize=None)(annotate)


def exported(record: Path) -> bytes:
    out = io.BytesIO()
    with Reader(record) as reader:
        reader.export(out)
    return out.getvalue()


def faults(record: Path) -> list[str]:
    with Reader(record) as reader:
        return reader.check()


def grown(record: Path, parts: list[list[Path]]) -> bytes:
    """A record built from the first part, the others added one after the other."""
    first, *rest = [part for part in parts if part]
    pipeline.build(first, record)
    for part in rest:
        pipeline.add(part, record)
    return exported(record)
