"""Damage for training: what news text meets on its way, done to the words and not to the labels."""

from __future__ import annotations

import random

from dragoman.languages.lexicon import without_marks

# One way of writing quotation marks for another; apostrophes are left alone.
_QUOTES = ('"', "“", "”", "„", "«", "»", "''", "``", "‟")
_DASHES = ("-", "–", "—", "--")


def _garbled(form: str, rng: random.Random) -> str:
    if len(form) < 4:
        return form
    at = rng.randrange(1, len(form) - 1)
    return rng.choice(
        (
            form[:at] + form[at + 1 :],
            form[:at] + form[at + 1] + form[at] + form[at + 2 :],
            form[:at] + form[at] + form[at:],
            form[:at] + rng.choice("aeiou") + form[at + 1 :],
        )
    )


def damaged(forms: list[str], names: list[bool], rng: random.Random) -> list[str]:
    """The words of a sequence, some of them damaged; as many as there were.

    Args:
        forms: the words.
        names: which of them are proper nouns.
        rng: decides.
    """
    whole = rng.random()
    if whole < 0.04:
        forms = [form.lower() for form in forms]
    elif whole < 0.08:
        forms = [without_marks(form) for form in forms]
    elif whole < 0.10:
        forms = [form.upper() for form in forms]
    elif whole < 0.12:
        forms = [form[:1].upper() + form[1:] for form in forms]
    style = rng.sample(_QUOTES, 2) if rng.random() < 0.2 else None
    result = []
    opened = False
    for form, name in zip(forms, names, strict=True):
        word = form
        if word in _QUOTES and style:
            word = style[opened]
            opened = not opened
        elif word in _DASHES and rng.random() < 0.2:
            word = rng.choice(_DASHES)
        elif rng.random() < (0.04 if name else 0.005):
            word = _garbled(word, rng)
        result.append(word)
    return result
