"""What was said: the clause, infinitive, object or quotation that a cue governs."""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.annotate.document import Quote
from dragoman.annotate.statements.asides import Asides
from dragoman.annotate.statements.clauses import Clauses
from dragoman.annotate.statements.cues import CLAUSE, Cue, Words
from dragoman.annotate.statements.phrases import Phrases
from dragoman.annotate.statements.quotations import Quotations
from dragoman.annotate.statements.subjects import subject_of
from dragoman.annotate.statements.tree import Tree
from dragoman.annotate.statements.values import Place
from dragoman.models import ROOT

_LEAST_WORDS = 2


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
        self.clauses = Clauses(tree, words, quotations, cues)
        self.asides = Asides(self.clauses)
        self.phrases = Phrases(self.clauses)
        self.around_cues = {cue.word: self.asides.parted(cue) for cue in cues.values()}
        self.clauses.parted.update(self.asides.subjects)

    def of(self, cue: Cue) -> tuple[list[Place], bool]:
        """What a cue reports: its ranges, the chief one first, and whether it is a mere phrase.

        There are no ranges if the cue reports nothing.
        """
        frames = cue.entry.frames
        if self.words.verb_last:
            return self._before_verb(cue)
        if "named" in frames and self.tree.syntax.tags[cue.word] in {"NOUN", "PROPN"}:
            if found := self._checked(self.phrases.of_noun(cue.word)):
                return found, False
            return self._checked(self.phrases.topic(cue), least=1), True
        if "clause" in frames and (found := self._said(cue)):
            return found, False
        if "infinitive" in frames and (found := self._checked(self.phrases.infinitive(cue.word))):
            return found, True
        if "about" in frames and (found := self._checked(self.phrases.about(cue), least=1)):
            return found, True
        if "object" in frames and (found := self._checked(self.phrases.object(cue.word), least=1)):
            return found, True
        if frames == CLAUSE:
            return self._checked(self.clauses.edges.rest(cue)), False
        return [], False

    def _before_verb(self, cue: Cue) -> tuple[list[Place], bool]:
        """What a verb reports that stands behind all that it governs."""
        noun = self.tree.syntax.tags[cue.word] == "NOUN"
        if noun and self.tree.light_verb(cue.word) is None:
            return self._checked(self.phrases.of_noun(cue.word)), False
        before = self.quotations.before(cue.first)
        if before is not None:
            resumed = self.quotations.resumed(before, cue.last)
            quotes = [before] if resumed is None else [before, resumed]
            return [(quote.start, quote.end) for quote in quotes], False
        if around := self._checked(self.around_cues[cue.word]):
            return around, False
        verb = self.tree.light_verb(cue.word) if noun else None
        subject = subject_of(self.tree, cue.word).word
        if subject is None and verb is not None:
            subject = subject_of(self.tree, verb).word
        found = self._checked(self.clauses.edges.between(cue, subject), least=1)
        words = [w for place in found for w in self._words(place)]
        verbal = any(self.tree.syntax.tags[w] == "VERB" for w in words)
        return found, bool(found) and not verbal

    def _words(self, place: Place) -> list[int]:
        return [
            word
            for word in range(len(self.tree))
            if place[0] <= self.tree.syntax.starts[word] < place[1]
        ]

    def _checked(self, ranges: list[Place], least: int = _LEAST_WORDS) -> list[Place]:
        """Ranges that are long enough, the nearly quoted ones widened to their quotation."""
        found = [
            self.quotations.snapped(self.asides.cut(self.clauses.unled(place)))
            for whole in ranges
            if (place := self.quotations.undated(whole)) is not None
        ]
        return found if found and self._size(found) >= least else []

    def _size(self, ranges: list[Place]) -> int:
        doc = self.tree.doc
        return sum(
            token.word or token.text[:1].isdigit()
            for start, end in ranges
            for token in doc.tokens[doc.token_at(start) : doc.token_at(end - 1) + 1]
        )

    # ------------------------------------------------------------ clauses and quotations

    def _said(self, cue: Cue) -> list[Place]:
        around = self._checked(self.around_cues[cue.word])
        clause = around or self._checked(self.clauses.governed(cue.word))
        before = self.quotations.before(cue.first)
        after = self.quotations.after(cue.last)
        if before is not None and self._outweighs(before, around):
            before = None
        if before is not None and (not clause or _meet(clause, (before.start, before.end))):
            content = [(before.start, before.end)]
            going_on = self.quotations.resumed(before, cue.last) or after
            if going_on is not None and self.quotations.length(going_on) > 1:
                content.append((going_on.start, going_on.end))
            return content
        if around and after is not None and self.quotations.stands_alone(after):
            clause = []
        if clause:
            return clause
        turned = self._checked(self.asides.turned(cue.word))
        if turned and not (after is not None and self.quotations.stands_alone(after)):
            return turned
        if after is not None and self._size([(after.start, after.end)]) >= _LEAST_WORDS:
            return [(after.start, after.end)]
        below = self.quotations.below(cue.last)
        return [] if below is None else [below]

    def _outweighs(self, quote: Quote, around: list[Place]) -> bool:
        """Whether an aside reports more than the quotation before it: `A “b” c, she said`."""
        if not around or not _meet(around, (quote.start, quote.end)):
            return False
        start, end = around[0]
        outside = [(start, quote.start), (quote.end, end)]
        return self._size([place for place in outside if place[1] > place[0] + 1]) > 1

    # ------------------------------------------------------------ according to

    def vouched(self, phrase: int, lead: int) -> list[Place]:
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
