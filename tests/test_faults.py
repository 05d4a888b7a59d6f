"""Nothing is lost: killed at random moments, two writers, a clock set back, no room, no leave."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from benchmarks.kills import killed
from dragoman import pipeline
from dragoman.errors import EntryMissing, RecordDamaged, RecordError
from dragoman.record import Reader, Writer, read_at
from dragoman.review import Desk

from .living import FEW, REPORTS, exported, faults, once
from .record.story import ENTRIES, write

DAY = dt.timedelta(days=1)
THEN = dt.datetime(2031, 4, 1, 12, tzinfo=dt.UTC)


def test_killed_at_random_moments():
    """A few here; `python -m benchmarks living --full` kills four hundred times."""
    assert killed(REPORTS[:8], 6, seed=os.getpid()) == []


@pytest.fixture
def record(tmp_path, monkeypatch):
    monkeypatch.setattr(pipeline, "annotate", once)
    pipeline.build(FEW[:3], tmp_path / "r.db")
    return tmp_path / "r.db"


def test_a_second_writer_waits_for_the_first(record):
    held, go = threading.Event(), threading.Event()

    def first():
        with Writer(record, extend=True) as writer:
            held.set()
            go.wait(20)
            writer.abandon()

    thread = threading.Thread(target=first)
    thread.start()
    held.wait(20)
    before = exported(record)  # a reader is not blocked
    threading.Timer(0.3, go.set).start()
    pipeline.add(FEW[3:4], record)
    thread.join()
    assert exported(record) != before
    assert not record.with_name(".r.db-writer").exists()
    assert faults(record) == []


def test_a_writer_that_was_killed_holds_nobody_up(record):
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom dragoman.record import Writer\n"
        "Writer(Path(sys.argv[1]), extend=True).__enter__()\nos.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, str(record)], check=False)
    assert record.with_name(".r.db-writer").exists()
    assert pipeline.add(FEW[3:4], record).added == 1
    assert faults(record) == []


def test_a_clock_set_back(tmp_path):
    path = tmp_path / "r.db"
    write(path)

    def at(moment):
        with Writer(path, extend=True, now=lambda: moment) as writer:
            writer.write_entries(ENTRIES)
            writer.close_state("add")

    at(THEN)
    before = exported(path)
    with pytest.raises(RecordError, match=r"the clock stands at .* before the record's last state"):
        at(THEN - DAY)
    with (
        pytest.raises(RecordError, match="set the clock"),
        Desk(path, "Lea", now=lambda: THEN - DAY),
    ):
        pass
    assert exported(path) == before
    at(THEN - dt.timedelta(minutes=1))  # set right by a little
    with Reader(path) as reader:
        times = [state.at for state in reader.states()]
    assert times == sorted(times)
    assert times[-1] == THEN


def test_states_are_found_by_number_day_and_moment(tmp_path):
    path = tmp_path / "r.db"
    write(path, entries=ENTRIES[:-1])
    with Writer(path, extend=True, now=lambda: THEN) as writer:
        writer.write_entries(ENTRIES)
        writer.close_state("add")
    for text, state in (
        ("1", 1),
        ("2030-01-01", 1),
        ("2031-03-31", 1),
        ("2031-04-01", 2),
        ("2031-04-01T11:59", 1),
        ("2031-04-01T14:00+02:00", 2),
    ):
        with Reader(path, read_at(text)) as reader:
            assert reader.state == state
            assert sum(reader.counts().values()) == len(ENTRIES) - (state == 1)
    for text in ("3", "0", "1999-01-01"):
        with pytest.raises(EntryMissing), Reader(path, read_at(text)):
            pass
    with pytest.raises(ValueError):
        read_at("yesterday")


def test_a_full_disk_while_adding(record, monkeypatch):
    before, begin = exported(record), Writer._begin

    def small(writer):
        begin(writer)
        db = writer._transaction.db
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {pages + 1}")

    with monkeypatch.context() as patch:
        patch.setattr(Writer, "_begin", small)
        with pytest.raises(RecordError, match=r"the disk is full .*free some space"):
            pipeline.add(FEW[3:], record)
    assert exported(record) == before
    assert faults(record) == []
    assert pipeline.add(FEW[3:], record).added == len(FEW) - 3


def test_a_folder_without_leave_to_write(record):
    if os.geteuid() == 0:
        pytest.skip("the superuser may write everywhere")
    before = exported(record)
    record.chmod(0o444)
    record.parent.chmod(0o555)
    try:
        with pytest.raises(RecordError, match="can't be"):
            pipeline.add(FEW[3:4], record)
        assert exported(record) == before
    finally:
        record.parent.chmod(0o755)


@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
def test_a_truncated_record_is_not_added_to(record, part):
    data = record.read_bytes()
    record.write_bytes(data[: int(len(data) * part)])
    with pytest.raises(RecordDamaged):
        pipeline.add(FEW[3:4], record)
    with pytest.raises(RecordDamaged):
        pipeline.rebuild(record)
    assert len(record.read_bytes()) == int(len(data) * part)


def test_a_flipped_bit_is_told_or_harmless(record, tmp_path):
    data, told = record.read_bytes(), 0
    good = exported(record)
    for place in range(2_000, len(data), len(data) // 25):
        path = Path(tmp_path, "flipped.db")
        path.write_bytes(data[:place] + bytes([data[place] ^ 16]) + data[place + 1 :])
        try:
            with Reader(path) as reader:
                found = reader.check()
            told += bool(found)
            assert found or exported(path) == good
        except RecordDamaged:
            told += 1
    assert told


def test_a_record_among_its_own_sources_keeps_its_lock(tmp_path, monkeypatch):
    """Opened and closed once more, a file would lose the locks that this process has on it."""
    monkeypatch.setattr(pipeline, "annotate", once)
    folder = tmp_path / "reports"
    shutil.copytree(REPORTS[0].parent, folder)
    code = (
        "import sqlite3, sys\ndb = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None)\n"
        "db.execute('BEGIN IMMEDIATE')"
    )
    told = []

    def second_writer(stage, _):
        if stage == "link" and not told:
            command = [sys.executable, "-c", code, str(folder / "z.db")]
            told.append(subprocess.run(command, capture_output=True, text=True, check=False).stderr)

    summary = pipeline.build([folder], folder / "z.db", progress=second_writer)
    assert "database is locked" in told[0]
    assert summary.skipped == ()
    assert faults(folder / "z.db") == []


@pytest.mark.parametrize("stop", [KeyboardInterrupt, ValueError])
def test_a_new_record_that_is_given_up_leaves_nothing(tmp_path, stop):
    with pytest.raises(stop), Writer(tmp_path / "r.db"):
        raise stop
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "r.db").touch()  # made by somebody else
    with pytest.raises(stop), Writer(tmp_path / "r.db"):
        raise stop
    assert [path.name for path in tmp_path.iterdir()] == ["r.db"]


def test_a_new_record_is_not_taken_from_under_another_writer(tmp_path):
    path, outcomes = tmp_path / "r.db", []

    def second():
        with Writer(path) as writer:
            writer.close_state("build")
        outcomes.append("written")

    thread = threading.Thread(target=second)
    with Writer(path) as writer:
        thread.start()
        time.sleep(0.3)
        writer.abandon()
    thread.join()
    assert outcomes == ["written"]
    assert faults(path) == []


def test_build_interrupted_leaves_nothing(tmp_path):
    command = [sys.executable, "-m", "dragoman", "build", str(REPORTS[0].parent)]
    output = tmp_path / "r.db"
    process = subprocess.Popen([*command, "-o", str(output)], stderr=subprocess.PIPE)
    while not output.exists():
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate()
    assert b"interrupted" in told
    assert list(tmp_path.iterdir()) == []
