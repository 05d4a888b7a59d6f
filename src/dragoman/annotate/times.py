"""Times as a report tells them: dates, weekdays, "last month", "two days ago", by language packs.

The shapes stand in each pack's `dates.yaml`; at each place the longest one that fits is taken.
Nothing is resolved here: "Friday" stays Friday until `link` knows when the report was published.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple, TypeVar, cast

from dragoman.annotate.document import Document
from dragoman.annotate.numerals import read_numeral
from dragoman.annotate.time_words import Form, time_words
from dragoman.claims import Tense, TimeUnit, When
from dragoman.languages.lexicon import Lexicon

V = TypeVar("V")

_YEARS = range(1900, 2100)  # a bare number is taken for a year only if it is one of these
_NUMERIC = re.compile(
    r"(?<![\w/.:,+-])(?:(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!-?\d)"
    r"|(?P<one>\d{1,2})(?P<sign>[./-])(?P<two>\d{1,2})(?P=sign)(?P<late>\d{4}))(?![\w/]|[.,-]\d)"
)
_SHORT_NUMERIC = re.compile(r"(?<![\w/.:,+-])(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?![\w])")
_LEAD_REACH = 5  # no lead or bound is longer, its article included


class _Found(NamedTuple):
    first: int
    last: int
    form: Form
    slots: dict[str, int | str]


class _Finder:
    """The search of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.tokens = document.tokens
        self.folds = document.words
        self.dates = document.pack.dates
        self.words = time_words(document.pack.code)
        self.lines = self._line_numbers()
        self._filled: dict[tuple[str, int, bool], list[tuple[int, int | str]]] = {}
        self.tense_cues: list[tuple[int, int, Tense]] = []

    def _line_numbers(self) -> list[int]:
        lines, line, done = [], 0, 0
        for token in self.tokens:
            line += self.document.text.count("\n", done, token.start)
            done = token.start
            lines.append(line)
        return lines

    # ------------------------------------------------------------ slots

    def _glued(self, place: int) -> bool:
        """Whether a letter, digit or sign that makes it part of a longer word follows at once."""
        end = self.tokens[place].end
        following = self.document.text[end : end + 2]
        return (
            following[:1].isalnum()
            or following[:1] in "%°_"
            or (following[:1] in ".,:/" and following[1:2].isdigit())
        )

    def _glued_before(self, place: int) -> bool:
        start = self.tokens[place].start
        before = self.document.text[max(0, start - 2) : start]
        return (
            before[-1:].isalnum()
            or before[-1:] in set("$€£#_")
            or (before[-1:] in set("-.,:/+") and before[:1].isalnum())
        )

    def _day(self, place: int) -> Iterator[tuple[int, int]]:
        token = self.tokens[place]
        if (day := self.words.day_words.get(token.fold)) is not None:
            yield place + 1, day
        if not (token.text.isdigit() and len(token.text) <= 2 and 1 <= int(token.text) <= 31):
            return
        following = self.tokens[place + 1] if place + 1 < len(self.tokens) else None
        if following is not None and following.fold in self.words.suffixes:
            glued = following.start == token.end
            if glued or not following.word:
                yield place + 2, int(token.text)
                if glued and following.word:
                    return
        if not self._glued(place):
            yield place + 1, int(token.text)

    def _year(self, place: int, *, bare: bool) -> Iterator[tuple[int, int]]:
        text = self.tokens[place].text
        if len(text) != 4 or not (text.isascii() and text.isdigit()) or self._glued(place):
            return
        year = int(text)
        if bare and (year not in _YEARS or self._glued_before(place)):
            return
        if 1000 <= year < 3000:
            yield place + 1, year

    def _name(self, slot: str, place: int) -> Iterator[tuple[int, int | str]]:
        """A month or weekday, in the spelling that it needs; the stop of a short form is its."""
        token = self.tokens[place]
        for hit in self.words.lexicons[slot].at(self.folds, place):
            if self.dates.capitals and not token.capital:
                continue
            exact = self.words.exact.get(token.fold)
            if (
                slot != "mon"
                and exact is not None
                and token.text not in self._spellings(exact, place)
            ):
                continue
            after = self.tokens[hit.last] if hit.last < len(self.tokens) else None
            short = slot == "mon" and self.words.lexicons["mon_short"].at(self.folds, place)
            if short and after is not None and after.text == ".":
                yield hit.last + 1, hit.value
            yield hit.last, hit.value

    def _spellings(self, exact: str, place: int) -> set[str]:
        sentence = self.document.sentence_at(place)
        if sentence is not None and sentence.first == place:
            return {exact, exact.upper(), exact.capitalize()}
        return {exact, exact.upper()}

    def _amount(self, place: int) -> Iterator[tuple[int, int]]:
        if (amount := self.words.amounts.get(self.folds[place])) is not None:
            yield place + 1, amount
        number = read_numeral(self.document, place)
        if number is not None and number.value == int(number.value) and 0 < number.value < 1000:
            yield number.last, int(number.value)

    def _fill(self, slot: str, place: int, *, bare: bool) -> list[tuple[int, int | str]]:
        """What can fill a slot at a token: the token after it, and its value."""
        kind = slot.rstrip("2")
        key = (kind, place, bare and kind == "year")
        if key not in self._filled:
            self._filled[key] = list(self._fillers(kind, place, bare=bare))
        return self._filled[key]

    def _fillers(self, kind: str, place: int, *, bare: bool) -> Iterator[tuple[int, int | str]]:
        if kind == "day":
            yield from self._day(place)
        elif kind == "year":
            yield from self._year(place, bare=bare)
        elif kind in {"month", "mon", "weekday"}:
            yield from self._name(kind, place)
        elif kind == "amount":
            yield from self._amount(place)
        else:
            for hit in self.words.lexicons[kind].at(self.folds, place):
                yield hit.last, hit.value

    # ------------------------------------------------------------ forms

    def _matches(
        self, form: Form, part: int, place: int, stop: int
    ) -> Iterator[tuple[int, dict[str, int | str]]]:
        """Every way in which the rest of a form fits at `place`."""
        if part == len(form.parts):
            yield place, {}
            return
        piece = form.parts[part]
        ends: list[tuple[int, int | str | None]] = []
        if place < stop:
            if piece.slot:
                ends += self._fill(piece.slot, place, bare=form.bare)
            else:
                ends += [
                    (place + len(words), None)
                    for words in piece.words
                    if tuple(self.folds[place : place + len(words)]) == words
                ]
        for end, value in ends:
            if end <= stop:
                for last, slots in self._matches(form, part + 1, end, stop):
                    yield last, slots if value is None else {str(piece.slot): value, **slots}
        # The part that was left out at the head has a form of its own.
        if piece.optional and part:
            yield from self._matches(form, part + 1, place, stop)

    def _candidates(self, place: int) -> list[Form]:
        forms = list(self.words.by_word.get(self.folds[place], ()))
        for slot, of_slot in self.words.by_slot.items():
            if self._fill(slot, place, bare=False):
                forms += of_slot
        return forms

    def _at(self, place: int) -> _Found | None:
        """The longest form that fits at a token; of two the one that the pack lists first."""
        opens = self.folds[place] in self.words.openers or self.tokens[place].text[0].isdigit()
        if not opens:
            return None
        line = self.lines[place]
        stop = place
        while stop < len(self.tokens) and self.lines[stop] == line and stop < place + 16:
            stop += 1
        best: _Found | None = None
        for form in self._candidates(place):
            for last, slots in self._matches(form, 0, place, stop):
                found = _Found(place, last, form, slots)
                longer = best is None or (last, -form.order) > (best.last, -best.form.order)
                if longer and last > place and self._holds(found):
                    best = found
        return best

    def _holds(self, found: _Found) -> bool:
        """Whether what must stand before and after a form does."""
        rule = found.form.rule
        if self.tokens[found.last - 1].text == ",":
            return False  # a comma that nothing of the form follows
        if self.tokens[found.first].text[0].isdigit() and self._glued_before(found.first):
            return False
        if rule.lead and not self._before(self.words.leads, found.first):
            return False
        if rule.ends and found.last < len(self.tokens):
            after = self.tokens[found.last]
            glued = after.text in {"-", "‑"} and after.start == self.tokens[found.last - 1].end
            if glued or (after.word and self.lines[found.last] == self.lines[found.first]):
                return False
        bare_year = set(found.slots) <= {"year"} and "year" in found.slots
        if bare_year and found.last < len(self.tokens):
            if self.tokens[found.last].text in {"-", "‑"} and self._glued_sign(found.last):
                return False
            return not self.words.counted.at(self.folds, found.last)
        return self._calendar_fits(found.slots)

    def _glued_sign(self, place: int) -> bool:
        return self.tokens[place].start == self.tokens[place - 1].end and place + 1 < len(
            self.tokens
        )

    @staticmethod
    def _calendar_fits(slots: dict[str, int | str]) -> bool:
        """Whether a month has the day that is told of it."""
        days = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}
        for day, months in (("day", ("month", "mon")), ("day2", ("mon2", "mon", "month"))):
            month = next((slots[name] for name in months if name in slots), None)
            told = slots.get(day)
            if isinstance(month, int) and isinstance(told, int) and told > days.get(month, 31):
                return False
        same = "mon2" not in slots and "day" in slots and "day2" in slots
        return not same or int(slots["day"]) < int(slots["day2"])

    def _before(self, lexicon: Lexicon[V], place: int) -> V | None:
        """What the phrase that ends just before a token stands for; an article may be between."""
        for end in (place, place - 1):
            if end < place and (end < 0 or self.folds[end] not in self.words.skipped):
                break
            for first in range(max(0, end - _LEAD_REACH), end):
                if self.lines[first] != self.lines[place]:
                    continue
                for hit in lexicon.at(self.folds, first, end):
                    if hit.last == end:
                        return hit.value
        return None

    # ------------------------------------------------------------ tense

    def _tense_cues(self) -> list[tuple[int, int, Tense]]:
        """All signs of tense: first token, last token (exclusive), tense."""
        cues = [(hit.first, hit.last, hit.value) for hit in self.words.tenses.find(self.folds)]
        taken = {place for first, last, _ in cues for place in range(first, last)}
        endings = self.dates.past_endings
        for place, token in enumerate(self.tokens):
            word = token.text.casefold()
            if (
                endings
                and place not in taken
                and token.word
                and len(word) > 3
                and word.endswith(endings)
                and word not in self.words.past_not
                and not (token.capital and self._named(place))
            ):
                cues.append((place, place + 1, "past"))
        return sorted(cues)

    def _named(self, place: int) -> bool:
        sentence = self.document.sentence_at(place)
        return sentence is None or sentence.first != place

    def _tense(self, first: int, last: int) -> Tense:
        """The tense of the nearest sign in the sentence, of those before the time if there are."""
        sentence = self.document.sentence_at(first)
        closing = self.document.sentence_at(last - 1)
        if sentence is None or closing is None:
            return "unknown"
        before = after = None
        for start, end, tense in self.tense_cues:
            if sentence.first <= start and end <= first:
                before = tense
            elif last <= start < closing.last and after is None:
                after = tense
        return before or after or "unknown"

    # ------------------------------------------------------------ results

    def _when(self, found: _Found) -> When:
        rule, slots = found.form.rule, found.slots
        number = {name: value for name, value in slots.items() if isinstance(value, int)}
        amount = number.get("amount", rule.amount)
        amount = None if amount is None else amount * rule.sign
        tense = rule.tense
        if tense == "unknown" and rule.direction:
            tense = "past" if rule.direction < 0 else "future"
        if tense == "unknown" and amount and rule.kind == "offset":
            tense = "past" if amount < 0 else "future"
        if tense == "unknown":
            tense = self._tense(found.first, found.last)
        unit, part = rule.unit or slots.get("unit"), rule.part or slots.get("part")
        bound = rule.bound
        ranged = "day2" in slots or "year2" in slots  # "from" and "to" are the range's then
        if bound == "on" and not ranged and not self._possessed(found.last):
            bound = self._before(self.words.bounds, found.first) or "on"
        return When(
            span=self.document.token_span(found.first, found.last),
            kind=rule.kind,
            bound=bound,
            year=number.get("year"),
            month=number.get("month", number.get("mon")),
            day=number.get("day"),
            until_year=number.get("year2"),
            until_month=number.get("mon2"),
            until_day=number.get("day2"),
            weekday=number.get("weekday", number.get("short")),
            direction=rule.direction,
            amount=amount,
            unit=cast("TimeUnit | None", unit),
            part=None if part is None else str(part),
            tense=tense,
            quoted=self.document.quote_at(self.tokens[found.first].start) is not None,
            rule=rule.name,
        )

    def _possessed(self, place: int) -> bool:
        return place < len(self.tokens) and bool(self.words.possessives.at(self.folds, place))

    def _numeric(self) -> Iterator[tuple[int, int, re.Match[str]]]:
        """Dates in figures, and the tokens that they cover."""
        patterns = [_NUMERIC] + [_SHORT_NUMERIC] * self.dates.short_numeric
        for pattern in patterns:
            for match in pattern.finditer(self.document.text):
                first = self.document.token_at(match.start())
                last = self.document.token_at(match.end() - 1) + 1
                if self._figures(match) is None or self.document.sentence_at(first) is None:
                    continue
                if pattern is _NUMERIC or (
                    self._before(self.words.leads, first) or self._before(self.words.bounds, first)
                ):
                    yield first, last, match

    def _when_in_figures(self, first: int, last: int, match: re.Match[str]) -> When:
        year, month, day = self._figures(match) or (None, None, None)
        return When(
            span=self.document.span(match.start(), match.end()),
            kind="calendar",
            bound=self._before(self.words.bounds, first) or "on",
            year=year,
            month=month,
            day=day,
            tense=self._tense(first, last),
            quoted=self.document.quote_at(match.start()) is not None,
            rule="date in figures",
        )

    def _figures(self, match: re.Match[str]) -> tuple[int | None, int, int] | None:
        """Year, month and day of a date in figures; None if it is none or can be read two ways."""
        told = match.groupdict()
        if told.get("one"):
            one, two, year = int(told["one"]), int(told["two"]), int(told["late"])
            day_first = True if told["sign"] == "." else self.dates.day_first
            if one > 12 or two > 12 or one == two:
                day_first = two <= 12
            if day_first is None:
                return None
            day, month = (one, two) if day_first else (two, one)
        else:
            year = int(told["year"]) if told.get("year") else 0
            month, day = int(told["month"]), int(told["day"])
        try:
            dt.date(year or 2000, month, day)  # 2000 had every day that a year can have
        except ValueError:
            return None
        return (year or None), month, day

    def run(self) -> list[When]:
        """All times, in the order of the text."""
        numeric = {first: (last, match) for first, last, match in self._numeric()}
        found: list[tuple[int, int, _Found | re.Match[str]]] = []
        place = 0
        while place < len(self.tokens):
            if place in numeric:
                last, match = numeric[place]
                found.append((place, last, match))
                place = last
                continue
            sentence = self.document.sentence_at(place)
            shape = self._at(place) if sentence is not None else None
            if shape is not None:
                found.append((place, shape.last, shape))
            place = shape.last if shape is not None else place + 1
        # A month's name can be a verb's too: what is part of a time is no sign of tense.
        taken = {place for first, last, _ in found for place in range(first, last)}
        self.tense_cues = [cue for cue in self._tense_cues() if cue[0] not in taken]
        return [
            self._when(one) if isinstance(one, _Found) else self._when_in_figures(first, last, one)
            for first, last, one in found
        ]


def find_times(document: Document) -> list[When]:
    """The times that a report tells, in the order of its text; boilerplate is passed over."""
    return _Finder(document).run()
