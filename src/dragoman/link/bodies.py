"""Reports made ready to be compared: words, quotations, sentences with what is told in them."""

from __future__ import annotations

import bisect
import functools
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from dragoman.claims import Annotation
from dragoman.languages import load
from dragoman.languages.words import Word, marks, sentences, words

RUN = 5  # words in a row that two reports must share
_SENTENCE_WORDS = 5
_LETTERS = 4  # a word of so many letters has a meaning of its own
STEM = 5


class Sentence(NamedTuple):
    """A sentence: its place, its words of meaning by stem with its marks, and its marks alone.

    It holds words `first` to `last` (exclusive) of the body.
    """

    start: int
    end: int
    first: int
    last: int
    words: Counter[str]
    marks: Counter[str]


@dataclass(frozen=True)
class Body:
    """A report's text without its boilerplate, ready to be compared.

    `capital_nouns` says that its language writes every noun with a capital, so that most of its
    marks are no names.
    """

    report: str
    text: str
    words: list[Word]
    quoted: list[bool]
    sentences: list[Sentence]
    capital_nouns: bool
    runs: dict[tuple[str, ...], list[int]] = field(repr=False)

    @functools.cached_property
    def plain(self) -> int:
        """How many words stand outside quotations; all of them where nearly all are quoted."""
        plain = self.quoted.count(False)
        return plain if plain > RUN else len(self.words)


def body_of(annotation: Annotation, text: str) -> Body:
    """A report made ready to be compared; `text` is its text as received."""
    notices = [
        (span.start, span.end) for entry in annotation.boilerplate for span in entry.evidence
    ]

    found = [word for word in words(text) if word.text[0].isalnum()]
    for start, end in notices:
        found = [word for word in found if not start <= word.start < end]
    places = [
        (span.start, span.end)
        for said in annotation.statements
        for span in said.evidence[:1]
        if said.mode != "indirect"
    ]
    keys = sorted(
        (mention.span.start, mention.span.end, key)
        for mention in annotation.mentions
        if (key := annotation.actors[mention.actor].key)
    )
    runs: dict[tuple[str, ...], list[int]] = defaultdict(list)
    folded = [word.fold for word in found]
    for place, run in enumerate(zip(*(folded[step:] for step in range(RUN)), strict=False)):
        runs[run].append(place)
    return Body(
        report=annotation.report,
        text=text,
        words=found,
        quoted=_quoted(text, found, places),
        sentences=_sentences(text, found, keys),
        capital_nouns=load(annotation.language).grammar.capital_nouns,
        runs=dict(runs),
    )


def _quoted(text: str, found: Sequence[Word], places: Sequence[tuple[int, int]]) -> list[bool]:
    """For each word whether it stands in a quotation: by its marks, or in a known statement."""
    inside = []
    marked = False
    done = 0
    for word in found:
        for sign in text[done : word.start]:
            if sign in "“«„":
                marked = True
            elif sign in "”»":
                marked = False
            elif sign == '"':
                marked = not marked
            elif sign == "\n":
                marked = False
        done = word.end
        inside.append(marked or any(start <= word.start < end for start, end in places))
    return inside


def _sentences(
    text: str, found: Sequence[Word], keys: Sequence[tuple[int, int, str]]
) -> list[Sentence]:
    starts = [word.start for word in found]
    key_starts = [start for start, _, _ in keys]
    cuts = sentences(text)
    bounds = [(bisect.bisect_left(starts, a), bisect.bisect_left(starts, b)) for a, b in cuts]
    by_place: dict[int, str] = dict(marks(found, [first for first, last in bounds if last > first]))
    # A known actor's key stands for its name in any language.
    for start, end, _ in keys:
        for place in range(bisect.bisect_left(starts, start), bisect.bisect_left(starts, end)):
            by_place.pop(place, None)
    result = []
    for (start, end), (first, last) in zip(cuts, bounds, strict=True):
        inside = found[first:last]
        if len(inside) < _SENTENCE_WORDS:
            continue
        stems = Counter(
            word.fold[:STEM]
            for word in inside
            if len(word.fold) >= _LETTERS or word.text[:1].isdigit()
        )
        told = Counter(by_place[place] for place in range(first, last) if place in by_place)
        near = slice(bisect.bisect_left(key_starts, start), bisect.bisect_left(key_starts, end))
        told.update(key for _, _, key in keys[near])
        result.append(Sentence(start, end, first, last, stems + told, told))
    return result
