"""What stands beside an office: a person, a state, an owner, or a word that makes it another."""

from __future__ import annotations

import contextlib
import functools
import re
from typing import NamedTuple

import babel

from dragoman.annotate.damage.found import Under, listed
from dragoman.languages import load
from dragoman.languages.lexicon import fold
from dragoman.languages.words import CAPITALS, Word, words

_APPOSITION = re.compile(rf"\s*\(([{CAPITALS}]{{2,6}})\)")
_STATE_LETTERS = 4
_WITH_POSSESSIVE = 3


class Beside(NamedTuple):
    """What speaks for an office, in words, or whether it is another office."""

    witness: str | None = None
    other: bool = False


@functools.cache
def states(code: str | None) -> frozenset[str]:
    """The words by which a language names states and their peoples, folded."""
    names = load(code).names
    phrases = [
        phrase
        for table in (names.demonyms, names.states)
        for forms in table.values()
        for phrase in forms
    ]
    found = {fold(word) for phrase in phrases if " " not in phrase for word in phrase.split("|")}
    with contextlib.suppress(babel.UnknownLocaleError, ValueError):  # CLDR does not know it
        territories = babel.Locale.parse(code or "und").territories.items()
        found |= {fold(name) for key, name in territories if len(key) == 2 and name.isalpha()}
    return frozenset(found)


@functools.cache
def _possessive_ends(code: str | None) -> frozenset[str]:
    return frozenset(words(fold(mark))[-1].fold for mark in load(code).names.possessive)


def is_state(word: Word, code: str | None) -> bool:
    """Whether a word with a capital names a state or a people ("Omani" begins with a state)."""
    if not word.capital:
        return False
    least = min(len(word.fold), _STATE_LETTERS)
    return any(word.fold[:size] in states(code) for size in range(least, len(word.fold) + 1))


def made_from_a_name(word: Word, names: frozenset[str]) -> bool:
    """Whether a text has a name that this word is made from ("Arvenian", where it has "Arvenia").

    So that states that no list has, and peoples and regions, count as well.
    """
    return word.capital and any(
        word.fold != name and len(name) <= len(word.fold) and word.fold.startswith(name[:-1])
        for name in names
    )


def foreign_before(under: Under, first: int) -> bool:
    """Whether a name that is no state and no acronym stands directly before a word."""
    if not first:
        return False
    before = under.words[first - 1]
    return (
        before.capital
        and before.letters
        and (first - 1) not in under.openers
        and not is_state(before, under.code)
        and not before.text.isupper()
    )


def _before(under: Under, first: int) -> Beside:
    found, code = under.words, under.code
    before = found[first - 1] if first else None
    if before is None or not under.text[before.end : found[first].start].isspace():
        return Beside()  # nothing, or a hyphen or a line break, stands between
    if before.fold in listed(code, "modifiers"):
        return Beside(other=True)
    if before.text == "." and first > 1 and found[first - 2].text.isupper():
        return Beside(f"{found[first - 2].text}. before it")
    if is_state(before, code) or made_from_a_name(before, under.names):
        return Beside(f"{before.text} before it")
    if before.capital and (first - 1) not in under.openers:
        # "Consumer Protection Minister" is no defence minister; "US Protection ..." may be.
        acronym = before.text.isupper()
        return Beside(f"{before.text} before it") if acronym else Beside(other=True)
    # "Ukraine's": the name, a mark, and a letter that the tokens part.
    if before.fold in _possessive_ends(code) and first >= _WITH_POSSESSIVE:
        owner = found[first - _WITH_POSSESSIVE]
        if owner.capital:
            return Beside(f"the owner {owner.text} before it")
    return Beside()


def _gives_its_name(word: Word, names: frozenset[str]) -> bool:
    """Whether another word of the text is made from a name ("Arvenia", where it has "Arvenian")."""
    return word.fold in names and any(
        name != word.fold and len(name) >= len(word.fold) and name.startswith(word.fold[:-1])
        for name in names
    )


def _after(under: Under, last: int) -> str | None:
    found = under.words
    if acronym := _APPOSITION.match(under.text, found[last - 1].end):
        return f"({acronym[1]}) after it"
    if last >= len(found):
        return None
    after = found[last]
    if after.capital and under.adjoin(last):
        return f"the name {after.text} after it"
    if last + 1 >= len(found):
        return None
    beyond = found[last + 1]
    if len(after.text) <= 3 and after.letters:
        state = is_state(beyond, under.code) or _gives_its_name(beyond, under.names)
        return f"{beyond.text} after it" if state else None
    # ", Oto Marr": two words with a capital after a comma are a person.
    if after.text == "," and beyond.capital and under.adjoin(last + 2):
        return f"the name {beyond.text} after it" if found[last + 2].capital else None
    return None


def beside(under: Under, first: int, last: int) -> Beside:
    """What stands beside the words `first` to `last` (exclusive) that may be an office."""
    before = _before(under, first)
    if before.other or before.witness:
        return before
    return Beside(_after(under, last))
