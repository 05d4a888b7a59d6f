"""Passages that come back to a meeting told before: `the meeting`, `during their talks`.

What they tell (who else was there, where, when) belongs to the meeting that they mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from dragoman.annotate.scene import Scene
from dragoman.claims import MeetingClaim
from dragoman.types import MeetingForm, MeetingStatus, Reason

_REACH = 3  # tokens between the word that points back and those for the meeting
_SENTENCES = 2
# Forms with words of their own; talks are tied to their session across reports (`link.sessions`).
_APART: frozenset[MeetingForm] = frozenset({"call", "visit"})
_OPEN: frozenset[MeetingStatus] = frozenset({"planned", "proposed"})


class Return(NamedTuple):
    """How words point back to a meeting told before: to itself, or to `present`, who was there."""

    present: bool


def points_back(scene: Scene, first: int, last: int) -> Return | None:
    """How the words for a meeting point back to one told before; None if they don't."""
    floor = max(0, first - _REACH)
    hits = [
        hit
        for hit in scene.lex.returns.find(scene.words, floor, last)
        if hit.first < last and first < hit.last
    ]
    return Return(any(hit.value for hit in hits)) if hits else None


def join_returns(
    scene: Scene, claims: Sequence[MeetingClaim], back: Sequence[Return | None]
) -> list[MeetingClaim]:
    """The claims, those that point back (`back`) taken into the one that they mean.

    The claims must stand in the order of the text. A return is taken into the last claim before
    it, a few sentences away at most, that nothing tells apart from it.
    """
    kept: list[MeetingClaim] = []
    for claim, points in zip(claims, back, strict=True):
        at = _meant(scene, claim, kept, points) if points is not None else None
        if at is None:
            kept.append(claim)
        else:
            kept[at] = _joined(kept[at], claim)
    return kept


def _meant(
    scene: Scene, claim: MeetingClaim, before: Sequence[MeetingClaim], points: Return
) -> int | None:
    """The place of the claim that a later one means; None if there is none near enough."""
    for at in range(len(before) - 1, -1, -1):
        if _sentence(scene, claim) - _sentence(scene, before[at]) > _SENTENCES:
            return None
        if _fits(claim, before[at], points):
            return at
    return None


def _sentence(scene: Scene, claim: MeetingClaim) -> int:
    """The number of the sentence of a claim's last evidence."""
    place = scene.doc.token_at(scene.doc.reading.place_of(claim.evidence[-1].start))
    return sum(sentence.first <= place for sentence in scene.doc.sentences)


def _fits(claim: MeetingClaim, other: MeetingClaim, points: Return) -> bool:
    """Whether nothing tells a passage's meeting apart from one told before."""
    if not points.present and (
        other.form == "talks" or {claim.form, other.form} & _APART not in ({claim.form}, set())
    ):
        return False
    if (claim.status in _OPEN) != (other.status in _OPEN):
        return False
    for one, two in (
        (claim.round, other.round),
        (claim.when, other.when),
        (claim.place, other.place),
        (claim.venue, other.venue),
    ):
        if one is not None and two is not None and one != two:
            return False
    named, known = _names(claim), _names(other)
    return points.present or len(named) < 2 or bool(named & known)


def _names(claim: MeetingClaim) -> set[int]:
    return {*claim.parties, *claim.participants, *claim.third_parties}


def _joined(claim: MeetingClaim, later: MeetingClaim) -> MeetingClaim:
    """A claim with what a later passage adds to it."""
    thirds = tuple(dict.fromkeys((*claim.third_parties, *later.third_parties)))
    named = [*later.parties, *later.participants]
    fresh = [actor for actor in named if actor not in {*claim.parties, *thirds}]
    return msgspec.structs.replace(
        claim,
        evidence=(*claim.evidence, *later.evidence),
        round=claim.round if claim.round is not None else later.round,
        when=claim.when if claim.when is not None else later.when,
        place=claim.place if claim.place is not None else later.place,
        venue=claim.venue if claim.venue is not None else later.venue,
        duration=claim.duration if claim.duration is not None else later.duration,
        since=claim.since if claim.since is not None else later.since,
        parties=tuple(actor for actor in claim.parties if actor not in thirds),
        participants=tuple(
            actor for actor in dict.fromkeys((*claim.participants, *fresh)) if actor not in thirds
        ),
        third_parties=thirds,
        reasons=tuple(
            dict.fromkeys(
                (
                    *claim.reasons,
                    Reason(rule="told again", why="a later passage comes back to this meeting"),
                )
            )
        ),
    )
