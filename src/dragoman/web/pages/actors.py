"""Those who act: every form met, why these are one, and what they did and said."""

from __future__ import annotations

from typing import Any

from dragoman.errors import EntryMissing
from dragoman.render.view import citable
from dragoman.types import Actor, Span
from dragoman.web.gist import gist
from dragoman.web.listing import Shape, listing
from dragoman.web.page import Page
from dragoman.web.pages.review import correctable
from dragoman.web.pages.statements import label

ACTORS = Shape(path="/actors", kind="actor", facets=("type", "side"), order="accounts", per=60)
# What an actor had to do with: kind, the roles, and the parameter of the list of all of them.
_SHARES = (
    ("statement", ("speaker",), "speaker"),
    ("meeting", ("party", "participant", "third party", "place"), None),
    ("position", ("party",), None),
    ("commitment", ("party",), "party"),
    ("incident", ("by", "against", "place"), None),
)
_MOST = 12


def actors(page: Page) -> dict[str, Any]:
    """A page of actors, those with most independent accounts first."""
    return {"list": listing(page.desk, ACTORS, page.query, lambda f, v: label(page, f, v))}


def actor(page: Page, id_: str) -> dict[str, Any]:
    """One actor in full."""
    entry = page.desk.entry(id_)
    if not isinstance(entry, Actor):
        raise EntryMissing(id_, f"it is of the kind {entry.kind}", "look it up in a list")
    return {
        "entry": entry,
        "correct": correctable(page, entry),
        "forms": _forms(page, entry),
        "roles": _roles(page, entry),
        "shares": [share for each in _SHARES if (share := _share(page, entry, *each))["total"]],
    }


def _forms(page: Page, entry: Actor) -> list[dict[str, Any]]:
    """Each form with its number of places and reports, and links to the first of its words."""
    forms: dict[str, list[Span]] = {}
    for span in entry.evidence:
        if span.role in {None, "demonym"}:
            forms.setdefault(page.line(span.text), []).append(span)
    found = []
    for text, spans in forms.items():
        card = page.card(spans[0].report)
        found.append(
            {
                "text": text,
                "dir": card.dir,
                "lang": card.language,
                "places": len(spans),
                "reports": len({span.report for span in spans}),
                "grounding": min(span.grounding for span in spans),
                "cites": page.all_cites({s.report: s for s in reversed(spans)}.values()),
            }
        )
    return sorted(found, key=lambda form: (-form["places"], form["text"]))


def _roles(page: Page, entry: Actor) -> list[dict[str, Any]]:
    spans = [span for span in entry.evidence if span.role == "roles" and span.citable]
    return [
        {
            "title": role.title,
            "of": role.of,
            "when": role.when,
            "cites": page.all_cites(spans) if place == 0 else [],
        }
        for place, role in enumerate(entry.roles)
    ]


def _share(
    page: Page, entry: Actor, kind: str, roles: tuple[str, ...], setting: str | None
) -> dict[str, Any]:
    """What an actor had to do with, of one kind: the first few, and how many there are."""
    marks = ", ".join("?" * len(roles))
    lead = " AND lead" if kind == "statement" else ""
    test = f"seq IN (SELECT seq FROM party WHERE key = ? AND role IN ({marks})){lead}"
    values = (entry.id, *roles)
    total = page.desk.catalogue.one(
        f"SELECT count(*) FROM item WHERE kind = ? AND {test}",
        kind,
        *values,
    )
    shown = page.desk.wanted(kind, test, *values, most=_MOST)
    paths = {"statement": "/statements", "commitment": "/commitments"}
    return {
        "kind": kind,
        "total": total,
        "entries": [(each, gist(page, each), citable(each)) for each in shown],
        "more": page.to(paths[kind], **{setting: entry.id}) if setting else None,
        "left": total - len(shown),
    }
