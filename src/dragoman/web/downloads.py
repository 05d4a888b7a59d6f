"""Files to take along, written when they are asked for."""

from __future__ import annotations

from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from dragoman.errors import ConfigError, EntryMissing
from dragoman.record import Reader
from dragoman.render.exports import FORMATS, export
from dragoman.render.exports.columns import TABLES

LINES = "jsonl"


async def download(request: Request) -> Response:
    """A file of the record as it now stands.

    It is written beside the pages, by a reader of its own: a large one takes its time.

    Raises:
        EntryMissing: there is no such file.
    """
    name: str = request.path_params["name"]
    path: Path = request.app.state.desk.path
    kind = request.query_params.get("kind")
    chosen = FORMATS.get(name)
    if name != LINES and (chosen is None or not chosen.ready):
        raise EntryMissing(name, "no such file", "choose one from the list of files")
    if kind is not None and kind not in TABLES:
        raise EntryMissing(kind, "no such kind of entry", "choose one from the list of files")
    data = await run_in_threadpool(_written, path, name, kind)
    ending, media = (chosen.ending, chosen.media) if chosen else (LINES, "application/x-ndjson")
    stem = f"record-{kind or 'statement'}" if chosen and chosen.by_kind else "record"
    return Response(
        data,
        media_type=media,
        headers={"Content-Disposition": f'attachment; filename="{stem}.{ending}"'},
    )


def _written(path: Path, name: str, kind: str | None) -> bytes:
    with Reader(path) as reader:
        if name == LINES:
            return b"".join(
                line.encode("utf-8") + b"\n"
                for (line,) in reader.rows(
                    "SELECT json FROM entry WHERE last_state IS NULL ORDER BY kind, id"
                )
            )
        try:
            return export(reader, name, kind)
        except ConfigError as error:
            raise EntryMissing(name, error.cause, error.step) from error
