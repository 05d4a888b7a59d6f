"""Nothing planned, hoped, demanded, threatened, denied or only thought of is recorded as done."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.modality import cases, recorded

LEAST = 0.95


@pytest.fixture(scope="module")
def read():
    return [(case, recorded(case) == case.done) for case in cases()]


def test_enough_sentences_in_nine_languages(read):
    counts = Counter(case.language for case, _ in read)
    assert len(counts) == 9
    assert sum(counts.values()) >= 150


@pytest.mark.parametrize("done", [True, False])
def test_sentences_are_read_rightly(read, done):
    told = [(case, right) for case, right in read if case.done is done]
    wrong = [case for case, right in told if not right]
    assert 1 - len(wrong) / len(told) >= LEAST, wrong
