"""Plain text: the bytes decoded, and nothing else done to them."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.acquire import sidecar
from dragoman.acquire.encoding import decode
from dragoman.acquire.source import Found, Limits, Stream
from dragoman.claims import Received
from dragoman.errors import SourceError


def read(found: Found, stream: Stream, limits: Limits) -> Iterator[Received | SourceError]:
    """One report: the whole text.

    Raises:
        SourceError: empty, too big, binary, or in no encoding that can be told.
    """
    raw = stream.all(found, limits)
    text, codec = decode(raw, found.place)
    facts, wrong = sidecar.read(found.sidecar, limits)
    yield from wrong
    yield Received(
        source=found.source,
        text=text,
        raw=raw,
        media_type=f"text/plain; charset={codec}",
        **facts.known(),
    )
