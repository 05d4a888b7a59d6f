"""The same actor across reports: blocking, pairwise scores with reasons, constrained clusters.

1. Local actors with the same key or the same spelling fall into one profile, whatever the report.
2. Profiles that share a block (skeleton of the surname, an office with one holder, a list) are
   compared. The score is a sum of weighted features, and every feature that counted is a reason.
3. Pairs are joined from the best down, unless a cannot-link rule speaks against it. Lone surnames
   come after full names, and stay apart where two people could be meant; places are compared
   once more with the lists that they stand in.

The result depends on the set of annotations, never on their order.
"""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from dragoman.claims import Annotation, LocalActor, Mention
from dragoman.languages import available
from dragoman.languages.gazetteer import (
    canonical_name,
    gazetteer,
    given_names,
    offices,
    offices_by_title,
    place_of_name,
)
from dragoman.languages.lexicon import fold
from dragoman.languages.spelling import likeness, plain, skeleton
from dragoman.types import Actor, ActorType, Reason, Role, Span, identified

_NEAR = 80  # characters between two names of one report: one sentence or list
_LIST_GAP = 8  # characters between two members of a list: a comma or a conjunction
_BLOCK_MOST = 80  # a larger block says nothing
_BONES_LEAST = 3
_AMBIGUOUS = 0.5
_VETO = 1.0
_JOIN: dict[ActorType, float] = {
    "person": 3.0,
    "place": 2.6,
    "organization": 2.6,
    "state": 2.2,
    "group": 3.0,
}
# A state without a key may be taken for a place or a body in some report.
_CONFUSED = frozenset({"state", "place", "organization"})
_TYPE_ORDER: tuple[ActorType, ...] = ("state", "person", "organization", "place", "group")
_NODE = tuple[str, int]


class Feature(NamedTuple):
    """A feature of a pair: its name, its words, its weight."""

    rule: str
    why: str
    weight: float


@dataclass(eq=False)
class _Profile:
    """All local actors of one key or one spelling."""

    id: str
    type: ActorType
    key: str | None
    names: Counter[str] = field(default_factory=Counter)
    words: tuple[str, ...] = ()
    nodes: list[_NODE] = field(default_factory=list)
    roles: Counter[tuple[str, str | None]] = field(default_factory=Counter)
    sides: set[str] = field(default_factory=set)
    reports: set[str] = field(default_factory=set)
    near: set[str] = field(default_factory=set)
    listed: set[str] = field(default_factory=set)
    cast: set[str] = field(default_factory=set)
    forms: set[str] = field(default_factory=set)
    reasons: set[tuple[str, str, float | None]] = field(default_factory=set)
    mentions: list[Mention] = field(default_factory=list)

    @property
    def surname(self) -> str:
        return self.words[-1]

    @property
    def given(self) -> str | None:
        return self.words[0] if len(self.words) > 1 else None

    @property
    def name(self) -> str:
        return min(self.names, key=lambda name: (-self.names[name], name))


class Cast:
    """The actors of all reports.

    Attributes:
        entries: the actors, identified, in a fixed order.
    """

    def __init__(self, entries: Sequence[Actor], places: dict[_NODE, str]) -> None:
        self.entries = list(entries)
        self._by_id = {actor.id: actor for actor in entries}
        self._places = places

    def of(self, report: str, index: int) -> Actor:
        """The actor that a report's local actor (its index in `Annotation.actors`) is.

        Raises:
            KeyError: no such local actor.
        """
        return self._by_id[self._places[report, index]]


def link_actors(annotations: Iterable[Annotation]) -> Cast:
    """Join the local actors of all reports."""
    profiles = _profiles(annotations)
    clusters = _Clusters(profiles)
    full = {p.id: p for p in profiles.values() if p.type != "person" or p.given is not None}
    clusters.join(_pairs(full, clusters, with_lists=False))
    clusters.attach(_lone_pairs(profiles))
    clusters.join(
        _pairs({p.id: p for p in profiles.values() if p.type == "place"}, clusters, with_lists=True)
    )
    return _cast(profiles, clusters)


# ---------------------------------------------------------------- profiles


@functools.cache
def _small_words() -> frozenset[str]:
    """Particles, articles and links of all languages: no part of what names are compared by."""
    words: set[str] = set()
    for code in available():
        lists = gazetteer(code).words
        words |= lists["particles"] | lists["links"] | lists["articles"]
    return frozenset(words)


