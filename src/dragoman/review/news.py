"""What moved in a record between two states: what it tells now, not which reports came.

Entries that came are held beside those that went, by kind and by the words that they share. Each
piece of news has the words that it rests on: those that the later entry has and the earlier had
not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from dragoman.languages.lexicon import fold
from dragoman.record import At, Reader
from dragoman.types import (
    KINDS,
    Actor,
    AnyEntry,
    Commitment,
    Comparison,
    Incident,
    Meeting,
    Position,
    Span,
    Statement,
    Value,
)

_CAME = """
    SELECT json, packed, crc FROM entry WHERE first_state > ?1 AND first_state <= ?2
      AND coalesce(last_state, ?2) >= ?2 ORDER BY kind, id
"""
_WENT = """
    SELECT json, packed, crc FROM entry WHERE first_state <= ?1 AND last_state >= ?1
      AND last_state < ?2 ORDER BY kind, id
"""
_OPEN = frozenset({"planned", "proposed"})
_STEPS = (
    "proposed",
    "agreed in principle",
    "agreed",
    "begun",
    "carried out",
    "breached",
    "withdrawn",
)
# How much each sort matters, from 1 to 5. A table, so that it can be argued about.
WEIGHTS: dict[str, int] = {
    "commitment breached": 5,
    "commitment withdrawn": 5,
    "commitment a step further": 4,
    "commitment made": 4,
    "commitment a step back": 4,
    "meeting held": 4,
    "meeting cancelled": 4,
    "meeting refused": 4,
    "meeting announced": 3,
    "meeting moved": 3,
    "value contradicted": 4,
    "value confirmed independently": 3,
    "value updated": 3,
    "position moved": 4,
    "position taken": 2,
    "incident told": 2,
    "entry gone": 2,
    "actors joined": 2,
    "actor parted": 2,
    "actor appeared": 1,
    "statement otherwise attributed": 2,
    "statement made": 1,
}
_TOLD_GONE = (Meeting, Commitment, Position, Incident)


class News(Value, frozen=True, kw_only=True):
    """One thing that moved.

    Attributes:
        sort: what happened: a key of `WEIGHTS`.
        text: what moved, in one line.
        weight: how much it matters, 1 to 5.
        parties: the names that take part.
        issue: the issue or subject, if it has one.
        before: the entry as it was; None if it is new.
        after: the entry as it is; None if it is gone.
        words: the words that it rests on.
    """

    sort: str
    text: str
    weight: int
    parties: tuple[str, ...] = ()
    issue: str | None = None
    before: AnyEntry | None = None
    after: AnyEntry | None = None
    words: tuple[Span, ...] = ()

    @property
    def entry(self) -> AnyEntry:
        """The entry that it is about, as it is, or was."""
        entry = self.after or self.before
        if entry is None:
            raise ValueError("news of nothing")
        return entry


class Wanted(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which news are told; what is empty doesn't matter.

    Attributes:
        kinds: kinds of entries.
        parties: names; one of them must take part. Case and accents don't count.
        issues: issues or subjects of commitments.
        weight: the least weight, 1 to 5.
    """

    kinds: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    weight: int = 1

    def lets(self, news: News) -> bool:
        """Whether it is told."""
        names = {fold(name) for name in news.parties}
        return (
            news.weight >= self.weight
            and (not self.kinds or news.entry.kind in self.kinds)
            and (not self.parties or not names.isdisjoint(map(fold, self.parties)))
            and (not self.issues or news.issue in self.issues)
        )


def news(
    record: Path, since: At | None = None, until: At | None = None, wanted: Wanted | None = None
) -> list[News]:
    """What moved between two states, what matters most first.

    Args:
        record: the record.
        since: the earlier state: a number, a day or a moment; the one before the later without it.
        until: the later one; the latest without it.
        wanted: what is told; all without it.

    Raises:
        EntryMissing: there is no such state.
        RecordError: the record can't be read.
    """
    with Reader(record, until) as late:
        last = late.state if late.state is not None else late.states()[-1].id
        with Reader(record, max(1, last - 1) if since is None else since) as early:
            first = early.state if early.state is not None else 1
            if first >= last:
                return []
            found = list(_news(early, late, first, last))
    lets = (wanted or Wanted()).lets
    told = [each for each in found if lets(each)]
    return sorted(told, key=lambda each: (-each.weight, each.sort, each.text, each.entry.id))


def _news(early: Reader, late: Reader, first: int, last: int) -> Iterator[News]:
    came = list(late.picked(_CAME, first, last))
    went = list(late.picked(_WENT, first, last))
    same = {entry.id for entry in came} & {entry.id for entry in went}
    stances: dict[tuple[str, str], list[Position]] = defaultdict(list)
    for position in early.entries("position"):
        if isinstance(position, Position):
            stances[position.party, position.issue].append(position)
    for kind in KINDS:
        new = [entry for entry in came if entry.kind == kind]
        old = [entry for entry in went if entry.kind == kind]
        if kind == "actor":
            yield from _actors(new, old)
            continue
        pairs = _paired(
            [entry for entry in new if entry.id not in same],
            [entry for entry in old if entry.id not in same],
        )
        for before, after in pairs:
            if (told := _told(before, after, stances)) is not None:
                yield told


