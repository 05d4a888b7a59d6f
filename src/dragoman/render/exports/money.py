"""The record in FollowTheMoney's model: entities, and the statements that they are made of.

Reports are Articles, actors are Persons, PublicBodies, Organizations or Addresses, meetings and
incidents Events. A statement keeps the words that its value was read from.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from dragoman.render.safe import on_one_line
from dragoman.render.strings import strings
from dragoman.render.teller import Teller, report_label
from dragoman.render.view import Index, View, told
from dragoman.types import Actor, Incident, Interval, Meeting, Report, Span

DATASET = "dragoman"
_SCHEMATA = {
    "person": "Person",
    "state": "PublicBody",
    "organization": "Organization",
    "group": "Organization",
    "place": "Address",
}
_COLUMNS = (
    "canonical_id",
    "entity_id",
    "prop",
    "prop_type",
    "schema",
    "value",
    "dataset",
    "origin",
    "lang",
    "original_value",
    "external",
    "first_seen",
    "last_seen",
    "id",
)
# What the library takes at most of each type, in characters.
_MOST = {"name": 384, "address": 250, "string": 1024, "text": 65_000}
_TYPES = {
    "name": "name",
    "alias": "name",
    "full": "address",
    "date": "date",
    "startDate": "date",
    "endDate": "date",
    "publishedAt": "date",
    "sourceUrl": "url",
    "involved": "entity",
    "organizer": "entity",
    "proof": "entity",
    "location": "address",
    "summary": "text",
    "position": "string",
    "title": "string",
    "publisher": "string",
    "fileName": "string",
    "contentHash": "checksum",
    "keywords": "string",
}


class Value(NamedTuple):
    """A value of a property, and the words that it was read from."""

    schema: str
    entity: str
    prop: str
    value: str
    words: str | None = None


def entities(view: View) -> bytes:
    """The entities, one a line."""
    found: dict[str, dict[str, list[str]]] = {}
    schemata: dict[str, str] = {}
    for value in _cut(view):
        schemata[value.entity] = value.schema
        values = found.setdefault(value.entity, {}).setdefault(value.prop, [])
        if value.value not in values:
            values.append(value.value)
    lines = (
        json.dumps(
            {
                "id": id_,
                "schema": schemata[id_],
                "properties": properties,
                "datasets": [DATASET],
            },
            ensure_ascii=False,
            sort_keys=True,
        )
        for id_, properties in found.items()
    )
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def statements(view: View) -> bytes:
    """The statements as CSV, in the dialect that the library reads."""
    out = io.StringIO()
    writer = csv.writer(out, dialect=csv.unix_dialect)
    writer.writerow(_COLUMNS)
    for each in dict.fromkeys(_cut(view)):
        key = json.dumps((DATASET, each.entity, each.prop, each.value))
        writer.writerow(
            (
                each.entity,
                each.entity,
                each.prop,
                _TYPES[each.prop],
                each.schema,
                each.value,
                DATASET,
                "",
                "",
                each.words or "",
                "f",
                "",
                "",
                hashlib.sha1(key.encode("utf-8"), usedforsecurity=False).hexdigest(),
            )
        )
    return out.getvalue().encode("utf-8")


def _cut(view: View) -> Iterator[Value]:
    """All values, those cut that are longer than the library takes."""
    for each in _values(view):
        most = _MOST.get(_TYPES[each.prop])
        if most is not None and len(each.value) > most:
            yield each._replace(value=each.value[: most - 1].rstrip() + "…")
        else:
            yield each


def _values(view: View) -> Iterator[Value]:
    teller = Teller(Index(view), strings())
    index = teller.index
    for report in index.reports.values():
        yield from _report(report)
    known = set()
    for actor in index.stated(Actor):
        if any(on_one_line(actor.name)):
            known.add(actor.id)
            yield from _actor(actor)
    for meeting in index.stated(Meeting):
        yield from _meeting(teller, meeting, known)
    for incident in index.stated(Incident):
        yield from _incident(incident, known)


def _report(report: Report) -> Iterator[Value]:
    def value(prop: str, text: str) -> Value:
        return Value("Article", report.id, prop, text)

    yield value("title", on_one_line(report.title or report_label(report)))
    if report.outlet:
        yield value("publisher", on_one_line(report.outlet))
    if _is_address(report.source):
        yield value("sourceUrl", report.source)
    else:
        yield value("fileName", on_one_line(report.source))
    yield from (
        value("publishedAt", day) for day in _days(told(report, "published")) if len(day) > 0
    )


def _is_address(source: str) -> bool:
    plain = source.isascii() and source.isprintable() and " " not in source
    try:
        parts = urlsplit(source) if plain else None
    except ValueError:
        return False
    return parts is not None and parts.scheme in {"http", "https"} and "." in parts.netloc


def _days(when: Interval | None) -> Iterator[str]:
    """A date in the form of FollowTheMoney, which knows days, months and years, not intervals."""
    if when is not None and "/" not in str(when):
        yield str(when)


def _actor(actor: Actor) -> Iterator[Value]:
    schema = _SCHEMATA[actor.type]
    name = "full" if schema == "Address" else "name"
    yield Value(schema, actor.id, name, on_one_line(actor.name))
    if schema == "Address":
        return
    words = {span.text for span in actor.evidence if span.citable}
    for form in actor.forms:
        if on_one_line(form) and on_one_line(form) != on_one_line(actor.name):
            original = form if form in words and form != on_one_line(form) else None
            yield Value(schema, actor.id, "alias", on_one_line(form), original)
    if schema == "Person":
        for role in actor.roles:
            title = role.title if role.of is None else f"{role.title} ({role.of})"
            yield Value(schema, actor.id, "position", on_one_line(title))


def _meeting(teller: Teller, entry: Meeting, known: set[str]) -> Iterator[Value]:
    def value(prop: str, text: str, words: str | None = None) -> Value:
        return Value("Event", entry.id, prop, text, words)

    yield value("name", on_one_line(teller.meeting(entry)))
    yield value("keywords", entry.status)
    yield from _when(entry.id, told(entry, "date"))
    if place := told(entry, "place"):
        yield value("location", on_one_line(place))
    for id_ in dict.fromkeys((*entry.party_ids, *entry.participant_ids)):
        if id_ in known:
            yield value("involved", id_)
    for id_ in entry.third_party_ids:
        if id_ in known:
            yield value("organizer", id_)
    yield from _proof(entry.id, entry.evidence)


def _incident(entry: Incident, known: set[str]) -> Iterator[Value]:
    yield Value("Event", entry.id, "name", on_one_line(entry.type) or "incident")
    yield from _when(entry.id, told(entry, "date"))
    if place := told(entry, "place"):
        yield Value("Event", entry.id, "location", on_one_line(place))
    for id_ in (entry.by_id, entry.against_id):
        if id_ is not None and id_ in known:
            yield Value("Event", entry.id, "involved", id_)
    yield from _proof(entry.id, entry.evidence)


def _when(id_: str, when: Interval | None) -> Iterator[Value]:
    if when is None:
        return
    for day in _days(when):
        yield Value("Event", id_, "date", day)
        return
    if when.earliest is not None:
        yield Value("Event", id_, "startDate", when.earliest.isoformat())
    if when.latest is not None:
        yield Value("Event", id_, "endDate", when.latest.isoformat())


def _proof(id_: str, evidence: tuple[Span, ...]) -> Iterator[Value]:
    for span in evidence:
        if span.citable:
            yield Value("Event", id_, "proof", span.report)
            yield Value("Event", id_, "summary", on_one_line(span.text))
