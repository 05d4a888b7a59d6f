"""Calendar arithmetic, and publication dates concluded from what reports say."""

from __future__ import annotations

import datetime as dt
import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.annotate.text import prepare
from dragoman.annotate.times import find_times
from dragoman.claims import Annotation, LocalActor, MeetingClaim, Received, When
from dragoman.link.dates import infer_published, named, resolve
from dragoman.types import Interval, Span, content_hash


def first_time(text: str, language: str = "en") -> When:
    return find_times(prepare(Received(source="case", text=text), language))[0]


# ---------------------------------------------------------------- resolve

RESOLVED = [
    # (words, published, expected); 2025-05-19 is a Monday
    ("They met on Friday.", "2025-05-19", "2025-05-16"),
    ("They met on Friday.", "2025-05-16", "2025-05-16"),
    ("They will meet on Friday.", "2025-05-19", "2025-05-23"),
    ("They will meet on Friday.", "2025-05-16", "2025-05-16"),
    ("They met last Friday.", "2025-05-16", "2025-05-09"),
    ("They meet next Friday.", "2025-05-16", "2025-05-23"),
    ("They met on Monday.", "2025-06-02/2025-06-30", "2025-06-02/2025-06-30"),
    ("They met on Sunday.", "2025-06-02/2025-06-30", "2025-06-01/2025-06-29"),
    ("They met on Friday.", "2025-05-16/2025-05-18", "2025-05-16"),
    ("They met on Friday.", "2025-05-16/2025-05-22", "2025-05-16"),
    ("They met on 19 May 2024.", None, "2024-05-19"),
    ("They met on May 19.", "2025-05-25", "2025-05-19"),
    ("They met on May 19.", "2025-05-12", "2024-05-19"),
    ("They will meet on May 19.", "2025-05-12", "2025-05-19"),
    ("They met on December 30.", "2025-01-02", "2024-12-30"),
    ("They will meet on January 5.", "2024-12-30", "2025-01-05"),
    ("They met on Friday, May 16.", "2026-05-01", "2025-05-16"),
    ("They met on May 15–16.", "2025-05-19", "2025-05-15/2025-05-16"),
    ("They met on December 31 to January 2.", "2025-03-01", "2024-12-31/2025-01-02"),
    ("They met in March.", "2025-05-19", "2025-03"),
    ("They met in March.", "2025-01-19", "2024-03"),
    ("They will meet in March.", "2025-05-19", "2026-03"),
    ("It has been so since March.", "2025-05-19", "2025-03-01/2025-05-19"),
    ("They met in March 2022.", None, "2022-03"),
    ("They have not met since March 2022.", "2025-05-19", "2022-03-01/2025-05-19"),
    ("They have not met since 2022.", None, "2022-01-01/.."),
    ("It was over before 2022.", None, "../2021-12-31"),
    ("They met in early March.", "2025-05-19", "2025-03-01/2025-03-10"),
    ("They met in late 2024.", None, "2024-09-01/2024-12-31"),
    ("They met yesterday.", "2025-05-19", "2025-05-18"),
    ("They meet today.", "2025-05-19", "2025-05-19"),
    ("They meet tomorrow.", "2025-05-19", "2025-05-20"),
    ("They met yesterday.", "2025-05-16/2025-05-18", "2025-05-15/2025-05-17"),
    ("They met two days ago.", "2025-03-01", "2025-02-27"),
    ("They met last week.", "2025-05-19", "2025-05-12/2025-05-18"),
    ("They met last week.", "2025-01-02", "2024-12-23/2024-12-29"),
    ("They met last month.", "2025-06-02", "2025-05"),
    ("They met last month.", "2025-01-31", "2024-12"),
    ("They meet next month.", "2025-12-31", "2026-01"),
    ("They met last year.", "2025-06-02", "2024"),
    ("They met this week.", "2025-05-21", "2025-05-19/2025-05-21"),
    ("Shells fell over the weekend.", "2025-05-19", "2025-05-17/2025-05-18"),
    ("Shells fell last weekend.", "2025-05-18", "2025-05-10/2025-05-11"),
    ("The first in more than three years.", "2025-05-16", "../2022-05-15"),
    ("It was paid within two weeks.", "2025-05-01", "2025-05-01/2025-05-15"),
    ("It was calm in the past two weeks.", "2025-05-15", "2025-05-01/2025-05-15"),
    ("It was sent before Monday.", "2025-05-21", "../2025-05-18"),
    ("It is due by Friday.", "2025-05-19", "../2025-05-23"),
    ("They met on February 29.", "2025-05-19", "2024-02-29"),
]


