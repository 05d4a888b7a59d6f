"""Which statements of different reports tell one utterance, in one language or in several.

In one language the words have to be alike; across languages what outlives a translation: known
actors, numbers, and the notions of the packs' `concepts`, rare ones weighing more. Other numbers,
another polarity or other days of news make another utterance, however alike the words.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz import fuzz

from dragoman.languages import load
from dragoman.languages.lexicon import TOKEN, Lexicon, fold
from dragoman.link.context import Context
from dragoman.link.statements import LinkedStatement
from dragoman.link.tellings import apart, news
from dragoman.types import Interval, Reason

_LEAST_WORDS = 6
_WORD = re.compile(r"\w+")
# ---- candidates
_LETTERS, _STEM = 4, 6
_CROWD = 24  # statements that share a key; beyond it each meets only its neighbours and the first
_MOST_MET = 75  # others that one statement is held against
# ---- one language
_ALIKE = 72.0  # of 100, by rapidfuzz's token_set_ratio
_LENGTHS = 1 / 3
# ---- two languages
_LENGTHS_ACROSS = 0.6
_LEAST_MARKS = 3
_SHARED = 0.5  # of the weight of the marks of both
_FEW_SHARED = 0.8  # where there are fewer than `_LEAST_MARKS`
_STANCE = "stance "
_NUMBER = "number "

Pair = tuple[int, int]


@dataclass(frozen=True)
class _Said:
    """A statement made ready to be compared."""

    linked: LinkedStatement
    text: str
    language: str | None
    numbers: frozenset[str]
    negations: int
    marks: frozenset[str]
    window: Interval | None

    @property
    def report(self) -> str:
        """The report that tells it."""
        return self.linked.item.report

    @property
    def direct(self) -> bool:
        """Whether the very words are told."""
        return self.linked.entry.mode == "direct"


class _Likeness(NamedTuple):
    """How alike two statements are (0 to 1), and why."""

    score: float
    why: str


def same_statements(
    linked: Sequence[LinkedStatement], context: Context
) -> list[tuple[list[LinkedStatement], Reason]]:
    """Groups of statements of different reports, by one speaker, that tell one utterance."""
    by_speaker: dict[str, list[_Said]] = defaultdict(list)
    for one in sorted(linked, key=lambda one: one.item.sort_key()):
        if one.speaker is not None and len(_WORD.findall(one.entry.content)) >= _LEAST_WORDS:
            by_speaker[one.speaker.id].append(_said(one, context))
    groups: list[tuple[list[LinkedStatement], Reason]] = []
    for _, said in sorted(by_speaker.items()):
        if len({one.linked.item.report for one in said}) > 1:
            groups += _groups(said)
    return groups


def _said(one: LinkedStatement, context: Context) -> _Said:
    annotation = one.item.annotation
    words = TOKEN.findall(fold(one.entry.content))
    return _Said(
        linked=one,
        text=" ".join(words),
        language=annotation.language,
        numbers=frozenset(word for word in words if word[0].isdigit()),
        negations=len(_negations(annotation.language).find(words)),
        marks=frozenset(one.item.claim.marks),
        window=news(annotation, context),
    )


@functools.cache
def _negations(language: str | None) -> Lexicon[bool]:
    return Lexicon((phrase, True) for phrase in load(language).grammar.negations)


# ---------------------------------------------------------------- groups


def _groups(said: Sequence[_Said]) -> Iterator[tuple[list[LinkedStatement], Reason]]:
    """Statements of one speaker, the most alike joined first, one of a report in each group."""
    weight = _weights(said)
    alike: dict[Pair, _Likeness] = {}
    for pair in _candidates(said):
        likeness = _alike(said[pair[0]], said[pair[1]], weight)
        if likeness is not None:
            alike[pair] = likeness
    root = list(range(len(said)))
    members: dict[int, list[int]] = {index: [index] for index in root}
    reports = {index: {one.linked.item.report} for index, one in enumerate(said)}
    why: dict[int, _Likeness] = {}
    for (one, other), likeness in sorted(alike.items(), key=lambda item: (-item[1].score, item[0])):
        first, second = sorted((root[one], root[other]))
        if first == second or reports[first] & reports[second]:
            continue
        for index in members[second]:
            root[index] = first
        members[first] += members.pop(second)
        reports[first] |= reports.pop(second)
        # Joined last, it is the least alike: what the whole group rests on.
        why[first] = likeness
    for first, group in sorted(members.items()):
        if len(group) > 1:
            yield (
                [said[index].linked for index in sorted(group)],
                Reason(rule="same statement", why=why[first].why),
            )


def _candidates(said: Sequence[_Said]) -> set[Pair]:
    """Pairs that share stems in one language, or marks across languages.

    Each statement is held against those that it shares its rarest keys with, up to `_MOST_MET`:
    keys that many statements of a speaker have say little of which utterance it is.
    """
    keys = [_keys(one) for one in said]
    index: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, found in enumerate(keys):
        for key in found:
            index[key].append(place)
    pairs: set[Pair] = set()
    for place, found in enumerate(keys):
        met = 0
        for key in sorted(found, key=lambda key: (len(index[key]), key)):
            members = index[key]
            if len(members) == 1:
                continue
            if met > _MOST_MET:
                break
            at = bisect.bisect_left(members, place)
            before = members[max(0, at - _CROWD) : at]
            after = members[at + 1 : at + 1 + _CROWD]
            pairs.update([(other, place) for other in before])
            pairs.update([(place, other) for other in after])
            if at:
                pairs.add((members[0], place))
            met += len(before) + len(after)
    return pairs


def _keys(one: _Said) -> set[tuple[str, ...]]:
    """What a statement is found by: three words in a row of its language, and pairs of marks."""
    stems = [
        word[:_STEM] for word in one.text.split() if len(word) >= _LETTERS or word[0].isdigit()
    ]
    found: set[tuple[str, ...]] = {(one.language or "", *pair) for pair in pairwise(stems)}
    marks = sorted(mark for mark in one.marks if not mark.startswith(_STANCE))
    found.update((first, second) for first, second in pairwise(marks))
    return found


# ---------------------------------------------------------------- likeness


def _weights(said: Iterable[_Said]) -> dict[str, float]:
    """Marks that a speaker uses in many statements weigh less."""
    met = Counter(mark for one in said for mark in one.marks)
    return {mark: float(count**-0.5) for mark, count in met.items()}


def _alike(one: _Said, other: _Said, weight: dict[str, float]) -> _Likeness | None:
    if one.report == other.report or apart(one.window, other.window):
        return None
    if one.language == other.language:
        return _alike_in_words(one, other)
    return _alike_in_marks(one, other, weight)


def _alike_in_words(one: _Said, other: _Said) -> _Likeness | None:
    first, second = len(one.text), len(other.text)
    if min(first, second) < max(first, second) * _LENGTHS:
        return None
    if one.numbers - other.numbers and other.numbers - one.numbers:
        return None
    if (one.negations > 0) != (other.negations > 0):
        return None
    score = fuzz.token_set_ratio(one.text, other.text, score_cutoff=_ALIKE)
    return _Likeness(score / 100, f"{score:.0f} of 100 of the words alike") if score else None


def _alike_in_marks(one: _Said, other: _Said, weight: dict[str, float]) -> _Likeness | None:
    first, second = len(one.text), len(other.text)
    if min(first, second) < max(first, second) * _LENGTHS_ACROSS or one.direct != other.direct:
        return None
    if _differ(one.marks, other.marks, _NUMBER) or _differ(one.marks, other.marks, _STANCE):
        return None
    shared = one.marks & other.marks
    total = sum(weight[mark] for mark in one.marks) + sum(weight[mark] for mark in other.marks)
    if len(shared) < 2 or not total:
        return None
    score = 2 * sum(weight[mark] for mark in shared) / total
    if score < (_SHARED if len(shared) >= _LEAST_MARKS else _FEW_SHARED):
        return None
    return _Likeness(score, f"one speaker, {len(shared)} shared marks: {', '.join(sorted(shared))}")


def _differ(one: frozenset[str], other: frozenset[str], sort: str) -> bool:
    """Whether both have marks of a sort, and each some that the other lacks."""
    mine = {mark for mark in one if mark.startswith(sort)}
    theirs = {mark for mark in other if mark.startswith(sort)}
    return bool(mine - theirs and theirs - mine)
