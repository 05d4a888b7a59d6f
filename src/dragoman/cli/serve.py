"""The command that shows a record in a browser."""

from __future__ import annotations

import webbrowser
from typing import Annotated

import typer

from dragoman.cli.codes import DONE
from dragoman.cli.options import RecordPath
from dragoman.render.safe import harmless


def serve(
    record: RecordPath,
    host: Annotated[
        str, typer.Option(help="The address to listen on; others than this machine need a token.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8383,
    *,
    edit: Annotated[bool, typer.Option("--edit", help="Let the record be corrected.")] = False,
    who: Annotated[
        str, typer.Option("--who", help="Who corrects, proposed in forms.", envvar="DRAGOMAN_WHO")
    ] = "",
    browser: Annotated[bool, typer.Option("--open", help="Open it in a browser.")] = False,
) -> int:
    """Show the record in a browser, from this machine, until interrupted."""
    # Loaded here: no other command needs a server.
    from dragoman.web.server import serve as serving  # noqa: PLC0415
    from dragoman.web.settings import settings  # noqa: PLC0415

    def tell(address: str) -> None:
        typer.echo(f"{harmless(str(record))} is at {address}  (Ctrl-C ends it)")
        if browser:
            webbrowser.open(address)

    try:
        serving(record, settings(host, port, edit=edit, who=who), tell)
    except KeyboardInterrupt:
        typer.echo()
    return DONE
