"""News agencies whose names were translated: "agência de treinamento francês (AFP)"."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from rapidfuzz.distance import OSA

from dragoman.annotate.damage.beside import states
from dragoman.annotate.damage.found import FoundRepair, Under, listed
from dragoman.languages import load
from dragoman.languages.lexicon import fold
from dragoman.languages.outlets import outlets
from dragoman.types import Reason

_BACK = 6
_MIXED = re.compile("[a-z][Ͱ-ӿ]|[Ͱ-ӿ][a-z]")
_HIDDEN = frozenset("\xad\u200b\ufffd")  # a word that one of them cuts is no odd word


@functools.cache
def _agencies() -> dict[str, str]:
    """Acronyms in capitals and the agencies that they stand for."""
    return {
        form: outlet.name
        for outlet in outlets()
        if outlet.kind == "agency"
        for form in (outlet.name, *outlet.forms)
        if form.isupper()
    }


@functools.cache
def _articles(code: str | None) -> frozenset[str]:
    return frozenset(fold(word) for word in load(code).grammar.articles)


def _begins_at(under: Under, bracket: int) -> int | None:
    """Where the words for an agency begin that stand before a bracket; None if there are none."""
    nouns, articles = listed(under.code, "agency_nouns"), _articles(under.code)
    folded, least = under.folded, max(0, bracket - _BACK)
    noun = next((index for index in range(least, bracket) if folded[index] in nouns), None)
    if noun is None or not under.pack.damage.noun_last:
        return noun
    first = noun
    while first > least and folded[first - 1] not in articles:
        first -= 1
    return noun if first == least and folded[first - 1] not in articles else first


def _fits(word: str, fitting: frozenset[str], code: str | None) -> bool:
    """Whether a word goes with an agency, or would if nothing were wrong with its letters."""
    if word in fitting or word in states(code) or _MIXED.search(word):
        return True
    return any(OSA.distance(word, other, score_cutoff=1) <= 1 for other in fitting)


def translated_agencies(under: Under) -> Iterator[FoundRepair]:
    """The agencies of a text that an acronym in brackets tells from the words before it."""
    if not under.pack.damage.agency_nouns or "(" not in under.text:
        return
    found, folded = under.words, under.folded
    fitting = listed(under.code, "agency_words") | listed(under.code, "agency_nouns")
    for place in range(2, len(found) - 1):
        name = _agencies().get(found[place].text)
        if name is None or found[place - 1].text != "(" or found[place + 1].text != ")":
            continue
        first = _begins_at(under, place - 1)
        if first is None or "\n" in under.text[found[first].start : found[place].start]:
            continue
        odd = [
            found[at].text
            for at in range(first, place - 1)
            if found[at].letters
            and folded[at] not in name.casefold()
            and not _fits(folded[at], fitting, under.code)
        ]
        if odd and not any(under.text[w.end] in _HIDDEN for w in found[first : place - 1]):
            why = (
                f"the acronym {found[place].text} beside it is that of {name}; "
                f"{', '.join(odd)} fits no agency"
            )
            yield FoundRepair(
                found[first].start,
                found[place - 2].end,
                name,
                "translation",
                Reason(rule="damage.translated_agency", why=why),
            )
