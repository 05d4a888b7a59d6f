"""Who said what in English news: PolNeAR's attributions, where the data folder has them.

The scorer that the data folder brings along (`score/score_polnear.py`) sets the definitions; its
articles and its scorer stay outside the project. `dev` is for reading errors; `test` is run with
`--full` alone. The peer of each figure is what every quoted stretch of three words or more gets.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.frame import Figure, Missing, Options, Part, hash_of
from benchmarks.polnear_peers import textacy_rows
from dragoman.annotate import annotate
from dragoman.claims import Received, SaidClaim

SCORER = Path("score", "score_polnear.py")
ARCHIVE = Path("data", "bench", "polnear", "polnear.tar.xz")
Rows = Callable[[str, str], Iterator[dict[str, Any]]]
_NO_PEER = ("speaker accuracy", "cue accuracy")


def run(options: Options) -> Iterator[Part | Missing]:
    """Measure the dev part, and with `--full` the test part."""
    scorer = options.data / SCORER if options.data else None
    archive = options.data / ARCHIVE if options.data else None
    if scorer is None or archive is None or not scorer.is_file() or not archive.is_file():
        yield Missing(data="polnear", why="the data folder has no PolNeAR or no scorer for it")
        return
    with tempfile.TemporaryDirectory() as scratch:
        with tarfile.open(archive) as tar:
            tar.extractall(scratch, filter="data")
        sha256 = hash_of([archive], archive.parent)
        peer = textacy_rows()
        if peer is None:
            yield Missing(data="textacy", why="textacy or an English spaCy model is not installed")
        for name in ("dev", "test") if options.full else ("dev",):
            split = Path(scratch, "polnear", name)
            yield _part(name, split, scorer, sha256)
            if peer is not None:
                scores = _scored(split, scorer, peer)
                figures = {key: _figure(key, row, None) for key, row in scores.items()}
                yield Part(data=f"{name}, textacy", sha256=sha256, figures=figures)


def _scored(split: Path, scorer: Path, rows: Rows) -> dict[str, Any]:
    """What the scorer says of the rows that a finder exports for each article."""
    prepared = _ask(scorer, [str(split), "--prepare"])
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as export:
        for line in prepared.splitlines():
            report = json.loads(line)
            for row in rows(report["id"], report["text"]):
                export.write(json.dumps(row, ensure_ascii=False) + "\n")
        export.flush()
        scores: dict[str, Any] = json.loads(_ask(scorer, [str(split), export.name, "--json"]))
    return scores


def _part(name: str, split: Path, scorer: Path, sha256: str) -> Part:
    mine = _scored(split, scorer, _rows)
    peer = json.loads(_ask(scorer, [str(split), "--baseline", "quotes", "--json"]))
    return Part(
        data=name,
        sha256=sha256,
        figures={key: _figure(key, row, peer[key]) for key, row in mine.items()},
        note=f"scored by {scorer.name}; peer: every quoted stretch",
    )


def _figure(key: str, row: dict[str, Any], peer: dict[str, Any] | None) -> Figure:
    pinned = peer is not None
    if key in _NO_PEER:
        return Figure(value=float(row["value"]), n=int(row["n"]), pinned=pinned)
    if peer is None:
        return Figure(value=float(row["f1"]), n=int(row["gold"]), pinned=False)
    return Figure(value=float(row["f1"]), n=int(row["gold"]), peer=float(peer["f1"]))


def _rows(name: str, text: str) -> Iterator[dict[str, Any]]:
    """The statements of one article in the export's form."""
    annotation = annotate(Received(source=name, text=text, language="en"))
    for claim in annotation.statements:
        yield {
            "kind": "statement",
            "mode": claim.mode,
            "described": claim.described,
            "speaker": _name(claim, [actor.name for actor in annotation.actors]),
            "evidence": [
                {
                    "report": name,
                    "start": span.start,
                    "end": span.end,
                    "role": span.role,
                    "grounding": span.grounding,
                }
                for span in claim.evidence
            ],
        }


def _name(claim: SaidClaim, names: list[str]) -> str | None:
    return None if claim.speaker is None else names[claim.speaker]


def _ask(scorer: Path, arguments: list[str]) -> str:
    command = [sys.executable, "-B", str(scorer), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
