"""Makes the catalogue of a record: every entry is read once."""

from __future__ import annotations

import collections
import sqlite3
from typing import Any

from dragoman.languages.lexicon import fold
from dragoman.record import Reader
from dragoman.render.safe import direction, language, on_one_line
from dragoman.render.sayings import plain_words, who_says
from dragoman.render.teller import report_label
from dragoman.render.view import citable, told
from dragoman.types import (
    Actor,
    AnyEntry,
    Comparison,
    Lineage,
    Report,
    Statement,
    entry_from_json,
)
from dragoman.web.catalogue.ask import Card
from dragoman.web.catalogue.rows import VALUES, date, days, events, parties

TABLES = """
CREATE TABLE item (
    seq      INTEGER PRIMARY KEY,   -- that of the record
    id       TEXT NOT NULL UNIQUE,
    kind     TEXT NOT NULL,
    first    INTEGER,               -- days, as date.toordinal counts them
    last     INTEGER,
    status   TEXT,                  -- status, stance, verdict, form, type
    topic    TEXT,                  -- issue, subject, field
    name     TEXT,                  -- what lists are sorted by
    speaker  TEXT, side TEXT, channel TEXT, force TEXT, language TEXT,
    outlet   TEXT,
    about    TEXT,                  -- id of what it is about, or of its meeting
    round    INTEGER,
    lead     INTEGER NOT NULL,      -- whether it stands for all that tell the same
    saying   INTEGER,               -- seq of the one that stands for them
    citable  INTEGER NOT NULL,
    reports  INTEGER NOT NULL,
    accounts INTEGER NOT NULL       -- how many of the reports don't stem from one another
);
CREATE TABLE party (seq INTEGER NOT NULL, key TEXT NOT NULL, role TEXT NOT NULL);
CREATE TABLE event (
    seq INTEGER NOT NULL, place INTEGER NOT NULL, lane TEXT NOT NULL,
    first INTEGER, last INTEGER, what TEXT NOT NULL, status TEXT NOT NULL
);
CREATE TABLE form (folded TEXT NOT NULL, key TEXT NOT NULL);
CREATE TABLE named (id TEXT PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE card (
    id TEXT NOT NULL, label TEXT NOT NULL, title TEXT, source TEXT NOT NULL, language TEXT,
    dir TEXT NOT NULL, first INTEGER, last INTEGER,
    root TEXT NOT NULL, made_from TEXT, form TEXT, share REAL
);
CREATE TABLE made (key TEXT NOT NULL);  -- what it was made of, written last
"""
_INDEXES = """
CREATE INDEX item_list ON item (kind, lead, first);
CREATE INDEX item_order ON item (kind, first IS NULL, first, last, id);
-- Filters and their counts are read from this one alone.
CREATE INDEX item_facets ON item
    (kind, lead, force, language, side, channel, outlet, speaker, status, topic);
CREATE INDEX item_firm ON item (citable, kind);
CREATE INDEX item_about ON item (about) WHERE about IS NOT NULL;
CREATE INDEX item_saying ON item (saying) WHERE saying IS NOT NULL;
CREATE INDEX party_seq ON party (seq, role, key);
CREATE INDEX party_key ON party (key, role, seq);
CREATE INDEX event_date ON event (first, last, lane);
CREATE INDEX event_lane ON event (lane, first);
CREATE INDEX form_folded ON form (folded);
ANALYZE;
"""
# Entries are read in this order: what the others are counted by comes first.
_ORDER = (
    "report",
    "lineage",
    "actor",
    "comparison",
    "meeting",
    "statement",
    "position",
    "commitment",
    "incident",
    "repair",
    "boilerplate",
)


def make(reader: Reader, db: sqlite3.Connection, key: str) -> None:
    """Make the rows of a record.

    Args:
        reader: the record; it is read once.
        db: where the rows go; there is nothing in it.
        key: says what they were made of.
    """
    db.executescript(TABLES)
    db.execute("BEGIN")
    _Making(db).read(reader)
    db.execute("COMMIT")
    db.executescript(_INDEXES)
    db.execute("INSERT INTO made VALUES (?)", (key,))


