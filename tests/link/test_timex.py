"""Times in the notation of TIMEX3, and what they count from."""

from __future__ import annotations

import datetime as dt
from typing import cast

import pytest

from dragoman.annotate import annotate
from dragoman.annotate.text import prepare
from dragoman.annotate.times import find_expressions, find_times
from dragoman.claims import Received
from dragoman.languages.holidays import holiday_in, holidays
from dragoman.link.calendar import resolve_at
from dragoman.link.context import Cast, Context
from dragoman.link.timex import timexes
from dragoman.types import Interval

WEDNESDAY = dt.date(2025, 5, 21)


def read(text: str, language: str = "en", told: dt.date | None = WEDNESDAY) -> list[str]:
    document = prepare(Received(source="case", text=text), language)
    times = find_expressions(document)
    return [
        f"{when.span.text} = {timex.value}" + (f"/{timex.end}" if timex.end else "")
        for when, timex in zip(times, timexes(times, told), strict=True)
    ]


ENGLISH = [
    (
        "Rates rose in the last four months of 2024.",
        ["in the last four months of 2024 = 2024-09", "2024 = 2024"],
    ),
    ("They talked for the last three months.", ["for the last three months = P3M"]),
    ("The first two days were calm.", ["The first two days = P2D"]),
    ("The captain meets us on Friday the 23rd.", ["Friday the 23rd = 2025-05-23"]),
    ("It lapses in the last week of June.", ["the last week of June = 2025-W26"]),
    ("It lapses in the first week of 2026.", ["the first week of 2026 = 2026-W01"]),
    ("It began in the week of 9 June 2025.", ["the week of 9 June 2025 = 2025-W24"]),
    (
        "The port reopened two weeks after 3 May.",
        ["two weeks after 3 May = 2025-W20", "3 May = 2025-05-03"],
    ),
    (
        "It closed more than two weeks before Easter 2025.",
        ["more than two weeks = P2W", "Easter 2025 = 2025-04-20"],
    ),
    ("It was agreed two years and three months ago.", ["two years and three months ago = 2023-02"]),
    ("The port closed in 2019, 2021 and 2023.", ["2019 = 2019", "2021 = 2021", "2023 = 2023"]),
    ("Rates fell between May and July 2024.", ["May and July 2024 = 2024-05/2024-07"]),
    ("Thirty May evenings were wet.", []),
    ("The dockers met on Friday.", ["Friday = 2025-05-16"]),
    ("The dockers will meet on Friday.", ["Friday = 2025-05-23"]),
    ("The envoys met last week.", ["last week = 2025-W20"]),
    ("They meet again next month.", ["next month = 2025-06"]),
    ("They met two months ago.", ["two months ago = 2025-03"]),
    ("They met this weekend.", ["this weekend = 2025-W20-WE"]),
    ("It was signed in the spring of 1994.", ["the spring of 1994 = 1994-SP"]),
    ("It was signed in the third quarter of 2024.", ["the third quarter of 2024 = 2024-Q3"]),
    ("The dispute of the 1980s ended.", ["the 1980s = 198"]),
    ("The dispute of the 1700s ended.", ["the 1700s = 17"]),
    ("The dispute of the 2000s ended.", ["the 2000s = 200"]),
    ("A treaty of the nineteenth century.", ["the nineteenth century = 18"]),
    ("The league was founded in 478 BC.", ["478 BC = BC0478"]),
    ("The truce of 15–17 May held.", ["15–17 May = 2025-05-15/2025-05-17"]),
    ("The war of 2014–16 is over.", ["2014–16 = 2014/2016"]),
    ("They sat at 5:30 p.m. on Monday.", ["5:30 p.m. on Monday = 2025-05-19T17:30"]),
    ("They sat on Monday at 14:05.", ["Monday at 14:05 = 2025-05-19T14:05"]),
    ("They sat on Monday evening.", ["Monday evening = 2025-05-19TEV"]),
    ("The bridge reopened last night.", ["last night = 2025-05-20TNI"]),
    ("The fast lasted three days.", ["three days = P3D"]),
    ("The 60-day truce held.", ["60-day = P60D"]),
    ("They argued for weeks.", ["weeks = PXW"]),
    ("They argued for a few months.", ["a few months = PXM"]),
    ("The boats sail every Monday.", ["every Monday = XXXX-WXX-1"]),
    ("The boats sail daily.", ["daily = P1D"]),
    ("The strike is over now.", ["now = PRESENT_REF"]),
    ("They had met recently.", ["recently = PAST_REF"]),
    ("Work begins in the near future.", ["the near future = FUTURE_REF"]),
    ("The port reopened on Easter Monday 2024.", ["Easter Monday 2024 = 2024-04-01"]),
    ("The first talks in more than three years.", ["in more than three years = P3Y"]),
    (
        "They met on 3 March 2024. Two days later the port reopened.",
        ["3 March 2024 = 2024-03-03", "Two days later = 2024-03-05"],
    ),
    (
        "They met on 3 March 2024. The next day the port reopened.",
        ["3 March 2024 = 2024-03-03", "The next day = 2024-03-04"],
    ),
    (
        "The fund was set up in 2019. Later that year it closed.",
        ["2019 = 2019", "Later that year = 2019"],
    ),
    (
        "They marked the third anniversary of the 2016 accord.",
        ["third anniversary = 2019", "2016 = 2016"],
    ),
    (
        "They marked the third anniversary of the accord of 9 May 2016.",
        ["third anniversary = 2019-05-09", "9 May 2016 = 2016-05-09"],
    ),
    ("They marked the third anniversary.", ["third anniversary = XXXX"]),
    ("The talks, postponed to Saturday, go on.", ["Saturday = 2025-05-24"]),
    ("The owners on Thursday agreed to a truce.", ["Thursday = 2025-05-15"]),
    ("The list is to be published in July.", ["July = 2025-07"]),
]

