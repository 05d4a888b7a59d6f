"""Profiles joined pair by pair, the best first, where no rule forbids it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from dragoman.link.actors.features import Feature, cannot_link, score
from dragoman.link.actors.profiles import Profile
from dragoman.types import Reason

_AMBIGUOUS = 0.5
_VETO = 1.0
Pair = tuple[float, str, str, list[Feature]]


class Clusters:
    """Union-find over profiles that refuses a union which a rule forbids for any two members."""

    def __init__(self, profiles: dict[str, Profile]) -> None:
        self._profiles = profiles
        self._parent = {name: name for name in profiles}
        self._members = {name: [name] for name in profiles}
        self._key = {name: p.key for name, p in profiles.items()}
        self.reasons: dict[str, list[Reason]] = defaultdict(list)

    def root(self, name: str) -> str:
        """The cluster of a profile, by its first member."""
        while self._parent[name] != name:
            self._parent[name] = self._parent[self._parent[name]]
            name = self._parent[name]
        return name

    def members(self) -> dict[str, list[str]]:
        """The profiles of each cluster, sorted."""
        return {root: sorted(self._members[root]) for root in sorted(self._members)}

    def join(self, pairs: Sequence[Pair]) -> None:
        """Join pairs from the first on, where nothing forbids it."""
        for total, one, other, features in pairs:
            self._union(total, one, other, features)

    def attach(self, pairs: Sequence[Pair]) -> None:
        """Join lone surnames with the one cluster that they fit best, if there is one."""
        best: dict[str, list[Pair]] = defaultdict(list)
        for pair in pairs:
            best[pair[1]].append(pair)
        for name in sorted(best, key=lambda name: (-best[name][0][0], name)):
            rivals: dict[str, float] = {}
            for total, _, other, _ in best[name]:
                root = self.root(other)
                if root != self.root(name) and self._allowed(self.root(name), root):
                    rivals[root] = max(total, rivals.get(root, total))
            ranks = sorted(rivals.values(), reverse=True)
            if len(ranks) > 1 and ranks[0] - ranks[1] < _AMBIGUOUS and self._apart(rivals):
                self.reasons[name].append(
                    Reason(rule="kept apart", why="more than one person has this surname")
                )
                continue
            self.join(best[name][:1])

    def _apart(self, rivals: dict[str, float]) -> bool:
        """Whether two of the rivals are full names: they are then different people."""
        full = [
            root for root in rivals if any(self._profiles[m].given for m in self._members[root])
        ]
        return len(full) > 1

    def _allowed(self, one: str, other: str) -> bool:
        left, right = self._members[one], self._members[other]
        return all(
            self._compatible(self._profiles[a], self._profiles[b]) for a in left for b in right
        )

    @staticmethod
    def _compatible(one: Profile, other: Profile) -> bool:
        """Whether two profiles may share a cluster even if only others in it were compared."""
        if cannot_link(one, other) is not None:
            return False
        # A chain of small changes must not end at another person.
        return one.type != "person" or sum(f.weight for f in score(one, other)) >= _VETO

    def _union(self, total: float, one: str, other: str, features: list[Feature]) -> None:
        left, right = sorted((self.root(one), self.root(other)))
        if left == right or not self._allowed(left, right):
            return
        self._parent[right] = left
        self._members[left] += self._members.pop(right)
        told = "; ".join(f"{f.rule} ({f.why}) {f.weight:+.1f}" for f in features)
        names = " = ".join(sorted((self._profiles[one].name, self._profiles[other].name)))
        self.reasons[left] += self.reasons.pop(right, [])
        self.reasons[left].append(
            Reason(rule="same actor", why=f"{names}: {told}", weight=round(total, 2))
        )
