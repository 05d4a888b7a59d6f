"""Words with their places, a coarse cut into sentences, and marks that outlive a translation.

What several stages need of a bare text, before (or without) a document: no lists, no language.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dragoman.languages.lexicon import TOKEN, fold

_BREAK = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+(?=[\"'“‘«„(¿¡–—-]*\w)")
_GROUPED = re.compile(r"(?<=\d)[.,](?=\d{3}(?!\d))")
# A stop after at most three letters that begin with a capital is an abbreviation (Gen., U.S., Mr.).
_SHORT = re.compile(r"(?:^|[\s.(\"“])[A-ZÀ-Þ][^\W\d_]{0,2}\.$")
_VOWELISH = str.maketrans("", "", "aeiouyhw'")
_SAME_SOUND = str.maketrans({"c": "k", "q": "k", "g": "k", "v": "f", "b": "p", "z": "s", "j": "s"})
_DOUBLED = re.compile(r"(.)\1+")
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


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words, numbers and signs between two places of a text."""
    stop = len(text) if end is None else end
    return [
        Word(match.start(), match.end(), match[0], fold(match[0]))
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


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """The places of the sentences, line by line, cut at stops that something can follow."""
    stop = len(text) if end is None else end
    found = []
    for first, last in lines(text[start:stop]):
        begin = start + first
        for match in _BREAK.finditer(text, begin, start + last):
            upto = match.end() - len(match[0]) + len(match[0].rstrip())
            if text[match.end() : match.end() + 1].islower():
                continue
            if match[0].startswith(".") and _SHORT.search(text[begin : match.start() + 1]):
                continue
            found.append((begin, upto))
            begin = match.end()
        if begin < start + last:
            found.append((begin, start + last))
    return found


@functools.lru_cache(maxsize=1 << 15)
def skeleton(folded: str) -> str:
    """What spellings of one name in several languages have in common: its consonants by sound.

    The first letter counts even if it is a vowel. Too short a rest gives an empty string.
    """
    bare = (folded[:1].translate(_VOWELISH) or "a") + folded[1:].translate(_VOWELISH)
    bare = _DOUBLED.sub(r"\1", bare.translate(_SAME_SOUND))
    return bare if len(bare) >= _SHORTEST_SKELETON else ""


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
        elif word.capital and word.letters and word.fold in names and (mark := skeleton(word.fold)):
            result.append((place, mark))
    return result
