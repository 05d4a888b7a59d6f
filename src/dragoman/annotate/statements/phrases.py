"""What a verb of speech, belief or will governs without a clause: infinitives, objects, topics."""

from __future__ import annotations

from dragoman.annotate.statements.clauses import Clauses
from dragoman.annotate.statements.cues import Cue
from dragoman.annotate.statements.values import Place
from dragoman.models import ROOT

_OBJECTS = ("obj", "iobj")
_RELATIVE = frozenset({"Rel", "Int,Rel", "Int"})
_MARKS = frozenset({'"', "“", "”", "‘", "’", "«", "»", "„", "'"})


class Phrases:
    """Finds infinitives, objects, topics, and the clauses of nouns.

    Args:
        clauses: the search for clauses, with the syntax and the words of the pack.
    """

    def __init__(self, clauses: Clauses) -> None:
        self.clauses = clauses
        self.tree = clauses.tree
        self.words = clauses.words
        self.relations = clauses.relations

    def infinitive(self, word: int) -> list[Place]:
        """The infinitive that a verb governs, with the one who is asked to do it."""
        if self.relations[word] == "aux":
            return self._of_modal(word)
        clause = self.tree.child(word, "xcomp", "ccomp")
        if clause is None or (clause < word and not self.words.dropped):
            clause = next(
                (
                    c
                    for c in self.tree.children[word]
                    if c > word
                    and self.relations[c] == "advcl"
                    and self.tree.syntax.features[c].get("VerbForm") == "Inf"
                    and not self._signed_off(word, c)
                ),
                None,
            )
        if clause is None:
            return []
        ranges = self.clauses.bare(clause)
        hearer = self.tree.child(word, *_OBJECTS)
        if ranges and hearer is not None and word < hearer < clause:
            start = min(self.tree.words_of(hearer))
            ranges[0] = (self.tree.syntax.starts[start], ranges[0][1])
        return ranges

    def _of_modal(self, word: int) -> list[Place]:
        """What a verb of will governs that the syntax takes for an auxiliary: `will ... holen`."""
        head = self.tree.syntax.heads[word]
        if not self._is_infinitive(head):
            return []
        without = [
            c
            for c in self.tree.children[head]
            if c == word or self.relations[c] in {"nsubj", "punct", "mark", "cc", "parataxis"}
        ]
        return self.tree.runs(head, without)

    def _signed_off(self, word: int, clause: int) -> bool:
        first = min(self.tree.words_of(clause))
        return first > word + 1 and self.tree.forms[first - 1] == ","

    def about(self, cue: Cue) -> list[Place]:
        """The topic of a verb that a preposition leads: `called for a truce`."""
        for child in self.tree.children[cue.word]:
            if self.relations[child] not in {"obl", "advcl", "obj", "nmod", "xcomp", "obl:agent"}:
                continue
            lead = [c for c in self.tree.children[child] if self.relations[c] in {"case", "mark"}]
            told = [c for c in lead if self.tree.forms[c] in cue.entry.prepositions]
            if told:
                ranges = self.tree.runs(child, told)
                wish = self.tree.child(cue.word, "xcomp", "advcl")
                if ranges and wish is not None and wish > child and self._is_infinitive(wish):
                    start, end = self.clauses.bare(wish)[0]
                    if 0 <= start - ranges[-1][1] <= 1:
                        ranges[-1] = (ranges[-1][0], end)
                return ranges
        return []

    def _is_infinitive(self, word: int) -> bool:
        return self.tree.syntax.features[word].get("VerbForm") == "Inf"

    def object(self, word: int) -> list[Place]:
        """The object, and what is said of it: `called the plan a mistake`, `blamed it for ...`."""
        told = self._object_of(word)
        if told is None:
            return []
        if self.tree.syntax.features[told].get("PronType") in _RELATIVE:
            return self._predicate(word, told)
        ranges = self.tree.runs(told)
        if not ranges:
            return []
        start, end = ranges[0][0], ranges[-1][1]
        reached = self._reach(word, told) if word < told else end
        if self.tree.syntax.tags[told] == "PRON" and reached <= end:
            return []
        return [self.tree.closed(start, max(end, reached))] if len(ranges) == 1 else ranges

    def _predicate(self, word: int, told: int) -> list[Place]:
        """What is said of an object that a relative pronoun stands for: `which they call X`."""
        for child in self.tree.children[word]:
            if child != told and child > word and self._belongs(child, told):
                lead = [c for c in self.tree.children[child] if self.relations[c] == "case"]
                return self.tree.runs(child, lead)
        return []

    def _object_of(self, word: int) -> int | None:
        """The object of a verb: a noun, a gerund, the subject of a passive with its agent."""
        for child in self.tree.children[word]:
            relation = self.relations[child]
            if relation == "obj" or (relation == "ccomp" and child > word):
                return child
            gerund = self.tree.syntax.features[child].get("VerbForm") == "Ger"
            if gerund and child == word + 1 and relation in {"xcomp", "advcl", "csubj"}:
                return child
        if self.tree.child(word, "obl:agent") is not None:
            return self.tree.child(word, "nsubj:pass")
        return None

    def _reach(self, word: int, told: int) -> int:
        """Where what is said of an object ends, in characters of the reading."""
        inside = self.tree.words_of(told)
        at, end = inside[-1] + 1, self.tree.syntax.ends[inside[-1]]
        while at < len(self.tree):
            top = self._top(word, at)
            if top is None or not self._belongs(top, told):
                break
            last = self.tree.words_of(top)[-1]
            end = self.tree.syntax.ends[last]
            at = last + 1
        while end > 0 and not self.tree.doc.text[end - 1].isalnum():
            end -= 1
        return end

    def _top(self, word: int, at: int) -> int | None:
        """The child of a verb under which a word stands; None if it stands under another one."""
        while at != ROOT and self.tree.syntax.heads[at] != word:
            at = self.tree.syntax.heads[at]
        return None if at == ROOT else at

    def _belongs(self, child: int, told: int) -> bool:
        """Whether what follows an object goes on with it: a predicate, or a topic of it."""
        relation = self.relations[child]
        if child < told or relation == "punct":
            return relation == "punct" and self.tree.forms[child] in _MARKS
        if relation in {"obj", "xcomp", "dep", "appos"}:
            return True
        if relation not in {"obl", "advcl", "nmod"}:
            return False
        led = self.tree.case_of(child) or next(
            (self.tree.forms[c] for c in self.tree.children[child] if self.relations[c] == "mark"),
            "",
        )
        return led in self.words.predicative

    def topic(self, cue: Cue) -> list[Place]:
        """The topic of a noun of speech: `their call for a truce`."""
        for child in self._below(cue.word):
            if child < cue.word or self.relations[child] not in {"nmod", "obl", "acl", "advcl"}:
                continue
            led = [
                c
                for c in self.tree.children[child]
                if self.relations[c] in {"case", "mark"}
                and self.tree.forms[c] in cue.entry.prepositions
            ]
            if led:
                return self.tree.runs(child, led)
        return []

    def _below(self, noun: int) -> list[int]:
        """What hangs on a noun, or on the possessor behind it, as a parser often has it."""
        own = self.tree.children[noun]
        owners = [c for c in own if c > noun and self.relations[c] in {"nmod", "appos", "flat"}]
        return [*own, *(below for owner in owners for below in self.tree.children[owner])]

    def of_noun(self, word: int) -> list[Place]:
        """The clause or infinitive of a noun of speech."""
        for child in self._below(word):
            clause = self.relations[child] in {"ccomp", "acl", "advcl", "acl:relcl", "csubj"}
            infinitive = self.tree.syntax.features[child].get("VerbForm") == "Inf"
            if child > word and clause and (self.clauses.has_that(child) or infinitive):
                return self.clauses.bare(child)
        return []
