"""The report while it is being annotated: its reading, tokens, sentences, quotations and layers.

A `Reading` is the text with repairs applied; it maps every place back to the text as received.
All annotators work on the reading and make spans through `Document.span`, so that a span that
covers a repair says `repaired` by itself and all others are `exact`.
"""

from __future__ import annotations

import bisect
import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from dragoman.claims import (
    CommitmentClaim,
    Fingerprint,
    IncidentClaim,
    LocalActor,
    MeetingClaim,
    Mention,
    PositionClaim,
    Quantity,
    Received,
    SaidClaim,
    When,
)
from dragoman.languages import Pack
from dragoman.models import Syntax, can_parse, parse
from dragoman.types import Boilerplate, Reason, Repair, Span

_DATELINE = 16
_SHORTEST_PLACE = 2
_DASHES = frozenset("-–—―")


class Token(NamedTuple):
    """A word, number or sign: characters `start` to `end` of the reading, and its folded form."""

    start: int
    end: int
    text: str
    fold: str

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()

    @property
    def word(self) -> bool:
        """Whether it is made of letters."""
        return self.text[:1].isalpha()


class Sentence(NamedTuple):
    """Tokens `first` to `last` (exclusive), characters `start` to `end`, number of paragraph."""

    first: int
    last: int
    start: int
    end: int
    paragraph: int


class Quote(NamedTuple):
    """What stands between quotation marks: its characters, its nesting depth, whether closed."""

    start: int
    end: int
    depth: int
    closed: bool


class Change(NamedTuple):
    """Characters `start` to `end` of the text as received, read as `text`."""

    start: int
    end: int
    text: str


class Reading:
    """A text with some stretches read differently, and the way back to the original places.

    Args:
        original: the text as received.
        changes: the stretches, none overlapping another.
    """

    def __init__(self, original: str, changes: Sequence[Change] = ()) -> None:
        self.original = original
        self.changes = sorted(changes)
        parts: list[str] = []
        # _places: where each unchanged or changed stretch begins in the reading; beside it the
        # original start and end, and whether it was changed.
        self._places: list[int] = []
        self._stretches: list[tuple[int, int, bool]] = []
        done = place = 0
        for change in self.changes:
            if change.start < done:
                raise ValueError(f"changes overlap at {change.start}")
            for start, end, text, changed in (
                (done, change.start, original[done : change.start], False),
                (change.start, change.end, change.text, True),
            ):
                if text:
                    self._places.append(place)
                    self._stretches.append((start, end, changed))
                    parts.append(text)
                    place += len(text)
            done = change.end
        self._places.append(place)
        self._stretches.append((done, len(original), False))
        parts.append(original[done:])
        self.text = "".join(parts)

    def original_span(self, start: int, end: int) -> tuple[int, int, bool]:
        """The original place of characters of the reading, and whether a repair lies in it."""
        first = bisect.bisect_right(self._places, start) - 1
        last = bisect.bisect_right(self._places, max(start, end - 1)) - 1
        begin, _, changed = self._stretches[first]
        if not changed:
            begin += start - self._places[first]
        orig, finish, touched = self._stretches[last]
        if not touched:
            finish = orig + (end - self._places[last])
        repaired = any(self._stretches[i][2] for i in range(first, last + 1))
        return begin, finish, repaired

    def place_of(self, original: int) -> int:
        """The place in the reading of a character of the text as received."""
        for place, (start, end, changed) in zip(self._places, self._stretches, strict=True):
            if start <= original < end or (original >= end == len(self.original)):
                return place if changed else place + (original - start)
        return len(self.text)


@dataclass
class Document:
    """One report under way through stage 2. Annotators fill the layers in a stated order."""

    received: Received
    report: str
    language: str | None
    pack: Pack
    reading: Reading
    tokens: list[Token] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    outlet: str | None = None
    agency: str | None = None
    title: str | None = None
    header: list[Span] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    boilerplate: list[Boilerplate] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    fingerprint: Fingerprint | None = None
    times: list[When] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    actors: list[LocalActor] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    statements: list[SaidClaim] = field(default_factory=list)
    meetings: list[MeetingClaim] = field(default_factory=list)
    positions: list[PositionClaim] = field(default_factory=list)
    commitments: list[CommitmentClaim] = field(default_factory=list)
    incidents: list[IncidentClaim] = field(default_factory=list)
    parsers: Mapping[str, str] = field(default_factory=dict)

    @functools.cached_property
    def syntax(self) -> Syntax:
        """The syntax of the reading; no words where the language has no parser.

        Its places are those of the reading. It is made when it is first asked for.
        """
        if self.language is None or not can_parse(self.language, self.parsers):
            return Syntax()
        return parse(self.text, self.language, self.parsers)

    @property
    def text(self) -> str:
        """The reading's text: what annotators look at."""
        return self.reading.text

    @property
    def words(self) -> list[str]:
        """The folded forms of all tokens, for lexicons."""
        if len(self._words) != len(self.tokens):
            self._words = [token.fold for token in self.tokens]
        return self._words

    _words: list[str] = field(default_factory=list, repr=False)

    def span(self, start: int, end: int, role: str | None = None) -> Span:
        """The span of characters `start` to `end` of the reading, in the text as received."""
        begin, finish, repaired = self.reading.original_span(start, end)
        return Span(
            report=self.report,
            start=begin,
            end=finish,
            text=self.reading.original[begin:finish],
            grounding="repaired" if repaired else "exact",
            role=role,
        )

    def token_span(self, first: int, last: int, role: str | None = None) -> Span:
        """The span of tokens `first` to `last` (exclusive)."""
        return self.span(self.tokens[first].start, self.tokens[last - 1].end, role)

    def token_at(self, place: int) -> int:
        """The index of the first token that ends after a character of the reading."""
        return bisect.bisect_right(self._ends, place)

    @property
    def _ends(self) -> list[int]:
        if len(self._end_cache) != len(self.tokens):
            self._end_cache = [token.end for token in self.tokens]
        return self._end_cache

    _end_cache: list[int] = field(default_factory=list, repr=False)

    def sentence_at(self, token: int) -> Sentence | None:
        """The sentence that holds a token; None for tokens of boilerplate."""
        index = bisect.bisect_right(self.sentences, token, key=lambda s: s.first) - 1
        if index >= 0 and self.sentences[index].last > token:
            return self.sentences[index]
        return None

    def past_dateline(self, sentence: Sentence) -> int:
        """The token of a sentence behind its dateline; its first token where it has none.

        A dateline opens the sentence with a word in capitals, or ends in a bracket, before a dash
        between spaces: `GENEVA, May 30 (Wire) - `.
        """
        tokens = self.tokens
        for token in range(sentence.first + 1, min(sentence.last - 1, sentence.first + _DATELINE)):
            if tokens[token].text not in _DASHES:
                continue
            before, after = tokens[token - 1], tokens[token + 1]
            if before.end == tokens[token].start or tokens[token].end == after.start:
                return sentence.first
            opens = tokens[sentence.first].text
            capitals = opens.isupper() and len(opens) > _SHORTEST_PLACE
            return token + 1 if capitals or before.text == ")" else sentence.first
        return sentence.first

    def paragraph_at(self, place: int) -> int:
        """The number of the paragraph that holds a character; -2 for boilerplate."""
        sentence = self.sentence_at(self.token_at(place))
        return -2 if sentence is None else sentence.paragraph

    def quote_at(self, place: int) -> Quote | None:
        """The innermost quotation that holds a character of the reading."""
        holding = [quote for quote in self.quotes if quote.start <= place < quote.end]
        return max(holding, key=lambda quote: quote.depth, default=None)
