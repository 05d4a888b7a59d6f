"""When reports were published, where they don't say so: from their own words and each other's.

Each report has a window of days that only evidence narrows. Dates with a year bound it; "the
first in more than three years" beside "March 2022" bounds it; a meeting that one report tells
under a date and another under a weekday fixes the year, by the calendar; a weekday, "yesterday" or
"last month" told of a dated meeting then fixes the report. Where evidence is missing or can be read
in two ways, nothing is concluded.

Reports are grouped by the pair of parties that their meetings are between, never compared one
with all others.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

import msgspec

from dragoman.claims import Annotation, When
from dragoman.link.calendar import is_absolute, named, resolve
from dragoman.link.meeting_days import (
    WEEK,
    Case,
    Diary,
    Event,
    Telling,
    bare_weekday,
    dated,
    days_of,
    fits,
    from_telling,
    meeting_days,
    tellings_of,
    years_of,
)
from dragoman.link.windows import DAY, YEARLESS, Window, own_window, told_to_the_day
from dragoman.types import Interval, PublishedHow, Reason

__all__ = ["infer_published", "named", "resolve"]

Published = dict[str, tuple[Interval, PublishedHow, tuple[Reason, ...]]]

_MONTHLESS = 330  # a month told without its year is nearer than the same month of another year


def infer_published(annotations: Iterable[Annotation]) -> Published:
    """When each report was published, as far as it is stated or can be concluded.

    Args:
        annotations: what all reports say; their order does not matter.

    Returns:
        By report: the interval, how it is known, and the reasons. Reports that nothing can be
        concluded of are not in it.
    """
    said = sorted(annotations, key=lambda annotation: annotation.report)
    published: Published = {
        one.report: (one.published, one.published_how, ()) for one in said if one.published
    }
    cases = [Case(one, own_window(one), tellings_of(one)) for one in said]
    events = meeting_days(cases)
    for case in cases:
        if case.annotation.report in published:
            continue
        _from_events(case, events)
        _from_yearless(case)
        interval = case.window.interval
        if interval is not None and (interval.latest or told_to_the_day(case.annotation)):
            reasons = tuple(case.window.reasons)
            published[case.annotation.report] = (interval, "inferred", reasons)
    return published


# ---------------------------------------------------------------- a report among others


def _from_events(case: Case, events: Mapping[tuple[str, str], Diary]) -> None:
    """What the known days of the meetings that a report tells say of its publication."""
    window, months = case.window, []
    for telling in sorted(case.tellings, key=_firmness):
        diary = events.get(telling.pair)
        event = None if diary is None else _event_of(case, telling, diary)
        if event is None:
            continue
        if telling.when is None:
            _fresh(case, event)
        elif dated(telling.when):
            if not is_absolute(telling.when):
                last = event.date.last + YEARLESS * DAY
                window.narrow(event.date.first, last, "date without its year", event.why)
        elif telling.when.kind == "weekday":
            _after_weekday(window, telling.when, event)
        elif telling.when.kind == "calendar" and telling.when.year is None:
            months.append((telling.when, event))
        else:
            _after_relative(window, telling.when, event)
    for when, event in months:
        _after_month(case, when, event)


def _firmness(telling: Telling) -> tuple[int, int, str]:
    """Tellings with a time before those without; then in the order of the text."""
    return (0 if telling.when is not None else 1), telling.rank, telling.pair[0] + telling.pair[1]


def _event_of(case: Case, telling: Telling, diary: Diary) -> Event | None:
    """The one known meeting that a telling can be of; None if there are several or none."""
    closest: Event | None = None
    for event in diary.like(telling.when):
        if not fits(telling, event.place, event.round):
            continue
        if not _agrees(telling.when, event, case.window):
            continue
        if closest is None or (closest.date != event.date and closest.date.contains(event.date)):
            closest = event
        elif not event.date.contains(closest.date):
            return None
    return closest


def _agrees(when: When | None, event: Event, window: Window) -> bool:
    """Whether a meeting on the event's day can be told with that time, by that window."""
    if window.last is not None and event.date.first > window.last:
        return False
    if when is None:
        return True
    if when.tense == "future" or when.bound in {"until", "before", "since"}:
        return False
    if when.kind == "weekday":
        near = window.first is None or event.date.last >= window.first - 2 * WEEK
        return near and any(day.weekday() == when.weekday for day in days_of(event.date))
    if when.kind == "calendar" and when.month is not None:
        year = when.year or event.date.first.year
        period = named(msgspec.structs.replace(when, year=year), None)
        return period is not None and period.overlaps(event.date)
    if is_absolute(when):
        period = named(when, None)
        return period is not None and period.overlaps(event.date)
    return from_telling(when)


