"""Who publishes a report and whom it has it from: outlet, agency and title, with the words.

Signs are taken in the order of their strength: what the source itself states (metadata, its
address), a masthead, an image address on an outlet's domain, the site named in a notice, a
dateline, a source line, a source without a name that "told X". Of several signs for one field
the first counts; all are kept as reasons.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from dragoman.annotate.damage import FoundRepair
from dragoman.claims import Received
from dragoman.languages import load
from dragoman.languages.lexicon import Lexicon, fold
from dragoman.languages.outlets import (
    Outlet,
    outlet_lexicon,
    outlet_named,
    outlet_of,
    outlets,
)
from dragoman.languages.words import CAPITALS, Cut, Word, cut, words
from dragoman.types import Reason, Span, report_id

_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_STOPPED = re.compile(r"[.!?…:;,][\"'”’»)\]]*$")
# A dateline's place: up to five words in capitals or with a capital, before a bracket or a dash.
_DATELINE = re.compile(
    rf"(?P<place>[{CAPITALS}][\w.’'/-]*(?:,? ?[{CAPITALS}][\w.’'/-]*){{0,4}}"
    r"(?:, (?:[\w. ]{1,14}\d{1,2}|\d{1,2}\.? [^\W\d_]{3,12}))?(?!\w)\s*)?"
    r"(?:[(\[](?P<bracket>[^()\[\]]{2,40})[)\]]\s*[–—:-]|[–—-]\s*[(\[](?P<late>[^()\[\]]{2,40})[)\]]"
    r"|/(?P<slashes>[^/\n]{2,20})/\.?(?=\s)|(?P<bare>[^\W\d_][\w ]{1,30}?)\s+[–—-]\s)"
)
_MASTHEAD = re.compile(
    r"(?P<name>[^|,\d\n]{3,40}?)\s*[|,–—]\s*(?:[^\W\d]+,? )?[\w. ]{0,20}\b(?:19|20)\d\d\.?"
)
_ENDING = re.compile(r"[(\[](?P<agency>[^()\[\]]{2,40})[)\]]\s*$")
_LONGEST_TITLE = 26
_FIRST_LINES = 4
_LONGEST_NAME = 5

Field = Literal["outlet", "agency"]
Notice = tuple[int, int, Reason]


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


def _sign(outlet: Outlet | str, place: tuple[int, int] | None, rule: str, why: str) -> _Sign:
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
        form = found[first].text
        if form in hit.value.forms or (found[first].capital and _fits(form, hit.value)):
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


def _in_notices(whole: Cut, code: str | None, notices: Sequence[Notice]) -> Iterator[_Sign]:
    text = whole.text
    for start, end, _ in notices:
        for match in _ADDRESS.finditer(text, start, end):
            if known := outlet_of(match[0]):
                why = "an address in the text is on its domain"
                yield _sign(known, match.span(), "address", why)
    for start, end, _ in notices:
        first, last = whole.between(start, end)
        found, folded = whole.words[first:last], whole.folded[first:last]
        for hit in _leads(code, "site_leads").find_all(folded):
            place = _name_after(found, hit.last, text, code)
            if place and found[hit.last].fold not in _readers(code):
                named = text[place[0] : place[1]]
                lead = text[found[hit.first].start : found[hit.last - 1].end]
                why = f"a notice names the site after {lead!r}"
                yield _sign(_by_name(named) or named, place, "notice", why)
        for hit in _leads(code, "site_tails").find_all(folded):
            if place := _name_before(found, hit.first, text):
                named = text[place[0] : place[1]]
                why = f"a notice names the site before {found[hit.first].text!r}"
                yield _sign(_by_name(named) or named, place, "notice", why)


@functools.cache
def _readers(code: str | None) -> frozenset[str]:
    return frozenset(fold(word) for word in load(code).damage.reader)


def _name_after(
    found: Sequence[Word], first: int, text: str, code: str | None
) -> tuple[int, int] | None:
    """The place of a name (words with capitals) that begins at a word, an article left out."""
    if first < len(found) and found[first].fold in _articles(code):
        first += 1
    last = first
    joins = load(code).grammar
    small = {fold(word) for word in (*joins.prepositions, *joins.contractions, *joins.articles)}
    for place in range(first, min(first + _LONGEST_NAME, len(found))):
        if place > first and text[found[place - 1].end : found[place].start] != " ":
            break
        if found[place].capital:
            last = place + 1
        elif found[place].fold not in small or place == first:
            break
    return (found[first].start, found[last - 1].end) if last > first else None


def _name_before(found: Sequence[Word], last: int, text: str) -> tuple[int, int] | None:
    """The place of a name of at least two words with capitals that ends before a word."""
    first = last
    while (
        first > 0
        and found[first - 1].capital
        and (first == last or text[found[first - 1].end : found[first].start] == " ")
    ):
        first -= 1
    return (found[first].start, found[last - 1].end) if last - first > 1 else None


def _source_lines(whole: Cut, code: str | None, notices: Sequence[Notice]) -> Iterator[_Sign]:
    text, rows = whole.text, whole.lines
    edges = {row for row in rows if any(row[0] < b and a < row[1] for a, b, _ in notices)}
    for start, end in sorted(edges | set(rows[-_FIRST_LINES:]) | set(rows[:_FIRST_LINES])):
        first, last = whole.between(start, end)
        found = whole.words[first:last]
        for hit in _leads(code, "source_lines").at(whole.folded[first:last], 0):
            rest = found[hit.last :]
            marked = bool(rest) and rest[0].text in ":|–—-"
            rest = rest[1:] if marked else rest
            if not rest or len(rest) > _LONGEST_NAME + 2:
                continue
            known = _named(rest, 0, len(rest))
            if known:
                place = (rest[0].start, rest[known[1] - 1].end)
                yield _sign(known[0], place, "source_line", "a line names the source")
            elif marked and (named := _name_after(rest, 0, text, code)):
                name = text[named[0] : named[1]]
                sign = _sign(name, named, "source_line", "a line names the source")
                nouns = {fold(noun) for noun in load(code).damage.agency_nouns}
                is_agency = any(fold(word) in nouns for word in name.split())
                yield sign._replace(field="agency") if is_agency else sign
            break


def _datelines(text: str, rows: Sequence[tuple[int, int]], code: str | None) -> Iterator[_Sign]:
    for start, end in rows[:_FIRST_LINES]:
        if match := _DATELINE.match(text, start, end):
            for group in ("bracket", "late", "slashes", "bare"):
                if match[group] and (known := _credited(match[group])):
                    yield _sign(known, match.span(group), "dateline", "the dateline names it")
            place = match["place"]
            if match["bracket"] and place and place.split(",")[0].isupper():
                name = match["bracket"].strip()
                if name[:1].isupper() and not _credited(name) and not re.search(r"\d", name):
                    why = "the dateline names it"
                    yield _Sign(
                        "agency",
                        _full_name(text, name, code),
                        match.span("bracket"),
                        Reason(rule="credits.dateline", why=why),
                    )
    for start, end in (*rows[:1], *rows[-1:]):
        match = _ENDING.search(text, start, end)
        if match and (known := _credited(match["agency"])):
            yield _sign(known, match.span("agency"), "signature", "the text is signed with it")


def _full_name(text: str, name: str, code: str | None) -> str:
    """The longer name of an agency, where the text has it beside a noun for an agency."""
    nouns = frozenset(fold(noun) for noun in load(code).damage.agency_nouns)
    for match in re.finditer(rf"\b{re.escape(name)}(?: [{CAPITALS}][\w-]+){{1,3}}", text):
        if any(fold(word) in nouns for word in match[0].split()):
            return match[0]
    return name


def _mastheads(
    text: str, rows: Sequence[tuple[int, int]], received: Received, notices: Sequence[Notice]
) -> Iterator[_Sign]:
    """An outlet that heads the text: before a date, or alone and named elsewhere too."""
    for start, end in rows[:_FIRST_LINES]:
        match = _MASTHEAD.fullmatch(text, start, end)
        if match and match["name"][:1].isupper():
            why = "it stands with a date at the head of the text"
            yield _sign(match["name"].strip(), match.span("name"), "masthead", why)
            return
    for start, end in rows[:1]:
        if _names_itself(text[start:end], received, [text[a:b] for a, b, _ in notices]):
            why = "it heads the text and is named in a notice or in the source's address"
            yield _sign(text[start:end], (start, end), "masthead", why)


def _names_itself(line: str, received: Received, notices: Sequence[str]) -> bool:
    """Whether a short line is met again in a notice, or in the path or address of the source."""
    if _STOPPED.search(line) or len(line.split()) > _LONGEST_NAME or not line[:1].isupper():
        return False
    slug = re.sub(r"[\W_]+", "", fold(line))
    return any(
        slug in re.sub(r"[\W_]+", "", fold(other))
        for other in (received.source, received.url or "", *notices)
    )


def _credited(words_between: str) -> Outlet | None:
    """The agency of a dateline; of several ("AFP/Reuters") the first that is known."""
    for part in re.split(r"[/,;&]|\s+-\s+", words_between):
        known = _by_name(part.strip())
        if known and _fits(part.strip(), known):
            return known
    return None


def _told(
    whole: Cut, code: str | None, notices: Sequence[Notice], repairs: Sequence[FoundRepair]
) -> Iterator[_Sign]:
    """The outlets that sources without a name are said to have told something."""
    text = whole.text
    restored = {r.start: (r.end, r.restored) for r in repairs if outlet_named(r.restored)}
    tellings = [whole.starts[hit.first] for hit in _leads(code, "told").find(whole.folded)]
    for start, end in whole.sentences:
        if not any(start <= telling < end for telling in tellings):
            continue
        if any(start < b and a < end for a, b, _ in notices):
            continue
        first, last = whole.between(start, end)
        found, folded = whole.words[first:last], whole.folded[first:last]
        unnamed = _leads(code, "unnamed").find(folded)
        for hit in _leads(code, "told").find(folded) if unnamed else ():
            if unnamed[0].first > hit.first:
                continue
            for place in range(hit.last, min(hit.last + 3, len(found))):
                lead = text[found[unnamed[0].first].start : found[hit.last - 1].end]
                why = f"a source without a name told it ({lead!r})"
                if found[place].start in restored:
                    until, name = restored[found[place].start]
                    yield _sign(name, (found[place].start, until), "told", why)
                    break
                if known := _named(found, place, len(found)):
                    span = (found[place].start, found[known[1] - 1].end)
                    yield _sign(known[0], span, "told", why)
                    break


# ---------------------------------------------------------------- the title


@functools.cache
def _known_names() -> frozenset[str]:
    return frozenset(name for outlet in outlets() for name in (outlet.name, *outlet.forms))


def _title(
    text: str, rows: Sequence[tuple[int, int]], known: frozenset[str]
) -> tuple[int, int] | None:
    """The first line, if it reads as a headline: short, without a stop, before a longer line."""
    if len(rows) < 2:
        return None
    (start, end), following = rows[0], rows[1 : 1 + _FIRST_LINES]
    line = text[start:end]
    size = sum(word.letters for word in words(line))
    if _STOPPED.search(line) and not line.endswith("?"):
        return None
    if not 2 <= size <= _LONGEST_TITLE or line in known:
        return None
    if all(until - after <= end - start for after, until in following):
        return None
    return start, end


def _covers(places: set[tuple[int, int] | None], row: tuple[int, int]) -> bool:
    return any(place and row[0] <= place[0] < row[1] for place in places)


def find_credits(
    received: Received,
    text: str,
    code: str | None,
    boilerplate: Sequence[Notice],
    repairs: Sequence[FoundRepair] = (),
) -> Credits:
    """Outlet, agency and title of a report.

    Args:
        received: the report and what its source states of it.
        text: the text as received; all places count in it.
        code: its language (ISO 639-1) or None.
        boilerplate: places that are no part of the report.
        repairs: places that read differently, so that a garbled outlet is known too.
    """
    whole = cut(text)
    rows = [
        (start, end)
        for start, end in whole.lines
        if not any(start < b and a < end for a, b, _ in boilerplate)
    ]
    signs = [
        *_stated(received),
        *_mastheads(text, rows, received, boilerplate),
        *_in_notices(whole, code, boilerplate),
        *_datelines(text, rows, code),
        *_source_lines(whole, code, boilerplate),
    ]
    told = list(_told(whole, code, boilerplate, repairs))
    # Sources that told two houses something were quoted from both, not for one of them.
    if len({sign.name for sign in told}) == 1:
        signs += told
    chosen: dict[Field, str] = {}
    for sign in signs:
        chosen.setdefault(sign.field, sign.name)
    # An agency's own report: the dateline has the short form of the outlet's name.
    outlet, agency = chosen.get("outlet"), chosen.get("agency")
    if outlet and agency and outlet.startswith(f"{agency} "):
        signs = [s._replace(name=outlet) if s.name == agency else s for s in signs]
        chosen["agency"] = outlet
    report = report_id(received.source, received.text)

    def span(start: int, end: int, role: str) -> Span:
        return Span(report=report, start=start, end=end, text=text[start:end], role=role)

    header = [
        span(*sign.place, sign.field)
        for sign in signs
        if sign.place and chosen[sign.field] == sign.name
    ]
    title = received.title
    heads = {sign.place for sign in signs if sign.reason.rule == "credits.masthead"}
    if place := _title(text, [row for row in rows if not _covers(heads, row)], _known_names()):
        header.append(span(*place, "title"))
        title = title or text[place[0] : place[1]]
    unique = {(s.start, s.end, s.role): s for s in header}
    reasons = [Reason(rule=s.reason.rule, why=f"{s.field} {s.name}: {s.reason.why}") for s in signs]
    return Credits(
        chosen.get("outlet"),
        chosen.get("agency"),
        title,
        tuple(sorted(unique.values(), key=Span.sort_key)),
        tuple(dict.fromkeys(reasons)),
    )
