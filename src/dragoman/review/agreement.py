"""Two people's decisions compared: Krippendorff's alpha over what both of them decided on.

A unit is what a correction means: its kind and its words. A value is what was decided: `accept`,
`reject`, or the fields and their values. Nominal alpha: 1 is full agreement, 0 is chance.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable

from raters import UndefinedStatistic, krippendorff_alpha

from dragoman.record import Correction
from dragoman.types import Value, to_json

_FEWEST = 2


class Agreement(Value, frozen=True, kw_only=True):
    """How far people agree.

    Attributes:
        people: who.
        units: on how many things at least two of them decided.
        agreed: on how many of these all said the same.
        alpha: Krippendorff's alpha; None where it is not defined: nothing was decided twice, or
            all said one and the same of everything.
    """

    people: tuple[str, ...]
    units: int
    agreed: int
    alpha: float | None


def agreement(corrections: Iterable[Correction]) -> list[Agreement]:
    """Of each two people, then of all if there are more; in the order of their names.

    Args:
        corrections: corrections; those undone don't count. Of several decisions of one person on
            one thing the last counts.
    """
    decided: dict[str, dict[str, str]] = defaultdict(dict)
    for each in corrections:
        if each.action != "undo" and each.undone_by is None:
            value = str(each.action)
            if each.change:
                value += to_json(each.change).decode("utf-8")
            decided[each.who][_unit(each)] = value
    people = sorted(decided)
    groups: list[tuple[str, ...]] = list(itertools.combinations(people, _FEWEST))
    if len(people) > _FEWEST:
        groups.append(tuple(people))
    return [_agreement(group, decided) for group in groups]


def _agreement(people: tuple[str, ...], decided: dict[str, dict[str, str]]) -> Agreement:
    units = sorted(
        unit
        for unit in {unit for who in people for unit in decided[who]}
        if sum(unit in decided[who] for who in people) >= _FEWEST
    )
    alpha = None
    if units:
        table = [[decided[who].get(unit) for unit in units] for who in people]
        try:
            alpha = float(krippendorff_alpha(table, level="nominal"))
        except (UndefinedStatistic, ValueError):
            alpha = None
    agreed = sum(
        len({decided[who][unit] for who in people if unit in decided[who]}) == 1 for unit in units
    )
    return Agreement(people=people, units=len(units), agreed=agreed, alpha=alpha)


def _unit(correction: Correction) -> str:
    anchor = correction.anchor
    places = sorted((s.report, s.start, s.end) for s in anchor.spans)
    told = {} if anchor.spans and correction.action == "add" else anchor.fields
    return to_json([anchor.kind, places, told]).decode("utf-8")
