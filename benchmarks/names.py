"""Names alone: whether two are one actor's, and which of many is the same in another script.

`name_bench`: F1 of pairs called the same from a fixed mark on, over all cases and over those of
persons, beside rapidfuzz's token_sort_ratio at 80, and, on the cases that its scores were handed
over for, beside logic_v2. `netranslit` and `google_translit`: for each of a sample of
Latin names, the rank of its partner among all names of the set in the other script (recall at
rank 1, mean reciprocal rank), beside rapidfuzz's ratio of the romanised names.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from benchmarks.frame import Figure, Missing, Options, Part, hash_of
from dragoman.languages.romanise import latin
from dragoman.languages.spelling import letter_likeness, sound_likeness, sounds
from dragoman.languages.whole_names import Sort, compare_names

SAME = 0.7  # two names are called the same from here on
FUZZ_SAME = 80.0
SAMPLE = 500  # queries of each set of transliterations
SHORTLIST = 150
VOWELS = frozenset("aeiou")
SETS = {
    "netranslit-ru": Path("netranslit", "en-ru.sample5000.tsv"),
    "netranslit-ar": Path("netranslit", "en-ar.sample5000.tsv"),
    "netranslit-he": Path("netranslit", "en-he.sample5000.tsv"),
    "google_translit-test": Path("google_translit", "ar2en-test.txt"),
}

Row = Mapping[str, str]


def run(options: Options) -> Iterator[Part | Missing]:
    """Measure every set that is there."""
    folder = options.data / "data" / "bench" if options.data else None
    where = "the data folder (--data, DRAGOMAN_DATA) has none"
    if folder is None or not (folder / "name_bench" / "cases.csv").is_file():
        yield Missing(data="name_bench", why=where)
    else:
        yield _cases(folder / "name_bench")
    for name, path in SETS.items():
        if folder is None or not (folder / path).is_file():
            yield Missing(data=name, why=where)
        else:
            yield _across(name, folder / path)


# ---------------------------------------------------------------- the same actor?


def _cases(folder: Path) -> Part:
    rows, frozen = _read(folder / "cases.csv"), _read(folder / "logicv2-frozen.csv")
    figures = {}
    for peer, told, given in (("rapidfuzz", _fuzzy, rows), ("logic_v2", _frozen, frozen)):
        for name, part in (("all", given), ("persons", [r for r in given if _person(r)])):
            figures[f"F1 {name} (peer: {peer})"] = Figure(
                value=_f1(part, _same), peer=_f1(part, told), n=len(part)
            )
    return Part(
        data="name_bench",
        sha256=hash_of(folder.glob("*.csv"), folder),
        figures=figures,
        note=f"the same from {SAME} on",
    )


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _person(row: Row) -> bool:
    return row["schema"] == "Person"


def _frozen(row: Row) -> bool:
    return row["predicted_match"] == "true"


def _same(row: Row) -> bool:
    sort: Sort = "person" if _person(row) else "body"
    return compare_names(row["name1"], row["name2"], sort).score >= SAME


def _fuzzy(row: Row) -> bool:
    names = (row["name1"].casefold(), row["name2"].casefold())
    return fuzz.token_sort_ratio(*names) >= FUZZ_SAME


def _f1(rows: Iterable[Row], called: Callable[[Row], bool]) -> float:
    right = wrong = missed = 0
    for row in rows:
        same, found = row["is_match"] == "true", called(row)
        right += same and found
        wrong += found and not same
        missed += same and not found
    return 2 * right / (2 * right + wrong + missed)


# ---------------------------------------------------------------- the same in another script?


def _across(name: str, path: Path) -> Part:
    pairs = _pairs(path)
    others = [other for _, other in pairs]
    queries = pairs[:: max(1, len(pairs) // SAMPLE)]
    keys = [_bare(other) for other in others]
    romanised = [latin(other) for other in others]
    mine, peer = [], []
    for query, partner in queries:
        near = process.extract(
            _bare(query), keys, scorer=OSA.normalized_similarity, limit=SHORTLIST
        )
        order = sorted((found[2] for found in near), key=lambda at: _order(query, others[at], at))
        mine.append(_reciprocal([others[at] for at in order], partner))
        ranked = process.extract(query, romanised, scorer=fuzz.ratio, limit=SHORTLIST)
        peer.append(_reciprocal([others[found[2]] for found in ranked], partner))
    return Part(
        data=name,
        sha256=hash_of([path], path.parent),
        figures={
            "recall at rank 1": Figure(value=_first(mine), peer=_first(peer), n=len(queries)),
            "mean reciprocal rank": Figure(value=_mean(mine), peer=_mean(peer), n=len(queries)),
        },
        note=f"among {len(others):,} names; peer: rapidfuzz's ratio of romanised names",
    )


def _pairs(path: Path) -> list[tuple[str, str]]:
    """The Latin names and their partners, whatever the order of columns."""
    found = []
    for line in path.read_text("utf-8").splitlines():
        one, other, *_ = line.split("\t")
        latin_name, partner = (other, one) if path.suffix == ".txt" else (one, other)
        found.append((latin_name.strip(), partner.replace(" ", "")))
    return found


def _bare(name: str) -> str:
    """The consonants as they sound: what names are shortlisted by."""
    heard = sounds(name)
    return "".join(sound for sound in heard if sound not in VOWELS) or heard


def _order(query: str, other: str, at: int) -> tuple[float, float, int]:
    return -sound_likeness(query, other), -letter_likeness(query, other), at


def _reciprocal(ranked: Sequence[str], partner: str) -> float:
    return 1 / (ranked.index(partner) + 1) if partner in ranked else 0.0


def _first(ranks: Sequence[float]) -> float:
    return sum(rank == 1.0 for rank in ranks) / len(ranks)


def _mean(ranks: Sequence[float]) -> float:
    return sum(ranks) / len(ranks)
