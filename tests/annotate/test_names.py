"""Case tables: who is named in a sentence, as what, with which office, of whom."""

import pytest

from dragoman.annotate.names import NameHint, find_actors
from dragoman.annotate.text import prepare
from dragoman.claims import Received


def read(text, language):
    document = prepare(Received(source="case.txt", text=text), language)
    actors, mentions = find_actors(document)
    return actors, mentions


def brief(text, language):
    """`type name` of every actor, and `name: title of whom` of every role."""
    actors, _ = read(text, language)
    told = {f"{actor.type} {actor.name}" for actor in actors}
    for actor in actors:
        told |= {f"{actor.name}: {r.title}" + (f" of {r.of}" if r.of else "") for r in actor.roles}
    return told


def sorts(text, language):
    actors, mentions = read(text, language)
    return {(m.form, m.sort, actors[m.actor].name, actors[m.actor].type) for m in mentions}


ENGLISH = [
    ("President Juan Manuel Santos spoke.", {"Juan Manuel Santos: President"}),
    (
        "Colombia's chief negotiator, Humberto de la Calle, left.",
        {"Humberto de la Calle: chief negotiator of Colombia"},
    ),
    (
        "Iranian Foreign Minister Javad Zarif met John Kerry.",
        {"Javad Zarif: Foreign Minister of Iran", "person John Kerry"},
    ),
    (
        "Javad Zarif, the foreign minister of Iran, smiled.",
        {"Javad Zarif: Foreign Minister of Iran"},
    ),
    (
        "US Secretary of State John Kerry flew home.",
        {"John Kerry: Secretary of State of United States"},
    ),
    (
        "U.S. Vice President Joe Biden and Secretary of State John Kerry agreed.",
        {
            "Joe Biden: Vice President of United States",
            "John Kerry: Secretary of State of United States",
        },
    ),
    (
        "The Sudanese delegation, led by General Abdel Rahman, arrived.",
        {"Abdel Rahman: head of delegation of Sudan"},
    ),
    (
        "Martin Griffiths, who led the United Nations team, was tired.",
        {"Martin Griffiths: head of delegation of United Nations"},
    ),
    (
        "The leader of the Ethiopian delegation, Justice Minister Gedion Timothewos, agreed.",
        {
            "Gedion Timothewos: Justice Minister of Ethiopia",
            "Gedion Timothewos: head of delegation of Ethiopia",
        },
    ),
    (
        "European Commission President Ursula von der Leyen objected.",
        {"Ursula von der Leyen: President of European Commission"},
    ),
    (
        "The president of the European Commission, Ursula von der Leyen, objected.",
        {"Ursula von der Leyen: President of European Commission"},
    ),
    ("German Chancellor Olaf Scholz travelled.", {"Olaf Scholz: Chancellor of Germany"}),
    ("Rebel commander Salim Okoro signed.", {"Salim Okoro: commander"}),
    ("UN envoy Hanna Tetteh waited.", {"Hanna Tetteh: envoy of United Nations"}),
    (
        "John O'Neil, chief executive of Norsea, resigned.",
        {"John O'Neil: chief executive of Norsea", "organization Norsea"},
    ),
    (
        "OPEC secretary-general Haitham al-Ghais agreed.",
        {"Haitham al-Ghais: Secretary-General of OPEC"},
    ),
    (
        "Saudi Arabia's energy minister Abdulaziz bin Salman agreed.",
        {"Abdulaziz bin Salman: Energy Minister of Saudi Arabia"},
    ),
    (
        "Ms Okafor, Nigeria's environment minister, disagreed.",
        {"Okafor: Environment Minister of Nigeria"},
    ),
    (
        "Britain's labour minister Ann Reed met dockers.",
        {"Ann Reed: Labour Minister of United Kingdom"},
    ),
    ("India's commerce minister Piyush Goyal said no.", {"Piyush Goyal: Trade Minister of India"}),
    ("Kremlin spokesman Dmitry Peskov declined.", {"Dmitry Peskov: spokesperson of Russia"}),
    ("The union leader Maria Delgado called a strike.", {"Maria Delgado: union leader"}),
    (
        "Members of the Harbour Workers Union (HWU) voted. HWU will strike.",
        {"organization Harbour Workers Union"},
    ),
    ("The Ministry of Labour refused.", {"organization Ministry of Labour"}),
    ("They met at the Montrose Palace.", {"place Montrose Palace"}),
    ("They met in Havana and Geneva.", {"place Havana", "place Geneva"}),
    ("Fighting spread in the Vesle region.", {"place Vesle"}),
    ("They hold the towns of Arda, Belva and Corin.", {"place Arda", "place Belva", "place Corin"}),
    ("The Republic of Ostrava said so. Ostrava refused.", {"state Ostrava"}),
    (
        "The foreign minister of Vardania, Ilse Korvan, met the Vardanian press.",
        {"state Vardania", "Ilse Korvan: Foreign Minister of Vardania"},
    ),
    (
        "Talks in Vardania failed. The Vardanian government and the Ostravi army left Ostrav.",
        {"state Vardania", "state Ostrav"},
    ),
    ("Both sides welcomed it.", {"group both sides"}),
    ("European leaders welcomed it.", {"group European leaders"}),
    (
        "Hamas and Israel accepted; Hezbollah did not.",
        {"organization Hamas", "state Israel", "organization Hezbollah"},
    ),
    ("Israel Katz and Michael Jordan met.", {"person Israel Katz", "person Michael Jordan"}),
    ("J. D. Salinger and T. S. Eliot met.", {"person J. D. Salinger", "person T. S. Eliot"}),
    (
        "Vera Grabe's adviser, Tomas Lund, spoke.",
        {"person Vera Grabe", "Tomas Lund: adviser of Vera Grabe"},
    ),
    ("Norway's envoy for climate, Aksel Dahl, spoke.", {"Aksel Dahl: envoy of Norway"}),
    (
        "It was posted on Telegram and reported by Reuters.",
        {"organization Telegram", "organization Reuters"},
    ),
    ("The delegation crossed Constantinople by boat.", {"place Istanbul"}),
    ("Türkiye and the United Kingdom signed.", {"state Turkey", "state United Kingdom"}),
]

