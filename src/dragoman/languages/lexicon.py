"""Phrases of a language pack, compiled so that a text is searched for all of them at once.

A phrase is words parted by spaces. Each word may have alternatives (`met|meets`), end in `*`
(any ending: `negotiat*`), or end in `?` (may be left out). `~` stands for up to three words in
between. Case and accents don't count, and a phrase is cut into tokens as a text is, so that
`cessar-fogo` also matches `cessar -fogo`.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

import msgspec

from dragoman.types import Value

T = TypeVar("T")

# Between Cyrillic letters an apostrophe is a letter (дев'ять), whichever sign is written for it.
TOKEN = re.compile(
    r"\d+(?:[.,]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
    r"|[^\W\d_]+(?:(?<=[Ѐ-ӿ])['’‘](?=[єюяїЄЮЯЇ])[^\W\d_]+)*|[^\w\s]|_"
)
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼʹ", "'"))
_GAP = 3
_PREFIX_LEAST = 2
# No pack has a longer beginning of a word; a text may have a "word" of a million letters.
_PREFIX_MOST = 40
_MOST_REMEMBERED = 1 << 15


class _Folding(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`universal/folding.yaml`: the words whose marks are kept."""

    kept: tuple[tuple[str, ...], ...]


@functools.cache
def _kept() -> re.Pattern[str]:
    path = Path(__file__).with_name("universal") / "folding.yaml"
    folding = msgspec.yaml.decode(path.read_bytes(), type=_Folding)
    words = sorted(word for group in folding.kept for word in group)
    return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, words))})(?!\w)")


def without_marks(text: str) -> str:
    """The text without accents and other marks; ligatures and the like taken apart."""
    flat = unicodedata.normalize("NFKD", text)
    return flat if flat.isascii() else "".join(c for c in flat if not unicodedata.combining(c))


@functools.lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """The text without case, accents and other marks; typographic apostrophes made plain.

    A few words keep their marks (`universal/folding.yaml`).
    """
    small = text.casefold()
    flat = without_marks(small)
    if flat.isascii() and flat == small:
        return flat
    # Every second part is one of the kept words, as they are cut out.
    parts = _kept().split(unicodedata.normalize("NFC", small))
    if len(parts) > 1:
        flat = "".join(p if turn % 2 else without_marks(p) for turn, p in enumerate(parts))
    return flat.translate(_APOSTROPHES).replace("ı", "i").replace("ł", "l")


class Hit(NamedTuple, Generic[T]):
    """A phrase found: tokens `first` to `last` (exclusive) and what the phrase stands for."""

    first: int
    last: int
    value: T


class _Node(Generic[T]):
    __slots__ = ("exact", "gap", "prefixes", "values")

    def __init__(self) -> None:
        self.exact: dict[str, _Node[T]] = {}
        self.prefixes: dict[str, _Node[T]] = {}
        self.gap: _Node[T] | None = None
        self.values: list[T] = []

    def follow(self, word: str) -> Iterator[_Node[T]]:
        if (node := self.exact.get(word)) is not None:
            yield node
        if self.prefixes:
            for size in range(_PREFIX_LEAST, min(len(word), _PREFIX_MOST) + 1):
                if (node := self.prefixes.get(word[:size])) is not None:
                    yield node


