"""The form of `dates.yaml`: the words of time and the shapes that dates take."""

from __future__ import annotations

from dragoman.claims import Bound, Tense, TimeKind, TimeUnit
from dragoman.types import Value


class DateRule(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Shapes of one kind of time, and what they tell.

    A form is words parted by spaces; a word may have alternatives (`of|in`) and end in `?` (may be
    left out). Slots: `{day}`, `{month}` (a full name), `{mon}` (or its short form), `{year}`,
    `{weekday}`, `{short}` (a weekday's short form), `{amount}` (a number), `{unit}` (day, week,
    ...), `{part}` (early, mid, late); `{day2}`, `{mon2}`, `{year2}` for the far end of a range.

    `lead`: one of the file's `leads` must stand before it. `ends`: it must end its clause, as no
    word may follow. `sign` multiplies the amount: -1 is back in time.
    """

    name: str
    kind: TimeKind
    forms: tuple[str, ...]
    bound: Bound = "on"
    direction: int = 0
    amount: int | None = None
    sign: int = 1
    unit: TimeUnit | None = None
    part: str | None = None
    tense: Tense = "unknown"
    lead: bool = False
    ends: bool = False


class DatesFile(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of time. All lists are of phrases in the notation of `Lexicon`.

    `exact` are names that are other words too where written otherwise (`May`, `março`): they count
    only in just this spelling, or in capitals. With `capitals`, months and weekdays need a capital.
    `day_suffixes` follow a day's number (`th`); `day_words` are days in words. `leads` are what
    makes a bare month or year a time ("in", "since"). `bounds` stand before a time. `possessives`
    after a time make it part of a name ("before Friday's talks"): the bound is not its own then.
    `future`, `past` and `unsure` are signs of a verb's tense; `past_endings` those of single words,
    but for the words of `past_not`. `day_first`: 5/6 is the fifth of June; None: it can't be told.
    `short_numeric`: "16.05." is a date.
    """

    months: dict[int, tuple[str, ...]] = {}
    months_short: dict[int, tuple[str, ...]] = {}
    weekdays: dict[int, tuple[str, ...]] = {}
    weekdays_short: dict[int, tuple[str, ...]] = {}
    units: dict[TimeUnit, tuple[str, ...]] = {}
    parts: dict[str, tuple[str, ...]] = {}
    amounts: dict[str, int] = {}
    exact: tuple[str, ...] = ()
    capitals: bool = False
    day_suffixes: tuple[str, ...] = ()
    day_words: dict[str, int] = {}
    leads: tuple[str, ...] = ()
    bounds: dict[Bound, tuple[str, ...]] = {}
    possessives: tuple[str, ...] = ()
    future: tuple[str, ...] = ()
    past: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    past_endings: tuple[str, ...] = ()
    past_not: tuple[str, ...] = ()
    day_first: bool | None = None
    short_numeric: bool = False
    rules: tuple[DateRule, ...] = ()
