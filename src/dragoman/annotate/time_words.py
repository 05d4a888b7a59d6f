"""The words and shapes of time of a language pack, ready to be looked up in a text."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dragoman.claims import Bound, Tense
from dragoman.languages import load
from dragoman.languages.dates import DateRule
from dragoman.languages.lexicon import TOKEN, Lexicon, fold


class Part(NamedTuple):
    """One word of a form: what may stand there, or the slot that it fills."""

    slot: str | None
    words: tuple[tuple[str, ...], ...]
    optional: bool


class Form(NamedTuple):
    """One shape of a rule; `order` is its place in the pack, the first of two alike is taken."""

    rule: DateRule
    parts: tuple[Part, ...]
    order: int
    bare: bool  # a year in it stands alone


class TimeWords(NamedTuple):
    """A pack's words of time.

    `lexicons` has one for each slot of a form that is filled by words; `by_word` and `by_slot` are
    the forms by what they begin with; `openers` are all words that a time can begin with.
    `counted` are names of what is counted: a number before one is no year. `skipped` may stand
    between a preposition and a time.
    """

    lexicons: dict[str, Lexicon[int | str]]
    exact: dict[str, str]
    suffixes: frozenset[str]
    day_words: dict[str, int]
    amounts: dict[str, int]
    by_word: dict[str, list[Form]]
    by_slot: dict[str, list[Form]]
    leads: Lexicon[bool]
    bounds: Lexicon[Bound]
    possessives: Lexicon[bool]
    tenses: Lexicon[Tense]
    past_not: frozenset[str]
    counted: Lexicon[bool]
    openers: frozenset[str]
    skipped: frozenset[str]


def _cut(text: str) -> tuple[str, ...]:
    return tuple(TOKEN.findall(fold(text)))


def _parts(form: str) -> tuple[Part, ...]:
    parts = []
    for word in form.split():
        optional = len(word) > 1 and word.endswith("?")
        bare = word[:-1] if optional else word
        if bare.startswith("{"):
            parts.append(Part(bare[1:-1], (), optional))
        else:
            parts.append(Part(None, tuple(_cut(one) for one in bare.split("|")), optional))
    return tuple(parts)


def _openers(phrases: Iterable[str]) -> Iterator[str]:
    """The words that phrases can begin with: where none stands, none need be looked for."""
    for phrase in phrases:
        for word in phrase.split():
            optional = len(word) > 1 and word.endswith("?")
            for one in (word[:-1] if optional else word).split("|"):
                yield _cut(one)[0]
            if not optional:
                break


@functools.cache
def time_words(code: str) -> TimeWords:
    """The words of time of a language; none where it has no pack."""
    pack = load(code)
    dates = pack.dates
    full = [(name, number) for number, names in dates.months.items() for name in names]
    short = [(name, number) for number, names in dates.months_short.items() for name in names]
    lexicons: dict[str, Lexicon[int | str]] = {
        "month": Lexicon(full),
        "mon": Lexicon(full + short),
        "mon_short": Lexicon(short),
        "weekday": Lexicon([(n, day) for day, names in dates.weekdays.items() for n in names]),
        "short": Lexicon([(n, day) for day, names in dates.weekdays_short.items() for n in names]),
        "unit": Lexicon([(name, unit) for unit, names in dates.units.items() for name in names]),
        "part": Lexicon([(name, part) for part, names in dates.parts.items() for name in names]),
    }
    by_word: dict[str, list[Form]] = {}
    by_slot: dict[str, list[Form]] = {}
    order = 0
    for rule in dates.rules:
        for text in rule.forms:
            parts = _parts(text)
            order += 1
            # A form that may begin with several of its words stands under each of them.
            for skip in range(len(parts)):
                head = parts[skip]
                bare = all(part.slot in {None, "year", "year2", "part"} for part in parts)
                form = Form(rule, parts[skip:], order, bare)
                if head.slot:
                    by_slot.setdefault(head.slot.rstrip("2"), []).append(form)
                for words in head.words:
                    by_word.setdefault(words[0], []).append(form)
                if not head.optional:
                    break
    named = (dates.months, dates.months_short, dates.weekdays, dates.weekdays_short)
    names = [name for table in named for entry in table.values() for name in entry]
    names += [name for table in (dates.units, dates.parts) for e in table.values() for name in e]
    names += [*dates.day_words, *dates.amounts, *pack.grammar.numbers, *pack.grammar.multipliers]
    tenses: list[tuple[str, Tense]] = [(cue, "future") for cue in dates.future]
    tenses += [(cue, "past") for cue in dates.past]
    tenses += [(cue, "unknown") for cue in dates.unsure]
    return TimeWords(
        lexicons=lexicons,
        exact={fold(word): word for word in dates.exact},
        suffixes=frozenset(fold(word) for word in dates.day_suffixes),
        day_words={fold(word): day for word, day in dates.day_words.items()},
        amounts={fold(word): amount for word, amount in dates.amounts.items()},
        by_word=by_word,
        by_slot=by_slot,
        leads=Lexicon([(lead, True) for lead in dates.leads]),
        bounds=Lexicon([(cue, bound) for bound, cues in dates.bounds.items() for cue in cues]),
        possessives=Lexicon([(mark, True) for mark in dates.possessives]),
        tenses=Lexicon(tenses),
        past_not=frozenset(dates.past_not),
        counted=Lexicon([(n, True) for names in pack.quantities.units.values() for n in names]),
        openers=frozenset(_openers(names)) | by_word.keys(),
        skipped=frozenset(
            fold(word) for word in (*pack.grammar.articles, *pack.grammar.contractions)
        ),
    )
