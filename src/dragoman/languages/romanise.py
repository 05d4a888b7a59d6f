"""Names of other scripts in Latin letters: for comparing, never for showing.

The tables are `universal/scripts.yaml`. A script of consonants loses its vowels here too: what
compares two names has to know of it (`consonantal`).
"""

from __future__ import annotations

import functools
import re

from dragoman.languages import FOLDER, UNIVERSAL, read_yaml
from dragoman.languages.lexicon import fold
from dragoman.types import Value

_ARTICLE_REST = 3  # letters of a word that are left behind an article glued to it


class Script(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One script: the head of `universal/scripts.yaml` tells the meaning of the fields."""

    letters: dict[str, str]
    consonants: bool = False
    articles: tuple[str, ...] = ()


@functools.cache
def scripts() -> dict[str, Script]:
    """The scripts by name."""
    return read_yaml(FOLDER / UNIVERSAL / "scripts.yaml", dict[str, Script])


@functools.cache
def _letters() -> tuple[dict[str, str], re.Pattern[str], re.Pattern[str], frozenset[str]]:
    table = {fold(k): v for script in scripts().values() for k, v in script.letters.items()}
    found = re.compile("|".join(sorted(map(re.escape, table), key=lambda k: (-len(k), k))))
    articles = "|".join(
        sorted(fold(article) for script in scripts().values() for article in script.articles)
    )
    glued = re.compile(rf"\b(?:{articles})(?=\w{{{_ARTICLE_REST},}})")
    bare = {k for script in scripts().values() if script.consonants for k in script.letters}
    return table, found, glued, frozenset(bare)


@functools.lru_cache(maxsize=1 << 16)
def latin(text: str) -> str:
    """The folded text in Latin letters; an article glued to a word is left out.

    Letters of scripts without a table stay as they are.
    """
    flat = fold(text)
    if flat.isascii():
        return flat
    table, found, glued, _ = _letters()
    return found.sub(lambda match: table[match[0]], glued.sub("", flat))


@functools.lru_cache(maxsize=1 << 16)
def consonantal(text: str) -> bool:
    """Whether a text is written in a script that mostly leaves vowels out."""
    return not text.isascii() and not _letters()[3].isdisjoint(fold(text))
