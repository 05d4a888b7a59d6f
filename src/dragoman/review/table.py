"""Entries under correction: replaced, removed and renamed, with all that refers to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from dragoman.types import Actor, AnyEntry, Comparison, Position, Report, Role, identified

# For each field that holds ids, the field that holds the names.
_NAMES = {
    "speaker_id": "speaker",
    "addressee_id": "addressee",
    "party_id": "party",
    "place_id": "place",
    "venue_id": "venue",
    "by_id": "by",
    "against_id": "against",
    "party_ids": "parties",
    "participant_ids": "participants",
    "third_party_ids": "third_parties",
}
_SINGLE = tuple(field for field in _NAMES if field.endswith("_id"))
_SEVERAL = tuple(field for field in _NAMES if field.endswith("_ids"))


def targets(entry: AnyEntry) -> Iterator[str]:
    """The ids of the entries that an entry names."""
    for field in (*_SINGLE, "about_id"):
        if (one := getattr(entry, field, None)) is not None:
            yield one
    for field in _SEVERAL:
        yield from getattr(entry, field, ())
    yield from getattr(entry, "head_ids", {}).values()
    if isinstance(entry, Position) and entry.meeting is not None:
        yield entry.meeting


class Table:
    """The entries by id, and who refers to whom."""

    def __init__(self, entries: Iterable[AnyEntry]) -> None:
        self.entries: dict[str, AnyEntry] = {}
        self._referring: dict[str, set[str]] = defaultdict(set)
        self._resting: dict[str, set[str]] = defaultdict(set)
        for entry in entries:
            self._put(entry)

    def resting_on(self, reports: Iterable[str]) -> list[AnyEntry]:
        """The entries that rest on any of some reports, by id."""
        names = {name for report in reports for name in self._resting.get(report, ())}
        return [self.entries[name] for name in sorted(names)]

    def referring_to(self, name: str) -> list[AnyEntry]:
        """The entries that refer to one, by id."""
        return [self.entries[other] for other in sorted(self._referring.get(name, ()))]

    def add(self, entry: AnyEntry) -> None:
        """Add an entry that nothing refers to yet."""
        self._put(entry)

    def remove(self, name: str) -> None:
        """Take an entry out; what refers to it does so no more, what is about it goes with it."""
        for other in self.referring_to(name):
            if isinstance(other, Comparison):
                self.remove(other.id)
        self._rewrite(lambda: self.referring_to(name), lambda other: _without(other, name))
        self._drop(name)

    def replace(self, name: str, entry: AnyEntry) -> AnyEntry:
        """Put an entry in the place of another; references follow, names too.

        Returns:
            The entry as it stands then: with its new id.
        """
        old = self.entries[name]
        if isinstance(entry, Report):
            new: AnyEntry = entry
        elif entry.IDENTITY and all(
            getattr(old, field) == getattr(entry, field) for field in entry.IDENTITY
        ):
            # It keeps its id, unless that is made of all that it says.
            plain = old.id == identified(old).id
            new = entry if plain else identified(entry, whole=True)
        else:
            new = identified(entry)
            if new.IDENTITY and new.id in self.entries and new.id != name:
                new = identified(entry, whole=True)
        self._drop(name)
        self._put(new)
        renamed = isinstance(old, Actor) and isinstance(new, Actor) and old.name != new.name
        if new.id != name or renamed:
            self.redirect(old, new)
        if renamed and isinstance(old, Actor) and isinstance(new, Actor):
            self._rename_sides(old.name, new.name)
        return new

    def redirect(
        self, old: AnyEntry, new: AnyEntry, which: Callable[[AnyEntry], bool] = lambda _: True
    ) -> None:
        """Let what refers to one entry refer to another; all of it, or some."""
        self._rewrite(
            lambda: [other for other in self.referring_to(old.id) if which(other)],
            lambda other: redirected(other, old, new),
        )

    def _rename_sides(self, old: str, new: str) -> None:
        self._rewrite(
            lambda: list(self.entries.values()), lambda other: _with_side(other, old, new)
        )

    def _rewrite(
        self, which: Callable[[], list[AnyEntry]], how: Callable[[AnyEntry], AnyEntry]
    ) -> None:
        """Rewrite entries until none of them changes: one may get its id from another's."""
        again = True
        while again:
            again = False
            for other in which():
                if other.id not in self.entries:
                    again = True
                elif (new := how(other)) != other:
                    self.replace(other.id, new)
                    again = True

    def _put(self, entry: AnyEntry) -> None:
        self.entries[entry.id] = entry
        for target in targets(entry):
            self._referring[target].add(entry.id)
        for report in {span.report for span in entry.evidence}:
            self._resting[report].add(entry.id)

    def _drop(self, name: str) -> None:
        entry = self.entries.pop(name)
        for target in targets(entry):
            self._referring[target].discard(name)
        for report in {span.report for span in entry.evidence}:
            self._resting[report].discard(name)


