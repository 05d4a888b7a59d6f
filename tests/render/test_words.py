import pytest

from dragoman.render import words
from dragoman.types import Interval


@pytest.mark.parametrize(
    ("written", "said", "bare"),
    [
        ("2031-06-02", "on 2 June 2031", "2 June 2031"),
        ("2031-06", "in June 2031", "June 2031"),
        ("2031", "in 2031", "2031"),
        ("2031-06-02/2031-06-30", "between 2 and 30 June 2031", "2 – 30 June 2031"),
        ("2031-05-30/2031-06-02", "between 30 May and 2 June 2031", "30 May – 2 June 2031"),
        (
            "2030-12-30/2031-01-02",
            "between 30 December 2030 and 2 January 2031",
            "30 December 2030 – 2 January 2031",
        ),
        ("2031-06-02/..", "on 2 June 2031 or later", "2 June 2031 or later"),
        ("../2031-06-02", "on 2 June 2031 or earlier", "2 June 2031 or earlier"),
    ],
)
def test_dates(written, said, bare):
    assert words.date(Interval.parse(written)) == said
    assert words.bare_date(Interval.parse(written)) == bare


def test_an_unknown_date_is_no_date():
    assert words.date(None) == ""
    assert words.bare_date(None) == "date unknown"


@pytest.mark.parametrize(
    ("independent", "reports", "said"),
    [
        (1, 1, "one account"),
        (1, 2, "one account, copied once"),
        (1, 3, "one account, copied twice"),
        (1, 10, "one account, copied nine times"),
        (1, 40, "one account, copied 39 times"),
        (3, 3, "three independent accounts"),
        (2, 5, "two independent accounts in five reports"),
        (0, 2, "only copies of other reports"),
    ],
)
def test_accounts(independent, reports, said):
    assert words.accounts(independent, reports) == said


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(1, "1 minute"), (59, "59 minutes"), (60, "1 hour"), (100, "1 hour 40 minutes")],
)
def test_durations(minutes, said):
    assert words.duration(minutes) == said


@pytest.mark.parametrize(
    ("number", "unit", "said"),
    [
        (1, "person", "1 person"),
        (9, "person", "9 people"),
        (1200, "prisoner", "1,200 prisoners"),
        (5, "percent", "5 per cent"),
        (2.5, "square kilometre", "2.5 square kilometres"),
        (3, "quoll", "3 quoll"),
        (4, None, "4"),
    ],
)
def test_measures(number, unit, said):
    assert words.measure(number, unit) == said
