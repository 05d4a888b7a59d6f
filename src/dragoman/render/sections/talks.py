"""Where the talks stand, round by round; and who sat opposite whom."""

from __future__ import annotations

import datetime as dt

from dragoman.render import words
from dragoman.render.parts import Block, Paragraph, Section, Sentence
from dragoman.render.teller import Teller, listing
from dragoman.render.view import cited, told
from dragoman.types import Actor, Meeting, Span

_TALKS = ("talks", "summit")
_DONE = ("held", "under way")
_OPEN = ("planned", "proposed")


def _order(entry: Meeting) -> tuple[bool, dt.date, dt.date, int]:
    when = told(entry, "date")
    first, last = when.sort_key() if when else (dt.date.max, dt.date.max)
    return when is None, first, last, told(entry, "round") or 0


def _round_order(entry: Meeting) -> tuple[int, tuple[bool, dt.date, dt.date, int]]:
    # Talks of unknown number stand where their date puts them among none: after the rounds.
    return told(entry, "round") or 10**6, _order(entry)


def talks(teller: Teller) -> Section:
    """Meetings: the rounds one by one, then all other contacts."""
    meetings = teller.index.stated(Meeting)
    rounds = sorted((entry for entry in meetings if entry.form in _TALKS), key=_round_order)
    others = sorted((entry for entry in meetings if entry.form not in _TALKS), key=_order)
    blocks = []
    if summary := _summary(teller, rounds):
        blocks.append(Block(paragraphs=listing([summary])))
    for entry in rounds:
        title = teller.strings.text(
            "meeting.title",
            name=teller.meeting(entry),
            date=words.bare_date(told(entry, "date"), teller.strings),
        )
        blocks.append(Block(title=title, paragraphs=listing([_meeting(teller, entry)])))
    if others:
        title = str(teller.strings["meeting.other"])
        points = listing(_meeting(teller, entry) for entry in others)
        blocks.append(Block(title=title, paragraphs=points, listed=True))
    return Section(key="talks", title=str(teller.strings["section.talks"]), blocks=tuple(blocks))


def _summary(teller: Teller, rounds: list[Meeting]) -> list[Sentence]:
    """The latest talks held, those under way, and what is to come after them."""
    said: list[Sentence] = []
    held = [entry for entry in rounds if entry.status == "held"]
    if held:
        dated = [entry for entry in held if told(entry, "date") is not None]
        latest = max(dated or held, key=lambda entry: _order(entry)[1:])
        said += _short(teller, "latest", latest)
    for entry in rounds:
        if entry.status == "under way":
            said += _short(teller, "current", entry)
    for status in _OPEN:
        for entry in rounds:
            if entry.status == status:
                said += _short(teller, "next", entry)
    return said


def _short(teller: Teller, key: str, entry: Meeting) -> list[Sentence]:
    template = teller.strings.at("meeting", key)
    if isinstance(template, dict):
        template = template[entry.status]
    return teller.sentence(
        template,
        entry,
        cited(entry, "status", "round", "date"),
        name=teller.meeting(entry),
        date=teller.when(told(entry, "date")),
        meant_for=teller.meant_for(told(entry, "date")),
    )


def _meeting(teller: Teller, entry: Meeting) -> list[Sentence]:
    strings = teller.strings
    done = "done" if entry.status in _DONE else "meant"
    said = teller.sentence(
        strings.at("meeting", "status", entry.status),
        entry,
        cited(entry, "status", "round", "date", "place", "venue"),
        name=teller.meeting(entry),
        date=teller.when(told(entry, "date")),
        meant_for=teller.meant_for(told(entry, "date")),
        was_for=teller.was_for(told(entry, "date")),
        place=teller.clause("place", told(entry, "place")),
        venue=teller.clause("venue", told(entry, "venue")),
    )
    for key, field in (
        ("took_part", "parties"),
        ("persons", "participants"),
        ("third_parties", "third_parties"),
    ):
        if names := told(entry, field):
            slot = "people" if field == "participants" else field
            said += teller.sentence(
                strings.at("meeting", key, done),
                entry,
                cited(entry, field),
                n=len(names),
                **{slot: teller.names(names)},
            )
    if (minutes := told(entry, "duration_minutes")) is not None and entry.status in _DONE:
        said += teller.sentence(
            strings["meeting.duration"],
            entry,
            cited(entry, "duration_minutes", "duration"),
            duration=words.duration(minutes, strings),
        )
    if len({step.status for step in entry.history}) > 1:
        said += teller.steps("meeting.step", entry, entry.history)
    said += teller.rests("meeting.rests", entry)
    return said


