"""Writes the trained weights as they are shipped: half precision, compressed, with a hash."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path

import msgspec
import numpy as np
import torch
import yaml

from dragoman.models.lemmas import apply_edit, edit_between, packed
from dragoman.models.parser import LEMMAS, PIN, Labels, Language, Parser, Released
from training.examples import FEATURES, NAME_TAGS, TAGS, Source, load
from training.train import SETTINGS


def export(run: Path, treebanks: Path, out: Path) -> None:
    """Write the averaged weights of a training run and what their columns mean."""
    labels = json.loads((run / "labels.json").read_text(encoding="utf-8"))
    table = yaml.safe_load(SETTINGS.read_text(encoding="utf-8"))["languages"]
    sources, _ = load(treebanks, SETTINGS)
    number = {edit: i for i, edit in enumerate(labels["edits"])}
    edits: dict[str, set[int]] = {language: set() for language in table}
    for source in sources:
        for sentence in source.sentences if source.lemmas else ():
            for form, lemma in zip(sentence.forms, sentence.lemmas, strict=True):
                if (edit := number.get(edit_between(form, lemma))) is not None:
                    edits[source.language].add(edit)
    about = Labels(
        tags=TAGS,
        relations=tuple(labels["relations"]),
        features=FEATURES,
        edits=tuple(labels["edits"]),
        name_tags=NAME_TAGS,
        languages={
            language: Language(
                treebank=labels["treebanks"].index(f"{language}/{wants['test'].split('/')[0]}"),
                edits=tuple(sorted(edits[language])),
            )
            for language, wants in table.items()
        },
    )
    weights = torch.load(run / "weights.pt")
    arrays = {name: tensor.numpy().astype(np.float16) for name, tensor in weights.items()}
    single = {name: array.astype(np.float32) for name, array in arrays.items()}
    parser = Parser(Released(single, about, {}))
    irregular = _irregular(parser, sources)
    about = msgspec.structs.replace(
        about,
        languages={
            language: msgspec.structs.replace(known, irregular=irregular.get(language, {}))
            for language, known in about.languages.items()
        },
    )
    text = msgspec.json.encode(about)
    out.parent.mkdir(exist_ok=True)
    lemmas = {
        LEMMAS + language: np.frombuffer(packed(of), np.uint8)
        for language, of in _lemmas(sources).items()
    }
    np.savez_compressed(out, labels=np.frombuffer(text, np.uint8), **lemmas, **arrays)
    digest = hashlib.sha256(out.read_bytes()).hexdigest()
    out.with_suffix(PIN.suffix).write_text(f"{digest}  {out.name}\n", encoding="ascii")
    print(f"{out}: {out.stat().st_size / 1e6:.1f} MB, SHA-256 {digest}")


def _lemmas(sources: list[Source]) -> dict[str, dict[str, set[str]]]:
    """By language and tag, the lemmas of the treebanks."""
    found: dict[str, dict[str, set[str]]] = {}
    for source in (source for source in sources if source.lemmas):
        own = found.setdefault(source.language, {})
        for sentence in source.sentences:
            for tag, lemma in zip(sentence.tags, sentence.lemmas, strict=True):
                if lemma != "_":
                    own.setdefault(tag, set()).add(lemma)
    return found


def _irregular(parser: Parser, sources: list[Source]) -> dict[str, dict[str, str]]:
    """Lemmas of the words (no names) that the network gets wrong more often than right.

    The sentences of the treebank whose manner is asked for count threefold.
    """
    told: dict[tuple[str, str], Counter[str]] = {}
    wrong: Counter[tuple[str, str]] = Counter()
    for source in (source for source in sources if source.lemmas):
        known = parser.labels.languages[source.language]
        columns = np.asarray(known.edits, np.intp)
        own = f"{source.language}/{source.treebank}"
        weight = 3 if list(_treebanks(sources)).index(own) == known.treebank else 1
        sentences = [sentence for sentence in source.sentences if len(sentence)]
        for at in range(0, len(sentences), _BATCH):
            batch = sentences[at : at + _BATCH]
            scores = parser.network.run([s.forms for s in batch], known.treebank)
            best = columns[parser.network.edits(scores.states, scores.words, columns).argmax(1)]
            words = (
                (f, t, lemma)
                for s in batch
                for f, t, lemma in zip(s.forms, s.tags, s.lemmas, strict=True)
            )
            for edit, (form, tag, lemma) in zip(best.tolist(), words, strict=True):
                if tag not in _REGULAR and lemma != "_":
                    key = (source.language, f"{form.lower()}|{tag}")
                    told.setdefault(key, Counter())[lemma] += weight
                    wrong[key] += weight * (apply_edit(form, parser.labels.edits[edit]) != lemma)
    found: dict[str, dict[str, str]] = {}
    for (language, word), lemmas in sorted(told.items()):
        lemma, count = max(lemmas.items(), key=lambda item: (item[1], item[0]))
        if (
            wrong[language, word] > lemmas.total() - count
            and 2 * wrong[language, word] > lemmas.total()
        ):
            found.setdefault(language, {})[word] = lemma
    return found


def _treebanks(sources: list[Source]) -> dict[str, None]:
    return dict.fromkeys(f"{source.language}/{source.treebank}" for source in sources)


# Tags whose lemmas are their forms, or whose spelling treebanks don't agree on.
_REGULAR = frozenset({"PROPN", "PUNCT", "NUM", "SYM", "X"})
_BATCH = 64
