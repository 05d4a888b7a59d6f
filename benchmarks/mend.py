"""Meetings of mediators as people coded them: the development slice of MEND, where it is there.

Each summary is read as a record of its own, under a blind id. The scorer of the data folder does
the counting; its baseline, which takes every name for a party or a mediator, stands beside it.
Every sixteenth event is read, all of them with `--full`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.frame import Figure, Missing, Options, Part, hash_of
from dragoman.annotate import annotate
from dragoman.claims import Received
from dragoman.link import link
from dragoman.types import Interval, to_json

EVENTS = Path("data", "bench", "mend", "mend_dev.jsonl")
SCORER = Path("score", "score_mend.py")
EVERY = 16
# The scorer's fields, and what counts of each.
_FIELDS = {
    "place": "f1",
    "third_parties": "f1",
    "individuals": "f1",
    "local_parties": "f1",
    "actors": "f1",
    "event date": "recall",
    "agreement": "f1",
}


def run(options: Options) -> Iterator[Part | Missing]:
    """Measure the slice."""
    events = None if options.data is None else options.data / EVENTS
    scorer = None if options.data is None else options.data / SCORER
    if events is None or scorer is None or not events.is_file() or not scorer.is_file():
        yield Missing(data="mend", why=f"the data folder lacks {EVENTS} or {SCORER}")
        return
    lines = events.read_text("utf-8").splitlines(keepends=True)
    chosen = lines if options.full else lines[::EVERY]
    with tempfile.TemporaryDirectory() as scratch:
        part = Path(scratch, "events.jsonl")
        part.write_text("".join(chosen), "utf-8")
        prepared = _ask(scorer, "--prepare", str(part), "--blind")
        export = Path(scratch, "export.jsonl")
        with export.open("wb") as out:
            for line in prepared.splitlines():
                out.writelines(_entries(json.loads(line)))
        mine = json.loads(_ask(scorer, str(part), str(export), "--json"))
        peer = json.loads(_ask(scorer, "--baseline", str(part), "--json"))
    yield Part(
        data="all" if options.full else "sample",
        sha256=hash_of([events], events.parent),
        figures=_figures(mine, peer),
        note="scored by score_mend.py, blind ids",
    )


def _entries(row: Mapping[str, Any]) -> Iterator[bytes]:
    """The entries of one summary, as the export has them."""
    day = row.get("published")
    received = Received(
        source=f"{row['id']}.txt",
        text=row["text"],
        language="en",
        published=Interval.parse(day) if day else None,
        published_how="stated" if day else "unknown",
    )
    annotation = annotate(received)
    for entry in link(lambda: iter((annotation,)), lambda _: received.text):
        yield to_json(entry) + b"\n"


def _figures(mine: Mapping[str, Any], peer: Mapping[str, Any]) -> dict[str, Figure]:
    ours, theirs = mine["fields"], peer["fields"]
    return {
        name: Figure(
            value=float(ours[name][key]), peer=float(theirs[name][key]), n=int(ours[name]["gold"])
        )
        for name, key in _FIELDS.items()
    }


def _ask(scorer: Path, *arguments: str) -> str:
    command = [sys.executable, "-B", str(scorer), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
