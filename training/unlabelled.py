"""What can be learned from bare words: pretraining and self-training.

Pretraining has the network guess hidden words from those around them. A hidden word has no pieces;
what is guessed is the row of its whole form, folded into few classes (after the masked words of
Devlin et al., BERT, NAACL 2019, with hashes for a vocabulary). Self-training learns from what a
trained network says of the words (McClosky, Charniak and Johnson, Effective Self-Training for
Parsing, NAACL 2006).
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional

from dragoman.models.subwords import rows
from training.examples import FEATURES, NAME_TAGS, TAGS, Encoder, Labels, Source
from training.network import WIDTH, Network
from training.train import Batch, Plan, rate, stream

CLASSES = 4096
HIDDEN = 0.15


def _hide(batch: Batch, rng: random.Random) -> tuple[torch.Tensor, torch.Tensor]:
    """Take the pieces of some words away; which ones, and the classes of those."""
    steps = batch.mask.shape[1]
    hidden = torch.zeros_like(batch.mask)
    classes: list[int] = []
    weights = batch.weights.clone()
    bounds = [*batch.offsets.tolist(), len(weights)]
    for line, passage in enumerate(batch.sequences):
        for place, form in enumerate(passage.forms):
            if rng.random() < HIDDEN:
                word = line * steps + place
                weights[bounds[word] : bounds[word + 1]] = 0
                hidden[line, place] = True
                classes.append(rows(form)[0] % CLASSES)
    batch.weights = weights
    return hidden, torch.tensor(classes)


def pretrain(plan: Plan, sources: list[Source], labels: Labels) -> Path:
    """Pretrain over the words of some sources; where the weights are.

    Args:
        plan: how long and where to.
        sources: whose words, of treebanks that the labels have; all else goes unseen.
        labels: those that the network will learn afterwards.
    """
    done = plan.out / "weights.pt"
    if done.is_file():
        return done
    torch.manual_seed(plan.seed)
    torch.set_num_threads(1)
    plan.out.mkdir(parents=True, exist_ok=True)
    network, guess = Network(labels, plan.layers), nn.Linear(WIDTH, CLASSES)
    learned = [*network.parameters(), *guess.parameters()]
    optimizer = torch.optim.Adam(learned, betas=(0.9, 0.98), eps=1e-8)
    rng = random.Random(plan.seed)
    batches = stream(sources, Encoder(labels), plan.seed, plan.batch_words)
    for step in range(plan.steps):
        batch = Batch(next(batches))
        hidden, classes = _hide(batch, rng)
        if not len(classes):
            continue
        for settings in optimizer.param_groups:
            settings["lr"] = rate(step, plan.steps, 0)
        states = batch.forward(network).states[hidden]
        loss = functional.cross_entropy(guess(states), classes)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learned, 2.0)
        optimizer.step()
        if (step + 1) % 100 == 0:
            print(f"{step + 1:6d}  hidden words {loss.item():.2f}", flush=True)
    torch.save(network.state_dict(), done)
    return done


@torch.no_grad()
def as_parsed(source: Source, network: Network, labels: Labels) -> Source:
    """A source with what a network says of its words; lemmas are not learned from it."""
    encoder = Encoder(labels)
    network.eval()
    sentences = []
    for sentence in source.sentences:
        batch = Batch([encoder.encode(source, [sentence])])
        out = batch.forward(network)
        heads = out.arcs.argmax(-1)
        relations = network.relations(out.states, heads).argmax(-1)[0].tolist()
        names = [NAME_TAGS[tag] for tag in out.names.argmax(-1)[0].tolist()]
        sentences.append(
            replace(
                sentence,
                heads=heads[0].tolist(),
                relations=[labels.relations[number] for number in relations],
                tags=[TAGS[tag] for tag in out.tags.argmax(-1)[0].tolist()],
                features=_features(out.features[0]),
                names=[{"E": "I", "S": "B"}.get(tag[0], tag[0]) + tag[1:] for tag in names],
            )
        )
    return replace(source, sentences=sentences, lemmas=False, features=True)


def _features(scores: torch.Tensor) -> list[dict[str, str]]:
    found: list[dict[str, str]] = [{} for _ in scores]
    at = 0
    for name, values in FEATURES.items():
        best = scores[:, at : at + len(values) + 1].argmax(-1).tolist()
        for word, value in zip(found, best, strict=True):
            if value:
                word[name] = values[value - 1]
        at += len(values) + 1
    return found


def all_as_parsed(sources: Sequence[Source], plan: Plan, labels: Labels) -> list[Source]:
    """Sources as the network of a finished run with these labels parses them."""
    network = Network(labels, plan.layers)
    network.load_state_dict(torch.load(plan.out / "weights.pt"))
    return [as_parsed(source, network, labels) for source in sources]
