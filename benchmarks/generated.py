"""Reports made from the sentences of others: the same ones for the same seed.

Each report takes sentences of source texts in one language. Names are exchanged for invented
ones, the same ones within a story of `STORY` reports; numbers are drawn anew, and one plain word in
`SWAP` is exchanged for another of that language. So the reports are as long, as full of names and
as hard to read as real ones, but no copies or rewrites of one another.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.frame import EXAMPLES
from benchmarks.scoring import read_rows, read_texts

WORDS = 500
STORY = 20
SWAP = 3

SENTENCE = re.compile(r"\S[^\n]*?[.!?][\"”»“]?(?=\s|$)")
NAME = re.compile(r"(?<=[^\W\d_,] )[^\W\d_a-zß-ÿ][^\W\d_]{3,}")
PLAIN = re.compile(r"\b[a-zß-ÿ]{4,}\b")
# Years stay: a report with impossible dates would have less to read.
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
        turns += [stock] * len(sources[language])
    for number in range(count):
        text = _report(turns[number % len(turns)], seed, number)
        (folder / f"{number:06}.txt").write_text(text, "utf-8")


def _report(stock: Sequence[str], seed: int, number: int) -> str:
    rng = random.Random(f"{seed} {number}")  # noqa: S311 - no secret, the same each time
    vocabulary = [word for sentence in stock for word in PLAIN.findall(sentence)]
    sentences: list[str] = []
    length = 0
    while length < WORDS:
        sentence = rng.choice(stock)
        sentence = NAME.sub(lambda m: _name(m[0], f"{seed} {number // STORY}"), sentence)
        sentence = NUMBER.sub(lambda m: str(rng.randrange(1, 10 ** len(m[0]))), sentence)
        sentence = PLAIN.sub(
            lambda m: m[0] if rng.randrange(SWAP) else rng.choice(vocabulary), sentence
        )
        sentences.append(sentence)
        length += len(sentence.split())
    # Four sentences a paragraph.
    parts = [" ".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4)]
    return "\n\n".join(parts) + "\n"


def _name(name: str, story: str) -> str:
    """The invented name that stands for a name in a story."""
    rng = random.Random(f"{story} {name}")  # noqa: S311
    syllables = [rng.choice(ONSETS) + rng.choice(VOWELS) for _ in range(rng.choice((2, 3)))]
    return ("".join(syllables) + rng.choice(CODAS)).capitalize()
