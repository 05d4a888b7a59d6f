"""What a parser says of a text, as plain lists over its words. No parser's own type goes further.

Tags, relations and features are those of Universal Dependencies (universaldependencies.org); of
relation subtypes only `nsubj:pass`, `aux:pass`, `acl:relcl` and `obl:agent` are told apart.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

NameType = Literal["PER", "ORG", "LOC"]
ROOT = -1


class Name(NamedTuple):
    """A name: words `first` to `last` (exclusive) and its type."""

    first: int
    last: int
    type: NameType


@dataclass(frozen=True)
class Syntax:
    """The words of a text with their syntax. All lists but the last two have one item a word.

    Args:
        starts, ends: places in the text, in characters; `ends` is exclusive.
        tags: universal parts of speech.
        features: universal features, those that were asked for.
        lemmas: dictionary forms.
        heads: the word that each word depends on; `ROOT` for the root of a sentence.
        relations: how it depends on it.
        sentences: first and last (exclusive) word of each sentence.
        names: persons, organizations and places.
    """

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    features: list[Mapping[str, str]] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    relations: list[str] = field(default_factory=list)
    sentences: list[tuple[int, int]] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.starts)

    @functools.cached_property
    def children(self) -> list[list[int]]:
        """For each word the words that depend on it, in order."""
        found: list[list[int]] = [[] for _ in self.heads]
        for word, head in enumerate(self.heads):
            if head != ROOT:
                found[head].append(word)
        return found

    def subtree(self, word: int) -> Iterator[int]:
        """A word and all that depends on it, directly or not, in no particular order."""
        waiting = [word]
        while waiting:
            word = waiting.pop()
            yield word
            waiting += self.children[word]

    def extent(self, word: int) -> tuple[int, int]:
        """The first and last (exclusive) word of a subtree."""
        words = list(self.subtree(word))
        return min(words), max(words) + 1
