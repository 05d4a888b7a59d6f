"""A spinner, a translator, a bad typist and a broken converter, made from data and a seed.

`XX.yaml` beside this file has texts of a language and what is put in the place of their words. The
lists are this program's own: they share none with the packs, so that what is measured is what
becomes of damage that nobody listed, too. Every change is remembered with what stood there.
"""

from __future__ import annotations

import functools
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import yaml

_HARMED = 0.5  # of the places that a rule can harm
_HARMLESS = 0.5
_TYPED_WRONG = 2  # words a text
_CONVERTED_WRONG = 2
_LONG = 7
_WORD = re.compile(r"[^\W\d_]+")
# Mojibake of this many bytes is what a reader of the code shows; other scripts have two a letter.
_CODES = {"ru": "cp1251", "uk": "cp1251", "el": "cp1253"}
_ALIKE_LATIN = str.maketrans("aceopxy", "асеорху")
_ALIKE_OTHER = str.maketrans("асеорху", "aceopxy")


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words, what is put in their place, and other readings that are right as well."""

    was: str
    becomes: tuple[str, ...]
    means: tuple[str, ...] = ()
    month: bool = False


class Material(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Texts of a language and how they are harmed."""

    texts: tuple[str, ...]
    damage: tuple[Rule, ...]
    harmless: dict[str, tuple[str, ...]] = {}


class Change(NamedTuple):
    """Characters `start` to `end` of the sound text, and what became of them.

    `kind` is `words`, `spelling`, `encoding`, or `harmless` for what nobody has to mend.
    """

    start: int
    end: int
    becomes: str
    kind: str
    means: tuple[str, ...] = ()


class Harm(NamedTuple):
    """A change as it stands in the harmed text, at characters `start` to `end`."""

    start: int
    end: int
    change: Change


class Harmed(NamedTuple):
    """A harmed text, the sound one, and the changes in the order of the text."""

    code: str
    sound: str
    text: str
    harms: tuple[Harm, ...]


@functools.cache
def material() -> dict[str, Material]:
    """By language: the texts and rules beside this file."""
    return {
        path.stem: msgspec.convert(yaml.safe_load(path.read_text("utf-8")), Material)
        for path in sorted(Path(__file__).parent.glob("*.yaml"))
    }


def _sites(text: str, rule: Rule) -> Iterator[tuple[int, int]]:
    """Where a rule's words stand; those of a month beside a day alone."""
    for match in re.finditer(rf"(?<!\w){re.escape(rule.was)}(?!\w)", text):
        after = re.match(r" \d{1,2}\b", text[match.end() :])
        before = re.search(r"\b\d{1,2}\.?(?: de)? $", text[: match.start()])
        if not rule.month or after or before:
            yield match.span()


def _by_rules(text: str, given: Material, rng: random.Random) -> Iterator[Change]:
    """Words replaced, each by the same ones throughout a text, as a spinner does."""
    for rule in given.damage:
        becomes = rng.choice(rule.becomes)
        for start, end in _sites(text, rule):
            if rng.random() < _HARMED:
                yield Change(start, end, becomes, "words", rule.means)
    for word, others in given.harmless.items():
        for start, end in _sites(text, Rule(was=word, becomes=())):
            if rng.random() < _HARMLESS:
                yield Change(start, end, rng.choice(others), "harmless")


def _mistyped(word: str, rng: random.Random) -> str:
    """A word with a slip of the fingers in it, not in its first or last letter."""
    at = rng.randrange(1, len(word) - 2)
    slip = rng.choice(("swap", "drop", "double", "wrong"))
    if slip == "swap":
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if slip == "drop":
        return word[:at] + word[at + 1 :]
    if slip == "double":
        return word[:at] + word[at] + word[at:]
    other = rng.choice([letter for letter in sorted(set(word.casefold())) if letter != word[at]])
    return word[:at] + other + word[at + 1 :]


def _misconverted(word: str, code: str, rng: random.Random) -> str:
    """A word after a wrong conversion: bytes, a lost letter, a hidden sign, a foreign letter."""
    ways = {
        "bytes": lambda: word.encode("utf-8").decode(_CODES.get(code, "cp1252"), errors="replace"),
        "lost": lambda: word[:2] + "\ufffd" + word[3:],
        "hidden": lambda: word[:3] + "\u00ad" + word[3:],
        "foreign": lambda: (
            word[:1] + word[1:].translate(_ALIKE_OTHER if code in {"ru", "uk"} else _ALIKE_LATIN)
        ),
    }
    if word.isascii():
        del ways["bytes"]
    if code == "el":
        del ways["foreign"]
    return ways[rng.choice(sorted(ways))]()


def _by_hand(text: str, code: str, taken: Sequence[Change], rng: random.Random) -> Iterator[Change]:
    """Typing errors and wrong conversions in long words that nothing else has harmed."""
    free = [
        match
        for match in _WORD.finditer(text)
        if len(match[0]) >= _LONG
        and not any(c.start < match.end() and match.start() < c.end for c in taken)
    ]
    chosen = rng.sample(free, min(len(free), _TYPED_WRONG + _CONVERTED_WRONG))
    for match in chosen[:_TYPED_WRONG]:
        yield Change(*match.span(), _mistyped(match[0], rng), "spelling")
    for match in chosen[_TYPED_WRONG:]:
        yield Change(*match.span(), _misconverted(match[0], code, rng), "encoding")


def harm(code: str, text: str, seed: int) -> Harmed:
    """A text harmed at random, the same way for the same seed.

    Args:
        code: the language of the text.
        text: the sound text.
        seed: of the choices.
    """
    rng = random.Random(f"{code} {seed} {text}")  # noqa: S311 - no secret
    changes: list[Change] = []
    for change in sorted(_by_rules(text, material()[code], rng), key=lambda c: c.start - c.end):
        if all(change.end <= c.start or c.end <= change.start for c in changes):
            changes.append(change)
    changes += _by_hand(text, code, changes, rng)
    parts, harms, done, place = [], [], 0, 0
    for change in sorted(changes):
        if change.becomes == text[change.start : change.end]:
            continue
        kept = text[done : change.start]
        place += len(kept)
        parts += [kept, change.becomes]
        harms.append(Harm(place, place + len(change.becomes), change))
        place += len(change.becomes)
        done = change.end
    return Harmed(code, text, "".join([*parts, text[done:]]), tuple(harms))
