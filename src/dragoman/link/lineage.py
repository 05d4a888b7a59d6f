"""Which reports were made from others: copies, excerpts, spins and translations.

1. Candidates, without comparing all pairs: reports that share a band of their MinHash signatures
   (copies, excerpts), and reports that share rare marks in the same order (excerpts, spins,
   translations). Crowded bands and common marks are thinned, so that the work grows with the
   number of reports.
2. Each candidate is confirmed by alignment: the same words in a row, or sentence by sentence in
   the same order. A common event, or a common quotation, is not enough.
3. Every family gets one root, and each other member one `Lineage` to it: a star, no chains.
"""

from __future__ import annotations

import bisect
import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from dragoman.claims import Annotation
from dragoman.languages.outlets import outlet_named
from dragoman.languages.words import Word, marks, sentences, words
from dragoman.types import Alignment, Lineage, LineageForm, Reason, Span, identified

# ---- candidates
_ROWS = 2  # of a band of the signature: reports with a fifth of their shingles in common meet
_CROWD = 24  # in a band; beyond it each report meets only the first of the band
_RARE = 24  # reports that a pair of marks may occur in
_SHARED_PAIRS = 3
_MOST_CANDIDATES = 32  # of one report, by marks
# ---- the same words
_RUN = 5  # words in a row
_GAP = 2  # words that two runs may lie apart and still be shown as one passage
_COPIED = 0.5  # of the words outside quotations
_COVERED = 0.6  # of the source's words: a copy; less is an excerpt
_ADDED_TO = 0.3  # a copy with much added: its share at the least, where it covers the source
# ---- the same sentences
_SENTENCE_WORDS = 5
_LEAST_SENTENCES = 3
_SPUN_ALIKE, _SPUN_SHARE, _SPUN_MEAN = 0.3, 0.6, 0.4
_TRANSLATED_ALIKE, _TRANSLATED_SHARE, _TRANSLATED_MEAN = 0.4, 0.6, 0.55
_LEAST_MARKS = 6
_ONE_SIDED = 0.25  # what a mark weighs that only one of two reports has
_LETTERS = 4  # a word of so many letters has a meaning of its own
_STEM = 5
_MOST_ALIGNED = 40
_MOST_EVIDENCE = 6

Pair = tuple[str, str]
Rows = tuple[int, int]


class _Sentence(NamedTuple):
    """A sentence: its place, its words of meaning by stem, and its marks."""

    start: int
    end: int
    stems: Counter[str]
    marks: Counter[str]


@dataclass(frozen=True)
class _Body:
    """A report's text without its boilerplate, ready to be compared."""

    report: str
    text: str
    words: list[Word]
    quoted: list[bool]
    sentences: list[_Sentence]
    runs: dict[tuple[str, ...], list[int]] = field(repr=False)


class _Run(NamedTuple):
    """Words in a row that two reports share: where they begin in both, and how many."""

    here: int
    there: int
    size: int


class _Match(NamedTuple):
    """How a report rests on another: share, passages (characters here and there), and why."""

    form: LineageForm
    share: float
    passages: tuple[tuple[int, int, int, int], ...]
    reason: Reason


# ---------------------------------------------------------------- candidates


def _by_signature(said: Sequence[Annotation]) -> Iterator[Pair]:
    bands: dict[tuple[int, tuple[int, ...]], list[str]] = defaultdict(list)
    for annotation in said:
        if annotation.fingerprint is None:
            continue
        signature = annotation.fingerprint.minhash
        for first in range(0, len(signature) - _ROWS + 1, _ROWS):
            bands[first, signature[first : first + _ROWS]].append(annotation.report)
    for members in bands.values():
        if len(members) <= _CROWD:
            yield from itertools.combinations(members, 2)
        else:
            yield from ((members[0], other) for other in members[1:])


def _by_marks(said: Sequence[Annotation]) -> Iterator[Pair]:
    index: dict[tuple[str, str], list[str]] = defaultdict(list)
    for annotation in said:
        row = annotation.fingerprint.marks if annotation.fingerprint else ()
        near = {
            (one, other)
            for step in (1, 2)
            for one, other in zip(row, row[step:], strict=False)
            if one != other
        }
        for pair in sorted(near):
            index[pair].append(annotation.report)
    shared: Counter[Pair] = Counter()
    for members in index.values():
        if 1 < len(members) <= _RARE:
            shared.update(itertools.combinations(members, 2))
    taken: Counter[str] = Counter()
    for (one, other), count in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if count < _SHARED_PAIRS:
            break
        if min(taken[one], taken[other]) < _MOST_CANDIDATES:
            taken.update((one, other))
            yield one, other


