"""What the linking of events works with: claims with their actors, dates and witnesses resolved."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import msgspec

from dragoman.claims import (
    Annotation,
    CommitmentClaim,
    IncidentClaim,
    MeetingClaim,
    PositionClaim,
    Quantity,
    SaidClaim,
    Tense,
    When,
)
from dragoman.languages.gazetteer import groups
from dragoman.link.calendar import resolve_at
from dragoman.types import Actor, Interval, PublishedHow, Reason, Span

V = TypeVar("V", bound=Hashable)
C = TypeVar("C", MeetingClaim, PositionClaim, CommitmentClaim, IncidentClaim, SaidClaim)

_COLLECTIVE = frozenset({"state", "organization", "group"})


class Cast(Protocol):
    """Who is who: what `link.actors` gives."""

    entries: list[Actor]

    def of(self, report: str, index: int) -> Actor:
        """The actor that a report's local actor is."""


def sits(actor: Actor) -> bool:
    """Whether a collective can sit at a table: no group that only comments, and not all sides."""
    if actor.type != "group":
        return True
    group = groups().get(actor.name)
    return group is not None and group.party


@dataclass(frozen=True)
class Item(Generic[C]):
    """A claim beside the annotation that it comes from."""

    annotation: Annotation
    claim: C
    index: int

    @property
    def report(self) -> str:
        """The id of the report that makes the claim."""
        return self.annotation.report

    def sort_key(self) -> tuple[str, int, int, int]:
        """Orders claims by report and place."""
        span = self.claim.evidence[0]
        return span.report, span.start, span.end, self.index


@dataclass(frozen=True)
class Context:
    """What is known of all reports when events are linked.

    `published` holds each report's date and how it is known; `family` the root of its family of
    copies, so that a copy is no second witness.
    """

    cast: Cast
    published: Mapping[str, tuple[Interval, PublishedHow, tuple[Reason, ...]]]
    family: Mapping[str, str]
    languages: Mapping[str, str | None]

    def actor(self, annotation: Annotation, index: int | None) -> Actor | None:
        """The actor that a local index stands for."""
        return None if index is None else self.cast.of(annotation.report, index)

    def actors(self, annotation: Annotation, indexes: Iterable[int]) -> list[Actor]:
        """The distinct actors of local indexes, in their order."""
        found = [self.cast.of(annotation.report, index) for index in indexes]
        return list({actor.id: actor for actor in found}.values())

    def party(self, annotation: Annotation, index: int | None) -> Actor | None:
        """The party that an actor stands for: itself if it is a collective, else its side."""
        actor = self.actor(annotation, index)
        if actor is None or index is None:
            return None
        if actor.type in _COLLECTIVE:
            return actor
        if actor.type == "person" and actor.side is not None:
            return self.named(actor.side)
        return None

    def party_at_table(self, annotation: Annotation, index: int | None) -> Actor | None:
        """The party that an actor acts for: its side, or itself if it sits at a table.

        No party are groups that only comment, and all sides at once.
        """
        actor = self.party(annotation, index)
        if actor is None or not sits(actor):
            return None
        return (self.named(actor.side) if actor.side is not None else None) or actor

    def named(self, name: str) -> Actor | None:
        """The collective of that canonical name."""
        for actor in self._collectives().get(name, ()):
            return actor
        return None

    def mentions(self, annotation: Annotation) -> frozenset[str]:
        """The canonical names of all whom a report mentions."""
        cached: dict[str, frozenset[str]] = self.__dict__.setdefault("_mentioned", {})
        if annotation.report not in cached:
            cached[annotation.report] = frozenset(
                actor.name for actor in self.actors(annotation, range(len(annotation.actors)))
            )
        return cached[annotation.report]

    def _collectives(self) -> dict[str, list[Actor]]:
        cached = self.__dict__.get("_by_name")
        if cached is None:
            cached = defaultdict(list)
            for actor in self.cast.entries:
                if actor.type in _COLLECTIVE:
                    cached[actor.name].append(actor)
            object.__setattr__(self, "_by_name", cached)
        return cached

    def date(
        self, annotation: Annotation, index: int | None, tense: Tense | None = None
    ) -> tuple[Interval, Reason] | None:
        """The date that a time of a report means, by the report's own date.

        `tense` is that of what is told, for a time whose own words tell none.
        """
        if index is None:
            return None
        known = self.published.get(annotation.report)
        times, when = annotation.times, annotation.times[index]
        if tense is not None and when.tense == "unknown":
            when = msgspec.structs.replace(when, tense=tense)
            times = (*times[:index], when, *times[index + 1 :])
        told = known[0] if known else None
        return resolve_at(times, index, told, spoken=self._spoken(annotation, when, told))

    def _spoken(self, annotation: Annotation, when: When, told: Interval | None) -> Interval | None:
        """When the words were said that a time stands in; None if that is not told."""
        if not when.quoted:
            return None
        holding = [
            said
            for said in annotation.statements
            if said.when is not None and said.evidence[0].holds(when.span)
        ]
        if not holding:
            return None
        closest = min(holding, key=lambda said: said.evidence[0].end - said.evidence[0].start)
        index = closest.when
        if index is None or annotation.times[index].quoted:
            return None
        found = resolve_at(annotation.times, index, told)
        return None if found is None else found[0]

    def told(self, annotation: Annotation) -> Interval | None:
        """When a report was published, as far as is known."""
        known = self.published.get(annotation.report)
        return known[0] if known else None

    def told_key(self, annotation: Annotation) -> tuple[dt.date, dt.date, str]:
        """Orders reports by date, those of unknown date last."""
        known = self.told(annotation)
        if known is None:
            return dt.date.max, dt.date.max, annotation.report
        return known.last, known.first, annotation.report

    def families(self, reports: Iterable[str]) -> int:
        """How many independent families some reports belong to."""
        return len({self.family.get(report, report) for report in reports})

    def majority(self, told: Iterable[tuple[V, str]]) -> V | None:
        """The value told by most independent families; of equals, the first in order."""
        witnesses: dict[V, set[str]] = defaultdict(set)
        for value, report in told:
            witnesses[value].add(self.family.get(report, report))
        if not witnesses:
            return None
        return min(witnesses, key=lambda value: (-len(witnesses[value]), str(value)))


