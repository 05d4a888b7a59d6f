"""What a word looks like to the parser: hashed pieces of its spelling.

A word is the sum of its whole form, its form without accents, its beginnings and endings, the
runs of three and four letters in it, and its shape. Each piece is one row of a table, chosen by a
CRC-32 of the piece, so that there is no vocabulary to carry and no unknown word. After
Bojanowski et al., Enriching Word Vectors with Subword Information, TACL 5 (2017).
"""

from __future__ import annotations

import functools
import zlib

from dragoman.languages.lexicon import without_marks

ROWS = 32768
_LONGEST = 24
_BEGINNINGS = (1, 2, 3)
_ENDINGS = (1, 2, 3, 4, 5)
_RUNS = (3, 4)
_SHAPE_LENGTH = 6


def shape(form: str) -> str:
    """The word's letters and digits as signs, runs cut to four: `Xxxx`, `XX`, `d,d`."""
    signs: list[str] = []
    for char in form[:_LONGEST]:
        if char.isalpha():
            sign = "X" if char.isupper() else "x"
        else:
            sign = "d" if char.isdigit() else char
        if len(signs) < 3 or any(sign != last for last in signs[-3:]):
            signs.append(sign)
    return "".join(signs[:_SHAPE_LENGTH])


def _row(kind: str, piece: str) -> int:
    return zlib.crc32(f"{kind}{piece}".encode()) % ROWS


@functools.lru_cache(maxsize=1 << 16)
def rows(form: str) -> tuple[int, ...]:
    """The rows of a word; the first is that of its whole form, the second of its shape."""
    lower = form.lower()
    marked = f"<{lower[:_LONGEST]}>"
    found = [
        _row("w", lower),
        _row("h", shape(form)),
        _row("a", without_marks(lower)),
        *(_row("p", marked[: size + 1]) for size in _BEGINNINGS if size < len(marked) - 1),
        *(_row("s", marked[-size - 1 :]) for size in _ENDINGS if size < len(marked) - 1),
    ]
    for size in _RUNS:
        found += [_row("r", marked[i : i + size]) for i in range(len(marked) - size + 1)]
    return tuple(found)
