"""Reports made ready to be compared: words, quotations, sentences with what is told in them."""

from __future__ import annotations

import bisect
import functools
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dragoman.claims import Annotation
from dragoman.languages import load
from dragoman.languages.words import Word, marks, sentences, words

RUN = 5  # words in a row that two reports must share
_SENTENCE_WORDS = 5
_SIGN = re.compile('[“«„”»"\n]')
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

    @functools.cached_property
    def folded(self) -> list[str]:
        """The words as they are compared."""
        return [word.fold for word in self.words]

    @functools.cached_property
    def runs(self) -> dict[tuple[str, ...], list[int]]:
        """Where each row of `RUN` words begins."""
        found: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for place, run in enumerate(
            zip(*(self.folded[step:] for step in range(RUN)), strict=False)
        ):
            found[run].append(place)
        return dict(found)

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
    if notices:
        kept = _inside(notices, [word.start for word in found])
        found = [word for word, inside in zip(found, kept, strict=True) if not inside]
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
    return Body(
        report=annotation.report,
        text=text,
        words=found,
        quoted=_quoted(text, found, places),
        sentences=_sentences(text, found, keys),
        capital_nouns=load(annotation.language).grammar.capital_nouns,
    )


def _inside(places: Sequence[tuple[int, int]], starts: Sequence[int]) -> list[bool]:
    """For each start, in order, whether it lies in one of the places."""
    found = [False] * len(starts)
    for start, end in places:
        first = bisect.bisect_left(starts, start)
        last = bisect.bisect_left(starts, end, first)
        found[first:last] = [True] * (last - first)
    return found


def _quoted(text: str, found: Sequence[Word], places: Sequence[tuple[int, int]]) -> list[bool]:
    """For each word whether it stands in a quotation: by its marks, or in a known statement."""
    inside = _inside(places, [word.start for word in found])
    marked = False
    signs = _SIGN.finditer(text)
    sign = next(signs, None)
    for place, word in enumerate(found):
        while sign is not None and sign.start() < word.start:
            marked = sign[0] in "“«„" or (sign[0] == '"' and not marked)
            sign = next(signs, None)
        inside[place] |= marked
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