@functools.cache
def _venue_words() -> frozenset[str]:
    words: set[str] = set()
    for code in available():
        words |= gazetteer(code).words["venue_nouns"]
    return frozenset(words)


@functools.lru_cache(maxsize=1 << 15)
def name_words(name: str, type_: ActorType) -> tuple[str, ...]:
    """The folded words that a name is compared by: no particles, no venue nouns."""
    words = tuple(
        "".join(c for c in word if c.isalnum()) for word in fold(name).replace("-", " ").split()
    )
    kept = tuple(word for word in words if word and word not in _small_words())
    if type_ == "place":
        kept = tuple(word for word in kept if word not in _venue_words()) or kept
    return kept or tuple(word for word in words if word) or (fold(name),)


def _profile_id(actor: LocalActor) -> str:
    if actor.key is not None:
        return f"key {actor.key}"
    words = " ".join(plain(word) for word in name_words(actor.name, actor.type))
    if actor.type == "person" and " " not in words:
        return f"person {words} | {actor.side or ''}"
    return f"{actor.type} {words}"


def _profiles(annotations: Iterable[Annotation]) -> dict[str, _Profile]:
    profiles: dict[str, _Profile] = {}
    for annotation in annotations:
        ids = []
        for index, actor in enumerate(annotation.actors):
            name = _profile_id(actor)
            ids.append(name)
            profile = profiles.get(name)
            if profile is None:
                profile = _Profile(name, actor.type, actor.key)
                profiles[name] = profile
            profile.names[actor.name] += 1
            profile.nodes.append((annotation.report, index))
            profile.reports.add(annotation.report)
            profile.roles.update((role.title, role.of) for role in actor.roles)
            profile.forms.update(actor.forms)
            profile.reasons.update((r.rule, r.why, r.weight) for r in actor.reasons)
            if actor.side is not None:
                profile.sides.add(actor.side)
        for mention in annotation.mentions:
            profiles[ids[mention.actor]].mentions.append(mention)
        _neighbours(annotation, ids, profiles)
    for profile in profiles.values():
        profile.words = name_words(profile.name, profile.type)
        profile.nodes.sort()
    return dict(sorted(profiles.items()))


def _neighbours(annotation: Annotation, ids: list[str], profiles: dict[str, _Profile]) -> None:
    """Who is named close by, who stands in one list, and who else is in the report."""
    mentions = sorted(
        (m for m in annotation.mentions if m.sort == "name"), key=lambda m: m.span.sort_key()
    )
    chain: list[Mention] = []
    for place, mention in enumerate(mentions):
        mine = profiles[ids[mention.actor]]
        for other in mentions[place + 1 :]:
            if other.span.start - mention.span.end > _NEAR:
                break
            theirs = profiles[ids[other.actor]]
            if theirs is not mine:
                mine.near.add(theirs.id)
                theirs.near.add(mine.id)
        if chain and mention.span.start - chain[-1].span.end > _LIST_GAP:
            _read_list(chain, ids, profiles)
            chain = []
        chain.append(mention)
    _read_list(chain, ids, profiles)
    everyone = {
        name for name in ids if profiles[name].type == "person" or profiles[name].key is not None
    }
    for name in ids:
        if profiles[name].key is None:
            profiles[name].cast |= everyone - {name}


def _read_list(chain: Sequence[Mention], ids: list[str], profiles: dict[str, _Profile]) -> None:
    members = [ids[mention.actor] for mention in chain]
    for name in members:
        if profiles[name].type == "place":
            profiles[name].listed.update(other for other in members if other != name)


# ---------------------------------------------------------------- blocks and pairs


def _bones(word: str) -> Iterator[str]:
    """A skeleton and what is left of it without any one of its letters."""
    bones = skeleton(word)
    yield bones
    if len(bones) > _BONES_LEAST:
        yield from (bones[:cut] + bones[cut + 1 :] for cut in range(len(bones)))


def _block_keys(profile: _Profile, *, with_lists: bool) -> set[str]:
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


def _pairs(
    profiles: dict[str, _Profile], clusters: _Clusters, *, with_lists: bool
) -> list[tuple[float, str, str, list[Feature]]]:
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
                    features += _list_features(left, right, clusters)
                total = sum(feature.weight for feature in features)
                mark = max(_JOIN[left.type], _JOIN[right.type])
                if total >= mark - 1e-9:
                    found.append((round(total, 6), one, other, features))
    return sorted(found, key=lambda pair: (-pair[0], pair[1], pair[2]))


