"""Where each party stands on each issue, in the order in which it took its stances."""

from __future__ import annotations

import datetime as dt
import itertools

from dragoman.render.view import Index, told
from dragoman.types import Interval, Position, Value


class Stand(Value, frozen=True, kw_only=True):
    """A party's positions on one issue, dated ones first, by date.

    `moves` are pairs of successive positions that differ, where the first certainly came first.
    """

    party: str
    issue: str
    positions: tuple[Position, ...]
    moves: tuple[tuple[Position, Position], ...] = ()


def date_of(index: Index, position: Position) -> Interval | None:
    """When a position was taken: its own date, or that of the meeting it was taken at."""
    own: Interval | None = told(position, "date")
    if own is None and (meeting := index.meeting(told(position, "meeting"))) is not None:
        own = told(meeting, "date")
    return own


def stands(index: Index) -> tuple[Stand, ...]:
    """All stands: the issues with most positions first, then by party."""
    groups: dict[str, dict[str, list[Position]]] = {}
    for position in index.stated(Position):
        groups.setdefault(position.issue, {}).setdefault(position.party, []).append(position)
    return tuple(
        _stand(index, party, issue, positions)
        for issue, parties in sorted(groups.items(), key=_by_weight)
        for party, positions in sorted(parties.items())
    )


def _by_weight(item: tuple[str, dict[str, list[Position]]]) -> tuple[int, str]:
    issue, parties = item
    return -sum(len(positions) for positions in parties.values()), issue


def _stand(index: Index, party: str, issue: str, positions: list[Position]) -> Stand:
    def key(position: Position) -> tuple[bool, dt.date, dt.date, str]:
        when = date_of(index, position)
        first, last = when.sort_key() if when else (dt.date.max, dt.date.max)
        return when is None, last, first, position.id

    ordered = sorted(positions, key=key)
    moves = []
    for before, after in itertools.pairwise(ordered):
        then, now = date_of(index, before), date_of(index, after)
        if then is None or now is None or then.last >= now.first:
            continue
        if (before.stance, told(before, "value")) != (after.stance, told(after, "value")):
            moves.append((before, after))
    return Stand(party=party, issue=issue, positions=tuple(ordered), moves=tuple(moves))
