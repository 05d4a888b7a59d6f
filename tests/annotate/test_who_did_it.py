"""Who takes part in an event and who only tells of it; datelines; agreements of unsaid content."""

from __future__ import annotations

import pytest

from dragoman.annotate import annotate
from dragoman.claims import Received


def read(text, language="en"):
    found = annotate(Received(source="sentence", text=text, language=language))
    return found, lambda index: None if index is None else found.actors[index].name


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The Northgate Herald said Ghana and Togo agreed on a ceasefire."),
        ("en", "Ghana and Togo agreed on a ceasefire, TV Lome reported."),
        ("pt", "O Gana e o Togo acordaram um cessar-fogo, noticiou a TV Litoral."),
    ],
)
def test_an_outlet_is_no_party(language, text):
    found, name = read(text, language)
    (claim,) = found.commitments
    assert {name(party) for party in claim.parties} == {"Ghana", "Togo"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "VIENNA, March 12 (Agency) - The rebels attacked the port of Mombasa on Monday."),
        ("fr", "GENÈVE, 3 mai (AFP) - Les rebelles ont attaqué le port de Mombasa lundi."),
    ],
)
def test_a_dateline_is_no_place_and_day_of_an_event(language, text):
    found, name = read(text, language)
    (claim,) = found.incidents
    assert name(claim.place) in {None, "Mombasa"}
    assert claim.when is not None
    assert found.times[claim.when].span.text in {"Monday", "lundi"}


@pytest.mark.parametrize(
    ("language", "text", "doer"),
    [
        ("en", "Kenya condemned the attack on Mombasa.", None),
        ("de", "Kenia verurteilte den Angriff auf den Hafen.", None),
        ("es", "Chile condenó el ataque contra el puerto.", None),
        ("ru", "Кения осудила нападение на порт.", None),
        ("en", "Peru's envoy in Vienna spoke of the attack on the port by Chile.", "Chile"),
        ("en", "The envoy discussed the blockade at talks hosted by Austria.", None),
        ("en", "The town was attacked by Ugandan forces on Monday.", "Uganda"),
    ],
)
def test_who_speaks_of_an_incident_did_not_do_it(language, text, doer):
    found, name = read(text, language)
    (claim,) = found.incidents
    assert name(claim.by) == doer


def test_nobody_acts_against_itself():
    found, name = read("Chilean forces attacked Chilean troops near the border, Chile said.")
    (claim,) = found.incidents
    assert (name(claim.by), name(claim.against)) == ("Chile", None)


def test_an_agreement_of_unsaid_content_is_one():
    found, _ = read("Ghana and Togo signed an agreement in Accra on Monday.")
    assert [(c.subject, c.status) for c in found.commitments] == [("agreement", "agreed")]
    found, _ = read("The union hopes that a deal will be signed on Monday.")
    assert not found.commitments


def test_a_condition_behind_the_words_makes_a_summit_a_proposal():
    for text in (
        "Ethiopia again made a summit with Sudan in Nairobi, conditional on an agreed text.",
        "The summit of Ethiopia and Sudan in Nairobi is on, on condition that all agree.",
    ):
        found, _ = read(text)
        assert {claim.status for claim in found.meetings} <= {"proposed"}


def test_a_body_set_up_for_a_truce_is_no_truce():
    found, _ = read("Ghana and Togo agreed to set up a joint commission for a ceasefire.")
    assert [claim.subject for claim in found.commitments] == ["joint commission"]