def _lone_pairs(profiles: dict[str, _Profile]) -> list[tuple[float, str, str, list[Feature]]]:
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


# ---------------------------------------------------------------- rules


def cannot_link(one: _Profile, other: _Profile) -> str | None:
    """Why two profiles cannot be one actor; None if they can."""
    if one.key is not None and other.key is not None:
        return "two known names"
    if one.type != other.type:
        same = plain("".join(one.words)) == plain("".join(other.words))
        if not (same and {one.type, other.type} <= _CONFUSED):
            return "different types"
    if other.id in one.near:
        return "named in one sentence"
    if one.type == "person" and one.reports & other.reports:
        return "two people of one report"
    return None


def score(one: _Profile, other: _Profile) -> list[Feature]:
    """The features of a pair that count for or against one actor."""
    if one.type == "person":
        return [*_person_features(one, other), *_shared_features(one, other)]
    return [*_name_features(one, other), *_shared_features(one, other)]


def _person_features(one: _Profile, other: _Profile) -> Iterator[Feature]:
    alike = likeness(one.surname, other.surname)
    words = f"{one.surname} / {other.surname}"
    if plain(one.surname) == plain(other.surname):
        yield Feature("same surname", words, 3.0)
    elif skeleton(one.surname) == skeleton(other.surname) and alike >= 0.7:
        yield Feature("surname transliterated", words, 2.5)
    elif alike >= 0.8:
        yield Feature("surname much alike", words, 2.2)
    elif alike >= 0.55:
        yield Feature("surname alike", words, 1.0)
    else:
        yield Feature("surname differs", words, -2.0)
    if one.given is not None and other.given is not None:
        yield _given_feature(one.given, other.given)
    yield from _office_features(one, other)


def _given_feature(one: str, other: str) -> Feature:
    words, alike = f"{one} / {other}", likeness(one, other)
    if plain(one) == plain(other):
        return Feature("same first name", words, 2.0)
    if skeleton(one) == skeleton(other) and alike >= 0.7:
        return Feature("first name transliterated", words, 1.5)
    if min(len(one), len(other)) <= 2 and one[0] == other[0]:
        return Feature("initial", words, 0.5)
    if alike >= 0.8 and one[0] == other[0]:
        return Feature("first name much alike", words, 1.2)
    if alike >= 0.6:
        return Feature("first name alike", words, 0.3)
    return Feature("first name differs", words, -3.0)


def _office_features(one: _Profile, other: _Profile) -> Iterator[Feature]:
    table, by_title = offices(), offices_by_title()
    shared = sorted((title, of) for title, of in one.roles if of and (title, of) in other.roles)
    if shared:
        title, of = shared[0]
        only = any(table[by_title[title]].one for title, _ in shared)
        yield Feature("same office", f"{title} of {of}", 2.5 if only else 1.2)
        return
    titles = {title for title, _ in one.roles} & {title for title, _ in other.roles}
    for title in sorted(titles):
        places = [{of for t, of in p.roles if t == title} for p in (one, other)]
        if None in places[0] | places[1]:
            yield Feature("same title", title, 0.5)
        elif table[by_title[title]].state:
            yield Feature("same title elsewhere", title, -2.0)
        return


def _name_features(one: _Profile, other: _Profile) -> Iterator[Feature]:
    left, right = "".join(one.words), "".join(other.words)
    words, alike = f"{one.name} / {other.name}", likeness(left, right)
    bones = skeleton(left)
    if plain(left) == plain(right):
        yield Feature("same name", words, 3.0)
    elif len(one.words) == len(other.words) and all(
        likeness(a, b) >= 0.7 for a, b in zip(one.words, other.words, strict=True)
    ):
        if bones == skeleton(right) and len(bones) >= _BONES_LEAST:
            yield Feature("name transliterated", words, 2.5)
        elif alike >= 0.78:
            yield Feature("name much alike", words, 2.2)
        else:
            yield Feature("name alike", words, 1.2)
    elif len(one.words) == len(other.words) == 1 and alike >= 0.6:
        yield Feature("name alike", words, 1.2)
    else:
        yield Feature("name differs", words, -2.0)
    short = {form for form in one.forms & other.forms if form.isupper() and len(form) > 1}
    if short:
        yield Feature("same short form", min(short), 2.5)


