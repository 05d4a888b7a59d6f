"""The record's entries as rows in memory, so that a page finds its few among all at once.

It holds what lists are filtered and sorted by, no texts; the entries themselves are read from the
record when they are shown. It is made once for each state of the record.
"""

from __future__ import annotations

import collections
import datetime as dt
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
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
    Boilerplate,
    Commitment,
    Comparison,
    Incident,
    Interval,
    Lineage,
    Meeting,
    Position,
    Repair,
    Report,
    Statement,
    Value,
    entry_from_json,
)

_TABLES = """
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
"""
_INDEXES = """
CREATE INDEX item_list ON item (kind, lead, first);
CREATE INDEX item_status ON item (kind, status);
CREATE INDEX item_speaker ON item (kind, lead, speaker);
CREATE INDEX item_side ON item (kind, lead, side);
CREATE INDEX item_channel ON item (kind, lead, channel);
CREATE INDEX item_force ON item (kind, lead, force);
CREATE INDEX item_language ON item (kind, lead, language);
CREATE INDEX item_outlet ON item (kind, lead, outlet);
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
_FAR = 10**7


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
        reader: the record; it is read once.

    Attributes:
        db: the rows.
        cards: the reports by id.
        families: the reports of each family by the id of its root, the root first.
        names: canonical names of actors by id.
    """

    def __init__(self, reader: Reader) -> None:
        self.db = sqlite3.connect(":memory:", isolation_level=None)
        self.db.executescript(_TABLES)
        self.cards: dict[str, Card] = {}
        self.families: dict[str, list[str]] = {}
        self.names: dict[str, str] = {}
        self.types: dict[str, str] = {}
        self._parents: dict[str, Lineage] = {}
        self._same: list[list[tuple[str, int, int]]] = []
        self._sayings: list[tuple[tuple[int, int, str], int, tuple[Any, ...], str]] = []
        self._at: dict[tuple[str, int, int], list[int]] = {}
        self.db.execute("BEGIN")
        for kind in _ORDER:
            self._read(reader, kind)
            if kind == "lineage":
                self._relate()
        self._gather()
        self.db.execute("COMMIT")
        self.db.executescript(_INDEXES)

    # ------------------------------------------------------------ asking

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """The rows that a SELECT gives."""
        return self.db.execute(query, values).fetchall()

    def one(self, query: str, *values: Any) -> Any:
        """The single value that a SELECT gives; None where it gives no row."""
        row = self.db.execute(query, values).fetchone()
        return None if row is None else row[0]

    def independent(self, reports: Iterable[str]) -> int:
        """How many of the reports don't stem from one another."""
        return len({self._root(report) for report in reports})

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

    # ------------------------------------------------------------ reading

    def _read(self, reader: Reader, kind: str) -> None:
        rows, parties, events, forms = [], [], [], []
        query = "SELECT seq, json FROM entry WHERE kind = ? AND last_state IS NULL ORDER BY id"
        for seq, line in reader.rows(query, kind):
            entry = entry_from_json(line)
            rows.append(self._row(seq, entry))
            parties += [(seq, key, role) for key, role in _parties(entry)]
            events += [(seq, *event) for event in _events(entry)]
            if isinstance(entry, Actor):
                forms += [
                    (folded, entry.id) for folded in {fold(f) for f in (entry.name, *entry.forms)}
                ]
        marks = ", ".join("?" * 21)
        self.db.executemany(f"INSERT INTO item VALUES ({marks})", rows)
        self.db.executemany("INSERT INTO party VALUES (?, ?, ?)", parties)
        self.db.executemany("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?)", events)
        self.db.executemany("INSERT INTO form VALUES (?, ?)", forms)

    def _row(self, seq: int, entry: AnyEntry) -> tuple[Any, ...]:
        if isinstance(entry, Report):
            self._report(entry)
        elif isinstance(entry, Lineage) and citable(entry):
            self._parents.setdefault(entry.report, entry)
        elif isinstance(entry, Actor):
            self.names[entry.id] = entry.name
            self.types[entry.id] = entry.type
        elif isinstance(entry, Comparison) and entry.verdict == "same statement":
            self._same.append([(span.report, span.start, span.end) for span in entry.evidence])
        elif isinstance(entry, Statement) and citable(entry):
            self._saying(seq, entry)
        reports = entry.reports()
        card = self.cards.get(entry.evidence[0].report)
        values = _VALUES[type(entry)](entry)
        first, last = _days(_date(entry))
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
            citable(entry),
            len(reports),
            self.independent(reports),
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
        for id_, card in self.cards.items():
            self.families.setdefault(card.root, [card.root])
            if id_ != card.root:
                self.families[card.root].append(id_)

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
        self._sayings, self._same, self._at = [], [], {}


