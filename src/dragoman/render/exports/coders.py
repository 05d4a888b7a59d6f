"""Tables with the columns that peace-process coders use, filled as far as reports tell.

What the record does not hold is left empty, never guessed: codes of conflicts, dyads and actors
are the data sets' own.
"""

from __future__ import annotations

from typing import Any

from dragoman.render.exports.columns import written
from dragoman.render.safe import on_one_line
from dragoman.render.view import Index, View, citable, told
from dragoman.types import Commitment, Entry, Incident, Interval, Meeting, Position, Statement

# The columns of the Mediation Event and Negotiators Database, in its spelling.
MEND = (
    "med_event_ID",
    "conflict_country",
    "Day",
    "Month",
    "Year",
    "med_location - MULTISELECT",
    "third_party",
    "individual_med_named",
    "local_parties",
    "agmt",
    "med_type",
    "Summary",
    "source_urls",
)
# Negotiations between two sides, after Peace Negotiations in Civil Conflicts.
PNCC = (
    "dyad_id",
    "side_a",
    "side_b",
    "start_date",
    "end_date",
    "start_prec",
    "location",
    "negotiation",
    "mediation",
    "mediator",
    "source",
)
# Events after PLOVER, a row a source and target.
PLOVER = (
    "event_id",
    "event_date",
    "event_date_end",
    "event_type",
    "event_mode",
    "actor_name",
    "recipient_name",
    "placename",
    "magnitude",
    "unit",
    "claimed_by",
    "event_text",
    "headline",
    "source",
)
# How a statement's force and a position's stance are called in PLOVER.
_FORCES = {
    "demands": "REQUEST",
    "rejects": "REJECT",
    "threatens": "THREATEN",
    "accepts": "AGREE",
    "denies": "REJECT",
}
_STANCES = {
    "demands": "REQUEST",
    "rejects": "REJECT",
    "threatens": "THREATEN",
    "accepts": "AGREE",
    "offers": "CONCEDE",
}
_AGREED = frozenset({"agreed", "begun", "carried out"})
_HELD = frozenset({"held", "under way"})


def mend(view: View) -> bytes:
    """Meetings with a host or mediator that were held, a row each."""
    index = Index(view)
    agreed = [
        (step.date, entry)
        for entry in index.stated(Commitment)
        for step in entry.history
        if step.status in _AGREED and step.date is not None and step.evidence.citable
    ]
    rows = []
    for entry in index.stated(Meeting):
        third = told(entry, "third_parties") or ()
        if entry.status not in _HELD or not third:
            continue
        when: Interval | None = told(entry, "date")
        same = bool(when) and any(when.contains(date) for date, _ in agreed if when)
        rows.append(
            (
                entry.id,
                None,
                *_day(when),
                "Virtual" if entry.form == "call" else told(entry, "place") or "unknown",
                list(third),
                _mediators(entry),
                list(told(entry, "parties") or ()),
                1 if same else 0,
                "M" if len(told(entry, "parties") or ()) > 1 else "MR",
                _words(entry),
                _sources(index, entry),
            )
        )
    return written(MEND, rows)


def _day(when: Interval | None) -> tuple[int | None, int | None, int | None]:
    """Day, month and year, each only where the interval settles it."""
    if when is None or when.earliest is None or when.latest is None:
        return None, None, None
    first, last = when.earliest, when.latest
    year = first.year if first.year == last.year else None
    month = first.month if year and first.month == last.month else None
    return first.day if month and first == last else None, month, year


def _mediators(entry: Meeting) -> list[str]:
    """Persons who are named as heads of a host or mediator."""
    heads = told(entry, "heads") or {}
    third = told(entry, "third_parties") or ()
    return [name for party, name in heads.items() if party in third]


def _words(entry: Entry) -> str:
    spans = dict.fromkeys(span.text for span in entry.evidence if span.citable)
    return " .... ".join(on_one_line(text) for text in spans)


def _sources(index: Index, entry: Entry) -> list[str]:
    return [
        report.source for id_ in entry.reports() if (report := index.reports.get(id_)) is not None
    ]


