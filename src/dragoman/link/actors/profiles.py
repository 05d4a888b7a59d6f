"""Profiles: all local actors of one key or one spelling, with what is known of them together."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from dragoman.claims import TYPE_SUPPOSED, Annotation, LocalActor, Mention
from dragoman.languages import available
from dragoman.languages.endings import stem
from dragoman.languages.gazetteer import gazetteer
from dragoman.languages.lexicon import fold
from dragoman.languages.romanise import latin
from dragoman.languages.spelling import plain
from dragoman.types import ActorType

_NEAR = 80  # characters between two names of one report: one sentence or list
_LIST_GAP = 8  # characters between two members of a list: a comma or a conjunction
_SEVERAL = 2
_COMPANY_REPORTS = 40  # a company is known well enough from so many reports
K = TypeVar("K")
V = TypeVar("V")
Node = tuple[str, int]


@dataclass(eq=False, slots=True)
class Profile:
    """All local actors of one key or one spelling.

    Attributes:
        names: each spelling with the families of reports that have it.
        tongues: each spelling with the languages of those reports.
        firm: whether some report knows its type, and does not only suppose it.
        words: what its name is compared by: Latin stems of its words.
        nodes: the local actors, by report and index.
        roles: each office told, with the families that tell it; `sides` likewise.
        listed: places that stand in a list with it.
    """

    id: str
    type: ActorType
    key: str | None
    words: tuple[str, ...]
    names: dict[str, set[str]] = field(default_factory=dict)
    tongues: dict[str, set[str | None]] = field(default_factory=dict)
    firm: bool = False
    nodes: list[Node] = field(default_factory=list)
    roles: dict[tuple[str, str | None], set[str]] = field(default_factory=dict)
    sides: dict[str, set[str]] = field(default_factory=dict)
    reports: set[str] = field(default_factory=set)
    listed: set[str] = field(default_factory=set)
    forms: set[str] = field(default_factory=set)
    reasons: set[tuple[str, str, float | None]] = field(default_factory=set)
    mentions: list[Mention] = field(default_factory=list)
    _spots: dict[str, list[tuple[int, int]]] | None = None

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
        """The spelling that most families of reports have."""
        return min(self.names, key=lambda name: (-len(self.names[name]), name))

    def take(self, other: Profile) -> None:
        """Add all that is known of another, whose type was but supposed."""
        _pour(other.names, self.names)
        _pour(other.tongues, self.tongues)
        _pour(other.roles, self.roles)
        _pour(other.sides, self.sides)
        self.nodes += other.nodes
        self.mentions += other.mentions
        self.reports |= other.reports
        self.listed |= other.listed
        self.forms |= other.forms
        self.reasons |= {reason for reason in other.reasons if reason[0] != TYPE_SUPPOSED}
        self.reasons.add(("same actor", f"{other.name}, taken for a {other.type}: same words", 3.0))

    def spots(self) -> Mapping[str, Sequence[tuple[int, int]]]:
        """Where it is named, by report."""
        if self._spots is None:
            self._spots = defaultdict(list)
            for mention in self.mentions:
                if mention.sort == "name":
                    span = mention.span
                    self._spots[span.report].append((span.start, span.end))
        return self._spots


def _pour(source: Mapping[K, set[V]], into: dict[K, set[V]]) -> None:
    """Add the sets of one table to those of another."""
    for key, values in source.items():
        into.setdefault(key, set()).update(values)


def near(one: Profile, other: Profile) -> bool:
    """Whether both are named within one sentence or list of some report."""
    small, large = sorted((one.spots(), other.spots()), key=len)
    return any(
        first - end <= _NEAR and start - last <= _NEAR
        for report, places in small.items()
        for start, end in places
        for first, last in large.get(report, ())
    )


class Company:
    """Who is in a report with whom: persons and known names."""

    def __init__(self) -> None:
        self._in_report: dict[str, tuple[str, ...]] = {}
        self._of: dict[str, frozenset[str]] = {}

    def add(self, report: str, members: Iterable[str]) -> None:
        """The ids of those who are in a report."""
        self._in_report[report] = tuple(sorted(set(members)))

    def rename(self, moved: Mapping[str, str]) -> None:
        """Count members under new ids, given by their old ones."""
        if moved:
            for report, members in self._in_report.items():
                self._in_report[report] = tuple(sorted({moved.get(m, m) for m in members}))

    def of(self, profile: Profile) -> frozenset[str]:
        """Whom a profile without a key is met with."""
        if profile.key is not None:
            return frozenset()
        found = self._of.get(profile.id)
        if found is None:
            reports = sorted(profile.reports)[:_COMPANY_REPORTS]
            met = {name for report in reports for name in self._in_report[report]}
            found = self._of[profile.id] = frozenset(met - {profile.id})
        return found


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
        words |= gazetteer(code).words["venue_nouns"] | gazetteer(code).words["area_nouns"]
    return frozenset(words)


@functools.lru_cache(maxsize=1 << 16)
def name_words(name: str, type_: ActorType, language: str | None = None) -> tuple[str, ...]:
    """The Latin stems that a name is compared by: no particles, no venue nouns.

    Args:
        name: as met.
        type_: what it names.
        language: of the report; the endings that it puts on names are taken off.
    """
    words = tuple(
        "".join(c for c in word if c.isalnum()) for word in fold(name).replace("-", " ").split()
    )
    kept = tuple(word for word in words if word and word not in _small_words())
    if type_ == "place":
        kept = tuple(word for word in kept if word not in _venue_words()) or kept
    kept = kept or tuple(word for word in words if word) or (fold(name),)
    return tuple(latin(stem(word, language)) or word for word in kept)


def _profile_id(actor: LocalActor, words: Sequence[str]) -> str:
    if actor.key is not None:
        return f"key {actor.key}"
    spelt = " ".join(plain(word) for word in words)
    if actor.type == "person" and " " not in spelt:
        return f"person {spelt} | {actor.side or ''}"
    return f"{actor.type} {spelt}"


def make_profiles(
    annotations: Iterable[Annotation], family: Mapping[str, str]
) -> tuple[dict[str, Profile], Company]:
    """The profiles of all reports by their ids, in a fixed order, and who is met with whom.

    Args:
        annotations: of all reports.
        family: the root of each report's family of copies; itself where it is not there.
    """
    profiles: dict[str, Profile] = {}
    company = Company()
    for annotation in annotations:
        ids = [
            _add(profiles, annotation, index, family.get(annotation.report, annotation.report))
            for index in range(len(annotation.actors))
        ]
        for mention in annotation.mentions:
            profiles[ids[mention.actor]].mentions.append(mention)
        _read_lists(annotation, ids, profiles)
        company.add(
            annotation.report,
            (n for n in ids if profiles[n].type == "person" or profiles[n].key is not None),
        )
    moved = _settle_types(profiles)
    company.rename(moved)
    for profile in profiles.values():
        profile.nodes.sort()
        profile.listed = {moved.get(name, name) for name in profile.listed} - {profile.id}
    return dict(sorted(profiles.items())), company


def _settle_types(profiles: dict[str, Profile]) -> dict[str, str]:
    """Give what only supposes its type to what other reports know under the same words.

    Where several types are known for them, to that of the most reports; where none is, to the most
    often supposed one. Gives the new ids by the old ones.
    """
    alike: dict[str, list[Profile]] = defaultdict(list)
    for profile in profiles.values():
        alike[plain("".join(profile.words))].append(profile)
    moved: dict[str, str] = {}
    for group in alike.values():
        if len({profile.type for profile in group}) < _SEVERAL:
            continue
        best = min(group, key=lambda p: (not p.firm, -len(p.reports), p.type, p.id))
        for profile in sorted(group, key=lambda p: p.id):
            if not profile.firm and profile.type != best.type:
                best.take(profile)
                moved[profile.id] = best.id
                del profiles[profile.id]
    return moved


def _add(profiles: dict[str, Profile], annotation: Annotation, index: int, root: str) -> str:
    """Add a local actor to its profile; the profile's id."""
    actor = annotation.actors[index]
    words = name_words(actor.name, actor.type, annotation.language)
    name = _profile_id(actor, words)
    profile = profiles.get(name)
    if profile is None:
        profile = profiles[name] = Profile(name, actor.type, actor.key, words)
    # Spellings that fall into one profile differ by endings alone; any order gives the same.
    profile.words = min(profile.words, words)
    profile.names.setdefault(actor.name, set()).add(root)
    profile.tongues.setdefault(actor.name, set()).add(annotation.language)
    profile.firm = profile.firm or all(reason.rule != TYPE_SUPPOSED for reason in actor.reasons)
    profile.nodes.append((annotation.report, index))
    profile.reports.add(annotation.report)
    for role in actor.roles:
        profile.roles.setdefault((role.title, role.of), set()).add(root)
    profile.forms.update(actor.forms)
    profile.reasons.update((r.rule, r.why, r.weight) for r in actor.reasons)
    if actor.side is not None:
        profile.sides.setdefault(actor.side, set()).add(root)
    return name


def _read_lists(annotation: Annotation, ids: list[str], profiles: dict[str, Profile]) -> None:
    """Which places stand in one list."""
    mentions = sorted(
        (m for m in annotation.mentions if m.sort == "name"), key=lambda m: m.span.sort_key()
    )
    chain: list[Mention] = []
    for mention in mentions:
        if chain and mention.span.start - chain[-1].span.end > _LIST_GAP:
            _read_list(chain, ids, profiles)
            chain = []
        chain.append(mention)
    _read_list(chain, ids, profiles)


def _read_list(chain: Sequence[Mention], ids: list[str], profiles: dict[str, Profile]) -> None:
    members = [ids[mention.actor] for mention in chain]
    for name in members:
        if profiles[name].type == "place":
            profiles[name].listed.update(other for other in members if other != name)
