"""Asides: what stands around a cue that its sentence parts off with its subject."""

from __future__ import annotations

import pytest

from tests.annotate.statements.telling import said

TOLD = [
    ("en", "The levy, the growers say, would ruin the valley.", "The levy | would ruin the valley"),
    ("en", "The weekly benefit, it says, would be thirty crowns.", "The weekly benefit | would be"),
    ("en", "The tunnel was unsafe, inspectors said.", "The tunnel was unsafe"),
    ("en", "The fund is empty, the treasury told lenders on Friday.", "The fund is empty"),
    ("es", "El túnel era inseguro, dijeron dos inspectores.", "El túnel era inseguro"),
    ("fr", "La digue va céder, assurent les riverains.", "La digue va céder"),
    ("de", "Der Tunnel sei unsicher, sagten zwei Prüfer.", "Der Tunnel sei unsicher"),
    ("ru", "Туннель закрыли навсегда, заявили два инспектора.", "Туннель закрыли навсегда"),
    ("uk", "Тунель небезпечний, заявили два інспектори.", "Тунель небезпечний"),
]
NO_ASIDES = [
    # The cue has its own object or clause, or a condition stands before it.
    ("After the vote in the north, she mentioned the levy.", "After the vote in the north"),
    ("If the vote fails, he argues, there are other ways.", "If the vote fails"),
    ("The growers, who said nothing, left early.", "The growers"),
]


@pytest.mark.parametrize(("code", "text", "content"), TOLD)
def test_what_stands_around_an_aside_is_told(code, text, content):
    assert any(one.content.startswith(content) for one in said(text, code)), said(text, code)


@pytest.mark.parametrize(("text", "content"), NO_ASIDES)
def test_no_aside(text, content):
    assert all(one.content != content for one in said(text))


def test_a_dateline_is_no_part_of_what_was_said():
    text = "OSLO, June 3 (Northwire) - The owners accepted the truce, the harbour office said."
    assert [one.content for one in said(text)] == ["The owners accepted the truce"]


def test_what_a_speaker_goes_on_with_is_a_statement_of_its_own():
    found = said("The mayor said the road was closed, citing a report by engineers.")
    assert ("the road was closed", "said") in [(one.content, one.cue) for one in found]
    assert all("citing" not in one.content for one in found)
