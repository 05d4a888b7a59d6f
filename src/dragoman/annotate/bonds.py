"""How two phrases of a sentence hang together in its syntax.

A word for a step near a word for what is agreed says little: in "a statement released on Tuesday,
the hostages' families ..." nobody was released. Here the way between the two through the tree of
dependencies decides. Where the language has no parser there is no tree, and nearness has to do.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator

from dragoman.annotate.document import Document
from dragoman.models import ROOT

# Relations that begin a clause of its own (universaldependencies.org).
_CLAUSES = frozenset({"acl:relcl", "advcl", "parataxis", "csubj"})
# Ways by which a word for a step stands below the phrase that it is said of: "the truce agreed".
_ATTRIBUTES = frozenset({"acl", "acl:relcl", "amod", "nmod", "compound", "appos"})
# Ways by which parts of one clause hang on its predicate.
_PARTS = frozenset(
    {"nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "nmod", "compound", "xcomp", "ccomp"}
)
_VERBS = frozenset({"VERB", "AUX"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "obl:agent"})
_OBJECTS = frozenset({"obj", "obl"})
_OBLIQUES = frozenset({"obl", "nmod"})
# A predicate without a subject of its own has that of the one it is joined to or completes.
_SHARING = frozenset({"conj", "xcomp", "advcl", "acl"})

# What stands at a word and decides whether it is done: "will meet", "if they meet".
_MARKING = frozenset({"aux", "aux:pass", "mark", "amod"})
_SHARED = frozenset({"mark"})
# How a verb above is said to be done: "falsely claimed that".
_MANNER = frozenset({"advmod"})
# What completes the word above it: "threatened to attack", "denied the attack".
_COMPLETING = frozenset({"ccomp", "xcomp", "acl", "obj"})


class Bonds:
    """Questions about how tokens hang together, answered by `Document.syntax`."""

    def __init__(self, document: Document) -> None:
        self._doc = document
        self._syntax = document.syntax

    def __bool__(self) -> bool:
        return len(self._syntax) > 0

    def head(self, first: int, last: int) -> int | None:
        """The word that governs the others between two tokens; None where the tree has none."""
        words = self._words(first, last)
        for word in words:
            if not any(above in words for above in self._above(word)):
                return word
        return None

    def has_infinitive(self, first: int, last: int) -> bool:
        """Whether an infinitive stands between two tokens."""
        features = self._syntax.features
        return any(features[word].get("VerbForm") == "Inf" for word in self._words(first, last))

    def verb_above(self, first: int, last: int) -> tuple[int, int] | None:
        """The verb, as tokens, whose clause or infinitive two tokens are the predicate of.

        A relative clause with a subject of its own tells something else: "a cut, which they
        rejected".
        """
        word = self.head(first, last)
        if word is None or self._relation(word) not in {"ccomp", "xcomp", "acl:relcl", "acl"}:
            return None
        if self._relation(word) == "acl:relcl" and self._marking(word, _SUBJECTS):
            return None
        above = self._syntax.heads[word]
        while self._relation(above) in {"obl", "obj", "iobj"}:
            above = self._syntax.heads[above]
        return self._place(above) if self._syntax.tags[above] in _VERBS else None

    def is_verb(self, first: int, last: int) -> bool:
        """Whether the words between two tokens are a verb's."""
        word = self.head(first, last)
        return word is not None and self._syntax.tags[word] in _VERBS

    def bound(self, step: tuple[int, int], thing: tuple[int, int], apart: frozenset[int]) -> bool:
        """Whether a step is said of a thing: one governs the other, or one predicate both.

        Args:
            step: first and last (exclusive) token of the word for what is done.
            thing: those of the phrase for what it is done to.
            apart: tokens of nouns that a thing only qualifies: "truce talks began" tells of talks.
        """
        above, below = self.head(*step), self.head(*thing)
        if above is None or below is None or above == below:
            return True
        mine, theirs = self._way(above), self._way(below)
        shared = next((word for word in mine if word in theirs), None)
        if shared is None:
            return False
        down = mine[: mine.index(shared)]
        up = theirs[: theirs.index(shared)]
        if shared == below:
            # "What they agreed on: an exchange" has the exchange for its predicate.
            told = down[:-1] if self._relation(down[-1]) == "nsubj" else down
            return all(self._relation(w) in _ATTRIBUTES or self._listed(w) for w in told)
        if any(self._apart(word, apart) for word in [*up[1:], shared]):
            return False
        if any(self._bare(word) for word in up[1:]):
            return False
        if up and self._relation(above) == "acl" and self._relation(up[-1]) in _SUBJECTS:
            return False  # whom "released" is told of in "a letter released" stands before it
        if any(self._begins_clause(word, above) for word in up):
            return False
        return all(self._relation(w) in _PARTS or self._listed(w) for w in down)

    def doers(self, step: tuple[int, int], joining: frozenset[str]) -> list[tuple[int, int]]:
        """The phrases for those who take a step, as first and last (exclusive) tokens.

        They are the subjects of its predicate and what `joining` words (folded: "with",
        "between") hang on it or on its object.
        """
        word = self.head(*step)
        if word is None:
            return []
        found: list[int] = []
        for holder in (word, *self._marking(word, _OBJECTS)):
            joined = self._marking(holder, _OBLIQUES)
            found += [child for child in joined if self._case(child) & joining]
        while not self._marking(word, _SUBJECTS) and self._relation(word) in _SHARING:
            word = self._syntax.heads[word]
        found += self._marking(word, _SUBJECTS)
        return [self._tokens(child) for child in sorted(set(found))]

    def deciding(self, first: int, last: int) -> list[tuple[int, int]]:
        """The words that decide whether what two tokens tell is done, as tokens.

        They are its auxiliaries, subjunctions and attributes, those of the predicates that it is
        joined to or the subject of, and the words that it completes: "hoped to", "threat of".
        """
        word = self.head(first, last)
        found: list[int] = [] if word is None else self._conditions(word)
        while word is not None:
            found += self._marking(word, _MARKING)
            relation, above = self._relation(word), self._syntax.heads[word]
            if relation == "conj" and self._syntax.tags[above] in _VERBS:
                own = self._marking(word, _SUBJECTS)
                found += self._marking(above, _SHARED if own else _MARKING)
            elif relation in _COMPLETING or self._infinitive_behind(word):
                found += [above, *self._marking(above, _MANNER)]
            elif relation not in {"nsubj", "nsubj:pass"} or self._syntax.tags[word] == "VERB":
                break
            else:
                found += [above, *self._conditions(above)]
            word = above
        return [self._place(word) for word in dict.fromkeys(found)]

    def _infinitive_behind(self, word: int) -> bool:
        """Whether a word is an infinitive set apart from the verb that it completes."""
        parts = (word, *self._marking(word, frozenset({"aux", "aux:pass"})))
        marked = any(self._marking(part, _SHARED) for part in parts)
        return self._relation(word) == "parataxis" and marked

    def governs(self, above: tuple[int, int], below: tuple[int, int]) -> bool:
        """Whether some tokens depend on others, as part of their phrase or clause."""
        upper, word = self.head(*above), self.head(*below)
        while word is not None and upper is not None and self._syntax.heads[word] != ROOT:
            relation, word = self._relation(word), self._syntax.heads[word]
            if word == upper:
                return relation not in {"conj", "parataxis"}
        return False

    def done_by(self, thing: tuple[int, int], doer: tuple[int, int]) -> bool:
        """Whether what "by" hangs on is a thing itself: "the talks on the attack held by them"."""
        word, upper = self.head(*doer), self._words(*thing)
        while word is not None and self._syntax.heads[word] != ROOT:
            word = self._syntax.heads[word]
            if word in upper:
                return True
            if self._syntax.tags[word] in _VERBS:
                return False
        return False

    def apart(self, thing: tuple[int, int], other: tuple[int, int]) -> bool:
        """Whether some words belong to the subject of another predicate than a thing does."""
        word, things = self.head(*other), self._words(*thing)
        while word is not None and self._syntax.heads[word] != ROOT:
            above = self._syntax.heads[word]
            if self._relation(word) in _SUBJECTS and above not in things:
                return not any(word in self._way(one) for one in things)
            word = above
        return False

    def aim(self, first: int, last: int, joining: frozenset[str]) -> tuple[int, int] | None:
        """The verb that has a noun for its object or speaks of it, as tokens; None if none does.

        With a `joining` word (folded: "with") the noun is no aim but a means: "replied with raids".
        """
        word = self.head(first, last)
        while word is not None and self._relation(word) in {"nmod", "compound", "conj", "appos"}:
            word = self._syntax.heads[word]
        if word is None or self._relation(word) not in {"obj", "obl"}:
            return None
        if self._relation(word) == "obl" and self._case(word) & joining:
            return None
        above = self._syntax.heads[word]
        return self._place(above) if self._syntax.tags[above] in _VERBS else None

    def own_subject(self, first: int, last: int) -> bool:
        """Whether a subject stands among some words: "fighting broke out" has no doer beside it."""
        return any(self._relation(word) in _SUBJECTS for word in self._words(first, last))

    def is_noun(self, first: int, last: int) -> bool:
        """Whether a noun governs the words between two tokens."""
        word = self.head(first, last)
        return word is not None and self._syntax.tags[word] in {"NOUN", "PROPN"}

    def attributive(self, first: int, last: int) -> tuple[int, int] | None:
        """The word that an attribute of a noun belongs to, as tokens; None for other words."""
        word = self.head(first, last)
        if word is None or self._relation(word) not in {"amod", "acl"}:
            return None
        return self._place(self._syntax.heads[word])

    def _marking(self, word: int, relations: frozenset[str]) -> list[int]:
        """The words that hang on one by some relations."""
        return [c for c in self._syntax.children[word] if self._relation(c) in relations]

    def _conditions(self, predicate: int) -> list[int]:
        """The subjunctions of the clauses that a predicate is qualified by: "only if"."""
        return [
            mark
            for clause in self._marking(predicate, frozenset({"advcl"}))
            for mark in self._marking(clause, frozenset({"mark"}))
        ]

    def _place(self, word: int) -> tuple[int, int]:
        """The tokens of one word."""
        first = self._doc.token_at(self._syntax.starts[word])
        return first, self._doc.token_at(self._syntax.ends[word] - 1) + 1

    def _case(self, word: int) -> set[str]:
        """The folded prepositions of a word."""
        starts = self._syntax.starts
        return {
            self._doc.words[self._doc.token_at(starts[child])]
            for child in self._syntax.children[word]
            if self._relation(child) == "case"
        }

    def _tokens(self, word: int) -> tuple[int, int]:
        """The tokens of a phrase, without the clauses that are told of it."""
        words, waiting = [], [word]
        while waiting:
            current = waiting.pop()
            words.append(current)
            waiting += [
                child
                for child in self._syntax.children[current]
                if self._relation(child) not in _CLAUSES
            ]
        first = self._doc.token_at(self._syntax.starts[min(words)])
        return first, self._doc.token_at(self._syntax.ends[max(words)] - 1) + 1

    def _relation(self, word: int) -> str:
        return self._syntax.relations[word]

    def _listed(self, word: int) -> bool:
        """Whether a word is joined to its like, and no predicate of its own."""
        return self._relation(word) == "conj" and self._syntax.tags[word] not in _VERBS

    def _begins_clause(self, word: int, step: int) -> bool:
        """Whether a word on the way up from a thing opens a clause that the step is not said of.

        An infinitive right below the step is what the step is about ("agreed with them to meet"),
        and that of a noun on the way what that noun is for ("steps to free them").
        """
        relation, tag = self._syntax.relations[word], self._syntax.tags[word]
        if relation == "acl" or (relation == "advcl" and self._syntax.heads[word] == step):
            return self._syntax.features[word].get("VerbForm") != "Inf"
        return relation in _CLAUSES or (relation == "conj" and tag in _VERBS)

    def _bare(self, word: int) -> bool:
        """Whether a word is an oblique without preposition and case: it tells when.

        What seems to hang on "Tuesday" belongs elsewhere.
        """
        plain = "Case" not in self._syntax.features[word]
        return self._relation(word) == "obl" and plain and not self._case(word)

    def _apart(self, word: int, apart: frozenset[int]) -> bool:
        return self._doc.token_at(self._syntax.starts[word]) in apart

    def _way(self, word: int) -> list[int]:
        """A word and all that govern it, up to the root."""
        return [word, *self._above(word)]

    def _above(self, word: int) -> Iterator[int]:
        while (word := self._syntax.heads[word]) != ROOT:
            yield word

    def _words(self, first: int, last: int) -> list[int]:
        """The words that stand on tokens `first` to `last` (exclusive)."""
        start, end = self._doc.tokens[first].start, self._doc.tokens[last - 1].end
        starts = self._syntax.starts
        begin = bisect.bisect_right(self._syntax.ends, start)
        found = []
        while begin < len(starts) and starts[begin] < end:
            if self._syntax.tags[begin] != "PUNCT":
                found.append(begin)
            begin += 1
        return found
