"""The best tree over a sentence, and the best run of name tags over a text.

Trees: maximum spanning arborescence by Chu and Liu (1965) and Edmonds (1967), with one root, as
Universal Dependencies ask. Names: Viterbi over BIOES tags, in which only whole names are allowed.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.intp]
NEVER = np.float32(-1e9)


def log_softmax(scores: Floats) -> Floats:
    """Scores as logarithms of likelihoods that add up to one along the last axis."""
    shifted = scores - scores.max(-1, keepdims=True)
    found: Floats = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return found


def best_heads(scores: Floats) -> Ints:
    """The heads of the best tree with one root.

    Args:
        scores: n x (n + 1); row i scores the heads of word i, column 0 is the root, column j + 1
            is word j.

    Returns:
        For each word its head's column: 0 for the root word, j + 1 for word j.
    """
    size = len(scores)
    scores = scores.copy()
    scores[np.arange(size), np.arange(size) + 1] = NEVER
    heads: Ints = scores.argmax(1)
    if _is_tree(heads):
        return heads
    scores = log_softmax(scores)
    # The best tree may have several roots; then each of the likely roots is tried alone.
    roots = np.argsort(-scores[:, 0], kind="stable")[:_MOST_ROOTS]
    best, found = -np.inf, heads
    for root in roots:
        alone = scores.copy()
        alone[:, 0] = NEVER
        alone[root] = NEVER
        alone[root, 0] = scores[root, 0]
        tree = _arborescence(alone)
        total = float(alone[np.arange(size), tree].sum())
        if total > best:
            best, found = total, tree
    return found


_MOST_ROOTS = 3


def _is_tree(heads: Ints) -> bool:
    return int((heads == 0).sum()) == 1 and _cycle(heads) is None


def _cycle(heads: Ints) -> list[int] | None:
    """Words that depend on one another in a circle, if there are such."""
    state = [0] * (len(heads) + 1)
    state[0] = 2
    for start in range(1, len(heads) + 1):
        path, node = [], start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(heads[node - 1])
        if state[node] == 1:
            return path[path.index(node) :]
        for seen in path:
            state[seen] = 2
    return None


def _arborescence(scores: Floats) -> Ints:
    """Heads of the best arborescence from column 0; scores as in `best_heads`."""
    heads: Ints = scores.argmax(1)
    circle = _cycle(heads)
    if circle is None:
        return heads
    inside = np.zeros(len(scores) + 1, bool)
    inside[circle] = True
    within = np.asarray(circle) - 1
    outer = np.flatnonzero(~inside)  # nodes outside, the root first
    # The circle becomes one node, the last: what enters it replaces one of its arcs.
    gain = scores[within] - scores[within, heads[within]][:, None]
    entering = gain[:, outer]
    enter_at = entering.argmax(0)
    words = outer[1:] - 1
    size = len(words)
    smaller = np.full((size + 1, size + 2), NEVER, np.float32)
    smaller[:size, : size + 1] = scores[np.ix_(words, outer)]
    leaving = scores[np.ix_(words, np.asarray(circle))]
    leave_at = leaving.argmax(1)
    smaller[:size, size + 1] = leaving[np.arange(size), leave_at] if size else NEVER
    smaller[size, : size + 1] = entering[enter_at, np.arange(size + 1)]
    solved = _arborescence(smaller)
    result = heads.copy()
    for row, word in enumerate(words):
        column = int(solved[row])
        result[word] = circle[leave_at[row]] if column == size + 1 else outer[column]
    column = int(solved[size])
    entered = within[enter_at[column]]
    result[entered] = outer[column]
    return result


def allowed(tags: Sequence[str]) -> Floats:
    """0 where a BIOES tag may follow another, far below where not: rows before, columns after."""

    def may(before: str, after: str) -> bool:
        if before[0] in "BI":
            return after[0] in "IE" and after[2:] == before[2:]
        return after[0] in "OBS"

    return np.asarray([[0 if may(a, b) else NEVER for b in tags] for a in tags], np.float32)


def best_tags(scores: Floats, follows: Floats, opens: Sequence[bool]) -> list[int]:
    """The best run of tags.

    Args:
        scores: words x tags.
        follows: as `allowed` makes it.
        opens: which tags can stand first and, read backwards, after which a text may end; tags
            in the middle of a name can't.
    """
    if not len(scores):
        return []
    greedy = scores.argmax(1)
    first, last = np.asarray(opens), _can_end(follows, opens)
    legal = first[greedy[0]] and last[greedy[-1]] and not follows[greedy[:-1], greedy[1:]].any()
    if legal:
        return [int(tag) for tag in greedy]
    best = np.where(first, scores[0], NEVER)
    back = []
    for row in scores[1:]:
        paths = best[:, None] + follows
        came = paths.argmax(0)
        back.append(came)
        best = paths[came, np.arange(len(row))] + row
    tag = int(np.where(last, best, NEVER).argmax())
    result = [tag]
    for came in reversed(back):
        tag = int(came[tag])
        result.append(tag)
    return result[::-1]


def _can_end(follows: Floats, opens: Sequence[bool]) -> NDArray[np.bool_]:
    """Tags after which a name may begin: no name is under way after them."""
    ends: NDArray[np.bool_] = (follows[:, np.flatnonzero(opens)] == 0).any(1)
    return ends
