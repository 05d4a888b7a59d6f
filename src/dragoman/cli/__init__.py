"""The command `dragoman`: a thin layer over `pipeline`, `record` and `render`.

A command is a function in one of the modules here, and a name in `COMMANDS`.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from importlib import metadata
from typing import Annotated, Any

import typer
from typer._click.exceptions import ClickException

from dragoman.cli.build import add, build, rebuild
from dragoman.cli.codes import DONE, EPILOG, FAULT, INTERRUPTED, USAGE, code_of, fail
from dragoman.cli.correct import correct, corrections
from dragoman.cli.listings import listings
from dragoman.cli.news import diff
from dragoman.cli.read import brief, check, export, schema, search, show
from dragoman.cli.review import agreement, gold, review
from dragoman.cli.serve import serve
from dragoman.cli.states import states
from dragoman.cli.watch import watch
from dragoman.errors import DragomanError

# In the order of the help; the listings follow.
COMMANDS: tuple[Callable[..., Any], ...] = (
    build,
    add,
    rebuild,
    watch,
    brief,
    serve,
    show,
    search,
    check,
    export,
    schema,
    states,
    diff,
    corrections,
    review,
    agreement,
    gold,
)

app = typer.Typer(
    name="dragoman",
    help="Reads reports of a negotiation and keeps one record, every entry resting on their words.",
    epilog=EPILOG,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for _command in COMMANDS:
    app.command()(_command)
app.add_typer(correct)
for _name, _command in listings():
    app.command(_name)(_command)


def main() -> int:
    """Run the command; returns the exit code. Errors are one line on stderr."""
    try:
        code = app(standalone_mode=False)
        sys.stdout.flush()
    except DragomanError as error:
        return fail(str(error), code_of(error))
    except ClickException as error:
        return fail(f"{error.format_message()} See dragoman --help.", USAGE)
    except SystemExit as stop:  # typer's way out, also where nobody reads the output any more
        return stop.code if isinstance(stop.code, int) else FAULT
    except BrokenPipeError:
        # What is left in the buffer has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAULT
    except OSError as error:
        step = "free some space" if error.errno == errno.ENOSPC else "check the path"
        return fail(f"{error.filename or 'output'}: {error.strerror}; {step}", FAULT)
    except Exception as error:  # noqa: BLE001 - a fault is told in one line, too
        return fail(f"fault in dragoman ({type(error).__name__}: {error}); report it", FAULT)
    if code == INTERRUPTED:
        return fail("interrupted; nothing was changed", INTERRUPTED)
    return code if isinstance(code, int) else DONE


def _version(wanted: bool) -> None:  # noqa: FBT001 - the form that typer calls
    if wanted:
        typer.echo(f"dragoman {metadata.version('dragoman')}")
        raise typer.Exit


@app.callback()
def _main(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Tell the version."),
    ] = False,
) -> None:
    """Options before the command."""
