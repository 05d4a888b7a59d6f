"""Corrections made on the pages or as JSON, by the same calls as `dragoman correct`.

There are routes for it only where the application is served for editing.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import parse_qs

import msgspec
from anyio import to_thread
from msgspec import Meta
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from dragoman.errors import ConfigError, CorrectionError, DragomanError, EntryMissing
from dragoman.record.file import BUSY_STEP
from dragoman.review import Desk, written
from dragoman.types import Value
from dragoman.web.security import SESSION, sealed

# A form or a body of JSON is a few lines.
_MOST = 64 * 1024
_Said = Annotated[str, Meta(min_length=1, max_length=2000)]


class Refused(DragomanError):
    """What was sent is no correction, or can't be taken now; `status` is that of the answer."""

    def __init__(self, status: int, place: str, cause: str, step: str) -> None:
        super().__init__(place, cause, step)
        self.status = status


class Wanted(Value, frozen=True, kw_only=True):
    """A correction as it is sent: what to do, to which entry or correction, who says so and why.

    `fields` are set by `change`; `other` is joined, by id or name; `forms` and `reports` tell what
    is another's in `part`; `name` is that of both, or of the other one.
    """

    action: Literal["accept", "reject", "change", "join", "part", "undo"]
    target: _Said
    who: _Said
    why: _Said
    fields: dict[str, Any] = {}
    other: str = ""
    forms: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    name: str | None = None


class Kept(Value, frozen=True, kw_only=True):
    """A correction that was made, and the entry that it stands on; None where it took one out."""

    correction: str
    action: str
    entry: str | None


def decide(record: Path, wanted: Wanted) -> Kept:
    """Make a correction; it is written when this returns.

    Raises:
        CorrectionError: it does not fit.
        EntryMissing: what it is about is not there.
        RecordError: the record can't be written, or another program is writing it.
    """
    with Desk(record, wanted.who) as desk:
        if wanted.action == "accept":
            made = desk.accept(wanted.target, wanted.why)
        elif wanted.action == "reject":
            made = desk.reject(wanted.target, wanted.why)
        elif wanted.action == "change":
            made = desk.change(wanted.target, wanted.fields, wanted.why)
        elif wanted.action == "join":
            made = desk.join(wanted.target, wanted.other, wanted.why, name=wanted.name)
        elif wanted.action == "part":
            forms, reports = wanted.forms, wanted.reports
            made = desk.part(
                wanted.target, wanted.why, forms=forms, reports=reports, name=wanted.name
            )
        else:
            made = desk.undo(wanted.target, wanted.why)
        return Kept(correction=made.id, action=wanted.action, entry=desk.stands[made.id])


def routes() -> list[Route]:
    """The routes by which a record is corrected."""

    async def by_form(request: Request) -> Response:
        given = parse_qs((await _body(request)).decode("utf-8", "replace"), max_num_fields=400)
        if not sealed(
            request.app.state.settings,
            request.cookies.get(SESSION, ""),
            given.get("seal", [""])[0],
        ):
            raise Refused(
                403,
                "form",
                "it was not made by this server as it now runs",
                "go back, load the page anew and send it again",
            )
        kept = await _written(request, _from_form(given))
        path = f"/entries/{kept.entry}" if kept.entry else "/review"
        return RedirectResponse(f"{path}?kept={kept.correction}", 303)

    async def by_json(request: Request) -> Response:
        try:
            # A page elsewhere can't send this type without asking first, and is not let.
            if request.headers.get("content-type", "").split(";")[0] != "application/json":
                raise Refused(415, "content-type", "it is not application/json", "send JSON")
            wanted = msgspec.json.decode(await _body(request), type=Wanted)
            kept = await _written(request, wanted)
        except msgspec.MsgspecError as error:
            return _told(422, str(error), "look at /api/openapi.json")
        except DragomanError as error:
            return _told(status(error), f"{error.place}: {error.cause}", error.step)
        return JSONResponse(msgspec.to_builtins(kept), 201)

    return [
        Route("/corrections", by_form, methods=["POST"]),
        Route("/api/corrections", by_json, methods=["POST"]),
    ]


def _told(status: int, cause: str, step: str) -> Response:
    return JSONResponse({"error": {"cause": cause, "step": step}}, status)


def status(error: DragomanError) -> int:
    """The status of an answer that tells an error."""
    if isinstance(error, EntryMissing):
        return 404
    if isinstance(error, Refused):
        return error.status
    if isinstance(error, ConfigError):
        return 400
    if isinstance(error, CorrectionError):
        return 422
    return 409 if error.step == BUSY_STEP else 500


async def _body(request: Request) -> bytes:
    whole = b""
    async for piece in request.stream():
        whole += piece
        if len(whole) > _MOST:
            raise Refused(413, "form", f"it is longer than {_MOST} bytes", "send less")
    return whole


async def _written(request: Request, wanted: Wanted) -> Kept:
    """Write a correction, in a thread of its own so that others can go on reading."""
    writing: asyncio.Lock = request.app.state.writing
    if writing.locked():
        raise Refused(
            409, "record", "another correction is being written", "send yours again in a moment"
        )
    async with writing:
        path: Path = request.app.state.desk.path
        return await to_thread.run_sync(decide, path, wanted)


def _from_form(given: dict[str, list[str]]) -> Wanted:
    """What a form holds as a correction."""

    def one(name: str) -> str:
        return given.get(name, [""])[0].strip()

    fields = {one("field"): written.value(one("value"))} if one("field") else {}
    try:
        return msgspec.convert(
            {
                "action": one("action"),
                "target": one("target"),
                "who": one("who"),
                "why": one("why"),
                "fields": fields,
                "other": one("other"),
                "forms": given.get("forms", []),
                "reports": given.get("reports", []),
                "name": one("name") or None,
            },
            Wanted,
        )
    except msgspec.ValidationError as error:
        raise CorrectionError("form", str(error), "fill in who, why and what to do") from error