NONE = [
    "On the last day of the talks nobody spoke.",
    "The fall of the tower ended the siege.",
    "At the last minute they sat down and may march on.",
    "April led the team, and the 40th brigade was second.",
    "He ran it in 2:10:33 and the score was 3:2.",
    "A 22-point plan and three-quarters of the crew.",
]


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize("text", NONE)
def test_words_that_tell_no_time(text: str) -> None:
    assert read(text) == []


def test_what_can_not_be_known_stays_open() -> None:
    assert read("They met on Friday, the next day and in May.", told=None) == [
        "Friday = XXXX-WXX-5",
        "the next day = XXXX-XX-XX",
        "May = XXXX-05",
    ]


HISTORY = (
    "In 1931 the dock was built. In 1932 it burned. The union of 1933 called a strike on 4 May "
    "1934. On 7 June the owners gave in. In December they met again; in January the union split. "
    "In 1936 it grew, in 1937 it shrank. The strike of 1938 failed. In 1939 it was gone."
)


def test_a_history_counts_from_the_year_told_last() -> None:
    found = dict(one.split(" = ") for one in read(HISTORY))
    assert found["7 June"] == "1934-06-07"
    assert found["December"] == "1934-12"
    assert found["January"] == "1935-01"


def test_a_report_counts_from_its_own_day() -> None:
    text = "The dock was built in 1931. On 7 May the owners gave in, and on Friday they met."
    assert read(text) == ["1931 = 1931", "7 May = 2025-05-07", "Friday = 2025-05-16"]


def test_days_are_counted_from_another_time_only_as_closely_as_it_is_known() -> None:
    text = "The owners met on Monday. Two days later the union answered."
    times = find_times(prepare(Received(source="case", text=text), "en"))
    week = Interval(dt.date(2025, 5, 20), dt.date(2025, 5, 21))
    found = resolve_at(times, 1, week)
    assert found is not None
    assert str(found[0]) == "2025-05-21"
    assert resolve_at(times, 1, None) is None


def test_times_in_a_quotation_count_from_when_it_was_said() -> None:
    text = 'On 3 March 2024 union leader Marta Quill said: "We will strike tomorrow."'
    annotation = annotate(Received(source="case", text=text, language="en"))
    index = next(i for i, when in enumerate(annotation.times) if when.quoted)
    nobody = cast("Cast", None)
    context = Context(cast=nobody, published={}, family={}, languages={})
    found = context.date(annotation, index)
    assert found is not None
    assert str(found[0]) == "2024-03-04"


def test_an_undated_quotation_leaves_its_times_open() -> None:
    text = 'Union leader Marta Quill said: "We will strike tomorrow."'
    annotation = annotate(Received(source="case", text=text, language="en"))
    context = Context(cast=cast("Cast", None), published={}, family={}, languages={})
    assert context.date(annotation, 0) is None


def test_lengths_and_repetitions_have_no_date() -> None:
    text = "The 60-day truce is renewed every Monday; they now meet daily at noon."
    assert find_times(prepare(Received(source="case", text=text), "en")) == []


@pytest.mark.parametrize(
    ("key", "year", "day"),
    [
        ("easter", 2024, "2024-03-31"),
        ("easter", 2025, "2025-04-20"),
        ("orthodox easter", 2024, "2024-05-05"),
        ("orthodox easter", 2025, "2025-04-20"),
        ("thanksgiving us", 2023, "2023-11-23"),
        ("memorial day us", 2025, "2025-05-26"),
        ("christmas", 2030, "2030-12-25"),
    ],
)
def test_holidays(key: str, year: int, day: str) -> None:
    assert str(holiday_in(key, year)) == day


def test_every_holiday_has_a_day() -> None:
    assert all(holiday_in(key, 2025) is not None for key in holidays())
