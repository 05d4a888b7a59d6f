"""What is no part of a report: prompts, rules, notes, credits, addresses.

Every line is cut into sentences, and each sentence is weighed: phrases from the packs speak for
boilerplate, and so do an address, words to the reader at the edge of the text, or a neighbour
that is boilerplate; quotation marks and reported speech speak against it. Only what reaches 1 is
left out of the report, with the signs that led to it.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

from dragoman.languages import load
from dragoman.languages.damage import Cue
from dragoman.languages.lexicon import Lexicon, fold
from dragoman.languages.outlets import universal_cues
from dragoman.languages.words import Word, lines, sentences, words
from dragoman.types import Reason

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_HANDLES = re.compile(r"(?:[@#]\w+[\s,|·•]*)+")
_STOPPED = re.compile(r"[.!?…][\"'”’»)\]]*$")
_QUOTED = re.compile(r"[“”«»„]|(?<!\w)\"|\"(?!\w)")
_BRACKETED = re.compile(r"(?:[(\[][^()\[\]\n]{1,120}[)\]]\s+)+(?=[\"“«]?[A-ZÀ-Þ])")
_ENOUGH = 1.0
# A cue weaker than this says nothing of a sentence longer than that.
_WEAK, _WEAK_WORDS = 0.6, 12
_FIRST_LINES, _LAST_LINES = 3, 6
_SHORT_WORDS = 9
_LONG_WORDS = 45

Found = tuple[int, int, Reason]


class _Piece(NamedTuple):
    """A sentence (or less) of a line: its place, the line's number, its score and its signs."""

    start: int
    end: int
    line: int
    score: float
    signs: tuple[str, ...]


@functools.cache
def _cues(code: str | None) -> Lexicon[Cue]:
    cues = (*universal_cues(), *load(code).damage.boilerplate)
    return Lexicon((phrase, cue) for cue in cues for phrase in cue.phrases)


@functools.cache
def _persons(code: str | None) -> tuple[frozenset[str], frozenset[str]]:
    damage = load(code).damage
    return frozenset(map(fold, damage.reader)), frozenset(map(fold, damage.writer))


@functools.cache
def _open_ended(code: str | None) -> frozenset[str]:
    """Words that a phrase cannot end with."""
    grammar = load(code).grammar
    return frozenset(map(fold, (*grammar.articles, *grammar.prepositions, *grammar.contractions)))


def _openings(text: str, start: int, end: int, code: str | None) -> list[tuple[int, int]]:
    """A sentence cut where a notice begins or ends in it without a stop.

    It begins in mid-sentence ("... talks Read more ..."), it stands in brackets before the
    sentence ("(Photo: X) The talks ..."), or a whole sentence follows it at once ("Read more The
    delegations met ...").
    """
    found = words(text, start, end)
    cuts = set()
    if (bracket := _BRACKETED.match(text, start, end)) and bracket.end() < end:
        cuts.add(bracket.end())
    for hit in _cues(code).find([word.fold for word in found]):
        if not hit.value.opens:
            continue
        first, before = found[hit.first], found[hit.first - 1] if hit.first else None
        shouted = first.text.isupper() and len(first.text) > 1
        if (
            before
            and first.capital
            and not shouted
            and (before.text.islower() or before.text in "|•·–—-")
            and text[first.start - 1].isspace()
        ):
            cuts.add(first.start)
        rest = found[hit.last :]
        if (
            not any(word.letters for word in found[: hit.first])
            and len([word for word in rest if word.letters]) >= _SHORT_WORDS
            and rest[0].capital
            and found[hit.last - 1].fold not in _open_ended(code)
            and _STOPPED.search(text[start:end])
        ):
            cuts.add(rest[0].start)
    return [
        (first, first + len(text[first:last].rstrip()))
        for first, last in itertools.pairwise([start, *sorted(cuts), end])
        if text[first:last].strip()
    ]


