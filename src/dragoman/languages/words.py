"""Words with their places, a coarse cut into sentences, and marks that outlive a translation.

What several stages need of a bare text, before (or without) a document: no lists, no language.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dragoman.languages.lexicon import TOKEN, fold
from dragoman.languages.spelling import skeleton

_BREAK = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+(?=[\"'“‘«„(¿¡–—-]*\w)")
_GROUPED = re.compile(r"(?<=\d)[.,](?=\d{3}(?!\d))")
# The capital letters of the Latin, Greek and Cyrillic scripts, for a class of a pattern.
CAPITALS = "".join(chr(code) for code in range(0x41, 0x530) if chr(code).isupper())
# A stop after at most three letters that begin with a capital is an abbreviation (Gen., U.S., Mr.).
_SHORT = re.compile(rf"(?:^|[\s.(\"“])[{CAPITALS}][^\W\d_]{{0,2}}\.$")
_BEFORE_STOP = 6
_SHORTEST_SKELETON = 3


class Word(NamedTuple):
    """A word, number or sign at characters `start` to `end`, and its folded form."""

    start: int
    end: int
    text: str
    fold: str

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()

    @property
    def letters(self) -> bool:
        """Whether it is made of letters."""
        return self.text[:1].isalpha()


class Cut(NamedTuple):
    """A text cut into words and lines, and its lines into sentences; all places are of the text.

    `folded` holds the folded forms of the words, `starts` the places where they begin.
    """

    text: str
    words: tuple[Word, ...]
    folded: tuple[str, ...]
    starts: tuple[int, ...]
    lines: tuple[tuple[int, int], ...]
    sentences: tuple[tuple[int, int], ...]

    def between(self, start: int, end: int) -> tuple[int, int]:
        """The indexes of the words that begin between two places (the last one exclusive)."""
        first = bisect.bisect_left(self.starts, start)
        return first, bisect.bisect_left(self.starts, end, first)

    def openers(self) -> frozenset[int]:
        """The indexes of what opens each sentence: its first word, and the signs before it."""
        found = set()
        for start, end in self.sentences:
            first, last = self.between(start, end)
            found.add(first)
            while first < last and not self.words[first].letters:
                first += 1
                found.add(first)
        return frozenset(found)


@functools.lru_cache(maxsize=4)
def cut(text: str) -> Cut:
    """Cut a text. The last few are kept: what is found in a text is found step by step."""
    found = tuple(words(text))
    rows = tuple(lines(text))
    return Cut(
        text,
        found,
        tuple(word.fold for word in found),
        tuple(word.start for word in found),
        rows,
        tuple(sentences(text, rows=rows)),
    )


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words, numbers and signs between two places of a text."""
    stop = len(text) if end is None else end
    # The type's own constructor takes twice the time, and this is done for every word of a text.
    make, kind = tuple.__new__, Word
    return [
        make(kind, (*match.span(), word := match[0], fold(word)))
        for match in TOKEN.finditer(text, start, stop)
    ]


def lines(text: str) -> list[tuple[int, int]]:
    """The places of all lines that hold something, without the space around them."""
    found = []
    for match in re.finditer(r"[^\r\n]+", text):
        line = match[0]
        begin = match.start() + len(line) - len(line.lstrip())
        if stripped := line.strip():
            found.append((begin, begin + len(stripped)))
    return found


def sentences(
    text: str,
    start: int = 0,
    end: int | None = None,
    rows: Sequence[tuple[int, int]] | None = None,
) -> list[tuple[int, int]]:
    """The places of the sentences, line by line, cut at stops that something can follow.

    Args:
        text: the text.
        start: where to begin.
        end: where to end; None for the end of the text.
        rows: the lines, where they are known already.
    """
    if rows is None:
        part = text[start : len(text) if end is None else end]
        rows = [(start + first, start + last) for first, last in lines(part)]
    found = []
    for first, last in rows:
        begin = first
        for match in _BREAK.finditer(text, first, last):
            stop, after = match.span()
            if text[after : after + 1].islower():
                continue
            before = max(begin, stop - _BEFORE_STOP)
            if text[stop] == "." and _SHORT.search(text[before : stop + 1]):
                continue
            found.append((begin, stop + len(match[0].rstrip())))
            begin = after
        if begin < last:
            found.append((begin, last))
    return found


def number(folded: str) -> str:
    """A number without the signs that group its digits."""
    return _GROUPED.sub("", folded)


def marks(found: Sequence[Word], openers: Iterable[int] = ()) -> list[tuple[int, str]]:
    """Marks that a spin or a translation keeps, each with the index of its word, in order.

    Numbers, and the skeletons of words with a capital. A word that opens a sentence counts only
    if it has a capital elsewhere too.

    Args:
        found: the words of a text.
        openers: the indexes of words that open a sentence.
    """
    opening = set(openers)
    names = {
        word.fold
        for place, word in enumerate(found)
        if place not in opening and word.capital and word.letters
    }
    result = []
    for place, word in enumerate(found):
        if word.text[:1].isdigit():
            result.append((place, number(word.fold)))
        elif word.capital and word.letters and word.fold in names:
            mark = skeleton(word.fold)
            # What is shorter is the skeleton of too many names.
            if len(mark) >= _SHORTEST_SKELETON:
                result.append((place, mark))
    return result
