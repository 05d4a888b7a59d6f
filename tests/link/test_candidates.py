"""Candidates are found without comparing all pairs, and the same ones as by comparing all."""

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dragoman.link.candidates import _alike, _in_order, _shared, _within


@given(st.lists(st.integers(0, 6), max_size=30))
def test_pairs_are_those_that_share_a_key(keys):
    found = set()
    if keys:
        for one, other in _within(*_alike(np.array(keys, dtype=np.uint64))):
            found |= set(zip(one.tolist(), other.tolist(), strict=True))
    places = range(len(keys))
    assert found == {(a, b) for a, b in combinations(places, 2) if keys[a] == keys[b]}


@given(st.lists(st.sets(st.integers(0, 8)), min_size=2, max_size=8))
def test_rows_are_counted_that_share_enough(rows):
    near = [np.array(sorted(row), dtype=np.uint64) for row in rows]
    expected = {
        (a, b, len(rows[a] & rows[b]))
        for a, b in combinations(range(len(rows)), 2)
        if len(rows[a] & rows[b]) >= 3
    }
    assert set(_shared(near)) == expected


def test_order_counts():
    assert _in_order([1, 2, 3, 4], [9, 1, 2, 8, 3, 4]) == 1
    assert _in_order([1, 2, 3, 4], [4, 3, 2, 1]) == 0.25
