"""Statements without a clause: objects, infinitives, topics, nouns of speech, modal verbs."""

from __future__ import annotations

import pytest

from tests.annotate.statements.telling import said

TOLD = [
    ("en", "The growers called the levy a death sentence.", "the levy a death sentence"),
    ("en", "Ministers blamed the delay on the insurers.", "the delay on the insurers"),
    ("en", "The union's call for a truce went unheard.", "a truce"),
    ("en", "The text, which the opposition calls a sham, was signed.", "a sham"),
    ("es", "El sindicato prometió retirar los camiones.", "retirar los camiones"),
    ("pt", "Os pilotos recusaram a proposta de trégua.", "a proposta de trégua"),
    ("fr", "Les pilotes ont menacé de quitter la salle.", "de quitter la salle"),
    ("de", "Die Opposition will den Vertrag kündigen.", "den Vertrag kündigen"),
    ("ru", "Профсоюз пообещал убрать грузовики.", "убрать грузовики"),
    ("uk", "Профспілка пообіцяла прибрати вантажівки.", "прибрати вантажівки"),
    ("el", "Οι ψαράδες απέρριψαν την πρόταση της εταιρείας.", "την πρόταση της εταιρείας"),
    ("tr", "Sendika, kamyonların çekilmesini talep etti.", "kamyonların çekilmesini"),
]


@pytest.mark.parametrize(("code", "text", "content"), TOLD)
def test_what_a_verb_of_will_or_judgement_governs(code, text, content):
    assert content in [one.content for one in said(text, code)], said(text, code)


def test_one_who_is_no_source_has_no_will():
    assert not said("The machine rejected the coin.")
