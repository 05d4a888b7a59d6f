"""Misspelt words: no word of the language, but one slip of the fingers away from one.

A slip is two letters in the wrong order, or one letter too few, too many or wrong, in the inside of
a long word: endings inflect. The error must stand once and be in no list; its correction must be a
word that the text has, that the pack has, or that is common, and the only one of its rank. (The
slips are those of Damerau, 1964.)
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

import msgspec
from rapidfuzz.distance import OSA

from dragoman.annotate.damage.found import FoundRepair, Under
from dragoman.languages import load
from dragoman.languages.lexicon import fold
from dragoman.languages.wordlist import triples_of, word_list
from dragoman.types import Reason

_LEAST = 6  # letters of a word that is looked at
_ENDING = 2  # letters at the end that a slip leaves as they are
_WORD = re.compile(r"(?<![^\W_*])[^\W\d_]{5,}(?![\w*])")
_ANY_WORD = re.compile(r"[^\W\d_]{3,}")


Source = Literal["text", "pack", "list"]
Frame = tuple[str, str]  # the first and the last letter of a word, which a slip leaves


class _Correction(NamedTuple):
    """What a misspelt word was, and who has the word: the text, the pack, or the language."""

    word: str
    slip: str
    source: Source


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


def _phrases(code: str | None) -> Iterator[str]:
    """All phrases of a pack, but for the damaged ones."""
    pack = load(code)
    for layer in (pack.grammar, pack.dates, pack.quantities, pack.names, pack.speech, pack.events):
        yield from _strings(msgspec.to_builtins(layer))


@functools.cache
def vocabulary(code: str | None) -> frozenset[str]:
    """The words of five letters and more that a language's pack has, in small letters."""
    return frozenset(word.casefold() for phrase in _phrases(code) for word in _WORD.findall(phrase))


def _frame(word: str) -> Frame:
    """What a slip leaves as it is of a word."""
    return word[0], word[-1]


@functools.cache
def _by_frame(code: str | None) -> dict[tuple[Frame, int], tuple[str, ...]]:
    """The known words of a language that share what a slip leaves, by their length."""
    found: dict[tuple[Frame, int], list[str]] = {}
    for word in sorted(word_list(code).common | vocabulary(code)):
        if len(word) >= _LEAST - 1:
            found.setdefault((_frame(word), len(word)), []).append(word)
    return {key: tuple(words) for key, words in found.items()}


def _inside(wrong: str, right: str) -> bool:
    """Whether a slip lies in the inside of a word: an ending that differs is another form."""
    return wrong[-_ENDING:] == right[-_ENDING:] or sorted(wrong) == sorted(right)


def _slip(wrong: str, right: str) -> str:
    """The slip that makes one word of another, which lies one slip away."""
    if len(wrong) != len(right):
        return "a letter is missing" if len(wrong) < len(right) else "a letter is too many"
    differing = sum(one != other for one, other in zip(wrong, right, strict=True))
    return "a letter is wrong" if differing == 1 else "two letters are swapped"


def _one_slip(wrong: str, right: str) -> bool:
    """Whether a word is another one with one slip in its inside."""
    return OSA.distance(wrong, right, score_cutoff=1) == 1 and _inside(wrong, right)


@functools.lru_cache(maxsize=1 << 14)
def _near(word: str, code: str | None) -> frozenset[str]:
    """The known words of a language that lie one slip away from a word."""
    frame, known = _frame(word), _by_frame(code)
    sizes = (len(word) - 1, len(word), len(word) + 1)
    others = (other for size in sizes for other in known.get((frame, size), ()))
    return frozenset(other for other in others if _one_slip(word, other))


def _correction(word: str, code: str | None, own: Mapping[Frame, list[str]]) -> _Correction | None:
    """The only word of the text, or else of the pack, or else of the language, that a word was."""
    pack, here = vocabulary(code), own.get(_frame(word), [])
    near = {other for other in here if _one_slip(word, other)} | _near(word, code)
    # Accents are a matter of custom.
    if any(fold(other) == fold(word) for other in near):
        return None
    ranks: tuple[tuple[Source, set[str]], ...] = (
        ("text", near & set(here)),
        ("pack", near & pack),
        ("list", near),
    )
    for source, found in ranks:
        if found:
            right, *others = sorted(found)
            return None if others else _Correction(right, _slip(word, right), source)
    return None


_WHO = {
    "text": "the text itself has",
    "pack": "a word of the talks is",
    "list": "a common word is",
}
# From how many letters on a slip is repaired. It must bring letters together that no other word
# has in a row, or else the word may be one that no list has (but two letters of a word of the talks
# are seldom swapped by chance). Where one letter is wrong it may be a word all the same, so that is
# only marked.
_FIRM = {
    "two letters are swapped": 6,
    "a letter is too many": 8,
    "a letter is missing": 8,
    "a letter is wrong": 100,
}


@functools.lru_cache(maxsize=1 << 15)
def _plain(text: str, code: str | None) -> bool:
    """Whether there is nothing to mend in a word: it is known, in capitals, or no word."""
    known, small = word_list(code), text.casefold()
    if small in known.common or small in vocabulary(code) or text.isupper():
        return True
    return not small.isalpha() or small in known


def misspelt(under: Under) -> Iterator[FoundRepair]:
    """The misspelt words of a text."""
    known = word_list(under.code)
    if not known.common:
        return
    nouns = under.pack.grammar.capital_nouns
    counts: Counter[str] = Counter()
    own: dict[Frame, list[str]] = {}
    for place, word in enumerate(under.words):
        if len(word.text) < _LEAST or _plain(word.text, under.code):
            continue
        wrong = word.text.casefold()
        name = word.capital and not (nouns or place in under.openers)
        if not counts:
            counts.update(w.text.casefold() for w in under.words if len(w.text) >= _LEAST - 1)
            for other in counts:
                own.setdefault(_frame(other), []).append(other)
        if counts[wrong] > 1 or (found := _correction(wrong, under.code, own)) is None:
            continue
        # A name has its own spelling: other reports have to say which one is right.
        if name and found.source != "pack":
            continue
        odd = not known.triples.issuperset(triples_of(wrong))
        if nouns and word.capital and not odd:
            continue  # where every noun has a capital, most words that no list has are names
        # What opens a sentence may be a name.
        swapped = found.slip == "two letters are swapped" and found.source == "pack"
        # With a capital it may be a name all the same.
        sure = (odd or swapped) and not name and (not word.capital or found.source == "pack")
        yield FoundRepair(
            word.start,
            word.end,
            found.word[:1].upper() + found.word[1:] if word.capital else found.word,
            "spelling",
            Reason(
                rule="damage.spelling", why=f"{found.slip}; {_WHO[found.source]} {found.word!r}"
            ),
            grounding="exact" if sure and len(found.word) >= _FIRM[found.slip] else "partial",
        )
