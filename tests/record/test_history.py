import pytest

from dragoman.errors import RecordError
from dragoman.record import Reader, changes, tally
from dragoman.types import identified

from .story import ENTRIES, SECOND, on, write

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
