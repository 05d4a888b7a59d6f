"""The vocabulary of the record: reports, spans, dates and the entries that rest on them.

Everything here is frozen, imports nothing above it, and is the single definition from which the
JSON Lines contract and its JSON Schema are made. An entry without a span cannot be built.

Offsets count characters (Unicode code points) of the report's text as received.
"""

from __future__ import annotations

import calendar
import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from typing import Any, ClassVar, Literal, TypeVar

import msgspec

Grounding = Literal["exact", "repaired", "partial", "none"]
ActorType = Literal["person", "state", "organization", "place", "group"]
MeetingForm = Literal["talks", "call", "visit", "summit", "side meeting", "internal meeting"]
MeetingStatus = Literal["held", "under way", "planned", "proposed", "cancelled", "refused"]
Mode = Literal["direct", "indirect", "mixed"]
Stance = Literal[
    "demands",
    "offers",
    "proposes",
    "accepts",
    "rejects",
    "conditions",
    "threatens",
    "prepares",
    "open",
]
Force = Literal[
    "states",
    "demands",
    "proposes",
    "accepts",
    "rejects",
    "threatens",
    "promises",
    "warns",
    "denies",
    "hopes",
    "asks",
    "confirms",
]
CommitmentStatus = Literal[
    "proposed",
    "agreed in principle",
    "agreed",
    "begun",
    "carried out",
    "breached",
    "withdrawn",
]
RepairReason = Literal["spin", "translation", "spelling", "encoding"]
LineageForm = Literal["copy", "excerpt", "spin", "translation"]
Verdict = Literal[
    "agrees",
    "compatible",
    "contradicts",
    "later update",
    "different events",
    "garbled",
    "same statement",
]
PublishedHow = Literal["stated", "metadata", "inferred", "unknown"]

T = TypeVar("T")
E = TypeVar("E", bound="Entry")

CITABLE: frozenset[Grounding] = frozenset({"exact", "repaired"})


# ---------------------------------------------------------------- dates


class Interval:
    """An interval of days, both ends included; an open end is None.

    Written as ISO 8601: a day `2025-05-16`, a whole month `2025-05`, a whole year `2025`,
    otherwise `earliest/latest` with `..` for an open end.

    Raises:
        ValueError: both ends open, or the earliest day after the latest.
    """

    __slots__ = ("earliest", "latest")
    PATTERN: ClassVar[str] = (
        r"^(\d{4}(-\d{2}(-\d{2})?)?|(\d{4}-\d{2}-\d{2}|\.\.)/(\d{4}-\d{2}-\d{2}|\.\.))$"
    )

    earliest: dt.date | None
    latest: dt.date | None

    def __init__(self, earliest: dt.date | None, latest: dt.date | None) -> None:
        if earliest is None and latest is None:
            raise ValueError("an interval needs at least one end")
        if earliest is not None and latest is not None and earliest > latest:
            raise ValueError(f"interval ends before it begins: {earliest}/{latest}")
        object.__setattr__(self, "earliest", earliest)
        object.__setattr__(self, "latest", latest)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("Interval is frozen")

    def __reduce__(self) -> tuple[Any, ...]:
        return Interval, (self.earliest, self.latest)

    @classmethod
    def day(cls, day: dt.date) -> Interval:
        """The interval of one day."""
        return cls(day, day)

    @classmethod
    def month(cls, year: int, month: int) -> Interval:
        """The interval of one calendar month."""
        last = calendar.monthrange(year, month)[1]
        return cls(dt.date(year, month, 1), dt.date(year, month, last))

    @classmethod
    def year(cls, year: int) -> Interval:
        """The interval of one calendar year."""
        return cls(dt.date(year, 1, 1), dt.date(year, 12, 31))

    @classmethod
    def parse(cls, text: str) -> Interval:
        """Read the written form.

        Raises:
            ValueError: the text is not an ISO 8601 day, month, year or interval of days.
        """
        if "/" in text:
            first, _, last = text.partition("/")
            return cls(
                None if first == ".." else dt.date.fromisoformat(first),
                None if last == ".." else dt.date.fromisoformat(last),
            )
        if re.fullmatch(r"\d{4}", text):
            return cls.year(int(text))
        if match := re.fullmatch(r"(\d{4})-(\d{2})", text):
            return cls.month(int(match[1]), int(match[2]))
        return cls.day(dt.date.fromisoformat(text))

    def __str__(self) -> str:
        first, last = self.earliest, self.latest
        if first is not None and last is not None:
            if first == last:
                return first.isoformat()
            if first == Interval.month(first.year, first.month).earliest:
                if last == Interval.month(first.year, first.month).latest:
                    return f"{first:%Y-%m}"
                if first.month == 1 and last == dt.date(first.year, 12, 31):
                    return f"{first:%Y}"
        return f"{first or '..'}/{last or '..'}"

    def __repr__(self) -> str:
        return f"Interval({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Interval):
            return NotImplemented
        return (self.earliest, self.latest) == (other.earliest, other.latest)

    def __hash__(self) -> int:
        return hash((self.earliest, self.latest))

    @property
    def first(self) -> dt.date:
        """The earliest day, or the first day of the calendar where that end is open."""
        return self.earliest or dt.date.min

    @property
    def last(self) -> dt.date:
        """The latest day, or the last day of the calendar where that end is open."""
        return self.latest or dt.date.max

    @property
    def days(self) -> int | None:
        """How many days it holds; None where an end is open."""
        if self.earliest is None or self.latest is None:
            return None
        return (self.latest - self.earliest).days + 1

    def overlaps(self, other: Interval) -> bool:
        """Whether they share a day."""
        return self.first <= other.last and other.first <= self.last

    def intersect(self, other: Interval) -> Interval | None:
        """The days that both hold; None where they share none."""
        if not self.overlaps(other):
            return None
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Interval(
            None if first == dt.date.min else first, None if last == dt.date.max else last
        )

    def hull(self, other: Interval) -> Interval:
        """The smallest interval that holds both."""
        first, last = min(self.first, other.first), max(self.last, other.last)
        return Interval(
            None if first == dt.date.min else first, None if last == dt.date.max else last
        )

    def contains(self, other: Interval) -> bool:
        """Whether every day of the other is one of this."""
        return self.first <= other.first and other.last <= self.last

    def sort_key(self) -> tuple[dt.date, dt.date]:
        """Orders intervals by their first, then their last day."""
        return self.first, self.last