@pytest.mark.parametrize(("words", "published", "expected"), RESOLVED)
def test_resolve(words: str, published: str | None, expected: str) -> None:
    when = first_time(words)
    found = resolve(when, None if published is None else Interval.parse(published))
    assert found is not None
    interval, reason = found
    assert str(interval) == expected
    assert when.span.text in reason.why


@pytest.mark.parametrize(
    "words",
    ["They met on Friday.", "They met in May.", "They met on May 19.", "They met last week."],
)
def test_without_publication_only_absolute_times_are_known(words: str) -> None:
    assert resolve(first_time(words), None) is None


def test_a_time_in_a_quotation_counts_from_when_it_was_said() -> None:
    when = first_time("He said: “We meet tomorrow.”")
    published, spoken = Interval.parse("2025-05-19"), Interval.parse("2025-05-15")
    assert resolve(when, published) is None
    found = resolve(when, published, spoken=spoken)
    assert found is not None
    assert str(found[0]) == "2025-05-16"


def test_the_name_of_a_period_is_apart_from_its_bound() -> None:
    when = first_time("They had not met since March 2022.")
    assert named(when, None) == Interval.parse("2022-03")


def test_a_day_that_no_year_has_is_not_resolved() -> None:
    span = Span(report="r", start=0, end=6, text="30 Feb")
    when = When(span=span, kind="calendar", month=2, day=30)
    assert resolve(when, Interval.parse("2025-05-19")) is None


SENTENCES = [
    *{words for words, _, _ in RESOLVED},
    "Talks on Friday.",
    "Talks in May.",
    "Talks on May 19.",
    "It came after Monday.",
    "They met on Friday 13 May.",
]
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31))
SPANS = st.integers(0, 500)


@given(st.sampled_from(sorted(SENTENCES)), DAYS, SPANS, SPANS, SPANS)
def test_less_known_publication_never_gives_a_narrower_date(
    words: str, day: dt.date, length: int, before: int, after: int
) -> None:
    when = first_time(words)
    inner = Interval(day, day + dt.timedelta(length))
    outer = Interval(day - dt.timedelta(before), day + dt.timedelta(length) + dt.timedelta(after))
    small, large = resolve(when, inner), resolve(when, outer)
    assert (small is None) == (large is None)
    if small is not None and large is not None:
        assert large[0].contains(small[0])


@given(DAYS, st.integers(0, 6), st.sampled_from(["past", "unknown", "present", "future"]))
def test_a_weekday_is_within_a_week_of_its_telling(day: dt.date, weekday: int, tense: str) -> None:
    span = Span(report="r", start=0, end=3, text="day")
    when = When(span=span, kind="weekday", weekday=weekday, tense=tense)  # type: ignore[arg-type]
    found = resolve(when, Interval.day(day))
    assert found is not None
    distance = (found[0].first - day).days
    assert found[0].first.weekday() == weekday
    assert 0 <= distance <= 6 if tense == "future" else -6 <= distance <= 0


