"""Corrections applied to what linking derived: the same corrections, in order, after each linking.

A pure function of the entries and the corrections. What a correction changes carries a reason
that names who made it, when and why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec

from dragoman.errors import misfit
from dragoman.record import Anchor, Correction
from dragoman.review.actors import join, part
from dragoman.review.anchors import Ground, builtins_of, find
from dragoman.review.table import Table
from dragoman.types import AnyEntry, Reason, Report, Value, entry_from_json, identified, to_json

# Fields that no correction sets: they are what the entry is made of.
FIXED = frozenset({"kind", "id", "evidence", "reasons", "history", "aligned", "values", "content"})


class Outcome(Value, frozen=True, kw_only=True):
    """What became of a correction: the entry that it stands on now, or why it stands on none."""

    correction: Correction
    entry: str | None = None
    why: str | None = None


class Applied(Value, frozen=True, kw_only=True):
    """The entries after corrections, by id, and what became of each correction that is in force."""

    entries: tuple[AnyEntry, ...]
    outcomes: tuple[Outcome, ...]


class NoGround(Exception):
    """What a correction means is not there any more; says why."""


def apply(
    derived: Iterable[AnyEntry],
    corrections: Sequence[Correction],
    text: Callable[[str], str],
) -> Applied:
    """Apply the corrections that are not undone, the first first.

    Args:
        derived: the entries as linking made them.
        corrections: all corrections, in their order.
        text: gives the text of a report by its id.
    """
    table = Table(derived)
    reports = [entry for entry in table.entries.values() if isinstance(entry, Report)]
    ground = Ground(reports, text)
    outcomes = []
    for correction in corrections:
        if correction.undone_by is not None or correction.action == "undo":
            continue
        try:
            name = _apply(table, correction, ground)
        except NoGround as vanished:
            outcomes.append(Outcome(correction=correction, why=str(vanished)))
        else:
            outcomes.append(Outcome(correction=correction, entry=name))
    entries = tuple(table.entries[name] for name in sorted(table.entries))
    return Applied(entries=entries, outcomes=tuple(outcomes))


def _apply(table: Table, correction: Correction, ground: Ground) -> str | None:
    """Apply one; the id of the entry that it stands on then, None if that was taken out."""
    action, change = correction.action, correction.change
    if action == "add":
        return _add(table, correction, ground)
    target = _target(table, correction.anchor, ground)
    if action == "reject":
        table.remove(target.id)
        return None
    if action == "join":
        anchor = msgspec.convert(change["with"], Anchor)
        other = _target(table, anchor, ground)
        if other.id == target.id:
            return target.id  # linking has joined them by itself
        return join(table, target, other, change.get("name"), reason_of(correction, "joined"))
    if action == "part":
        parted = part(table, target, change, reason_of(correction, "parted"))
        if parted is None:
            raise NoGround("none of its words, or all of them, are of those that were parted")
        return parted
    if action == "accept":
        reason = reason_of(correction, "accepted")
        return table.replace(target.id, _with_reason(target, reason)).id
    return table.replace(target.id, changed(target, change, correction)).id


def _target(table: Table, anchor: Anchor, ground: Ground) -> AnyEntry:
    spans = ground.spans(anchor)
    if anchor.spans and not spans:
        raise NoGround("its words are in no report of the record")
    candidates = (
        table.resting_on({span.report for span in spans})
        if anchor.spans
        else [table.entries[name] for name in sorted(table.entries)]
    )
    found = find(anchor, spans, candidates)
    if found is None:
        raise NoGround(f"no {anchor.kind} rests on its words any more")
    return found


def _add(table: Table, correction: Correction, ground: Ground) -> str:
    anchor = correction.anchor
    spans = ground.spans(anchor)
    if len(spans) < len(anchor.spans):
        raise NoGround("its words are in no report of the record")
    fields: dict[str, Any] = {**correction.change, "kind": anchor.kind, "evidence": spans}
    entry = identified(entry_from_json(to_json(fields)))
    known = table.entries.get(entry.id)
    if known is not None:
        return entry.id  # linking has found it by itself
    reason = reason_of(correction, "added")
    table.add(msgspec.structs.replace(entry, reasons=(reason,)))
    return entry.id


def changed(entry: AnyEntry, change: dict[str, Any], correction: Correction) -> AnyEntry:
    """The entry with other values in some fields, and the reason.

    Raises:
        NoGround: the values do not fit an entry of its kind.
    """
    fields = builtins_of(entry)
    said = []
    for name in sorted(change):
        if name not in fields or name in FIXED:
            raise NoGround(f"a {entry.kind} has no field {name} that can be set")
        said.append(f"{name}: {fields[name] or '-'} -> {change[name] or '-'}")
        # An id beside a name that is set by hand would name another.
        if f"{name}_id" in fields and f"{name}_id" not in change:
            fields[f"{name}_id"] = None
    fields |= change
    reason = reason_of(correction, "corrected", "; ".join(said))
    try:
        new = entry_from_json(to_json(fields))
    except (msgspec.ValidationError, ValueError) as error:
        raise NoGround(f"the values do not fit ({misfit(error)})") from error
    return _with_reason(new, reason)


def reason_of(correction: Correction, rule: str, what: str = "") -> Reason:
    """The reason that a correction gives."""
    told = f"{what}; " if what else ""
    return Reason(
        rule=rule,
        why=f"{told}by {correction.who} on {correction.at:%Y-%m-%d}: {correction.why}",
    )


def _with_reason(entry: AnyEntry, reason: Reason) -> AnyEntry:
    return msgspec.structs.replace(entry, reasons=(*entry.reasons, reason))
