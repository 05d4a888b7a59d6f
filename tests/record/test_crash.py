"""The writer killed at any moment: the record is as it was before, or as it is after."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dragoman.errors import RecordMissing
from dragoman.record import Reader, Writer

from .story import ENTRIES, FIRST, REPORTS, annotation_of, exported, write

# Writes the story without its last entry, and says after each step how far it has come.
STEPS = 6
CHILD = """
import sys
from pathlib import Path
from dragoman.record import Writer
from record.story import ENTRIES, REPORTS, annotation_of, clock

def came():
    print("step", flush=True)
    sys.stdin.readline()

with Writer(Path(sys.argv[1]), replace=True, now=clock, program="dragoman test") as writer:
    writer._transaction.db.execute("PRAGMA cache_size = 1")  # so that pages reach the disk early
    came()
    for received in REPORTS:
        writer.add_report(received, annotation_of(received))
    came()
    writer.write_entries(ENTRIES[:-3])
    came()
    writer.write_entries(ENTRIES[-3:-1])
    came()
    writer.close_state("build")
    came()
came()
"""


def killed(path: Path, steps: int, delay: float = 0.0) -> None:
    """Let a writer go some steps, and on for `delay` seconds; then kill it."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[1],
        text=True,
    )
    with child:
        for i in range(steps):
            assert child.stdout.readline() == "step\n"
            if i + 1 < steps or delay:
                child.stdin.write("\n")
                child.stdin.flush()
        time.sleep(delay)
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdin.close()


@pytest.mark.parametrize(
    ("steps", "delay"),
    [
        *((step, 0.0) for step in range(1, STEPS + 1)),
        (5, 0.0005),
        (5, 0.001),
        (5, 0.002),
        (5, 0.01),
    ],
)
def test_before_or_after(tmp_path, steps, delay):
    path, whole = tmp_path / "killed.db", tmp_path / "whole.db"
    write(path)
    write(whole, entries=ENTRIES[:-1])
    before, after = exported(path), exported(whole)
    killed(path, steps, delay)
    with Reader(path) as reader:
        assert reader.check() == []
        states = len(reader.states())
    if not delay:
        assert states == (2 if steps == STEPS else 1)
    assert exported(path) == (before if states == 1 else after)
    write(path, replace=True)  # and it can be written on
    assert exported(path) == before


def test_a_first_build_killed_leaves_no_record(tmp_path):
    path = tmp_path / "new.db"
    killed(path, 4)
    with pytest.raises(RecordMissing), Reader(path):
        pass
    with Writer(path) as writer:
        writer.add_report(FIRST, annotation_of(FIRST))
        writer.close_state("build")
    with Reader(path) as reader:
        assert reader.text(annotation_of(REPORTS[0]).report) == FIRST.text
