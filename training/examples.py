"""Sentences as numbers: sequences of a few sentences with everything that is learned of them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from dragoman.models.lemmas import edit_between
from training.conllu import Sentence, join_names, read_names

# The features that rules ask for, with what each may be; a value that is not here is not learned.
FEATURES: dict[str, tuple[str, ...]] = {
    "Number": ("Sing", "Plur"),
    "Person": ("1", "2", "3"),
    "Gender": ("Masc", "Fem", "Neut"),
    "Case": ("Nom", "Acc", "Gen", "Dat", "Loc", "Ins", "Abl", "Voc"),
    "Tense": ("Pres", "Past", "Fut", "Imp", "Pqp"),
    "Mood": ("Ind", "Imp", "Sub", "Cnd", "Opt", "Pot", "Nec", "Des"),
    "VerbForm": ("Fin", "Inf", "Part", "Ger", "Vnoun", "Conv"),
    "Voice": ("Act", "Pass", "Mid", "Cau"),
    "Aspect": ("Perf", "Imp", "Prog", "Hab"),
    "Polarity": ("Neg",),
    "PronType": ("Prs", "Art", "Dem", "Rel", "Int", "Ind", "Tot", "Neg", "Rcp"),
    "Definite": ("Def", "Ind"),
    "Poss": ("Yes",),
    "Reflex": ("Yes",),
    "NumType": ("Card", "Ord"),
}
TAGS = (
    "ADJ",
    "ADP",
    "ADV",
    "AUX",
    "CCONJ",
    "DET",
    "INTJ",
    "NOUN",
    "NUM",
    "PART",
    "PRON",
    "PROPN",
    "PUNCT",
    "SCONJ",
    "SYM",
    "VERB",
    "X",
)
NAME_TAGS = ("O", *(f"{place}-{kind}" for kind in ("PER", "ORG", "LOC") for place in "BIES"))
IGNORE = -100
_LONGEST = 160
_LEAST_EDITS = 3


@dataclass
class Source:
    """Sentences of one treebank of one language, with what must not be learned from them."""

    language: str
    treebank: str
    sentences: list[Sentence]
    lemmas: bool = True
    features: bool = True


@dataclass(frozen=True)
class Labels:
    """Everything that can be predicted, in the order of the weights' columns."""

    relations: tuple[str, ...]
    edits: tuple[str, ...]
    treebanks: tuple[str, ...]


def load(
    folder: Path,
    settings: Path,
    languages: Collection[str] = (),
    held_back: int | None = None,
) -> tuple[list[Source], dict[str, list[Sentence]]]:
    """What to learn from, and the held sentences by language.

    Args:
        folder: where the treebanks lie.
        settings: `treebanks.yaml`.
        languages: those that are wanted; none means all.
        held_back: sentences a language that are held; None for the number in the settings.
    """
    table = yaml.safe_load(settings.read_text(encoding="utf-8"))
    count = held_back or table["held"]
    held: dict[str, list[Sentence]] = {}
    sources: list[Source] = []
    for language, wants in table["languages"].items():
        if languages and language not in languages:
            continue
        names: dict[tuple[str, ...], list[str]] = {}
        for path in wants.get("names", ()):
            names |= read_names(folder / language / path)
        taboo = {" ".join(s.forms) for s in join_names(folder / language / wants["test"], {})}
        for path in wants["train"]:
            found = list(join_names(folder / language / path, names))
            if path == wants["watch"]:
                held[language] = found[-count:]
                found = found[:-count]
            found = [s for s in found if len(s) < 5 or " ".join(s.forms) not in taboo]
            treebank = path.split("/")[0]
            sources.append(
                Source(
                    language,
                    treebank,
                    found,
                    treebank not in wants.get("no_lemmas", ()),
                    treebank not in wants.get("no_features", ()),
                )
            )
    return sources, held


