"""Statements: who is reported to have said what, by the words around cues of speech.

A cue (a verb, noun or `according to` of the pack) is looked up in every sentence. What was said
is the quotation beside it, or the clause after it, or the clause before a closing attribution.
Who said it is the noun phrase on its left; on its right where a quotation or a clause stands on
its left. Quotations that no cue claims continue the statement before them in their paragraph, or
in the paragraph above. Everything is by rules over tokens, mentions and quotations; a parser can
later supply better subjects and complements through the same two questions (`_subject`,
`_complement`).
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Literal

import msgspec

from dragoman.annotate.document import Document, Quote, Sentence
from dragoman.claims import Mention, SaidClaim
from dragoman.languages import load
from dragoman.languages.lexicon import Hit, Lexicon, fold
from dragoman.types import Force, Mode, Reason, Span

CueSort = Literal["verb", "telling", "calling", "noun", "according"]

_SHORT_QUOTE_WORDS = 3
_ADJUNCT_REACH = 14
_SUBJECT_REACH = 40
_SPEAKERS = frozenset({"person", "state", "organization", "group"})
_APOSTROPHES = frozenset("'’")
_DASHES = frozenset("–—-")
_END_MARKS = frozenset(".!?…")
_QUOTE_SIGNS = frozenset("\"“”«»„‘’'")


@dataclass(frozen=True)
class Cue:
    """A cue of speech: tokens `first` to `last`, its force and its sort."""

    first: int
    last: int
    force: Force
    sort: CueSort


@dataclass(frozen=True)
class Speaker:
    """Who spoke: an actor of the report, or a description of an unnamed source."""

    actor: int | None
    described: str | None
    side: str | None
    span: Span
    why: str
    again: bool = False


@dataclass(frozen=True)
class Lexicons:
    """The pack's words of speech, compiled."""

    cues: Lexicon[tuple[Force, CueSort]]
    sources: Lexicon[bool]
    hearers: Lexicon[bool]
    channels: Lexicon[str]
    interviews: Lexicon[bool]
    adverbs: frozenset[str]
    pronouns: Lexicon[int]
    negations: Lexicon[bool]
    articles: frozenset[str]
    abbreviations: frozenset[str]
    prepositions: frozenset[str]
    breaks: frozenset[str]
    that: frozenset[str]
    conjunctions: frozenset[str]


@functools.cache
def lexicons(code: str) -> Lexicons:
    """The compiled words of a pack."""
    pack = load(code)
    speech, grammar = pack.speech, pack.grammar
    cues: list[tuple[str, tuple[Force, CueSort]]] = []
    for group in speech.cues:
        cues += [(phrase, (group.force, "verb")) for phrase in group.verbs]
        cues += [(phrase, (group.force, "telling")) for phrase in group.telling]
        cues += [(phrase, (group.force, "calling")) for phrase in group.calling]
        cues += [(phrase, (group.force, "noun")) for phrase in group.nouns]
    cues += [(phrase, ("states", "according")) for phrase in speech.according]

    def folded(words: tuple[str, ...]) -> frozenset[str]:
        return frozenset(fold(word) for word in words)

    return Lexicons(
        cues=Lexicon(cues),
        sources=Lexicon((phrase, True) for phrase in speech.sources),
        hearers=Lexicon((phrase, True) for phrase in speech.hearers),
        channels=Lexicon((p, channel.name) for channel in speech.channels for p in channel.phrases),
        interviews=Lexicon((phrase, True) for phrase in speech.interviews),
        adverbs=folded(speech.adverbs) | folded(grammar.auxiliaries),
        pronouns=Lexicon(
            (form, i)
            for i, pronoun in enumerate(grammar.pronouns)
            for form in pronoun.forms
            if pronoun.person == 3
        ),
        negations=Lexicon((phrase, True) for phrase in grammar.negations),
        articles=folded(grammar.articles),
        abbreviations=folded(grammar.abbreviations),
        prepositions=(folded(grammar.prepositions) | folded(grammar.contractions))
        - folded(grammar.articles),
        breaks=folded(grammar.clause_breaks),
        that=folded(grammar.that),
        conjunctions=folded(grammar.conjunctions),
    )


def find_statements(document: Document) -> list[SaidClaim]:
    """All statements of a report, in the order of their content."""
    return _Finder(document).run()


