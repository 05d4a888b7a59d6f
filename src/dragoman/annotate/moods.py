"""Where the words of a report tell that something is planned, denied, only thought of, and so on.

Words and phrases come from the pack's `modality`. A verb may tell it by its ending alone (Spanish
`firmaría`), and a clause by its order (`had they met`).
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator

from dragoman.annotate.document import Document
from dragoman.annotate.event_words import EventWords
from dragoman.languages.events import Modality
from dragoman.languages.lexicon import Hit

_VERBS = frozenset({"VERB", "AUX"})
_OPENING = frozenset({",", ";", ":", "–", "—", "-", "(", "“", "«", "„", '"', "‘"})
_SUBJECT_TAGS = frozenset({"PRON", "DET", "PROPN", "NOUN", "ADJ", "NUM"})


class Moods:
    """The words of modality of a document, found once."""

    def __init__(self, document: Document, lex: EventWords) -> None:
        found = lex.modality.find_all(document.words)
        found += _endings(document, lex)
        found += _opening(document, lex)
        self._hits = sorted(found, key=lambda hit: (hit.first, -hit.last))
        self._firsts = [hit.first for hit in self._hits]

    def between(self, first: int, last: int) -> dict[Modality, Hit[Modality]]:
        """The words from token `first` to `last` (exclusive); the first of each sort."""
        found: dict[Modality, Hit[Modality]] = {}
        for hit in self.all(first, last):
            found.setdefault(hit.value, hit)
        return found

    def all(self, first: int, last: int) -> Iterator[Hit[Modality]]:
        """All words from token `first` to `last` (exclusive), in order, the longest first."""
        for place in range(bisect.bisect_left(self._firsts, first), len(self._hits)):
            hit = self._hits[place]
            if hit.first >= last:
                return
            if hit.last <= last:
                yield hit


def _endings(document: Document, lex: EventWords) -> Iterator[Hit[Modality]]:
    """Verbs whose ending tells their mood. What is a verb the parser says; without it, none is."""
    ends = tuple(sorted(lex.endings, key=len, reverse=True))
    if not ends:
        return
    syntax, text = document.syntax, document.text
    for start, end, tag in zip(syntax.starts, syntax.ends, syntax.tags, strict=True):
        if tag in _VERBS and (word := text[start:end].lower()).endswith(ends):
            label = next(lex.endings[ending] for ending in ends if word.endswith(ending))
            token = document.token_at(start)
            yield Hit(token, token + 1, label)


def _opening(document: Document, lex: EventWords) -> Iterator[Hit[Modality]]:
    """What opens an unreal clause: an auxiliary before its subject, or a phrase."""
    if not lex.inverted and not lex.openers:
        return
    starts = {sentence.first for sentence in document.sentences}

    def opens(place: int) -> bool:
        return place in starts or (place > 0 and document.tokens[place - 1].text in _OPENING)

    for place, token in enumerate(document.tokens[:-1]):
        # Case apart the very word counts: German `hätte` opens a condition, `hatte` does not.
        inverted = token.text.lower() in lex.inverted and opens(place)
        if inverted and _begins_subject(document, place + 1, lex):
            yield Hit(place, place + 1, "unreal")
    for hit in lex.openers.find(document.words):
        if opens(hit.first):
            yield Hit(hit.first, hit.last, "unreal")


def _begins_subject(document: Document, token: int, lex: EventWords) -> bool:
    """Whether a noun phrase begins at a token: a name, an article, a pronoun, a possessive."""
    word = document.tokens[token]
    if word.capital or word.fold in lex.articles or word.fold in lex.possessives:
        return True
    if lex.pronouns.at(document.words, token):
        return True
    syntax = document.syntax
    at = bisect.bisect_right(syntax.ends, word.start)
    return at < len(syntax) and syntax.tags[at] in _SUBJECT_TAGS
