"""Profiles joined pair by pair, the best first, where no rule forbids it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from dragoman.link.actors.features import Feature, cannot_link, score
from dragoman.link.actors.profiles import Company, Profile
from dragoman.types import Reason

_AMBIGUOUS = 0.5
_VETO = 1.0


class Pair(NamedTuple):
    """Two profiles by their ids, and the sum of their features."""

    total: float
    one: str
    other: str


Features = Callable[[Profile, Profile], list[Feature]]


class Clusters:
    """Union-find over profiles that refuses a union which a rule forbids for any two members."""

    def __init__(self, profiles: Mapping[str, Profile], company: Company) -> None:
        self._profiles = profiles
        self._company = company
        self._parent = {name: name for name in profiles}
        self._members = {name: [name] for name in profiles}
        self.reasons: dict[str, list[Reason]] = defaultdict(list)
        self.apart: list[tuple[str, str, str]] = []

    def root(self, name: str) -> str:
        """The cluster of a profile, by its first member."""
        while self._parent[name] != name:
            self._parent[name] = self._parent[self._parent[name]]
            name = self._parent[name]
        return name

    def members(self) -> dict[str, list[str]]:
        """The profiles of each cluster, sorted."""
        return {root: sorted(self._members[root]) for root in sorted(self._members)}

    def join(self, pairs: Sequence[Pair], more: Features | None = None) -> None:
        """Join pairs from the first on, where nothing forbids it.

        Args:
            pairs: best first.
            more: features that counted beside those of `score`.
        """
        for pair in pairs:
            self._union(pair, more)

    def attach(self, pairs: Sequence[Pair]) -> None:
        """Join lone surnames with the one cluster that they fit best, if there is one."""
        best: dict[str, list[Pair]] = defaultdict(list)
        for pair in pairs:
            best[pair.one].append(pair)
        for name in sorted(best, key=lambda name: (-best[name][0].total, name)):
            rivals: dict[str, float] = {}
            for total, _, other in best[name]:
                root = self.root(other)
                if root == self.root(name) or root in rivals:
                    continue
                if self._forbidden(self.root(name), root) is None:
                    rivals[root] = total
            ranks = sorted(rivals.values(), reverse=True)
            if len(ranks) > 1 and ranks[0] - ranks[1] < _AMBIGUOUS and self._apart(rivals):
                words = ", ".join(sorted(self._profiles[root].name for root in rivals))
                self.reasons[self.root(name)].append(
                    Reason(
                        rule="kept apart", why=f"{self._profiles[name].name} may be any of {words}"
                    )
                )
                continue
            self.join(best[name][:1])

    def _apart(self, rivals: Mapping[str, float]) -> bool:
        """Whether two of the rivals are full names: they are then different people."""
        full = [
            root for root in rivals if any(self._profiles[m].given for m in self._members[root])
        ]
        return len(full) > 1

    def _forbidden(self, one: str, other: str) -> str | None:
        """Why two clusters cannot be one; None if they can."""
        for left in self._members[one]:
            for right in self._members[other]:
                why = self._incompatible(self._profiles[left], self._profiles[right])
                if why is not None:
                    return why
        return None

    def _incompatible(self, one: Profile, other: Profile) -> str | None:
        """Why two profiles may not share a cluster, even if only others in it were compared."""
        forbidden = cannot_link(one, other)
        if forbidden is not None or one.type != "person":
            return forbidden
        # A chain of small changes must not end at another person.
        alike = sum(f.weight for f in score(one, other, self._company))
        return None if alike >= _VETO else f"{one.name} and {other.name} are too unlike"

    def _union(self, pair: Pair, more: Features | None) -> None:
        one, other = self._profiles[pair.one], self._profiles[pair.other]
        left, right = sorted((self.root(one.id), self.root(other.id)))
        if left == right:
            return
        forbidden = self._forbidden(left, right)
        if forbidden is not None:
            self.apart.append((one.id, other.id, forbidden))
            return
        features = score(one, other, self._company) + (more(one, other) if more else [])
        self._parent[right] = left
        self._members[left] += self._members.pop(right)
        told = "; ".join(f"{f.rule} ({f.why}) {f.weight:+.1f}" for f in features)
        names = " = ".join(sorted((one.name, other.name)))
        self.reasons[left] += self.reasons.pop(right, [])
        self.reasons[left].append(
            Reason(rule="same actor", why=f"{names}: {told}", weight=round(pair.total, 2))
        )
