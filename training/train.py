"""Trains the network.

Seeded and resumable: OUT/checkpoint.pt is written every few hundred steps, and a run that finds one
goes on from it. The average of the weights over the steps is what is exported.
"""

from __future__ import annotations

import json
import math
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import torch
from torch.nn import functional

from dragoman.models.subwords import rows
from training.conllu import Sentence
from training.damage import damaged
from training.examples import (
    FEATURES,
    IGNORE,
    TAGS,
    Encoder,
    Labels,
    Passage,
    Source,
    group,
    labels_of,
)
from training.network import Network, Outputs

STEPS, AGAIN, LAYERS, SEED = 7600, 2600, 4, 1
SETTINGS = Path(__file__).parent / "treebanks.yaml"
BATCH_WORDS = 1600
PEAK, WARMUP, DECAY = 2e-3, 400, 0.9985
WORD_DROPOUT = 0.15
# A language is drawn in proportion to its size to this power, so that small ones are heard.
EVENNESS = 0.55
SAVE_EVERY = 500
# Relations of what is said to the verb of saying.
SAID = ("ccomp", "parataxis")


def stream(
    sources: list[Source], encoder: Encoder, seed: int, batch_words: int = BATCH_WORDS
) -> Iterator[list[Passage]]:
    """Batches without end: sequences of like length, languages drawn by size and evenness."""
    rng = random.Random(seed)
    sizes: dict[str, int] = {}
    for source in sources:
        words = sum(map(len, source.sentences))
        sizes[source.language] = sizes.get(source.language, 0) + words
    whole = sum(size**EVENNESS for size in sizes.values())
    total = sum(sizes.values())
    share = {k: (size**EVENNESS / whole) * (total / size) for k, size in sizes.items()}
    while True:
        pool: list[Passage] = []
        for source in sources:
            runs = group(source, rng)
            rng.shuffle(runs)
            times = share[source.language]
            wanted = runs * int(times) + runs[: round((times - int(times)) * len(runs))]
            pool += [encoder.encode(source, run) for run in wanted]
        pool.sort(key=lambda s: len(s) + rng.uniform(-4, 4))
        batches: list[list[Passage]] = [[]]
        for sequence in pool:
            if batches[-1] and (len(batches[-1]) + 1) * len(sequence) > batch_words:
                batches.append([])
            batches[-1].append(sequence)
        rng.shuffle(batches)
        yield from batches


class Batch:
    """Padded tensors of some sequences."""

    def __init__(self, sequences: list[Passage], rng: random.Random | None = None) -> None:
        steps = max(map(len, sequences))
        self.sequences = sequences
        pieces: list[int] = []
        weights: list[float] = []
        offsets: list[int] = []
        proper = TAGS.index("PROPN")
        for sequence in sequences:
            forms = sequence.forms
            if rng:
                forms = damaged(forms, [tag == proper for tag in sequence.tags], rng)
            for form in forms:
                offsets.append(len(pieces))
                found = rows(form)
                if rng and rng.random() < WORD_DROPOUT:
                    found = found[1:2] + found[3:]
                pieces += found
                weights += [len(found) ** -0.5] * len(found)
            offsets += [len(pieces)] * (steps - len(forms))
        self.rows, self.offsets = torch.tensor(pieces), torch.tensor(offsets)
        self.weights = torch.tensor(weights)
        self.treebank = torch.tensor([s.treebank for s in sequences])
        self.mask = self._pad([[1] * len(s) for s in sequences], steps, 0).bool()
        self.sentence = self._pad([s.sentence for s in sequences], steps, -1)
        self.heads = self._pad([s.heads for s in sequences], steps, 0)
        self.relations = self._pad([s.relations for s in sequences], steps, IGNORE)
        self.tags = self._pad([s.tags for s in sequences], steps, IGNORE)
        self.edits = self._pad([s.edits for s in sequences], steps, IGNORE)
        self.names = self._pad([s.names for s in sequences], steps, IGNORE)
        self.ends = self._pad([s.ends for s in sequences], steps, 0)
        blank = [[IGNORE] * len(FEATURES)]
        self.features = torch.tensor(
            [s.features + blank * (steps - len(s)) for s in sequences], dtype=torch.long
        )

    @staticmethod
    def _pad(lists: list[list[int]], steps: int, fill: int) -> torch.Tensor:
        return torch.tensor([x + [fill] * (steps - len(x)) for x in lists], dtype=torch.long)

    def forward(self, network: Network) -> Outputs:
        """The network's scores, arcs held within sentences."""
        out = network(self.rows, self.offsets, self.weights, self.treebank, self.mask)
        same = self.sentence[:, :, None] == self.sentence[:, None, :]
        same &= ~torch.eye(same.shape[1], dtype=torch.bool)[None]
        same = torch.cat([same.new_ones(*same.shape[:2], 1), same], 2)
        out.arcs = out.arcs.masked_fill(~same, -1e9)
        return out


