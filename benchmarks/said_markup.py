"""Sentences marked with who says what, and how found statements are matched with the marks.

`[1 ...]` is content, `{1 ...}` its speaker, `{1=Ann Holt|she}` a word that stands for a name told
elsewhere; what has one number is one statement. Marks may stand inside one another. The
definitions are those of the scorer of PolNeAR: contents are compared as sets of letters and
digits, one to one, the best overlap first, and match from an intersection over union of a half.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

MATCH = 0.5
_MARK = re.compile(r"[\[{](\d)(?:=([^|{}\[\]]+)\||\s)|[\]}]")


@dataclass
class Told:
    """A statement as sets of characters: its content and its speaker's words, and a name."""

    content: set[int] = field(default_factory=set)
    speaker: set[int] = field(default_factory=set)
    name: str | None = None


@dataclass(frozen=True)
class Marked:
    """A sentence without its marks, and its statements."""

    text: str
    told: tuple[Told, ...]


def read(marked: str) -> Marked:
    """The text and the statements of a marked sentence.

    Raises:
        ValueError: a mark is not closed, closes nothing, or a statement has no content.
    """
    text = ""
    told: dict[str, Told] = defaultdict(Told)
    opened: list[tuple[str, str, int]] = []
    done = 0
    for match in _MARK.finditer(marked):
        text += marked[done : match.start()]
        done = match.end()
        if match[1]:
            if match[2]:
                told[match[1]].name = match[2]
            opened.append((match[0][0], match[1], len(text)))
            continue
        sign, number, start = opened.pop() if opened else ("", "", 0)
        if sign + match[0] not in {"[]", "{}"}:
            raise ValueError(f"marks cross: {marked}")
        side = told[number].content if sign == "[" else told[number].speaker
        side |= {place for place in range(start, len(text)) if text[place].isalnum()}
    text += marked[done:]
    if opened or not all(one.content for one in told.values()):
        raise ValueError(f"a mark is not closed, or a statement has no content: {marked}")
    return Marked(text, tuple(told[number] for number in sorted(told)))


def pairs(gold: Sequence[Told], found: Sequence[Told]) -> Iterator[tuple[int, int]]:
    """Indexes of gold and found statements that match, one to one, the best overlap first."""
    scored = sorted(
        (-_overlap(one.content, other.content), i, j)
        for i, one in enumerate(gold)
        for j, other in enumerate(found)
        if one.content & other.content
    )
    left: set[int] = set()
    right: set[int] = set()
    for value, i, j in scored:
        if -value >= MATCH and i not in left and j not in right:
            left.add(i)
            right.add(j)
            yield i, j


def same_speaker(gold: Told, found: Told) -> bool:
    """Whether the speaker is right: by name where the gold has one, else by half of the words."""
    if gold.name is not None:
        named = set(re.findall(r"\w+", (found.name or "").casefold()))
        return bool(named & set(re.findall(r"\w+", gold.name.casefold())))
    shorter = min(len(gold.speaker), len(found.speaker))
    return bool(found.speaker) and 2 * len(gold.speaker & found.speaker) >= shorter


def _overlap(one: set[int], other: set[int]) -> float:
    return len(one & other) / len(one | other)
