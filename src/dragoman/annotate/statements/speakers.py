"""Who spoke: a person, state or body of the report, or an unnamed source with its side.

Pronouns and nouns such as `the official` are resolved to those who spoke before in the report.
"""

from __future__ import annotations

from dataclasses import replace

from dragoman.annotate.document import Document
from dragoman.annotate.statements.cues import Words
from dragoman.annotate.statements.tree import Tree
from dragoman.annotate.statements.values import Speaker
from dragoman.claims import Mention

_SPEAKERS = frozenset({"person", "state", "organization", "group"})
_SIDES = frozenset({"state", "organization", "place", "person"})
_STRAIGHT = frozenset({"flat", "appos", "compound", "fixed", "list", "dep"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X", "SYM"})
_APART = frozenset({"acl", "acl:relcl", "appos", "parataxis", "advcl"})
_SIGNS = frozenset(",;:–—-()")

_PRONOUN_REACH = 60
_LONGEST_LABEL = 4
_CLAUSAL = frozenset({"acl", "acl:relcl", "advcl", "ccomp", "conj", "nsubj", "obl:agent"})

Placed = tuple[int, int, Mention]


class Speakers:
    """Turns the words of a subject into a speaker, and remembers who spoke."""

    def __init__(self, tree: Tree, words: Words) -> None:
        self.tree = tree
        self.doc: Document = tree.doc
        self.words = words
        self.last: Speaker | None = None
        self.last_person: Speaker | None = None
        self.last_paragraph = -2
        self.sources: list[tuple[str, Speaker]] = []
        self.mentions: list[Placed] = []
        for mention in self.doc.mentions:
            place = self.doc.reading.place_of(mention.span.start)
            end = self.doc.reading.place_of(mention.span.end - 1) + 1
            first = self.doc.token_at(place)
            self.mentions.append((first, max(first + 1, self.doc.token_at(end - 1) + 1), mention))
        self.mentions.sort(key=lambda item: (item[0], -item[1]))

    def remember(self, speaker: Speaker, paragraph: int) -> None:
        """Note who spoke last, for pronouns and quotations that go on."""
        self.last, self.last_paragraph = speaker, paragraph
        self.note(speaker)

    def note(self, speaker: Speaker) -> None:
        """Note who acted last, for pronouns."""
        if speaker.actor is not None and self.doc.actors[speaker.actor].type == "person":
            self.last_person = speaker

    def again(self, why: str) -> Speaker | None:
        """The one who spoke last, told by no word."""
        if self.last is None:
            return None
        return Speaker(
            self.last.actor, self.last.described, self.last.side, self.last.span, why, again=True
        )

    # ------------------------------------------------------------ by the syntax

    def of_word(self, head: int, cue: int | None, *, known: bool = False) -> Speaker | None:
        """The speaker that a subject's head word names; None where it can't be a speaker.

        Args:
            head: the head word of the subject.
            cue: the word that it is the subject of.
            known: whether an unnamed source must have a noun for one of the pack's.
        """
        if self.tree.syntax.tags[head] not in _NOMINAL:
            return None
        first, last = self._phrase(head, cue)
        if first >= last:
            return None
        inside = self._speakers_in(first, last)
        straight = [item for item in inside if self._is_straight(item, head)]
        several = self.tree.child(head, "conj") is not None
        if several and self.tree.child(head, "conj", "cc") is not None:
            return self._several(first, last, inside)
        for begin, end, mention in sorted(straight, key=lambda item: item[2].sort != "name"):
            if self._type((begin, end, mention)) == "person" and mention.sort != "pronoun":
                return self._as_speaker(begin, end, mention, "the person named as subject")
        if self.tree.syntax.tags[head] == "PRON":
            return self._pronoun(head)
        for begin, end, mention in straight:
            if mention.sort not in {"demonym", "pronoun"}:
                return self._as_speaker(begin, end, mention, "the actor named as subject")
        named = self.tree.syntax.tags[head] == "PROPN"
        if known and not named and not self.words.sources.find(self.doc.words, first, last):
            return None
        return self._source(head, first, last)

    def _speakers_in(self, first: int, last: int) -> list[Placed]:
        """The mentions of those who can speak, between two tokens."""
        return [
            item
            for item in self.mentions
            if first <= item[0] and item[1] <= last and self._type(item) in _SPEAKERS
        ]

    def _type(self, item: Placed) -> str:
        return self.doc.actors[item[2].actor].type

    def _phrase(self, head: int, cue: int | None) -> tuple[int, int]:
        """The tokens of a noun phrase: its words, cut before the cue that it is the subject of."""
        apart = [c for c in self.tree.children[head] if self.tree.syntax.relations[c] == "case"]
        above = cue
        while above is not None and above >= 0 and above != head:
            apart.append(above)
            above = self.tree.syntax.heads[above]
        words = self.tree.words_of(head, apart)
        if cue is not None and head < cue:
            # A noun behind a preposition that got hung on the verb belongs to the phrase.
            for stray in self.tree.children[cue]:
                governed = self.tree.child(stray, "case") is not None
                if (
                    head < stray < cue
                    and governed
                    and (self.tree.syntax.relations[stray] == "nsubj")
                ):
                    words = sorted({*words, *self.tree.words_of(stray)})
        if cue is not None:
            words = [w for w in words if (w < cue) == (head < cue)]
        # A relative clause that goes on behind a quotation or a sign belongs to the phrase, what
        # is parted from it by other words does not.
        at = words.index(head) if head in words else 0
        low = high = at
        while low > 0 and words[low - 1] == words[low] - 1:
            low -= 1
        while high + 1 < len(words) and words[high + 1] == words[high] + 1:
            high += 1
        first = self.tree.tokens(words[low])[0]
        last = self.tree.tokens(words[high])[1]
        if (sentence := self.doc.sentence_at(first)) is not None:
            first = max(first, self.doc.past_dateline(sentence))
        return self._edged(first, last)

    def _edged(self, first: int, last: int) -> tuple[int, int]:
        tokens = self.doc.tokens
        while first < last and not tokens[first].text[:1].isalnum():
            first += 1
        while last > first and not tokens[last - 1].text[:1].isalnum():
            last -= 1
        return first, last

    def _is_straight(self, item: Placed, head: int) -> bool:
        """Whether a mention names the head itself: as its name, title or apposition."""
        place = self.doc.tokens[item[0]].start
        word = self.tree.word_at(place)
        end = self.doc.tokens[item[1] - 1].end
        while word is not None and word != head:
            relation = self.tree.syntax.relations[word]
            inside = self.tree.syntax.starts[word] < end and word != head
            up = self.tree.syntax.heads[word]
            if up < 0 or not (
                relation in _STRAIGHT
                or (inside and place <= self.tree.syntax.starts[up] < end)
                or (relation not in _CLAUSAL and self._is_title(word))
            ):
                return False
            word = up
        return word is not None

    def _is_title(self, word: int) -> bool:
        """Whether a noun before a name is its title: no preposition, possessive or case."""
        bare = self.tree.child(word, "case") is None
        form = self.doc.text[self.tree.syntax.starts[word] : self.tree.syntax.ends[word]]
        owned = form.endswith(("'s", "’s", "'", "’"))
        case = self.tree.syntax.features[word].get("Case")
        oblique = case in {"Gen", "Dat", "Ins", "Loc", "Abl"}
        return bare and not owned and not oblique

    def _several(self, first: int, last: int, inside: list[Placed]) -> Speaker | None:
        """Several who speak as one: they are described, by their words."""
        if not inside and not self.words.sources.find(self.doc.words, first, last):
            return None
        span = self.doc.token_span(first, last, "speaker")
        return Speaker(None, span.text, None, span, "several, named together")

    def _pronoun(self, head: int) -> Speaker | None:
        form = self.tree.forms[head]
        first, last = self.tree.tokens(head)
        third = bool(self.words.pronouns.find(self.doc.words, first, last))
        span = self.doc.token_span(first, last, "speaker")
        if form in self.words.first_person:
            return None
        if third:
            found = self._meant(form, head) or self.last
            if found is None:
                return Speaker(None, span.text, None, span, "a pronoun, for nobody told before")
            return Speaker(
                found.actor,
                found.described,
                found.side,
                span,
                "a pronoun for the one who spoke or acted last",
                again=self._same(found, self.last),
            )
        return Speaker(None, span.text, None, span, "told by no name")

    def _meant(self, form: str, head: int) -> Speaker | None:
        """Whom a pronoun of a person means: the last person who was a subject, or who spoke."""
        if form not in self.words.personal:
            return None
        first = self.tree.tokens(head)[0]
        place = self.doc.sentence_at(first)
        floor = 0 if place is None else place.first - _PRONOUN_REACH
        for begin, end, mention in reversed(self.mentions):
            if not floor <= begin < first or mention.sort not in {"name", "role"}:
                continue
            if self._type((begin, end, mention)) == "person" and self._is_subject(begin):
                return self._as_speaker(begin, end, mention, "the last person who was a subject")
        return self.last_person

    def acted_before(self, token: int) -> Speaker | None:
        """The last person who was a subject, shortly before a token, for a verb without one."""
        place = self.doc.sentence_at(token)
        floor = 0 if place is None else place.first - _PRONOUN_REACH
        for begin, end, mention in reversed(self.mentions):
            if not floor <= begin < token or mention.sort not in {"name", "role"}:
                continue
            if self._type((begin, end, mention)) == "person" and self._is_subject(begin):
                found = self._as_speaker(begin, end, mention, "the last person who was a subject")
                return replace(found, again=True)
        return None

    def _is_subject(self, token: int) -> bool:
        word = self.tree.word_at(self.doc.tokens[token].start)
        while word is not None and word >= 0:
            relation = self.tree.syntax.relations[word]
            if relation in {"nsubj", "nsubj:pass"}:
                return True
            if relation not in _STRAIGHT:
                return False
            word = self.tree.syntax.heads[word]
        return False

    @staticmethod
    def _same(one: Speaker, other: Speaker | None) -> bool:
        return other is not None and (one.actor, one.described) == (other.actor, other.described)

    def _as_speaker(self, begin: int, end: int, mention: Mention, why: str) -> Speaker:
        actor = self.doc.actors[mention.actor]
        span = self.doc.token_span(begin, end, "speaker")
        if actor.type == "person":
            return Speaker(mention.actor, None, actor.side, span, why)
        side = actor.name if actor.type == "state" else actor.side
        return Speaker(mention.actor, span.text, side, span, why)

    # ------------------------------------------------------------ unnamed sources

    def _source(self, head: int, first: int, last: int) -> Speaker | None:
        """An unnamed source: its noun phrase, with its side; the same one as before if it is."""
        token = self.tree.tokens(head)[0]
        for begin, end, mention in self.mentions:
            holds = begin <= token < end and mention.sort == "role"
            if holds and self._type((begin, end, mention)) == "person":
                why = "the holder of the office in this report"
                return self._as_speaker(begin, min(end, last), mention, why)
        if not self.words.sources.find(self.doc.words, first, last) and (
            self.tree.syntax.tags[head] not in {"NOUN", "PROPN", "NUM"}
        ):
            return None
        span = self.doc.token_span(first, last, "speaker")
        noun = self.tree.syntax.lemmas[head].casefold()
        lead = self.tree.word_at(self.doc.tokens[first].start)
        definite = lead is not None and token - first <= 1 and self._is_definite(lead)
        if definite:
            for seen, earlier in reversed(self.sources):
                if seen == noun:
                    return Speaker(
                        earlier.actor,
                        span.text,
                        earlier.side,
                        span,
                        "the same source as before, by its noun",
                    )
        side = self._side(first, last)
        speaker = Speaker(None, span.text, side, span, "an unnamed source, by its noun")
        self.sources.append((noun, speaker))
        return speaker

    def _is_definite(self, lead: int) -> bool:
        """Whether a noun phrase that a word leads tells of somebody known already."""
        features = self.tree.syntax.features[lead]
        return features.get("Definite") == "Def" or features.get("PronType") == "Dem"

    def _side(self, first: int, last: int) -> str | None:
        """The one side that the mentions in a phrase belong to."""
        sides = {
            self.doc.actors[m.actor].side or self.doc.actors[m.actor].name
            for begin, end, m in self.mentions
            if first <= begin
            and end <= last
            and self.doc.actors[m.actor].type in _SIDES
            and (
                m.sort in {"demonym", "metonym"}
                or self.doc.actors[m.actor].type != "organization"
                or self.doc.actors[m.actor].side
            )
        }
        return sides.pop() if len(sides) == 1 else None

    # ------------------------------------------------------------ by the words alone

    def labelled(self, first: int, last: int) -> Speaker | None:
        """The speaker whom a label or credit names: a known one, or a name nobody else has."""
        found = self.in_tokens(first, last)
        if found is not None:
            return found
        first, last = self._edged(first, last)
        while first < last and self.doc.words[first] in self.words.articles:
            first += 1
        tokens = self.doc.tokens[first:last]
        if not 0 < len(tokens) <= _LONGEST_LABEL or not all(
            token.capital or not token.word for token in tokens
        ):
            return None
        span = self.doc.token_span(first, last, "speaker")
        return Speaker(None, span.text, None, span, "the name beside what was said")

    def in_tokens(self, first: int, last: int) -> Speaker | None:
        """The speaker whom tokens name, where the syntax does not tell: a person, else a source."""
        first, last = self._edged(first, last)
        while first < last and self.doc.words[last - 1] in self.words.adverbs:
            last -= 1
        if first >= last:
            return None
        inside = self._speakers_in(first, last)
        for begin, end, mention in inside:
            if self._type((begin, end, mention)) == "person" and mention.sort != "pronoun":
                return self._as_speaker(begin, end, mention, "the person named beside the cue")
        if self.words.sources.find(self.doc.words, first, last):
            span = self.doc.token_span(first, last, "speaker")
            side = self._side(first, last)
            return Speaker(None, span.text, side, span, "an unnamed source beside the cue")
        for begin, end, mention in inside:
            if mention.sort not in {"demonym", "pronoun"}:
                return self._as_speaker(begin, end, mention, "the actor named beside the cue")
        hits = self.words.pronouns.find(self.doc.words, first, last)
        if hits and self.last is not None:
            return Speaker(
                self.last.actor,
                self.last.described,
                self.last.side,
                self.doc.token_span(hits[0].first, hits[0].last, "speaker"),
                "a pronoun for the one who spoke or acted last",
                again=True,
            )
        return None
