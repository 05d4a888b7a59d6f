"""Where each party stands on each issue, and what moved."""

from __future__ import annotations

from dragoman.render import words
from dragoman.render.parts import Block, Grid, Part, Row, Section, Sentence
from dragoman.render.stands import Stand, date_of, stands
from dragoman.render.teller import Teller, listing
from dragoman.render.view import cited, told
from dragoman.types import Position


def positions(teller: Teller) -> Section:
    """What moved, then a grid of issue, party and stances."""
    strings = teller.strings
    found = stands(teller.index)
    blocks: list[Block | Grid] = []
    moved = listing(_moves(teller, stand) for stand in found)
    if moved:
        title = str(strings["position.moved_title"])
        blocks.append(Block(title=title, paragraphs=moved, listed=True))
    rows = []
    for stand in found:
        said: list[Sentence] = []
        for position in stand.positions:
            said += _position(teller, position)
        rows.append(Row(heads=(stand.issue, stand.party), sentences=tuple(said)))
    if rows:
        blocks.append(Grid(columns=tuple(strings["position.columns"]), rows=tuple(rows)))
    return Section(key="positions", title=str(strings["section.positions"]), blocks=tuple(blocks))


def _position(teller: Teller, entry: Position) -> list[Sentence]:
    strings = teller.strings
    meeting = teller.index.meeting(told(entry, "meeting"))
    date = told(entry, "date")
    when = [teller.meeting(meeting)] if meeting else []
    when += [words.bare_date(date, strings)] if date else []
    return teller.sentence(
        strings["position.held"],
        entry,
        cited(entry),
        stance=str(strings.at("position", "stance", entry.stance, "word")),
        value=teller.clause("colon", told(entry, "value")),
        when=strings.clause("position.when", when=", ".join(when)),
        by=_by(teller, told(entry, "characterised_by")),
    )


def _by(teller: Teller, who: str | None) -> tuple[Part, ...]:
    return teller.strings.clause("position.by", by=who)


def _moves(teller: Teller, stand: Stand) -> list[Sentence]:
    said: list[Sentence] = []
    for before, after in stand.moves:
        said += teller.sentence(
            teller.strings["position.moved"],
            after,
            (*cited(before), *cited(after)),
            party=stand.party,
            issue=stand.issue,
            before=_state(teller, before),
            after=_state(teller, after),
            then=words.date(date_of(teller.index, before), teller.strings),
            now=words.date(date_of(teller.index, after), teller.strings),
        )
    return said


def _state(teller: Teller, entry: Position) -> tuple[Part, ...]:
    return teller.strings.say(
        "position.state",
        stance=str(teller.strings.at("position", "stance", entry.stance, "word")),
        value=teller.clause("colon", told(entry, "value")),
    )