def _with_side(entry: AnyEntry, old: str, new: str) -> AnyEntry:
    changes: dict[str, Any] = {}
    if getattr(entry, "side", None) == old:
        changes["side"] = new
    if isinstance(entry, Actor) and any(role.of == old for role in entry.roles):
        changes["roles"] = tuple(
            Role(title=r.title, of=new if r.of == old else r.of, when=r.when) for r in entry.roles
        )
    return msgspec.structs.replace(entry, **changes) if changes else entry


def redirected(entry: AnyEntry, old: AnyEntry, new: AnyEntry) -> AnyEntry:
    """An entry that referred to `old`, referring to `new`, and naming it so."""
    changes: dict[str, Any] = {}
    names = (old.name, new.name) if isinstance(old, Actor) and isinstance(new, Actor) else None
    for field in _SINGLE:
        if getattr(entry, field, None) == old.id:
            changes[field] = new.id
            if names and getattr(entry, _NAMES[field]) == names[0]:
                changes[_NAMES[field]] = names[1]
    for field in _SEVERAL:
        ids = getattr(entry, field, ())
        if old.id in ids:
            told = dict(zip(ids, getattr(entry, _NAMES[field]), strict=True))
            # Two that became one count once, where the first of them stood.
            kept: dict[str, str] = {}
            for one, name in told.items():
                if one == old.id:
                    kept.setdefault(new.id, names[1] if names else name)
                else:
                    kept.setdefault(one, name)
            changes[field], changes[_NAMES[field]] = tuple(kept), tuple(kept.values())
    heads: dict[str, str] = getattr(entry, "heads", {})
    if heads and names:
        head_ids: dict[str, str] = getattr(entry, "head_ids", {})
        party = dict.fromkeys(heads)
        keys = {key: names[1] if key == names[0] else key for key in party}
        changes["heads"] = {
            keys[key]: names[1] if head_ids.get(key) == old.id else name
            for key, name in heads.items()
        }
        changes["head_ids"] = {
            keys[key]: new.id if one == old.id else one for key, one in head_ids.items()
        }
    if getattr(entry, "about_id", None) == old.id:
        changes["about_id"] = new.id
    if isinstance(entry, Position) and entry.meeting == old.id:
        changes["meeting"] = new.id
    return msgspec.structs.replace(entry, **changes) if changes else entry


def _without(entry: AnyEntry, gone: str) -> AnyEntry:
    """An entry that no longer refers to one that was taken out."""
    changes: dict[str, Any] = {
        field: None for field in _SINGLE if getattr(entry, field, None) == gone
    }
    for field in _SEVERAL:
        ids = getattr(entry, field, ())
        if gone in ids:
            left = [
                pair
                for pair in zip(ids, getattr(entry, _NAMES[field]), strict=True)
                if pair[0] != gone
            ]
            changes[field] = tuple(one for one, _ in left)
            changes[_NAMES[field]] = tuple(name for _, name in left)
    head_ids: dict[str, str] = getattr(entry, "head_ids", {})
    if gone in head_ids.values():
        kept = {key for key, one in head_ids.items() if one != gone}
        changes["head_ids"] = {key: one for key, one in head_ids.items() if key in kept}
        changes["heads"] = {k: n for k, n in getattr(entry, "heads", {}).items() if k in kept}
    if isinstance(entry, Position) and entry.meeting == gone:
        changes["meeting"] = None
    return msgspec.structs.replace(entry, **changes)
