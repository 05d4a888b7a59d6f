"""Known names of a language: states and their peoples, capitals, seats, bodies, places, offices.

`gazetteer(code)` is compiled once from `universal/`, CLDR and the pack's `names.yaml`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from babel import Locale, UnknownLocaleError

from dragoman.languages import FOLDER, UNIVERSAL, Pack, available, load, read_yaml
from dragoman.languages.lexicon import TOKEN, Lexicon, fold
from dragoman.languages.names import NamesFile
from dragoman.types import ActorType, Value

Naming = Literal["name", "demonym", "metonym"]
_ACRONYM = re.compile(r"^[A-Z0-9ÖА-ЯЄІЇΑ-Ω](?:[A-Z0-9ÖА-ЯЄІЇΑ-Ω]|\. ?(?!$)|\.$|(?<=[A-Z])s$)*$")

_NOTATION = frozenset("|*?~")
_STEM_LEAST = 2  # letters that are left of a word without its ending
_BARE_STEM_LEAST = 3  # the same where nothing is known of the language's endings
_ENDING = re.compile(r"[aeiouyąęáéíóúůýаеиоуыэюяёйьъії]{1,2}$", re.IGNORECASE)
_INFLECTED_MOST = 4  # words of a name: all forms of a longer one would be too many
_ENDING_MOST = 2  # letters that an unknown form may be longer than the known one


class StatesFile(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The form of `universal/states.yaml`."""

    names: dict[str, str]
    also: dict[str, tuple[str, ...]]
    skip: tuple[str, ...]


