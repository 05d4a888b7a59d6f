"""Which profiles are compared at all (blocks), and which of those pairs are likely one actor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from dragoman.languages.gazetteer import offices, offices_by_title
from dragoman.languages.spelling import plain, skeleton
from dragoman.link.actors.clusters import Clusters, Pair
from dragoman.link.actors.features import BONES_LEAST, Feature, cannot_link, list_features, score
from dragoman.link.actors.profiles import Profile
from dragoman.types import ActorType

_BLOCK_MOST = 80  # a larger block says nothing
_JOIN: dict[ActorType, float] = {
    "person": 3.0,
    "place": 2.6,
    "organization": 2.6,
    "state": 2.2,
    "group": 3.0,
}


def _bones(word: str) -> Iterator[str]:
    """A skeleton and what is left of it without any one of its letters."""
    bones = skeleton(word)
    yield bones
    if len(bones) > BONES_LEAST:
        yield from (bones[:cut] + bones[cut + 1 :] for cut in range(len(bones)))


def _block_keys(profile: Profile, *, with_lists: bool) -> set[str]:
    if profile.type == "person":
        keys = {f"person {bones}" for bones in _bones(profile.surname)}
        table, by_title = offices(), offices_by_title()
        keys |= {
            f"office {title} {of}"
            for title, of in profile.roles
            if of is not None and table[by_title[title]].one
        }
        return keys
    joined = "".join(profile.words)
    keys = {f"name {bones}" for bones in _bones(joined)} | {f"plain {plain(joined)}"}
    keys |= {f"short {form}" for form in profile.forms if form.isupper() and len(form) > 1}
    if profile.type == "place" and len(profile.words) > 1:
        keys.add(f"name {skeleton(profile.words[0])}")
    if with_lists:
        keys |= {f"list {other}" for other in profile.listed}
    return keys


def likely_pairs(
    profiles: dict[str, Profile], clusters: Clusters, *, with_lists: bool
) -> list[Pair]:
    """The pairs that reach their type's mark, best first."""
    blocks: dict[str, list[str]] = defaultdict(list)
    for name in sorted(profiles):
        for key in _block_keys(profiles[name], with_lists=with_lists):
            blocks[key].append(name)
    seen: set[tuple[str, str]] = set()
    found = []
    for key in sorted(blocks):
        block = blocks[key]
        if len(block) > _BLOCK_MOST:
            continue
        for place, one in enumerate(block):
            for other in block[place + 1 :]:
                if (one, other) in seen:
                    continue
                seen.add((one, other))
                left, right = profiles[one], profiles[other]
                if cannot_link(left, right) is not None:
                    continue
                features = score(left, right)
                if with_lists:
                    features += list_features(left, right, clusters.root)
                total = sum(feature.weight for feature in features)
                mark = max(_JOIN[left.type], _JOIN[right.type])
                if total >= mark - 1e-9:
                    found.append((round(total, 6), one, other, features))
    return sorted(found, key=lambda pair: (-pair[0], pair[1], pair[2]))


def lone_pairs(profiles: dict[str, Profile]) -> list[Pair]:
    """Lone surnames and the full names (or other lone ones) that they may be of."""
    blocks: dict[str, list[str]] = defaultdict(list)
    persons = {name: p for name, p in profiles.items() if p.type == "person"}
    for name in sorted(persons):
        for key in _block_keys(persons[name], with_lists=False):
            blocks[key].append(name)
    found: dict[tuple[str, str], tuple[float, list[Feature]]] = {}
    for block in blocks.values():
        for one in block:
            if persons[one].given is not None:
                continue
            for other in block:
                if other == one or (one, other) in found:
                    continue
                left, right = persons[one], persons[other]
                if cannot_link(left, right) is None:
                    features = score(left, right)
                    total = sum(feature.weight for feature in features)
                    if total >= _JOIN["person"] - 1e-9:
                        found[one, other] = (round(total, 6), features)
    return sorted(
        ((total, one, other, features) for (one, other), (total, features) in found.items()),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
