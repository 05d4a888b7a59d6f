"""What a report is recognised by among others: a MinHash signature and its marks."""

from __future__ import annotations

from collections.abc import Sequence

from rensa import RMinHash

from dragoman.claims import Fingerprint
from dragoman.languages.words import marks, sentences, words
from dragoman.types import Reason

# How many hashes; `link.lineage` cuts them into bands of two.
HASHES = 128
_SEED = 1453
_SHINGLE = 4
_MOST_MARKS = 400


def fingerprint(
    text: str, code: str | None, boilerplate: Sequence[tuple[int, int, Reason]]
) -> Fingerprint:
    """The fingerprint of a report, its boilerplate left out.

    Args:
        text: the text as received.
        code: its language; the fingerprint does not depend on it, so that reports in several
            languages can be compared.
        boilerplate: places that are no part of the report.
    """
    del code
    found = [
        word
        for word in words(text)
        if not any(start <= word.start < end for start, end, _ in boilerplate)
    ]
    starts = {start for start, _ in sentences(text)}
    openers = [
        place
        for place, word in enumerate(found)
        if word.start in starts or (place and found[place - 1].start in starts)
    ]
    plain = [word.fold for word in found if word.text[:1].isalnum()]
    size = min(_SHINGLE, len(plain))
    shingles = {" ".join(plain[at : at + size]) for at in range(len(plain) - size + 1)}
    signature = RMinHash(num_perm=HASHES, seed=_SEED)
    signature.update(sorted(shingles - {""}))
    return Fingerprint(
        minhash=tuple(signature.digest()),
        marks=tuple(mark for _, mark in marks(found, openers))[:_MOST_MARKS],
        words=len(plain),
    )
