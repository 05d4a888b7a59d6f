"""The briefing as a document to pass on: DOCX and PDF, every number leading to its words."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from collections.abc import Iterable
from typing import Any, NamedTuple

from dragoman.render.briefing import tell
from dragoman.render.markdown import source_label
from dragoman.render.parts import Block, Briefing, Grid, Part, Place, Sentence, place_of
from dragoman.render.safe import direction, harmless, language
from dragoman.render.strings import TEMPLATES, Strings, strings
from dragoman.render.teller import Teller
from dragoman.render.view import Index, View

# Documents carry a time; the same record has to give the same bytes.
_THEN = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


class Told(NamedTuple):
    """A briefing with the numbers of its citations and the list that they lead to."""

    briefing: Briefing
    numbers: dict[Place, int]
    sources: list[dict[str, Any]]
    rests: dict[tuple[Place, ...], int]
    strings: Strings

    def word(self, key: str) -> str:
        """A string of the document."""
        return _clean(str(self.strings[key]))


def _told(view: View) -> Told:
    teller = Teller(Index(view), strings())
    briefing = tell(teller)
    found = briefing.sources()
    sources = []
    for number, span in found.values():
        report = teller.index.reports.get(span.report)
        sources.append(
            {
                "number": number,
                "label": _clean(source_label(teller, report, span)),
                "words": _clean(span.text),
                "dir": direction(report.language) if report else "auto",
                "lang": (language(report.language) if report else None) or "",
            }
        )
    return Told(
        briefing,
        {place: number for place, (number, _) in found.items()},
        sources,
        briefing.rests(),
        teller.strings,
    )


def _clean(text: str) -> str:
    return " ".join(harmless(text).split())


def _parts(parts: Iterable[Part]) -> str:
    return _clean("".join(part.text for part in parts))


def _said(sentence: Sentence, told: Told) -> dict[str, Any]:
    said = {
        "text": _parts(sentence.parts),
        "cites": [told.numbers[place_of(span)] for span in sentence.shown],
        "rest": 0,
    }
    if sentence.folded:
        said["rest"] = told.rests[tuple(map(place_of, sentence.folded))]
        said["more"] = told.strings.text("page.and_more", n=len(sentence.folded))
    return said


# ---------------------------------------------------------------- PDF


def pdf(view: View) -> bytes:
    """The briefing as PDF, set by Typst: tagged, with an outline; texts are data to it."""
    import typst  # noqa: PLC0415 - an extra

    told = _told(view)
    data = {
        "title": told.briefing.title,
        "lang": strings().locale.language,
        "notes": [_parts(note.parts) for note in told.briefing.notes],
        "lead": told.word("page.lead"),
        "sections": [
            {
                "title": section.title,
                "blocks": [_block(block, told) for block in section.blocks],
                "notes": [_parts(note.parts) for note in section.notes],
            }
            for section in told.briefing.sections
        ],
        "sources_title": told.word("page.sources"),
        "sources": told.sources,
        "further_title": told.word("page.further"),
        "rests": [
            {"number": number, "cites": [told.numbers[place] for place in places]}
            for places, number in told.rests.items()
        ],
    }
    return bytes(
        typst.compile(
            (TEMPLATES / "briefing.typ").read_bytes(),
            format="pdf",
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            timestamp=int(_THEN.timestamp()),
        )
    )


def _block(block: Block | Grid, told: Told) -> dict[str, Any]:
    if isinstance(block, Grid):
        return {
            "columns": list(block.columns),
            "rows": [
                {
                    "heads": [_clean(head) for head in row.heads],
                    "said": [_said(sentence, told) for sentence in row.sentences],
                }
                for row in block.rows
            ],
        }
    return {
        "title": None if block.title is None else _clean(block.title),
        "listed": block.listed,
        "paragraphs": [
            [_said(sentence, told) for sentence in paragraph.sentences]
            for paragraph in block.paragraphs
        ],
    }


# ---------------------------------------------------------------- DOCX


def docx(view: View) -> bytes:
    """The briefing as a word processor's document; numbers are links to the list of sources."""
    import docx as library  # noqa: PLC0415 - an extra

    told = _told(view)
    document = library.Document()
    _properties(document, told.briefing.title)
    document.add_heading(_clean(told.briefing.title), 0)
    document.add_paragraph(" · ".join(_parts(note.parts) for note in told.briefing.notes))
    document.add_paragraph(told.word("page.lead"))
    for section in told.briefing.sections:
        document.add_heading(_clean(section.title), 1)
        for block in section.blocks:
            if isinstance(block, Grid):
                _grid(document, block, told)
            else:
                _paragraphs(document, block, told)
        for note in section.notes:
            document.add_paragraph(_parts(note.parts), style="List Bullet")
    document.add_heading(told.word("page.sources"), 1)
    for source in told.sources:
        _source(document, source)
    if told.rests:
        document.add_heading(told.word("page.further"), 1)
    for places, number in told.rests.items():
        _rest(document, number, [told.numbers[place] for place in places], len(told.sources))
    out = io.BytesIO()
    document.save(out)
    return _timeless(out.getvalue())


