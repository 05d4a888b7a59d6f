"""Names as readers of other negotiations met them: unions, datelines, bare surnames, al-."""

import pytest

from dragoman.annotate.stage import annotate
from dragoman.claims import Received
from dragoman.render.words import measure


def read(text, language, **stated):
    said = annotate(Received(source="case.txt", text=text, language=language, **stated))
    return {
        actor.name: (actor, [m.form for m in said.mentions if m.actor == index])
        for index, actor in enumerate(said.actors)
    }


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Dock Workers' Union rejected the offer.", "Dock Workers' Union"),
        ("A vote of the Farmers’ and Growers’ Union is due.", "Farmers’ and Growers’ Union"),
        ("Paula Brandt of the Teachers' Federation in Lund spoke.", "Teachers' Federation"),
        ("She met the Growers' Association on Monday.", "Growers' Association"),
        ("An editor of the Northern Wire was there.", "Northern Wire"),
    ],
)
def test_a_body_is_named_in_full_and_without_where_or_when(text, name):
    assert read(text, "en")[name][0].type == "organization"


def test_an_apposition_tells_the_office_of_a_bare_surname():
    text = "Oredo, the employers' chief negotiator, said no. Later Oredo left."
    actor, forms = read(text, "en")["Oredo"]
    assert [(role.title, role.of) for role in actor.roles] == [
        ("chief negotiator", "the employers")
    ]
    assert forms == ["Oredo", "Oredo"]
    text = "Malm, lead negotiator for the teachers, walked out."
    assert read(text, "en")["Malm"][0].roles[0].title == "chief negotiator"
    text = "Holm, Verhandlungsführer der Arbeitgeber, lehnte ab. Später verließ Holm den Saal."
    assert read(text, "de")["Holm"][1] == ["Holm", "Holm"]


def test_a_dateline_names_a_place_and_an_agency():
    found = read("KELDBY, Norvania, May 3 (Northern Wire) — Talks go on.", "en")
    assert {name: actor.type for name, (actor, _) in found.items()} == {
        "KELDBY": "place",
        "Norvania": "place",
        "Northern Wire": "organization",
    }


def test_an_outlet_is_a_body():
    text = "Gazeta do Vale\n\nAs partes chegaram a um acordo na sexta-feira."
    found = read(text, "pt", outlet="Gazeta do Vale")
    assert {actor.type for actor, _ in found.values()} <= {"organization", "group"}


def test_an_apostrophe_within_a_word_may_be_written_in_any_way():
    text = "Мирослава Дем'янюк прибула. Дем’янюк каже, що згоди нема. Демʼянюк поїхала."
    found = read(text, "uk")
    assert [forms for _, forms in found.values()] == [
        ["Мирослава Дем'янюк", "Дем’янюк", "Демʼянюк"]
    ]


def test_a_name_with_an_arabic_article_is_one_person():
    text = (
        "Haitham al-Ghais met Nasir al-Rashid in Doha on Monday to discuss the ports. "
        "Al-Rashid said al-Ghais agreed to all that the owners had asked for."
    )
    found = read(text, "en")
    assert found["Haitham al-Ghais"][1] == ["Haitham al-Ghais", "al-Ghais"]
    assert found["Nasir al-Rashid"][1] == ["Nasir al-Rashid", "Al-Rashid"]


def test_an_adjective_in_small_letters_is_no_part_of_a_name():
    found = read("Quenza falou à emissora russa Canal Litoral na sexta-feira.", "pt")
    assert "russa Canal Litoral" not in found


def test_a_count_of_several_is_told_in_the_plural():
    assert measure(9, "person") == "9 people"
    assert measure(1, "person") == "1 person"
    assert measure(40, "square kilometre") == "40 square kilometres"
