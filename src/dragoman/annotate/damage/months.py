"""Months that a spinner or a translator took for another word: "Could 7", "15 de Poderia".

A date has a place for its month. A listed word that stands there is repaired, if what stands
around it can be nothing but a date. Without such a witness, or where the word is in no list, the
date is only marked.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from dragoman.annotate.damage.beside import is_state
from dragoman.annotate.damage.found import FoundRepair, Under, listed
from dragoman.languages import load
from dragoman.languages.damage import Swap
from dragoman.languages.lexicon import Lexicon, fold
from dragoman.languages.wordlist import word_list
from dragoman.types import Reason

_LAST_DAY = 31
_DAY = re.compile(r"\d{1,2}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DIGITS = frozenset("0123456789")
_SHORTEST = 3  # letters of a word that may stand for a month


class _Date(NamedTuple):
    """A date: its words and its month's words (the last ones exclusive), and what speaks for it.

    `sure`: it can be nothing else. `year`: one stands in it. `lead`: a word that leads a date
    stands before it.
    """

    first: int
    last: int
    month: tuple[int, int]
    sure: bool
    year: bool
    lead: bool


@functools.cache
def _months(code: str | None) -> Lexicon[Swap]:
    return Lexicon((word, month) for month in load(code).damage.months for word in month.garbled)


@functools.cache
def _genuine(code: str | None) -> frozenset[str]:
    """The right names of the months, long and short, folded."""
    dates = load(code).dates
    phrases = [
        phrase
        for table in (dates.months, dates.months_short)
        for names in table.values()
        for phrase in names
    ]
    return frozenset(fold(word) for phrase in phrases for word in re.split(r"[ |]", phrase))


def _is_day(under: Under, place: int) -> bool:
    if not 0 <= place < len(under.words):
        return False
    text = under.words[place].text
    return bool(_DAY.fullmatch(text)) and 1 <= int(text) <= _LAST_DAY


def _is_year(under: Under, place: int) -> bool:
    return 0 <= place < len(under.words) and bool(_YEAR.fullmatch(under.words[place].text))


def _in_dateline(under: Under, place: int) -> bool:
    """Whether a place in capitals and a comma stand before a word ("GENEVA, ...")."""
    if place < 2 or under.words[place - 1].text != ",":
        return False
    before = under.words[place - 2]
    return before.text.isupper() and len(before.text) > 2 and before.letters


def _month_first(under: Under, first: int, end: int) -> _Date | None:
    """The date of `Could 15–16, 2025`; its month's words are `first` to `end` (exclusive)."""
    if not (under.adjoin(end) and _is_day(under, end)):
        return None
    found, last = under.words, end + 1
    if last + 1 < len(found) and found[last].text in "–—-" and _is_day(under, last + 1):
        last += 2
    comma = last < len(found) and found[last].text == ","
    year = _is_year(under, last) or (comma and _is_year(under, last + 1))
    lead = first > 0 and under.folded[first - 1] in listed(under.code, "date_leads")
    sure = year or lead or last > end + 1 or _in_dateline(under, first)
    return _Date(first, last, (first, end), sure, year, lead)


def _day_first(under: Under, place: int, end: int) -> _Date | None:
    """The date of `15 de Poderia de 2025`; its month's words are `place` to `end` (exclusive)."""
    links, folded = listed(under.code, "date_links"), under.folded
    first = place - 1
    while first > 0 and folded[first] in links:
        first -= 1
    if not _is_day(under, first):
        return None
    after = end
    while after < len(folded) and folded[after] in links:
        after += 1
    year = _is_year(under, after)
    lead = first > 0 and folded[first - 1] in listed(under.code, "date_leads")
    sure = year or (lead and (first < place - 1 or under.words[place].capital))
    return _Date(first, end, (place, end), sure, year, lead)


def _repaired(under: Under, date: _Date, month: Swap, *, sibling: bool) -> FoundRepair:
    """The date with its month, firm if something speaks for it."""
    words, text = under.words, under.text
    first, last = date.month
    start, end = words[date.first].start, words[date.last - 1].end
    restored = text[start : words[first].start] + month.restored + text[words[last - 1].end : end]
    firm = date.sure or sibling
    witness = "nothing around it shows that it is a date"
    if firm:
        witness = "a date stands around it" if date.sure else "other dates of the text have it too"
    why = f"{under.shown(first, last)} stands where a month stands; {witness}"
    reason = Reason(rule="damage.spun_month", why=why)
    return FoundRepair(
        start, end, restored, month.kind, reason, grounding="exact" if firm else "partial"
    )


def _listed(under: Under) -> Iterator[FoundRepair]:
    """Dates whose month is a word that is known to stand for one."""
    dates = []
    for hit in _months(under.code).find(under.folded):
        date = _month_first(under, hit.first, hit.last) or _day_first(under, hit.first, hit.last)
        if date:
            dates.append((date, hit.value))
    some_sure = any(date.sure for date, _ in dates)
    for date, month in dates:
        place = date.month[0]
        capital = under.words[place].capital
        sibling = some_sure and capital and place not in under.openers
        if month.restored[0].isupper() and not capital:
            continue
        # A bare number before or behind a small word is any number.
        if date.sure or sibling or (capital and date.first < place):
            yield _repaired(under, date, month, sibling=sibling)


def _unlisted(under: Under) -> Iterator[FoundRepair]:
    """Dates with a year, or a word that leads them, whose month is no month at all."""
    months, damage = _genuine(under.code), under.pack.damage
    links = listed(under.code, "date_links")
    for place in [at for at, folded in enumerate(under.folded) if folded[:1] in _DIGITS]:
        if not _is_day(under, place):
            continue
        word, after = under.words[place], place + 1
        while after < len(under.words) and under.folded[after] in links:
            after += 1
        for at in (place - 1, after):
            if not 0 <= at < len(under.words) or not _may_be_spun(under, at, months):
                continue
            date = _day_first(under, at, at + 1) if at > place else _month_first(under, at, at + 1)
            if date is None or at in under.openers:
                continue
            led = (
                date.lead
                and under.words[at].capital
                and _unlike_a_noun(under, at, behind=at > place)
            )
            if (date.year and (at > place or under.words[at].capital)) or led:
                why = f"{under.words[at].text} stands where a month stands, after {word.text}"
                yield FoundRepair(
                    under.words[date.first].start,
                    under.words[date.last - 1].end,
                    "",
                    "spin" if damage.damaged_by == "spin" else "translation",
                    Reason(rule="damage.odd_month", why=why),
                    "none",
                )


def _unlike_a_noun(under: Under, place: int, *, behind: bool) -> bool:
    """Whether a word with a capital beside a day can be no noun that has a number."""
    if under.pack.grammar.capital_nouns:
        return False
    if behind:
        return True  # "le 12 Majestueux"
    numbered = under.folded[place] in listed(under.code, "numbered")
    follows = place + 2 < len(under.words) and under.words[place + 2].letters
    return not numbered and bool(listed(under.code, "numbered")) and not follows


def _may_be_spun(under: Under, place: int, months: frozenset[str]) -> bool:
    """Whether a word is an ordinary one of the language, and neither a month nor a state."""
    word = under.words[place]
    if len(word.text) < _SHORTEST or not word.text.isalpha() or word.text.isupper():
        return False
    if word.fold in months or is_state(word, under.code):
        return False
    return word.text.casefold() in word_list(under.code).common


def spun_months(under: Under) -> Iterator[FoundRepair]:
    """The dates of a text whose month is another word."""
    if under.pack.damage.months:
        yield from _listed(under)
        yield from _unlisted(under)