# ---------------------------------------------------------------- bodies


def _body(annotation: Annotation, text: str) -> _Body:
    notices = [
        (span.start, span.end) for entry in annotation.boilerplate for span in entry.evidence
    ]

    def outside(place: int) -> bool:
        return not any(start <= place < end for start, end in notices)

    found = [w for w in words(text) if w.text[:1].isalnum() and outside(w.start)]
    places = [
        (span.start, span.end)
        for said in annotation.statements
        for span in said.evidence[:1]
        if said.mode != "indirect"
    ]
    keys = sorted(
        (mention.span.start, key)
        for mention in annotation.mentions
        if (key := annotation.actors[mention.actor].key)
    )
    runs: dict[tuple[str, ...], list[int]] = defaultdict(list)
    folded = [word.fold for word in found]
    for place in range(len(folded) - _RUN + 1):
        runs[tuple(folded[place : place + _RUN])].append(place)
    return _Body(
        report=annotation.report,
        text=text,
        words=found,
        quoted=_quoted(text, found, places),
        sentences=_sentences(text, found, keys),
        runs=dict(runs),
    )


def _quoted(text: str, found: Sequence[Word], places: Sequence[tuple[int, int]]) -> list[bool]:
    """For each word whether it stands in a quotation: by its marks, or in a known statement."""
    inside = []
    marked = False
    done = 0
    for word in found:
        for sign in text[done : word.start]:
            if sign in "“«„":
                marked = True
            elif sign in "”»":
                marked = False
            elif sign == '"':
                marked = not marked
            elif sign == "\n":
                marked = False
        done = word.end
        inside.append(marked or any(start <= word.start < end for start, end in places))
    return inside


def _sentences(
    text: str, found: Sequence[Word], keys: Sequence[tuple[int, str]]
) -> list[_Sentence]:
    starts = [word.start for word in found]
    key_starts = [start for start, _ in keys]
    cuts = sentences(text)
    bounds = [(bisect.bisect_left(starts, a), bisect.bisect_left(starts, b)) for a, b in cuts]
    by_place: dict[int, str] = dict(marks(found, [first for first, last in bounds if last > first]))
    result = []
    for (start, end), (first, last) in zip(cuts, bounds, strict=True):
        inside = found[first:last]
        if len(inside) < _SENTENCE_WORDS:
            continue
        result.append(
            _Sentence(
                start,
                end,
                Counter(
                    word.fold[:_STEM]
                    for word in inside
                    if len(word.fold) >= _LETTERS or word.text[:1].isdigit()
                ),
                Counter(by_place[place] for place in range(first, last) if place in by_place)
                + Counter(
                    key
                    for _, key in keys[
                        bisect.bisect_left(key_starts, start) : bisect.bisect_left(key_starts, end)
                    ]
                ),
            )
        )
    return result


# ---------------------------------------------------------------- the same words


def _runs(here: _Body, there: _Body) -> list[_Run]:
    """The longest runs of words that stand in both, each word of `here` in one at the most."""
    mine = [word.fold for word in here.words]
    theirs = [word.fold for word in there.words]
    runs: list[_Run] = []
    place = 0
    while place <= len(mine) - _RUN:
        best = _Run(place, 0, 0)
        follows = runs[-1].there + runs[-1].size if runs else 0
        for other in there.runs.get(tuple(mine[place : place + _RUN]), ()):
            size = _RUN
            while (
                place + size < len(mine)
                and other + size < len(theirs)
                and mine[place + size] == theirs[other + size]
            ):
                size += 1
            # Of equal runs the one that goes on where the last ended.
            if (size, -abs(other - follows)) > (best.size, -abs(best.there - follows)):
                best = _Run(place, other, size)
        if best.size:
            runs.append(best)
            place += best.size
        else:
            place += 1
    return runs


def _passages(
    runs: Sequence[_Run], here: _Body, there: _Body
) -> tuple[tuple[int, int, int, int], ...]:
    """Runs that follow each other in both reports, as characters."""
    joined: list[tuple[_Run, _Run]] = []
    for run in runs:
        if joined:
            last = joined[-1][1]
            apart = run.here - last.here - last.size, run.there - last.there - last.size
            if all(0 <= gap <= _GAP for gap in apart):
                joined[-1] = (joined[-1][0], run)
                continue
        joined.append((run, run))
    return tuple(
        (
            here.words[first.here].start,
            here.words[last.here + last.size - 1].end,
            there.words[first.there].start,
            there.words[last.there + last.size - 1].end,
        )
        for first, last in joined
    )


