"""JSON Lines: one report a line, `{id, url, title, outlet, agency, language, published, text}`.

All but `text` may be missing. Lines are read one by one: a file may be as long as it likes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from dragoman.acquire import sidecar
from dragoman.acquire.facts import DECODE_ERRORS, Stated, cause_of, understand
from dragoman.acquire.source import HEAD, Found, Limits, Stream, empty, printable, too_big
from dragoman.claims import Received
from dragoman.errors import SourceError

_STEP = "correct the line, or remove it"
_MARK = b"\xef\xbb\xbf"
_FIRST_KEY = re.compile(r'\{\s*"[^"]+"\s*:')


class _Line(Stated, frozen=True, kw_only=True):
    text: str | None = None
    id: str | int | None = None


_DECODER = msgspec.json.Decoder(_Line)


def looks_like(start: str) -> bool:
    """Whether the first line that is not blank is a JSON object."""
    line, end, _ = start.lstrip("\ufeff \t\r\n").partition("\n")
    if not line.startswith("{"):
        return False
    if not end and len(start) >= HEAD // 2:  # longer than what there is to look at
        return _FIRST_KEY.match(line) is not None
    try:
        return isinstance(msgspec.json.decode(line), dict)
    except DECODE_ERRORS:
        return False


def read(found: Found, stream: Stream, limits: Limits) -> Iterator[Received | SourceError]:
    """The reports of a file, and for each line that holds none its error.

    Raises:
        SourceError: the file is empty, is not UTF-8, or is JSON but not a line an object.
    """
    if stream.head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in stream.head:
        raise SourceError(found.place, "JSON Lines must be UTF-8", "save it again as UTF-8")
    yield from sidecar.unused(found.sidecar)
    number = reports = 0
    while True:
        line, cut = stream.line(limits.max_bytes)
        if not line:
            break
        number += 1
        place = f"{found.place}:{number}"
        if cut:
            yield too_big(place, None, limits.max_bytes)
            reports += 1
            continue
        line = line.strip()
        if number == 1:
            line = line.removeprefix(_MARK)
        if not line:
            continue
        reports += 1
        if reports == 1 and (line == b"{" or line.startswith(b"[")):
            raise SourceError(
                found.place, "JSON, but not one object a line", "save it as JSON Lines"
            )
        yield from _read_line(line, f"{found.source}#{number}", place)
    if not reports:
        raise empty(found.place)


def _read_line(line: bytes, name: str, place: str) -> Iterator[Received | SourceError]:
    try:
        stated = _DECODER.decode(line)
    except DECODE_ERRORS as error:
        yield SourceError(place, cause_of(error), _STEP)
        return
    if stated.text is None:
        yield SourceError(place, "no `text`", _STEP)
    elif not stated.text.strip():
        yield SourceError(place, "`text` is empty", _STEP)
    elif "\0" in stated.text:
        yield SourceError(place, "`text` holds NUL characters", _STEP)
    else:
        facts, wrong = understand(stated)
        for cause in wrong:
            yield SourceError(place, cause, "correct it; the report is read without it")
        given = str(stated.id).strip() if stated.id is not None else ""
        yield Received(
            source=printable(facts.url or given or name),
            text=stated.text,
            raw=line,
            media_type="application/jsonl",
            **facts.known(),
        )
