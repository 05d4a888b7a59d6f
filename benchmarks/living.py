"""A record that lives: killed at random moments, added to, and compared with a single build.

Killed: a process that adds, corrects or rebuilds is killed (SIGKILL) after a random part of the
time that the work takes; the record must then be as before or as after, and `check` find nothing.
There is no peer: whatever is not whole is wrong.

Added: the seconds that one more report takes beside its annotation (linking, writing), and how
much of a build's linking that is; and whether additions give the export of one build. Times
depend on the machine and have no floors.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.frame import EXAMPLES, Figure, Missing, Options, Part, hash_of
from benchmarks.generated import example_sources, write_reports
from benchmarks.kills import exported, killed
from dragoman import pipeline

KILLS, MANY_KILLS = 24, 400
SIZES, LONG = (100,), (1_000, 10_000)
PARTS = 10


def run(options: Options) -> Iterator[Part | Missing]:
    """Kill, then add; the smaller sizes first."""
    data = EXAMPLES / "gold.jsonl"
    if not data.is_file():
        yield Missing(data="generated", why="examples/gold.jsonl is not there")
        return
    digest = hash_of([data, *(EXAMPLES / "reports").glob("*.txt")], EXAMPLES)
    reports = sorted((EXAMPLES / "reports").glob("*.txt"))
    kills = MANY_KILLS if options.full else KILLS
    faults = killed(reports, kills, options.seed)
    for fault in faults:
        print(fault, file=sys.stderr)
    yield Part(
        data="killed",
        sha256=digest,
        figures={
            "as before or as after": Figure(value=1 - len(faults) / kills, peer=None, n=kills)
        },
    )
    for size in SIZES + (LONG if options.full else ()):
        yield Part(
            data=f"added to {size:,}",
            sha256=digest,
            figures=_added(size, options.seed),
            note="peer: linking and writing all of them at once; one export of 1: the same",
        )


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