def delegations(teller: Teller) -> Section:
    """Who led, who came and who hosted, for each meeting held or under way."""
    strings = teller.strings
    people = {entry.id: entry for entry in teller.index.stated(Actor)}
    by_name = {entry.name: entry for entry in reversed(people.values())}
    blocks = []
    for entry in sorted(teller.index.stated(Meeting), key=_round_order):
        opposite = len(told(entry, "parties") or ()) > 1 or bool(told(entry, "heads"))
        if entry.status not in _DONE or not opposite:
            continue
        heads: dict[str, str] = told(entry, "heads") or {}
        points: list[list[Sentence]] = []
        for party in told(entry, "parties") or tuple(sorted(heads)):
            if head := heads.get(party):
                actor = people.get(entry.head_ids.get(party, "")) or by_name.get(head)
                points.append(
                    teller.sentence(
                        strings["delegation.head"],
                        entry,
                        cited(entry, "heads") + _titled(actor),
                        party=party,
                        head=_person(teller, head, actor),
                    )
                )
            else:
                points.append(
                    teller.sentence(
                        strings["delegation.party"], entry, cited(entry, "parties"), party=party
                    )
                )
        points += _members(teller, entry, people, by_name)
        if third := told(entry, "third_parties"):
            points.append(
                teller.sentence(
                    strings["delegation.third"],
                    entry,
                    cited(entry, "third_parties"),
                    third_parties=teller.names(third),
                )
            )
        title = strings.text(
            "meeting.title",
            name=teller.meeting(entry),
            date=words.bare_date(told(entry, "date"), strings),
        )
        paragraphs: tuple[Paragraph, ...] = listing(points)
        blocks.append(Block(title=title, paragraphs=paragraphs, listed=True))
    return Section(
        key="delegations", title=str(strings["section.delegations"]), blocks=tuple(blocks)
    )


def _members(
    teller: Teller, entry: Meeting, people: dict[str, Actor], by_name: dict[str, Actor]
) -> list[list[Sentence]]:
    """Those named as taking part who did not lead, by the side they belong to."""
    names = told(entry, "participants") or ()
    leaders = set(entry.heads.values())
    ids = dict(zip(entry.participants, entry.participant_ids, strict=False))
    sides: dict[str, list[tuple[str, Actor | None]]] = {}
    for name in names:
        if name not in leaders:
            actor = people.get(ids.get(name, "")) or by_name.get(name)
            side = told(actor, "side") if actor else None
            sides.setdefault(side or "", []).append((name, actor))
    points = []
    for side, members in sides.items():
        spans = cited(entry, "participants")
        for _, actor in members:
            spans += _titled(actor)
        points.append(
            teller.sentence(
                teller.strings["delegation.members" if side else "delegation.others"],
                entry,
                spans,
                side=side,
                people=teller.names([_person(teller, name, actor) for name, actor in members]),
            )
        )
    return points


def _titled(actor: Actor | None) -> tuple[Span, ...]:
    """The words that give a person's office, if any is told."""
    return cited(actor, "roles")[:1] if actor is not None and told(actor, "roles") else ()


def _person(teller: Teller, name: str, actor: Actor | None) -> str:
    roles = told(actor, "roles") if actor is not None else None
    if not roles:
        return name
    of = teller.clause("of", roles[0].of)
    text = roles[0].title + "".join(part.text for part in of)
    aside = "".join(part.text for part in teller.aside(text))
    return teller.strings.text("delegation.person", name=name, title=aside)
