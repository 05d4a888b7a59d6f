"""Reading of data sets of time expressions: texts, the day of writing, expressions by offset."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_TAG = re.compile(r"<(/?)([A-Za-z][\w.-]*)([^>]*)>")
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')


@dataclass(frozen=True)
class Told:
    """A time expression: characters `start` to `end`, its value and its type."""

    start: int
    end: int
    value: str
    type: str = ""

    def overlaps(self, other: Told) -> bool:
        """Whether they share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Text:
    """A text with its expressions in order, and the day on which it was written."""

    name: str
    text: str
    written: dt.date
    told: tuple[Told, ...]


def _stripped(marked: str, tag: str, value: str) -> tuple[str, tuple[Told, ...]]:
    """A text without its marks, and the places of those of one tag."""
    parts: list[str] = []
    opened: list[tuple[int, dict[str, str]]] = []
    told: list[Told] = []
    done = size = 0
    for match in [*_TAG.finditer(marked), None]:
        piece = html.unescape(marked[done : match.start() if match else len(marked)])
        parts.append(piece)
        size += len(piece)
        if match is None:
            break
        done = match.end()
        if match[2] != tag:
            continue
        if not match[1]:
            opened.append((size, dict(_ATTRIBUTE.findall(match[3]))))
        elif opened:
            start, attributes = opened.pop()
            kind = attributes.get("type", "")
            told.append(Told(start, size, attributes.get(value, ""), kind))
    return "".join(parts), tuple(sorted(told, key=lambda one: (one.start, -one.end)))


def timeml(folder: Path) -> Iterator[Text]:
    """The documents of a folder of TimeML files; the day of writing is no expression of theirs."""
    for path in sorted(folder.glob("*.tml")):
        marked = path.read_text("utf-8")
        day = re.search(r"<DCT>.*?value=\"(\d{4}-\d{2}-\d{2})", marked)
        body = re.search(r"<TEXT>(.*)</TEXT>", marked, re.DOTALL)
        if day is None or body is None:
            raise ValueError(f"{path.name} has no creation time or no text")
        text, told = _stripped(body[1], "TIMEX3", "value")
        yield Text(path.stem, text, dt.date.fromisoformat(day[1]), told)


def timex2(folder: Path) -> Iterator[Text]:
    """The documents of a folder of SGML files with TIMEX2 marks in the text."""
    for path in sorted(folder.glob("*")):
        marked = path.read_text("utf-8")
        day = re.search(r"<DATETIME>\D*?(?:<[^>]*>)?\s*(\d{4}-\d{2}-\d{2})", marked)
        body = re.search(r"<TEXT>(.*)</TEXT>", marked, re.DOTALL)
        if day is None or body is None:
            raise ValueError(f"{path.name} has no date or no text")
        text, told = _stripped(body[1], "TIMEX2", "val")
        yield Text(path.name.split(".")[0], text, dt.date.fromisoformat(day[1]), told)
