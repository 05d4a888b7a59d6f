"""`dragoman watch`."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Annotated

import typer

from dragoman import config
from dragoman.cli.codes import DONE, SOME_SKIPPED, code_of, fail
from dragoman.cli.options import Jobs, Settings
from dragoman.errors import DragomanError
from dragoman.watch import cycle, load


def watch(
    what: Annotated[Path, typer.Argument(metavar="CONFIG", help="What is watched: a TOML file.")],
    jobs: Jobs = None,
    settings: Settings = None,
    *,
    once: Annotated[bool, typer.Option("--once", help="One cycle, then stop.")] = False,
) -> int:
    """Watch feeds, pages and folders; add what is new and tell what moved."""
    chosen, plan = config.load(settings, os.environ, jobs=jobs), load(what)
    while True:
        code = DONE
        try:
            told = cycle(plan, chosen)
        except DragomanError as error:
            if once:
                raise
            # The next cycle begins where this one did.
            code = fail(str(error), code_of(error))
        else:
            for problem in told.problems:
                code = fail(problem, SOME_SKIPPED)
            news = ", ".join(f"{count} to {name}" for name, count in told.news.items())
            typer.echo(f"{told.added} new reports; news told: {news or 'none'}")
        if once:
            return code
        time.sleep(plan.interval)
