"""The trained network, run forward in numpy. `training/network.py` is its twin that learns.

All words of a text are rows of one matrix, ordered by their place in their sequence (first words of
all sequences, then second words, ...), so that the recurrent layers run over slices of it and all
other layers over the whole of it at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dragoman.models.subwords import rows

Floats = NDArray[np.float32]
Ints = NDArray[np.intp]


@dataclass(frozen=True)
class Layout:
    """How rows stand to sequences.

    Args:
        order: for each row, the word it stands for, counted through all sequences in their order.
        row: the reverse, for each word its row.
        slices: for each step, the first and the last row (exclusive); later slices are no longer.
        mirror: for each row, the row of the word that is as far from the end of its sequence as
            this one is from the beginning.
        left, right: for each row, the row of the word before and after; the row past the last
            where there is none.
    """

    order: Ints
    row: Ints
    slices: tuple[tuple[int, int], ...]
    mirror: Ints
    left: Ints
    right: Ints


def layout(lengths: Sequence[int]) -> Layout:
    """The layout of sequences of some lengths (words; none is empty)."""
    sizes = np.asarray(lengths, dtype=np.intp)
    by_length = np.argsort(-sizes, kind="stable")
    sizes = sizes[by_length]
    begins = (np.cumsum(np.asarray(lengths)) - lengths)[by_length]
    longest, total = int(sizes[0]), int(sizes.sum())
    alive = [int(np.searchsorted(-sizes, -step, side="left")) for step in range(longest)]
    starts = np.concatenate([[0], np.cumsum(alive)])
    slices = tuple((int(starts[i]), int(starts[i + 1])) for i in range(longest))
    lane = np.concatenate([np.arange(count) for count in alive])
    step = np.repeat(np.arange(longest), alive)
    order = begins[lane] + step
    row = np.empty(total, dtype=np.intp)
    row[order] = np.arange(total)
    last = sizes[lane] - 1
    left = np.where(step > 0, row[np.maximum(order - 1, 0)], total)
    right = np.where(step < last, row[np.minimum(order + 1, total - 1)], total)
    return Layout(order, row, slices, row[begins[lane] + last - step], left, right)


@dataclass(frozen=True)
class Scores:
    """What the network says of each word, in the order of the words.

    Args:
        states: the last layer's output, input of all that follows.
        words: the words' vectors.
    """

    states: Floats
    words: Floats
    tags: Floats
    features: Floats
    names: Floats
    ends: Floats


def _sigmoid(x: Floats) -> Floats:
    found: Floats = np.float32(1) / (np.float32(1) + np.exp(-x))
    return found


class Network:
    """The forward pass over weights by name.

    Args:
        weights: arrays as `training.export` writes them, in single precision.
    """

    def __init__(self, weights: dict[str, Floats]) -> None:
        self.w = weights
        self.layers = sum(name.endswith(".inner.weight") for name in weights)
        self.heads = np.concatenate(
            [weights[f"{name}.weight"] for name in ("tag", "feature", "name", "end")]
        ).T.copy()
        self.heads_bias = np.concatenate(
            [weights[f"{name}.bias"] for name in ("tag", "feature", "name", "end")]
        )
        sizes = [len(weights[f"{name}.bias"]) for name in ("tag", "feature", "name", "end")]
        self.cuts = np.cumsum(sizes)[:-1]
        self.pieces = weights["words.weight"]
        self.known: dict[str, Floats] = {}

    def _linear(self, name: str, x: Floats) -> Floats:
        found: Floats = x @ self.w[f"{name}.weight"].T + self.w[f"{name}.bias"]
        return found

    def _norm(self, name: str, x: Floats) -> Floats:
        centred = x - x.mean(-1, keepdims=True)
        scale = np.sqrt((centred * centred).mean(-1, keepdims=True) + np.float32(1e-5))
        found: Floats = centred / scale * self.w[f"{name}.weight"] + self.w[f"{name}.bias"]
        return found

    def vector(self, form: str) -> Floats:
        """The vector of a word: its pieces' rows added and scaled; remembered."""
        found = self.known.get(form)
        if found is None:
            places = rows(form)
            found = self.pieces[list(places)].sum(0) * np.float32(len(places) ** -0.5)
            if len(self.known) >= _MOST_KNOWN:
                self.known.clear()
            self.known[form] = found
        return found

    def run(self, sequences: Sequence[Sequence[str]], treebank: int) -> Scores:
        """Scores of the words of some sequences, none of them empty."""
        plan = layout([len(sequence) for sequence in sequences])
        e = np.stack([self.vector(form) for sequence in sequences for form in sequence])
        x = e[plan.order]
        padded = np.concatenate([x, np.zeros((1, x.shape[1]), np.float32)])
        where = self.w["treebanks.weight"][treebank]
        weight = self.w["window.weight"]
        size = x.shape[1]
        h = np.concatenate([padded[plan.left], x, padded[plan.right]], -1) @ weight[:, : 3 * size].T
        h += weight[:, 3 * size :] @ where + self.w["window.bias"]
        h = self._norm("norm", np.maximum(h, 0))
        # In a sigmoid, a very negative number overflows to infinity and rightly gives 0.
        with np.errstate(over="ignore"):
            for number in range(self.layers):
                h = self._recur(f"layers.{number}", h, plan)
        h = h[plan.row]
        tags, features, names, ends = np.split(h @ self.heads + self.heads_bias, self.cuts, -1)
        return Scores(h, e, tags, features, names, ends[:, 0])

    def _recur(self, name: str, h: Floats, plan: Layout) -> Floats:
        width = h.shape[1]
        half = width // 2
        inner = self._linear(f"{name}.inner", h)
        xu = inner[:, : 2 * width].reshape(-1, 2, width)
        # The second half of the channels runs from the end of each sequence to its beginning.
        x, u = xu[:, 0].copy(), xu[:, 1].copy()
        x[:, half:] = x[plan.mirror, half:]
        u[:, half:] = u[plan.mirror, half:]
        v = self.w[f"{name}.v"]
        state = np.zeros((plan.slices[0][1], width), np.float32)
        out = np.empty_like(x)
        for first, last in plan.slices:
            before = state[: last - first]
            gate = v * before
            gate += u[first:last]
            gate = _sigmoid(gate)
            now = x[first:last]
            state = now + gate * (before - now)
            out[first:last] = state
        out[:, half:] = out[plan.mirror, half:]
        reset = _sigmoid(inner[:, 2 * width :])
        return self._norm(f"{name}.norm", h + reset * out)

    def arc_parts(self, states: Floats) -> tuple[Floats, Floats]:
        """Two matrices whose product over a sentence scores each word's heads."""
        dependents = np.maximum(self._linear("arc_dep", states), 0)
        heads = np.maximum(self._linear("arc_head", states), 0)
        arc = self.w["arc"]
        return dependents @ arc[:-1] + arc[-1], heads

    def relation_parts(self, states: Floats) -> tuple[Floats, Floats]:
        """What `relations` needs: each word as a dependent, by relation, and as a head."""
        dependents = np.maximum(self._linear("rel_dep", states), 0)
        others = np.maximum(self._linear("rel_head", states), 0)
        others = np.concatenate([others, self.w["rel_root"][None]])
        rel = self.w["rel"]
        size, labels, _ = rel.shape
        left = dependents @ rel[:-1].reshape(size - 1, -1) + rel[-1].ravel()
        return left.reshape(-1, labels, size), others

    @staticmethod
    def relations(parts: tuple[Floats, Floats], heads: Ints) -> Floats:
        """Scores of the relations of each word to some heads.

        Args:
            parts: as `relation_parts` makes them.
            heads: words x heads; head -1 is the root.

        Returns:
            words x relations x heads.
        """
        left, others = parts
        found: Floats = left[..., :-1] @ others[heads].swapaxes(1, 2) + left[..., -1:]
        return found

    def edits(self, states: Floats, words: Floats, columns: Ints) -> Floats:
        """Scores of some lemma edits of each word."""
        hidden = np.maximum(self._linear("edit_in", np.concatenate([states, words], -1)), 0)
        found: Floats = hidden @ self.w["edit.weight"][columns].T + self.w["edit.bias"][columns]
        return found


# Vectors of words that are kept; 128 numbers each, so 10 MB at the most.
_MOST_KNOWN = 20_000
