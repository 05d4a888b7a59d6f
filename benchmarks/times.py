"""Times and their values: TempEval-3 platinum (TIMEX3), WikiWars (TIMEX2), `recognizers`.

An expression found counts as right if it overlaps one of the gold's (relaxed) or is the same
stretch (strict); its value counts if it is the gold's, too. The day of writing is given as
published, and counts as no expression. The peer is the better one of those in `times_peers`.

TIMEX2 writes some values in another way than TIMEX3, which we give; `_in_timex2` tells which. The
two ends of a range are one expression of ours, and two of both gold standards'.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks import recognizers
from benchmarks.frame import Figure, Missing, Options, Part, hash_of
from benchmarks.times_data import Text, Told, timeml, timex2
from benchmarks.times_peers import Finder, peers
from dragoman.annotate.text import prepare
from dragoman.annotate.times import find_expressions
from dragoman.claims import Received
from dragoman.link.timex import Timex, timexes

_JOIN = re.compile(r"\s*(?:[–—-]|\bto\b|\band\b|\bthrough\b|\buntil\b|\btill\b|&)\s*")
_FIRST = "value F1"
_SETS = {"P1D": "XXXX-XX-XX", "P1W": "XXXX-WXX", "P1M": "XXXX-XX", "P1Y": "XXXX"}


def run(options: Options) -> Iterator[Part | Missing]:
    """Measure every data set that is there."""
    for name, inside, read, find in (
        ("te3_platinum", "te3-platinum", timeml, _found),
        ("wikiwars", "keyinline", timex2, lambda text: [_in_timex2(one) for one in _found(text)]),
    ):
        folder = None if options.data is None else options.data / "data" / "bench" / name / inside
        if folder is None or not folder.is_dir():
            yield Missing(data=name, why="the data folder (--data, DRAGOMAN_DATA) has none")
            continue
        yield _part(name, folder, list(read(folder)), find)
    yield from recognizers.run(options)


def _part(name: str, folder: Path, texts: Sequence[Text], find: Finder) -> Part:
    mine = scored(texts, find)
    others = {name: scored(texts, peer) for name, peer in peers().items()}
    best = max(others, key=lambda name: others[name][_FIRST], default=None)
    peer = {} if best is None else others[best]
    told = ", ".join(f"{name} {figures[_FIRST]:.3f}" for name, figures in sorted(others.items()))
    note = f"peer: {best}; {_FIRST} of each: {told}" if best else "no peer is installed"
    count = sum(len(text.told) for text in texts)
    return Part(
        data=name,
        sha256=hash_of([path for path in folder.iterdir() if path.is_file()], folder),
        figures={
            key: Figure(value=value, peer=peer.get(key), n=count) for key, value in mine.items()
        },
        note=note,
    )


# ---------------------------------------------------------------- what is found


def _found(text: Text) -> list[Told]:
    """The expressions of a text as Dragoman reads it."""
    document = prepare(Received(source=text.name, text=text.text), "en")
    times = find_expressions(document)
    found: list[Told] = []
    for when, timex in zip(times, timexes(times, text.written), strict=True):
        found += _ends(when.span.start, when.span.text, timex)
    return found


def _ends(start: int, words: str, timex: Timex) -> list[Told]:
    """An expression, or both of its ends."""
    whole = Told(start, start + len(words), timex.value, timex.type)
    joins = list(_JOIN.finditer(words))
    if timex.end is None or not joins:
        return [whole]
    join = joins[len(joins) // 2]
    return [
        Told(start, start + join.start(), timex.value, timex.type),
        Told(start + join.end(), start + len(words), timex.end, timex.type),
    ]


def _in_timex2(told: Told) -> Told:
    """The value as TIMEX2 has it: a repetition is a date without its figures."""
    if told.type == "SET":
        return Told(told.start, told.end, _SETS.get(told.value, told.value), told.type)
    return told


# ---------------------------------------------------------------- scoring


def scored(texts: Sequence[Text], find: Finder) -> dict[str, float]:
    """F1 of values, types, and of spans, relaxed and strict, over all expressions."""
    gold = guesses = values = types = relaxed = strict = 0
    for text in texts:
        left = list(text.told)
        found = find(text)
        gold += len(text.told)
        guesses += len(found)
        for guess in found:
            match = _match(guess, left)
            if match is None:
                continue
            left.remove(match)
            relaxed += 1
            strict += (guess.start, guess.end) == (match.start, match.end)
            values += guess.value == match.value
            types += guess.type == match.type
    total = max(1, gold + guesses)
    figures = {
        "value F1": 2 * values / total,
        "relaxed F1": 2 * relaxed / total,
        "strict F1": 2 * strict / total,
    }
    if any(one.type for text in texts for one in text.told):
        figures["type F1"] = 2 * types / total
    return figures


def _match(guess: Told, left: Sequence[Told]) -> Told | None:
    """The gold expression of a guess: the same stretch, else the first that overlaps."""
    overlapping = [one for one in left if one.overlaps(guess)]
    same = [one for one in overlapping if (one.start, one.end) == (guess.start, guess.end)]
    return next(iter(same or overlapping), None)
