"""Where each party stands on each issue, and how that moved: by party, or round by round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from dragoman.languages.lexicon import fold
from dragoman.render.stands import Stand, date_of, stands
from dragoman.render.view import Index, told
from dragoman.types import AnyEntry, Meeting, Position
from dragoman.web.page import Page

# Parties that stand side by side, and issues on one page.
_PARTIES = 6
_ISSUES = 24
# Positions read for one page: a cell shows the latest of many.
_MOST = 1500
_CELL = 8


class Mark(NamedTuple):
    """A stance in a cell: the position, when it was taken (empty: not known), whether it moved."""

    position: Position
    when: str
    round: int | None
    moved: bool


class Cell(NamedTuple):
    """A party's stances on an issue, the earliest first; `earlier` are left out."""

    marks: tuple[Mark, ...]
    earlier: int


class _Some:
    """A view of some entries."""

    def __init__(self, entries: Iterable[AnyEntry]) -> None:
        self._entries = list(entries)

    def entries(self, kind: str | None = None) -> Iterator[AnyEntry]:
        return (entry for entry in self._entries if kind is None or entry.kind == kind)

    def text(self, report_id: str) -> str:
        raise KeyError(report_id)

    def skipped(self) -> Iterable[tuple[str, str, str]]:
        return ()


def positions(page: Page) -> dict[str, Any]:
    """The matrix of parties and issues; with `by=round`, of rounds for each party and issue."""
    offered = _offered(page)
    chosen = _chosen(page, offered)
    index = Index(_Some(_read(page, [key for key, _, _ in chosen])))
    found = stands(index)
    issues = list(dict.fromkeys(stand.issue for stand in found))
    wanted = page.query.get("issue")
    shown = [wanted] if wanted in issues else issues[:_ISSUES]
    names = [name for _, name, _ in chosen]
    by_round = page.query.get("by") == "round"
    cells = {(stand.issue, stand.party): stand for stand in found}
    rounds = sorted(
        {
            r
            for stand in found
            if stand.issue in shown
            for p in stand.positions
            if (r := _round(index, p)) is not None
        }
    )
    return {
        "parties": chosen,
        "offered": offered,
        "issues": shown,
        "all_issues": issues,
        "left": len(issues) - len(shown),
        "wanted": wanted if wanted in issues else None,
        "names": names,
        "cell": lambda issue, party: _cell(page, index, cells.get((issue, party))),
        "split": lambda issue, party: _split(page, index, cells.get((issue, party)), rounds),
        "rounds": rounds,
        "by_round": by_round,
        "moves": [stand for stand in found if stand.moves and stand.issue in shown],
        "when": lambda position: page.date(date_of(index, position)),
    }


def _offered(page: Page) -> list[tuple[str, str, int]]:
    """The parties that take positions: key, name, how many; those with most first."""
    if "position parties" not in page.desk.kept:
        catalogue = page.desk.catalogue
        rows = catalogue.rows(
            "SELECT key, count(*) AS n FROM party JOIN item USING (seq)"
            " WHERE kind = 'position' AND citable AND role = 'party'"
            " GROUP BY key ORDER BY n DESC, key LIMIT 60"
        )
        page.desk.kept["position parties"] = [(k, catalogue.called(k), n) for k, n in rows]
    return page.desk.kept["position parties"]  # type: ignore[return-value]


def _chosen(page: Page, offered: list[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    asked = page.query.get("party", "")
    keys = {key for name in asked.split("|") if name for key in page.desk.catalogue.known_as(name)}
    return [each for each in offered if each[0] in keys] or offered[:_PARTIES]


def _read(page: Page, keys: list[str]) -> list[AnyEntry]:
    """The positions of some parties, and the meetings that they were taken at."""
    if not keys:
        return []
    marks = ", ".join("?" * len(keys))
    found = page.desk.wanted(
        "position",
        f"citable AND seq IN (SELECT seq FROM party WHERE role = 'party' AND key IN ({marks}))",
        *keys,
        most=_MOST,
    )
    meetings = sorted({e.meeting for e in found if isinstance(e, Position) and e.meeting})
    named = page.desk.wanted(
        "meeting", f"id IN ({', '.join('?' * len(meetings))})", *meetings, most=_MOST
    )
    return [*found, *named]


def _round(index: Index, position: Position) -> int | None:
    meeting: Meeting | None = index.meeting(told(position, "meeting"))
    number = told(meeting, "round") if meeting else None
    return number if isinstance(number, int) else None


def _cell(page: Page, index: Index, stand: Stand | None) -> Cell:
    if stand is None:
        return Cell((), 0)
    moved = {after.id for _, after in stand.moves}
    marks: list[Mark] = []
    for position in stand.positions:
        taken = date_of(index, position)
        mark = Mark(
            position,
            page.date(taken) if taken else "",
            _round(index, position),
            position.id in moved,
        )
        known = bool(marks) and bool(marks[-1].when) == bool(mark.when)
        same = known and _same(marks[-1].position, position) and not mark.moved
        if not same:
            marks.append(mark)
    return Cell(tuple(marks[-_CELL:]), max(0, len(marks) - _CELL))


def _same(one: Position, other: Position) -> bool:
    """Whether a stance only says again what the one before it said."""
    value, again = told(one, "value"), told(other, "value")
    alike = value is None or again is None or fold(value) == fold(again)
    return one.stance == other.stance and alike


def _split(
    page: Page, index: Index, stand: Stand | None, rounds: list[int]
) -> list[tuple[int | None, Cell]]:
    """The stances of a cell by round; those of no known round last."""
    cells = []
    for number in [*rounds, None]:
        mine = [p for p in (stand.positions if stand else ()) if _round(index, p) == number]
        part = None
        if stand is not None and mine:
            part = Stand(party=stand.party, issue=stand.issue, positions=tuple(mine))
        cells.append((number, _cell(page, index, part)))
    return cells
