"""HTML: the article's text by trafilatura, and what the page states about itself."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from dragoman.acquire import page, sidecar
from dragoman.acquire.encoding import decode
from dragoman.acquire.source import Found, Limits, Stream
from dragoman.claims import Received
from dragoman.errors import SourceError

# What a document begins with if it is HTML (WHATWG MIME Sniffing, with the elements of HTML 5).
_BEGINNING = re.compile(
    r"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*"
    r"(<!doctype\s+html|<(html|head|body|script|style|title|meta|link|base|iframe|h[1-6]|div|p|a|b"
    r"|br|table|font|article|section|main|header|nav|span|ul|ol)[\s/>])",
    re.IGNORECASE | re.DOTALL,
)
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,200}?encoding=[\"']([\w.:-]+)",
    re.IGNORECASE,
)
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

# The parser compares each attribute of a tag with all others.
_MOST_ATTRIBUTES = 10_000
_LONG_TAG = re.compile(rf"<[A-Za-z][^<>]{{{2 * _MOST_ATTRIBUTES},}}")

_STEP = "save the article's text, or give it as JSON Lines"


def looks_like(start: str) -> bool:
    """Whether a document with that beginning is HTML."""
    return _BEGINNING.match(start[:4096]) is not None


def read(found: Found, stream: Stream, limits: Limits) -> Iterator[Received | SourceError]:
    """One report: the page's article.

    Raises:
        SourceError: empty, too big, not decodable, or without text that can be told from the rest
            of the page.
    """
    raw = stream.all(found, limits)
    text, codec = decode(_without_nuls(raw), found.place, declared=_declared(raw))
    tree = _parse(text, found.place, limits)
    stated = page.facts(tree)  # before extraction, which takes the tree apart
    article = _article(tree, found.place)
    facts, wrong = sidecar.read(found.sidecar, limits)
    yield from wrong
    yield Received(
        source=found.source,
        text=article,
        raw=raw,
        media_type=f"text/html; charset={codec}",
        **(stated.known() | facts.known()),
    )


def _declared(raw: bytes) -> str | None:
    match = _DECLARED.search(raw[:4096])
    return (match[1] or match[2]).decode("ascii", "replace") if match else None


def _without_nuls(raw: bytes) -> bytes:
    """The page without stray NULs, which browsers pass over; UTF-16 and UTF-32 keep theirs."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")):
        return raw
    return raw if raw.count(0) * 4 > len(raw) else raw.replace(b"\0", b"")


def _parse(text: str, place: str, limits: Limits) -> Any:
    text = _NOT_XML.sub("", text)
    for tag in _LONG_TAG.finditer(text):
        if len(tag[0].split()) > _MOST_ATTRIBUTES:
            raise SourceError(place, "a tag with too many attributes", _STEP)
    # Without huge_tree, text below 256 levels would be lost; the parser then stops at 2048.
    parser = lxml_html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        tree = lxml_html.document_fromstring(text.encode(), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise SourceError(place, "HTML without content", _STEP) from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise SourceError(place, "HTML nested too deep", _STEP)
    for count, element in enumerate(tree.iter(), start=1):
        if count > limits.max_elements:
            raise SourceError(
                place, f"HTML of more than {limits.max_elements:,} elements", "raise max_elements"
            )
        # One control character written as a reference would keep the whole page from being read.
        if element.text and _NOT_XML.search(element.text):
            element.text = _NOT_XML.sub("", element.text)
        if element.tail and _NOT_XML.search(element.tail):
            element.tail = _NOT_XML.sub("", element.tail)
    return tree


def _article(tree: Any, place: str) -> str:
    # Half a second, which a folder of plain text should not wait for.
    import trafilatura  # noqa: PLC0415

    # What it would log, the error below tells.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        article = trafilatura.extract(tree, include_comments=False)
    except Exception as error:  # a stranger's page must not stop the rest
        raise SourceError(place, f"HTML that can't be read ({error})", _STEP) from error
    if not article or not any(char.isalnum() for char in article):
        raise SourceError(place, "HTML without text to extract", _STEP)
    return str(article)
