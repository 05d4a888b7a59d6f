"""What is denied, called off, only asked for, or claimed falsely is not told as done."""

from __future__ import annotations

import pytest

from dragoman.annotate.stage import annotate
from dragoman.claims import Annotation, Received


def _read(language: str, text: str) -> Annotation:
    return annotate(Received(source="a.txt", text=text, language=language))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Petra Lang denied that she had met Karl Dorn in Bremen on 4 June."),
        ("fr", "La ministre Petra Lang a nié avoir rencontré Karl Dorn à Lille."),
        ("de", "Ministerin Petra Lang dementierte, Karl Dorn in Bremen getroffen zu haben."),
        ("de", "Petra Lang bestritt, Karl Dorn in Bremen getroffen zu haben."),
        ("en", "The ministers signed no agreement on Tuesday."),
        ("en", "The colonel wrongly claimed that the farmers had signed a truce."),
        ("en", "The dockers had called off a walkout in May."),
        (
            "de",
            "Lang sagte, sie hätte ein Abkommen unterzeichnet, wenn die Stadt zugestimmt hätte.",
        ),
    ],
)
def test_nothing_of_it_was_done(language: str, text: str) -> None:
    found = _read(language, text)
    assert (found.meetings, found.commitments, found.incidents) == ((), (), ())


def test_who_asks_others_to_accept_accepts_nothing() -> None:
    text = "La enviada Petra Lang pidió a las partes que aceptaran un alto el fuego de 48 horas."
    assert "accepts" not in [claim.stance for claim in _read("es", text).positions]
