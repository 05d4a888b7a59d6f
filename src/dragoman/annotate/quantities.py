"""Numbers with what they count, as bounded measures: "less than two hours" is 0 to 120 minutes.

Durations below a day are in minutes, others in days. `value` is the number itself where one is
told, and None where only a bound or a range is ("more than 40": low 40). "About" stands for a
tenth either way, "nearly" for a tenth less.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

from dragoman.annotate.document import Document
from dragoman.annotate.numerals import Numeral, number_openers, read_numeral
from dragoman.claims import Quantity
from dragoman.languages import FOLDER, UNIVERSAL, load, read_yaml
from dragoman.languages.lexicon import Lexicon, fold
from dragoman.languages.quantities import Fixed, Relation, Vague
from dragoman.types import Value

_ABOUT = 0.1
_REACH = 4  # words between a number and the name of what it counts, that name included
_MINUTES_A_DAY = 1440
_DURATIONS = frozenset({"minute", "day"})


class Conversion(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of a measure is `times` of `unit`; approximately so where the calendar varies."""

    unit: str
    times: float
    approximate: bool = False


class UnitsFile(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The form of `universal/units.yaml`."""

    signs: dict[str, str]
    conversions: dict[str, Conversion]


class _Words(NamedTuple):
    before: Lexicon[Relation]
    behind: Lexicon[Relation]
    vague: Lexicon[Vague]
    fixed: Lexicon[Fixed]
    links: Lexicon[bool]
    spans: frozenset[str]
    openings: frozenset[str]
    halves: Lexicon[bool]
    and_units: frozenset[str]
    units: Lexicon[str]
    skips: Lexicon[bool]
    ordinals: frozenset[str]
    function: frozenset[str]


class _Measure(NamedTuple):
    """A bounded number of a unit, in tokens `first` to `last` (exclusive)."""

    first: int
    last: int
    low: float | None
    high: float | None
    value: float | None
    unit: str | None
    approximate: bool
    relation: Relation | None = None


@functools.cache
def _universal() -> UnitsFile:
    return read_yaml(FOLDER / UNIVERSAL / "units.yaml", UnitsFile)


def _folded(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(fold(word) for word in words)


@functools.cache
def _words(code: str) -> _Words:
    pack = load(code)
    told = pack.quantities
    grammar = pack.grammar
    units = [(name, unit) for unit, names in told.units.items() for name in names]
    units += [(name, unit) for unit, names in told.currencies.items() for name in names]
    units += list(_universal().signs.items())
    function = _folded(
        (*grammar.prepositions, *grammar.conjunctions, *grammar.clause_breaks, *grammar.that)
    ) | _folded((*grammar.articles, *grammar.contractions, *grammar.stopwords))
    return _Words(
        before=Lexicon([(cue, rel) for rel, cues in told.before.items() for cue in cues]),
        behind=Lexicon([(cue, rel) for rel, cues in told.behind.items() for cue in cues]),
        vague=Lexicon([(phrase, one) for one in told.vague for phrase in one.phrases]),
        fixed=Lexicon([(phrase, one) for one in told.fixed for phrase in one.phrases]),
        links=Lexicon([(link, True) for link in told.links]),
        spans=_folded(told.spans),
        openings=_folded(told.range_openings),
        halves=Lexicon([(half, True) for half in told.halves]),
        and_units=_folded(told.and_units),
        units=Lexicon(units),
        skips=Lexicon([(skip, True) for skip in told.skips]),
        ordinals=_folded(tuple(grammar.ordinals)),
        function=function | _folded(grammar.auxiliaries),
    )


@functools.lru_cache(maxsize=1 << 15)
def _opens(code: str, word: str) -> bool:
    """Whether a folded word can begin a measure, or a phrase that is none though it looks so."""
    words = _words(code)
    return word in number_openers(code) or any(
        lexicon.opens(word) for lexicon in (words.skips, words.vague, words.fixed)
    )


class _Finder:
    """The search of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.tokens = document.tokens
        self.folds = document.words
        self.words = _words(document.pack.code)
        self.taken = self._taken_by_times()

    def _taken_by_times(self) -> set[int]:
        """Tokens that are parts of times."""
        taken: set[int] = set()
        for when in self.document.times:
            place = self.document.reading.place_of(when.span.start)
            end = self.document.reading.place_of(when.span.end - 1) + 1
            taken.update(range(self.document.token_at(place), self.document.token_at(end - 1) + 1))
        return taken

    # ------------------------------------------------------------ numbers

    def _glued(self, number: Numeral) -> bool:
        """Whether letters or signs make it a part of a name, a version, a telephone number."""
        text = self.document.text
        start = self.tokens[number.first].start
        end = self.tokens[number.last - 1].end
        before, after = text[max(0, start - 2) : start], text[end : end + 2]
        if not number.figures:
            return before[-1:] in set("'’") and before[:1].isalpha()
        if before[-1:].isalnum() or before[-1:] in {"_", "#", "№", "@", "+"}:
            return True
        if before[-1:] in set("-./:=&?,") and before[:1].isalnum():
            return True
        if after[:1].isalpha() or after[:1] == "_":
            return not self.words.units.at(self.folds, number.last)
        return after[:1] in set("./:=&+") and after[1:2].isalnum()

    def _number(self, place: int, stop: int) -> tuple[Numeral, float, float] | None:
        """A number or a range of numbers at a token: what it covers, its low and high end."""
        first = read_numeral(self.document, place, stop)
        if first is None or self._glued(first):
            return None
        if first.last + 1 < stop and self.folds[first.last] in self.words.spans:
            opened = place > 0 and self.folds[place - 1] in self.words.openings
            sign = not self.tokens[first.last].word
            if opened or sign or self.folds[first.last] not in self.words.and_units:
                second = read_numeral(self.document, first.last + 1, stop)
                if second is not None:
                    low, high = first.value, second.value
                    # "2 to 3 million": the multiplier is the first number's too.
                    figure = self.tokens[second.first]
                    if second.figures and second.last > second.first + 1 and low < 1000:
                        scale = second.value / max(1.0, float(figure.text.replace(",", ".")))
                        low = low * scale if low * scale < high else low
                    if low < high:
                        whole = Numeral(place, second.last, high, figures=first.figures)
                        return whole, low, high
        return first, first.value, first.value

    # ------------------------------------------------------------ units

    def _unit(self, place: int, stop: int) -> tuple[int, str] | None:
        """The name of what is counted that follows a number: token after it, and the name."""
        at = place
        if at < stop and self.tokens[at].text in {"-", "‑"}:
            if at + 1 >= stop:
                return None
            at += 1
            hits = self.words.units.at(self.folds, at, stop)
            return (hits[0].last, hits[0].value) if hits else None
        while at < stop and (links := self.words.links.at(self.folds, at, stop)):
            at = links[0].last
        for reach in range(at, min(stop, at + _REACH)):
            if hits := self.words.units.at(self.folds, reach, stop):
                return hits[0].last, hits[0].value
            if not self.tokens[reach].word or self.folds[reach] in self.words.function:
                break
            if read_numeral(self.document, reach, stop) is not None:
                break
        return self._noun(at, stop)

    def _noun(self, place: int, stop: int) -> tuple[int, str] | None:
        """The noun among the next words, where no known unit is: its folded form."""
        phrase = []
        for at in range(place, min(stop, place + _REACH)):
            if not self.tokens[at].word or self.folds[at] in self.words.function:
                break
            phrase.append(at)
        if not phrase or self.folds[phrase[0]] in self.words.ordinals:
            return None
        if self.document.pack.grammar.capital_nouns:
            at = next((at for at in phrase if self.tokens[at].capital), phrase[0])
        else:
            endings = self.document.pack.quantities.plural_endings
            plural = (at for at in phrase if endings and self.folds[at].endswith(endings))
            at = next(plural, phrase[0])
        return at + 1, self.folds[at]

    def _sign_before(self, place: int) -> str | None:
        """The currency whose sign stands before a number."""
        if place == 0 or self.tokens[place - 1].word:
            return None
        for first in (place - 2, place - 1):
            if first >= 0:
                for hit in self.words.units.at(self.folds, first, place):
                    if hit.last == place:
                        return hit.value
        return None

    # ------------------------------------------------------------ measures

    def _converted(self, measure: _Measure) -> _Measure:
        conversion = _universal().conversions.get(measure.unit or "")
        if conversion is None:
            return measure
        return measure._replace(
            low=None if measure.low is None else measure.low * conversion.times,
            high=None if measure.high is None else measure.high * conversion.times,
            value=None if measure.value is None else measure.value * conversion.times,
            unit=conversion.unit,
            approximate=measure.approximate or conversion.approximate,
        )

    def _simple(self, place: int, stop: int) -> _Measure | None:
        """One measure at a token: a fixed phrase, a vague word, or a number and its unit."""
        if fixed := self.words.fixed.at(self.folds, place, stop):
            hit = fixed[0]
            unit, last = hit.value.unit, hit.last
            if unit is None:
                found = self._unit(last, stop)
                if found is None:
                    return None
                last, unit = found
            sure = hit.value.value
            return self._converted(_Measure(place, last, sure, sure, sure, unit, False))
        if vague := self.words.vague.at(self.folds, place, stop):
            found = self._unit(vague[0].last, stop)
            if found is None:
                return None
            size = vague[0].value
            return self._converted(
                _Measure(place, found[0], size.low, size.high, None, found[1], True)
            )
        number = self._number(place, stop)
        if number is None:
            return None
        numeral, low, high = number
        value = low if low == high else None
        if (currency := self._sign_before(place)) is not None:
            return _Measure(place, numeral.last, low, high, value, currency, False)
        after = numeral.last
        behind = self.words.behind.at(self.folds, after, stop)
        half = self.words.halves.at(self.folds, after, stop)
        if behind or half:
            after = (behind or half)[0].last
        found = self._unit(after, stop)
        if found is None:
            if not (numeral.figures and high >= 1000 and self._formatted(numeral)):
                return None
            return _Measure(place, numeral.last, low, high, value, None, False)
        last, unit = found
        if not half and (half := self.words.halves.at(self.folds, last, stop)):
            last = half[0].last
        if half:
            low, high, value = low + 0.5, high + 0.5, None if value is None else value + 0.5
        article = not numeral.figures and numeral.value == 1
        if article and not self.words.units.at(self.folds, last - 1):
            return None  # "one" as an article or a pronoun
        relation = behind[0].value if behind else None
        return self._converted(_Measure(place, last, low, high, value, unit, False, relation))

    def _formatted(self, numeral: Numeral) -> bool:
        """Whether it is written as a count, not as a year or a code."""
        return numeral.last > numeral.first + 1 or not self.tokens[numeral.first].text.isdigit()

    def _joined(self, measure: _Measure, stop: int) -> _Measure:
        """The measure with what adds to it: "one hour and 40 minutes"."""
        at = measure.last
        if measure.unit not in _DURATIONS or measure.value is None:
            return measure
        if at < stop and self.folds[at] in self.words.and_units:
            at += 1
        more = self._simple(at, stop) if at < stop else None
        if more is None or more.unit != measure.unit or more.value is None:
            return measure
        if not 0 < more.value < measure.value:
            return measure
        value = measure.value + more.value
        return measure._replace(last=more.last, low=value, high=value, value=value)

    def _related(self, measure: _Measure) -> _Measure:
        """The measure bounded by the words before and behind it."""
        first, relation, last = measure.first, measure.relation, measure.last
        for start in range(max(0, measure.first - _REACH), measure.first):
            hits = self.words.before.at(self.folds, start, measure.first)
            if not relation and hits and hits[0].last == measure.first:
                relation, first = hits[0].value, start
        if relation is None and (behind := self.words.behind.at(self.folds, last)):
            relation, last = behind[0].value, behind[0].last
        measure = measure._replace(first=first, last=last)
        low, high = measure.low, measure.high
        if relation is None or low is None:
            return measure
        top = low if high is None else high
        if relation == "at least":
            return measure._replace(high=None)
        if relation == "more":
            return measure._replace(high=None, value=None)
        if relation == "at most":
            return measure._replace(low=0.0, high=top, value=None)
        if relation == "less":
            return measure._replace(low=0.0, high=top, value=None)
        tenth = 0.0 if measure.value is None else measure.value * _ABOUT
        above = None if high is None else high + tenth * (relation == "about")
        return measure._replace(low=low - tenth, high=above, approximate=True)

    def run(self) -> list[Quantity]:
        """All quantities, in the order of the text."""
        quantities: list[Quantity] = []
        done = 0
        for sentence in self.document.sentences:
            place = max(done, sentence.first)
            while place < sentence.last:
                if not self._may_begin(place):
                    place += 1
                    continue
                skips = self.words.skips.at(self.folds, place, sentence.last)
                if place in self.taken or self.folds[place] in self.words.ordinals:
                    place += 1
                    continue
                if skips:
                    place = skips[0].last
                    continue
                measure = self._simple(place, sentence.last)
                if measure is None or self.taken & set(range(measure.first, measure.last)):
                    place = self._past(place, sentence.last)
                    continue
                measure = self._related(self._joined(measure, sentence.last))
                quantities.append(self._quantity(measure))
                place = done = measure.last
        return quantities

    def _may_begin(self, place: int) -> bool:
        """Whether a measure, or a phrase that is none though it looks like one, may begin."""
        if self.tokens[place].text[0].isdigit():
            return True
        return _opens(self.document.pack.code, self.folds[place])

    def _past(self, place: int, stop: int) -> int:
        """The token after a number that counts nothing."""
        numeral = read_numeral(self.document, place, stop)
        return place + 1 if numeral is None else numeral.last

    def _quantity(self, measure: _Measure) -> Quantity:
        first = measure.first
        if measure.unit and self._sign_before(first):
            first -= 1
        low, high, value, unit = measure.low, measure.high, measure.value, measure.unit
        return Quantity(
            span=self.document.token_span(first, measure.last),
            value=value,
            low=low,
            high=high,
            unit=unit,
            approximate=measure.approximate,
        )


def find_quantities(document: Document) -> list[Quantity]:
    """The quantities that a report tells; what `document.times` covers is left out."""
    return _Finder(document).run()
