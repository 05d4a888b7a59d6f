"""The form of `tokens.yaml`: how a language writes words together and apart."""

from __future__ import annotations

from dragoman.types import Value


class TokensFile(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the parser cuts text into words in one language, as its treebanks do.

    Args:
        hyphens: whether words joined by hyphens are cut apart (`split`) or left whole (`keep`).
        whole: hyphenated words, or their beginnings with a star (`co-*`), that stay whole where
            hyphens split, and are cut where they are kept.
        elisions: beginnings up to an apostrophe that are words of their own (`l'`).
        enclitics: endings from a hyphen on that are words of their own (`-t-il`).
        units: letters after digits that are words of their own (`20km`).
        abbreviations: words whose full stop belongs to them, beside those of the grammar.
    """

    hyphens: str = "keep"
    whole: tuple[str, ...] = ()
    elisions: tuple[str, ...] = ()
    enclitics: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
