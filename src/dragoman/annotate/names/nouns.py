"""Armies and capitals told by a noun: `the Malian army`, `the Ethiopian capital`.

A state's army is a party of its own where it stands beside a body of no state, as in a civil war
(`between the Malian army and the Azawad Front`); elsewhere it is the state. The capital of a state
is a place that can be looked up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dragoman.annotate.names.chunks import Chunk
from dragoman.annotate.names.draft import Draft, Sheet
from dragoman.languages.gazetteer import canonical_name, capital_of
from dragoman.languages.lexicon import Lexicon

_BESIDE = 6


class _Noun(NamedTuple):
    """A noun with the state whose it is: tokens `first` to `last`, both included in the span."""

    state: Draft
    first: int
    last: int


def find_capitals(sheet: Sheet) -> None:
    """Add the places that `the Ethiopian capital` means; a name right behind it says it itself."""
    for chunks in sheet.report:
        for noun in _nouns(sheet, chunks, sheet.scene.gazetteer.capitals):
            key = capital_of(noun.state.key) if noun.state.key else None
            named = any(chunk.first in {noun.last, noun.last + 1} for chunk in chunks)
            if key is None or named:
                continue
            name = canonical_name(key) or key
            draft = sheet.draft(key, name, "place", key)
            draft.why("capital", f"{name} is the capital of {noun.state.name}")
            draft.add(noun.first, noun.last, "role")


def find_armies(sheet: Sheet) -> None:
    """Make the armies that stand beside a body of no state parties of their own."""
    found = [
        (chunks, noun)
        for chunks in sheet.report
        for noun in _nouns(sheet, chunks, sheet.scene.gazetteer.armies)
    ]
    parties = {noun.state.name for chunks, noun in found if _opposed(sheet, chunks, noun)}
    for _, noun in found:
        if noun.state.name not in parties:
            continue
        name = f"army of {noun.state.name}"
        draft = sheet.draft(
            f"organization:{name}", sheet.text(noun.first, noun.last), "organization", None
        )
        draft.side = draft.side or noun.state
        draft.why(
            "army", f"told beside a body of no state: a party of its own, of {noun.state.name}"
        )
        draft.add(noun.first, noun.last)


def _nouns(sheet: Sheet, chunks: Sequence[Chunk], nouns: Lexicon[bool]) -> Iterator[_Noun]:
    """The nouns of a lexicon right beside the adjective of a state, where the language puts it."""
    words = sheet.document.words
    follow = sheet.scene.gazetteer.names.adjectives_follow
    for chunk in chunks:
        state = sheet.by_chunk.get(id(chunk))
        if state is None or state.type != "state" or not chunk.demonym:
            continue
        for hit in nouns.find(words, max(0, chunk.first - 2), chunk.last + 2):
            if follow and hit.last == chunk.first:
                yield _Noun(state, hit.first, chunk.last)
            elif not follow and hit.first == chunk.last:
                yield _Noun(state, chunk.first, hit.last)


def _opposed(sheet: Sheet, chunks: Sequence[Chunk], noun: _Noun) -> bool:
    """Whether a body of no state stands beside an army, joined to it."""
    joints = set(sheet.document.pack.grammar.conjunctions) | {
        word for phrase in sheet.document.pack.events.with_ for word in phrase.split()
    }
    for chunk in chunks:
        draft = sheet.by_chunk.get(id(chunk))
        if draft is None or draft.type != "organization" or draft.side is not None:
            continue
        low, high = min(noun.last, chunk.last), max(noun.first, chunk.first)
        if 0 < high - low <= _BESIDE and joints & set(sheet.scene.gap(low, high)):
            return True
    return False
