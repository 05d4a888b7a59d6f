"""Statements: who is reported to have said what, through whom.

In: a document with its names, times and quotations. Out: claims, in the order of their content.

A cue (`cues`) is a word of the pack that reports speech, belief or will. What it governs in the
syntax (`tree`) is what was said (`contents`), its subject (`subjects`) the one who said it
(`speakers`). The layer of quotations (`quotations`) works by signs and places alone: an utterance
beside a cue is what was said whatever the syntax makes of it, and one that no cue claims goes on
with the speaker before it.
"""

from __future__ import annotations

from dragoman.annotate.document import Document
from dragoman.annotate.statements.finder import Finder
from dragoman.claims import SaidClaim


def find_statements(document: Document) -> list[SaidClaim]:
    """All statements of a report, in the order of their content."""
    return Finder(document).run()
