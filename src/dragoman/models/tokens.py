"""Where words stand in a text, cut as the treebanks of its language cut them.

White space parts words; so do signs, but for those inside numbers, addresses, abbreviations and
words. What a language does in its own way (hyphens, elisions, enclitics, units) is in its
`tokens.yaml`. Contractions stay one word.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from dragoman.languages import load

# Runs without spaces can be as long as a text: whatever is tried at every sign of one has bounds.
_ADDRESS = (
    r"(?:https?://|www\.)[^\s<>\"”»]*[\w/]|"
    r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}|[#@]\w+"
)
_DOMAIN = (
    r"[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}"
    r"\.(?:com|org|net|ru|ua|de|fr|es|br|pt|tr|gr|uk|edu|gov|info|io)\b"
)
_INITIALS = r"(?:[^\W\d_]\.){2,}"
_NUMBER = r"(?>[+-]?\d+(?:[.,:/’']\d+){0,20})"
# 7:30pm, 2.5m: letters right behind a number with a sign in it are a word of their own.
_BEFORE_LETTERS = r"(?>\d+(?:[.,:]\d+){1,20})(?=[^\W\d_]{1,3}\b)"
# 1996'da, 1980's: an ending behind an apostrophe belongs to the number.
_SUFFIX = r"['’][^\W\d_]{1,12}\b"
_HYPHEN = "‐‑-"
_APOSTROPHE = "'’ʼ´`"
_APOSTROPHES = frozenset(_APOSTROPHE)
# Letters of the longest abbreviation.
_LONGEST = 40
# Letters may carry combining accents (U+0300 to U+036F), as stressed Russian words do.
_WORD = rf"[\w\u0300-\u036f]+(?:[{_APOSTROPHE}·{_HYPHEN}][\w\u0300-\u036f]+)*"
_SIGNS = r"&#?\w+;|\.{2,}|-{2,}|(?P<same>[!?=*_~])(?P=same)+|[!?]{2,}|``|''|[^\w\s]"
_MASTER = re.compile(
    rf"(?P<address>{_ADDRESS}|{_DOMAIN})|(?P<initials>{_INITIALS})|"
    rf"(?P<number>{_BEFORE_LETTERS}|{_NUMBER}(?:{_SUFFIX}|(?!\w|[{_HYPHEN}]\w)))|"
    rf"(?P<currency>\b[A-Z]{{1,3}}\$)|(?P<word>{_WORD})|(?P<sign>{_SIGNS})"
)
_GLUED = re.compile(r"(\d+(?:[.,:]\d+)*)([^\W\d_]+)$")


class _Rules(NamedTuple):
    split_hyphens: bool
    whole: frozenset[str]
    beginnings: tuple[str, ...]
    elisions: tuple[str, ...]
    enclitics: tuple[str, ...]
    units: frozenset[str]
    abbreviations: frozenset[str]


@functools.cache
def _rules(code: str) -> _Rules:
    pack = load(code)
    own = pack.tokens
    return _Rules(
        split_hyphens=own.hyphens == "split",
        whole=frozenset(word for word in own.whole if not word.endswith("*")),
        beginnings=tuple(word[:-1] for word in own.whole if word.endswith("*")),
        elisions=tuple(sorted(own.elisions, key=len, reverse=True)),
        enclitics=tuple(sorted(own.enclitics, key=len, reverse=True)),
        units=frozenset(unit.lower() for unit in own.units),
        abbreviations=frozenset(
            word.lower().rstrip(".") for word in (*pack.grammar.abbreviations, *own.abbreviations)
        ),
    )


def words(text: str, language: str | None) -> list[tuple[int, int]]:
    """The places of the words of a text, in order: (start, end) in characters.

    Args:
        text: any text; line breaks part words as spaces do.
        language: ISO 639-1 code; a language without a pack is cut by signs and spaces alone.
    """
    rules = _rules(language or "und")
    found: list[tuple[int, int]] = []
    for match in _MASTER.finditer(text):
        kind, start, end = match.lastgroup, match.start(), match.end()
        if found and start < found[-1][1]:
            continue
        if kind == "word":
            found += _word(text, start, end, rules)
        elif kind == "number" and text[start] in "+-" and start and text[start - 1].isalnum():
            found += [(start, start + 1), (start + 1, end)]
        else:
            found.append((start, end))
    return found


def _word(text: str, start: int, end: int, rules: _Rules) -> Iterator[tuple[int, int]]:
    whole = text[start:end].lower().replace("’", "'")
    follows = text[end : end + 1]
    at = 0
    while True:
        left = end - start - at
        if follows == "." and left <= _LONGEST and _keeps_stop(text, end, left, rules):
            yield start + at, end + 1
            return
        if follows in _APOSTROPHES and left <= _LONGEST and f"{whole[at:]}'" in rules.elisions:
            yield start + at, end + 1
            return
        if not (size := _elision(whole, at, rules)):
            break
        yield start + at, start + at + size
        at += size
    start += at
    word = text[start:end]
    glued = _GLUED.match(word)
    if glued and glued[2].lower() in rules.units:
        yield start, start + glued.end(1)
        yield start + glued.end(1), end
        return
    yield from _hyphens(word, start, rules)


def _elision(lower: str, at: int, rules: _Rules) -> int:
    """How many letters of a word, from a place on, are an elided word; 0 if none are."""
    left = len(lower) - at
    sizes = (len(e) for e in rules.elisions if lower.startswith(e, at) and left > len(e))
    return next(sizes, 0)


def _hyphens(word: str, start: int, rules: _Rules) -> Iterator[tuple[int, int]]:
    lower, end = word.lower(), start + len(word)
    if not any(sign in word for sign in _HYPHEN):
        yield start, end
        return
    if lower in rules.whole or lower.startswith(rules.beginnings):
        yield start, end
        return
    for enclitic in rules.enclitics:
        if lower.endswith(enclitic) and len(lower) > len(enclitic):
            yield start, end - len(enclitic)
            yield end - len(enclitic), end
            return
    if not rules.split_hyphens:
        yield start, end
        return
    at = start
    for match in re.finditer(f"[{_HYPHEN}]", word):
        yield at, start + match.start()
        yield start + match.start(), start + match.end()
        at = start + match.end()
    yield at, end


def _keeps_stop(text: str, end: int, size: int, rules: _Rules) -> bool:
    """Whether the full stop after a word of some letters is its own: initial or abbreviation."""
    word = text[end - size : end]
    if text[end + 1 : end + 2] == ".":
        return False
    follows = text[end + 1 :].lstrip(" ")[:1]
    if len(word) == 1 and word.isupper():
        return bool(follows) and follows.isalnum()
    return word.lower() in rules.abbreviations and bool(follows) and follows != "\n"
