"""Damage of which another report is the witness."""

from __future__ import annotations

from dragoman.annotate import annotate
from dragoman.claims import Received
from dragoman.link.repairs import link_repairs
from dragoman.types import Alignment, Lineage, Span

SOUND = "The envoy told the Brackwater Lantern that the prisoners of war were well."
SPUN = "The envoy advised the Brackwater Lamp that the prisoners of skirmish have been properly."


def _annotation(source, text):
    return annotate(Received(source=source, text=text, language="en"))


def _whole(annotation, text):
    return Span(report=annotation.report, start=0, end=len(text), text=text)


def _lineage(here, there, texts, form="spin"):
    pair = Alignment(here=_whole(here, texts[0]), there=_whole(there, texts[1]))
    return Lineage(
        report=here.report,
        source=there.report,
        form=form,
        share=1.0,
        evidence=(pair.here,),
        aligned=(pair,),
    )


def _repairs(here, there, form="spin"):
    mine, its = _annotation("here", here), _annotation("there", there)
    found = link_repairs([mine, its], [_lineage(mine, its, (here, there), form)])
    return {r.garbled: r for r in found if r.evidence[0].report == mine.report}


def test_a_name_that_no_other_report_has_is_restored_from_the_origin():
    repair = _repairs(SPUN, SOUND)["Brackwater Lamp"]
    assert (repair.restored, repair.reason) == ("Brackwater Lantern", "spin")
    assert repair.evidence[0].citable
    assert "Brackwater Lantern" in repair.reasons[0].why


def test_a_mark_gets_its_witness():
    assert [r.restored for r in _annotation("x", SPUN).repairs] == [""]
    repair = _repairs(SPUN, SOUND)["prisoners of skirmish"]
    assert repair.restored == "prisoners of war"
    assert repair.evidence[0].citable


def test_without_an_origin_a_mark_stays_a_mark():
    mine = _annotation("here", SPUN)
    (mark,) = link_repairs([mine], [])
    assert not mark.evidence[0].citable


def test_names_that_both_reports_have_are_no_damage():
    here = "Ana Bell and Ana Born met the Brackwater Council."
    there = "Ana Born and Ana Bell met the Brackwater Council."
    assert _repairs(here, there) == {}


def test_a_translation_has_other_words_by_right():
    assert "Brackwater Lamp" not in _repairs(SPUN, SOUND, form="translation")


def test_a_translated_agency_is_that_of_its_origin():
    here = "Os estivadores pararam ontem o porto.\nFonte: Agência Lanternense de Novas"
    there = "HARBOUR (Lanternen News) - Dockers stopped the whole port yesterday."
    mine = annotate(Received(source="here", text=here, language="pt"))
    its = annotate(Received(source="there", text=there, language="en"))
    assert its.agency == "Lanternen News"
    lineage = _lineage(mine, its, (here, there), form="translation")
    (repair,) = link_repairs([mine, its], [lineage])
    assert (repair.garbled, repair.restored) == ("Agência Lanternense de Novas", "Lanternen News")
    assert repair.reason == "translation"
