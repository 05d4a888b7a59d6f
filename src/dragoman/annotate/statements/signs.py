"""Quotations and their speakers by signs and word forms alone.

For quotations that no cue of the syntax claims: where a language has no parser, where a sentence
is too damaged for it, and where no verb stands at all (`“...” — Ann Holt`, `Holt: “...”`).
"""

from __future__ import annotations

from typing import NamedTuple

from dragoman.annotate.document import Document, Quote, Sentence
from dragoman.annotate.statements.cues import Cue, Entry, Words
from dragoman.annotate.statements.values import Place

# A cue that no word of the syntax stands for.
NO_WORD = -1
_DASHES = frozenset("–—―-")
_LONGEST_NAME = 8
_LONGEST_CREDIT = 20
_REACH = 24


class Beside(NamedTuple):
    """Tokens beside a quotation that tell who spoke; the cue, where there is one."""

    first: int
    last: int
    cue: Cue | None
    behind: tuple[int, int] | None = None


class Signs:
    """What stands beside quotations.

    Args:
        document: the report.
        words: the pack's words of speech.
    """

    def __init__(self, document: Document, words: Words) -> None:
        self.doc = document
        self.words = words

    def beside(self, quote: Quote) -> Beside | None:
        """What tells the speaker of a quotation: a credit, a label, or a cue."""
        return self._credit(quote) or self._label(quote) or self._cue(quote)

    def labels(self) -> list[tuple[Place, int, int]]:
        """Paragraphs that begin with a name and a colon, without quotation marks: `HOLT: No`.

        Returns:
            The characters of what follows, and the tokens of the name.
        """
        found: list[tuple[Place, int, int]] = []
        tokens, sentences = self.doc.tokens, self.doc.sentences
        for index, sentence in enumerate(sentences):
            if index and sentences[index - 1].paragraph == sentence.paragraph:
                continue
            colon = self._colon(sentence)
            if colon is None or self.doc.quote_at(tokens[colon].start) is not None:
                continue
            last = sentence.last
            for other in sentences[index + 1 :]:
                if other.paragraph != sentence.paragraph:
                    break
                last = other.last
            if last - colon > 2 and not self._quoted(colon + 1):
                place = (tokens[colon + 1].start, tokens[last - 1].end)
                found.append((place, sentence.first, colon))
        return found

    def _colon(self, sentence: Sentence) -> int | None:
        """The token of a colon that parts a short beginning from the rest of a sentence."""
        tokens = self.doc.tokens
        for token in range(sentence.first + 1, min(sentence.last - 1, sentence.first + 8)):
            if tokens[token].text == ":":
                return token
            if not (tokens[token].word or tokens[token].text in {".", "-", "'", "’", "(", ")"}):
                return None
        return None

    def _quoted(self, token: int) -> bool:
        return self.doc.quote_at(self.doc.tokens[token].end) is not None

    def _credit(self, quote: Quote) -> Beside | None:
        """A name behind a dash that closes the paragraph: `“...” — Ann Holt`."""
        tokens = self.doc.tokens
        dash = self.doc.token_at(quote.end)
        while dash < len(tokens) and tokens[dash].text in {"”", '"', "»", "“", "’", "'", ".", ","}:
            dash += 1
        if dash + 1 >= len(tokens) or tokens[dash].text not in _DASHES:
            return None
        last = dash + 1
        while last < len(tokens) and "\n" not in self.doc.text[tokens[dash].end : tokens[last].end]:
            last += 1
        if not 0 < last - dash - 1 <= _LONGEST_CREDIT:
            return None
        return Beside(dash + 1, last, None)

    def _label(self, quote: Quote) -> Beside | None:
        """A name and a colon before a quotation: `Holt: “...”`."""
        tokens = self.doc.tokens
        colon = self.doc.token_at(quote.start) - 2
        sentence = self.doc.sentence_at(max(colon, 0))
        if colon < 1 or tokens[colon].text != ":" or sentence is None:
            return None
        if not 0 < colon - sentence.first <= _LONGEST_NAME or self._forms(sentence.first, colon):
            return None
        return Beside(sentence.first, colon, None)

    def _cue(self, quote: Quote) -> Beside | None:
        """A word form of a cue in the sentence behind a quotation, or before it."""
        tokens = self.doc.tokens
        closing = self.doc.token_at(quote.end)
        sentence = self.doc.sentence_at(min(closing, len(tokens) - 1))
        if sentence is not None:
            last = min(sentence.last, closing + _REACH)
            stop = next((t for t in range(closing, last) if self._is_quoted(t, quote)), last)
            for cue in self._forms(closing, stop):
                return Beside(closing, cue.first, cue, (cue.last, self._until(cue.last, stop)))
        opening = self.doc.token_at(quote.start) - 1
        sentence = self.doc.sentence_at(max(opening, 0))
        if sentence is not None and sentence.first < opening:
            cues = self._forms(max(sentence.first, opening - _REACH), opening)
            if cues:
                cue = cues[-1]
                return Beside(sentence.first, cue.first, cue, (cue.last, opening))
        return None

    def _is_quoted(self, token: int, quote: Quote) -> bool:
        start = self.doc.tokens[token].start
        return start > quote.end and self.doc.quote_at(start) is not None

    def _until(self, first: int, stop: int) -> int:
        """Where the stretch behind a cue ends: at a sign."""
        for token in range(first, stop):
            if not self.doc.tokens[token].word:
                return token
        return stop

    def _forms(self, first: int, last: int) -> list[Cue]:
        """The cues that word forms between two tokens tell, in order."""
        found = [
            Cue(NO_WORD, hit.first, hit.last, hit.value)
            for hit in self.words.phrases.find(self.doc.words, first, last)
            if "clause" in hit.value.frames
        ]
        taken = {token for cue in found for token in range(cue.first, cue.last)}
        found += [
            Cue(NO_WORD, token, token + 1, entry)
            for token in range(first, last)
            if token not in taken and (entry := self._entry(token)) is not None
        ]
        return sorted(found, key=lambda cue: cue.first)

    def _entry(self, token: int) -> Entry | None:
        word = self.doc.words[token]
        entry = self.words.table.entry(word, word, ()) if self.doc.tokens[token].word else None
        return entry if entry is not None and "clause" in entry.frames else None
