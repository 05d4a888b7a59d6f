"""Positions: what a party demands, offers, accepts, rejects, on which issue, in which words."""

from __future__ import annotations

from dragoman.annotate.document import Document, Sentence
from dragoman.annotate.scene import Scene, StanceSort
from dragoman.claims import PositionClaim, Quantity
from dragoman.languages.lexicon import Hit
from dragoman.types import Reason, Stance

_NOUN_REACH = 14
_VERB_REACH = 34
_PASSIVE_REACH = 8
_FINAL_REACH = 10
# A refusal of something demanded, an acceptance of something offered: the nearer word decides,
# and among words at one place the stronger.
_RANK: dict[Stance, int] = {
    "rejects": 0,
    "accepts": 1,
    "threatens": 2,
    "conditions": 3,
    "demands": 4,
    "proposes": 5,
    "offers": 6,
    "prepares": 7,
    "open": 8,
}
_OPPOSITE: dict[Stance, Stance] = {"accepts": "rejects", "open": "rejects"}


def find_positions(document: Document) -> list[PositionClaim]:
    """The positions that a report tells of, in the order of the text."""
    scene = Scene(document)
    claims: list[PositionClaim] = []
    seen: set[tuple[int, str, Stance, int]] = set()
    for sentence in document.sentences:
        issues = scene.lex.issues.find(scene.words, sentence.first, sentence.last)
        if not issues:
            continue
        stances = scene.lex.stances.find(scene.words, sentence.first, sentence.last)
        for issue in issues:
            for stance in _stances_for(scene, issue, stances):
                claim = _claim(scene, sentence, stance, issue)
                if claim is None:
                    continue
                key = (claim.party, claim.issue, claim.stance, sentence.first)
                if key not in seen:
                    seen.add(key)
                    claims.append(claim)
    return claims


def _stances_for(
    scene: Scene, issue: Hit[str], stances: list[Hit[StanceSort]]
) -> list[Hit[StanceSort]]:
    """The words of stance that govern an issue: the nearest noun and the nearest verb.

    "A accepted B's proposal for a truce" tells two stances, of two holders.
    """
    found: dict[bool, list[tuple[int, int, Hit[StanceSort]]]] = {True: [], False: []}
    for stance in stances:
        sort = stance.value.sort
        if sort == "passive":
            gap, reach = stance.first - issue.last, _PASSIVE_REACH
        else:
            gap = issue.first - stance.last
            reach = _VERB_REACH if sort == "verbs" else _NOUN_REACH
            # One phrase may hold the other: `hat einen Waffenstillstand gefordert`.
            if gap < 0 and stance.first < issue.last and issue.first < stance.last:
                gap = 0
            elif gap < 0 and sort == "verbs" and _closes(scene, issue, stance):
                gap, reach = stance.first - issue.last, _FINAL_REACH
        if 0 <= gap <= reach and not _parted(scene, stance, issue):
            of_holder = sort in {"nouns", "by"}
            found[of_holder].append((gap, _RANK[stance.value.stance], stance))
    return [min(near, key=lambda item: item[:2])[2] for near in found.values() if near]


def _closes(scene: Scene, issue: Hit[str], stance: Hit[StanceSort]) -> bool:
    """Whether a verb ends the clause that the issue stands in (`dass er Sanktionen fordert`)."""
    between = range(issue.last, stance.first)
    return scene.verb_final and not any(scene.doc.tokens[place].text == "," for place in between)


def _parted(scene: Scene, stance: Hit[StanceSort], issue: Hit[str]) -> bool:
    """Whether a sign that ends a clause stands between the two."""
    first, last = sorted((stance.last, issue.first))
    return any(scene.doc.tokens[place].text == ";" for place in range(first, last))


def _claim(
    scene: Scene, sentence: Sentence, stance: Hit[StanceSort], issue: Hit[str]
) -> PositionClaim | None:
    said = scene.said_at(stance.first)
    party = _party(scene, sentence, stance, said)
    if party is None:
        return None
    kind = _polarity(scene, sentence, stance)
    clause, _ = scene.clause(sentence, stance.first)
    unreal = scene.modality(max(sentence.first, clause - 1), stance.first)
    if "hypothetical" in unreal and kind not in {"threatens", "conditions"}:
        return None
    first = min(stance.first, issue.first)
    last = max(stance.last, issue.last)
    subject = scene.subject(sentence, stance.first)
    begin = subject.first if subject and stance.first - subject.last < _PASSIVE_REACH else first
    speaker = scene.speaker_party(said)
    other = speaker is not None and _side(scene, speaker) != _side(scene, party)
    return PositionClaim(
        evidence=(scene.span(min(begin, first), _item_end(scene, sentence, last), (first, last)),),
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


def _item_end(scene: Scene, sentence: Sentence, last: int) -> int:
    """The end of the item that the issue stands in: the next comma, semicolon or full stop."""
    while last < sentence.last and scene.doc.tokens[last].text not in {",", ";", ".", "”", '"'}:
        last += 1
    return last


def _party(
    scene: Scene, sentence: Sentence, stance: Hit[StanceSort], said: int | None
) -> int | None:
    if stance.value.sort in {"nouns", "by"}:
        holder = scene.holder(sentence, stance.first)
        if holder is not None:
            return holder.mention.actor
        if stance.value.sort == "by":
            return None
    speaker = scene.speaker_party(said)
    if stance.value.sort == "passive":
        return speaker
    first, _ = scene.clause(sentence, stance.first)
    if speaker is not None and scene.is_first_person(first, stance.first):
        return speaker
    if speaker is not None and scene.pronoun_before(stance.first):
        return speaker
    subject = scene.subject(sentence, stance.first)
    if subject is not None:
        return subject.mention.actor
    return speaker


def _polarity(scene: Scene, sentence: Sentence, stance: Hit[StanceSort]) -> Stance:
    """The stance, turned round where it is denied right before its word."""
    kind = stance.value.stance
    near = scene.modality(max(sentence.first, stance.first - 3), stance.first)
    return _OPPOSITE.get(kind, kind) if "negated" in near else kind


def _side(scene: Scene, actor: int) -> str:
    found = scene.doc.actors[actor]
    return found.side or found.key or found.name


def _told(quantity: Quantity) -> str:
    if quantity.value is not None and quantity.unit in {"day", "month", "year"}:
        return f"{quantity.value:g} {quantity.unit}{'' if quantity.value == 1 else 's'}"
    return " ".join(quantity.span.text.split())


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
        found.append((place, _told(quantity)))
    return ", ".join(dict.fromkeys(text for _, text in sorted(found))) or None
