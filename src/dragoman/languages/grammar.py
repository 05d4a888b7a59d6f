"""The form of `grammar.yaml`: function words, quotation marks, abbreviations."""

from __future__ import annotations

from dragoman.types import Value


class Pronoun(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A personal pronoun: its forms, and what it can stand for."""

    forms: tuple[str, ...]
    number: str = "singular"
    gender: str = "any"
    person: int = 3


class GrammarFile(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Function words of a language. Word lists are single words unless said otherwise.

    `quotes` are pairs of an opening and a closing sign. `abbreviations` are words that a full
    stop does not end a sentence after. `contractions` are prepositions fused with an article.
    `clause_breaks` are words (conjunctions, relatives) that begin another clause; `that` those
    that introduce what was said. `negations`, `auxiliaries` and `reflexives` are phrases.
    `comma_speech` says that what was said may follow a bare comma (`sagte, er komme`).
    `verb_final` says that a verb may stand after all that it governs, `verb_last` that it does
    also in main clauses. `dash_in_quotes` says that
    who speaks may be told between dashes inside a quotation (`«Нет, — сказал он. — Никогда»`).
    `ordinals` map folded words to numbers; `numbers` likewise for cardinals.
    """

    name: str = ""
    script: str = "Latin"
    quotes: tuple[tuple[str, str], ...] = ()
    abbreviations: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    prepositions: tuple[str, ...] = ()
    contractions: tuple[str, ...] = ()
    conjunctions: tuple[str, ...] = ()
    clause_breaks: tuple[str, ...] = ()
    that: tuple[str, ...] = ()
    negations: tuple[str, ...] = ()
    auxiliaries: tuple[str, ...] = ()
    reflexives: tuple[str, ...] = ()
    possessives: tuple[str, ...] = ()
    pronouns: tuple[Pronoun, ...] = ()
    ordinals: dict[str, int] = {}
    numbers: dict[str, int] = {}
    multipliers: dict[str, int] = {}
    decimal: str = "."
    thousands: str = ","
    capital_nouns: bool = False
    comma_speech: bool = False
    verb_final: bool = False
    verb_last: bool = False
    dash_in_quotes: bool = False
    stopwords: tuple[str, ...] = ()