def _copied(here: _Body, there: _Body) -> _Match | None:
    runs = _runs(here, there)
    if not runs:
        return None
    mine = {place for run in runs for place in range(run.here, run.here + run.size)}
    theirs = {place for run in runs for place in range(run.there, run.there + run.size)}
    own = [place for place, quoted in enumerate(here.quoted) if not quoted]
    told = [place for place, quoted in enumerate(there.quoted) if not quoted]
    share = len(mine) / len(here.words)
    covered = len(theirs) / len(there.words)
    # What both quote proves nothing; only where nearly all is quotation the whole has to do.
    plain = len(mine & set(own)) / len(own) if len(own) > _RUN else share
    plain_covered = len(theirs & set(told)) / len(told) if len(told) > _RUN else covered
    wide = plain_covered >= _COVERED
    if not (plain >= _COPIED or (wide and plain >= _ADDED_TO)):
        return None
    return _Match(
        "copy" if wide else "excerpt",
        share,
        _passages(runs, here, there),
        Reason(
            rule="lineage.words",
            why=f"{share:.0%} of its words stand in a row there too; they are "
            f"{covered:.0%} of that report",
            weight=round(share, 3),
        ),
    )


# ---------------------------------------------------------------- the same sentences


def _dice(one: Counter[str], other: Counter[str], weight: Mapping[str, float]) -> float:
    both = sum(weight.get(key, 1.0) * count for key, count in (one & other).items())
    total = sum(weight.get(key, 1.0) * count for key, count in one.items())
    total += sum(weight.get(key, 1.0) * count for key, count in other.items())
    return 2 * both / total if total else 0.0


def _weights(mine: Sequence[Counter[str]], theirs: Sequence[Counter[str]]) -> dict[str, float]:
    """Rarer within the two reports weighs more: a name in every sentence aligns none.

    What only one of them has weighs little (another language writes other words large), unless
    it is a number: a translation keeps those.
    """
    met = Counter(key for bag in (*mine, *theirs) for key in bag)
    both = {key for bag in mine for key in bag} & {key for bag in theirs for key in bag}
    return {
        key: count**-0.5 * (1.0 if key in both or key[0].isdigit() else _ONE_SIDED)
        for key, count in met.items()
    }


def _in_spelling_of(
    mine: Sequence[Counter[str]], theirs: Sequence[Counter[str]]
) -> list[Counter[str]]:
    """Marks of one report, written as the other has them where only the ending differs."""
    there = sorted({key for bag in theirs for key in bag if key.isalpha()})
    spelling: dict[str, str] = {}
    for key in sorted({key for bag in mine for key in bag if key.isalpha()} - set(there)):
        if len(key) >= _STEM - 1:
            stem = key[: max(_STEM - 1, len(key) - 2)]
            near = [other for other in there if other.startswith(stem) or key.startswith(other)]
            near = [other for other in near if len(other) >= _STEM - 1]
            if len(near) == 1 and abs(len(near[0]) - len(key)) <= 2:
                spelling[key] = near[0]
    result = []
    for bag in mine:
        renamed: Counter[str] = Counter()
        for key, count in bag.items():
            renamed[spelling.get(key, key)] += count
        result.append(renamed)
    return result


def _in_order(scores: Mapping[tuple[int, int], float], rows: int, columns: int) -> list[Rows]:
    """The pairs of sentences, in the same order in both reports, with the highest sum."""
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for row in range(rows - 1, -1, -1):
        for column in range(columns - 1, -1, -1):
            score = scores.get((row, column), 0.0)
            best[row][column] = max(
                best[row + 1][column],
                best[row][column + 1],
                best[row + 1][column + 1] + score if score else 0.0,
            )
    pairs = []
    row = column = 0
    while row < rows and column < columns:
        score = scores.get((row, column), 0.0)
        if score and best[row][column] == best[row + 1][column + 1] + score:
            pairs.append((row, column))
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            row += 1
        else:
            column += 1
    return pairs


