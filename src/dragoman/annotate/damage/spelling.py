"""Misspelt words, where the right spelling stands in the text or among the words of the talks.

A typing error is two letters in the wrong order, one letter too few, too many or doubled, or a
wrong one, in the inside of a long word: endings are left alone, for they inflect. The error must
stand once and be no known word; its correction must be a word of the text or of the pack, and the
only one. (Candidates by deletions: Garbe's symmetric delete algorithm, 2012.)
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import msgspec

from dragoman.annotate.damage.found import FoundRepair, Under
from dragoman.languages import load
from dragoman.types import Reason

_LEAST = 7  # letters of a word that is looked at
_ENDING = 3  # letters at the end that must be the same
_START = 2  # letters at the beginning that must be
_SURE = 9  # letters of a word of the pack that is witness enough
_LETTERS = re.compile(r"[^\W\d_]{5,}")
_WORD = re.compile(r"(?<![^\W_*])[^\W\d_]{5,}(?![\w*])")


class _Correction(NamedTuple):
    """What a misspelt word was, the sort of error, and whether the text itself has the word."""

    word: str
    error: str
    in_text: bool


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _strings(key)
            yield from _strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _strings(inner)


@functools.cache
def vocabulary(code: str | None) -> frozenset[str]:
    """The words of five letters and more that a language's pack has, in small letters.

    The damaged ones are left out.
    """
    pack = load(code)
    found: set[str] = set()
    for layer in (pack.grammar, pack.dates, pack.quantities, pack.names, pack.speech, pack.events):
        for phrase in _strings(msgspec.to_builtins(layer)):
            found.update(word.casefold() for word in _WORD.findall(phrase))
    return frozenset(found)


def _cuts(word: str) -> Iterator[str]:
    """A word without any one letter of its inside."""
    for place in range(_START, len(word) - _ENDING):
        yield word[:place] + word[place + 1 :]


@functools.cache
def _index(code: str | None) -> dict[str, tuple[str, ...]]:
    """The known words by themselves and by what is left of them without one letter."""
    found: dict[str, set[str]] = {}
    for word in vocabulary(code):
        if len(word) >= _SURE:
            for key in (word, *_cuts(word)):
                found.setdefault(key, set()).add(word)
    return {key: tuple(sorted(words)) for key, words in found.items()}


def _error(wrong: str, right: str) -> str | None:
    """How one word is a misspelling of another; None if it is no such error."""
    if wrong[:_START] != right[:_START] or wrong[-_ENDING:] != right[-_ENDING:]:
        return None
    differing = [
        at for at, pair in enumerate(zip(wrong, right, strict=False)) if pair[0] != pair[1]
    ]
    if len(wrong) == len(right):
        if len(differing) == 1:
            return "one letter is wrong"
        swapped = len(differing) == 2 and differing[1] == differing[0] + 1
        if swapped and wrong[differing[0]] == right[differing[1]]:
            return "two letters are swapped" if wrong[differing[1]] == right[differing[0]] else None
        return None
    at = differing[0]
    longer, shorter = (wrong, right) if len(wrong) > len(right) else (right, wrong)
    if longer[at + 1 :] != shorter[at:]:
        return None
    doubled = longer[at] in {longer[at - 1], longer[at + 1 : at + 2]}
    if len(wrong) > len(right):
        return "a letter is doubled" if doubled else "a letter is too many"
    return "a doubled letter is single" if doubled else "a letter is missing"


def _correction(
    word: str, known: Mapping[str, tuple[str, ...]], own: Mapping[str, list[str]]
) -> _Correction | None:
    """The only word of the text, or else of the pack, that a word is a misspelling of."""
    keys = (word, *_cuts(word))
    for index, in_text in ((own, True), (known, False)):
        found = {
            (other, error)
            for key in keys
            for other in index.get(key, ())
            if other != word and (error := _error(word, other))
        }
        if len(found) == 1:
            ((right, error),) = found
            return _Correction(right, error, in_text)
        if found:
            return None
    return None


# How long a word must be for each sort of error to be repaired with the text, or the pack, as the
# witness; shorter ones differ by such an error too often and are words all the same.
_FIRM: Mapping[str, tuple[int, int]] = {
    "two letters are swapped": (7, 9),
    "a letter is doubled": (7, 9),
    "a doubled letter is single": (7, 9),
    "a letter is missing": (8, 10),
    "a letter is too many": (8, 10),
    "one letter is wrong": (10, 11),
}


def _own_index(counts: Counter[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word, count in counts.items():
        if count > 1 and len(word) >= _LEAST:
            for key in (word, *_cuts(word)):
                found.setdefault(key, []).append(word)
    return found


def misspelt(under: Under) -> Iterator[FoundRepair]:
    """The misspelt words of a text."""
    if under.code is None:
        return
    long = [
        (place, word.text.casefold())
        for place, word in enumerate(under.words)
        if len(word.text) >= _LEAST and _LETTERS.fullmatch(word.text)
    ]
    counts = Counter(word for _, word in long)
    own, known, right = _own_index(counts), _index(under.code), vocabulary(under.code)
    for place, wrong in long:
        if counts[wrong] > 1 or wrong in right:
            continue
        word = under.words[place]
        found = _correction(wrong, known, own)
        if found is None or word.text.isupper():
            continue
        # A name may have two spellings in a text: other reports have to say which of them is right.
        name = word.capital and found.word not in right
        if name and place not in under.openers and not found.in_text:
            continue
        least = _FIRM[found.error][0 if found.in_text else 1]
        where = "the text itself has" if found.in_text else "a word of the talks is"
        yield FoundRepair(
            word.start,
            word.end,
            found.word[:1].upper() + found.word[1:] if word.capital else found.word,
            "spelling",
            Reason(rule="damage.spelling", why=f"{found.error}; {where} {found.word!r}"),
            grounding="exact" if not name and len(found.word) >= least else "partial",
        )
