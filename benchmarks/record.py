"""How much of the gold of a story the record holds, kind by kind; see `scoring`.

The stories: `example`, the project's own, and `istanbul` where the data folder has it. The peer
of each figure is the baseline of `baseline`. `grounded` is the share of exported entries whose
evidence is word for word where it says.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks import baseline
from benchmarks.frame import EXAMPLES, Figure, Missing, Options, Part, hash_of
from benchmarks.scoring import Row, read_rows, read_texts, score
from dragoman.pipeline import build
from dragoman.record import Reader

# The scorer that a data folder may bring along; ours scores where it is not there.
BROUGHT = Path("score", "score_record.py")

Scores = Mapping[str, float]


def run(options: Options) -> Iterator[Part | Missing]:
    """Measure every story that is there."""
    yield _story("example", EXAMPLES, None)
    if options.data is None or not (options.data / "istanbul" / "gold.jsonl").is_file():
        yield Missing(data="istanbul", why="the data folder (--data, DRAGOMAN_DATA) has none")
    else:
        brought = options.data / BROUGHT
        scorer = brought if brought.is_file() else None
        yield _story("istanbul", options.data / "istanbul", scorer)


def _story(name: str, folder: Path, scorer: Path | None) -> Part | Missing:
    gold, reports = folder / "gold.jsonl", folder / "reports"
    if not gold.is_file() or not reports.is_dir():
        return Missing(data=name, why=f"{gold.name} or {reports.name} is not there")
    texts = read_texts(reports)
    with tempfile.TemporaryDirectory() as scratch:
        export = Path(scratch, "export.jsonl")
        build([reports], Path(scratch, "story.db"))
        with Reader(Path(scratch, "story.db")) as record, export.open("wb") as out:
            record.export(out)
        rows = read_rows(export)
        mine = _scored(gold, rows, texts, scorer)
        peer = _scored(gold, baseline.export(texts), texts, scorer)
    facts = read_rows(gold)
    sizes = {kind: sum(row["kind"] == kind for row in facts) for kind in mine}
    sizes |= {"overall": len(facts), "grounded": len(rows)}
    return Part(
        data=name,
        sha256=hash_of([gold, *(path for path in reports.rglob("*") if path.is_file())], folder),
        figures={
            key: Figure(value=value, peer=peer.get(key), n=sizes[key])
            for key, value in mine.items()
        },
        note=f"scored by {scorer.name}" if scorer else "scored by benchmarks/scoring.py",
    )


def _scored(
    gold: Path, rows: Sequence[Row], texts: Mapping[str, str], scorer: Path | None
) -> dict[str, float]:
    """Score by kind, overall, and the share of well-grounded entries."""
    if scorer is None:
        result = score(read_rows(gold), rows, texts)
        kinds = {kind: part.score for kind, part in result.kinds.items()}
        overall, wrong = result.overall, len(result.violations)
    else:
        answer = _ask(scorer, gold, rows)
        kinds = {kind: float(part["score"]) for kind, part in answer["kinds"].items()}
        overall, wrong = float(answer["overall"]), len(answer["violations"])
    return {"overall": overall, "grounded": 1 - min(wrong, len(rows)) / len(rows), **kinds}


def _ask(scorer: Path, gold: Path, rows: Sequence[Row]) -> Any:
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as export:
        export.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        export.flush()
        command = [sys.executable, "-B", str(scorer), str(gold), export.name, "--json"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)
