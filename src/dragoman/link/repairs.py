"""What only another report can witness: damage that the reports which were copied from don't have.

1. Words that stage 2 marked, and names that no other report has, are held against the passage that
   they were made from: the same number of words, all but one or two of them the same, and the
   others standing nowhere in the damaged report.
2. An agency that no other report names is held against the house that the origin is of: it was
   translated if they share a word by its sound.

Everything else is passed on as stage 2 found it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from dragoman.claims import Annotation
from dragoman.languages.lexicon import fold
from dragoman.languages.spelling import likeness
from dragoman.languages.words import Word, words
from dragoman.types import Alignment, Lineage, Reason, Repair, RepairReason, Span, identified

_MOST_WORDS = 6  # of a name or a phrase
_HOUSE_LETTERS = 5
_ALIKE = 0.8
_NAME = re.compile(r"[^\W\d_]+")


class _Stretch(NamedTuple):
    """Words `first` to `last` (exclusive) of a passage, and the mark that they are under."""

    first: int
    last: int
    mark: Repair | None


def link_repairs(said: Sequence[Annotation], lineages: Iterable[Lineage]) -> Iterator[Repair]:
    """All repairs and marks of the reports, with those that another report is the witness of.

    Args:
        said: the annotations of all reports.
        lineages: which were made from which, with their aligned passages.
    """
    by_id = {annotation.report: annotation for annotation in said}
    known = Counter(
        form
        for annotation in said
        for form in {fold(form) for actor in annotation.actors for form in actor.forms}
    )
    found: dict[str, dict[tuple[int, int], Repair]] = {}
    for lineage in lineages:
        here, there = by_id[lineage.report], by_id[lineage.source]
        mine = found.setdefault(here.report, {})
        for repair in (*_beside_origin(here, lineage, known), *_of_houses(here, there, said)):
            span = repair.evidence[0]
            mine.setdefault((span.start, span.end), repair)
    for annotation in said:
        yield from _together(annotation, found.get(annotation.report, {}).values())


def _together(annotation: Annotation, witnessed: Iterable[Repair]) -> Iterator[Repair]:
    """A report's repairs; a mark that overlaps a witnessed repair gives way to it."""
    firm = [repair.evidence[0] for repair in annotation.repairs if repair.evidence[0].citable]
    new = [
        repair
        for repair in witnessed
        if not any(span.overlaps(repair.evidence[0]) for span in firm)
    ]
    places = [repair.evidence[0] for repair in new]
    for repair in annotation.repairs:
        span = repair.evidence[0]
        if span.citable or not any(span.overlaps(place) for place in places):
            yield repair
    yield from sorted(new, key=lambda repair: repair.evidence[0].sort_key())


# ---------------------------------------------------------------- passages


def _beside_origin(
    annotation: Annotation, lineage: Lineage, known: Mapping[str, int]
) -> Iterator[Repair]:
    """Words of a report that the passages they were made from have otherwise."""
    if lineage.form == "translation":
        return
    everything = {word.fold for passage in lineage.aligned for word in words(passage.here.text)}
    for passage in lineage.aligned:
        here, there = words(passage.here.text), words(passage.there.text)
        for stretch in _stretches(annotation, passage, here, known):
            if origin := _origin(here[stretch.first : stretch.last], there, everything):
                yield _repair(passage, here, stretch, (there, origin))


def _stretches(
    annotation: Annotation, passage: Alignment, here: Sequence[Word], known: Mapping[str, int]
) -> Iterator[_Stretch]:
    """What may be damaged in a passage: marks, and names that no other report has."""
    base, taken = passage.here.start, set()
    for repair in annotation.repairs:
        span = repair.evidence[0]
        if not (passage.here.start <= span.start and span.end <= passage.here.end):
            continue
        inside = [
            at
            for at, word in enumerate(here)
            if span.start - base < word.end and word.start < span.end - base
        ]
        taken.update(inside)
        if inside and not span.citable and len(inside) <= _MOST_WORDS:
            yield _Stretch(inside[0], inside[-1] + 1, repair)
    for first, last in _runs(here):
        alone = known.get(fold(" ".join(word.text for word in here[first:last])), 0) <= 1
        if alone and taken.isdisjoint(range(first, last)):
            yield _Stretch(first, last, None)


def _runs(found: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Two or more words with a capital that nothing but a space parts."""
    first = 0
    while first < len(found):
        last = first
        while (
            last < len(found)
            and found[last].capital
            and found[last].letters
            and (last == first or found[last].start - found[last - 1].end == 1)
        ):
            last += 1
        if 1 < last - first <= _MOST_WORDS:
            yield first, last
        first = max(last, first + 1)


def _origin(
    damaged: Sequence[Word], there: Sequence[Word], everything: set[str]
) -> tuple[int, int] | None:
    """The only words of the origin that differ from damaged ones in a word or two."""
    size, found = len(damaged), []
    for first in range(len(there) - size + 1):
        window = there[first : first + size]
        other = [
            (mine, its) for mine, its in zip(damaged, window, strict=True) if mine.fold != its.fold
        ]
        if not other or 2 * len(other) > size:
            continue
        # The words of the origin are gone, and are of the kind that stands there now.
        if all(
            its.fold not in everything and its.letters and its.capital == mine.capital
            for mine, its in other
        ):
            found.append((first, first + size))
    return found[0] if len(found) == 1 else None


def _repair(
    passage: Alignment,
    here: Sequence[Word],
    stretch: _Stretch,
    origin: tuple[Sequence[Word], tuple[int, int]],
) -> Repair:
    there, (first, last) = origin
    start = passage.here.start + here[stretch.first].start
    end = passage.here.start + here[stretch.last - 1].end
    restored = passage.there.text[there[first].start : there[last - 1].end]
    garbled = passage.here.text[here[stretch.first].start : here[stretch.last - 1].end]
    kind: RepairReason = stretch.mark.reason if stretch.mark else "spin"
    why = f"{passage.there.report}, which this passage was made from, says {restored!r}"
    return identified(
        Repair(
            evidence=(Span(report=passage.here.report, start=start, end=end, text=garbled),),
            garbled=garbled,
            restored=restored,
            reason=kind,
            reasons=(Reason(rule="repairs.origin", why=why),),
        )
    )


# ---------------------------------------------------------------- houses


def _of_houses(here: Annotation, there: Annotation, said: Sequence[Annotation]) -> Iterator[Repair]:
    """An agency whose name was translated, beside the one that the origin names."""
    agency = here.agency
    houses = {name for name in (there.agency, there.outlet) if name}
    if agency is None or agency in houses:
        return
    others = {name for a in said if a is not here for name in (a.agency, a.outlet)}
    near = sorted(name for name in houses if _share_a_word(agency, name))
    if agency in others or len(near) != 1:
        return
    for span in here.header:
        if span.role == "agency" and span.citable:
            why = f"no other report names {agency!r}; {there.report}, its origin, is of {near[0]!r}"
            yield identified(
                Repair(
                    evidence=(msgspec.structs.replace(span, role=None),),
                    garbled=span.text,
                    restored=near[0],
                    reason="translation",
                    reasons=(Reason(rule="repairs.house", why=why),),
                )
            )


def _share_a_word(one: str, other: str) -> bool:
    """Whether two names have a longer word that sounds alike."""
    return any(
        likeness(mine, its) >= _ALIKE
        for mine in _NAME.findall(one)
        for its in _NAME.findall(other)
        if min(len(mine), len(its)) >= _HOUSE_LETTERS
    )
