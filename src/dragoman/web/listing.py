"""A list of entries: filtered by what the address says, in pages, with counts to choose from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

from dragoman.languages.lexicon import fold
from dragoman.types import AnyEntry, Value
from dragoman.web.desk import Desk

PER_PAGE = 40
# Counts of facets that are kept.
_KEPT = 512
# Choices shown of a facet.
_CHOICES = 12
_COLUMNS = {
    "status": "status",
    "topic": "topic",
    "issue": "topic",
    "subject": "topic",
    "field": "topic",
    "type": "status",
    "form": "topic",
    "stance": "status",
    "verdict": "status",
    "mode": "status",
    "speaker": "speaker",
    "side": "side",
    "channel": "channel",
    "force": "force",
    "language": "language",
    "outlet": "outlet",
    "round": "round",
}
_NAMED = (
    "(name LIKE ? ESCAPE '!' OR topic LIKE ? ESCAPE '!' OR id IN"
    " (SELECT key FROM form WHERE folded LIKE ? ESCAPE '!'))"
)
_PERSONS = frozenset({"party", "actor", "speaker"})


class Choice(NamedTuple):
    """A value to filter by, what it is called, how many there are, and where that leads."""

    value: str
    label: str
    number: int
    href: str
    chosen: bool


class Facet(NamedTuple):
    """Something to filter by."""

    key: str
    choices: tuple[Choice, ...]
    more: int


class Chip(NamedTuple):
    """A filter that is on: its name and value, and the address without it."""

    key: str
    label: str
    href: str


class Shape(Value, frozen=True, kw_only=True):
    """What a list is of.

    Attributes:
        path: its address.
        kind: the kind of entries.
        facets: what it offers to filter by.
        order: how it is sorted: `date`, `name`, `accounts`, `latest`.
        leads: whether what is told alike is shown once.
    """

    path: str
    kind: str
    facets: tuple[str, ...] = ()
    order: str = "date"
    leads: bool = False
    per: int = PER_PAGE


_ORDERS = {
    "date": "first IS NULL, first, last, id",
    "latest": "last IS NULL, last DESC, first DESC, id",
    "name": "name, id",
    "accounts": "accounts DESC, reports DESC, name, id",
}


class Listing(Value, frozen=True, kw_only=True):
    """A page of a list."""

    entries: tuple[Any, ...]
    seqs: tuple[int, ...]
    total: int
    page: int
    pages: int
    first: int
    path: str
    query: dict[str, str]
    facets: tuple[Facet, ...]
    chips: tuple[Chip, ...]

    def address(self, **changes: str | int | None) -> str:
        """The address of this list with some of its settings changed; None takes one away."""
        return address(self.path, self.query, **changes)


def address(path: str, query: Mapping[str, str], **changes: str | int | None) -> str:
    """An address with some settings changed; a page number is kept only where it is given."""
    kept = {name: value for name, value in query.items() if name != "page"}
    kept |= {name: str(value) for name, value in changes.items() if value is not None}
    for name, value in changes.items():
        if value is None:
            kept.pop(name, None)
    written = urlencode({name: kept[name] for name in sorted(kept)})
    return f"{path}?{written}" if written else path


class Where:
    """Conditions and their values, put together from what an address asks for.

    Args:
        desk: the record.
        shape: the list.
        query: the address's settings; unknown ones and empty ones don't matter.
    """

    def __init__(self, desk: Desk, shape: Shape, query: Mapping[str, str]) -> None:
        self._desk = desk
        self.conditions: dict[str, tuple[str, tuple[Any, ...]]] = {
            "kind": ("kind = ?", (shape.kind,))
        }
        for name in shape.facets:
            if value := query.get(name):
                self._choose(name, value)
        if value := query.get("q"):
            self._search(shape.kind, value)
        since, until = day(query.get("since")), day(query.get("until"))
        if since is not None:
            self.conditions["since"] = ("last >= ?", (since,))
        if until is not None:
            self.conditions["until"] = ("first <= ?", (until,))
        if query.get("review"):
            self.conditions["review"] = ("NOT citable", ())
        if shape.leads and not self.conditions.keys() & {"language", "outlet", "q", "review"}:
            self.conditions["lead"] = ("lead", ())

    def _choose(self, name: str, value: str) -> None:
        if name in _PERSONS:
            keys = self._desk.catalogue.known_as(value)
            marks = ", ".join("?" * len(keys))
            column = "speaker" if name == "speaker" else "key"
            test = f"{column} IN ({marks})"
            if name != "speaker":
                test = f"seq IN (SELECT seq FROM party WHERE {test})"
            self.conditions[name] = (test, tuple(keys))
        elif value == "-":
            self.conditions[name] = (f"{_COLUMNS[name]} IS NULL", ())
        else:
            self.conditions[name] = (f"{_COLUMNS[name]} = ?", (value,))

    def _search(self, kind: str, value: str) -> None:
        catalogue = self._desk.catalogue
        if kind == "statement":
            seqs = self._desk.reader.matching("statement", value)
        elif kind == "report":
            seqs = report_entries(self._desk, self._desk.reader.matching("report", value))
        else:
            words = f"%{_escaped(fold(value))}%"
            self.conditions["q"] = (_NAMED, (words, words, words))
            return
        catalogue.db.execute("CREATE TEMP TABLE IF NOT EXISTS hit (seq INTEGER PRIMARY KEY)")
        catalogue.db.execute("DELETE FROM hit")
        catalogue.db.execute("BEGIN")
        catalogue.db.executemany("INSERT OR IGNORE INTO hit VALUES (?)", ((s,) for s in seqs))
        catalogue.db.execute("COMMIT")
        self.conditions["q"] = ("seq IN (SELECT seq FROM hit)", ())

    def sql(self, *, without: str = "") -> tuple[str, list[Any]]:
        """The conditions, without those of one name, and their values."""
        chosen = [test for name, test in self.conditions.items() if name != without]
        values = [value for _, some in chosen for value in some]
        return " AND ".join(test for test, _ in chosen), values


def listing(
    desk: Desk,
    shape: Shape,
    query: Mapping[str, str],
    label: Callable[[str, str], str] = lambda _, value: value,
) -> Listing:
    """A page of a list, as an address asks for it.

    Args:
        desk: the record.
        shape: the list.
        query: the settings of the address.
        label: what a value of a facet is called.
    """
    asked = {name: value for name, value in query.items() if value}
    known = {*shape.facets, "q", "since", "until", "review", "page"}
    asked = {name: value for name, value in asked.items() if name in known}
    where = Where(desk, shape, asked)
    test, values = where.sql()
    catalogue = desk.catalogue
    total = catalogue.one(f"SELECT count(*) FROM item WHERE {test}", *values)
    pages = max(1, -(-total // shape.per))
    page = min(max(1, number(asked.get("page"), 1)), pages)
    seqs = [
        seq
        for (seq,) in catalogue.rows(
            f"SELECT seq FROM item WHERE {test} ORDER BY {_ORDERS[shape.order]} LIMIT ? OFFSET ?",
            *values,
            shape.per,
            (page - 1) * shape.per,
        )
    ]
    entries: list[AnyEntry] = desk.entries(seqs)
    return Listing(
        entries=tuple(entries),
        seqs=tuple(seqs),
        total=total,
        page=page,
        pages=pages,
        first=(page - 1) * shape.per + 1,
        path=shape.path,
        query=asked,
        facets=tuple(_facet(desk, shape, where, asked, name, label) for name in shape.facets),
        chips=tuple(
            Chip(name, label(name, value), address(shape.path, asked, **{name: None}))
            for name, value in asked.items()
            if name not in {"page", "q", "since", "until"}
        ),
    )


def _facet(
    desk: Desk,
    shape: Shape,
    where: Where,
    asked: Mapping[str, str],
    name: str,
    label: Callable[[str, str], str],
) -> Facet:
    test, values = where.sql(without=name)
    # What is searched for is told by no value of the condition.
    key = (shape.path, name, test, *values)
    kept: dict[Any, Sequence[tuple[Any, int]]] = desk.kept.setdefault("facets", {})  # type: ignore[assignment]
    counts = None if "q" in where.conditions else kept.get(key)
    if counts is None:
        counts = _counts(desk, name, test, values)
        if "q" not in where.conditions:
            if len(kept) >= _KEPT:
                kept.pop(next(iter(kept)))
            kept[key] = counts
    chosen = asked.get(name)
    shown = list(counts[:_CHOICES])
    return Facet(
        key=name,
        choices=tuple(
            Choice(
                str(value),
                label(name, str(value)),
                count,
                address(shape.path, asked, **{name: None if str(value) == chosen else str(value)}),
                str(value) == chosen,
            )
            for value, count in shown
        ),
        more=len(counts) - len(shown),
    )


def _counts(desk: Desk, name: str, test: str, values: Sequence[Any]) -> list[tuple[Any, int]]:
    if name in {"party", "actor"}:
        role = " AND role = 'party'" if name == "party" else ""
        query = (
            f"SELECT key, count(*) AS n FROM party WHERE seq IN (SELECT seq FROM item WHERE {test})"
            f"{role} GROUP BY key ORDER BY n DESC, key"
        )
    else:
        column = _COLUMNS[name]
        query = (
            f"SELECT {column}, count(*) AS n FROM item WHERE {test} AND {column} IS NOT NULL"
            f" GROUP BY {column} ORDER BY n DESC, {column}"
        )
    return desk.catalogue.rows(query, *values)


def report_entries(desk: Desk, numbers: Sequence[int]) -> list[int]:
    """The entries of reports that are given by their own numbers in the record."""
    key = "report numbers"
    if key not in desk.kept:
        ids = dict(desk.reader.rows("SELECT seq, id FROM report"))
        entries = dict(desk.catalogue.rows("SELECT id, seq FROM item WHERE kind = 'report'"))
        desk.kept[key] = {seq: entries[id_] for seq, id_ in ids.items() if id_ in entries}
    known: dict[int, int] = desk.kept[key]  # type: ignore[assignment]
    return [known[number] for number in numbers if number in known]


def number(text: str | None, default: int) -> int:
    """A whole number of an address; the default where it is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else default


def day(text: str | None) -> int | None:
    """A day of an address, counted as the catalogue does; None where it is none."""
    try:
        return dt.date.fromisoformat(text or "").toordinal()
    except ValueError:
        return None


def _escaped(text: str) -> str:
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