def loss_of(network: Network, batch: Batch) -> torch.Tensor:
    """The sum of the losses of all heads."""
    out = batch.forward(network)
    mask = batch.mask

    def entropy(scores: torch.Tensor, gold: torch.Tensor) -> torch.Tensor:
        scores, gold = scores[mask], gold[mask]
        if not (gold != IGNORE).any():
            return scores.sum() * 0
        return functional.cross_entropy(scores, gold, ignore_index=IGNORE)

    relations = network.relations(out.states, batch.heads)
    parts = [
        entropy(out.arcs, batch.heads),
        entropy(relations, batch.relations),
        0.5 * entropy(out.tags, batch.tags),
        entropy(out.edits, batch.edits),
        2 * entropy(out.names, batch.names),
        functional.binary_cross_entropy_with_logits(out.ends[mask], batch.ends[mask].float()),
    ]
    at = 0
    for place, values in enumerate(FEATURES.values()):
        size = len(values) + 1
        part = entropy(out.features[..., at : at + size], batch.features[..., place])
        parts.append(0.1 * part)
        at += size
    return torch.stack(parts).sum()


@torch.no_grad()
def watch(
    network: Network, held: dict[str, list[Passage]], said_columns: list[int]
) -> dict[str, dict[str, float]]:
    """Figures on the held sentences, words given, in percent.

    Of names the F1 of tags other than `O` is told, of clauses that are said (`ccomp`,
    `parataxis`) that of arcs.
    """
    network.eval()
    said = torch.tensor(said_columns)
    found: dict[str, dict[str, float]] = {}
    for language, sequences in held.items():
        batch = Batch(sequences)
        out = batch.forward(network)
        mask = batch.mask
        heads = out.arcs.argmax(-1)
        relations = network.relations(out.states, heads).argmax(-1)
        right = (heads == batch.heads) & mask
        n = mask.sum().item()

        def share(scores: torch.Tensor, gold: torch.Tensor, mask: torch.Tensor = mask) -> float:
            known = mask & (gold != IGNORE)
            hits = (scores.argmax(-1) == gold) & known
            return 100 * hits.sum().item() / max(1, known.sum().item())

        told = torch.isin(relations, said) & mask
        wanted = torch.isin(batch.relations, said) & mask
        told_names = out.names.argmax(-1).masked_fill(~mask | (batch.names == IGNORE), 0)
        names = batch.names.clamp(min=0)
        found[language] = {
            "tags": share(out.tags, batch.tags),
            "uas": 100 * right.sum().item() / n,
            "las": 100 * (right & (relations == batch.relations)).sum().item() / n,
            "lemmas": share(out.edits, batch.edits),
            "ends": _f1((out.ends > 0) & mask, batch.ends.bool(), batch.ends.bool()),
            "names": _f1(told_names > 0, names > 0, told_names == names),
            "said": _f1(told, wanted, right & (relations == batch.relations)),
        }
    network.train()
    return found


