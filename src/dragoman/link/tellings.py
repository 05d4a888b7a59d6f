"""Values as single reports tell them, and which of them tell of one thing.

Two tellings are tied firmly (the same round, the same day and place) or loosely (reports of the
same days, the same parties). A loose tie can confirm a value but never contradict one, and copies
of one report are one witness: each family is heard once for each value.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from dragoman.claims import Annotation, Quantity
from dragoman.link.context import Clusters, Context
from dragoman.link.measures import Measure, relate
from dragoman.ontology import counted
from dragoman.types import Interval, Span

Tie = Literal["firm", "loose"]
# What is told as news happened in the days before; a weekly paper looks back a week.
_NEWS_DAYS = 8
# How many tellings of a crowded block each one is held against, in the order of time and value.
_CROWD = 24
# A window that is wider tells nothing of which thing it was.
_MOST_DAYS = 62
# Characters after a claim in which its figure may still follow, in the next sentence.
REACH = 160


class About(NamedTuple):
    """What a comparison is about: its name for readers, and the entry's id if it has one."""

    name: str
    id: str | None


@dataclass(frozen=True)
class Telling:
    """A value in one report.

    Attributes:
        about: the thing.
        span: the words that tell it.
        measure: how they can be read.
        family: the root of the report's family.
        when: when the thing happened, as this report tells; None if it does not.
        window: the days that the report tells of as news; None if its date is unknown.
        names: who and what stands by it.
        kinds: what sort of thing it is.
        implied: whether the report does not say outright that the value is of the thing.
        unit: what is counted.
        by: who did it, or who says so.
        source: who the report has it from; None for its own account.
        number: the round of talks, as this report tells.
        group: the entry that the claim was linked to.
        group_number: the round of that entry.
    """

    about: About
    span: Span
    measure: Measure
    family: str
    when: Interval | None = None
    window: Interval | None = None
    names: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    implied: bool = False
    unit: str | None = None
    by: str | None = None
    source: str | None = None
    number: int | None = None
    group: str | None = None
    group_number: int | None = None

    def sort_key(self) -> tuple[dt.date, Measure, str, int, int]:
        """Orders tellings by time, value and place."""
        time = self.when or self.window
        first = time.first if time is not None else dt.date.max
        return first, self.measure, self.span.report, self.span.start, self.span.end

    def heard(self) -> Hashable:
        """What makes it another telling than others of its family."""
        return self.family, self.measure, self.when, self.names, self.kinds, self.number, self.unit


def said_by(annotation: Annotation, said: int | None, context: Context) -> str | None:
    """Who a report has something from: a name, or how it describes an unnamed source."""
    if said is None:
        return None
    claim = annotation.statements[said]
    speaker = context.actor(annotation, claim.speaker)
    return speaker.name if speaker is not None else claim.described


def news(annotation: Annotation, context: Context) -> Interval | None:
    """The days that a report tells of as news: up to its own date, which must be bounded."""
    told = context.told(annotation)
    if told is None or told.earliest is None or told.latest is None:
        return None
    return Interval(told.earliest - dt.timedelta(days=_NEWS_DAYS), told.latest)


def apart(one: Interval | None, other: Interval | None) -> bool:
    """Whether two dates are known and share no day."""
    return one is not None and other is not None and not one.overlaps(other)


def meet(one: Interval | None, other: Interval | None) -> bool:
    """Whether two dates are known and share a day."""
    return one is not None and other is not None and one.overlaps(other)


def weeks(window: Interval | None) -> range:
    """The weeks of the calendar that a window touches; none where it is unknown or too wide."""
    if window is None or (window.days or _MOST_DAYS + 1) > _MOST_DAYS:
        return range(0)
    return range(window.first.toordinal() // 7, window.last.toordinal() // 7 + 1)


def following(annotation: Annotation, span: Span, units: frozenset[str]) -> Quantity | None:
    """The first quantity of certain units in a claim's words, or else soon after them."""
    near = [
        (quantity.span.start >= span.end, quantity.span.start, quantity.span.end, quantity)
        for quantity in annotation.quantities
        if counted(quantity.unit, units)
        and quantity.span.start - span.start >= 0
        and quantity.span.start <= span.end + REACH
    ]
    return min(near, key=lambda item: item[:3])[3] if near else None


def grouped(
    told: Iterable[Telling],
    keys: Callable[[Telling], Iterable[Hashable]],
    tie: Callable[[Telling, Telling], Tie | None],
) -> list[list[Telling]]:
    """The tellings of one thing, for each thing that is told at least twice.

    Args:
        told: all tellings of one field.
        keys: what a telling can be found by; two that share no key are never compared.
        tie: what ties two tellings; None where nothing does or something forbids it.
    """
    heard: dict[Hashable, list[Telling]] = defaultdict(list)
    for one in sorted(told, key=Telling.sort_key):
        heard[one.heard()].append(one)
    firsts = [members[0] for members in heard.values()]
    clusters = Clusters(len(firsts))
    ties = _ties(firsts, keys, tie)
    for strength in ("firm", "loose"):
        for (first, second), found in sorted(ties.items()):
            if found == strength:
                clusters.join(
                    first, second, lambda a, b: _may_join(firsts[a], firsts[b], ties.get((a, b)))
                )
    groups = []
    for group in clusters.groups():
        members = [one for index in group for one in heard[firsts[index].heard()]]
        if len(members) > 1:
            groups.append(members)
    return groups


def _ties(
    firsts: Sequence[Telling],
    keys: Callable[[Telling], Iterable[Hashable]],
    tie: Callable[[Telling, Telling], Tie | None],
) -> dict[tuple[int, int], Tie]:
    blocks: dict[Hashable, list[int]] = defaultdict(list)
    for index, one in enumerate(firsts):
        for key in set(keys(one)):
            blocks[key].append(index)
    found: dict[tuple[int, int], Tie] = {}
    seen: set[tuple[int, int]] = set()
    for members in blocks.values():
        for place, first in enumerate(members):
            for second in members[place + 1 : place + 1 + _CROWD]:
                if (first, second) not in seen:
                    seen.add((first, second))
                    if strength := tie(firsts[first], firsts[second]):
                        found[first, second] = strength
    return found


def _may_join(one: Telling, other: Telling, strength: Tie | None) -> bool:
    """Whether two tellings of two groups may stand in one: only a firm tie bears a conflict."""
    if strength == "firm":
        return True
    if apart(one.when, other.when) or (one.number or other.number) != (other.number or one.number):
        return False
    return relate(one.measure, other.measure)[0] != "apart"


def garbled(told: Iterable[Telling]) -> Iterator[tuple[list[Telling], str]]:
    """Values that a report has otherwise than the one that it was made from, and why.

    Only where both tell a single value of that sort, so that no two things are mistaken for one.
    """
    by_report: dict[tuple[Hashable, ...], dict[str, list[Telling]]] = defaultdict(dict)
    for one in sorted(told, key=Telling.sort_key):
        sort = one.family, one.kinds, one.unit, one.about.name
        by_report[sort].setdefault(one.span.report, []).append(one)
    for (family, *_), reports in by_report.items():
        origin = reports.get(str(family), [])
        if len({one.measure for one in origin}) != 1:
            continue
        for report, own in sorted(reports.items()):
            other = len({one.measure for one in own}) == 1 and report != family
            # A day later the same words may tell of another day.
            if other and apart(origin[0].window, own[0].window):
                continue
            if other and relate(origin[0].measure, own[0].measure)[0] == "apart":
                yield [origin[0], own[0]], "the report was made from the one that has it otherwise"
