"""Who is who across languages, on the development topics of the BSNLP shared tasks.

The names of each report are given, with their types, as a second source of names would give them;
everything else is ours: what is known of them, what is joined within a report, and what across
reports and languages. A unit is one form in one report. Figures are over all topics together:
pairwise F1 over all pairs of units, over pairs of two languages alone, and B-cubed F1. The peer
joins what has the same type and the same romanised form.

Types other than person, place and organization are left out: the record has none for them. Of the
six languages, those without a pack of names are read by what belongs to no single language.
"""

from __future__ import annotations

import re
import tarfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from benchmarks.frame import Figure, Missing, Options, Part, hash_of
from dragoman.annotate.document import Document
from dragoman.annotate.names import NameHint, find_actors
from dragoman.annotate.text import prepare
from dragoman.claims import Annotation, Received
from dragoman.languages.spelling import plain
from dragoman.link.actors import link_actors
from dragoman.types import ActorType

TYPES: dict[str, ActorType] = {"PER": "person", "LOC": "place", "ORG": "organization"}
HEAD_LINES = 4  # id, language, date, address


class Unit(NamedTuple):
    """One form in one report, with its type and whom the gold says it names."""

    topic: str
    language: str
    report: str
    form: str
    type: ActorType
    gold: str


class Counts(NamedTuple):
    """Pairs that are one in both, in what was found, and in the gold."""

    right: int
    found: int
    gold: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (self.found + self.gold) if self.right else 0.0


def run(options: Options) -> Iterator[Part | Missing]:
    """Measure all topics together."""
    path = options.data / "data/bench/bsnlp_dev/bsnlp_dev.tar.xz" if options.data else None
    if path is None or not path.is_file():
        yield Missing(data="topics", why="the data folder (--data, DRAGOMAN_DATA) has none")
        return
    found: dict[Unit, str] = {}
    peer: dict[Unit, str] = {}
    for topic, reports in sorted(read_topics(path).items()):
        units, named = _linked(topic, reports)
        found |= named
        peer |= {unit: f"{unit.topic} {unit.type} {plain(unit.form)}" for unit in units}
    figures = _figures(found, peer)
    yield Part(
        data="topics",
        sha256=hash_of([path], path.parent),
        figures=figures,
        note="names and types given; peer: same type and romanised form",
    )


def _figures(found: Mapping[Unit, str], peer: Mapping[Unit, str]) -> dict[str, Figure]:
    languages = sorted({unit.language for unit in found})
    figures = {
        "pairwise F1": (pairs(found).f1, pairs(peer).f1, len(found)),
        "pairwise F1 across languages": (across(found).f1, across(peer).f1, len(found)),
        "B-cubed F1": (b_cubed(found), b_cubed(peer), len(found)),
    }
    for type_ in TYPES.values():
        mine = {unit: name for unit, name in found.items() if unit.type == type_}
        theirs = {unit: peer[unit] for unit in mine}
        figures[f"pairwise F1, {type_}"] = pairs(mine).f1, pairs(theirs).f1, len(mine)
    for language in languages:
        mine = {unit: name for unit, name in found.items() if unit.language == language}
        theirs = {unit: peer[unit] for unit in mine}
        figures[f"pairwise F1 within {language}"] = pairs(mine).f1, pairs(theirs).f1, len(mine)
    return {
        name: Figure(value=value, peer=other, n=size)
        for name, (value, other, size) in figures.items()
    }


# ---------------------------------------------------------------- reading


class Given(NamedTuple):
    """A report of a topic and the names that the gold has in it: form, type and identity."""

    language: str
    name: str
    text: str
    names: Sequence[tuple[str, ActorType, str]]


def read_topics(path: Path) -> dict[str, list[Given]]:
    """The reports of each topic."""
    files: dict[tuple[str, str, str, str], str] = {}
    with tarfile.open(path) as archive:
        for member in archive:
            parts = PurePosixPath(member.name).parts
            file = archive.extractfile(member)
            if file is not None and len(parts) == 5:
                _, topic, sort, language, name = parts
                key = topic, language, name.rpartition(".")[0], sort
                files[key] = file.read().decode("utf-8-sig")
    topics: dict[str, list[Given]] = defaultdict(list)
    for (topic, language, name, sort), text in sorted(files.items()):
        gold = files.get((topic, language, name, "annotated"))
        if sort == "raw" and gold is not None:
            body = "\n".join(text.splitlines()[HEAD_LINES:])
            topics[topic].append(Given(language, name, body, list(_names(gold))))
    return topics


