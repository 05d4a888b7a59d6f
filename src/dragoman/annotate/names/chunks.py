"""A sentence cut into known names, offices, groups and runs of capitalised words.

A run is what may be a name that nobody listed: capitalised words with the particles, initials and
hyphens that hold names together. Words that are capitalised for another reason (the first of a
sentence, months, German nouns) are left out or kept for stricter evidence.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from dragoman.annotate.document import Sentence
from dragoman.annotate.names.heads import acronym_end, body_end
from dragoman.annotate.names.scenery import Scene, Told
from dragoman.languages.gazetteer import Known, Office
from dragoman.languages.lexicon import Hit, fold

ChunkKind = Literal["state", "place", "organization", "office", "group", "run"]
_APOSTROPHES = frozenset("'’")
_HYPHENS = frozenset("-‐‑")
_HEADLINE_LEAST = 4
_HEADLINE_SHARE = 0.7
_INITIAL = 2
_BODY_REACH = 5  # tokens from a plural possessive to the noun of its body
_INNER = re.compile("(?<=[Ѐ-ӿ])'(?=[Ѐ-ӿ])")
# Parts of speech with a capital only because a sentence begins with them.
_OPENING_TAGS = frozenset({"ADV", "ADP", "DET", "PRON", "SCONJ", "CCONJ", "PART", "AUX", "INTJ"})


@dataclass(slots=True, eq=False)
class Chunk:
    """Tokens `first` to `last` (exclusive) of one sentence and what they are.

    `known` is set for known names, `offices` for offices (several where a word has several
    meanings), `group` is a group's English name. `weak` marks a run whose capital proves little,
    `told` is what a second source of names says of it.
    """

    first: int
    last: int
    kind: ChunkKind
    known: Known | None = None
    offices: tuple[Office, ...] = ()
    group: str | None = None
    weak: bool = False
    told: Told | None = None

    @property
    def demonym(self) -> bool:
        """Whether it is an adjective or the name of a people."""
        return self.known is not None and self.known.naming == "demonym"


def chunk_report(scene: Scene) -> list[list[Chunk]]:
    """The chunks of each sentence, in order."""
    return [list(_chunk(scene, sentence)) for sentence in scene.document.sentences]


def _valid(scene: Scene, hit: Hit[Known]) -> bool:
    """Whether the letters of a known name are written as a name is."""
    tokens = scene.document.tokens[hit.first : hit.last]
    known = hit.value
    if known.exact is not None:
        letters = "".join(token.text for token in tokens).replace(".", "")
        return letters == known.exact or (len(known.exact) > 3 and letters == known.exact.title())
    if known.stem and len(tokens[-1].text) > known.stem:
        return False
    return known.small or tokens[0].capital


def _best_known(scene: Scene, place: int, stop: int) -> Hit[Known] | None:
    hits = [
        *scene.learned.at(scene.document.words, place, stop),
        *scene.gazetteer.known.at(scene.document.words, place, stop),
    ]
    return max((hit for hit in hits if _valid(scene, hit)), key=lambda hit: hit.last, default=None)


def _chunk(scene: Scene, sentence: Sentence) -> Iterator[Chunk]:
    words, tokens = scene.document.words, scene.document.tokens
    headline = _is_headline(scene, sentence)
    place, opening = sentence.first, True
    while place < sentence.last:
        token = tokens[place]
        if not token.word and not token.text[:1].isdigit():
            opening = opening or token.text in '“"«„:'
            place += 1
            continue
        if scene.begins_nothing(place):
            place, opening = place + 1, False
            continue
        known = _best_known(scene, place, sentence.last)
        offices = scene.gazetteer.offices.at(words, place, sentence.last)
        groups = [
            hit
            for hit in scene.gazetteer.groups.at(words, place, sentence.last)
            if not _qualifies(scene, hit, sentence.last)
        ]
        longest = max(
            (hit.last for hit in (known, *offices[:1], *groups[:1]) if hit is not None),
            default=place,
        )
        run_end = _run_end(scene, place, sentence.last, opening=opening, headline=headline)
        told = scene.told.get(place)
        if told is not None and told.firm and told.last > longest:
            yield Chunk(place, told.last, "run", told=told)
            place = told.last
        elif known is not None and known.last == longest and not _is_given(scene, known, run_end):
            if run_end > known.last and _swallows(scene, known, run_end):
                yield Chunk(place, run_end, "run", weak=headline)
                place = run_end
            else:
                kind: ChunkKind = known.value.type if known.value.type != "person" else "run"
                yield Chunk(place, known.last, kind, known=known.value)
                place = known.last
        elif offices and offices[0].last == longest and longest > place:
            values = tuple(hit.value for hit in offices if hit.last == longest)
            yield Chunk(place, longest, "office", offices=values)
            place = longest
        elif groups and groups[0].last == longest and longest > place:
            yield Chunk(place, longest, "group", group=groups[0].value)
            place = longest
        elif run_end > place:
            weak = headline or _is_weak(scene, place, run_end, opening)
            yield Chunk(place, run_end, "run", weak=weak, told=_told(scene, place, run_end))
            place = run_end
        else:
            place += 1
        opening = False


def _qualifies(scene: Scene, hit: Hit[str], stop: int) -> bool:
    """Whether words for a group only begin a name or qualify a noun: a union leader."""
    if _run_end(scene, hit.last - 1, stop, opening=False, headline=False) > hit.last:
        return True
    return scene.relation(hit.last - 1) == "compound"


def _told(scene: Scene, first: int, last: int) -> Told | None:
    """What a second source says of a run, if it takes the very same words for a name."""
    told = scene.told.get(first)
    return told if told is not None and told.last == last else None


def _is_given(scene: Scene, known: Hit[Known], run_end: int) -> bool:
    """Whether a place's or state's name is the given name of a longer run (`Israel Katz`)."""
    return (
        known.last == known.first + 1
        and run_end > known.last
        and known.value.type in {"state", "place"}
        and known.value.naming != "demonym"
        and scene.document.tokens[known.first].fold in scene.gazetteer.given
    )


def _swallows(scene: Scene, known: Hit[Known], run_end: int) -> bool:
    """Whether a known name is only the beginning of a body's or place's name (`Paris Hotel`)."""
    return known.value.naming == "name" and any(
        scene.is_word("organization_nouns", place) or scene.is_word("venue_nouns", place)
        for place in range(known.last, run_end)
        if scene.document.tokens[place].capital
    )


def _is_headline(scene: Scene, sentence: Sentence) -> bool:
    if scene.document.tokens[sentence.last - 1].text in '.!?…”"':
        return False
    long = [
        token
        for token in scene.document.tokens[sentence.first : sentence.last]
        if token.word and len(token.text) > 3
    ]
    capitals = sum(token.capital for token in long)
    return len(long) >= _HEADLINE_LEAST and capitals >= _HEADLINE_SHARE * len(long)


def _is_weak(scene: Scene, first: int, last: int, opening: bool) -> bool:  # noqa: FBT001
    if last - first > 1:
        return False
    token = scene.document.tokens[first]
    return opening and token.fold not in scene.gazetteer.given


def _eligible(scene: Scene, place: int, *, opening: bool) -> bool:
    """Whether a token can be part of a run."""
    token = scene.document.tokens[place]
    if not token.capital or not token.word:
        return False
    following = place + 1
    if (
        len(token.text) == 1
        and token.fold not in scene.gazetteer.words["honorifics"]
        and following < len(scene.document.tokens)
        and scene.document.tokens[following].text == "."
        and scene.document.tokens[following].start == token.end
    ):
        return True  # an initial
    if token.fold in scene.gazetteer.common and not (
        scene.is_word("organization_nouns", place) or scene.is_word("venue_nouns", place)
    ):
        return False
    if token.fold in scene.gazetteer.words["honorifics"]:
        return False
    if (
        token.fold in scene.gazetteer.words["modifiers"]
        and following < len(scene.document.tokens)
        and scene.is_office(following, len(scene.document.tokens))
    ):
        return False
    if token.fold in scene.gazetteer.given:
        return True
    return not (opening and token.fold in scene.small) and not _only_first(scene, place, opening)


def _only_first(scene: Scene, place: int, opening: bool) -> bool:  # noqa: FBT001
    """Whether a word with a capital only stands before the name that follows (`Later Oredo`)."""
    tokens = scene.document.tokens
    if place + 1 >= len(tokens) or not tokens[place + 1].capital or tokens[place].text.isupper():
        return False
    apart = scene.parsed_at(place, place + 1) is None
    begins = scene.parsed_at(place + 1, place + 2)
    return (apart and scene.tag(place) in _OPENING_TAGS) or (
        opening and apart and begins is not None and scene.tag(place) in {"ADJ", "NOUN"}
    )


def _run_end(scene: Scene, first: int, stop: int, *, opening: bool, headline: bool) -> int:
    """Where the run that begins at a token ends; the token itself if none begins there."""
    tokens = scene.document.tokens
    whole = max(body_end(scene, first, stop), acronym_end(scene, first, stop))
    if whole > first + 1:
        return whole
    start = first
    if (
        tokens[first].fold in scene.gazetteer.words["particles"]
        and first + 2 < stop
        and tokens[first + 1].text in _HYPHENS
        and scene.glued(first + 1)
    ):
        start = first + 2
    if not _eligible(scene, start, opening=opening):
        return first
    end = start + 1
    while end < stop:
        following = _joined(scene, first, end, stop)
        if following is None:
            break
        goes_on = tokens[end - 1].fold in scene.gazetteer.given or scene.parsed_at(first, following)
        if headline and not goes_on:
            break  # nearly every word has a capital there: only the parser tells
        end = following
    return end


def _joined(scene: Scene, first: int, end: int, stop: int) -> int | None:
    """Where a run that has come to `end` goes on to, or None."""
    if end in scene.told and scene.told[end].firm:
        return None
    tokens, text = scene.document.tokens, scene.document.text
    token, last = tokens[end], tokens[end - 1]
    between = text[last.end : token.start]
    if "\n" in between:
        return None
    if token.word:
        if _goes_on(scene, end, stop, last.fold):
            return end + 1
        return _through_links(scene, first, end, stop)
    if end + 1 >= stop:
        return None
    after = tokens[end + 1]
    if token.text == "." and not between and len(last.text) <= _INITIAL and last.text.isalpha():
        return end + 2 if _goes_on(scene, end + 1, stop, last.fold) else None
    if token.text in _HYPHENS and scene.glued(end) and after.word:
        return end + 2 if after.capital and not scene.is_office(end + 1, stop) else None
    if token.text in _APOSTROPHES and scene.glued(end) and after.capital and len(after.text) > 1:
        return end + 2
    return _through_possessive(scene, end, stop)


def _through_possessive(scene: Scene, end: int, stop: int) -> int | None:
    """Over the apostrophe of `the Dock Workers' Union`, where the name of a body goes on.

    The members may be of two sorts (`the Farmers' and Growers' Union`).
    """
    tokens, last = scene.document.tokens, scene.document.tokens[end - 1]
    possessive = scene.gazetteer.words["possessive"]
    if (
        tokens[end].text not in _APOSTROPHES
        or tokens[end].start != last.end
        or "'" not in possessive
        or last.fold[-1:] not in possessive
    ):
        return None
    place = end + 1
    while place < min(stop, end + 1 + _BODY_REACH):
        if scene.is_word("organization_nouns", place):
            return place + 1 if tokens[place].capital else None
        linked = tokens[place].fold in scene.gazetteer.words["links"]
        if not (linked or tokens[place].text in _APOSTROPHES or tokens[place].capital):
            return None
        place += 1
    return None


def _goes_on(scene: Scene, place: int, stop: int, before: str) -> bool:
    if not _eligible(scene, place, opening=False):
        return False
    if scene.is_office(place, stop):
        return scene.is_word("organization_nouns", place)
    known = _best_known(scene, place, stop)
    if known is None:
        return True
    # A surname that is also a place: Michael Jordan, Jack London.
    return (
        known.last == place + 1
        and before in scene.gazetteer.given
        and known.value.naming == "name"
        and known.value.type in {"place", "state"}
        and not known.value.exact
    )


def _through_links(scene: Scene, first: int, end: int, stop: int) -> int | None:
    """Over particles (Ursula von der Leyen) or the links in a body's name (Ministry of Labour)."""
    tokens, words = scene.document.tokens, scene.gazetteer.words
    body = any(scene.is_word("organization_nouns", place) for place in range(first, end))
    venue = any(scene.is_word("venue_nouns", place) for place in range(first, end))
    # "a palace in Cana" is the palace and where it is.
    inner = words["particles"]
    if body or venue:
        links = words["links"] if body else words["links"] & words["of"]
        inner = (links - words["locatives"]) | inner
    place = end
    while place < stop and place < end + 3 and tokens[place].fold in inner:
        place += 1
    if place > end and place + 1 < stop and tokens[place].text in _HYPHENS and scene.glued(place):
        place += 1  # Haitham al-Ghais
    if place == end or place >= stop or not tokens[place].word:
        return None
    if not body and tokens[end].fold in words["articles"] and scene.tag(place) == "NOUN":
        return None  # "verließ Holm den Saal": an article here, not a particle
    if not body and scene.is_word("organization_nouns", place):
        return None  # "Petra Lang der Zeitung": no particle, but a genitive
    named = tokens[place].capital and tokens[place].fold not in scene.gazetteer.calendar
    known = _best_known(scene, place, stop)
    if (body or venue) and named and known is None:
        return place + 1
    return place + 1 if _goes_on(scene, place, stop, "") else None


@functools.lru_cache(maxsize=256)
def folded_words(name: str) -> tuple[str, ...]:
    """The folded words of a name, without signs; an apostrophe between Cyrillic letters is none."""
    flat = _INNER.sub("", fold(name))
    return tuple(flat.replace("-", " ").replace("'", " ").replace(".", " ").split())
