"""Profiles: all local actors of one key or one spelling, with what is known of them together."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dragoman.claims import Annotation, LocalActor, Mention
from dragoman.languages import available
from dragoman.languages.gazetteer import gazetteer
from dragoman.languages.lexicon import fold
from dragoman.languages.spelling import plain
from dragoman.types import ActorType

_NEAR = 80  # characters between two names of one report: one sentence or list
_LIST_GAP = 8  # characters between two members of a list: a comma or a conjunction
Node = tuple[str, int]


@dataclass(eq=False)
class Profile:
    """All local actors of one key or one spelling."""

    id: str
    type: ActorType
    key: str | None
    names: Counter[str] = field(default_factory=Counter)
    words: tuple[str, ...] = ()
    nodes: list[Node] = field(default_factory=list)
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
        """The last word, or the only one."""
        return self.words[-1]

    @property
    def given(self) -> str | None:
        """The first word, where there are several."""
        return self.words[0] if len(self.words) > 1 else None

    @property
    def name(self) -> str:
        """The spelling that most reports have."""
        return min(self.names, key=lambda name: (-self.names[name], name))


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


def make_profiles(annotations: Iterable[Annotation]) -> dict[str, Profile]:
    """The profiles of all reports by their ids, in a fixed order."""
    profiles: dict[str, Profile] = {}
    for annotation in annotations:
        ids = []
        for index, actor in enumerate(annotation.actors):
            name = _profile_id(actor)
            ids.append(name)
            profile = profiles.get(name)
            if profile is None:
                profile = Profile(name, actor.type, actor.key)
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


def _neighbours(annotation: Annotation, ids: list[str], profiles: dict[str, Profile]) -> None:
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


def _read_list(chain: Sequence[Mention], ids: list[str], profiles: dict[str, Profile]) -> None:
    members = [ids[mention.actor] for mention in chain]
    for name in members:
        if profiles[name].type == "place":
            profiles[name].listed.update(other for other in members if other != name)
