import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.models.lemmas import apply_edit, edit_between

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
