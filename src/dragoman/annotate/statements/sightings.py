"""Where cues stand in a report: verbs, adjectives and nouns of speech, phrases of source."""

from __future__ import annotations

from typing import NamedTuple

from dragoman.annotate.document import Document
from dragoman.annotate.statements.cues import CLAUSE, Cue, Entry, Words
from dragoman.annotate.statements.tree import Tree
from dragoman.languages.lexicon import fold

_VERBS = frozenset({"VERB", "AUX"})
_ATTRIBUTES = frozenset({"amod", "acl", "nmod", "appos", "compound"})
_LONGEST_SOURCE = 8
_CUE_TAGS = frozenset({"VERB", "AUX", "ADJ"})


class According(NamedTuple):
    """A phrase of source: the first word of its lead, the source's head word, and a cue."""

    first: int
    source: int
    cue: Cue


class Sightings:
    """Finds cues by the words of the pack.

    Args:
        document: the report.
        tree: its syntax.
        words: the pack's words of speech.
    """

    def __init__(self, document: Document, tree: Tree, words: Words) -> None:
        self.doc = document
        self.tree = tree
        self.words = words

    def cues(self) -> dict[int, Cue]:
        """The cues outside quotations, by word of the syntax."""
        found: dict[int, Cue] = {}
        syntax = self.tree.syntax
        for word in range(len(self.tree)):
            tag = syntax.tags[word]
            if tag not in _CUE_TAGS and tag not in {"NOUN", "PROPN"}:
                continue
            if tag == "ADJ" and syntax.relations[word] in _ATTRIBUTES:
                continue
            entry = self._entry(word, tag)
            if entry is not None:
                self._add_cue(found, word, *self.tree.tokens(word), entry)
        for hit in self.words.phrases.find(self.doc.words):
            at = self.tree.word_at(self.doc.tokens[hit.first].start)
            if at is None:
                continue
            word = at
            if (known := found.get(word)) is not None:
                entry = Entry(
                    known.entry.force,
                    known.entry.frames | hit.value.frames,
                    known.entry.prepositions,
                )
                found[word] = Cue(word, known.first, known.last, entry)
                continue
            noun = "named" in hit.value.frames
            if noun == (syntax.tags[word] == "NOUN") and (
                noun or syntax.tags[word] in _VERBS | {"X", "ADJ"}
            ):
                last = hit.last if not noun else hit.first + 1
                self._add_cue(found, word, hit.first, last, hit.value)
        return found

    def _entry(self, word: int, tag: str) -> Entry | None:
        syntax, form = self.tree.syntax, self.tree.forms[word]
        lemma = self._folded(word)
        if tag == "NOUN" and self.tree.light_verb(word) is not None:
            return self.words.table.entry(lemma, form, ()) or self.words.table.noun(lemma, form)
        if tag in {"NOUN", "PROPN"}:
            return self.words.table.noun(lemma, form) if tag == "NOUN" else None
        particles = [
            self.tree.forms[c]
            for c in self.tree.children[word]
            if syntax.relations[c] in {"compound", "compound:prt", "advmod", "expl", "obj", "obl"}
        ]
        return self.words.table.entry(lemma, form, particles)

    def _folded(self, word: int) -> str:
        return fold(self.tree.syntax.lemmas[word])

    def _add_cue(
        self, found: dict[int, Cue], word: int, first: int, last: int, entry: Entry
    ) -> None:
        start = self.doc.tokens[first].start
        if self.doc.quote_at(start) is None and self.doc.sentence_at(first) is not None:
            found[word] = Cue(word, first, last, entry)

    def accordings(self) -> list[According]:
        """Phrases of source outside quotations."""
        found: list[According] = []
        for lexicon, after in (
            (self.words.according, False),
            (self.words.according_after, True),
            (self.words.according_first, False),
        ):
            for hit in lexicon.find(self.doc.words):
                place = self.doc.tokens[hit.first].start
                if lexicon is self.words.according_first and not self._opens(hit.first, hit.last):
                    continue
                lead = self.tree.word_at(place)
                if lead is None or self.doc.quote_at(place) is not None:
                    continue
                head = self._source_of(lead, hit.last, after=after)
                if head is not None and self.doc.sentence_at(hit.first) is not None:
                    cue = Cue(head, hit.first, hit.last, Entry("states", CLAUSE))
                    found.append(According(min(lead, head) if after else lead, head, cue))
        return found

    def _opens(self, first: int, last: int) -> bool:
        """Whether a phrase opens its sentence, and goes on to a comma with a noun for a source."""
        sentence = self.doc.sentence_at(first)
        if sentence is None or first != sentence.first:
            return False
        tokens = self.doc.tokens
        comma = next((t for t in range(last, sentence.last) if tokens[t].text == ","), last)
        return last < comma <= last + _LONGEST_SOURCE and bool(
            self.words.sources.find(self.doc.words, last, comma)
        )

    def _source_of(self, lead: int, last: int, *, after: bool) -> int | None:
        """The head of the noun phrase that a phrase of source goes with."""
        syntax = self.tree.syntax
        up = syntax.heads[lead]
        nominal = up >= 0 and syntax.tags[up] in {"NOUN", "PROPN", "PRON", "NUM"}
        if nominal and (after or self.tree.tokens(up)[0] >= last):
            return up
        if after:
            return None
        if last >= len(self.doc.tokens):
            return None
        word = self.tree.word_at(self.doc.tokens[last].start)
        sentence = self.tree.sentence(lead)
        while word is not None and word < sentence[1]:
            if syntax.tags[word] in {"NOUN", "PROPN", "PRON"}:
                while lead < syntax.heads[word] and syntax.tags[syntax.heads[word]] in {
                    "NOUN",
                    "PROPN",
                }:
                    word = syntax.heads[word]
                return word
            word += 1
        return None
