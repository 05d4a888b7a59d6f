"""What was done to a report's words, and what they were: a text -> repairs, marks and a score.

Four sorts of damage: `spin` (synonyms put in the place of names and set phrases), `translation`
(names translated word by word, old names of places), `encoding` (bytes read as the wrong letters)
and `spelling`. A repair needs a witness in the text or in a list; without one the words are only
marked. What only another report can witness is left to linking.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dragoman.annotate.damage.agencies import translated_agencies
from dragoman.annotate.damage.compounds import odd_compounds
from dragoman.annotate.damage.encoding import encoding_damage
from dragoman.annotate.damage.found import FoundRepair, under_repair
from dragoman.annotate.damage.frames import framed
from dragoman.annotate.damage.months import spun_months
from dragoman.annotate.damage.phrases import spun_phrases
from dragoman.annotate.damage.renamed import renamed_places
from dragoman.annotate.damage.score import damage_score
from dragoman.annotate.damage.spelling import misspelt
from dragoman.annotate.damage.spun import spun_names
from dragoman.types import Reason

__all__ = ["FoundRepair", "find_damage", "find_repairs", "score_damage"]

_RULES = (
    encoding_damage,
    spun_names,
    spun_months,
    spun_phrases,
    translated_agencies,
    renamed_places,
    framed,
    odd_compounds,
    misspelt,
)


def _without_overlap(found: Iterable[FoundRepair]) -> list[FoundRepair]:
    """The finds in order; of two that overlap the firmer, then the longer one."""
    kept: list[FoundRepair] = []
    for repair in sorted(found, key=lambda r: (not r.firm, r.start - r.end, r.start)):
        if all(repair.end <= other.start or repair.start >= other.end for other in kept):
            kept.append(repair)
    return sorted(kept)


def find_damage(
    text: str, code: str | None, boilerplate: Sequence[tuple[int, int, Reason]] = ()
) -> list[FoundRepair]:
    """The damaged stretches of a text, repaired or only marked, in order, none overlapping.

    Args:
        text: the text as received; all places count in it.
        code: its language (ISO 639-1) or None, in which case only its encoding is repaired.
        boilerplate: places that are no part of the report; nothing is repaired there.
    """
    under = under_repair(text, code)
    return _without_overlap(
        repair
        for rule in _RULES
        for repair in rule(under)
        if repair.restored != text[repair.start : repair.end]
        and not any(a < repair.end and repair.start < b for a, b, _ in boilerplate)
    )


def find_repairs(
    text: str, code: str | None, boilerplate: Sequence[tuple[int, int, Reason]] = ()
) -> list[FoundRepair]:
    """Those of the damaged stretches that have a witness; see `find_damage`."""
    return [repair for repair in find_damage(text, code, boilerplate) if repair.firm]


def score_damage(text: str, code: str | None, found: Sequence[FoundRepair]) -> tuple[float, Reason]:
    """How damaged a text is, from 0 to 1, by what `find_damage` found in it, and why."""
    return damage_score(under_repair(text, code), found)
