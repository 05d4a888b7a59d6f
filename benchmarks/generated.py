"""Reports made from the sentences of others: the same ones for the same seed.

Each report takes sentences of source texts in one language. Names are exchanged for invented
ones: one in `SHARED` is the same in all reports, as the principals of a negotiation are, the others
within a story of `STORY` reports. Months and years move on from story to story, numbers are drawn
anew, and one plain word in `SWAP` is exchanged for another of that language. So the reports are as
long, as full of names and as hard to read as real ones, actors and meetings grow in number as they
do in a negotiation that goes on, and no report is a copy or a rewrite of another.
"""

from __future__ import annotations

import functools
import random
import re
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.frame import EXAMPLES
from benchmarks.scoring import read_rows, read_texts
from dragoman.languages import load

WORDS = 500
STORY = 20
SHARED = 4
SWAP = 2
MONTHS = 12

SENTENCE = re.compile(r"\S[^\n]*?[.!?][\"”»“]?(?=\s|$)")
NAME = re.compile(r"(?<=[^\W\d_,] )[^\W\d_a-zß-ÿ][^\W\d_]{3,}")
WORD = re.compile(r"[^\W\d_]+")
PLAIN = re.compile(r"\b[a-zß-ÿ]{4,}\b")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# Years are no such numbers: a report with impossible dates would have less to read.
NUMBER = re.compile(r"\b(?!(?:19|20)\d\d\b)\d+")
ONSETS, CODAS = "bdfgklmnprstvz", "lmnrst"
VOWELS = "aeiou"


def example_sources() -> dict[str, list[str]]:
    """The texts of the example by language: what reports are made from."""
    texts = read_texts(EXAMPLES / "reports")
    sources: dict[str, list[str]] = {}
    for row in read_rows(EXAMPLES / "gold.jsonl"):
        if row["kind"] == "report":
            sources.setdefault(row["language"], []).append(texts[row["report"]])
    return sources


def write_reports(
    folder: Path, sources: Mapping[str, Sequence[str]], *, count: int, seed: int
) -> None:
    """Write `count` reports into a new folder, one file each (UTF-8).

    Args:
        folder: where; it is made.
        sources: texts by language.
        count: how many reports; the languages take turns, each text of one giving it a turn.
        seed: other reports for another seed.
    """
    folder.mkdir()
    turns = []
    for language in sorted(sources):
        stock = [sentence for text in sources[language] for sentence in SENTENCE.findall(text)]
        turns += [(language, stock)] * len(sources[language])
    for number in range(count):
        text = _report(*turns[number % len(turns)], seed, number)
        (folder / f"{number:06}.txt").write_text(text, "utf-8")


def _report(language: str, stock: Sequence[str], seed: int, number: int) -> str:
    rng = random.Random(f"{seed} {number}")  # noqa: S311 - no secret, the same each time
    calendar, story = _calendar(language), number // STORY
    vocabulary = [
        word for sentence in stock for word in PLAIN.findall(sentence) if word not in calendar
    ]

    def named(name: str) -> str:
        if name.casefold() in calendar:
            return name
        shared = zlib.crc32(name.encode()) % SHARED == 0
        return _name(name, str(seed) if shared else f"{seed} {story}")

    def swapped(word: str) -> str:
        kept = rng.randrange(SWAP) or word in calendar
        return word if kept else rng.choice(vocabulary)

    sentences: list[str] = []
    length = 0
    while length < WORDS:
        sentence = NAME.sub(lambda m: named(m[0]), rng.choice(stock))
        sentence = NUMBER.sub(lambda m: str(rng.randrange(1, 10 ** len(m[0]))), sentence)
        sentence = PLAIN.sub(lambda m: swapped(m[0]), sentence)
        sentence = _later(sentence, calendar, story)
        sentences.append(sentence)
        length += len(sentence.split())
    # Four sentences a paragraph.
    parts = [" ".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4)]
    return "\n\n".join(parts) + "\n"


@functools.cache
def _calendar(language: str) -> dict[str, dict[int, str]]:
    """Names of months and weekdays in small letters; for a month, what the months are called."""
    dates = load(language).dates
    found: dict[str, dict[int, str]] = {
        day: {} for days in dates.weekdays.values() for words in days for day in words.split("|")
    }
    forms = max(map(len, dates.months.values()), default=0)
    for form in range(forms):
        called = {month: words[min(form, len(words) - 1)] for month, words in dates.months.items()}
        for word in called.values():
            found.setdefault(word.casefold(), called)
    return {word.casefold(): called for word, called in found.items()}


def _later(sentence: str, calendar: Mapping[str, Mapping[int, str]], story: int) -> str:
    """The sentence with its months moved on by the number of the story, and its years with them."""

    def moved(word: str) -> str:
        called = calendar.get(word.casefold())
        if not called:
            return word
        month = next(m for m, name in called.items() if name.casefold() == word.casefold())
        name = called[(month - 1 + story) % MONTHS + 1]
        return name.capitalize() if word[0].isupper() else name

    sentence = YEAR.sub(lambda m: str(int(m[0]) + story // MONTHS), sentence)
    return WORD.sub(lambda m: moved(m[0]), sentence)


def _name(name: str, story: str) -> str:
    """The invented name that stands for a name in a story."""
    rng = random.Random(f"{story} {name}")  # noqa: S311
    syllables = [rng.choice(ONSETS) + rng.choice(VOWELS) for _ in range(rng.choice((2, 3)))]
    return ("".join(syllables) + rng.choice(CODAS)).capitalize()
