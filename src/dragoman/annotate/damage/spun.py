"""Names, outlets and offices whose words were replaced one by one by synonyms.

Spun forms are not listed one by one: the packs give words of names and their substitutes, and
every known name is spun with them. A name that is in a list is its own witness; an office needs a
person, a state, an owner or an acronym beside it.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator
from typing import Literal, NamedTuple

from dragoman.annotate.damage.beside import beside, foreign_before
from dragoman.annotate.damage.found import FoundRepair, Under, cased, phrases_of, substitutes
from dragoman.languages import load
from dragoman.languages.damage import DamageFile
from dragoman.languages.lexicon import Lexicon, fold
from dragoman.languages.outlets import outlets, platforms
from dragoman.languages.words import words
from dragoman.types import Reason, RepairReason

Sort = Literal["outlet", "platform", "name", "office"]
_AROUND = 3
_MOST_FORMS = 64  # of one name: a longer one would be met in no text


class _Candidate(NamedTuple):
    """A damaged form of a name: what it was, and which of its words have a capital."""

    restored: str
    sort: Sort
    kind: RepairReason
    capitals: tuple[int, ...]
    small: bool = False


def _unit_of(word: str, code: str | None) -> tuple[tuple[str, bool], ...]:
    """A name's word and its substitutes, each with whether it is a substitute."""
    return ((word, False), *((other, True) for other in substitutes(code).get(fold(word), ())))


def _spun(name: str, code: str | None) -> Iterator[tuple[str, tuple[int, ...]]]:
    """All spun forms of a name, and the places of the words that need a capital."""
    forms = itertools.product(*(_unit_of(word, code) for word in name.split()))
    for units in itertools.islice(forms, _MOST_FORMS):
        if not any(changed for _, changed in units):
            continue
        capitals, place = [], 0
        for (unit, changed), word in zip(units, name.split(), strict=True):
            if word[:1].isupper() and (not changed or len(unit) > _AROUND):
                capitals.append(place)
            place += len(words(unit))
        yield " ".join(unit for unit, _ in units), tuple(capitals)


def _names(damage: DamageFile) -> Iterator[tuple[str, str, Sort]]:
    """Every form of a name that is known in a language, the name, and what it names."""
    for outlet in outlets():
        if not outlet.common:
            # "The Guardian" is met as "the Guardian": the article is no part of the damage.
            forms = dict.fromkeys(f.removeprefix("The ") for f in (outlet.name, *outlet.forms))
            yield from ((form, outlet.name, "outlet") for form in forms)
    for platform in platforms():
        yield platform.name, platform.name, "platform"
    for name in damage.names:
        yield name, name, "name"
    for office in damage.offices:
        yield office, office, "office"


@functools.cache
def _damaged_names(code: str | None) -> Lexicon[_Candidate]:
    damage = load(code).damage
    known = list(_names(damage))
    genuine = {fold(form) for form, _, _ in known} | {fold(name) for name in damage.genuine}
    found: list[tuple[str, _Candidate]] = []
    for form, name, sort in known:
        if " " not in form:
            continue  # one word that was replaced is a name that nothing tells from others
        restored, small = form if sort in {"name", "office"} else name, form in damage.small_offices
        found += [
            (spun, _Candidate(restored, sort, damage.damaged_by, capitals, small))
            for spun, capitals in _spun(form, code)
        ]
    for swap in damage.translated:
        for garbled in swap.garbled:
            size = range(len(words(garbled)))
            places = tuple(place for place in size if words(garbled)[place].text[:1].isupper())
            found.append((garbled, _Candidate(swap.restored, "outlet", swap.kind, places)))
    return Lexicon((form, candidate) for form, candidate in found if fold(form) not in genuine)


def _part_of_a_longer_name(under: Under, first: int, last: int, sort: Sort) -> bool:
    """Whether a capital before (or, but for institutions, behind) makes it another name."""
    if foreign_before(under, first):
        return True
    if sort == "name" or last >= len(under.words):
        return False
    after = under.words[last]
    return after.capital and after.letters and under.adjoin(last)


def _judged(under: Under, first: int, last: int, candidate: _Candidate) -> FoundRepair | None:
    found = under.words
    small = candidate.small and not any(word.capital for word in found[first:last])
    if not small and not all(found[first + place].capital for place in candidate.capitals):
        return None
    around = max(0, first - _AROUND), min(len(found), last + _AROUND)
    if phrases_of(under.code, "genuine").find_all(under.folded, *around):
        return None
    if candidate.sort == "office":
        near = beside(under, first, last)
        if near.other or near.witness is None:
            return None
        witness = f"{candidate.restored} is an office; {near.witness}"
    elif _part_of_a_longer_name(under, first, last, candidate.sort):
        return None
    else:
        witness = f"{candidate.restored} is a known {candidate.sort}"
    garbled = under.shown(first, last)
    restored = candidate.restored.lower() if small else cased(candidate.restored, garbled)
    how = "synonym" if candidate.kind == "spin" else "translation"
    return FoundRepair(
        found[first].start,
        found[last - 1].end,
        restored,
        candidate.kind,
        Reason(rule=f"damage.spun_{candidate.sort}", why=f"word-by-word {how}: {witness}"),
    )


def spun_names(under: Under) -> Iterator[FoundRepair]:
    """The spun names of a text."""
    for hit in _damaged_names(under.code).find(under.folded):
        if repair := _judged(under, hit.first, hit.last, hit.value):
            yield repair
