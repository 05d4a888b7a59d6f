"""Whether what is told as done is recorded as done, and nothing that is planned, denied or feared.

The sentences are in `modality.yaml`, nine languages, written for this set. The baseline takes every
word for an event as told, as a coder does that looks for words alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from benchmarks.frame import Figure, Missing, Options, Part, hash_of
from dragoman.annotate import annotate
from dragoman.annotate.event_words import event_words
from dragoman.claims import Annotation, Received
from dragoman.languages import read_yaml
from dragoman.languages.lexicon import TOKEN, fold

SENTENCES = Path(__file__).with_name("modality.yaml")
Told = Literal["done", "undone", "claimed"]
_HELD = frozenset({"held", "under way"})
_STEPS = frozenset({"agreed", "agreed in principle", "begun", "carried out"})


class Case(NamedTuple):
    """A sentence, its part and language, the kind of event it tells of, and how it is told."""

    part: str
    language: str
    kind: str
    told: Told
    text: str


def cases() -> list[Case]:
    """All sentences, in the order of the file."""
    table = read_yaml(SENTENCES, dict[str, dict[str, dict[Told, dict[str, tuple[str, ...]]]]])
    return [
        Case(part, language, kind, told, text)
        for part, languages in table.items()
        for language, sides in languages.items()
        for told, kinds in sides.items()
        for kind, texts in kinds.items()
        for text in texts
    ]


def right(case: Case) -> bool:
    """Whether an event of the kind is found as done, and only if it is told so.

    Of what one side says of another an entry is right that names who claims it.
    """
    found = annotate(Received(source="sentence", text=case.text, language=case.language))
    if case.told == "claimed":
        return all(claim.claimed_by is not None for claim in found.incidents)
    return _done(found, case.kind) == (case.told == "done")


def _done(found: Annotation, kind: str) -> bool:
    if kind == "incident":
        return bool(found.incidents)
    if kind == "meeting":
        return any(claim.status in _HELD for claim in found.meetings)
    return any(claim.status in _STEPS for claim in found.commitments)


def named(case: Case) -> bool:
    """Whether a word for an event of the kind stands in the sentence: the baseline."""
    words = [fold(token) for token in TOKEN.findall(case.text)]
    lexicon = event_words(case.language)
    if case.kind == "incident":
        return bool(lexicon.incidents.find(words))
    if case.kind == "meeting":
        return bool(lexicon.meetings.find(words))
    return bool(lexicon.subjects.find(words)) and bool(lexicon.steps.find(words))


def run(options: Options) -> Iterator[Part | Missing]:
    """The share of sentences that are read rightly, part by part: in all, by language, by kind."""
    del options
    told = [(case, right(case), named(case) == (case.told == "done")) for case in cases()]
    for part in dict.fromkeys(case.part for case, _, _ in told):
        yield Part(
            data=part,
            sha256=hash_of([SENTENCES], SENTENCES.parent),
            figures=_figures([one for one in told if one[0].part == part]),
        )


def _figures(told: list[tuple[Case, bool, bool]]) -> dict[str, Figure]:
    groups = {"all": told} | {
        f"language {code}": [one for one in told if one[0].language == code]
        for code in dict.fromkeys(case.language for case, _, _ in told)
    }
    for name, value in (("told as done", "done"), ("not done", "undone"), ("claimed", "claimed")):
        groups[name] = [one for one in told if one[0].told == value]
    return {
        name: Figure(
            value=sum(ours for _, ours, _ in group) / len(group),
            peer=sum(peer for _, _, peer in group) / len(group),
            n=len(group),
        )
        for name, group in groups.items()
        if group
    }
