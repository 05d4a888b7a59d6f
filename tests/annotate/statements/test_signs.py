"""Quotations and their speakers where there is no syntax to go by."""

from __future__ import annotations

import pytest

from dragoman.annotate import document
from dragoman.models import Syntax
from tests.annotate.statements.telling import said

QUOTED = [
    ("en", "“We will not sign before Friday,” said Ann Holt.", "Ann Holt"),
    ("pt", "“Não assinamos nada antes de sexta”, disse Ana Prado.", "Ana Prado"),
    ("es", "“No firmamos nada antes del viernes”, dijo Ana Lemos.", "Ana Lemos"),
    ("fr", "« Nous ne signerons rien avant vendredi », a déclaré Anne Marchal.", "Anne Marchal"),
    ("de", "„Wir unterschreiben nichts vor Freitag“, sagte Anna Maurer.", "Anna Maurer"),
    ("ru", "«Мы ничего не подпишем до пятницы», — сказала Анна Марченко.", "Анна Марченко"),
    ("uk", "«Ми нічого не підпишемо до п'ятниці», — сказала Анна Марчук.", "Анна Марчук"),
    ("tr", "“Cumaya kadar hiçbir şey imzalamayacağız” dedi Elif Demir.", "Elif Demir"),
    ("el", "«Δεν υπογράφουμε τίποτα πριν την Παρασκευή», είπε η Άννα Μάρκου.", "Άννα Μάρκου"),
]


@pytest.fixture
def no_parser(monkeypatch):
    monkeypatch.setattr(document, "can_parse", lambda *_: False)


@pytest.fixture
def failing_parser(monkeypatch):
    """A parser that sees one word, and that wrongly."""
    broken = Syntax(
        starts=[0], ends=[1], tags=["X"], features=[{}], lemmas=["x"], heads=[-1],
        relations=["root"], sentences=[(0, 1)],
    )  # fmt: skip
    monkeypatch.setattr(document, "parse", lambda *_: broken)


@pytest.mark.parametrize(("code", "text", "speaker"), QUOTED)
@pytest.mark.usefixtures("no_parser")
def test_quotations_stand_without_a_parser(code, text, speaker):
    found = said(text, code)
    assert [one.mode for one in found] == ["direct"]
    assert speaker.split()[-1] in (found[0].speaker or "")


@pytest.mark.parametrize(("code", "text", "speaker"), QUOTED)
@pytest.mark.usefixtures("failing_parser")
def test_quotations_stand_where_the_parser_fails(code, text, speaker):
    found = said(text, code)
    assert [one.mode for one in found] == ["direct"]
    assert speaker.split()[-1] in (found[0].speaker or "")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“A truce is a truce and no more.” — Ines Aldana, head of the growers", "Ines Aldana"),
        ("Aldana: “I have no time for this.”", "Aldana"),
        ("Ines Aldana spoke next. She said:\n\n“We have waited for two winters.”", "Ines Aldana"),
    ],
)
def test_credits_labels_and_announced_paragraphs(text, speaker):
    assert any(one.mode == "direct" and one.speaker == speaker for one in said(text)), said(text)


def test_a_speaker_between_dashes_parts_one_quotation():
    found = said("«Если вода поднимется, — сказал инженер, — деревня исчезнет навсегда».", "ru")
    assert [one.content for one in found] == ["Если вода поднимется, | деревня исчезнет навсегда"]
