"""Actors across reports: what is joined, what never is, and that the order does not matter."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.annotate.names import find_actors
from dragoman.annotate.text import prepare
from dragoman.claims import Annotation, Received
from dragoman.link.actors import link_actors


def annotation(text, language="en", source="a.txt"):
    document = prepare(Received(source=source, text=text), language)
    actors, mentions = find_actors(document)
    return Annotation(
        report=document.report,
        source=source,
        sha256="",
        length=len(text),
        language=language,
        lead=document.span(0, min(10, len(text))),
        actors=tuple(actors),
        mentions=tuple(mentions),
    )


def reports(*texts):
    return [
        annotation(text, language, f"{place}.txt")
        for place, (language, text) in enumerate(
            text if isinstance(text, tuple) else ("en", text) for text in texts
        )
    ]


def clusters(said):
    return {actor.name: set(actor.forms) for actor in link_actors(said).entries}


GERMAN = (
    "Die Ministerpräsidentin von Ostrav, Ilse Korwan, verließ Genf. "
    "Der Außenminister von Vardanien, Pell Maro, schwieg."
)
STORY = reports(
    "Vardania's foreign minister, Pell Maro, met Ilse Korvan, premier of Ostrav, in Geneva.",
    "Foreign Minister Pel Marro of Vardania arrived. Vardania's foreign minister, Pel Marro, left.",
    ("pt", "O ministro das Relações Exteriores da Vardânia, Pell Maro, falou em Genebra."),
    ("de", GERMAN),
    "Korvan said on Telegram that Ostrav was ready. The regions of Arda, Belva and Corin voted.",
    "They want the regions of Arda, Belva and Korrin.",
)


def test_a_garbled_name_joins_by_its_office():
    told = clusters(
        reports(
            "Vardania's foreign minister, Hilmar Brandt, spoke.",
            "Vardania's foreign minister, Hilmar Grand, spoke.",
        )
    )
    assert {"Hilmar Brandt", "Hilmar Grand"} in told.values()


def test_two_garbled_names_need_the_office():
    same = "Norway's special envoy, {}, spoke in Oslo."
    apart = ["Siril Dankvart spoke in Oslo.", "Kirill Tankwart spoke in Oslo."]
    joined = [same.format("Siril Dankvart"), same.format("Kirill Tankwart")]
    assert {"Siril Dankvart", "Kirill Tankwart"} in clusters(reports(*joined)).values()
    assert {"Siril Dankvart", "Kirill Tankwart"} not in clusters(reports(*apart)).values()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Vladimir Putin spoke in Oslo.", "Vladimir Medinsky spoke in Oslo."),
        ("Maria Delgado spoke.", "Mario Delvaux spoke."),
        ("Ann Reed spoke.", "Tom Reed spoke."),
        ("Iran's Ali Rezai spoke.", "Iraq's Adel Razzaq spoke."),
    ],
)
def test_different_people_never_join(one, other):
    persons = [a for a in link_actors(reports(one, other)).entries if a.type == "person"]
    assert len(persons) == 2


def test_two_people_of_one_report_never_join():
    text = "Anna Berger met Anna Bergen in Oslo. Anna Berger left."
    persons = [a for a in link_actors(reports(text, text)).entries if a.type == "person"]
    assert sorted(a.name for a in persons) == ["Anna Bergen", "Anna Berger"]


def test_known_names_with_other_keys_never_join():
    told = clusters(reports("Iran accepted.", "Iraq accepted.", "Austria left.", "Australia left."))
    assert set(told) == {"Iran", "Iraq", "Austria", "Australia"}


def test_a_lone_surname_of_two_people_stays_apart():
    cast = link_actors(reports("Ann Reed spoke.", "Tom Reed spoke.", "Reed said no."))
    assert sorted(a.name for a in cast.entries) == ["Ann Reed", "Reed", "Tom Reed"]
    lone = next(a for a in cast.entries if a.name == "Reed")
    assert [reason.rule for reason in lone.reasons] == ["kept apart", "type supposed"]


def test_a_place_joins_by_the_list_it_stands_in():
    told = clusters(STORY)
    assert {"Corin", "Korrin"} in told.values()


def test_historical_and_foreign_names_are_one_place():
    told = clusters(
        reports("They met in Constantinople.", ("pt", "Reuniram-se em Istambul."), "In Istanbul.")
    )
    assert told["Istanbul"] == {"Constantinople", "Istambul", "Istanbul"}


def test_a_metonym_names_the_place_and_means_the_state():
    said = reports("Tehran accepted.", "Iran accepted in Tehran.")
    cast = link_actors(said)
    by_name = {actor.name: actor for actor in cast.entries}
    assert {span.report for span in by_name["Tehran"].evidence} == {a.report for a in said}
    assert {span.text for span in by_name["Iran"].evidence} == {"Iran"}
    assert cast.of(said[0].report, 0).name == "Iran"


def test_a_state_known_by_its_capital_alone_keeps_those_words():
    (state,) = [a for a in link_actors(reports("Tehran accepted.")).entries if a.type == "state"]
    assert [(span.text, span.role) for span in state.evidence] == [("Tehran", "metonym")]


def test_venues_join_over_languages():
    told = clusters(reports("At the Montrose Palace.", ("pt", "Foi no palácio de Montrose.")))
    assert {"Montrose Palace", "palácio de Montrose"} in told.values()


def test_an_invented_state_is_one_in_two_languages():
    cast = link_actors(STORY)
    (state,) = [a for a in cast.entries if a.name.startswith("Vard")]
    assert state.type == "state"
    assert {"Vardania", "Vardânia", "Vardanien"} <= set(state.forms)


def test_roles_and_sides_are_merged_by_canonical_name():
    cast = link_actors(STORY)
    maro = next(a for a in cast.entries if a.name == "Pell Maro")
    assert [(role.title, role.of) for role in maro.roles] == [("Foreign Minister", "Vardania")]
    assert maro.side == "Vardania"
    assert {"Pell Maro", "Pel Marro"} <= set(maro.forms)


def test_every_join_has_a_reason():
    maro = next(a for a in link_actors(STORY).entries if a.name == "Pell Maro")
    assert any(reason.rule == "same actor" and reason.weight for reason in maro.reasons)


def test_every_local_actor_has_an_entry():
    cast = link_actors(STORY)
    for said in STORY:
        for index in range(len(said.actors)):
            assert cast.of(said.report, index) in cast.entries


@settings(max_examples=25, deadline=None)
@given(st.permutations(STORY))
def test_the_order_of_reports_changes_nothing(order):
    assert link_actors(order).entries == link_actors(STORY).entries


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(STORY), unique_by=lambda a: a.report, min_size=1))
def test_no_cluster_breaks_a_rule(some):
    cast = link_actors(some)
    for said in some:
        persons = [i for i, actor in enumerate(said.actors) if actor.type == "person"]
        assert len({cast.of(said.report, i).id for i in persons}) == len(persons)
    assert len({actor.id for actor in cast.entries}) == len(cast.entries)


def test_nothing_gives_an_empty_cast():
    assert link_actors([]).entries == []
