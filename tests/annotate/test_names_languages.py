"""Names in languages that put endings on them or leave out articles: one story, told in four."""

import pytest

from dragoman.annotate.names import NameHint, find_actors
from dragoman.annotate.text import prepare
from dragoman.claims import Annotation, Received
from dragoman.link.actors import link_actors

TOLD = {
    "ru": (
        "Министр иностранных дел Норвегии Эспен Ларсен заявил в Стокгольме, что переговоры с "
        "Кенией отложены. Ларсена поддержал президент Кении Джозеф Мваи. Египетская делегация во "
        "главе с Самиром Фахми покинула Стокгольм. Москва и Каир согласились с Фахми."
    ),
    "uk": (
        "Міністр закордонних справ Норвегії Еспен Ларсен заявив у Стокгольмі, що переговори з "
        "Кенією відкладено. Ларсена підтримав президент Кенії Джозеф Мваї. Єгипетська делегація "
        "на чолі з Саміром Фахмі покинула Стокгольм. Москва і Каїр погодилися з Фахмі."
    ),
    "tr": (
        "Norveç Dışişleri Bakanı Espen Larsen, Kenya ile müzakerelerin Stockholm'de ertelendiğini "
        "söyledi. Larsen'i Kenya Devlet Başkanı Joseph Mwai destekledi. Mısır heyeti Samir Fahmi "
        "başkanlığında Stockholm'den ayrıldı. Moskova ve Kahire, Fahmi ile görüştü."
    ),
    "el": (
        "Ο υπουργός Εξωτερικών της Νορβηγίας Έσπεν Λάρσεν δήλωσε στη Στοκχόλμη ότι οι συνομιλίες "
        "με την Κένυα αναβλήθηκαν. Τον Λάρσεν στήριξε ο πρόεδρος της Κένυας Τζόζεφ Μουάι. Η "
        "αιγυπτιακή αντιπροσωπεία με επικεφαλής τον Σαμίρ Φάχμι αναχώρησε. Η Μόσχα και το Κάιρο "
        "συμφώνησαν με τον Φάχμι."
    ),
}


def annotation(language, text, source, hints=()):
    document = prepare(Received(source=source, text=text), language)
    places = [
        NameHint(text.index(form), text.index(form) + len(form), type_) for form, type_ in hints
    ]
    actors, mentions = find_actors(document, places)
    return Annotation(
        report=document.report,
        source=source,
        sha256="",
        length=len(text),
        language=language,
        lead=document.span(0, 5),
        actors=tuple(actors),
        mentions=tuple(mentions),
    )


@pytest.mark.parametrize("language", sorted(TOLD))
def test_states_offices_and_heads_are_found(language):
    said = annotation(language, TOLD[language], language)
    keys = {actor.key for actor in said.actors if actor.key}
    assert {"state:NO", "state:KE", "state:EG", "place:stockholm-se", "state:RU"} <= keys
    roles = {(role.title, role.of) for actor in said.actors for role in actor.roles}
    assert ("Foreign Minister", "Norway") in roles
    assert ("President", "Kenya") in roles
    assert ("head of delegation", "Egypt") in roles


@pytest.mark.parametrize("language", sorted(TOLD))
def test_a_capital_that_acts_is_its_state(language):
    said = annotation(language, TOLD[language], language)
    sorts = {
        mention.sort for mention in said.mentions if said.actors[mention.actor].key == "state:RU"
    }
    assert sorts == {"metonym"}


def test_one_person_in_four_languages():
    said = [annotation(language, text, language) for language, text in sorted(TOLD.items())]
    people = [actor for actor in link_actors(said).entries if actor.type == "person"]
    ministers = [p for p in people if any(r.title == "Foreign Minister" for r in p.roles)]
    assert len(ministers) == 1
    assert ministers[0].name == "Espen Larsen"
    assert {"Эспен Ларсен", "Еспен Ларсен", "Έσπεν Λάρσεν"} <= set(ministers[0].forms)


def test_a_language_without_a_pack_is_read_by_a_second_source():
    text = (
        "Espen Larsen přijel do Nairobi. Larsenovi poděkovala Velká Británie a Keňa. "
        "Z Keni odletěl."
    )
    hints = [("Espen Larsen", "person"), ("Larsenovi", "person")]
    said = annotation("cs", text, "cs", hints)
    people = [actor for actor in said.actors if actor.type == "person"]
    assert [person.forms for person in people] == [("Espen Larsen", "Larsenovi")]
    assert {"state:GB", "state:KE", "place:nairobi-ke"} <= {actor.key for actor in said.actors}


def test_a_second_source_cuts_and_types_what_no_rule_knows():
    text = "The Vostok Dawn Line refused. Then Vostok Dawn Line left."
    plain = annotation("en", text, "a")
    told = annotation("en", text, "b", [("Vostok Dawn Line", "organization")])
    assert not any(actor.name == "Vostok Dawn Line" for actor in plain.actors)
    assert [(a.name, a.type) for a in told.actors] == [("Vostok Dawn Line", "organization")]
