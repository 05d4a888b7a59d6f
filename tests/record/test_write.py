# ruff: noqa: PT012 - a transaction that fails has several steps
import datetime as dt
import os
import random
import sqlite3

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import (
    EntryMissing,
    RecordDamaged,
    RecordError,
    RecordExists,
    RecordMissing,
    SourceError,
)
from dragoman.record import Reader, Writer, annotation_key
from dragoman.review import Desk
from dragoman.types import Interval, Reason, content_hash

from .story import (
    ENTRIES,
    FIRST,
    REPORTS,
    SECOND,
    THIRD,
    annotation_of,
    clock,
    exported,
    name_of,
    write,
)


def test_a_record_is_not_written_over_unless_asked(record):
    before = exported(record)
    with pytest.raises(RecordExists, match="there is a record already"):
        write(record)
    assert exported(record) == before
    assert write(record, replace=True) == 2
    assert exported(record) == before


def test_an_exception_takes_everything_back(record):
    before = exported(record)
    with pytest.raises(KeyError), Writer(record, replace=True) as writer:
        writer.add_report(THIRD, annotation_of(THIRD))
        raise KeyError
    assert exported(record) == before
    with Reader(record) as reader:
        assert len(reader.states()) == 1
        assert [found.kind for found in reader.search("reef")] == ["statement", "report"]


def test_an_exception_in_a_first_build_leaves_no_record(tmp_path):
    path = tmp_path / "new.db"
    with pytest.raises(KeyError), Writer(path) as writer:
        writer.add_report(FIRST, annotation_of(FIRST))
        raise KeyError
    with pytest.raises(RecordMissing, match="there is no such file"), Reader(path):
        pass
    write(path)  # no need to replace what never was


def test_without_close_state_nothing_is_kept(tmp_path):
    path = tmp_path / "new.db"
    with pytest.raises(RecordError, match="call close_state"), Writer(path) as writer:
        writer.add_report(FIRST, annotation_of(FIRST))
    with pytest.raises(RecordMissing), Reader(path):
        pass


def test_close_state_is_called_once(tmp_path):
    with pytest.raises(RecordError, match="close it once"), Writer(tmp_path / "x") as writer:
        writer.close_state("build")
        writer.close_state("build")


def test_after_a_failure_nothing_more_is_written(tmp_path):
    path = tmp_path / "new.db"
    with pytest.raises(RecordError, match="an earlier step failed"), Writer(path) as writer:
        with pytest.raises(RecordError, match="breaks a rule"):
            writer.write_entries(ENTRIES)  # their reports were not added
        writer.close_state("build")
    with pytest.raises(RecordMissing), Reader(path):
        pass


def test_a_full_disk_is_told_and_nothing_kept(record):
    before = exported(record)
    noise = random.Random(1).randbytes(400_000)  # noqa: S311 - only has to be incompressible
    large = msgspec.structs.replace(THIRD, raw=noise)
    with (
        pytest.raises(RecordError, match=r"the disk is full .*free some space"),
        Writer(record, replace=True) as writer,
    ):
        pages = writer._transaction.db.execute("PRAGMA page_count").fetchone()[0]
        writer._transaction.db.execute(f"PRAGMA max_page_count = {pages + 10}")
        writer.add_report(large, annotation_of(large))
    assert exported(record) == before


def test_a_second_writer_is_told_to_wait(record):
    with Writer(record, replace=True) as writer:
        with (
            pytest.raises(
                RecordError, match=rf"another program is writing it \(process {os.getpid()} on"
            ),
            Writer(record, replace=True, wait=0.2),
        ):
            pass
        assert exported(record).count(b"\n") == len(ENTRIES)  # readers see what was before
        writer.close_state("build")
    assert exported(record) == b""


@pytest.mark.parametrize("content", [b"x", b"no database at all\n" * 99, b"SQLite format 3\0" * 64])
def test_another_file_is_never_written_over(tmp_path, content):
    path = tmp_path / "letter.txt"
    path.write_bytes(content)
    with pytest.raises(RecordDamaged, match="no record"), Writer(path, replace=True):
        pass
    assert path.read_bytes() == content


def test_another_database_is_never_written_over(tmp_path):
    path = tmp_path / "other.db"
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE songs (name)")
    db.commit()
    db.close()
    content = path.read_bytes()
    with pytest.raises(RecordDamaged, match="no record"), Writer(path, replace=True):
        pass
    assert path.read_bytes() == content


def test_a_folder_or_a_missing_folder(tmp_path):
    with pytest.raises(RecordError, match="it is a folder"), Writer(tmp_path):
        pass
    with pytest.raises(RecordError, match="its folder is not there"), Writer(tmp_path / "a" / "b"):
        pass


def test_annotations_come_back_in_order_of_report(tmp_path):
    with Writer(tmp_path / "x.db") as writer:
        for received in REPORTS:
            assert writer.add_report(received, annotation_of(received))
        expected = sorted(map(annotation_of, REPORTS), key=lambda a: a.report)
        assert list(writer.annotations()) == expected
        assert writer.text(name_of(SECOND)) == SECOND.text
        with pytest.raises(EntryMissing):
            writer.text("rep-0")
        writer.close_state("build")


