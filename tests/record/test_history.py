# ruff: noqa: PT012 - a transaction that fails has several steps
import datetime as dt

import pytest

from dragoman.errors import EntryMissing, RecordError, RecordMissing
from dragoman.record import Anchor, Corrections, Reader, changes, tally
from dragoman.types import identified

from .story import ENTRIES, FIRST, SECOND, clock, exported, on, write

NEW = identified(type(ENTRIES[6])(evidence=(on(SECOND, "convened"),)))
WITHOUT = [entry for entry in ENTRIES if entry.kind != "comparison"]


def test_two_states_compared(record):
    write(record, replace=True, entries=[*WITHOUT, NEW], cause="add")
    write(record, replace=True)
    (lost,) = [entry for entry in ENTRIES if entry.kind == "comparison"]
    with Reader(record) as reader:
        assert [state.cause for state in reader.states()] == ["build", "add", "build"]
        there = [(change.sort, change.entry) for change in changes(reader, 1, 2)]
        assert there == [("added", NEW), ("removed", lost)]
        back = [(change.sort, change.entry) for change in changes(reader, 2, 3)]
        assert back == [("removed", NEW), ("added", lost)]
        assert list(changes(reader, 1, 3)) == []
        assert tally(reader, 2, 1) == {
            "boilerplate": {"added": 0, "removed": 1},
            "comparison": {"added": 1, "removed": 0},
        }
        with pytest.raises(RecordError, match="no state 4; name one from 1 to 3"):
            list(changes(reader, 1, 4))
        assert reader.check() == []


REEF = Anchor(kind="position", spans=(on(FIRST, "the reef"),), fields={"party": "Norland"})


def test_corrections_outlive_every_build(record):
    with Corrections(record, now=clock) as desk:
        made = desk.add("change", REEF, {"stance": "open"}, who="Lea", why="an irony")
    write(record, replace=True, entries=[])
    with Reader(record) as reader:
        assert reader.corrections() == [made]
        assert [state.cause for state in reader.states()] == ["build", "correct", "build"]
        assert reader.check() == []
    assert made.at == clock().replace(microsecond=0)


def test_corrections_are_undone_and_stay_on_record(record):
    with Corrections(record, now=clock) as desk:
        made = desk.add("reject", REEF, {}, who="Lea", why="not said")
    later = clock() + dt.timedelta(hours=1)
    with Corrections(record, now=lambda: later) as desk:
        undone = desk.undo(made.id, who="Kim", why="it was said")
        with pytest.raises(RecordError, match="can't be undone"):
            desk.undo(made.id, who="Kim", why="twice")
        with pytest.raises(RecordError, match="can't be undone"):
            desk.undo(undone.id, who="Kim", why="an undoing")
        with pytest.raises(EntryMissing):
            desk.undo("cor-0", who="Kim", why="none")
    with Reader(record) as reader:
        first, second = reader.corrections()
    assert (first.id, first.undone_by) == (made.id, undone.id)
    assert (second.action, second.anchor, second.who) == ("undo", REEF, "Kim")


def test_corrections_of_one_second_keep_their_order(record):
    names = [f"n{i}" for i in range(20)]
    with Corrections(record, now=clock) as desk:
        for name in names:
            desk.add("reject", REEF, {}, who=name, why="not said")
    with Reader(record) as reader:
        assert [each.who for each in reader.corrections()] == names


def test_corrections_are_all_kept_or_none(record):
    before = exported(record)
    with pytest.raises(KeyError), Corrections(record) as desk:
        desk.add("reject", REEF, {}, who="Lea", why="not said")
        raise KeyError
    with Corrections(record):
        pass
    with Reader(record) as reader:
        assert reader.corrections() == []
        assert len(reader.states()) == 1
    assert exported(record) == before


def test_the_same_correction_twice(record):
    with pytest.raises(RecordError, match="there already"), Corrections(record, now=clock) as desk:
        for _ in range(2):
            desk.add("reject", REEF, {}, who="Lea", why="not said")


def test_there_is_nothing_to_correct(tmp_path):
    (tmp_path / "empty.db").touch()
    for name in ("none.db", "empty.db"):
        with pytest.raises(RecordMissing), Corrections(tmp_path / name):
            pass
    assert not (tmp_path / "none.db").exists()
    assert (tmp_path / "empty.db").read_bytes() == b""


def test_an_anchor_needs_something_to_hold_on_to():
    with pytest.raises(ValueError, match="words or fields"):
        Anchor(kind="position")
