"""One saying for all the reports that tell it: copies and translations are told once."""

from __future__ import annotations

import re

from dragoman.render.safe import on_one_line
from dragoman.render.view import Index, told
from dragoman.types import Comparison, Lineage, Statement, Value

_SIGNS = re.compile(r"[\W_]+")
Who = tuple[str, str, str, bool]
_Place = tuple[str, int, int]


class Saying(Value, frozen=True, kw_only=True):
    """Statements of one speaker that say the same; `first` is the one to quote."""

    first: Statement
    all: tuple[Statement, ...]


def sayings(index: Index) -> tuple[Saying, ...]:
    """All statements that may be told, gathered, in the order of the reports and their texts.

    Two are one saying where speaker and force are the same, and either the words are too (signs
    and case apart), or a comparison of the record calls them the same statement. The one quoted
    is from a report that was made from no other, if there is one.
    """
    place = {report: at for at, report in enumerate(index.reports)}
    statements = sorted(
        index.stated(Statement),
        key=lambda entry: (
            place.get(entry.evidence[0].report, len(place)),
            entry.evidence[0].sort_key(),
            entry.id,
        ),
    )
    group = {entry.id: entry.id for entry in statements}

    def root(id_: str) -> str:
        while group[id_] != id_:
            id_ = group[id_]
        return id_

    by_words: dict[tuple[Who, str], str] = {}
    by_place: dict[_Place, list[Statement]] = {}
    for entry in statements:
        key = who_says(entry), plain_words(entry)
        group[root(entry.id)] = root(by_words.setdefault(key, entry.id))
        span = entry.evidence[0]
        by_place.setdefault((span.report, span.start, span.end), []).append(entry)
    for comparison in index.stated(Comparison):
        if comparison.verdict != "same statement":
            continue
        firsts: dict[Who, str] = {}
        for span in comparison.evidence:
            for entry in by_place.get((span.report, span.start, span.end), []):
                group[root(entry.id)] = root(firsts.setdefault(who_says(entry), entry.id))

    gathered: dict[str, list[Statement]] = {}
    for entry in statements:
        gathered.setdefault(root(entry.id), []).append(entry)
    derived = {lineage.report for lineage in index.stated(Lineage)}
    return tuple(
        Saying(
            first=min(entries, key=lambda entry: entry.evidence[0].report in derived),
            all=tuple(entries),
        )
        for entries in gathered.values()
    )


def plain_words(entry: Statement) -> str:
    """What it says, without case and signs."""
    return _SIGNS.sub(" ", entry.content.casefold()).strip() or on_one_line(entry.content)


def who_says(entry: Statement) -> Who:
    """Who says it and with what force; statements of one saying have this in common."""
    speaker = told(entry, "speaker_id") or told(entry, "speaker") or ""
    return speaker, told(entry, "described") or "", entry.force, entry.negated