def test_annotations_are_kept_for_the_next_build(record):
    with Writer(record, replace=True, program="dragoman test") as writer:
        key = annotation_key(FIRST, "dragoman test")
        assert writer.cached(key) == annotation_of(FIRST)
        assert writer.cached(annotation_key(FIRST, "dragoman next")) is None
        assert writer.cached(annotation_key(msgspec.structs.replace(FIRST, title="Else"))) is None
        writer.close_state("build")  # no report is left: nothing to keep
    with Writer(record, replace=True) as writer:
        assert writer.cached(key) is None
        writer.close_state("build")


def test_an_annotation_of_another_report_is_refused(tmp_path):
    with pytest.raises(ValueError, match="given for"), Writer(tmp_path / "x.db") as writer:
        writer.add_report(FIRST, annotation_of(SECOND))


def test_one_report_given_twice_with_other_metadata(tmp_path):
    other = msgspec.structs.replace(FIRST, title="Another title", published=Interval.year(2031))
    kept = []
    for i, reports in enumerate([(FIRST, other, FIRST), (other, FIRST)]):
        path = tmp_path / f"{i}.db"
        with Writer(path) as writer:
            added = [writer.add_report(r, annotation_of(r)) for r in reports]
            assert added == [True] + [False] * (len(reports) - 1)
            assert len(list(writer.annotations())) == 1
            writer.close_state("build")
        with Reader(path) as reader:
            kept.append(reader.received(name_of(FIRST)))
            assert reader.check() == []
    assert kept[0] == kept[1]
    assert kept[0] in (FIRST, other)


def test_entries_that_differ_in_their_reasons_only(tmp_path):
    actor = next(entry for entry in ENTRIES if entry.kind == "actor")
    twins = [
        msgspec.structs.replace(actor, reasons=(Reason(rule=rule, why="so"),)) for rule in "ba"
    ]
    write(tmp_path / "1.db", entries=[*ENTRIES, *twins])
    write(tmp_path / "2.db", entries=[*reversed(twins), *ENTRIES])
    assert exported(tmp_path / "1.db") == exported(tmp_path / "2.db")
    # Reasons of a later build win, whatever they are.
    write(tmp_path / "2.db", replace=True, entries=[*ENTRIES[:3], twins[0]])
    with Reader(tmp_path / "2.db") as reader:
        assert reader.entry(actor.id).reasons[0].rule == "b"


def test_an_entry_needs_an_id(tmp_path):
    bare = msgspec.structs.replace(ENTRIES[4], id="")
    with pytest.raises(ValueError, match="without an id"), Writer(tmp_path / "x.db") as writer:
        writer.write_entries([bare])


def test_skipped_sources_are_kept_by_state(record):
    with Writer(record, extend=True, now=clock) as writer:
        for place in ("b.bin", "a.txt", "a.txt"):
            writer.skip(SourceError(place, "it holds no text", "leave it out"))
        writer.write_entries(ENTRIES)
        writer.close_state("build")
    expected = [(place, "it holds no text", "leave it out") for place in ("a.txt", "b.bin")]
    with Reader(record) as reader:
        actor = next(reader.entries("actor")).id
    with Desk(record, "Lea") as desk:
        desk.accept(actor, "so it is")
    with Reader(record) as reader:
        assert reader.skipped() == reader.skipped(2) == expected
        assert reader.skipped(1) == reader.skipped(3) == []


def test_the_clock_needs_a_time_zone(tmp_path):
    naive = dt.datetime(2031, 1, 1)  # noqa: DTZ001 - what must be refused
    with pytest.raises(ValueError), Writer(tmp_path / "x.db", now=lambda: naive) as writer:
        writer.close_state("build")


def content(path):
    """All that a record holds but its times and row numbers."""
    with Reader(path) as reader:
        queries = (
            "SELECT * FROM standing ORDER BY id",
            "SELECT * FROM cited ORDER BY entry, ordinal",
            "SELECT id, field, ordinal, target FROM ref JOIN entry ON seq = entry ORDER BY 1, 2, 3",
            "SELECT id, source, sha256, text, raw, metadata, annotation FROM report ORDER BY id",
            "SELECT key, blob FROM annotation ORDER BY key",
        )
        return [list(reader.rows(query)) for query in queries], reader.search("reef crews")


@settings(max_examples=15, deadline=None)
@given(st.permutations(REPORTS), st.permutations(ENTRIES), st.booleans())
def test_any_order_gives_the_same_record(tmp_path_factory, reports, entries, again):
    folder = tmp_path_factory.mktemp("order")
    write(folder / "a.db")
    write(folder / "b.db", reports=reports, entries=entries)
    if again:
        write(folder / "b.db", replace=True, reports=reports[::-1], entries=entries[::-1])
    assert exported(folder / "a.db") == exported(folder / "b.db")
    assert content(folder / "a.db") == content(folder / "b.db")


def test_the_golden_export(record):
    """A change of these bytes is a change of the contract: tell it in the change log."""
    assert content_hash(exported(record)) == "13a10833519e239a"
