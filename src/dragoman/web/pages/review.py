"""What a person should look at first, and what was corrected."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec

from dragoman.record import Correction
from dragoman.review import Outcome, outcomes, queue
from dragoman.review.apply import FIXED
from dragoman.types import Actor, AnyEntry
from dragoman.web.page import Page

_FEW, _FORMS = 60, 40


class Done(NamedTuple):
    """A correction, and what it stands on: an entry, nothing, or why it has lost its ground."""

    correction: Correction
    outcome: Outcome | None


def review(page: Page) -> dict[str, Any]:
    """The queue, and the corrections, the latest first."""
    desk = page.desk
    return {
        "cases": desk.once("queue", lambda: queue(desk.path, _FEW)),
        "done": desk.once("corrections", lambda: _done(page)),
        "kept": kept(page),
    }


def _done(page: Page) -> list[Done]:
    stands = {each.correction.id: each for each in outcomes(page.desk.path)}
    made = page.desk.reader.corrections()
    return [Done(each, stands.get(each.id)) for each in reversed(made)]


def kept(page: Page) -> Correction | None:
    """The correction that led to this page."""
    asked = page.query.get("kept")
    made = page.desk.reader.corrections() if asked else []
    return next((each for each in made if each.id == asked), None)


def correctable(page: Page, entry: AnyEntry) -> dict[str, Any] | None:
    """What a form needs to correct an entry; None where nothing may be corrected."""
    if not page.edit:
        return None
    names = [f.name for f in msgspec.structs.fields(entry)]
    return {
        "fields": [n for n in names if n not in FIXED and not n.endswith(("_id", "_ids"))],
        "forms": entry.forms[:_FORMS] if isinstance(entry, Actor) else (),
        "reports": [page.card(each) for each in entry.reports()[:_FORMS]]
        if isinstance(entry, Actor)
        else (),
        "kept": kept(page),
    }