PORTUGUESE = [
    ("O presidente colombiano Gustavo Petro falou.", {"Gustavo Petro: President of Colombia"}),
    (
        "A ministra das Relações Exteriores da Argentina, Diana Mondino, saiu.",
        {"Diana Mondino: Foreign Minister of Argentina"},
    ),
    ("O chanceler brasileiro, Mauro Vieira, falou.", {"Mauro Vieira: Foreign Minister of Brazil"}),
    ("O chanceler alemão Olaf Scholz falou.", {"Olaf Scholz: Chancellor of Germany"}),
    (
        "O secretário de Estado dos EUA, John Kerry, falou.",
        {"John Kerry: Secretary of State of United States"},
    ),
    (
        "A delegação iraniana, chefiada por Javad Zarif, saiu.",
        {"Javad Zarif: head of delegation of Iran"},
    ),
    (
        "A delegação russa liderada pelo consultor presidencial Igor Levin saiu.",
        {"Igor Levin: presidential adviser of Russia", "Igor Levin: head of delegation of Russia"},
    ),
    (
        "O primeiro-ministro britânico Tony Blair e Bertie Ahern saíram.",
        {"Tony Blair: Prime Minister of United Kingdom"},
    ),
    (
        "A presidente da Comissão Europeia, Ursula von der Leyen, falou.",
        {"Ursula von der Leyen: President of European Commission"},
    ),
    ("O porta-voz do Kremlin, Dmitri Peskov, negou.", {"Dmitri Peskov: spokesperson of Russia"}),
    (
        "O presidente da Vardânia, Jonas Terra, ouviu a delegação vardana.",
        {"state Vardânia", "Jonas Terra: President of Vardânia"},
    ),
    ("O Sindicato dos Portuários parou.", {"organization Sindicato dos Portuários"}),
    ("Os líderes europeus saíram.", {"group European leaders"}),
    (
        "A OPEP e a Organização Mundial do Comércio reuniram-se em Viena.",
        {"organization OPEC", "organization World Trade Organization", "place Vienna"},
    ),
    ("Reuniram-se no palácio de Montrose.", {"place palácio de Montrose"}),
    ("Os dois lados e a Grã-Bretanha saíram.", {"group both sides", "state United Kingdom"}),
    ("O comandante rebelde Salim Okoro assinou.", {"Salim Okoro: commander"}),
]

