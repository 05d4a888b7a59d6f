"""What is no part of a report: prompts, rules, notes, credits, addresses.

Every line is cut into sentences, and each sentence is weighed: phrases from the packs speak for
boilerplate, and so do an address, words to the reader at the edge of the text, or a neighbour
that is boilerplate; quotation marks and reported speech speak against it. Only what reaches 1 is
left out of the report, with the signs that led to it.
"""

from __future__ import annotations

import bisect
import functools
import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

from dragoman.languages import load
from dragoman.languages.damage import Cue
from dragoman.languages.lexicon import Lexicon, fold
from dragoman.languages.outlets import universal_cues
from dragoman.languages.words import CAPITALS, Cut, Word, cut
from dragoman.types import Reason

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_HANDLES = re.compile(r"(?:[@#]\w+[\s,|·•]*)+")
_STOPPED = re.compile(r"[.!?…][\"'”’»)\]]*$")
_QUOTED = re.compile(r"[“”«»„]|(?<!\w)\"|\"(?!\w)")
_BRACKETED = re.compile(r"(?:[(\[][^()\[\]\n]{1,120}[)\]]\s+)+(?=[\"“«]?[" + CAPITALS + "])")
_ENOUGH = 1.0
# A cue weaker than this says nothing of a sentence longer than that.
_WEAK, _WEAK_WORDS = 0.6, 12
_FIRST_LINES, _LAST_LINES = 3, 6
_SHORT_WORDS = 9
_LONG_WORDS = 45
_CLOSING = 8  # a stop and the marks that close after it

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
def _openers(code: str | None) -> Lexicon[Cue]:
    cues = (*universal_cues(), *load(code).damage.boilerplate)
    return Lexicon((phrase, cue) for cue in cues if cue.opens for phrase in cue.phrases)


@functools.cache
def _persons(code: str | None) -> tuple[frozenset[str], frozenset[str]]:
    damage = load(code).damage
    return frozenset(map(fold, damage.reader)), frozenset(map(fold, damage.writer))


@functools.cache
def _open_ended(code: str | None) -> frozenset[str]:
    """Words that a phrase cannot end with."""
    grammar = load(code).grammar
    return frozenset(map(fold, (*grammar.articles, *grammar.prepositions, *grammar.contractions)))


def _openings(cut: Cut, start: int, end: int, code: str | None) -> list[tuple[int, int]]:
    """A sentence cut where a notice begins or ends in it without a stop.

    It begins in mid-sentence ("... talks Read more ..."), it stands in brackets before the
    sentence ("(Photo: X) The talks ..."), or a whole sentence follows it at once ("Read more The
    delegations met ...").
    """
    text, found = cut.text, cut.words
    first, last = cut.between(start, end)
    cuts = set()
    bracket = _BRACKETED.match(text, start, end) if text[start] in "([" else None
    if bracket and bracket.end() < end:
        cuts.add(bracket.end())
    for hit in _openers(code).find(cut.folded, first, last):
        begin, before = found[hit.first], found[hit.first - 1] if hit.first > first else None
        shouted = begin.text.isupper() and len(begin.text) > 1
        if (
            before
            and begin.capital
            and not shouted
            and (before.text.islower() or before.text in "|•·–—-")
            and text[begin.start - 1].isspace()
        ):
            cuts.add(begin.start)
        rest = found[hit.last : last]
        if (
            not any(word.letters for word in found[first : hit.first])
            and len([word for word in rest if word.letters]) >= _SHORT_WORDS
            and rest[0].capital
            and found[hit.last - 1].fold not in _open_ended(code)
            and _STOPPED.search(text, max(start, end - _CLOSING), end)
        ):
            cuts.add(rest[0].start)
    if not cuts:
        return [(start, end)]
    return [
        (here, here + len(text[here:there].rstrip()))
        for here, there in itertools.pairwise([start, *sorted(cuts), end])
        if text[here:there].strip()
    ]


def _cued(cut: Cut, first: int, last: int, code: str | None) -> tuple[float, list[str]]:
    """What the phrases of the packs say of a sentence: its score and its signs."""
    found = cut.words
    strongest: dict[str, float] = {}
    signs: list[str] = []
    for hit in _cues(code).find_all(cut.folded, first, last):
        cue = hit.value
        if cue.start and any(word.letters for word in found[first : hit.first]):
            continue
        if cue.weight > strongest.get(cue.sort, 0.0):
            strongest[cue.sort] = cue.weight
            words_of = cut.text[found[hit.first].start : found[hit.last - 1].end]
            signs.append(f"{cue.sort} ({words_of!r})")
    if not strongest:
        return 0.0, []
    if max(strongest.values()) < _WEAK:
        letters = sum(word.letters for word in found[first:last])
        if letters > _WEAK_WORDS:
            return 0.0, []
    return sum(strongest.values()), signs


