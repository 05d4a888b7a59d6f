"""Quotations as utterances: which one a cue stands beside, and how much of a clause is quoted.

This layer looks at signs and places alone, so that it stands where the syntax is wrong or missing.
"""

from __future__ import annotations

from collections.abc import Callable

from dragoman.annotate.document import Document, Quote, Sentence
from dragoman.annotate.statements.values import Place

SHORT_QUOTE_WORDS = 3
_SUBJECT_REACH = 40
_ADJUNCT_REACH = 16
_DASHES = frozenset("–—-")
_END_MARKS = frozenset(".!?…")
_UTTERANCE_ENDS = frozenset(",.!?…")


class Quotations:
    """The outer quotations of a document.

    Args:
        document: the report.
        is_cue: whether a cue stands at a token.
    """

    def __init__(self, document: Document, is_cue: Callable[[int], bool]) -> None:
        self.doc = document
        self.is_cue = is_cue
        self.outer = [quote for quote in document.quotes if quote.depth == 0]

    def holding(self, place: int) -> Quote | None:
        """The outer quotation that holds a character."""
        for quote in self.outer:
            if quote.start <= place < quote.end:
                return quote
        return None

    def length(self, quote: Quote) -> int:
        """How many tokens a quotation has."""
        return self.doc.token_at(quote.end - 1) - self.doc.token_at(quote.start) + 1

    def before(self, first: int) -> Quote | None:
        """The utterance that ends shortly before the cue at token `first`.

        It begins its sentence or stands after a comma or colon, and is no scare quote inside
        somebody's clause; between it and the cue stand no other cue and no end of a sentence.
        """
        start = self.doc.tokens[first].start
        earlier = [quote for quote in self.outer if quote.end <= start]
        sentence = self.doc.sentence_at(first)
        if not earlier or sentence is None:
            return None
        best = earlier[-1]
        if not self.same_paragraph(best, sentence):
            return None
        between = range(self.doc.token_at(best.end), first)
        if len(between) > _SUBJECT_REACH or any(
            (self.doc.tokens[t].text in _END_MARKS and self._ends(t)) or self.is_cue(t)
            for t in between
        ):
            return None
        signs = [self.doc.tokens[t].text for t in between]
        inside = self.doc.text[best.end - 1] in _UTTERANCE_ENDS
        parted = inside or "," in signs[:3] or any(sign in _DASHES for sign in signs[:3])
        if self.opens_clause(best) and (parted or self.length(best) > SHORT_QUOTE_WORDS):
            return best
        return None

    def opens_clause(self, quote: Quote) -> bool:
        """Whether a quotation begins a sentence, or stands after a comma, colon or dash."""
        opening = self.doc.token_at(quote.start) - 1
        sentence = self.doc.sentence_at(max(opening, 0))
        begins = sentence is None or opening <= sentence.first
        return begins or self.doc.tokens[opening - 1].text in {",", ":", "–", "—"}

    def _ends(self, token: int) -> bool:
        sentence = self.doc.sentence_at(token)
        return sentence is None or token + 1 >= sentence.last

    def after(self, last: int) -> Quote | None:
        """The utterance that begins soon after a cue, which ends before token `last`."""
        sentence = self.doc.sentence_at(last - 1)
        if sentence is None or last >= len(self.doc.tokens):
            return None
        start = self.doc.tokens[last - 1].end
        for quote in self.outer:
            if not start <= quote.start <= sentence.end:
                continue
            opening = self.doc.token_at(quote.start) - 1
            gap = range(last, opening)
            if len(gap) > _ADJUNCT_REACH or any(self.is_cue(token) for token in gap):
                return None
            beside = opening <= last or self.doc.tokens[opening - 1].text in {",", ":"}
            return quote if beside else None
        return None

    def resumed(self, before: Quote, last: int) -> Quote | None:
        """The quotation that goes on in the same sentence with one that broke off at a comma.

        Args:
            before: the quotation before a cue.
            last: the token behind the cue.
        """
        sentence = self.doc.sentence_at(last - 1)
        if sentence is None or self.doc.text[before.end - 1] != ",":
            return None
        for quote in self.outer:
            if before.end < quote.start <= sentence.end and not self.stands_alone(quote):
                near = self.doc.token_at(quote.start) - last <= _ADJUNCT_REACH
                return quote if near and quote.start >= self.doc.tokens[last - 1].end else None
        return None

    def stands_alone(self, quote: Quote) -> bool:
        """Whether a quotation begins as a sentence does and has more than a few words."""
        first = self.doc.tokens[self.doc.token_at(quote.start)]
        return first.capital and self.length(quote) > SHORT_QUOTE_WORDS

    def below(self, last: int) -> Place | None:
        """The paragraph that a cue announces with a colon at the end of its own.

        Its quotations alone, if it begins with one; else all of it.
        """
        sentence = self.doc.sentence_at(last - 1)
        if sentence is None or self.doc.tokens[sentence.last - 1].text != ":":
            return None
        nearby = [s for s in self.doc.sentences if s.first >= sentence.last]
        block = [s for s in nearby if s.paragraph == nearby[0].paragraph] if nearby else []
        if not block or block[0].paragraph - sentence.paragraph > 1:
            return None
        for quote in self.outer:
            if block[0].start <= quote.start <= block[0].start + 1:
                return (quote.start, quote.end)
        return (block[0].start, block[-1].end)

    def undated(self, place: Place) -> Place | None:
        """A range without the dateline that it begins with; None where it is nothing else."""
        first = self.doc.token_at(place[0])
        sentence = self.doc.sentence_at(first)
        if sentence is None or first > sentence.first + 1:
            return place
        start = self.doc.tokens[self.doc.past_dateline(sentence)].start
        return (max(place[0], start), place[1]) if start < place[1] else None

    def snapped(self, place: Place) -> Place:
        """The whole quotation, where nothing of a range stands outside it; else the range."""
        quote = self.holding(place[0] + (place[1] - place[0]) // 2)
        if quote is None:
            return place
        text = self.doc.text
        outside = text[place[0] : quote.start] + text[quote.end : place[1]]
        return place if any(map(str.isalnum, outside)) else (quote.start, quote.end)

    def is_direct(self, content: list[Place]) -> bool:
        """Whether all of a content stands in quotation marks."""
        return all(
            any(quote.start - 1 <= start and end <= quote.end + 1 for quote in self.outer)
            for start, end in content
        )

    def touched(self, content: list[Place]) -> list[Quote]:
        """The quotations that stand in a content."""
        return [
            quote
            for quote in self.outer
            if any(start <= quote.start + 1 and quote.end <= end + 2 for start, end in content)
        ]

    def same_paragraph(self, quote: Quote, sentence: Sentence) -> bool:
        """Whether a quotation begins in the paragraph of a sentence."""
        holder = self.doc.sentence_at(self.doc.token_at(quote.start))
        return holder is not None and holder.paragraph == sentence.paragraph

    def is_set_off(self, quote: Quote) -> bool:
        """Whether a quotation of more than a few words stands behind a colon or opens a sentence.

        It may be an utterance, if somebody is named beside it.
        """
        opening = self.doc.token_at(quote.start) - 1
        colon = opening > 0 and self.doc.tokens[opening - 1].text == ":"
        sentence = self.doc.sentence_at(max(opening, 0))
        opens = sentence is not None and opening <= sentence.first
        return (colon or opens) and self.length(quote) > SHORT_QUOTE_WORDS

    def is_utterance(self, quote: Quote) -> bool:
        """Whether a quotation is a sentence or more by itself."""
        if self.length(quote) <= SHORT_QUOTE_WORDS:
            return False
        text = self.doc.text
        whole = text[quote.end - 1] in _UTTERANCE_ENDS or not quote.closed
        whole = whole or text[quote.end + 1 : quote.end + 2] in {".", "\n", ""}
        sentence = self.doc.sentence_at(self.doc.token_at(quote.start))
        return (
            whole
            and sentence is not None
            and (
                self.doc.tokens[sentence.first].end >= quote.start or sentence.start >= quote.start
            )
        )
