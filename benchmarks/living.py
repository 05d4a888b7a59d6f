"""A record that lives: killed at random moments, added to, and compared with a single build.

Killed: a process that adds, corrects or rebuilds is killed (SIGKILL) after a random part of the
time that the work takes; the record must then be as before or as after, and `check` find nothing.
There is no peer: whatever is not whole is wrong.

Added: the seconds that one more report takes beside its annotation (linking, writing), and how
much of a build's linking that is; and whether additions give the export of one build. Times
depend on the machine and have no floors.
"""

from __future__ import annotations

import io
import multiprocessing
import os
import random
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.frame import EXAMPLES, Figure, Missing, Options, Part, hash_of
from benchmarks.generated import example_sources, write_reports
from dragoman import pipeline
from dragoman.record import Reader
from dragoman.review import Desk

KILLS, MANY_KILLS = 24, 200
SIZES, LONG = (100,), (1_000, 10_000)
PARTS = 10
WAIT = 60.0


def run(options: Options) -> Iterator[Part | Missing]:
    """Kill, then add; the smaller sizes first."""
    data = EXAMPLES / "gold.jsonl"
    if not data.is_file():
        yield Missing(data="generated", why="examples/gold.jsonl is not there")
        return
    digest = hash_of([data, *(EXAMPLES / "reports").glob("*.txt")], EXAMPLES)
    reports = sorted((EXAMPLES / "reports").glob("*.txt"))
    kills = MANY_KILLS if options.full else KILLS
    whole = killed(reports, kills, options.seed)
    yield Part(
        data="killed",
        sha256=digest,
        figures={"as before or as after": Figure(value=whole / kills, peer=None, n=kills)},
    )
    for size in SIZES + (LONG if options.full else ()):
        yield Part(
            data=f"added to {size:,}",
            sha256=digest,
            figures=_added(size, options.seed),
            note="peer: linking and writing all of them at once; one export of 1: the same",
        )


# ---------------------------------------------------------------- killed


def killed(reports: Sequence[Path], kills: int, seed: int) -> int:
    """How many of the kills left the record as it was before or as it is after.

    Args:
        reports: what the record is made of; the last four are those that are added.
        kills: how often a process is killed: one that adds, corrects and rebuilds in turns.
        seed: of the moments.
    """
    rng = random.Random(seed)  # noqa: S311 - no secret
    good = 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        first = folder / "first.db"
        pipeline.build(reports[:-4], first)
        outcomes = []
        for which in range(len(WORKS)):
            done = Path(shutil.copy(first, folder / f"done{which}.db"))
            begun = time.perf_counter()
            WORKS[which](done, reports[-4:])
            outcomes.append((exported(first), exported(done), time.perf_counter() - begun))
        for number in range(kills):
            which = number % len(WORKS)
            before, after, seconds = outcomes[which]
            path = Path(shutil.copy(first, folder / "killed.db"))
            _kill(which, path, reports[-4:], rng.random() * seconds * 1.1)
            with Reader(path) as reader:
                sound = reader.check() == []
            good += sound and exported(path) in {before, after}
            for end in ("", "-wal", "-shm", "-writer"):
                path.with_name(path.name + end).unlink(missing_ok=True)
    return good


def _add(path: Path, reports: Sequence[Path]) -> None:
    pipeline.add(reports, path)


def _correct(path: Path, _: Sequence[Path]) -> None:
    with Reader(path) as reader:
        victim = next(reader.entries("statement")).id
    with Desk(path, "Lea") as desk:
        desk.reject(victim, "not said")


def _rebuild(path: Path, _: Sequence[Path]) -> None:
    pipeline.rebuild(path)


WORKS = (_add, _correct, _rebuild)


def _work(which: int, path: Path, reports: Sequence[Path], ready: Connection) -> None:
    ready.send(True)  # imported: from here on every moment is one of the work
    WORKS[which](path, reports)


def _kill(which: int, path: Path, reports: Sequence[Path], delay: float) -> None:
    """Let a process work, and kill it so many seconds after it began."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_work, args=(which, path, reports, there))
    child.start()
    there.close()
    here.recv()
    time.sleep(delay)
    if child.pid is not None:
        os.kill(child.pid, signal.SIGKILL)
    child.join(WAIT)
    here.close()


def exported(path: Path) -> bytes:
    """The export of a record."""
    out = io.BytesIO()
    with Reader(path) as reader:
        reader.export(out)
    return out.getvalue()


# ---------------------------------------------------------------- added


def _added(size: int, seed: int) -> dict[str, Figure]:
    with tempfile.TemporaryDirectory() as scratch:
        folder, at_once, grown = (Path(scratch, name) for name in ("reports", "one.db", "grown.db"))
        write_reports(folder, example_sources(), count=size + 1, seed=seed)
        reports = sorted(folder.iterdir())
        whole = pipeline.build(reports, at_once)
        step = -(-size // PARTS)
        pipeline.build(reports[:step], grown)
        for start in range(step, size, step):
            pipeline.add(reports[start : min(start + step, size)], grown)
        one = pipeline.add(reports[size:], grown)
        same = exported(grown) == exported(at_once)
        states = PARTS + 1
    beside = ("link", "record", "acquire")
    return {
        "seconds to add one, beside its annotation": Figure(
            value=sum(one.seconds[stage] for stage in beside),
            peer=sum(whole.seconds[stage] for stage in beside),
            n=size,
            pinned=False,
        ),
        "the export of one build": Figure(value=float(same), n=states),
    }
