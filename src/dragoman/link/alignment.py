"""Two reports held beside each other: the same words in a row, or the same sentences in order.

A common event or a common quotation is not enough: what both quote is left out of the count, and
a retelling has to keep the order, the numbers and most of the names.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from dragoman.link.bodies import RUN, STEM, Body, Sentence
from dragoman.types import LineageForm, Reason

# ---- the same words
_GAP = 2  # words that two runs may lie apart and still be shown as one passage
_LEAST_COPIED = 8  # words: what is shorter is a turn of speech
_COPIED = 0.5  # of the words outside quotations
_COVERED = 0.6  # of the source's words: a copy; less is an excerpt
_ADDED_TO = 0.3  # a copy with much added: its share at the least, where it covers the source
_LEAST_THROUGH = 40  # words that run through the source: fewer may be what such reports always say
_LITTLE_ELSE = 0.8  # of an excerpt's words that come from there
# A sentence counts as shared, and as left whole, from these parts of its words; a rewrite leaves
# fewer of those that it shares whole.
_TOUCHED, _WHOLE, _LEFT_WHOLE = 0.3, 0.95, 0.4
# ---- the same sentences
_LEAST_SENTENCES = 3
_SPUN_ALIKE, _SPUN_SHARE, _SPUN_MEAN = 0.3, 0.6, 0.4
_TRANSLATED_ALIKE, _TRANSLATED_SHARE, _TRANSLATED_MEAN = 0.4, 0.65, 0.55
_LEAST_MARKS, _MARKS_A_PAIR = 6, 1.5  # different marks shared, in all and by pairs of sentences
# Of the names and numbers of the source's sentences that were translated, times the part of the
# sentences that were, between the first and the last of them.
_COMPLETE = 0.5
_NUMBERS_KEPT = 0.6  # of the numbers of sentences that were paired
# What a mark weighs in a translation that only one of two reports has: another language writes
# other words with a capital.
_ONE_SIDED = 0.25

Rows = tuple[int, int]


class _Run(NamedTuple):
    """Words in a row that two reports share: where they begin in both, and how many."""

    here: int
    there: int
    size: int


class Match(NamedTuple):
    """How a report rests on another: share, passages (characters here and there), and why."""

    form: LineageForm
    share: float
    passages: tuple[tuple[int, int, int, int], ...]
    reason: Reason


# ---------------------------------------------------------------- the same words


def _runs(here: Body, there: Body) -> list[_Run]:
    """The longest runs of words that stand in both, each word of `here` in one at the most."""
    mine, theirs = here.folded, there.folded
    runs: list[_Run] = []
    place = 0
    while place <= len(mine) - RUN:
        best = _Run(place, 0, 0)
        follows = runs[-1].there + runs[-1].size if runs else 0
        for other in there.runs.get(tuple(mine[place : place + RUN]), ()):
            size = RUN
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
    runs: Sequence[_Run], here: Body, there: Body
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


def _copied(here: Body, there: Body) -> Match | None:
    met = sum(len(here.runs[key]) for key in here.runs.keys() & there.runs.keys())
    # So many of its words can stand in runs at the most: too few, and there is no need to look.
    if met * RUN < _ADDED_TO * here.plain:
        return None
    runs = _runs(here, there)
    mine = {place for run in runs for place in range(run.here, run.here + run.size)}
    theirs = {place for run in runs for place in range(run.there, run.there + run.size)}
    if len(mine) < _LEAST_COPIED:
        return None
    own = [place for place, quoted in enumerate(here.quoted) if not quoted]
    told = [place for place, quoted in enumerate(there.quoted) if not quoted]
    share = len(mine) / len(here.words)
    covered = len(theirs) / len(there.words)
    # What both quote proves nothing; only where nearly all is quotation the whole has to do.
    plain = len(mine & set(own)) / len(own) if len(own) > RUN else share
    plain_covered = len(theirs & set(told)) / len(told) if len(told) > RUN else covered
    wide = plain_covered >= _COVERED
    through = (
        len(theirs) >= _LEAST_THROUGH and (max(theirs) - min(theirs)) / len(there.words) >= _COVERED
    )
    if not (plain >= _COPIED or ((wide or through) and plain >= _ADDED_TO)):
        return None
    # A part and little else is an excerpt; what runs all through it, with more put in, a copy.
    whole = wide or (through and share < _LITTLE_ELSE)
    form: LineageForm = "copy" if whole else "excerpt"
    if _reworded(here, mine):
        form = "spin"
    return Match(
        form,
        share,
        _passages(runs, here, there),
        Reason(
            rule="lineage.words",
            why=f"{share:.0%} of its words stand in a row there too; they are "
            f"{covered:.0%} of that report"
            + ("; most of its sentences are changed a little" if form == "spin" else ""),
            weight=round(share, 3),
        ),
    )


def _reworded(here: Body, shared: set[int]) -> bool:
    """Whether words are exchanged in most of the sentences that it shares, a few left whole."""
    touched = whole = 0
    for sentence in here.sentences:
        places = range(sentence.first, sentence.last)
        held = sum(place in shared for place in places) / len(places)
        touched += held >= _TOUCHED
        whole += held >= _WHOLE
    return touched >= _LEAST_SENTENCES and whole < _LEFT_WHOLE * touched


# ---------------------------------------------------------------- the same sentences


def _scores(
    mine: Sequence[Counter[str]], theirs: Sequence[Counter[str]], weight: Mapping[str, float]
) -> dict[Rows, float]:
    """How alike (0 to 1) each sentence is to each of the other report's that shares a key with it.

    Twice the weight of what both hold, by the weight of all that they hold.
    """
    holding: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for column, bag in enumerate(theirs):
        for key, count in bag.items():
            holding[key].append((column, count))
    both: dict[Rows, float] = defaultdict(float)
    for row, bag in enumerate(mine):
        for key, count in bag.items():
            for column, other in holding.get(key, ()):
                both[row, column] += weight[key] * min(count, other)
    mine_total, theirs_total = (
        [sum(weight[key] * count for key, count in bag.items()) for bag in bags]
        for bags in (mine, theirs)
    )
    return {
        (row, column): 2 * shared / (mine_total[row] + theirs_total[column])
        for (row, column), shared in both.items()
    }


def _weights(
    mine: Sequence[Counter[str]], theirs: Sequence[Counter[str]], one_sided: float
) -> dict[str, float]:
    """Rarer within the two reports weighs more: a name in every sentence aligns none.

    What only one of them has weighs `one_sided`, unless it is a number: those are always kept.
    """
    met = Counter(key for bag in (*mine, *theirs) for key in bag)
    both = {key for bag in mine for key in bag} & {key for bag in theirs for key in bag}
    return {
        key: count**-0.5 * (1.0 if key in both or key[0].isdigit() else one_sided)
        for key, count in met.items()
    }


def _in_spelling_of(
    mine: Sequence[Counter[str]], theirs: Sequence[Counter[str]]
) -> list[Counter[str]]:
    """Marks of one report, written as the other has them where only the ending differs."""
    there = sorted({key for bag in theirs for key in bag if key.isalpha()})
    spelling: dict[str, str] = {}
    for key in sorted({key for bag in mine for key in bag if key.isalpha()} - set(there)):
        if len(key) >= STEM - 1:
            stem = key[: max(STEM - 1, len(key) - 2)]
            near = [other for other in there if other.startswith(stem) or key.startswith(other)]
            near = [other for other in near if len(other) >= STEM - 1]
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


def _retold(here: Body, there: Body, *, translated: bool) -> Match | None:
    """Whether a report tells another's sentences in its order, in other words."""
    alike, least_share, least_mean = (
        (_TRANSLATED_ALIKE, _TRANSLATED_SHARE, _TRANSLATED_MEAN)
        if translated
        else (_SPUN_ALIKE, _SPUN_SHARE, _SPUN_MEAN)
    )
    mine = [s.marks if translated else s.words for s in here.sentences]
    theirs = [s.marks if translated else s.words for s in there.sentences]
    if translated:
        mine = _in_spelling_of(mine, theirs)
    # Sentences without a mark say nothing of a translation, for it or against it.
    told = sum(_size(here.sentences[row]) for row, bag in enumerate(mine) if bag)
    weight = _weights(mine, theirs, _ONE_SIDED if translated else 1.0)
    scores = {
        rows: score for rows, score in _scores(mine, theirs, weight).items() if score >= alike
    }
    # What has no counterpart at all can't have one in order.
    if sum(_size(here.sentences[row]) for row in {row for row, _ in scores}) < least_share * told:
        return None
    pairs = _in_order(scores, len(mine), len(theirs))
    if len(pairs) < _LEAST_SENTENCES:
        return None
    share = sum(_size(here.sentences[row]) for row, _ in pairs) / told
    mean = sum(scores[pair] for pair in pairs) / len(pairs)
    shared = {key for row, column in pairs for key in mine[row] & theirs[column]}
    if share < least_share or mean < least_mean:
        return None
    if translated and not _goes_through([mine, theirs], pairs, there):
        return None
    if len(shared) < max(_LEAST_MARKS, _MARKS_A_PAIR * len(pairs)):
        return None
    numbers = {key for row, _ in pairs for key in mine[row] if key[0].isdigit()}
    kept = {key for bag in theirs for key in bag} & numbers
    if len(kept) < _NUMBERS_KEPT * len(numbers):
        return None
    what = "names and numbers" if translated else "names, numbers and words"
    return Match(
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


def _goes_through(
    bags: Sequence[Sequence[Counter[str]]], pairs: Sequence[Rows], there: Body
) -> bool:
    """Whether the source is gone through, its names and numbers kept.

    Another account picks out facts here and there, and of each what it wants.
    """
    mine, theirs = bags
    first, last = pairs[0][1], pairs[-1][1]
    dense = len(pairs) / sum(map(bool, theirs[first : last + 1]))
    told = kept = 0
    for row, column in pairs:
        keys = [key for key in theirs[column] if key[0].isdigit() or not there.capital_nouns]
        told += len(keys)
        kept += sum(key in mine[row] for key in keys)
    return kept * dense >= _COMPLETE * told


def _size(sentence: Sentence) -> int:
    return sentence.end - sentence.start


def compare(here: Body, there: Body, languages: tuple[str | None, str | None]) -> Match | None:
    """How `here` would rest on `there`; None where it does not.

    Args:
        here: the report that may have been made from the other.
        there: the report that may be its source.
        languages: their languages (ISO 639-1), in that order; two known and different ones are
            compared as a translation.
    """
    if not here.words or not there.words:
        return None
    one, other = languages
    translated = one is not None and other is not None and one != other
    match = _copied(here, there)
    if match is None:
        return _retold(here, there, translated=translated)
    # What is reworded is shown by sentences, if they tell the same in the same order.
    reworded = match.form == "spin" and not translated
    return (_retold(here, there, translated=False) or match) if reworded else match
