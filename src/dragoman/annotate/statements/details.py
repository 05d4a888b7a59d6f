"""What stands around a statement: channel, addressee, time of speaking, negation, mode."""

from __future__ import annotations

import msgspec

from dragoman.annotate.document import Document, Sentence
from dragoman.annotate.statements.cues import Cue, Words
from dragoman.annotate.statements.quotations import Quotations
from dragoman.annotate.statements.speakers import Speakers
from dragoman.annotate.statements.tree import Tree
from dragoman.annotate.statements.values import Place, Said, Speaker
from dragoman.claims import SaidClaim
from dragoman.types import Mode, Reason, Span

_REACH = 14
_NEGATION_REACH = 3
_HEARER_REACH = 3


class Details:
    """Makes claims of the statements found. Channels that a speaker has used are remembered."""

    def __init__(self, tree: Tree, words: Words, quotations: Quotations, who: Speakers) -> None:
        self.tree = tree
        self.doc: Document = tree.doc
        self.words = words
        self.quotations = quotations
        self.who = who
        self.channels: dict[int, str] = {}

    def claim(self, said: Said, inside: int | None) -> SaidClaim:
        """The claim of a statement; `inside` is the index of the one that it is told in."""
        sentence = self.doc.sentence_at(self.doc.token_at(said.place))
        evidence = [self.doc.span(*place, "content") for place in self._ranges(said)]
        cue = said.cue
        if cue is not None:
            evidence.append(self.doc.token_span(cue.first, cue.last, "cue"))
        if said.speaker.span is not None:
            evidence.append(with_role(said.speaker.span, "speaker"))
        channel, where = self._channel(sentence, said.content, said.speaker)
        if where is not None:
            evidence.append(where)
        evidence += said.via_spans
        return SaidClaim(
            evidence=tuple(evidence),
            mode=self._mode(said),
            force="states" if cue is None else cue.entry.force,
            negated=cue is not None and sentence is not None and self._negated(sentence, cue),
            speaker=said.speaker.actor,
            described=said.speaker.described,
            side=said.speaker.side,
            cue=None if cue is None else self.doc.token_span(cue.first, cue.last).text,
            channel=channel,
            addressee=None if cue is None else self._addressee(cue),
            via=said.via,
            when=None if sentence is None else self._when(sentence, said),
            inside=inside,
            phrase=said.phrase,
            reasons=(Reason(rule="speaker", why=said.speaker.why),),
        )

    def _ranges(self, said: Said) -> list[Place]:
        """The content's ranges, and after them the quotations that stand in the chief one."""
        found = list(said.content)
        if self._mode(said) == "mixed":
            found += [(q.start, q.end) for q in self.quotations.touched(said.content)]
        return list(dict.fromkeys(found))

    def _mode(self, said: Said) -> Mode:
        if self.quotations.is_direct(said.content):
            return "direct"
        return "mixed" if self.quotations.touched(said.content) else "indirect"

    def _negated(self, sentence: Sentence, cue: Cue) -> bool:
        first = max(sentence.first, cue.first - _NEGATION_REACH)
        return bool(self.words.negations.find(self.doc.words, first, cue.first))

    def _addressee(self, cue: Cue) -> int | None:
        """Who is told: the object of the verb, if it names an actor."""
        if not len(self.tree) or "clause" not in cue.entry.frames:
            return None
        hearer = self.tree.child(cue.word, "iobj", "obj")
        if hearer is None:
            return None
        first, last = self.tree.tokens(hearer)
        if first - cue.last > _HEARER_REACH:
            return None
        for begin, end, mention in self.who.mentions:
            if begin < last and first < end:
                return mention.actor
        return None

    def _when(self, sentence: Sentence, said: Said) -> int | None:
        if said.cue is None:
            return None
        for index, when in enumerate(self.doc.times):
            place = self.doc.reading.place_of(when.span.start)
            near = abs(self.doc.token_at(place) - said.cue.first) <= _REACH
            if (
                when.bound == "on"
                and not said.holds(place)
                and sentence.start <= place < sentence.end
                and near
            ):
                return index
        return None

    def _channel(
        self, sentence: Sentence | None, content: list[Place], speaker: Speaker
    ) -> tuple[str | None, Span | None]:
        """The channel told in the sentence, or the one that this speaker used before."""
        if sentence is None:
            return None, None
        for hit in self.words.channels.find(self.doc.words, sentence.first, sentence.last):
            place = self.doc.tokens[hit.first].start
            if not any(start <= place < end for start, end in content):
                if speaker.actor is not None:
                    self.channels.setdefault(speaker.actor, hit.value)
                return hit.value, self.doc.token_span(hit.first, hit.last, "channel")
        for lead in self.words.interviews.find(self.doc.words, sentence.first, sentence.last):
            for begin, end, mention in self.who.mentions:
                actor = self.doc.actors[mention.actor]
                if 0 <= begin - lead.last <= 1 and actor.type == "organization":
                    return actor.name, self.doc.token_span(begin, end, "channel")
        return (self.channels.get(speaker.actor) if speaker.actor is not None else None), None


def with_role(span: Span, role: str) -> Span:
    """A span with another role."""
    return msgspec.structs.replace(span, role=role)