# ---------------------------------------------------------------- what a row says of an entry


def _days(when: Interval | None) -> tuple[int | None, int | None]:
    if when is None:
        return None, None
    return (
        when.earliest.toordinal() if when.earliest else 0,
        when.latest.toordinal() if when.latest else _FAR,
    )


def interval(first: int | None, last: int | None) -> Interval | None:
    """The interval of two days of the catalogue; None where the date is unknown."""
    if first is None or last is None:
        return None
    return Interval(
        dt.date.fromordinal(first) if first else None,
        dt.date.fromordinal(last) if last != _FAR else None,
    )


def _date(entry: AnyEntry) -> Interval | None:
    if isinstance(entry, Report):
        return _known(told(entry, "published"))
    if isinstance(entry, Commitment):
        dates = [step.date for step in entry.history if step.date is not None]
        return dates[-1] if dates else None
    return _known(told(entry, "date")) if hasattr(entry, "date") else None


def _known(value: Any) -> Interval | None:
    return value if isinstance(value, Interval) else None


def _key(id_: str | None, name: str | None) -> str | None:
    return id_ or (fold(name) if name else None)


_VALUES: dict[type, Callable[[Any], dict[str, Any]]] = {
    Report: lambda e: {"status": e.published_how, "name": fold(report_label(e))},
    Boilerplate: lambda _: {},
    Repair: lambda e: {"status": e.reason, "name": fold(e.restored)},
    Actor: lambda e: {"status": e.type, "name": fold(e.name), "side": e.side},
    Meeting: lambda e: {
        "status": e.status,
        "topic": e.form,
        "round": e.round,
        "name": fold(e.place or ""),
    },
    Statement: lambda e: {
        "status": e.mode,
        "speaker": _key(told(e, "speaker_id"), told(e, "speaker")),
        "side": e.side,
        "channel": told(e, "channel"),
        "force": ("not " if e.negated else "") + e.force,
    },
    Position: lambda e: {
        "status": e.stance,
        "topic": e.issue,
        "name": fold(e.issue),
        "about": e.meeting,
    },
    Commitment: lambda e: {"status": e.status, "topic": e.subject, "name": fold(e.subject)},
    Incident: lambda e: {"status": e.event, "topic": e.type, "name": fold(e.type)},
    Lineage: lambda e: {"status": e.form, "about": e.source},
    Comparison: lambda e: {
        "status": e.verdict,
        "topic": e.field,
        "about": e.about_id,
        "name": fold(e.about),
    },
}


def _parties(entry: AnyEntry) -> Iterator[tuple[str, str]]:
    """Who has to do with an entry, by key, and as what."""
    if isinstance(entry, Meeting):
        for role, ids, names in (
            ("party", entry.party_ids, entry.parties),
            ("third party", entry.third_party_ids, entry.third_parties),
            ("participant", entry.participant_ids, entry.participants),
        ):
            yield from _pairs(role, ids, names)
        for id_, name in ((entry.place_id, entry.place), (entry.venue_id, entry.venue)):
            if key := _key(id_, name):
                yield key, "place"
    elif isinstance(entry, Commitment):
        yield from _pairs("party", entry.party_ids, entry.parties)
    else:
        for role, id_, name in (
            ("party", "party_id", "party"),
            ("speaker", "speaker_id", "speaker"),
            ("addressee", "addressee_id", "addressee"),
            ("by", "by_id", "by"),
            ("against", "against_id", "against"),
            ("place", "place_id", "place"),
        ):
            if key := _key(getattr(entry, id_, None), getattr(entry, name, None)):
                yield key, role


def _pairs(role: str, ids: Sequence[str], names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Keys by id where every name has one, otherwise by name."""
    for key in ids if len(ids) == len(names) else map(fold, names):
        yield key, role


def _events(entry: AnyEntry) -> Iterator[tuple[int, str, int | None, int | None, str, str]]:
    """What an entry puts on the timeline: place in the entry, lane, days, what, status."""
    if not citable(entry):
        return
    days = _days(_date(entry))
    if isinstance(entry, Meeting):
        yield 0, "meeting", *days, entry.form, entry.status
    elif isinstance(entry, Incident):
        yield 0, "incident", *days, on_one_line(entry.type), ""
    elif isinstance(entry, Statement):
        yield 0, "statement", *days, "", entry.force
    elif isinstance(entry, Commitment):
        steps = [(place, step) for place, step in enumerate(entry.history) if step.evidence.citable]
        met = set()
        for place, step in steps:
            what = (*_days(step.date), step.status)
            if what not in met:
                met.add(what)
                yield place, "commitment", *_days(step.date), entry.subject, step.status
        if not steps:
            yield 0, "commitment", None, None, entry.subject, entry.status
