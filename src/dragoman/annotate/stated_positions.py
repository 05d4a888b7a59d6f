"""Positions that the words for stances miss: those of what is said, and figures that answer one.

A statement that demands, proposes, accepts or rejects tells its speaker's position on the issues
that it speaks of, whatever its verb. "The union wants 6%. The employers offered 3%" tells two
positions on pay, though only the sentence before names it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman import ontology
from dragoman.annotate.document import Sentence
from dragoman.annotate.scene import Scene
from dragoman.annotate.stances import StanceHit
from dragoman.claims import PositionClaim, Quantity, SaidClaim
from dragoman.languages.events import Modality
from dragoman.types import Force, Reason, Span, Stance

_STANCES: dict[Force, Stance] = {
    "demands": "demands",
    "asks": "demands",
    "proposes": "proposes",
    "accepts": "accepts",
    "rejects": "rejects",
    "threatens": "threatens",
}
_FIGURED: frozenset[Stance] = frozenset({"demands", "offers", "proposes", "accepts", "rejects"})
_FIGURE_REACH = 8
# Units in which sides bid against one another.
_MEASURES = frozenset({"percent", "money", "day", "month", "year"})
_UNREAL: frozenset[Modality] = frozenset({"hypothetical", "conditional", "negated", "denied"})


def stated(scene: Scene, sentence: Sentence, known: Sequence[PositionClaim]) -> list[PositionClaim]:
    """The positions of the statements that begin in a sentence, beside those that are `known`."""
    told = {(claim.party, claim.issue) for claim in known}
    found: list[PositionClaim] = []
    for index, said in enumerate(scene.doc.statements):
        stance = _STANCES.get(said.force)
        if stance is None or said.negated or said.mode == "direct":
            continue  # in a speaker's own words the verb before them is no guide to what is wanted
        first, last = _places(scene, said.evidence[0])
        if not sentence.first <= first < sentence.last:
            continue
        party = scene.speaker_party(index)
        if party is None or not _by_verb(scene, said):
            continue
        clause, _ = scene.clause(sentence, max(sentence.first, first - 1))
        if scene.modality(max(sentence.first, clause - 1), first).keys() & _UNREAL:
            continue
        if scene.lex.stances.find(scene.words, first, last):
            continue  # its own words tell whose stance it is, and which
        for issue in scene.lex.issues.find(scene.words, first, last):
            if (party, issue.value) in told:
                continue
            told.add((party, issue.value))
            found.append(
                PositionClaim(
                    evidence=(said.evidence[0],),
                    party=party,
                    issue=issue.value,
                    stance=stance,
                    value=figures(scene, first, last),
                    when=scene.time_in(sentence.first, sentence.last, first),
                    said=index,
                    reasons=(Reason(rule="stance said", why=f"the statement {said.force}"),),
                )
            )
    return found


def answered(
    scene: Scene, sentence: Sentence, before: Sequence[PositionClaim], used: frozenset[StanceHit]
) -> Iterator[tuple[StanceHit, str, str]]:
    """Words of stance whose object is a bare figure: the word, the issue and the value.

    The issue is that of the last position told before with a figure of the same unit. Words that
    are `used` govern an issue of the sentence itself.
    """
    for stance in scene.lex.stances.find(scene.words, sentence.first, sentence.last):
        if stance in used or stance.value.sort != "verbs" or stance.value.stance not in _FIGURED:
            continue
        clause, _ = scene.clause(sentence, stance.first)
        if scene.modality(clause, stance.last).keys() & _UNREAL:
            continue
        start, stop = stance.last, min(sentence.last, stance.last + _FIGURE_REACH)
        if scene.verb_final:
            start = max(sentence.first, stance.first - _FIGURE_REACH)
        for _, index in scene.quantities_in(start, stop):
            quantity = scene.doc.quantities[index]
            issue = _issue_of(scene, quantity, before)
            if issue is not None:
                yield stance, issue, value_of(quantity)
                break


def figures(scene: Scene, first: int, last: int) -> str | None:
    """The figures between two tokens, in their order."""
    told = [value_of(scene.doc.quantities[index]) for _, index in scene.quantities_in(first, last)]
    return ", ".join(dict.fromkeys(told)) or None


def _issue_of(scene: Scene, quantity: Quantity, before: Sequence[PositionClaim]) -> str | None:
    """The issue of the last position that is told with a figure of the same unit."""
    if not ontology.counted(quantity.unit, _MEASURES):
        return None
    for claim in reversed(before):
        place = scene.doc.token_at(scene.doc.reading.place_of(claim.evidence[0].start))
        told = scene.doc.sentence_at(place)
        if told is not None and any(
            scene.doc.quantities[index].unit == quantity.unit
            for _, index in scene.quantities_in(told.first, told.last)
        ):
            return claim.issue
    return None


def value_of(quantity: Quantity) -> str:
    """A figure in words: a length of time in days, months or years, else as it stands."""
    if quantity.value is not None and quantity.unit in {"day", "month", "year"}:
        return f"{quantity.value:g} {quantity.unit}{'' if quantity.value == 1 else 's'}"
    return " ".join(quantity.span.text.split())


def _by_verb(scene: Scene, said: SaidClaim) -> bool:
    """Whether a verb attributes what is said: who "left the plan for a truce" proposes none."""
    bonds = scene.bonds
    cues = [span for span in said.evidence if span.role == "cue"]
    places = [_places(scene, span) for span in cues]
    return not bonds or any(bonds.is_verb(*place) for place in places)


def _places(scene: Scene, span: Span) -> tuple[int, int]:
    """The tokens (last exclusive) of a span."""
    reading = scene.doc.reading
    first = scene.doc.token_at(reading.place_of(span.start))
    return first, scene.doc.token_at(reading.place_of(span.end - 1)) + 1