def _retold(here: _Body, there: _Body, *, translated: bool) -> _Match | None:
    """Whether a report tells another's sentences in its order, in other words."""
    alike, least_share, least_mean = (
        (_TRANSLATED_ALIKE, _TRANSLATED_SHARE, _TRANSLATED_MEAN)
        if translated
        else (_SPUN_ALIKE, _SPUN_SHARE, _SPUN_MEAN)
    )
    mine = [s.marks if translated else s.stems + s.marks for s in here.sentences]
    theirs = [s.marks if translated else s.stems + s.marks for s in there.sentences]
    if translated:
        mine = _in_spelling_of(mine, theirs)
    weight = _weights(mine, theirs)
    scores = {
        (row, column): score
        for row, one in enumerate(mine)
        for column, other in enumerate(theirs)
        if one and other and (score := _dice(one, other, weight)) >= alike
    }
    pairs = _in_order(scores, len(mine), len(theirs))
    # Sentences without a mark say nothing of a translation, for it or against it.
    telling = [row for row, bag in enumerate(mine) if bag]
    if len(pairs) < _LEAST_SENTENCES or not telling:
        return None
    share = sum(_size(here.sentences[row]) for row, _ in pairs) / sum(
        _size(here.sentences[row]) for row in telling
    )
    mean = sum(scores[pair] for pair in pairs) / len(pairs)
    shared = {key for row, column in pairs for key in mine[row] & theirs[column]}
    if share < least_share or mean < least_mean or len(shared) < _LEAST_MARKS:
        return None
    what = "names and numbers" if translated else "names, numbers and words"
    return _Match(
        "translation" if translated else "spin",
        share,
        tuple(
            (
                here.sentences[row].start,
                here.sentences[row].end,
                there.sentences[column].start,
                there.sentences[column].end,
            )
            for row, column in pairs
        ),
        Reason(
            rule="lineage.sentences",
            why=f"{len(pairs)} sentences have the same {what} in the same order",
            weight=round(mean, 3),
        ),
    )


def _size(sentence: _Sentence) -> int:
    return sentence.end - sentence.start


def _compare(here: _Body, there: _Body, languages: tuple[str | None, str | None]) -> _Match | None:
    """How `here` would rest on `there`, if it does."""
    if not here.words or not there.words:
        return None
    if match := _copied(here, there):
        return match
    one, other = languages
    return _retold(here, there, translated=one is not None and other is not None and one != other)


# ---------------------------------------------------------------- direction


def _sign_weights(member: Annotation, family: Sequence[Annotation]) -> list[tuple[float, str]]:
    """What speaks for (or against) a report as the one that its family was made from."""
    signs: list[tuple[float, str]] = []
    damage = [repair for repair in member.repairs if repair.reason in {"spin", "translation"}]
    if damage:
        signs.append((-3.0, f"{len(damage)} of its words are damaged"))
    houses = {name for name in (member.outlet, member.agency) if name}
    credited = [
        other.report
        for other in family
        if other.report != member.report
        and other.agency
        and other.agency in houses
        and other.outlet != other.agency
        and other.outlet not in houses
    ]
    if credited and (member.outlet is None or member.outlet == member.agency):
        signs.append((2.0, f"{len(credited)} others name its agency"))
    if member.agency and member.outlet and member.outlet != member.agency:
        signs.append((-2.0, f"it names {member.agency} as its agency"))
    elif member.agency and member.outlet is None and _from_source(member):
        signs.append((-1.0, f"it names {member.agency} as its source"))
    if any(reason.rule == "credits.source_line" for reason in member.reasons):
        signs.append((-2.0, "a line in it names another source"))
    agency = outlet_named(member.agency) if member.agency else None
    own = agency.language if agency else None
    if agency and own != member.language and any(other.language == own for other in family):
        signs.append((-1.0, f"{agency.name} writes in another language"))
    dated = [m.published for m in family if m.published and m.report != member.report]
    if member.published and dated:
        if all(member.published.last < other.first for other in dated):
            signs.append((2.0, "it is the earliest"))
        elif any(other.last < member.published.first for other in dated):
            signs.append((-2.0, "an earlier one is there"))
    longest = max(_words(other) for other in family)
    signs.append((_words(member) / longest if longest else 0.0, "its length"))
    return signs


def _from_source(member: Annotation) -> bool:
    return any(reason.rule in {"credits.source_line", "credits.told"} for reason in member.reasons)


def _words(annotation: Annotation) -> int:
    return annotation.fingerprint.words if annotation.fingerprint else 0


