"""Which entries a listing shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from dragoman.languages.lexicon import fold
from dragoman.types import AnyEntry, Commitment, Entry, Interval, Meeting, Report, Value

# The fields that each choice looks at; an entry with none of them is not chosen.
_FIELDS: dict[str, tuple[str, ...]] = {
    "party": (
        *("party", "party_id", "parties", "party_ids", "third_parties", "third_party_ids"),
        *("by", "by_id", "against", "against_id", "side", "name"),
    ),
    "speaker": ("speaker", "speaker_id", "described"),
    "side": ("side",),
    "issue": ("issue", "subject"),
    "status": ("status", "stance", "verdict"),
}
# The choices that name an actor.
WHO = ("party", "speaker", "side")


class Filter(Value, frozen=True, kw_only=True):
    """What a listing is to show; what is None doesn't matter. All that is given must hold.

    Names are compared without case and accents, and by every form under which the record knows
    the actor.

    Attributes:
        kind: a kind of entry.
        party: takes part: a party, a host or mediator, who did something or to whom; a name or id.
        issue: an issue's name, or a commitment's subject.
        speaker: who said it, a name or id, or the description of an unnamed source.
        side: the side of a speaker or an actor.
        status: the status; of a position its stance, of a comparison its verdict.
        since: the first day. An entry is shown if its date shares a day with the time that is
            asked for; one without a date is not.
        until: the last day.
        text: words that stand in its evidence, side by side.
        report: the id of a report that it rests on, or the beginning of one.

    Raises:
        ValueError: `since` is after `until`.
    """

    kind: str | None = None
    party: str | None = None
    issue: str | None = None
    speaker: str | None = None
    side: str | None = None
    status: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    text: str | None = None
    report: str | None = None

    def __post_init__(self) -> None:
        self.during()

    def during(self) -> Interval | None:
        """The time that is asked for; None if any is right."""
        if self.since is None and self.until is None:
            return None
        return Interval(self.since, self.until)


def matches(entry: AnyEntry, wanted: Filter, known: Mapping[str, AbstractSet[str]]) -> bool:
    """Whether an entry is shown.

    Args:
        entry: the entry.
        wanted: what is to be shown.
        known: for each choice of `WHO` that is made, the folded names and ids of these actors.
    """
    if wanted.kind is not None and entry.kind != wanted.kind:
        return False
    if wanted.report is not None and not any(
        report.startswith(wanted.report) for report in entry.reports()
    ):
        return False
    for choice, fields in _FIELDS.items():
        value = getattr(wanted, choice)
        if value is not None:
            names = known.get(choice, frozenset()) | {fold(value)}
            own = {entry.id} if choice == "party" else set()
            if names.isdisjoint({*map(fold, _values(entry, fields)), *own}):
                return False
    if wanted.text is not None:
        words = _plain(wanted.text)
        if not any(words in _plain(span.text) for span in entry.evidence):
            return False
    during = wanted.during()
    return during is None or any(during.overlaps(date) for date in _dates(entry))


def _plain(text: str) -> str:
    return " ".join(fold(text).split())


def _values(entry: Entry, fields: tuple[str, ...]) -> Iterator[str]:
    for field in fields:
        value = getattr(entry, field, None)
        if isinstance(value, str):
            yield value
        elif value is not None:
            yield from value


def _dates(entry: AnyEntry) -> Iterator[Interval]:
    date = entry.published if isinstance(entry, Report) else getattr(entry, "date", None)
    if date is not None:
        yield date
    elif isinstance(entry, Commitment | Meeting):
        yield from (step.date for step in entry.history if step.date is not None)
