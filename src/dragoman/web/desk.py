"""A record held open: one reader and its catalogue, both made anew when the file changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar, cast
from urllib.parse import quote, urlencode

from dragoman.errors import EntryMissing
from dragoman.record import Reader
from dragoman.render.view import distinct
from dragoman.types import AnyEntry, Entry, Span, entry_from_json
from dragoman.web.catalogue import Card, opened

# SQLite takes so many values in one query, and more.
_BATCH = 500

T = TypeVar("T")
Stamp = tuple[tuple[int, int], ...]


class Cite(NamedTuple):
    """A link to words: where it leads, what their report is called, the words."""

    href: str
    label: str
    words: str


class Desk:
    """What the pages read.

    It belongs to the thread that opened it.

    Args:
        path: the record.

    Raises:
        RecordMissing, RecordDamaged, RecordError: the record can't be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stamp = _stamp(path)
        self._open()

    def _open(self) -> None:
        self.reader = Reader(self.path).__enter__()
        try:
            self.catalogue = opened(self.reader, self.path)
        except BaseException:
            self.reader.__exit__(None, None, None)
            raise
        # The state of the record that is shown; what is kept for a page is kept for this state.
        self.state = max((state.id for state in self.reader.states()), default=0)
        self.kept: dict[object, object] = {}

    def close(self) -> None:
        """Let go of the record."""
        self.catalogue.close()
        self.reader.__exit__(None, None, None)

    def refresh(self) -> None:
        """Read the record anew if it was written since."""
        if (stamp := _stamp(self.path)) != self._stamp:
            self.close()
            self._open()
            self._stamp = stamp

    def once(self, key: str, make: Callable[[], T]) -> T:
        """What is made once for a state of the record."""
        if key not in self.kept:
            self.kept[key] = make()
        return cast("T", self.kept[key])

    # ------------------------------------------------------------ entries

    def entries(self, seqs: Sequence[int]) -> list[AnyEntry]:
        """Entries by their numbers in the record, in the order given."""
        found: dict[int, AnyEntry] = {}
        for at in range(0, len(seqs), _BATCH):
            some = seqs[at : at + _BATCH]
            marks = ", ".join("?" * len(some))
            query = f"SELECT seq, json FROM entry WHERE seq IN ({marks})"
            for seq, line in self.reader.rows(query, *some):
                found[seq] = entry_from_json(line)
        return [found[seq] for seq in seqs if seq in found]

    def entry(self, id_: str) -> AnyEntry:
        """The entry of an id.

        Raises:
            EntryMissing: none stands that has it.
        """
        seq = self.catalogue.one("SELECT seq FROM item WHERE id = ?", id_)
        if seq is None:
            raise EntryMissing(id_, "no such entry in the record", "look it up in a list")
        return self.entries([seq])[0]

    def wanted(
        self, kind: str, where: str = "1", *values: object, most: int = 50
    ) -> list[AnyEntry]:
        """The first entries of a kind of which something holds, by date."""
        seqs = self.catalogue.rows(
            f"SELECT seq FROM item WHERE kind = ? AND {where}"
            " ORDER BY first IS NULL, first, last, id LIMIT ?",
            kind,
            *values,
            most,
        )
        return self.entries([seq for (seq,) in seqs])

    # ------------------------------------------------------------ addresses

    def card(self, report: str) -> Card:
        """A report in a few words.

        Raises:
            EntryMissing: there is none of that id.
        """
        if (card := self.catalogue.cards.get(report)) is None:
            raise EntryMissing(report, "no such report in the record", "look it up in the list")
        return card

    def cites(self, spans: Iterable[Span]) -> list[Cite]:
        """Links to the words that may be cited.

        A second place of one report comes after the first places of all; of these, one of each
        account before the second of any.
        """
        places: dict[str, int] = {}
        turns: dict[tuple[int, str], int] = {}
        ranked = []
        for span in distinct(spans):
            places[span.report] = place = places.get(span.report, 0) + 1
            key = (place, self.card(span.report).root)
            turns[key] = turns.get(key, 0) + 1
            ranked.append((place, turns[key], span))
        ranked.sort(key=lambda each: each[:2])
        return [self.cite(span) for _, _, span in ranked]

    def cite(self, span: Span) -> Cite:
        """The link to the words of a span."""
        return Cite(words_address(span), self.card(span.report).label, span.text)

    def accounts(self, entry: Entry) -> tuple[int, int]:
        """How many independent accounts an entry has, and how many reports."""
        reports = {span.report for span in entry.evidence if span.citable}
        return self.catalogue.independent(reports), len(reports)

    def actor(self, id_: str | None, name: str) -> str:
        """The address of an actor: its page, or where it has none, what is told of the name."""
        if id_ and id_ in self.catalogue.names:
            return f"/actors/{id_}"
        return f"/search?{urlencode({'q': name})}"


def words_address(span: Span) -> str:
    """The address of words in the report that they stand in."""
    return f"/reports/{quote(span.report)}?words={span.start}-{span.end}#words"


def _stamp(path: Path) -> Stamp:
    """What changes when the record is written: sizes and times of the file and its log.

    An empty log is none: SQLite makes one whenever somebody reads.
    """
    found = []
    for each in (path, path.with_name(path.name + "-wal")):
        try:
            told = each.stat()
        except FileNotFoundError:
            found.append((0, 0))
        else:
            found.append((told.st_mtime_ns, told.st_size) if told.st_size else (0, 0))
    return tuple(found)
