"""Times that count from a meeting that the report tells elsewhere."""

from __future__ import annotations

import pytest

from dragoman.annotate import annotate
from dragoman.claims import Received
from dragoman.link.calendar import resolve_at

CASES = [
    (
        "en",
        (
            "Delegations of Kenya and Sudan met in Geneva on 3 May 2025. "
            "The envoys met again in Oslo three days after the talks in Geneva."
        ),
        "2025-05-06",
    ),
    (
        "en",
        (
            "Kenya and Sudan held talks in Geneva on 3 May 2025. "
            "The envoys met in Oslo two days before the Geneva talks."
        ),
        "2025-05-01",
    ),
    (
        "es",
        (
            "Kenia y Sudán negociaron en Ginebra el 3 de mayo de 2025. "
            "Tres días después de las conversaciones de Ginebra reabrió el puerto."
        ),
        "2025-05-06",
    ),
]


@pytest.mark.parametrize(("code", "text", "day"), CASES)
def test_a_time_counts_from_a_meeting(code: str, text: str, day: str) -> None:
    times = annotate(Received(source="x", text=text, language=code)).times
    index = next(i for i, when in enumerate(times) if when.rule == "counted from a meeting")
    found = resolve_at(times, index, None)
    assert found is not None
    assert str(found[0]) == day


def test_the_meeting_told_so_gets_the_time() -> None:
    made = annotate(Received(source="x", text=CASES[0][1], language="en"))
    oslo = next(m for m in made.meetings if m.place and made.actors[m.place].name == "Oslo")
    assert oslo.when is not None
    assert made.times[oslo.when].rule == "counted from a meeting"


def test_of_two_meetings_none_is_taken() -> None:
    text = (
        "Kenya and Sudan held talks in Geneva on 3 May 2025. Kenya and Sudan held talks in Lagos "
        "on 9 May 2025. The envoys met in Oslo three days after the talks."
    )
    times = annotate(Received(source="x", text=text, language="en")).times
    assert all(when.rule != "counted from a meeting" for when in times)
