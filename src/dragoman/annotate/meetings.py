"""Meetings: talks, calls, visits, summits, held or only planned, as one passage tells them."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from dragoman.annotate.attendance import attendance
from dragoman.annotate.document import Sentence
from dragoman.annotate.reality import decided, is_accused
from dragoman.annotate.returns import Return, join_returns, points_back
from dragoman.annotate.scene import Named, Scene
from dragoman.annotate.whereabouts import whereabouts
from dragoman.claims import MeetingClaim
from dragoman.languages.events import Modality
from dragoman.languages.lexicon import Hit
from dragoman.types import ActorType, MeetingForm, MeetingStatus, Reason

_PEOPLE: frozenset[ActorType] = frozenset({"person"})
_PARTIES: frozenset[ActorType] = frozenset({"state", "organization"})
_AFTER = 3
_BEFORE = 2
_ABOUT_REACH = 6
_ROUND_GAP = 8
_TWO = 2
# The form that wins where a clause has words for several.
_RANK: dict[MeetingForm, int] = {
    "call": 0,
    "summit": 1,
    "talks": 2,
    "side meeting": 3,
    "internal meeting": 4,
    "visit": 5,
}
# What never took place, or is only rumoured to have, is no meeting, not even a planned one.
_NEVER: frozenset[Modality] = frozenset({"unreal", "alleged"})
# What a word near the trigger makes of a meeting; the first that is there decides.
_STATUS: tuple[tuple[Modality, MeetingStatus], ...] = (
    ("cancelled", "cancelled"),
    ("refused", "refused"),
    ("planned", "planned"),
    ("proposed", "proposed"),
    ("hypothetical", "proposed"),
    ("conditional", "proposed"),
    ("hoped", "proposed"),
    ("under way", "under way"),
)


MeetingHit = Hit[tuple[MeetingForm, str]]
Bounds = tuple[int, int]


def find_meetings(scene: Scene) -> list[MeetingClaim]:
    """The meetings that a report tells of, in the order of the text."""
    claims: list[tuple[MeetingClaim, Return | None]] = []
    for sentence in scene.doc.sentences:
        told = scene.lex.meetings.find(scene.words, sentence.first, sentence.last)
        hits = [
            hit
            for hit in told
            if not _only_spoken_of(scene, sentence, hit) and not _on_the_way(hit, told)
        ]
        done: list[Bounds] = []
        for hit in sorted(hits, key=functools.partial(_order, scene)):
            bounds = _bounds(scene, sentence, hit, hits)
            if any(bounds[0] < last and first < bounds[1] for first, last in done):
                continue
            claim = _claim(scene, sentence, hit, bounds)
            if claim is not None:
                done.append(bounds)
                noun = hit.value[1] == "noun"
                claims.append((claim, points_back(scene, hit.first, hit.last) if noun else None))
    claims.sort(key=lambda pair: pair[0].evidence[0].sort_key())
    return join_returns(scene, [claim for claim, _ in claims], [back for _, back in claims])


def _order(scene: Scene, hit: MeetingHit) -> tuple[bool, int, int]:
    """Which of several triggers in a clause counts: one that only points back comes last."""
    return points_back(scene, hit.first, hit.last) is not None, _RANK[hit.value[0]], hit.first


def _only_spoken_of(scene: Scene, sentence: Sentence, hit: MeetingHit) -> bool:
    """Whether talks are only spoken of or gone away from: "familiar with", "left the talks"."""
    if hit.value[1] != "noun":
        return False
    floor = max(sentence.first, hit.first - _ABOUT_REACH)
    return any(
        hit.first - about.last <= _AFTER
        and not any(scene.doc.tokens[p].text in ",;:" for p in range(about.last, hit.first))
        for about in scene.lex.about.find_all(scene.words, floor, hit.first)
    )


def _on_the_way(hit: MeetingHit, told: Sequence[MeetingHit]) -> bool:
    """Whether a journey is told with the talks that it is made for: then it is no visit."""
    return hit.value == ("visit", "verb") and any(
        other.value[0] in {"talks", "summit"} and other.first > hit.first for other in told
    )


def _bounds(
    scene: Scene, sentence: Sentence, hit: MeetingHit, hits: Sequence[MeetingHit]
) -> Bounds:
    """The clause of a trigger, no further than what is said in the statement around it.

    What one meets for is another clause: "met her generals to weigh the talks in Oslo".
    """
    first, last = scene.clause(sentence, hit.first)
    first = scene.after_relative(first, hit.first)
    begin, end = scene.content(sentence, hit.first)
    first, last = max(first, begin), max(hit.last, min(last, end))
    for other in hits:
        verb, noun = (hit, other) if hit.first <= other.first else (other, hit)
        if verb is noun or verb.value[0] == noun.value[0] or verb.value[1] == "noun":
            continue
        aims = scene.lex.aims.find(scene.words, verb.last, noun.first)
        if aims and hit is verb:
            last = min(last, aims[-1].first)
        elif aims:
            first = max(first, aims[-1].last)
    return first, last


def _claim(
    scene: Scene, sentence: Sentence, hit: MeetingHit, bounds: Bounds
) -> MeetingClaim | None:
    form, _ = hit.value
    first, last = bounds
    status = _status(scene, sentence, bounds, hit)
    if status is None:
        return None
    thirds = _thirds(scene, first, sentence.last)
    present = attendance(scene, sentence, hit, bounds)
    people = [actor for actor in present.people if actor not in thirds]
    parties = [actor for actor in present.parties if actor not in thirds]
    if not people and not parties:
        begin, _ = scene.content(sentence, hit.first)
        people = _distinct(scene.within(begin, last, _PEOPLE), thirds)
        parties = _distinct(scene.within(begin, last, _PARTIES), thirds)
    if hit.value[1] == "light" and not scene.two_sides(people, parties):
        return None
    form = _form(scene, form, bounds, (len(people), len(parties)))
    number = _round(scene, sentence, hit)
    place, venue = whereabouts(scene, sentence, hit)
    duration = _duration(scene, sentence)
    since = _since(scene, sentence)
    when = _when(scene, sentence, hit, bounds, planned=status in {"planned", "proposed"})
    when = None if when == since else when
    known = (number, place, venue, duration, since, when)
    if not people and not parties and all(value is None for value in known):
        return None
    reasons = [Reason(rule="meeting", why=f"words for {form}; {status}")]
    return MeetingClaim(
        evidence=(scene.span(first, last, (hit.first, hit.last)),),
        form=form,
        status=status,
        round=number,
        when=when,
        place=place,
        venue=venue,
        parties=tuple(parties) if form == "talks" else (),
        participants=(*people, *_collectives(scene, form, people, parties)),
        third_parties=tuple(thirds),
        duration=duration,
        since=since,
        faint=form == "talks"
        and len(_distinct(scene.within(first, last, _PARTIES), thirds)) < _TWO,
        said=scene.said_at(hit.first),
        reasons=tuple(reasons),
    )


def _status(
    scene: Scene, sentence: Sentence, bounds: Bounds, hit: MeetingHit
) -> MeetingStatus | None:
    """The status that the words around the trigger give; None where it is denied."""
    floor = max(sentence.first, bounds[0] - _BEFORE)
    labels = set(scene.modality(floor, _status_end(scene, bounds, hit)))
    bound = decided(scene, sentence, hit[:2])
    if "denied" in bound or _denied(scene, sentence, bounds, hit):
        return None
    labels |= bound
    if _provided(scene, sentence, bounds, hit):
        labels.add("conditional")
    if "reported" in labels and scene.said_at(hit.first) is None:
        labels.add("unreal")
    if labels & _NEVER or is_accused(scene, sentence, hit[:2]):
        return None
    if "cancelled" in scene.modality(*bounds):
        return "cancelled"
    for label, status in _STATUS:
        if label in labels:
            return status
    near = scene.modality(max(floor, hit.first - _AFTER), min(bounds[1], hit.last + _AFTER))
    return None if "negated" in near else "held"


def _denied(scene: Scene, sentence: Sentence, bounds: Bounds, hit: MeetingHit) -> bool:
    """Whether a denial stands inside the words for a meeting, or opens the infinitive of them.

    "a nié avoir rencontré"; "bestritt, ihn getroffen zu haben".
    """
    start = hit.first
    if scene.bonds.has_infinitive(*bounds):
        while start > sentence.first and scene.doc.tokens[start - 1].text != ",":
            start -= 1
    begin = max(sentence.first, start - 2) if start < hit.first else start
    return any(mood.value == "denied" for mood in scene.moods.all(begin, hit.last))


def _provided(scene: Scene, sentence: Sentence, bounds: Bounds, hit: MeetingHit) -> bool:
    """Whether a condition behind the words for a meeting makes it depend on something."""
    stop = min(sentence.last, bounds[1] + 2)
    return any(label.value == "provided" for label in scene.moods.all(hit.last, stop))


def _status_end(scene: Scene, bounds: Bounds, hit: MeetingHit) -> int:
    """How far words about a meeting go: to the end of the clause that it is the subject of."""
    first, last = bounds
    if scene.verb_final:
        return last
    subject = hit.value[1] == "noun" and not scene.oblique(first, hit.first)
    if subject and not scene.within(first, hit.first):
        return last
    return min(last, hit.last + _AFTER)


def _form(scene: Scene, form: MeetingForm, bounds: Bounds, counts: tuple[int, int]) -> MeetingForm:
    people, parties = counts
    if form in {"side meeting", "talks"}:
        if scene.lex.phone.find(scene.words, *bounds):
            return "call" if people else form
        if form == "side meeting" and scene.lex.own.find(scene.words, *bounds) and people <= 1:
            return "internal meeting"
        if form == "side meeting" and people == 0 and parties > 1:
            return "talks"
        if form == "talks" and people > 1 and parties == 0:
            return "side meeting"
    return form


def _lone(scene: Scene, bounds: Bounds, thirds: list[int]) -> bool:
    """Whether the clause itself names less than two collectives beside third parties."""
    return len(_distinct(scene.within(*bounds, _PARTIES), thirds)) < _TWO


def _collectives(
    scene: Scene, form: MeetingForm, people: Sequence[int], parties: Sequence[int]
) -> list[int]:
    """The collectives among the participants: of talks they are the parties instead."""
    if form == "talks" or (form == "internal meeting" and people):
        return []
    return scene.unrepresented(parties, people)


def _distinct(found: list[Named], without: list[int]) -> list[int]:
    return [
        actor
        for actor in dict.fromkeys(named.mention.actor for named in found)
        if actor not in without
    ]


def _thirds(scene: Scene, first: int, last: int) -> list[int]:
    found: list[int] = []
    for hit in scene.lex.thirds.find(scene.words, first, last):
        for named in scene.within(hit.last, min(last, hit.last + 12)):
            found.append(named.mention.actor)
            if named.last < last and scene.doc.tokens[named.last].text in ",.;":
                break
    for hit in scene.lex.thirds_after.find(scene.words, first, last):
        near = scene.within(max(first, hit.first - 8), hit.first)
        if near and hit.first - near[-1].last <= _AFTER:
            found += [named.mention.actor for named in scene.listed(near)]
    return list(dict.fromkeys(found))


def _round(scene: Scene, sentence: Sentence, hit: MeetingHit) -> int | None:
    for counted in scene.lex.rounds.find(scene.words, sentence.first, sentence.last):
        for place in (counted.first - 1, counted.first - 2, counted.last):
            if sentence.first <= place < sentence.last:
                number = scene.lex.ordinals.get(scene.words[place])
                if (
                    number is not None
                    and min(abs(counted.first - hit.first), abs(counted.first - hit.last)) <= 8
                ):
                    return number
    return None


def _when(
    scene: Scene, sentence: Sentence, hit: MeetingHit, bounds: Bounds, *, planned: bool
) -> int | None:
    """The time told in the clause or before it, or earlier if it was still that day.

    "They spoke hours earlier than a planned call": words before what is planned are of something
    else.
    """
    found = scene.time_told(sentence, bounds, (hit.first, hit.last))
    if found is not None:
        return found
    begin = hit.first if planned else sentence.first
    if scene.lex.same_day.find(scene.words, begin, sentence.last):
        return scene.time_before(sentence)
    return None


def _duration(scene: Scene, sentence: Sentence) -> int | None:
    if not scene.lex.lasted.find(scene.words, sentence.first, sentence.last):
        return None
    for _, index in scene.quantities_in(sentence.first, sentence.last):
        if scene.doc.quantities[index].unit == "minute":
            return index
    return None


def _since(scene: Scene, sentence: Sentence) -> int | None:
    hits = scene.lex.since.find(scene.words, sentence.first, sentence.last)
    if not hits:
        return None
    for index, when in enumerate(scene.doc.times):
        token = scene.doc.token_at(scene.doc.reading.place_of(when.span.start))
        if hits[0].first <= token < sentence.last:
            return index
    return None
