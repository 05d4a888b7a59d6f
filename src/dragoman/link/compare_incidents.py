"""Figures of incidents: which are of one incident, and which only seem to be.

A figure may stand in the sentence after the incident ("Shelling hit the market. Nine people were
killed."), so that it is sought there too. What ties two reports is the day, the sort of incident,
what is counted, and a place or name that both tell; the names of the parties tie nothing, for they
stand in every report of a war.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from dragoman import ontology
from dragoman.claims import Annotation, Quantity
from dragoman.languages import load
from dragoman.languages.spelling import skeleton
from dragoman.languages.words import marks, words
from dragoman.link.context import Context
from dragoman.link.incidents import LinkedIncident, ToldIncident
from dragoman.link.measures import Measure, of_quantity, relate
from dragoman.link.tellings import (
    About,
    Telling,
    Tie,
    apart,
    following,
    grouped,
    meet,
    news,
    said_by,
    weeks,
)
from dragoman.types import Interval, Span

_EXACT_DAYS = 3
# Two incidents of one sort that lie further apart nobody takes for one.
_SERIES_DAYS = 31
# Stands before what may be a name or any noun.
_DOUBTFUL = "?"
_PARTIES = frozenset({"state", "group", "organization", "person"})


@functools.cache
def _counted() -> frozenset[str]:
    """The units in which incidents are counted."""
    return frozenset(unit for kind in ontology.incidents().values() for unit in kind.counts)


def figure_groups(figures: Sequence[Telling]) -> Iterator[list[Telling]]:
    """The figures of one incident, for each incident of which several reports tell one."""
    yield from grouped(figures, _keys, _tie)


def figure_series(figures: Sequence[Telling]) -> Iterator[tuple[list[Telling], str]]:
    """Neighbouring incidents of one sort, by one side, with different figures, and why two."""
    series: dict[tuple[str, str, str], list[Telling]] = defaultdict(list)
    for one in figures:
        if one.by is not None and one.unit is not None and one.window is not None:
            for kind in one.kinds:
                series[kind, one.by, one.unit].append(one)
    done: set[frozenset[Span]] = set()
    for _, members in sorted(series.items()):
        for one, other in pairwise(_events(members)):
            spans = frozenset({one.span, other.span})
            why = _two(one, other)
            if why and spans not in done:
                done.add(spans)
                yield [one, other], why


def _events(members: Sequence[Telling]) -> list[Telling]:
    """One telling for each day and figure, in the order of time."""
    first: dict[Hashable, Telling] = {}
    for one in sorted(members, key=Telling.sort_key):
        first.setdefault((one.when or one.window, one.measure), one)
    return list(first.values())


def _two(one: Telling, other: Telling) -> str | None:
    """Why two figures are of two incidents; None where they may be of one."""
    if one.family == other.family or relate(one.measure, other.measure)[0] == "equal":
        return None
    first, second = one.window, other.window
    if first is None or second is None or not apart(first, second):
        return None
    if (second.first - first.last).days > _SERIES_DAYS:
        return None
    return f"{_when(one, first)}, and {_when(other, second)}"


def _when(one: Telling, window: Interval) -> str:
    return f"on {window}" if one.when is not None else f"told as news of {window}"


# ---------------------------------------------------------------- tellings


def incident_figures(incidents: Sequence[LinkedIncident], context: Context) -> list[Telling]:
    """Every figure once for its report, with all incidents that it may be of."""
    found: dict[Span, Telling] = {}
    for incident in incidents:
        for told in incident.told:
            quantity = _figure(told)
            measure = of_quantity(quantity) if quantity is not None else None
            if quantity is None or measure is None:
                continue
            one = _telling(incident, told, (quantity, measure), context)
            known = found.get(quantity.span)
            found[quantity.span] = one if known is None else _both(known, one)
    return [found[span] for span in sorted(found, key=Span.sort_key)]


def _figure(told: ToldIncident) -> Quantity | None:
    if told.quantity is not None:
        return told.quantity
    return following(told.item.annotation, told.item.claim.evidence[0], _counted())


def _telling(
    incident: LinkedIncident, told: ToldIncident, value: tuple[Quantity, Measure], context: Context
) -> Telling:
    annotation, entry = told.item.annotation, incident.entry
    quantity, measure = value
    return Telling(
        about=About(f"{entry.type} in {entry.place}" if entry.place else entry.type, entry.id),
        span=quantity.span,
        measure=measure,
        family=context.family.get(annotation.report, annotation.report),
        when=told.date,
        window=told.date or news(annotation, context),
        names=_places(told, context),
        kinds=frozenset({told.item.claim.type}),
        implied=told.quantity is None,
        unit=quantity.unit,
        by=told.by.name if told.by is not None else None,
        source=said_by(annotation, told.item.claim.said, context),
        group=entry.id,
    )


def _both(one: Telling, other: Telling) -> Telling:
    """A figure that two incidents of one report are told with."""
    first, second = sorted((one, other), key=lambda t: (t.implied, t.about))
    return replace(
        first,
        when=first.when or second.when,
        window=first.when or second.when or first.window,
        names=first.names | second.names,
        kinds=first.kinds | second.kinds,
        by=first.by or second.by,
    )


def _places(told: ToldIncident, context: Context) -> frozenset[str]:
    """The names in an incident's words that are of no party and no person: places, as a rule.

    Where every noun has a capital, a bare word may be no name: it is marked as doubtful.
    """
    annotation, span = told.item.annotation, told.item.claim.evidence[0]
    parties, times = _of_parties(annotation), [when.span for when in annotation.times]
    found = words(span.text)
    doubt = _DOUBTFUL if load(annotation.language).grammar.capital_nouns else ""
    # Its first word may have its capital from the beginning of the sentence alone.
    names = {
        doubt + mark
        for place, mark in marks(found, (0,))
        if mark.isalpha()
        and mark not in parties
        and not any(time.start <= span.start + found[place].start < time.end for time in times)
    }
    if told.place is not None:
        names.add(told.place.id)
    for mention in annotation.mentions:
        if annotation.actors[mention.actor].type == "place" and span.overlaps(mention.span):
            actor = context.actor(annotation, mention.actor)
            names |= {actor.id} if actor is not None else set()
    return frozenset(names)


def _of_parties(annotation: Annotation) -> set[str]:
    return {
        mark
        for actor in annotation.actors
        if actor.type in _PARTIES
        for form in actor.forms
        for word in words(form)
        if (mark := skeleton(word.fold))
    }


# ---------------------------------------------------------------- ties


def _keys(one: Telling) -> Iterator[Hashable]:
    for name in one.names:
        bare = name.removeprefix(_DOUBTFUL)
        yield one.unit, bare
        for week in weeks(one.window):
            yield one.unit, bare, week


def _tie(one: Telling, other: Telling) -> Tie | None:
    same_sort = one.kinds & other.kinds and one.unit == other.unit
    if not same_sort or not _shared(one, other) or apart(one.window, other.window):
        return None
    if one.by is not None and other.by is not None and one.by != other.by:
        return None
    exact = _is_exact(one) and _is_exact(other) and meet(one.when, other.when)
    return "firm" if exact else "loose"


def _shared(one: Telling, other: Telling) -> set[str]:
    """The names that both tell, those left out that are doubtful in both."""
    first = {name.removeprefix(_DOUBTFUL) for name in one.names}
    second = {name.removeprefix(_DOUBTFUL) for name in other.names}
    doubtful = {name.removeprefix(_DOUBTFUL) for name in one.names & other.names}
    certain = {name for name in one.names & other.names if not name.startswith(_DOUBTFUL)}
    return (first & second) - (doubtful - certain)


def _is_exact(one: Telling) -> bool:
    return one.when is not None and one.when.days is not None and one.when.days <= _EXACT_DAYS
