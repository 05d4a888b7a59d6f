"""Commitments as steps, and what happened meanwhile."""

from __future__ import annotations

from typing import Any, NamedTuple

from dragoman.types import Commitment, Span, Step
from dragoman.web.listing import Shape, listing
from dragoman.web.page import Page
from dragoman.web.pages.statements import label

COMMITMENTS = Shape(
    path="/commitments", kind="commitment", facets=("status", "subject", "party"), per=20
)
INCIDENTS = Shape(path="/incidents", kind="incident", facets=("topic", "party"), per=40)
# The way of a commitment that is kept, and what may end it.
LADDER = ("proposed", "agreed in principle", "agreed", "begun", "carried out")
ENDS = ("breached", "withdrawn")


class Rung(NamedTuple):
    """A step that a commitment may take: whether it took it, when, and the words for it."""

    status: str
    taken: bool
    latest: bool
    steps: tuple[Step, ...]
    spans: tuple[Span, ...]


def commitments(page: Page) -> dict[str, Any]:
    """A page of commitments, each with the steps it took."""
    found = listing(page.desk, COMMITMENTS, page.query, lambda f, v: label(page, f, v))
    return {"list": found, "ladders": {entry.id: ladder(entry) for entry in found.entries}}


def ladder(entry: Commitment) -> tuple[Rung, ...]:
    """All rungs up to the last, and those ends that it came to."""
    steps: dict[str, list[Step]] = {}
    for step in entry.history:
        if step.evidence.citable:
            steps.setdefault(step.status, []).append(step)
    rungs = [*LADDER, *(end for end in ENDS if end in steps or end == entry.status)]
    return tuple(
        Rung(
            status,
            status in steps or status == entry.status,
            status == entry.status,
            tuple(steps.get(status, ())),
            tuple(step.evidence for step in steps.get(status, ())),
        )
        for status in rungs
    )


def incidents(page: Page) -> dict[str, Any]:
    """A page of incidents by date."""
    return {"list": listing(page.desk, INCIDENTS, page.query, lambda f, v: label(page, f, v))}
