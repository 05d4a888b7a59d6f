"""Times that count from a meeting: "they met again three days after the talks in Geneva".

The meeting must be told elsewhere in the report, with its own time; of several that it can be, none
is taken. The time is added to the report's, and given to the meetings of its sentence that have
none.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dragoman.annotate.document import Document, Sentence
from dragoman.annotate.scene import Scene
from dragoman.annotate.time_slots import Slots
from dragoman.annotate.time_words import TimeWords, time_words
from dragoman.claims import MeetingClaim, TimeUnit, When

_LOOSE = 2  # words between "after" and the noun of the meeting: "the first"
_LONGEST = 4  # words of a number
_UNITS: dict[str, TimeUnit] = {
    "day": "day", "week": "week", "month": "month", "year": "year", "hour": "hour",
}  # fmt: skip


def count_from_meetings(scene: Scene) -> None:
    """Add the times that count from meetings to a document, and give them to its meetings."""
    document = scene.doc
    words = time_words(document.pack.code)
    if not words.steps or len(document.meetings) < _LOOSE:
        return
    slots: Slots | None = None
    for sentence in document.sentences:
        for hit in scene.lex.meetings.find(scene.words, sentence.first, sentence.last):
            if hit.value[1] != "noun" or (step := _step(words, document, hit.first)) is None:
                continue
            slots = slots or Slots(document, words)
            length = _length(slots, words, document, step[0])
            base = _base(document, sentence, hit.first)
            if length is None or base is None:
                continue
            first, amount, unit = length
            span = document.token_span(first, hit.last)
            when = When(
                span=span,
                kind="offset",
                amount=amount * step[1],
                unit=unit,
                anchor="own",
                base=base,
                quoted=document.quote_at(document.tokens[first].start) is not None,
                rule="counted from a meeting",
            )
            _give(document, sentence, hit.first, _added(document, when))


def _step(words: TimeWords, document: Document, noun: int) -> tuple[int, int] | None:
    """The first token of "after" or "before" in front of a meeting's noun, and its sign."""
    for last in range(noun, max(0, noun - _LOOSE) - 1, -1):
        for first in range(max(0, last - _LOOSE), last):
            for hit in words.steps.at(document.words, first, last):
                if hit.last == last:
                    return first, hit.value
    return None


def _length(
    slots: Slots, words: TimeWords, document: Document, last: int
) -> tuple[int, int, TimeUnit] | None:
    """The first token, the number and the unit of a length that ends before a token."""
    for place in range(max(0, last - _LOOSE), last):
        units = words.lexicons["unit"].at(document.words, place, last)
        unit = next((_UNITS.get(str(hit.value)) for hit in units if hit.last == last), None)
        if unit is None:
            continue
        for first in range(max(0, place - _LONGEST), place):
            for end, amount in slots.fill("amount", first):
                if end == place and isinstance(amount, int | float) and amount == int(amount):
                    return first, int(amount), unit
    return None


def _inside(document: Document, claim: MeetingClaim, sentence: Sentence) -> bool:
    place = document.token_at(document.reading.place_of(claim.evidence[0].start))
    return sentence.first <= place < sentence.last


def _claim_at(document: Document, noun: int) -> MeetingClaim | None:
    span = document.token_span(noun, noun + 1)
    return next((m for m in document.meetings if any(e.holds(span) for e in m.evidence)), None)


def _base(document: Document, sentence: Sentence, noun: int) -> int | None:
    """The index of the time of the meeting that a noun speaks of, told in another sentence."""
    anchor = _claim_at(document, noun)
    others = [
        claim
        for claim in document.meetings
        if claim.when is not None
        and claim.status in {"held", "under way", "planned"}
        and not _inside(document, claim, sentence)
    ]
    if anchor is not None:
        others = [claim for claim in others if _may_be_one(anchor, claim)]
    times = {claim.when for claim in others}
    return times.pop() if len(times) == 1 else None


def _may_be_one(one: MeetingClaim, other: MeetingClaim) -> bool:
    """Whether two tellings can be of one meeting: what both tell agrees."""
    pairs: Sequence[tuple[object, object]] = (
        (one.place, other.place),
        (one.round, other.round),
        (one.form, other.form),
    )
    return all(a is None or b is None or a == b for a, b in pairs)


def _added(document: Document, when: When) -> int:
    """The index of a time, added to the others or in the place of one told with its first words."""
    for index, other in enumerate(document.times):
        if other.span.start == when.span.start and other.anchor != "told":
            document.times = [*document.times[:index], when, *document.times[index + 1 :]]
            return index
    document.times = [*document.times, when]
    return len(document.times) - 1


def _give(document: Document, sentence: Sentence, noun: int, index: int) -> None:
    """Give a time to the meetings of a sentence that have none, but for the one counted from."""
    span = document.token_span(noun, noun + 1)
    document.meetings = [
        msgspec.structs.replace(claim, when=index)
        if claim.when is None
        and _inside(document, claim, sentence)
        and not any(e.holds(span) for e in claim.evidence)
        else claim
        for claim in document.meetings
    ]
