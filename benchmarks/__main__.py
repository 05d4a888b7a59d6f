"""`python -m benchmarks [NAME ...]`: run benchmarks, print their figures, check their floors.

Exit codes: 0 done, 1 a figure is below its floor or its data changed, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import (
    bsnlp,
    damage,
    lineage,
    linking,
    living,
    mend,
    modality,
    names,
    pages,
    parser,
    polnear,
    record,
    statements,
    throughput,
    times,
)
from benchmarks.frame import FLOORS, Benchmark, Floors, Missing, Options, Part, data_folder

BENCHMARKS: dict[str, Benchmark] = {
    "bsnlp": bsnlp.run,
    "damage": damage.run,
    "linking": linking.run,
    "lineage": lineage.run,
    "living": living.run,
    "mend": mend.run,
    "modality": modality.run,
    "names": names.run,
    "pages": pages.run,
    "parser": parser.run,
    "polnear": polnear.run,
    "record": record.run,
    "statements": statements.run,
    "throughput": throughput.run,
    "times": times.run,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmarks that are named, or all; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", nargs="*", help=f"which: {', '.join(BENCHMARKS)}; all without")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there")
    parser.add_argument("--check", action="store_true", help="exit 1 if a floor is not held")
    parser.add_argument("--data", type=Path, metavar="DIR", help="further data sets")
    parser.add_argument("--full", action="store_true", help="run the long sizes, too")
    parser.add_argument("--seed", type=int, default=1, help="of generated data (1)")
    parser.add_argument("--pin", action="store_true", help="raise the floors to the figures")
    parser.add_argument("--lower", action="store_true", help="with --pin: lower them, too")
    given = parser.parse_args(arguments)
    if unknown := sorted(set(given.name) - set(BENCHMARKS)):
        parser.error(f"no benchmark is called {', '.join(unknown)}; use {', '.join(BENCHMARKS)}")
    if given.lower and not given.pin:
        parser.error("--lower goes with --pin")
    if given.data is not None and not given.data.is_dir():
        parser.error(f"{given.data} is no folder")

    console, floors = Console(), Floors.read(FLOORS)
    options = Options(data=data_folder(given.data), full=given.full, seed=given.seed)
    results: dict[str, dict[str, dict[str, float | None]]] = {}
    faults: list[str] = []
    for name in given.name or BENCHMARKS:
        begun = time.perf_counter()
        results[name] = {}
        for part in BENCHMARKS[name](options):
            if isinstance(part, Missing):
                console.print(f"{name} {part.data}: skipped, {part.why}", highlight=False)
                continue
            results[name] |= _figures(name, part, floors)
            if given.pin:
                refused = floors.pin(name, part, lower=given.lower)
                faults += [f"{fault}: add --lower if it must be" for fault in refused]
            console.print(_table(name, part, floors))
            faults += [] if given.pin else floors.faults(name, part)
        console.print(f"{name}: {time.perf_counter() - begun:.1f} s\n", highlight=False)
    if given.pin:
        floors.write(FLOORS)
    if given.json:
        text = json.dumps(results, indent=1, ensure_ascii=False, sort_keys=True)
        given.json.write_text(text + "\n", "utf-8")
    for fault in faults:
        print(fault, file=sys.stderr)
    return int(bool(faults) and (given.check or given.pin))


def _figures(name: str, part: Part, floors: Floors) -> dict[str, dict[str, float | None]]:
    return {
        f"{part.data} {key}": {
            "value": figure.value,
            "peer": figure.peer,
            "floor": floors.of(name, part.data, key),
            "n": figure.n,
        }
        for key, figure in part.figures.items()
    }


def _table(name: str, part: Part, floors: Floors) -> Table:
    table = Table(title=f"{name}: {part.data}", caption=part.note or None, title_justify="left")
    table.add_column("figure")
    for column in ("value", "peer", "floor", "n"):
        table.add_column(column, justify="right")
    for key, figure in part.figures.items():
        numbers = (figure.value, figure.peer, floors.of(name, part.data, key))
        cells = ("" if number is None else _short(number) for number in numbers)
        table.add_row(key, *cells, f"{figure.n:,}")
    return table


def _short(number: float) -> str:
    return f"{number:.3f}" if abs(number) < 10 else f"{number:,.1f}"


if __name__ == "__main__":
    sys.exit(main())
