"""Positions of parties that have no name, and figures that answer one another."""

from __future__ import annotations

import pytest

from dragoman.annotate.stage import annotate
from dragoman.claims import Received

BIDS = [
    ("en", "The port union wants a 6% pay rise. The employers offered 3%.", "offers"),
    ("pt", "Os trabalhadores pedem um aumento salarial de 9%. O governo ofereceu 4%.", "offers"),
    ("es", "El sindicato exige un aumento salarial del 7%. La patronal ofrece un 3%.", "offers"),
    (
        "fr",
        "Les syndicats réclament 5 % de hausse des salaires. La direction propose 2 %.",
        "proposes",
    ),
    (
        "de",
        "Die Gewerkschaft fordert neun Prozent mehr Geld. Die Arbeitgeber boten drei Prozent.",
        "offers",
    ),
    ("ru", "Профсоюз требует повышения зарплаты на 10%. Работодатели предложили 4%.", "proposes"),
    (
        "uk",
        "Профспілка вимагає підвищення зарплати на 10%. Роботодавці запропонували 4%.",
        "proposes",
    ),
    ("el", "Οι εργαζόμενοι ζητούν αύξηση μισθών 8%. Η κυβέρνηση πρότεινε 3%.", "proposes"),
]


@pytest.mark.parametrize(("language", "text", "stance"), BIDS, ids=[bid[0] for bid in BIDS])
def test_a_bare_figure_answers_the_one_before(language: str, text: str, stance: str) -> None:
    found = annotate(Received(source="a.txt", text=text, language=language)).positions
    assert [(claim.issue, claim.stance) for claim in found] == [
        ("wages", "demands"),
        ("wages", stance),
    ]


def test_what_would_be_accepted_on_a_condition_is_no_bid() -> None:
    text = "The rebels want a 30-day truce. The government would accept 10 days only if it held."
    found = annotate(Received(source="a.txt", text=text, language="en")).positions
    assert "accepts" not in [claim.stance for claim in found]
