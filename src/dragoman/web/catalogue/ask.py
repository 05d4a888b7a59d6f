"""The catalogue as pages ask it."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable
from typing import Any

from dragoman.languages.lexicon import fold
from dragoman.types import Interval, Value
from dragoman.web.catalogue.rows import FAR


class Card(Value, frozen=True, kw_only=True):
    """A report in a few words. `root` is the report that its family stems from."""

    id: str
    label: str
    title: str | None
    source: str
    language: str | None
    dir: str
    published: Interval | None
    root: str
    made_from: str | None = None
    form: str | None = None
    share: float | None = None


class Catalogue:
    """What stands in a record, as rows.

    Args:
        db: the rows, as `make` wrote them; it is let go of with the catalogue.

    Attributes:
        cards: the reports by id.
        families: the reports of each family by the id of its root, the root first.
        names: canonical names of actors by id.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.cards: dict[str, Card] = {}
        self.families: dict[str, list[str]] = {}
        for id_, label, title, source, language, dir_, first, last, *made in self.rows(
            "SELECT * FROM card ORDER BY rowid"
        ):
            self.cards[id_] = card = Card(
                id=id_,
                label=label,
                title=title,
                source=source,
                language=language,
                dir=dir_,
                published=interval(first, last),
                root=made[0],
                made_from=made[1],
                form=made[2],
                share=made[3],
            )
            family = self.families.setdefault(card.root, [card.root])
            if id_ != card.root:
                family.append(id_)
        self.names: dict[str, str] = dict(self.rows("SELECT id, name FROM named"))

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """The rows that a SELECT gives."""
        return self.db.execute(query, values).fetchall()

    def one(self, query: str, *values: Any) -> Any:
        """The single value that a SELECT gives; None where it gives no row."""
        row = self.db.execute(query, values).fetchone()
        return None if row is None else row[0]

    def close(self) -> None:
        """Let go of the rows."""
        self.db.close()

    def independent(self, reports: Iterable[str]) -> int:
        """How many of the reports don't stem from one another."""
        cards = self.cards
        return len({cards[r].root if r in cards else r for r in reports})

    def known_as(self, name: str) -> list[str]:
        """The keys of the actors that go by a name, or of the one that has this id."""
        if name in self.names:
            return [name]
        folded = fold(name)
        found = [key for (key,) in self.rows("SELECT key FROM form WHERE folded = ?", folded)]
        return list(dict.fromkeys([*found, folded]))

    def called(self, key: str) -> str:
        """What the actor of a key is called."""
        return self.names.get(key, key)


def interval(first: int | None, last: int | None) -> Interval | None:
    """The interval of two days of the catalogue; None where the date is unknown."""
    if first is None or last is None:
        return None
    return Interval(
        dt.date.fromordinal(first) if first else None,
        dt.date.fromordinal(last) if last != FAR else None,
    )
