"""Which words a language has: `words.txt.xz` and `words.bloom` in the packs.

The first lists the common words and what letters stand in a row in words; the second is a Bloom
filter (1970) of many more words: it knows each of them, and takes about one in 300 others for one.
Both are made by `training/word_lists.py` and hold small letters alone. A word that neither knows
may be right all the same (names, compounds).
"""

from __future__ import annotations

import functools
import hashlib
import lzma
from collections.abc import Iterator

from dragoman.errors import LanguagePackError
from dragoman.languages import FOLDER
from dragoman.types import Value

BITS_A_WORD = 12
_HASHES = 8


def bits_of(word: str, size: int) -> Iterator[int]:
    """The places of a word in a filter of so many bits (double hashing, Kirsch 2006)."""
    digest = hashlib.blake2b(word.encode("utf-8"), digest_size=8).digest()
    first, step = int.from_bytes(digest[:4], "big"), int.from_bytes(digest[4:], "big") | 1
    return ((first + turn * step) % size for turn in range(_HASHES))


def triples_of(word: str) -> Iterator[str]:
    """All three letters of a word that stand in a row."""
    return (word[place : place + 3] for place in range(len(word) - 2))


class WordList(Value, frozen=True, kw_only=True):
    """The words of a language: the common ones, their letters, and a filter of all.

    `triples` are the three letters that stand in a row in some of its words.
    """

    common: frozenset[str] = frozenset()
    triples: frozenset[str] = frozenset()
    letters: str = ""
    filter: bytes = b""

    def __contains__(self, word: str) -> bool:
        return word in self.common or _passes(self.filter, word)


@functools.lru_cache(maxsize=1 << 15)
def _passes(bits: bytes, word: str) -> bool:
    size = len(bits) * 8
    return size > 0 and all(bits[bit >> 3] >> (bit & 7) & 1 for bit in bits_of(word, size))


@functools.cache
def word_list(code: str | None) -> WordList:
    """The list of a language; an empty one where there is none.

    Raises:
        LanguagePackError: a file is damaged.
    """
    path = FOLDER / (code or "") / "words.txt.xz"
    if code is None or not path.is_file():
        return WordList()
    try:
        text = lzma.decompress(path.read_bytes()).decode("utf-8")
    except (lzma.LZMAError, UnicodeDecodeError) as error:
        why = "make it again; training/word_lists.py tells how"
        raise LanguagePackError(str(path.relative_to(FOLDER)), str(error), why) from error
    common, _, triples = (frozenset(part.split("\n")) for part in text.partition("\n\n"))
    return WordList(
        common=common,
        triples=triples,
        letters="".join(sorted({letter for word in common for letter in word})),
        filter=path.with_name("words.bloom").read_bytes(),
    )
