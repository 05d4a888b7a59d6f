"""What one report says, before any other report is known: the output of stage 2.

Claims point at spans and at each other by index, name actors as the report does, and keep time
as it is told ("Friday", "last month"); `link` turns them into entries. All values are frozen and
survive a round trip through MessagePack, so that they can be computed anywhere and cached.
"""

from __future__ import annotations

from typing import Literal

from dragoman.types import (
    ActorType,
    Boilerplate,
    CommitmentStatus,
    Force,
    Interval,
    MeetingForm,
    MeetingStatus,
    Mode,
    PublishedHow,
    Reason,
    Repair,
    Role,
    Span,
    Stance,
    Value,
)

TimeUnit = Literal[
    "second", "minute", "hour", "day", "weekend", "week", "month", "quarter", "year",
    "decade", "century",
]  # fmt: skip
TimeKind = Literal["calendar", "weekday", "offset", "part", "duration", "set", "reference"]
Bound = Literal["on", "since", "until", "before", "after", "within"]
Tense = Literal["past", "present", "future", "unknown"]
Scale = Literal["decade", "century"]
Anchor = Literal["told", "previous", "next", "own"]


class Received(Value, frozen=True, kw_only=True):
    """A report as it came in (stage 1). `raw` is the bytes that `text` was read from.

    `source` is its path relative to what was given, or its address; `published` only what the
    page, feed or sidecar states.
    """

    source: str
    text: str
    raw: bytes = b""
    media_type: str = "text/plain"
    url: str | None = None
    title: str | None = None
    outlet: str | None = None
    agency: str | None = None
    language: str | None = None
    published: Interval | None = None
    published_how: PublishedHow = "unknown"


class When(Value, frozen=True, kw_only=True):
    """A time as told, not yet resolved.

    `calendar`: year, month and day, as many as are told (`until_*` for the far end of a range);
    years before our era are negative, so that -490 is 490 BC.
    `weekday`: 0 is Monday; `direction` is -1 (last Friday), 1 (next Friday) or 0 (the nearest that
    the tense allows). `offset`: `amount` times `unit` away from the moment of speaking (yesterday:
    -1 day; next week: 1 week; today: 0 day). `part`: a named part (`early`, `mid`, `late`,
    `weekend`) of what the other fields tell. `season` is a season, quarter or half of a year as in
    TIMEX3 (`SP`, `SU`, `FA`, `WI`, `Q1`, `H2`), or a week of it or of a month (`W1`; `W-1` is the
    last); `scale` says that `year` stands for its decade or century. `clock` is the time of day in
    minutes, `daypart` a part of the day (`MO`, `AF`, `EV`, `NI`, `DT`).
    `duration` and `set` (a repetition) have their length in `measure` (ISO 8601, `PXD` for some
    days); `reference` is only past, present or future, told in `part`.
    `quoted` is set where the words stand inside a quotation: they count from when it was said.
    `anchor` is `previous` where they count from another time of the report told before ("two days
    later"), `next` from one told after ("the third anniversary of the 2016 accord"), `own`
    from one that its own words tell ("two weeks before 3 May"); `base` is the index of that one,
    None where it can't be told.
    """

    span: Span
    kind: TimeKind
    bound: Bound = "on"
    year: int | None = None
    month: int | None = None
    day: int | None = None
    until_year: int | None = None
    until_month: int | None = None
    until_day: int | None = None
    weekday: int | None = None
    direction: int = 0
    amount: int | None = None
    unit: TimeUnit | None = None
    part: str | None = None
    season: str | None = None
    scale: Scale | None = None
    clock: int | None = None
    daypart: str | None = None
    measure: str | None = None
    tense: Tense = "unknown"
    quoted: bool = False
    anchor: Anchor = "told"
    base: int | None = None
    rule: str = ""


class Quantity(Value, frozen=True, kw_only=True):
    """A number as told: `low` and `high` bound it ("less than two hours": 0 to 120 minutes).

    `unit` is the ontology's or the pack's name of what is counted: `minute`, `day`, `percent`,
    `person`, `drone`, or a currency code; otherwise the folded noun that follows.
    """

    span: Span
    value: float | None
    low: float | None
    high: float | None
    unit: str | None = None
    approximate: bool = False


class Mention(Value, frozen=True, kw_only=True):
    """Words that name an actor. `form` is as read after repairs; `actor` an index in `actors`."""

    span: Span
    form: str
    actor: int
    sort: Literal["name", "role", "demonym", "metonym", "pronoun"] = "name"


# The rule of a reason that an actor has where its type is but likely; other reports may know.
TYPE_SUPPOSED = "type supposed"


class LocalActor(Value, frozen=True, kw_only=True):
    """An actor as one report has it. `key` is the gazetteer's key if it is a known one.

    Keys are written `state:UA`, `place:istanbul-tr`, `organization:nato`, `role:...`. `side` is
    the key or the name of the party that it belongs to.
    """

    name: str
    type: ActorType
    forms: tuple[str, ...]
    roles: tuple[Role, ...] = ()
    key: str | None = None
    side: str | None = None
    reasons: tuple[Reason, ...] = ()