def _weigh(text: str, piece: tuple[int, int], line: int, count: int, code: str | None) -> _Piece:
    start, end = piece
    bare = text[start:end]
    found = words(text, start, end)
    folded = [word.fold for word in found]
    letters = [word for word in found if word.letters]
    signs: list[str] = []
    score = 0.0
    strongest: dict[str, float] = {}
    for hit in _cues(code).find_all(folded):
        cue = hit.value
        if cue.start and any(word.letters for word in found[: hit.first]):
            continue
        if cue.weight > strongest.get(cue.sort, 0.0):
            strongest[cue.sort] = cue.weight
            words_of = text[found[hit.first].start : found[hit.last - 1].end]
            signs.append(f"{cue.sort} ({words_of!r})")
    if max(strongest.values(), default=0.0) < _WEAK and len(letters) > _WEAK_WORDS:
        strongest.clear()
        signs.clear()
    score += sum(strongest.values())
    edge = line < _FIRST_LINES or line >= count - _LAST_LINES
    reader, writer = _persons(code)
    stopped = bool(_STOPPED.search(bare))
    if address := _ADDRESS.search(bare):
        alone = not bare.replace(address[0], "").strip(" \t:|-–—()[]<>")
        score += 1.0 if alone else 0.4
        signs.append("nothing but an address" if alone else "an address")
    if _MAIL.search(bare):
        score += 0.6
        signs.append("an e-mail address")
    if bare.strip() and _HANDLES.fullmatch(bare.strip()):
        score += 1.0
        signs.append("nothing but handles")
    quoted = bool(_QUOTED.search(bare))
    if score and not quoted:
        if reader & set(folded):
            score += 0.3
            signs.append("speaks to the reader")
        if line >= count - _LAST_LINES and _writes_of_self(found, writer):
            score += 0.4
            signs.append("the writer speaks of themself at the end")
        if edge:
            score += 0.2
            signs.append("at the edge of the text")
        if len(letters) < _SHORT_WORDS and not stopped:
            score += 0.2
            signs.append("short and without a stop")
    if quoted and not address:
        score -= 0.8
    if len(letters) > _LONG_WORDS:
        score -= 0.5
    return _Piece(start, end, line, score, tuple(signs))


def _writes_of_self(found: Sequence[Word], writer: frozenset[str]) -> bool:
    # One-letter pronouns need their own capital: "I", not the "i" of a list.
    return any(word.fold in writer and (len(word.text) > 1 or word.capital) for word in found)


def _with_neighbours(pieces: list[_Piece], text: str, count: int, code: str | None) -> list[_Piece]:
    """Pieces between or beside boilerplate need less of their own."""
    _, writer = _persons(code)
    reader, _ = _persons(code)
    known = [piece.score >= _ENOUGH for piece in pieces]
    changed = True
    while changed:
        changed = False
        for place, piece in enumerate(pieces):
            if known[place]:
                continue
            before = place > 0 and known[place - 1]
            after = place + 1 < len(pieces) and known[place + 1]
            same_line = (before and pieces[place - 1].line == piece.line) or (
                after and pieces[place + 1].line == piece.line
            )
            bonus = 0.4 * before + 0.4 * after + 0.1 * same_line
            found = words(text, piece.start, piece.end)
            if (
                same_line
                and piece.line >= count - _LAST_LINES
                and not _QUOTED.search(text[piece.start : piece.end])
                and (_writes_of_self(found, writer) or reader & {word.fold for word in found})
            ):
                bonus += 0.5
            if bonus and piece.score + bonus >= _ENOUGH and (piece.signs or bonus >= _ENOUGH):
                signs = (*piece.signs, "beside other boilerplate")
                pieces[place] = piece._replace(score=piece.score + bonus, signs=signs)
                known[place] = changed = True
    return [piece for piece, yes in zip(pieces, known, strict=True) if yes]


def find_boilerplate(text: str, code: str | None) -> list[Found]:
    """What is no part of the report: character places in the text as received, with the signs.

    The places don't overlap and lie within a line each.

    Args:
        text: the text as received.
        code: the text's language (ISO 639-1) or None.
    """
    rows = lines(text)
    pieces = [
        _weigh(text, piece, number, len(rows), code)
        for number, (start, end) in enumerate(rows)
        for first, last in sentences(text, start, end)
        for piece in _openings(text, first, last, code)
    ]
    merged: list[_Piece] = []
    for piece in _with_neighbours(pieces, text, len(rows), code):
        last = merged[-1] if merged else None
        if last and last.line == piece.line and not text[last.end : piece.start].strip():
            signs = tuple(dict.fromkeys((*last.signs, *piece.signs)))
            merged[-1] = last._replace(
                end=piece.end, score=max(last.score, piece.score), signs=signs
            )
        else:
            merged.append(piece)
    return [
        (
            piece.start,
            piece.end,
            Reason(
                rule="boilerplate.signs", why="; ".join(piece.signs), weight=round(piece.score, 2)
            ),
        )
        for piece in merged
    ]
