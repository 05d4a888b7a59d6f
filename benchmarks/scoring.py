"""How far an export holds what a gold file holds: one score a kind, and their mean.

Facts of one kind are paired one to one: as many pairs as can be, then the closest ones. A pair
needs evidence that touches: half of the shorter span is shared, and the exported span is not
longer than 300 characters or four times the gold one. Only `exact` and `repaired` spans count.

    report                      share of the right fields that gold knows
    boilerplate                 characters
    repair                      the stretch of text reads the same after both repairs
    actor                       B-cubed over the mentions that gold has
    meeting, position,
    commitment, lineage         pairs, as F1
    statement                   recall of contents, times the share of right speakers
    incident, comparison        recall

Gold holds only the salient facts of the kinds actor, statement, incident and comparison: more of
them is no fault, up to three times as many as in gold or 50; beyond that the score shrinks.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from dragoman.types import Interval

Row = dict[str, Any]
# Of every gold mention: the gold actor that it is of, and the exported one that covers it.
Cover = list[tuple[int, int | None]]


class Spot(NamedTuple):
    """Characters `start` to `end` of a report."""

    report: str
    start: int
    end: int


@dataclass(frozen=True, eq=False)
class Fact:
    """A row of either file with its usable evidence, the reports called by their file names."""

    row: Row
    spots: tuple[Spot, ...]

    def get(self, key: str) -> Any:
        """A field of the row."""
        return self.row.get(key)


class Score(NamedTuple):
    """How one kind was scored: `right` of `gold` facts were found among `exported` ones."""

    score: float
    right: float
    gold: float
    exported: float


class Result(NamedTuple):
    """The scores by kind, their mean, and the evidence that is not as it claims."""

    kinds: dict[str, Score]
    overall: float
    violations: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """Both sides of one kind, with what all kinds share."""

    gold: list[Fact]
    found: list[Fact]
    texts: Mapping[str, str]
    names: Names
    actors: list[Fact]
    cover: Cover

    def of(self, gold: list[Fact], found: list[Fact]) -> Sheet:
        """The same for other facts."""
        return replace(self, gold=gold, found=found)


def score(gold: Iterable[Row], export: Iterable[Row], texts: Mapping[str, str]) -> Result:
    """Score an export.

    Args:
        gold: the rows of the gold file; reports are called by the names of `texts`.
        export: the rows of the export.
        texts: the reports' texts by file name.
    """
    export = list(export)
    wanted = _by_kind(gold, texts, {}, [])
    violations: list[str] = []
    found = _by_kind(export, texts, _file_names(export, texts), violations)
    cover, pairs = _cover(wanted["actor"], found["actor"], texts)
    names = Names(wanted["actor"], found["actor"], pairs)
    kinds = {}
    for kind, measure in MEASURES.items():
        if wanted[kind]:
            kinds[kind] = measure(
                Sheet(wanted[kind], found[kind], texts, names, wanted["actor"], cover)
            )
    mean = sum(part.score for part in kinds.values()) / len(kinds) if kinds else 0.0
    return Result(kinds, mean, tuple(violations))


def read_rows(path: Path) -> list[Row]:
    """The rows of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]


def read_texts(folder: Path) -> dict[str, str]:
    """The texts of a folder by file name, their line ends as they are; no sidecars."""
    return {
        path.name: path.read_bytes().decode("utf-8", "replace")
        for path in sorted(folder.iterdir())
        if path.is_file() and not path.name.endswith(".meta.json")
    }


# ---------------------------------------------------------------- evidence


def _file_names(export: Iterable[Row], texts: Mapping[str, str]) -> dict[str, str]:
    """The file name of every report id."""
    names = {}
    for row in export:
        if row.get("kind") == "report":
            name = str(row.get("source")).rsplit("/", 1)[-1]
            if name in texts:
                names[str(row.get("id"))] = name
    return names


