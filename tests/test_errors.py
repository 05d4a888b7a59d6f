"""What does not fit a form, in words."""

from __future__ import annotations

from typing import Literal

import msgspec
import pytest

from dragoman.errors import misfit


class Part(msgspec.Struct, forbid_unknown_fields=True):
    size: int = 0
    sort: Literal["a", "b"] = "a"


class Form(msgspec.Struct):
    name: str | None
    parts: list[Part] = []
    by: dict[str, int] = {}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ('{"name": 5}', "name: text or nothing is wanted, not a whole number"),
        ("{}", "name is missing"),
        ("[]", "a table is wanted, not a list"),
        ('{"name": null, "parts": [{"size": "x"}]}', "a whole number is wanted, not text"),
        ('{"name": null, "parts": [{"colour": 1}]}', "there is no field colour"),
        ('{"name": null, "parts": [{"sort": "c"}]}', "'c' is none of the values allowed"),
        ('{"name": null, "by": {"x": null}}', "by (one of them): a whole number is wanted"),
    ],
)
def test_misfits(data, words):
    with pytest.raises(msgspec.ValidationError) as caught:
        msgspec.json.decode(data, type=Form)
    told = misfit(caught.value)
    assert words in told
    assert "`" not in told
    assert "$" not in told
