"""Damage found and undone: in texts that were harmed on purpose, and in clean ones.

`simulated`: own texts in nine languages, harmed by the program of `damaging`. A harm is detected
if a find overlaps it. A repair is right if, with it, the text reads as the sound one did there;
every other one is false. `unlisted` are harms with a word that no table of the packs has. The peer
takes every small word that the dictionary of pyspellchecker lacks for damage, and its first
correction for a repair, in the languages that it has.

`clean`: public texts of the data folder. `left alone` is 1 where at most one word in 20,000 was
repaired, otherwise the number of words a repair over 20,000.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.clean import clean_sets
from benchmarks.damaging import Harm, Harmed, harm, material
from benchmarks.frame import Figure, Missing, Options, Part, hash_of
from dragoman.annotate.boilerplate import find_boilerplate
from dragoman.annotate.credits import find_credits
from dragoman.annotate.damage import find_damage
from dragoman.annotate.document import Document
from dragoman.annotate.text import prepare
from dragoman.annotate.times import find_times
from dragoman.claims import Received
from dragoman.languages import load
from dragoman.languages.lexicon import fold

_VARIANTS = 12  # of each text
_WORDS_A_REPAIR = 20_000
_TURNS = 10
_HUNDREDS = 5  # of words: the size of the report that the time is given for
_WORD = re.compile(r"[^\W\d_]+")
# The dictionaries of the peer.
_PEER_CODES = ("de", "en", "es", "fr", "pt", "ru")


class Find(NamedTuple):
    """Characters `start` to `end` taken for damage; what they are read as, if they are repaired."""

    start: int
    end: int
    restored: str | None


Finder = Callable[[str, str], list[Find]]


def _ours(text: str, code: str) -> list[Find]:
    return [
        Find(found.start, found.end, found.restored if found.firm else None)
        for found in find_damage(text, code)
    ]


@functools.cache
def _speller(code: str) -> Any:
    from spellchecker import SpellChecker  # noqa: PLC0415 - of the development group only

    return SpellChecker(language=code, distance=1)


@functools.cache
def _corrected(word: str, code: str) -> str | None:
    speller = _speller(code)
    if word in speller:
        return word
    correction: str | None = speller.correction(word)
    return correction if correction != word else None


def _peer(text: str, code: str) -> list[Find]:
    return [
        Find(match.start(), match.end(), corrected)
        for match in _WORD.finditer(text)
        if match[0].islower() and (corrected := _corrected(match[0], code)) != match[0]
    ]


# ---------------------------------------------------------------- counting


@functools.cache
def _listed(code: str) -> frozenset[str]:
    """All words that the tables of a pack have for damaged ones, folded."""
    damage = load(code).damage
    phrases = [phrase for swap in damage.months for phrase in swap.garbled]
    phrases += [phrase for swap in damage.translated for phrase in swap.garbled]
    phrases += [phrase for fixed in damage.phrases for phrase in fixed.garbled]
    phrases += [phrase for old in damage.renamed for phrase in old.garbled]
    phrases += [phrase for others in damage.synonyms.values() for phrase in others]
    return frozenset(fold(word) for phrase in phrases for word in _WORD.findall(phrase))


def _unlisted(harmed: Harmed, harm_: Harm) -> bool:
    sound = harmed.sound[harm_.change.start : harm_.change.end]
    new = {fold(w) for w in _WORD.findall(harm_.change.becomes)}
    new -= {fold(w) for w in _WORD.findall(sound)}
    return harm_.change.kind == "words" and not new <= _listed(harmed.code)


def _is_right(harmed: Harmed, find: Find, met: Sequence[Harm]) -> bool:
    """Whether the text reads with a repair as the sound one did, around all harms that it met."""
    first = min(find.start, *(h.start for h in met))
    last = max(find.end, *(h.end for h in met))
    reading = harmed.text[first : find.start] + (find.restored or "")
    reading += harmed.text[find.end : last]
    sound = harmed.text[first:last]
    others = []
    for harm_ in reversed(met):
        start, end = harm_.start - first, harm_.end - first
        others += [sound[:start] + other + sound[end:] for other in harm_.change.means]
        was = harmed.sound[harm_.change.start : harm_.change.end]
        sound = sound[:start] + was + sound[end:]
    return reading.casefold() in {other.casefold() for other in (sound, *others)}


def _count(harmed: Harmed, finds: Sequence[Find]) -> Counter[str]:
    """What was found, met, repaired and right in a text."""
    counts: Counter[str] = Counter()
    harms = [h for h in harmed.harms if h.change.kind != "harmless"]
    mended: set[Harm] = set()
    for find in finds:
        met = [h for h in harms if find.start < h.end and h.start < find.end]
        counts["finds"] += 1
        counts["true finds"] += bool(met)
        if find.restored is not None:
            counts["repairs"] += 1
            if met and _is_right(harmed, find, met):
                counts["right repairs"] += 1
                mended.update(met)
    for harm_ in harms:
        met_by = any(find.start < harm_.end and harm_.start < find.end for find in finds)
        sorts = [harm_.change.kind, *(["unlisted"] if _unlisted(harmed, harm_) else [])]
        counts.update(["harms", *sorts])
        if met_by:
            counts.update(f"met {sort}" for sort in ("harms", *sorts))
        if harm_ in mended:
            counts.update(f"mended {sort}" for sort in ("harms", *sorts))
    return counts


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _share(what: str, sort: str, counts: Counter[str]) -> float:
    return _ratio(counts[f"{what} {sort}"], counts[sort])


def _f1(counts: Counter[str]) -> float:
    precision = _ratio(counts["true finds"], counts["finds"])
    recall = _ratio(counts["met harms"], counts["harms"])
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _measured(harmed: Sequence[Harmed], finder: Finder) -> dict[str, Counter[str]]:
    """The counts by language, and all together."""
    counts: dict[str, Counter[str]] = {"all": Counter()}
    for text in harmed:
        found = _count(text, finder(text.text, text.code))
        counts["all"] += found
        counts.setdefault(text.code, Counter()).update(found)
    return counts


def _figures(ours: dict[str, Counter[str]], peer: dict[str, Counter[str]]) -> dict[str, Figure]:
    mine, other = ours["all"], peer.get("all")

    def figure(of: Callable[[Counter[str]], float], n: str) -> Figure:
        return Figure(value=of(mine), n=mine[n], peer=of(other) if other else None)

    figures = {
        "detection F1": figure(_f1, "harms"),
        "detection precision": figure(lambda c: _ratio(c["true finds"], c["finds"]), "finds"),
        "detection recall": figure(lambda c: _ratio(c["met harms"], c["harms"]), "harms"),
        "repair precision": figure(lambda c: _ratio(c["right repairs"], c["repairs"]), "repairs"),
        "repair recall": figure(lambda c: _ratio(c["mended harms"], c["harms"]), "harms"),
    }
    for sort in ("words", "unlisted", "spelling", "encoding"):
        figures[f"detection recall, {sort}"] = figure(functools.partial(_share, "met", sort), sort)
        figures[f"repair recall, {sort}"] = figure(functools.partial(_share, "mended", sort), sort)
    for code in sorted(set(ours) - {"all"}):
        figures[f"detection F1, {code}"] = Figure(
            value=_f1(ours[code]),
            n=ours[code]["harms"],
            peer=_f1(peer[code]) if code in peer else None,
        )
        figures[f"repair precision, {code}"] = Figure(
            value=_ratio(ours[code]["right repairs"], ours[code]["repairs"]),
            n=ours[code]["repairs"],
        )
    return figures


def _simulated(seed: int) -> Part:
    harmed = [
        harm(code, text, seed * _VARIANTS + variant)
        for code, given in material().items()
        for text in given.texts
        for variant in range(_VARIANTS)
    ]
    peer: dict[str, Counter[str]] = {}
    note = "no peer: pyspellchecker is not installed"
    if importlib.util.find_spec("spellchecker"):
        known = [text for text in harmed if text.code in _PEER_CODES]
        peer = _measured(known, _peer)
        note = f"peer: pyspellchecker, on {', '.join(_PEER_CODES)}"
    folder = Path(__file__).parent / "damaging"
    figures = _figures(_measured(harmed, _ours), peer)
    sound = [(text, code) for code, given in material().items() for text in given.texts]
    figures["ms a 500-word report"] = Figure(
        value=_time(sound, _read),
        n=len(sound),
        peer=_time([(text, code) for text, code in sound if code in _PEER_CODES], _peer)
        if peer
        else None,
        pinned=False,
    )
    figures["ms of damage and times"] = Figure(
        value=_time(sound, _damage_and_times), n=len(sound), pinned=False
    )
    return Part(
        data="simulated",
        sha256=hash_of(folder.glob("*.yaml"), folder),
        figures=figures,
        note=note,
    )


def _time(texts: Sequence[tuple[str, str]], read: Callable[[str, str], object]) -> float:
    """Milliseconds of one core that 500 words take, once what is needed has been loaded.

    The fastest turn counts: what others do on the machine makes a turn slower only.
    """
    turns = []
    for _ in range(_TURNS + 1):  # the first loads what is needed
        begun = time.process_time()
        for text, code in texts:
            read(text, code)
        turns.append(time.process_time() - begun)
    words = sum(len(text.split()) for text, _ in texts)
    return min(turns[1:]) * 1000 / words * 100 * _HUNDREDS


def _read(text: str, code: str) -> None:
    """All that is settled about a text before anything is read out of it."""
    notices = find_boilerplate(text, code)
    found = [repair for repair in find_damage(text, code, notices) if repair.firm]
    find_credits(Received(source="benchmark", text=text), text, code, notices, found)


def _damage_and_times(text: str, code: str) -> None:
    """The damage of a text and, in its words, the times."""
    find_damage(text, code)
    find_times(_prepared(text, code))


@functools.cache
def _prepared(text: str, code: str) -> Document:
    return prepare(Received(source="benchmark", text=text), code)


def _clean(data: Path) -> Part | Missing:
    figures: dict[str, Figure] = {}
    words, repairs, marks = Counter[str](), Counter[str](), Counter[str]()
    for given in clean_sets(data, "test"):
        for text in given.documents:
            found = find_damage(text, given.code)
            firm = sum(repair.firm for repair in found)
            words[given.code] += len(text.split())
            repairs[given.code] += firm
            marks[given.code] += len(found) - firm
    if not words:
        return Missing(data="clean", why="the data folder (--data, DRAGOMAN_DATA) has none")
    for code in ["all", *sorted(words)]:
        size = words.total() if code == "all" else words[code]
        done = repairs.total() if code == "all" else repairs[code]
        alone = min(1.0, size / (done * _WORDS_A_REPAIR)) if done else 1.0
        figures[f"left alone, {code}"] = Figure(value=alone, n=size, pinned=code == "all")
    note = f"{repairs.total()} repairs and {marks.total()} marks in {words.total():,} words"
    digest = hashlib.sha256(json.dumps(sorted(words.items())).encode()).hexdigest()
    return Part(data="clean", sha256=digest, figures=figures, note=note)


def run(options: Options) -> Iterator[Part | Missing]:
    """Measure the harmed texts, and the clean ones where the data folder has them."""
    yield _simulated(options.seed)
    if options.data is None:
        yield Missing(data="clean", why="there is no data folder (--data, DRAGOMAN_DATA)")
    else:
        yield _clean(options.data / "data")