def pncc(view: View) -> bytes:
    """Talks and summits that were held, a row for each pair of parties."""
    index = Index(view)
    rows = []
    for entry in index.stated(Meeting):
        if entry.status not in _HELD or entry.form not in {"talks", "summit"}:
            continue
        parties = list(told(entry, "parties") or ())
        third = told(entry, "third_parties") or ()
        when: Interval | None = told(entry, "date")
        for place, one in enumerate(parties):
            rows += [
                (
                    None,
                    one,
                    other,
                    when.earliest.isoformat() if when and when.earliest else None,
                    when.latest.isoformat() if when and when.latest else None,
                    when.days if when else None,
                    told(entry, "place"),
                    1,
                    1 if third else 0,
                    list(third),
                    _sources(index, entry),
                )
                for other in parties[place + 1 :]
            ]
    return written(PNCC, rows)


def plover(view: View) -> bytes:
    """Incidents, meetings, agreements, and what was demanded, rejected or threatened."""
    index = Index(view)
    rows: list[tuple[Any, ...]] = []
    for entry in index.entries:
        if not citable(entry):
            continue
        if isinstance(entry, Incident):
            rows.append(_incident(index, entry))
        elif isinstance(entry, Meeting) and entry.status in _HELD:
            rows += _consultation(index, entry)
        elif isinstance(entry, Statement) and not entry.negated:
            rows += _saying(index, entry)
        elif isinstance(entry, Position) and entry.stance in _STANCES:
            values = (_STANCES[entry.stance], None, entry.party, None)
            rows.append(_event(index, entry, values, told(entry, "date")))
        elif isinstance(entry, Commitment):
            rows += _agreement(index, entry)
    return written(PLOVER, rows)


def _event(
    index: Index,
    entry: Entry,
    values: tuple[str, str | None, str | None, str | None],
    when: Interval | None,
    place: str | None = None,
    measure: tuple[float | None, str | None, str | None] = (None, None, None),
) -> tuple[Any, ...]:
    first = next(span for span in entry.evidence if span.citable)
    report = index.reports.get(first.report)
    return (
        entry.id,
        when.earliest.isoformat() if when and when.earliest else None,
        when.latest.isoformat() if when and when.latest else None,
        *values,
        place,
        *measure,
        on_one_line(first.text),
        report.title if report else None,
        _sources(index, entry),
    )


def _incident(index: Index, entry: Incident) -> tuple[Any, ...]:
    values = (entry.event, entry.mode, told(entry, "by"), told(entry, "against"))
    measure = (told(entry, "figure"), entry.unit, told(entry, "claimed_by"))
    return _event(index, entry, values, told(entry, "date"), told(entry, "place"), measure)


def _consultation(index: Index, entry: Meeting) -> list[tuple[Any, ...]]:
    """A meeting is an event of each party with each other."""
    who = list(told(entry, "parties") or told(entry, "participants") or ())
    mode = {"call": "phone", "visit": "visit"}.get(entry.form, "meet")
    when, place = told(entry, "date"), told(entry, "place")
    return [
        _event(index, entry, ("CONSULT", mode, one, other), when, place)
        for at, one in enumerate(who)
        for other in who[at + 1 :]
    ]


def _saying(index: Index, entry: Statement) -> list[tuple[Any, ...]]:
    speaker = told(entry, "speaker")
    if speaker is None or entry.force not in _FORCES:
        return []
    values = (_FORCES[entry.force], None, speaker, told(entry, "addressee"))
    return [_event(index, entry, values, told(entry, "date"))]


def _agreement(index: Index, entry: Commitment) -> list[tuple[Any, ...]]:
    if entry.status not in _AGREED:
        return []
    who = list(told(entry, "parties") or ())
    dates = [s.date for s in entry.history if s.status in _AGREED and s.date is not None]
    measure = (told(entry, "quantity"), entry.unit, None)
    return [
        _event(
            index, entry, ("AGREE", None, one, other), dates[0] if dates else None, None, measure
        )
        for at, one in enumerate(who)
        for other in who[at + 1 :]
    ]
