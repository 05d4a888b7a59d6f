"""A report's text as HTML with the cited words, repairs and foreign matter marked in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from dragoman.render.safe import harmless


class Mark(NamedTuple):
    """Characters `start` to `end`; the tag they stand in and its attributes.

    `anchor` is the id of the tag's first piece: where marks cross, the later pieces go without
    and say in `data-of` which it was. `after` is put behind the last piece.
    """

    start: int
    end: int
    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    anchor: str | None = None
    after: Markup = Markup("")


def marked(text: str, marks: Sequence[Mark]) -> Markup:
    """The text, escaped and made harmless, its marks as properly nested tags.

    Args:
        text: the report's text as received.
        marks: what to mark; marks may lie inside one another, and they may cross.
    """
    waiting = sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.tag, mark.anchor or ""))
    places = sorted({place for mark in marks for place in (mark.start, mark.end)} | {len(text)})
    out: list[str] = []
    stack: list[Mark] = []
    following = done = 0
    for place in places:
        out.append(_plain(text[done:place]))
        done = place
        crossing: list[Mark] = []
        while any(mark.end <= place for mark in stack):
            mark = stack.pop()
            out.append(f"</{mark.tag}>")
            if mark.end <= place:
                out.append(mark.after)
            else:
                crossing.append(mark)
        for mark in reversed(crossing):
            out.append(_opening(mark, first=False))
            stack.append(mark)
        while following < len(waiting) and waiting[following].start <= place:
            mark = waiting[following]
            following += 1
            if mark.end > place:
                out.append(_opening(mark, first=True))
                stack.append(mark)
    return Markup("".join(out))  # noqa: S704 - made of escaped text and of tags made here


def _plain(text: str) -> str:
    return str(escape(harmless(text)))


def _opening(mark: Mark, *, first: bool) -> str:
    attributes = list(mark.attributes)
    if mark.anchor is not None:
        attributes.append(("id" if first else "data-of", mark.anchor))
    written = "".join(f' {name}="{escape(value)}"' for name, value in attributes)
    return f"<{mark.tag}{written}>"
