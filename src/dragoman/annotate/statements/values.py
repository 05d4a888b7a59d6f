"""The values that the rooms of the statement finder hand to each other."""

from __future__ import annotations

from dataclasses import dataclass, field

from dragoman.annotate.statements.cues import Cue
from dragoman.types import Span

Place = tuple[int, int]


@dataclass(frozen=True)
class Speaker:
    """Who spoke: an actor of the report, or a description of an unnamed source.

    `again` says that the one who spoke before is meant, by a pronoun or by no word at all;
    `span` is None where no word tells the speaker.
    """

    actor: int | None
    described: str | None
    side: str | None
    span: Span | None
    why: str
    again: bool = False


@dataclass
class Said:
    """A statement found: character ranges of its content, the first the chief one."""

    content: list[Place]
    speaker: Speaker
    cue: Cue | None
    place: int
    direct: bool = False
    phrase: bool = False
    inside: Said | None = None
    via: tuple[str, ...] = ()
    via_spans: list[Span] = field(default_factory=list)

    @property
    def start(self) -> int:
        """Where its content begins, in the reading."""
        return self.content[0][0]

    def holds(self, place: int) -> bool:
        """Whether a character of the reading stands in its content."""
        return any(start <= place < end for start, end in self.content)
