"""One search over actors, statements and reports."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup, escape

from dragoman.languages.lexicon import fold
from dragoman.types import Span
from dragoman.web.page import Page

_MOST = 20
_ACTORS = 12


def search(page: Page) -> dict[str, Any]:
    """What holds the words that are looked for: actors by name, statements, reports."""
    asked = page.query.get("q", "").strip()
    found = page.desk.reader.search(asked, _MOST) if asked else []
    statements = [page.desk.entry(each.id) for each in found if each.kind == "statement"]
    return {
        "asked": asked,
        "actors": _actors(page, asked) if asked else [],
        "statements": statements,
        "reports": [
            {"card": page.card(each.id), "span": each.span, "shown": _shown(page, each.span, asked)}
            for each in found
            if each.kind == "report"
        ],
    }


def _actors(page: Page, asked: str) -> list[Any]:
    words = fold(asked).replace("!", "!!").replace("%", "!%").replace("_", "!_")
    rows = page.desk.catalogue.rows(
        "SELECT DISTINCT item.seq FROM form JOIN item ON item.id = form.key"
        " WHERE folded LIKE ? ESCAPE '!' ORDER BY accounts DESC, reports DESC, name LIMIT ?",
        f"%{words}%",
        _ACTORS,
    )
    return page.desk.entries([seq for (seq,) in rows])


def _shown(page: Page, span: Span, asked: str) -> Markup:
    """A passage with the words that were looked for set off."""
    terms = {fold(word.strip('"*')) for word in asked.split()} - {""}
    pieces = []
    for word in page.line(span.text).split(" "):
        hit = any(term in fold(word) for term in terms)
        pieces.append(Markup("<b>{}</b>").format(word) if hit else escape(word))
    return Markup(" ").join(pieces)
