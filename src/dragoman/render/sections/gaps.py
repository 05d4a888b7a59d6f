"""What could not be established: said, so that silence is not read as an answer."""

from __future__ import annotations

from dragoman.render.parts import Block, Note, Part, Section, Sentence
from dragoman.render.teller import Teller, listing
from dragoman.render.view import citable, cited, told
from dragoman.types import Commitment, Incident, Meeting, Report, Statement

_OPEN = ("planned", "proposed")


def gaps(teller: Teller) -> Section:
    """Unknown dates, places, outcomes and speakers; then what was not read or is in doubt."""
    strings = teller.strings
    found = {
        "when": _dates(teller),
        "where": _places(teller),
        "status": _outcomes(teller),
        "who": _speakers(teller),
        "published": _published(teller),
    }
    blocks = tuple(
        Block(title=str(strings.at("gap", name)), paragraphs=listing(groups), listed=True)
        for name, groups in found.items()
        if groups
    )
    return Section(
        key="gaps", title=str(strings["section.gaps"]), blocks=blocks, notes=_notes(teller)
    )


def _dates(teller: Teller) -> list[list[Sentence]]:
    index = teller.index
    undated: list[tuple[Meeting | Incident | Commitment, str]] = [
        (entry, teller.meeting(entry))
        for entry in index.stated(Meeting)
        if told(entry, "date") is None
    ]
    undated += [
        (entry, entry.type) for entry in index.stated(Incident) if told(entry, "date") is None
    ]
    undated += [
        (entry, entry.subject)
        for entry in index.stated(Commitment)
        if not any(step.date is not None and step.evidence.citable for step in entry.history)
    ]
    return [
        teller.sentence(teller.strings["gap.date"], entry, cited(entry), label=label)
        for entry, label in undated
    ]


def _places(teller: Teller) -> list[list[Sentence]]:
    return [
        teller.sentence(
            teller.strings["gap.place"], entry, cited(entry), label=teller.meeting(entry)
        )
        for entry in teller.index.stated(Meeting)
        if entry.form != "call" and told(entry, "place") is None and told(entry, "venue") is None
    ]


def _outcomes(teller: Teller) -> list[list[Sentence]]:
    return [
        teller.sentence(
            teller.strings.at("gap", "outcome", entry.status),
            entry,
            cited(entry, "status", "date"),
            label=teller.meeting(entry),
            meant_for=teller.meant_for(told(entry, "date")),
        )
        for entry in teller.index.stated(Meeting)
        if entry.status in _OPEN
    ]


def _speakers(teller: Teller) -> list[list[Sentence]]:
    """Unnamed sources, each description once; then words of which no speaker is told at all."""
    described: dict[str, list[Statement]] = {}
    said: list[list[Sentence]] = []
    for entry in teller.index.stated(Statement):
        if told(entry, "speaker") is not None:
            continue
        if (description := told(entry, "described")) is not None:
            described.setdefault(description, []).append(entry)
            continue
        words = entry.evidence[0]
        said.append(
            teller.sentence(
                teller.strings["gap.speaker"], entry, [words], content=teller.verbatim(words)
            )
        )
    unnamed = [
        teller.sentence(
            teller.strings["gap.described"],
            entries[0],
            [span for entry in entries for span in cited(entry, "speaker")],
            described=Part(text=description, report=entries[0].evidence[0].report),
        )
        for description, entries in sorted(described.items())
    ]
    return unnamed + said


def _published(teller: Teller) -> list[list[Sentence]]:
    return [
        teller.sentence(
            teller.strings["gap.report"], entry, cited(entry), report=teller.report(entry.id)
        )
        for entry in teller.index.stated(Report)
        if told(entry, "published") is None
    ]


def _notes(teller: Teller) -> tuple[Note, ...]:
    notes = [
        teller.note("gap.skipped", source=source, cause=cause, step=step)
        for source, cause, step in teller.index.view.skipped()
    ]
    notes += [
        teller.note(
            "gap.review",
            entry=entry.id,
            kind=entry.kind,
            id=entry.id,
            report=teller.names([teller.report(id_) for id_ in entry.reports()]),
        )
        for entry in teller.index.entries
        if not citable(entry)
    ]
    return tuple(notes)
