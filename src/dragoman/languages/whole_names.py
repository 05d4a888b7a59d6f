"""Whether two whole names can be one actor's, by spelling alone, with the reasons.

The words of both are paired so that the pairs are as alike as can be; what is left over counts by
whether only one name has it (a second given name, a legal form) or both have (two persons of one
family, two bodies of one sort). Spelling alone decides little: `link.actors` weighs offices,
sides and company beside it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from dragoman.languages import FOLDER, UNIVERSAL, available, load, read_yaml
from dragoman.languages.romanise import consonantal, latin
from dragoman.languages.spelling import letter_likeness, sound_likeness
from dragoman.types import Value

Sort = Literal["person", "body"]

# A pair of words this much alike may be one word. Both measures are taken: a slip of the pen
# leaves the letters, a transliteration the sounds.
ALIKE = 0.68
# One word that both names have another of makes them another's, however alike the rest is.
_CLASH = 0.55
# What a word costs that only one of the names has, as a share of one that both have.
_SPARE: dict[Sort, float] = {"person": 0.2, "body": 0.6}
_DOUBT = 0.45
_INITIAL = 0.92  # an initial and a word that begins with it
_WORDS = re.compile(r"\d+|[^\W\d_]+(?:['’ʼ`´][^\W\d_]+)*")


class LegalFormsFile(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The form of `universal/legal_forms.yaml`."""

    phrases: tuple[str, ...]
    forms: tuple[str, ...]
    common: tuple[str, ...]


class Match(NamedTuple):
    """How alike two names are, from 0 to 1, and why."""

    score: float
    reasons: tuple[str, ...]


class _Pair(NamedTuple):
    likeness: float
    one: int
    other: int


@functools.cache
def _forms() -> tuple[frozenset[str], frozenset[str]]:
    file = read_yaml(FOLDER / UNIVERSAL / "legal_forms.yaml", LegalFormsFile)
    return frozenset(map(latin, file.forms)), frozenset(map(latin, file.common))


@functools.cache
def _phrases() -> re.Pattern[str]:
    file = read_yaml(FOLDER / UNIVERSAL / "legal_forms.yaml", LegalFormsFile)
    phrases = sorted(file.phrases, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b", re.IGNORECASE)


@functools.cache
def _particles() -> frozenset[str]:
    found: set[str] = set()
    for code in available():
        names = load(code).names
        found.update(latin(word) for word in (*names.particles, *names.honorifics))
    return frozenset(found)


@functools.lru_cache(maxsize=1 << 16)
def words_of(name: str, sort: Sort) -> tuple[str, ...]:
    """The words that a name is compared by: no particles, no legal forms."""
    text = name.replace(".", "") if sort == "body" else name.replace(".", " ")
    if sort == "body":
        text = _phrases().sub(" ", " ".join(_WORDS.findall(text.replace("&", " and "))))
    found = tuple(re.sub(r"['’ʼ`´]", "", word) for word in _WORDS.findall(text))
    idle = _particles() if sort == "person" else _forms()[0]
    return tuple(word for word in found if latin(word) not in idle) or found


def word_likeness(one: str, other: str) -> float:
    """From 0 to 1: how alike two words of names are; initials stand for any word."""
    first, second = latin(one), latin(other)
    if first == second:
        return 1.0
    if first.isdigit() or second.isdigit():
        return 0.0
    if min(len(first), len(second)) == 1:
        return _INITIAL if first[0] == second[0] else 0.0
    letters = letter_likeness(one, other)
    if consonantal(one) or consonantal(other):
        return sound_likeness(one, other)
    return max(letters, (letters + 2 * sound_likeness(one, other)) / 3)


def compare_names(one: str, other: str, sort: Sort) -> Match:
    """How alike two whole names are, whatever their script and the order of their words."""
    left, right = words_of(one, sort), words_of(other, sort)
    if "".join(map(latin, left)) == "".join(map(latin, right)):
        return Match(1.0, ("the same letters",))
    if sort == "body" and (short := _acronym(left, right) or _acronym(right, left)):
        return Match(0.85, (short,))
    pairs, left_over, right_over = _paired(left, right)
    return _judged(left, right, pairs, (left_over, right_over), sort)


def _acronym(short: Sequence[str], long: Sequence[str]) -> str | None:
    """Why the first name is an acronym of the other; None if it is not."""
    letters = "".join(latin(word)[:1] for word in long)
    if len(short) == 1 and len(short[0]) > 1 and short[0].isupper() and latin(short[0]) == letters:
        return f"{short[0]}: the first letters of {' '.join(long)}"
    return None


def _paired(left: Sequence[str], right: Sequence[str]) -> tuple[list[_Pair], list[int], list[int]]:
    """The most alike pairs of words, best first, and the words of each name that have none."""
    ranked = sorted(
        (
            _Pair(likeness, i, j)
            for i, a in enumerate(left)
            for j, b in enumerate(right)
            if (likeness := word_likeness(a, b)) >= ALIKE
        ),
        key=lambda pair: (-pair.likeness, abs(pair.one - pair.other), pair.one, pair.other),
    )
    pairs: list[_Pair] = []
    first, second = set(range(len(left))), set(range(len(right)))
    for pair in ranked:
        if pair.one in first and pair.other in second:
            pairs.append(pair)
            first.remove(pair.one)
            second.remove(pair.other)
    return pairs, sorted(first), sorted(second)


def _weight(word: str, sort: Sort) -> float:
    if sort == "body" and latin(word) in _forms()[1]:
        return 0.6
    return 0.5 if len(word) == 1 else 1.0


def _trust(likeness: float) -> float:
    """What a pair of words counts: the less alike, the more likely they are two words."""
    return max(0.0, (likeness - _DOUBT) / (1 - _DOUBT))


def _judged(
    left: Sequence[str],
    right: Sequence[str],
    pairs: Sequence[_Pair],
    over: tuple[list[int], list[int]],
    sort: Sort,
) -> Match:
    reasons = [f"{left[p.one]} / {right[p.other]}: {p.likeness:.2f}" for p in pairs]
    extra = [left[i] for i in over[0]], [right[j] for j in over[1]]
    alike = sum(_weight(left[p.one], sort) * _trust(p.likeness) for p in pairs)
    whole = sum(_weight(left[p.one], sort) for p in pairs)
    joined = ["".join(map(latin, words)) for words in extra]
    if all(joined) and (together := word_likeness(*joined)) >= ALIKE:
        reasons.append(f"{' '.join(extra[0])} / {' '.join(extra[1])} together: {together:.2f}")
        alike, whole, extra = alike + _trust(together), whole + 1, ([], [])
    clash = min(len(extra[0]), len(extra[1]))
    if clash:
        reasons.append(f"{' '.join(extra[0])} against {' '.join(extra[1])}")
    spare = max(extra, key=len)[clash:]
    if spare:
        reasons.append(f"only one has {' '.join(spare)}")
    cost = _SPARE[sort] * sum(_weight(word, sort) for word in spare)
    score = alike / (whole + cost) * _CLASH**clash if whole else 0.0
    return Match(score, tuple(reasons))
