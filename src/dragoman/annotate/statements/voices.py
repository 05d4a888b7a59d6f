"""Who speaks for a cue: its subject, its possessor, or who is named beside it."""

from __future__ import annotations

from dragoman.annotate.document import Document
from dragoman.annotate.statements.contents import Contents
from dragoman.annotate.statements.cues import Cue, Words
from dragoman.annotate.statements.speakers import Speakers
from dragoman.annotate.statements.subjects import Subject, possessor_of, subject_of
from dragoman.annotate.statements.tree import Tree
from dragoman.annotate.statements.values import Place, Speaker

_SUBJECT_REACH = 24
_SIGNS = frozenset({",", ";", ":", ".", "“", "”", '"', "«", "»", "„", "–", "—"})


class Voices:
    """Finds the speaker of a cue.

    Args:
        tree: the syntax.
        words: the pack's words of speech.
        contents: what the cues report, with what it saw of their subjects.
        who: the speakers of the report so far.
    """

    def __init__(self, tree: Tree, words: Words, contents: Contents, who: Speakers) -> None:
        self.tree = tree
        self.doc: Document = tree.doc
        self.words = words
        self.contents = contents
        self.quotations = contents.quotations
        self.who = who
        self.relations = tree.syntax.relations

    def of(self, cue: Cue, content: list[Place], *, phrase: bool) -> Speaker | None:
        """The speaker of a cue; None where none can be told.

        Args:
            cue: the cue.
            content: what it reports.
            phrase: whether that is no clause, so that only a known noun is its speaker.
        """
        light = self.tree.light_verb(cue.word)
        if self.tree.syntax.tags[cue.word] == "NOUN" and light is None:
            owner = possessor_of(self.tree, cue.word, cue.entry.prepositions)
            if owner is not None:
                return self.who.of_word(owner, cue.word)
            # In a headline's style: `union plan to ...`, `chairman calls for ...`.
            owner = self.tree.child(cue.word, "compound")
            return None if owner is None else self.who.of_word(owner, cue.word, known=True)
        aside = self.contents.asides.subjects.get(cue.word)
        verb = self.contents.clauses.going_on.get(cue.word, cue.word)
        subject = subject_of(self.tree, verb) if aside is None else Subject(aside)
        if subject.word is None and light is not None:
            subject = subject_of(self.tree, light)
        if (
            aside is None
            and content[-1][1] <= self._start(cue)
            and not self._is_own(subject.word, cue.word)
        ):
            # In an aside (", said two diplomats") the subject stands behind its verb.
            behind = self.tree.child(cue.word, "nsubj", "obj")
            if behind is not None and cue.word < behind:
                subject = Subject(behind)
        quoted = self.quotations.holding(content[0][0]) is not None
        if subject.word is not None:
            starts = self.tree.syntax.starts[subject.word]
            if not any(start <= starts < end for start, end in content):
                speaker = self.who.of_word(subject.word, cue.word, known=phrase)
                speaker = self._named_behind(cue, speaker)
                if speaker is not None or not quoted:
                    return speaker
        if self.words.verb_last and not quoted:
            return self._opening(cue, content)
        if quoted and (beside := self._beside(cue, content)) is not None:
            return beside
        if not quoted and (named := self._right_before(cue)) is not None:
            return named
        if (body := self._inside(cue.word)) is not None:
            return self.who.of_word(body, cue.word)
        if subject.dropped and self.words.dropped and self._finite(cue.word):
            near = (
                self.doc.paragraph_at(self.doc.tokens[cue.first].start) - self.who.last_paragraph
                <= 1
            )
            again = self.who.again("a verb without a subject goes on") if near else None
            return again or self.who.acted_before(cue.first)
        return None

    def _is_own(self, subject: int | None, word: int) -> bool:
        return subject is not None and self.tree.syntax.heads[subject] == word

    def _named_behind(self, cue: Cue, speaker: Speaker | None) -> Speaker | None:
        """The person whose name closes the sentence behind a description of the speaker."""
        sentence = self.doc.sentence_at(cue.first)
        if speaker is None or speaker.actor is not None or sentence is None:
            return speaker
        for begin, end, mention in self.who.mentions:
            if not cue.last < begin < sentence.last or mention.sort != "name":
                continue
            closing = end >= sentence.last - 1
            apposed = self.doc.tokens[begin - 1].text == ","
            if closing and apposed and self.doc.actors[mention.actor].type == "person":
                span = self.doc.token_span(begin, end, "speaker")
                side = self.doc.actors[mention.actor].side
                return Speaker(mention.actor, None, side, span, "the name closing the sentence")
        return speaker

    def _finite(self, word: int) -> bool:
        features = self.tree.syntax.features[word]
        return features.get("VerbForm", "Fin") == "Fin" and features.get("Person", "3") == "3"

    def _beside(self, cue: Cue, content: list[Place]) -> Speaker | None:
        """Who is named between a quotation and its cue, or right behind the cue."""
        ends = [self.doc.token_at(end) for _, end in content if end <= self._start(cue)]
        sentence = self.doc.sentence_at(cue.first)
        if sentence is None:
            return None
        first = max([sentence.first, *ends])
        speaker = self.who.in_tokens(first, cue.first) if first < cue.first else None
        if speaker is not None:
            return speaker
        last = cue.last
        while last < min(sentence.last, cue.last + _SUBJECT_REACH):
            if self.doc.tokens[last].text in _SIGNS:
                break
            last += 1
        return self.who.in_tokens(cue.last, last)

    def _opening(self, cue: Cue, content: list[Place]) -> Speaker | None:
        """Who is named between the beginning of a sentence and what was said, verbs standing last.

        Else the one who spoke or acted before.
        """
        sentence = self.doc.sentence_at(cue.first)
        first = self.doc.token_at(content[0][0])
        if sentence is not None and sentence.first < first:
            named = self.who.in_tokens(sentence.first, first)
            if named is not None:
                return named
        again = self.who.again("a verb without a subject goes on")
        return again or self.who.acted_before(cue.first)

    def _inside(self, word: int) -> int | None:
        """The body in which something is told by a verb without a subject."""
        for child in self.tree.children[word]:
            cases = [c for c in self.tree.children[child] if self.relations[c] == "case"]
            if self.relations[child] in {"obl", "nmod", "obj"} and any(
                self.tree.forms[c] in self.words.inside for c in cases
            ):
                return child
        return None

    def _right_before(self, cue: Cue) -> Speaker | None:
        """Who is named between the last sign and a cue, where the syntax knows no subject."""
        sentence = self.doc.sentence_at(cue.first)
        if sentence is None or not self._finite(cue.word):
            return None
        first = cue.first
        while first > sentence.first and self.doc.tokens[first - 1].text not in _SIGNS:
            first -= 1
        return self.who.in_tokens(first, cue.first) if first < cue.first else None

    def _start(self, cue: Cue) -> int:
        return self.doc.tokens[cue.first].start
