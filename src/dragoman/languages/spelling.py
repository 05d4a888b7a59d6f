"""How alike two names are when they were transliterated, translated or misheard.

A skeleton keeps the consonants of a name in a few classes that transliterations mix up; a
signature keeps the vowels too. Both are the same for `Zelensky`, `Zelenskiy` and `Selenskyj`.
"""

from __future__ import annotations

import functools
import re

from rapidfuzz.distance import Levenshtein

from dragoman.languages.lexicon import fold

# Longer groups first: each becomes one consonant class.
_GROUPS = (
    ("tsch", "s"), ("shch", "s"), ("schtsch", "s"), ("sch", "s"), ("dsch", "s"), ("dzh", "s"),
    ("tch", "s"), ("kh", "k"), ("zh", "s"), ("sh", "s"), ("ch", "s"), ("gh", "k"), ("ph", "f"),
    ("th", "t"), ("ts", "s"), ("tz", "s"), ("dj", "s"), ("ck", "k"), ("qu", "k"), ("ks", "x"),
    ("ll", "l"), ("rr", "r"),
)  # fmt: skip
_CLASSES = str.maketrans(
    {
        "b": "p", "d": "t", "g": "k", "q": "k", "c": "k", "v": "f", "w": "f", "z": "s", "j": "",
        "h": "", "y": "", "a": "", "e": "", "i": "", "o": "", "u": "", "x": "ks", "ß": "s",
    }
)  # fmt: skip
_SOFT_C = re.compile(r"c(?=[eiy])")
_REPEATED = re.compile(r"(.)\1+")
_VOWELS = frozenset("aeiouy")
_ENDINGS = re.compile(r"(?:iy|yy|yj|ii|ij|y)$")


@functools.lru_cache(maxsize=1 << 15)
def skeleton(name: str) -> str:
    """The consonant classes of a word or words; a vowel at the very beginning is kept as `a`."""
    out = []
    for word in re.findall(r"[^\W\d_]+", fold(name)):
        first = "a" if word[0] in _VOWELS and word[:1] != "y" else ""
        flat = _SOFT_C.sub("s", word)
        for group, letter in _GROUPS:
            flat = flat.replace(group, letter)
        out.append(first + _REPEATED.sub(r"\1", flat.translate(_CLASSES)))
    return " ".join(out)


@functools.lru_cache(maxsize=1 << 15)
def plain(name: str) -> str:
    """The folded word with the commonest transliterations of its ending and letters made one."""
    flat = _ENDINGS.sub("i", fold(name))
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


@functools.lru_cache(maxsize=1 << 15)
def likeness(one: str, other: str) -> float:
    """From 0 to 1: how alike two single names are, the better of spelling and skeleton.

    Skeletons of fewer than three consonants prove little, so they count for less.
    """
    first, second = plain(one), plain(other)
    spelling = Levenshtein.normalized_similarity(first, second)
    bones, others = skeleton(one), skeleton(other)
    if not bones or not others:
        return spelling
    sound = Levenshtein.normalized_similarity(bones, others)
    trust = 1.0 if min(len(bones), len(others)) >= 3 else 0.7
    return max(spelling, (spelling + sound * trust) / 2)
