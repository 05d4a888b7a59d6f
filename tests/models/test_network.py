import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dragoman.models.network import layout
from dragoman.models.subwords import ROWS, rows, shape
from dragoman.models.trees import allowed


@given(st.lists(st.integers(1, 7), min_size=1, max_size=6))
def test_a_layout_holds_every_word_once_with_its_neighbours(lengths):
    plan = layout(lengths)
    total = sum(lengths)
    assert sorted(plan.order) == list(range(total))
    assert all(plan.row[plan.order[row]] == row for row in range(total))
    begins = np.cumsum([0, *lengths[:-1]])
    for begin, size in zip(begins, lengths, strict=True):
        for step in range(size):
            row = plan.row[begin + step]
            first, last = plan.slices[step]
            assert first <= row < last
            assert plan.order[plan.mirror[row]] == begin + size - 1 - step
            left, right = plan.left[row], plan.right[row]
            assert left == total if step == 0 else plan.order[left] == begin + step - 1
            assert right == total if step == size - 1 else plan.order[right] == begin + step + 1


@given(st.text(min_size=1))
def test_the_rows_of_a_word_lie_in_the_table(form):
    assert all(0 <= row < ROWS for row in rows(form))
    assert rows(form)[0] == rows(form.lower())[0]


def test_shapes_tell_capitals_digits_and_signs():
    assert [shape(w) for w in ("Geneva", "UN", "3,500", "e-mail")] == [
        "Xxxx",
        "XX",
        "d,ddd",
        "x-xxx",
    ]


def test_a_name_is_never_broken_off():
    follows = allowed(["O", "B-LOC", "E-LOC"])
    assert follows[1, 0] < 0
    assert follows[1, 2] == 0
