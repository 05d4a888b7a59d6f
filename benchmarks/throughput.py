"""How many reports a second, how much memory, and whether both grow in proportion.

The reports are made from the sentences of the example, about 500 words each, by `generated`. The
peer reads the same files and splits them at white space. Figures depend on the machine, so they
have no floor. Memory is the peak of the largest process.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.frame import EXAMPLES, Figure, Missing, Options, Part, hash_of
from benchmarks.generated import example_sources, write_reports
from dragoman.cli.codes import SOME_SKIPPED

SIZES = (100, 1_000)
LONG = (10_000,)
# What one report may cost, in milliseconds of one core; the reference beside our figure.
BUDGET_MS = 80.0
MIB = 1024 * 1024


class Run(NamedTuple):
    """One build: wall and processor seconds (all processes), peak MiB, reports that failed."""

    seconds: float
    processor: float
    memory: float
    failed: int


def run(options: Options) -> Iterator[Part | Missing]:
    """Measure every size, the smallest first."""
    gold = EXAMPLES / "gold.jsonl"
    if not gold.is_file():
        yield Missing(data="generated", why="examples/gold.jsonl is not there")
        return
    sources = example_sources()
    figures: dict[str, Figure] = {}
    before: tuple[int, Run] | None = None
    for size in SIZES + (LONG if options.full else ()):
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch, "reports")
            write_reports(folder, sources, count=size, seed=options.seed)
            one, two = (_build(folder, Path(scratch, f"{jobs}.db"), jobs) for jobs in (1, 2))
            peer = size / _split(folder)
        figures |= _figures(size, one, two, peer)
        if before:
            figures |= _growth(before, (size, one))
        before = size, one
    yield Part(
        data="generated",
        sha256=hash_of([gold, *(EXAMPLES / "reports").glob("*.txt")], EXAMPLES),
        figures=figures,
        note=f"peer: files read and split at white space; budget {BUDGET_MS:.0f} ms a report",
    )


def _figures(size: int, one: Run, two: Run, peer: float) -> dict[str, Figure]:
    values = {
        "reports a second, 1 job": (size / one.seconds, peer),
        "reports a second, 2 jobs": (size / two.seconds, None),
        "ms of one core a report (peer: budget)": (1000 * one.processor / size, BUDGET_MS),
        "peak MiB, 1 job": (one.memory, None),
        "peak MiB, 2 jobs": (two.memory, None),
        "reports that failed": (one.failed, 0),
    }
    return {
        f"{size}: {name}": Figure(value=value, peer=other, n=size, pinned=False)
        for name, (value, other) in values.items()
    }


def _growth(small: tuple[int, Run], large: tuple[int, Run]) -> dict[str, Figure]:
    """How time and memory grew, for each time that the reports did; in proportion is 1."""
    (few, a), (many, b) = small, large
    times = many / few
    values = {"time": b.processor / a.processor / times, "memory": b.memory / a.memory / times}
    return {
        f"{few} to {many}: growth of {what} (1: in proportion)": Figure(
            value=value, peer=1.0, n=many, pinned=False
        )
        for what, value in values.items()
    }


def _build(folder: Path, record: Path, jobs: int) -> Run:
    command = [sys.executable, "-m", "dragoman", "build", str(folder), "-o", str(record)]
    begun = time.perf_counter()
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(
            [*command, "--jobs", str(jobs)], stdout=subprocess.DEVNULL, stderr=told
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        told.seek(0)
        lines = told.read().decode("utf-8", "replace").splitlines()
    if process.returncode not in {0, SOME_SKIPPED}:
        raise RuntimeError(f"dragoman build failed: {lines[-1] if lines else process.returncode}")
    # Linux tells the peak in KiB, macOS in bytes.
    peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / MIB
    return Run(seconds, usage.ru_utime + usage.ru_stime, peak, failed=len(lines))


def _split(folder: Path) -> float:
    begun = time.perf_counter()
    for path in sorted(folder.iterdir()):
        path.read_text("utf-8").split()
    return time.perf_counter() - begun
