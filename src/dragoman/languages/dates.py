"""The form of `dates.yaml`: the words of time and the shapes that times take."""

from __future__ import annotations

from dragoman.claims import Anchor, Bound, Scale, Tense, TimeKind, TimeUnit
from dragoman.types import Value


class DateRule(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Shapes of one kind of time, and what they tell.

    A form is words parted by spaces; a word may have alternatives (`of|in`) and end in `?` (may be
    left out). Slots, which may end in `?` too: `{day}`, `{nth}` (its number with an ending,
    `13th`), `{month}` (a full name), `{mon}` (or its short form), `{mm}` (its number), `{year}`,
    `{late}` (its last two digits), `{wk}` (the number of a week), `{spelled}` (a day in words),
    `{yy}` (the end of a range of years, `2014–16`), `{age}` (a year of any size, beside an era),
    `{decade}` (`1990`), `{tens}` (`90`, or a word of `decades`), `{date}` (in figures: 5/6/2025),
    `{weekday}`, `{short}` (a weekday's short form), `{amount}` (a number), `{ord}` (an ordinal),
    `{roman}` (XIX), `{unit}`, `{units}` (in the plural), `{part}` (early, mid, late), `{season}`,
    `{daypart}`, `{clock}` (5:30 p.m.), `{holiday}`; `{day2}`, `{mon2}`, `{year2}`, ... for the far
    end of a range, and the names of the file's `fillers`.

    `behind`: one of these words must stand right before it ("between"). `lead`: one of the file's
    `leads` must. `ends`: it must end its clause, as no word may follow. `told`: the sentence must
    have that tense. `small`: it has no capital but at the head of a sentence (German `morgen`).
    `sign` multiplies the amount: -1 is back in time; `plus` adds to it ("and a half"). `measure` is
    a length that the words tell by themselves (`P1D`), or `X` for an untold number of `unit`.
    `season` is a code, or `Q`, `H` or `W` (the nth week) to be followed by `{ord}`. `era` is -1
    before our era.
    """

    name: str
    kind: TimeKind
    forms: tuple[str, ...]
    bound: Bound = "on"
    direction: int = 0
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    amount: int | None = None
    sign: int = 1
    unit: TimeUnit | None = None
    part: str | None = None
    season: str | None = None
    scale: Scale | None = None
    daypart: str | None = None
    clock: int | None = None
    measure: str | None = None
    era: int = 1
    anchor: Anchor = "told"
    plus: float = 0
    tense: Tense = "unknown"
    told: Tense | None = None
    lead: bool = False
    behind: tuple[str, ...] = ()
    small: bool = False
    ends: bool = False


class DatesFile(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of time. All lists are of phrases in the notation of `Lexicon`.

    `exact` are names that are other words too where written otherwise (`May`, `março`): they count
    only in just this spelling, or in capitals. With `capitals`, months and weekdays need a capital.
    `day_suffixes` follow a day's number (`th`); `day_words` are days in words. `leads` are what
    makes a bare month or year a time ("in", "since"). `bounds` stand before a time. `possessives`
    after a time make it part of a name ("before Friday's talks"): the bound is not its own then.
    `future`, `past` and `unsure` are signs of a verb's tense; `past_endings` and
    `future_endings` those of single words, but for the words of `past_not` and those behind a word
    of `bare` ("be"). `day_first`: 5/6 is the fifth of June; None: it can't be told.
    `short_numeric`: "16.05." is a date. `not_times` are phrases that hold a word of time and tell
    none ("Rio de Janeiro").

    `bylines` are what may stand in a line with a report's writer and day ("by", "published on");
    `changed` what makes the day one of a later change ("updated").
    `heads` are what a weekday's name can be one word with ("Freitagsgespräche"): such a word tells
    the day, too.
    `lists` are words between the years of a list ("in 2007 and 2009"), which need one lead.
    `parts_of` stand between so many units and what they are of ("the last four months of 2021").
    `steps` stand between a length and the date that it counts from ("two weeks before 3 May").
    `am` and `pm` follow an hour; so does `oclock`, which makes a number one ("17 Uhr", "5
    o'clock"). `clock_joins` may stand between a day and its time of day. `fillers` are phrases
    without a value of their own, used in forms by name. `holidays` are the pack's names for days of
    `universal/holidays.yaml`.
    """

    months: dict[int, tuple[str, ...]] = {}
    months_short: dict[int, tuple[str, ...]] = {}
    weekdays: dict[int, tuple[str, ...]] = {}
    weekdays_short: dict[int, tuple[str, ...]] = {}
    units: dict[TimeUnit, tuple[str, ...]] = {}
    plurals: dict[TimeUnit, tuple[str, ...]] = {}
    parts: dict[str, tuple[str, ...]] = {}
    seasons: dict[str, tuple[str, ...]] = {}
    dayparts: dict[str, tuple[str, ...]] = {}
    decades: dict[int, tuple[str, ...]] = {}
    holidays: dict[str, tuple[str, ...]] = {}
    fillers: dict[str, tuple[str, ...]] = {}
    amounts: dict[str, float] = {}
    exact: tuple[str, ...] = ()
    capitals: bool = False
    day_suffixes: tuple[str, ...] = ()
    day_words: dict[str, int] = {}
    leads: tuple[str, ...] = ()
    bounds: dict[Bound, tuple[str, ...]] = {}
    bylines: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    parts_of: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    steps: dict[Bound, tuple[str, ...]] = {}
    possessives: tuple[str, ...] = ()
    future: tuple[str, ...] = ()
    past: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    past_endings: tuple[str, ...] = ()
    future_endings: tuple[str, ...] = ()
    past_not: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    not_times: tuple[str, ...] = ()
    day_first: bool | None = None
    short_numeric: bool = False
    am: tuple[str, ...] = ()
    pm: tuple[str, ...] = ()
    oclock: tuple[str, ...] = ()
    clock_joins: tuple[str, ...] = ()
    rules: tuple[DateRule, ...] = ()
