"""The search: cues sentence by sentence, sources of `according to`, quotations that go on."""

from __future__ import annotations

from dragoman.annotate.document import Document, Quote
from dragoman.annotate.statements.contents import Contents
from dragoman.annotate.statements.cues import CLAUSE, Cue, Entry, words
from dragoman.annotate.statements.details import Details, with_role
from dragoman.annotate.statements.quotations import Quotations
from dragoman.annotate.statements.speakers import Speakers
from dragoman.annotate.statements.subjects import Subject, possessor_of, subject_of
from dragoman.annotate.statements.tree import Tree
from dragoman.annotate.statements.values import Place, Said, Speaker
from dragoman.claims import SaidClaim
from dragoman.languages.lexicon import fold

_VERBS = frozenset({"VERB", "AUX"})
_CUE_TAGS = frozenset({"VERB", "AUX", "ADJ"})
_WISHES = frozenset({"hopes"})
_SUBJECT_REACH = 24


class Finder:
    """The state of one search."""

    def __init__(self, document: Document) -> None:
        self.doc = document
        self.words = words(document.pack.code)
        self.tree = Tree(document)
        self.cues = self._find_cues()
        self.cue_tokens = {t for c in self.cues.values() for t in range(c.first, c.last)}
        self.quotations = Quotations(document, self.cue_tokens.__contains__)
        self.contents = Contents(self.tree, self.words, self.quotations, self.cues)
        self.who = Speakers(self.tree, self.words)
        self.details = Details(self.tree, self.words, self.quotations, self.who)
        self.found: list[Said] = []
        self.used: set[Quote] = set()

    def run(self) -> list[SaidClaim]:
        """All claims, in the order of their content."""
        work: list[tuple[int, int, Cue | tuple[int, int], list[Place]]] = []
        self.phrases: set[int] = set()
        self.through: dict[int, list[int]] = {}
        for cue in self.cues.values():
            content, phrase = self.contents.of(cue)
            if phrase:
                self.phrases.add(cue.word)
            if content:
                size = sum(end - start for start, end in content)
                work.append((self.tree.sentence(cue.word)[0], -size, cue, content))
        for first, last, word in self._accordings():
            if (told := self._teller(word)) is not None:
                self.through.setdefault(told, []).append(word)
                continue
            content = self.contents.around(word, first)
            if content:
                size = sum(end - start for start, end in content)
                work.append((self.tree.sentence(word)[0], -size, (word, last), content))
        # Sentence by sentence, what holds the other first, so that chains can be followed.
        work.sort(key=lambda item: (item[0], item[1], item[3]))
        quotes = [quote for quote in self.quotations.outer if self.quotations.is_utterance(quote)]
        waiting = iter(quotes)
        upcoming = next(waiting, None)
        for sentence, _, source, content in work:
            start = self.tree.syntax.starts[sentence]
            while upcoming is not None and upcoming.end <= start:
                self._go_on(upcoming, [item[3] for item in work])
                upcoming = next(waiting, None)
            self._record(source, content)
        while upcoming is not None:
            self._go_on(upcoming, [item[3] for item in work])
            upcoming = next(waiting, None)
        self.found.sort(key=lambda said: (said.content[0], said.place))
        index = {id(said): i for i, said in enumerate(self.found)}
        return [
            self.details.claim(said, None if said.inside is None else index.get(id(said.inside)))
            for said in self.found
        ]

    # ------------------------------------------------------------ cues

    def _find_cues(self) -> dict[int, Cue]:
        """The cues outside quotations, by word of the syntax."""
        found: dict[int, Cue] = {}
        syntax = self.tree.syntax
        for word in range(len(self.tree)):
            tag = syntax.tags[word]
            if tag not in _CUE_TAGS and tag not in {"NOUN", "PROPN"}:
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

    def _accordings(self) -> list[tuple[int, int, int]]:
        """Phrases of source: the first word of the lead, its last token, and the source's head."""
        found: list[tuple[int, int, int]] = []
        for lexicon, after in ((self.words.according, False), (self.words.according_after, True)):
            for hit in lexicon.find(self.doc.words):
                place = self.doc.tokens[hit.first].start
                lead = self.tree.word_at(place)
                if lead is None or self.doc.quote_at(place) is not None:
                    continue
                head = self._source_of(lead, hit.last, after=after)
                if head is not None and self.doc.sentence_at(hit.first) is not None:
                    found.append((min(lead, head) if after else lead, hit.last, head))
        return found

    def _teller(self, source: int) -> int | None:
        """The cue that a source vouches for: `she left, he said, according to two diplomats`."""
        word = self.tree.syntax.heads[source]
        while word >= 0 and self.tree.syntax.relations[word] in {"obl", "nmod", "advcl", "conj"}:
            word = self.tree.syntax.heads[word]
        cue = self.cues.get(word)
        if cue is None or "clause" not in cue.entry.frames or not self.contents.of(cue)[0]:
            return None
        return word

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

    # ------------------------------------------------------------ one statement

    def _record(self, source: Cue | tuple[int, int], content: list[Place]) -> None:
        if isinstance(source, Cue):
            speaker = self._speaker(source, content)
            place = self.doc.tokens[source.first].start
            cue: Cue | None = source
        else:
            word, last = source
            speaker = self.who.of_word(word, None)
            place = self.tree.syntax.starts[word]
            cue = self._according_cue(word, last)
        if speaker is None:
            return
        said = Said(content, speaker, cue, place, self.quotations.is_direct(content))
        said.phrase = isinstance(source, Cue) and source.word in self.phrases
        outer = self._outer(said)
        if outer is not None and cue is not None and not self._worth_nesting(said, outer):
            return
        if isinstance(source, Cue):
            self._tell_through(said, source)
        said.inside = outer
        if outer is not None:
            self._chain(said, outer)
        elif self._doubled(said):
            return
        self.found.append(said)
        self.used.update(self.quotations.touched(content))
        if outer is None and isinstance(source, Cue) and not said.phrase:
            self.who.remember(speaker, self._paragraph(place))
        else:
            self.who.note(speaker)

    def _according_cue(self, word: int, last: int) -> Cue:
        hit_first = last - 1
        for hit in [
            *self.words.according.find(self.doc.words, max(0, last - 8), last),
            *self.words.according_after.find(self.doc.words, max(0, last - 8), last),
        ]:
            if hit.last == last:
                hit_first = hit.first
        return Cue(word, hit_first, last, Entry("states", CLAUSE))

    def _paragraph(self, place: int) -> int:
        sentence = self.doc.sentence_at(self.doc.token_at(place))
        return -2 if sentence is None else sentence.paragraph

    def _speaker(self, cue: Cue, content: list[Place]) -> Speaker | None:
        if self.tree.syntax.tags[cue.word] == "NOUN":
            owner = possessor_of(self.tree, cue.word)
            return None if owner is None else self.who.of_word(owner, cue.word)
        subject = subject_of(self.tree, cue.word)
        if content[-1][1] <= self._start(cue) and not self._is_own(subject.word, cue.word):
            # In an aside (", said two diplomats") the subject stands behind its verb.
            behind = self.tree.child(cue.word, "nsubj", "obj")
            if behind is not None and cue.word < behind:
                subject = Subject(behind)
        quoted = self.quotations.holding(content[0][0]) is not None
        if subject.word is not None:
            starts = self.tree.syntax.starts[subject.word]
            if not any(start <= starts < end for start, end in content):
                phrase = cue.word in self.phrases
                speaker = self.who.of_word(subject.word, cue.word, known=phrase)
                speaker = self._named_behind(cue, speaker)
                if speaker is not None or not quoted:
                    return speaker
        if quoted:
            return self._beside(cue, content)
        if subject.dropped and self.words.dropped and self._finite(cue.word):
            near = self._paragraph(self.doc.tokens[cue.first].start) - self.who.last_paragraph <= 1
            return self.who.again("a verb without a subject goes on") if near else None
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
            if self.doc.tokens[last].text in {",", ";", ":", ".", "“", '"', "«", "„", "–", "—"}:
                break
            last += 1
        return self.who.in_tokens(cue.last, last)

    def _start(self, cue: Cue) -> int:
        return self.doc.tokens[cue.first].start

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
            if not same or self._paragraph(said.place) != paragraph:
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
        speaker = self.who.again("a quotation goes on with the one who spoke before it")
        if place is None or speaker is None or place.paragraph - self.who.last_paragraph > 1:
            return
        self.used.add(quote)
        content = (quote.start, quote.end)
        before = self._interrupted(place.paragraph, speaker)
        if before is not None:
            before.content.append(content)
            return
        self.found.append(Said([content], speaker, None, quote.start, direct=True))
        self.who.last_paragraph = place.paragraph