class _Finder:
    """The state of one search: what is claimed already, and who spoke last."""

    def __init__(self, document: Document) -> None:
        self.doc = document
        self.lex = lexicons(document.pack.code)
        self.words = document.words
        self.claims: list[SaidClaim] = []
        self.places: list[tuple[int, int]] = []
        self.used: set[Quote] = set()
        self.last: Speaker | None = None
        self.last_paragraph = -2
        self.sources: list[tuple[str, Speaker]] = []
        self.channels: dict[int, str] = {}
        self.openings = {document.token_at(quote.start) - 1 for quote in document.quotes}
        self.last_person: Speaker | None = None
        self.chain: tuple[str, ...] = ()
        self.mentions: list[tuple[int, int, Mention]] = []
        for mention in document.mentions:
            place = document.reading.place_of(mention.span.start)
            end = document.reading.place_of(mention.span.end - 1) + 1
            first = document.token_at(place)
            self.mentions.append((first, max(first + 1, document.token_at(end - 1) + 1), mention))
        self.mentions.sort(key=lambda item: (item[0], -item[1]))

    # ------------------------------------------------------------ the search

    def run(self) -> list[SaidClaim]:
        for sentence in self.doc.sentences:
            cues = self._cues(sentence)
            outer: int | None = None
            for place, cue in enumerate(cues):
                later = cues[place + 1] if place + 1 < len(cues) else None
                done = self._claim(sentence, cue, later, outer)
                if done is not None:
                    outer = done
            self._continue_quotes(sentence)
        order = sorted(range(len(self.claims)), key=lambda i: (self.places[i], i))
        moved = {old: new for new, old in enumerate(order)}
        return [
            msgspec.structs.replace(
                self.claims[i],
                inside=None if self.claims[i].inside is None else moved[self.claims[i].inside],  # type: ignore[index]
            )
            for i in order
        ]

    def _cues(self, sentence: Sentence) -> list[Cue]:
        found: list[Cue] = []
        for hit in self.lex.cues.find(self.words, sentence.first, sentence.last):
            force, sort = hit.value
            token = self.doc.tokens[hit.first]
            if self._in_quote(hit.first) or (found and found[-1].first == hit.first):
                continue
            if sort != "according" and token.capital and hit.first != sentence.first:
                continue
            if sort in {"verb", "telling", "calling"} and self._is_noun(hit.first, sentence):
                continue
            found.append(Cue(hit.first, hit.last, force, sort))
        return found

    def _is_noun(self, token: int, sentence: Sentence) -> bool:
        """Whether an article or possessive stands right before a word that can be a verb."""
        if token == sentence.first:
            return False
        before = self.words[token - 1]
        return before in self.lex.articles or before == "s"

    def _in_quote(self, token: int) -> bool:
        quote = self.doc.quote_at(self.doc.tokens[token].start)
        return quote is not None

    def _inside_quote(self, token: int) -> bool:
        """Whether a quotation goes on behind a token that stands in it."""
        quote = self.doc.quote_at(self.doc.tokens[token].start)
        return quote is not None and quote.end > self.doc.tokens[token].end

    def _claim(
        self, sentence: Sentence, cue: Cue, later: Cue | None, outer: int | None
    ) -> int | None:
        """Record what one cue reports; the index of its claim, or None where it reports nothing."""
        before = self._quote_before(sentence, cue)
        if cue.sort == "according":
            return self._according(sentence, cue, before)
        if before is not None and before not in self.used:
            speaker = self._subject_after_quote(sentence, cue, before)
            if speaker is not None:
                self._record(sentence, cue, speaker, [(before.start, before.end)], None)
                after = self._quote_after(cue, sentence.last)
                if after is not None:
                    self._record(sentence, cue, speaker, [(after.start, after.end)], None)
                return len(self.claims) - 1
        complement = self._complement(sentence, cue, later)
        nested = self._nested_in(outer, cue)
        if complement is not None:
            speaker = self._subject(sentence, cue)
            if speaker is not None:
                return self._record(sentence, cue, speaker, complement, nested)
        closing = self._clause_before(sentence, cue)
        if closing is not None:
            speaker = self._subject_closing(sentence, cue, closing[1])
            if speaker is not None:
                start, end = self._characters(closing[0], closing[1])
                return self._record(sentence, cue, speaker, self._with_quotes(start, end), None)
        return None

    def _nested_in(self, outer: int | None, cue: Cue) -> int | None:
        if outer is None:
            return None
        start, end = self.places[outer]
        return outer if start <= self.doc.tokens[cue.first].start < end else None

    # ------------------------------------------------------------ what was said

    def _quote_before(self, sentence: Sentence, cue: Cue) -> Quote | None:
        """The quotation that ends shortly before the cue, only a speaker between."""
        start = self.doc.tokens[cue.first].start
        best: Quote | None = None
        for quote in self.doc.quotes:
            if quote.end <= start and quote.depth == 0 and self._same_paragraph(quote, sentence):
                best = quote
        if best is None:
            return None
        # What ends with the quotation must be a whole utterance: it began the sentence or stands
        # after a comma or colon, and is no bare scare quote inside somebody's clause.
        words = self.doc.token_at(best.end - 1) - self.doc.token_at(best.start) + 1
        opens = self.doc.token_at(best.start) - 1
        begins = opens <= sentence.first or opens <= self._paragraph_first(sentence)
        follows = opens - 1 >= 0 and self.doc.tokens[opens - 1].text in {",", ":", "–", "—"}
        between = range(self.doc.token_at(best.end), cue.first)
        if len(between) > _SUBJECT_REACH or any(self._ends(t, sentence) for t in between):
            return None
        signs = [self.doc.tokens[t].text for t in between]
        inside_comma = self.doc.text[best.end - 1] in ",.!?…"
        parted = inside_comma or "," in signs[:3] or any(sign in _DASHES for sign in signs[:3])
        if (begins or follows) and (parted or words > _SHORT_QUOTE_WORDS):
            return best
        return None

    def _ends(self, token: int, sentence: Sentence) -> bool:
        return self.doc.tokens[token].text in _END_MARKS and token + 1 < sentence.last

    def _quote_after(self, cue: Cue, stop: int) -> Quote | None:
        """The first outer quotation that begins between the cue and token `stop`."""
        start = self.doc.tokens[cue.last - 1].end
        end = self.doc.tokens[stop - 1].end
        for quote in self.doc.quotes:
            if quote.depth == 0 and quote not in self.used and start <= quote.start < end:
                return quote
        return None

    def _complement(
        self, sentence: Sentence, cue: Cue, later: Cue | None
    ) -> list[tuple[int, int]] | None:
        """What follows the cue as said: character ranges, the whole first, then its quotations."""
        first = cue.last
        stop = sentence.last
        if first >= stop:
            return None
        first = self._skip_adjuncts(first, stop, cue)
        if first is None or first >= stop:
            return None
        sign = self.doc.tokens[first].text
        that = self.words[first - 1] in self.lex.that
        if that and sign in _APOSTROPHES and first not in self.openings:
            first += 1
            if first >= stop:
                return None
            sign = self.doc.tokens[first].text
        if sign == "," and not that and cue.sort == "verb" and self._comma_speech(first, stop):
            first += 1
            sign = self.doc.tokens[first].text
        if not that and (sign in {",", ".", ";"} or sign in _DASHES):
            return None
        if sign == ":":
            first += 1
            if first >= stop:
                return None
        quote = self._quote_after(cue, stop)
        opening = first in self.openings
        if quote is not None and (opening or quote.start <= self.doc.tokens[first].start):
            return [(quote.start, quote.end)]
        governed = self.words[first] in self.lex.prepositions
        if cue.sort in {"verb", "telling"} and governed and not that:
            return None
        last = self._clause_end(first, stop, later)
        if last - first < 2:
            return None
        start, end = self._characters(first, last)
        return [*self._with_quotes(start, end), *self._coordinated(first, last)]

    def _comma_speech(self, comma: int, stop: int) -> bool:
        """Whether what was said follows a bare comma: `sagte, er komme`."""
        return (
            self.doc.pack.grammar.comma_speech
            and comma + 2 < stop
            and self.words[comma + 1] not in self.lex.breaks
            and self.words[comma + 1] not in self.lex.conjunctions
        )

    def _coordinated(self, first: int, last: int) -> list[tuple[int, int]]:
        """The second part of `that ..., and that ...`, told beside the whole."""
        for place in range(first + 1, last - 2):
            if self.words[place] in self.lex.that and (
                self.words[place - 1] in self.lex.conjunctions
            ):
                return [self._characters(place + 1, last)]
        return []

    def _skip_adjuncts(self, first: int, stop: int, cue: Cue) -> int:
        """The token where what was said begins, past `that`, hearer, place, time and channel."""
        if self.words[first] in self.lex.that:
            return first + 1
        if first in self.openings:
            return first
        adjunct = (
            cue.sort == "telling"
            or self.words[first] in self.lex.prepositions
            or self.words[first] in self.lex.adverbs
            or self._is_time(first)
            or self.doc.tokens[first].text in {":", ","}
        )
        reach = min(stop, first + _ADJUNCT_REACH) if adjunct else first
        for place in range(first, reach):
            sign = self.doc.tokens[place].text
            if place in self.openings or sign == ":":
                return place
            if self.words[place] in self.lex.that:
                return place + 1
            if sign in _END_MARKS:
                break
        if cue.sort == "telling":
            return self._past_hearer(first, stop)
        if self._is_time(first):
            return self._past_time(first, stop)
        return first

    def _past_hearer(self, first: int, stop: int) -> int:
        for begin, end, _ in self.mentions:
            if first <= begin <= first + 2:
                return min(stop, end)
        for hit in self.lex.hearers.find(self.words, first, min(stop, first + 3)):
            return hit.last
        return min(stop, first + 1)

    def _is_time(self, token: int) -> bool:
        place = self.doc.tokens[token].start
        following = self.doc.tokens[min(token + 1, len(self.doc.tokens) - 1)].start
        return any(self._time_at(when.span.start) in {place, following} for when in self.doc.times)

    def _time_at(self, original: int) -> int:
        return self.doc.reading.place_of(original)

    def _past_time(self, first: int, stop: int) -> int:
        place = self.doc.tokens[first].start
        for when in self.doc.times:
            start = self._time_at(when.span.start)
            end = self._time_at(when.span.end - 1) + 1
            if place <= start <= place + 12:
                return min(stop, self.doc.token_at(end - 1) + 1)
        return first

    def _clause_end(self, first: int, stop: int, later: Cue | None) -> int:
        """The end of the clause that begins at `first`, closing marks and attributions left out."""
        last = stop
        while last > first and self.doc.tokens[last - 1].text in _END_MARKS:
            last -= 1
        # A closing attribution (", the official added") ends it too.
        if later is not None and later.sort != "noun":
            for place in range(later.first - 1, first, -1):
                if self.doc.tokens[place].text == ",":
                    tail = self.words[later.last : last]
                    if len(tail) <= 1 or later.sort == "according":
                        return place
                    break
        return last

    def _clause_before(self, sentence: Sentence, cue: Cue) -> tuple[int, int] | None:
        """The clause that a closing attribution reports: tokens before the comma before it."""
        if cue.sort == "noun":
            return None
        floor = max(sentence.first, cue.first - _SUBJECT_REACH)
        for place in range(cue.first, floor, -1):
            if self.doc.tokens[place].text == "," and not self._inside_quote(place):
                if place - sentence.first < 3:
                    return None
                return sentence.first, place
        return None

    def _with_quotes(self, start: int, end: int) -> list[tuple[int, int]]:
        ranges = [(start, end)]
        ranges += [
            (quote.start, quote.end)
            for quote in self.doc.quotes
            if quote.depth == 0 and start <= quote.start and quote.end <= end + 1
        ]
        return ranges

    def _characters(self, first: int, last: int) -> tuple[int, int]:
        return self.doc.tokens[first].start, self.doc.tokens[last - 1].end

    # ------------------------------------------------------------ who said it

    def _subject(self, sentence: Sentence, cue: Cue) -> Speaker | None:
        """The subject on the left of a cue."""
        if cue.sort == "noun":
            return self._possessor(sentence, cue)
        floor = sentence.first
        for index, _ in enumerate(self.claims):
            start, end = self.places[index]
            place = self.doc.tokens[cue.first].start
            if start <= place < end:
                floor = max(floor, self.doc.token_at(start))
        first = self._subject_start(floor, cue.first)
        return self._speaker(first, cue.first)

    def _subject_start(self, floor: int, cue: int) -> int:
        """Where the noun phrase before a cue begins: at the clause break before it."""
        depth_comma = 0
        place = cue - 1
        while place > floor and self.words[place] in self.lex.adverbs:
            place -= 1
        # A comma right before the verb closes an apposition or a relative clause: its opening
        # comma is not the beginning of the subject.
        if place > floor and self.doc.tokens[place].text == ",":
            depth_comma = 1
            place -= 1
        while place > floor:
            sign = self.doc.tokens[place].text
            if sign in {";", ":"} or sign in "–—":
                return place + 1
            if sign == ",":
                if depth_comma == 0:
                    return place + 1
                depth_comma -= 1
            elif depth_comma == 0 and self._breaks(place, floor):
                return place + 1
            place -= 1
        return floor

    def _breaks(self, place: int, floor: int) -> bool:
        """Whether the word at `place` begins the clause of the subject after it."""
        word = self.words[place]
        if word in self.lex.conjunctions:
            # "A Ukrainian and a European source": a conjunction inside the phrase joins nouns.
            return not self._has_candidate(floor, place) or self._has_verb(floor, place)
        return self._begins_clause(place)

    def _begins_clause(self, place: int) -> bool:
        """Whether the word at `place` breaks a clause; an article that can only after a comma."""
        word = self.words[place]
        if word in self.lex.breaks and word in self.lex.articles:
            return place > 0 and self.doc.tokens[place - 1].text == ","
        return word in self.lex.breaks

    def _has_candidate(self, first: int, last: int) -> bool:
        return any(first <= begin and end <= last for begin, end, _ in self.mentions) or bool(
            self.lex.sources.find(self.words, first, last)
        )

    def _has_verb(self, first: int, last: int) -> bool:
        return bool(self.lex.cues.find(self.words, first, last))

    def _subject_after_quote(self, sentence: Sentence, cue: Cue, quote: Quote) -> Speaker | None:
        first = self.doc.token_at(quote.end)
        while first < cue.first and (
            self.doc.tokens[first].text in _QUOTE_SIGNS or self.doc.tokens[first].text in ",.–—-"
        ):
            first += 1
        if first < cue.first:
            speaker = self._speaker(first, cue.first)
            if speaker is not None:
                return self._named_behind(sentence, cue, speaker)
        return self._inverted(sentence, cue)

    def _named_behind(self, sentence: Sentence, cue: Cue, speaker: Speaker) -> Speaker:
        """The person whose name closes the sentence behind a description of the speaker."""
        if speaker.actor is not None:
            return speaker
        for begin, end, mention in self.mentions:
            person = self.doc.actors[mention.actor].type == "person"
            closing = end < sentence.last and self.doc.tokens[end].text in _END_MARKS
            apposed = cue.last < begin and self.doc.tokens[begin - 1].text == ","
            if person and apposed and begin < sentence.last and closing:
                return self._as_speaker(begin, end, mention, "the name closing the sentence")
        return speaker

    def _inverted(self, sentence: Sentence, cue: Cue) -> Speaker | None:
        """The subject on the right of a cue: the phrase up to the next sign or preposition."""
        first = last = cue.last
        while last < sentence.last:
            word = self.words[last]
            sign = self.doc.tokens[last].text
            if sign == "." and self.words[last - 1] in self.lex.abbreviations:
                last += 1
                continue
            if sign in _QUOTE_SIGNS or sign in ",.;:" or self._begins_clause(last):
                break
            if last > first + 1 and word in self.lex.prepositions and self._named(first, last):
                break
            last += 1
        if last == first:
            return None
        return self._speaker(first, last)

    def _named(self, first: int, last: int) -> bool:
        return any(
            first <= begin and end <= last
            for begin, end, mention in self.mentions
            if self.doc.actors[mention.actor].type == "person"
        )

    def _subject_closing(self, sentence: Sentence, cue: Cue, comma: int) -> Speaker | None:
        between = range(comma + 1, cue.first)
        if any(
            self.doc.tokens[place].word and self.words[place] not in self.lex.adverbs
            for place in between
        ):
            return self._speaker(comma + 1, cue.first)
        return self._inverted(sentence, cue)

    def _possessor(self, sentence: Sentence, cue: Cue) -> Speaker | None:
        near = [
            (begin, end, mention)
            for begin, end, mention in self.mentions
            if sentence.first <= begin and end <= cue.first and cue.first - end <= 3
        ]
        if not near:
            return None
        begin, end, mention = near[-1]
        return self._as_speaker(begin, end, mention, "possessor of the noun that reports speech")

    def _speaker(self, first: int, last: int) -> Speaker | None:
        """The speaker that tokens `first` to `last` name: a person first, then others."""
        while first < last and (
            not self.doc.tokens[first].word and not self.doc.tokens[first].text[0].isdigit()
        ):
            first += 1
        while last > first and (
            not self.doc.tokens[last - 1].word or self.words[last - 1] in self.lex.adverbs
        ):
            last -= 1
        if first >= last:
            return None
        inside = [
            (begin, end, mention)
            for begin, end, mention in self.mentions
            if first <= begin and end <= last and self.doc.actors[mention.actor].type in _SPEAKERS
        ]
        straight = [item for item in inside if not self._oblique(first, item[0])]
        for begin, end, mention in reversed(straight):
            if self.doc.actors[mention.actor].type == "person" and mention.sort != "pronoun":
                return self._as_speaker(begin, end, mention, "the person named as subject")
        source = self._source(first, last, inside)
        if source is not None:
            return source
        for begin, end, mention in straight:
            if mention.sort != "demonym":
                return self._as_speaker(begin, end, mention, "the actor named as subject")
        for hit in self.lex.pronouns.find(self.words, first, last):
            before = [t for t in range(first, hit.first) if self.doc.tokens[t].word]
            if self.last is not None and len(before) <= 2:
                return Speaker(
                    self.last.actor,
                    self.last.described,
                    self.last.side,
                    self.doc.token_span(hit.first, hit.last, "speaker"),
                    "a pronoun for the one who spoke or acted last",
                    again=True,
                )
        return None

    def _oblique(self, first: int, place: int) -> bool:
        """Whether a preposition governs the mention at `place`."""
        for token in range(place - 1, max(first, place - 5) - 1, -1):
            word = self.words[token]
            if not self.doc.tokens[token].word or word in self.lex.conjunctions | self.lex.breaks:
                return False
            if word in self.lex.prepositions:
                return True
        return False

    def _as_speaker(self, begin: int, end: int, mention: Mention, why: str) -> Speaker:
        actor = self.doc.actors[mention.actor]
        span = self.doc.token_span(begin, end, "speaker")
        if actor.type == "person":
            return Speaker(mention.actor, None, actor.side, span, why)
        if actor.type == "state":
            return Speaker(mention.actor, span.text, actor.name, span, why)
        return Speaker(mention.actor, span.text, actor.side, span, why)

    def _source(
        self, first: int, last: int, inside: list[tuple[int, int, Mention]]
    ) -> Speaker | None:
        """An unnamed source: a phrase around a noun such as `official`, with its side."""
        heads = [
            hit
            for hit in self.lex.sources.find(self.words, first, last)
            if not self._oblique(first, hit.first)
        ]
        if not heads:
            return None
        head = heads[0]
        role = self._role_holder(first, last, head)
        if role is not None:
            return role
        span = self.doc.token_span(first, last, "speaker")
        sides = sorted(
            {
                self.doc.actors[m.actor].side or self.doc.actors[m.actor].name
                for _, _, m in inside
                if self.doc.actors[m.actor].type in {"state", "organization", "place"}
                and (
                    m.sort in {"demonym", "metonym"}
                    or self.doc.actors[m.actor].type != "organization"
                )
            }
        )
        joined = any(word in self.lex.conjunctions for word in self.words[first : head.first])
        side = sides[0] if len(sides) == 1 and not joined else None
        noun = self.words[head.first].rstrip("s")
        definite = self.words[first] in self.lex.articles and not inside
        if definite:
            for seen, earlier in reversed(self.sources):
                if seen == noun:
                    return Speaker(
                        earlier.actor,
                        earlier.described if earlier.actor is None else span.text,
                        earlier.side,
                        span,
                        "the same source as before, by its noun",
                    )
        speaker = Speaker(None, span.text, side, span, "an unnamed source, by its noun")
        self.sources.append((noun, speaker))
        return speaker

    def _role_holder(self, first: int, last: int, head: Hit[bool]) -> Speaker | None:
        """The person whose role a phrase such as `the Turkish minister` names in this report."""
        for begin, end, mention in self.mentions:
            if begin <= head.first < end and mention.sort == "role" and first <= begin:
                actor = self.doc.actors[mention.actor]
                if actor.type == "person":
                    return self._as_speaker(
                        begin, min(end, last), mention, "the holder of the office in this report"
                    )
        return None

    # ------------------------------------------------------------ according to, continued quotes

    def _according(self, sentence: Sentence, cue: Cue, quote: Quote | None) -> int | None:
        last = cue.last
        while last < sentence.last and self.doc.tokens[last].text not in {",", ";", ".", "!", "?"}:
            last += 1
        # A name may itself be cut by the sign of an abbreviation; the phrase is kept short.
        speaker = self._speaker(cue.last, last)
        if speaker is None:
            return None
        if cue.first <= sentence.first + 1:
            first = last + 1
            stop = self._clause_end(first, sentence.last, None) if first < sentence.last else first
            if stop - first < 3:
                return None
            start, end = self._characters(first, stop)
            return self._record(sentence, cue, speaker, self._with_quotes(start, end), None)
        if self.claims and self._overlaps_last(sentence):
            # "..., he said, according to one source": the chain of the statement before.
            claim = self.claims[-1]
            told = speaker.described or self._name(speaker)
            if told and told not in claim.via:
                self.claims[-1] = msgspec.structs.replace(
                    claim,
                    via=(*claim.via, told),
                    evidence=(*claim.evidence, _with_role(speaker.span, "via")),
                )
            return len(self.claims) - 1
        if quote is not None and quote not in self.used:
            return self._record(sentence, cue, speaker, [(quote.start, quote.end)], None)
        stop = cue.first
        while stop > sentence.first and not self.doc.tokens[stop - 1].word:
            stop -= 1
        if stop - sentence.first < 3:
            return None
        start, end = self._characters(sentence.first, stop)
        return self._record(sentence, cue, speaker, self._with_quotes(start, end), None)

    def _overlaps_last(self, sentence: Sentence) -> bool:
        start, end = self.places[-1]
        cue = next((s for s in self.claims[-1].evidence if s.role == "cue"), None)
        at = self.doc.reading.place_of(cue.start) if cue else start
        return sentence.start <= at < sentence.end or sentence.start <= start < sentence.end <= end

    def _name(self, speaker: Speaker) -> str | None:
        return None if speaker.actor is None else self.doc.actors[speaker.actor].name

    def _continue_quotes(self, sentence: Sentence) -> None:
        """Quotations that are sentences of their own go on with the speaker before them."""
        for quote in self.doc.quotes:
            if quote in self.used or quote.depth or not self._same_paragraph(quote, sentence):
                continue
            first, last = self.doc.token_at(quote.start), self.doc.token_at(quote.end - 1) + 1
            if last - first <= _SHORT_QUOTE_WORDS or not sentence.start <= quote.start:
                continue
            if quote.end > sentence.end + 1 and quote.start < sentence.start:
                continue
            alone = (
                self.doc.tokens[sentence.first].end >= quote.start and sentence.end <= quote.end + 2
            )
            whole = self.doc.text[quote.end - 1] in ".,!?…" or not quote.closed
            if not alone or not whole or self._cue_follows(quote, sentence):
                continue
            recent = sentence.paragraph - self.last_paragraph <= 1
            if self.last is not None and recent:
                self._record(sentence, None, self.last, [(quote.start, quote.end)], None)

    def _cue_follows(self, quote: Quote, sentence: Sentence) -> bool:
        """Whether a later sentence of the paragraph attributes the quotation."""
        if quote.end <= sentence.end:
            return False
        for later in self.doc.sentences:
            if later.paragraph == sentence.paragraph and later.start < quote.end < later.end:
                return bool(self._cues(later))
        return False

    def _same_paragraph(self, quote: Quote, sentence: Sentence) -> bool:
        holder = self.doc.sentence_at(self.doc.token_at(quote.start))
        return holder is not None and holder.paragraph == sentence.paragraph

    def _paragraph_first(self, sentence: Sentence) -> int:
        return min(s.first for s in self.doc.sentences if s.paragraph == sentence.paragraph)

    # ------------------------------------------------------------ the claim

    def _record(
        self,
        sentence: Sentence,
        cue: Cue | None,
        speaker: Speaker,
        ranges: list[tuple[int, int]],
        nested: int | None,
    ) -> int:
        ranges = [self._trim(start, end) for start, end in ranges]
        start, end = ranges[0]
        for quote in self.doc.quotes:
            if quote.depth == 0 and start <= quote.start + 1 and quote.end <= end + 2:
                self.used.add(quote)
        evidence = [self.doc.span(*place, "content") for place in ranges]
        if cue is not None:
            evidence.append(self.doc.token_span(cue.first, cue.last, "cue"))
        evidence.append(_with_role(speaker.span, "speaker"))
        channel, where = self._channel(sentence, cue, speaker, (start, end))
        if where is not None:
            evidence.append(where)
        via: tuple[str, ...] = ()
        if nested is not None:
            outer = self.claims[nested]
            told = outer.described or self._actor_name(outer.speaker)
            via = (told, *outer.via) if told else outer.via
            evidence += [_with_role(s, "via") for s in outer.evidence if s.role == "speaker"]
        elif speaker.again and self.last_person is not None:
            # "he said" goes on with one who was heard through others: the chain goes on too.
            via = self.chain if speaker.actor == self.last_person.actor else ()
        self.claims.append(
            SaidClaim(
                evidence=tuple(evidence),
                mode=self._mode(ranges),
                force="states" if cue is None else cue.force,
                negated=cue is not None and self._negated(sentence, cue),
                speaker=speaker.actor,
                described=speaker.described,
                side=speaker.side,
                cue=None if cue is None else self.doc.token_span(cue.first, cue.last).text,
                channel=channel,
                addressee=None if cue is None else self._addressee(cue),
                via=via,
                when=None if cue is None else self._when(sentence, cue, (start, end)),
                inside=nested,
                reasons=(Reason(rule="speaker", why=speaker.why),),
            )
        )
        self.places.append((start, end))
        if speaker.actor is not None and self.doc.actors[speaker.actor].type == "person":
            self.last_person, self.chain = speaker, via
        if nested is None:
            self.last, self.last_paragraph = speaker, sentence.paragraph
        return len(self.claims) - 1

    def _trim(self, start: int, end: int) -> tuple[int, int]:
        text = self.doc.text
        while end > start + 1 and text[end - 1] in " ,;":
            end -= 1
        while start < end - 1 and text[start] in " ,:;":
            start += 1
        return start, end

    def _actor_name(self, actor: int | None) -> str | None:
        return None if actor is None else self.doc.actors[actor].name

    def _mode(self, ranges: list[tuple[int, int]]) -> Mode:
        start, end = ranges[0]
        for quote in self.doc.quotes:
            if quote.start - 1 <= start and end <= quote.end + 1:
                return "direct"
        held = any(start <= q.start and q.end <= end + 1 for q in self.doc.quotes)
        return "mixed" if held else "indirect"

    def _negated(self, sentence: Sentence, cue: Cue) -> bool:
        first = max(sentence.first, cue.first - 3)
        return bool(self.lex.negations.find(self.words, first, cue.first))

    def _addressee(self, cue: Cue) -> int | None:
        if cue.sort != "telling":
            return None
        for begin, _, mention in self.mentions:
            if cue.last <= begin <= cue.last + 2:
                return mention.actor
        return None

    def _when(self, sentence: Sentence, cue: Cue, content: tuple[int, int]) -> int | None:
        for index, when in enumerate(self.doc.times):
            place = self._time_at(when.span.start)
            if content[0] <= place < content[1] or when.bound != "on":
                continue
            if (
                sentence.start <= place < sentence.end
                and abs(self.doc.token_at(place) - cue.first) <= _ADJUNCT_REACH
            ):
                return index
        return None

    def _channel(
        self, sentence: Sentence, cue: Cue | None, speaker: Speaker, content: tuple[int, int]
    ) -> tuple[str | None, Span | None]:
        """The channel told in the sentence, or the one that this speaker used before."""
        for hit in self.lex.channels.find(self.words, sentence.first, sentence.last):
            place = self.doc.tokens[hit.first].start
            if not content[0] <= place < content[1]:
                if speaker.actor is not None:
                    self.channels.setdefault(speaker.actor, hit.value)
                return hit.value, self.doc.token_span(hit.first, hit.last, "channel")
        for lead in self.lex.interviews.find(self.words, sentence.first, sentence.last):
            for begin, end, mention in self.mentions:
                actor = self.doc.actors[mention.actor]
                if 0 <= begin - lead.last <= 1 and actor.type == "organization":
                    return actor.name, self.doc.token_span(begin, end, "channel")
        if cue is not None and speaker.actor is None:
            return None, None
        return (self.channels.get(speaker.actor) if speaker.actor is not None else None), None


def _with_role(span: Span, role: str) -> Span:
    return msgspec.structs.replace(span, role=role)
