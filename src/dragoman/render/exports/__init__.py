"""The record for other programs. In: a view of it. Out: the bytes of one file.

`FORMATS` is the one table of them; a new format is a module here and a line in it.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from typing import NamedTuple

from dragoman.errors import ConfigError
from dragoman.render.exports.calendar import icalendar
from dragoman.render.exports.coders import mend, plover, pncc
from dragoman.render.exports.columns import csv_of, parquet_of
from dragoman.render.exports.graph import graphml
from dragoman.render.exports.linked import claim_reviews, prov
from dragoman.render.exports.money import entities, statements
from dragoman.render.exports.office import docx, pdf
from dragoman.render.html import html
from dragoman.render.markdown import markdown
from dragoman.render.view import View


class Format(NamedTuple):
    """A format: what writes it, its file's ending and media type, and what it needs beside.

    `write` takes the view and, where `by_kind` is set, the kind of entries. `needs` is a module,
    `extra` the name under which it is installed.
    """

    write: Callable[..., bytes]
    ending: str
    media: str
    by_kind: bool = False
    needs: str | None = None
    extra: str | None = None

    @property
    def ready(self) -> bool:
        """Whether what it needs is installed."""
        return self.needs is None or importlib.util.find_spec(self.needs) is not None


def _text(write: Callable[[View], str]) -> Callable[[View], bytes]:
    return lambda view: write(view).encode("utf-8")


FORMATS: dict[str, Format] = {
    "csv": Format(csv_of, "csv", "text/csv", by_kind=True),
    "parquet": Format(
        parquet_of,
        "parquet",
        "application/vnd.apache.parquet",
        by_kind=True,
        needs="pyarrow",
        extra="parquet",
    ),
    "mend": Format(mend, "mend.csv", "text/csv"),
    "pncc": Format(pncc, "pncc.csv", "text/csv"),
    "plover": Format(plover, "plover.csv", "text/csv"),
    "ftm": Format(entities, "ftm.json", "application/x-ndjson"),
    "ftm-statements": Format(statements, "ftm.csv", "text/csv"),
    "claimreview": Format(claim_reviews, "claimreview.jsonld", "application/ld+json"),
    "prov": Format(prov, "prov.jsonld", "application/ld+json"),
    "graphml": Format(graphml, "graphml", "application/graphml+xml"),
    "icalendar": Format(icalendar, "ics", "text/calendar"),
    "markdown": Format(_text(markdown), "md", "text/markdown"),
    "html": Format(_text(html), "html", "text/html"),
    "docx": Format(
        docx,
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        needs="docx",
        extra="office",
    ),
    "pdf": Format(pdf, "pdf", "application/pdf", needs="typst", extra="pdf"),
}


def export(view: View, name: str, kind: str | None = None) -> bytes:
    """The record in a format.

    Args:
        view: the record.
        name: the format's name.
        kind: which entries, where the format is one of a kind; by default statements.

    Raises:
        ConfigError: there is no such format or kind, or what it needs is not installed.
    """
    chosen = FORMATS.get(name)
    if chosen is None:
        raise ConfigError(name, "no such format", f"name one of {', '.join(FORMATS)}")
    if not chosen.ready:
        raise ConfigError(
            name, f"it needs {chosen.needs}", f"install it: pip install 'dragoman[{chosen.extra}]'"
        )
    return chosen.write(view, kind or "statement") if chosen.by_kind else chosen.write(view)
