"""Words that are one with their office, with a beginning that does not belong: "Schutzminister".

A pack lists the heads and the beginnings that rightly stand before them. Another word of the
language there is damage; it is repaired if it is a known substitute of one that belongs and the
office has somebody beside it, and only marked otherwise.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import NamedTuple

from dragoman.annotate.damage.beside import beside
from dragoman.annotate.damage.found import FoundRepair, Under, as_listed, cased, substitutes
from dragoman.languages import load
from dragoman.languages.damage import Compound
from dragoman.languages.lexicon import fold
from dragoman.languages.wordlist import word_list
from dragoman.types import Reason

_LEAST = 3  # letters of a beginning


class _Heads(NamedTuple):
    compound: Compound
    heads: tuple[str, ...]
    fitting: tuple[str, ...]


@functools.cache
def _heads(code: str | None) -> tuple[_Heads, ...]:
    return tuple(
        _Heads(
            compound,
            tuple(sorted(map(fold, compound.heads), key=len, reverse=True)),
            tuple(map(fold, compound.fitting)),
        )
        for compound in load(code).damage.compounds
    )


def _is_word(code: str | None, text: str) -> bool:
    """Whether letters are a word of the language, without the s that joins it to the next."""
    known = word_list(code)
    return any(
        form in known
        for form in (text, text.removesuffix("s"), text.removesuffix("n"), text + "e", text + "en")
        if len(form) >= _LEAST
    )


def _restored(code: str | None, folded: str) -> str | None:
    """The right word, if this one is a known substitute of just one."""
    fits = [word for word, others in substitutes(code).items() if folded in map(fold, others)]
    return fits[0] if len(fits) == 1 else None


def odd_compounds(under: Under) -> Iterator[FoundRepair]:
    """The compounds of a text whose beginning does not belong before their head."""
    for place, word in enumerate(under.words):
        for heads in _heads(under.code):
            head = next((h for h in heads.heads if word.fold.endswith(h)), "")
            beginning = word.fold[: len(word.fold) - len(head)]
            if not head or len(beginning) < _LEAST or not word.capital or word.text.isupper():
                continue
            size = len(word.text) - len(head)
            if beginning.startswith(heads.fitting) or word.text.casefold() in word_list(under.code):
                continue
            if not _is_word(under.code, word.text[:size].casefold()) or not under.joined(place):
                continue
            right = _restored(under.code, word.fold)
            restored = "" if right is None else cased(as_listed(under.code, right), word.text)
            near = beside(under, place, place + 1)
            firm = right is not None and near.witness is not None and not near.other
            why = f"{word.text[:size]} does not belong before {word.text[size:]}"
            yield FoundRepair(
                word.start,
                word.end,
                restored,
                heads.compound.kind,
                Reason(rule="damage.compound", why=f"{why}; {near.witness}" if firm else why),
                "exact" if firm else "none" if right is None else "partial",
            )
