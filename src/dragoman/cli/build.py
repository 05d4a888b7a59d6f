"""Commands that read reports into a record: `build`, `add`, `rebuild`."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from dragoman import config, pipeline
from dragoman.cli.codes import DONE, NOTHING_READ, SOME_SKIPPED, fail
from dragoman.cli.options import Jobs, MaxBytes, RecordPath, Settings, Sources
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
    with _told() as told:
        summary = pipeline.build(
            sources, output, chosen, replace=replace, stdin=_stdin(sources), progress=told
        )
    return _report(summary, output)


def add(
    record: RecordPath,
    sources: Sources,
    jobs: Jobs = None,
    max_bytes: MaxBytes = None,
    settings: Settings = None,
) -> int:
    """Read more reports into a record, as if all had been read at once."""
    chosen = config.load(settings, os.environ, jobs=jobs, max_bytes=max_bytes)
    with _told() as told:
        summary = pipeline.add(sources, record, chosen, stdin=_stdin(sources), progress=told)
    return _report(summary, record)


def rebuild(
    record: RecordPath,
    jobs: Jobs = None,
    max_bytes: MaxBytes = None,
    settings: Settings = None,
) -> int:
    """Make a record anew from the bytes that it keeps of its reports; corrections stay."""
    chosen = config.load(settings, os.environ, jobs=jobs, max_bytes=max_bytes)
    with _told() as told:
        summary = pipeline.rebuild(record, chosen, progress=told)
    return _report(summary, record)


def _stdin(sources: list[str]) -> BinaryIO | None:
    return sys.stdin.buffer if "-" in sources else None


@contextlib.contextmanager
def _told() -> Iterator[pipeline.Progress | None]:
    """Tell how far it is; if nothing could be read, why each source could not."""
    try:
        with progress() as told:
            yield told
    except NothingRead as error:
        for skipped in error.skipped:
            fail(f"skipped {skipped}", NOTHING_READ)
        raise


def _report(summary: pipeline.Summary, record: Path) -> int:
    for gone in summary.skipped:
        fail(f"skipped {gone.source}: {gone.cause}; {gone.step}", SOME_SKIPPED)
    _print_summary(summary, record)
    return SOME_SKIPPED if summary.skipped else DONE


def _print_summary(summary: pipeline.Summary, output: Path) -> None:
    entries = ", ".join(f"{count:,} {kind}" for kind, count in summary.entries.items() if count)
    seconds = ", ".join(f"{stage} {spent:.1f}" for stage, spent in summary.seconds.items())
    lines = (
        ("record", str(output)),
        ("read", f"{summary.read:,} reports" + _news(summary)),
        ("skipped", f"{len(summary.skipped):,} sources"),
        ("entries", entries),
        ("seconds", f"{sum(summary.seconds.values()):.1f} ({seconds})"),
    )
    for name, value in lines:
        typer.echo(f"{name:<8} {harmless(value)}")


def _news(summary: pipeline.Summary) -> str:
    if summary.state is None:
        return ", all of them there already; nothing was changed"
    return "" if summary.added == summary.read else f", {summary.added:,} of them new"
