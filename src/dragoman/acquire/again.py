"""A report read once more from the bytes that were kept of it, by the rules of today."""

from __future__ import annotations

import io
from pathlib import Path

import msgspec

from dragoman.acquire import html, jsonl, plain
from dragoman.acquire.source import DEFAULT_LIMITS, Found, Limits, Stream
from dragoman.claims import Received
from dragoman.errors import SourceError

_STATED = ("url", "title", "outlet", "agency", "language")


def again(kept: Received, limits: Limits = DEFAULT_LIMITS) -> Received | SourceError:
    """The report as it is read now; what was stated of it beside its bytes stays.

    Args:
        kept: the report as it was read.
        limits: what is too big to be read.

    Returns:
        The report, or why its bytes give none any more.
    """
    form = {"text/html": html.read, "application/jsonl": jsonl.read}.get(
        kept.media_type.partition(";")[0], plain.read
    )
    found = Found(Path(kept.source), kept.source, kept.source, len(kept.raw))
    try:
        read = list(form(found, Stream(io.BytesIO(kept.raw)), limits))
    except SourceError as error:
        return error
    reports = [item for item in read if isinstance(item, Received)]
    if len(reports) != 1:
        return SourceError(kept.source, "its bytes give no report any more", "keep the old record")
    stated = {name: value for name in _STATED if (value := getattr(kept, name)) is not None}
    if kept.published is not None:
        stated |= {"published": kept.published, "published_how": kept.published_how}
    return msgspec.structs.replace(reports[0], source=kept.source, **stated)
