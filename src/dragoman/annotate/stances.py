"""Which word of stance governs which issue, and who holds it.

A verb governs the issues after it, a noun the issues after it, a passive those before it. A
relative clause turns the order round: in "a fund, which Egypt rejected" the verb governs what
stands before its clause. A word that only points back ("rejected that") governs what was told
before.
"""

from __future__ import annotations

from typing import NamedTuple

from dragoman.annotate.document import Sentence
from dragoman.annotate.event_words import StanceSort
from dragoman.annotate.scene import Named, Scene
from dragoman.languages.lexicon import Hit
from dragoman.types import Stance

_NOUN_REACH = 14
_VERB_REACH = 34
_PASSIVE_REACH = 8
_FINAL_REACH = 10
_RELATIVE_REACH = 8
_HOLDER_REACH = 3
_CONDITION_REACH = 10
_BACK_REACH = 4
_GENITIVE_REACH = 4
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
_ANSWERS: frozenset[Stance] = frozenset({"rejects", "accepts"})

StanceHit = Hit[StanceSort]


class Governed(NamedTuple):
    """An issue and the word of stance that governs it; `relative`: from a clause behind it."""

    stance: StanceHit
    issue: Hit[str]
    relative: bool = False


def governed(scene: Scene, sentence: Sentence) -> list[Governed]:
    """The issues of a sentence with the words of stance that govern them, in order."""
    issues = scene.lex.issues.find(scene.words, sentence.first, sentence.last)
    if not issues:
        return []
    stances = [
        hit
        for hit in scene.lex.stances.find(scene.words, sentence.first, sentence.last)
        if not any(i.first < hit.first and hit.last <= i.last for i in issues)
    ]
    turned = {hit: issue for hit in stances if (issue := _turned(scene, sentence, hit, issues))}
    found = [
        Governed(stance, issue)
        for issue in issues
        for stance in _before(
            scene, sentence, issue, issues, [h for h in stances if h not in turned]
        )
    ]
    found += [Governed(stance, issue, relative=True) for stance, issue in turned.items()]
    return sorted(found, key=lambda pair: (pair.issue.first, pair.stance.first))


def pointing_back(
    scene: Scene, sentence: Sentence, used: frozenset[StanceHit]
) -> list[tuple[StanceHit, bool]]:
    """Words of answer whose object is a word that points back, and whether it means several.

    Words that are `used` govern an issue of the sentence itself.
    """
    found = []
    for stance in scene.lex.stances.find(scene.words, sentence.first, sentence.last):
        if stance in used or stance.value.stance not in _ANSWERS or stance.value.sort != "verbs":
            continue
        stop = min(sentence.last, stance.last + _BACK_REACH)
        for back in scene.lex.back.find(scene.words, stance.last, stop):
            if not any(
                scene.doc.tokens[place].text in ",;:." for place in range(stance.last, back.first)
            ):
                found.append((stance, back.value))
                break
    return found


def holder(scene: Scene, sentence: Sentence, pair: Governed, speaker: int | None) -> int | None:
    """The actor whose stance it is; None where it cannot be told.

    `speaker` is the actor that the statement around the stance speaks for.
    """
    stance = pair.stance
    if pair.relative:
        found = _relative_subject(scene, sentence, stance)
        return found.mention.actor if found else None
    if stance.value.sort in {"nouns", "by"}:
        owner = _owner(scene, sentence, stance)
        if owner is not None:
            return owner.mention.actor
        if stance.value.sort == "by" or not _uttered(scene, sentence, stance):
            return None
    if stance.value.sort == "passive":
        return speaker
    if stance.value.stance == "conditions" and pair.issue.last <= stance.first:
        begin, _ = scene.content(sentence, stance.first)
        thats = [p + 1 for p in range(begin, pair.issue.first) if scene.is_that(p)]
        named = scene.straight(max([begin, *thats]), pair.issue.first)
        if named or speaker is not None:
            return named[-1].mention.actor if named else speaker
    return _subject(scene, sentence, stance, speaker)


def _subject(
    scene: Scene, sentence: Sentence, stance: StanceHit, speaker: int | None
) -> int | None:
    first, _ = scene.clause(sentence, stance.first)
    if speaker is not None and (
        scene.is_first_person(first, stance.first) or scene.pronoun_before(stance.first)
    ):
        return speaker
    found = shared_subject(scene, sentence, stance.first) or scene.subject(sentence, stance.first)
    return found.mention.actor if found else speaker


def shared_subject(scene: Scene, sentence: Sentence, token: int) -> Named | None:
    """The subject of the verb before, for one joined to it by a conjunction right before it.

    "Peru demands that Chile leave the port, and rejects a truce": Peru rejects it.
    """
    if token - 1 < sentence.first or not scene.is_conjunction(token - 1):
        return None
    earlier = [
        hit
        for hit in scene.lex.stances.find(scene.words, sentence.first, token - 1)
        if hit.value.sort == "verbs"
    ]
    return scene.subject(sentence, earlier[-1].first) if earlier else None