SPANISH = [
    ("El presidente colombiano Gustavo Petro habló.", {"Gustavo Petro: President of Colombia"}),
    (
        "La jefa negociadora de Colombia, Vera Grabe, habló.",
        {"Vera Grabe: chief negotiator of Colombia"},
    ),
    (
        "Pablo Beltrán, jefe de la delegación del ELN, habló.",
        {"Pablo Beltrán: head of delegation of ELN"},
    ),
    (
        "El canciller chileno, Alberto van Klaveren, viajó.",
        {"Alberto van Klaveren: Foreign Minister of Chile"},
    ),
    ("El canciller alemán Olaf Scholz viajó.", {"Olaf Scholz: Chancellor of Germany"}),
    (
        "El secretario de Estado de Estados Unidos, John Kerry, habló.",
        {"John Kerry: Secretary of State of United States"},
    ),
    (
        "La delegación venezolana, encabezada por Jorge Rodríguez, llegó.",
        {"Jorge Rodríguez: head of delegation of Venezuela"},
    ),
    ("El portavoz del Kremlin, Dmitri Peskov, negó.", {"Dmitri Peskov: spokesperson of Russia"}),
    (
        "La presidenta de la Comisión Europea, Ursula von der Leyen, habló.",
        {"Ursula von der Leyen: President of European Commission"},
    ),
    ("Se reunieron en Ginebra y La Habana.", {"place Geneva", "place Havana"}),
    (
        "La Unión Europea y la ONU hablaron.",
        {"organization European Union", "organization United Nations"},
    ),
    ("Ambas partes aceptaron.", {"group both sides"}),
    ("El Ministerio de Trabajo habló.", {"organization Ministerio de Trabajo"}),
    (
        "El presidente de Vardania, Jonas Terra, recibió a la delegación vardana.",
        {"state Vardania", "Jonas Terra: President of Vardania"},
    ),
    (
        "Los líderes europeos y el Reino Unido hablaron.",
        {"group European leaders", "state United Kingdom"},
    ),
    ("El comandante guerrillero Antonio García firmó.", {"Antonio García: commander"}),
]

FRENCH = [
    ("Le président colombien Gustavo Petro a parlé.", {"Gustavo Petro: President of Colombia"}),
    (
        "Le ministre des Affaires étrangères de la Turquie, Hakan Fidan, a parlé.",
        {"Hakan Fidan: Foreign Minister of Turkey"},
    ),
    (
        "La présidente de la Commission européenne, Ursula von der Leyen, a parlé.",
        {"Ursula von der Leyen: President of European Commission"},
    ),
    (
        "La délégation malienne, conduite par Abdoulaye Diop, est partie.",
        {"Abdoulaye Diop: head of delegation of Mali"},
    ),
    (
        "Le premier ministre valdanien, Jonas Terre, a parlé de la Valdanie.",
        {"state Valdanie", "Jonas Terre: Prime Minister of Valdanie"},
    ),
    ("Le chancelier allemand Olaf Scholz est parti.", {"Olaf Scholz: Chancellor of Germany"}),
    (
        "Le porte-parole du Kremlin, Dmitri Peskov, a nié.",
        {"Dmitri Peskov: spokesperson of Russia"},
    ),
    (
        "Le secrétaire d'État américain John Kerry est parti.",
        {"John Kerry: Secretary of State of United States"},
    ),
    ("Ils se sont vus à Genève et à Alger.", {"place Geneva", "place Algiers"}),
    (
        "L'Union africaine et l'ONU ont parlé.",
        {"organization African Union", "organization United Nations"},
    ),
    ("Les deux parties ont accepté.", {"group both sides"}),
    (
        "Le négociateur en chef de la Norvège, Aksel Dahl, a parlé.",
        {"Aksel Dahl: chief negotiator of Norway"},
    ),
    (
        "Abdoulaye Diop, ministre des Affaires étrangères du Mali, a parlé.",
        {"Abdoulaye Diop: Foreign Minister of Mali"},
    ),
    ("Les dirigeants européens ont parlé.", {"group European leaders"}),
    ("M. Okafor a refusé.", {"person Okafor"}),
    ("Le commandant Salim Okoro a signé.", {"Salim Okoro: commander"}),
]

