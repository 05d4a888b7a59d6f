"""How long the served pages take: milliseconds of one core for each, at 300 and 10,000 reports.

The reports are those of `generated`, built into records of `PART` reports each and put together
into one, so that the record is large in time that can be waited for. Pages are asked for through
the application itself, without a network between. Each is asked for `TIMES` times, each time anew
for what it shows; the first and the median are told, the worst over all pages is what counts.
Milliseconds depend on the machine and have no floors; the reference beside them is the bar. The
share of pages that keep to the bar, the first visit counted, has a floor.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from starlette.testclient import TestClient

from benchmarks.frame import EXAMPLES, Figure, Missing, Options, Part, hash_of
from benchmarks.generated import write_reports
from benchmarks.scoring import read_rows, read_texts
from dragoman.claims import Annotation
from dragoman.config import Config
from dragoman.pipeline import build
from dragoman.record import Reader, Writer
from dragoman.types import Report
from dragoman.web.app import create_app
from dragoman.web.desk import Desk
from dragoman.web.settings import settings

SIZES = (300,)
LONG = (10_000,)
PART = 250
TIMES = 5
BUDGET_MS = 200.0
SEARCH_MS = 100.0
VIEWS = (
    "/",
    "/timeline",
    "/timeline?page=30",
    "/positions",
    "/positions?by=round",
    "/meetings",
    "/commitments",
    "/incidents?page=9",
    "/statements",
    "/statements?page=40",
    "/statements?force=demands",
    "/statements?language=de",
    "/statements?q=prisoners",
    "/actors",
    "/comparisons",
    "/comparisons?verdict=same+statement",
    "/copies",
    "/reports?page=3",
    "/reports?q=ceasefire",
    "/exports",
)
SEARCHES = ("/search?q=prisoners", "/search?q=the", "/search?q=ceasefire+talks")


def run(options: Options) -> Iterator[Part | Missing]:
    """Measure every size, the smallest first."""
    gold = EXAMPLES / "gold.jsonl"
    if not gold.is_file():
        yield Missing(data="generated", why="examples/gold.jsonl is not there")
        return
    texts = read_texts(EXAMPLES / "reports")
    sources: dict[str, list[str]] = {}
    for row in read_rows(gold):
        if row["kind"] == "report":
            sources.setdefault(row["language"], []).append(texts[row["report"]])
    figures: dict[str, Figure] = {}
    for size in SIZES + (LONG if options.full else ()):
        with tempfile.TemporaryDirectory() as scratch:
            parts = []
            for number, start in enumerate(range(0, size, PART)):
                folder = Path(scratch, f"{number}")
                count = min(PART, size - start)
                write_reports(folder, sources, count=count, seed=options.seed * 1000 + number)
                parts.append(folder.with_suffix(".db"))
                build([str(folder)], parts[-1], Config())
            record = Path(scratch, "all.db")
            put_together(parts, record)
            figures |= measure(record, size)
    yield Part(
        data="generated",
        sha256=hash_of([gold, *(EXAMPLES / "reports").glob("*.txt")], EXAMPLES),
        figures=figures,
        note=f"peer: the bar, {BUDGET_MS:.0f} ms a page, {SEARCH_MS:.0f} ms a search",
    )


def put_together(parts: Sequence[Path], record: Path) -> None:
    """Write the reports and entries of several records into one."""
    with Writer(record) as writer:
        for part in parts:
            with Reader(part) as reader:
                for entry in reader.entries("report"):
                    if isinstance(entry, Report):
                        writer.add_report(reader.received(entry.id), _annotation(reader, entry))
                writer.write_entries(reader.entries())
        writer.close_state("build")


def _annotation(reader: Reader, report: Report) -> Annotation:
    """What a report's row needs of its annotation; pages don't read it."""
    return Annotation(
        report=report.id,
        source=report.source,
        sha256=report.sha256,
        length=len(reader.text(report.id)),
        language=report.language or "en",
        lead=report.evidence[0],
    )


def measure(record: Path, size: int) -> dict[str, Figure]:
    """The figures of one record of so many reports."""
    # The rows of the pages are made at the first opening and kept.
    made, opened = _opening(record), _opening(record)
    app = create_app(lambda: Desk(record), settings())
    with TestClient(app, base_url="http://127.0.0.1") as client:
        shown = {path: _asked(client, path) for path in (*VIEWS, *_single(record))}
        found = {path: _asked(client, path) for path in SEARCHES}
    slowest, searched = (max(each, key=lambda p: each[p][1]) for each in (shown, found))
    print(f"  {size}: slowest page {slowest}, slowest search {searched}", file=sys.stderr)
    if os.environ.get("DRAGOMAN_PAGES"):
        for path, (first, median) in {**shown, **found}.items():
            print(f"  {first:7.1f} {median:7.1f}  {path}", file=sys.stderr)
    values: dict[str, tuple[float, float | None]] = {
        "seconds to open, first time": (made, None),
        "seconds to open": (opened, 1.0),
        "ms, slowest page, median": (shown[slowest][1], BUDGET_MS),
        "ms, slowest page, first time": (max(first for first, _ in shown.values()), BUDGET_MS),
        "ms, middle page": (statistics.median(m for _, m in shown.values()), BUDGET_MS),
        "ms, slowest search, median": (found[searched][1], SEARCH_MS),
    }
    kept = [first <= BUDGET_MS for first, _ in shown.values()]
    kept += [first <= SEARCH_MS for first, _ in found.values()]
    within = Figure(value=sum(kept) / len(kept), peer=None, n=len(kept))
    return {
        f"{size}: pages and searches within the bar": within,
        **{
            f"{size}: {name}": Figure(value=value, peer=peer, n=size, pinned=False)
            for name, (value, peer) in values.items()
        },
    }


def _opening(record: Path) -> float:
    """Seconds of processor time that it takes to open the pages of a record."""
    begun = time.process_time()
    Desk(record).close()
    return time.process_time() - begun


def _single(record: Path) -> list[str]:
    """Pages of one thing: of each kind the entry with most words to it, and its report."""
    paths = []
    with Reader(record) as reader:
        for kind, path in (("meeting", "meetings"), ("actor", "actors"), ("statement", "entries")):
            rows = reader.rows(
                "SELECT entry.id FROM entry JOIN evidence ON evidence.entry = seq WHERE kind = ?"
                " AND last_state IS NULL GROUP BY seq ORDER BY count(*) DESC, id LIMIT 1",
                kind,
            )
            paths += [f"/{path}/{id_}" for (id_,) in rows]
        rows = reader.rows(
            "SELECT report.id FROM report JOIN evidence ON evidence.report = report.seq"
            " GROUP BY report.seq ORDER BY count(*) DESC, report.id LIMIT 1"
        )
        paths += [f"/reports/{id_}" for (id_,) in rows]
    return paths


def _asked(client: TestClient, path: str) -> tuple[float, float]:
    """Milliseconds of processor time that a page takes: the first time, and the median."""
    spent = []
    for _ in range(TIMES):
        begun = time.process_time()
        answer = client.get(path)
        spent.append(1000 * (time.process_time() - begun))
        if not answer.is_success:
            raise RuntimeError(f"{path} answered {answer.status_code}")
    return spent[0], statistics.median(spent)
