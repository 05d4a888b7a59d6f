"""What a person should look at first: what matters and is least sure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from dragoman.record import Reader
from dragoman.review.apply import apply
from dragoman.review.news import describe
from dragoman.review.table import targets
from dragoman.types import (
    Actor,
    AnyEntry,
    Commitment,
    Comparison,
    Meeting,
    Position,
    Statement,
    Value,
)

# How much each kind matters, beside what rests on an entry.
_MATTERS = {
    "commitment": 5.0,
    "meeting": 4.0,
    "comparison": 4.0,
    "position": 3.0,
    "incident": 2.0,
    "statement": 2.0,
    "actor": 1.0,
    "lineage": 1.0,
    "repair": 0.5,
}
# What makes an entry unsure, from 0 (sure) to 1, summed up to 1.
_UNGROUNDED, _WEAK, _ONE_WORD, _OPEN = 0.6, 0.4, 0.2, 0.2
_DOUBT = {"contradicts": 0.6, "garbled": 0.6, "compatible": 0.2}
# The weight of a reason below which it is a weak one: linking joins two actors from about 2 on.
_STRONG = 3.0


class Case(Value, frozen=True, kw_only=True):
    """An entry to be looked at: how much it matters, how unsure it is (0 to 1), and why."""

    entry: AnyEntry
    text: str
    matters: float
    unsure: float
    why: tuple[str, ...]

    @property
    def rank(self) -> float:
        """What the queue is ordered by."""
        return self.matters * self.unsure


def queue(record: Path, limit: int = 50) -> list[Case]:
    """The entries that nobody has decided on, the most pressing first.

    Args:
        record: the record.
        limit: the most entries.

    Raises:
        RecordError: it can't be read.
    """
    with Reader(record) as reader:
        decided = {
            outcome.entry
            for outcome in apply(reader.derived(), reader.corrections(), reader.text).outcomes
        }
        entries = list(reader.entries())
    return ordered(entries, decided)[:limit]


def ordered(entries: Iterable[AnyEntry], decided: Iterable[str | None]) -> list[Case]:
    """The cases of some entries, the most pressing first; those decided on left out."""
    known, all_ = set(decided), list(entries)
    resting = Counter(target for entry in all_ for target in targets(entry))
    cases = []
    for entry in all_:
        if entry.kind not in _MATTERS or entry.id in known:
            continue
        doubts = list(_doubts(entry))
        if doubts:
            cases.append(
                Case(
                    entry=entry,
                    text=describe(entry),
                    # Each tenfold of what rests on it counts as much as the first did.
                    matters=_MATTERS[entry.kind] + len(str(resting[entry.id])) - 1,
                    unsure=min(1.0, sum(weight for weight, _ in doubts)),
                    why=tuple(why for _, why in doubts),
                )
            )
    return sorted(cases, key=lambda case: (-case.rank, case.entry.kind, case.entry.id))


def _doubts(entry: AnyEntry) -> Iterable[tuple[float, str]]:
    if not any(span.citable for span in entry.evidence):
        yield _UNGROUNDED, "its words can't be cited"
    weak = [r for r in entry.reasons if r.weight is not None and r.weight < _STRONG]
    if isinstance(entry, Actor) and weak:
        yield _WEAK, f"{weak[0].rule}: {weak[0].why}"[:200]
    if isinstance(entry, Comparison) and entry.verdict in _DOUBT:
        yield _DOUBT[entry.verdict], f"reports: {entry.verdict}"
    if isinstance(entry, Statement) and entry.speaker_id is None:
        yield _OPEN, "no speaker is known"
    if isinstance(entry, Meeting) and entry.date is None:
        yield _OPEN, "its date is not known"
    if isinstance(entry, Position) and entry.characterised_by is not None:
        yield _OPEN, f"only {entry.characterised_by} says so"
    single = len(entry.reports()) == 1
    if isinstance(entry, Meeting | Commitment | Position) and single:
        yield _ONE_WORD, "one report alone tells it"
