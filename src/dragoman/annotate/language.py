"""The language that a text is written in."""

from __future__ import annotations

import functools
import re

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from dragoman.types import Reason

_ADDRESS = ("://", "www.", "@")
# Longer texts are judged by pieces from their beginning, middle and end: boilerplate of another
# language at one end is then outvoted, and the time does not grow with the text.
_PIECE = 600
_LEAST_LETTERS = 20
_SURE = 0.3
_LEAD = 2.0
_CODE_LENGTH = 2
_HINT_WORTH = 0.15


@functools.cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _ranked(text: str) -> dict[str, float]:
    """The share of belief in each language (ISO 639-1 codes only), over the pieces of a text."""
    step = max(0, (len(text) - _PIECE) // 2)
    starts = sorted({0, step, 2 * step}) if len(text) > 3 * _PIECE else [0]
    belief: dict[str, float] = {}
    for start in starts:
        piece = text[start : start + _PIECE] if len(starts) > 1 else text
        for code, share in _identifier().rank(piece):
            if len(code) == _CODE_LENGTH:
                belief[code] = belief.get(code, 0.0) + share / len(starts)
    return belief


def identify(text: str, hint: str | None) -> tuple[str | None, Reason]:
    """The language of a text (ISO 639-1), or None where it can't be told, and why.

    Args:
        text: the text as received.
        hint: what the source says its language is (`en`, `pt-BR`), if it says anything. It
            decides only where the words themselves are not clear.
    """
    stated = re.split(r"[-_]", hint.strip().lower())[0] if hint and hint.strip() else None
    words = (word for word in text.split() if not any(mark in word for mark in _ADDRESS))
    bare = " ".join(words)
    letters = sum(char.isalpha() for char in bare)
    if letters < _LEAST_LETTERS:
        if stated and len(stated) == _CODE_LENGTH:
            return stated, Reason(
                rule="language.stated", why=f"the source states {stated}; the text is too short"
            )
        return None, Reason(rule="language.short", why=f"only {letters} letters to judge by")
    belief = _ranked(bare)
    (best, share), (second, rest) = sorted(belief.items(), key=lambda item: (-item[1], item[0]))[:2]
    clear = share >= _SURE and share >= _LEAD * rest
    if stated and belief.get(stated, 0.0) >= _HINT_WORTH and (not clear or stated == best):
        return stated, Reason(
            rule="language.stated",
            why=f"the source states {stated} and the words allow it",
            weight=round(belief[stated], 3),
        )
    if clear:
        return best, Reason(
            rule="language.words",
            why=f"the words speak for {best} (next: {second})",
            weight=round(share, 3),
        )
    return None, Reason(
        rule="language.unclear",
        why=f"the words speak for {best} or {second}, neither clearly",
        weight=round(share, 3),
    )
