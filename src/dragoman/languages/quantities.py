"""The form of `quantities.yaml`: what stands around numbers, and the names of what is counted."""

from __future__ import annotations

from typing import Literal

from dragoman.types import Value

Relation = Literal["at least", "more", "at most", "less", "about", "nearly"]


class Vague(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A number word that only tells a size: "dozens" is 24 or more (`low`), "a few" 3 to 9."""

    phrases: tuple[str, ...]
    low: float
    high: float | None = None


class Fixed(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Phrases that tell a whole measure by themselves: "half an hour" is 30 of `minute`."""

    phrases: tuple[str, ...]
    value: float
    unit: str | None = None


class QuantitiesFile(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All lists are of phrases in the notation of `Lexicon`.

    `before` are relations told ahead of the number ("more than"), `behind` those told after it
    ("or more"). `joins` stand between number words, `links` between a number and what is counted
    ("of"), `spans` between the ends of a range, `range_openings` before one ("between"). `halves`
    add a half to the measure before them ("and a half"). `and_units` stand between the parts of
    a measure ("one hour and 40 minutes"). `units` map names of what is counted to its phrases;
    `currencies` map codes (ISO 4217). `skips` are phrases that are no count though they begin
    like one ("one of", "no one"). `plural_endings` tell the noun among the words that follow,
    where it comes last.
    """

    before: dict[Relation, tuple[str, ...]] = {}
    behind: dict[Relation, tuple[str, ...]] = {}
    vague: tuple[Vague, ...] = ()
    fixed: tuple[Fixed, ...] = ()
    joins: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    spans: tuple[str, ...] = ()
    range_openings: tuple[str, ...] = ()
    halves: tuple[str, ...] = ()
    and_units: tuple[str, ...] = ()
    units: dict[str, tuple[str, ...]] = {}
    currencies: dict[str, tuple[str, ...]] = {}
    skips: tuple[str, ...] = ()
    plural_endings: tuple[str, ...] = ()
