"""Values as measures, and what two of them make of one another.

A value is what may be meant by it: "less than two hours" is anything up to 120 minutes, "dozens"
24 and more, "in 2021" any day of that year. Two values that something satisfies are compatible,
and a round number is compatible with the exact one that it may stand for.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Literal, NamedTuple

from dragoman.claims import Quantity
from dragoman.types import Interval, Verdict

Relation = Literal["equal", "compatible", "apart"]

_INFINITE = float("inf")
# How far a round number may lie from what it stands for, as a part of it.
_ROUNDING = 0.05
# A day more or less: what happened about midnight, or in another time zone.
_MIDNIGHT = 1.0


class Measure(NamedTuple):
    """The lowest and the highest reading; `days` if it counts the days of the calendar."""

    low: float
    high: float
    days: bool = False

    @property
    def exact(self) -> bool:
        """Whether it can be read in one way only."""
        return self.low == self.high


class Finding(NamedTuple):
    """What values make of one another, and why."""

    verdict: Verdict
    why: str


def of_quantity(quantity: Quantity) -> Measure | None:
    """The measure of a quantity; None for one that says nothing of its size."""
    low = -_INFINITE if quantity.low is None else quantity.low
    high = _INFINITE if quantity.high is None else quantity.high
    return None if low == -_INFINITE and high == _INFINITE else Measure(low, high)


def of_interval(interval: Interval) -> Measure:
    """The measure of a date: the numbers of its first and last day."""
    low = -_INFINITE if interval.earliest is None else float(interval.earliest.toordinal())
    high = _INFINITE if interval.latest is None else float(interval.latest.toordinal())
    return Measure(low, high, days=True)


def relate(one: Measure, other: Measure) -> tuple[Relation, str]:
    """What two measures of one thing make of one another, and why."""
    if one == other:
        return "equal", "the same value"
    if one.low <= other.high and other.low <= one.high:
        return "compatible", _shared(one, other)
    if one.days and other.days:
        gap = max(one.low, other.low) - min(one.high, other.high)
        if gap <= _MIDNIGHT:
            return "compatible", "a day apart, as midnight or time zones make it"
        return "apart", f"at least {gap:g} days apart"
    for round_, value in ((one, other), (other, one)):
        if round_.exact and value.exact and _rounds_to(value.low, round_.low):
            return "compatible", f"{round_.low:g} is a round number for {value.low:g}"
    return "apart", "no value satisfies both"


def _shared(one: Measure, other: Measure) -> str:
    wide, narrow = sorted((one, other), key=lambda m: (m.low - m.high, m.low))
    if wide.low <= narrow.low and narrow.high <= wide.high:
        if math.isinf(wide.low) or math.isinf(wide.high) or wide.low == 0:
            return "a bound, and a value within it"
        if wide.days:
            return "one is told more exactly than the other"
        return "an approximate value, and one within its range"
    return "the ranges that are told overlap"


def _rounds_to(value: float, number: float) -> bool:
    """Whether `number` is round and `value` lies within the half of its last place."""
    if number == 0 or number != int(number):
        return False
    place = 1
    while number % (place * 10) == 0:
        place *= 10
    return place > 1 and abs(value - number) <= min(place / 2, _ROUNDING * abs(number))


def judge(measures: Iterable[Measure]) -> Finding | None:
    """What all values of one thing make of one another; None for fewer than one pair."""
    values: Sequence[Measure] = sorted(set(measures))
    if len(values) == 1:
        return Finding("agrees", "all tell the same")
    whys: list[str] = []
    for one, other in combinations(values, 2):
        relation, why = relate(one, other)
        if relation == "apart":
            return Finding("contradicts", why)
        whys.append(why)
    return Finding("compatible", "; ".join(sorted(set(whys)))) if whys else None
