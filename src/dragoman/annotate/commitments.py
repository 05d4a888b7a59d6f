"""Commitments: what was agreed or only proposed, and every step towards carrying it out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import msgspec

from dragoman import ontology
from dragoman.annotate.bonds import Bonds
from dragoman.annotate.document import Sentence
from dragoman.annotate.reality import told
from dragoman.annotate.scene import Scene
from dragoman.claims import CommitmentClaim
from dragoman.languages.lexicon import Hit
from dragoman.types import ActorType, CommitmentStatus, Reason

_REACH = 26
_DENIED_REACH = 3
_LIST_REACH = 8
_FIGURE_BEFORE = 5
_FIGURE_AFTER = 6
_PLACE_REACH = 12
_LOCAL = "local"
# An agreement of which the sentence doesn't tell what is agreed.
_UNNAMED = "agreement"
_AGREED: frozenset[CommitmentStatus] = frozenset({"agreed", "agreed in principle"})
_APART = frozenset(",;:.()")
_TERMS = frozenset({"day", "month", "year"})
_RANK: dict[CommitmentStatus, int] = {s: i for i, s in enumerate(get_args(CommitmentStatus))}
_PLACES: frozenset[ActorType] = frozenset({"place"})
_PARTIES: frozenset[ActorType] = frozenset({"state", "organization", "group"})
_GROUPS: frozenset[ActorType] = frozenset({"group"})


def find_commitments(scene: Scene) -> list[CommitmentClaim]:
    """The steps of commitments that a report tells of, in the order of the text.

    Of several steps that one sentence tells of one subject the furthest counts: "began the swap
    that they had agreed on" tells that it began.
    """
    bonds = scene.bonds
    claims: list[CommitmentClaim] = []
    for sentence in scene.doc.sentences:
        subjects = [
            hit
            for hit in scene.lex.subjects.find(scene.words, sentence.first, sentence.last)
            if not _denied(scene, sentence, hit) and not _in_name(scene, sentence, hit)
        ]
        if not subjects:
            continue
        steps = _steps(scene, sentence)
        apart = _talks(scene, sentence)
        furthest: dict[str, CommitmentClaim] = {}
        pairs = _bound(scene, subjects, steps, apart) if bonds else _pairs(scene, subjects, steps)
        for subject, step in pairs:
            claim = _claim(scene, sentence, subject, step)
            if claim is None:
                continue
            claim = msgspec.structs.replace(claim, doers=_doers(scene, bonds, step))
            if claim.subject == _UNNAMED and claim.status not in _AGREED:
                continue
            known = furthest.get(claim.subject)
            if known is None or _RANK[claim.status] > _RANK[known.status]:
                furthest[claim.subject] = claim
        if len(furthest) > 1:
            # What is agreed is told: that there is an agreement adds nothing.
            furthest.pop(_UNNAMED, None)
        claims += furthest.values()
    return [claim for claim in claims if not _overtaken(claim, claims)]


def _steps(scene: Scene, sentence: Sentence) -> list[Hit[CommitmentStatus]]:
    """The words for steps, but for those that tell how a meeting ended: "talks broke down"."""
    ends = scene.lex.ends.find_all(scene.words, sentence.first, sentence.last)
    return [
        step
        for step in scene.lex.steps.find(scene.words, sentence.first, sentence.last)
        if not any(end.first < step.last and step.first < end.last for end in ends)
    ]


def _talks(scene: Scene, sentence: Sentence) -> frozenset[int]:
    """The tokens of a sentence's nouns for meetings."""
    found = scene.lex.meetings.find(scene.words, sentence.first, sentence.last)
    return frozenset(
        token for hit in found if hit.value[1] == "noun" for token in range(hit.first, hit.last)
    )


def _doers(scene: Scene, bonds: Bonds, step: Hit[CommitmentStatus]) -> tuple[int, ...]:
    """The actors that are told to take a step."""
    if not bonds:
        return ()
    return tuple(
        dict.fromkeys(
            named.mention.actor
            for first, last in bonds.doers(step[:2], scene.lex.joining)
            for named in scene.within(first, last)
        )
    )


def _overtaken(claim: CommitmentClaim, claims: list[CommitmentClaim]) -> bool:
    """Whether a promise told in the future is already being kept in the same report.

    "The swap has begun. In all, 600 prisoners will be freed": no new agreement.
    """
    issue = ontology.subjects()[claim.subject].issue
    return claim.promise and any(
        _RANK[other.status] > _RANK[claim.status]
        and ontology.subjects()[other.subject].issue == issue
        for other in claims
    )


def _denied(scene: Scene, sentence: Sentence, subject: Hit[str]) -> bool:
    """Whether a subject is told to be absent: "without a truce", "signed no agreement"."""
    floor = max(sentence.first, subject.first - _DENIED_REACH)
    steps = scene.lex.steps.find(scene.words, floor, subject.first)
    return "negated" in scene.modality(steps[-1].last if steps else floor, subject.first)


def _in_name(scene: Scene, sentence: Sentence, subject: Hit[str]) -> bool:
    """Whether a subject is only part of a name: the Truce Monitoring Office."""
    return any(
        named.first <= subject.first and subject.last <= named.last and named[:2] != subject[:2]
        for named in scene.within(sentence.first, sentence.last)
    )


def _bound(
    scene: Scene,
    subjects: list[Hit[str]],
    steps: list[Hit[CommitmentStatus]],
    apart: frozenset[int],
) -> Iterator[tuple[Hit[str], Hit[CommitmentStatus]]]:
    """Each step with the subjects that it is said of, by the syntax between them."""
    for step in steps:
        found = [subject for subject in subjects if scene.bonds.bound(step[:2], subject[:2], apart)]
        means = [subject for subject in found if ontology.subjects()[subject.value].serves]
        for subject in found:
            if not any(_served(scene, one, subject) for one in means if one != subject):
                yield subject, step