@given(DAYS, SPANS)
def test_each_day_of_publication_gives_a_date_inside_the_interval(
    day: dt.date, length: int
) -> None:
    when = first_time("They met on Friday.")
    whole = resolve(when, Interval(day, day + dt.timedelta(length)))
    one = resolve(when, Interval.day(day + dt.timedelta(length // 2)))
    assert whole is not None
    assert one is not None
    assert whole[0].contains(one[0])


# ---------------------------------------------------------------- publication

NORTH, SOUTH, WEST = "state:AA", "state:BB", "state:CC"


def report(
    text: str,
    *meetings: tuple[str, dict[str, object]],
    source: str = "",
    language: str = "en",
    published: str | None = None,
) -> Annotation:
    """A report, its times found, its meetings given: the words of each time and its fields.

    Parties are North and South unless said otherwise; the place is Lund.
    """
    received = Received(source=source or content_hash(text), text=text)
    document = prepare(received, language)
    times = tuple(find_times(document))
    actors = (
        LocalActor(name="North", type="state", forms=("North",), key=NORTH),
        LocalActor(name="South", type="state", forms=("South",), key=SOUTH),
        LocalActor(name="West", type="state", forms=("West",), key=WEST),
        LocalActor(name="Lund", type="place", forms=("Lund",), key="place:lund-se"),
        LocalActor(name="Faro", type="place", forms=("Faro",), key="place:faro-pt"),
    )
    claims = []
    for place, (words, fields) in enumerate(meetings):
        index = next((i for i, when in enumerate(times) if when.span.text == words), None)
        assert index is not None or not words, [when.span.text for when in times]
        told = {"form": "talks", "status": "held", "parties": (0, 1), "place": 3} | fields
        evidence = (document.span(place, place + 1),)
        claims.append(MeetingClaim(evidence=evidence, when=index, **told))  # type: ignore[arg-type]
    return Annotation(
        report=document.report,
        source=received.source,
        sha256="0" * 64,
        length=len(text),
        language=language,
        lead=document.span(0, 1),
        times=times,
        actors=actors,
        meetings=tuple(claims),
        published=None if published is None else Interval.parse(published),
        published_how="unknown" if published is None else "stated",
    )


def dates(*reports: Annotation) -> list[str | None]:
    found = infer_published(reports)
    return [str(found[one.report][0]) if one.report in found else None for one in reports]


def test_a_time_counted_from_a_dated_one_bounds_publication() -> None:
    one = report("They met on 3 March 2024. Two days later the port reopened.")
    assert dates(one) == ["2024-03-05/.."]


def test_an_anniversary_that_is_past_bounds_publication() -> None:
    one = report("They met on 3 May 2009 and marked the tenth anniversary of the 2011 accord.")
    assert dates(one) == ["2021-01-01/.."]


def test_times_that_count_from_others_tell_nothing_of_the_day_of_writing() -> None:
    dated = report("They met on 16 May 2025.", ("16 May 2025", {}), source="dated")
    other = report("They met two days earlier.", ("two days earlier", {}), source="other")
    assert dates(dated, other) == ["2025-05-16/..", None]


def test_a_plan_in_an_old_quotation_does_not_bound_publication() -> None:
    one = report('"We will be done by 2020," she said. They met again on 4 May 2024.')
    assert dates(one) == ["2024-05-04/.."]


DATED = "They met on May 15–16, the first talks since 2022."
WEEKDAY = "The first talks in more than three years opened on Friday; they last met in March 2022."


def test_what_is_stated_is_kept() -> None:
    one = report("They met on Friday.", published="2025-05-17")
    assert infer_published([one]) == {one.report: (Interval.parse("2025-05-17"), "stated", ())}


def test_nothing_known_nothing_said() -> None:
    assert dates(report("They met on Friday.", ("Friday", {}))) == [None]
    assert dates(report("They met on May 16.", ("May 16", {}))) == [None]
    assert dates(report("They have not met since 2022.")) == [None]


def test_a_full_date_told_as_past_is_the_earliest_day() -> None:
    assert dates(report("They met on 19 May 2025.")) == ["2025-05-19/.."]


def test_past_and_planned_dates_enclose_the_day() -> None:
    text = "They met on 19 May 2025. They will meet again on 22 May 2025."
    assert dates(report(text)) == ["2025-05-19/2025-05-22"]


def test_years_since_bound_the_day() -> None:
    assert dates(report(WEEKDAY)) == ["2025-03-01/2026-03-31"]


def test_years_since_one_of_two_years_bound_nothing() -> None:
    text = WEEKDAY + " The border was closed in 2014."
    assert dates(report(text)) == [None]


def test_a_date_in_one_report_and_a_weekday_in_another_fix_the_year() -> None:
    dated = report(
        DATED + " They met again on May 19. They will meet on May 20.", ("May 15–16", {})
    )
    weekday = report(WEEKDAY, ("Friday", {}))
    assert dates(dated, weekday) == ["2025-05-19/2025-05-20", "2025-05-16/2025-05-22"]


def test_other_parties_are_another_meeting() -> None:
    dated = report(DATED, ("May 15–16", {"parties": (0, 2)}))
    weekday = report(WEEKDAY, ("Friday", {}))
    assert dates(dated, weekday) == [None, "2025-03-01/2026-03-31"]


def test_another_place_or_round_is_another_meeting() -> None:
    weekday = report(WEEKDAY, ("Friday", {"round": 1}))
    for fields in ({"place": 4}, {"round": 2}):
        dated = report(DATED, ("May 15–16", fields))
        assert dates(dated, weekday)[1] == "2025-03-01/2026-03-31"


def test_a_weekday_that_does_not_fit_fixes_nothing() -> None:
    dated = report(DATED, ("May 15–16", {}))
    weekday = report(WEEKDAY.replace("Friday", "Tuesday"), ("Tuesday", {}))
    assert dates(dated, weekday) == [None, "2025-03-01/2026-03-31"]


def test_news_with_a_today_follows_a_dated_meeting() -> None:
    dated = report("They met on 16 May 2025.", ("16 May 2025", {}))
    fresh = report("“Today is a great day,” said the host of the talks.", ("", {}))
    stale = report("The talks of that spring are the theme of a book.", ("", {}))
    assert dates(dated, fresh, stale) == ["2025-05-16/..", "2025-05-16/2025-05-22", None]


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        ("yesterday", "They met yesterday.", "2025-05-17"),
        ("two days ago", "They met two days ago.", "2025-05-18"),
        ("last week", "They met last week.", "2025-05-19/2025-05-25"),
        ("last month", "They met last month.", "2025-06"),
        ("Friday", "They met on Friday.", "2025-05-16/2025-05-22"),
        ("last Friday", "They met last Friday.", "2025-05-16/2025-05-28"),
        ("Friday", "They met on Friday, and guns were heard on Sunday.", "2025-05-16/2025-05-22"),
    ],
)
def test_words_told_of_a_dated_meeting(words: str, text: str, expected: str) -> None:
    dated = report("They met on 16 May 2025.", ("16 May 2025", {}))
    assert dates(dated, report(text, (words, {})))[1] == expected


def test_two_meetings_that_fit_fix_nothing() -> None:
    first = report("They met on 16 May 2025.", ("16 May 2025", {}))
    second = report("They met on 6 June 2025.", ("6 June 2025", {}))
    assert dates(first, second, report("They met on Friday.", ("Friday", {})))[2] is None


def test_last_month_beside_the_month_of_the_first_round() -> None:
    dated = report("They met on 16 May 2025.", ("16 May 2025", {"round": 1}))
    later = report(
        "They met on Monday after talks resumed last month. The first round was held in May.",
        ("Monday", {"round": 2}),
        ("May", {"round": 1}),
    )
    assert dates(dated, later)[1] == "2025-06-02/2025-06-30"


def test_every_conclusion_has_its_reasons_in_words() -> None:
    dated = report(DATED, ("May 15–16", {}))
    weekday = report(WEEKDAY, ("Friday", {}))
    for _, how, reasons in infer_published([dated, weekday]).values():
        assert how == "inferred"
        assert reasons
        assert all(reason.rule and "“" in reason.why for reason in reasons)


def test_other_languages() -> None:
    dated = report("Reuniram-se em 16 de maio de 2025.", ("16 de maio de 2025", {}), language="pt")
    german = report("Sie trafen sich am Freitag.", ("Freitag", {}), language="de")
    assert dates(dated, german) == ["2025-05-16/..", "2025-05-16/2025-05-22"]


def story() -> list[Annotation]:
    return [
        report(DATED, ("May 15–16", {"round": 1})),
        report(WEEKDAY, ("Friday", {"round": 1})),
        report("They met on Friday.", ("Friday", {})),
        report("“Today is a great day,” said the host.", ("", {})),
        report("They met yesterday.", ("yesterday", {}), published="2025-06-03"),
        report("They met on Monday.", ("Monday", {"round": 2})),
    ]


def test_the_order_of_reports_does_not_matter() -> None:
    expected = infer_published(story())
    shuffled = random.Random(5)  # noqa: S311 - no secret
    for _ in range(20):
        reports = story()
        shuffled.shuffle(reports)
        found = infer_published(iter(reports))
        assert found == expected
        assert list(found) == list(expected)


def test_one_report_more_never_breaks_what_another_states() -> None:
    reports = story()
    for size in range(1, len(reports) + 1):
        for some in itertools.combinations(reports, size):
            for one in some:
                if one.published is not None:
                    assert infer_published(some)[one.report][0] == one.published
