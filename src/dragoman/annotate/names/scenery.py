"""A report with what is needed to look for names in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from dragoman.annotate.document import Document
from dragoman.languages.gazetteer import Gazetteer, Known, gazetteer
from dragoman.languages.lexicon import Lexicon
from dragoman.types import ActorType


class Told(NamedTuple):
    """A name told by a second source: its last token (exclusive) and its type.

    A `firm` one is cut out of the text as it stands and believed before the rules; any other only
    gives its type to a run of capitalised words that no rule knows.
    """

    last: int
    type: ActorType
    firm: bool


class Scene(NamedTuple):
    """A report with what is needed to look for names in it; `told` is by first token."""

    document: Document
    gazetteer: Gazetteer
    small: frozenset[str]
    learned: Lexicon[Known]
    told: Mapping[int, Told]

    def gap(self, first: int, last: int) -> list[str]:
        """The folded tokens between two places."""
        return self.document.words[first:last]

    def is_word(self, sort: str, place: int) -> bool:
        """Whether the token is one of a list of the pack; German compounds end in one."""
        word = self.document.tokens[place].fold
        words = self.gazetteer.words[sort]
        if word in words:
            return True
        return self.document.pack.grammar.capital_nouns and any(
            word.endswith(noun) for noun in words if len(noun) > 3
        )

    def glued(self, place: int) -> bool:
        """Whether a token touches both its neighbours."""
        tokens = self.document.tokens
        return (
            0 < place < len(tokens) - 1
            and tokens[place - 1].end == tokens[place].start
            and tokens[place].end == tokens[place + 1].start
        )

    def is_office(self, place: int, stop: int) -> bool:
        """Whether words for an office begin at a token."""
        return bool(self.gazetteer.offices.at(self.document.words, place, stop))


def make_scene(
    document: Document,
    told: Mapping[int, Told],
    learned: Lexicon[Known] | None = None,
) -> Scene:
    """The report with the gazetteer of its language and the words it also writes small."""
    small = frozenset(
        token.fold for token in document.tokens if token.text[:1].islower() and len(token.text) > 2
    )
    return Scene(document, gazetteer(document.pack.code), small, learned or Lexicon(()), told)
