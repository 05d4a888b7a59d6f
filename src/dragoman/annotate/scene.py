"""A document seen clause by clause: what the annotators of events ask of it.

The questions (which clause holds a word, who is its subject, whether it is said to be done, who
says it) are answered here by rules over tokens and mentions. A parser can answer the same ones.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from typing import NamedTuple

from dragoman.annotate.bonds import Bonds
from dragoman.annotate.document import Document, Sentence
from dragoman.annotate.event_words import event_words
from dragoman.annotate.moods import Moods
from dragoman.annotate.tellers import find_datelines, find_tellers
from dragoman.claims import LocalActor, Mention
from dragoman.languages.events import Modality
from dragoman.languages.lexicon import Hit, fold
from dragoman.types import ActorType, Span

_OBLIQUE_REACH = 4
_LEAD_REACH = 6
_STOPS = frozenset(",;:")
_BREAK_SIGNS = frozenset(";:–—")
_AGENTS: frozenset[ActorType] = frozenset({"person", "state", "organization", "group"})
_LONGEST_SPAN = 260


class Named(NamedTuple):
    """A mention and its tokens, `first` to `last` (exclusive)."""

    first: int
    last: int
    mention: Mention


class Scene:
    """A document with its mentions placed on tokens."""

    def __init__(self, document: Document) -> None:
        self.doc = document
        self.words = document.words
        self.lex = event_words(document.pack.code)
        self.verb_final = document.pack.grammar.verb_final
        self.bonds = Bonds(document)
        self.moods = Moods(document, self.lex)
        self._tellers = find_tellers(document)
        lines = self._lines = find_datelines(document)
        self.named: list[Named] = []
        for mention in document.mentions:
            start = document.reading.place_of(mention.span.start)
            end = document.reading.place_of(mention.span.end - 1) + 1
            first = document.token_at(start)
            last = max(first + 1, document.token_at(end - 1) + 1)
            if not any(begin <= first < end for begin, end in lines):
                self.named.append(Named(first, last, mention))
        self._topics: tuple[int, list[tuple[int, int]]] | None = None
        self.named.sort(key=lambda item: (item.first, -item.last))
        self._named_firsts = [item.first for item in self.named]
        # "as well as" opens no clause, though "as" does.
        self._joined = {
            place
            for hit in self.lex.joined.find(self.words)
            if hit.last - hit.first > 1
            for place in range(hit.first, hit.last)
        }
        self._said = [
            (
                document.reading.place_of(span.start),
                document.reading.place_of(span.end - 1) + 1,
                index,
            )
            for index, claim in enumerate(document.statements)
            for span in claim.evidence
            if span.role == "content" and not claim.phrase
        ]

    def actor(self, item: Named) -> LocalActor:
        """The actor that is mentioned."""
        return self.doc.actors[item.mention.actor]

    def is_teller(self, item: Named) -> bool:
        """Whether the actor is an outlet, agency or platform: it tells, it takes no part."""
        return item.mention.actor in self._tellers

    def is_venue(self, item: Named) -> bool:
        """Whether the place is a building: a word for one stands in or right before its name."""
        name = self.actor(item).name.split()
        return any(fold(word) in self.lex.venue_nouns for word in name)

    def within(self, first: int, last: int, types: frozenset[ActorType] = _AGENTS) -> list[Named]:
        """Mentions of actors of some types between two tokens."""
        begin = bisect.bisect_left(self._named_firsts, first)
        end = bisect.bisect_left(self._named_firsts, last)
        return [
            item
            for item in self.named[begin:end]
            if item.last <= last and self.actor(item).type in types and not self.is_teller(item)
        ]

    def clause(self, sentence: Sentence, token: int) -> tuple[int, int]:
        """The clause around a token: up to signs and words that begin another one."""
        first = token
        while first > sentence.first and not self.breaks(first - 1):
            first -= 1
        last = token + 1
        while last < sentence.last and not self.breaks(last):
            last += 1
        return first, last

    def after_relative(self, first: int, token: int) -> int:
        """Where the clause of a token goes on behind a relative clause that began at `first`.

        `X, who leads the team, met Y`: the clause of `met` begins again at the comma before it.
        """
        if first == 0 or self.words[first - 1] not in self.lex.who:
            return first
        commas = [p for p in range(first, token) if self.doc.tokens[p].text == ","]
        return commas[-1] + 1 if commas else first

    def opens_clause(self, token: int) -> bool:
        """Whether a word (no sign) at a token begins another clause."""
        return self.doc.tokens[token].word and self.breaks(token)

    def breaks(self, token: int) -> bool:
        """Whether a sign or word at a token begins another clause."""
        word = self.words[token]
        if token in self._joined:
            return False
        if word in self.lex.breaks and word in self.lex.articles:
            # German `der` begins a relative clause only after a comma.
            return token > 0 and self.doc.tokens[token - 1].text == ","
        return self.doc.tokens[token].text in _BREAK_SIGNS or word in self.lex.breaks

    def modality(self, first: int, last: int) -> dict[Modality, Hit[Modality]]:
        """The words between two tokens that tell whether something is done; the first of each."""
        return self.moods.between(first, last)

    def oblique(self, floor: int, token: int) -> bool:
        """Whether a preposition governs the phrase that begins at `token`."""
        for place in range(token - 1, max(floor, token - _OBLIQUE_REACH) - 1, -1):
            if not self.doc.tokens[place].word or self.words[place] in self.lex.breaks:
                return False
            if self.words[place] in self.lex.prepositions:
                return True
        return False

    def about_place(self, floor: int, token: int) -> bool:
        """Whether the preposition before a place tells what something is about (`on the valley`).

        Only where the language tells those apart from prepositions of place.
        """
        if not self.lex.locatives:
            return False
        for place in range(token - 1, max(floor, token - _OBLIQUE_REACH) - 1, -1):
            if self.words[place] in self.lex.prepositions:
                return self.words[place] in self.lex.off_place
        return False

    def in_topic(self, sentence: Sentence, token: int, trigger: int) -> bool:
        """Whether a token stands in a stretch that tells what the trigger's meeting is about."""
        if self._topics is None or self._topics[0] != sentence.first:
            self._topics = sentence.first, self._topics_of(sentence)
        return any(
            first <= token < last and not first <= trigger < last for first, last in self._topics[1]
        )

    def _topics_of(self, sentence: Sentence) -> list[tuple[int, int]]:
        """The stretches of a sentence that tell what is talked about."""
        found = []
        for opener in self.lex.topics.find(self.words, sentence.first, sentence.last):
            last = opener.last
            while last < sentence.last and not self._ends_topic(last):
                last += 1
            found.append((opener.first, last))
        return found

    def _ends_topic(self, place: int) -> bool:
        return (
            self.words[place] in self.lex.joins
            or self.doc.tokens[place].text in _STOPS
            or self.opens_clause(place)
        )

    def content(self, sentence: Sentence, token: int) -> tuple[int, int]:
        """The tokens of a sentence that are said in the statement around a token; else all."""
        said = self.said_at(token)
        if said is None:
            return sentence.first, sentence.last
        place = self.doc.tokens[token].start
        start, end = next(
            (start, end) for start, end, i in self._said if i == said and start <= place < end
        )
        first, last = self.doc.token_at(start), self.doc.token_at(end - 1) + 1
        return max(first, sentence.first), min(last, sentence.last)

    def subject(self, sentence: Sentence, token: int) -> Named | None:
        """The nearest actor on the left, within what is said, that no preposition governs."""
        begin, _ = self.content(sentence, token)
        floor = max(begin, self.clause(sentence, token)[0])
        for start in (floor, begin):
            found = self.straight(start, token)
            if found:
                return found[-1]
        return self._lead(begin, token)

    def straight(self, first: int, last: int) -> list[Named]:
        """The actors between two tokens that no preposition governs, appositions included."""
        found: list[Named] = []
        oblique_ends: set[int] = set()
        for item in self.within(first, last):
            comma = item.first - 1
            while comma > first and self.words[comma] in self.lex.articles:
                comma -= 1
            apposed = (
                comma in oblique_ends
                and self.doc.tokens[comma].text == ","
                and item.mention.sort in {"demonym", "role"}
            )
            if apposed or self.oblique(first, item.first):
                oblique_ends.add(item.last)
            else:
                found.append(item)
        return found

    def _lead(self, begin: int, token: int) -> Named | None:
        """The actor in the phrase that opens what is said: "the head of Norway's delegation"."""
        if begin < token and self.words[begin] not in self.lex.prepositions:
            for item in self.within(begin, min(token, begin + _LEAD_REACH)):
                return item
        return None

    def is_conjunction(self, token: int) -> bool:
        """Whether a token joins what is before it to what is after it."""
        return self.words[token] in self.lex.conjunctions

    def is_function_word(self, token: int) -> bool:
        """Whether a token is an article or a preposition."""
        return self.words[token] in self.lex.articles or self.words[token] in self.lex.prepositions

    def is_that(self, token: int) -> bool:
        """Whether a token introduces a clause that something is said or wanted in."""
        return self.words[token] in self.lex.that

    def is_possessive(self, token: int) -> bool:
        """Whether a token is a possessive pronoun."""
        return token >= 0 and self.words[token] in self.lex.possessives

    def listed(self, items: Sequence[Named]) -> list[Named]:
        """The last of some mentions and those before it in one list with it."""
        kept = list(items[-1:])
        for item in reversed(items[:-1]):
            gap = range(item.last, kept[-1].first)
            if any(self.doc.tokens[p].text != "," and not self.links_list(p) for p in gap):
                break
            kept.append(item)
        return kept[::-1]

    def links_list(self, token: int) -> bool:
        """Whether a word may stand between the names of a list."""
        return self.words[token] in self.lex.articles or self.words[token] in self.lex.conjunctions

    def possessed(self, token: int) -> bool:
        """Whether a name's possessive mark stands right before a token."""
        marks = self.lex.possessive_marks
        return token > 1 and self.words[token - 1] in marks and self.words[token - 2] in marks

    def pronoun_before(self, token: int) -> bool:
        """Whether the word before a token, adverbs and auxiliaries apart, is a pronoun."""
        return bool(self.lex.pronouns.find(self.words, max(0, token - 2), token))

    def holder(self, sentence: Sentence, token: int) -> Named | None:
        """The actor right before a noun (possessive or adjective), or right after it (`of`)."""
        before = [n for n in self.within(sentence.first, token) if token - n.last <= 3]
        return before[-1] if before else None

    def said_at(self, token: int) -> int | None:
        """The innermost statement whose content holds a token."""
        place = self.doc.tokens[token].start
        holding = [(end - start, index) for start, end, index in self._said if start <= place < end]
        return min(holding)[1] if holding else None

    def side(self, actor: int) -> str:
        """The side that an actor is on, else its own key or name."""
        found = self.doc.actors[actor]
        return found.side or found.key or found.name

    def speaker_party(self, said: int | None) -> int | None:
        """The actor that a statement speaks for."""
        if said is None:
            return None
        claim = self.doc.statements[said]
        if claim.speaker is not None:
            return claim.speaker
        return self.party_named(claim.side) if claim.side else None

    def party_named(self, side: str) -> int | None:
        """The actor whose key or name is that of a side."""
        for index, actor in enumerate(self.doc.actors):
            if side in {actor.key, actor.name} and actor.type != "person":
                return index
        return None

    def two_sides(self, people: Sequence[int], parties: Sequence[int]) -> bool:
        """Whether local actors are known to be of two sides, or one of them is a collective."""
        actors = [self.doc.actors[index] for index in (*people, *parties)]
        known = {
            actor.side if actor.type == "person" else actor.key or actor.name for actor in actors
        } - {None}
        return len(known) > 1 or (bool(parties) and len(actors) > 1)

    def unrepresented(self, parties: Sequence[int], people: Sequence[int]) -> list[int]:
        """The collectives that none of some people is of."""
        sides = {self.doc.actors[person].side for person in people}
        return [
            party
            for party in parties
            if not sides & {self.doc.actors[party].key, self.doc.actors[party].name}
        ]

    def is_first_person(self, first: int, last: int) -> bool:
        """Whether a pronoun of the first person stands between two tokens."""
        pronouns = self.doc.pack.grammar.pronouns
        return any(
            pronouns[hit.value].person == 1
            for hit in self.lex.pronouns.find(self.words, first, last)
        )

    def time_in(self, first: int, last: int, near: int) -> int | None:
        """The index of the time told between two tokens, nearest to token `near`.

        Fewer commas between are nearer.
        """
        found = []
        # Of "two weeks after 3 May", 3 May is no time of what is told, but what it counts from.
        counted_from = {when.base for when in self.doc.times if when.anchor == "own"}
        for index, when in enumerate(self.doc.times):
            if index in counted_from:
                continue
            place = self.doc.token_at(self.doc.reading.place_of(when.span.start))
            if self._in_dateline(place):
                continue
            if first <= place < last and when.bound not in {"since", "until"}:
                between = range(min(place, near), max(place, near))
                commas = sum(self.doc.tokens[token].text == "," for token in between)
                found.append((commas, abs(place - near), index))
        return min(found)[2] if found else None

    def _in_dateline(self, token: int) -> bool:
        return any(first <= token < last for first, last in self._lines)

    def time_told(
        self, sentence: Sentence, bounds: tuple[int, int], trigger: tuple[int, int]
    ) -> int | None:
        """The index of the time of an event: told in its clause, or else before it.

        A time behind a word that opens another clause ("after they split last year", "since the
        war of 1990") is of that clause.
        """
        last = trigger[1]
        while last < sentence.last and not self.opens_clause(last):
            last += 1
        for first, end in (bounds, (sentence.first, max(last, bounds[1]))):
            found = self.time_in(first, end, trigger[0])
            if found is not None:
                return found
        return None

    def time_before(self, sentence: Sentence) -> int | None:
        """The index of the last time told before a sentence, in this paragraph or the one before.

        Times that only bound (`since`, `until`) and spoken ones don't count.
        """
        found = None
        for index, when in enumerate(self.doc.times):
            place = self.doc.token_at(self.doc.reading.place_of(when.span.start))
            told_in = self.doc.sentence_at(place)
            if (
                place < sentence.first
                and told_in is not None
                and sentence.paragraph - told_in.paragraph <= 1
                and when.bound == "on"
                and not when.quoted
            ):
                found = index
        return found

    def quantities_in(self, first: int, last: int) -> list[tuple[int, int]]:
        """Tokens and indexes of the quantities told between two tokens."""
        found = []
        for index, quantity in enumerate(self.doc.quantities):
            place = self.doc.token_at(self.doc.reading.place_of(quantity.span.start))
            if first <= place < last:
                found.append((place, index))
        return found

    def span(self, first: int, last: int, around: tuple[int, int], role: str | None = None) -> Span:
        """The words from token `first` to `last`, cut to a readable length around some tokens."""
        tokens = self.doc.tokens
        while tokens[last - 1].end - tokens[first].start > _LONGEST_SPAN:
            if last > around[1] and (
                first >= around[0]
                or tokens[last - 1].end - tokens[around[1] - 1].end
                >= tokens[around[0]].start - tokens[first].start
            ):
                last -= 1
            elif first < around[0]:
                first += 1
            else:
                break
        while (
            last > around[1]
            and not tokens[last - 1].word
            and not tokens[last - 1].text[0].isdigit()
        ):
            last -= 1
        while first < around[0] and not tokens[first].word and not tokens[first].text[0].isdigit():
            first += 1
        return self.doc.token_span(first, last, role)
