"""Meetings with their delegations."""

from __future__ import annotations

from typing import Any

from dragoman.errors import EntryMissing
from dragoman.render.view import told
from dragoman.types import Actor, Comparison, Meeting, Position, Statement
from dragoman.web.listing import Shape, listing
from dragoman.web.page import Page
from dragoman.web.pages.review import correctable
from dragoman.web.pages.statements import label

MEETINGS = Shape(path="/meetings", kind="meeting", facets=("status", "form", "party"), per=20)
# Statements shown with a meeting: those of the days on which it was held.
_MOST = 12


def meetings(page: Page) -> dict[str, Any]:
    """A page of meetings by date."""
    found = listing(page.desk, MEETINGS, page.query, lambda f, v: label(page, f, v))
    return {"list": found, "seated": {e.id: delegations(page, e) for e in found.entries}}


def meeting(page: Page, id_: str) -> dict[str, Any]:
    """One meeting: delegations, steps, positions taken there, what reports make of it."""
    entry = page.desk.entry(id_)
    if not isinstance(entry, Meeting):
        raise EntryMissing(id_, f"it is of the kind {entry.kind}", "look it up in a list")
    positions = page.desk.wanted("position", "about = ?", id_)
    compared = page.desk.wanted("comparison", "about = ?", id_)
    return {
        "entry": entry,
        "correct": correctable(page, entry),
        "seats": delegations(page, entry),
        "positions": [each for each in positions if isinstance(each, Position)],
        "comparisons": [each for each in compared if isinstance(each, Comparison)],
        "statements": _said(page, entry),
    }


def delegations(page: Page, entry: Meeting) -> dict[str, Any]:
    """Who sat for whom: each party with its head and members; the rest; hosts and mediators."""
    heads = told(entry, "heads") or {}
    parties = told(entry, "parties") or ()
    people = told(entry, "participants") or ()
    ids = entry.participant_ids if len(entry.participant_ids) == len(people) else ()
    sides = _sides(page, [*ids])
    by_party: dict[str, list[Any]] = {party: [] for party in parties}
    others = []
    head_names = set(heads.values())
    for place, name in enumerate(people):
        if name in head_names:
            continue
        id_ = ids[place] if ids else None
        link = page.actor(id_, name)
        side = sides.get(id_ or "")
        by_party[side].append(link) if side in by_party else others.append(link)
    party_ids = entry.party_ids if len(entry.party_ids) == len(parties) else [None] * len(parties)
    return {
        "parties": [
            {
                "party": page.actor(party_id, party),
                "head": page.actor(entry.head_ids.get(party), heads.get(party)),
                "members": by_party[party],
            }
            for party, party_id in zip(parties, party_ids, strict=True)
        ],
        "others": others,
        "third": page.actors(entry.third_party_ids, told(entry, "third_parties") or ()),
    }


def _sides(page: Page, ids: list[str]) -> dict[str, str | None]:
    if not ids:
        return {}
    marks = ", ".join("?" * len(ids))
    rows = page.desk.catalogue.rows(f"SELECT seq FROM item WHERE id IN ({marks})", *ids)
    found = page.desk.entries([seq for (seq,) in rows])
    return {entry.id: entry.side for entry in found if isinstance(entry, Actor)}


def _said(page: Page, entry: Meeting) -> list[Statement]:
    """What was said on the days of a meeting that was held."""
    when = told(entry, "date")
    if when is None or entry.status not in {"held", "under way"} or (when.days or 99) > 7:
        return []
    found = page.desk.wanted(
        "statement",
        "lead AND first >= ? AND last <= ?",
        when.first.toordinal(),
        when.last.toordinal(),
        most=_MOST,
    )
    return [each for each in found if isinstance(each, Statement)]