class Lexicon(Generic[T]):
    """Phrases and what each stands for.

    Args:
        phrases: pairs of a phrase in the notation above and its value.

    Raises:
        ValueError: an empty phrase, or a `*` after fewer than two letters.
    """

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        self._root: _Node[T] = _Node()
        self._plain = True  # whether no phrase has a gap or a beginning of a word
        self._begins: dict[str, bool] = {}
        for phrase, value in phrases:
            for ends in self._insert(phrase):
                if value not in ends.values:
                    ends.values.append(value)

    def __bool__(self) -> bool:
        return bool(self._root.exact or self._root.prefixes)

    def _can_begin(self, word: str) -> bool:
        """Whether a phrase can begin with a word; remembered, for most words can begin none."""
        if len(self._begins) > _MOST_REMEMBERED:
            self._begins.clear()
        can = self._root.gap is not None or any(True for _ in self._root.follow(word))
        self._begins[word] = can
        return can

    def opens(self, word: str) -> bool:
        """Whether a phrase can begin with a folded word."""
        can = self._begins.get(word)
        return self._can_begin(word) if can is None else can

    def _places(self, words: Sequence[str], first: int, stop: int) -> list[int]:
        """The tokens between two that a phrase can begin with."""
        root = self._root
        if root.gap is None and not root.prefixes:
            exact = root.exact
            return [place for place in range(first, stop) if words[place] in exact]
        begins, can_begin = self._begins, self._can_begin
        return [
            place
            for place in range(first, stop)
            if (begins[word] if (word := words[place]) in begins else can_begin(word))
        ]

    def _insert(self, phrase: str) -> list[_Node[T]]:
        nodes = [self._root]
        words = phrase.split()
        if not words:
            raise ValueError("an empty phrase")
        for word in words:
            if word == "~":
                self._plain = False
                following = []
                for node in nodes:
                    if node.gap is None:
                        node.gap = _Node()
                    following.append(node.gap)
                nodes = following
                continue
            optional = len(word) > 1 and word.endswith("?")
            following = []
            for alternative in (word[:-1] if optional else word).split("|"):
                following += [self._grow(node, alternative) for node in nodes]
            nodes = nodes + following if optional else following
        if self._root in nodes:
            raise ValueError(f"every word of {phrase!r} may be left out")
        return nodes

    def _grow(self, node: _Node[T], word: str) -> _Node[T]:
        wild = len(word) > 1 and word.endswith("*")
        parts = TOKEN.findall(fold(word[:-1] if wild else word))
        if not parts:
            raise ValueError(f"nothing to match in {word!r}")
        for part in parts[:-1] if wild else parts:
            node = node.exact.setdefault(part, _Node())
        if wild:
            if len(parts[-1]) < _PREFIX_LEAST:
                raise ValueError(f"{word!r}: a * needs two letters before it")
            self._plain = False
            node = node.prefixes.setdefault(parts[-1], _Node())
        return node

    def at(self, words: Sequence[str], first: int, stop: int | None = None) -> list[Hit[T]]:
        """All phrases that begin at token `first`, longest first."""
        stop = len(words) if stop is None else min(stop, len(words))
        if first < stop and not self.opens(words[first]):
            return []
        if self._plain:
            return self._straight(words, first, stop)
        found: dict[tuple[int, int], T] = {}
        order: list[Hit[T]] = []
        todo: list[tuple[_Node[T], int]] = [(self._root, first)]
        seen: set[tuple[int, int]] = set()
        while todo:
            node, place = todo.pop()
            if (id(node), place) in seen:
                continue
            seen.add((id(node), place))
            for value in node.values:
                key = (place, id(value))
                if key not in found:
                    found[key] = value
                    order.append(Hit(first, place, value))
            if node.gap is not None:
                ends = {min(place + skip, stop) for skip in range(_GAP + 1)}
                todo += [(node.gap, end) for end in sorted(ends)]
            if place < stop:
                todo += [(nxt, place + 1) for nxt in node.follow(words[place])]
        order.sort(key=lambda hit: -hit.last)
        return order

    def _straight(self, words: Sequence[str], first: int, stop: int) -> list[Hit[T]]:
        """As `at`, where each word leads to one place at the most: most lexicons are such."""
        node, place = self._root, first
        found: list[Hit[T]] = []
        while place < stop and (following := node.exact.get(words[place])) is not None:
            node, place = following, place + 1
            if node.values:
                found = [Hit(first, place, value) for value in node.values] + found
        return found

    def find(self, words: Sequence[str], first: int = 0, stop: int | None = None) -> list[Hit[T]]:
        """The leftmost longest phrases between two tokens, none overlapping another.

        Several values of one phrase give several hits at the same place.
        """
        stop = len(words) if stop is None else min(stop, len(words))
        hits: list[Hit[T]] = []
        done = first
        for place in self._places(words, first, stop):
            if place >= done and (here := self.at(words, place, stop)):
                longest = here[0].last
                hits += [hit for hit in here if hit.last == longest]
                done = max(longest, place + 1)
        return hits

    def find_all(
        self, words: Sequence[str], first: int = 0, stop: int | None = None
    ) -> list[Hit[T]]:
        """Every phrase between two tokens, overlapping ones included."""
        stop = len(words) if stop is None else min(stop, len(words))
        places = self._places(words, first, stop)
        return [hit for place in places for hit in self.at(words, place, stop)]
