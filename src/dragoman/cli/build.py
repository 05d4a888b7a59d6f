"""`dragoman build`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from dragoman import config, pipeline
from dragoman.cli.codes import DONE, NOTHING_READ, SOME_SKIPPED, fail
from dragoman.cli.options import Jobs, MaxBytes, Settings, Sources
from dragoman.cli.screen import progress
from dragoman.errors import NothingRead
from dragoman.render.safe import harmless


def build(
    sources: Sources,
    output: Annotated[Path, typer.Option("-o", "--output", help="The record to write.")],
    jobs: Jobs = None,
    max_bytes: MaxBytes = None,
    settings: Settings = None,
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace a record that is there.")
    ] = False,
) -> int:
    """Read reports and write the record of what they say."""
    chosen = config.load(settings, os.environ, jobs=jobs, max_bytes=max_bytes)
    try:
        with progress() as told:
            summary = pipeline.build(
                sources,
                output,
                chosen,
                replace=replace,
                stdin=sys.stdin.buffer if "-" in sources else None,
                progress=told,
            )
    except NothingRead as error:
        for skipped in error.skipped:
            fail(f"skipped {skipped}", NOTHING_READ)
        raise
    for gone in summary.skipped:
        fail(f"skipped {gone.source}: {gone.cause}; {gone.step}", SOME_SKIPPED)
    _print_summary(summary, output)
    return SOME_SKIPPED if summary.skipped else DONE


def _print_summary(summary: pipeline.Summary, output: Path) -> None:
    entries = ", ".join(f"{count:,} {kind}" for kind, count in summary.entries.items() if count)
    seconds = ", ".join(f"{stage} {spent:.1f}" for stage, spent in summary.seconds.items())
    lines = (
        ("record", str(output)),
        ("read", f"{summary.read:,} reports"),
        ("skipped", f"{len(summary.skipped):,} sources"),
        ("entries", entries),
        ("seconds", f"{sum(summary.seconds.values()):.1f} ({seconds})"),
    )
    for name, value in lines:
        typer.echo(f"{name:<8} {harmless(value)}")
