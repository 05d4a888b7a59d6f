"""How alike two single names are when they were transliterated, translated or misheard.

Two measures, each from 0 to 1: of letters, for slips of the pen and of recognition, and of sounds
(`universal/sounds.yaml`), for the habits of languages and scripts and for what is misheard. A
skeleton keeps the consonants alone, in a few classes: what candidates are found by.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import Annotated, NamedTuple

from msgspec import Meta
from rapidfuzz.distance import OSA

from dragoman.languages import FOLDER, UNIVERSAL, read_yaml
from dragoman.languages.romanise import consonantal, latin
from dragoman.types import Value

_REPEATED = re.compile(r"(.)\1+")
_WORDS = re.compile(r"[^\W\d_]+")
_ENDINGS = re.compile(r"(?:iy|yy|yj|ii|ij|y)$")
_SOFT = "eiy"
_FRONT_VOWELS = frozenset("aeiou")
_SWAP = 0.7  # two neighbours exchanged


class Near(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Two sounds and what it costs to take one for the other."""

    sounds: Annotated[str, Meta(min_length=2, max_length=2)]
    cost: float


class SoundsFile(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The form of `universal/sounds.yaml`, whose comments tell the meaning of the fields."""

    spellings: dict[str, str]
    soft: dict[str, str]
    near: tuple[Near, ...]
    vowels: str
    vowel: float
    loose: dict[str, float]
    unwritten: dict[str, float]
    silent: dict[str, float]
    vocal: tuple[Near, ...]
    marked: dict[str, str]
    skeleton: dict[str, str]


class _Costs(NamedTuple):
    """What it costs to change a sound into another, and to lose one of either word."""

    change: dict[tuple[str, str], float]
    one: dict[str, float]
    other: dict[str, float]


class _Tables(NamedTuple):
    """The file compiled: spellings by one pattern, costs by pairs of sounds.

    `voiced` are the costs between a word with its vowels and one in a script of consonants.
    """

    spellings: dict[str, str]
    soft: dict[str, str]
    marked: dict[int, str]
    pattern: re.Pattern[str]
    usual: _Costs
    voiced: _Costs
    classes: dict[int, str | None]


@functools.cache
def _tables() -> _Tables:
    file = read_yaml(FOLDER / UNIVERSAL / "sounds.yaml", SoundsFile)
    soft = "|".join(sorted(map(re.escape, file.soft), key=lambda s: (-len(s), s)))
    hard = "|".join(sorted(map(re.escape, file.spellings), key=lambda s: (-len(s), s)))
    change = {(a, b): file.vowel for a in file.vowels for b in file.vowels if a != b}
    change |= _both_ways(file.near)
    classes: dict[int, str | None] = {
        ord(sound): to for to, sounds in file.skeleton.items() for sound in sounds
    }
    signs = set(
        "".join((*file.spellings.values(), *file.soft.values(), "abcdefghijklmnopqrstuvwxyz"))
    )
    classes |= {ord(sign): None for sign in signs if ord(sign) not in classes}
    return _Tables(
        spellings=file.spellings,
        soft=file.soft,
        pattern=re.compile(rf"(?P<soft>(?:{soft})(?=[{_SOFT}]))|(?P<hard>{hard})"),
        marked={ord(letter): spelt for letter, spelt in file.marked.items()},
        usual=_Costs(change, file.loose, file.loose),
        voiced=_Costs(change | _both_ways(file.vocal), file.unwritten, file.silent),
        classes=classes,
    )


def _both_ways(rows: Iterable[Near]) -> dict[tuple[str, str], float]:
    found: dict[tuple[str, str], float] = {}
    for row in rows:
        one, other = row.sounds[0], row.sounds[1]
        found[one, other] = found[other, one] = row.cost
    return found


@functools.lru_cache(maxsize=1 << 16)
def sounds(word: str) -> str:
    """The sounds of one word, a sign each, none twice in a row."""
    tables = _tables()

    def sound(match: re.Match[str]) -> str:
        soft = match["soft"]
        return tables.spellings[match[0]] if soft is None else tables.soft[soft]

    read = word.casefold() if word.isascii() else word.casefold().translate(tables.marked)
    return _REPEATED.sub(r"\1", tables.pattern.sub(sound, latin(read)))


@functools.lru_cache(maxsize=1 << 16)
def skeleton(name: str) -> str:
    """The consonant classes of a word or words; a vowel at the very beginning is kept as `a`."""
    out = []
    for word in _WORDS.findall(latin(name)):
        first = "a" if word[0] in _FRONT_VOWELS else ""
        out.append(first + _REPEATED.sub(r"\1", sounds(word).translate(_tables().classes)))
    return " ".join(out)


@functools.lru_cache(maxsize=1 << 16)
def plain(name: str) -> str:
    """The folded Latin word with the commonest transliterations of its ending made one."""
    flat = _ENDINGS.sub("i", latin(name))
    for group, letter in (
        ("ij", "i"),
        ("iy", "i"),
        ("w", "v"),
        ("kh", "h"),
        ("y", "i"),
        ("j", "i"),
    ):
        flat = flat.replace(group, letter)
    return _REPEATED.sub(r"\1", flat)


def _weight(word: str, loose: dict[str, float]) -> float:
    return sum(loose.get(sound, 1.0) for sound in word)


@functools.lru_cache(maxsize=1 << 16)
def sound_likeness(one: str, other: str) -> float:
    """From 0 to 1: how alike two words sound (a weighted edit distance over sounds).

    Where one is written in a script of consonants, vowels of the other cost next to nothing.
    """
    costs = _tables().usual
    if consonantal(one) != consonantal(other):
        costs = _tables().voiced
        if consonantal(one):
            one, other = other, one
    first, second = sounds(one), sounds(other)
    if first == second:
        return 1.0
    most = max(_weight(first, costs.one), _weight(second, costs.other), 1.0)
    return max(0.0, 1.0 - _distance(first, second, costs) / most)


def _distance(one: str, other: str, costs: _Costs) -> float:
    change = costs.change
    added = [costs.other.get(sign, 1.0) for sign in other]
    before: list[float] = []
    row = [0.0]
    for cost in added:
        row.append(row[-1] + cost)
    last = ""
    for sign in one:
        gone = costs.one.get(sign, 1.0)
        new = [row[0] + gone]
        previous = ""
        for place, target in enumerate(other):
            cost = row[place] + (0.0 if sign == target else change.get((sign, target), 1.0))
            cost = min(cost, row[place + 1] + gone, new[place] + added[place])
            if before and sign == previous and last == target and sign != last:
                cost = min(cost, before[place - 1] + _SWAP)
            new.append(cost)
            previous = target
        before, row, last = row, new, sign
    return row[-1]


@functools.lru_cache(maxsize=1 << 16)
def letter_likeness(one: str, other: str) -> float:
    """From 0 to 1: the share of letters left as they are, neighbours exchanged counting once."""
    return OSA.normalized_similarity(plain(one), plain(other))


def likeness(one: str, other: str) -> float:
    """From 0 to 1: how alike two single names are, by letters or by sounds."""
    return max(letter_likeness(one, other), sound_likeness(one, other))