def _properties(document: Any, title: str) -> None:
    document.styles["Normal"].font.name = "Georgia"
    about = document.core_properties
    about.title, about.author, about.comments = title, "Dragoman", ""
    about.created = about.modified = _THEN.replace(tzinfo=None)


def _paragraphs(document: Any, block: Block, told: Told) -> None:
    if block.title is not None:
        document.add_heading(_clean(block.title), 2)
    for paragraph in block.paragraphs:
        added = document.add_paragraph(style="List Bullet" if block.listed else None)
        _sentences(added, paragraph.sentences, told)


def _grid(document: Any, grid: Grid, told: Told) -> None:
    table = document.add_table(rows=1, cols=len(grid.columns), style="Light Grid Accent 1")
    for cell, column in zip(table.rows[0].cells, grid.columns, strict=True):
        cell.text = _clean(column)
    for row in grid.rows:
        cells = table.add_row().cells
        for cell, head in zip(cells, row.heads, strict=False):
            cell.text = _clean(head)
        _sentences(cells[-1].paragraphs[0], row.sentences, told)


def _sentences(paragraph: Any, sentences: Iterable[Sentence], told: Told) -> None:
    for sentence in sentences:
        said = _said(sentence, told)
        paragraph.add_run(said["text"])
        for number in said["cites"]:
            _link(paragraph, f"w{number}", f"[{number}]")
        if said["rest"]:
            paragraph.add_run(" ")
            _link(paragraph, f"m{said['rest']}", said["more"])
        paragraph.add_run(" ")


def _link(paragraph: Any, anchor: str, text: str) -> None:
    """A raised number that leads to a place in the document."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 - an extra
    from docx.oxml.ns import qn  # noqa: PLC0415

    run = paragraph.add_run(text)
    run.font.superscript = True
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), anchor)
    run._r.addprevious(link)  # noqa: SLF001 - the library has no call for links within
    link.append(run._r)  # noqa: SLF001


def _source(document: Any, source: dict[str, Any]) -> None:
    number = source["number"]
    paragraph = document.add_paragraph(f"{number}. {source['label']}: ")
    words = paragraph.add_run(f"“{source['words']}”")
    words.font.rtl = source["dir"] == "rtl"
    _place(paragraph, number, f"w{number}")


def _rest(document: Any, number: int, cites: Iterable[int], before: int) -> None:
    """What is folded of a sentence's citations; places are numbered on behind the sources."""
    paragraph = document.add_paragraph()
    for cited in cites:
        _link(paragraph, f"w{cited}", f"[{cited}]")
    _place(paragraph, before + number, f"m{number}")


def _place(paragraph: Any, number: int, name: str) -> None:
    """Make a paragraph a place that links lead to."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 - an extra
    from docx.oxml.ns import qn  # noqa: PLC0415

    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    paragraph._p.insert(0, start)  # noqa: SLF001 - the library has no call for bookmarks
    paragraph._p.append(end)  # noqa: SLF001


def _timeless(document: bytes) -> bytes:
    """The document with one time on all its parts, so that the same record gives the same bytes."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(document)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.infolist():
            fresh = zipfile.ZipInfo(part.filename, (2000, 1, 1, 0, 0, 0))
            fresh.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(fresh, source.read(part))
    return out.getvalue()