def _f1(told: torch.Tensor, wanted: torch.Tensor, agree: torch.Tensor) -> float:
    right = (told & wanted & agree).sum().item()
    return 200 * right / max(1, told.sum().item() + wanted.sum().item())


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is trained, and for how long.

    Attributes:
        out: where checkpoints, weights, labels and the log of figures go.
        steps: of the first cycle.
        again: of the second cycle.
        layers: recurrent layers.
        seed: of the first weights and of the order of the sentences.
        batch_words: of one step.
        first: weights to begin with, where the names and shapes agree.
    """

    out: Path
    steps: int = STEPS
    again: int = AGAIN
    layers: int = LAYERS
    seed: int = SEED
    batch_words: int = BATCH_WORDS
    first: Path | None = None


def rate(step: int, steps: int, again: int) -> float:
    """The learning rate: a linear warm-up, then half a cosine down to nothing, twice.

    The second time, over `again` steps, begins at half the height (warm restart: Loshchilov and
    Hutter, SGDR, ICLR 2017).
    """
    first = step < steps
    at, length = (step, steps) if first else (step - steps, again)
    peak, warmup = (PEAK, WARMUP) if first else (PEAK / 2, WARMUP // 4)
    warmup = min(warmup, length // 5)
    if at < warmup:
        return peak * (at + 1) / warmup
    return peak * 0.5 * (1 + math.cos(math.pi * (at - warmup) / max(1, length - warmup)))


@dataclass
class Log:
    """Where the figures of a run are told, and what they are measured on."""

    out: Path
    labels: Labels
    layers: int
    watched: dict[str, list[Passage]]
    begun: float = field(default_factory=time.monotonic)
    words: int = 0

    def tell(self, average: dict[str, torch.Tensor], step: int) -> None:
        """Write the averaged weights, and a line of figures to `log.jsonl` and to the screen."""
        judged = Network(self.labels, self.layers)
        judged.load_state_dict(average)
        torch.save(average, self.out / "weights.pt")
        said = [self.labels.relations.index(name) for name in SAID if name in self.labels.relations]
        figures = watch(judged, self.watched, said)
        seconds = time.monotonic() - self.begun
        line = {
            "step": step,
            "words": self.words,
            "seconds": round(seconds),
            "figures": figures,
        }
        with (self.out / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(line) + "\n")
        told = "  ".join(f"{k} {v['las']:.1f}" for k, v in figures.items())
        print(f"{step:6d}  {self.words / seconds:6.0f} words/s  LAS {told}", flush=True)


def train(plan: Plan, sources: list[Source], held: dict[str, list[Sentence]]) -> None:
    """Train and write OUT/weights.pt with OUT/labels.json; tell of it in OUT/log.jsonl.

    Args:
        plan: how long, from where and to where.
        sources: what is learned from.
        held: by language, what the figures of the log are measured on.
    """
    torch.manual_seed(plan.seed)
    torch.set_num_threads(1)
    plan.out.mkdir(parents=True, exist_ok=True)
    labels = labels_of(sources)
    (plan.out / "labels.json").write_text(
        json.dumps({**labels.__dict__, "layers": plan.layers}, ensure_ascii=False), "utf-8"
    )
    encoder = Encoder(labels)
    log = Log(plan.out, labels, plan.layers, _watched(held, encoder, sources))
    network = Network(labels, plan.layers)
    if plan.first:
        _begin_with(network, plan.first)
    optimizer = torch.optim.Adam(network.parameters(), betas=(0.9, 0.98), eps=1e-8)
    average = {k: v.detach().clone() for k, v in network.state_dict().items()}
    step, checkpoint = 0, plan.out / "checkpoint.pt"
    if checkpoint.is_file():
        state = torch.load(checkpoint)
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        average, step = state["average"], state["step"]
    total = plan.steps + plan.again
    rng = random.Random(plan.seed + step)
    for passages in stream(sources, encoder, plan.seed + step, plan.batch_words):
        if step >= total:
            break
        for settings in optimizer.param_groups:
            settings["lr"] = rate(step, plan.steps, plan.again)
        loss = loss_of(network, Batch(passages, rng))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 2.0)
        optimizer.step()
        decay = min(DECAY, (1 + step) / (10 + step))
        for key, value in network.state_dict().items():
            average[key].lerp_(value, 1 - decay)
        step += 1
        log.words += sum(map(len, passages))
        if step % SAVE_EVERY == 0 or step == total:
            state = {
                "network": network.state_dict(),
                "optimizer": optimizer.state_dict(),
                "average": average,
                "step": step,
            }
            torch.save(state, checkpoint.with_suffix(".new"))
            checkpoint.with_suffix(".new").replace(checkpoint)
            log.tell(average, step)


def _begin_with(network: Network, path: Path) -> None:
    own = network.state_dict()
    for name, tensor in torch.load(path).items():
        if name in own and own[name].shape == tensor.shape:
            own[name].copy_(tensor)


def _watched(
    held: dict[str, list[Sentence]], encoder: Encoder, sources: list[Source]
) -> dict[str, list[Passage]]:
    first = {source.language: source for source in reversed(sources)}
    result = {}
    for language, sentences in held.items():
        of = Source(language, first[language].treebank, sentences)
        result[language] = [encoder.encode(of, run) for run in group(of, random.Random(0))]
    return result
