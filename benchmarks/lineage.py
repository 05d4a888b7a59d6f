"""Which reports are recognised as made from one another, and how; see `lineage_stories`.

Each story is linked by itself, for all stories are told in the same sentences: what is asked is to
tell what was made from the wire from other accounts of the same event. A report counts as found if
it stands in one family with the wire; a family that holds an independent account counts against
the forms in it. The peers run on the same reports: families by the estimated Jaccard index of
5-word shingles (MinHash, 128 hashes), and by the cosine of words weighted by rarity, each at the
threshold that is best for it on these very reports.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

from benchmarks.frame import Figure, Missing, Options, Part, hash_of
from benchmarks.lineage_stories import Form, Made, stories
from dragoman.annotate import annotate
from dragoman.claims import Received
from dragoman.link.lineage import families, link_lineage
from dragoman.types import PublishedHow

STORIES = 20
_HERE = Path(__file__).parent
_GROUPS: Mapping[str, tuple[Form, ...]] = {
    "copies and excerpts": ("copy", "excerpt"),
    "spins": ("spin",),
    "translations": ("translation",),
}
_WORDS = re.compile(r"\w+")


class Link(NamedTuple):
    """A report, the one that it was made from, and how, as the program has it."""

    report: str
    source: str
    form: str


def run(options: Options, count: int = STORIES) -> Iterator[Part | Missing]:
    """Measure on some generated stories."""
    made = list(stories(count, options.seed))
    entries, roots = _linked(made)
    ours = _scored(made, roots)
    shingles = _best(made, _minhash(made))
    cosine = _best(made, _cosine(made))
    figures: dict[str, Figure] = {}
    for group, forms in _GROUPS.items():
        n = sum(one.form in forms for one in made)
        figures[f"{group}: F1 (peer: 5-word MinHash)"] = Figure(
            value=ours[group], peer=shingles[group], n=n
        )
        figures[f"{group}: F1 (peer: cosine)"] = Figure(value=ours[group], peer=cosine[group], n=n)
    own = sum(one.form == "own" for one in made)
    figures["independent accounts kept apart (peer: 5-word MinHash)"] = Figure(
        value=ours["apart"], peer=shingles["apart"], n=own
    )
    figures["independent accounts kept apart (peer: cosine)"] = Figure(
        value=ours["apart"], peer=cosine["apart"], n=own
    )
    figures |= _form_figures(made, entries)
    yield Part(
        data="stories",
        sha256=hash_of([_HERE / "lineage.yaml", _HERE / "lineage_stories.py"], _HERE),
        figures=figures,
        note="peers at the threshold that is best for them on these reports",
    )


def _linked(made: Sequence[Made]) -> tuple[list[Link], dict[str, str]]:
    """What was made from what, and the root of each report, by name."""
    links: list[Link] = []
    root: dict[str, str] = {}
    for story in sorted({one.story for one in made}):
        received = [_received(one) for one in made if one.story == story]
        said = [annotate(one) for one in received]
        names = {a.report: a.source for a in said}
        texts = {a.report: one.text for a, one in zip(said, received, strict=True)}
        entries = link_lineage(said, texts.__getitem__)
        links += [Link(names[e.report], names[e.source], e.form) for e in entries]
        roots = families(entries, names)
        root |= {names[report]: names[origin] for report, origin in roots.items()}
    return links, root


def _received(one: Made) -> Received:
    how: PublishedHow = "metadata" if one.published else "unknown"
    return Received(source=one.name, text=one.text, published=one.published, published_how=how)


# ---------------------------------------------------------------- scores


def _scored(made: Sequence[Made], root: Mapping[str, str]) -> dict[str, float]:
    """F1 of each group of forms, and the part of the independent accounts that stand alone."""
    members: dict[str, list[Made]] = defaultdict(list)
    for one in made:
        members[root[one.name]].append(one)
    wire = {one.story: one.name for one in made if one.form == "wire"}
    scores = {}
    for group, forms in _GROUPS.items():
        right = wrong = missed = 0
        for one in made:
            if one.form not in forms:
                continue
            family = members[root[one.name]]
            found = root[one.name] == root[wire[one.story]]
            right += found
            missed += not found
            wrong += any(other.form == "own" for other in family)
        scores[group] = 2 * right / (2 * right + wrong + missed) if right else 0.0
    own = [one for one in made if one.form == "own"]
    scores["apart"] = sum(len(members[root[one.name]]) == 1 for one in own) / len(own)
    return scores


def _form_figures(made: Sequence[Made], entries: Sequence[Link]) -> dict[str, Figure]:
    """How often form and origin are right, among reports found in the family of their wire."""
    by_name = {one.name: one for one in made}
    right = told = origin = 0
    for entry in entries:
        here, there = (by_name[name] for name in (entry.report, entry.source))
        if here.story != there.story or "own" in {here.form, there.form}:
            continue
        told += 1
        origin += there.form == "wire"
        right += there.form == "wire" and here.form == entry.form
    return {
        "form right": Figure(value=right / told if told else 0.0, n=told),
        "origin right": Figure(value=origin / told if told else 0.0, n=told),
    }


# ---------------------------------------------------------------- peers

Likeness = NDArray[np.float64]


def _minhash(made: Sequence[Made]) -> Likeness:
    signatures = []
    for one in made:
        words = [word.lower() for word in _WORDS.findall(one.text)]
        signature = RMinHash(num_perm=128, seed=1)
        signature.update(sorted({" ".join(words[at : at + 5]) for at in range(len(words) - 4)}))
        signatures.append(signature.digest())
    rows = np.array(signatures, dtype=np.uint64)
    return np.array([(rows == row).mean(axis=1) for row in rows])


def _cosine(made: Sequence[Made]) -> Likeness:
    bags = [Counter(word.lower() for word in _WORDS.findall(one.text)) for one in made]
    met = Counter(word for bag in bags for word in bag)
    place = {word: at for at, word in enumerate(sorted(met))}
    rows = np.zeros((len(made), len(place)))
    for at, bag in enumerate(bags):
        for word, count in bag.items():
            rows[at, place[word]] = (1 + math.log(count)) * math.log(len(made) / met[word])
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows @ rows.T)


def _best(made: Sequence[Made], likeness: Likeness) -> dict[str, float]:
    """The scores of families joined above the threshold with the best mean of all figures."""
    found = []
    for threshold in (0.02, 0.05, *(step / 20 for step in range(2, 19))):
        scores = _scored(made, _families(made, likeness >= threshold))
        found.append((sum(scores.values()), scores))
    return max(found, key=lambda item: item[0])[1]


def _families(made: Sequence[Made], near: NDArray[np.bool_]) -> dict[str, str]:
    root = list(range(len(made)))

    def find(place: int) -> int:
        while root[place] != place:
            root[place] = root[root[place]]
            place = root[place]
        return place

    same = np.array([[one.story == other.story for other in made] for one in made])
    for one, other in zip(*np.nonzero(np.triu(near & same, 1)), strict=True):
        first, second = sorted((find(int(one)), find(int(other))))
        root[second] = first
    return {one.name: made[find(at)].name for at, one in enumerate(made)}
