"""Cues of speech, belief and will: the pack's words, compiled, and where they stand in a text."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from dragoman.languages import load
from dragoman.languages.lexicon import Lexicon, fold
from dragoman.languages.speech import Cues
from dragoman.types import Force

Frame = Literal["clause", "infinitive", "object", "about", "named"]
CLAUSE: frozenset[Frame] = frozenset({"clause"})
_SHORTEST_STEM = 3


@dataclass(frozen=True)
class Entry:
    """What a cue can govern, its force, and the prepositions of an object that `about` tells."""

    force: Force
    frames: frozenset[Frame]
    prepositions: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Cue:
    """A cue in a text: the word of the syntax, its tokens (`last` exclusive), and its entry."""

    word: int
    first: int
    last: int
    entry: Entry


@dataclass(frozen=True)
class CueTable:
    """Entries by folded lemma, by stem of a form, and by the second word of a phrasal verb."""

    lemmas: dict[str, Entry]
    stems: dict[str, Entry]
    particles: dict[tuple[str, str], Entry]
    named: dict[str, Entry]

    def entry(self, lemma: str, form: str, particles: Iterable[str]) -> Entry | None:
        """The entry of a verb or adjective by folded lemma and form and its particles."""
        for particle in particles:
            if (found := self.particles.get((lemma, particle))) is not None:
                return found
        if (found := self.lemmas.get(lemma) or self.lemmas.get(form)) is not None:
            return found
        for size in range(len(form), _SHORTEST_STEM - 1, -1):
            if (found := self.stems.get(form[:size])) is not None:
                return found
        return None

    def noun(self, lemma: str, form: str) -> Entry | None:
        """The entry of a noun."""
        for size in range(len(form), _SHORTEST_STEM - 1, -1):
            if (found := self.named.get(form[:size] + "*")) is not None:
                return found
        return self.named.get(lemma)


@dataclass(frozen=True)
class Words:
    """The pack's words of speech, compiled."""

    table: CueTable
    phrases: Lexicon[Entry]
    according: Lexicon[bool]
    according_after: Lexicon[bool]
    according_first: Lexicon[bool]
    inside: frozenset[str]
    sources: Lexicon[bool]
    hearers: Lexicon[bool]
    channels: Lexicon[str]
    interviews: Lexicon[bool]
    pronouns: Lexicon[int]
    negations: Lexicon[bool]
    adverbs: frozenset[str]
    articles: frozenset[str]
    that: frozenset[str]
    asides: frozenset[str]
    bare: frozenset[str]
    predicative: frozenset[str]
    conjunctions: frozenset[str]
    first_person: frozenset[str]
    personal: frozenset[str]
    dropped: bool
    verb_final: bool
    verb_last: bool


@functools.cache
def words(code: str) -> Words:
    """The compiled words of a pack."""
    pack = load(code)
    speech, grammar = pack.speech, pack.grammar

    def marks(phrases: Iterable[str]) -> Lexicon[bool]:
        return Lexicon((phrase, True) for phrase in phrases)

    def folded(found: Iterable[str]) -> frozenset[str]:
        return frozenset(fold(word) for word in found)

    return Words(
        table=_table(speech.cues),
        phrases=Lexicon(_phrases(speech.cues)),
        according=marks(speech.according),
        according_after=marks(speech.according_after),
        according_first=marks(speech.according_first),
        inside=folded(speech.inside),
        sources=marks(speech.sources),
        hearers=marks(speech.hearers),
        channels=Lexicon((p, channel.name) for channel in speech.channels for p in channel.phrases),
        interviews=marks(speech.interviews),
        pronouns=Lexicon(
            (form, i)
            for i, pronoun in enumerate(grammar.pronouns)
            for form in pronoun.forms
            if pronoun.person == 3
        ),
        negations=marks(grammar.negations),
        adverbs=folded(speech.adverbs) | folded(grammar.auxiliaries),
        articles=folded(grammar.articles),
        that=folded(grammar.that),
        asides=folded(speech.asides),
        bare=folded(speech.bare),
        predicative=folded(speech.predicative),
        conjunctions=folded(grammar.conjunctions),
        first_person=folded(
            form for p in grammar.pronouns if p.person in {1, 2} for form in p.forms
        ),
        personal=folded(
            form
            for p in grammar.pronouns
            if p.person == 3 and p.gender in {"male", "female"}
            for form in p.forms
        ),
        dropped=speech.dropped,
        verb_final=grammar.verb_final,
        verb_last=grammar.verb_last,
    )


def _phrases(groups: Iterable[Cues]) -> Iterable[tuple[str, Entry]]:
    for group in groups:
        clause = Entry(group.force, CLAUSE)
        wanted = Entry(group.force, frozenset({"object", "clause", "infinitive"}))
        noun = Entry(group.force, frozenset({"named"}))
        for phrases, entry in (
            (group.verbs, clause),
            (group.telling, clause),
            (group.calling, wanted),
            (group.nouns, noun),
        ):
            yield from ((phrase, entry) for phrase in phrases)


def _table(groups: Iterable[Cues]) -> CueTable:
    """Entries of one word are joined; the force of the group that lists it first is its force."""
    table = CueTable({}, {}, {}, {})
    for group in groups:
        for frame in ("clause", "infinitive", "object"):
            for lemma in getattr(group, frame):
                verb, _, particle = fold(lemma).partition(" ")
                entry = Entry(group.force, frozenset({frame}))
                if particle:
                    _add(table.particles, (verb, particle), entry)
                elif verb.endswith("*"):
                    _add(table.stems, verb.rstrip("*"), entry)
                else:
                    _add(table.lemmas, verb, entry)
        for phrase in group.about:
            verb, _, preposition = fold(phrase).partition(" ")
            entry = Entry(group.force, frozenset({"about"}), frozenset({preposition}))
            stem = verb.endswith("*")
            _add(table.stems if stem else table.lemmas, verb.rstrip("*"), entry)
        for phrase in group.named:
            noun, _, preposition = fold(phrase).partition(" ")
            led = frozenset({preposition} if preposition else ())
            _add(table.named, noun, Entry(group.force, frozenset({"named"}), led))
    return table


def _add(table: dict, key: object, entry: Entry) -> None:  # type: ignore[type-arg]
    old = table.get(key)
    if old is not None:
        entry = Entry(old.force, old.frames | entry.frames, old.prepositions | entry.prepositions)
    table[key] = entry