def _names(gold: str) -> Iterator[tuple[str, ActorType, str]]:
    for line in gold.splitlines()[1:]:
        form, _, type_, identity, *_ = (*line.split("\t"), "", "", "")
        if type_ in TYPES:
            yield form.strip(), TYPES[type_], identity


# ---------------------------------------------------------------- linking


def _linked(topic: str, reports: Sequence[Given]) -> tuple[list[Unit], dict[Unit, str]]:
    """All units of a topic, and the actor that each was found to be."""
    units: list[Unit] = []
    places: list[tuple[Unit, str, list[tuple[int, int]]]] = []
    annotations = []
    for given in reports:
        received = Received(source=f"{topic}/{given.name}", text=given.text)
        document = prepare(received, given.language)
        spots = _spots(given)
        hints = [NameHint(*spot, given.names[at][1]) for spot, at in sorted(spots.items())]
        annotations.append(_annotation(document, hints))
        where = defaultdict(list)
        for spot, at in spots.items():
            where[at].append(spot)
        for at, (form, type_, gold) in enumerate(given.names):
            unit = Unit(topic, given.language, given.name, form, type_, gold)
            units.append(unit)
            places.append((unit, document.report, sorted(where[at])))
    cast = link_actors(annotations)
    evidence: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for actor in cast.entries:
        for span in actor.evidence:
            if span.role in {None, "demonym", "metonym"}:
                evidence[span.report].append((span.start, span.end, actor.id))
    return units, {
        unit: f"{topic} {_actor(spots, evidence[report]) or unit}" for unit, report, spots in places
    }


def _spots(given: Given) -> dict[tuple[int, int], int]:
    """Where the names stand, by the index of the name; the longest first, none overlapping."""
    taken: dict[tuple[int, int], int] = {}
    covered: set[int] = set()
    order = sorted(range(len(given.names)), key=lambda at: (-len(given.names[at][0]), at))
    for at in order:
        for match in re.finditer(rf"(?<!\w){re.escape(given.names[at][0])}(?!\w)", given.text):
            if covered.isdisjoint(range(*match.span())):
                covered.update(range(*match.span()))
                taken[match.span()] = at
    return taken


def _annotation(document: Document, hints: Sequence[NameHint]) -> Annotation:
    actors, mentions = find_actors(document, hints)
    lead = document.token_span(0, 1)
    return Annotation(
        report=document.report,
        source=document.received.source,
        sha256="",
        length=len(document.text),
        language=document.language,
        lead=lead,
        actors=tuple(actors),
        mentions=tuple(mentions),
    )


def _actor(
    spots: Iterable[tuple[int, int]], evidence: Sequence[tuple[int, int, str]]
) -> str | None:
    """The actor that most of a unit's places are evidence of, by how much they overlap."""
    votes: Counter[str] = Counter()
    for start, end in spots:
        for first, last, actor in evidence:
            shared = min(end, last) - max(start, first)
            if shared > 0:
                votes[actor] += 2 * shared - max(end, last) + min(start, first) + (end - start)
    return min(votes, key=lambda actor: (-votes[actor], actor)) if votes else None


# ---------------------------------------------------------------- scores


def _twos(counts: Iterable[int]) -> int:
    return sum(count * (count - 1) // 2 for count in counts)


def _identity(unit: Unit) -> str:
    return f"{unit.topic} {unit.gold}"


def pairs(found: Mapping[Unit, str]) -> Counts:
    """Pairs of units that are one."""
    both = Counter((name, _identity(unit)) for unit, name in found.items())
    return Counts(
        _twos(both.values()),
        _twos(Counter(found.values()).values()),
        _twos(Counter(map(_identity, found)).values()),
    )


def across(found: Mapping[Unit, str]) -> Counts:
    """The same, of pairs in two languages alone."""
    whole, inside = pairs(found), [0, 0, 0]
    for language in {unit.language for unit in found}:
        part = pairs({unit: name for unit, name in found.items() if unit.language == language})
        inside = [a + b for a, b in zip(inside, part, strict=True)]
    return Counts(*(a - b for a, b in zip(whole, inside, strict=True)))


def b_cubed(found: Mapping[Unit, str]) -> float:
    """B-cubed F1 over units."""
    both = Counter((name, _identity(unit)) for unit, name in found.items())
    mine, theirs = Counter(found.values()), Counter(map(_identity, found))
    size = len(found)
    precision = sum(n * n / mine[name] for (name, _), n in both.items()) / size
    recall = sum(n * n / theirs[gold] for (_, gold), n in both.items()) / size
    return 2 * precision * recall / (precision + recall)
