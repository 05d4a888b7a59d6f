from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.models.trees import allowed, best_heads, best_tags

TAGS = ["O", "B-PER", "I-PER", "E-PER", "S-PER", "B-ORG", "I-ORG", "E-ORG", "S-ORG"]
OPENS = [tag[0] in "OBS" for tag in TAGS]


def is_tree(heads):
    if list(heads).count(0) != 1:
        return False
    for word in range(1, len(heads) + 1):
        seen, node = set(), word
        while node:
            if node in seen:
                return False
            seen.add(node)
            node = heads[node - 1]
    return True


def by_trying_all(scores):
    size = len(scores)
    logs = scores - np.log(np.exp(scores).sum(1, keepdims=True))
    trees = (h for h in product(range(size + 1), repeat=size) if is_tree(h))
    return max(sum(logs[i, h] for i, h in enumerate(heads)) for heads in trees)


@settings(max_examples=60)
@given(st.integers(1, 4), st.integers(0, 10**6))
def test_the_best_tree_is_that_of_a_search_of_all_trees(size, seed):
    scores = np.random.default_rng(seed).normal(0, 2, (size, size + 1)).astype(np.float32)
    scores[np.arange(size), np.arange(size) + 1] = -1e9
    heads = best_heads(scores)
    assert is_tree(heads)
    logs = scores - np.log(np.exp(scores).sum(1, keepdims=True))
    assert logs[np.arange(size), heads].sum() == pytest.approx(by_trying_all(scores), abs=1e-3)


@settings(max_examples=60)
@given(st.integers(5, 60), st.integers(0, 10**6))
def test_long_sentences_are_trees_too(size, seed):
    scores = np.random.default_rng(seed).normal(0, 3, (size, size + 1)).astype(np.float32)
    assert is_tree(best_heads(scores))


@settings(max_examples=60)
@given(st.integers(1, 5), st.integers(0, 10**6))
def test_the_best_tags_are_those_of_a_search_of_all_runs(size, seed):
    scores = np.random.default_rng(seed).normal(0, 2, (size, len(TAGS))).astype(np.float32)
    follows = allowed(TAGS)
    closes = [tag[0] in "OES" for tag in TAGS]

    def total(run):
        legal = OPENS[run[0]] and closes[run[-1]]
        legal &= all(follows[a, b] == 0 for a, b in pairwise(run))
        return sum(scores[i, tag] for i, tag in enumerate(run)) if legal else -np.inf

    best = max(total(run) for run in product(range(len(TAGS)), repeat=min(size, 4)))
    found = best_tags(scores[:4], follows, OPENS)
    assert total(found) == pytest.approx(best, abs=1e-4)
