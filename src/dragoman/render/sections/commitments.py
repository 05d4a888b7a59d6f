"""What is agreed and how firmly: the firmest first, each with the steps it took."""

from __future__ import annotations

from typing import get_args

from dragoman.render import words
from dragoman.render.parts import Block, Section, Sentence
from dragoman.render.teller import Teller, listing
from dragoman.render.view import cited, told
from dragoman.types import Commitment, CommitmentStatus

_FIRMEST_FIRST: tuple[CommitmentStatus, ...] = (
    "carried out",
    "begun",
    "agreed",
    "agreed in principle",
    "proposed",
    "breached",
    "withdrawn",
)
if set(_FIRMEST_FIRST) != set(get_args(CommitmentStatus)):
    raise AssertionError("every status of a commitment needs its place")


def commitments(teller: Teller) -> Section:
    """A block for each status that some commitment has."""
    entries = teller.index.stated(Commitment)
    blocks = []
    for status in _FIRMEST_FIRST:
        group = sorted(
            (entry for entry in entries if entry.status == status),
            key=lambda entry: (entry.subject, entry.id),
        )
        if group:
            blocks.append(
                Block(
                    title=str(teller.strings.at("commitment", "heading", status)),
                    paragraphs=listing(_commitment(teller, entry) for entry in group),
                    listed=True,
                )
            )
    return Section(
        key="commitments", title=str(teller.strings["section.commitments"]), blocks=tuple(blocks)
    )


def _commitment(teller: Teller, entry: Commitment) -> list[Sentence]:
    strings = teller.strings
    parties = told(entry, "parties")
    said = teller.sentence(
        strings.at("commitment", "status", entry.status),
        entry,
        cited(entry),
        subject=entry.subject,
        quantity=teller.clause(
            "figure", words.measure(told(entry, "quantity"), entry.unit, strings)
        ),
        parties=teller.clause("comma", teller.names(parties or ())),
    )
    said += teller.steps("commitment.step", entry, entry.history)
    said += teller.rests("commitment.rests", entry)
    return said
