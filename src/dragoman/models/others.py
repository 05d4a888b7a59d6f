"""Pipelines of other packages that take a language over: installed spaCy and Stanza pipelines.

They are named `spacy:NAME` (as in `spacy.load(NAME)`) or `stanza:CODE`; nothing is downloaded.
A pipeline has to speak Universal Dependencies, so spaCy's English pipelines won't do.
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable, Iterator
from typing import Any

from dragoman.errors import ModelError
from dragoman.models.syntax import ROOT, Name, NameType, Syntax

Parse = Callable[[str], Syntax]

_NAME_TYPES: dict[str, NameType] = {
    "PER": "PER",
    "PERSON": "PER",
    "ORG": "ORG",
    "LOC": "LOC",
    "GPE": "LOC",
}
_SUBTYPES = frozenset({"nsubj:pass", "aux:pass", "acl:relcl", "obl:agent"})
# Labels of the older, English scheme; a pipeline that has them is of no use here.
_FOREIGN = frozenset({"dobj", "pobj", "prep", "nsubjpass"})
_STEP = "install it, or take the line out of [parsers] in the settings"


@functools.cache
def pipeline(name: str) -> Parse:
    """The pipeline of a name, loaded once a process.

    Raises:
        ModelError: the kind is unknown, the package or the pipeline is not installed, or it
            does not speak Universal Dependencies.
    """
    kind, _, which = name.partition(":")
    if kind not in _KINDS or not which:
        raise ModelError(name, "no such kind of pipeline", "write spacy:NAME or stanza:CODE")
    try:
        package = importlib.import_module(kind)
    except ImportError as error:
        raise ModelError(name, f"the package {kind} is not installed", _STEP) from error
    return _KINDS[kind](package, name, which)


def _relation(label: str) -> str:
    lower = label.lower()
    return lower if lower in _SUBTYPES else lower.split(":")[0]


def _spacy(package: Any, name: str, which: str) -> Parse:
    try:
        loaded = package.load(which)
    except OSError as error:
        raise ModelError(name, "spaCy has no pipeline of that name", _STEP) from error
    labels = set(loaded.get_pipe("parser").labels) if loaded.has_pipe("parser") else set()
    if not labels or labels & _FOREIGN:
        cause = "the pipeline has no parser that speaks Universal Dependencies"
        raise ModelError(name, cause, "name another pipeline")

    def parse(text: str) -> Syntax:
        doc = loaded(text)
        kept = [token for token in doc if not token.is_space]
        place = {token.i: number for number, token in enumerate(kept)}
        spans = [[place[t.i] for t in sent if t.i in place] for sent in doc.sents]
        return Syntax(
            starts=[token.idx for token in kept],
            ends=[token.idx + len(token.text) for token in kept],
            tags=[token.pos_ for token in kept],
            features=[token.morph.to_dict() for token in kept],
            lemmas=[token.lemma_ for token in kept],
            heads=[ROOT if t.head.i == t.i else place.get(t.head.i, ROOT) for t in kept],
            relations=[_relation(token.dep_) for token in kept],
            sentences=[(span[0], span[-1] + 1) for span in spans if span],
            names=[
                Name(place[inside[0].i], place[inside[-1].i] + 1, _NAME_TYPES[entity.label_])
                for entity in doc.ents
                if entity.label_ in _NAME_TYPES
                and (inside := [token for token in entity if token.i in place])
            ],
        )

    return parse


def _stanza(package: Any, name: str, which: str) -> Parse:
    try:
        loaded = package.Pipeline(which, download_method=None, verbose=False)
    except Exception as error:  # Stanza raises errors of many sorts where a model is missing.
        raise ModelError(name, f"Stanza can't load it: {error}", _STEP) from error

    def parse(text: str) -> Syntax:
        return _from_stanza(loaded(text))

    return parse


def _from_stanza(doc: Any) -> Syntax:
    """Stanza's words by tokens: of a multiword token the word that governs the others stays."""
    out = Syntax()
    for sentence in doc.sentences:
        first = len(out)
        token_of: dict[int, int] = {0: ROOT - first}
        kept: list[tuple[Any, Any]] = []
        for number, token in enumerate(sentence.tokens):
            inside = {word.id for word in token.words}
            kept.append((token, next((w for w in token.words if w.head not in inside), None)))
            token_of |= dict.fromkeys(inside, number)
        for token, word in kept:
            head = word or token.words[0]
            out.starts.append(token.start_char)
            out.ends.append(token.end_char)
            out.tags.append(head.upos)
            out.features.append(dict(_pairs(head.feats)))
            out.lemmas.append(head.lemma or token.text)
            out.heads.append(first + token_of[head.head])
            out.relations.append(_relation(head.deprel))
        out.sentences.append((first, len(out)))
        out.names.extend(_stanza_names(sentence, first))
    return out


def _pairs(features: str | None) -> Iterator[tuple[str, str]]:
    for pair in (features or "").split("|"):
        key, equals, value = pair.partition("=")
        if equals:
            yield key, value


def _stanza_names(sentence: Any, first: int) -> Iterator[Name]:
    start = 0
    for number, token in enumerate(sentence.tokens):
        place, _, label = str(token.ner or "O").partition("-")
        if place in {"B", "S"}:
            start = number
        if place in {"E", "S"} and label in _NAME_TYPES:
            yield Name(first + start, first + number + 1, _NAME_TYPES[label])


_KINDS: dict[str, Callable[[Any, str, str], Parse]] = {"spacy": _spacy, "stanza": _stanza}
