"""What speaks for and against two profiles being one actor: features with weights, and vetoes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from dragoman.languages.gazetteer import offices, offices_by_title
from dragoman.languages.spelling import likeness, plain, skeleton
from dragoman.link.actors.profiles import Profile

BONES_LEAST = 3  # consonants of a skeleton that prove something
# A state without a key may be taken for a place or a body in some report.
_CONFUSED = frozenset({"state", "place", "organization"})


class Feature(NamedTuple):
    """A feature of a pair: its name, its words, its weight."""

    rule: str
    why: str
    weight: float


def cannot_link(one: Profile, other: Profile) -> str | None:
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


def score(one: Profile, other: Profile) -> list[Feature]:
    """The features of a pair that count for or against one actor."""
    if one.type == "person":
        return [*_person_features(one, other), *_shared_features(one, other)]
    return [*_name_features(one, other), *_shared_features(one, other)]


def _person_features(one: Profile, other: Profile) -> Iterator[Feature]:
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


def _office_features(one: Profile, other: Profile) -> Iterator[Feature]:
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


def _name_features(one: Profile, other: Profile) -> Iterator[Feature]:
    left, right = "".join(one.words), "".join(other.words)
    words, alike = f"{one.name} / {other.name}", likeness(left, right)
    bones = skeleton(left)
    if plain(left) == plain(right):
        yield Feature("same name", words, 3.0)
    elif len(one.words) == len(other.words) and all(
        likeness(a, b) >= 0.7 for a, b in zip(one.words, other.words, strict=True)
    ):
        if bones == skeleton(right) and len(bones) >= BONES_LEAST:
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


def _shared_features(one: Profile, other: Profile) -> Iterator[Feature]:
    if one.sides and other.sides:
        same = sorted(one.sides & other.sides)
        if same:
            yield Feature("same side", same[0], 0.7)
        else:
            yield Feature("other side", f"{min(one.sides)} / {min(other.sides)}", -1.5)
    small, large = sorted((one.cast, other.cast), key=len)
    if len(small) > 2 and len(small & large) >= len(small) / 2:
        yield Feature("same company", f"{len(small & large)} of {len(small)} in both", 0.5)


def list_features(one: Profile, other: Profile, root: Callable[[str], str]) -> list[Feature]:
    """Both stand in lists of the same places: what is left over in each may be the same."""
    left = {root(name) for name in one.listed}
    right = {root(name) for name in other.listed}
    shared = sorted(left & right)
    if not shared:
        return []
    weight = 2.0 if len(shared) > 1 else 0.8
    names = ", ".join(name.partition(" ")[2] for name in shared)
    return [Feature("same list", f"both listed with {names}", weight)]
