"""What the rules for damage look at, and what they find."""

from __future__ import annotations

import functools
from typing import NamedTuple

from dragoman.languages import Pack, load
from dragoman.languages.lexicon import Lexicon, fold
from dragoman.languages.words import Cut, Word, cut
from dragoman.types import Grounding, Reason, RepairReason

_NAME_LETTERS = 5


class FoundRepair(NamedTuple):
    """Characters `start` to `end` of the text as received, what they were, and why.

    `grounding` is `exact` where a witness speaks for the repair. Without one the words are only
    marked: `partial` where it is likely what they were, `none` where it isn't known (`restored`
    is empty).
    """

    start: int
    end: int
    restored: str
    kind: RepairReason
    reason: Reason
    grounding: Grounding = "exact"

    @property
    def firm(self) -> bool:
        """Whether it has a witness, so that the text may be read with it."""
        return self.grounding == "exact"


class Under(NamedTuple):
    """A text under repair: its words, and the pack of its language.

    `openers` are the indexes of what opens a sentence, `names` the longer words with a capital,
    folded.
    """

    cut: Cut
    code: str | None
    pack: Pack
    openers: frozenset[int]
    names: frozenset[str]

    @property
    def text(self) -> str:
        """The text as received."""
        return self.cut.text

    @property
    def words(self) -> tuple[Word, ...]:
        """Its words."""
        return self.cut.words

    @property
    def folded(self) -> tuple[str, ...]:
        """The folded forms of its words."""
        return self.cut.folded

    def shown(self, first: int, last: int) -> str:
        """The characters of the words `first` to `last` (exclusive)."""
        return self.text[self.words[first].start : self.words[last - 1].end]

    def adjoin(self, place: int) -> bool:
        """Whether nothing but one space stands between a word and the one before it."""
        if place <= 0 or place >= len(self.words):
            return False
        return self.text[self.words[place - 1].end : self.words[place].start] == " "

    def joined(self, place: int) -> bool:
        """Whether no more than one space stands between a word and the one before it."""
        if place <= 0 or place >= len(self.words):
            return False
        return self.text[self.words[place - 1].end : self.words[place].start] in {"", " "}


def under_repair(text: str, code: str | None) -> Under:
    """A text made ready for the rules; `code` is its language (ISO 639-1) or None."""
    whole = cut(text)
    names = {
        folded
        for _, _, text, folded in whole.words
        if len(folded) >= _NAME_LETTERS and text[0].isupper()
    }
    return Under(whole, code, load(code), whole.openers(), frozenset(names))


@functools.cache
def listed(code: str | None, field: str) -> frozenset[str]:
    """The words of a field of `damage.yaml`, folded."""
    return frozenset(fold(word) for word in getattr(load(code).damage, field))


@functools.cache
def prepositions(code: str | None) -> frozenset[str]:
    """The prepositions of a language, and those fused with an article, folded."""
    grammar = load(code).grammar
    return frozenset(fold(word) for word in (*grammar.prepositions, *grammar.contractions))


@functools.cache
def phrases_of(code: str | None, field: str) -> Lexicon[bool]:
    """The phrases of a field of `damage.yaml`."""
    return any_of(getattr(load(code).damage, field))


@functools.cache
def any_of(phrases: tuple[str, ...]) -> Lexicon[bool]:
    """A lexicon of phrases that say no more than that they are there."""
    return Lexicon((phrase, True) for phrase in phrases)


@functools.cache
def substitutes(code: str | None) -> dict[str, tuple[str, ...]]:
    """By a word of a name or phrase (folded): the words that are put in its place."""
    return {fold(word): others for word, others in load(code).damage.synonyms.items()}


@functools.cache
def _listed_forms(code: str | None) -> dict[str, str]:
    return {fold(word): word for word in load(code).damage.synonyms}


def as_listed(code: str | None, folded: str) -> str:
    """A word of `substitutes` as the pack writes it, with its accents."""
    return _listed_forms(code).get(folded, folded)


def cased(restored: str, garbled: str) -> str:
    """The restored words with the capitals of the garbled ones."""
    if garbled.isupper() and len(garbled) > 1:
        return restored.upper()
    return restored[:1].upper() + restored[1:] if garbled[:1].isupper() else restored
