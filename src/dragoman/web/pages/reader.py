"""A report as received, its entries in the margin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from markupsafe import Markup

from dragoman.errors import EntryMissing
from dragoman.render.reader import Mark, marked
from dragoman.render.safe import harmless
from dragoman.render.view import citable, told
from dragoman.types import (
    Actor,
    AnyEntry,
    Boilerplate,
    Comparison,
    Lineage,
    Repair,
    Report,
    Span,
    entry_from_json,
)
from dragoman.web.gist import gist
from dragoman.web.page import Page

_PARAGRAPH = re.compile(r"[^\r\n]+")
_PLACE = re.compile(r"(\d{1,9})-(\d{1,9})")
# Kinds that are noted in the margin, in the order in which they are noted at one place.
NOTED = ("meeting", "statement", "position", "commitment", "incident", "comparison")
# Marks in one report; beyond them, the margin holds no more and says so.
_MOST_NOTES = 400


class Note(NamedTuple):
    """An entry in the margin: its number, what it says, and whether it is only kept for review."""

    number: int
    entry: AnyEntry
    gist: Markup
    review: bool
    more: int


class Paragraph(NamedTuple):
    """A paragraph of the report with its marks, and what is noted beside it."""

    text: Markup
    notes: tuple[Note, ...]


class _Marks(NamedTuple):
    start: int
    end: int
    marks: list[Mark]


def read(page: Page, id_: str) -> dict[str, Any]:
    """A report with its text, marks, margin and family."""
    desk = page.desk
    card = desk.card(id_)
    text = desk.reader.text(id_)
    report = desk.entry(id_)
    found = list(_entries(page, id_))
    notes = _notes(page, id_, found)
    shown = page.query.get("words", "")
    place = _PLACE.fullmatch(shown)
    lit = (int(place[1]), int(place[2])) if place else None
    if lit is not None and not 0 <= lit[0] < lit[1] <= len(text):
        raise EntryMissing(shown, "the report has no such characters", "follow a citation")
    marks = [*_apparatus(page, id_, found), *_note_marks(page, id_, notes)]
    if lit is not None:
        marks.append(Mark(*lit, "mark", (("class", "lit"),), anchor="words"))
    return {
        "card": card,
        "report": report,
        "paragraphs": tuple(_paragraphs(text, marks, notes, id_)),
        "names": _names(page, id_, found),
        "counts": _counts(notes),
        "repairs": [entry for entry in found if isinstance(entry, Repair)],
        "boilerplate": sum(isinstance(entry, Boilerplate) for entry in found),
        "family": _family(page, id_),
        "made": next(
            (e for e in found if isinstance(e, Lineage) and e.report == id_ and citable(e)), None
        ),
        "cut": len(notes) == _MOST_NOTES,
        "length": len(text),
        "near": _near(page, id_),
    }


def _entries(page: Page, id_: str) -> Iterator[AnyEntry]:
    """What rests on words of the report."""
    rows = page.desk.reader.rows(
        "SELECT DISTINCT entry.seq, entry.json FROM evidence"
        " JOIN report ON report.seq = evidence.report JOIN entry ON entry.seq = evidence.entry"
        " WHERE report.id = ? AND entry.last_state IS NULL ORDER BY entry.id",
        id_,
    )
    for _, line in rows:
        yield entry_from_json(line)


def _first(entry: AnyEntry, id_: str) -> Span:
    """The words of an entry in this report by which it is noted: its general ones, if any."""
    here = [span for span in entry.evidence if span.report == id_]
    general = [span for span in here if span.role in {None, "content"}]
    return min(general or here, key=lambda span: (not span.citable, span.start, span.end))


def _notes(page: Page, id_: str, found: Iterable[AnyEntry]) -> list[Note]:
    noted = [entry for entry in found if entry.kind in NOTED]
    # A comparison that only says that reports agree would fill the margin without news.
    noted = [
        entry
        for entry in noted
        if not isinstance(entry, Comparison) or entry.verdict not in {"agrees", "same statement"}
    ]
    noted.sort(key=lambda e: (_first(e, id_).start, NOTED.index(e.kind), _first(e, id_).end, e.id))
    return [
        Note(number, entry, gist(page, entry), not citable(entry), len(entry.reports()) - 1)
        for number, entry in enumerate(noted[:_MOST_NOTES], 1)
    ]


def _note_marks(page: Page, id_: str, notes: Iterable[Note]) -> Iterator[Mark]:
    for note in notes:
        span = _first(note.entry, id_)
        doubt = " doubt" if note.review else ""
        after = Markup('<a class="ref" href="#n{0}" title="{1}">{0}</a>').format(
            note.number, page.say(f"kind.{note.entry.kind}.one")
        )
        yield Mark(
            span.start,
            span.end,
            "mark",
            (("class", f"k-{note.entry.kind}{doubt}"),),
            anchor=f"m{note.number}",
            after=after,
        )


def _apparatus(page: Page, id_: str, found: Iterable[AnyEntry]) -> Iterator[Mark]:
    """What is no part of the report, and damaged words with how they are read."""
    for entry in found:
        if not isinstance(entry, Boilerplate | Repair) or not citable(entry):
            continue
        for span in entry.evidence:
            if span.report != id_ or not span.citable:
                continue
            if isinstance(entry, Boilerplate):
                title = (("class", "apart"), ("title", page.say("reader.apart")))
                yield Mark(span.start, span.end, "s", title)
            else:
                after = Markup('<span class="read">{}</span>').format(harmless(entry.restored))
                yield Mark(span.start, span.end, "u", (("class", "fix"),), after=after)


def _paragraphs(
    text: str, marks: Iterable[Mark], notes: Iterable[Note], id_: str
) -> Iterator[Paragraph]:
    """The report's lines; a mark that runs over several is cut, its later pieces lose their id."""
    rest = sorted(marks, key=lambda mark: mark.start)
    waiting = list(notes)
    for line in _PARAGRAPH.finditer(text):
        start, end = line.span()
        if not line[0].strip():
            continue
        here = [
            _clipped(mark, start, end) for mark in rest if mark.start < end and mark.end > start
        ]
        beside = [note for note in waiting if _first(note.entry, id_).start < end]
        waiting = waiting[len(beside) :]
        rest = [mark for mark in rest if mark.end > end]
        yield Paragraph(marked(text[start:end], here), tuple(beside))


