"""Parties without a name of their own, and names that only the parser knows."""

from __future__ import annotations

import pytest

from dragoman.annotate.stage import annotate
from dragoman.claims import Annotation, Received


def _read(text: str, language: str) -> Annotation:
    return annotate(Received(source="a.txt", text=text, language=language))


def _mentions(text: str, language: str) -> dict[str, str]:
    """The name of the actor of each mention, by its words."""
    found = _read(text, language)
    return {m.span.text: found.actors[m.actor].name for m in found.mentions}


@pytest.mark.parametrize(
    ("language", "text", "words", "name"),
    [
        ("en", "The rebels rejected the truce.", "The rebels", "the rebels"),
        ("pt", "Os trabalhadores pedem 9%.", "Os trabalhadores", "the workers"),
        ("es", "Los acreedores piden garantías.", "Los acreedores", "the creditors"),
        ("fr", "Les syndicats demandent 4 %.", "Les syndicats", "the unions"),
        ("de", "Die Arbeitgeber boten zwei Prozent.", "Die Arbeitgeber", "the employers"),
        ("ru", "Повстанцы отвергли перемирие.", "Повстанцы", "the rebels"),
        ("uk", "Роботодавці відхилили вимогу.", "Роботодавці", "the employers"),
        ("tr", "Sendikalar teklifi reddetti.", "Sendikalar", "the unions"),
        ("el", "Οι εργαζόμενοι απέρριψαν την πρόταση.", "Οι εργαζόμενοι", "the workers"),
    ],
)
def test_a_party_told_by_a_common_noun(language: str, text: str, words: str, name: str) -> None:
    assert _mentions(text, language)[words] == name


def test_a_noun_that_only_qualifies_another_is_no_party() -> None:
    assert "the unions" not in _mentions("The union leaders met on Monday.", "en").values()


def test_a_government_is_that_of_the_one_state_named() -> None:
    one = "Ministers of Peru spoke in Lima. The government offered a truce."
    assert _mentions(one, "en")["The government"] == "Peru"


def test_a_government_among_several_states_is_unknown() -> None:
    two = "Peru and Chile spoke on Monday. The government offered a truce."
    assert "The government" not in _mentions(two, "en")


def test_a_government_of_no_state_is_a_party_by_itself() -> None:
    assert _mentions("O governo ofereceu 8%.", "pt")["O governo"] == "the government"


def test_a_name_that_no_rule_knows_has_the_type_that_the_parser_gives_it() -> None:
    found = _read("The talks were opened by Tomasz Wielgorski in a hall near Lima.", "en")
    types = {actor.name: actor.type for actor in found.actors}
    assert types.get("Tomasz Wielgorski") == "person"


@pytest.mark.parametrize(
    ("text", "name", "sort"),
    [
        ("The ZPU said that it had left the talks.", "ZPU", "organization"),
        ("Die IG Hafen fordert acht Prozent mehr Geld.", "IG Hafen", "organization"),
        ("Officials said JD Marlow met Petra Lang in Lima.", "JD Marlow", "person"),
    ],
)
def test_letters_are_short_for_a_body_or_for_given_names(text: str, name: str, sort: str) -> None:
    language = "de" if text.startswith("Die ") else "en"
    types = {actor.name: actor.type for actor in _read(text, language).actors}
    assert types.get(name) == sort
