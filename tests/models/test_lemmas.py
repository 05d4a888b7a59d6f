import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.languages.wordlist import WordList
from dragoman.models.lemmas import (
    Lexicon,
    apply_edit,
    edit_between,
    likeliest,
    packed,
    unpacked,
)

PAIRS = [
    ("gegangen", "gehen"),
    ("Verhandlungen", "Verhandlung"),
    ("said", "say"),
    ("Talks", "talk"),
    ("foram", "ser"),
    ("переговоров", "переговоры"),
    ("SAID", "say"),
]


@pytest.mark.parametrize(("form", "lemma"), PAIRS)
def test_an_edit_makes_the_lemma_that_it_was_made_of(form, lemma):
    assert apply_edit(form, edit_between(form, lemma)) == lemma


@given(st.text(min_size=1), st.text(min_size=1).filter(lambda s: "|" not in s))
def test_an_edit_made_of_one_word_never_fails_on_another(form, other):
    edit = edit_between(form.replace("|", "x"), other)
    assert apply_edit(other, edit)
    assert isinstance(apply_edit("a", edit), str)


def test_a_word_shorter_than_what_an_edit_cuts_stays():
    assert apply_edit("go", "l|0||5|x") == "go"


LEXICON = Lexicon(
    irregular={"went|VERB": "go"},
    lemmas={"VERB": frozenset({"signer"}), "NOUN": frozenset({"signe"})},
    words=WordList(common=frozenset({"garantir", "signe"})),
)


@pytest.mark.parametrize(
    ("form", "tag", "edits", "lemma"),
    [
        # A known lemma of that tag wins over what the network holds for likelier.
        ("signa", "VERB", [("l|0||0|r", 1.0), ("l|0||1|er", -2.0)], "signer"),
        # A word of the language wins over none, but by less.
        ("garantit", "VERB", [("l|0||0|er", 1.0), ("l|0||1|r", -0.5)], "garantir"),
        ("garantit", "VERB", [("l|0||0|er", 1.0), ("l|0||1|r", -1.5)], "garantiter"),
        # What is a lemma with another tag is a word at the most.
        ("signes", "VERB", [("l|0||0|r", 0.0), ("l|0||1|", -1.9)], "signe"),
        # Where nothing is known, the network decides.
        ("ploufa", "VERB", [("l|0||1|er", 1.0), ("l|0||0|r", 0.0)], "ploufer"),
        ("Went", "VERB", [("l|0||0|", 9.0)], "go"),
    ],
)
def test_of_likely_edits_the_one_that_makes_a_known_word_wins(form, tag, edits, lemma):
    assert LEXICON.lemma(form, tag, edits) == lemma


def test_likely_edits_come_best_first():
    scores = np.array([[0.0, 3.0, 1.0], [2.0, -1.0, 5.0]], np.float32)
    columns, points = likeliest(scores)
    assert columns.tolist() == [[1, 2, 0], [2, 0, 1]]
    assert points.tolist() == [[3.0, 1.0, 0.0], [5.0, 2.0, -1.0]]


def test_lemmas_are_packed_and_unpacked():
    lemmas = {"NOUN": {"acordo", "água"}, "VERB": {"ser", "dar se"}, "X": set()}
    assert unpacked(packed(lemmas)) == {
        "NOUN": frozenset({"acordo", "água"}),
        "VERB": frozenset({"ser"}),
        "X": frozenset(),
    }
