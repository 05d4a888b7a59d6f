"""Who said what in nine languages: the project's own sentences, half of them awkward.

They tell of labour disputes, trade, hostages, climate, coalitions and ceasefires, and are marked
as `said_markup` tells. The peer is what every quoted stretch of three words or more gets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.frame import Figure, Missing, Options, Part, hash_of
from benchmarks.said_markup import Marked, Told, pairs, read, same_speaker
from dragoman.annotate import annotate
from dragoman.annotate.text import find_quotes, tokenize
from dragoman.claims import Received
from dragoman.languages import load, read_yaml

SENTENCES = Path(__file__).with_name("said")
_LEAST_WORDS = 3


def languages() -> list[str]:
    """The codes of the languages that there are sentences for."""
    return sorted(path.stem for path in SENTENCES.glob("*.yaml"))


def sentences(code: str) -> list[Marked]:
    """The marked sentences of a language, in the order of the file."""
    table = read_yaml(SENTENCES / f"{code}.yaml", dict[str, tuple[str, ...]])
    return [read(marked) for part in ("plain", "awkward") for marked in table[part]]


def statements(text: str, code: str) -> list[Told]:
    """The statements that are found in a text."""
    annotation = annotate(Received(source="sentence", text=text, language=code))
    found = []
    for claim in annotation.statements:
        told = Told()
        for span in claim.evidence:
            side = {"content": told.content, "speaker": told.speaker}.get(span.role or "content")
            if side is not None:
                side |= {p for p in range(span.start, span.end) if text[p].isalnum()}
        actor = claim.speaker
        told.name = claim.described if actor is None else annotation.actors[actor].name
        found.append(told)
    return found


def quoted(text: str, code: str) -> list[Told]:
    """Every quoted stretch: the baseline."""
    found = []
    for quote in find_quotes(tokenize(text), text, load(code)):
        if quote.depth == 0 and len(text[quote.start : quote.end].split()) >= _LEAST_WORDS:
            places = range(quote.start, quote.end)
            found.append(Told({place for place in places if text[place].isalnum()}))
    return found


def figures(code: str) -> Mapping[str, Figure]:
    """Content F1 and speaker accuracy of a language."""
    gold = found = right = speakers = told = simple = simple_right = 0
    for sentence in sentences(code):
        mine, peer = statements(sentence.text, code), quoted(sentence.text, code)
        matched = list(pairs(sentence.told, mine))
        gold += len(sentence.told)
        found += len(mine)
        right += len(matched)
        asked = [(i, j) for i, j in matched if sentence.told[i].speaker]
        told += len(asked)
        speakers += sum(same_speaker(sentence.told[i], mine[j]) for i, j in asked)
        simple += len(peer)
        simple_right += len(list(pairs(sentence.told, peer)))
    return {
        f"{code} content": Figure(
            value=2 * right / (gold + found), n=gold, peer=2 * simple_right / (gold + simple)
        ),
        f"{code} speaker": Figure(value=speakers / max(told, 1), n=told),
    }


def run(options: Options) -> Iterator[Part | Missing]:
    """The figures of all languages."""
    del options
    yield Part(
        data="own sentences",
        sha256=hash_of(SENTENCES.glob("*.yaml"), SENTENCES),
        figures={name: one for code in languages() for name, one in figures(code).items()},
        note="content: F1 of contents that overlap by half; peer: every quoted stretch",
    )
