"""What an aside reports: `the deal is dead, she said`, `the deal, she said, is dead`.

By the syntax where it sees the aside; else by the signs around it.
"""

from __future__ import annotations

from dragoman.annotate.statements.clauses import Clauses
from dragoman.annotate.statements.cues import Cue
from dragoman.annotate.statements.subjects import own_subject
from dragoman.annotate.statements.values import Place
from dragoman.models import ROOT

_LEADS = frozenset({"aux", "aux:pass", "expl", "advmod"})
_PARTING = frozenset({",", "-", "–", "—", "―"})
_ENDS = frozenset(".!?…;")
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_RELATIVE = frozenset({"Rel", "Int,Rel", "Int"})
_INVERTED = frozenset({"nsubj", "obj", "obl", "iobj"})
_LONGEST_ASIDE = 40
_DEPENDENT = frozenset({"obl", "nmod", "obj", "compound", "nummod", "det", "amod", "flat"})


class Asides:
    """Finds what asides report.

    Args:
        clauses: the search for clauses, with the syntax, the words of the pack and all cues.
    """

    def __init__(self, clauses: Clauses) -> None:
        self.tree = clauses.tree
        self.words = clauses.words
        self.cues = clauses.cues
        self.relations = clauses.relations
        self.subjects: dict[int, int] = {}
        self.ends: list[tuple[int, int]] = []

    def turned(self, word: int) -> list[Place]:
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

    # ------------------------------------------------------------ by the signs

    def parted(self, cue: Cue) -> list[Place]:
        """What stands around a cue that its sentence parts off with its subject, by the signs.

        `X, she said.`, `X, she said, Y.`, `X, said the two envoys on Friday.` The subject is noted
        in `subjects`.
        """
        sentence = self.tree.doc.sentence_at(cue.first)
        verb = self.tree.syntax.tags[cue.word] in {"VERB", "AUX"}
        # English past tenses are often taken for participles, but those have no subject.
        whole = self._finite(cue.word) or own_subject(self.tree, cue.word) is not None
        if sentence is None or not verb or not whole:
            return []
        begin = self.tree.doc.past_dateline(sentence)
        first, last = self._segment(begin, sentence.last, cue)
        subject = self._subject(first, last, cue) if first > begin else None
        if subject is None:
            return []
        inside = {*self._words(first, last), *self._phrase_of(subject, cue)}
        left = self._words(begin, first)
        right = [w for w in self._words(last, sentence.last) if w not in inside]
        if self._is_told(left):
            right = self._joined(right, left, cue)
        elif not self._is_told(right):
            return []
        places = [place for part in (left, right) if (place := self.tree.trimmed(part))]
        if places:
            self.subjects[cue.word] = subject
            if not right:
                doc = self.tree.doc
                self.ends.append((doc.tokens[first - 1].start, doc.tokens[last - 1].end))
        return places

    def cut(self, place: Place) -> Place:
        """A range without the aside that closes its sentence, where it runs into one."""
        for start, end in self.ends:
            if place[0] < start < place[1] <= end + 1:
                words = self._words(self.tree.doc.token_at(place[0]), self.tree.doc.token_at(start))
                return self.tree.trimmed(words) or place
        return place

    def _phrase_of(self, subject: int, cue: Cue) -> list[int]:
        """The words of a subject: `said Ann Holt, an economist at the Tax Centre`."""
        if self.tree.syntax.heads[cue.word] == subject:
            return []
        return self.tree.words_of(subject)

    def _joined(self, right: list[int], left: list[int], cue: Cue) -> list[int]:
        """Words behind an aside, if they go on with what stands before it."""
        before = set(left)
        rest = [w for w in right if self.tree.syntax.tags[w] != "PUNCT"]
        if rest and self.tree.syntax.tags[rest[0]] == "CCONJ":
            return right if self._shares_subject(rest[1:]) else []
        for word in rest:
            at = word
            while at != ROOT and at not in before:
                if self.tree.syntax.heads[at] == cue.word:
                    return right if self.relations[at] == "ccomp" else []
                at = self.tree.syntax.heads[at]
            return right if at in before else []
        return []

    def _shares_subject(self, words: list[int]) -> bool:
        """Whether a finite verb comes before any noun: `, she said, and will not change`."""
        for word in words:
            if self.tree.syntax.tags[word] in {"VERB", "AUX"}:
                return word not in self.cues
            if self.tree.syntax.tags[word] in _NOMINAL:
                return False
        return False

    def _segment(self, begin: int, end: int, cue: Cue) -> tuple[int, int]:
        """The tokens around a cue up to the signs that part it off, in a sentence's tokens."""
        tokens = self.tree.doc.tokens
        first, last = cue.first, cue.last
        while first > begin and not self._parts(first - 1):
            first -= 1
        while last < end and not self._parts(last) and tokens[last].text not in _ENDS:
            last += 1
        return first, last

    def _parts(self, token: int) -> bool:
        """Whether a token parts an aside off: a comma or dash, none inside a number or word."""
        doc = self.tree.doc
        sign = doc.tokens[token]
        if sign.text == ",":
            return True
        spaced = doc.text[sign.start - 1 : sign.start].isspace()
        return sign.text in _PARTING and spaced and doc.text[sign.end : sign.end + 1].isspace()

    def _subject(self, first: int, last: int, cue: Cue) -> int | None:
        """The subject of a cue, if tokens hold both and nothing that could be what was said."""
        syntax = self.tree.syntax
        doc = self.tree.doc
        words = self._words(first, last)
        if not words or last - first > _LONGEST_ASIDE:
            return None
        lead = words[0]
        if syntax.tags[lead] == "CCONJ" or self._subordinates(lead):
            return None
        behind = [w for w in words if w > cue.word and w not in self._of_cue(cue)]
        if any(syntax.tags[w] in {"VERB", "AUX"} and self._clausal(w) for w in behind):
            return None
        if any(self.tree.forms[w] in self.words.that for w in behind):
            return None
        closing = last >= len(doc.tokens) or doc.tokens[last].text in _ENDS
        if not closing and not self._parts(last):
            return None
        before = [w for w in words if w < cue.word]
        if any(syntax.features[w].get("PronType", "") in _RELATIVE for w in before):
            return None
        if any(syntax.tags[w] in _NOMINAL for w in before):
            return None if self._governs(cue.word, words) else self._before(cue.word, before)
        return self._inverted(cue.word, behind)

    def _governs(self, verb: int, words: list[int]) -> bool:
        """Whether words are a verb's object and no hearer, or its infinitive."""
        governed = (w for w in words if self.tree.syntax.heads[w] == verb)
        return any(
            self.relations[w] in {"xcomp", "ccomp"}
            or (self.relations[w] == "obj" and not self._hears(w))
            for w in governed
        )

    def _hears(self, word: int) -> bool:
        """Whether an object can be the one who is told: a pronoun, a name, a noun for hearers."""
        first, last = self.tree.tokens(word)
        return self.tree.syntax.tags[word] in {"PRON", "PROPN"} or bool(
            self.words.hearers.find(self.tree.doc.words, first, last)
        )

    def _of_cue(self, cue: Cue) -> range:
        last = cue.word + 1
        while last < len(self.tree) and self.tree.tokens(last)[0] < cue.last:
            last += 1
        return range(cue.word, last)

    def _words(self, first: int, last: int) -> list[int]:
        doc = self.tree.doc
        found = (self.tree.word_at(doc.tokens[t].start) for t in range(first, last))
        return [word for word in dict.fromkeys(found) if word is not None]

    def _subordinates(self, word: int) -> bool:
        """Whether a word that opens a segment makes it a clause that is no aside."""
        relative = self.tree.syntax.features[word].get("PronType", "") in _RELATIVE
        bound = self.tree.syntax.tags[word] == "SCONJ" and self.tree.forms[word] not in (
            self.words.asides
        )
        return relative or bound or self.tree.forms[word] in self.words.that

    def _clausal(self, word: int) -> bool:
        """Whether a verb makes a clause or an infinitive of its own."""
        return self.tree.syntax.features[word].get("VerbForm", "Fin") in {"Fin", "Inf"}

    def _finite(self, word: int) -> bool:
        return self.tree.syntax.features[word].get("VerbForm", "Fin") == "Fin"

    def _before(self, verb: int, before: list[int]) -> int | None:
        """The subject before a cue: its own, or the first nominal that nothing else governs."""
        own = own_subject(self.tree, verb)
        if own is not None and own in before:
            return own
        for word in before:
            if (
                self.tree.syntax.tags[word] in _NOMINAL
                and self.relations[word] not in _DEPENDENT
                and self.tree.child(word, "case") is None
            ):
                return word
        return None

    def _inverted(self, verb: int, behind: list[int]) -> int | None:
        """The subject that follows a cue: a name, a pronoun, or what the syntax calls it."""
        tags = self.tree.syntax.tags
        own = self.tree.child(verb, "nsubj")
        if (own is not None and own < verb) or any(tags[w] == "VERB" for w in behind):
            return None
        for word in behind:
            if tags[word] == "ADP" and self.tree.forms[word] not in self.words.inside:
                return None
            named = tags[word] in {"PROPN", "PRON"}
            if named or (self.relations[word] in _INVERTED and self._speaks(word)):
                return word
        return None

    def _speaks(self, word: int) -> bool:
        """Whether a noun phrase can be a source: it holds a noun for one, or a name."""
        words = self.tree.words_of(word)
        first, last = self.tree.tokens(words[0])[0], self.tree.tokens(words[-1])[1]
        return any(self.tree.syntax.tags[w] == "PROPN" for w in words) or bool(
            self.words.sources.find(self.tree.doc.words, first, last)
        )

    def _is_told(self, words: list[int]) -> bool:
        """Whether words can be what an aside reports: they hold a predicate, not a bound one."""
        return any(
            (
                self.tree.syntax.tags[w] in {"VERB", "AUX"}
                or self.tree.child(w, "nsubj", "nsubj:pass") in words
            )
            and (self._finite(w) or self.tree.syntax.features[w].get("Tense") == "Past")
            and not self._bound(w)
            for w in words
        )

    def _bound(self, word: int) -> bool:
        """Whether a verb stands in a clause of time, condition or relation."""
        while self.relations[word] in {"aux", "aux:pass", "cop", "conj", "xcomp"}:
            word = self.tree.syntax.heads[word]
        marked = self.tree.child(word, "mark") is not None
        return self.relations[word] == "acl:relcl" or (self.relations[word] == "advcl" and marked)
