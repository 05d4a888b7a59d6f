"""Months that a spinner or a translator took for another word: "Could 7", "15 de Poderia".

A date has a place for its month. A listed word that stands there is repaired, if what stands
around it can be nothing but a date; any other word that is no month is marked.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from dragoman.annotate.damage.found import FoundRepair, Under, listed
from dragoman.languages import load
from dragoman.languages.damage import Swap
from dragoman.languages.lexicon import fold
from dragoman.types import Reason

_LAST_DAY = 31
_DAY = re.compile(r"\d{1,2}")
_YEAR = re.compile(r"(?:19|20)\d\d")


class _Date(NamedTuple):
    """The words of a date (the last exclusive), and whether it can be nothing else."""

    first: int
    last: int
    sure: bool


@functools.cache
def _months(code: str | None) -> dict[str, Swap]:
    return {fold(word): month for month in load(code).damage.months for word in month.garbled}


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


def _month_first(under: Under, place: int) -> _Date | None:
    """The date of `Could 15–16, 2025`; `place` is its month's."""
    if not (under.adjoin(place + 1) and _is_day(under, place + 1)):
        return None
    found, last = under.words, place + 2
    if last + 1 < len(found) and found[last].text in "–—-" and _is_day(under, last + 1):
        last += 2
    comma = last < len(found) and found[last].text == ","
    year = _is_year(under, last) or (comma and _is_year(under, last + 1))
    lead = place > 0 and under.folded[place - 1] in listed(under.code, "date_leads")
    sure = year or lead or last > place + 2 or _in_dateline(under, place)
    return _Date(place, last, sure)


def _day_first(under: Under, place: int) -> _Date | None:
    """The date of `15 de Poderia de 2025`; `place` is its month's."""
    links, folded = listed(under.code, "date_links"), under.folded
    first = place - 1
    while first > 0 and folded[first] in links:
        first -= 1
    if not _is_day(under, first):
        return None
    after = place + 1
    while after < len(folded) and folded[after] in links:
        after += 1
    lead = first > 0 and folded[first - 1] in listed(under.code, "date_leads")
    linked = first < place - 1
    return _Date(
        first,
        place + 1,
        _is_year(under, after) or (lead and (linked or under.words[place].capital)),
    )


def spun_months(under: Under) -> Iterator[FoundRepair]:
    """The dates of a text whose month is another word."""
    months = _months(under.code)
    dates = []
    for place, folded in enumerate(under.folded):
        if folded in months and (date := _month_first(under, place) or _day_first(under, place)):
            dates.append((place, date))
    sure_capital = any(date.sure for _, date in dates)
    for place, date in dates:
        word, month = under.words[place], months[under.folded[place]]
        sibling = sure_capital and word.capital and place not in under.openers
        if not (date.sure or sibling) or (month.restored[0].isupper() and not word.capital):
            continue
        start, end = under.words[date.first].start, under.words[date.last - 1].end
        restored = under.text[start : word.start] + month.restored + under.text[word.end : end]
        witness = "a date stands around it" if date.sure else "other dates of the text have it too"
        why = f"{word.text} stands where a month stands; {witness}"
        yield FoundRepair(
            start, end, restored, month.kind, Reason(rule="damage.spun_month", why=why)
        )
