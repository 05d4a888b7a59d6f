"""What the renderers read: a `View` of a record, and an index made of it once.

`record.Reader` is a view; so is any object with these three methods.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, Protocol, TypeVar

from dragoman.types import AnyEntry, Entry, Lineage, Meeting, Report, Span, Statement

E = TypeVar("E", bound=Entry)


class View(Protocol):
    """A record as it can be read."""

    def entries(self, kind: str | None = None) -> Iterator[AnyEntry]:
        """All entries, or those of one kind, in the record's fixed order."""
        ...

    def text(self, report_id: str) -> str:
        """A report's text as received."""
        ...

    def skipped(self) -> Iterable[tuple[str, str, str]]:
        """What could not be read: (source, cause, next step)."""
        ...


# What an entry can't be told without.
_CORE: dict[str, tuple[str, ...]] = {
    "meeting": ("form", "status"),
    "position": ("party", "issue", "stance"),
    "commitment": ("subject", "status"),
    "incident": ("type",),
    "statement": ("content",),
}


def citable(entry: Entry) -> bool:
    """Whether it may be told: some of its words may be cited, and none of its core is in doubt."""
    if isinstance(entry, Statement) and not entry.evidence[0].citable:
        return False
    return any(span.citable for span in entry.evidence) and all(
        told(entry, field) is not None for field in _CORE.get(entry.kind, ())
    )


def told(entry: Entry, field: str) -> Any:
    """A field's value, or None where the only words given for it may not be cited.

    Words given for a field carry its name as role; a field without any rests on the entry's other
    words.
    """
    doubted = False
    for span in entry.evidence:
        if span.role == field:
            if span.citable:
                return getattr(entry, field)
            doubted = True
    return None if doubted else getattr(entry, field)


def cited(entry: Entry, *fields: str) -> tuple[Span, ...]:
    """The citable words for fields of an entry: those with their roles, otherwise its general ones.

    General words carry no role; where there are none, it is all that may be cited.
    """
    spans = [span for span in entry.evidence if span.citable]
    own = [span for span in spans if span.role in fields]
    return distinct(own or [span for span in spans if span.role is None] or spans)


def distinct(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The citable spans, each place once, in the order given."""
    places: dict[tuple[str, int, int], Span] = {}
    for span in spans:
        if span.citable:
            places.setdefault((span.report, span.start, span.end), span)
    return tuple(places.values())


def _published(report: Report) -> tuple[bool, dt.date, dt.date, str, str]:
    when = told(report, "published")
    first, last = when.sort_key() if when else (dt.date.max, dt.date.max)
    return when is None, first, last, report.source, report.id


class Index:
    """The entries of a view by kind and id, and which reports stem from one another.

    Args:
        view: what to read; it is read once.
    """

    def __init__(self, view: View) -> None:
        self.view = view
        self.entries: tuple[AnyEntry, ...] = tuple(view.entries())
        self.by_id: dict[str, AnyEntry] = {entry.id: entry for entry in self.entries}
        reports = sorted(self.of(Report), key=_published)
        self.reports: dict[str, Report] = {report.id: report for report in reports}
        self._family = {report: report for report in self.reports}
        for lineage in self.of(Lineage):
            if citable(lineage):
                first, second = self._root(lineage.report), self._root(lineage.source)
                self._family[max(first, second)] = min(first, second)

    def of(self, cls: type[E]) -> list[E]:
        """All entries of a kind, in the record's order."""
        return [entry for entry in self.entries if isinstance(entry, cls)]

    def stated(self, cls: type[E]) -> list[E]:
        """The entries of a kind that may be told."""
        return [entry for entry in self.of(cls) if citable(entry)]

    def meeting(self, id_: str | None) -> Meeting | None:
        """The meeting of that id, if there is one and it may be told."""
        entry = self.by_id.get(id_ or "")
        return entry if isinstance(entry, Meeting) and citable(entry) else None

    def family(self, report: str) -> str:
        """A name for all reports that stem from one another; the same for each of them."""
        return self._root(report)

    def independent(self, reports: Iterable[str]) -> int:
        """How many of the reports don't stem from one another."""
        return len({self._root(report) for report in reports})

    def _root(self, report: str) -> str:
        while (parent := self._family.get(report, report)) != report:
            report = parent
        return report
