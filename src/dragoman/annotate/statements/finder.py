"""The search: what each cue reports, sentence by sentence, and quotations that no cue claims."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.annotate.document import Document, Quote
from dragoman.annotate.statements.contents import Contents
from dragoman.annotate.statements.cues import Cue, words
from dragoman.annotate.statements.details import Details, with_role
from dragoman.annotate.statements.quotations import Quotations
from dragoman.annotate.statements.sightings import Sightings
from dragoman.annotate.statements.signs import Beside, Signs
from dragoman.annotate.statements.speakers import Speakers
from dragoman.annotate.statements.tree import Tree
from dragoman.annotate.statements.values import Place, Said, Speaker
from dragoman.annotate.statements.voices import Voices
from dragoman.claims import SaidClaim

_WISHES = frozenset({"hopes"})


@dataclass(frozen=True)
class Lead:
    """Something reported, before its speaker is known.

    `sentence` is the character where its sentence begins; `source` the head word of a phrase of
    source; `label` the tokens of a name before a colon.
    """

    sentence: int
    content: list[Place]
    cue: Cue | None = None
    phrase: bool = False
    source: int | None = None
    label: tuple[int, int] | None = None

    @property
    def order(self) -> tuple[int, int, list[Place]]:
        """Sentence by sentence, what holds the other first, so that chains can be followed."""
        return self.sentence, -sum(end - start for start, end in self.content), self.content


class Finder:
    """The state of one search."""

    def __init__(self, document: Document) -> None:
        self.doc = document
        self.words = words(document.pack.code)
        self.tree = Tree(document)
        self.sightings = Sightings(document, self.tree, self.words)
        self.cues = self.sightings.cues()
        self.cue_tokens = {t for c in self.cues.values() for t in range(c.first, c.last)}
        self.quotations = Quotations(document, self.cue_tokens.__contains__)
        self.contents = Contents(self.tree, self.words, self.quotations, self.cues)
        self.who = Speakers(self.tree, self.words)
        self.voices = Voices(self.tree, self.words, self.contents, self.who)
        self.signs = Signs(document, self.words)
        self.details = Details(self.tree, self.words, self.quotations, self.who)
        self.found: list[Said] = []
        self.used: set[Quote] = set()
        self.through: dict[int, list[int]] = {}

    def run(self) -> list[SaidClaim]:
        """All claims, in the order of their content."""
        leads = sorted(self._leads(), key=lambda lead: lead.order)
        taken = [lead.content for lead in leads]
        waiting = [
            quote
            for quote in self.quotations.outer
            if self.quotations.is_utterance(quote) or self.quotations.is_set_off(quote)
        ]
        waiting.reverse()
        for lead in leads:
            while waiting and waiting[-1].end <= lead.sentence:
                self._go_on(waiting.pop(), taken)
            self._record(lead)
        while waiting:
            self._go_on(waiting.pop(), taken)
        self.found.sort(key=lambda said: (said.content[0], said.place))
        index = {id(said): i for i, said in enumerate(self.found)}
        return [
            self.details.claim(said, None if said.inside is None else index.get(id(said.inside)))
            for said in self.found
        ]

    # ------------------------------------------------------------ what is reported

    def _leads(self) -> list[Lead]:
        found: list[Lead] = []
        for cue in self.cues.values():
            content, phrase = self.contents.of(cue)
            if content:
                found.append(Lead(self._begin(cue.word), content, cue, phrase))
        for according in self.sightings.accordings():
            if (told := self._teller(according.source)) is not None:
                self.through.setdefault(told, []).append(according.source)
                continue
            content = self.contents.vouched(according.source, according.first)
            if content:
                begin = self._begin(according.source)
                found.append(Lead(begin, content, according.cue, source=according.source))
        for place, first, last in self.signs.labels():
            found.append(Lead(self.doc.tokens[first].start, [place], label=(first, last)))
        return found

    def _begin(self, word: int) -> int:
        return self.tree.syntax.starts[self.tree.sentence(word)[0]]

    def _teller(self, source: int) -> int | None:
        """The cue that a source vouches for: `she left, he said, according to two diplomats`."""
        word = self.tree.syntax.heads[source]
        while word >= 0 and self.tree.syntax.relations[word] in {"obl", "nmod", "advcl", "conj"}:
            word = self.tree.syntax.heads[word]
        cue = self.cues.get(word)
        if cue is None or "clause" not in cue.entry.frames:
            return None
        content, phrase = self.contents.of(cue)
        return word if content and not phrase else None

    # ------------------------------------------------------------ one statement

    def _record(self, lead: Lead) -> None:
        speaker = self._speaker(lead)
        if speaker is None:
            return
        cue = None if lead.label is not None else lead.cue
        place = lead.content[0][0] if cue is None else self.doc.tokens[cue.first].start
        said = Said(lead.content, speaker, cue, place, self.quotations.is_direct(lead.content))
        said.phrase = lead.phrase
        outer = self._outer(said) if cue is not None else None
        if outer is not None and not self._worth_nesting(said, outer):
            return
        said.inside = outer
        if cue is not None and lead.source is None:
            self._tell_through(said, cue)
        if outer is not None:
            self._chain(said, outer)
        elif self._doubled(said):
            return
        self.found.append(said)
        self.used.update(self.quotations.touched(lead.content))
        if outer is None and lead.source is None and not said.phrase:
            self.who.remember(speaker, self.doc.paragraph_at(place))
        else:
            self.who.note(speaker)

    def _speaker(self, lead: Lead) -> Speaker | None:
        if lead.label is not None:
            return self.who.in_tokens(*lead.label)
        if lead.source is not None:
            return self.who.of_word(lead.source, None)
        if lead.cue is None:
            return None
        return self.voices.of(lead.cue, lead.content, phrase=lead.phrase)

    # ------------------------------------------------------------ chains

    def _outer(self, said: Said) -> Said | None:
        """The innermost statement whose content holds the words of this one's cue."""
        holding = [other for other in self.found if other.holds(said.place)]
        return min(holding, key=lambda other: sum(e - s for s, e in other.content), default=None)

    def _worth_nesting(self, said: Said, outer: Said) -> bool:
        """Whether a statement told in another one is a link of a chain, by another speaker."""
        cue = said.cue
        if cue is None or said.phrase or cue.entry.force in _WISHES:
            return False
        one, other = said.speaker, outer.speaker
        if self.quotations.holding(said.place) is not None:
            return False
        return (one.actor, one.described) != (other.actor, other.described)

    def _chain(self, said: Said, outer: Said) -> None:
        actor = outer.speaker.actor
        name = None if actor is None else self.doc.actors[actor].name
        told = outer.speaker.described or name
        said.via = (*said.via, *((told,) if told else ()), *outer.via)
        if outer.speaker.span is not None:
            said.via_spans.append(with_role(outer.speaker.span, "via"))

    def _tell_through(self, said: Said, cue: Cue) -> None:
        """Add the sources through whom a statement is told to its chain."""
        for word in self.through.get(cue.word, ()):
            source = self.who.of_word(word, None)
            if source is None:
                continue
            name = None if source.actor is None else self.doc.actors[source.actor].name
            told = source.described or name
            if told and source.span is not None:
                said.via = (*said.via, told)
                said.via_spans.append(with_role(source.span, "via"))

    def _doubled(self, said: Said) -> bool:
        """Whether a statement of the same speaker already covers nearly the same words."""
        start, end = said.content[0]
        for other in self.found:
            first, last = other.content[0]
            shared = min(end, last) - max(start, first)
            if shared > 0.8 * max(end - start, last - first):
                return True
        return False

    # ------------------------------------------------------------ quotations that go on

    def _interrupted(self, paragraph: int, speaker: Speaker) -> Said | None:
        """The utterance of the same paragraph that a quotation goes on with, if there is one."""
        for said in reversed(self.found):
            same = (said.speaker.actor, said.speaker.described) == (
                speaker.actor,
                speaker.described,
            )
            if not same or self.doc.paragraph_at(said.place) != paragraph:
                return None
            if said.direct and said.inside is None:
                return said
        return None

    def _go_on(self, quote: Quote, coming: list[list[Place]]) -> None:
        """Give an utterance that no cue claims to the one who spoke right before it."""
        if quote in self.used or any(
            start < quote.end and quote.start < end for content in coming for start, end in content
        ):
            return
        place = self.doc.sentence_at(self.doc.token_at(quote.start))
        if place is None:
            return
        content = (quote.start, quote.end)
        beside = self.signs.beside(quote)
        told = None if beside is None else self._named(beside)
        if beside is not None and told is not None:
            self.used.add(quote)
            start = quote.start if beside.cue is None else self.doc.tokens[beside.cue.first].start
            self.found.append(Said([content], told, beside.cue, start, direct=True))
            self.who.remember(told, place.paragraph)
            return
        speaker = self.who.again("a quotation goes on with the one who spoke before it")
        if not self.quotations.is_utterance(quote):
            return
        if speaker is None or place.paragraph - self.who.last_paragraph > 1:
            return
        self.used.add(quote)
        before = self._interrupted(place.paragraph, speaker)
        if before is not None:
            before.content.append(content)
            return
        self.found.append(Said([content], speaker, None, quote.start, direct=True))
        self.who.last_paragraph = place.paragraph

    def _named(self, beside: Beside) -> Speaker | None:
        """Who is named before a cue, else behind it."""
        if beside.cue is None:
            return self.who.labelled(beside.first, beside.last)
        speaker = self.who.in_tokens(beside.first, beside.last)
        if speaker is None and beside.behind is not None:
            speaker = self.who.labelled(*beside.behind)
        return speaker