def _after_weekday(window: Window, when: When, event: Event) -> None:
    """A meeting told by its weekday was at most a week ago ("last" may mean the week before)."""
    day = event.date
    if day.earliest != day.latest:
        day = Interval.day(next(one for one in days_of(day) if one.weekday() == when.weekday))
    last = day.last + (WEEK if when.direction == 0 else 2 * WEEK)
    why = f"it tells of “{when.span.text}” what was on {day} ({event.why})"
    window.narrow(day.first, last, "weekday of a dated meeting", why)


def _after_relative(window: Window, when: When, event: Event) -> None:
    """A meeting told as "yesterday", "last week": the days on which those words name its day."""
    day = event.date
    why = f"“{when.span.text}” is {day} ({event.why})"
    amount = when.amount or 0
    if not from_telling(when) or when.bound != "on" or amount > 0:
        return
    if when.unit == "day":
        last = day.last - amount * DAY + (WEEK if when.quoted else 0 * DAY)
        window.narrow(day.first - amount * DAY, last, "days since a dated meeting", why)
    elif when.unit == "week" and not when.quoted:
        first = day.first - day.first.weekday() * DAY - 7 * amount * DAY
        last = day.last - day.last.weekday() * DAY + (6 - 7 * amount) * DAY
        window.narrow(max(first, day.first), last, "weeks since a dated meeting", why)
    elif when.unit == "month" and not when.quoted:
        first, last = _month_after(day.first, -amount).first, _month_after(day.last, -amount).last
        window.narrow(max(first, day.first), last, "months since a dated meeting", why)


def _month_after(day: dt.date, count: int) -> Interval:
    place = day.year * 12 + day.month - 1 + count
    return Interval.month(place // 12, place % 12 + 1)


def _fresh(case: Case, event: Event) -> None:
    """News of a meeting that needs no date: told first, beside a "today" or a bare weekday."""
    tellings = case.tellings
    if any(telling.rank == 0 and telling.when is not None for telling in tellings):
        return
    news = [
        when
        for when in case.annotation.times
        if (from_telling(when) and when.unit == "day" and abs(when.amount or 0) <= 1)
        or bare_weekday(when) is not None
    ]
    if not news or any(
        from_telling(when) and when.unit == "month" for when in case.annotation.times
    ):
        return
    first = min(news, key=lambda when: when.span.sort_key())
    why = f"news with “{first.span.text}” of a meeting on {event.date} ({event.why})"
    case.window.narrow(event.date.first, event.date.last + WEEK, "news of a dated meeting", why)


def _after_month(case: Case, when: When, event: Event) -> None:
    """A meeting told by its month alone: that month is over, and was "last month" if told so."""
    window = case.window
    over = _month_after(event.date.last, 1)
    far = event.date.last + _MONTHLESS * DAY
    why = f"“{when.span.text}” is told as a month gone by ({event.why})"
    if not window.narrow(over.first, far, "month without its year", why):
        return
    last_month = sorted(
        (
            one
            for one in case.annotation.times
            if from_telling(one) and one.unit == "month" and one.amount == -1 and not one.quoted
        ),
        key=lambda one: one.span.sort_key(),
    )
    if not last_month:
        return
    why = f"“{last_month[0].span.text}” and “{when.span.text}” are told of one course of talks"
    if not window.narrow(over.first, over.last, "last month", why):
        return
    lead = next((telling for telling in case.tellings if telling.rank == 0), None)
    weekday = None if lead is None or lead.when is None else bare_weekday(lead.when)
    if lead is not None and lead.when is not None and weekday is not None:
        # What the lead tells of came after that month, so that its weekday lies in this one.
        days = [over.first + n * DAY for n in range(7)]
        day = next(one for one in days if one.weekday() == weekday)
        why = f"the “{lead.when.span.text}” of the lead lies after the month of “{when.span.text}”"
        window.narrow(day, None, "weekday of the lead", why)


def _from_yearless(case: Case) -> None:
    """Days told without a year, once the window is known to less than a year."""
    window = case.window
    if window.first is None or window.last is None:
        return
    if (window.last - window.first).days > 2 * YEARLESS:
        return
    reach = window.first - YEARLESS * DAY, window.last + YEARLESS * DAY
    times = sorted(case.annotation.times, key=lambda when: when.span.sort_key())
    days = [when for when in times if dated(when) and not is_absolute(when)]
    for tense in ("past", "future"):
        found = []
        for when in days:
            if when.tense != tense or when.bound != "on":
                continue
            periods = list(years_of(when, *reach))
            if len(periods) == 1:
                found.append((periods[0], when))
        if tense == "past" and found:
            period, when = max(found, key=lambda one: (one[0].last, one[1].span.sort_key()))
            why = f"“{when.span.text}” is told as past"
            window.narrow(period.last, None, "latest past date", why)
        elif found:
            later = [one for one in found if window.first is None or one[0].last >= window.first]
            if later:
                period, when = min(later, key=lambda one: (one[0].last, one[1].span.sort_key()))
                why = f"“{when.span.text}” is told as still to come"
                window.narrow(None, period.last, "planned date", why)