def _paired(
    came: Sequence[AnyEntry], went: Sequence[AnyEntry]
) -> list[tuple[AnyEntry | None, AnyEntry | None]]:
    """Later entries with the earlier ones that share most of their words; each is used once."""
    holding: dict[tuple[str, int, int], list[int]] = defaultdict(list)
    for place, entry in enumerate(went):
        for span in entry.evidence:
            holding[span.report, span.start, span.end].append(place)
    scored = []
    for row, entry in enumerate(came):
        shared: dict[int, int] = defaultdict(int)
        for span in entry.evidence:
            for place in holding.get((span.report, span.start, span.end), ()):
                shared[place] += 1
        for place, count in shared.items():
            if _alike(went[place], entry):
                scored.append((-count, row, place))
    rows: dict[int, int] = {}
    taken: set[int] = set()
    for _, row, place in sorted(scored):
        if row not in rows and place not in taken:
            rows[row] = place
            taken.add(place)
    pairs: list[tuple[AnyEntry | None, AnyEntry | None]] = [
        (went[rows[row]] if row in rows else None, entry) for row, entry in enumerate(came)
    ]
    return pairs + [(entry, None) for place, entry in enumerate(went) if place not in taken]


def _alike(before: AnyEntry, after: AnyEntry) -> bool:
    """Whether two entries of one kind, on shared words, can be one at two times."""
    if isinstance(before, Position) and isinstance(after, Position):
        return (before.party, before.issue) == (after.party, after.issue)
    if isinstance(before, Commitment) and isinstance(after, Commitment):
        return before.subject == after.subject
    if isinstance(before, Comparison) and isinstance(after, Comparison):
        return before.field == after.field
    return True


# ---------------------------------------------------------------- what each kind tells


def _told(
    before: AnyEntry | None,
    after: AnyEntry | None,
    stances: Mapping[tuple[str, str], Sequence[Position]],
) -> News | None:
    if after is None:
        if isinstance(before, _TOLD_GONE):
            return _make("entry gone", before, None, f"no longer told: {describe(before)}")
        return None
    sort: str | None = None
    if isinstance(after, Meeting):
        sort = _meeting(before if isinstance(before, Meeting) else None, after)
    elif isinstance(after, Commitment):
        sort = _commitment(before if isinstance(before, Commitment) else None, after)
    elif isinstance(after, Position):
        return _position(before if isinstance(before, Position) else None, after, stances)
    elif isinstance(after, Comparison):
        sort = _comparison(before if isinstance(before, Comparison) else None, after)
    elif isinstance(after, Incident) and before is None:
        sort = "incident told"
    elif isinstance(after, Statement):
        return _statement(before if isinstance(before, Statement) else None, after)
    return None if sort is None else _make(sort, before, after)


def _statement(before: Statement | None, after: Statement) -> News | None:
    if before is None:
        return _make("statement made", None, after)
    was, now = _voice(before), _voice(after)
    if was == now:
        return None
    return _make(
        "statement otherwise attributed", before, after, f"{describe(after)}; before: {was}"
    )


def _voice(entry: Statement) -> str:
    """Who says it."""
    return entry.speaker or entry.described or entry.side or "somebody"


def _meeting(before: Meeting | None, after: Meeting) -> str | None:
    was = None if before is None else before.status
    if after.status != was and not (was in _OPEN and after.status in _OPEN):
        if after.status in _OPEN:
            return "meeting announced"
        return f"meeting {'held' if after.status == 'under way' else after.status}"
    if before is not None and before.date != after.date:
        return "meeting moved"
    return None


def _commitment(before: Commitment | None, after: Commitment) -> str | None:
    if before is None:
        return f"commitment {after.status}" if after.status in _STEPS[5:] else "commitment made"
    if before.status == after.status:
        return None
    if after.status in _STEPS[5:]:
        return f"commitment {after.status}"
    further = _STEPS.index(after.status) > _STEPS.index(before.status)
    return "commitment a step further" if further else "commitment a step back"


def _position(
    before: Position | None,
    after: Position,
    stances: Mapping[tuple[str, str], Sequence[Position]],
) -> News | None:
    if before is not None:
        if (before.stance, before.value) == (after.stance, after.value):
            return None
        text = f"{describe(after)}; before: {before.stance} {before.value or ''}".rstrip()
        return _make("position moved", before, after, text)
    others = [one for one in stances.get((after.party, after.issue), ()) if one.id != after.id]
    if any(one.stance == after.stance and one.value == after.value for one in others):
        return None
    if others:
        held = ", ".join(sorted({one.stance for one in others}))
        return _make("position moved", None, after, f"{describe(after)}; before: {held}")
    return _make("position taken", None, after)


