"""The words of a pack for events, compiled into lexicons."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dragoman.languages import load
from dragoman.languages.events import Modality
from dragoman.languages.lexicon import Lexicon, fold
from dragoman.types import CommitmentStatus, MeetingForm, Stance


class StanceSort(NamedTuple):
    """A stance and how its word stands to its holder: `verb`, `noun`, `passive` or `by`."""

    stance: Stance
    sort: str


@dataclass(frozen=True)
class EventWords:
    """The pack's words for events, compiled."""

    meetings: Lexicon[tuple[MeetingForm, str]]
    modality: Lexicon[Modality]
    endings: dict[str, Modality]
    inverted: frozenset[str]
    openers: Lexicon[bool]
    commits: Lexicon[bool]
    ends: Lexicon[bool]
    rounds: Lexicon[bool]
    thirds: Lexicon[bool]
    thirds_after: Lexicon[bool]
    level: Lexicon[bool]
    own: Lexicon[bool]
    phone: Lexicon[bool]
    lasted: Lexicon[bool]
    since: Lexicon[bool]
    stances: Lexicon[StanceSort]
    back: Lexicon[bool]
    relatives: Lexicon[bool]
    purposes: Lexicon[bool]
    utters: Lexicon[bool]
    about: Lexicon[bool]
    aims: Lexicon[bool]
    topics: Lexicon[bool]
    returns: Lexicon[bool]
    same_day: Lexicon[bool]
    values: Lexicon[str]
    issues: Lexicon[str]
    steps: Lexicon[CommitmentStatus]
    principle: Lexicon[bool]
    promises: Lexicon[bool]
    subjects: Lexicon[str]
    incidents: Lexicon[str]
    by: Lexicon[bool]
    both: Lexicon[bool]
    concepts: Lexicon[str]
    venue_nouns: frozenset[str]
    breaks: frozenset[str]
    prepositions: frozenset[str]
    articles: frozenset[str]
    conjunctions: frozenset[str]
    joining: frozenset[str]
    that: frozenset[str]
    possessives: frozenset[str]
    possessive_marks: frozenset[str]
    genitives: frozenset[str]
    who: frozenset[str]
    joins: frozenset[str]
    joined: Lexicon[bool]
    aside: frozenset[str]
    locatives: frozenset[str]
    off_place: frozenset[str]
    agents: frozenset[str]
    ordinals: dict[str, int]
    pronouns: Lexicon[int]


def _flags(phrases: Sequence[str]) -> Lexicon[bool]:
    return Lexicon((phrase, True) for phrase in phrases)


def _keyed(table: dict[str, tuple[str, ...]]) -> Lexicon[str]:
    return Lexicon((phrase, name) for name, phrases in table.items() for phrase in phrases)


@functools.cache
def event_words(code: str) -> EventWords:
    """The compiled words of a pack."""
    pack = load(code)
    events, grammar = pack.events, pack.grammar
    meetings: list[tuple[str, tuple[MeetingForm, str]]] = []
    for words in events.meetings:
        meetings += [(phrase, (words.form, "verb")) for phrase in words.verbs]
        meetings += [(phrase, (words.form, "light")) for phrase in words.light]
        meetings += [(phrase, (words.form, "noun")) for phrase in words.nouns]
    stances: list[tuple[str, StanceSort]] = []
    for group in events.stances:
        for sort in ("verbs", "nouns", "passive", "by"):
            phrases: tuple[str, ...] = getattr(group, sort)
            stances += [(phrase, StanceSort(group.stance, sort)) for phrase in phrases]
    joining = {fold(word) for word in grammar.conjunctions}
    return EventWords(
        meetings=Lexicon(meetings),
        modality=Lexicon((p, label) for label, phrases in events.modality.items() for p in phrases),
        endings={end: label for label, ends in events.endings.items() for end in ends},
        inverted=frozenset(word.lower() for word in events.inverted),
        openers=_flags(events.openers),
        commits=_flags(events.commits),
        ends=_flags(events.ends),
        rounds=_flags(events.rounds),
        thirds=_flags(events.thirds),
        thirds_after=_flags(events.thirds_after),
        level=_flags(events.level),
        own=_flags(events.own),
        phone=_flags(events.phone),
        lasted=_flags(events.lasted),
        since=_flags(events.since),
        stances=Lexicon(stances),
        back=Lexicon((p, n == "several") for n, phrases in events.back.items() for p in phrases),
        relatives=_flags(events.relatives),
        purposes=_flags(events.purposes),
        utters=_flags(events.utters),
        about=_flags(events.about),
        aims=_flags(events.aims),
        topics=_flags(events.topics),
        returns=Lexicon([(p, False) for p in events.returns] + [(p, True) for p in events.present]),
        same_day=_flags(events.same_day),
        values=_keyed(events.values),
        issues=_keyed(events.issues),
        steps=Lexicon((p, status) for status, phrases in events.steps.items() for p in phrases),
        principle=_flags(events.principle),
        promises=_flags(events.promises),
        subjects=_keyed(events.subjects),
        incidents=_keyed(events.incidents),
        by=_flags(events.by),
        both=_flags(events.both),
        concepts=_keyed(pack.concepts),
        venue_nouns=frozenset(fold(word) for word in pack.names.venue_nouns),
        breaks=frozenset(fold(word) for word in grammar.clause_breaks) - joining,
        # Folding makes some articles and prepositions one word; as a rule it is the article.
        prepositions=frozenset(fold(w) for w in (*grammar.prepositions, *grammar.contractions))
        - frozenset(fold(w) for w in grammar.articles),
        articles=frozenset(fold(w) for w in grammar.articles),
        conjunctions=frozenset(joining),
        joining=frozenset(fold(word) for word in events.with_) - joining,
        that=frozenset(fold(w) for w in grammar.that),
        possessives=frozenset(fold(w) for w in grammar.possessives),
        possessive_marks=frozenset(fold(w) for w in pack.names.possessive),
        genitives=frozenset(fold(w) for w in pack.names.of)
        - frozenset(fold(w) for w in pack.names.locatives),
        who=frozenset(fold(w) for w in events.who),
        joins=frozenset(fold(w) for w in events.joins),
        joined=_flags(events.joins),
        aside=frozenset(fold(w) for w in events.aside),
        locatives=frozenset(fold(w) for w in pack.names.only_places),
        off_place=frozenset(fold(w) for w in events.off_place),
        agents=frozenset(fold(w) for w in events.agents),
        ordinals={fold(word): number for word, number in grammar.ordinals.items()},
        pronouns=Lexicon(
            (form, i) for i, pronoun in enumerate(grammar.pronouns) for form in pronoun.forms
        ),
    )
