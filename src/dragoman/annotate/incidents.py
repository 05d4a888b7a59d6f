"""Incidents: attacks, protests, seizures and the like that are told as having happened."""

from __future__ import annotations

import msgspec

from dragoman import ontology
from dragoman.annotate.document import Sentence
from dragoman.annotate.reality import told
from dragoman.annotate.scene import Named, Scene
from dragoman.claims import IncidentClaim
from dragoman.languages.lexicon import Hit
from dragoman.types import ActorType, Reason

_PARTIES: frozenset[ActorType] = frozenset({"state", "organization", "group", "person"})
_PLACES: frozenset[ActorType] = frozenset({"place"})
_BEFORE = 10
_FIGURE_REACH = 10
# What is denied, threatened, hoped, demanded or proposed has not happened.
_NOT_TOLD = frozenset({"denies", "threatens", "hopes", "demands", "proposes", "warns"})


def find_incidents(scene: Scene) -> list[IncidentClaim]:
    """The incidents that a report tells of, in the order of the text."""
    claims: list[IncidentClaim] = []
    before: tuple[int, IncidentClaim] | None = None
    for sentence in scene.doc.sentences:
        done: set[str] = set()
        for hit in scene.lex.incidents.find(scene.words, sentence.first, sentence.last):
            if hit.value in done:
                continue
            claim = _claim(scene, sentence, hit)
            if claim is not None:
                done.add(hit.value)
                if before is not None and sentence.paragraph == before[0]:
                    claim = _goes_on(claim, before[1])
                claims.append(claim)
                before = sentence.paragraph, claim
    return claims


def _goes_on(claim: IncidentClaim, before: IncidentClaim) -> IncidentClaim:
    """The claim with the time and place of the one before it in the paragraph, if it has none."""
    if claim.when is not None or (claim.place is not None and before.place != claim.place):
        return claim
    reason = Reason(rule="context", why="time and place of the incident told just before")
    return msgspec.structs.replace(
        claim,
        when=before.when,
        place=claim.place if claim.place is not None else before.place,
        reasons=(*claim.reasons, reason),
    )


def _claim(scene: Scene, sentence: Sentence, hit: Hit[str]) -> IncidentClaim | None:
    first, last = scene.clause(sentence, hit.first)
    # The word that opens the clause counts: "if they attack".
    floor = max(sentence.first, first - 1, hit.first - _BEFORE)
    how = told(scene, sentence, hit[:2], floor)
    if not how.done or (how.claimed and how.by is None):
        return None
    said = scene.said_at(hit.first)
    if said is not None and scene.doc.statements[said].force in _NOT_TOLD:
        return None
    kind = ontology.incidents()[hit.value]
    by, against = _sides(scene, sentence, hit)
    quantity = _figure(scene, sentence, hit, kind.counts)
    place = _place(scene, sentence, hit)
    end = min(last, hit.last + _FIGURE_REACH)
    return IncidentClaim(
        evidence=(scene.span(max(first, hit.first - _BEFORE), end, (hit.first, hit.last)),),
        type=kind.name,
        event=kind.event,
        mode=kind.mode,
        by=by,
        against=against,
        place=place,
        when=_when(scene, sentence, hit),
        quantity=quantity,
        said=said,
        claimed_by=how.by if how.claimed else scene.speaker_party(said),
        reasons=(
            Reason(rule="incident", why=f"{scene.doc.token_span(hit.first, hit.last).text!r}"),
        ),
    )


def _sides(scene: Scene, sentence: Sentence, hit: Hit[str]) -> tuple[int | None, int | None]:
    """Who did it and to whom: the subject on the left, the object on the right; `by` turns it."""
    left = [
        n for n in scene.within(sentence.first, hit.first, _PARTIES) if n.mention.sort != "pronoun"
    ]
    right = scene.within(hit.last, sentence.last, _PARTIES)
    for marker in scene.lex.by.find(scene.words, hit.last, sentence.last):
        after = [n for n in right if 0 <= n.first - marker.last <= 3]
        if after:
            victim = [n for n in (*left, *right) if n.mention.actor != after[0].mention.actor]
            return after[0].mention.actor, victim[0].mention.actor if victim else None
    straight = [n for n in left if not scene.oblique(sentence.first, n.first)]
    actor = _party(straight[-1]) if straight else None
    victims = [n for n in right if n.mention.actor != actor and n.first - hit.last <= _FIGURE_REACH]
    return actor, _party(victims[0]) if victims else None


def _party(named: Named) -> int:
    return named.mention.actor


def _figure(scene: Scene, sentence: Sentence, hit: Hit[str], counts: tuple[str, ...]) -> int | None:
    near = []
    for place, index in scene.quantities_in(sentence.first, sentence.last):
        quantity = scene.doc.quantities[index]
        if quantity.unit in {"minute", "day", "percent"} or quantity.value is None:
            continue
        distance = abs(place - hit.first)
        if quantity.unit in counts:
            near.append((0, distance, index))
        elif distance <= _FIGURE_REACH:
            near.append((1, distance, index))
    return min(near)[2] if near else None


def _place(scene: Scene, sentence: Sentence, hit: Hit[str]) -> int | None:
    found = [
        (abs(n.first - hit.last), n.mention.actor)
        for n in scene.within(sentence.first, sentence.last, _PLACES)
        if scene.oblique(sentence.first, n.first) or n.first >= hit.last
    ]
    return min(found)[1] if found else None


def _when(scene: Scene, sentence: Sentence, hit: Hit[str]) -> int | None:
    first, last = scene.clause(sentence, hit.first)
    return scene.time_told(sentence, (first, last), (hit.first, hit.last))