# ---------------------------------------------------------------- spans and reasons


class Value(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=False, gc=False):
    """Base of all frozen values of the vocabulary.

    Frozen values hold no cycles, so the garbage collector need not look through millions of them.
    """


class Span(Value, frozen=True, kw_only=True):
    """The words something rests on: characters `start` to `end` of a report's text as received.

    `text` is exactly those characters. `grounding` tells how firmly: `exact` (the words say it),
    `repaired` (they do after a repair listed in the record), `partial` and `none` (kept for
    review, never cited). `role` names the field that the words support.

    Raises:
        ValueError: an empty or backward span, or a text of another length.
    """

    report: str
    start: int
    end: int
    text: str
    grounding: Grounding = "exact"
    role: str | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: {self.start}:{self.end}")
        if len(self.text) != self.end - self.start:
            raise ValueError(f"span {self.start}:{self.end} holds {len(self.text)} characters")

    @property
    def citable(self) -> bool:
        """Whether it may be cited."""
        return self.grounding in CITABLE

    def overlaps(self, other: Span) -> bool:
        """Whether they share a character of one report."""
        return self.report == other.report and self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Whether the other lies inside this one."""
        return self.report == other.report and self.start <= other.start and other.end <= self.end

    def sort_key(self) -> tuple[str, int, int, str]:
        """Orders spans by report and place."""
        return self.report, self.start, self.end, self.role or ""


class Reason(Value, frozen=True, kw_only=True):
    """Why something was concluded: the rule's name, its words, and its weight if it has one."""

    rule: str
    why: str
    weight: float | None = None


# ---------------------------------------------------------------- entries


class Role(Value, frozen=True, kw_only=True):
    """An office or function: `title` (English, from the office list), `of` whom, `when`."""

    title: str
    of: str | None = None
    when: Interval | None = None


class Step(Value, frozen=True, kw_only=True):
    """One step of a commitment's or a meeting's history, with the words that report it."""

    status: str
    report: str
    evidence: Span
    date: Interval | None = None


class Alignment(Value, frozen=True, kw_only=True):
    """A passage of one report (`here`) and the passage it was made from (`there`)."""

    here: Span
    there: Span


class Told(Value, frozen=True, kw_only=True):
    """A value, the reports that tell it, and how many of those are independent of one another."""

    value: str
    reports: tuple[str, ...]
    independent: int


