"""Lemmas as edits: what to cut from a word and what to put in its place.

An edit is `case|cut|put|cut|put`: whether the word is made lower case (`l`) or kept (`k`), then
how many letters to cut at the beginning and what to put there, and the same for the end. After
Straka, UDPipe 2.0 Prototype at CoNLL 2018 UD Shared Task (2018), section 3.3, simplified to one
cut at either end.
"""

from __future__ import annotations

import functools

_FIELDS = 5


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