class Clusters:
    """Items joined into groups by pairs, with pairs that must never meet.

    Joining is deterministic: the caller offers pairs in a fixed order.

    Args:
        size: how many items.
        kinds: for each item a number; those of one number are alike in all that decides whether
            they may meet others, so that one of them is asked for all. Each is its own without it.
    """

    def __init__(self, size: int, kinds: Sequence[int] | None = None) -> None:
        self._root = list(range(size))
        self._members: dict[int, list[int]] = {i: [i] for i in range(size)}
        # Of each group, one item of each kind.
        self._asked = {i: {i if kinds is None else kinds[i]: i} for i in range(size)}

    def root(self, item: int) -> int:
        """The representative of an item's group."""
        while self._root[item] != item:
            self._root[item] = self._root[self._root[item]]
            item = self._root[item]
        return item

    def join(self, one: int, other: int, allowed: Callable[[int, int], bool]) -> bool:
        """Join two groups if every pair across them is allowed; whether they are one now."""
        first, second = sorted((self.root(one), self.root(other)))
        if first == second:
            return True
        here, there = self._asked[first], self._asked[second]
        if not all(allowed(a, b) for a in here.values() for b in there.values()):
            return False
        self._root[second] = first
        self._members[first] += self._members.pop(second)
        self._asked[first] = self._asked.pop(second) | here
        return True

    def groups(self) -> list[list[int]]:
        """The groups, each sorted, in the order of their first items."""
        return sorted(sorted(members) for members in self._members.values())


def evidence_of(items: Iterable[Item[C]]) -> tuple[Span, ...]:
    """The distinct spans of all items, sorted."""
    spans = {span for item in items for span in item.claim.evidence}
    return tuple(sorted(spans, key=Span.sort_key))


def reasons_of(items: Iterable[Item[C]]) -> tuple[Reason, ...]:
    """The distinct reasons of all items, sorted."""
    found = {reason for item in items for reason in item.claim.reasons}
    return tuple(sorted(found, key=lambda reason: (reason.rule, reason.why)))


def bounds(quantity: Quantity) -> tuple[float, float]:
    """The lowest and the highest value that a quantity can mean."""
    low = quantity.low if quantity.low is not None else float("-inf")
    high = quantity.high if quantity.high is not None else float("inf")
    return low, high


def pair_counts(groups: Iterable[Iterable[str]]) -> Counter[str]:
    """How often each name stands in a group with others."""
    counts: Counter[str] = Counter()
    for group in groups:
        names = sorted(set(group))
        if len(names) > 1:
            counts.update(names)
    return counts
