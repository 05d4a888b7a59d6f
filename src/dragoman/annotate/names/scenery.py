"""A report with what is needed to look for names in it."""

from __future__ import annotations

import bisect
import functools
from collections.abc import Mapping, Sequence
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


class Parsed(NamedTuple):
    """A name that a second source supposes: tokens `first` to `last` (exclusive), and its type."""

    first: int
    last: int
    type: ActorType


_NAME_TAGS = frozenset({"PROPN", "X"})  # parts of speech that the last word of a name may have


@functools.lru_cache(maxsize=1 << 14)
def _ends_in_one(code: str, sort: str, word: str) -> bool:
    """Whether a compound ends in one of the words of a list."""
    return any(word.endswith(noun) for noun in gazetteer(code).words[sort] if len(noun) > 3)


class Scene(NamedTuple):
    """A report with what is needed to look for names in it.

    `told` is by first token; `parsed` are those of it that are not firm, in their order.
    """

    document: Document
    gazetteer: Gazetteer
    small: frozenset[str]
    learned: Lexicon[Known]
    told: Mapping[int, Told]
    parsed: Sequence[Parsed]

    def gap(self, first: int, last: int) -> list[str]:
        """The folded tokens between two places."""
        return self.document.words[first:last]

    def is_word(self, sort: str, place: int) -> bool:
        """Whether the token is one of a list of the pack; German compounds end in one."""
        word = self.document.tokens[place].fold
        if word in self.gazetteer.words[sort]:
            return True
        if not self.document.pack.grammar.capital_nouns:
            return False
        return _ends_in_one(self.document.pack.code, sort, word)

    def begins_nothing(self, place: int) -> bool:
        """Whether no name, office or group can begin at a token: most of a text's are such."""
        token = self.document.tokens[place]
        return not (
            token.capital
            or place in self.told
            or token.fold in self.gazetteer.words["particles"]
            or self.gazetteer.known.opens(token.fold)
            or self.gazetteer.offices.opens(token.fold)
            or self.gazetteer.groups.opens(token.fold)
            or self.learned.opens(token.fold)
        )

    def tag(self, place: int) -> str | None:
        """The part of speech that the parser gives a token; None if it has none there."""
        word = self._parsed_word(place)
        return None if word is None else self.document.syntax.tags[word]

    def relation(self, place: int) -> str | None:
        """How the parser has a token depend on another; None if it has no word there."""
        word = self._parsed_word(place)
        return None if word is None else self.document.syntax.relations[word]

    def _parsed_word(self, place: int) -> int | None:
        syntax, start = self.document.syntax, self.document.tokens[place].start
        word = bisect.bisect_right(syntax.starts, start) - 1
        return word if word >= 0 and syntax.ends[word] > start else None

    def parsed_at(self, first: int, last: int) -> Parsed | None:
        """The second source's name that holds tokens `first` to `last` (exclusive), or None."""
        place = bisect.bisect_right(self.parsed, (first, len(self.document.tokens))) - 1
        if place < 0:
            return None
        name = self.parsed[place]
        return name if name.first <= first and last <= name.last else None

    def parsed_as(self, first: int, last: int, *, whole: bool) -> ActorType | None:
        """The type that a second source gives tokens, or the name that they lie in; else None.

        Tokens that end in no word of a name have none, nor, if they must be the `whole` of a
        name, those that are a part of one.
        """
        name = self.parsed_at(first, last)
        if name is None or self.tag(last - 1) not in _NAME_TAGS:
            return None
        return name.type if (name.first, name.last) == (first, last) or not whole else None

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
    parsed = sorted(Parsed(first, n.last, n.type) for first, n in told.items() if not n.firm)
    known = gazetteer(document.pack.code)
    return Scene(document, known, small, learned or Lexicon(()), told, parsed)
