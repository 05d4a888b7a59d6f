"""Whether what a passage tells is told as done, and if only one side claims it, who that is.

An event counts as done only where nothing says otherwise: no word of a plan, a hope, a denial, a
condition in its clause or above it in the syntax. What one side accuses another of, and what is
hearsay, is a claim: it is recorded with who claims it, or not at all.
"""

from __future__ import annotations

from typing import NamedTuple

from dragoman.annotate.document import Sentence
from dragoman.annotate.scene import Scene
from dragoman.languages.events import Modality
from dragoman.languages.lexicon import Hit

Bounds = tuple[int, int]

UNDONE: frozenset[Modality] = frozenset(
    {
        "negated",
        "planned",
        "hypothetical",
        "conditional",
        "provided",
        "unreal",
        "reported",
        "hoped",
        "threatened",
        "denied",
        "proposed",
        "refused",
    }
)
# Where the verb stands last, what undoes it may stand behind it.
_BEHIND: frozenset[Modality] = frozenset({"negated", "denied", "unreal", "alleged"})
_CLAIMS: frozenset[Modality] = frozenset({"accuses", "accused", "alleged"})
_OPENING_REACH = 8
_ACCUSED_REACH = 12


class Told(NamedTuple):
    """How an event is told. `claimed`: as somebody's claim; `by` is who claims it, if known."""

    done: bool
    claimed: bool = False
    by: int | None = None


def told(scene: Scene, sentence: Sentence, trigger: Bounds, floor: int) -> Told:
    """How the event is told that the tokens of `trigger` stand for.

    Args:
        scene: the report.
        sentence: the sentence that holds the trigger.
        trigger: first and last (exclusive) token of the words for the event.
        floor: the first token whose words count that nothing in the syntax binds to it.
    """
    bound = decided(scene, sentence, trigger)
    labels = _near(scene, sentence, trigger, floor) | bound
    if scene.said_at(trigger[0]) is not None:
        labels.discard("reported")
    if labels & UNDONE or "cancelled" in bound:
        return Told(done=False)
    claim = _accusation(scene, sentence, trigger)
    if claim is not None:
        return claim
    if "alleged" in labels:
        return Told(done=True, claimed=True, by=scene.speaker_party(scene.said_at(trigger[0])))
    return Told(done=True)


def _near(scene: Scene, sentence: Sentence, trigger: Bounds, floor: int) -> set[Modality]:
    """The words of modality around a trigger, those that are part of it left out."""
    first, last = scene.clause(sentence, trigger[0])
    begin = max(sentence.first, first - _OPENING_REACH)
    found = [
        hit
        for hit in scene.moods.all(min(begin, floor), trigger[1])
        if hit.first >= floor or hit.last >= first
    ]
    if scene.verb_final:
        found += [hit for hit in scene.moods.all(trigger[1], last) if hit.value in _BEHIND]
    return {hit.value for hit in found if not _inside(hit, trigger) and _bears(scene, hit, trigger)}


def decided(scene: Scene, sentence: Sentence, trigger: Bounds) -> set[Modality]:
    """The words of modality that the syntax binds to a trigger."""
    if not scene.bonds:
        return set()
    places = {t for first, last in scene.bonds.deciding(*trigger) for t in range(first, last)}
    return {
        hit.value
        for hit in scene.moods.all(sentence.first, sentence.last)
        if any(place in places for place in range(hit.first, hit.last))
        and not _inside(hit, trigger)
        and hit.value not in _CLAIMS
    }


def is_accused(scene: Scene, sentence: Sentence, trigger: Bounds) -> bool:
    """Whether somebody is only accused of what the trigger stands for."""
    return _accusation(scene, sentence, trigger) is not None


def _inside(hit: Hit[Modality], trigger: Bounds) -> bool:
    """Whether a word of modality is part of the word for the event itself."""
    return trigger[0] <= hit.first and hit.last <= trigger[1]


def _bears(scene: Scene, hit: Hit[Modality], trigger: Bounds) -> bool:
    """Whether a word of hearsay speaks of the trigger: an attribute speaks of its noun alone."""
    if hit.value != "alleged" or not scene.bonds:
        return True
    noun = scene.bonds.attributive(hit.first, hit.last)
    return noun is None or (noun[0] < trigger[1] and trigger[0] < noun[1])


def _accusation(scene: Scene, sentence: Sentence, trigger: Bounds) -> Told | None:
    """The claim that a verb of accusation makes of what the trigger stands for."""
    hits = list(scene.moods.all(sentence.first, sentence.last))
    passive = [hit for hit in hits if hit.value == "accused"]
    active = [
        hit
        for hit in hits
        if hit.value == "accuses"
        and not any(p.first <= hit.first and hit.last <= p.last for p in passive)
    ]
    for hit in (*active, *passive):
        if _governs(scene, sentence, hit, trigger):
            return Told(done=True, claimed=True, by=_accuser(scene, sentence, hit))
    return None


def _governs(scene: Scene, sentence: Sentence, hit: Hit[Modality], trigger: Bounds) -> bool:
    """Whether the trigger is what a verb accuses of: in its clause, or below it in the syntax."""
    first, last = scene.clause(sentence, trigger[0])
    if _inside(hit, trigger):
        return False
    gap = max(trigger[0] - hit.last, hit.first - trigger[1] if scene.verb_final else -1)
    if first <= hit.first < last and 0 <= gap <= _ACCUSED_REACH:
        return True
    return scene.bonds.governs(hit[:2], trigger)


def _accuser(scene: Scene, sentence: Sentence, hit: Hit[Modality]) -> int | None:
    """Who accuses: the subject of the verb, behind a passive the one named with "by"."""
    if hit.value == "accused":
        for marker in scene.lex.by.find(scene.words, sentence.first, sentence.last):
            after = scene.within(marker.last, min(sentence.last, marker.last + 4))
            if after and abs(marker.first - hit.last) <= _ACCUSED_REACH:
                return after[0].mention.actor
        return scene.speaker_party(scene.said_at(hit.first))
    if scene.verb_final:
        begin, _ = scene.content(sentence, hit.first)
        named = scene.straight(max(begin, scene.clause(sentence, hit.first)[0]), hit.first)
        subject = named[0] if named else None
    else:
        subject = scene.subject(sentence, hit.first)
    if subject is not None:
        return subject.mention.actor
    return scene.speaker_party(scene.said_at(hit.first))
