"""The clause that a word of speech governs: where it begins and ends.

A parser cuts long complements short and hangs parts of them on the verb, so that the signs of the
sentence have a say in where a clause begins and ends.
"""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.annotate.statements.cues import Cue, Words
from dragoman.annotate.statements.edges import Edges
from dragoman.annotate.statements.quotations import Quotations
from dragoman.annotate.statements.tree import Tree
from dragoman.annotate.statements.values import Place

_LOOSE_CLAUSES = frozenset({"advcl", "acl", "dep", "xcomp", "obj", "obl", "acl:relcl"})
_NOUNS = frozenset({"obj", "iobj", "obl", "nmod", "appos"})
_DEPTH = 3
_RELATIVE = frozenset({"Rel", "Int,Rel", "Int"})


class Clauses:
    """Finds the clauses that words govern.

    Args:
        tree: the syntax.
        words: the pack's words of speech.
        quotations: the quotations of the report.
        cues: all cues of the report, by word.

    Attributes:
        going_on: participles with which a speaker goes on, and the verb that the speaker is the
            subject of.
        parted: cues that stand in asides.
    """

    def __init__(
        self, tree: Tree, words: Words, quotations: Quotations, cues: Mapping[int, Cue]
    ) -> None:
        self.tree = tree
        self.words = words
        self.quotations = quotations
        self.cues = cues
        self.relations = tree.syntax.relations
        self.edges = Edges(tree, words, cues)
        self.going_on: dict[int, int] = {}
        self.parted: set[int] = set()

    def governed(self, word: int) -> list[Place]:
        """The clause that a word governs."""
        clauses = [
            c
            for c in self.tree.children[word]
            if self.relations[c] == "ccomp" and not self._beside(word, c)
        ]
        if clauses:
            return self._whole(word, clauses)
        subject = self.tree.child(word, "csubj")
        if subject is not None and self.tree.child(word, "nsubj") is None:
            return self.bare(subject)
        for child in self.tree.children[word]:
            if child > word and self.relations[child] in _LOOSE_CLAUSES and self.has_that(child):
                return self.bare(child)
        if (hung := self._hung(word)) is not None:
            return self.bare(hung)
        if (told := self._told(word)) is not None:
            return self.bare(told)
        for child in self.tree.children[word]:
            relation = self.relations[child]
            if relation == "parataxis" and child > word and child not in self.cues:
                return self.bare(child)
            verbal = "VerbForm" in self.tree.syntax.features[child]
            if self.words.verb_final and relation in {"obj", "xcomp"} and verbal:
                return self.bare(child)
        return []

    def _beside(self, word: int, clause: int) -> bool:
        """Whether a clause is none that its verb governs: an aside, or a condition before it."""
        if clause in self.parted:
            return True
        marks = [c for c in self.tree.children[clause] if self.relations[c] == "mark"]
        return clause < word and any(self.tree.forms[c] not in self.words.that for c in marks)

    def _hung(self, word: int) -> int | None:
        """A clause that got hung on a noun behind the verb: `told reporters in Oslo that ...`."""
        waiting = [c for c in self.tree.children[word] if c > word]
        for _ in range(_DEPTH):
            nouns = [c for c in waiting if self.relations[c] in _NOUNS]
            waiting = [below for noun in nouns for below in self.tree.children[noun]]
            for below in waiting:
                clause = self.relations[below] in _LOOSE_CLAUSES | {"ccomp"}
                if clause and self.has_that(below):
                    return below
        return None

    def _told(self, word: int) -> int | None:
        """A clause without a link that got hung on the hearer: `told the forum he was against`."""
        hearer = self.tree.child(word, "iobj")
        if hearer is None or hearer < word:
            return None
        for below in self.tree.children[hearer]:
            if self.relations[below] not in {"acl:relcl", "acl"}:
                continue
            own = self.tree.child(below, "nsubj", "nsubj:pass", "expl")
            first = self.tree.words_of(below)[0]
            if own is not None and self.tree.words_of(own)[0] == first and first > hearer:
                relative = self.tree.syntax.features[own].get("PronType") in _RELATIVE
                return None if relative else below
        return None

    def _whole(self, word: int, clauses: list[int]) -> list[Place]:
        """Clauses on one side of their verb as one, with a subject that got lost between them.

        What a parser takes for a second complement, or for a second subject behind the verb, is
        mostly a part of the first complement.
        """
        side = [c for c in clauses if (c > word) == (clauses[0] > word)]
        sentence = self.tree.doc.sentence_at(self.tree.tokens(word)[0])
        if sentence is not None:
            here = [c for c in side if self.tree.syntax.starts[c] < sentence.end]
            side = here or side
        stray = [
            c
            for c in self.tree.children[word]
            if self.relations[c] == "nsubj"
            and word < c < side[0]
            and side[0] > word
            and any(self.relations[s] == "nsubj" and s < word for s in self.tree.children[word])
        ]
        parts = [self.bare(c, self._rest(word, c)) for c in [*stray, *side]]
        places = [place for part in parts for place in part]
        if not places:
            return []
        start, end = min(p[0] for p in places), max(p[1] for p in places)
        asides = [c for c in self.cues.values() if start < self.start_of(c) < end]
        if any(self.relations[c.word] == "parataxis" for c in asides):
            return self.bare(side[0], self._rest(word, side[0]))
        if (start < self.start_of(self.cues[word]) < end) if word in self.cues else False:
            return self.bare(side[0], self._rest(word, side[0]))
        place = self._clipped(word, self.edges.widened(word, (start, end)))
        return [self._ended(word, place)]

    def start_of(self, cue: Cue) -> int:
        """The character where a cue begins."""
        return self.tree.doc.tokens[cue.first].start

    def _clipped(self, word: int, place: Place) -> Place:
        """A range cut where the cue's sentence ends by its signs, unless it goes on in quotes."""
        doc = self.tree.doc
        sentence = doc.sentence_at(self.tree.tokens(word)[0])
        if sentence is None or self.quotations.holding(place[1] - 1) is not None:
            return place
        if place[0] < sentence.end < place[1]:
            end = sentence.end
            while end > place[0] and not doc.text[end - 1].isalnum():
                end -= 1
            return self.tree.closed(place[0], end)
        return place

    def _ended(self, word: int, place: Place) -> Place:
        """A clause cut where its speaker goes on: `said the deal was dead, citing the strike`.

        The parser mostly hangs such a participle on a verb of the clause.
        """
        for cue in sorted(self.cues.values(), key=lambda other: other.first):
            start = self.start_of(cue)
            if not place[0] < start < place[1] or self.quotations.holding(start) is not None:
                continue
            lead = cue.word - 1
            while lead > 0 and self.tree.syntax.tags[lead] == "ADV":
                lead -= 1
            if self.tree.is_participle(cue.word) and self.tree.forms[lead] == ",":
                self.going_on[cue.word] = word
                return place[0], self.tree.syntax.ends[lead - 1]
        return place

    def _rest(self, word: int, clause: int) -> list[int]:
        """What stands under a clause but is told beside it: asides with a cue of their own."""
        return [
            child
            for child in self.tree.children[clause]
            if child in self.cues
            and child != word
            and (
                self.relations[child] == "parataxis"
                or (self.relations[child] == "advcl" and self._signed_off(clause, child))
            )
        ]

    def _signed_off(self, clause: int, child: int) -> bool:
        """Whether a comma parts a cue off that follows a clause: `..., though she noted ...`."""
        first = self.tree.words_of(child)[0]
        return clause < first and self.tree.forms[first - 1] == ","

    def has_that(self, word: int) -> bool:
        """Whether a clause is introduced by a word such as `that`."""
        return any(
            self.relations[child] == "mark" and self.tree.forms[child] in self.words.that
            for child in self.tree.children[word]
        )

    def unled(self, place: Place) -> Place:
        """A range without the word that introduces it as a clause (`that`)."""
        first = self.tree.word_at(place[0])
        if first is None or first + 1 >= len(self.tree) or not self.edges.is_that(first):
            return place
        start = self.tree.syntax.starts[first + 1]
        return (start, place[1]) if start < place[1] else place

    def bare(self, clause: int, without: list[int] | None = None) -> list[Place]:
        """The characters of a clause without the word that introduces it."""
        left = list(without or [])
        first = min(self.tree.words_of(clause))
        lead = [c for c in self.tree.children[clause] if self.relations[c] in {"mark", "case"}]
        left += [c for c in lead if self.tree.forms[c] in self.words.that and c <= first + 3]
        left += [c for c in self.tree.children[clause] if self.relations[c] == "cc"]
        return self.tree.runs(clause, left)
