"""What every template can ask: words, dates, links to words and to actors."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from dragoman.render import words
from dragoman.render.safe import direction, harmless, language, language_name, on_one_line
from dragoman.render.strings import TEMPLATES, Strings
from dragoman.render.teller import Teller
from dragoman.render.view import Index, cited, distinct, told
from dragoman.types import AnyEntry, Entry, Interval, Meeting, Span
from dragoman.web.catalogue import Card
from dragoman.web.desk import Cite, Desk, words_address
from dragoman.web.security import seal
from dragoman.web.settings import Settings

_HERE = Path(__file__).parent
# Citations of one thing that are shown before the rest is folded away.
MOST = 3


class _Nothing:
    """A view of a record that holds nothing: enough to name what is given."""

    def entries(self, kind: str | None = None) -> Iterable[AnyEntry]:  # noqa: ARG002
        return iter(())

    def text(self, report_id: str) -> str:
        raise KeyError(report_id)

    def skipped(self) -> Iterable[tuple[str, str, str]]:
        return ()


@functools.cache
def strings() -> Strings:
    """The words of the briefing, and under `web` those of the pages."""
    table: dict[str, Any] = msgspec.yaml.decode((TEMPLATES / "strings.yaml").read_bytes())
    table["web"] = msgspec.yaml.decode((_HERE / "strings.yaml").read_bytes())
    return Strings(table)


@functools.cache
def environment() -> Environment:
    """Where the templates are; whatever they put out is made harmless, then escaped."""
    return Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_harmless,
        extensions=["jinja2.ext.do"],
    )


def _harmless(value: object) -> object:
    if value is None:
        return ""
    return harmless(value) if isinstance(value, str) and not isinstance(value, Markup) else value


class Page:
    """A page that is being made.

    Args:
        desk: the record.
        settings: how it is served.
        path: the page's address without what stands behind the question mark.
        query: what stands there.
        session: what the forms of this browser are bound to.
    """

    def __init__(
        self,
        desk: Desk,
        settings: Settings,
        path: str,
        query: Mapping[str, str],
        session: str = "",
    ) -> None:
        self.desk, self.settings, self.path = desk, settings, path
        self.query, self.session = dict(query), session
        self.strings = strings()
        self._teller = Teller(Index(_Nothing()), self.strings)  # type: ignore[arg-type]

    def render(self, template: str, **context: object) -> str:
        """The page as HTML."""
        return environment().get_template(template).render(page=self, told=told, **context)

    # ------------------------------------------------------------ words

    def say(self, key: str, /, **values: Any) -> str:
        """A string of the pages."""
        return self.strings.text(f"web.{key}", **values)

    def word(self, *path: str) -> str:
        """A word of the pages, under names that may hold dots and blanks; itself if unknown."""
        try:
            found = self.strings.at("web", *path)
        except (KeyError, TypeError):
            return path[-1]
        return str(found)

    def stance(self, stance: str) -> str:
        """A stance in a word."""
        return str(self.strings.at("position", "stance", stance, "word"))

    def force(self, force: str, *, negated: bool = False) -> str:
        """What the speaker did with the words: "demanded"."""
        return str(self.strings.at("statement", "force", force, "not" if negated else "said"))

    def date(self, when: Interval | None) -> str:
        """A date as it stands in a list."""
        return words.bare_date(when, self.strings)

    def figure(self, number: float) -> str:
        """A number in figures."""
        return words.figure(number, self.strings)

    def share(self, part: float) -> str:
        """A part in per cent."""
        return words.share(part, self.strings)

    def measure(self, number: float | None, unit: str | None) -> str:
        """A number and its unit."""
        return words.measure(number, unit, self.strings)

    def duration(self, minutes: int) -> str:
        """How long something lasted."""
        return words.duration(minutes, self.strings)

    def language(self, code: str | None) -> str:
        """What a language is called."""
        return language_name(code, self.strings.locale) or self.say("unknown")

    def accounts(self, entry: Entry) -> str:
        """How many independent accounts an entry has."""
        return words.accounts(*self.desk.accounts(entry), self.strings)

    def counted(self, independent: int, reports: int) -> str:
        """How many independent accounts so many reports are."""
        return words.accounts(independent, reports, self.strings)

    def listed(self, names: Sequence[str]) -> str:
        """Names as a list in words."""
        return words.listed(names, self.strings) if names else ""

    def meeting(self, entry: Meeting) -> str:
        """What a meeting is called."""
        return self._teller.meeting(entry)

    @staticmethod
    def line(text: str | None, most: int = 0) -> str:
        """Text on one line, cut where it is longer than `most`."""
        line = on_one_line(text or "")
        return line if not most or len(line) <= most else line[: most - 1].rstrip() + "…"

    # ------------------------------------------------------------ links

    def cites(self, entry: Entry, *fields: str) -> list[Cite]:
        """Links to the words that fields of an entry rest on."""
        return self.desk.cites(cited(entry, *fields))

    def all_cites(self, spans: Iterable[Span]) -> list[Cite]:
        """Links to the words that may be cited of some spans."""
        return self.desk.cites(distinct(spans))

    @staticmethod
    def words_address(span: Span) -> str:
        """The address of words."""
        return words_address(span)

    def card(self, report: str) -> Card:
        """A report in a few words."""
        return self.desk.card(report)

    def actor(self, id_: str | None, name: str | None) -> Markup:
        """A name that leads to the actor's page."""
        if name is None:
            return Markup("")
        return Markup('<a class="name" href="{}"><bdi>{}</bdi></a>').format(
            self.desk.actor(id_, name), on_one_line(name)
        )

    def actors(self, ids: Sequence[str], names: Sequence[str]) -> list[Markup]:
        """Names that lead to the actors' pages."""
        known = list(ids) if len(ids) == len(names) else [None] * len(names)
        return [self.actor(id_, name) for id_, name in zip(known, names, strict=True)]

    def names(self, ids: Sequence[str], names: Sequence[str]) -> Markup:
        """The same as a list in words."""
        linked = self.actors(ids, names)
        if not linked:
            return Markup("")
        # Marks stand for the names while the list is put into words.
        marks = [f"\x00{place}\x00" for place in range(len(linked))]
        text = str(escape(words.listed(marks, self.strings)))
        for mark, link in zip(marks, linked, strict=True):
            text = text.replace(mark, str(link), 1)
        return Markup(text)  # noqa: S704 - escaped above, links escaped where they are made

    def quoted(self, span: Span, most: int = 0) -> Markup:
        """The very words of a span, in their language and direction."""
        card = self.card(span.report)
        lang = Markup(' lang="{}"').format(card.language) if card.language else ""
        return Markup('<q dir="{}"{}>{}</q>').format(card.dir, lang, self.line(span.text, most))

    def to(self, path: str, **query: str | int | None) -> str:
        """An address with settings."""
        written = urlencode({name: value for name, value in query.items() if value is not None})
        return f"{path}?{written}" if written else path

    # ------------------------------------------------------------ forms

    @property
    def edit(self) -> bool:
        """Whether the record may be corrected here."""
        return self.settings.edit

    def seal(self) -> str:
        """What forms hold so that they are known to come from here."""
        return seal(self.settings, self.session)

    @staticmethod
    def direction(code: str | None) -> str:
        """The direction in which a language is written."""
        return direction(language(code))