class Entry(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag=str.lower, omit_defaults=False
):
    """An entry of the record. `id` is a hash, set by `identified`.

    It is a hash of all that the entry says, or of the fields in `IDENTITY` where a kind has some:
    such an entry keeps its id as reports come.

    Raises:
        ValueError: no evidence.
    """

    PREFIX: ClassVar[str] = "ent"
    IDENTITY: ClassVar[tuple[str, ...]] = ()

    evidence: tuple[Span, ...]
    id: str = ""
    reasons: tuple[Reason, ...] = ()

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError(f"a {type(self).__name__.lower()} needs at least one span")

    @property
    def kind(self) -> str:
        """The kind's name in the record and in the export."""
        return type(self).__name__.lower()

    def reports(self) -> tuple[str, ...]:
        """The ids of the reports that it rests on, sorted."""
        return tuple(sorted({span.report for span in self.evidence}))


class Report(Entry, frozen=True, kw_only=True):
    """A text as received. `sha256` is of the text (UTF-8) that the offsets count in.

    `source` is its path (relative to the folder that was given) or address. Its evidence is the
    words that its outlet, agency, title or date was read from, or its first words.
    """

    PREFIX: ClassVar[str] = "rep"

    source: str
    sha256: str
    outlet: str | None = None
    agency: str | None = None
    title: str | None = None
    language: str | None = None
    published: Interval | None = None
    published_how: PublishedHow = "unknown"


class Boilerplate(Entry, frozen=True, kw_only=True):
    """A span that is no part of the report: prompts, rules, notes, image addresses."""

    PREFIX: ClassVar[str] = "boi"


class Repair(Entry, frozen=True, kw_only=True):
    """Damaged words, what they were, and the sort of damage.

    Where nothing vouches for what they were the words are only marked: their span is `partial`,
    or, where it isn't even known, `none` with `restored` empty.
    """

    PREFIX: ClassVar[str] = "fix"

    garbled: str
    restored: str
    reason: RepairReason


class Actor(Entry, frozen=True, kw_only=True):
    """One who acts or a place, under its canonical name, with every form it was met under."""

    PREFIX: ClassVar[str] = "act"
    IDENTITY: ClassVar[tuple[str, ...]] = ("name", "type")

    name: str
    type: ActorType
    forms: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    side: str | None = None


class Meeting(Entry, frozen=True, kw_only=True):
    """A meeting held, planned or refused. `parties` negotiate; `third_parties` host or mediate."""

    PREFIX: ClassVar[str] = "mtg"

    form: MeetingForm
    status: MeetingStatus
    round: int | None = None
    date: Interval | None = None
    place: str | None = None
    place_id: str | None = None
    venue: str | None = None
    venue_id: str | None = None
    parties: tuple[str, ...] = ()
    party_ids: tuple[str, ...] = ()
    heads: dict[str, str] = {}
    head_ids: dict[str, str] = {}
    participants: tuple[str, ...] = ()
    participant_ids: tuple[str, ...] = ()
    third_parties: tuple[str, ...] = ()
    third_party_ids: tuple[str, ...] = ()
    duration_minutes: int | None = None
    history: tuple[Step, ...] = ()


class Statement(Entry, frozen=True, kw_only=True):
    """What somebody is reported to have said. `content` is the words of the first span.

    `via` is the chain from the nearest teller to the source. An unnamed source has no `speaker`
    but is `described`.
    """

    PREFIX: ClassVar[str] = "stm"

    mode: Mode
    content: str
    speaker: str | None = None
    speaker_id: str | None = None
    described: str | None = None
    side: str | None = None
    cue: str | None = None
    force: Force = "states"
    negated: bool = False
    channel: str | None = None
    addressee: str | None = None
    addressee_id: str | None = None
    via: tuple[str, ...] = ()
    date: Interval | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.content != self.evidence[0].text:
            raise ValueError("a statement's content must be the words of its first span")


class Position(Entry, frozen=True, kw_only=True):
    """Where a party stands on an issue. `characterised_by` says it of them, if not they."""

    PREFIX: ClassVar[str] = "pos"

    party: str
    issue: str
    stance: Stance
    party_id: str | None = None
    value: str | None = None
    meeting: str | None = None
    date: Interval | None = None
    characterised_by: str | None = None


class Commitment(Entry, frozen=True, kw_only=True):
    """Something agreed or to be agreed, and how far it has come; `history` has a span a step."""

    PREFIX: ClassVar[str] = "com"

    subject: str
    status: CommitmentStatus
    parties: tuple[str, ...] = ()
    party_ids: tuple[str, ...] = ()
    quantity: float | None = None
    unit: str | None = None
    history: tuple[Step, ...] = ()


class Incident(Entry, frozen=True, kw_only=True):
    """What happened meanwhile. `event` and `mode` are PLOVER's; `type` is the ontology's name."""

    PREFIX: ClassVar[str] = "inc"

    type: str
    event: str
    mode: str | None = None
    by: str | None = None
    by_id: str | None = None
    against: str | None = None
    against_id: str | None = None
    place: str | None = None
    place_id: str | None = None
    date: Interval | None = None
    figure: float | None = None
    unit: str | None = None
    claimed_by: str | None = None


