"""The tense in which a time is told: by the nearest sign in its sentence."""

from __future__ import annotations

from dragoman.annotate.document import Document, Sentence
from dragoman.annotate.time_words import TimeWords
from dragoman.claims import Tense

_SHORTEST = 3  # no verb that an ending tells is this short

_FAR = 12  # words within which an agreement to do something tells of a time

# First token, last token (exclusive), tense of what follows, tense of the words themselves:
# "agreed to" is past, what was agreed lies ahead.
_Cue = tuple[int, int, Tense, Tense]


class Tenses:
    """The signs of tense of a document; only sentences that are asked for are searched.

    Args:
        document: the document.
        words: the words of its language.
        taken: tokens of times; a month's name can be a verb's too, and is no sign of tense.
    """

    def __init__(self, document: Document, words: TimeWords, taken: set[int]) -> None:
        self.document = document
        self.words = words
        self.taken = taken
        self._cues: dict[int, list[_Cue]] = {}

    def at(self, first: int, last: int) -> Tense:
        """The tense of the nearest sign in the sentence, of those before the time if there are."""
        sentence = self.document.sentence_at(first)
        if sentence is None:
            return "unknown"
        if sentence.first not in self._cues:
            self._cues[sentence.first] = sorted(self._find(sentence))
        before = after = None
        for start, end, tense, own in self._cues[sentence.first]:
            if end <= first and (tense == own or first - end <= _FAR):
                before = tense
            elif last <= start and after is None:
                after = own
        return before or after or "unknown"

    def _find(self, sentence: Sentence) -> list[_Cue]:
        hits = self.words.tenses.find(self.document.words, sentence.first, sentence.last)
        cues: list[_Cue] = []
        held = set(self.taken)
        for hit in hits:
            held.update(range(hit.first, hit.last))
            if hit.first not in self.taken:
                past = hit.value == "future" and self._past(hit.first, sentence)
                cues.append((hit.first, hit.last, hit.value, "past" if past else hit.value))
        dates, tokens = self.document.pack.dates, self.document.tokens
        endings = (*dates.past_endings, *dates.future_endings)
        for place in range(sentence.first, sentence.last):
            if place in held or not tokens[place].text.casefold().endswith(endings):
                continue
            if self._past(place, sentence):
                cues.append((place, place + 1, "past", "past"))
            elif self._ends(place, sentence, dates.future_endings):
                cues.append((place, place + 1, "future", "future"))
        return cues

    def _past(self, place: int, sentence: Sentence) -> bool:
        """Whether a word has the ending of a past tense."""
        return self._ends(place, sentence, self.document.pack.dates.past_endings)

    def _ends(self, place: int, sentence: Sentence, endings: tuple[str, ...]) -> bool:
        """Whether a word has one of the endings, and is no name and no known other word."""
        token = self.document.tokens[place]
        if not endings or len(token.text) <= _SHORTEST or not token.word:
            return False
        word = token.text.casefold()
        if not word.endswith(endings) or word in self.words.past_not:
            return False
        if token.capital and place != sentence.first:
            return False  # a name
        return place == sentence.first or self.document.words[place - 1] not in self.words.bare
