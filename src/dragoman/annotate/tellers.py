"""Who only tells: outlets, agencies and platforms, and the line that says whence a report came.

They take no part in what is told. The place and day of a dateline are where and when the report
was written, not those of an event.
"""

from __future__ import annotations

from dragoman.annotate.document import Document, Sentence
from dragoman.languages.gazetteer import organization_sort
from dragoman.languages.lexicon import TOKEN, fold
from dragoman.languages.outlets import press
from dragoman.types import ActorType

_SORTS = frozenset({"outlet", "agency", "platform"})
_NAMED: frozenset[ActorType] = frozenset({"organization", "group", "person"})
_DASHES = frozenset({"-", "–", "—", "--", "―"})
_LINE_REACH = 18
_LINE_SIGNS = frozenset({",", ".", "(", ")", "/", "|"})
_SMALL_WORDS = 3
_PARTING = frozenset({",", "("})


def find_tellers(document: Document) -> frozenset[int]:
    """The indexes of the actors that are outlets, agencies or platforms.

    They are known, or their name has a word of the press; one that is also an everyday word
    (`post`) counts only for an actor that is told to say, or to be told, something.
    """
    told = {claim.addressee for claim in document.statements}
    telling = told | {claim.speaker for claim in document.statements}
    words, found = press(), set()
    for index, actor in enumerate(document.actors):
        if actor.key is not None and organization_sort(actor.key) is not None:
            if organization_sort(actor.key) in _SORTS:
                found.add(index)
        elif actor.type in _NAMED and not actor.roles:
            name = {fold(word) for word in TOKEN.findall(actor.name)}
            # A person may be called Post, and say something.
            cued = told if actor.type == "person" else telling
            if name & words.sure or (index in cued and name & words.common):
                found.add(index)
    return frozenset(found)


def find_datelines(document: Document) -> list[tuple[int, int]]:
    """The tokens (last exclusive) of datelines that open paragraphs: "GENEVA, May 3 (AP) -"."""
    found, paragraph = [], -1
    for sentence in document.sentences:
        if sentence.paragraph != paragraph:
            paragraph = sentence.paragraph
            if (end := _line_end(document, sentence)) is not None:
                found.append((sentence.first, end))
    return found


def _line_end(document: Document, sentence: Sentence) -> int | None:
    """Where a dateline that opens a sentence ends; None if none does.

    It is a run of names, numbers and signs before a dash between spaces, with a bracket, a number
    or capitals throughout the first word; small letters (a month) stand behind the place only.
    """
    tokens, small, sure = document.tokens, 0, False
    first = tokens[sentence.first]
    if not first.capital:
        return None
    for place in range(sentence.first, min(sentence.last - 1, sentence.first + _LINE_REACH)):
        token = tokens[place]
        if token.text in _DASHES:
            sure = sure or (len(first.text) > 1 and first.text.isupper())
            apart = tokens[place - 1].end < token.start and token.end < tokens[place + 1].start
            return place + 1 if sure and apart else None
        if token.text[0].isdigit() or token.text == "(":
            sure = True
        elif token.word and not token.capital:
            small += 1
            signs = {one.text for one in tokens[sentence.first : place]}
            if small > _SMALL_WORDS or not signs & _PARTING:
                return None
        elif not token.word and token.text not in _LINE_SIGNS:
            return None
    return None