class Lineage(Entry, frozen=True, kw_only=True, rename={"source": "from"}):
    """A report made from another: `share` is the part of its text that came from there (0 to 1)."""

    PREFIX: ClassVar[str] = "lin"

    report: str
    source: str
    form: LineageForm
    share: float
    aligned: tuple[Alignment, ...] = ()


class Comparison(Entry, frozen=True, kw_only=True):
    """What reports make of one field of one thing."""

    PREFIX: ClassVar[str] = "cmp"

    about: str
    field: str
    verdict: Verdict
    about_id: str | None = None
    values: tuple[Told, ...] = ()


AnyEntry = (
    Report
    | Boilerplate
    | Repair
    | Actor
    | Meeting
    | Statement
    | Position
    | Commitment
    | Incident
    | Lineage
    | Comparison
)

# The order in which kinds are exported and listed.
KINDS: dict[str, type[Entry]] = {
    cls.__name__.lower(): cls
    for cls in (
        Report,
        Boilerplate,
        Repair,
        Actor,
        Meeting,
        Statement,
        Position,
        Commitment,
        Incident,
        Lineage,
        Comparison,
    )
}


# ---------------------------------------------------------------- writing and reading


def _to_builtin(value: object) -> object:
    if isinstance(value, Interval):
        return str(value)
    raise NotImplementedError(f"no JSON form for {type(value).__name__}")


def _from_builtin(cls: type, value: Any) -> object:
    if cls is Interval:
        return Interval.parse(value)
    raise NotImplementedError(f"no way to read {cls.__name__}")


def _schema_of(cls: type) -> dict[str, Any]:
    if cls is Interval:
        return {
            "type": "string",
            "pattern": Interval.PATTERN,
            "description": "ISO 8601: a day, a month, a year, or earliest/latest",
        }
    raise NotImplementedError(f"no JSON Schema for {cls.__name__}")


_ENCODER = msgspec.json.Encoder(enc_hook=_to_builtin, order="deterministic")
_ENTRY_DECODER = msgspec.json.Decoder(AnyEntry, dec_hook=_from_builtin)
# No fixed order: it would refuse keys that are numbers, as in the heads of a meeting's claim.
_PACKER = msgspec.msgpack.Encoder(enc_hook=_to_builtin)


def to_json(value: object) -> bytes:
    """One line of JSON, its keys in a fixed order (UTF-8)."""
    return _ENCODER.encode(value)


def entry_from_json(line: bytes | str) -> AnyEntry:
    """Read an entry.

    Raises:
        msgspec.ValidationError: it is no entry of the contract.
    """
    entry: AnyEntry = _ENTRY_DECODER.decode(line)
    return entry


def pack(value: object) -> bytes:
    """The compact binary form (MessagePack) of any value of the vocabulary."""
    return _PACKER.encode(value)


def unpacker(cls: type[T]) -> msgspec.msgpack.Decoder[T]:
    """A reader of the compact binary form of `cls`."""
    return msgspec.msgpack.Decoder(cls, dec_hook=_from_builtin)


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of one line of an export."""
    (schema,), components = msgspec.json.schema_components(
        [AnyEntry], schema_hook=_schema_of, ref_template="#/$defs/{name}"
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "An entry of a Dragoman record",
        **schema,
        "$defs": components,
    }


def content_hash(*parts: str | bytes, length: int = 16) -> str:
    """A short hexadecimal SHA-256 of the parts; their boundaries count."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()[:length]


def report_id(source: str, text: str) -> str:
    """The id of a report: it depends on where it came from and on its words."""
    return f"{Report.PREFIX}-{content_hash(source, text)}"


def identified(entry: E, *, whole: bool = False) -> E:
    """The entry with its id.

    Args:
        entry: the entry; an id that it has already does not count.
        whole: make the id of all that it says (its reasons left out) also where its kind has
            fields for that: two that agree in these need it.
    """
    said: object = msgspec.structs.replace(entry, id="", reasons=())
    if entry.IDENTITY and not whole:
        said = [getattr(entry, field) for field in entry.IDENTITY]
    return msgspec.structs.replace(entry, id=f"{entry.PREFIX}-{content_hash(to_json(said))}")


def spans_of(entry: Entry, role: str | None = None) -> Iterator[Span]:
    """The entry's citable spans; those of one role if it is given."""
    for span in entry.evidence:
        if span.citable and (role is None or span.role == role):
            yield span