def _root_first(family: Sequence[Annotation]) -> list[tuple[Annotation, str]]:
    """The members, the likeliest origin first, each with what speaks for and against it."""
    ranked = []
    for member in family:
        signs = _sign_weights(member, family)
        why = "; ".join(text for weight, text in signs if text != "its length")
        ranked.append((-sum(weight for weight, _ in signs), -_words(member), member, why))
    ranked.sort(key=lambda item: (item[0], item[1], item[2].report))
    return [(member, why) for _, _, member, why in ranked]


# ---------------------------------------------------------------- families


class _Texts:
    """Bodies of reports, made when they are asked for; a few are kept."""

    def __init__(self, said: Mapping[str, Annotation], text: Callable[[str], str]) -> None:
        self._said, self._text = said, text
        self._kept: dict[str, _Body] = {}

    def __getitem__(self, report: str) -> _Body:
        if report not in self._kept:
            if len(self._kept) >= _KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[report] = _body(self._said[report], self._text(report))
        return self._kept[report]


_KEPT = 64


def _groups(edges: Iterable[Pair]) -> list[list[str]]:
    """The connected groups of reports, each sorted."""
    parent: dict[str, str] = {}

    def root(report: str) -> str:
        while parent.setdefault(report, report) != report:
            parent[report] = parent[parent[report]]
            report = parent[report]
        return report

    for one, other in edges:
        first, second = sorted((root(one), root(other)))
        parent[second] = first
    groups: dict[str, list[str]] = defaultdict(list)
    for report in sorted(parent):
        groups[root(report)].append(report)
    return [groups[key] for key in sorted(groups)]


def link_lineage(annotations: Iterable[Annotation], text: Callable[[str], str]) -> list[Lineage]:
    """Which reports were made from which, sorted by report.

    Args:
        annotations: what stage 2 found in each report, in any order.
        text: gives the text of a report, as received, by its id.
    """
    said = sorted(annotations, key=lambda annotation: annotation.report)
    by_id = {annotation.report: annotation for annotation in said}
    bodies = _Texts(by_id, text)

    def match(here: str, there: str) -> _Match | None:
        languages = by_id[here].language, by_id[there].language
        return _compare(bodies[here], bodies[there], languages)

    pairs = sorted({*_by_signature(said), *_by_marks(said)})
    related = [(one, other) for one, other in pairs if match(one, other) or match(other, one)]
    lineages: list[Lineage] = []
    for group in _groups(related):
        left = group
        while len(left) > 1:
            (root, why), *others = _root_first([by_id[report] for report in left])
            rest = []
            for member, against in others:
                if found := match(member.report, root.report):
                    reasons = (
                        found.reason,
                        Reason(rule="lineage.origin", why=_origin(why, against)),
                    )
                    lineages.append(
                        _lineage(bodies[member.report], bodies[root.report], found, reasons)
                    )
                else:
                    # It belongs to another of the group, or to none: it has to find its own root.
                    rest.append(member.report)
            left = rest
    return sorted(lineages, key=lambda lineage: (lineage.report, lineage.source))


def _origin(root: str, member: str) -> str:
    said = [f"of the origin: {root}" if root else "", f"of this one: {member}" if member else ""]
    return "; ".join(part for part in said if part) or "the origin is the fuller text"


def _lineage(here: _Body, there: _Body, match: _Match, reasons: tuple[Reason, ...]) -> Lineage:
    def span(body: _Body, start: int, end: int, role: str | None = None) -> Span:
        return Span(report=body.report, start=start, end=end, text=body.text[start:end], role=role)

    longest = sorted(match.passages, key=lambda p: (p[0] - p[1], p[0]))
    return identified(
        Lineage(
            report=here.report,
            source=there.report,
            form=match.form,
            share=round(min(match.share, 1.0), 4),
            evidence=tuple(
                span(here, start, end) for start, end, _, _ in sorted(longest[:_MOST_EVIDENCE])
            ),
            aligned=tuple(
                Alignment(here=span(here, a, b), there=span(there, c, d))
                for a, b, c, d in sorted(longest[:_MOST_ALIGNED])
            ),
            reasons=reasons,
        )
    )


def families(lineages: Iterable[Lineage], reports: Iterable[str]) -> dict[str, str]:
    """The root of each report's family, itself if it was made from none.

    Accounts are independent where their roots differ.
    """
    source = {lineage.report: lineage.source for lineage in lineages}
    roots = {}
    for report in sorted(reports):
        root = report
        while root in source:
            root = source[root]
        roots[report] = root
    return roots