def _before(
    scene: Scene,
    sentence: Sentence,
    issue: Hit[str],
    issues: list[Hit[str]],
    stances: list[StanceHit],
) -> list[StanceHit]:
    """The words of stance that govern an issue: the nearest noun and the nearest verb.

    "A accepted B's proposal for a truce" tells two stances, of two holders.
    """
    found: dict[bool, list[tuple[int, int, StanceHit]]] = {True: [], False: []}
    for stance in stances:
        gap, reach = _gap(scene, sentence, issue, stance, issues)
        if 0 <= gap <= reach and not _parted(scene, stance, issue, issues):
            of_holder = stance.value.sort in {"nouns", "by"}
            found[of_holder].append((gap, _RANK[stance.value.stance], stance))
    nouns, verbs = (min(near, key=lambda i: i[:2])[2] if near else None for near in found.values())
    embedded = nouns and verbs and verbs.last <= nouns.first <= issue.first
    if nouns and embedded and scene.is_possessive(nouns.first - 1):
        # "did not move from its demand for": the noun alone tells a stance of the subject's own.
        return [nouns]
    return [hit for hit in (nouns, verbs) if hit is not None]


def _gap(
    scene: Scene, sentence: Sentence, issue: Hit[str], stance: StanceHit, issues: list[Hit[str]]
) -> tuple[int, int]:
    """How many tokens lie between the two, and how many may; below 0 where it can't govern it."""
    sort = stance.value.sort
    if sort == "passive":
        return stance.first - issue.last, _PASSIVE_REACH
    gap = issue.first - stance.last
    # One phrase may hold the other: `hat einen Waffenstillstand gefordert`.
    if gap < 0 and stance.first < issue.last and issue.first < stance.last:
        gap = 0
    elif sort == "verbs" and stance.value.stance == "conditions":
        return _conditioned(scene, sentence, issue, stance, issues)
    elif gap < 0 and sort == "verbs" and _closes(scene, issue, stance):
        return stance.first - issue.last, _FINAL_REACH
    listed = any(scene.doc.tokens[p].text == ":" for p in range(stance.last, issue.first))
    return gap, _VERB_REACH if sort == "verbs" or listed else _NOUN_REACH


def _conditioned(
    scene: Scene, sentence: Sentence, issue: Hit[str], stance: StanceHit, issues: list[Hit[str]]
) -> tuple[int, int]:
    """The gap to what is made conditional: it stands before the condition, else behind it.

    "The port could open only once inspectors came" tells of the port, not of inspectors.
    """
    begin, _ = scene.content(sentence, stance.first)
    before = [
        other
        for other in issues
        if begin <= other.first and 0 <= stance.first - other.last <= _CONDITION_REACH
    ]
    if before:
        return (stance.first - issue.last if issue is before[-1] else -1), _CONDITION_REACH
    return issue.first - stance.last, _VERB_REACH


def _closes(scene: Scene, issue: Hit[str], stance: StanceHit) -> bool:
    """Whether a verb ends the clause that the issue stands in (`dass er Sanktionen fordert`)."""
    between = range(issue.last, stance.first)
    return scene.verb_final and not any(scene.doc.tokens[place].text == "," for place in between)


def _parted(scene: Scene, stance: StanceHit, issue: Hit[str], issues: list[Hit[str]]) -> bool:
    """Whether something between the two parts them: a sign, or the purpose of another issue."""
    first, last = sorted((stance.last, issue.first))
    if any(scene.doc.tokens[place].text == ";" for place in range(first, last)):
        return True
    purposes = scene.lex.purposes.find(scene.words, first, last)
    return bool(purposes) and any(
        stance.first < other.first < purposes[-1].first for other in issues
    )


def _turned(
    scene: Scene, sentence: Sentence, stance: StanceHit, issues: list[Hit[str]]
) -> Hit[str] | None:
    """The issue that a verb in a relative clause behind it governs."""
    if stance.value.sort != "verbs" or _relative_subject(scene, sentence, stance) is None:
        return None
    _, last = scene.clause(sentence, stance.last - 1)
    end = stance.last
    while end < last and scene.doc.tokens[end].text != ",":
        end += 1
    if any(stance.last <= issue.first < end for issue in issues):
        return None
    before = [issue for issue in issues if issue.last <= stance.first]
    return before[-1] if before else None


def _relative_subject(scene: Scene, sentence: Sentence, stance: StanceHit) -> Named | None:
    """The subject of a relative clause that the verb stands in, if another word is its object."""
    floor = max(sentence.first, stance.first - _RELATIVE_REACH)
    for relative in reversed(scene.lex.relatives.find(scene.words, floor, stance.first)):
        comma = scene.doc.tokens[relative.first - 1].text if relative.first > 0 else ""
        if comma not in {",", "–", "—"}:
            continue
        actors = scene.within(relative.last, stance.first)
        if actors and actors[0].first - relative.last <= 1:
            return actors[-1]
    return None


def _owner(scene: Scene, sentence: Sentence, stance: StanceHit) -> Named | None:
    """The holder of a noun: a possessive or adjective at it, or a genitive right behind it."""
    after = [
        item
        for item in scene.within(stance.last, min(sentence.last, stance.last + _GENITIVE_REACH))
        if not scene.is_that(stance.last - 1)
        and all(scene.is_function_word(place) for place in range(stance.last, item.first))
    ]
    before = scene.holder(sentence, stance.first)
    if after and (before is None or before.last < stance.first):
        return after[0]
    if before is None:
        return None
    between = scene.lex.stances.find(scene.words, before.last, stance.first)
    apart = any(word in scene.lex.articles for word in scene.words[before.last : stance.first])
    return None if between or apart else before


def _uttered(scene: Scene, sentence: Sentence, stance: StanceHit) -> bool:
    """Whether a noun of stance without a holder is what the subject utters: "made a demand"."""
    place = stance.first - 1
    if place < sentence.first or scene.words[place] not in scene.lex.articles:
        return True
    floor = max(sentence.first, place - _HOLDER_REACH)
    return any(hit.last == place for hit in scene.lex.utters.find(scene.words, floor, place))
