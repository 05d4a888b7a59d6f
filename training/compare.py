"""Compares ways to train, at equal epochs: `python -m training.compare TREEBANKS [--run DIR]`.

One network for four languages, two for groups of them, or one a language; the shared one again
after pretraining on bare words, and with self-training on them. The budget is small: some hundred
sentences a language, a few epochs; the bare words are those of other sentences of the treebanks.
The figures tell which way is better, not how good the parser that is shipped is. They are measured
on held sentences, words given.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from training.conllu import Sentence
from training.examples import Source, labels_of, load
from training.train import SETTINGS, Plan, train
from training.unlabelled import all_as_parsed, pretrain

SENTENCES, BARE, HELD = 800, 1600, 300
EPOCHS, BATCH_WORDS = 4, 400
# Two languages that are near each other, two that are far from all others.
GROUPS = (("es", "fr"), ("de", "el"))
ALL = tuple(language for group in GROUPS for language in group)
WAYS: dict[str, tuple[tuple[str, ...], ...]] = {
    "shared": (ALL,),
    "groups": GROUPS,
    "single": tuple((language,) for language in ALL),
}
FIGURES = ("tags", "las", "said", "lemmas")

Figures = dict[str, dict[str, float]]
Data = tuple[dict[str, list[Source]], dict[str, list[Source]], dict[str, list[Sentence]]]


def data(treebanks: Path) -> Data:
    """By language: what is learned from, further sentences for their words, held sentences."""
    sources, held = load(treebanks, SETTINGS, ALL, HELD)
    learned: dict[str, list[Source]] = {language: [] for language in ALL}
    bare: dict[str, list[Source]] = {language: [] for language in ALL}
    for source in sources:
        own = learned[source.language]
        left = SENTENCES - sum(len(other.sentences) for other in own)
        if left > 0:
            own.append(replace(source, sentences=source.sentences[:left]))
        rest = source.sentences[max(0, left) :]
        room = BARE - sum(len(other.sentences) for other in bare[source.language])
        # Bare words are read in the manner of the language's first treebank.
        bare[source.language].append(
            replace(source, treebank=own[0].treebank, sentences=rest[: max(0, room)])
        )
    return learned, bare, held


def _all(of: Mapping[str, list[Source]], languages: Iterable[str] = ALL) -> list[Source]:
    return [source for language in languages for source in of[language]]


def _size(sources: Iterable[Source]) -> int:
    return sum(len(sentence) for source in sources for sentence in source.sentences)


def _plan(out: Path, words: int) -> Plan:
    return Plan(out=out, steps=words // BATCH_WORDS, again=0, batch_words=BATCH_WORDS)


def _figures(plan: Plan) -> Figures:
    lines = (plan.out / "log.jsonl").read_text("utf-8").splitlines()
    found: Figures = json.loads(lines[-1])["figures"]
    return found


def compare(treebanks: Path, run: Path) -> dict[str, Figures]:
    """The figures of every way; a run that was broken off goes on."""
    learned, bare, held = data(treebanks)
    found: dict[str, Figures] = {}
    for way, groups in WAYS.items():
        found[way] = {}
        for languages in groups:
            own = _all(learned, languages)
            plan = _plan(run / way / "-".join(languages), EPOCHS * _size(own))
            train(plan, own, {language: held[language] for language in languages})
            found[way] |= _figures(plan)
    shared, words = _all(learned), _all(bare)
    labels, plain = labels_of(shared), _plan(run / "shared" / "-".join(ALL), 0)
    longer = _plan(run / "pretraining", _size(shared) + _size(words))
    first = pretrain(longer, [*words, *shared], labels)
    plan = replace(_plan(run / "pretrained", EPOCHS * _size(shared)), first=first)
    train(plan, shared, held)
    found["pretrained"] = _figures(plan)
    parsed = all_as_parsed(words, plain, labels)
    plan = _plan(run / "self-trained", EPOCHS * _size(shared))
    train(plan, [*shared, *parsed], held)
    found["self-trained"] = _figures(plan)
    return found


def table(found: Mapping[str, Figures]) -> str:
    """A line a way and figure: each language and their mean."""
    lines = [f"| figure | way | {' | '.join(ALL)} | mean |", f"|{' --- |' * (len(ALL) + 3)}"]
    for figure in FIGURES:
        for way, of in found.items():
            values = [of[language][figure] for language in ALL]
            cells = " | ".join(f"{value:.1f}" for value in [*values, sum(values) / len(values)])
            lines.append(f"| {figure} | {way} | {cells} |")
    return "\n".join(lines)


def main() -> None:
    """Read the command line, train and print the table."""
    parser = argparse.ArgumentParser(prog="python -m training.compare", description=__doc__)
    parser.add_argument("treebanks", type=Path)
    parser.add_argument("--run", type=Path, default=Path("build", "comparison"))
    options = parser.parse_args()
    print(table(compare(options.treebanks, options.run)))


if __name__ == "__main__":
    main()
