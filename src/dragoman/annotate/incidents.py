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
_RELATIVE_REACH = 2
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
    by, against = _sides(scene, sentence, hit, accused=how.claimed)
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


def _sides(
    scene: Scene, sentence: Sentence, hit: Hit[str], *, accused: bool
) -> tuple[int | None, int | None]:
    """Who did it and to whom: the subject on the left, the object on the right; `by` turns it."""
    left = [
        n for n in scene.within(sentence.first, hit.first, _PARTIES) if n.mention.sort != "pronoun"
    ]
    _, end = scene.content(sentence, hit.first)
    right = scene.within(hit.last, max(end, hit.last), _PARTIES)
    straight = [
        n
        for n in left
        if not scene.oblique(sentence.first, n.first) and not _other_clause(scene, n, hit)
    ]
    noun = scene.bonds.is_noun(hit.first, hit.last)
    for marker in scene.lex.by.find(scene.words, hit.last, sentence.last):
        doer = next((n for n in right if 0 <= n.first - marker.last <= 3), None)
        if doer is None or not _done_by(scene, hit, marker, doer):
            continue
        between = [n for n in right if n.last <= marker.first]
        victims = between if noun else [*straight[-1:], *between, *right]
        return doer.mention.actor, _other(scene, victims, doer.mention.actor)
    doers = straight
    judged = scene.bonds.own_subject(hit.first, hit.last) or (
        noun and not accused and _judged(scene, hit)
    )
    if judged:
        # Who condemns an attack did not make it: only what stands right at its noun tells who did.
        doers = [n for n in left if _at(scene, n, hit)]
    actor = doers[-1].mention.actor if doers else None
    near = [n for n in right if n.first - hit.last <= _FIGURE_REACH]
    if judged:
        near = [n for n in near if _done_by(scene, hit, hit, n)]
    return actor, _other(scene, near, actor)


def _at(scene: Scene, named: Named, hit: Hit[str]) -> bool:
    """Whether a name stands right before a noun, but for a genitive's apostrophe and `s`."""
    between = scene.doc.tokens[named.last : hit.first]
    return all(not token.word or len(token.text) == 1 for token in between)


def _judged(scene: Scene, hit: Hit[str]) -> bool:
    """Whether a verb only speaks of what a noun tells ("condemned"), and does not do it."""
    verb = scene.bonds.aim(hit.first, hit.last, scene.lex.joining)
    return verb is not None and not scene.lex.commits.at(scene.words, verb[0])


def _done_by(scene: Scene, hit: Hit[str], marker: Hit[str] | Hit[bool], doer: Named) -> bool:
    """Whether "by" names who did what the trigger tells, not something told beside it."""
    if not scene.bonds:
        return marker.first - hit.last <= _FIGURE_REACH
    return scene.bonds.done_by(hit[:2], (doer.first, doer.last))


def _other(scene: Scene, victims: list[Named], actor: int | None) -> int | None:
    """The first of some actors that is not on the side of one: nobody acts against itself."""
    for named in victims:
        if actor is None or scene.side(named.mention.actor) != scene.side(actor):
            return named.mention.actor
    return None


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
        if (scene.oblique(sentence.first, n.first) or n.first >= hit.last)
        and not (scene.bonds and scene.bonds.apart(hit[:2], (n.first, n.last)))
        and not _other_clause(scene, n, hit)
    ]
    return min(found)[1] if found else None


def _other_clause(scene: Scene, named: Named, hit: Hit[str]) -> bool:
    """Whether a word that opens a clause parts a name before an incident from it.

    A relative clause right behind the name speaks of it: "rebels who attacked".
    """
    begin = min(named.last + _RELATIVE_REACH, hit.first)
    return any(scene.opens_clause(token) for token in range(begin, hit.first))


def _when(scene: Scene, sentence: Sentence, hit: Hit[str]) -> int | None:
    first, last = scene.clause(sentence, hit.first)
    return scene.time_told(sentence, (first, last), (hit.first, hit.last))
