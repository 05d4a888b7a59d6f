"""The briefing as Markdown: numbers lead to a list of sources with the very words at the end.

All text goes through `safe.for_markdown`, so that nothing in a report becomes markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dragoman.render import words
from dragoman.render.briefing import tell
from dragoman.render.parts import Block, Briefing, Grid, Part, Place, Section, Sentence, place_of
from dragoman.render.safe import for_markdown
from dragoman.render.strings import Strings, strings
from dragoman.render.teller import Teller, report_label
from dragoman.render.view import Index, View, told
from dragoman.types import Report, Span


class _Numbers:
    """The numbers by which a briefing's citations, and what is folded of them, go."""

    def __init__(self, briefing: Briefing, strings_: Strings) -> None:
        self.sources = briefing.sources()
        self.rests = briefing.rests()
        self._strings = strings_

    def links(self, places: Iterable[Place]) -> str:
        """Links to places in the list of sources."""
        numbers = [self.sources[place][0] for place in places]
        return "".join(f"[\\[{number}\\]](#w-{number})" for number in numbers)

    def cited(self, sentence: Sentence) -> str:
        """The citations that are shown with a sentence, and a link to the rest."""
        shown = self.links(map(place_of, sentence.shown))
        if not sentence.folded:
            return shown
        rest = self.rests[tuple(map(place_of, sentence.folded))]
        more = self._strings.text("page.and_more", n=len(sentence.folded))
        return f"{shown} [{for_markdown(more)}](#m-{rest})"


def markdown(view: View) -> str:
    """The briefing of a record as Markdown (CommonMark with GFM tables)."""
    teller = Teller(Index(view), strings())
    briefing = tell(teller)
    numbers = _Numbers(briefing, teller.strings)
    lines = [f"# {for_markdown(briefing.title)}", ""]
    lines += [" · ".join(_parts(note.parts) for note in briefing.notes), ""]
    lines += [for_markdown(str(teller.strings["page.lead"])), ""]
    for section in briefing.sections:
        lines += _section(section, numbers)
    lines += [f"## {for_markdown(str(teller.strings['page.sources']))}", ""]
    for number, span in numbers.sources.values():
        lines.append(_source(teller, number, span))
    if numbers.rests:
        lines += ["", f"## {for_markdown(str(teller.strings['page.further']))}", ""]
        for places, rest in numbers.rests.items():
            lines.append(f'<a id="m-{rest}"></a>{numbers.links(places)}  ')
    return "\n".join(lines).rstrip() + "\n"


def _section(section: Section, numbers: _Numbers) -> Iterator[str]:
    yield from (f"## {for_markdown(section.title)}", "")
    for block in section.blocks:
        if isinstance(block, Grid):
            yield from _grid(block, numbers)
        else:
            yield from _block(block, numbers)
    if section.notes:
        yield from (f"- {_parts(note.parts)}" for note in section.notes)
        yield ""


def _block(block: Block, numbers: _Numbers) -> Iterator[str]:
    if block.title is not None:
        yield from (f"### {for_markdown(block.title)}", "")
    for paragraph in block.paragraphs:
        line = _sentences(paragraph.sentences, numbers)
        yield f"- {line}" if block.listed else line
        if not block.listed:
            yield ""
    if block.listed:
        yield ""


def _grid(grid: Grid, numbers: _Numbers) -> Iterator[str]:
    yield _row(for_markdown(column) for column in grid.columns)
    yield _row("---" for _ in grid.columns)
    for row in grid.rows:
        heads = [for_markdown(head) for head in row.heads]
        yield _row([*heads, _sentences(row.sentences, numbers)])
    yield ""


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _sentences(sentences: Iterable[Sentence], numbers: _Numbers) -> str:
    return " ".join(f"{_parts(sentence.parts)} {numbers.cited(sentence)}" for sentence in sentences)


def _parts(parts: tuple[Part, ...]) -> str:
    # As one text: a sign at the start of a part is not at the start of a line.
    return for_markdown("".join(part.text for part in parts))


def _source(teller: Teller, number: int, span: Span) -> str:
    """A line of the list of sources: which report, where in it, and the words."""
    report = teller.index.reports.get(span.report)
    label = for_markdown(source_label(teller, report, span))
    return f'<a id="w-{number}"></a>{number}. {label}: “{for_markdown(span.text)}”  '


def source_label(teller: Teller, report: Report | None, span: Span) -> str:
    """Outlet, address, date of publication and offsets of a span."""
    strings_ = teller.strings
    named: list[str] = [span.report]
    if report is not None:
        published = told(report, "published")
        date = (
            strings_.text("page.published", date=words.bare_date(published, strings_))
            if published is not None
            else str(strings_["page.published_unknown"])
        )
        named = [report_label(report), report.source, date]
    named.append(strings_.text("page.offsets", start=span.start, end=span.end))
    if span.grounding == "repaired":
        named.append(str(strings_["page.repaired"]))
    return ", ".join(dict.fromkeys(named))
