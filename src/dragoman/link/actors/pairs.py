"""Which of the pairs that are compared are likely one actor, and which only look like it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from dragoman.link.actors.blocks import candidates
from dragoman.link.actors.clusters import Clusters, Pair
from dragoman.link.actors.features import Feature, cannot_link, list_features, score
from dragoman.link.actors.profiles import Company, Profile
from dragoman.types import ActorType

_JOIN: dict[ActorType, float] = {
    "person": 3.0,
    "place": 2.6,
    "organization": 2.6,
    "state": 2.2,
    "group": 3.0,
}
_HAIR = 1e-9


class Judged(NamedTuple):
    """The pairs that reach their type's mark: those to join, and those that a rule keeps apart."""

    likely: list[Pair]
    refused: list[tuple[str, str, str]]


def _marked(one: Profile, other: Profile, features: list[Feature]) -> float | None:
    """The sum of a pair's features where it reaches the mark."""
    total = sum(feature.weight for feature in features)
    return round(total, 6) if total >= max(_JOIN[one.type], _JOIN[other.type]) - _HAIR else None


def likely_pairs(
    profiles: Mapping[str, Profile], clusters: Clusters, company: Company, *, with_lists: bool
) -> Judged:
    """The pairs that reach their type's mark, best first."""
    found, refused = [], []
    for one, other in candidates(profiles, with_lists=with_lists):
        left, right = profiles[one], profiles[other]
        if left.type != right.type and cannot_link(left, right) is not None:
            continue
        features = score(left, right, company)
        if with_lists:
            features += list_features(left, right, clusters.root)
        total = _marked(left, right, features)
        if total is None:
            continue
        forbidden = cannot_link(left, right)
        if forbidden is None:
            found.append(Pair(total, one, other))
        elif left.key is None or right.key is None:
            refused.append((one, other, forbidden))
    return Judged(sorted(found, key=lambda pair: (-pair.total, pair.one, pair.other)), refused)


def lone_pairs(profiles: Mapping[str, Profile], company: Company) -> list[Pair]:
    """Lone surnames and the full names (or other lone ones) that they may be of, best first."""
    persons = {name: p for name, p in profiles.items() if p.type == "person"}
    found = list(_lone(persons, company))
    return sorted(found, key=lambda pair: (-pair.total, pair.one, pair.other))


def _lone(persons: Mapping[str, Profile], company: Company) -> Iterator[Pair]:
    """Each pair with a lone surname, told from the lone one's side; from both if both are."""
    for one, other in candidates(persons):
        left, right = persons[one], persons[other]
        if left.given is not None and right.given is not None:
            continue
        if cannot_link(left, right) is not None:
            continue
        total = _marked(left, right, score(left, right, company))
        if total is not None:
            if left.given is None:
                yield Pair(total, one, other)
            if right.given is None:
                yield Pair(total, other, one)
