"""The pages: each module gives what one template shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dragoman.web.page import Page
from dragoman.web.pages.actors import actor, actors
from dragoman.web.pages.agreements import commitments, incidents
from dragoman.web.pages.comparisons import comparisons
from dragoman.web.pages.entry import entry
from dragoman.web.pages.files import files
from dragoman.web.pages.home import home
from dragoman.web.pages.meetings import meeting, meetings
from dragoman.web.pages.positions import positions
from dragoman.web.pages.reader import read
from dragoman.web.pages.review import review
from dragoman.web.pages.search import search
from dragoman.web.pages.sources import copies, reports
from dragoman.web.pages.statements import statements
from dragoman.web.pages.timeline import timeline

Show = Callable[..., dict[str, Any]]


def _plain(page: Page) -> dict[str, Any]:  # noqa: ARG001 - a page of words only
    return {}


# Address, what it shows, and the template.
PAGES: tuple[tuple[str, Show, str], ...] = (
    ("/", home, "home.html.j2"),
    ("/timeline", timeline, "timeline.html.j2"),
    ("/positions", positions, "positions.html.j2"),
    ("/meetings", meetings, "meetings.html.j2"),
    ("/meetings/{id_}", meeting, "meeting.html.j2"),
    ("/commitments", commitments, "commitments.html.j2"),
    ("/incidents", incidents, "incidents.html.j2"),
    ("/statements", statements, "statements.html.j2"),
    ("/actors", actors, "actors.html.j2"),
    ("/actors/{id_}", actor, "actor.html.j2"),
    ("/comparisons", comparisons, "comparisons.html.j2"),
    ("/copies", copies, "copies.html.j2"),
    ("/reports", reports, "reports.html.j2"),
    ("/reports/{id_}", read, "reader.html.j2"),
    ("/entries/{id_}", entry, "entry.html.j2"),
    ("/search", search, "search.html.j2"),
    ("/exports", files, "files.html.j2"),
    ("/help", _plain, "help.html.j2"),
)
# Those that there are only where the record may be corrected.
EDITING: tuple[tuple[str, Show, str], ...] = (("/review", review, "review.html.j2"),)
