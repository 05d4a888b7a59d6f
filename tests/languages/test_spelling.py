"""Names across scripts and garbles: what is near, and what is not."""

import pytest

from dragoman.languages.romanise import consonantal, latin
from dragoman.languages.spelling import letter_likeness, likeness, skeleton, sound_likeness, sounds
from dragoman.languages.whole_names import compare_names


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Сантуш", "santush"),
        ("Гутєрріш", "gutyerrish"),
        ("Βενιζέλος", "venizelos"),
        ("Ντόρα Μπακογιάννη", "dora bakogianni"),
        ("القذافي", "qdhafy"),
        ("שלום", "shlwm"),
        ("Erdoğan", "erdogan"),
    ],
)
def test_scripts_are_read_in_latin_letters(text, read):
    assert latin(text) == read


def test_scripts_of_consonants_are_known():
    assert consonantal("جمال")
    assert consonantal("משה")
    assert not consonantal("Иван")
    assert not consonantal("Moshe")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tschechow", "Chekhov"),
        ("Chéjov", "Чехов"),
        ("Vučić", "Вучић"),
        ("Kanaan", "كنعان"),
        ("Mubarak", "مبارك"),
        ("Peres", "פרס"),
        ("Papandreou", "Παπανδρέου"),
        ("Nkurunziza", "Нкурунзиза"),
    ],
)
def test_one_name_sounds_alike_in_two_scripts(one, other):
    assert sound_likeness(one, other) >= 0.8


@pytest.mark.parametrize(
    ("one", "other"), [("Mandela", "Machel"), ("Arafat", "Rabin"), ("Santos", "Uribe")]
)
def test_other_names_do_not(one, other):
    assert sound_likeness(one, other) < 0.6
    assert likeness(one, other) < 0.6


def test_likeness_does_not_depend_on_the_order():
    for one, other in (("Garang", "Bashir"), ("Камара", "كامارا"), ("Touré", "Ture")):
        assert sound_likeness(one, other) == sound_likeness(other, one)
        assert letter_likeness(one, other) == letter_likeness(other, one)


def test_sounds_and_skeletons():
    assert sounds("Schtscherbakow") == sounds("Shcherbakov")
    assert skeleton("Guterres") == skeleton("Гутеррес")
    assert sounds("Cicero")[0] != sounds("Cato")[0]


@pytest.mark.parametrize(
    ("one", "other", "sort"),
    [
        ("Santos, Juan Manuel", "Juan Manuel Santos", "person"),
        ("J. M. Santos", "Juan Manuel Santos", "person"),
        ("Abd al-Fattah Idris", "Abdulfattah Idris", "person"),
        ("Иван Петрович Орлов", "Ivan Orlov", "person"),
        ("Northern Freight GmbH", "Northern Freight Ltd.", "body"),
        ("Free Fishers' Union", "FFU", "body"),
    ],
)
def test_whole_names_of_one_actor(one, other, sort):
    assert compare_names(one, other, sort).score >= 0.7


@pytest.mark.parametrize(
    ("one", "other", "sort"),
    [
        ("Juan Manuel Santos", "Juan Carlos Santos", "person"),
        ("Hassan al-Amin", "Hassan al-Tahir", "person"),
        ("Kassoum Traoré", "Moussa Traoré", "person"),
        ("Bank of the North", "Bank of the South", "body"),
        ("7th Brigade", "9th Brigade", "body"),
        ("", "Juan Santos", "person"),
    ],
)
def test_whole_names_of_two(one, other, sort):
    assert compare_names(one, other, sort).score < 0.7


def test_a_comparison_tells_its_reasons():
    match = compare_names("Maria Lindqvist", "Marija Lindkvist", "person")
    assert any("Lindqvist / Lindkvist" in reason for reason in match.reasons)
    against = compare_names("Maria Lindqvist", "Maria Holm", "person")
    assert "Lindqvist against Holm" in against.reasons