def _weigh(cut: Cut, piece: tuple[int, int], line: int, count: int, code: str | None) -> _Piece:
    start, end = piece
    first, last = cut.between(start, end)
    score, signs = _cued(cut, first, last, code)
    bare = cut.text[start:end]
    if address := _ADDRESS.search(bare):
        alone = not bare.replace(address[0], "").strip(" \t:|-–—()[]<>")
        score += 1.0 if alone else 0.4
        signs.append("nothing but an address" if alone else "an address")
    if "@" in bare and _MAIL.search(bare):
        score += 0.6
        signs.append("an e-mail address")
    if bare[:1] in "@#" and _HANDLES.fullmatch(bare):
        score += 1.0
        signs.append("nothing but handles")
    if not score:
        return _Piece(start, end, line, 0.0, ())
    quoted = bool(_QUOTED.search(bare))
    letters = sum(word.letters for word in cut.words[first:last])
    if not quoted:
        near_end = line >= count - _LAST_LINES
        reader, writer = _persons(code)
        if not reader.isdisjoint(cut.folded[first:last]):
            score += 0.3
            signs.append("speaks to the reader")
        if near_end and _writes_of_self(cut.words[first:last], writer):
            score += 0.4
            signs.append("the writer speaks of themself at the end")
        if line < _FIRST_LINES or near_end:
            score += 0.2
            signs.append("at the edge of the text")
        if letters < _SHORT_WORDS and not _STOPPED.search(bare):
            score += 0.2
            signs.append("short and without a stop")
    elif not address:
        score -= 0.8
    if letters > _LONG_WORDS:
        score -= 0.5
    return _Piece(start, end, line, score, tuple(signs))


def _writes_of_self(found: Sequence[Word], writer: frozenset[str]) -> bool:
    # One-letter pronouns need their own capital: "I", not the "i" of a list.
    return any(word.fold in writer and (len(word.text) > 1 or word.capital) for word in found)


def _with_neighbours(pieces: list[_Piece], cut: Cut, code: str | None) -> list[_Piece]:
    """Pieces between or beside boilerplate need less of their own."""
    count = len(cut.lines)
    known = [piece.score >= _ENOUGH for piece in pieces]
    # Only what lies beside something known can change; each that does may change its neighbours.
    todo = sorted({n for i, yes in enumerate(known) if yes for n in (i - 1, i + 1)})
    while todo:
        place = todo.pop(0)
        if not 0 <= place < len(pieces) or known[place]:
            continue
        piece = pieces[place]
        before = place > 0 and known[place - 1]
        after = place + 1 < len(pieces) and known[place + 1]
        same_line = (before and pieces[place - 1].line == piece.line) or (
            after and pieces[place + 1].line == piece.line
        )
        bonus = 0.4 * before + 0.4 * after + 0.1 * same_line
        if same_line and piece.line >= count - _LAST_LINES and _personal(cut, piece, code):
            bonus += 0.5
        if piece.score + bonus >= _ENOUGH and (piece.signs or bonus >= _ENOUGH):
            signs = (*piece.signs, "beside other boilerplate")
            pieces[place] = piece._replace(score=piece.score + bonus, signs=signs)
            known[place] = True
            todo += [place - 1, place + 1]
    return [piece for piece, yes in zip(pieces, known, strict=True) if yes]


def _personal(cut: Cut, piece: _Piece, code: str | None) -> bool:
    """Whether a piece, no quotation, speaks to the reader or of its writer."""
    if _QUOTED.search(cut.text, piece.start, piece.end):
        return False
    first, last = cut.between(piece.start, piece.end)
    reader, writer = _persons(code)
    return _writes_of_self(cut.words[first:last], writer) or not reader.isdisjoint(
        cut.folded[first:last]
    )


def find_boilerplate(text: str, code: str | None) -> list[Found]:
    """What is no part of the report: character places in the text as received, with the signs.

    The places don't overlap and lie within a line each.

    Args:
        text: the text as received.
        code: the text's language (ISO 639-1) or None.
    """
    whole = cut(text)
    ends = [end for _, end in whole.lines]
    pieces = []
    for first, last in whole.sentences:
        line = bisect.bisect_left(ends, last)
        pieces += [
            _weigh(whole, piece, line, len(ends), code)
            for piece in _openings(whole, first, last, code)
        ]
    merged: list[_Piece] = []
    for piece in _with_neighbours(pieces, whole, code):
        before = merged[-1] if merged else None
        if before and before.line == piece.line and not text[before.end : piece.start].strip():
            signs = tuple(dict.fromkeys((*before.signs, *piece.signs)))
            merged[-1] = before._replace(
                end=piece.end, score=max(before.score, piece.score), signs=signs
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
