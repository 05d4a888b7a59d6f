"""Whether a step is said of a thing, by the syntax between them."""

from __future__ import annotations

import pytest

from dragoman.annotate.stage import annotate
from dragoman.claims import Received

TOLD = [
    ("en", "The two sides signed a ceasefire agreement in Bremen.", [("ceasefire", "agreed")]),
    (
        "en",
        "The unions agreed with the port to suspend the strike.",
        [("strike suspension", "agreed")],
    ),
    (
        "en",
        "The prisoner swap agreed on in March began on Monday.",
        [("prisoner exchange", "begun")],
    ),
    ("en", "Ceasefire talks have begun in Bremen.", []),
    ("en", "Negotiations on a prisoner exchange were completed on Friday.", []),
    ("en", "In a letter released on Tuesday, hostages' families asked for a meeting.", []),
    ("en", "Workers who had signed the petition asked for a pay rise.", []),
    ("en", "The Truce Monitoring Office began its work in Lima.", []),
    ("en", "Both governments signed a peace accord in Lima.", [("peace agreement", "agreed")]),
    ("en", "Peru and Chile hope to sign a trade deal next week.", []),
    ("ru", "Стороны подписали мирное соглашение.", [("peace agreement", "agreed")]),
    ("tr", "Taraflar barış anlaşmasını imzaladı.", [("peace agreement", "agreed")]),
    ("de", "Beide Seiten unterzeichneten ein Rahmenabkommen.", [("framework agreement", "agreed")]),
    ("pt", "As partes assinaram um cessar-fogo em Bremen.", [("ceasefire", "agreed")]),
    ("es", "Las conversaciones sobre el alto el fuego comenzaron el lunes.", []),
    (
        "fr",
        "Les rebelles ont signé une charte mais ne se sont pas entendus sur un cessez-le-feu.",
        [],
    ),
    ("de", "Die Gespräche über eine Waffenruhe haben begonnen.", []),
]


@pytest.mark.parametrize(("language", "text", "steps"), TOLD, ids=lambda value: str(value)[:40])
def test_a_step_is_of_what_it_governs(
    language: str, text: str, steps: list[tuple[str, str]]
) -> None:
    found = annotate(Received(source="a.txt", text=text, language=language)).commitments
    assert [(claim.subject, claim.status) for claim in found] == steps