class PlaceData(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place; `plain` where its name is too common a word to stand for the state."""

    name: str
    country: str
    capital: bool = False
    zone: str | None = None
    also: tuple[str, ...] = ()
    historical: tuple[str, ...] = ()
    plain: bool = False


class OrganizationData(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An organization; `sort` tells those that report or carry statements.

    `territory` is its code in CLDR, which then gives its name in every language. `states` is set
    for one whose members are states: it mostly mediates.
    """

    name: str
    sort: Literal["body", "agency", "outlet", "platform"] = "body"
    territory: str | None = None
    states: bool = False
    also: tuple[str, ...] = ()


class OfficeData(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An office; the head of `universal/offices.yaml` tells the meaning of its fields."""

    title: str
    head: bool = False
    one: bool = False
    state: bool = False
    generic: bool = False
    delegation: bool = False
    only_of: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()


class GroupData(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A group; the head of `universal/groups.yaml` tells the meaning of its fields.

    `government`: what a government is called that is told without its state.
    """

    party: bool
    government: bool = False


class GivenNamesFile(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The form of `universal/given_names.yaml`."""

    names: tuple[str, ...]


class Known(NamedTuple):
    """What a known name stands for.

    `exact` demands the very letters (`US`, not `us`). `stem` is how many letters the last word may
    have where the name is known by its stem alone, else 0.
    """

    key: str
    name: str
    type: ActorType
    naming: Naming = "name"
    state: str | None = None
    exact: str | None = None
    small: bool = False
    historical: bool = False
    stem: int = 0


class Office(NamedTuple):
    """An office by its key in `universal/offices.yaml`."""

    key: str
    data: OfficeData


class Gazetteer(NamedTuple):
    """The compiled names of one language; word sets are folded."""

    known: Lexicon[Known]
    offices: Lexicon[Office]
    groups: Lexicon[str]
    led_by: Lexicon[bool]
    leads: Lexicon[bool]
    state_heads: Lexicon[bool]
    armies: Lexicon[bool]
    capitals: Lexicon[bool]
    words: Mapping[str, frozenset[str]]
    given: frozenset[str]
    common: frozenset[str]
    calendar: frozenset[str]
    names: NamesFile


@functools.cache
def places() -> dict[str, PlaceData]:
    """The known places by key (without `place:`)."""
    return read_yaml(FOLDER / UNIVERSAL / "places.yaml", dict[str, PlaceData])


@functools.cache
def organizations() -> dict[str, OrganizationData]:
    """The known organizations by key (without `organization:`)."""
    return read_yaml(FOLDER / UNIVERSAL / "organizations.yaml", dict[str, OrganizationData])


@functools.cache
def offices() -> dict[str, OfficeData]:
    """The offices by key."""
    return read_yaml(FOLDER / UNIVERSAL / "offices.yaml", dict[str, OfficeData])


@functools.cache
def groups() -> dict[str, GroupData]:
    """The groups that have no name of their own, by the name that they have in a record."""
    return read_yaml(FOLDER / UNIVERSAL / "groups.yaml", dict[str, GroupData])


@functools.cache
def offices_by_title() -> dict[str, str]:
    """The key of each office by its English title."""
    return {data.title: key for key, data in offices().items()}


@functools.cache
def given_names() -> frozenset[str]:
    """Common given names, folded."""
    file = read_yaml(FOLDER / UNIVERSAL / "given_names.yaml", GivenNamesFile)
    return frozenset(fold(name) for name in file.names)


@functools.cache
def states() -> dict[str, str]:
    """The English name of each state by its code."""
    file = read_yaml(FOLDER / UNIVERSAL / "states.yaml", StatesFile)
    english = {str(code): str(name) for code, name in Locale("en").territories.items()}
    codes = [code for code in english if len(code) == 2 and code not in file.skip]
    return {code: file.names.get(code, english[code]) for code in sorted(codes)}


def canonical_name(key: str) -> str | None:
    """The name used in the record for a gazetteer key (`state:UA`); None if it is not known."""
    sort, _, code = key.partition(":")
    if sort == "state":
        return states().get(code)
    if sort == "place":
        return places()[code].name if code in places() else None
    if sort == "organization":
        return organizations()[code].name if code in organizations() else None
    return None


@functools.cache
def organization_sort(key: str) -> str | None:
    """`agency`, `outlet`, `platform` or `body` for the key of a known organization."""
    code = key.partition(":")[2]
    return organizations()[code].sort if code in organizations() else None


@functools.cache
def capital_of(state: str) -> str | None:
    """The key of the one capital of a state (its key); None if none or several are known."""
    code = state.partition(":")[2]
    found = [key for key, data in places().items() if data.capital and data.country == code]
    return f"place:{found[0]}" if len(found) == 1 else None


@functools.cache
def place_of_name(form: str) -> str | None:
    """The key of the known place that a form names in any language; None if there is none."""
    return _places_by_form().get(fold(form))


@functools.cache
def _places_by_form() -> dict[str, str]:
    forms: dict[str, str] = {}
    for key, data in places().items():
        for form in (data.name, *data.also, *data.historical):
            forms.setdefault(fold(form), f"place:{key}")
        for code in available():
            if city := _city(code, data.zone):
                forms.setdefault(fold(city), f"place:{key}")
    return forms


@functools.cache
def _locale(code: str) -> Locale | None:
    try:
        return Locale(code)
    except (UnknownLocaleError, ValueError):
        return None


def _city(code: str, zone: str | None) -> str | None:
    locale = _locale(code)
    if locale is None or zone is None:
        return None
    city: str | None = locale.time_zones.get(zone, {}).get("city")
    return city


def _plain_forms(form: str) -> Iterator[str]:
    """A CLDR name and the forms that texts use: without what stands in brackets."""
    head, _, rest = form.partition(" (")
    yield head
    if rest and "," not in rest:
        yield rest.rstrip(")")


def _phrase(form: str) -> str:
    """A literal name in the notation of lexicons, its signs kept apart."""
    tokens = TOKEN.findall(form.replace("|", " ").replace("*", " ").replace("?", " "))
    # In Thai, Hindi or Arabic a vowel may be a mark, a token of its own that folding leaves out.
    return " ".join(token for token in tokens if fold(token).strip())


def _state_entries(code: str, names: NamesFile) -> Iterator[tuple[str, Known]]:
    file = read_yaml(FOLDER / UNIVERSAL / "states.yaml", StatesFile)
    locale = _locale(code)
    for state, english in states().items():
        key = f"state:{state}"
        known = Known(key, english, "state", state=key)
        forms = {english, *file.also.get(state, ())}
        if locale is not None:
            forms.update(_plain_forms(locale.territories.get(state, english)))
        for form in sorted(forms):
            yield _phrase(form), _exactly(form, known)
        for form in names.states.get(state, ()):
            yield form, _exactly(form, known)
        for form in names.seats.get(state, ()):
            yield form, known._replace(naming="metonym")
        small = names.demonym_case == "any"
        for form in names.demonyms.get(state, ()):
            yield form, known._replace(naming="demonym", small=small)


def _place_entries(code: str, names: NamesFile) -> Iterator[tuple[str, Known]]:
    for place, data in places().items():
        state = f"state:{data.country}" if data.capital and not data.plain else None
        known = Known(f"place:{place}", data.name, "place", state=state)
        forms = {data.name, *data.also} | ({city} if (city := _city(code, data.zone)) else set())
        for form in sorted(forms):
            yield _phrase(form), known
        for form in names.places.get(place, ()):
            yield form, known
        for form in data.historical:
            yield _phrase(form), known._replace(historical=True, state=None)


def _organization_entries(code: str, names: NamesFile) -> Iterator[tuple[str, Known]]:
    locale = _locale(code)
    for organization, data in organizations().items():
        known = Known(f"organization:{organization}", data.name, "organization")
        forms = {data.name, *data.also}
        if locale is not None and data.territory in locale.territories:
            forms.add(locale.territories[data.territory])
        for form in sorted(forms):
            yield _phrase(form), _exactly(form, known)
        for form in names.organizations.get(organization, ()):
            yield form, _exactly(form, known)._replace(small=form.islower())


def _in_all_forms(entries: Sequence[tuple[str, Known]], pack: Pack) -> Iterator[tuple[str, Known]]:
    """The entries, and those of names in the other forms that the language gives them.

    Where a language has no list of names, nothing is known of its forms either: a name is then
    found by the stems of its words.
    """
    names = pack.names
    for form, known in entries:
        yield form, known
        if known.naming == "demonym" or known.exact or not _NOTATION.isdisjoint(form):
            continue
        if "names" in pack.lacks:
            yield from _by_stems(form, known)
            continue
        if names.inflections and len(form.split()) <= _INFLECTED_MOST:
            yield " ".join("|".join(inflected(word, names)) for word in form.split()), known
        if known.naming == "name" and known.type != "organization" and form[-1].isalpha():
            yield from ((form + ending, known) for ending in names.genitive)


def inflected(word: str, names: NamesFile) -> list[str]:
    """A word of a name in all its forms, the known one first."""
    for rule in names.inflections:
        if word.endswith(rule.base) and len(word) - len(rule.base) >= _STEM_LEAST:
            stem = word[: len(word) - len(rule.base)]
            return [word, *(stem + form for form in rule.forms)]
    return [word]


def _by_stems(form: str, known: Known) -> Iterator[tuple[str, Known]]:
    """A name by the stems of its words, where all are long enough to prove something."""
    words = [word for word in form.split() if word.isalpha()]
    stems = [_ENDING.sub("", word) for word in words]
    if len(words) < len(form.split()) or max(map(len, stems)) < _BARE_STEM_LEAST:
        return
    parts = [
        f"{stem}*" if len(stem) >= _STEM_LEAST else word
        for stem, word in zip(stems, words, strict=True)
    ]
    yield " ".join(parts), known._replace(stem=len(words[-1]) + _ENDING_MOST)


def _exactly(form: str, known: Known) -> Known:
    letters = form.replace(".", "").replace(" ", "")
    return known._replace(exact=letters) if _ACRONYM.match(form) and len(letters) < 6 else known


def _calendar_words(code: str) -> set[str]:
    locale = _locale(code)
    if locale is None:
        return set()
    return {
        fold(part)
        for table in (locale.months, locale.days)
        for width in ("wide", "abbreviated")
        for name in table["format"][width].values()
        for part in TOKEN.findall(name)
    }


_WORD_LISTS = (
    "personal_offices", "modifiers", "honorifics", "colleagues", "particles", "of", "possessive",
    "delegation", "polity", "organization_nouns", "links", "body_words", "portfolios",
    "venue_nouns", "area_nouns", "locatives", "event_nouns", "place_verbs", "person_verbs",
    "only_places", "place_endings", "not_names",
)  # fmt: skip


@functools.cache
def gazetteer(code: str) -> Gazetteer:
    """The compiled names of a language; the universal ones alone where it has no pack."""
    pack = load(code)
    names, grammar = pack.names, pack.grammar
    table = offices()
    words = {
        field: frozenset(
            word if field == "personal_offices" else fold(word) for word in getattr(names, field)
        )
        for field in _WORD_LISTS
    }
    words["articles"] = frozenset(fold(word) for word in grammar.articles)
    common = {
        fold(word)
        for layer in (
            grammar.articles, grammar.prepositions, grammar.contractions, grammar.conjunctions,
            grammar.clause_breaks, grammar.that, grammar.auxiliaries, grammar.reflexives,
            grammar.possessives, grammar.stopwords, names.not_names, tuple(grammar.ordinals),
            tuple(grammar.numbers), tuple(grammar.multipliers), names.person_verbs,
            tuple(form for pronoun in grammar.pronouns for form in pronoun.forms),
            names.polity, names.delegation, names.event_nouns, names.portfolios,
        )
        for word in layer
    }  # fmt: skip
    calendar = frozenset(_calendar_words(code))
    return Gazetteer(
        known=Lexicon(
            _in_all_forms(
                [
                    *_state_entries(code, names),
                    *_place_entries(code, names),
                    *_organization_entries(code, names),
                ],
                pack,
            )
        ),
        offices=Lexicon(
            (form, Office(key, table[key]))
            for key, forms in names.offices.items()
            for form in forms
        ),
        groups=Lexicon((form, name) for name, forms in names.groups.items() for form in forms),
        led_by=Lexicon((form, True) for form in names.led_by),
        leads=Lexicon((form, True) for form in names.leads),
        state_heads=Lexicon((form, True) for form in names.state_heads),
        armies=Lexicon((form, True) for form in names.army_nouns),
        capitals=Lexicon((form, True) for form in names.capital_nouns),
        words=words,
        given=given_names(),
        common=frozenset(common) | calendar,
        calendar=calendar,
        names=names,
    )
