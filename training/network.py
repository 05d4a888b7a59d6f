"""The network that is trained; `dragoman.models.network` runs the same one in numpy.

Subword vectors, a window of three words, bidirectional layers of light recurrent units (SRU: Lei
et al., Simple Recurrent Units for Highly Parallelizable Recurrence, EMNLP 2018) and, over them, a
biaffine parser (Dozat and Manning, Deep Biaffine Attention for Neural Dependency Parsing, ICLR
2017) beside softmax heads for tags, features, lemma edits, names and sentence ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from dragoman.models.subwords import ROWS
from training.examples import FEATURES, NAME_TAGS, TAGS, Labels

WORD, TREEBANK, WIDTH, ARC, REL, EDIT = 128, 16, 256, 128, 64, 96


class _Recurrence(torch.autograd.Function):
    """c[t] = f[t] c[t-1] + (1 - f[t]) x[t], f[t] = sigmoid(u[t] + v c[t-1]); 0 where masked."""

    @staticmethod
    def forward(
        ctx: Any, x: torch.Tensor, u: torch.Tensor, v: torch.Tensor, mask: torch.Tensor
    ) -> torch.Tensor:
        steps = x.shape[0]
        c = torch.zeros_like(x[0])
        states, gates = [], []
        for t in range(steps):
            f = torch.sigmoid(torch.addcmul(u[t], v, c))
            c = torch.lerp(x[t], c, f) * mask[t]
            states.append(c)
            gates.append(f)
        states, gates = torch.stack(states), torch.stack(gates)
        ctx.save_for_backward(x, v, mask, states, gates)
        return states

    @staticmethod
    def backward(
        ctx: Any, grad: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, None]:
        x, v, mask, states, gates = ctx.saved_tensors
        steps = x.shape[0]
        before = torch.cat([torch.zeros_like(states[:1]), states[:-1]])
        # What a change of the gate's input does to the state, apart from the recurrence.
        slope = (before - x) * gates * (1 - gates) * mask
        carry = gates * mask + slope * v
        total = torch.empty_like(grad)
        back = grad[-1]
        for t in range(steps - 1, -1, -1):
            total[t] = back
            if t:
                back = torch.addcmul(grad[t - 1], back, carry[t])
        grad_u = total * slope
        grad_x = total * (1 - gates) * mask
        grad_v = (grad_u * before).sum((0, 1))
        return grad_x, grad_u, grad_v, None


class Layer(nn.Module):
    """One bidirectional recurrent layer with a residual and a norm."""

    def __init__(self) -> None:
        super().__init__()
        self.inner = nn.Linear(WIDTH, 3 * WIDTH)
        self.v = nn.Parameter(torch.zeros(WIDTH))
        self.norm = nn.LayerNorm(WIDTH)
        with torch.no_grad():
            self.inner.bias[WIDTH : 2 * WIDTH] = 1.0

    def forward(self, h: torch.Tensor, mask: torch.Tensor, drop: nn.Dropout) -> torch.Tensor:
        """h: T x B x WIDTH; mask: T x B x 1."""
        x, u, r = self.inner(h).chunk(3, -1)
        half = WIDTH // 2
        x2 = torch.cat([x[..., :half], x[..., half:].flip(0)], -1)
        u2 = torch.cat([u[..., :half], u[..., half:].flip(0)], -1)
        m2 = torch.cat([mask.expand(-1, -1, half), mask.flip(0).expand(-1, -1, half)], -1)
        c = _Recurrence.apply(x2, u2, self.v, m2)
        c = torch.cat([c[..., :half], c[..., half:].flip(0)], -1)
        return self.norm(h + drop(torch.sigmoid(r) * c)) * mask


@dataclass
class Outputs:
    """Scores: B x T x labels each; arcs B x T x (T + 1)."""

    arcs: torch.Tensor
    states: torch.Tensor
    tags: torch.Tensor
    features: torch.Tensor
    edits: torch.Tensor
    names: torch.Tensor
    ends: torch.Tensor


class Network(nn.Module):
    """Everything that is learned."""

    def __init__(self, labels: Labels, layers: int = 4, dropout: float = 0.2) -> None:
        super().__init__()
        self.words = nn.EmbeddingBag(ROWS, WORD, mode="sum")
        nn.init.normal_(self.words.weight, std=0.1)
        self.treebanks = nn.Embedding(len(labels.treebanks), TREEBANK)
        self.window = nn.Linear(3 * WORD + TREEBANK, WIDTH)
        self.norm = nn.LayerNorm(WIDTH)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.drop = nn.Dropout(dropout)
        self.arc_dep, self.arc_head = nn.Linear(WIDTH, ARC), nn.Linear(WIDTH, ARC)
        self.arc = nn.Parameter(torch.empty(ARC + 1, ARC))
        nn.init.normal_(self.arc, std=0.05)
        self.arc_root = nn.Parameter(torch.zeros(ARC))
        self.rel_dep, self.rel_head = nn.Linear(WIDTH, REL), nn.Linear(WIDTH, REL)
        self.rel = nn.Parameter(torch.empty(REL + 1, len(labels.relations), REL + 1))
        nn.init.normal_(self.rel, std=0.05)
        self.rel_root = nn.Parameter(torch.zeros(REL))
        self.tag = nn.Linear(WIDTH, len(TAGS))
        self.feature = nn.Linear(WIDTH, sum(len(v) + 1 for v in FEATURES.values()))
        self.edit_in = nn.Linear(WIDTH + WORD, EDIT)
        self.edit = nn.Linear(EDIT, len(labels.edits))
        self.name = nn.Linear(WIDTH, len(NAME_TAGS))
        self.end = nn.Linear(WIDTH, 1)

    def forward(
        self,
        rows: torch.Tensor,
        offsets: torch.Tensor,
        weights: torch.Tensor,
        treebank: torch.Tensor,
        mask: torch.Tensor,
    ) -> Outputs:
        """rows, offsets, weights: the pieces of B x T words; treebank: B; mask: B x T."""
        batch, steps = mask.shape
        e = self.words(rows, offsets, per_sample_weights=weights).view(batch, steps, WORD)
        e = self.drop(e) * mask[..., None]
        zero = e.new_zeros(batch, 1, WORD)
        left, right = torch.cat([zero, e[:, :-1]], 1), torch.cat([e[:, 1:], zero], 1)
        where = self.treebanks(treebank)[:, None].expand(-1, steps, -1)
        h = torch.relu(self.window(torch.cat([left, e, right, where], -1)))
        h = self.norm(h).transpose(0, 1)
        m = mask.t()[..., None].to(h.dtype)
        for layer in self.layers:
            h = layer(h, m, self.drop)
        h = self.drop(h.transpose(0, 1))
        d, k = self._mlp(self.arc_dep, h), self._mlp(self.arc_head, h)
        k = torch.cat([self.arc_root.expand(batch, 1, -1), k], 1)
        d = torch.cat([d, d.new_ones(batch, steps, 1)], -1)
        arcs = (d @ self.arc) @ k.transpose(1, 2)
        edit = torch.relu(self.edit_in(torch.cat([h, e], -1)))
        return Outputs(
            arcs,
            h,
            self.tag(h),
            self.feature(h),
            self.edit(self.drop(edit)),
            self.name(h),
            self.end(h)[..., 0],
        )

    def _mlp(self, linear: nn.Linear, h: torch.Tensor) -> torch.Tensor:
        return self.drop(torch.relu(linear(h)))

    def relations(self, states: torch.Tensor, heads: torch.Tensor) -> torch.Tensor:
        """Scores of the relations of each word to the head given: B x T x relations."""
        batch, steps, _ = states.shape
        d, k = self._mlp(self.rel_dep, states), self._mlp(self.rel_head, states)
        k = torch.cat([self.rel_root.expand(batch, 1, -1), k], 1)
        k = k.gather(1, heads[..., None].expand(-1, -1, REL))
        one = d.new_ones(batch, steps, 1)
        d, k = torch.cat([d, one], -1), torch.cat([k, one], -1)
        left = (d @ self.rel.flatten(1)).view(batch, steps, -1, REL + 1)
        return (left @ k[..., None])[..., 0]
