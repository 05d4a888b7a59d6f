"""Which profiles are compared at all: those that share a block.

A block is what one thing in common puts together: the skeleton of a surname (or what is left of it
without one letter), an office with one holder, a short form, a list of places. A block that has
grown too large says little; its members are parted by their first names, and what still is too
large is not compared. Each pair is given once, so the work grows with the names, not their square.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from dragoman.languages.gazetteer import offices, offices_by_title
from dragoman.languages.spelling import plain, skeleton
from dragoman.link.actors.features import BONES_LEAST
from dragoman.link.actors.profiles import Profile

_BLOCK_MOST = 80


def _bones(word: str) -> Iterator[str]:
    """A skeleton and what is left of it without any one of its letters."""
    bones = skeleton(word)
    yield bones
    if len(bones) > BONES_LEAST:
        yield from (bones[:cut] + bones[cut + 1 :] for cut in range(len(bones)))


def _keys(profile: Profile, *, with_lists: bool) -> set[str]:
    if profile.type == "person":
        keys = {f"person {bones}" for bones in _bones(profile.surname)}
        if profile.given is not None:
            # A surname with an ending, or garbled beyond its skeleton, under the same first name.
            keys.add(f"first {plain(profile.given)} {profile.surname[:1]}")
        table, by_title = offices(), offices_by_title()
        return keys | {
            f"office {title} {of}"
            for title, of in profile.roles
            if of is not None and table[by_title[title]].one
        }
    joined = "".join(profile.words)
    keys = {f"name {bones}" for bones in _bones(joined)} | {f"plain {plain(joined)}"}
    keys |= {f"short {form}" for form in profile.forms if form.isupper() and len(form) > 1}
    if profile.type == "place" and len(profile.words) > 1:
        keys.add(f"name {skeleton(profile.words[0])}")
    if with_lists:
        keys |= {f"list {other}" for other in profile.listed}
    return keys


def _parted(profile: Profile, key: str) -> str | None:
    """The smaller block within one that is too large; None where nothing parts it."""
    if profile.type == "person" and profile.given is not None:
        return f"{key} {skeleton(profile.given)}"
    return None


def candidates(
    profiles: Mapping[str, Profile], *, with_lists: bool = False
) -> Iterator[tuple[str, str]]:
    """The pairs to compare, each once and its smaller id first."""
    names = sorted(profiles)
    keys = [_keys(profiles[name], with_lists=with_lists) for name in names]
    sizes = Counter(key for found in keys for key in found)
    for place, found in enumerate(keys):
        large = {key for key in found if sizes[key] > _BLOCK_MOST}
        parts = {part for key in large if (part := _parted(profiles[names[place]], key))}
        keys[place] = found - large | parts
    blocks: dict[str, list[int]] = defaultdict(list)
    for place, found in enumerate(keys):
        for key in found:
            blocks[key].append(place)
    blocks = {key: block for key, block in blocks.items() if 1 < len(block) <= _BLOCK_MOST}
    # A pair belongs to the first of the blocks that hold both.
    keys = [{key for key in found if key in blocks} for found in keys]
    for key in sorted(blocks):
        block = blocks[key]
        for at, one in enumerate(block):
            for other in block[at + 1 :]:
                if min(keys[one] & keys[other]) == key:
                    yield names[one], names[other]
