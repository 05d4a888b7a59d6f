"""Commitments: what was agreed or only proposed, and every step towards carrying it out."""

from __future__ import annotations

from dragoman.annotate.document import Document, Sentence
from dragoman.annotate.scene import Scene
from dragoman.claims import CommitmentClaim
from dragoman.languages.lexicon import Hit
from dragoman.types import ActorType, CommitmentStatus, Reason

_REACH = 26
_PARTIES: frozenset[ActorType] = frozenset({"state", "organization", "group"})
_GROUPS: frozenset[ActorType] = frozenset({"group"})
_UNDONE = ("negated", "planned", "hypothetical", "hoped", "threatened", "denied", "proposed")


def find_commitments(document: Document) -> list[CommitmentClaim]:
    """The steps of commitments that a report tells of, in the order of the text."""
    scene = Scene(document)
    claims: list[CommitmentClaim] = []
    for sentence in document.sentences:
        subjects = scene.lex.subjects.find(scene.words, sentence.first, sentence.last)
        if not subjects:
            continue
        steps = scene.lex.steps.find(scene.words, sentence.first, sentence.last)
        done: set[tuple[str, CommitmentStatus]] = set()
        for subject in subjects:
            step = _step_for(subject, steps)
            if step is None:
                continue
            claim = _claim(scene, sentence, subject, step)
            if claim is not None and (claim.subject, claim.status) not in done:
                done.add((claim.subject, claim.status))
                claims.append(claim)
    return claims


def _step_for(
    subject: Hit[str], steps: list[Hit[CommitmentStatus]]
) -> Hit[CommitmentStatus] | None:
    near = [
        (max(0, subject.first - step.last, step.first - subject.last), step.first, step)
        for step in steps
    ]
    near = [item for item in near if item[0] <= _REACH]
    return min(near, key=lambda item: item[:2])[2] if near else None


def _claim(
    scene: Scene, sentence: Sentence, subject: Hit[str], step: Hit[CommitmentStatus]
) -> CommitmentClaim | None:
    status = step.value
    first, _ = scene.clause(sentence, step.first)
    labels = scene.modality(first, step.last)
    if any(label in labels and labels[label].first != step.first for label in _UNDONE):
        # Not done, only said, wished or planned: no step. A plan to do what is agreed adds nothing.
        return None
    if status == "agreed" and scene.lex.principle.find(scene.words, sentence.first, sentence.last):
        status = "agreed in principle"
    begin, end = min(subject.first, step.first), max(subject.last, step.last)
    holder = scene.subject(sentence, step.first)
    start = holder.first if holder and begin - holder.last < _REACH // 2 else begin
    groups = scene.within(sentence.first, sentence.last, _GROUPS)
    quantities = [
        index
        for place, index in scene.quantities_in(begin - 3, end + 6)
        if sentence.first <= place < sentence.last
        and not any(n.first <= place < n.last for n in groups)
        and scene.doc.quantities[index].unit not in {"minute", "day", "percent"}
    ]
    parties = dict.fromkeys(
        named.mention.actor for named in scene.within(sentence.first, sentence.last, _PARTIES)
    )
    return CommitmentClaim(
        evidence=(scene.span(min(start, begin), end, (begin, end)),),
        subject=subject.value,
        status=status,
        parties=tuple(parties),
        quantity=quantities[0] if quantities else None,
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
