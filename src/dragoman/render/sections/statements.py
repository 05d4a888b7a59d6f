"""Who said what: the words as reported, by speaker."""

from __future__ import annotations

import datetime as dt

from dragoman.render import words
from dragoman.render.parts import Block, Part, Section, Sentence
from dragoman.render.sayings import Saying, sayings
from dragoman.render.teller import Teller, listing
from dragoman.render.view import cited, told
from dragoman.types import Span, Statement


def statements(teller: Teller) -> Section:
    """A block for each speaker, those with most to say first, unnamed ones last."""
    strings = teller.strings
    named: dict[str, list[Saying]] = {}
    described: list[Saying] = []
    unknown: list[Saying] = []
    for saying in sayings(teller.index):
        if speaker := told(saying.first, "speaker"):
            named.setdefault(speaker, []).append(saying)
        elif told(saying.first, "described"):
            described.append(saying)
        else:
            unknown.append(saying)
    groups = sorted(named.items(), key=lambda item: (-len(item[1]), item[0]))
    groups += [(str(strings["statement.unnamed"]), described)]
    groups += [(str(strings["statement.unknown"]), unknown)]
    blocks = tuple(
        Block(
            title=title,
            paragraphs=listing(_saying(teller, saying) for saying in sorted(group, key=_order)),
            listed=True,
        )
        for title, group in groups
        if group
    )
    return Section(key="statements", title=str(strings["section.statements"]), blocks=blocks)


def _order(saying: Saying) -> tuple[bool, dt.date, dt.date]:
    when = told(saying.first, "date")
    first, last = when.sort_key() if when else (dt.date.max, dt.date.max)
    return when is None, first, last


def _saying(teller: Teller, saying: Saying) -> list[Sentence]:
    """The words as the first report has them, then how many accounts there are of them."""
    said = _statement(teller, saying.first)
    spans = [entry.evidence[0] for entry in saying.all]
    reports = tuple(dict.fromkeys(span.report for span in spans))
    if len(reports) > 1:
        said += teller.sentence(
            teller.strings["statement.rests"],
            saying.first,
            spans,
            accounts=teller.accounts(reports),
        )
    return said


def _statement(teller: Teller, entry: Statement) -> list[Sentence]:
    strings = teller.strings
    words_ = entry.evidence[0]
    force = strings.at("statement", "force", entry.force, "not" if entry.negated else "said")
    shape = "indirect" if entry.mode == "indirect" else "direct"
    return teller.sentence(
        strings.at("statement", shape),
        entry,
        _spans(entry, words_),
        date=strings.clause("statement.date", date=words.date(told(entry, "date"), strings)),
        speaker=_speaker(teller, entry),
        force=str(force),
        addressee=teller.clause("addressee", told(entry, "addressee")),
        channel=teller.clause("channel", told(entry, "channel")),
        content=teller.verbatim(words_),
        via=_via(teller, told(entry, "via") or ()),
    )


def _spans(entry: Statement, content: Span) -> tuple[Span, ...]:
    """The content first, then whatever else it rests on."""
    return (content, *cited(entry, "speaker", "cue", "channel", "via", "addressee"))


def _speaker(teller: Teller, entry: Statement) -> str | tuple[Part, ...]:
    speaker: str | None = told(entry, "speaker")
    if speaker:
        return speaker
    side = teller.strings.clause("statement.side", side=told(entry, "side"))
    if described := told(entry, "described"):
        as_told = Part(text=described, report=entry.evidence[0].report)
        return teller.strings.say("statement.described", described=as_told, side=side)
    return (*teller.strings.say("statement.somebody"), *side)


def _via(teller: Teller, chain: tuple[str, ...]) -> tuple[Part, ...]:
    """The tellers in between, the nearest first: "as told by A, from B"."""
    if not chain:
        return ()
    told_by = chain[0]
    for inner in chain[1:]:
        told_by = teller.strings.text("clause.told_by", outer=told_by, inner=inner)
    return teller.clause("via", told_by)
