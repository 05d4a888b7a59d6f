"""Old names of places in reports of the present: "Constantinople"."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from dragoman.annotate.damage.found import FoundRepair, Under, phrases_of
from dragoman.languages import load
from dragoman.languages.damage import Renamed
from dragoman.languages.lexicon import Lexicon
from dragoman.languages.outlets import platforms
from dragoman.types import Reason

_LONG = 60  # years: what is told of a time soon after the change may rightly have the old name
_YEAR = re.compile(r"(?<![\d.,:/-])(1[0-9]\d\d|20\d\d)(?:s|\b)(?![.,]\d)")


@functools.cache
def _old_names(code: str | None) -> Lexicon[Renamed]:
    return Lexicon(
        (garbled, renamed) for renamed in load(code).damage.renamed for garbled in renamed.garbled
    )


def _present(under: Under, since: int) -> str | None:
    """What shows that a text tells of a time after a year; None where the past is as likely."""
    years = [int(match[1]) for match in _YEAR.finditer(under.text)]
    if years:
        # A glance at the past ("as in the 1700s") does not make the whole text tell of it.
        later = [year for year in years if year > since]
        if 2 * len(later) > len(years) and max(later) > since + _LONG:
            return f"the text tells of {max(later)}"
        return None
    for platform in platforms():
        if platform.since > since and not platform.common and platform.name in under.text:
            return f"the text tells of {platform.name}"
    for hit in phrases_of(under.code, "present_signs").find_all(under.folded):
        return f"the text tells of {under.shown(hit.first, hit.last)}"
    return None


def _of_the_past(under: Under, start: int, since: int) -> bool:
    """Whether the sentence that holds a place tells of a time before a year."""
    around = next(((a, b) for a, b in under.cut.sentences if a <= start < b), None)
    if around is None:
        return False
    if phrases_of(under.code, "past_signs").find_all(under.folded, *under.cut.between(*around)):
        return True
    return any(int(match[1]) <= since for match in _YEAR.finditer(under.text, *around))


def renamed_places(under: Under) -> Iterator[FoundRepair]:
    """The places of a text that have had another name for long."""
    for hit in _old_names(under.code).find(under.folded):
        word, renamed = under.words[hit.first], hit.value
        if not word.capital or _of_the_past(under, word.start, renamed.since):
            continue
        if (witness := _present(under, renamed.since)) is None:
            continue
        why = f"{renamed.restored} since {renamed.since}; {witness}"
        yield FoundRepair(
            word.start,
            under.words[hit.last - 1].end,
            renamed.restored,
            "translation",
            Reason(rule="damage.old_name", why=why),
        )