class _Making:
    """What is known while the rows are made."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.cards: dict[str, Card] = {}
        self._parents: dict[str, Lineage] = {}
        self._roots: dict[str, str] = {}
        self._same: list[list[tuple[str, int, int]]] = []
        self._sayings: list[tuple[tuple[int, int, str], int, tuple[Any, ...], str]] = []
        self._at: dict[tuple[str, int, int], list[int]] = {}

    def read(self, reader: Reader) -> None:
        """Read every entry."""
        for kind in _ORDER:
            self._read(reader, kind)
            if kind == "lineage":
                self._relate()
        self._gather()

    def _read(self, reader: Reader, kind: str) -> None:
        rows, involved, happened, forms = [], [], [], []
        query = "SELECT seq, json FROM entry WHERE kind = ? AND last_state IS NULL ORDER BY id"
        for seq, line in reader.rows(query, kind):
            entry = entry_from_json(line)
            firm = citable(entry)
            rows.append(self._row(seq, entry, firm=firm))
            involved += [(seq, key, role) for key, role in parties(entry)]
            if firm:
                happened += [(seq, *event) for event in events(entry)]
            if isinstance(entry, Actor):
                forms += [
                    (folded, entry.id) for folded in {fold(f) for f in (entry.name, *entry.forms)}
                ]
                self.db.execute("INSERT INTO named VALUES (?, ?)", (entry.id, entry.name))
        marks = ", ".join("?" * 21)
        self.db.executemany(f"INSERT INTO item VALUES ({marks})", rows)
        self.db.executemany("INSERT INTO party VALUES (?, ?, ?)", involved)
        self.db.executemany("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?)", happened)
        self.db.executemany("INSERT INTO form VALUES (?, ?)", forms)

    def _row(self, seq: int, entry: AnyEntry, *, firm: bool) -> tuple[Any, ...]:
        if isinstance(entry, Report):
            self._report(entry)
        elif isinstance(entry, Lineage) and firm:
            self._parents.setdefault(entry.report, entry)
        elif isinstance(entry, Comparison) and entry.verdict == "same statement":
            self._same.append([(span.report, span.start, span.end) for span in entry.evidence])
        elif isinstance(entry, Statement) and firm:
            self._saying(seq, entry)
        reports = entry.reports()
        card = self.cards.get(entry.evidence[0].report)
        values = VALUES[type(entry)](entry)
        first, last = days(date(entry))
        return (
            seq,
            entry.id,
            entry.kind,
            first,
            last,
            values.get("status"),
            values.get("topic"),
            values.get("name"),
            values.get("speaker"),
            values.get("side"),
            values.get("channel"),
            values.get("force"),
            card.language if card else None,
            card.label if card else None,
            values.get("about"),
            values.get("round"),
            True,
            None,
            firm,
            len(reports),
            len({self._roots.get(each, each) for each in reports}),
        )

    def _report(self, entry: Report) -> None:
        self.cards[entry.id] = Card(
            id=entry.id,
            label=on_one_line(report_label(entry)),
            title=entry.title,
            source=entry.source,
            language=language(entry.language),
            dir=direction(entry.language),
            published=told(entry, "published"),
            root=entry.id,
        )

    def _relate(self) -> None:
        """Give each report the root of its family."""
        labels = self._labels()
        for id_, card in self.cards.items():
            made = self._parents.get(id_)
            label = labels[id_]
            self.cards[id_] = Card(
                id=id_,
                label=label,
                title=card.title,
                source=card.source,
                language=card.language,
                dir=card.dir,
                published=card.published,
                root=self._root(id_),
                made_from=made.source if made else None,
                form=made.form if made else None,
                share=made.share if made else None,
            )
        self._roots = {id_: card.root for id_, card in self.cards.items()}
        self.db.executemany(
            f"INSERT INTO card VALUES ({', '.join('?' * 12)})",
            [
                (
                    *(card.id, card.label, card.title, card.source, card.language, card.dir),
                    *days(card.published),
                    *(card.root, card.made_from, card.form, card.share),
                )
                for card in self.cards.values()
            ],
        )

    def _labels(self) -> dict[str, str]:
        """What each report is called: by its outlet, its date, its file, until no other is."""
        clear = {id_: card.label for id_, card in self.cards.items()}
        for more in (
            lambda card: str(card.published) if card.published else "",
            lambda card: on_one_line(card.source).rstrip("/").rsplit("/", 1)[-1],
            lambda card: card.id,
        ):
            counts = collections.Counter(clear.values())
            clear = {
                id_: f"{label}, {more(self.cards[id_])}"
                if counts[label] > 1 and more(self.cards[id_]) not in {"", label}
                else label
                for id_, label in clear.items()
            }
        return clear

    def _root(self, report: str) -> str:
        met = {report}
        while (made := self._parents.get(report)) is not None and made.source not in met:
            report = made.source
            met.add(report)
        return report

    # ------------------------------------------------------------ sayings

    def _saying(self, seq: int, entry: Statement) -> None:
        span = entry.evidence[0]
        derived = int(span.report in self._parents)
        place = (derived, span.start, entry.id)
        self._sayings.append((place, seq, who_says(entry), plain_words(entry)))
        self._at.setdefault((span.report, span.start, span.end), []).append(seq)

    def _gather(self) -> None:
        """Statements that say the same become one saying; the first of them stands for it."""
        self._sayings.sort(key=lambda each: each[0])
        group = {seq: seq for _, seq, _, _ in self._sayings}
        who = {seq: speaker for _, seq, speaker, _ in self._sayings}
        rank = {seq: place for place, (_, seq, _, _) in enumerate(self._sayings)}

        def root(seq: int) -> int:
            while group[seq] != seq:
                seq = group[seq]
            return seq

        def join(one: int, other: int) -> None:
            first, second = sorted((root(one), root(other)), key=rank.__getitem__)
            group[second] = first

        met: dict[tuple[Any, ...], int] = {}
        for _, seq, speaker, words in self._sayings:
            join(met.setdefault((speaker, words), seq), seq)
        for places in self._same:
            firsts: dict[tuple[Any, ...], int] = {}
            for place in places:
                for seq in self._at.get(place, ()):
                    join(firsts.setdefault(who[seq], seq), seq)
        self.db.executemany(
            "UPDATE item SET saying = ?, lead = ? WHERE seq = ?",
            [(root(seq), root(seq) == seq, seq) for seq in group],
        )
        self.db.execute(
            "DELETE FROM event WHERE lane = 'statement' AND seq IN"
            " (SELECT seq FROM item WHERE kind = 'statement' AND NOT lead)"
        )
