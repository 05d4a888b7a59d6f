"""The parser that comes with Dragoman: its weights, and a text turned into `Syntax`.

One network serves all its languages; what differs is the tokens, the lemma edits that a language
has, and which treebank's manner is asked for. The weights are one file, pinned by its SHA-256.
"""

from __future__ import annotations

import functools
import hashlib
import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, cast

import msgspec
import numpy as np
from numpy.typing import NDArray

from dragoman.errors import ModelError
from dragoman.languages.wordlist import word_list
from dragoman.models.lemmas import Lexicon, likeliest, unpacked
from dragoman.models.network import Floats, Ints, Network, Scores
from dragoman.models.syntax import ROOT, Name, NameType, Syntax
from dragoman.models.tokens import words
from dragoman.models.trees import allowed, best_heads, best_tags
from dragoman.types import Value

WEIGHTS = Path(__file__).parent / "weights" / "parser.npz"
PIN = WEIGHTS.with_suffix(".sha256")
# What the names of arrays of lemmas begin with; the language follows.
LEMMAS = "lemmas."
# Longer paragraphs are parsed in stretches, cut after a full stop.
_LONGEST = 160
_STOPS = frozenset(".!?…")


class Language(Value, frozen=True, kw_only=True):
    """What a language has of its own.

    Args:
        treebank: the row of the treebank whose manner is asked for.
        edits: the columns of its lemma edits.
        irregular: lemmas of words that the edits get wrong, by lower-case form and tag
            (`went|VERB`).
    """

    treebank: int
    edits: tuple[int, ...]
    irregular: dict[str, str] = {}


class Labels(Value, frozen=True, kw_only=True):
    """What the columns of the weights stand for."""

    tags: tuple[str, ...]
    relations: tuple[str, ...]
    features: dict[str, tuple[str, ...]]
    edits: tuple[str, ...]
    name_tags: tuple[str, ...]
    languages: dict[str, Language]


class Released(NamedTuple):
    """What the file of weights holds.

    Args:
        weights: arrays by name.
        labels: what their columns stand for.
        lemmas: by language, the lemmas of its treebanks, `packed`.
    """

    weights: dict[str, Floats]
    labels: Labels
    lemmas: dict[str, bytes]


class Parser:
    """The network with what its numbers mean. `parse` is a pure function of its arguments."""

    def __init__(self, released: Released) -> None:
        self.network = Network(released.weights)
        self.labels = labels = released.labels
        self.lemmas = released.lemmas
        self._lexicon = functools.cache(self._lexicon_of)
        self.follows = allowed(labels.name_tags)
        self.opens = [tag[0] in "OBS" for tag in labels.name_tags]
        sizes = [len(values) + 1 for values in labels.features.values()]
        self.blocks = np.cumsum(sizes)[:-1]
        self.columns = {
            code: np.asarray(found.edits, np.intp) for code, found in labels.languages.items()
        }
        self._read_features = functools.lru_cache(maxsize=4096)(self._features_of)

    def parse(self, text: str, language: str) -> Syntax:
        """The syntax of a text.

        Args:
            text: any text; a line break ends a sentence.
            language: ISO 639-1 code, one of `languages()`.

        Raises:
            KeyError: the parser does not know the language.
        """
        known = self.labels.languages[language]
        places = words(text, language)
        if not places:
            return Syntax()
        forms = [text[start:end] for start, end in places]
        sequences = _stretches(text, places, forms)
        scores = self.network.run(sequences, known.treebank)
        sentences = _sentences(scores.ends, [len(sequence) for sequence in sequences])
        heads = self._heads(scores.states, sentences)
        relations = self.network.relations(scores.states, heads).argmax(1)
        tags = scores.tags.argmax(1)
        return Syntax(
            starts=[start for start, _ in places],
            ends=[end for _, end in places],
            tags=[self.labels.tags[tag] for tag in tags],
            features=self._features(scores.features),
            lemmas=self._lemmas(forms, tags.tolist(), scores, language),
            heads=heads.tolist(),
            relations=[self.labels.relations[relation] for relation in relations],
            sentences=sentences,
            names=self._names(scores.names),
        )

    def _heads(self, states: Floats, sentences: Sequence[tuple[int, int]]) -> Ints:
        dependents, others = self.network.arc_parts(states)
        root = self.network.w["arc_root"][None]
        heads = np.full(len(states), ROOT, np.intp)
        for first, last in sentences:
            candidates = np.concatenate([root, others[first:last]])
            found = best_heads(dependents[first:last] @ candidates.T)
            heads[first:last] = np.where(found == 0, ROOT, found + first - 1)
        return heads

    def _features(self, scores: Floats) -> list[Mapping[str, str]]:
        best = np.stack([block.argmax(1) for block in np.split(scores, self.blocks, -1)], -1)
        return [self._read_features(tuple(row)) for row in best.tolist()]

    def _features_of(self, row: tuple[int, ...]) -> Mapping[str, str]:
        named = zip(self.labels.features.items(), row, strict=True)
        return {name: values[value - 1] for (name, values), value in named if value}

    def _lemmas(
        self, forms: Sequence[str], tags: Sequence[int], scores: Scores, language: str
    ) -> list[str]:
        columns = self.columns[language]
        edits = self.network.edits(scores.states, scores.words, columns)
        best, points = likeliest(edits)
        names = self.labels.edits
        lexicon = self._lexicon(language)
        rows = zip(forms, tags, columns[best].tolist(), points.tolist(), strict=True)
        return [
            lexicon.lemma(
                form,
                self.labels.tags[tag],
                [(names[edit], score) for edit, score in zip(own, of, strict=True)],
            )
            for form, tag, own, of in rows
        ]

    def _lexicon_of(self, language: str) -> Lexicon:
        irregular = self.labels.languages[language].irregular
        lemmas = unpacked(self.lemmas.get(language, b""))
        return Lexicon(irregular, lemmas, word_list(language))

    def _names(self, scores: Floats) -> list[Name]:
        found: list[Name] = []
        first = 0
        for word, number in enumerate(best_tags(scores, self.follows, self.opens)):
            tag = self.labels.name_tags[number]
            if tag[0] in "BS":
                first = word
            if tag[0] in "ES":
                found.append(Name(first, word + 1, cast("NameType", tag[2:])))
        return found


