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
from dragoman.render.parts import Block, Briefing, Grid, Part, Sentence
from dragoman.render.safe import direction, harmless, language
from dragoman.render.strings import TEMPLATES, strings
from dragoman.render.teller import Teller
from dragoman.render.view import Index, View

# Documents carry a time; the same record has to give the same bytes.
_THEN = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
# Characters that XML can't hold; `harmless` leaves them as they are.
_NO_XML = dict.fromkeys((0xFFFE, 0xFFFF))


class Told(NamedTuple):
    """A briefing with the numbers of its citations and the list that they lead to."""

    briefing: Briefing
    numbers: dict[tuple[str, int, int], int]
    sources: list[dict[str, Any]]
    lead: str
    sources_title: str


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
        str(teller.strings["page.lead"]),
        str(teller.strings["page.sources"]),
    )


def _clean(text: str) -> str:
    return " ".join(harmless(text).translate(_NO_XML).split())


def _parts(parts: Iterable[Part]) -> str:
    return _clean("".join(part.text for part in parts))


def _said(sentence: Sentence, told: Told) -> dict[str, Any]:
    cites = [told.numbers[span.report, span.start, span.end] for span in sentence.citations]
    return {"text": _parts(sentence.parts), "cites": cites}


# ---------------------------------------------------------------- PDF


def pdf(view: View) -> bytes:
    """The briefing as PDF, set by Typst: tagged, with an outline; texts are data to it."""
    import typst  # noqa: PLC0415 - an extra

    told = _told(view)
    data = {
        "title": told.briefing.title,
        "lang": strings().locale.language,
        "notes": [_parts(note.parts) for note in told.briefing.notes],
        "lead": told.lead,
        "sections": [
            {
                "title": section.title,
                "blocks": [_block(block, told) for block in section.blocks],
                "notes": [_parts(note.parts) for note in section.notes],
            }
            for section in told.briefing.sections
        ],
        "sources_title": told.sources_title,
        "sources": told.sources,
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
    document.add_paragraph(_clean(told.lead))
    for section in told.briefing.sections:
        document.add_heading(_clean(section.title), 1)
        for block in section.blocks:
            if isinstance(block, Grid):
                _grid(document, block, told)
            else:
                _paragraphs(document, block, told)
        for note in section.notes:
            document.add_paragraph(_parts(note.parts), style="List Bullet")
    document.add_heading(_clean(told.sources_title), 1)
    for source in told.sources:
        _source(document, source)
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
    from docx.oxml import OxmlElement  # noqa: PLC0415 - an extra
    from docx.oxml.ns import qn  # noqa: PLC0415

    number = source["number"]
    paragraph = document.add_paragraph(f"{number}. {source['label']}: ")
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(number))
    start.set(qn("w:name"), f"w{number}")
    paragraph._p.insert(0, start)  # noqa: SLF001 - the library has no call for bookmarks
    words = paragraph.add_run(f"“{source['words']}”")
    words.font.rtl = source["dir"] == "rtl"
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
