"""Positions: what a party demands, offers, accepts, rejects, on which issue, in which words."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from dragoman.annotate.document import Sentence
from dragoman.annotate.scene import Scene
from dragoman.annotate.stances import Governed, StanceHit, governed, holder, pointing_back
from dragoman.annotate.stated_positions import answered, stated, value_of
from dragoman.claims import PositionClaim
from dragoman.languages.lexicon import Hit
from dragoman.types import Reason, Span, Stance

_PASSIVE_REACH = 8
_NEAR = 3
_LIST_LEAST = 6
# What somebody else can accept or reject.
_ANSWERED: frozenset[Stance] = frozenset({"demands", "proposes", "offers", "conditions"})
# What is told no longer to be wanted is no position.
_WANTS: frozenset[Stance] = frozenset({"demands", "proposes", "offers", "threatens", "prepares"})
_OPPOSITE: dict[Stance, Stance] = {"accepts": "rejects", "open": "rejects"}


def find_positions(scene: Scene) -> list[PositionClaim]:
    """The positions that a report tells of, in the order of the text."""
    claims: list[PositionClaim] = []
    seen: set[tuple[int, str, Stance, int]] = set()
    before: list[PositionClaim] = []
    paragraph = -1
    for sentence in scene.doc.sentences:
        here: list[PositionClaim] = []
        if sentence.paragraph > paragraph + 1:
            before = []
        paragraph = sentence.paragraph
        pairs = governed(scene, sentence)
        made = [_claim(scene, sentence, pair) for pair in pairs]
        used = frozenset(pair.stance for pair in pairs)
        told = [claim for claim in made if claim is not None]
        for claim in (
            *told,
            *stated(scene, sentence, told),
            *_answers(scene, sentence, before, used),
            *_counters(scene, sentence, [*before, *told], used),
        ):
            if claim is None:
                continue
            key = (claim.party, claim.issue, claim.stance, sentence.first)
            if key not in seen:
                seen.add(key)
                here.append(claim)
        claims += here
        before = here or before
    return claims


def _answers(
    scene: Scene, sentence: Sentence, before: list[PositionClaim], used: frozenset[StanceHit]
) -> Iterator[PositionClaim | None]:
    """What a sentence accepts or rejects of the positions told just before it."""
    for stance, several in pointing_back(scene, sentence, used):
        asked = [claim for claim in before if claim.stance in _ANSWERED]
        for claim in asked if several else asked[-1:]:
            issue = Hit(stance.first, stance.last, claim.issue)
            answer = _claim(scene, sentence, Governed(stance, issue))
            if answer is not None and answer.party != claim.party:
                yield msgspec.structs.replace(answer, value=None)


def _counters(
    scene: Scene, sentence: Sentence, before: list[PositionClaim], used: frozenset[StanceHit]
) -> Iterator[PositionClaim]:
    """The bare figures that a sentence puts beside those of the positions told just before it."""
    for stance, name, value in answered(scene, sentence, before, used):
        claim = _claim(scene, sentence, Governed(stance, Hit(stance.last, stance.last + 1, name)))
        if claim is not None:
            yield msgspec.structs.replace(claim, value=value)


def _claim(scene: Scene, sentence: Sentence, pair: Governed) -> PositionClaim | None:
    stance, issue, _ = pair
    said = scene.said_at(stance.first)
    speaker = scene.speaker_party(said)
    party = holder(scene, sentence, pair, speaker)
    if party is None:
        return None
    kind = _polarity(scene, sentence, stance)
    if kind is None or _is_asked(scene, sentence, stance):
        return None
    clause, _ = scene.clause(sentence, stance.first)
    unreal = scene.modality(max(sentence.first, clause - 1), stance.first)
    if "hypothetical" in unreal and kind not in {"threatens", "conditions"}:
        return None
    first = min(stance.first, issue.first)
    subject = scene.subject(sentence, stance.first)
    begin = subject.first if subject and stance.first - subject.last < _PASSIVE_REACH else first
    other = speaker is not None and scene.side(speaker) != scene.side(party)
    return PositionClaim(
        evidence=_evidence(scene, sentence, pair, begin),
        party=party,
        issue=issue.value,
        stance=kind,
        value=_value(scene, sentence, issue),
        when=scene.time_in(sentence.first, sentence.last, stance.first),
        said=said,
        characterised_by=speaker if other else None,
        reasons=(
            Reason(
                rule=f"stance {stance.value.sort}",
                why=f"{scene.doc.token_span(stance.first, stance.last).text!r} before or after "
                f"{scene.doc.token_span(issue.first, issue.last).text!r}",
            ),
        ),
    )


def _evidence(scene: Scene, sentence: Sentence, pair: Governed, begin: int) -> tuple[Span, ...]:
    """The words from the holder to the end of the item; of a later item of a list, both apart."""
    stance, issue, _ = pair
    first, last = min(stance.first, issue.first), max(stance.last, issue.last)
    start = _item_start(scene, stance.last, issue.first)
    if start is not None:
        item = scene.span(start, _item_end(scene, sentence, last), (issue.first, issue.last))
        return item, scene.span(min(begin, first), stance.last, (stance.first, stance.last))
    return (scene.span(min(begin, first), _item_end(scene, sentence, last), (first, last)),)


def _item_start(scene: Scene, first: int, last: int) -> int | None:
    """Where the last item of a list between two tokens begins; None if there is no list."""
    if last - first < _LIST_LEAST:
        return None
    for place in range(last - 1, first, -1):
        if scene.doc.tokens[place].text in {",", ":"}:
            return place + 2 if scene.is_conjunction(place + 1) else place + 1
    return None


def _item_end(scene: Scene, sentence: Sentence, last: int) -> int:
    """The end of the item that the issue stands in: the next comma, semicolon or full stop."""
    while last < sentence.last and scene.doc.tokens[last].text not in {",", ";", ".", "”", '"'}:
        last += 1
    return last


def _is_asked(scene: Scene, sentence: Sentence, stance: StanceHit) -> bool:
    """Whether an answer is only what somebody asks for: "asked the sides to accept a truce"."""
    if stance.value.stance not in {"accepts", "rejects"} or stance.value.sort != "verbs":
        return False
    above = scene.bonds.verb_above(*stance[:2])
    return above is not None and any(
        hit.value.stance in {"demands", "proposes"} and hit.first < above[1] and above[0] < hit.last
        for hit in scene.lex.stances.find(scene.words, sentence.first, sentence.last)
    )


def _polarity(scene: Scene, sentence: Sentence, stance: StanceHit) -> Stance | None:
    """The stance, turned round where it is denied right before its word; None if there is none."""
    kind = stance.value.stance
    near = scene.modality(max(sentence.first, stance.first - _NEAR), stance.first)
    if "negated" not in near:
        return kind
    return None if kind in _WANTS else _OPPOSITE.get(kind, kind)


def _value(scene: Scene, sentence: Sentence, issue: Hit[str]) -> str | None:
    """What exactly is wanted: qualities and figures in the same phrase, in their order."""
    first = issue.first
    while first > sentence.first and issue.first - first < _PASSIVE_REACH:
        if scene.doc.tokens[first - 1].text in {",", ";", ":", "."}:
            break
        first -= 1
    found = [
        (hit.first, hit.value)
        for hit in scene.lex.values.find(scene.words, first, min(sentence.last, issue.last + 3))
    ]
    for place, index in scene.quantities_in(first, min(sentence.last, issue.last + 3)):
        quantity = scene.doc.quantities[index]
        found.append((place, value_of(quantity)))
    return ", ".join(dict.fromkeys(text for _, text in sorted(found))) or None
