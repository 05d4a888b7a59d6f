"""Numbers in figures, in words, and in both ("2.5 million"), by a language pack."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from dragoman.annotate.document import Document
from dragoman.languages import load
from dragoman.languages.lexicon import fold

_GROUPS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
# 1.234,56, and by mistake 1.234.56: after the last sign stand decimals, if they aren't three.
_MIXED = re.compile(r"(?P<whole>\d+(?:[.,]\d{3})+)[.,](?P<rest>\d+)")
_GROUP = 3
_MOST_WORDS = 24  # a longer row of number words is no number


class Numeral(NamedTuple):
    """A number in tokens `first` to `last` (exclusive); `figures`: its first token has digits."""

    first: int
    last: int
    value: float
    figures: bool


class _Words(NamedTuple):
    numbers: dict[str, int]
    multipliers: dict[str, int]
    joins: frozenset[str]
    short: frozenset[str]


@functools.cache
def _words(code: str) -> _Words:
    pack = load(code)
    return _Words(
        {fold(word): value for word, value in pack.grammar.numbers.items()},
        {fold(word): value for word, value in pack.grammar.multipliers.items()},
        frozenset(fold(word) for word in pack.quantities.joins),
        frozenset(fold(word).rstrip(".") for word in pack.grammar.abbreviations),
    )


@functools.cache
def number_openers(code: str) -> frozenset[str]:
    """The folded words that a number in words can begin with."""
    words = _words(code)
    return frozenset(words.numbers) | frozenset(words.multipliers)


def _figures(text: str, decimal: str) -> float:
    """The value of a token of digits.

    Three digits after a sign are a group of thousands whichever sign it is: reports are
    translated with their figures left as they were, and none gives thousandths.
    """
    if _GROUPS.fullmatch(text) and not text.startswith("0"):
        return float(re.sub(r"[.,]", "", text))
    if (mixed := _MIXED.fullmatch(text)) is not None:
        return float(f"{re.sub('[.,]', '', mixed['whole'])}.{mixed['rest']}")
    if decimal == ",":
        text = text.replace(".", "").replace(",", ".") if "," in text else text
    elif text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    else:
        text = text.replace(",", "")
    return float(text)


def read_numeral(document: Document, place: int, stop: int | None = None) -> Numeral | None:
    """The number that begins at token `place`, as long as it goes; None where there is none.

    A number glued to letters before it (`F-16` is not, `A4` is) is left to the caller.
    """
    tokens = document.tokens
    stop = len(tokens) if stop is None else stop
    if place >= stop:
        return None
    words = _words(document.pack.code)
    token = tokens[place]
    if token.text[0].isdigit():
        if not token.text[0].isascii():
            return None
        value = _figures(token.text, document.pack.grammar.decimal)
        last = place + 1
        # 1 000 000: groups parted by one space.
        while (
            last < stop
            and tokens[last].text.isdigit()
            and len(tokens[last].text) == _GROUP
            and tokens[last - 1].text.isdigit()
            and len(tokens[place].text) <= _GROUP
            and not token.text.startswith("0")
            and document.text[tokens[last - 1].end : tokens[last].start]
            in {" ", "\u00a0", "\u202f"}
            and document.pack.grammar.thousands not in {",", ""}
        ):
            value = value * 1000 + float(tokens[last].text)
            last += 1
        return _multiplied(document, Numeral(place, last, value, figures=True), stop, words)
    if token.fold not in words.numbers and token.fold not in words.multipliers:
        return None
    return _in_words(document, place, stop, words)


def _multiplied(document: Document, number: Numeral, stop: int, words: _Words) -> Numeral:
    """Figures with the multipliers behind them: "2.5 million", "1,2 тыс.", "3 bin 500"."""
    tokens, last, value, factor = document.tokens, number.last, number.value, 1
    while last < stop and (more := words.multipliers.get(tokens[last].fold)) is not None:
        value, factor = value * more, factor * more
        last += 1
        if last < stop and tokens[last].text == "." and tokens[last - 1].fold in words.short:
            last += 1
    if factor > 1 and last < stop and tokens[last].text.isdigit():
        rest = float(tokens[last].text)
        if rest < factor and len(tokens[last].text) == _GROUP:
            value, last = value + rest, last + 1
    return number._replace(last=last, value=value)


def _in_words(document: Document, place: int, stop: int, words: _Words) -> Numeral | None:
    tokens = document.tokens
    total = current = 0.0
    room = float("inf")  # only smaller values can be added to what there is
    last = at = place
    stop = min(stop, place + _MOST_WORDS)
    while at < stop:
        if at > place and tokens[at].fold in words.joins and at + 1 < stop:
            at += 1
        fold_ = tokens[at].fold
        factor, value = words.multipliers.get(fold_), words.numbers.get(fold_)
        if factor is not None and factor < 1000 and (value is None or 1 < current < 100):
            current, room = max(current, 1) * factor, factor
        elif factor is not None and factor >= 1000:
            total, current, room = total + max(current, 1) * factor, 0.0, factor
        elif value == 20 and current % 100 == 4:
            current, room = current + 76, 20  # quatre-vingts: four times twenty
        elif value is not None and value < room:
            current += value
            # soixante-dix, quatre-vingt-dix: after these, numbers go on to nineteen.
            room = 100 if value >= 100 else 20 if value == 60 else 10 if value >= 20 else 0
        else:
            break
        at += 1
        last = at
    return Numeral(place, last, total + current, figures=False) if last > place else None
