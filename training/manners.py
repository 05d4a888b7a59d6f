"""How treebanks tell "X, said Y": `python -m training.manners TREEBANKS`.

Counts verbs of speech (those of the language packs) that follow a quotation or a comma and have
their subject beside them, by how they hang together with what is said. Where a treebank does it in
several ways, no parser can be right more often than its annotators agreed.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

import yaml

from dragoman.languages import load
from training.conllu import Sentence, read
from training.train import SETTINGS

SIGNS = frozenset({",", '"', "»", "”", "''", "-", "--", "–", "—"})
WAYS = {
    "ccomp": "the quotation is `ccomp` of the verb",
    "parataxis": "the quotation is `parataxis` of the verb",
    "verb": "the verb is `parataxis` of the quotation",
    "after": "what is said comes after",
    "other": "none of these",
}
_FEWEST = 10


def way_of(sentence: Sentence, verb: int) -> str | None:
    """How a verb hangs together with what is said before it; None where nothing comes before it.

    Args:
        sentence: with heads that count from 1.
        verb: the place of a verb of speech, from 0.
    """
    before = verb - 1
    while before >= 0 and sentence.tags[before] in {"PRON", "AUX"}:
        before -= 1
    children = {
        place: relation
        for place, (head, relation) in enumerate(
            zip(sentence.heads, sentence.relations, strict=True)
        )
        if head == verb + 1
    }
    told = any(relation.startswith("nsubj") for relation in children.values())
    if before < 2 or sentence.forms[before] not in SIGNS or not told:
        return None
    if sentence.relations[verb].startswith(("acl", "advcl")):
        return None
    if sentence.relations[verb] == "parataxis":
        return "verb"
    for way in ("ccomp", "parataxis"):
        if any(relation == way and place < verb for place, relation in children.items()):
            return way
    return "after" if "ccomp" in children.values() else "other"


def main() -> None:
    """Print a line a treebank."""
    parser = argparse.ArgumentParser(prog="python -m training.manners", description=__doc__)
    parser.add_argument("treebanks", type=Path)
    folder = parser.parse_args().treebanks
    table = yaml.safe_load(SETTINGS.read_text(encoding="utf-8"))["languages"]
    print(f"| treebank | cases | {' | '.join(WAYS.values())} |\n|{' --- |' * (len(WAYS) + 2)}")
    for language, wants in table.items():
        cues = load(language).speech.cues
        verbs = {lemma for cue in cues for lemma in cue.clause}
        found: dict[str, Counter[str]] = {}
        for path in wants["train"]:
            for sentence in read(folder / language / path):
                for place, lemma in enumerate(sentence.lemmas):
                    if lemma in verbs and (way := way_of(sentence, place)):
                        found.setdefault(path.split("/")[0], Counter())[way] += 1
        for treebank, ways in found.items():
            if (total := ways.total()) >= _FEWEST:
                shares = " | ".join(f"{100 * ways[way] / total:.0f}%" for way in WAYS)
                print(f"| {treebank.removeprefix('UD_')} | {total} | {shares} |")


if __name__ == "__main__":
    main()
