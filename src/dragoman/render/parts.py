"""The structure of a briefing, whatever form it is written in.

A `Sentence` tells something of the negotiation or of a report and cites the words it rests on; it
can't be built without. A `Note` tells something of the record itself (what was not read, what is
kept for review, that nothing was found) and has no words to cite.
"""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.types import Span, Value

# Citations of a sentence that are shown where it stands.
_SHOWN = 3

Place = tuple[str, int, int]


class Part(Value, frozen=True, kw_only=True):
    """A stretch of a sentence; `report` is set where it is the very words of that report."""

    text: str
    report: str | None = None


class Sentence(Value, frozen=True, kw_only=True):
    """A sentence and the words that it rests on. `entry` is the id of the entry it tells.

    Raises:
        ValueError: no citation, or one to words that may not be cited.
    """

    parts: tuple[Part, ...]
    citations: tuple[Span, ...]
    entry: str

    def __post_init__(self) -> None:
        if not self.citations:
            raise ValueError("a sentence needs a citation")
        if not all(span.citable for span in self.citations):
            raise ValueError("a sentence may not cite words of partial or no grounding")

    @property
    def text(self) -> str:
        """Its words, without the citations."""
        return "".join(part.text for part in self.parts)

    @property
    def shown(self) -> tuple[Span, ...]:
        """The citations that are shown with it, the best ones; a rest of one is no rest."""
        few = len(self.citations) <= _SHOWN + 1
        return self.citations if few else self.citations[:_SHOWN]

    @property
    def folded(self) -> tuple[Span, ...]:
        """The citations that a link leads to."""
        return self.citations[len(self.shown) :]


class Note(Value, frozen=True, kw_only=True):
    """A remark on the record itself; `entry` is the id of an entry kept for review."""

    parts: tuple[Part, ...]
    entry: str | None = None

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(part.text for part in self.parts)


class Paragraph(Value, frozen=True, kw_only=True):
    """Sentences that belong together."""

    sentences: tuple[Sentence, ...]


class Block(Value, frozen=True, kw_only=True):
    """Paragraphs under a title; `listed` ones are points of a list."""

    paragraphs: tuple[Paragraph, ...]
    title: str | None = None
    listed: bool = False


class Row(Value, frozen=True, kw_only=True):
    """A row of a grid: what it is about, and the sentences on it."""

    heads: tuple[str, ...]
    sentences: tuple[Sentence, ...]


class Grid(Value, frozen=True, kw_only=True):
    """Rows under columns; the last column holds the sentences."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


class Section(Value, frozen=True, kw_only=True):
    """A section. `key` is its name in addresses."""

    key: str
    title: str
    blocks: tuple[Block | Grid, ...] = ()
    notes: tuple[Note, ...] = ()

    def sentences(self) -> Iterator[Sentence]:
        """All its sentences, in the order of reading."""
        for block in self.blocks:
            for group in block.rows if isinstance(block, Grid) else block.paragraphs:
                yield from group.sentences


class Briefing(Value, frozen=True, kw_only=True):
    """A briefing: notes on what was read, then the sections."""

    title: str
    notes: tuple[Note, ...]
    sections: tuple[Section, ...]

    def sentences(self) -> Iterator[Sentence]:
        """All sentences, in the order of reading."""
        for section in self.sections:
            yield from section.sentences()

    def sources(self) -> dict[Place, tuple[int, Span]]:
        """The places cited (report, start, end), each with its number from 1 and its span."""
        found: dict[Place, tuple[int, Span]] = {}
        for sentence in self.sentences():
            for span in sentence.citations:
                found.setdefault(place_of(span), (len(found) + 1, span))
        return found

    def rests(self) -> dict[tuple[Place, ...], int]:
        """The folded citations of sentences, by places, each rest with its number from 1."""
        found: dict[tuple[Place, ...], int] = {}
        for sentence in self.sentences():
            if rest := tuple(map(place_of, sentence.folded)):
                found.setdefault(rest, len(found) + 1)
        return found


def place_of(span: Span) -> Place:
    """Where words stand: report, first character, and the one after the last."""
    return span.report, span.start, span.end
