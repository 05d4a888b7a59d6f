"""Commitments across reports: one entry a subject, with its steps in order."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dragoman import ontology
from dragoman.claims import Annotation, CommitmentClaim
from dragoman.link.context import Context, Item, evidence_of, reasons_of
from dragoman.link.meetings import LinkedMeeting
from dragoman.types import (
    Actor,
    Commitment,
    CommitmentStatus,
    Interval,
    Reason,
    Span,
    Step,
    identified,
)

_RANK: dict[CommitmentStatus, int] = {
    "proposed": 0,
    "agreed in principle": 1,
    "agreed": 2,
    "begun": 3,
    "carried out": 4,
    "breached": 5,
    "withdrawn": 6,
}


_AGAIN = "another round of talks"
_PAIR = 2


class _Key(NamedTuple):
    """What tells commitments apart: "20-day" and "60-day" truces are two, and a local one."""

    subject: str
    term: str
    local: bool
    place: str

    @property
    def name(self) -> str:
        """The subject with its term and place, in words."""
        words = ("local" if self.local else "", self.term, self.subject)
        name = " ".join(word for word in words if word)
        return f"{name} at {self.place}" if self.place else name

    def may_mean(self, other: _Key) -> bool:
        """Whether a passage that tells so much can mean what another tells more of."""
        return (
            self != other
            and self.subject == other.subject
            and self.term in {"", other.term}
            and self.local in {False, other.local}
            and self.place in {"", other.place}
        )


_Groups = dict[_Key, list[Item[CommitmentClaim]]]


@dataclass(frozen=True)
class LinkedCommitment:
    """A commitment's entry and the claims that it was made from."""

    entry: Commitment
    items: tuple[Item[CommitmentClaim], ...]


def link_commitments(
    annotations: Sequence[Annotation],
    context: Context,
    core: set[str],
    meetings: Sequence[LinkedMeeting] = (),
) -> list[LinkedCommitment]:
    """All commitments, sorted by id.

    Args:
        annotations: what the reports say.
        context: actors, dates and families.
        core: the names of the negotiating parties, for claims that say only "both sides".
        meetings: those that were held; a later round carries out a promise to meet again.
    """
    groups: _Groups = defaultdict(list)
    for annotation in annotations:
        for index, claim in enumerate(annotation.commitments):
            item = Item(annotation, claim, index)
            groups[_key(item, context)].append(item)
    _join_bare(groups)
    _join_alike(groups)
    made = []
    for key, items in sorted(groups.items()):
        kept = sorted(_told_once(items, context), key=Item.sort_key)
        later = _later_rounds(kept, context, meetings) if key.subject == _AGAIN else []
        entry = _entry(key, kept, later, (context, core))
        made.append(LinkedCommitment(entry, tuple(kept)))
    return sorted(made, key=lambda linked: linked.entry.id)


def _key(item: Item[CommitmentClaim], context: Context) -> _Key:
    claim = item.claim
    place = context.actor(item.annotation, claim.place)
    term = ""
    if claim.term is not None:
        quantity = item.annotation.quantities[claim.term]
        term = f"{quantity.value:g}-{quantity.unit}" if quantity.value is not None else ""
    return _Key(claim.subject, term, claim.local, place.name if place else "")


def _join_bare(groups: _Groups) -> None:
    """Put passages that tell less to the one commitment that they can mean.

    Where there are several, it is the one that the same report tells more of.
    """
    for key in sorted(groups):
        fuller = [other for other in sorted(groups) if key.may_mean(other)]
        reports = {other: {item.report for item in groups[other]} for other in fuller}
        left: list[Item[CommitmentClaim]] = []
        for item in groups[key]:
            here = [other for other in fuller if item.report in reports[other]]
            meant = fuller if len(fuller) == 1 else here
            (groups[meant[0]] if len(meant) == 1 else left).append(item)
        groups[key] = left
    for key in [key for key, items in groups.items() if not items]:
        del groups[key]


def _join_alike(groups: _Groups) -> None:
    """Join subjects of one issue with one and the same figure: a swap and a release of 600."""
    for key in sorted(groups):
        issue = ontology.subjects()[key.subject].issue
        figures = _figures(groups[key])
        for other in sorted(groups):
            if (
                other.subject != key.subject
                and ontology.subjects()[other.subject].issue == issue
                and figures & _figures(groups[other])
                and len(groups[other]) > len(groups[key])
            ):
                groups[other] += groups.pop(key)
                break


def _figures(items: Sequence[Item[CommitmentClaim]]) -> set[tuple[float, str | None]]:
    found = set()
    for item in items:
        if item.claim.quantity is not None:
            quantity = item.annotation.quantities[item.claim.quantity]
            if quantity.value is not None:
                found.add((quantity.value, quantity.unit))
    return found


def _told_once(
    items: Sequence[Item[CommitmentClaim]], context: Context
) -> Iterator[Item[CommitmentClaim]]:
    """The claims without those that a report itself weakens: "agreed" where it says in principle.

    A later date told for the agreement shows that it was made firm.
    """
    weak: dict[str, set[Interval | None]] = defaultdict(set)
    for item in items:
        if item.claim.status == "agreed in principle":
            weak[item.report].add(_date(item, context))
    for item in items:
        date = _date(item, context)
        told = weak.get(item.report)
        later = date is not None and not item.claim.promise
        if (
            item.claim.status != "agreed"
            or told is None
            or (later and all(d is not None and date and not d.overlaps(date) for d in told))
        ):
            yield item


