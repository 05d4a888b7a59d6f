"""What all benchmarks share: figures, the data that they were measured on, and floors.

A floor is pinned together with the SHA-256 of its data, so that it can't pass on other data. It
only goes up; lowering one needs to be asked for by name.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FLOORS = Path(__file__).with_name("floors.toml")
EXAMPLES = ROOT / "examples"
# Floors are pinned to this many decimals, rounded down.
DECIMALS = 3


@dataclass(frozen=True, kw_only=True)
class Options:
    """What the command line asks of a benchmark.

    Attributes:
        data: the folder of data sets that are no part of the project; None if there is none.
        full: whether to run the sizes that take long, too.
        seed: of generated data.
    """

    data: Path | None = None
    full: bool = False
    seed: int = 1


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One measured figure.

    Attributes:
        value: the figure.
        n: how many things it was measured on.
        peer: the same figure of the peer or baseline, if it has one.
        pinned: whether it gets a floor; one that depends on the machine does not.
    """

    value: float
    n: int
    peer: float | None = None
    pinned: bool = True


@dataclass(frozen=True, kw_only=True)
class Part:
    """The figures of one data set, with the hash of its files."""

    data: str
    sha256: str
    figures: Mapping[str, Figure]
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Missing:
    """A data set that is not there: it is named and skipped, never passed."""

    data: str
    why: str


Benchmark = Callable[[Options], Iterator[Part | Missing]]


@dataclass
class Floors:
    """The pinned floors: by benchmark and data set, the hash and a floor for each figure."""

    table: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Floors:
        """The floors of a file; none where it is not there."""
        return cls(tomllib.loads(path.read_text("utf-8")) if path.is_file() else {})

    def of(self, benchmark: str, data: str, figure: str) -> float | None:
        """The floor of a figure, or None."""
        floors = self.table.get(benchmark, {}).get(data, {}).get("floors", {})
        return float(floors[figure]) if figure in floors else None

    def faults(self, benchmark: str, part: Part) -> Iterator[str]:
        """What keeps a part from passing, in words."""
        pinned = self.table.get(benchmark, {}).get(part.data)
        where = f"{benchmark} {part.data}"
        if pinned is None:
            if any(figure.pinned for figure in part.figures.values()):
                yield f"{where}: it has no floors; run: python -m benchmarks {benchmark} --pin"
            return
        if pinned["sha256"] != part.sha256:
            yield (
                f"{where}: its data are not those that the floors are pinned to; look at the "
                f"figures, then run: python -m benchmarks {benchmark} --pin"
            )
        for name, floor in sorted(pinned["floors"].items()):
            if name not in part.figures:
                yield f"{where}: {name} has a floor of {floor} but was not measured"
            elif part.figures[name].value < floor:
                yield f"{where}: {name} is {part.figures[name].value:.4f}, its floor is {floor}"

    def pin(self, benchmark: str, part: Part, *, lower: bool) -> list[str]:
        """Raise the floors to the figures; returns the floors that would have to be lowered.

        Those are left as they are, unless `lower` is set.
        """
        floors: dict[str, float] = {}
        refused = []
        for name, figure in part.figures.items():
            if figure.pinned:
                new, old = _down(figure.value), self.of(benchmark, part.data, name)
                if old is not None and new < old and not lower:
                    refused.append(f"{benchmark} {part.data}: {name} from {old} to {new}")
                    new = old
                floors[name] = new
        if floors and not refused:
            self.table.setdefault(benchmark, {})[part.data] = {
                "sha256": part.sha256,
                "floors": floors,
            }
        return refused

    def write(self, path: Path) -> None:
        """Write the floors as TOML, sorted."""
        lines = [
            "# Written by `python -m benchmarks --pin`. A floor only goes up; `--lower` lowers it.",
        ]
        for benchmark, data_sets in sorted(self.table.items()):
            for data, pinned in sorted(data_sets.items()):
                table = f"{benchmark}.{_key(data)}"
                lines += ["", f"[{table}]", f'sha256 = "{pinned["sha256"]}"']
                lines += ["", f"[{table}.floors]"]
                lines += [f"{json.dumps(k)} = {v}" for k, v in sorted(pinned["floors"].items())]
        path.write_text("\n".join(lines) + "\n", "utf-8")


def _key(name: str) -> str:
    """A TOML key, in quotes where it has other signs than a bare one may have."""
    return name if name.replace("-", "").replace("_", "").isalnum() else json.dumps(name)


def _down(value: float) -> float:
    # A hair is added first: 0.29 is a little less than 0.29 in binary.
    scale: int = 10**DECIMALS
    return math.floor(value * scale + 1e-9) / scale


def hash_of(paths: Iterable[Path], root: Path) -> str:
    """The SHA-256 of files: their paths below `root` and their bytes, in the order of the paths."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        for part in (path.relative_to(root).as_posix().encode(), path.read_bytes()):
            digest.update(len(part).to_bytes(8, "big"))
            digest.update(part)
    return digest.hexdigest()


def data_folder(given: Path | None, environment: Mapping[str, str] = os.environ) -> Path | None:
    """Where further data sets lie: as given, as DRAGOMAN_DATA says, or `shared` beside the project.

    None where there is no such folder.
    """
    folder = given or Path(environment.get("DRAGOMAN_DATA") or ROOT.parent / "shared")
    return folder if folder.is_dir() else None