def labels_of(sources: Sequence[Source]) -> Labels:
    """The labels that occur often enough to be learned."""
    relations = Counter(r for source in sources for s in source.sentences for r in s.relations)
    edits: Counter[str] = Counter()
    for source in sources:
        if source.lemmas:
            for sentence in source.sentences:
                edits.update(map(edit_between, sentence.forms, sentence.lemmas))
    return Labels(
        tuple(sorted(name for name, count in relations.items() if count >= 20)),
        tuple(sorted(edit for edit, count in edits.items() if count >= _LEAST_EDITS)),
        tuple(dict.fromkeys(f"{source.language}/{source.treebank}" for source in sources)),
    )


def bioes(tags: Sequence[str]) -> list[str]:
    """BIO tags as BIOES: single names and the ends of names have tags of their own."""
    result = []
    for place, tag in enumerate(tags):
        goes_on = place + 1 < len(tags) and tags[place + 1] == f"I-{tag[2:]}"
        if tag == "O":
            result.append(tag)
        elif tag[0] == "B":
            result.append(tag if goes_on else f"S-{tag[2:]}")
        else:
            result.append(tag if goes_on else f"E-{tag[2:]}")
    return result


@dataclass
class Passage:
    """A few sentences of one treebank that follow one another, as numbers."""

    forms: list[str]
    treebank: int
    sentence: list[int]
    heads: list[int]
    relations: list[int]
    tags: list[int]
    features: list[list[int]]
    edits: list[int]
    names: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.forms)


def group(source: Source, rng: random.Random) -> list[list[Sentence]]:
    """Runs of one to six sentences, as paragraphs are; none crosses the opening of one."""
    runs: list[list[Sentence]] = []
    wanted, size = rng.randint(1, 6), 0
    for sentence in source.sentences:
        fits = runs and len(runs[-1]) < wanted and size + len(sentence) <= _LONGEST
        if fits and not sentence.opens:
            runs[-1].append(sentence)
            size += len(sentence)
        else:
            runs.append([sentence])
            wanted, size = rng.randint(1, 6), len(sentence)
    return runs


class Encoder:
    """Turns runs of sentences into numbers by the labels."""

    def __init__(self, labels: Labels) -> None:
        self.labels = labels
        self.relation = {name: i for i, name in enumerate(labels.relations)}
        self.edit = {edit: i for i, edit in enumerate(labels.edits)}
        self.treebank = {name: i for i, name in enumerate(labels.treebanks)}
        self.tag = {name: i for i, name in enumerate(TAGS)}
        self.name = {name: i for i, name in enumerate(NAME_TAGS)}
        self.value = {k: {v: i + 1 for i, v in enumerate(vs)} for k, vs in FEATURES.items()}

    def encode(self, source: Source, run: Sequence[Sentence]) -> Passage:
        """One run; heads count within the whole run from 1, and 0 is the root."""
        out = Passage(
            [],
            self.treebank[f"{source.language}/{source.treebank}"],
            [],
            [],
            [],
            [],
            [],
            [],
            [],
            [],
        )
        for number, sentence in enumerate(run):
            offset, size = len(out.forms), len(sentence)
            out.forms += sentence.forms
            out.sentence += [number] * size
            out.heads += [head + offset if head else 0 for head in sentence.heads]
            out.relations += [self.relation.get(r, IGNORE) for r in sentence.relations]
            out.tags += [self.tag.get(tag, IGNORE) for tag in sentence.tags]
            out.features += [
                self._features(found, learned=source.features) for found in sentence.features
            ]
            pairs = zip(sentence.forms, sentence.lemmas, strict=True)
            out.edits += [
                self.edit.get(edit_between(form, lemma), IGNORE) if source.lemmas else IGNORE
                for form, lemma in pairs
            ]
            out.names += (
                [IGNORE] * size
                if sentence.names is None
                else [self.name[tag] for tag in bioes(sentence.names)]
            )
            out.ends += [0] * (size - 1) + [1]
        return out

    def _features(self, found: dict[str, str], *, learned: bool) -> list[int]:
        if not learned:
            return [IGNORE] * len(FEATURES)
        result = []
        for name, values in self.value.items():
            value = found.get(name)
            if value is None:
                result.append(0)
            elif value in values:
                result.append(values[value])
            else:
                result.append(values.get(value.split(",")[0], IGNORE))
        return result
