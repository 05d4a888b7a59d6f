"""Where a meeting is: the place and the venue that its sentence names."""

from __future__ import annotations

from dragoman.annotate.document import Sentence
from dragoman.annotate.scene import Named, Scene
from dragoman.languages.lexicon import Hit
from dragoman.types import ActorType, MeetingForm

_PLACES: frozenset[ActorType] = frozenset({"place"})
_STATES: frozenset[ActorType] = frozenset({"state"})
_AREA_GAP = 12

MeetingHit = Hit[tuple[MeetingForm, str]]


def whereabouts(scene: Scene, sentence: Sentence, hit: MeetingHit) -> tuple[int | None, int | None]:
    """The place and the venue of a meeting, as local actors.

    The place stands behind a preposition of place, or right before the trigger (`the Oslo talks`);
    the nearest one counts. Where no town is named, a state behind such a preposition is the place.
    """
    places: list[tuple[int, int]] = []
    venue = None
    for named in scene.within(sentence.first, sentence.last, _PLACES):
        compound = 0 <= hit.first - named.last <= 1
        visited = hit.value[0] == "visit" and named.first == hit.last
        if not compound and not visited and not _located(scene, sentence, named):
            continue
        if scene.is_venue(named):
            venue = named.mention.actor if venue is None else venue
        elif not compound and hit.first - named.first > _AREA_GAP:
            continue
        else:
            places.append((abs(named.first - hit.last), named.mention.actor))
    if not places and scene.lex.locatives:
        places = _states(scene, sentence, hit)
    place = min(places)[1] if places else None
    return place, venue


def _located(scene: Scene, sentence: Sentence, named: Named) -> bool:
    """Whether a place is where something is, and not what something is about."""
    return scene.oblique(sentence.first, named.first) and not scene.about_place(
        sentence.first, named.first
    )


def _states(scene: Scene, sentence: Sentence, hit: MeetingHit) -> list[tuple[int, int]]:
    """States right behind a preposition of place, after the trigger."""
    found = []
    for named in scene.within(hit.last, sentence.last, _STATES):
        before = scene.words[named.first - 1] if named.first else ""
        if named.mention.sort == "name" and before in scene.lex.locatives:
            if any(scene.opens_clause(place) for place in range(hit.last, named.first)):
                break
            if scene.in_topic(sentence, named.first, hit.first):
                continue
            found.append((named.first - hit.last, named.mention.actor))
    return found