class SaidClaim(Value, frozen=True, kw_only=True):
    """A statement. `evidence[0]` is its content; roles as in the contract.

    `speaker` and `addressee` are indexes in `actors`; `when` one in `times`. `inside` is the
    index of the statement that this one is told in. `marks` are language-neutral: concepts of
    the event words, known actors and numbers in the content, in the order of the text. `phrase`
    says that the content is no clause but what a verb of will or judgement governs (`rejected the
    offer`): its words tell no event by themselves, and their subject is the speaker.
    """

    evidence: tuple[Span, ...]
    mode: Mode
    force: Force = "states"
    negated: bool = False
    speaker: int | None = None
    described: str | None = None
    side: str | None = None
    cue: str | None = None
    channel: str | None = None
    addressee: int | None = None
    via: tuple[str, ...] = ()
    when: int | None = None
    inside: int | None = None
    marks: tuple[str, ...] = ()
    phrase: bool = False
    reasons: tuple[Reason, ...] = ()


class MeetingClaim(Value, frozen=True, kw_only=True):
    """A meeting as one passage tells it. Actors are indexes, `since` is "the first since".

    `faint`: the clause itself doesn't name two who meet; they were looked for around it.
    """

    evidence: tuple[Span, ...]
    form: MeetingForm
    status: MeetingStatus
    round: int | None = None
    when: int | None = None
    place: int | None = None
    venue: int | None = None
    parties: tuple[int, ...] = ()
    heads: dict[int, int] = {}
    participants: tuple[int, ...] = ()
    third_parties: tuple[int, ...] = ()
    duration: int | None = None
    since: int | None = None
    said: int | None = None
    faint: bool = False
    reasons: tuple[Reason, ...] = ()


class PositionClaim(Value, frozen=True, kw_only=True):
    """A position as one passage tells it; `said` is the statement that it stands in."""

    evidence: tuple[Span, ...]
    party: int
    issue: str
    stance: Stance
    value: str | None = None
    when: int | None = None
    said: int | None = None
    characterised_by: int | None = None
    reasons: tuple[Reason, ...] = ()


class CommitmentClaim(Value, frozen=True, kw_only=True):
    """One step of a commitment as one passage tells it. `subject` is the ontology's name.

    `quantity` and `term` are indexes in `quantities`: what is committed, and for how long. `local`:
    it holds in one place only, `place` if that is named. `promise`: it is told in the future.
    `doers` are told to take the step, `parties` are all collectives that are named beside it.
    """

    evidence: tuple[Span, ...]
    subject: str
    status: CommitmentStatus
    doers: tuple[int, ...] = ()
    parties: tuple[int, ...] = ()
    quantity: int | None = None
    term: int | None = None
    local: bool = False
    promise: bool = False
    place: int | None = None
    when: int | None = None
    said: int | None = None
    reasons: tuple[Reason, ...] = ()


class IncidentClaim(Value, frozen=True, kw_only=True):
    """An incident as one passage tells it. `quantity` is an index in `quantities`."""

    evidence: tuple[Span, ...]
    type: str
    event: str
    mode: str | None = None
    by: int | None = None
    against: int | None = None
    place: int | None = None
    when: int | None = None
    quantity: int | None = None
    said: int | None = None
    claimed_by: int | None = None
    reasons: tuple[Reason, ...] = ()


class Fingerprint(Value, frozen=True, kw_only=True):
    """What a report is recognised by among others, without its text.

    `minhash` is a signature over word shingles; `marks` the language-neutral marks in the order
    of the text (numbers, keys of known actors, folded names), for spins and translations.
    """

    minhash: tuple[int, ...]
    marks: tuple[str, ...]
    words: int


class Annotation(Value, frozen=True, kw_only=True):
    """All that stage 2 finds in one report.

    `damage` is how far its words can't be trusted, from 0 to 1; the reason `damage.score` tells
    why. `repairs` that are not citable are marks: words that are damaged, but that nothing shows
    what they were (`restored` is empty) or nothing vouches for it.
    """

    report: str
    source: str
    sha256: str
    length: int
    language: str | None
    lead: Span
    outlet: str | None = None
    agency: str | None = None
    title: str | None = None
    published: Interval | None = None
    published_how: PublishedHow = "unknown"
    header: tuple[Span, ...] = ()
    reasons: tuple[Reason, ...] = ()
    fingerprint: Fingerprint | None = None
    boilerplate: tuple[Boilerplate, ...] = ()
    damage: float = 0.0
    repairs: tuple[Repair, ...] = ()
    times: tuple[When, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    actors: tuple[LocalActor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    statements: tuple[SaidClaim, ...] = ()
    meetings: tuple[MeetingClaim, ...] = ()
    positions: tuple[PositionClaim, ...] = ()
    commitments: tuple[CommitmentClaim, ...] = ()
    incidents: tuple[IncidentClaim, ...] = ()
