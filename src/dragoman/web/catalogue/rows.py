"""What a row of the catalogue says of an entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from dragoman.languages.lexicon import fold
from dragoman.render.safe import on_one_line
from dragoman.render.teller import report_label
from dragoman.render.view import told
from dragoman.types import (
    Actor,
    AnyEntry,
    Boilerplate,
    Commitment,
    Comparison,
    Incident,
    Interval,
    Lineage,
    Meeting,
    Position,
    Repair,
    Report,
    Statement,
)

# The day of an interval that has no end.
FAR = 10**7


def days(when: Interval | None) -> tuple[int | None, int | None]:
    """The first and the last day of an interval; 0 and FAR where it is open."""
    if when is None:
        return None, None
    return (
        when.earliest.toordinal() if when.earliest else 0,
        when.latest.toordinal() if when.latest else FAR,
    )


def date(entry: AnyEntry) -> Interval | None:
    """The date by which an entry is listed."""
    if isinstance(entry, Report):
        return _known(told(entry, "published"))
    if isinstance(entry, Commitment):
        dates = [step.date for step in entry.history if step.date is not None]
        return dates[-1] if dates else None
    return _known(told(entry, "date")) if hasattr(entry, "date") else None


def _known(value: Any) -> Interval | None:
    return value if isinstance(value, Interval) else None


def _key(id_: str | None, name: str | None) -> str | None:
    return id_ or (fold(name) if name else None)


VALUES: dict[type, Callable[[Any], dict[str, Any]]] = {
    Report: lambda e: {"status": e.published_how, "name": fold(report_label(e))},
    Boilerplate: lambda _: {},
    Repair: lambda e: {"status": e.reason, "name": fold(e.restored)},
    Actor: lambda e: {"status": e.type, "name": fold(e.name), "side": e.side},
    Meeting: lambda e: {
        "status": e.status,
        "topic": e.form,
        "round": e.round,
        "name": fold(e.place or ""),
    },
    Statement: lambda e: {
        "status": e.mode,
        "speaker": _key(told(e, "speaker_id"), told(e, "speaker")),
        "side": e.side,
        "channel": told(e, "channel"),
        "force": ("not " if e.negated else "") + e.force,
    },
    Position: lambda e: {
        "status": e.stance,
        "topic": e.issue,
        "name": fold(e.issue),
        "about": e.meeting,
    },
    Commitment: lambda e: {"status": e.status, "topic": e.subject, "name": fold(e.subject)},
    Incident: lambda e: {"status": e.event, "topic": e.type, "name": fold(e.type)},
    Lineage: lambda e: {"status": e.form, "about": e.source},
    Comparison: lambda e: {
        "status": e.verdict,
        "topic": e.field,
        "about": e.about_id,
        "name": fold(e.about),
    },
}


def parties(entry: AnyEntry) -> Iterator[tuple[str, str]]:
    """Who has to do with an entry, by key, and as what."""
    if isinstance(entry, Meeting):
        for role, ids, names in (
            ("party", entry.party_ids, entry.parties),
            ("third party", entry.third_party_ids, entry.third_parties),
            ("participant", entry.participant_ids, entry.participants),
        ):
            yield from _pairs(role, ids, names)
        for id_, name in ((entry.place_id, entry.place), (entry.venue_id, entry.venue)):
            if key := _key(id_, name):
                yield key, "place"
    elif isinstance(entry, Commitment):
        yield from _pairs("party", entry.party_ids, entry.parties)
    else:
        for role, id_, name in (
            ("party", "party_id", "party"),
            ("speaker", "speaker_id", "speaker"),
            ("addressee", "addressee_id", "addressee"),
            ("by", "by_id", "by"),
            ("against", "against_id", "against"),
            ("place", "place_id", "place"),
        ):
            if key := _key(getattr(entry, id_, None), getattr(entry, name, None)):
                yield key, role


def _pairs(role: str, ids: Sequence[str], names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Keys by id where every name has one, otherwise by name."""
    for key in ids if len(ids) == len(names) else map(fold, names):
        yield key, role


def events(entry: AnyEntry) -> Iterator[tuple[int, str, int | None, int | None, str, str]]:
    """What an entry that may be cited puts on the timeline: its place in it, lane, days, what."""
    first_last = days(date(entry))
    if isinstance(entry, Meeting):
        yield 0, "meeting", *first_last, entry.form, entry.status
    elif isinstance(entry, Incident):
        yield 0, "incident", *first_last, on_one_line(entry.type), ""
    elif isinstance(entry, Statement):
        yield 0, "statement", *first_last, "", entry.force
    elif isinstance(entry, Commitment):
        steps = [(place, step) for place, step in enumerate(entry.history) if step.evidence.citable]
        met = set()
        for place, step in steps:
            what = (*days(step.date), step.status)
            if what not in met:
                met.add(what)
                yield place, "commitment", *days(step.date), entry.subject, step.status
        if not steps:
            yield 0, "commitment", None, None, entry.subject, entry.status
