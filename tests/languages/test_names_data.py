"""The data of names: valid keys, no double meanings, what CLDR gives."""

import pytest

from dragoman.languages import available, load
from dragoman.languages.gazetteer import (
    canonical_name,
    gazetteer,
    groups,
    offices,
    offices_by_title,
    organizations,
    place_of_name,
    places,
    states,
)
from dragoman.languages.spelling import likeness, plain, skeleton

LANGUAGES = [code for code in available() if "names" not in load(code).lacks]


def test_the_nine_languages_have_names():
    assert {"de", "el", "en", "es", "fr", "pt", "ru", "tr", "uk"} <= set(LANGUAGES)


@pytest.mark.parametrize("code", LANGUAGES)
def test_keys_of_a_pack_are_those_of_universal(code):
    names = load(code).names
    assert set(names.offices) <= set(offices())
    assert set(names.personal_offices) <= set(offices())
    assert set(names.organizations) <= set(organizations())
    assert set(names.places) <= set(places())
    assert set(names.groups) <= set(groups())
    for table in (names.demonyms, names.states, names.seats):
        assert set(table) <= set(states())


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_pack_names_most_peoples_and_offices(code):
    names = load(code).names
    assert len(names.demonyms) >= 80
    assert len(names.offices) >= 45
    assert names.derivations
    assert names.led_by


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_demonym_belongs_to_one_state(code):
    seen: dict[str, str] = {}
    shared = {"koreans", "congolese"}
    for state, forms in load(code).names.demonyms.items():
        for form in forms:
            assert form in shared or seen.setdefault(form, state) == state, form


def test_titles_are_unique_and_covers_are_offices():
    assert len(offices_by_title()) == len(offices())
    for data in offices().values():
        assert set(data.covers) <= set(offices())


def test_places_lie_in_states():
    assert {place.country for place in places().values()} <= set(states())


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("state:US", "United States"),
        ("state:GB", "United Kingdom"),
        ("state:TR", "Turkey"),
        ("state:RU", "Russia"),
        ("place:geneva-ch", "Geneva"),
        ("organization:iaea", "International Atomic Energy Agency"),
        ("place:nowhere", None),
        ("role:x", None),
    ],
)
def test_canonical_names_are_english(key, name):
    assert canonical_name(key) == name


@pytest.mark.parametrize(
    ("form", "key"),
    [
        ("Genebra", "place:geneva-ch"),
        ("Genf", "place:geneva-ch"),
        ("Konstantinopel", "place:istanbul-tr"),
        ("Varsovie", "place:warsaw-pl"),
        ("Atlantis", None),
    ],
)
def test_places_are_found_in_any_language(form, key):
    assert place_of_name(form) == key


@pytest.mark.parametrize("code", LANGUAGES)
def test_gazetteers_are_compiled_once(code):
    assert gazetteer(code) is gazetteer(code)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Qaddafi", "Gadafi"), ("Chruschtschow", "Khrushchev"), ("Zelaya", "Selaya")],
)
def test_transliterations_are_alike(one, other):
    assert likeness(one, other) > 0.5
    assert likeness(one, other) > likeness(one, "Montgomery")


def test_skeletons_ignore_vowels_and_voicing():
    assert skeleton("Bogdanow") == skeleton("Pogdanov")
    assert plain("Arkady") == plain("Arkadiy")
