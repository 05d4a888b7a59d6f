"""Who publishes a report and whom it has it from: outlet, agency and title, with the words.

Signs are weighed, strongest first: what the source itself states (metadata, its address), the
site named in a notice, an image address on an outlet's domain, a source line, a dateline, a
source without a name that "told X". Of several signs for one field the first counts; all are
kept as reasons.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from dragoman.claims import Received
from dragoman.languages import load
from dragoman.languages.lexicon import Lexicon
from dragoman.languages.outlets import (
    Outlet,
    outlet_lexicon,
    outlet_named,
    outlet_of,
    outlets,
)
from dragoman.languages.words import Word, lines, sentences, words
from dragoman.types import Reason, RepairReason, Span, report_id

_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_STOPPED = re.compile(r"[.!?…:;,][\"'”’»)\]]*$")
# A dateline's place: up to five words in capitals or with a capital, before a bracket or a dash.
_DATELINE = re.compile(
    r"(?:[A-ZÀ-Þ][\w.’'/-]*(?:,? ?[A-ZÀ-Þ][\w.’'/-]*){0,4}(?:, [\w. ]{1,14}\d{1,2})?\s*)?"
    r"(?:[(\[](?P<bracket>[^()\[\]]{2,40})[)\]]\s*[–—:-]|[–—-]\s*[(\[](?P<late>[^()\[\]]{2,40})[)\]]"
    r"|(?P<bare>[^\W\d_][\w ]{1,30}?)\s+[–—-]\s)"
)
_ENDING = re.compile(r"[(\[](?P<agency>[^()\[\]]{2,40})[)\]]\s*$")
_LONGEST_TITLE = 22
_FIRST_LINES = 4
_LONGEST_NAME = 5

Field = Literal["outlet", "agency"]
Notice = tuple[int, int, Reason]
# Characters `start` to `end`, and what they read after a repair (its kind and its reason follow).
Restored = tuple[int, int, str, RepairReason, Reason]


class Credits(NamedTuple):
    """Who publishes a report, whom it has it from, its headline, and the words that say so."""

    outlet: str | None
    agency: str | None
    title: str | None
    header: tuple[Span, ...]
    reasons: tuple[Reason, ...]


class _Sign(NamedTuple):
    field: Field
    name: str
    place: tuple[int, int] | None
    reason: Reason


def _sign(
    outlet: Outlet | str, place: tuple[int, int] | None, rule: str, why: str
) -> _Sign:
    known = outlet if isinstance(outlet, Outlet) else outlet_named(outlet)
    name = known.name if known else str(outlet)
    field: Field = "agency" if known and known.kind == "agency" else "outlet"
    return _Sign(field, name, place, Reason(rule=f"credits.{rule}", why=why))


@functools.cache
def _leads(code: str | None, field: str) -> Lexicon[bool]:
    return Lexicon((phrase, True) for phrase in getattr(load(code).damage, field))


def _by_name(text: str) -> Outlet | None:
    """The outlet or agency that a whole phrase names."""
    found = [word.fold for word in words(text)]
    if found and found[0] in _articles(None):
        found = found[1:]
    for hit in outlet_lexicon().at(found, 0):
        if hit.last == len(found):
            return hit.value
    return None


@functools.cache
def _articles(code: str | None) -> frozenset[str]:
    return frozenset(load(code).grammar.articles)


def _named(found: Sequence[Word], first: int, last: int) -> tuple[Outlet, int] | None:
    """The known outlet that is named, with its capitals, from a word on, and where it ends."""
    folded = [word.fold for word in found]
    for hit in outlet_lexicon().at(folded, first, last):
        if found[first].capital and _fits(found[first].text, hit.value):
            return hit.value, hit.last
    return None


def _fits(form: str, outlet: Outlet) -> bool:
    """Whether a form of one word is written as that outlet writes it ("APA" is not "Apa")."""
    acronyms = {name for name in (outlet.name, *outlet.forms) if name.isupper()}
    return not any(form.casefold() == name.casefold() and form != name for name in acronyms)


# ---------------------------------------------------------------- the signs


def _stated(received: Received) -> Iterator[_Sign]:
    if received.outlet:
        known = _by_name(received.outlet)
        name = known.name if known else received.outlet
        yield _Sign("outlet", name, None, Reason(rule="credits.stated", why="the source states it"))
    if received.agency:
        known = _by_name(received.agency)
        name = known.name if known else received.agency
        yield _Sign("agency", name, None, Reason(rule="credits.stated", why="the source states it"))
    if received.url and (known := outlet_of(received.url)):
        why = f"the address {received.url} is on its domain"
        yield _Sign("outlet", known.name, None, Reason(rule="credits.address", why=why))


def _in_notices(text: str, code: str | None, notices: Sequence[Notice]) -> Iterator[_Sign]:
    for start, end, _ in notices:
        for match in _ADDRESS.finditer(text, start, end):
            if known := outlet_of(match[0]):
                why = "an address in the text is on its domain"
                yield _sign(known, match.span(), "address", why)
        found = words(text, start, end)
        for hit in _leads(code, "site_leads").find_all([word.fold for word in found]):
            if place := _name_after(found, hit.last, text, code):
                named = text[place[0] : place[1]]
                lead = text[found[hit.first].start : found[hit.last - 1].end]
                why = f"a notice names the site after {lead!r}"
                yield _sign(_by_name(named) or named, place, "notice", why)


def _name_after(
    found: Sequence[Word], first: int, text: str, code: str | None
) -> tuple[int, int] | None:
    """The place of a name (words with capitals) that begins at a word, an article left out."""
    if first < len(found) and found[first].fold in _articles(code):
        first += 1
    last = first
    while (
        last < len(found)
        and last - first < _LONGEST_NAME
        and found[last].capital
        and (last == first or text[found[last - 1].end : found[last].start] == " ")
    ):
        last += 1
    return (found[first].start, found[last - 1].end) if last > first else None


def _source_lines(text: str, code: str | None, notices: Sequence[Notice]) -> Iterator[_Sign]:
    rows = lines(text)
    edges = {row for row in rows if any(row[0] < b and a < row[1] for a, b, _ in notices)}
    for start, end in sorted(edges | set(rows[-_FIRST_LINES:]) | set(rows[:_FIRST_LINES])):
        found = words(text, start, end)
        for hit in _leads(code, "source_lines").at([word.fold for word in found], 0):
            rest = found[hit.last :]
            marked = bool(rest) and rest[0].text in ":|–—-"
            rest = rest[1:] if marked else rest
            if not rest or not rest[0].capital or len(rest) > _LONGEST_NAME + 2:
                continue
            known = _named(rest, 0, len(rest))
            if known:
                place = (rest[0].start, rest[known[1] - 1].end)
                yield _sign(known[0], place, "source_line", "a line names the source")
            elif marked and (place := _name_after(rest, 0, text, code)):
                name = text[place[0] : place[1]]
                if not _ADDRESS.match(name):
                    yield _sign(name, place, "source_line", "a line names the source")
            break


def _datelines(text: str, rows: Sequence[tuple[int, int]]) -> Iterator[_Sign]:
    for start, end in rows[:_FIRST_LINES]:
        if match := _DATELINE.match(text, start, end):
            for group in ("bracket", "late", "bare"):
                if match[group] and (known := _credited(match[group])):
                    yield _sign(known, match.span(group), "dateline", "the dateline names it")
    for start, end in (*rows[:1], *rows[-1:]):
        match = _ENDING.search(text, start, end)
        if match and (known := _credited(match["agency"])):
            yield _sign(known, match.span("agency"), "signature", "the text is signed with it")


def _credited(words_between: str) -> Outlet | None:
    """The agency of a dateline; of several ("AFP/Reuters") the first that is known."""
    for part in re.split(r"[/,;&]|\s+-\s+", words_between):
        known = _by_name(part.strip())
        if known and _fits(part.strip(), known):
            return known
    return None


def _told(
    text: str, code: str | None, notices: Sequence[Notice], repairs: Sequence[Restored]
) -> Iterator[_Sign]:
    """The outlets that sources without a name are said to have told something."""
    restored = {start: (end, name) for start, end, name, *_ in repairs if outlet_named(name)}
    for first, last in sentences(text):
        if any(first < b and a < last for a, b, _ in notices):
            continue
        found = words(text, first, last)
        folded = [word.fold for word in found]
        unnamed = _leads(code, "unnamed").find(folded)
        for hit in _leads(code, "told").find(folded) if unnamed else ():
            if unnamed[0].first > hit.first:
                continue
            for place in range(hit.last, min(hit.last + 3, len(found))):
                lead = text[found[unnamed[0].first].start : found[hit.last - 1].end]
                why = f"a source without a name told it ({lead!r})"
                if found[place].start in restored:
                    end, name = restored[found[place].start]
                    yield _sign(name, (found[place].start, end), "told", why)
                    break
                if known := _named(found, place, len(found)):
                    span = (found[place].start, found[known[1] - 1].end)
                    yield _sign(known[0], span, "told", why)
                    break


# ---------------------------------------------------------------- the title


def _title(
    text: str, rows: Sequence[tuple[int, int]], known: frozenset[str]
) -> tuple[int, int] | None:
    """The first line, if it reads as a headline: short, without a stop, before a longer line."""
    if len(rows) < 2:
        return None
    (start, end), (after, until) = rows[0], rows[1]
    line = text[start:end]
    size = sum(word.letters for word in words(line))
    if _STOPPED.search(line) and not line.endswith("?"):
        return None
    if not 2 <= size <= _LONGEST_TITLE or until - after <= end - start or line in known:
        return None
    return start, end


def find_credits(
    received: Received,
    text: str,
    code: str | None,
    boilerplate: Sequence[Notice],
    repairs: Sequence[Restored] = (),
) -> Credits:
    """Outlet, agency and title of a report.

    Args:
        received: the report and what its source states of it.
        text: the text as received; all places count in it.
        code: its language (ISO 639-1) or None.
        boilerplate: places that are no part of the report.
        repairs: places that read differently, so that a garbled outlet is known too.
    """
    rows = [
        (start, end)
        for start, end in lines(text)
        if not any(start < b and a < end for a, b, _ in boilerplate)
    ]
    signs = [
        *_stated(received),
        *_in_notices(text, code, boilerplate),
        *_source_lines(text, code, boilerplate),
        *_datelines(text, rows),
    ]
    told = list(_told(text, code, boilerplate, repairs))
    # Sources that told two houses something were quoted from both, not for one of them.
    if len({sign.name for sign in told}) == 1:
        signs += told
    chosen: dict[Field, str] = {}
    for sign in signs:
        chosen.setdefault(sign.field, sign.name)
    report = report_id(received.source, received.text)

    def span(start: int, end: int, role: str) -> Span:
        return Span(report=report, start=start, end=end, text=text[start:end], role=role)

    header = [
        span(*sign.place, sign.field)
        for sign in signs
        if sign.place and chosen[sign.field] == sign.name
    ]
    title = received.title
    names = frozenset(name for outlet in outlets() for name in (outlet.name, *outlet.forms))
    if place := _title(text, rows, names):
        header.append(span(*place, "title"))
        title = title or text[place[0] : place[1]]
    unique = {(s.start, s.end, s.role): s for s in header}
    reasons = [
        Reason(rule=s.reason.rule, why=f"{s.field} {s.name}: {s.reason.why}") for s in signs
    ]
    return Credits(
        chosen.get("outlet"),
        chosen.get("agency"),
        title,
        tuple(sorted(unique.values(), key=Span.sort_key)),
        tuple(dict.fromkeys(reasons)),
    )
