"""Who takes part in a meeting: the actors around its words, less those only spoken of.

A sentence tells of a meeting and of much else: what it is about, where it is, what somebody said
there. Left and right of the words for the meeting the clauses are gone through that belong to it;
actors in a stretch that tells the topic (`to discuss the war with ...`), behind a word that opens
another clause, or named only as a place or as the object of an office, take no part.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from dragoman.annotate.document import Sentence
from dragoman.annotate.scene import Named, Scene
from dragoman.languages.lexicon import Hit
from dragoman.types import ActorType, MeetingForm

_PEOPLE: frozenset[ActorType] = frozenset({"person"})
_PARTIES: frozenset[ActorType] = frozenset({"state", "organization", "group"})
_NEAR = 3
_NOUN_REACH = 4
_GOVERNED = 12
_THIRD = 3  # person

Bounds = tuple[int, int]
MeetingHit = Hit[tuple[MeetingForm, str]]


class Attendance(NamedTuple):
    """Local actors: people and collectives, in the order of the text."""

    people: list[int]
    parties: list[int]


def attendance(scene: Scene, sentence: Sentence, hit: MeetingHit, bounds: Bounds) -> Attendance:
    """Who takes part in the meeting of a trigger.

    Args:
        scene: the report.
        sentence: the sentence of the trigger.
        hit: the trigger.
        bounds: the clause of the trigger, as far as other meetings leave it.
    """
    found = [
        item
        for first, last in _stretches(scene, sentence, hit, bounds)
        for item in scene.within(first, last, _PEOPLE | _PARTIES)
        if _takes_part(scene, sentence, item, hit)
    ]
    owners = _owners(scene, sentence, hit, bounds)
    if len(owners) > 1:
        found = [*owners, *(item for item in found if item.first >= hit.first)]
    elif not any(scene.actor(item).type == "person" and item.first < hit.first for item in found):
        found += _meant_by_pronoun(scene, sentence, hit, bounds)
    found.sort(key=lambda item: (item.first, -item.last))
    people = [i.mention.actor for i in found if scene.actor(i).type == "person"]
    parties = [
        i.mention.actor
        for i in found
        if scene.actor(i).type != "person" and i.mention.sort != "pronoun"
    ]
    return Attendance(list(dict.fromkeys(people)), list(dict.fromkeys(parties)))


# ------------------------------------------------------------------ stretches


def _stretches(
    scene: Scene, sentence: Sentence, hit: MeetingHit, bounds: Bounds
) -> Iterator[Bounds]:
    """The tokens around a trigger in which its participants stand."""
    begin, end = scene.content(sentence, hit.first)
    if bounds[0] <= hit.first:
        yield from _left(scene, max(begin, sentence.first), hit, bounds[0])
    yield from _right(scene, min(end, sentence.last), hit, bounds[1])


def _left(scene: Scene, begin: int, hit: MeetingHit, floor: int) -> Iterator[Bounds]:
    """The clause before the trigger; where it is the end of a longer one, that one as well.

    `X, who leads the team, met Y`: the relative clause is left out, what is before it is not.
    `X said so after talks with Y`: a noun right behind the opening word belongs to the main clause.
    """
    yield floor, hit.first
    while floor > begin:
        opener, closed = _opener(scene, begin, floor)
        relative = scene.words[opener] in scene.lex.who
        direct = hit.first - floor <= _NEAR and hit.value[1] == "noun"
        if not (relative or direct) or not scene.opens_clause(opener):
            return
        first = opener
        while first > begin and not scene.breaks(first - 1):
            first -= 1
        if relative and not closed:
            yield from ((n.first, n.last) for n in scene.within(first, opener)[-1:])
            return
        yield first, opener
        floor = first


def _opener(scene: Scene, begin: int, floor: int) -> tuple[int, bool]:
    """The word that opens the clause before `floor`, and whether that clause is closed by then.

    Behind the comma that ends a relative clause it is the relative pronoun.
    """
    opener = floor - 1
    if scene.doc.tokens[opener].text != ",":
        return opener, False
    first = opener
    while first > begin and not scene.breaks(first - 1):
        first -= 1
    if first > begin and scene.words[first - 1] in scene.lex.who:
        return first - 1, True
    return opener, False


def _right(scene: Scene, end: int, hit: MeetingHit, stop: int) -> Iterator[Bounds]:
    """What follows the trigger, on to the next clause; past one `as well as` or a list."""
    last = max(hit.last, stop)
    while last < end and not (scene.opens_clause(last) or scene.doc.tokens[last].text in ";:"):
        last += 1
    yield hit.last, min(last, end)


# ------------------------------------------------------------------ one actor


def _takes_part(scene: Scene, sentence: Sentence, item: Named, hit: MeetingHit) -> bool:
    """Whether somebody named around a trigger meets, and isn't only spoken of."""
    if scene.said_at(item.first) != scene.said_at(hit.first):
        return False
    if scene.in_topic(sentence, item.first, hit.first):
        return False
    actor = scene.actor(item)
    if actor.type == "person":
        return True
    if scene.lex.both.find(scene.words, item.first, item.last):
        return False  # "both sides" names nobody who isn't named already
    if actor.type == "state" and item.mention.sort == "demonym":
        return _acts(scene, sentence, item)
    if actor.type == "state" and (
        _led(scene, sentence, item) or scene.possessed(item.first) or _owns(scene, item)
    ):
        return False  # the leaders meet themselves; "Solberg's Nepal envoy" is about Nepal
    governor = _governor(scene, sentence, item)
    if governor is None or scene.words[governor] not in scene.lex.aside:
        return True
    # Whoever is visited is the host: "a visit to Norway", "travelled to Norway".
    return hit.value[0] == "visit" and item.first >= hit.first


