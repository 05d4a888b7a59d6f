import datetime as dt

import pytest

from dragoman.record import Filter, Reader

from .story import ENTRIES, SECOND, name_of

BRUSK = next(e for e in ENTRIES if getattr(e, "name", None) == "Ana Brusk")
MARCH = {"since": dt.date(2031, 3, 1), "until": dt.date(2031, 3, 31)}
ALL = [entry.kind for entry in ENTRIES]


@pytest.mark.parametrize(
    ("choice", "kinds"),
    [
        ({}, sorted(ALL)),
        ({"kind": "meeting"}, ["meeting"]),
        ({"kind": "incident", "party": "NORLAND"}, ["incident"]),
        ({"kind": "position", "party": "Norlánd"}, ["position"]),
        ({"party": "sudmark"}, ["actor", "commitment", "incident", "meeting"]),
        ({"speaker": "ana brusk"}, ["statement", "statement"]),
        ({"speaker": "Ana Brsuk"}, ["statement", "statement"]),
        ({"speaker": BRUSK.id}, ["statement", "statement"]),
        ({"speaker": "Brusk"}, ["statement", "statement"]),  # a part of the name
        ({"speaker": "Bru"}, []),
        ({"side": "norland"}, ["actor", "statement"]),
        ({"issue": "Territory"}, ["position"]),
        ({"issue": "prisoners"}, ["commitment"]),
        ({"status": "held"}, ["meeting"]),
        ({"status": "rejects"}, ["position"]),
        ({"status": "compatible"}, ["comparison"]),
        (MARCH, ["commitment", "meeting", "report", "statement"]),
        ({"since": dt.date(2031, 3, 4)}, ["statement"]),
        ({"until": dt.date(2031, 2, 28)}, []),
        ({"text": "GIVE  up the"}, ["position", "statement"]),
        ({"kind": "statement", "text": "coast guard"}, ["statement"]),
        ({"kind": "incident", "report": name_of(SECOND)}, ["incident"]),
        ({"kind": "repair", "report": name_of(SECOND)[:9]}, ["repair"]),
        ({"kind": "boilerplate", "report": name_of(SECOND)}, []),
    ],
)
def test_a_filter_lets_through(record, choice, kinds):
    with Reader(record) as reader:
        assert sorted(entry.kind for entry in reader.select(Filter(**choice))) == kinds


def test_a_time_that_ends_before_it_begins():
    with pytest.raises(ValueError, match="ends before"):
        Filter(since=dt.date(2031, 3, 2), until=dt.date(2031, 3, 1))


def test_a_kind_that_there_is_not(record):
    with Reader(record) as reader, pytest.raises(ValueError, match="no kind"):
        list(reader.select(Filter(kind="song")))