def _stretches(
    text: str, places: Sequence[tuple[int, int]], forms: Sequence[str]
) -> list[list[str]]:
    """The words by paragraph, long paragraphs cut after a full stop."""
    breaks = {match.start() for match in re.finditer(r"\n", text)}
    found: list[list[str]] = [[]]
    before = 0
    for (start, end), form in zip(places, forms, strict=True):
        fresh = bool(breaks) and "\n" in text[before:start]
        long = len(found[-1]) >= _LONGEST // 2 and found[-1][-1] in _STOPS
        if found[-1] and (fresh or long or len(found[-1]) >= _LONGEST):
            found.append([])
        found[-1].append(form)
        before = end
    return found


def _sentences(ends: NDArray[np.float32], lengths: Sequence[int]) -> list[tuple[int, int]]:
    closing = ends > 0
    closing[np.cumsum(lengths) - 1] = True
    stops = np.flatnonzero(closing) + 1
    return list(zip([0, *stops[:-1].tolist()], stops.tolist(), strict=True))


@functools.cache
def own_parser() -> Parser:
    """The parser with the weights that come with the package.

    Raises:
        ModelError: the weights are missing, or are not those that were released.
    """
    step = "install Dragoman again"
    try:
        raw, pin = WEIGHTS.read_bytes(), PIN.read_text(encoding="ascii").split()[0]
    except OSError as error:
        raise ModelError(str(WEIGHTS), "the parser's weights can't be read", step) from error
    if hashlib.sha256(raw).hexdigest() != pin:
        raise ModelError(str(WEIGHTS), "the parser's weights are not those released", step)
    return Parser(read_weights(raw))


def read_weights(raw: bytes) -> Released:
    """What is in the bytes of a file that `training.export` wrote."""
    with np.load(io.BytesIO(raw), allow_pickle=False) as arrays:
        labels = msgspec.json.decode(arrays["labels"].tobytes(), type=Labels)
        lemmas = {
            name.removeprefix(LEMMAS): found.tobytes()
            for name, found in arrays.items()
            if name.startswith(LEMMAS)
        }
        weights = {
            name: found.astype(np.float32)
            for name, found in arrays.items()
            if name != "labels" and not name.startswith(LEMMAS)
        }
    return Released(weights, labels, lemmas)


def languages() -> frozenset[str]:
    """The languages (ISO 639-1) that the parser has learned."""
    return frozenset(own_parser().labels.languages)