def _acts(scene: Scene, sentence: Sentence, item: Named) -> bool:
    """Whether a people's adjective stands for those who act: `Kenyan officials`, `the Kenyans`.

    `Kenyan soil`, `the Kenyan crisis` do not. The noun is looked for on both sides.
    """
    nouns = scene.lex.agents
    if not nouns:
        return True
    tokens = scene.doc.tokens
    if item.first > 0 and scene.words[item.first - 1] in nouns:
        return True
    for place in range(item.last, min(item.last + _NOUN_REACH, sentence.last)):
        if tokens[place].capital or scene.words[place] in nouns:
            return True
        if not tokens[place].word or scene.words[place] in scene.lex.prepositions:
            return place == item.last
    return False


def _owns(scene: Scene, item: Named) -> bool:
    """Whether a state is only whose body takes part: `Chad's ruling Council`, `Council of Chad`.

    Or where its name is part of a body's.
    """
    for other in scene.named:
        if scene.actor(other).type != "organization":
            continue
        if other.first <= item.first and item.last <= other.last:
            return True
        gap = range(item.last, other.first)
        marks = scene.lex.possessive_marks
        if gap and len(gap) <= _NOUN_REACH and scene.words[gap[0]] in marks:
            return not any(scene.doc.tokens[place].text == "," for place in gap)
        between = scene.words[other.last : item.first]
        if len(between) == 1 and between[0] in scene.lex.genitives:
            return True
    return False


def _led(scene: Scene, sentence: Sentence, item: Named) -> bool:
    """Whether a state is only whom leaders lead (`the leaders of France`): they meet themselves."""
    governor = _governor(scene, sentence, item)
    if governor is None or scene.words[governor] not in scene.lex.genitives:
        return False
    floor = max(sentence.first, governor - _NEAR)
    return any(
        hit.last == governor for hit in scene.lex.level.find_all(scene.words, floor, governor)
    )


def _governor(scene: Scene, sentence: Sentence, item: Named) -> int | None:
    """The preposition that governs an actor, through articles and the names of a list before it."""
    covered = {place for other in scene.named for place in range(other.first, other.last)}
    place = item.first - 1
    while place >= max(sentence.first, item.first - _GOVERNED):
        word = scene.words[place]
        if word in scene.lex.prepositions or word in scene.lex.aside:
            return place
        through = (
            word in scene.lex.articles
            or word in scene.lex.conjunctions
            or scene.doc.tokens[place].text == ","
            or place in covered
        )
        if not through:
            return None
        place -= 1
    return None


# ------------------------------------------------------------------ pronouns


def _owners(scene: Scene, sentence: Sentence, hit: MeetingHit, bounds: Bounds) -> list[Named]:
    """Who meets in `their talks`: the first list of names in the sentence; empty if there is none.

    What else stands before the trigger, as somebody who says so, takes no part.
    """
    near = max(min(bounds[0], hit.first), hit.first - _NEAR)
    if not any(scene.is_possessive(place) for place in range(near, hit.first)):
        return []
    lists: list[list[Named]] = [[]]
    for item in scene.straight(sentence.first, near):
        joined = len(scene.listed([*lists[-1][-1:], item])) > 1
        lists = [*lists[:-1], [*lists[-1], item]] if joined else [*lists, [item]]
    return next((names for names in lists if len(names) > 1), [])


def _meant_by_pronoun(
    scene: Scene, sentence: Sentence, hit: MeetingHit, bounds: Bounds
) -> list[Named]:
    """The person whom `he met`, `her meeting with` means.

    The first one named before in the same sentence, or else in the sentence before.
    """
    floor = min(bounds[0], hit.first)
    near = max(floor, hit.first - _NEAR)
    pronouns = scene.doc.pack.grammar.pronouns
    told = any(
        pronouns[found.value].number != "plural" and pronouns[found.value].person == _THIRD
        for found in scene.lex.pronouns.find(scene.words, near, hit.first)
    )
    owned = any(scene.is_possessive(place) for place in range(near, hit.first))
    if not told and not owned:
        return []
    before = _persons(scene, sentence.first, near)
    if before:
        return before[:1]
    previous = scene.doc.sentence_at(sentence.first - 1) if sentence.first else None
    if previous is None or previous.paragraph != sentence.paragraph:
        return []
    return _persons(scene, previous.first, previous.last)[:1]


def _persons(scene: Scene, first: int, last: int) -> list[Named]:
    """The persons between two tokens that no preposition governs."""
    return [n for n in scene.straight(first, last) if scene.actor(n).type == "person"]
