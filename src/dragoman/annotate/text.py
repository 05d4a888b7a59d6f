"""Tokens, sentences and quotations of a reading.

Sentences end at a full stop, question or exclamation mark or ellipsis that is followed by space
(or nothing, where a capital follows a small letter: `end.Next`) and by something that can begin a
sentence, unless the word before is an abbreviation, an initial or a number in a date. A line
break always ends a sentence. Quotations are found paragraph by paragraph, so that an unclosed
one cannot swallow the rest of the report.
"""

from __future__ import annotations

import bisect
import functools

from dragoman.annotate.document import Document, Quote, Reading, Sentence, Token
from dragoman.claims import Received
from dragoman.languages import Pack, load
from dragoman.languages.lexicon import TOKEN, fold
from dragoman.types import report_id

_STOPS = frozenset(".!?…")
_CLOSERS = frozenset("\"'”’»)]“")
_OPENERS = frozenset("\"'“‘«„(—–-¿¡[")
# Marks that open or close a quotation in any language; a pack adds its own.
_UNIVERSAL_QUOTES = (("“", "”"), ("«", "»"), ('"', '"'), ("„", "“"))
_LONGEST_ORDINAL = 2
_DASHES = frozenset("—–")
_BEFORE_DASH = frozenset(",.!?…")


def prepare(
    received: Received, language: str | None = None, reading: Reading | None = None
) -> Document:
    """A document with tokens, sentences and quotations, ready for the annotators.

    Args:
        received: the report.
        language: ISO 639-1 code; where it is None or has no pack, an empty pack is used.
        reading: the text with repairs applied; the text as received if it is None.
    """
    reading = reading or Reading(received.text)
    document = Document(
        received=received,
        report=report_id(received.source, received.text),
        language=language,
        pack=load(language),
        reading=reading,
    )
    document.tokens = tokenize(reading.text)
    document.quotes = find_quotes(document.tokens, reading.text, document.pack)
    document.sentences = find_sentences(document.tokens, reading.text, document.pack)
    return document


def tokenize(text: str) -> list[Token]:
    """Words, numbers and single signs, in order."""
    return [
        Token(match.start(), match.end(), match[0], fold(match[0]))
        for match in TOKEN.finditer(text)
    ]


@functools.cache
def _abbreviations(code: str) -> frozenset[str]:
    return frozenset(fold(word).rstrip(".") for word in load(code).grammar.abbreviations)


def _ends_sentence(
    tokens: list[Token], place: int, text: str, abbreviations: frozenset[str]
) -> bool:
    """Whether the stop at `place`, the last of a run of stops and closing marks, ends one."""
    if place + 1 >= len(tokens):
        return True
    stop = place
    while stop > 0 and tokens[stop].text in _CLOSERS:
        stop -= 1
    following = tokens[place + 1]
    gap = text[tokens[place].end : following.start]
    before = tokens[stop - 1] if stop > 0 else None
    begins = (
        following.capital
        or following.text in _OPENERS
        or following.text[:1].isdigit()
        or not following.text[:1].islower()
    )
    if not gap:
        glued = tokens[stop].text in "!?…" or (
            before is not None and before.word and len(before.text) > 2 and before.text.islower()
        )
        return glued and following.capital and following.word
    if not begins:
        return False
    if tokens[stop].text == "." and before is not None and before.end == tokens[stop].start:
        if before.fold in abbreviations:
            return False
        if before.word and len(before.text) == 1 and before.capital:
            # An initial ("J. Smith") or the end of "U.S."; the latter ends a sentence only
            # where the next word is not a name's beginning, which cannot be seen here.
            return False
        if before.text.isdigit() and len(before.text) <= _LONGEST_ORDINAL:
            return following.capital and "." not in (tokens[stop - 2].text if stop > 1 else "")
    return True


