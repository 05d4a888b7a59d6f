"""Where the clause behind a word of speech begins and ends, by the signs and words around it.

A parser hangs the beginning of a long complement on the verb (`said [many of the offers] failed`)
and takes its end for an adjunct of the verb. What stands between the verb and its clause, and is
neither hearer nor adjunct, belongs to the clause; so does what follows it without a sign.
"""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.annotate.document import Sentence
from dragoman.annotate.statements.cues import Cue, Words
from dragoman.annotate.statements.tree import Tree
from dragoman.annotate.statements.values import Place
from dragoman.languages.lexicon import fold
from dragoman.models import ROOT

_ADJUNCTS = frozenset(
    {"obl", "obl:tmod", "advmod", "iobj", "aux", "aux:pass", "expl", "punct", "advcl", "compound"}
    | {"compound:prt", "mark", "discourse", "cc", "vocative", "obl:agent", "nmod:tmod", "obj"}
)
_TRAILING = frozenset({"obl", "obl:tmod", "advmod", "advcl", "nmod", "obj", "xcomp", "acl", "amod"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "expl"})
_LONGEST_SUBJECT = 8
_STOPS = frozenset({";", ":", "(", ")", "—", "–", "―"})


class Edges:
    """Finds the edges of clauses that follow their verb.

    Args:
        tree: the syntax.
        words: the pack's words of speech.
        cues: all cues of the report, by word.
    """

    def __init__(self, tree: Tree, words: Words, cues: Mapping[int, Cue]) -> None:
        self.tree = tree
        self.words = words
        self.cues = cues
        self.relations = tree.syntax.relations

    def widened(self, word: int, place: Place) -> Place:
        """A clause behind a verb with the words around it that belong to it.

        Args:
            word: the verb.
            place: the characters of the clause as the syntax has it.
        """
        sentence = self.tree.doc.sentence_at(self.tree.tokens(word)[0])
        first = self.tree.word_at(place[0])
        last = self.tree.word_at(place[1] - 1)
        if sentence is None or first is None or last is None or first <= word:
            return place
        start, end = place
        begin = self._beginning(word, first)
        if begin < first:
            start = self.tree.syntax.starts[begin]
        finish = self._finish(word, last, sentence)
        if finish > last:
            end = self.tree.syntax.ends[finish]
        return self.tree.closed(start, end)

    def _beginning(self, word: int, first: int) -> int:
        """The first word of a clause that the syntax lets begin at `first`."""
        syntax = self.tree.syntax
        for at in range(word + 1, first):
            if self.is_that(at) and at + 1 < first:
                return self._unsigned(at + 1, first)
        led = first > 0 and self.is_that(first - 1)
        own = any(self.relations[c] in _SUBJECTS and c < word for c in self.tree.children[word])
        if led or not own:
            return first
        for at in range(word + 1, first):
            top = self._top(word, at)
            if top is None and syntax.tags[at] != "PUNCT":
                return at
            if top is None or top < word or self.relations[top] in _ADJUNCTS:
                continue
            stray = self._unsigned(max(self.tree.words_of(top)[0], word + 1), first)
            return stray if self.relations[top] != "conj" else first
        return first

    def _unsigned(self, at: int, first: int) -> int:
        while at < first and self.tree.syntax.tags[at] == "PUNCT":
            at += 1
        return at

    def is_that(self, word: int) -> bool:
        """Whether a word introduces a clause, as `that` does."""
        return self.tree.forms[word] in self.words.that and (
            self.tree.syntax.tags[word] == "SCONJ" or self.relations[word] == "mark"
        )

    def _top(self, word: int, at: int) -> int | None:
        """The child of a verb under which a word stands; None if it stands under another one."""
        while at != ROOT and self.tree.syntax.heads[at] != word:
            at = self.tree.syntax.heads[at]
        return None if at == ROOT else at

    def _finish(self, word: int, last: int, sentence: Sentence) -> int:
        """The last word of a clause that the syntax lets end at `last`."""
        while last + 1 < len(self.tree):
            after = last + 1
            if self.tree.syntax.starts[after] >= sentence.end:
                return last
            top = self._top(word, after)
            if top is None or top <= last or not self._goes_on(top, after):
                return last
            last = max(last, self.tree.words_of(top)[-1])
        return last

    def _goes_on(self, child: int, after: int) -> bool:
        """Whether a child of the verb that begins right behind the clause is a part of it."""
        relation = self.relations[child]
        if relation in _TRAILING:
            return self.tree.words_of(child)[0] == after
        that = any(self.is_that(c) for c in self.tree.children[child])
        return relation == "conj" and that

    # ------------------------------------------------------------ verbs behind what they govern

    def between(self, cue: Cue, subject: int | None) -> list[Place]:
        """What stands between a subject and its verb, in languages whose verbs stand last.

        `Demir, [yeni vardiyanın geri çekilmesini] talep etti`
        """
        sentence = self.tree.doc.sentence_at(cue.first)
        if sentence is None:
            return []
        first = self.tree.word_at(self.tree.doc.tokens[sentence.first].start)
        start = 0 if first is None else first
        if subject is None or not start <= subject < cue.word:
            subject = self._opening(start, cue.word)
        if subject is not None:
            start = self._past(subject, cue.word)
        words = [w for w in range(start, cue.word) if self.tree.tokens(w)[0] < cue.first]
        while words and self._is_loose(words[0]):
            words.pop(0)
        if not any(self.tree.syntax.tags[w] in {"VERB", "NOUN", "PROPN"} for w in words):
            return []
        place = self.tree.trimmed(words)
        return [] if place is None else [place]

    def _opening(self, first: int, cue: int) -> int | None:
        """The noun that opens a sentence as its subject: before a comma, or one without case."""
        for word in range(first, min(cue, first + _LONGEST_SUBJECT)):
            if self.tree.forms[word] == ",":
                return word - 1 if word > first else None
        for word in range(first, min(cue - 1, first + _LONGEST_SUBJECT)):
            if self.tree.syntax.tags[word] not in {"NOUN", "PROPN", "ADJ", "NUM", "DET"}:
                return None
            case = self.tree.syntax.features[word].get("Case", "Nom")
            if self.tree.syntax.tags[word] in {"NOUN", "PROPN"} and case == "Nom":
                return word
        return None

    def _past(self, subject: int, cue: int) -> int:
        """The word behind a subject: behind its comma, where one follows soon."""
        at = subject + 1
        if at < cue and self.tree.forms[at] == ",":
            return at + 1
        return at

    def _is_loose(self, word: int) -> bool:
        """Whether a word before what was said is a sign, or names those who are told."""
        first, last = self.tree.tokens(word)
        heard = self.words.hearers.find(self.tree.doc.words, first, last)
        return self.tree.syntax.tags[word] == "PUNCT" or bool(heard)

    # ------------------------------------------------------------ where the syntax sees no clause

    def rest(self, cue: Cue) -> list[Place]:
        """What follows a verb that takes a clause and has none: its sentence up to a sign.

        `The mayor said [many of the examples that critics point to have failed].`
        """
        doc = self.tree.doc
        sentence = doc.sentence_at(cue.first)
        if sentence is None or self.tree.syntax.tags[cue.word] not in {"VERB", "AUX"}:
            return []
        words = self._behind(cue, sentence)
        bare = fold(self.tree.syntax.lemmas[cue.word]) in self.words.bare
        if bare and (not words or self.tree.syntax.tags[words[0]] in {"ADP", "CCONJ", "PUNCT"}):
            return []
        governs = self.tree.child(cue.word, "obj") is not None
        if not bare and (governs or not self._opens_clause(words)):
            return []
        place = self.tree.trimmed(words)
        return [] if place is None else [place]

    def _behind(self, cue: Cue, sentence: Sentence) -> list[int]:
        """The words between a cue and the next sign that ends a clause, without adverbs."""
        found: list[int] = []
        for token in range(cue.last, sentence.last):
            word = self.tree.word_at(self.tree.doc.tokens[token].start)
            if word is None or word in found[-1:]:
                continue
            if self.tree.doc.tokens[token].text in _STOPS or self._another(word, found):
                break
            if found or self.tree.syntax.tags[word] != "ADV":
                found.append(word)
        return found

    def _another(self, word: int, found: list[int]) -> bool:
        """Whether somebody speaks behind a comma: a participle, or a subject with its cue."""
        if not found or self.tree.forms[word - 1] != ",":
            return False
        if self.tree.is_participle(word):
            return True
        verb = next((w for w in range(word, len(self.tree)) if self._is_finite(w)), None)
        return verb in self.cues

    def _opens_clause(self, words: list[int]) -> bool:
        """Whether words begin with a subject and its finite verb, no sign or link between."""
        syntax = self.tree.syntax
        for index, word in enumerate(words):
            if self._is_finite(word):
                return index > 0 and syntax.tags[words[0]] not in {"ADP", "VERB", "ADV"}
            bound = syntax.features[word].get("PronType") in {"Rel", "Int,Rel", "Int"}
            if bound or syntax.tags[word] in {"PUNCT", "SCONJ", "CCONJ", "VERB"}:
                return False
        return False

    def _is_finite(self, word: int) -> bool:
        return (
            self.tree.syntax.tags[word] in {"VERB", "AUX"}
            and self.tree.syntax.features[word].get("VerbForm", "Fin") == "Fin"
        )
