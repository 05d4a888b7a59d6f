"""Nothing planned, hoped, demanded, threatened, denied or only thought of is recorded as done."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.modality import cases, right
from dragoman.annotate import annotate
from dragoman.claims import Received

LEAST = 0.95


@pytest.fixture(scope="module")
def read():
    return [(case, right(case)) for case in cases() if case.part in {"first", "second"}]


def test_enough_sentences_in_nine_languages(read):
    counts = Counter(case.language for case, _ in read)
    assert len(counts) == 9
    assert sum(counts.values()) >= 290


@pytest.mark.parametrize("told", ["done", "undone", "claimed"])
def test_sentences_are_read_rightly(read, told):
    chosen = [(case, ok) for case, ok in read if case.told == told]
    wrong = [case for case, ok in chosen if not ok]
    assert 1 - len(wrong) / len(chosen) >= LEAST, wrong


@pytest.mark.parametrize(
    ("language", "text", "accuser", "accused"),
    [
        ("en", "Armenia accused Azerbaijan of having shelled a village.", "Armenia", "Azerbaijan"),
        (
            "en",
            "Azerbaijan, accused by Armenia of shelling a village, was silent.",
            "Armenia",
            None,
        ),
        ("en", "Kenya blamed Uganda for the attack on the port.", "Kenya", "Uganda"),
        ("es", "Venezuela acusó a Colombia de haber atacado un puesto.", "Venezuela", None),
        (
            "de",
            "Kamerun warf Nigeria vor, einen Posten angegriffen zu haben.",
            "Cameroon",
            "Nigeria",
        ),
    ],
)
def test_an_accusation_says_who_makes_it(language, text, accuser, accused):
    found = annotate(Received(source="sentence", text=text, language=language))
    assert found.incidents
    for claim in found.incidents:
        assert claim.claimed_by is not None
        assert found.actors[claim.claimed_by].name == accuser
        if accused is not None:
            assert claim.by is not None
            assert found.actors[claim.by].name == accused


def test_how_talks_ended_is_no_step_of_a_commitment():
    text = "The talks on a further round of negotiations broke down on Friday, Kenya said."
    found = annotate(Received(source="sentence", text=text, language="en"))
    assert not found.commitments
