import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.models.tokens import words

CASES = [
    ("en", "The U.S. envoy won't go.", "The|U.S.|envoy|won't|go|."),
    ("en", "A long-term, two-state plan", "A|long|-|term|,|two|-|state|plan"),
    ("en", "They co-operate by e-mail", "They|co-operate|by|e-mail"),
    ("en", "It ended at 7:30pm.Then they left", "It|ended|at|7:30|pm|.|Then|they|left"),
    ("en", "“No,” said Dr. Ames.", "“|No|,|”|said|Dr.|Ames|."),
    ("en", "3,500 dockers (and 2.5% more)…", "3,500|dockers|(|and|2.5|%|more|)|…"),
    ("en", "see https://example.org/a?b=1.", "see|https://example.org/a?b=1|."),
    ("fr", "L’accord n'est-il pas signé ?", "L’|accord|n'|est|-il|pas|signé|?"),
    ("fr", "A-t-on parlé d'aujourd'hui ?", "A|-t-on|parlé|d'|aujourd'hui|?"),
    ("pt", "O primeiro-ministro recusou-se.", "O|primeiro-ministro|recusou-se|."),
    ("de", "Der EU-Gipfel kostete 20km Stau", "Der|EU|-|Gipfel|kostete|20|km|Stau"),
    ("uk", "З 21-го числа об'єднання", "З|21-го|числа|об'єднання"),
    ("ru", "из-за 5 тыс. тонн", "из-за|5|тыс.|тонн"),
    ("el", "σ' αυτόν", "σ'|αυτόν"),
    ("tr", "Türkiye'nin İran-Irak sınırı", "Türkiye'nin|İran|-|Irak|sınırı"),
    ("tr", "1996'da, 18.30'da bitti", "1996'da|,|18.30'da|bitti"),
    ("en", "In the 1980's they met", "In|the|1980's|they|met"),
    ("en", "Union says 'no deal' to 5'", "Union|says|'|no|deal|'|to|5|'"),
    ("fr", "S'l'on d'M. Roux", "S'|l'|on|d'|M.|Roux"),
    ("pt", "O Sr. Dias chegou às 9h.O acordo", "O|Sr.|Dias|chegou|às|9h|.|O|acordo"),
    ("es", "«Nos pidió “esperar”», a las 9.30 h.", "«|Nos|pidió|“|esperar|”|»|,|a|las|9.30|h|."),
    ("en", "mail ana@ports.example.org,now", "mail|ana@ports.example.org|,|now"),
    ("ja", "東京 talks.", "東京|talks|."),
]


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_words_are_cut_as_the_treebanks_cut_them(language, text, expected):
    assert [text[start:end] for start, end in words(text, language)] == expected.split("|")


@given(st.text(), st.sampled_from(["en", "fr", "de", "el", "ru", None]))
def test_every_sign_is_in_one_word_and_words_follow_one_another(text, language):
    places = words(text, language)
    assert all(start < end for start, end in places)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(places))
    covered = {i for start, end in places for i in range(start, end)}
    left = [c for i, c in enumerate(text) if i not in covered and not c.isspace()]
    assert left == []


# Runs without spaces: what is tried at one of their signs must not grow with the text.
RUNS = ["word.Word.", "l'", "a@b.", "1,2a,", "1.2.3x", "a-", "σ'", "http://", "=="]


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("language", ["en", "fr", "el"])
def test_long_runs_without_spaces_are_cut_whole(run, language):
    text = run * (20_000 // len(run))
    places = words(text, language)
    assert "".join(text[start:end] for start, end in places) == text
