"""Times as a report tells them: dates, weekdays, "last month", "two days ago", by language packs.

The shapes stand in each pack's `dates.yaml`; at each place the longest one that fits is taken.
Nothing is resolved here: "Friday" stays Friday until `link` knows when the report was published.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeVar

import msgspec

from dragoman.annotate.document import Document
from dragoman.annotate.time_anchors import anchored
from dragoman.annotate.time_fields import calendar_fits, told_fields
from dragoman.annotate.time_slots import Filling, Slots
from dragoman.annotate.time_tense import Tenses
from dragoman.annotate.time_words import Form, Node, time_words
from dragoman.claims import When
from dragoman.languages.dates import DateRule
from dragoman.languages.lexicon import Lexicon, fold

V = TypeVar("V")

_LEAD_REACH = 5  # no lead or bound is longer, its article included
_LONGEST = 16  # tokens of a time
_UNDATED = frozenset({"duration", "set", "reference"})
_DIGITS = frozenset("0123456789")  # a mark by itself folds to nothing: ask for [:1]
_FIRST_YEAR, _LAST_YEAR = 2, 9000
_IN_FIGURES = Form(DateRule(name="date in figures", kind="calendar", forms=()), 0)
_COUNTED = {
    sign: Form(
        DateRule(name="counted from a date", kind="offset", forms=(), anchor="own", sign=sign), 0
    )
    for sign in (1, -1)
}
_PART = {
    end: Form(
        DateRule(
            name="part of a period told", kind="offset", forms=(), anchor="own", bound="within",
            sign=end,
        ),
        0,
    )
    for end in (1, -1)
}  # fmt: skip


class _Found(NamedTuple):
    first: int
    last: int
    form: Form
    slots: dict[str, Filling]


class _Finder:
    """The search of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.tokens = document.tokens
        self.folds = document.words
        self.dates = document.pack.dates
        self.words = time_words(document.pack.code)
        self.slots = Slots(document, self.words)
        self.tenses = Tenses(document, self.words, set())
        self._year_end = -1  # the token after the last year that stands by itself

    def _one_line(self, first: int, last: int) -> bool:
        """Whether no line breaks between two tokens, both included."""
        return "\n" not in self.document.text[self.tokens[first].end : self.tokens[last].start]

    # ------------------------------------------------------------ forms

    def _fitting(self, first: int) -> Iterator[tuple[int, Form, dict[str, Filling]]]:
        """Every form that fits at a token, with the token after it and what fills its slots."""
        stop = min(len(self.tokens), first + _LONGEST)
        tree, word = self.words.tree, self.folds[first]
        todo: list[tuple[Node, int, tuple[tuple[str, Filling], ...]]] = []
        if (following := tree.words.get(word)) is not None:
            todo.append((following, first + 1, ()))
        starts = self.words.figured if word[:1] in _DIGITS else self.words.at_root.get(word, ())
        for slot, kind, node in starts:
            for last, value in self.slots.fill(kind, first):
                todo.append((node, last, () if value == "" else ((slot, value),)))
        folds, fill = self.folds, self.slots.fill
        while todo:
            node, place, filled = todo.pop()
            for form in node.ends:
                yield place, form, dict(filled)
            if place >= stop:
                continue
            word = folds[place]
            if (following := node.words.get(word)) is not None:
                todo.append((following, place + 1, filled))
            figure = word[:1] in _DIGITS
            for slot, kind, after, openers, figured in node.steps:
                if word not in openers and not (figure and figured):
                    continue
                for last, value in fill(kind, place):
                    more = filled if value == "" else (*filled, (slot, value))
                    todo.append((after, last, more))

    def _at(self, place: int) -> _Found | None:
        """The longest form that fits at a token; of two the one that the pack lists first."""
        best: _Found | None = None
        for last, form, slots in self._fitting(place):
            if best is not None and (last, -form.order) <= (best.last, -best.form.order):
                continue
            found = _Found(place, last, form, slots)
            if self._one_line(place, last - 1) and self._holds(found):
                best = found
        return best

    def _holds(self, found: _Found) -> bool:
        """Whether what must stand before and after a form does."""
        rule = found.form.rule
        if self.tokens[found.last - 1].text == ",":
            return False  # a comma that nothing of the form follows
        if self.tokens[found.first].text[0].isdigit() and self.slots.glued_before(found.first):
            return False
        if rule.small and self.tokens[found.first].capital and not self._at_head(found.first):
            return False
        if rule.told is not None and self.tenses.at(found.first, found.last) != rule.told:
            return False
        if rule.lead and not self._led(found):
            return False
        if rule.behind and (found.first == 0 or self.folds[found.first - 1] not in _folded(rule)):
            return False
        if rule.ends and found.last < len(self.tokens):
            after = self.tokens[found.last]
            glued = after.text in {"-", "‑"} and after.start == self.tokens[found.last - 1].end
            if glued or (after.word and self._one_line(found.last - 1, found.last)):
                return False
        slots = found.slots
        if self._idle(found):
            return False
        if slots.keys() <= {"bare"} and "bare" in slots and found.last < len(self.tokens):
            if self.tokens[found.last].text in {"-", "‑"} and self._glued_sign(found.last):
                return False
            return not self.words.counted.at(self.folds, found.last)
        return calendar_fits(slots)

    def _led(self, found: _Found) -> bool:
        """Whether a lead stands before a time, or before the list of years that it ends."""
        if self._before(self.words.leads, found.first):
            return True
        listed = found.first > 0 and self.folds[found.first - 1] in self.words.lists
        return listed and "bare" in found.slots and found.first - 1 == self._year_end

    def _at_head(self, place: int) -> bool:
        sentence = self.document.sentence_at(place)
        return sentence is not None and sentence.first == place

    def _idle(self, found: _Found) -> bool:
        """Whether "last days", "last minute" or "the last day" tells no time one unit away."""
        rule, slots = found.form.rule, found.slots
        if rule.kind != "offset" or "unit" not in slots or "amount" in slots:
            return False
        if slots["unit"] in {"second", "minute"} or (slots["unit"] == "day" and _step(rule)):
            return True
        plurals = self.words.lexicons["units"].at(self.folds, found.last - 1)
        return any(hit.last == found.last for hit in plurals)

    def _glued_sign(self, place: int) -> bool:
        glued = self.tokens[place].start == self.tokens[place - 1].end
        return glued and place + 1 < len(self.tokens)

    def _before(self, lexicon: Lexicon[V], place: int) -> V | None:
        """What the phrase that ends just before a token stands for; an article may be between."""
        for end in (place, place - 1):
            if end < place and (end < 0 or self.folds[end] not in self.words.skipped):
                break
            for first in range(max(0, end - _LEAD_REACH), end):
                for hit in lexicon.at(self.folds, first, end):
                    if hit.last == end and self._one_line(first, place):
                        return hit.value
        return None

    # ------------------------------------------------------------ results

    def _when(self, found: _Found) -> When:
        rule = found.form.rule
        when = told_fields(rule, found.slots)
        when["span"] = self.document.token_span(found.first, found.last)
        bound = rule.bound
        # "From" and "to" are the range's where there is one.
        ranged = "until_day" in when or "until_year" in when or "until_month" in when
        if bound == "on" and not ranged and not self._possessed(found.last):
            bound = self._before(self.words.bounds, found.first) or "on"
        stays = rule.anchor == "previous" or when["amount"] == 0
        when["bound"] = "on" if stays and bound == "within" else bound
        when["quoted"] = self.document.quote_at(self.tokens[found.first].start) is not None
        if "tense" not in when:
            when["tense"] = self.tenses.at(found.first, found.last)
        return When(**when)

    def _possessed(self, place: int) -> bool:
        return place < len(self.tokens) and bool(self.words.possessives.at(self.folds, place))

    def _in_figures(self, place: int) -> _Found | None:
        """A date in figures; one like "16.05." needs a preposition to be one."""
        figures = self.slots.figures.get(place)
        if figures is None:
            return None
        led = not figures.short or (
            self._before(self.words.leads, place) is not None
            or self._before(self.words.bounds, place) is not None
        )
        return _Found(place, figures.last, _IN_FIGURES, {"date": figures.date}) if led else None

    def _search(self) -> list[_Found]:
        """All times, in the order of the text, none overlapping another."""
        found: list[_Found] = []
        place, openers, folds = 0, self.words.openers, self.folds
        none = {
            barred
            for hit in (self.words.not_times.find(self.folds) if self.words.not_times else ())
            for barred in range(hit.first, hit.last)
        }
        for sentence in self.document.sentences:
            place = max(place, sentence.first)
            while place < sentence.last:
                shape = None
                if place in none:
                    place += 1
                    continue
                word = folds[place]
                if (word in openers and self._leads_on(place)) or word[:1] in _DIGITS:
                    shape = self._at(place)
                    figures = self._in_figures(place)
                    if figures is not None and (shape is None or shape.last < figures.last):
                        shape = figures
                if shape is not None:
                    found.append(shape)
                    self._year_end = shape.last if "bare" in shape.slots else -1
                place = shape.last if shape is not None else place + 1
        return found

    def _leads_on(self, place: int) -> bool:
        """Whether what follows a word that opens shapes can go on with one of them."""
        after = self.words.seconds.get(self.folds[place])
        if after is None:
            return True
        if place + 1 >= len(self.folds):
            return False
        following = self.folds[place + 1]
        return following in after or following[:1] in _DIGITS

    # ------------------------------------------------------------ days with times of day

    def _joined(self, found: list[_Found]) -> Iterator[_Found]:
        """The times, a day and its time of day made one: "on Friday at 5 p.m."."""
        held: _Found | None = None
        for one in found:
            if held is not None and (whole := self._one(held, one)) is not None:
                held = whole
                continue
            if held is not None:
                yield held
            held = one
        if held is not None:
            yield held

    def _one(self, one: _Found, other: _Found) -> _Found | None:
        """Two times as one, if one is a day and the other a time of that day."""
        day, clock = (other, one) if _of_day(one) else (one, other)
        if not (_is_day(day) and _of_day(clock)):
            return None
        between = self.words.clock_joins.at(self.folds, one.last, other.first)
        if one.last != other.first and not any(hit.last == other.first for hit in between):
            return None
        if not self._one_line(one.last - 1, other.first):
            return None
        rule = clock.form.rule
        slots = day.slots | clock.slots
        if rule.daypart and "daypart" not in slots:
            slots["daypart"] = rule.daypart
        if rule.clock is not None and "clock" not in slots:
            slots["clock"] = rule.clock
        return _Found(one.first, other.last, day.form, slots)

    def _counting(self, found: list[_Found]) -> list[_Found]:
        """The times, a length that counts from the next one told so: "two weeks after Easter"."""
        done = list(found)
        for index in range(len(done) - 1):
            if (end := self._end_of(done[index], done[index + 1])) is not None:
                slots = done[index].slots
                done[index] = _Found(done[index].first, done[index + 1].last, _PART[end], slots)
            elif (way := self._way(done[index], done[index + 1])) is not None:
                slots = done[index].slots
                done[index] = _Found(done[index].first, done[index + 1].last, _COUNTED[way], slots)
        return done

    def _end_of(self, length: _Found, whole: _Found) -> int | None:
        """1 or -1 if so many units are the first or the last ones of a period, else None."""
        rule, period = length.form.rule, whole.form.rule
        if not {"amount", "unit"} <= length.slots.keys() or period.kind not in {
            "calendar",
            "offset",
        }:
            return None
        if rule.bound == "within" and rule.anchor == "told" and rule.sign < 0:
            end = -1
        elif rule.kind == "duration" and rule.direction > 0:
            end = 1
        else:
            return None
        if period.kind == "offset" and "amount" in whole.slots:
            return None
        if period.kind == "calendar" and ("day" in whole.slots or not whole.slots):
            return None
        between = self.words.parts_of.at(self.folds, length.last, whole.first)
        joined = any(hit.last == whole.first for hit in between)
        # "Deste ano": the preposition is one with what follows.
        fused = length.last == whole.first and period.kind == "offset"
        return end if joined or fused else None

    def _way(self, length: _Found, date: _Found) -> int | None:
        """1 or -1 if a length is told to lie after or before a date, else None."""
        rule, told = length.form.rule, length.slots.keys()
        if date.form.rule.kind in _UNDATED or _of_day(date) or not {"amount", "unit"} <= told:
            return None
        if rule.kind not in {"duration", "offset"} or rule.anchor not in {"told", "previous"}:
            return None
        # "More than two weeks before Easter" is no day; a preposition changes nothing.
        led = self.folds[length.first] in self.words.prepositions
        if not self.slots.fill("amount", length.first + led):
            return None
        # "Two days after" is a time by itself, too, in some languages: its last word counts.
        for first in (length.last, length.last - 1):
            for hit in self.words.steps.at(self.folds, first, date.first):
                between = self.folds[hit.last : date.first]
                if hit.last >= length.last and all(w in self.words.skipped for w in between):
                    return hit.value
        return None

    def run(self) -> list[When]:
        """All times, in the order of the text."""
        found = self._counting(list(self._joined(self._search())))
        # A month's name can be a verb's too: what is part of a time is no sign of tense.
        taken = {place for one in found for place in range(one.first, one.last)}
        self.tenses = Tenses(self.document, self.words, taken)
        times = [self._when(one) for one in found]
        parts = [form.rule for form in _PART.values()]
        for index, one in enumerate(found[:-1]):
            if (
                one.form.rule in parts
            ):  # the whole of "this year" is what three weeks are the last of
                whole = msgspec.structs.replace(times[index + 1], tense="unknown")
                times[index + 1] = whole
        return times


