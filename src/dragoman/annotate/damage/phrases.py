"""Set phrases that were spun or translated word by word: "prisoners of battle"."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from dragoman.annotate.damage.found import FoundRepair, Under, any_of, cased
from dragoman.languages import load
from dragoman.languages.damage import FixedPhrase
from dragoman.languages.lexicon import Lexicon
from dragoman.types import Reason

_NEAR = 5
_BEFORE = 4


@functools.cache
def _fixed(code: str | None) -> Lexicon[FixedPhrase]:
    return Lexicon(
        (garbled, phrase) for phrase in load(code).damage.phrases for garbled in phrase.garbled
    )


def _witness_of(under: Under, phrase: FixedPhrase, first: int, last: int) -> str | None:
    """The words that speak for a set phrase: one of each list that it has; None if one lacks."""
    folded = under.folded
    found = []
    if phrase.before:
        hits = any_of(phrase.before).find_all(folded, max(0, first - _BEFORE), first)
        found.append([hit for hit in hits if hit.last == first])
    if phrase.near:
        found.append(any_of(phrase.near).find_all(folded, last, min(len(folded), last + _NEAR)))
    if phrase.witness:
        hits = any_of(phrase.witness).find_all(folded)
        found.append([hit for hit in hits if hit.last <= first or hit.first >= last])
    if not found or not all(found):
        return None
    return ", ".join(under.shown(hits[0].first, hits[0].last) for hits in found)


def spun_phrases(under: Under) -> Iterator[FoundRepair]:
    """The damaged set phrases of a text."""
    for hit in _fixed(under.code).find(under.folded):
        phrase, garbled = hit.value, under.shown(hit.first, hit.last)
        witness = _witness_of(under, phrase, hit.first, hit.last)
        if witness is None and hit.last == hit.first + 1:
            continue  # one word alone is that word
        yield FoundRepair(
            under.words[hit.first].start,
            under.words[hit.last - 1].end,
            cased(phrase.restored, garbled),
            phrase.kind,
            Reason(
                rule="damage.set_phrase",
                why=f"set phrase; the text also says {witness!r}"
                if witness
                else "it looks like a set phrase, but nothing in the text speaks for it",
            ),
            grounding="exact" if witness else "partial",
        )
