"""Make the word lists of the language packs from wordfreq's tables.

    python training/word_lists.py wordfreq-3.1.1-py3-none-any.whl

wordfreq (Robyn Speer, 3.1.1) tells how frequent words are. Its tables are under CC BY-SA 4.0, and
so are the lists made of them. Taken are words of four letters and more in the script of their
language: the most frequent ones are listed, sorted; these and many more are in a Bloom filter. All
three letters that stand in a row in at least two of them are listed too.
"""

from __future__ import annotations

import gzip
import lzma
import re
import sys
import zipfile
from collections import Counter
from pathlib import Path

import msgspec

from dragoman.languages.wordlist import BITS_A_WORD, bits_of, triples_of

COMMON, MOST = 15_000, 100_000
USUAL = 2  # words that have three letters in a row
SCRIPTS = {"ru": "а-яё", "uk": "а-яіїєґ", "el": "α-ωάέήίόύώϊϋΐΰ"}
LATIN = r"a-zß-öø-ÿāăąćčďđęěğıĺľłńňőœřśşšţťůűźżž"
CODES = ("de", "el", "en", "es", "fr", "pt", "ru", "tr", "uk")
PACKS = Path(__file__).parent.parent / "src" / "dragoman" / "languages"


def words_of(wheel: zipfile.ZipFile, code: str) -> list[str]:
    """The words of a language, the most frequent first."""
    names = (f"wordfreq/data/{size}_{code}.msgpack.gz" for size in ("large", "small"))
    name = next(name for name in names if name in wheel.namelist())
    # A header, then one list of words for each hundredth of a bel that they are rarer.
    _, *by_rarity = msgspec.msgpack.decode(gzip.decompress(wheel.read(name)))
    right = re.compile(f"[{SCRIPTS.get(code, LATIN)}]{{4,24}}")
    return [word for words in by_rarity for word in words if right.fullmatch(word)][:MOST]


def main(path: str) -> None:
    """Write the list of every language beside its pack."""
    with zipfile.ZipFile(path) as wheel:
        for code in CODES:
            words = words_of(wheel, code)
            triples = Counter(triple for word in words for triple in set(triples_of(word)))
            usual = sorted(triple for triple, count in triples.items() if count >= USUAL)
            parts = (sorted(words[:COMMON]), usual)
            text = "\n\n".join("\n".join(part) for part in parts).encode("utf-8")
            packed = lzma.compress(text, preset=9 | lzma.PRESET_EXTREME)
            (PACKS / code / "words.txt.xz").write_bytes(packed)
            bits = bytearray(len(words) * BITS_A_WORD // 8 + 1)
            for word in words:
                for bit in bits_of(word, len(bits) * 8):
                    bits[bit >> 3] |= 1 << (bit & 7)
            (PACKS / code / "words.bloom").write_bytes(bits)
            print(f"{code}: {len(words):,} words, {len(packed) + len(bits):,} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