GERMAN = [
    (
        "Der türkische Außenminister Hakan Fidan reiste ab.",
        {"Hakan Fidan: Foreign Minister of Turkey"},
    ),
    ("Bundeskanzler Olaf Scholz reiste ab.", {"Olaf Scholz: Chancellor"}),
    ("Russlands Präsident Dmitri Medwedew sagte ab.", {"Dmitri Medwedew: President of Russia"}),
    (
        "Die iranische Delegation, angeführt von Javad Zarif, reiste ab.",
        {"Javad Zarif: head of delegation of Iran"},
    ),
    (
        "Der Präsident von Vardanien, Jonas Keller, sprach mit der vardanischen Opposition.",
        {"state Vardanien", "Jonas Keller: President of Vardanien"},
    ),
    (
        "Die Präsidentin der Europäischen Kommission, Ursula von der Leyen, sprach.",
        {"Ursula von der Leyen: President of European Commission"},
    ),
    ("Medwedews Sprecherin Vera Lind sprach nach Dmitri Medwedew.", {"person Vera Lind"}),
    ("Die Gespräche in Genf und Wien scheiterten.", {"place Geneva", "place Vienna"}),
    (
        "Die Vereinten Nationen und die EU stimmten zu.",
        {"organization United Nations", "organization European Union"},
    ),
    ("Beide Seiten stimmten zu.", {"group both sides"}),
    (
        "Norwegens Chefunterhändler Aksel Dahl stimmte zu.",
        {"Aksel Dahl: chief negotiator of Norway"},
    ),
    ("US-Präsident Bill Clinton stimmte zu.", {"Bill Clinton: President of United States"}),
    ("Herr Okafor stimmte zu.", {"person Okafor"}),
    ("Die Ukrainer und die Polen stimmten zu.", {"state Ukraine", "state Poland"}),
    ("Rebellenführer Salim Okoro unterschrieb.", {"person Salim Okoro"}),
    (
        "Großbritanniens Premierminister Tony Blair stimmte zu.",
        {"Tony Blair: Prime Minister of United Kingdom"},
    ),
]


@pytest.mark.parametrize(("text", "told"), ENGLISH)
def test_english(text, told):
    assert told <= brief(text, "en")


@pytest.mark.parametrize(("text", "told"), PORTUGUESE)
def test_portuguese(text, told):
    assert told <= brief(text, "pt")


@pytest.mark.parametrize(("text", "told"), SPANISH)
def test_spanish(text, told):
    assert told <= brief(text, "es")


@pytest.mark.parametrize(("text", "told"), FRENCH)
def test_french(text, told):
    assert told <= brief(text, "fr")


@pytest.mark.parametrize(("text", "told"), GERMAN)
def test_german(text, told):
    assert told <= brief(text, "de")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("However, talks resumed on Monday in the morning.", "en"),
        ("They told us that it was over in May.", "en"),
        ("The President spoke to Parliament.", "en"),
        ("Breaking: Peace Deal Is Close", "en"),
        ("On Tuesday the prime minister resigned.", "en"),
        ("A march began in March, and Will did not come.", "en"),
        ("Der Sprecher sagte am Montag, die Verhandlungen seien beendet.", "de"),
        ("In Verhandlungen zählt Vertrauen.", "de"),
        ("No domingo, o presidente falou ao Parlamento.", "pt"),
        ("Segundo fontes, o acordo está perto.", "pt"),
        ("El lunes hablaron de paz.", "es"),
        ("Selon des sources, un accord est proche.", "fr"),
    ],
)
def test_no_name_is_found_where_none_is(text, language):
    assert brief(text, language) == set()


