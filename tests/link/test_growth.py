"""Work that grows with the number of reports, not with its square, and finds the same."""

from __future__ import annotations

import random
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from dragoman.link.context import Clusters
from dragoman.link.same_statements import _CROWD, _MOST_MET, _candidates


@given(
    kinds=st.lists(st.integers(0, 5), min_size=2, max_size=30),
    forbidden=st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5))),
    seed=st.integers(0, 99),
)
def test_one_of_a_kind_is_asked_for_all(kinds, forbidden, seed):
    def allowed(one, other):
        asked.append((one, other))
        return not {(kinds[one], kinds[other]), (kinds[other], kinds[one])} & forbidden

    pairs = [(a, b) for a in range(len(kinds)) for b in range(a)]
    random.Random(seed).shuffle(pairs)  # noqa: S311
    found, calls = [], []
    for given_kinds in (kinds, None):
        asked: list[tuple[int, int]] = []
        clusters = Clusters(len(kinds), given_kinds)
        joined = [clusters.join(*pair, allowed) for pair in pairs]
        found.append((joined, clusters.groups()))
        calls.append(len(asked))
    assert found[0] == found[1]
    assert calls[0] <= calls[1]


WORDS = [
    "harbour",
    "ferry",
    "bridge",
    "customs",
    "permit",
    "winter",
    "grain",
    "tariff",
    "canal",
    "border",
    "market",
    "quota",
]


def statements(size):
    """What one speaker says: always the same opening, then other words; the last says the first."""
    chance = random.Random(3)  # noqa: S311 - no secret
    texts = [
        "we shall never accept delay over the " + " ".join(chance.choices(WORDS, k=8))
        for _ in range(size - 1)
    ]
    texts.append(texts[0].replace("shall", "will"))
    return [SimpleNamespace(text=text, language="en", marks=frozenset()) for text in texts]


def test_statements_are_held_against_a_bounded_number_of_others():
    for size in (200, 800, 1600):
        assert len(_candidates(statements(size))) < size * (_MOST_MET + 2 * _CROWD)


def test_a_repeated_statement_is_found_among_many_that_begin_alike():
    assert (0, 1199) in _candidates(statements(1200))
