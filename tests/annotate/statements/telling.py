"""What is found in a sentence: content, speaker, cue, as plain words."""

from __future__ import annotations

from typing import NamedTuple

from dragoman.annotate import annotate
from dragoman.claims import Received


class Said(NamedTuple):
    """A statement: its contents joined, its speaker's name or description, its cue, its mode."""

    content: str
    speaker: str | None
    cue: str | None
    mode: str


def said(text: str, code: str = "en") -> list[Said]:
    """The statements of a text."""
    annotation = annotate(Received(source="sentence", text=text, language=code))
    found = []
    for claim in annotation.statements:
        parts = [span.text for span in claim.evidence if span.role == "content"]
        name = None if claim.speaker is None else annotation.actors[claim.speaker].name
        found.append(Said(" | ".join(parts), claim.described or name, claim.cue, claim.mode))
    return found
