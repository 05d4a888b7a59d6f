"""The application: addresses, and what answers under each."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator, Callable
from importlib import metadata
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from dragoman.errors import DragomanError, EntryMissing
from dragoman.web import api, edit
from dragoman.web.desk import Desk
from dragoman.web.downloads import download
from dragoman.web.page import Page
from dragoman.web.pages import EDITING, PAGES, Show
from dragoman.web.pages.timeline import picture
from dragoman.web.security import SESSION, Guard
from dragoman.web.settings import Settings

STATIC = Path(__file__).parent / "static"


def create_app(opening: Callable[[], Desk], settings: Settings) -> Starlette:
    """The application over a record.

    Args:
        opening: opens the record. It is called when the application starts, in the thread that
            answers: SQLite wants that, and a page takes too little time to need another.
        settings: how it is served.
    """

    @contextlib.asynccontextmanager
    async def opened(app: Starlette) -> AsyncIterator[None]:
        app.state.desk = opening()
        # The first picture takes the drawing library a second to start.
        picture(Page(app.state.desk, settings, "/timeline", {}), {})
        try:
            yield
        finally:
            app.state.desk.close()

    pages = (*PAGES, *EDITING) if settings.edit else PAGES
    routes = [Route(path, _answer(show, template)) for path, show, template in pages]
    if settings.edit:
        routes += edit.routes()
    app = Starlette(
        routes=[
            *routes,
            Route("/exports/{name}", download),
            *api.routes(),
            Mount("/static", StaticFiles(directory=STATIC), name="static"),
        ],
        lifespan=opened,
        middleware=[Middleware(Guard, settings=settings)],
        exception_handlers={
            HTTPException: _http_fault,
            EntryMissing: _missing,
            DragomanError: _fault,
        },
    )
    app.state.settings = settings
    app.state.writing = asyncio.Lock()
    app.state.version = metadata.version("dragoman")
    return app


def page_of(request: Request) -> Page:
    """The page that a request asks for, over the record as it now is."""
    desk: Desk = request.app.state.desk
    desk.refresh()
    settings: Settings = request.app.state.settings
    session = request.cookies.get(SESSION, "") if settings.edit else ""
    return Page(desk, settings, request.url.path, request.query_params, session)


def _answer(show: Show, template: str) -> Callable[[Request], object]:
    async def answer(request: Request) -> Response:
        page = page_of(request)
        drawn = page.settings.edit and not page.session
        if drawn:
            page.session = secrets.token_urlsafe(24)
        response = HTMLResponse(page.render(template, **show(page, **request.path_params)))
        if drawn:
            response.set_cookie(SESSION, page.session, httponly=True, samesite="strict")
        return response

    return answer


# ---------------------------------------------------------------- faults


def _told(request: Request, status: int, title: str, cause: str, step: str) -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": {"cause": cause, "step": step}}, status)
    page = Page(
        request.app.state.desk, request.app.state.settings, request.url.path, request.query_params
    )
    text = page.render("fault.html.j2", title=title, cause=cause, step=step)
    return HTMLResponse(text, status)


async def _http_fault(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    page = Page(request.app.state.desk, request.app.state.settings, "", {})
    key = "fault.missing" if status == 404 else "fault.other"
    return _told(request, status, page.say(f"{key}.title"), page.say(f"{key}.cause"), "")


async def _missing(request: Request, error: Exception) -> Response:
    page = Page(request.app.state.desk, request.app.state.settings, "", {})
    found = error if isinstance(error, EntryMissing) else EntryMissing("", "", "")
    title = page.say("fault.missing.title")
    return _told(request, 404, title, f"{found.place}: {found.cause}", found.step)


async def _fault(request: Request, error: Exception) -> Response:
    page = Page(request.app.state.desk, request.app.state.settings, "", {})
    found = error if isinstance(error, DragomanError) else DragomanError("", "", "")
    title = page.say("fault.other.title")
    return _told(request, edit.status(found), title, f"{found.place}: {found.cause}", found.step)
