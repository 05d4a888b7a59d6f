"""Which reports may have been made from one another, found without comparing all pairs.

1. By signature: reports that share a band of their MinHash signatures and enough hashes (copies,
   excerpts).
2. By marks: reports that share neighbouring marks that few reports have, and most of the marks of
   one of them in the same order (excerpts, spins, translations, where no row of words is alike).

Bands and marks that many reports have are thinned, and each report has a bounded number of
candidates, so that the work grows with the number of reports.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

from dragoman.claims import Annotation

# ---- signatures
_ROWS = 2  # of a band: reports with a fifth of their shingles in common meet
_AGREEING = 8  # hashes of 128: independent accounts of one event stay below
_CROWD = 24  # in a band; beyond it each report meets only the first of the band
# ---- marks
_RARE = 24  # reports that two neighbouring marks may occur in
_SHARED_PAIRS, _SHARED_RATE = 3, 0.12  # neighbouring marks, of the report that has fewer
_IN_ORDER = 0.4  # of the marks of the report that has fewer, in the order of the other
_MOST_CANDIDATES = 8  # of one report, by marks
_CHUNK = 1 << 16
_HALF = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)

Pair = tuple[str, str]
Places = NDArray[np.int64]
Keys = NDArray[np.uint64]


def by_signature(said: Sequence[Annotation]) -> list[Pair]:
    """Pairs whose signatures meet in a band and agree enough, the nearest first.

    Args:
        said: the annotations of all reports, sorted by report.
    """
    known = [(a.report, a.fingerprint.minhash) for a in said if a.fingerprint]
    if len(known) < 2:
        return []
    size = len(known)
    signatures = np.array([signature for _, signature in known], dtype=np.uint64)
    met = [np.empty(0, np.int64)]
    for first in range(0, signatures.shape[1] - _ROWS + 1, _ROWS):
        order, begins, ends = _alike((signatures[:, first] << _HALF) ^ signatures[:, first + 1])
        small = ends - begins <= _CROWD
        met += [one * size + other for one, other in _within(order, begins[small], ends[small])]
        met += [
            order[begin] * size + order[begin + 1 : end]
            for begin, end in zip(begins[~small], ends[~small], strict=True)
        ]
    codes = np.unique(np.concatenate(met))
    found: list[tuple[int, Pair]] = []
    for begin in range(0, len(codes), _CHUNK):
        one, other = np.divmod(codes[begin : begin + _CHUNK], size)
        agreeing = (signatures[one] == signatures[other]).sum(axis=1)
        for place in np.flatnonzero(agreeing >= _AGREEING):
            pair = known[one[place]][0], known[other[place]][0]
            found.append((-int(agreeing[place]), pair))
    return [pair for _, pair in sorted(found)]


def by_marks(said: Sequence[Annotation]) -> list[Pair]:
    """Pairs that share many neighbouring marks that few reports have, the nearest first.

    Args:
        said: the annotations of accounts, sorted by report: one stands for its copies.
    """
    rows = [[_code(mark) for mark in a.fingerprint.marks] if a.fingerprint else [] for a in said]
    near = [_neighbours(row) for row in rows]
    rate: list[tuple[float, int, int]] = []
    for one, other, count in _shared(near):
        part = count / min(len(near[one]), len(near[other]))
        if part >= _SHARED_RATE and _in_order(rows[one], rows[other]) >= _IN_ORDER:
            rate.append((-part, one, other))
    taken: Counter[int] = Counter()
    found = []
    for _, one, other in sorted(rate):
        if min(taken[one], taken[other]) < _MOST_CANDIDATES:
            taken.update((one, other))
            found.append((said[one].report, said[other].report))
    return found


def _in_order(one: Sequence[int], other: Sequence[int]) -> float:
    """The part of the shorter row that stands in the longer one, in the same order."""
    return LCSseq.similarity(one, other) / min(len(one), len(other))


def _code(text: str) -> int:
    return zlib.crc32(text.encode())


def _neighbours(row: Sequence[int]) -> Keys:
    """Marks that follow each other, one left out at the most: a number for each two, sorted."""
    marks = np.array(row, dtype=np.uint64)
    pairs = np.concatenate([(marks[:-step] << _HALF) ^ marks[step:] for step in (1, 2)])
    return np.unique(pairs[pairs >> _HALF != pairs & _LOW])


def _shared(near: Sequence[Keys]) -> Iterator[tuple[int, int, int]]:
    """Two rows, and how many rare neighbouring marks they share, if enough."""
    if len(near) < 2:
        return
    size = len(near)
    owners = np.repeat(np.arange(size), [len(row) for row in near])
    order, begins, ends = _alike(np.concatenate(near))
    rare = ends - begins <= _RARE
    met = [np.empty(0, np.int64)]
    for one, other in _within(order, begins[rare], ends[rare]):
        met.append(owners[one] * size + owners[other])
    codes, counts = np.unique(np.concatenate(met), return_counts=True)
    for place in np.flatnonzero(counts >= _SHARED_PAIRS):
        code = int(codes[place])
        yield code // size, code % size, int(counts[place])


def _alike(keys: Keys) -> tuple[Places, Places, Places]:
    """Places ranked by key, and where in that ranking each key begins and ends that is shared."""
    order = np.argsort(keys, kind="stable").astype(np.int64)
    ranked = keys[order]
    begins = np.flatnonzero(np.concatenate(([True], ranked[1:] != ranked[:-1])))
    ends = np.append(begins[1:], len(ranked))
    shared = ends - begins > 1
    return order, begins[shared], ends[shared]


def _within(order: Places, begins: Places, ends: Places) -> Iterator[tuple[Places, Places]]:
    """All pairs of places within the groups; the lower place of each first."""
    most = int((ends - begins).max(initial=0))
    for gap in range(1, most):
        counts = np.maximum(ends - begins - gap, 0)
        offsets = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
        firsts = np.repeat(begins, counts) + offsets
        yield order[firsts], order[firsts + gap]