def _shared_features(one: _Profile, other: _Profile) -> Iterator[Feature]:
    if one.sides and other.sides:
        same = sorted(one.sides & other.sides)
        if same:
            yield Feature("same side", same[0], 0.7)
        else:
            yield Feature("other side", f"{min(one.sides)} / {min(other.sides)}", -1.5)
    small, large = sorted((one.cast, other.cast), key=len)
    if len(small) > 2 and len(small & large) >= len(small) / 2:
        yield Feature("same company", f"{len(small & large)} of {len(small)} in both", 0.5)


def _list_features(one: _Profile, other: _Profile, clusters: _Clusters) -> list[Feature]:
    """Both stand in lists of the same places: what is left over in each may be the same."""
    left = {clusters.root(name) for name in one.listed}
    right = {clusters.root(name) for name in other.listed}
    shared = sorted(left & right)
    if not shared:
        return []
    weight = 2.0 if len(shared) > 1 else 0.8
    names = ", ".join(name.partition(" ")[2] for name in shared)
    return [Feature("same list", f"both listed with {names}", weight)]


# ---------------------------------------------------------------- clusters


class _Clusters:
    """Union-find over profiles that refuses a union which a rule forbids for any two members."""

    def __init__(self, profiles: dict[str, _Profile]) -> None:
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

    def join(self, pairs: Sequence[tuple[float, str, str, list[Feature]]]) -> None:
        """Join pairs from the first on, where nothing forbids it."""
        for total, one, other, features in pairs:
            self._union(total, one, other, features)

    def attach(self, pairs: Sequence[tuple[float, str, str, list[Feature]]]) -> None:
        """Join lone surnames with the one cluster that they fit best, if there is one."""
        best: dict[str, list[tuple[float, str, str, list[Feature]]]] = defaultdict(list)
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
    def _compatible(one: _Profile, other: _Profile) -> bool:
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


# ---------------------------------------------------------------- the cast


@dataclass(eq=False)
class _Group:
    """A cluster on its way to an entry."""

    profiles: list[_Profile]
    reasons: list[Reason]
    key: str | None
    type: ActorType
    name: str
    lent: list[Mention] = field(default_factory=list)


def _cast(profiles: dict[str, _Profile], clusters: _Clusters) -> Cast:
    groups = [
        _group([profiles[m] for m in members], clusters.reasons.get(root, []))
        for root, members in clusters.members().items()
    ]
    places = _lend_metonyms(groups)
    called = _names_of_parties(groups)
    served = _served(groups, called)
    called = {form: served.get(name, name) for form, name in called.items()}
    entries: dict[str, Actor] = {}
    of: dict[_NODE, str] = {}
    for group in groups:
        actor = identified(_entry(group, called))
        entries[actor.id] = actor
        for profile in group.profiles:
            of.update((node, actor.id) for node in profile.nodes)
    for group in places:
        actor = identified(_entry(group, called))
        entries[actor.id] = actor
    order = sorted(
        entries.values(), key=lambda a: (_TYPE_ORDER.index(a.type), fold(a.name), a.name, a.id)
    )
    return Cast(order, of)


def _lend_metonyms(groups: list[_Group]) -> list[_Group]:
    """Give the words of metonyms to the places that they name; the new groups for places.

    `Kyiv accepted` is of the state, but what it names is the city. The state keeps the words as
    evidence only where nothing else names it.
    """
    by_key = {group.key: group for group in groups if group.key is not None}
    new: dict[str, _Group] = {}
    for group in groups:
        if group.type != "state":
            continue
        for profile in group.profiles:
            for mention in profile.mentions:
                key = place_of_name(mention.form) if mention.sort == "metonym" else None
                if key is None:
                    continue
                city = by_key.get(key) or new.get(key)
                if city is None:
                    city = _Group([], [], key, "place", canonical_name(key) or mention.form)
                    new[key] = city
                city.lent.append(mention)
    return [new[key] for key in sorted(new)]


def _names_of_parties(groups: Sequence[_Group]) -> dict[str, str]:
    """The canonical name of every party by its key and by its folded names."""
    called: dict[str, str] = {}
    for group in groups:
        if group.type in {"state", "organization", "person"}:
            for profile in group.profiles:
                for name in sorted(profile.names):
                    called.setdefault(fold(name), group.name)
                if profile.key is not None:
                    called[profile.key] = group.name
    return called