def _served(scene: Scene, means: Hit[str], subject: Hit[str]) -> bool:
    """Whether a subject is only what another one is set up for: "a commission for a truce"."""
    between = range(means.last, subject.first)
    near = bool(between) and all(scene.is_function_word(place) for place in between)
    return near or scene.bonds.governs(means[:2], subject[:2])


def _pairs(
    scene: Scene, subjects: list[Hit[str]], steps: list[Hit[CommitmentStatus]]
) -> Iterator[tuple[Hit[str], Hit[CommitmentStatus]]]:
    """Each step with the subject nearest to it and those that a list joins to that one."""
    for step in steps:
        near = [
            (gap, s)
            for s in subjects
            if (gap := _gap(s, step)) <= _REACH and not _between(scene, s, step, steps)
        ]
        if not near:
            continue
        nearest = min(near, key=lambda item: (item[0], item[1].first))[1]
        yield nearest, step
        for other in subjects:
            if other.first >= nearest.last and _listed(scene, nearest, other):
                yield other, step


def _gap(subject: Hit[str], step: Hit[CommitmentStatus]) -> int:
    return max(0, subject.first - step.last, step.first - subject.last)


def _between(
    scene: Scene, subject: Hit[str], step: Hit[CommitmentStatus], steps: list[Hit[CommitmentStatus]]
) -> bool:
    """Whether another step, or a sign that ends a clause, stands between the two."""
    first, last = min(subject.last, step.last), max(subject.first, step.first)
    return any(
        first <= other.first and other.last <= last and other != step for other in steps
    ) or any(scene.doc.tokens[place].text == ";" for place in range(first, last))


def _listed(scene: Scene, one: Hit[str], other: Hit[str]) -> bool:
    """Whether a subject is joined to another by a conjunction or a comma, near behind it."""
    between = range(one.last, other.first)
    return len(between) <= _LIST_REACH and any(
        scene.is_conjunction(place) or scene.doc.tokens[place].text == "," for place in between
    )


def _claim(
    scene: Scene, sentence: Sentence, subject: Hit[str], step: Hit[CommitmentStatus]
) -> CommitmentClaim | None:
    status = step.value
    first, _ = scene.clause(sentence, step.first)
    how = told(scene, sentence, step[:2], first)
    if not how.done or how.claimed:
        # Not done, only said, wished or planned: no step. A plan to do what is agreed adds nothing.
        return None
    if status == "agreed" and scene.lex.principle.find(scene.words, sentence.first, sentence.last):
        status = "agreed in principle"
    begin, end = min(subject.first, step.first), max(subject.last, step.last)
    holder = scene.subject(sentence, step.first)
    start = holder.first if holder and begin - holder.last < _REACH // 2 else begin
    parties = dict.fromkeys(
        named.mention.actor for named in scene.within(sentence.first, sentence.last, _PARTIES)
    )
    counted, term = _figures(scene, sentence, subject)
    local = _is_local(scene, sentence, subject)
    return CommitmentClaim(
        evidence=(scene.span(min(start, begin), end, (begin, end)),),
        subject=subject.value,
        status=status,
        parties=tuple(parties),
        quantity=counted,
        term=term,
        local=local,
        promise=status == "agreed"
        and bool(scene.lex.promises.find(scene.words, sentence.first, sentence.last)),
        place=_place(scene, sentence, subject) if local else None,
        when=scene.time_in(sentence.first, sentence.last, step.first),
        said=scene.said_at(step.first),
        reasons=(
            Reason(
                rule="step",
                why=f"{scene.doc.token_span(step.first, step.last).text!r} with "
                f"{scene.doc.token_span(subject.first, subject.last).text!r}",
            ),
        ),
    )


def _figures(scene: Scene, sentence: Sentence, subject: Hit[str]) -> tuple[int | None, int | None]:
    """The figure of what is committed and the time that it is for, in the phrase of the subject."""
    groups = scene.within(sentence.first, sentence.last, _GROUPS)
    counts = ontology.subjects()[subject.value].counts
    first, last = subject.first, min(sentence.last, subject.last + _FIGURE_AFTER)
    while first > max(sentence.first, subject.first - _FIGURE_BEFORE):
        if scene.is_conjunction(first - 1) or scene.doc.tokens[first - 1].text in _APART:
            break
        first -= 1
    counted = term = None
    for place, index in scene.quantities_in(first, last):
        unit = scene.doc.quantities[index].unit
        if any(n.first <= place < n.last for n in groups) or _comma_before(scene, subject, place):
            continue
        if unit in _TERMS:
            term = index if term is None else term
        elif unit is None or ontology.counted(unit, counts):
            counted = index if counted is None else counted
    return counted, term


def _comma_before(scene: Scene, subject: Hit[str], place: int) -> bool:
    return any(scene.doc.tokens[p].text == "," for p in range(subject.last, place))


def _is_local(scene: Scene, sentence: Sentence, subject: Hit[str]) -> bool:
    """Whether a commitment is told to hold in one place only."""
    floor = max(sentence.first, subject.first - _DENIED_REACH)
    values = scene.lex.values.find(scene.words, floor, min(sentence.last, subject.last + 2))
    return any(hit.value == _LOCAL for hit in values)


def _place(scene: Scene, sentence: Sentence, subject: Hit[str]) -> int | None:
    """The place named behind a local commitment."""
    found = scene.within(subject.last, min(sentence.last, subject.last + _PLACE_REACH), _PLACES)
    return found[0].mention.actor if found else None
