"""What is known of the names of one report while they are being found.

A `Sheet` holds the report's chunks, the offices met and the actors being put together; each room
of this package reads it and adds to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from dragoman.annotate.document import Document
from dragoman.annotate.names.chunks import Chunk
from dragoman.annotate.names.roles import OfficeUse
from dragoman.annotate.names.scenery import Scene
from dragoman.languages.lexicon import fold
from dragoman.types import ActorType, Reason

Sort = Literal["name", "role", "demonym", "metonym", "pronoun"]
_LIST_SIGNS = frozenset(",–-")


class NameHint(NamedTuple):
    """What a second source takes for a name: characters of the reading, and its type.

    `firm`: the source knows (people marked the names); a parser only supposes.
    """

    start: int
    end: int
    type: ActorType
    firm: bool = True


@dataclass(eq=False)
class Draft:
    """An actor being put together."""

    name: str
    type: ActorType
    key: str | None = None
    roles: list[tuple[str, Draft | None]] = field(default_factory=list)
    side: Draft | None = None
    reasons: list[Reason] = field(default_factory=list)
    mentions: list[tuple[int, int, Sort]] = field(default_factory=list)

    def add(self, first: int, last: int, sort: Sort = "name") -> None:
        """Add a mention: tokens `first` to `last` (exclusive)."""
        self.mentions.append((first, last, sort))

    def why(self, rule: str, words: str, weight: float | None = None) -> None:
        """Add a reason, once."""
        reason = Reason(rule=rule, why=words, weight=weight)
        if reason not in self.reasons:
            self.reasons.append(reason)


@dataclass(eq=False)
class Sheet:
    """One report's chunks, offices, and the actors found so far.

    Attributes:
        report: the chunks of each sentence.
        drafts: the actors in the order in which they were found.
        by_key: the same by what tells them apart in this report.
        by_chunk: whom a chunk names, by the chunk's identity.
        supposed: the identities of runs whose type is but likely: a verb of speaking beside a
            single word, or a second source of names that only supposes.
    """

    document: Document
    scene: Scene
    report: Sequence[Sequence[Chunk]]
    uses: list[OfficeUse] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    by_key: dict[str, Draft] = field(default_factory=dict)
    by_chunk: dict[int, Draft] = field(default_factory=dict)
    supposed: set[int] = field(default_factory=set)

    def draft(self, key: str, name: str, type_: ActorType, known: str | None) -> Draft:
        """The actor of a key, begun if it is new."""
        draft = self.by_key.get(key)
        if draft is None:
            draft = Draft(name, type_, key=known)
            self.by_key[key] = draft
            self.drafts.append(draft)
        return draft

    def text(self, first: int, last: int) -> str:
        """The words of tokens `first` to `last` (exclusive), each space a single one."""
        tokens = self.document.tokens
        return " ".join(self.document.text[tokens[first].start : tokens[last - 1].end].split())

    def folded(self, chunk: Chunk) -> str:
        """The folded words of a chunk."""
        return fold(self.text(chunk.first, chunk.last))

    def listed(self, left: Chunk, right: Chunk) -> bool:
        """Whether two chunks are neighbours in a list."""
        gap = self.scene.gap(left.last, right.first)
        joints = _LIST_SIGNS | set(self.document.pack.grammar.conjunctions)
        return 0 < len(gap) <= 2 and all(word in joints for word in gap)

    def parsed_as(self, run: Chunk) -> ActorType | None:
        """The type that a second source gives a run; one of little proof must be all of a name."""
        return self.scene.parsed_as(run.first, run.last, whole=run.weak)

    def given(self, chunk: Chunk) -> bool:
        """Whether a chunk begins with a given name or with initials."""
        first = self.document.tokens[chunk.first]
        if chunk.last - chunk.first == 1:
            return first.fold in self.scene.gazetteer.given
        # Two letters without a stop are initials (JD Vance) or short for a body (IG Metall).
        person = chunk.told is not None and chunk.told.type == "person"
        most = 2 if person or self.document.tokens[chunk.first + 1].text == "." else 1
        initials = len(first.text) <= most and first.text.isupper()
        return first.fold in self.scene.gazetteer.given or initials
