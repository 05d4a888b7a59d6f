"""An entry in one line, for margins and lists of mixed kinds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from dragoman.render.view import told
from dragoman.types import (
    Actor,
    AnyEntry,
    Boilerplate,
    Commitment,
    Comparison,
    Incident,
    Lineage,
    Meeting,
    Position,
    Repair,
    Report,
    Statement,
)
from dragoman.web.page import Page


def gist(page: Page, entry: AnyEntry) -> Markup:
    """What an entry says, in one line without its words.

    Args:
        page: gives words and links.
        entry: the entry.
    """
    return _GISTS[type(entry)](page, entry)


def _fill(page: Page, key: str, **values: Any) -> Markup:
    """A string of the pages with markup filled in; the string itself holds none."""
    parts = []
    for piece, value in page.strings.pieces(f"web.gist.{key}", values):
        parts.append(Markup("{}").format(piece if value is None else value))
    return Markup("").join(parts)


def _plain(text: object) -> Markup:
    return Markup("<bdi>{}</bdi>").format(Page.line(str(text), 160))


def _statement(page: Page, entry: Statement) -> Markup:
    name = told(entry, "speaker")
    described = told(entry, "described")
    if name:
        who = page.actor(entry.speaker_id, name)
    else:
        who = _plain(described) if described else Markup("{}").format(page.say("somebody"))
    return _fill(page, "statement", who=who, did=page.force(entry.force, negated=entry.negated))


def _meeting(page: Page, entry: Meeting) -> Markup:
    return _fill(
        page,
        "meeting",
        name=_plain(page.meeting(entry)),
        status=page.word("status", entry.status),
        date=page.date(told(entry, "date")),
    )


def _position(page: Page, entry: Position) -> Markup:
    value = told(entry, "value")
    return _fill(
        page,
        "position" if value else "position_bare",
        party=page.actor(entry.party_id, entry.party),
        stance=page.stance(entry.stance),
        issue=_plain(entry.issue),
        **({"value": _plain(value)} if value else {}),
    )


def _commitment(page: Page, entry: Commitment) -> Markup:
    return _fill(
        page, "commitment", subject=_plain(entry.subject), status=page.word("status", entry.status)
    )


def _incident(page: Page, entry: Incident) -> Markup:
    by = told(entry, "by")
    return _fill(
        page,
        "incident_by" if by else "incident",
        type=_plain(entry.type),
        date=page.date(told(entry, "date")),
        **({"by": page.actor(entry.by_id, by)} if by else {}),
    )


def _comparison(page: Page, entry: Comparison) -> Markup:
    return _fill(
        page,
        "comparison",
        field=_plain(entry.field),
        about=_plain(entry.about),
        verdict=page.word("verdict", entry.verdict),
    )


def _lineage(page: Page, entry: Lineage) -> Markup:
    return _fill(
        page,
        "lineage",
        report=_plain(page.card(entry.report).label),
        form=page.word("form", entry.form),
        source=_plain(page.card(entry.source).label),
    )


_GISTS: dict[type, Callable[[Page, Any], Markup]] = {
    Statement: _statement,
    Meeting: _meeting,
    Position: _position,
    Commitment: _commitment,
    Incident: _incident,
    Comparison: _comparison,
    Lineage: _lineage,
    Actor: lambda page, entry: page.actor(entry.id, entry.name),
    Report: lambda page, entry: _plain(page.card(entry.id).label),
    Repair: lambda page, entry: _fill(
        page, "repair", garbled=_plain(entry.garbled), restored=_plain(entry.restored)
    ),
    Boilerplate: lambda page, _: Markup("{}").format(page.say("kind.boilerplate.one")),
}
