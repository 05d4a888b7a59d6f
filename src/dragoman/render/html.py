"""The briefing as one HTML page that needs nothing from outside and runs no script.

The texts of the reports stand at its end, and every citation leads to its very words there.
"""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from dragoman.render import chronology, words
from dragoman.render.briefing import tell
from dragoman.render.parts import Grid, Part
from dragoman.render.pictures import Picture, positions_picture, timeline_picture
from dragoman.render.reader import Mark, marked
from dragoman.render.safe import direction, harmless, language
from dragoman.render.strings import TEMPLATES, strings
from dragoman.render.teller import Teller
from dragoman.render.view import Index, View, citable, told
from dragoman.types import Boilerplate, Repair, Report, Span, Value

_PIECE = re.compile(r'data-of="w-(\d+)"')
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})


class ReadReport(Value, frozen=True, kw_only=True):
    """A report in the part of the page that holds the texts."""

    id: str
    label: str
    facts: tuple[str, ...]
    lang: str | None
    dir: str
    text: Markup


class Page:
    """What the template asks for.

    Args:
        view: the record.
        pictures: whether to draw the timeline and the position table.
    """

    def __init__(self, view: View, *, pictures: bool) -> None:
        self.strings = strings()
        self.teller = Teller(Index(view), self.strings)
        self.briefing = tell(self.teller)
        sources = self.briefing.sources()
        self.numbers = {place: number for place, (number, _) in sources.items()}
        self.spans = dict(sources.values())
        self._met: set[int] = set()
        self.style = (TEMPLATES / "page.css").read_text(encoding="utf-8")
        self.events = chronology.events(self.teller)
        self.pictures: dict[str, Picture] = {}
        if pictures:
            drawn = {
                "talks": timeline_picture(self.teller, self.events),
                "positions": positions_picture(self.teller),
            }
            self.pictures = {key: picture for key, picture in drawn.items() if picture}
        self._marks = self._all_marks()
        self.reports = tuple(self._read(report) for report in self.teller.index.reports.values())
        self.style += self._pieces()

    # ------------------------------------------------------------ for the template

    def policy(self) -> str:
        """The content security policy: this very style and nothing else."""
        digest = hashlib.sha256(self.style.encode("utf-8")).digest()
        return (
            f"default-src 'none'; style-src 'sha256-{base64.b64encode(digest).decode('ascii')}'; "
            "img-src data:; base-uri 'none'; form-action 'none'"
        )

    def css(self) -> Markup:
        """The style, which holds no word of any report."""
        return Markup(self.style)  # noqa: S704

    def plain(self, text: str) -> Markup:
        """A name or a title."""
        return self.part(Part(text=text))

    def say(self, key: str, **values: str | int) -> str:
        """A string of the page."""
        return self.strings.text(key, **values)

    def is_grid(self, block: object) -> bool:
        """Whether a block is a grid."""
        return isinstance(block, Grid)

    def part(self, part: Part) -> Markup:
        """A stretch of a sentence; a report's very words in its language and direction."""
        text = escape(harmless(part.text))
        if part.report is None:
            return Markup("<bdi>{}</bdi>").format(text) if _turns(part.text) else text
        report = self.teller.index.reports.get(part.report)
        code = language(report.language) if report else None
        lang = Markup(' lang="{}"').format(code) if code else ""
        return Markup('<q dir="{}"{}>{}</q>').format(direction(code), lang, text)

    def cites(self, spans: tuple[Span, ...]) -> list[tuple[int, bool, str]]:
        """For each citation its number, whether it stands here first, and its source."""
        found = []
        for span in spans:
            number = self.numbers[span.report, span.start, span.end]
            label = harmless(self.teller.report(span.report))
            found.append((number, number not in self._met, label))
            self._met.add(number)
        return found

    def bare_date(self, event: chronology.Event) -> str:
        """An event's date for a table."""
        return words.bare_date(event.date, self.strings)

    # ------------------------------------------------------------ the texts

    def _read(self, report: Report) -> ReadReport:
        text = self.teller.index.view.text(report.id)
        label = self.teller.report(report.id)
        code = language(report.language)
        return ReadReport(
            id=report.id,
            label=harmless(label),
            facts=tuple(harmless(fact) for fact in _facts(self.teller, report) if fact != label),
            lang=code,
            dir=direction(code),
            text=marked(text, self._marks.get(report.id, [])),
        )

    def _all_marks(self) -> dict[str, list[Mark]]:
        marks: dict[str, list[Mark]] = {}
        for number, span in self.spans.items():
            back = Markup('<a class="back" href="#c-{0}" data-n="{0}" aria-label="{1}"></a>')
            mark = Mark(
                span.start,
                span.end,
                "mark",
                anchor=f"w-{number}",
                after=back.format(number, self.say("page.back", n=number)),
            )
            marks.setdefault(span.report, []).append(mark)
        for entry in self.teller.index.entries:
            if isinstance(entry, Boilerplate) and citable(entry):
                note = (("class", "apart"), ("title", self.say("page.boilerplate")))
                for span in entry.evidence:
                    marks.setdefault(span.report, []).append(Mark(span.start, span.end, "s", note))
            elif isinstance(entry, Repair) and citable(entry):
                restored = (("class", "fix"), ("data-as", harmless(entry.restored)))
                for span in entry.evidence:
                    if span.citable:
                        marks.setdefault(span.report, []).append(
                            Mark(span.start, span.end, "u", restored)
                        )
        return marks

    def _pieces(self) -> str:
        """Rules that light up the later pieces of marks that cross others."""
        broken = sorted({int(n) for report in self.reports for n in _PIECE.findall(report.text)})
        return "".join(
            f'body:has(#w-{number}:target) [data-of="w-{number}"]'
            "{background:var(--lit);outline-color:var(--accent)}\n"
            for number in broken
        )


def _facts(teller: Teller, report: Report) -> list[str]:
    """Title, address, language and date of a report, for the line under its name."""
    published = told(report, "published")
    facts = [told(report, "title"), report.source, teller.language(report.language)]
    facts.append(
        teller.strings.text("page.published", date=words.bare_date(published, teller.strings))
        if published is not None
        else str(teller.strings["page.published_unknown"])
    )
    return [fact for fact in facts if fact]


def _turns(text: str) -> bool:
    """Whether any of it is written from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(c) in _RIGHT_TO_LEFT for c in text)


def html(view: View, *, pictures: bool = True) -> str:
    """The briefing of a record as one self-contained HTML page.

    Args:
        view: the record.
        pictures: whether to draw the timeline and the position table.
    """
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = Page(view, pictures=pictures)
    return environment.get_template("page.html.j2").render(page=page)
