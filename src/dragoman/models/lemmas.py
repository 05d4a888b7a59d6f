"""Lemmas as edits: what to cut from a word and what to put in its place.

An edit is `case|cut|put|cut|put`: whether the word is made lower case (`l`) or kept (`k`), then
how many letters to cut at the beginning and what to put there, and the same for the end. After
Straka, UDPipe 2.0 Prototype at CoNLL 2018 UD Shared Task (2018), section 3.3, simplified to one
cut at either end. Of the edits that the network thinks likely, one that makes a known word is
preferred.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dragoman.languages.wordlist import WordList

_FIELDS = 5
# What the score (a logarithm of likelihood) of an edit gains if it makes a lemma that treebanks
# have with that tag, or a word that the language has; chosen on held sentences.
_LEMMA, _WORD = 4.0, 2.0
# Likely edits that are weighed, and the length of the shortest words in word lists.
_WEIGHED, _SHORTEST = 8, 4


@functools.lru_cache(maxsize=1 << 20)
def edit_between(form: str, lemma: str) -> str:
    """The edit that makes `lemma` of `form`; what is longest in both of them stays."""
    keeps_case = form == lemma or (form[:1].isupper() and lemma[:1].isupper())
    case = "k" if keeps_case and form[:1].isupper() else "l"
    source = form if case == "k" else form.lower()
    best, at, there = 0, 0, 0
    lengths = [0] * (len(lemma) + 1)
    for i, char in enumerate(source):
        fresh = [0] * (len(lemma) + 1)
        for j, other in enumerate(lemma):
            if char == other:
                fresh[j + 1] = lengths[j] + 1
                if fresh[j + 1] > best:
                    best, at, there = fresh[j + 1], i + 1 - fresh[j + 1], j + 1 - fresh[j + 1]
        lengths = fresh
    if best == 0:
        return f"{case}|0||{len(source)}|{lemma}"
    return f"{case}|{at}|{lemma[:there]}|{len(source) - at - best}|{lemma[there + best :]}"


@functools.lru_cache(maxsize=1 << 14)
def _parts(edit: str) -> tuple[str, int, str, int, str]:
    case, cut, put, cut_end, put_end = edit.split("|", _FIELDS - 1)
    return case, int(cut), put, int(cut_end), put_end


def apply_edit(form: str, edit: str) -> str:
    """The lemma that an edit makes of a word; the word itself where nothing would be left."""
    case, cut, put, cut_end, put_end = _parts(edit)
    source = form if case == "k" else form.lower()
    if cut + cut_end > len(source):
        return source
    return put + source[cut : len(source) - cut_end] + put_end or source


class Lexicon(NamedTuple):
    """What is known of a language's lemmas.

    Args:
        irregular: lemmas of words that the edits get wrong, by lower-case form and tag
            (`went|VERB`).
        lemmas: by tag, the lemmas that its treebanks have.
        words: the word list of the language.
    """

    irregular: dict[str, str]
    lemmas: dict[str, frozenset[str]]
    words: WordList

    def lemma(self, form: str, tag: str, edits: Sequence[tuple[str, float]]) -> str:
        """The lemma of a word.

        Args:
            form: the word.
            tag: its part of speech.
            edits: likely edits with their scores, the best one first.
        """
        if known := self.irregular.get(f"{form.lower()}|{tag}"):
            return known
        lemmas = self.lemmas.get(tag, frozenset())
        best, highest = "", -np.inf
        for edit, score in edits:
            if score + _LEMMA <= highest:
                break
            lemma = apply_edit(form, edit)
            gain = 0.0
            if lemma in lemmas:
                gain = _LEMMA
            elif len(lemma) < _SHORTEST or lemma.lower() in self.words:
                gain = _WORD
            if score + gain > highest:
                best, highest = lemma, score + gain
        return best


def likeliest(scores: NDArray[np.float32]) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """For each row, the columns of the edits that can win, the best first, with their scores."""
    count = min(_WEIGHED, scores.shape[1])
    columns = np.argpartition(-scores, count - 1, axis=1)[:, :count]
    best = np.take_along_axis(scores, columns, 1)
    order = np.argsort(-best, 1, kind="stable")
    return np.take_along_axis(columns, order, 1), np.take_along_axis(best, order, 1)


def packed(lemmas: dict[str, set[str]]) -> bytes:
    """Lemmas by tag as text: a line a tag, the tag first; those with white space are left out."""
    lines = (
        " ".join([tag, *sorted(lemma for lemma in of if not any(map(str.isspace, lemma)))])
        for tag, of in sorted(lemmas.items())
    )
    return "\n".join(lines).encode("utf-8")


def unpacked(raw: bytes) -> dict[str, frozenset[str]]:
    """The reverse of `packed`."""
    lines = (line.split(" ") for line in raw.decode("utf-8").split("\n") if line)
    return {tag: frozenset(lemmas) for tag, *lemmas in lines}
