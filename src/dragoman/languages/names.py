"""The form of `names.yaml`: how a language names states, peoples, offices, bodies and places.

Phrases are in the notation of `lexicon.py`. Names of states, months and days are not listed: they
come from CLDR. Keys of states are ISO 3166-1 codes; other keys are those of `universal/`.
"""

from __future__ import annotations

from typing import Literal

from dragoman.types import Value


class Derivation(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a people or adjective is made from a state's name: `name` is the ending replaced."""

    name: str
    demonym: tuple[str, ...]


class Inflection(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a word of a name changes: `base` is its ending as it is known, `forms` the others."""

    base: str
    forms: tuple[str, ...]


class NamesFile(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Names and the words around them.

    `demonyms` are adjectives and names of peoples; `demonym_case` is `any` where they are written
    small, `adjectives_follow` is set where they stand after their noun,
    `owner_follows` where whom an office serves may follow it bare, by its case. `states`, `seats`
    (of government), `organizations` and `places` add forms to the universal ones.

    `offices` are the words for an office, `modifiers` may stand before them, `of` joins an
    office and whom it serves, `portfolios` are words for what an office is for (`envoy for the
    Horn of Africa, X`), `possessive` are the marks that do so from behind. `colleagues`
    stand before the name of another holder of an office (`her counterpart, X`).
    `personal_offices` serve a person ("X's envoy"). `delegation` are nouns for a team of
    negotiators, `polity` what only a state has, `led_by` and `leads` join a team and its head.

    `organization_nouns`, `venue_nouns` and `area_nouns` are words in names of bodies, of meeting
    places, and beside names of places; `links` may stand inside a body's name, `body_words` too,
    though they name nobody by themselves (`national`, `people`); `particles` in a person's.
    `locatives` are prepositions before a place, `only_places` those before nothing
    else; `place_endings` stand behind an apostrophe after one (`Ankara'da`);
    `place_verbs` are verbs before a place or before a preposition and a place;
    `event_nouns` follow one. `person_verbs` have somebody who speaks or acts as their subject.

    `army_nouns` are words for a state's army, `capital_nouns` for its capital.

    `groups` maps a group of `universal/groups.yaml` to its words. `state_heads` come before a
    state's name,
    `derivations` make its demonyms. `genitive` are endings that a name can take (`Russlands`),
    `inflections` change the endings of its words (`Россия`, `России`); the first rule whose base
    fits counts.
    `indefinite` are articles that don't say which one is meant. `not_names` are written large and
    name nobody.
    """

    demonyms: dict[str, tuple[str, ...]] = {}
    demonym_case: Literal["capital", "any"] = "capital"
    adjectives_follow: bool = False
    owner_follows: bool = False
    states: dict[str, tuple[str, ...]] = {}
    seats: dict[str, tuple[str, ...]] = {}
    organizations: dict[str, tuple[str, ...]] = {}
    places: dict[str, tuple[str, ...]] = {}
    offices: dict[str, tuple[str, ...]] = {}
    personal_offices: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()
    honorifics: tuple[str, ...] = ()
    colleagues: tuple[str, ...] = ()
    particles: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    possessive: tuple[str, ...] = ()
    delegation: tuple[str, ...] = ()
    polity: tuple[str, ...] = ()
    led_by: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    organization_nouns: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    body_words: tuple[str, ...] = ()
    portfolios: tuple[str, ...] = ()
    army_nouns: tuple[str, ...] = ()
    capital_nouns: tuple[str, ...] = ()
    venue_nouns: tuple[str, ...] = ()
    area_nouns: tuple[str, ...] = ()
    locatives: tuple[str, ...] = ()
    only_places: tuple[str, ...] = ()
    place_endings: tuple[str, ...] = ()
    event_nouns: tuple[str, ...] = ()
    place_verbs: tuple[str, ...] = ()
    person_verbs: tuple[str, ...] = ()
    groups: dict[str, tuple[str, ...]] = {}
    state_heads: tuple[str, ...] = ()
    derivations: tuple[Derivation, ...] = ()
    genitive: tuple[str, ...] = ()
    inflections: tuple[Inflection, ...] = ()
    indefinite: tuple[str, ...] = ()
    not_names: tuple[str, ...] = ()
