"""The syntax of a report seen from its characters and tokens: phrases, clauses, what is quoted."""

from __future__ import annotations

import bisect
from collections.abc import Iterable

from dragoman.annotate.document import Document, Quote
from dragoman.annotate.statements.values import Place
from dragoman.languages.lexicon import fold
from dragoman.models import ROOT

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj"})
PREDICATES = frozenset({"VERB", "AUX", "ADJ"})
_LIGHT = frozenset({"obj", "obl", "compound", "compound:lvc", "nsubj"})
_CLOSING = frozenset(" ,;:–—-.")


class Tree:
    """Questions about the words of `Document.syntax`."""

    def __init__(self, document: Document) -> None:
        self.doc = document
        self.syntax = document.syntax
        text = document.text
        syntax = self.syntax
        self.forms = [
            fold(text[start:end]) for start, end in zip(syntax.starts, syntax.ends, strict=True)
        ]
        self.children = syntax.children
        self._sentence_starts = [first for first, _ in syntax.sentences]

    def __len__(self) -> int:
        return len(self.forms)

    def word_at(self, place: int) -> int | None:
        """The word that holds a character; None between words."""
        word = bisect.bisect_right(self.syntax.ends, place)
        return word if word < len(self) and self.syntax.starts[word] <= place else None

    def sentence(self, word: int) -> tuple[int, int]:
        """The first and last (exclusive) word of the sentence of a word."""
        return self.syntax.sentences[bisect.bisect_right(self._sentence_starts, word) - 1]

    def tokens(self, word: int) -> tuple[int, int]:
        """The tokens (last exclusive) of a word."""
        first = self.doc.token_at(self.syntax.starts[word])
        return first, self.doc.token_at(self.syntax.ends[word] - 1) + 1

    def child(self, word: int, *relations: str) -> int | None:
        """The first child with one of some relations."""
        for child in self.children[word]:
            if self.syntax.relations[child] in relations:
                return child
        return None

    def is_participle(self, word: int) -> bool:
        """Whether a verb is a participle, gerund or converb without a subject of its own."""
        form = self.syntax.features[word].get("VerbForm")
        return form in {"Part", "Ger", "Conv"} and self.child(word, "nsubj", "aux") is None

    def light_verb(self, noun: int) -> int | None:
        """The verb right behind a noun that means little without it: `talep etti`."""
        after = noun + 1
        if after >= len(self) or self.syntax.tags[after] not in {"VERB", "AUX"}:
            return None
        under = self.syntax.heads[after] == noun and self.syntax.relations[after] == "compound"
        over = self.syntax.heads[noun] == after and self.syntax.relations[noun] in _LIGHT
        return after if under or over else None

    def case_of(self, word: int) -> str:
        """The folded prepositions of a word, joined by a space."""
        cases = [c for c in self.children[word] if self.syntax.relations[c] == "case"]
        parts = [p for c in cases for p in sorted([c, *self.children[c]])]
        return " ".join(self.forms[p] for p in parts)

    def words_of(self, head: int, without: Iterable[int] = ()) -> list[int]:
        """A subtree in order, less some subtrees."""
        left_out = set(without)
        found: list[int] = []
        waiting = [head]
        while waiting:
            word = waiting.pop()
            if word in left_out:
                continue
            found.append(word)
            waiting += self.children[word]
        return sorted(found)

    def runs(self, head: int, without: Iterable[int] = ()) -> list[Place]:
        """The characters of a subtree less some subtrees: stretches parted by other words.

        Signs at their edges are left out, stretches of one short word too.
        """
        kept = self.words_of(head, without)
        if not kept:
            return []
        stretches: list[list[int]] = [[kept[0]]]
        for word in kept[1:]:
            gap = range(stretches[-1][-1] + 1, word)
            if all(self.syntax.tags[w] == "PUNCT" for w in gap):
                stretches[-1].append(word)
            else:
                stretches.append([word])
        return [place for words in stretches if (place := self.trimmed(words)) is not None]

    def trimmed(self, words: list[int]) -> Place | None:
        """The characters of some words in order, without signs at the edges."""
        words = list(words)
        while words and self._loose(words[0]):
            words.pop(0)
        while words and self._sign(words[-1]):
            words.pop()
        if not words:
            return None
        start, end = self.syntax.starts[words[0]], self.syntax.ends[words[-1]]
        return self.closed(start, end)

    def _sign(self, word: int) -> bool:
        return self.syntax.tags[word] == "PUNCT" and not self.forms[word][:1].isalnum()

    def _loose(self, word: int) -> bool:
        return self._sign(word) or self.syntax.relations[word] == "cc"

    def closed(self, start: int, end: int) -> Place:
        """A range that cuts no closing bracket or quotation mark off its opening one."""
        text = self.doc.text
        for quote in self.doc.quotes:
            if quote.depth == 0 and start < quote.start < end <= quote.end:
                end = quote.end + (1 if quote.closed else 0)
            if (
                quote.depth == 0
                and quote.start <= start < quote.end < end
                and (start - quote.start <= 1)
            ):
                start = quote.start - 1
        opened = text[start:end].count("(") - text[start:end].count(")")
        if opened == 1 and text[end : end + 1] == ")":
            end += 1
        return start, end

    def outer_quote(self, place: int) -> Quote | None:
        """The outermost quotation that holds a character."""
        for quote in self.doc.quotes:
            if quote.depth == 0 and quote.start <= place < quote.end:
                return quote
        return None

    def root_of(self, word: int) -> int:
        """The root of the sentence of a word."""
        while self.syntax.heads[word] != ROOT:
            word = self.syntax.heads[word]
        return word
