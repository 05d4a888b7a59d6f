"""What two values make of one another, case by case."""

import pytest

from dragoman.link.measures import Measure, judge, of_interval, relate
from dragoman.types import Interval

INF = float("inf")


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        # exact
        ((100, 100), (100, 100), "equal"),
        ((273, 273), (472, 472), "apart"),
        ((9, 9), (14, 14), "apart"),
        # a bound and a figure within it, or beyond it
        ((0, 120), (100, 100), "compatible"),
        ((0, 120), (121, 121), "apart"),
        ((24, INF), (40, 40), "compatible"),
        ((24, INF), (20, 20), "apart"),
        ((9000, INF), (9412, 9412), "compatible"),
        # approximations
        ((540, 660), (597, 597), "compatible"),
        ((540, 660), (700, 700), "apart"),
        ((180, 540), (500, 900), "compatible"),
        # a round number for an exact one
        ((600, 600), (597, 597), "compatible"),
        ((1000, 1000), (978, 978), "compatible"),
        ((1000, 1000), (1400, 1400), "apart"),
        ((600, 600), (540, 540), "apart"),
        ((50_000, 50_000), (40_000, 40_000), "apart"),
        ((12, 12), (11, 11), "apart"),
        ((2.5, 2.5), (2.4, 2.4), "apart"),
    ],
)
def test_numbers(one, other, relation):
    assert relate(Measure(*one), Measure(*other))[0] == relation
    assert relate(Measure(*other), Measure(*one))[0] == relation


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("2031-05-02", "2031-05-02", "equal"),
        ("2031-05", "2031-05-02", "compatible"),
        ("2031", "2031-05", "compatible"),
        ("../2031-05-02", "2029-11", "compatible"),
        ("2031-05-02", "2031-05-03", "compatible"),  # across midnight
        ("2031-05-02", "2031-05-04", "apart"),
        ("2029", "2031", "apart"),
    ],
)
def test_dates(one, other, relation):
    first, second = (of_interval(Interval.parse(text)) for text in (one, other))
    assert relate(first, second)[0] == relate(second, first)[0] == relation


def test_all_values_are_held_against_one_another():
    assert judge([]) is None
    assert judge([Measure(5, 5)] * 3).verdict == "agrees"
    assert judge([Measure(5, 5), Measure(0, 6), Measure(4, INF)]).verdict == "compatible"
    assert judge([Measure(5, 5), Measure(0, 6), Measure(7, INF)]).verdict == "contradicts"


def test_a_compatible_pair_says_why():
    assert relate(Measure(0, 120), Measure(100, 100))[1] == "a bound, and a value within it"
    assert "round number" in relate(Measure(600, 600), Measure(597, 597))[1]
