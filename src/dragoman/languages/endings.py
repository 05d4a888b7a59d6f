"""The stem of a name's word: what is left without the ending that its language put on it."""

from __future__ import annotations

import functools

from dragoman.languages import FOLDER, UNIVERSAL, read_yaml
from dragoman.languages.lexicon import fold

_STEM_LEAST = 3  # letters


@functools.cache
def _endings() -> dict[str, tuple[str, ...]]:
    file = read_yaml(FOLDER / UNIVERSAL / "endings.yaml", dict[str, tuple[str, ...]])
    return {
        code: tuple(sorted({fold(ending) for ending in endings}, key=lambda e: (-len(e), e)))
        for code, endings in file.items()
    }


def inflects(language: str | None) -> bool:
    """Whether a language puts endings on names."""
    return language in _endings()


@functools.lru_cache(maxsize=1 << 16)
def stem(word: str, language: str | None) -> str:
    """The folded word without its longest ending that leaves a stem; itself if there is none."""
    flat = fold(word)
    for ending in _endings().get(language or "", ()):
        if flat.endswith(ending) and len(flat) - len(ending) >= _STEM_LEAST:
            return flat[: len(flat) - len(ending)]
    return flat