def _by_kind(
    rows: Iterable[Row], texts: Mapping[str, str], ids: Mapping[str, str], violations: list[str]
) -> defaultdict[str, list[Fact]]:
    kinds = defaultdict[str, list[Fact]](list)
    for row in rows:
        spots, review = [], 0
        evidence = row.get("evidence") or []
        where = f"{row.get('kind')} {row.get('id', '')}"
        if not evidence:
            violations.append(f"{where}: no evidence")
        for span in evidence:
            grounding = span.get("grounding") or "exact"
            report = ids.get(span["report"], span["report"])
            if grounding in {"partial", "none"}:
                review += 1
            elif report in texts:
                start, end = span["start"], span["end"]
                words = texts[report][start:end]
                if not 0 <= start < end <= len(texts[report]) or (
                    grounding == "exact" and words != span["text"]
                ):
                    violations.append(f"{where}: {report} {start}:{end} has other words")
                else:
                    spots.append(Spot(report, start, end))
        if review < len(evidence) or not evidence:
            # Reports called by their file names, also where a row names them (lineage).
            named = {key: ids.get(row[key], row[key]) for key in ("report", "from") if key in row}
            if row.get("id") in ids:
                named["report"] = ids[row["id"]]
            kinds[str(row.get("kind"))].append(Fact(row | named, tuple(sorted(set(spots)))))
    for facts in kinds.values():
        facts.sort(key=lambda fact: (fact.spots, json.dumps(fact.row, sort_keys=True)))
    return kinds


def _shared(a: Spot, b: Spot) -> int:
    return max(0, min(a.end, b.end) - max(a.start, b.start)) if a.report == b.report else 0


def _alike(a: Spot, b: Spot) -> float:
    """Shared characters over all characters of both."""
    common = _shared(a, b)
    return common / (a.end - a.start + b.end - b.start - common) if common else 0.0


def _touch(gold: Spot, found: Spot) -> bool:
    common, want, have = _shared(gold, found), gold.end - gold.start, found.end - found.start
    return common > 0 and 2 * common >= min(want, have) and have <= max(300, 4 * want)


def _touched(gold: Fact, found: Fact) -> float:
    """The share of the gold spans that are touched."""
    touched = sum(any(_touch(g, f) for f in found.spots) for g in gold.spots)
    return touched / len(gold.spots) if touched else 0.0


# ---------------------------------------------------------------- pairing


def pair(weights: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    """The one-to-one pairs: as many as can be, and of those the heaviest.

    Grows the pairing by the best augmenting path, one pair at a time.
    """
    near = defaultdict[int, list[int]](list)
    for i, j in sorted(key for key, weight in weights.items() if weight > 0):
        near[i].append(j)
    right_of: dict[int, int] = {}
    left_of: dict[int, int] = {}
    while True:
        gain = {i: 0.0 for i in near if i not in right_of}
        best: dict[int, float] = {}
        came: dict[int, int] = {}
        queue = deque(gain)
        while queue:
            i = queue.popleft()
            for j in near[i]:
                total = gain[i] + weights[i, j]
                if right_of.get(i) == j or total <= best.get(j, float("-inf")) + 1e-9:
                    continue
                best[j], came[j] = total, i
                holder = left_of.get(j)
                if holder is not None:
                    total -= weights[holder, j]
                    if total > gain.get(holder, float("-inf")) + 1e-9:
                        gain[holder] = total
                        queue.append(holder)
        free = [j for j in best if j not in left_of]
        if not free:
            return sorted(right_of.items())
        end: int | None = min(free, key=lambda j: (-best[j], j))
        while end is not None:
            i = came[end]
            before = right_of.get(i)
            right_of[i], left_of[end] = end, i
            end = before


def _pair(sheet: Sheet, weight: Callable[[Fact, Fact], float]) -> list[tuple[Fact, Fact]]:
    weights = {
        (i, j): value
        for i, gold in enumerate(sheet.gold)
        for j, found in enumerate(sheet.found)
        if (value := weight(gold, found)) > 0
    }
    return [(sheet.gold[i], sheet.found[j]) for i, j in pair(weights)]


def _f1(right: float, gold: float, exported: float, right_exported: float | None = None) -> Score:
    recall = right / gold if gold else 0.0
    precision = (right if right_exported is None else right_exported) / exported if exported else 0
    return Score(_mean(precision, recall), right, gold, exported)


def _recall(right: float, gold: int, exported: int, times: float = 1.0) -> Score:
    return Score(right / gold * times * _flood(gold, exported), right, gold, exported)


def _flood(gold: int, exported: int) -> float:
    return min(1.0, max(3 * gold, 50) / exported) if exported else 1.0


def _mean(precision: float, recall: float) -> float:
    total = precision + recall
    return 2 * precision * recall / total if total else 0.0


# ---------------------------------------------------------------- words and names


@cache
def _ignored() -> frozenset[str]:
    path = Path(__file__).with_name("scoring.yaml")
    return frozenset(msgspec.yaml.decode(path.read_bytes(), type=dict[str, str])["ignored"].split())


def fold(text: object) -> str:
    """Words without case, accents and punctuation."""
    plain = unicodedata.normalize("NFKD", str(text)).casefold().replace("ı", "i")
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"['’]s\b", " ", plain)))


