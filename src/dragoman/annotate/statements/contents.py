"""What was said: the clause, infinitive, object or quotation that a cue governs."""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.annotate.statements.cues import Cue, Words
from dragoman.annotate.statements.quotations import Quotations
from dragoman.annotate.statements.tree import Tree
from dragoman.annotate.statements.values import Place
from dragoman.models import ROOT

_LEAST_WORDS = 2
_LOOSE_CLAUSES = frozenset({"advcl", "acl", "dep", "xcomp", "obj", "obl", "acl:relcl"})
_NOUNS = frozenset({"obj", "iobj", "obl", "nmod", "appos"})
_DEPTH = 3
_LEADS = frozenset({"aux", "aux:pass", "expl", "advmod"})
_PARTING = frozenset({",", "-", "–", "—"})
_OBJECTS = ("obj", "iobj")


class Contents:
    """Finds the content of cues.

    Args:
        tree: the syntax.
        words: the pack's words of speech.
        quotations: the quotations of the report.
        cues: all cues of the report, by word.
    """

    def __init__(
        self, tree: Tree, words: Words, quotations: Quotations, cues: Mapping[int, Cue]
    ) -> None:
        self.tree = tree
        self.words = words
        self.quotations = quotations
        self.cues = cues
        self.relations = tree.syntax.relations

    def of(self, cue: Cue) -> tuple[list[Place], bool]:
        """What a cue reports: its ranges, the chief one first, and whether it is a mere phrase.

        There are no ranges if the cue reports nothing.
        """
        frames = cue.entry.frames
        if "named" in frames and self.tree.syntax.tags[cue.word] in {"NOUN", "PROPN"}:
            return self._checked(self._of_noun(cue.word)), False
        if "clause" in frames and (found := self._said(cue)):
            return found, False
        if "infinitive" in frames and (found := self._checked(self._infinitive(cue.word))):
            return found, True
        if "about" in frames and (found := self._checked(self._about(cue))):
            return found, True
        if "object" in frames:
            return self._checked(self._object(cue.word)), True
        return [], False

    def _checked(self, ranges: list[Place]) -> list[Place]:
        """Ranges that are long enough, the nearly quoted ones widened to their quotation."""
        found = [self.quotations.snapped(place) for place in ranges]
        return found if found and self._size(found) >= _LEAST_WORDS else []

    def _size(self, ranges: list[Place]) -> int:
        doc = self.tree.doc
        return sum(
            token.word or token.text[:1].isdigit()
            for start, end in ranges
            for token in doc.tokens[doc.token_at(start) : doc.token_at(end - 1) + 1]
        )

    # ------------------------------------------------------------ clauses and quotations

    def _said(self, cue: Cue) -> list[Place]:
        clause = self._checked(self._clause(cue.word))
        before = self.quotations.before(cue.first)
        after = self.quotations.after(cue.last)
        if before is not None and (not clause or _meet(clause, (before.start, before.end))):
            content = [(before.start, before.end)]
            if after is not None and self.quotations.length(after) > 1:
                content.append((after.start, after.end))
            return content
        if clause:
            return clause
        turned = self._checked(self._turned(cue.word))
        if turned:
            return turned
        if after is not None and self._size([(after.start, after.end)]) >= _LEAST_WORDS:
            return [(after.start, after.end)]
        return []

    def _clause(self, word: int) -> list[Place]:
        """The clause that a word governs."""
        clauses = [c for c in self.tree.children[word] if self.relations[c] == "ccomp"]
        if clauses:
            return self._whole(word, clauses)
        subject = self.tree.child(word, "csubj")
        if subject is not None and self.tree.child(word, "nsubj") is None:
            return self._bare(subject)
        for child in self.tree.children[word]:
            if child > word and self.relations[child] in _LOOSE_CLAUSES and self._has_that(child):
                return self._bare(child)
        if (hung := self._hung(word)) is not None:
            return self._bare(hung)
        for child in self.tree.children[word]:
            relation = self.relations[child]
            if relation == "parataxis" and child > word and child not in self.cues:
                return self._bare(child)
            verbal = "VerbForm" in self.tree.syntax.features[child]
            if self.words.verb_final and relation in {"obj", "xcomp"} and verbal:
                return self._bare(child)
        return []

    def _hung(self, word: int) -> int | None:
        """A clause that got hung on a noun behind the verb: `told reporters in Oslo that ...`."""
        waiting = [c for c in self.tree.children[word] if c > word]
        for _ in range(_DEPTH):
            nouns = [c for c in waiting if self.relations[c] in _NOUNS]
            waiting = [below for noun in nouns for below in self.tree.children[noun]]
            for below in waiting:
                clause = self.relations[below] in _LOOSE_CLAUSES | {"ccomp"}
                if clause and self._has_that(below):
                    return below
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
        parts = [self._bare(c, self._rest(word, c)) for c in [*stray, *side]]
        places = [place for part in parts for place in part]
        if not places:
            return []
        start, end = min(p[0] for p in places), max(p[1] for p in places)
        asides = [c for c in self.cues.values() if start < self._start(c) < end]
        if any(self.relations[c.word] == "parataxis" for c in asides):
            return self._bare(side[0], self._rest(word, side[0]))
        if (start < self._start(self.cues[word]) < end) if word in self.cues else False:
            return self._bare(side[0], self._rest(word, side[0]))
        return [self._clipped(word, (start, end))]

    def _start(self, cue: Cue) -> int:
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

    def _rest(self, word: int, clause: int) -> list[int]:
        """What stands under a clause but is told beside it: asides with a cue of their own."""
        return [
            child
            for child in self.tree.children[clause]
            if child in self.cues and self.relations[child] == "parataxis" and child != word
        ]

    def _has_that(self, word: int) -> bool:
        return any(
            self.relations[child] == "mark" and self.tree.forms[child] in self.words.that
            for child in self.tree.children[word]
        )

    def _bare(self, clause: int, without: list[int] | None = None) -> list[Place]:
        """The characters of a clause without the word that introduces it."""
        left = list(without or [])
        first = min(self.tree.words_of(clause))
        lead = [c for c in self.tree.children[clause] if self.relations[c] in {"mark", "case"}]
        left += [c for c in lead if self.tree.forms[c] in self.words.that and c <= first + 3]
        left += [c for c in self.tree.children[clause] if self.relations[c] == "cc"]
        return self.tree.runs(clause, left)

    def _turned(self, word: int) -> list[Place]:
        """The clause that an aside reports: `the deal is dead, she said`, `as she said`."""
        relation, head = self.relations[word], self.tree.syntax.heads[word]
        if head == ROOT:
            return []
        aside = relation == "parataxis" or (
            relation in {"advcl", "dep", "obl", "ccomp", "conj", "acl:relcl", "acl", "nmod", "obj"}
            and (
                any(self.tree.forms[c] in self.words.asides for c in self.tree.children[word])
                or self._parted(word)
            )
        )
        if not aside:
            return []
        left_out = [word]
        left_out += [
            child
            for child in self.tree.children[head]
            if child in self.cues and self.relations[child] in {"conj", "parataxis"}
        ]
        return self.tree.runs(head, left_out)

    def _parted(self, word: int) -> bool:
        """Whether a cue with its subject stands between commas, or between one and the end."""
        if self.tree.child(word, "cc") is not None:
            return False
        own = self.tree.child(word, "nsubj")
        inverted = own is None
        if own is None:
            own = self.tree.child(word, "obj")
        if own is None:
            return False
        words = self.tree.words_of(word)
        low = high = words.index(word)
        while low > 0 and words[low - 1] == words[low] - 1 and self._unparted(words[low - 1]):
            low -= 1
        while high + 1 < len(words) and self._unparted(words[high + 1]):
            high += 1
        first, last = words[low], words[high]
        forms = self.tree.forms
        opened = first > 0 and forms[first - 1] in _PARTING
        closed = last + 1 >= len(forms) or forms[last + 1] in _PARTING | {".", "?", "!"}
        if inverted:
            # Only what closes its sentence: ", disseram dois diplomatas."
            closed = last + 1 >= len(forms) or forms[last + 1] in {".", "?", "!"}
            lead = range(first, word)
            closed = closed and word < own and all(self.relations[w] in _LEADS for w in lead)
        return opened and closed and first <= own <= last

    def _unparted(self, word: int) -> bool:
        return self.tree.forms[word] not in _PARTING | {".", "?", "!"}

    # ------------------------------------------------------------ other frames

    def _infinitive(self, word: int) -> list[Place]:
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
        ranges = self._bare(clause)
        hearer = self.tree.child(word, *_OBJECTS)
        if ranges and hearer is not None and word < hearer < clause:
            start = min(self.tree.words_of(hearer))
            ranges[0] = (self.tree.syntax.starts[start], ranges[0][1])
        return ranges

    def _signed_off(self, word: int, clause: int) -> bool:
        first = min(self.tree.words_of(clause))
        return first > word + 1 and self.tree.forms[first - 1] == ","

    def _about(self, cue: Cue) -> list[Place]:
        for child in self.tree.children[cue.word]:
            if self.relations[child] not in {"obl", "advcl", "obj", "nmod", "xcomp", "obl:agent"}:
                continue
            lead = [c for c in self.tree.children[child] if self.relations[c] in {"case", "mark"}]
            told = [c for c in lead if self.tree.forms[c] in cue.entry.prepositions]
            if told:
                ranges = self.tree.runs(child, told)
                wish = self.tree.child(cue.word, "xcomp", "advcl")
                if ranges and wish is not None and wish > child and self._is_infinitive(wish):
                    start, end = self._bare(wish)[0]
                    if 0 <= start - ranges[-1][1] <= 1:
                        ranges[-1] = (ranges[-1][0], end)
                return ranges
        return []

    def _is_infinitive(self, word: int) -> bool:
        return self.tree.syntax.features[word].get("VerbForm") == "Inf"

    def _object(self, word: int) -> list[Place]:
        """The object, and what is said of it: `called the plan a mistake`, `blamed it for ...`."""
        told = self.tree.child(word, "obj", "ccomp")
        passive = self.tree.child(word, "obl:agent") is not None
        if told is None and passive:
            told = self.tree.child(word, "nsubj:pass")
        if told is None or (self.relations[told] == "ccomp" and told < word):
            return []
        if self.tree.syntax.tags[told] == "PRON" and not self._more(word, told):
            return []
        ranges = self.tree.runs(told)
        for child in self._more(word, told):
            for start, end in self.tree.runs(child):
                if ranges and 0 <= start - ranges[-1][1] <= 2:
                    ranges[-1] = (ranges[-1][0], end)
        return ranges

    def _more(self, word: int, told: int) -> list[int]:
        """What follows an object and belongs to what is said of it."""
        return [
            child
            for child in self.tree.children[word]
            if child > told
            and (
                self.relations[child] == "xcomp"
                or (
                    self.relations[child] in {"obl", "advcl"}
                    and self.tree.case_of(child) in self.words.predicative
                )
            )
        ]

    def _of_noun(self, word: int) -> list[Place]:
        for child in self.tree.children[word]:
            clause = self.relations[child] in {"ccomp", "acl", "advcl", "acl:relcl", "csubj"}
            infinitive = self.tree.syntax.features[child].get("VerbForm") == "Inf"
            if child > word and clause and (self._has_that(child) or infinitive):
                return self._bare(child)
        return []

    # ------------------------------------------------------------ according to

    def around(self, phrase: int, lead: int) -> list[Place]:
        """What a phrase of source (`according to ...`) vouches for: its sentence without it.

        Args:
            phrase: the head word of the source.
            lead: the first word of `according to`.
        """
        top = phrase
        while self.tree.syntax.heads[top] != ROOT and self.relations[top] != "ccomp":
            top = self.tree.syntax.heads[top]
        words = set(self.tree.words_of(phrase)) | set(range(lead, phrase))
        if top == phrase:
            first, last = self.tree.sentence(phrase)
            kept = [w for w in range(first, last) if w not in words]
        else:
            kept = [w for w in self.tree.words_of(top) if w not in words]
        runs: list[list[int]] = []
        for word in kept:
            if runs and all(
                self.tree.syntax.tags[w] == "PUNCT" for w in range(runs[-1][-1] + 1, word)
            ):
                runs[-1].append(word)
            else:
                runs.append([word])
        found = [self.tree.trimmed(run) for run in runs]
        return self._checked([place for place in found if place is not None])


def _meet(ranges: list[Place], place: Place) -> bool:
    return any(start < place[1] and place[0] < end for start, end in ranges)
