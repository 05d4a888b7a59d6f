"""From treebanks to the weights that are shipped: `python -m training ARCHIVES [--run DIR]`.

ARCHIVES is a folder with an archive a language (`en.tar.xz`, ...), or the same unpacked. A run
that was broken off goes on from its last checkpoint.
"""

from __future__ import annotations

import argparse
import tarfile
from pathlib import Path

from dragoman.models.parser import WEIGHTS
from training.examples import load
from training.export import export
from training.train import AGAIN, LAYERS, SEED, SETTINGS, STEPS, Plan, train


def unpack(archives: Path, into: Path) -> Path:
    """The folder of treebanks, one folder a language; archives are unpacked into it first."""
    packed = sorted(archives.glob("*.tar.xz"))
    if not packed:
        return archives
    for archive in packed:
        if not (into / archive.name.split(".")[0]).is_dir():
            with tarfile.open(archive) as tar:
                tar.extractall(into, filter="data")
    return into


def main() -> None:
    """Read the command line, train and export."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("archives", type=Path)
    parser.add_argument("--run", type=Path, default=Path("build", "training"))
    parser.add_argument("--steps", type=int, default=STEPS, help="of the first cycle")
    parser.add_argument("--again", type=int, default=AGAIN, help="of the second cycle")
    parser.add_argument("--layers", type=int, default=LAYERS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    treebanks = unpack(options.archives, options.run / "treebanks")
    plan = Plan(
        out=options.run,
        steps=options.steps,
        again=options.again,
        layers=options.layers,
        seed=options.seed,
    )
    train(plan, *load(treebanks, SETTINGS))
    export(options.run, treebanks, options.out)


if __name__ == "__main__":
    main()
