"""The days on which a report may have been published, and what its own dates say of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from dragoman.claims import Annotation
from dragoman.link.calendar import absolute_at, is_absolute, named, shifted
from dragoman.types import Interval, Reason

DAY = dt.timedelta(1)
YEARLESS = 182  # a day told without its year is nearer than half a year


@dataclass
class Window:
    """The days on which a report may have been published, and the reasons so far."""

    first: dt.date | None = None
    last: dt.date | None = None
    reasons: list[Reason] = field(default_factory=list)

    def narrow(self, first: dt.date | None, last: dt.date | None, rule: str, why: str) -> bool:
        """Keep the days from `first` to `last`, unless none would be left; tell whether it did."""
        start = max((day for day in (self.first, first) if day is not None), default=None)
        end = min((day for day in (self.last, last) if day is not None), default=None)
        if start is not None and end is not None and start > end:
            return False
        if (start, end) != (self.first, self.last):
            self.first, self.last = start, end
            self.reasons.append(Reason(rule=rule, why=why))
        return True

    @property
    def interval(self) -> Interval | None:
        """The window; None while nothing bounds it."""
        if self.first is None and self.last is None:
            return None
        return Interval(self.first, self.last)


def own_window(annotation: Annotation) -> Window:
    """What a report's own dates with a year say of its publication."""
    window = Window()
    past = []
    for index, when in enumerate(annotation.times):
        period = absolute_at(annotation.times, index)
        if period is None:
            continue
        if when.tense == "past" and when.bound not in {"until", "before"}:
            past.append((period, when))
    if past:
        # Of a month or year that is told as past only the first day must be over; of a day, it.
        latest, when = max(past, key=lambda one: (one[0].first, one[1].span.sort_key()))
        why = f"“{when.span.text}” is told as past"
        window.narrow(latest.first, None, "latest past date", why)
    future = [
        (period, when)
        for when in annotation.times
        if when.tense == "future"
        and not when.quoted  # a plan may be quoted long after
        and is_absolute(when)
        and when.bound in {"on", "until", "before"}
        and (period := named(when, None)) is not None
    ]
    if future:
        soonest, when = min(future, key=lambda one: (one[0].last, one[1].span.sort_key()))
        why = f"“{when.span.text}” is told as still to come"
        window.narrow(None, soonest.last, "planned date", why)
    _look_back(annotation, [period for period, _ in past], window)
    return window


def _look_back(annotation: Annotation, past: list[Interval], window: Window) -> None:
    """Apply "the first in more than three years" where all past dates are of one year."""
    if len({period.first.year for period in past}) != 1:
        return
    # The nearest told: "2022" and "March 2022" are one time, told more and less closely.
    anchor = min(past, key=lambda period: (period.days or 0, period.sort_key()))
    for when in sorted(annotation.times, key=lambda when: when.span.sort_key()):
        if not (
            when.kind == "offset"
            and when.anchor == "told"
            and when.unit == "year"
            and when.amount is not None
            and when.amount < -1
            and when.bound in {"before", "since"}
            and not when.quoted
        ):
            continue
        count = -when.amount
        # "In three years" rounds, down or up by half a year; "in more than three" only down.
        slack = 0 if when.bound == "before" else YEARLESS
        first = shifted(anchor.first, count) - slack * DAY
        last = shifted(anchor.last, count + 1)
        why = f"“{when.span.text}” since {anchor}"
        window.narrow(first, last, "years since", why)


def told_to_the_day(annotation: Annotation) -> bool:
    """Whether a report tells a past day with its year."""
    return any(
        is_absolute(when) and when.day is not None and when.tense == "past"
        for when in annotation.times
    )
