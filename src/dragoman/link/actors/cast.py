"""The clusters written out as entries, under their canonical names, with the reasons of all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from dragoman.claims import Mention
from dragoman.languages.gazetteer import (
    canonical_name,
    given_names,
    offices,
    offices_by_title,
    place_of_name,
)
from dragoman.languages.lexicon import fold
from dragoman.languages.romanise import latin
from dragoman.languages.spelling import plain
from dragoman.link.actors.clusters import Clusters
from dragoman.link.actors.profiles import Node, Profile
from dragoman.types import Actor, ActorType, Reason, Role, Span, identified

_TYPE_ORDER: tuple[ActorType, ...] = ("state", "person", "organization", "place", "group")


class Cast:
    """The actors of all reports.

    Attributes:
        entries: the actors, identified, in a fixed order.
    """

    def __init__(self, entries: Sequence[Actor], places: dict[Node, str]) -> None:
        self.entries = list(entries)
        self._by_id = {actor.id: actor for actor in entries}
        self._places = places

    def of(self, report: str, index: int) -> Actor:
        """The actor that a report's local actor (its index in `Annotation.actors`) is.

        Raises:
            KeyError: no such local actor.
        """
        return self._by_id[self._places[report, index]]


@dataclass(eq=False)
class _Group:
    """A cluster on its way to an entry."""

    profiles: list[Profile]
    reasons: list[Reason]
    key: str | None
    type: ActorType
    name: str
    lent: list[Mention] = field(default_factory=list)


def make_cast(profiles: dict[str, Profile], clusters: Clusters) -> Cast:
    """The actors that the clusters are."""
    apart = _kept_apart(profiles, clusters)
    groups = [
        _group(
            [profiles[m] for m in members],
            clusters.reasons.get(root, []) + sorted(apart[root], key=lambda r: r.why),
        )
        for root, members in clusters.members().items()
    ]
    places = _lend_metonyms(groups)
    called = _names_of_parties(groups)
    served = _served(groups, called)
    called = {form: served.get(name, name) for form, name in called.items()}
    made = [(group, _entry(group, called)) for group in (*groups, *places)]
    # Two people of one name stay two: then the name alone makes no id.
    met = Counter((actor.name, actor.type) for _, actor in made)
    entries: dict[str, Actor] = {}
    of: dict[Node, str] = {}
    for group, unnamed in made:
        actor = identified(unnamed, whole=met[unnamed.name, unnamed.type] > 1)
        entries[actor.id] = actor
        for profile in group.profiles:
            of.update((node, actor.id) for node in profile.nodes)
    order = sorted(
        entries.values(), key=lambda a: (_TYPE_ORDER.index(a.type), fold(a.name), a.name, a.id)
    )
    return Cast(order, of)


def _kept_apart(profiles: Mapping[str, Profile], clusters: Clusters) -> dict[str, set[Reason]]:
    """Joins that a rule refused, told to both clusters where they stayed two."""
    told: dict[str, set[Reason]] = defaultdict(set)
    for one, other, why in clusters.apart:
        left, right = clusters.root(one), clusters.root(other)
        if left != right:
            names = " / ".join(sorted((profiles[one].name, profiles[other].name)))
            reason = Reason(rule="kept apart", why=f"{names}: {why}")
            told[left].add(reason)
            told[right].add(reason)
    return told


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
        span = mention.span
        if span.role != role:
            span = msgspec.structs.replace(span, role=role)
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
    told: dict[tuple[str, str | None], set[str]] = defaultdict(set)
    for profile in group.profiles:
        for (title, of), families in profile.roles.items():
            told[title, called.get(fold(of), of) if of is not None else None] |= families
    counted = Counter({role: len(families) for role, families in told.items()})
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
    sides: dict[str, set[str]] = defaultdict(set)
    for profile in group.profiles:
        for side, families in profile.sides.items():
            name = called.get(side) or called.get(fold(side)) or canonical_name(side) or side
            sides[name] |= families
    return min(sides, key=lambda side: (-len(sides[side]), side), default=None)


def _group(members: list[Profile], reasons: list[Reason]) -> _Group:
    keys = sorted({p.key for p in members if p.key is not None})
    key = keys[0] if keys else None
    types = Counter[ActorType]()
    for profile in members:
        types[profile.type] += len(profile.reports)
    type_ = min(types, key=lambda t: (t != "state", -types[t], _TYPE_ORDER.index(t)))
    known = canonical_name(key) if key is not None else None
    return _Group(members, reasons, key, type_, known or _best_name(members))


def _best_name(members: Sequence[Profile]) -> str:
    """The fullest name with the most families of reports behind it and behind its words."""
    told: dict[str, set[str]] = defaultdict(set)
    spelt: Counter[str] = Counter()
    for profile in members:
        for name, families in profile.names.items():
            told[name] |= families
        met = {(m.span.report, m.form) for m in profile.mentions if m.sort == "name"}
        spelt.update(word for _, form in met for word in fold(form).split())
    sounds: Counter[str] = Counter()
    for word, count in spelt.items():
        sounds[plain(word)] += count
    given = given_names()

    def rank(name: str) -> tuple[bool, bool, int, float, float, bool, int, str]:
        words = fold(name).split()
        return (
            len(words) < 2,
            latin(name) != fold(name),
            -len(told[name]),
            -sum(sounds[plain(word)] for word in words) / len(words),
            -sum(spelt[word] for word in words) / len(words),
            words[0] not in given,
            -len(name),
            name,
        )

    return min(told, key=rank)
