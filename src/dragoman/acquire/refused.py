"""Files that hold no text as they are, known by their first bytes."""

from __future__ import annotations

import re
from typing import NamedTuple

from dragoman.errors import SourceError

_TEXT = "convert it to text or HTML"
_UNPACK = "unpack it and give the files"
_RECOGNISE = "give the text that the picture shows"
_ARTICLES = "give the articles as HTML or JSON Lines"


class _Kind(NamedTuple):
    pattern: re.Pattern[bytes]
    name: str
    step: str


_KINDS = tuple(
    _Kind(re.compile(pattern, re.DOTALL), name, step)
    for pattern, name, step in (
        (rb"%PDF-", "a PDF", _TEXT),
        (rb"PK\x03\x04.{26}(word/|xl/|ppt/|\[Content_Types)", "an Office document", _TEXT),
        (rb"PK\x03\x04.{26}mimetypeapplication/", "an office document or e-book", _TEXT),
        (rb"PK(\x03\x04|\x05\x06)", "a ZIP archive", _UNPACK),
        (rb"\x1f\x8b|BZh\d|\xfd7zXZ\0|\x28\xb5\x2f\xfd", "compressed", _UNPACK),
        (rb"7z\xbc\xaf|Rar!\x1a", "an archive", _UNPACK),
        (rb".{257}ustar", "a tar archive", _UNPACK),
        (rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|RIFF.{4}WEBP|II\*\0|MM\0\*", "a picture", _RECOGNISE),
        (rb"BM.{4}\0\0\0\0|\0\0..ftyp(avif|heic)", "a picture", _RECOGNISE),
        (
            rb"ID3[\x02-\x04]\0|OggS|fLaC|RIFF.{4}(WAVE|AVI )|\0\0..ftyp|\x1aE\xdf\xa3",
            "sound or film",
            _TEXT,
        ),
        (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Office document", _TEXT),
        (rb"\{\\rtf", "an RTF document", _TEXT),
        (rb"SQLite format 3\0", "a database", "give the reports that it was made from"),
        (rb"\x7fELF|MZ.{0,62}\0|\xca\xfe\xba\xbe", "a program", "remove it"),
        (rb"WARC/\d", "a web archive", _ARTICLES),
        (rb"(\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*)?<(rss|feed|rdf:RDF)\b", "a feed", _ARTICLES),
    )
)


def check(head: bytes, place: str) -> None:
    """Pass over what may be text.

    Raises:
        SourceError: the first bytes are those of a known kind that holds none.
    """
    for kind in _KINDS:
        if kind.pattern.match(head):
            raise SourceError(place, f"{kind.name}, not text", kind.step)
