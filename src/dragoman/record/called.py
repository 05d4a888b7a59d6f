"""Actors by what people call them: any form, without case and accents, or some of its words."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz

from dragoman.languages.lexicon import fold
from dragoman.languages.romanise import latin
from dragoman.types import Actor

# From which likeness on (rapidfuzz's ratio of 100) a name is near another, and how many are told.
_NEAR, _MOST = 70.0, 4


def called(actors: Iterable[Actor], name: str) -> list[Actor]:
    """The actors of a name, any form of it, or an id; else those with all its words in one form.

    Names in other scripts are also known as they are written in Latin letters.
    """
    asked = fold(name)
    words = set(asked.split())
    if not words:
        return []
    exact, partly = [], []
    for actor in actors:
        forms = _forms(actor)
        if asked in forms or name == actor.id:
            exact.append(actor)
        elif any(words <= set(form.split()) for form in forms):
            partly.append(actor)
    return exact or partly


def near(actors: Iterable[Actor], name: str) -> list[str]:
    """Names of actors that are written much like a name, the nearest first."""
    asked = fold(name)
    likeness = (
        (max(max(fuzz.ratio(asked, form), _word(asked, form)) for form in _forms(actor)), actor)
        for actor in actors
    )
    found = sorted((-score, actor.name) for score, actor in likeness if score >= _NEAR)
    return list(dict.fromkeys(name for _, name in found))[:_MOST]


def _word(asked: str, form: str) -> float:
    """The likeness to one word of a form."""
    return max((fuzz.ratio(asked, word) for word in form.split()), default=0.0)


def _forms(actor: Actor) -> set[str]:
    names = (actor.name, *actor.forms)
    return {fold(name) for name in names} | {fold(latin(name)) for name in names}