def _comparison(before: Comparison | None, after: Comparison) -> str | None:
    if before is None or before.verdict != after.verdict:
        if after.verdict == "contradicts":
            return "value contradicted"
        if after.verdict == "later update":
            return "value updated"
    if after.verdict in {"agrees", "compatible"}:
        was = max((told.independent for told in before.values), default=0) if before else 1
        if max((told.independent for told in after.values), default=0) > max(was, 1):
            return "value confirmed independently"
        witnesses = sum(told.independent for told in after.values)
        known = sum(told.independent for told in before.values) if before else 1
        if witnesses > max(known, 1):
            return "value confirmed independently"
    return None


def _actors(came: Sequence[AnyEntry], went: Sequence[AnyEntry]) -> Iterator[News]:
    """Actors that appeared, were joined or parted: by the words that they share."""
    now, then = _holders(came), _holders(went)
    ids = {entry.id for entry in went}
    for entry in came:
        places = {(s.report, s.start, s.end) for s in entry.evidence}
        from_ = {one for place in places for one in then.get(place, ())}
        gone = {one.name for one in from_ if one.id not in {each.id for each in came}}
        if len(from_) > 1 and gone:
            names = ", ".join(sorted({one.name for one in from_}))
            yield _make("actors joined", None, entry, f"{names} are one now: {describe(entry)}")
        elif not from_ and entry.id not in ids and isinstance(entry, Actor):
            yield _make("actor appeared", None, entry)
    for entry in went:
        places = {(s.report, s.start, s.end) for s in entry.evidence}
        into = {one for place in places for one in now.get(place, ())}
        if len(into) > 1 and any(one.id not in ids for one in into):
            names = ", ".join(sorted({one.name for one in into}))
            yield _make("actor parted", entry, None, f"{describe(entry)} is now: {names}")


def _holders(entries: Sequence[AnyEntry]) -> dict[tuple[str, int, int], set[Actor]]:
    holders: dict[tuple[str, int, int], set[Actor]] = defaultdict(set)
    for entry in entries:
        if isinstance(entry, Actor):
            for span in entry.evidence:
                holders[span.report, span.start, span.end].add(entry)
    return holders


# ---------------------------------------------------------------- words


def _make(
    sort: str, before: AnyEntry | None, after: AnyEntry | None, text: str | None = None
) -> News:
    entry = after or before
    if entry is None:
        raise ValueError("news of nothing")
    return News(
        sort=sort,
        text=text or describe(entry),
        weight=WEIGHTS[sort],
        parties=parties_of(entry),
        issue=getattr(entry, "issue", None) or getattr(entry, "subject", None),
        before=before,
        after=after,
        words=_words(before, after),
    )


def _words(before: AnyEntry | None, after: AnyEntry | None) -> tuple[Span, ...]:
    """The words that made the difference: those that were not there; else all."""
    entry = after or before
    if entry is None:
        return ()
    if after is None or before is None:
        return entry.evidence
    known = {(s.report, s.start, s.end) for s in before.evidence}
    new = tuple(s for s in after.evidence if (s.report, s.start, s.end) not in known)
    return new or after.evidence


def parties_of(entry: AnyEntry) -> tuple[str, ...]:
    """The names that take part in an entry."""
    one = ("party", "speaker", "side", "by", "against")
    names = [value for field in one if (value := getattr(entry, field, None))]
    for field in ("parties", "third_parties", "participants"):
        names += getattr(entry, field, ())
    if isinstance(entry, Actor):
        names.append(entry.name)
    return tuple(dict.fromkeys(names))


def describe(entry: AnyEntry) -> str:
    """An entry in one line."""
    if isinstance(entry, Meeting):
        parts: list[object] = [entry.status, entry.form]
        if entry.round is not None:
            parts.append(f"round {entry.round}")
        parts.append(", ".join(entry.parties or entry.participants))
        parts += [f"in {entry.place}" if entry.place else "", entry.date or ""]
    elif isinstance(entry, Commitment):
        parts = [entry.subject, entry.status, _figure(entry.quantity, entry.unit)]
        parts.append(", ".join(entry.parties))
    elif isinstance(entry, Position):
        parts = [entry.party, entry.stance, entry.issue, entry.value or ""]
    elif isinstance(entry, Comparison):
        values = "; ".join(f"{told.value} ({told.independent})" for told in entry.values)
        parts = [entry.about, entry.field, entry.verdict, values]
    elif isinstance(entry, Incident):
        parts = [entry.type, entry.by or "", _figure(entry.figure, entry.unit)]
        parts += [f"in {entry.place}" if entry.place else "", entry.date or ""]
    elif isinstance(entry, Statement):
        who = entry.speaker or entry.described or "somebody"
        parts = [who, "denies" if entry.negated else entry.force, f"“{entry.content}”"]
    elif isinstance(entry, Actor):
        parts = [entry.name, f"({entry.type})"]
    else:
        parts = [entry.kind, entry.evidence[0].text]
    return " ".join(" ".join(str(part) for part in parts if part).split())


def _figure(value: float | None, unit: str | None) -> str:
    return "" if value is None else f"{value:g} {unit or ''}".strip()