@pytest.mark.parametrize(
    ("text", "form", "sort", "name", "type_"),
    [
        ("Beijing accepted the terms.", "Beijing", "metonym", "China", "state"),
        ("They met in Beijing.", "Beijing", "name", "Beijing", "place"),
        ("The Beijing talks failed.", "Beijing", "name", "Beijing", "place"),
        ("The city of Tehran slept.", "Tehran", "name", "Tehran", "place"),
        ("He travelled to Tehran.", "Tehran", "name", "Tehran", "place"),
        ("Delegations from Tehran came.", "Tehran", "metonym", "Iran", "state"),
        ("The White House agreed.", "White House", "metonym", "United States", "state"),
        ("The French agreed.", "French", "demonym", "France", "state"),
    ],
)
def test_a_capital_is_a_state_or_a_place(text, form, sort, name, type_):
    assert (form, sort, name, type_) in sorts(text, "en")


def test_surnames_join_full_names():
    actors, mentions = read(
        "Foreign Minister Pell Maro met Ilse Korvan. Korvan said Maro was late. Maro's aide left.",
        "en",
    )
    named = [actors[m.actor].name for m in mentions if m.form in {"Korvan", "Maro"}]
    assert sorted(named) == ["Ilse Korvan", "Pell Maro", "Pell Maro"]


def test_a_garbled_surname_joins_with_a_reason():
    actors, _ = read(
        'Norway\'s mediator, Aksel Bergstrom, spoke to reporters. "It is late", Bergstrem added.',
        "en",
    )
    (person,) = [actor for actor in actors if actor.type == "person"]
    assert person.forms == ("Aksel Bergstrom", "Bergstrem")


def test_different_people_with_one_first_name_stay_apart():
    actors, _ = read("Vladimir Petrov met Vladimir Sokolov. Petrov said no.", "en")
    assert sorted(a.name for a in actors if a.type == "person") == [
        "Vladimir Petrov",
        "Vladimir Sokolov",
    ]


def test_a_role_stands_for_its_holder():
    text = "Iranian Foreign Minister Javad Zarif came. The Iranian minister said no."
    assert ("Iranian minister", "role", "Javad Zarif", "person") in sorts(text, "en")


def test_sides_follow_offices():
    actors, _ = read("Iran's envoy Javad Zarif met Ostrav's foreign minister, Pell Maro.", "en")
    sides = {actor.name: actor.side for actor in actors if actor.type == "person"}
    assert sides == {"Javad Zarif": "state:IR", "Pell Maro": "Ostrav"}


def test_a_hint_decides_where_no_rule_does():
    text = "The terms pleased Quillon Brandt greatly."
    document = prepare(Received(source="case.txt", text=text), "en")
    assert find_actors(document) == ([], [])
    start = text.index("Quillon")
    actors, _ = find_actors(document, [NameHint(start, start + 14, "person")])
    assert [(actor.name, actor.type) for actor in actors] == [("Quillon Brandt", "person")]


@pytest.mark.parametrize("language", ["en", "pt", "es", "fr", "de", None])
def test_every_mention_is_its_very_words(language):
    text = (
        "Le président Jonas Terre (USA) a dit: “Genève, 5 May” – U.S. President J. D. Vance.\n\nX!"
    )
    actors, mentions = read(text, language)
    for mention in mentions:
        assert text[mention.span.start : mention.span.end] == mention.span.text
        assert 0 <= mention.actor < len(actors)


def test_an_empty_report_has_no_names():
    assert read("", "en") == ([], [])