def _words(*values: Any) -> set[str]:
    """The words that say something in strings, lists or tables; plurals cut."""
    found = set()
    for value in values:
        if isinstance(value, dict):
            found |= _words(*value.values())
        elif isinstance(value, list | tuple):
            found |= _words(*value)
        elif value is not None:
            for word in fold(value).split():
                if word not in _ignored() and (len(word) > 1 or word.isdigit()):
                    plural = len(word) > 3 and word.endswith("s") and not word.endswith("ss")
                    found.add(word[:-1] if plural else word)
    return found


def _overlap(a: set[str], b: set[str]) -> float:
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _dice(a: set[str], b: set[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 1.0


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def _date(fact: Fact, key: str = "date") -> Interval | None:
    return Interval.parse(fact.get(key)) if fact.get(key) else None


class Names:
    """What a name stands for: the gold actor that it is a form of, or itself."""

    def __init__(
        self, gold: list[Fact], found: list[Fact], pairs: Iterable[tuple[int, int]]
    ) -> None:
        self._known: dict[str, str] = {}
        surnames = defaultdict[str, set[str]](set)
        for actor in gold:
            name = fold(actor.get("name"))
            for form in (name, *map(fold, actor.get("forms") or ())):
                self._known.setdefault(form, name)
                if actor.get("type") == "person" and form:
                    surnames[form.split()[-1]].add(name)
        for surname, owners in sorted(surnames.items()):
            if len(owners) == 1:
                self._known.setdefault(surname, *owners)
        meant = {j: fold(gold[i].get("name")) for i, j in pairs}
        exported = defaultdict[str, set[str | None]](set)
        for j, actor in enumerate(found):
            exported[fold(actor.get("name"))].add(meant.get(j))
        for name, targets in exported.items():
            (target, *others) = targets
            if target and not others:
                self._known.setdefault(name, target)

    def of(self, value: Any) -> str | None:
        """What a name stands for; None for none."""
        name = fold(value) if value else ""
        return self._known.get(name, name) or None

    def all(self, value: Any) -> set[str]:
        """What the names of a list stand for."""
        return {name for name in map(self.of, _list(value)) if name}


# ---------------------------------------------------------------- kinds


def _report(sheet: Sheet) -> Score:
    def right(gold: Fact, found: Fact) -> float:
        fields = []
        if gold.get("language"):
            fields.append(str(found.get("language")).split("-")[0] == gold.get("language"))
        if want := _date(gold, "published"):
            have = _date(found, "published")
            fields.append(
                have is not None
                and have.overlaps(want)
                and (have.days or 10**6) <= max(7, want.days or 0)
            )
        fields += [
            sheet.names.of(found.get(key)) == sheet.names.of(gold.get(key))
            for key in ("outlet", "agency")
            if gold.get(key)
        ]
        return sum(fields) / len(fields) if fields else 1.0

    def weight(gold: Fact, found: Fact) -> float:
        return 0.01 + right(gold, found) if _one_report(gold, found) else 0.0

    total = sum(right(gold, found) for gold, found in _pair(sheet, weight))
    return _f1(total, len(sheet.gold), len(sheet.found))


def _one_report(gold: Fact, found: Fact) -> bool:
    names = [
        fact.get("report") or (fact.spots[0].report if fact.spots else None)
        for fact in (gold, found)
    ]
    return names[0] is not None and names[0] == names[1]


def _boilerplate(sheet: Sheet) -> Score:
    """Gold marks where a notice begins: its whole lines may be marked, and what joins them."""
    want, have = _characters(sheet.gold), _characters(sheet.found)
    hit = right = judged = 0
    for report in sorted(want | have):
        text = sheet.texts[report]
        lines = sorted(
            {
                _line(text, spot.start, spot.end)
                for fact in sheet.gold
                for spot in fact.spots
                if spot.report == report
            }
        )
        wide = {k for start, end in lines for k in range(start, end)}
        neutral = {k for k, character in enumerate(text) if character in "\r\n"}
        for start, end in lines:
            for at in (max(0, start - 1), min(len(text), end + 1)):
                first, last = _line(text, at, at)
                if last - first <= 40:
                    neutral |= set(range(first, last))
        for (_, end), (start, _) in pairwise(lines):
            if text[end:start].count("\n") <= 4:
                neutral |= set(range(end, start))
        marked = have.get(report, set())
        hit += len(want.get(report, set()) & marked)
        right += len(marked & wide)
        judged += len(marked - (neutral - wide))
    return _f1(hit, sum(len(marked) for marked in want.values()), judged, right)


def _characters(facts: Iterable[Fact]) -> dict[str, set[int]]:
    marked = defaultdict[str, set[int]](set)
    for fact in facts:
        for spot in fact.spots:
            marked[spot.report] |= set(range(spot.start, spot.end))
    return dict(marked)


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    last = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, len(text) if last < 0 else last


def _repair(sheet: Sheet) -> Score:
    def units(facts: Iterable[Fact]) -> list[Fact]:
        return [Fact(fact.row, (spot,)) for fact in facts for spot in fact.spots]

    def weight(gold: Fact, found: Fact) -> float:
        (a,), (b,) = gold.spots, found.spots
        start, end = min(a.start, b.start), max(a.end, b.end)
        if not _shared(a, b) or end - start > 2 * max(a.end - a.start, 40):
            return 0.0
        text = sheet.texts[a.report]
        mended = [
            " ".join(f"{text[start : s.start]}{new}{text[s.end : end]}".casefold().split())
            for s, new in ((a, gold.get("restored")), (b, found.get("restored")))
        ]
        changed = mended[1] != " ".join(text[start:end].casefold().split())
        return 0.1 + _alike(a, b) if mended[0] == mended[1] and changed else 0.0

    def known(found: Fact) -> bool:
        """An actor's form restored to its name is right, but gold has no line for it."""
        (spot,) = found.spots
        form, name = fold(sheet.texts[spot.report][spot.start : spot.end]), found.get("restored")
        return form != fold(name) and any(
            fold(actor.get("name")) == fold(name) and form in map(fold, actor.get("forms") or ())
            for actor in sheet.actors
        )

    found = units(fact for fact in sheet.found if fact.get("restored"))
    both = sheet.of(units(sheet.gold), found)
    pairs = _pair(both, weight)
    paired = {id(f) for _, f in pairs}
    judged = [fact for fact in found if id(fact) in paired or not known(fact)]
    return _f1(len(pairs), len(both.gold), len(judged))


def _cover(
    gold: list[Fact], found: list[Fact], texts: Mapping[str, str]
) -> tuple[Cover, list[tuple[int, int]]]:
    def words(spot: Spot) -> tuple[str, str]:
        return spot.report, fold(texts[spot.report][spot.start : spot.end])

    spots = defaultdict[str, list[tuple[int, Spot]]](list)
    forms: dict[tuple[str, str], int] = {}
    for j, actor in enumerate(found):
        for spot in actor.spots:
            spots[spot.report].append((j, spot))
            forms.setdefault(words(spot), j)
    cover: Cover = []
    for i, actor in enumerate(gold):
        for want in actor.spots:
            length = want.end - want.start
            near = [
                (-_alike(want, have), j)
                for j, have in spots[want.report]
                if _alike(want, have) >= 0.5
                or (_shared(want, have) == length and have.end - have.start <= max(3 * length, 40))
            ]
            cover.append((i, min(near)[1] if near else forms.get(words(want))))
    common = Counter((i, j) for i, j in cover if j is not None)
    weights = {
        (i, j): n + 0.1 * (fold(gold[i].get("name")) == fold(found[j].get("name")))
        for (i, j), n in common.items()
    }
    return cover, pair(weights)


def _actor(sheet: Sheet) -> Score:
    cover = sheet.cover
    covered = [(i, j) for i, j in cover if j is not None]
    both, of_found = Counter(covered), Counter(j for _, j in covered)
    of_gold = Counter(i for i, _ in cover)
    precision = sum(both[i, j] / of_found[j] for i, j in covered) / max(1, len(covered))
    recall = sum(both[i, j] / of_gold[i] for i, j in covered) / max(1, len(cover))
    value = _mean(precision, recall) * _flood(len(sheet.gold), len(sheet.found))
    return Score(value, len({i for i, _ in covered}), len(sheet.gold), len(sheet.found))


def _meeting(sheet: Sheet) -> Score:
    def who(fact: Fact) -> set[str]:
        heads = fact.get("heads") or {}
        names = (*heads, *heads.values(), *_list(fact.get("parties")))
        return sheet.names.all([*names, *_list(fact.get("participants"))])

    people = {id(fact): who(fact) for fact in (*sheet.gold, *sheet.found)}

    def weight(gold: Fact, found: Fact) -> float:
        want, have = _date(gold), _date(found)
        rounds = {fact.get("round") for fact in (gold, found)} - {None}
        a, b = people[id(gold)], people[id(found)]
        near = _touched(gold, found)
        form = bool(gold.get("form") == found.get("form"))
        if (
            (want and have and not want.overlaps(have))
            or len(rounds) > 1
            or _overlap(a, b) < 0.5
            or not found.spots
            or not (near or form)
        ):
            return 0.0
        status = bool(gold.get("status") == found.get("status"))
        same = 0.5 * sum((form, want == have, near > 0))
        return len(a & b) / len(a | b) + same + 0.1 * (near + status)

    return _f1(len(_pair(sheet, weight)), len(sheet.gold), len(sheet.found))


def _statement(sheet: Sheet) -> Score:
    def units(facts: Iterable[Fact]) -> list[Fact]:
        """One a statement and report; the content's own words count where they stand."""
        told = []
        for fact in facts:
            spots = defaultdict[str, list[Spot]](list)
            for spot in fact.spots:
                spots[spot.report].append(spot)
                content = fact.get("content")
                at = sheet.texts[spot.report].find(content, spot.start, spot.end) if content else -1
                if at >= 0:
                    spots[spot.report].append(Spot(spot.report, at, at + len(content)))
            told += [Fact(fact.row, tuple(spots[report])) for report in sorted(spots)]
        return told

    people = {fold(actor.get("name")) for actor in sheet.actors if actor.get("type") == "person"}

    def speaker(gold: Fact, found: Fact) -> bool:
        said = sheet.names.of(found.get("speaker"))
        if gold.get("speaker"):
            return said == sheet.names.of(gold.get("speaker"))
        described = _words(found.get("described") or found.get("speaker"))
        side = sheet.names.of(gold.get("side"))
        mine = sheet.names.of(found.get("side")) or (said if said == side else None)
        return (
            said not in people
            and _overlap(_words(gold.get("described")), described) >= 0.5
            and mine == side
        )

    def close(gold: Fact, found: Fact) -> float:
        best = max((_alike(a, b) for a in gold.spots for b in found.spots), default=0.0)
        return best if best >= 0.5 else 0.0

    both = sheet.of(units(sheet.gold), units(sheet.found))
    pairs = _pair(both, close)
    right = 0.0
    for gold, _ in pairs:
        rivals = [found for found in both.found if close(gold, found)]
        right += sum(speaker(gold, found) for found in rivals) / len(rivals)
    share = right / len(pairs) if pairs else 0.0
    return _recall(len(pairs), len(both.gold), len(both.found), share)


def _position(sheet: Sheet) -> Score:
    def key(fact: Fact) -> tuple[str | None, str, str]:
        return (
            sheet.names.of(fact.get("party")),
            fold(fact.get("issue")),
            fold(fact.get("stance")),
        )

    def weight(gold: Fact, found: Fact) -> float:
        return _touched(gold, found) if key(gold) == key(found) else 0.0

    return _f1(len(_pair(sheet, weight)), len(sheet.gold), len(sheet.found))


def _commitment(sheet: Sheet) -> Score:
    def weight(gold: Fact, found: Fact) -> float:
        near = _touched(gold, found)
        want, have = _words(gold.get("subject")), _words(found.get("subject"))
        a, b = sheet.names.all(gold.get("parties")), sheet.names.all(found.get("parties"))
        if not near or not want & have or 2 * len(a & b) < len(a):
            return 0.0
        return near + _dice(want, have) + _dice(a, b)

    return _f1(len(_pair(sheet, weight)), len(sheet.gold), len(sheet.found))


def _incident(sheet: Sheet) -> Score:
    def weight(gold: Fact, found: Fact) -> float:
        near, want, have = _touched(gold, found), _date(gold), _date(found)
        figures = {float(f.get("figure")) for f in (gold, found) if f.get("figure") is not None}
        if not near or (want and have and not want.overlaps(have)) or len(figures) > 1:
            return 0.0
        same = [
            sheet.names.of(gold.get(key)) == sheet.names.of(found.get(key))
            for key in ("by", "against", "place")
            if gold.get(key)
        ]
        same.append(bool(_words(gold.get("type")) & _words(found.get("type"))))
        if gold.get("figure") is not None:
            same.append(found.get("figure") is not None)
        return near + sum(same) / len(same) if any(same) else 0.0

    return _recall(len(_pair(sheet, weight)), len(sheet.gold), len(sheet.found))


def _comparison(sheet: Sheet) -> Score:
    def near(gold: Fact, found: Fact) -> float:
        """How many gold spans are touched one to one; 0 if all stand in one report."""
        touching = {
            (i, j): 1.0
            for i, want in enumerate(gold.spots)
            for j, have in enumerate(found.spots)
            if _touch(want, have)
        }
        pairs = pair(touching)
        return len(pairs) if len({gold.spots[i].report for i, _ in pairs}) > 1 else 0.0

    def weight(gold: Fact, found: Fact) -> float:
        return near(gold, found) if _verdict(gold) == _verdict(found) else 0.0

    right = 0.0
    for gold, found in _pair(sheet, weight):
        rivals = [
            other
            for other in sheet.found
            if fold(other.get("field")) == fold(found.get("field")) and near(gold, other)
        ]
        right += sum(_verdict(other) == _verdict(gold) for other in rivals) / len(rivals)
    return _recall(right, len(sheet.gold), len(sheet.found))


def _verdict(fact: Fact) -> str:
    return fold(str(fact.get("verdict")).split(",")[0])


def _lineage(sheet: Sheet) -> Score:
    def made(fact: Fact) -> tuple[Any, ...]:
        return fact.get("report"), fact.get("from"), fact.get("form")

    def weight(gold: Fact, found: Fact) -> float:
        return float(made(gold) == made(found))

    return _f1(len(_pair(sheet, weight)), len(sheet.gold), len(sheet.found))


MEASURES: dict[str, Callable[[Sheet], Score]] = {
    "report": _report,
    "boilerplate": _boilerplate,
    "repair": _repair,
    "actor": _actor,
    "meeting": _meeting,
    "statement": _statement,
    "position": _position,
    "commitment": _commitment,
    "incident": _incident,
    "comparison": _comparison,
    "lineage": _lineage,
}
