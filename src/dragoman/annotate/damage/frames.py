"""Set phrases with one word that does not belong: "prisoners of skirmish", "Safeguard Minister".

A frame is a phrase with a slot, the word that it had, and the other words that it can rightly
have. Any other word there is damage; it is repaired if the word is a known substitute and the text
has the right phrase too (or, for an office, somebody who holds it), and only marked otherwise.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import NamedTuple

from dragoman.annotate.damage.beside import beside, is_state, made_from_a_name, states
from dragoman.annotate.damage.found import (
    FoundRepair,
    Under,
    any_of,
    as_listed,
    cased,
    prepositions,
    substitutes,
)
from dragoman.languages import load
from dragoman.languages.damage import Frame
from dragoman.languages.lexicon import Lexicon, fold
from dragoman.languages.wordlist import word_list
from dragoman.languages.words import Word
from dragoman.types import Grounding, Reason

_SLOT = "_"


class _Split(NamedTuple):
    """A frame, what stands behind its slot, and the words that may fill it, folded.

    `beginnings` are those of the fitting words that are listed with a `*`. `capital`: the phrase
    itself is written with one.
    """

    frame: Frame
    after: Lexicon[bool] | None
    slot_first: bool
    capital: bool
    fitting: frozenset[str]
    beginnings: tuple[str, ...]

    def fits(self, folded: str) -> bool:
        """Whether a word rightly stands in the slot."""
        return folded in self.fitting or folded.startswith(self.beginnings)


@functools.cache
def _frames(code: str | None) -> Lexicon[_Split]:
    damage = load(code).damage
    found = []
    for frame in damage.frames:
        others = (*frame.others, *damage.fillers.get(frame.fillers, ()))
        fitting = frozenset(
            fold(word) for word in (frame.word, *others) if word and not word.endswith("*")
        )
        beginnings = tuple(fold(word[:-1]) for word in others if word.endswith("*"))
        for phrase in frame.phrases:
            before, _, after = (part.strip() for part in phrase.partition(_SLOT))
            behind = any_of((after,)) if before and after else None
            fixed = before or after
            split = _Split(frame, behind, not before, fixed != fixed.lower(), fitting, beginnings)
            found.append((fixed, split))
    return Lexicon(found)


def _is_name(under: Under, word: Word) -> bool:
    """Whether a word with a capital names a state or a people."""
    return is_state(word, under.code) or made_from_a_name(word, under.names)


def _slot_of(under: Under, first: int, last: int, split: _Split) -> int | None:
    """The word in the slot, if it is one that does not belong."""
    place = first - 1 if split.slot_first else last
    if not 0 <= place < len(under.words):
        return None
    word = under.words[place]
    if not word.letters or len(word.text) < 3 or not under.joined(max(place, first)):
        return None
    if split.fits(under.folded[place]) or word.text.isupper():
        return None
    if split.frame.office and first and under.folded[first - 1] in prepositions(under.code):
        return None  # "Secretary of Defense Oto Marr" goes on with a name
    if split.frame.capital and (not word.capital or _is_name(under, word)):
        return None
    if under.folded[place] in states(under.code):
        return None
    if word.text.casefold() not in word_list(under.code):
        return None  # a name, or a word made from one, or one that is misspelt
    if not split.frame.capital and word.capital:
        return None
    if split.after and not any(True for _ in split.after.at(under.folded, place + 1)):
        return None
    return place


def _restored(under: Under, place: int, split: _Split) -> str | None:
    """The word that a substitute stands for, if it is one of those that the slot can have."""
    wrong = under.folded[place]
    fits = [
        word
        for word, others in substitutes(under.code).items()
        if word in split.fitting and wrong in map(fold, others)
    ]
    return fits[0] if len(fits) == 1 else None


def _said_rightly(under: Under, place: int, right: str) -> bool:
    """Whether the text has the phrase with the right word elsewhere."""
    before = under.folded[place - 1] if place else None
    return any(
        word == right and at and under.folded[at - 1] == before
        for at, word in enumerate(under.folded)
    )


def framed(under: Under) -> Iterator[FoundRepair]:
    """The phrases of a text that have a word which does not belong."""
    for hit in _frames(under.code).find(under.folded):
        split = hit.value
        if split.capital and not any(word.capital for word in under.words[hit.first : hit.last]):
            continue
        place = _slot_of(under, hit.first, hit.last, split)
        if place is None:
            continue
        first, last = min(place, hit.first), max(place + 1, hit.last)
        witness = None
        if split.frame.office:
            near = beside(under, first, last)
            if near.other or near.witness is None:
                continue
            witness = near.witness
        word, text = under.words[place], under.text
        right = _restored(under, place, split)
        grounding: Grounding = "none" if right is None else "partial"
        restored = ""
        if right is not None:
            if witness or _said_rightly(under, place, right):
                grounding = "exact"
            start, end = under.words[first].start, under.words[last - 1].end
            right = cased(as_listed(under.code, right), word.text)
            restored = text[start : word.start] + right + text[word.end : end]
        why = f"{word.text} does not belong in {split.frame.phrases[0]!r}"
        yield FoundRepair(
            under.words[first].start,
            under.words[last - 1].end,
            restored,
            split.frame.kind,
            Reason(rule="damage.frame", why=f"{why}; {witness}" if witness else why),
            grounding,
        )