def _served(groups: Sequence[_Group], called: dict[str, str]) -> dict[str, str]:
    """The side of every person by their canonical name: who serves them serves it."""
    sides = {group.name: _merged_side(group, called) for group in groups if group.type == "person"}
    return {name: side for name, side in sides.items() if side is not None and side not in sides}


def _entry(group: _Group, called: dict[str, str]) -> Actor:
    mentions = [m for profile in group.profiles for m in profile.mentions] + group.lent
    named = [m for m in mentions if m.sort in {"name", "demonym"}] + group.lent
    kept = [m for m in mentions if m.sort != "metonym" or m in group.lent or not named]
    lent = {m.span for m in group.lent}
    spans: dict[tuple[str, int, int, str | None], Span] = {}
    for mention in kept:
        role = None if mention.sort == "name" or mention.span in lent else mention.sort
        span = msgspec.structs.replace(mention.span, role=role)
        spans[span.report, span.start, span.end, role] = span
    reasons = {(r.rule, r.why, r.weight) for r in group.reasons}
    for profile in group.profiles:
        reasons |= profile.reasons
        if profile.key is None and len(profile.names) > 1:
            spelt = " = ".join(sorted(profile.names))
            reasons.add(("same actor", f"{spelt}: one name in several spellings", 3.0))
    return Actor(
        evidence=tuple(sorted(spans.values(), key=Span.sort_key)),
        reasons=tuple(
            Reason(rule=rule, why=why, weight=weight)
            for rule, why, weight in sorted(reasons, key=lambda r: (r[0], r[1], r[2] or 0.0))
        ),
        name=group.name,
        type=group.type,
        forms=tuple(sorted({m.form for m in named} or {m.form for m in mentions})),
        roles=_merged_roles(group, called),
        side=_merged_side(group, called),
    )


def _merged_roles(group: _Group, called: dict[str, str]) -> tuple[Role, ...]:
    """The offices told, those with the most reports first; a general one yields to a fuller."""
    counted: Counter[tuple[str, str | None]] = Counter()
    for profile in group.profiles:
        for (title, of), count in profile.roles.items():
            counted[title, called.get(fold(of), of) if of is not None else None] += count
    table, by_title = offices(), offices_by_title()
    held = {by_title[title] for title, _ in counted}
    covered = {
        table[general].title for general in sorted(held) if held & set(table[general].covers)
    }
    owned = {title for title, of in counted if of is not None}
    kept = [
        (title, of)
        for title, of in counted
        if title not in covered and (of is not None or title not in owned)
    ]
    kept.sort(key=lambda role: (-counted[role], role[0], role[1] or ""))
    return tuple(Role(title=title, of=of) for title, of in kept)


def _merged_side(group: _Group, called: dict[str, str]) -> str | None:
    sides: Counter[str] = Counter()
    for profile in group.profiles:
        for side in profile.sides:
            sides[called.get(side) or called.get(fold(side)) or canonical_name(side) or side] += (
                len(profile.reports)
            )
    return min(sides, key=lambda side: (-sides[side], side), default=None)


def _group(members: list[_Profile], reasons: list[Reason]) -> _Group:
    keys = sorted({p.key for p in members if p.key is not None})
    key = keys[0] if keys else None
    types = Counter[ActorType]()
    for profile in members:
        types[profile.type] += len(profile.reports)
    type_ = min(types, key=lambda t: (t != "state", -types[t], _TYPE_ORDER.index(t)))
    known = canonical_name(key) if key is not None else None
    return _Group(members, reasons, key, type_, known or _best_name(members))


def _best_name(members: Sequence[_Profile]) -> str:
    """The fullest name with the most reports behind it and behind each of its words."""
    names: Counter[str] = Counter()
    spelt: Counter[str] = Counter()
    for profile in members:
        names.update(profile.names)
        told = {(m.span.report, m.form) for m in profile.mentions if m.sort == "name"}
        spelt.update(word for _, form in told for word in fold(form).split())
    sounds: Counter[str] = Counter()
    for word, count in spelt.items():
        sounds[plain(word)] += count
    given = given_names()

    def rank(name: str) -> tuple[bool, int, float, float, bool, int, str]:
        words = fold(name).split()
        return (
            len(words) < 2,
            -names[name],
            -sum(sounds[plain(word)] for word in words) / len(words),
            -sum(spelt[word] for word in words) / len(words),
            words[0] not in given,
            -len(name),
            name,
        )

    return min(names, key=rank)