def find_sentences(tokens: list[Token], text: str, pack: Pack) -> list[Sentence]:
    """The sentences, those inside quotations too, in order."""
    sentences: list[Sentence] = []
    abbreviations = _abbreviations(pack.code)
    first, paragraph = 0, 0
    place = 0
    while place < len(tokens):
        token = tokens[place]
        end = place
        closes = False
        if token.text in _STOPS:
            while end + 1 < len(tokens) and (
                tokens[end + 1].text in _STOPS
                or (tokens[end + 1].text in _CLOSERS and tokens[end + 1].start == tokens[end].end)
            ):
                end += 1
            closes = _ends_sentence(tokens, end, text, abbreviations)
        breaks = end + 1 >= len(tokens) or "\n" in text[tokens[end].end : tokens[end + 1].start]
        if closes or breaks:
            sentences.append(
                Sentence(first, end + 1, tokens[first].start, tokens[end].end, paragraph)
            )
            first = end + 1
            if breaks:
                paragraph += 1
        place = end + 1
    return sentences


def find_quotes(tokens: list[Token], text: str, pack: Pack) -> list[Quote]:
    """What stands between quotation marks, outer ones before the inner ones they hold."""
    pairs = dict(_UNIVERSAL_QUOTES) | dict(pack.grammar.quotes)
    closers = set(pairs.values())
    quotes: list[Quote] = []
    opened: list[tuple[str, int]] = []

    def close(end: int, *, closed: bool) -> None:
        _, start = opened.pop()
        if end > start:
            quotes.append(Quote(start, end, len(opened), closed))

    for place, token in enumerate(tokens):
        if place and "\n" in text[tokens[place - 1].end : token.start]:
            while opened:
                close(tokens[place - 1].end, closed=False)
        sign = token.text
        if opened and _closes(sign, opened[-1][0], pairs):
            close(token.start, closed=True)
        elif sign in pairs and _can_open(tokens, place, text):
            opened.append((sign, token.end))
        elif sign in closers and opened and any(_closes(sign, o, pairs) for o, _ in opened):
            while not _closes(sign, opened[-1][0], pairs):
                close(token.start, closed=False)
            close(token.start, closed=True)
    while opened:
        close(tokens[-1].end, closed=False)
    if pack.grammar.dash_in_quotes:
        quotes = [part for quote in quotes for part in _parted(quote, tokens)]
    return sorted(quotes, key=lambda quote: (quote.start, -quote.end))


def _parted(quote: Quote, tokens: list[Token]) -> list[Quote]:
    """A quotation without what its writer tells between dashes: `«Нет, — сказал он. — Никогда»`.

    Such words begin small behind a stop or comma and a dash, and end at the next of these, or
    with the quotation.
    """
    first = bisect.bisect_left(tokens, quote.start, key=lambda token: token.start)
    last = bisect.bisect_left(tokens, quote.end, key=lambda token: token.start)
    dashes = [
        place
        for place in range(first + 1, last - 1)
        if tokens[place].text in _DASHES and tokens[place - 1].text in _BEFORE_DASH
    ]
    parts: list[Quote] = []
    start, inside = quote.start, True
    for dash in dashes:
        if inside and tokens[dash + 1].text[:1].islower():
            parts.append(Quote(start, tokens[dash - 1].end, quote.depth, closed=True))
            inside = False
        elif not inside:
            start, inside = tokens[dash + 1].start, True
    if inside:
        parts.append(Quote(start, quote.end, quote.depth, quote.closed))
    return parts


def _closes(sign: str, opener: str, pairs: dict[str, str]) -> bool:
    # Mixed marks (“ … " or " … ”) are common in damaged text.
    if sign == pairs.get(opener):
        return True
    return opener in '“"„' and sign in '”"'


def _can_open(tokens: list[Token], place: int, text: str) -> bool:
    if place + 1 >= len(tokens):
        return False
    sign = tokens[place].text
    if sign in "“«„":
        return True
    # A straight mark opens where space (or an opening sign) stands before it, not after it.
    before = text[tokens[place].start - 1 : tokens[place].start]
    return (not before or before.isspace() or before in "([—–-:") and not text[
        tokens[place].end : tokens[place].end + 1
    ].isspace()
