"""The table of formats. A new one is a file beside this and a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from dragoman.acquire import html, jsonl, plain, refused
from dragoman.acquire.encoding import head_text
from dragoman.acquire.source import Found, Limits, Stream
from dragoman.claims import Received
from dragoman.errors import SourceError


class Format(NamedTuple):
    """A form that reports come in.

    `looks_like` tells it from the first characters of a file, `endings` (lower case) name it
    where the content does not tell. `read` yields the reports in a file and what is wrong in it,
    or raises a SourceError.
    """

    name: str
    endings: tuple[str, ...]
    looks_like: Callable[[str], bool]
    read: Callable[[Found, Stream, Limits], Iterator[Received | SourceError]]


PLAIN = Format("plain text", (".txt", ".text", ".md"), lambda _: False, plain.read)

FORMATS = (
    Format("HTML", (".html", ".htm", ".xhtml"), html.looks_like, html.read),
    Format("JSON Lines", (".jsonl", ".ndjson", ".json"), jsonl.looks_like, jsonl.read),
    PLAIN,
)


def choose(found: Found, head: bytes) -> Format:
    """The format of a file: what its content shows, else what its ending says, else plain text.

    Raises:
        SourceError: it is of a kind that holds no text.
    """
    refused.check(head, found.place)
    start = head_text(head)
    for form in FORMATS:
        if form.looks_like(start):
            return form
    ending = found.path.name.lower() if found.path else ""
    for form in FORMATS:
        if ending.endswith(form.endings):
            return form
    return PLAIN