def _clipped(mark: Mark, start: int, end: int) -> Mark:
    """The part of a mark that lies in a paragraph, counted from the paragraph's beginning."""
    begun, goes_on = mark.start < start, mark.end > end
    attributes = mark.attributes
    if begun and mark.anchor is not None:
        attributes = (*attributes, ("data-of", mark.anchor))
    return Mark(
        max(mark.start, start) - start,
        min(mark.end, end) - start,
        mark.tag,
        attributes,
        anchor=None if begun else mark.anchor,
        after=Markup("") if goes_on else mark.after,
    )


def _names(page: Page, id_: str, found: Iterable[AnyEntry]) -> list[dict[str, Any]]:
    """The actors of the report: their names, and the first words of each form met here."""
    named = []
    for entry in found:
        if isinstance(entry, Actor) and citable(entry):
            forms: dict[str, Span] = {}
            for span in entry.evidence:
                if span.report == id_ and span.citable and span.role in {None, "demonym"}:
                    forms.setdefault(span.text, span)
            if forms:
                named.append(
                    {
                        "entry": entry,
                        "name": page.actor(entry.id, entry.name),
                        "forms": [
                            (page.line(text), page.words_address(span))
                            for text, span in sorted(forms.items(), key=lambda f: f[1].start)
                        ],
                    }
                )
    return sorted(named, key=lambda each: (each["entry"].type, each["entry"].name))


def _counts(notes: Iterable[Note]) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for note in notes:
        counts[note.entry.kind] = counts.get(note.entry.kind, 0) + 1
    return [(kind, counts[kind]) for kind in NOTED if kind in counts]


def _family(page: Page, id_: str) -> list[Any]:
    card = page.card(id_)
    members = page.desk.catalogue.families[card.root]
    return [page.card(each) for each in members if each != id_]


def _near(page: Page, id_: str) -> tuple[str | None, str | None]:
    """The reports before and after it in the list of all."""
    key = "reports in order"
    kept: dict[Any, Any] = page.desk.kept
    if key not in kept:
        order = page.desk.catalogue.rows(
            "SELECT id FROM item WHERE kind = 'report' ORDER BY first IS NULL, first, last, id"
        )
        ids = [each for (each,) in order]
        kept[key] = ids, {each: place for place, each in enumerate(ids)}
    ids, places = kept[key]
    place: int = places[id_]
    return (
        ids[place - 1] if place else None,
        ids[place + 1] if place + 1 < len(ids) else None,
    )


def published(page: Page, report: Report) -> str:
    """When a report was published, and how that is known."""
    when = told(report, "published")
    how = report.published_how if when is not None else "unknown"
    if when is not None and how == "unknown":
        how = "inferred"
    return page.say(f"reader.published.{how}", date=page.date(when))
