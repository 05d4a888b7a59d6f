"""Stage 2 on one page: what the text is, what was done to it, what it says.

Each step needs the layers of the steps above it. The rules work with the language packs alone; a
parser, when there is one, answers the questions of `scene` and `statements` better.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import msgspec

from dragoman.annotate.boilerplate import find_boilerplate
from dragoman.annotate.commitments import find_commitments
from dragoman.annotate.credits import find_credits
from dragoman.annotate.damage import FoundRepair, find_damage, score_damage
from dragoman.annotate.document import Change, Document, Reading
from dragoman.annotate.fingerprint import fingerprint
from dragoman.annotate.incidents import find_incidents
from dragoman.annotate.language import identify
from dragoman.annotate.marks import mark_statements
from dragoman.annotate.meeting_times import count_from_meetings
from dragoman.annotate.meetings import find_meetings
from dragoman.annotate.names import NameHint, find_actors
from dragoman.annotate.positions import find_positions
from dragoman.annotate.publication import published_line
from dragoman.annotate.quantities import find_quantities
from dragoman.annotate.scene import Scene
from dragoman.annotate.statements import find_statements
from dragoman.annotate.text import prepare
from dragoman.annotate.times import find_times
from dragoman.claims import Annotation, Received
from dragoman.models import can_parse
from dragoman.types import (
    ActorType,
    Boilerplate,
    Interval,
    PublishedHow,
    Reason,
    Repair,
    Span,
    identified,
)

_LEAD = 80
_NONE: Mapping[str, str] = {}


def annotate(received: Received, parsers: Mapping[str, str] = _NONE) -> Annotation:
    """What one report says. Pure: it depends on the report, the program and `parsers` alone.

    Args:
        received: the report.
        parsers: pipelines that take languages over from the parser that comes along
            (`dragoman.models.parse`).

    Raises:
        ModelError: the parser's weights, or a pipeline that is named, can't be used.
    """
    text = received.text
    code, why_language = identify(text, received.language)
    notices = find_boilerplate(text, code)
    damage = find_damage(text, code, notices)
    score, why_score = score_damage(text, code, damage)
    repairs = [found for found in damage if found.firm]
    credit = find_credits(received, text, code, notices, repairs)
    reading = Reading(text, [Change(r.start, r.end, r.restored) for r in repairs])
    document = prepare(received, code, reading)
    document.parsers = parsers
    document.outlet, document.agency = credit.outlet, credit.agency
    _leave_out(document, notices)
    document.times = find_times(document)
    document.quantities = find_quantities(document)
    document.actors, document.mentions = find_actors(document, _hints(document))
    document.statements = find_statements(document)
    scene = Scene(document)
    document.statements = mark_statements(scene)
    document.meetings = find_meetings(scene)
    count_from_meetings(scene)
    document.positions = find_positions(scene)
    document.commitments = find_commitments(scene)
    document.incidents = find_incidents(scene)
    published, how, why_published = _published(received, code)
    reasons = [why_language, *credit.reasons, why_score, *why_published]
    if document.pack.lacks:
        lacking = ", ".join(document.pack.lacks)
        reasons.append(Reason(rule="language pack", why=f"{code or 'none'} lacks: {lacking}"))
    if not can_parse(code, parsers):
        why = f"there is no parser for {code or 'an unknown language'}: rules over words alone"
        reasons.append(Reason(rule="parser.none", why=why))
    return Annotation(
        report=document.report,
        source=received.source,
        sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
        length=len(text),
        language=code,
        lead=_lead(document),
        outlet=credit.outlet,
        agency=credit.agency,
        title=credit.title,
        published=published,
        published_how=how,
        header=tuple(credit.header),
        reasons=tuple(reasons),
        fingerprint=fingerprint(text, code, notices),
        boilerplate=tuple(
            identified(Boilerplate(evidence=(_span(document, start, end),), reasons=(why,)))
            for start, end, why in notices
        ),
        damage=score,
        repairs=tuple(_repair(document, found) for found in damage),
        times=tuple(document.times),
        quantities=tuple(document.quantities),
        actors=tuple(document.actors),
        mentions=tuple(document.mentions),
        statements=tuple(document.statements),
        meetings=tuple(document.meetings),
        positions=tuple(document.positions),
        commitments=tuple(document.commitments),
        incidents=tuple(document.incidents),
    )


def _published(
    received: Received, code: str | None
) -> tuple[Interval | None, PublishedHow, tuple[Reason, ...]]:
    """When a report was published, how that is known, and why: as given first, else as it says."""
    if received.published is not None:
        how = received.published_how
        told = "the page" if how == "metadata" else "the source"
        why = f"{told} states {received.published}"
        return received.published, how, (Reason(rule=f"published.{how}", why=why),)
    line = published_line(received.text, code)
    if line is None:
        return None, "unknown", ()
    return line[0], "stated", (line[1],)


_TYPES: Mapping[str, ActorType] = {"PER": "person", "ORG": "organization", "LOC": "place"}


def _hints(document: Document) -> list[NameHint]:
    """What the parser takes for names."""
    syntax = document.syntax
    return [
        NameHint(
            syntax.starts[name.first], syntax.ends[name.last - 1], _TYPES[name.type], firm=False
        )
        for name in syntax.names
    ]


def _leave_out(document: Document, notices: list[tuple[int, int, Reason]]) -> None:
    """Take the sentences and quotations of boilerplate out of what the annotators see."""
    places = [
        (document.reading.place_of(start), document.reading.place_of(end - 1) + 1)
        for start, end, _ in notices
    ]

    def outside(start: int, end: int) -> bool:
        return not any(start < last and first < end for first, last in places)

    document.sentences = [s for s in document.sentences if outside(s.start, s.end)]
    document.quotes = [q for q in document.quotes if outside(q.start, q.end)]


def _span(document: Document, start: int, end: int, role: str | None = None) -> Span:
    """A span by its place in the text as received."""
    text = document.received.text
    return Span(report=document.report, start=start, end=end, text=text[start:end], role=role)


def _lead(document: Document) -> Span:
    """The first words of the report: what its entry rests on if nothing else tells of it."""
    text = document.received.text
    start = len(text) - len(text.lstrip())
    if document.sentences:
        first = document.sentences[0]
        start, _, _ = document.reading.original_span(first.start, first.end)
    end = min(len(text.rstrip()), start + _LEAD)
    line = text.find("\n", start, end)
    return _span(document, start, line if line > start else end)


def _repair(document: Document, found: FoundRepair) -> Repair:
    span = msgspec.structs.replace(
        _span(document, found.start, found.end), grounding=found.grounding
    )
    return identified(
        Repair(
            evidence=(span,),
            garbled=span.text,
            restored=found.restored,
            reason=found.kind,
            reasons=(found.reason,),
        )
    )
