"""The parser that comes with Dragoman: its weights, and a text turned into `Syntax`.

One network serves all its languages; what differs is the tokens, the lemma edits that a language
has, and which treebank's manner is asked for. The weights are one file, pinned by its SHA-256.
"""

from __future__ import annotations

import functools
import hashlib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
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
from dragoman.models.trees import NEVER, allowed, best_heads, best_tags, log_softmax
from dragoman.types import Value

WEIGHTS = Path(__file__).parent / "weights" / "parser.npz"
PIN = WEIGHTS.with_suffix(".sha256")
# What the names of arrays of lemmas begin with; the language follows.
LEMMAS = "lemmas."
# Longer paragraphs are parsed in stretches, cut after a full stop.
_LONGEST = 160
_STOPS = frozenset(".!?…")
# Share of the words with a capital from which on a line without such signs is a headline.
_TITLED = 0.6
# Words that are parsed at once; so memory does not grow with the text.
_AT_ONCE = 4000
# Heads of each word whose relations are weighed, the least logarithm of a relation, and what it
# counts beside that of the arc (chosen on held sentences and the example).
_LIKELY, _UNLIKELY, _WEIGHT = 4, np.float32(-6), np.float32(0.5)


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
        if language not in self.labels.languages:
            raise KeyError(language)
        places = words(text, language)
        forms = [text[start:end] for start, end in places]
        found = Syntax(starts=[start for start, _ in places], ends=[end for _, end in places])
        for sequences in _batches(_stretches(text, places, forms)):
            self._read(sequences, language, found)
        return found

    def _read(self, sequences: Sequence[Sequence[str]], language: str, found: Syntax) -> None:
        """Add what some stretches of words are to what was found of those before them."""
        first = len(found.tags)
        forms = [form for sequence in sequences for form in sequence]
        scores = self.network.run(sequences, self.labels.languages[language].treebank)
        sentences = _sentences(scores.ends, sequences)
        heads, relations = self._arcs(scores.states, sentences)
        tags = scores.tags.argmax(1).tolist()
        found.tags.extend(self.labels.tags[tag] for tag in tags)
        found.features.extend(self._features(scores.features))
        found.lemmas.extend(self._lemmas(forms, tags, scores, language))
        found.heads.extend(np.where(heads == ROOT, ROOT, heads + first).tolist())
        found.relations.extend(self.labels.relations[relation] for relation in relations)
        found.sentences.extend((first + start, first + end) for start, end in sentences)
        for name in self._names(scores.names):
            found.names.append(Name(first + name.first, first + name.last, name.type))

    def _arcs(self, states: Floats, sentences: Sequence[tuple[int, int]]) -> tuple[Ints, Ints]:
        """Heads and relations: the tree whose arcs and best relations are likeliest together."""
        dependents, others = self.network.arc_parts(states)
        root = self.network.w["arc_root"][None]
        heads = np.full((len(states), _LIKELY), ROOT, np.intp)
        logs = np.full((len(states), _LIKELY), _UNLIKELY, np.float32)
        arcs = []
        for first, last in sentences:
            own = dependents[first:last] @ np.concatenate([root, others[first:last]]).T
            own[np.arange(last - first), np.arange(1, last - first + 1)] = NEVER
            own = log_softmax(own)
            arcs.append(own)
            count = min(_LIKELY, last - first)
            likely = np.argpartition(-own, count - 1, axis=1)[:, :count]
            heads[first:last, :count] = np.where(likely == 0, ROOT, likely + first - 1)
            logs[first:last, :count] = np.take_along_axis(own, likely, 1)
        parts = self.network.relation_parts(states)
        certain = log_softmax(self.network.relations(parts, heads).swapaxes(1, 2)).max(2)
        best = np.full(len(states), ROOT, np.intp)
        for own, (first, last) in zip(arcs, sentences, strict=True):
            count = min(_LIKELY, last - first)
            columns = np.where(heads[first:last] == ROOT, 0, heads[first:last] - first + 1)
            both = logs[first:last] + _WEIGHT * np.maximum(certain[first:last], _UNLIKELY)
            together = own + _WEIGHT * _UNLIKELY
            np.put_along_axis(together, columns[:, :count], both[:, :count], 1)
            tree = best_heads(together)
            best[first:last] = np.where(tree == 0, ROOT, tree + first - 1)
        return best, self.network.relations(parts, best[:, None])[..., 0].argmax(1)

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


def _batches(stretches: Sequence[list[str]]) -> Iterator[list[list[str]]]:
    """The stretches in order, as many at a time as are parsed at once."""
    found: list[list[str]] = []
    size = 0
    for stretch in stretches:
        if found and size + len(stretch) > _AT_ONCE:
            yield found
            found, size = [], 0
        found.append(stretch)
        size += len(stretch)
    if size:
        yield found


def _sentences(
    ends: NDArray[np.float32], sequences: Sequence[Sequence[str]]
) -> list[tuple[int, int]]:
    """First and last (exclusive) word of each sentence; a headline is one sentence."""
    closing = ends > 0
    last = 0
    for sequence in sequences:
        first, last = last, last + len(sequence)
        if _is_headline(sequence):
            closing[first:last] = False
        closing[last - 1] = True
    stops = np.flatnonzero(closing) + 1
    return list(zip([0, *stops[:-1].tolist()], stops.tolist(), strict=True))


def _is_headline(forms: Sequence[str]) -> bool:
    """Whether a line has no sign that ends a sentence and is written in capitals or titles."""
    if any(form == ";" or _STOPS.issuperset(form) for form in forms):
        return False
    letters = [form for form in forms if form[0].isalpha()]
    return sum(form[0].isupper() for form in letters) > _TITLED * len(letters)


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
