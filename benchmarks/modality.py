"""Whether what is told as done is recorded as done, and nothing that is planned, denied or feared.

The sentences are in `modality.yaml`, nine languages, written for this set. The baseline takes every
word for an event as told, as a coder does that looks for words alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.frame import Figure, Missing, Options, Part, hash_of
from dragoman.annotate import annotate
from dragoman.annotate.scene import event_words
from dragoman.claims import Annotation, Received
from dragoman.languages import read_yaml
from dragoman.languages.lexicon import TOKEN, fold

SENTENCES = Path(__file__).with_name("modality.yaml")
_HELD = frozenset({"held", "under way"})
_STEPS = frozenset({"agreed", "agreed in principle", "begun", "carried out"})


class Case(NamedTuple):
    """A sentence, its language, the kind of event it tells of, and whether that is done."""

    language: str
    kind: str
    done: bool
    text: str


def cases() -> list[Case]:
    """All sentences, in the order of the file."""
    table = read_yaml(SENTENCES, dict[str, dict[str, dict[str, tuple[str, ...]]]])
    return [
        Case(language, kind, told == "done", text)
        for language, sides in table.items()
        for told, kinds in sides.items()
        for kind, texts in kinds.items()
        for text in texts
    ]


def recorded(case: Case) -> bool:
    """Whether an event of the kind is found as done."""
    found = annotate(Received(source="sentence", text=case.text, language=case.language))
    return _done(found, case.kind)


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
    """The share of sentences that are read rightly, in all and by language."""
    del options
    told = [(case, recorded(case) == case.done, named(case) == case.done) for case in cases()]
    groups = {"all": told} | {
        f"language {code}": [one for one in told if one[0].language == code]
        for code in dict.fromkeys(case.language for case, _, _ in told)
    }
    undone = [one for one in told if not one[0].done]
    groups |= {"told as done": [one for one in told if one[0].done], "not done": undone}
    yield Part(
        data="sentences",
        sha256=hash_of([SENTENCES], SENTENCES.parent),
        figures={
            name: Figure(
                value=sum(right for _, right, _ in group) / len(group),
                peer=sum(peer for _, _, peer in group) / len(group),
                n=len(group),
            )
            for name, group in groups.items()
        },
    )
