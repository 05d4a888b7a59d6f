"""What the pages show, as JSON: entries in the form of the export, with what lists and counts need.

`ENDPOINTS` is the one table from which the routes and their description (OpenAPI) are made.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dragoman.errors import ConfigError
from dragoman.review import outcomes, queue
from dragoman.types import KINDS, Interval, to_json
from dragoman.web.catalogue import Card, interval
from dragoman.web.desk import Desk
from dragoman.web.listing import Shape, address, listing, number
from dragoman.web.openapi import Parameter, description

_PER, _MOST = 40, 200
_FACETS: dict[str, tuple[str, ...]] = {
    "report": ("language", "outlet"),
    "actor": ("type", "side"),
    "meeting": ("status", "form", "party"),
    "statement": ("speaker", "side", "force", "channel", "language", "outlet"),
    "position": ("stance", "issue", "party"),
    "commitment": ("status", "subject", "party"),
    "incident": ("topic", "party"),
    "comparison": ("verdict", "field"),
}
_FILTERS = sorted({name for facets in _FACETS.values() for name in facets})

Answer = Callable[[Desk, dict[str, str], dict[str, str]], Any]


class Endpoint(NamedTuple):
    """An address, what it answers, and what there is to say about it."""

    path: str
    answer: Answer
    about: str
    gives: str
    parameters: tuple[Parameter, ...] = ()


def _entries(desk: Desk, query: dict[str, str], path: dict[str, str]) -> Any:  # noqa: ARG001
    kind = query.get("kind", "")
    if kind not in KINDS:
        raise ConfigError("kind", "no such kind of entry", f"name one of {', '.join(KINDS)}")
    per = min(max(1, number(query.get("per"), _PER)), _MOST)
    shape = Shape(path="/api/entries", kind=kind, facets=_FACETS.get(kind, ()), per=per)
    found = listing(desk, shape, query)
    asked = {name: value for name, value in query.items() if value}
    return {
        "total": found.total,
        "page": found.page,
        "pages": found.pages,
        "next": address(shape.path, asked, page=found.page + 1)
        if found.page < found.pages
        else None,
        "counts": {
            facet.key: [{"value": c.value, "count": c.number} for c in facet.choices]
            for facet in found.facets
        },
        "entries": found.entries,
    }


def _entry(desk: Desk, query: dict[str, str], path: dict[str, str]) -> Any:  # noqa: ARG001
    return desk.entry(path["id"])


def _report(desk: Desk, query: dict[str, str], path: dict[str, str]) -> Any:  # noqa: ARG001
    card = desk.card(path["id"])
    rows = desk.reader.rows(
        "SELECT DISTINCT entry.seq, entry.kind, entry.id FROM evidence"
        " JOIN report ON report.seq = evidence.report JOIN entry ON entry.seq = evidence.entry"
        " WHERE report.id = ? AND entry.last_state IS NULL ORDER BY entry.kind, entry.id",
        card.id,
    )
    return {
        **_card(card),
        "text": desk.reader.text(card.id),
        "family": desk.catalogue.families[card.root],
        "entries": [{"kind": kind, "id": id_} for _, kind, id_ in rows],
    }


def _search(desk: Desk, query: dict[str, str], path: dict[str, str]) -> Any:  # noqa: ARG001
    most = min(max(1, number(query.get("most"), 20)), _MOST)
    return {"found": desk.reader.search(query.get("q", ""), most)}


def _timeline(desk: Desk, query: dict[str, str], path: dict[str, str]) -> Any:  # noqa: ARG001
    total = desk.catalogue.one("SELECT count(*) FROM event")
    pages = max(1, -(-total // _MOST))
    page = min(max(1, number(query.get("page"), 1)), pages)
    rows = desk.catalogue.rows(
        "SELECT item.id, lane, event.first, event.last, what, event.status FROM event"
        " JOIN item USING (seq) ORDER BY event.first IS NULL, event.first, event.last, lane,"
        " item.id, place LIMIT ? OFFSET ?",
        _MOST,
        (page - 1) * _MOST,
    )
    return {
        "total": total,
        "page": page,
        "pages": pages,
        "events": [
            {
                "entry": id_,
                "lane": lane,
                "date": _date(interval(first, last)),
                "what": what or None,
                "status": status or None,
            }
            for id_, lane, first, last, what, status in rows
        ],
    }


def _families(desk: Desk, query: dict[str, str], path: dict[str, str]) -> Any:  # noqa: ARG001
    return {
        "families": [
            {"root": root, "reports": [_card(desk.card(each)) for each in members]}
            for root, members in sorted(desk.catalogue.families.items())
            if len(members) > 1
        ]
    }


def _record(desk: Desk, query: dict[str, str], path: dict[str, str]) -> Any:  # noqa: ARG001
    return {
        "state": desk.state,
        "counts": desk.reader.counts(),
        "independent": len(desk.catalogue.families),
        "skipped": [each._asdict() for each in desk.reader.skipped()],
        "states": desk.reader.states(),
    }


def _review(desk: Desk, query: dict[str, str], path: dict[str, str]) -> Any:  # noqa: ARG001
    most = min(max(1, number(query.get("most"), _PER)), _MOST)
    found = desk.once("queue", lambda: queue(desk.path, _MOST))[:most]
    return {
        "cases": [
            {
                "entry": case.entry.id,
                "kind": case.entry.kind,
                "text": case.text,
                "rank": case.rank,
                "why": case.why,
            }
            for case in found
        ]
    }


def _corrections(desk: Desk, query: dict[str, str], path: dict[str, str]) -> Any:  # noqa: ARG001
    stands = {each.correction.id: each for each in outcomes(desk.path)}
    return {
        "corrections": [
            {
                "id": each.id,
                "action": each.action,
                "kind": each.anchor.kind,
                "change": each.change,
                "who": each.who,
                "at": each.at,
                "why": each.why,
                "undone_by": each.undone_by,
                "entry": stands[each.id].entry if each.id in stands else None,
                "lost": stands[each.id].why if each.id in stands else None,
            }
            for each in desk.reader.corrections()
        ]
    }


def _openapi(desk: Desk, query: dict[str, str], path: dict[str, str]) -> Any:  # noqa: ARG001
    return description(
        [(e.path, e.about, e.gives, e.parameters) for e in ENDPOINTS if e.path != "/api"]
    )


_PAGE = Parameter("page", "The page, from 1.", "integer")
ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint("/api", _record, "The same as /api/record.", "Record"),
    Endpoint("/api/record", _record, "What is in the record, and its states.", "Record"),
    Endpoint(
        "/api/entries",
        _entries,
        "Entries of a kind, filtered, in pages.",
        "Page",
        (
            Parameter("kind", "The kind of entry.", "string", required=True, among=tuple(KINDS)),
            Parameter("q", "Words: full text of statements and reports; names of others."),
            Parameter("since", "The first day, as 2031-05-16.", "date"),
            Parameter("until", "The last day.", "date"),
            *(Parameter(name, f"Only those of this {name}.") for name in _FILTERS),
            Parameter("review", "Any value: only what is kept for review."),
            _PAGE,
            Parameter("per", f"Entries a page, {_MOST} at most.", "integer"),
        ),
    ),
    Endpoint("/api/entries/{id}", _entry, "One entry, as in the export.", "Entry"),
    Endpoint("/api/reports/{id}", _report, "A report's text and what rests on it.", "Report"),
    Endpoint(
        "/api/search",
        _search,
        "Statements and reports that hold words.",
        "Found",
        (
            Parameter("q", "All must be there; words in quotation marks in a row.", required=True),
            Parameter("most", f"How many of each, {_MOST} at most.", "integer"),
        ),
    ),
    Endpoint("/api/timeline", _timeline, "What happened when, in pages.", "Timeline", (_PAGE,)),
    Endpoint("/api/families", _families, "Reports that stem from one another.", "Families"),
    Endpoint(
        "/api/review",
        _review,
        "What to look at first: what matters and is least sure.",
        "Cases",
        (Parameter("most", f"How many, {_MOST} at most.", "integer"),),
    ),
    Endpoint("/api/corrections", _corrections, "Corrections, the first first.", "Corrections"),
    Endpoint("/api/openapi.json", _openapi, "This description.", "Description"),
)


def routes() -> list[Route]:
    """The routes of all endpoints."""
    return [Route(e.path, _answering(e.answer)) for e in ENDPOINTS]


def _answering(answer: Answer) -> Callable[[Request], object]:
    async def respond(request: Request) -> Response:
        desk: Desk = request.app.state.desk
        desk.refresh()
        try:
            value = answer(desk, dict(request.query_params), dict(request.path_params))
        except ConfigError as error:
            wrong = {"error": {"cause": f"{error.place}: {error.cause}", "step": error.step}}
            return Response(
                msgspec.json.encode(wrong), status_code=400, media_type="application/json"
            )
        return Response(to_json(value), media_type="application/json")

    return respond


def _card(card: Card) -> dict[str, Any]:
    return {
        "id": card.id,
        "label": card.label,
        "title": card.title,
        "source": card.source,
        "language": card.language,
        "published": _date(card.published),
        "root": card.root,
        "made_from": card.made_from,
        "form": card.form,
        "share": card.share,
    }


def _date(when: Interval | None) -> str | None:
    return None if when is None else str(when)
