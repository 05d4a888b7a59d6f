"""The form of `damage.yaml`: what is no part of a report, and what was done to its words."""

from __future__ import annotations

from typing import Literal

from dragoman.types import Value


class Cue(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Phrases that speak for boilerplate of one sort, and how strongly (1 is enough alone).

    `start`: only at the beginning of a sentence. `opens`: where such a phrase begins with a
    capital after a small letter, a notice begins in mid-sentence.
    """

    sort: str
    weight: float
    phrases: tuple[str, ...]
    start: bool = False
    opens: bool = False


class Swap(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words as they were, and the words that are met in their place."""

    restored: str
    garbled: tuple[str, ...]
    kind: Literal["spin", "translation"] = "spin"


class FixedPhrase(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A set phrase of the language, the ways it is spun, and what must stand in the same text.

    Of `witness` one phrase must be in the report, of `before` one directly before, of `near` one
    within the five words after; where several lists are given each must be met. `kind` is the
    sort of damage.
    """

    restored: str
    garbled: tuple[str, ...]
    witness: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    kind: Literal["spin", "translation"] = "spin"


class Frame(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Phrases with a slot, written `_`; the word that stood there, and others that rightly can.

    `fillers` names a list of the file's `fillers` that belong there as well. `capital`: the word
    in the slot must have one to be looked at. `office`: a person, state or owner must stand beside.

    Raises:
        ValueError: a phrase has no slot, or more than one.
    """

    phrases: tuple[str, ...]
    word: str = ""
    others: tuple[str, ...] = ()
    fillers: str = ""
    capital: bool = False
    office: bool = False
    kind: Literal["spin", "translation"] = "spin"

    def __post_init__(self) -> None:
        for phrase in self.phrases:
            if phrase.split().count("_") != 1:
                raise ValueError(f"{phrase!r} must have one slot")


class Compound(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words made of a beginning and one of `heads`, and the beginnings that rightly stand there.

    Any other word of the language before a head is damage ("Schutzminister"). The first words of
    longer compounds (`Verkehrs` of "Verkehrsinfrastrukturminister") stand for those, too.
    """

    heads: tuple[str, ...]
    fitting: tuple[str, ...]
    kind: Literal["spin", "translation"] = "spin"


class Renamed(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place's name of the past, its name since the year `since`."""

    restored: str
    garbled: tuple[str, ...]
    since: int


class DamageFile(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Boilerplate and damage of a language. Phrases are in the notation of `lexicon`.

    `boilerplate`: cues. `reader`: words that address the reader; `writer`: words by which a writer
    speaks of themself.
    `months`: months and the words that a spinner, who took them for another word, puts instead.
    `date_leads`: words that stand before a date; `date_links`: words between day and month.
    `synonyms`: words of names and the words put in their place. `names`: names of institutions of
    this language (outlets and platforms are universal). `offices`: titles and bodies that are
    only known with a person or state beside them, `small_offices` those of them that may be
    written without capitals; `genuine`: names that look spun and are not;
    `modifiers`: words before an office that make it another one.
    `damaged_by` is the sort of damage that the synonyms are of. `translated`: outlets, platforms
    and institutions, and their names translated word by word.
    `phrases`: set phrases. `frames`: those with a slot, `fillers`: named lists of words for them.
    `compounds`: words that are one with their office (German). `numbered`: nouns that a number
    rightly follows ("Highway 9"): such a word stands for no month.
    `odd_wordings`: phrases that spinners use and writers do not.
    `renamed`: old names of places; `past_signs`: phrases that speak for the past;
    `present_signs`: institutions of the present.
    `agency_nouns`, `agency_words`: the noun for a news agency, and words that rightly go with it;
    `noun_last`: whether the noun ends the phrase.
    `source_lines`: what stands before the name of the source in a line of its own. `told`: words
    for telling something to somebody; `unnamed`: nouns for a source without a name.
    `site_leads`: words in a notice after which the name of the site stands; `site_tails`: words
    that follow such a name.
    """

    boilerplate: tuple[Cue, ...] = ()
    reader: tuple[str, ...] = ()
    writer: tuple[str, ...] = ()
    months: tuple[Swap, ...] = ()
    date_leads: tuple[str, ...] = ()
    date_links: tuple[str, ...] = ()
    synonyms: dict[str, tuple[str, ...]] = {}
    names: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    small_offices: tuple[str, ...] = ()
    genuine: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()
    damaged_by: Literal["spin", "translation"] = "spin"
    translated: tuple[Swap, ...] = ()
    phrases: tuple[FixedPhrase, ...] = ()
    frames: tuple[Frame, ...] = ()
    compounds: tuple[Compound, ...] = ()
    numbered: tuple[str, ...] = ()
    fillers: dict[str, tuple[str, ...]] = {}
    odd_wordings: tuple[str, ...] = ()
    renamed: tuple[Renamed, ...] = ()
    past_signs: tuple[str, ...] = ()
    present_signs: tuple[str, ...] = ()
    agency_nouns: tuple[str, ...] = ()
    agency_words: tuple[str, ...] = ()
    noun_last: bool = False
    source_lines: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    unnamed: tuple[str, ...] = ()
    site_leads: tuple[str, ...] = ()
    site_tails: tuple[str, ...] = ()
