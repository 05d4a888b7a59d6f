"""Processes that write a record, killed at random moments; what they leave has to be whole.

Half of the kills come at any moment of the work, half within the commit and the closing of the
file, which take little of the time and where most could go wrong. A file that is neither as before
nor as after is kept with its log as the kill left it, and what is wrong with it is told.
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
from collections.abc import Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import NamedTuple

from dragoman import pipeline
from dragoman.record import Reader
from dragoman.record.file import Transaction
from dragoman.review import Desk

WAIT = 60.0
# The moments reach a little beyond the end of the work.
BEYOND = 1.1
SIDES = ("", "-wal", "-shm")
SHOWN = 3


class Fault(NamedTuple):
    """A kill that left something else than the record before or after.

    Attributes:
        number: of the kill.
        work: what was killed.
        moment: when, in words.
        wrong: what is wrong with the record, one line each.
        kept: the folder with the file and its log as they were found.
    """

    number: int
    work: str
    moment: str
    wrong: tuple[str, ...]
    kept: Path

    def __str__(self) -> str:
        wrong = "".join(f"\n  {line}" for line in self.wrong)
        return f"kill {self.number}, {self.work} {self.moment}; kept in {self.kept}{wrong}"


class _Course(NamedTuple):
    """A work run to its end: the export before and after, seconds till its commit and of that."""

    before: bytes
    after: bytes
    till_commit: float
    commit: float


def exported(path: Path) -> bytes:
    """The export of a record."""
    out = io.BytesIO()
    with Reader(path) as reader:
        reader.export(out)
    return out.getvalue()


def killed(reports: Sequence[Path], kills: int, seed: int) -> list[Fault]:
    """Kill processes that work on a record; which kills left something that is not whole.

    Args:
        reports: what the record is made of; the last four are those that are added.
        kills: how often a process is killed: one that adds, corrects and rebuilds in turns.
        seed: of the moments.
    """
    rng = random.Random(seed)  # noqa: S311 - no secret
    faults = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        first, path = folder / "first.db", folder / "killed.db"
        pipeline.build(reports[:-4], first)
        added = reports[-4:]
        courses = {name: _course(name, first, path, added) for name in WORKS}
        for number in range(kills):
            name = list(WORKS)[number % len(WORKS)]
            _fresh(first, path)
            moment = _kill(name, path, added, courses[name], rng)
            kept = _put_aside(path, Path(tempfile.mkdtemp(prefix="dragoman-kill-")))
            if wrong := _wrong(path, courses[name]):
                faults.append(Fault(number, name, moment, tuple(wrong), kept))
            else:
                shutil.rmtree(kept)
    return faults


# ---------------------------------------------------------------- works


def _add(path: Path, reports: Sequence[Path]) -> None:
    pipeline.add(reports, path)


def _correct(path: Path, _: Sequence[Path]) -> None:
    with Reader(path) as reader:
        victim = next(reader.entries("statement")).id
    with Desk(path, "Lea") as desk:
        desk.reject(victim, "not said")


def _rebuild(path: Path, _: Sequence[Path]) -> None:
    pipeline.rebuild(path)


WORKS = {"add": _add, "correct": _correct, "rebuild": _rebuild}


# ---------------------------------------------------------------- kills


def _work(name: str, path: Path, reports: Sequence[Path], told: Connection) -> None:
    """Do a work in a process of its own; tell when it begins, and when its commit does."""
    commit = Transaction.commit

    def telling(transaction: Transaction) -> None:
        told.send("commit")
        commit(transaction)

    Transaction.commit = telling  # type: ignore[method-assign,assignment]
    told.send("begun")
    WORKS[name](path, reports)


def _start(name: str, path: Path, reports: Sequence[Path]) -> tuple[BaseProcess, Connection]:
    # Forked: it has loaded what it needs, so that every moment is one of the work itself.
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_work, args=(name, path, reports, there))
    child.start()
    there.close()
    here.recv()
    return child, here


def _course(name: str, first: Path, path: Path, reports: Sequence[Path]) -> _Course:
    _fresh(first, path)
    WORKS[name](path, reports)  # here, so that all is loaded that a child will need
    after = exported(path)
    _fresh(first, path)
    begun = time.perf_counter()
    child, told = _start(name, path, reports)
    told.recv()
    committing = time.perf_counter()
    child.join(WAIT)
    ended = time.perf_counter()
    told.close()
    return _Course(exported(first), after, committing - begun, ended - committing)


def _kill(
    name: str, path: Path, reports: Sequence[Path], course: _Course, rng: random.Random
) -> str:
    """Let a process work and kill it; at which moment, in words."""
    child, told = _start(name, path, reports)
    if rng.random() < 0.5:
        delay, since = rng.random() * BEYOND * (course.till_commit + course.commit), "it began"
    else:
        delay, since = rng.random() * BEYOND * course.commit, "its commit began"
        told.recv()
    time.sleep(delay)
    if child.pid is not None:
        os.kill(child.pid, signal.SIGKILL)
    child.join(WAIT)
    told.close()
    return f"{delay:.4f} s after {since}"


def _fresh(first: Path, path: Path) -> None:
    for end in SIDES:
        path.with_name(path.name + end).unlink(missing_ok=True)
    shutil.copy(first, path)


def _put_aside(path: Path, folder: Path) -> Path:
    """Copies of a record and its log, made before anybody opens it."""
    for end in SIDES:
        if (side := path.with_name(path.name + end)).exists():
            shutil.copy(side, folder)
    return folder


def _wrong(path: Path, course: _Course) -> list[str]:
    """What is wrong with a record that a kill left, one line each; nothing if it is whole."""
    with Reader(path) as reader:
        wrong = [f"check: {fault}" for fault in reader.check()]
    found = exported(path)
    if found not in {course.before, course.after}:
        for name, export in (("before", course.before), ("after", course.after)):
            here, there = set(found.splitlines()), set(export.splitlines())
            for sign, lines in (("+", here - there), ("-", there - here)):
                wrong.append(f"{len(lines)} lines {sign} to {name}")
                wrong += [f"{sign} {line.decode()[:400]}" for line in sorted(lines)[:SHOWN]]
    return wrong