def _date(item: Item[CommitmentClaim], context: Context) -> Interval | None:
    found = context.date(item.annotation, item.claim.when)
    return found[0] if found else None


def _later_rounds(
    items: Sequence[Item[CommitmentClaim]], context: Context, meetings: Sequence[LinkedMeeting]
) -> list[Step]:
    """The steps that a promise to meet again was carried out by: later talks that were held."""
    told = [d for item in items if (d := context.told(item.annotation)) is not None]
    since = min((interval.last for interval in told), default=None)
    found: dict[str, Step] = {}
    for meeting in meetings:
        entry = meeting.entry
        later = entry.date is not None and since is not None and entry.date.first > since
        if entry.form != "talks" or not ((entry.round or 0) > 1 or later):
            continue
        for one in meeting.told:
            if one.status == "held" and one.item.report not in found:
                span = one.item.claim.evidence[0]
                found[one.item.report] = Step(
                    status="carried out", report=one.item.report, evidence=span, date=one.date
                )
    return [found[report] for report in sorted(found)]


def _entry(
    key: _Key,
    items: Sequence[Item[CommitmentClaim]],
    later: Sequence[Step],
    known: tuple[Context, set[str]],
) -> Commitment:
    context, core = known
    parties, reasons = _parties(items, context, core)
    history = _history(items, later, context)
    quantities = [
        (quantity, item.report)
        for item in items
        if item.claim.quantity is not None
        and (quantity := item.annotation.quantities[item.claim.quantity]).value is not None
    ]
    value = context.majority((q.value, report) for q, report in quantities)
    unit = context.majority((q.unit, r) for q, r in quantities if q.value == value and q.unit)
    spans = {*evidence_of(items), *(step.evidence for step in later)}
    return identified(
        Commitment(
            evidence=tuple(sorted(spans, key=Span.sort_key)),
            reasons=reasons,
            subject=key.name,
            status=_status(history),
            parties=tuple(actor.name for actor in parties),
            party_ids=tuple(actor.id for actor in parties),
            quantity=value,
            unit=unit,
            history=history,
        )
    )


def _parties(
    items: Sequence[Item[CommitmentClaim]], context: Context, core: set[str]
) -> tuple[list[Actor], tuple[Reason, ...]]:
    """The parties of a commitment; where fewer than two are named, those of the talks.

    One who only proposes is none, and parties of talks that these reports do not mention are those
    of other talks.
    """
    named: dict[str, Actor] = {}
    told: set[str] = set()
    for item in items:
        told |= context.mentions(item.annotation)
        beside = context.actors(item.annotation, item.claim.parties)
        doing = (context.party_at_table(item.annotation, index) for index in item.claim.doers)
        for actor in (
            *(actor for actor in beside if actor.name in core),
            *(actor for actor in doing if actor is not None and item.claim.status != "proposed"),
        ):
            named[actor.id] = actor
    reasons = list(reasons_of(items))
    if len(named) < _PAIR and {actor.name for actor in named.values()} <= core <= told:
        for name in sorted(core):
            party = context.named(name)
            if party is not None:
                named[party.id] = party
        reasons.append(
            Reason(rule="parties", why="the parties of the talks; not all are named here")
        )
    return sorted(named.values(), key=lambda actor: (actor.name, actor.id)), tuple(reasons)


def _history(
    items: Sequence[Item[CommitmentClaim]], later: Sequence[Step], context: Context
) -> tuple[Step, ...]:
    """One step a status and report, in the order of dates.

    A report's date counts, or the date of the step where that is unknown; a step without either
    stands where the lifecycle puts it.
    """
    steps: dict[tuple[int, str], Step] = {}
    for item in items:
        status = item.claim.status
        step = Step(
            status=status,
            report=item.report,
            evidence=item.claim.evidence[0],
            date=_date(item, context),
        )
        steps.setdefault((_RANK[status], item.report), step)
    for step in later:
        steps.setdefault((_RANK["carried out"], step.report), step)
    told = {item.report: context.told(item.annotation) for item in items}
    dated: list[tuple[dt.date, dt.date, int, str]] = []
    undated: list[tuple[int, str]] = []
    for rank, report in sorted(steps):
        when = told.get(report) or steps[rank, report].date
        if when is None:
            undated.append((rank, report))
        else:
            dated.append((when.last, when.first, rank, report))
    ordered = [key[2:] for key in sorted(dated)]
    for key in undated:
        after = [place for place, other in enumerate(ordered) if other[0] <= key[0]]
        ordered.insert(after[-1] + 1 if after else 0, key)
    return tuple(steps[key] for key in ordered)


def _status(history: Sequence[Step]) -> CommitmentStatus:
    """The furthest step that any report tells."""
    told = {step.status for step in history}
    return max((status for status in _RANK if status in told), key=_RANK.__getitem__)
