"""What speaks for and against two profiles being one actor: features with weights, and vetoes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from dragoman.languages.gazetteer import offices, offices_by_title
from dragoman.languages.spelling import likeness, plain, skeleton
from dragoman.link.actors.profiles import Company, Profile, near

_LISTED_MOST = 25  # what is listed with more than these says nothing by it
BONES_LEAST = 3  # consonants of a skeleton that prove something
_ENDING_MOST = 4  # letters that a language may put behind a surname
_ENDED_LEAST = 3
_MIDDLE_ALIKE = 0.6
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
        return "two known names" if one.key != other.key else None
    if one.type != other.type:
        same = plain("".join(one.words)) == plain("".join(other.words))
        if not (same and {one.type, other.type} <= _CONFUSED):
            return "different types"
    if one.type == "person":
        return "two people of one report" if not one.reports.isdisjoint(other.reports) else None
    return "named in one sentence" if near(one, other) else None


def score(one: Profile, other: Profile, company: Company) -> list[Feature]:
    """The features of a pair that count for or against one actor."""
    spelt = _person_features if one.type == other.type == "person" else _name_features
    return [*spelt(one, other), *_shared_features(one, other, company)]


def _person_features(one: Profile, other: Profile) -> Iterator[Feature]:
    yield _surname_feature(one, other)
    if one.given is not None and other.given is not None:
        yield _given_feature(one.given, other.given)
        yield from _middle_features(one.words[1:-1], other.words[1:-1])
    yield from _office_features(one, other)


def _surname_feature(one: Profile, other: Profile) -> Feature:
    left, right = one.surname, other.surname
    words, alike = f"{left} / {right}", likeness(left, right)
    if plain(left) == plain(right):
        return Feature("same surname", words, 3.0)
    if alike >= 0.7 and skeleton(left) == skeleton(right):
        return Feature("surname transliterated", words, 2.5)
    if alike >= 0.8:
        return Feature("surname much alike", words, 2.2)
    if one.given is not None and other.given is not None and _ended(left, right):
        return Feature("surname with an ending", words, 2.0)
    if alike >= 0.55:
        return Feature("surname alike", words, 1.0)
    return Feature("surname differs", words, -2.0)


def _ended(one: str, other: str) -> bool:
    """Whether one word is the other with an ending that a language may have put on it."""
    short, long = sorted((one, other), key=len)
    return (
        len(short) >= _ENDED_LEAST
        and len(long) - len(short) <= _ENDING_MOST
        and long.startswith(short)
    )


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


def _middle_features(one: tuple[str, ...], other: tuple[str, ...]) -> Iterator[Feature]:
    """Two middle names that differ are of two people of one family, or of one first name."""
    if one and other and not any(_same_middle(a, b) for a in one for b in other):
        yield Feature("middle name differs", f"{' '.join(one)} / {' '.join(other)}", -2.5)


def _same_middle(one: str, other: str) -> bool:
    if min(len(one), len(other)) == 1:
        return one[0] == other[0]
    return likeness(one, other) >= _MIDDLE_ALIKE


def _office_features(one: Profile, other: Profile) -> Iterator[Feature]:
    if not one.roles or not other.roles:
        return
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


def _shared_features(one: Profile, other: Profile, company: Company) -> Iterator[Feature]:
    if one.sides and other.sides:
        same = one.sides.keys() & other.sides.keys()
        if same:
            yield Feature("same side", min(same), 0.7)
        else:
            yield Feature("other side", f"{min(one.sides)} / {min(other.sides)}", -1.5)
    small, large = sorted((company.of(one), company.of(other)), key=len)
    if len(small) > 2 and len(small & large) >= len(small) / 2:
        yield Feature("same company", f"{len(small & large)} of {len(small)} in both", 0.5)


def list_features(one: Profile, other: Profile, root: Callable[[str], str]) -> list[Feature]:
    """Both stand in lists of the same places: what is left over in each may be the same."""
    if max(len(one.listed), len(other.listed)) > _LISTED_MOST:
        return []
    left = {root(name) for name in one.listed}
    right = {root(name) for name in other.listed}
    shared = sorted(left & right)
    if not shared:
        return []
    weight = 2.0 if len(shared) > 1 else 0.8
    names = ", ".join(name.partition(" ")[2] for name in shared)
    return [Feature("same list", f"both listed with {names}", weight)]