def _folded(rule: DateRule) -> frozenset[str]:
    """The words of which one must stand right before a rule's shapes."""
    return frozenset(fold(word) for word in rule.behind)


def _step(rule: DateRule) -> bool:
    """Whether a rule tells one unit before or after the day of telling."""
    return rule.anchor == "told" and rule.amount in {-1, 1} and rule.bound == "on"


def _is_day(found: _Found) -> bool:
    """Whether a time is of one day, without a time of day."""
    rule, slots = found.form.rule, found.slots
    if {"clock", "daypart"} & slots.keys() or rule.daypart or rule.clock is not None:
        return False
    if rule.kind == "calendar":
        return bool({"day", "date", "holiday"} & slots.keys()) and "day2" not in slots
    return rule.kind == "weekday" or (rule.kind == "offset" and rule.unit == "day")


def _of_day(found: _Found) -> bool:
    """Whether a time tells only a time of day."""
    rule = found.form.rule
    only = found.slots.keys() <= {"clock", "daypart"}
    return only and rule.kind == "calendar" and rule.month is None


def find_expressions(document: Document) -> list[When]:
    """All that a report tells of time, lengths and repetitions too, in the order of its text."""
    return anchored(document, _Finder(document).run())


def find_times(document: Document) -> list[When]:
    """The times of a report that have a date, in the order of its text.

    Boilerplate is passed over. Lengths are quantities; a time of day without a day has no date.
    """
    dated = [when for when in _Finder(document).run() if has_date(when) and _in_reach(when)]
    return anchored(document, dated)


def _in_reach(when: When) -> bool:
    # Days are counted from dates and to them: the calendar's first and last years leave no room.
    years = (when.year, when.until_year)
    return all(year is None or _FIRST_YEAR <= year <= _LAST_YEAR for year in years)


def has_date(when: When) -> bool:
    """Whether a time stands for days, known or not."""
    if when.kind in _UNDATED:
        return False
    told = (when.year, when.month, when.season, when.part, when.day)
    return when.kind != "calendar" or any(value is not None for value in told)
