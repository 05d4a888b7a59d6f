"""What was done to a report's words, and what they were.

Four sorts of damage: `spin` (synonyms put in the place of names and set phrases), `translation`
(names translated word by word, old names of places), `encoding` (UTF-8 read as another code).
`spelling` is left to linking, where another report can be the witness. Each repair needs a
witness in the text or in a list; without one nothing is changed.
"""

from __future__ import annotations

import contextlib
import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

import babel

from dragoman.languages import load
from dragoman.languages.damage import DamageFile, FixedPhrase, Renamed, Swap
from dragoman.languages.lexicon import Lexicon, fold
from dragoman.languages.outlets import outlets, platforms
from dragoman.languages.words import Word, sentences, words
from dragoman.types import Reason, RepairReason

_LAST_DAY = 31
_DAY = re.compile(r"\d{1,2}")
_YEAR = re.compile(r"(?<![\d.,:/-])(1[0-9]\d\d|20\d\d)(?:s|\b)(?![.,]\d)")
_APPOSITION = re.compile(r"\s*\(([A-ZÀ-Þ]{2,6})\)")
_BACK = 6
_STATE_LETTERS = 4
_NAME_LETTERS = 5
_SURE_BYTES = 3
_NEAR = 5
_WITH_POSSESSIVE = 3
# Bytes of UTF-8 above ASCII, as the letters that cp1252 (or latin-1, where it has none) shows.
_MANGLED = {
    chr(byte) if byte in {0x81, 0x8D, 0x8F, 0x90, 0x9D} else bytes([byte]).decode("cp1252"): byte
    for byte in range(0x80, 0x100)
} | {chr(byte): byte for byte in range(0x80, 0xA0)}
_LEADS = "".join(char for char, byte in _MANGLED.items() if 0xC2 <= byte <= 0xF4)
_TRAILS = "".join(char for char, byte in _MANGLED.items() if 0x80 <= byte <= 0xBF)
_MOJIBAKE = re.compile(
    f"(?:[{re.escape(_LEADS)}][{re.escape(_TRAILS)}]{{1,3}})+"  # one or more characters
)
# What one mangled character may come back as: Latin letters and signs, and common punctuation.
_PLAIN = re.compile("[\u00a0-\u017f\u2010-\u203a\u20ac\u2122]+")
_SCRIPTS = re.compile("[\u0370-\u03ff\u0400-\u04ff\u0530-\u06ff\u0900-\u0dff\u10a0-\u10ff\\s]{2,}")
_QUOTE_MARKS = frozenset("«»“”‘’„")

Found = tuple[int, int, Reason]


class FoundRepair(NamedTuple):
    """Characters `start` to `end` of the text as received, what they were, and why."""

    start: int
    end: int
    restored: str
    kind: RepairReason
    reason: Reason


class _Candidate(NamedTuple):
    """A spun form of a name: what it was, and which of its words have a capital."""

    restored: str
    sort: Literal["outlet", "platform", "name", "office"]
    capitals: tuple[int, ...]
    small: bool = False


class _Text(NamedTuple):
    """A text under repair: its words, and what else the rules look at."""

    text: str
    code: str | None
    damage: DamageFile
    words: list[Word]
    folded: list[str]
    openers: frozenset[int]


# ---------------------------------------------------------------- spun names


def _unit_of(word: str, damage: DamageFile) -> tuple[tuple[str, bool], ...]:
    """A name's word and its substitutes, each with whether it is a substitute."""
    return ((word, False), *((other, True) for other in damage.synonyms.get(fold(word), ())))


def _spun(name: str, damage: DamageFile) -> Iterator[tuple[str, tuple[int, ...]]]:
    """All spun forms of a name, and the places of the words that need a capital."""
    for units in itertools.product(*(_unit_of(word, damage) for word in name.split())):
        if not any(changed for _, changed in units):
            continue
        capitals, place = [], 0
        for unit, _ in units:
            if unit[:1].isupper() or fold(unit) in damage.synonyms or len(unit) > 3:
                capitals.append(place)
            place += len(words(unit))
        yield " ".join(unit for unit, _ in units), tuple(capitals)


@functools.cache
def _spun_names(code: str | None) -> Lexicon[_Candidate]:
    damage = load(code).damage
    listed: list[tuple[str, str, Literal["outlet", "platform", "name", "office"]]] = []
    for outlet in outlets():
        if not outlet.common:
            # "The Guardian" is met as "the Guardian": the article is no part of the damage.
            forms = [form.removeprefix("The ") for form in (outlet.name, *outlet.forms)]
            listed += [(form, outlet.name, "outlet") for form in dict.fromkeys(forms)]
    listed += [(platform.name, platform.name, "platform") for platform in platforms()]
    listed += [(name, name, "name") for name in damage.names]
    listed += [(office, office, "office") for office in damage.offices]
    genuine = {fold(form) for form, _, _ in listed} | {fold(name) for name in damage.genuine}
    return Lexicon(
        (
            spun,
            _Candidate(
                form if sort == "name" else restored, sort, capitals, form in damage.small_offices
            ),
        )
        for form, restored, sort in listed
        if " " in form
        for spun, capitals in _spun(form, damage)
        if fold(spun) not in genuine
    )


@functools.cache
def _genuine(code: str | None) -> Lexicon[bool]:
    return Lexicon((name, True) for name in load(code).damage.genuine)


@functools.cache
def _folded(code: str | None, field: str) -> frozenset[str]:
    return frozenset(fold(word) for word in getattr(load(code).damage, field))


@functools.cache
def _phrases(code: str | None, field: str) -> Lexicon[str]:
    return Lexicon((phrase, phrase) for phrase in getattr(load(code).damage, field))


@functools.cache
def _states(code: str | None) -> frozenset[str]:
    """The words by which a language names states and their peoples, folded."""
    names = load(code).names
    phrases = [
        phrase
        for table in (names.demonyms, names.states)
        for forms in table.values()
        for phrase in forms
    ]
    found = {fold(word) for phrase in phrases if " " not in phrase for word in phrase.split("|")}
    with contextlib.suppress(babel.UnknownLocaleError, ValueError):  # CLDR does not know it
        territories = babel.Locale.parse(code or "und").territories.items()
        found |= {fold(name) for key, name in territories if len(key) == 2 and name.isalpha()}
    return frozenset(found)


def _is_state(word: Word, code: str | None) -> bool:
    """Whether a word with a capital names a state or a people ("Omani" begins with a state)."""
    if not word.capital:
        return False
    states = _states(code)
    least = min(len(word.fold), _STATE_LETTERS)
    return any(word.fold[:size] in states for size in range(least, len(word.fold) + 1))


def _made_from_a_name(word: Word, found: Sequence[Word]) -> bool:
    """Whether a text has a name that this word is made from ("Arvenian", where it has "Arvenia").

    So that states that no list has, and peoples and regions, count as well.
    """
    return word.capital and any(
        other.capital
        and len(other.fold) >= _NAME_LETTERS
        and word.fold != other.fold
        and len(other.fold) <= len(word.fold)
        and word.fold.startswith(other.fold[:-1])
        for other in found
    )


@functools.cache
def _possessive_ends(code: str | None) -> frozenset[str]:
    return frozenset(words(fold(mark))[-1].fold for mark in load(code).names.possessive)


@functools.cache
def _joins(code: str | None) -> frozenset[str]:
    grammar = load(code).grammar
    return frozenset(fold(word) for word in (*grammar.prepositions, *grammar.contractions))


def _beside(under: _Text, first: int, last: int) -> tuple[str | None, bool]:
    """The person, state or acronym beside an office, and whether a word makes it another one."""
    found, code = under.words, under.code
    before = found[first - 1] if first else None
    if before and not under.text[before.end : found[first].start].isspace():
        before = None  # a hyphen or a line break stands between
    if before and before.fold in _folded(code, "modifiers"):
        return None, True
    # "Ukraine's": the name, a mark, and a letter that the tokens part.
    possessive = bool(
        before
        and before.fold in _possessive_ends(code)
        and first >= _WITH_POSSESSIVE
        and found[first - _WITH_POSSESSIVE].capital
    )
    state = bool(before and (_is_state(before, code) or _made_from_a_name(before, found)))
    if before and before.capital and not state and (first - 1) not in under.openers:
        # "Consumer Protection Minister" is no defence minister; "U.S. Protection ..." may be.
        acronym = before.text.isupper()
        if not acronym:
            return None, True
        state = True
    if before and before.text == "." and first > 1 and found[first - 2].text.isupper():
        return f"{found[first - 2].text}. before it", False
    if state and before:
        return f"{before.text} before it", False
    if possessive:
        return f"the owner {found[first - _WITH_POSSESSIVE].text} before it", False
    rest = under.text[found[last - 1].end :]
    if acronym_after := _APPOSITION.match(rest):
        return f"({acronym_after[1]}) after it", False
    after = found[last] if last < len(found) else None
    if after and after.capital and under.text[found[last - 1].end : after.start] == " ":
        return f"the name {after.text} after it", False
    if (
        after
        and last + 1 < len(found)
        and len(after.text) <= 3
        and _is_state(found[last + 1], code)
    ):
        return f"{found[last + 1].text} after it", False
    return None, False


def _spun_name(under: _Text, first: int, last: int, candidate: _Candidate) -> FoundRepair | None:
    found = under.words
    small = candidate.small and not any(word.capital for word in found[first:last])
    if not small and not all(found[first + place].capital for place in candidate.capitals):
        return None
    if _genuine(under.code).find_all(under.folded, max(0, first - 3), min(len(found), last + 3)):
        return None
    witness: str | None
    before = found[first - 1] if first else None
    if candidate.sort == "office":
        witness, other = _beside(under, first, last)
        if other or witness is None:
            return None
        witness = f"{candidate.restored} is an office; {witness}"
    else:
        if (
            before
            and before.capital
            and before.letters
            and (first - 1) not in under.openers
            and not _is_state(before, under.code)
            and not before.text.isupper()
        ):
            return None
        after = found[last] if last < len(found) else None
        if (
            candidate.sort != "name"
            and after
            and after.capital
            and after.letters
            and under.text[found[last - 1].end : after.start] == " "
        ):
            return None
        witness = f"{candidate.restored} is a known {candidate.sort}"
    start, end = found[first].start, found[last - 1].end
    restored = candidate.restored.lower() if small else candidate.restored
    if under.text[start:end].isupper():
        restored = restored.upper()
    why = f"word-by-word synonym: {witness}"
    return FoundRepair(
        start, end, restored, "spin", Reason(rule=f"damage.spun_{candidate.sort}", why=why)
    )


# ---------------------------------------------------------------- spun months


@functools.cache
def _months(code: str | None) -> dict[str, Swap]:
    return {fold(word): month for month in load(code).damage.months for word in month.garbled}


def _date_around(under: _Text, place: int) -> tuple[int, int, bool] | None:
    """The words of a date that a month's word stands in, and whether it is one beyond doubt.

    Month first (`Could 15–16, 2025`) or day first (`15 de Poderia de 2025`).
    """
    found, links = under.words, _folded(under.code, "date_links")
    leads = _folded(under.code, "date_leads")
    size = len(found)

    def is_day(index: int) -> bool:
        return (
            0 <= index < size
            and bool(_DAY.fullmatch(found[index].text))
            and 1 <= int(found[index].text) <= _LAST_DAY
        )

    def year_at(index: int) -> bool:
        return 0 <= index < size and bool(re.fullmatch(r"(19|20)\d\d", found[index].text))

    if is_day(place + 1) and under.text[found[place].end : found[place + 1].start] == " ":
        last = place + 2
        if last + 1 < size and found[last].text in "–—-" and is_day(last + 1):
            last += 2
        year = year_at(last) or (last < size and found[last].text == "," and year_at(last + 1))
        lead = place > 0 and (found[place - 1].fold in leads or _in_dateline(under, place))
        return place, last, year or lead or last > place + 2
    first = place - 1
    while first > 0 and found[first].fold in links:
        first -= 1
    if is_day(first):
        after = place + 1
        while after < size and found[after].fold in links:
            after += 1
        lead = first > 0 and found[first - 1].fold in leads
        linked = first < place - 1
        return first, place + 1, year_at(after) or (lead and (linked or found[place].capital))
    return None


def _in_dateline(under: _Text, place: int) -> bool:
    """Whether a place in capitals and a comma stand before a word ("GENEVA, ...")."""
    if place < 2 or under.words[place - 1].text != ",":
        return False
    before = under.words[place - 2]
    return before.text.isupper() and len(before.text) > 2 and before.letters


def _spun_months(under: _Text) -> Iterator[FoundRepair]:
    dates = []
    for place, word in enumerate(under.words):
        if word.fold in _months(under.code) and (span := _date_around(under, place)):
            dates.append((place, *span))
    for place, first, last, sure in dates:
        word = under.words[place]
        sibling = any(other for _, _, _, other in dates) and word.capital
        if not (sure or (sibling and place not in under.openers)):
            continue
        month = _months(under.code)[word.fold]
        if month.restored[0].isupper() and not word.capital:
            continue
        start, end = under.words[first].start, under.words[last - 1].end
        restored = under.text[start : word.start] + month.restored + under.text[word.end : end]
        witness = "a date stands around it" if sure else "other dates of the text have it too"
        why = f"{word.text} stands where a month stands; {witness}"
        yield FoundRepair(
            start, end, restored, month.kind, Reason(rule="damage.spun_month", why=why)
        )


# ---------------------------------------------------------------- set phrases


@functools.cache
def _fixed(code: str | None) -> Lexicon[FixedPhrase]:
    return Lexicon(
        (garbled, phrase) for phrase in load(code).damage.phrases for garbled in phrase.garbled
    )


def _cased(restored: str, garbled: str) -> str:
    return restored[:1].upper() + restored[1:] if garbled[:1].isupper() else restored


@functools.cache
def _any_of(phrases: tuple[str, ...]) -> Lexicon[bool]:
    return Lexicon((phrase, True) for phrase in phrases)


def _witness_of(under: _Text, phrase: FixedPhrase, first: int, last: int) -> str | None:
    """The words that speak for a set phrase: one of each list that it has; None if one lacks."""
    folded = under.folded
    found = []
    if phrase.before:
        found.append(
            [
                h
                for h in _any_of(phrase.before).find_all(folded, max(0, first - 4), first)
                if h.last == first
            ]
        )
    if phrase.near:
        found.append(_any_of(phrase.near).find_all(folded, last, min(len(folded), last + _NEAR)))
    if phrase.witness:
        hits = _any_of(phrase.witness).find_all(folded)
        found.append([h for h in hits if h.last <= first or h.first >= last])
    if not found or not all(found):
        return None
    words_of = [
        under.text[under.words[h[0].first].start : under.words[h[0].last - 1].end] for h in found
    ]
    return ", ".join(words_of)


def _spun_phrases(under: _Text) -> Iterator[FoundRepair]:
    for hit in _fixed(under.code).find(under.folded):
        phrase = hit.value
        if (witness := _witness_of(under, phrase, hit.first, hit.last)) is None:
            continue
        start, end = under.words[hit.first].start, under.words[hit.last - 1].end
        why = f"set phrase; the text also says {witness!r}"
        yield FoundRepair(
            start,
            end,
            _cased(phrase.restored, under.text[start:end]),
            phrase.kind,
            Reason(rule="damage.set_phrase", why=why),
        )


# ---------------------------------------------------------------- translated agencies


@functools.cache
def _agencies() -> dict[str, str]:
    """Acronyms in capitals and the agencies that they stand for."""
    return {
        form: outlet.name
        for outlet in outlets()
        if outlet.kind == "agency"
        for form in outlet.forms
        if form.isupper()
    }


def _translated_agencies(under: _Text) -> Iterator[FoundRepair]:
    damage, found = under.damage, under.words
    nouns, fitting = _folded(under.code, "agency_nouns"), _folded(under.code, "agency_words")
    articles = frozenset(fold(word) for word in load(under.code).grammar.articles)
    for place, word in enumerate(found):
        name = _agencies().get(word.text)
        if name is None or place < 2 or found[place - 1].text != "(" or place + 1 >= len(found):
            continue
        if found[place + 1].text != ")":
            continue
        window = range(max(0, place - 1 - _BACK), place - 1)
        first = next((index for index in window if found[index].fold in nouns), None)
        if first is None or "\n" in under.text[found[first].start : word.start]:
            continue
        noun = first
        if damage.noun_last:
            while first > window.start and found[first - 1].fold not in articles:
                first -= 1
            if first == window.start and found[first - 1].fold not in articles:
                first = noun
        odd = [
            other.text
            for other in found[first : place - 1]
            if other.letters
            and other.fold not in nouns
            and other.fold not in fitting
            and other.fold not in name.casefold()
            and other.fold not in _states(under.code)
        ]
        if not odd:
            continue
        start, end = found[first].start, found[place - 2].end
        why = (
            f"the acronym {word.text} beside it is that of {name}; {', '.join(odd)} fits no agency"
        )
        yield FoundRepair(
            start, end, name, "translation", Reason(rule="damage.translated_agency", why=why)
        )


# ---------------------------------------------------------------- old names of places


@functools.cache
def _old_names(code: str | None) -> Lexicon[Renamed]:
    return Lexicon(
        (garbled, renamed) for renamed in load(code).damage.renamed for garbled in renamed.garbled
    )


def _present(under: _Text, since: int) -> str | None:
    """What shows that a text tells of a time after a year; None where the past is as likely."""
    years = [int(match[1]) for match in _YEAR.finditer(under.text)]
    later = [year for year in years if year > since]
    if len(later) * 2 < len(years) or (years and not later):
        return None
    if later:
        return f"the text tells of {max(later)}"
    for platform in platforms():
        if platform.since > since and not platform.common and platform.name in under.text:
            return f"the text tells of {platform.name}"
    for hit in _phrases(under.code, "present_signs").find_all(under.folded):
        word = under.words[hit.first]
        return f"the text tells of {word.text}"
    return None


def _renamed_places(under: _Text) -> Iterator[FoundRepair]:
    hits = _old_names(under.code).find(under.folded)
    if not hits:
        return
    cuts = sentences(under.text)
    for hit in hits:
        word, renamed = under.words[hit.first], hit.value
        start, end = word.start, under.words[hit.last - 1].end
        if not word.capital or (witness := _present(under, renamed.since)) is None:
            continue
        around = next(((a, b) for a, b in cuts if a <= start < b), (start, end))
        inside = [w.fold for w in under.words if around[0] <= w.start < around[1]]
        if _phrases(under.code, "past_signs").find_all(inside):
            continue
        if any(int(m[1]) <= renamed.since for m in _YEAR.finditer(under.text, *around)):
            continue
        why = f"{renamed.restored} since {renamed.since}; {witness}"
        yield FoundRepair(
            start, end, renamed.restored, "translation", Reason(rule="damage.old_name", why=why)
        )


# ---------------------------------------------------------------- encoding


def _decoded(mangled: str) -> str | None:
    """The characters whose UTF-8 bytes were read as single letters; None if they are none."""
    try:
        plain = bytes(_MANGLED[char] for char in mangled).decode("utf-8")
    except UnicodeDecodeError:
        return None
    return plain if _PLAIN.fullmatch(plain) or _SCRIPTS.fullmatch(plain) else None


def _mojibake(text: str) -> Iterator[FoundRepair]:
    hits = [
        (match.start(), match.end(), plain)
        for match in _MOJIBAKE.finditer(text)
        if (plain := _decoded(match[0])) is not None
    ]
    # A capital with a closing quotation mark ("IRMÃ”") looks like one mangled letter; it is
    # believed only beside another that can be nothing else.
    sure = any(not set(text[start:end]) & _QUOTE_MARKS for start, end, _ in hits)
    words_of: dict[tuple[int, int], list[tuple[int, int, str]]] = {}
    for start, end, plain in hits:
        if set(text[start:end]) & _QUOTE_MARKS and not sure and end - start < _SURE_BYTES:
            continue
        first, last = start, end
        while first > 0 and text[first - 1].isalpha():
            first -= 1
        while last < len(text) and text[last].isalpha():
            last += 1
        words_of.setdefault((first, last), []).append((start, end, plain))
    done = 0
    for (first, last), parts in sorted(words_of.items()):
        # Words are repaired whole; those that overlap (two signs in one) are one stretch.
        if first < done:
            continue
        done = last
        restored, place = "", first
        for start, end, plain in (hit for hit in hits if first <= hit[0] and hit[1] <= last):
            restored += text[place:start] + plain
            place = end
        shown = ", ".join(repr(plain) for _, _, plain in parts)
        why = f"the bytes of {shown} in UTF-8 were read as cp1252; the way back is exact"
        yield FoundRepair(
            first,
            last,
            restored + text[place:last],
            "encoding",
            Reason(rule="damage.encoding", why=why),
        )


# ---------------------------------------------------------------- all


def _without_overlap(repairs: Iterable[FoundRepair]) -> list[FoundRepair]:
    """The repairs in order; of two that overlap the longer one."""
    kept: list[FoundRepair] = []
    for repair in sorted(repairs, key=lambda r: (r.start - r.end, r.start)):
        if all(repair.end <= other.start or repair.start >= other.end for other in kept):
            kept.append(repair)
    return sorted(kept)


def find_repairs(
    text: str, code: str | None, boilerplate: Sequence[Found] = ()
) -> list[FoundRepair]:
    """The damaged stretches of a text and what they were, in order, none overlapping another.

    Args:
        text: the text as received; all places count in it.
        code: its language (ISO 639-1) or None, in which case only its encoding is repaired.
        boilerplate: places that are no part of the report; nothing is repaired there.
    """
    found = words(text)
    starts = {start for start, _ in sentences(text)}
    openers = set()
    for place, word in enumerate(found):
        if word.start in starts:
            opener = place
            while opener < len(found) and not found[opener].letters:
                opener += 1
            openers.add(opener)
    under = _Text(
        text, code, load(code).damage, found, [word.fold for word in found], frozenset(openers)
    )
    names = (
        _spun_name(under, hit.first, hit.last, hit.value)
        for hit in _spun_names(code).find(under.folded)
    )
    repairs = [
        *_mojibake(text),
        *(repair for repair in names if repair),
        *_spun_months(under),
        *_spun_phrases(under),
        *_translated_agencies(under),
        *_renamed_places(under),
    ]
    return _without_overlap(
        repair
        for repair in repairs
        if repair.restored != text[repair.start : repair.end]
        and not any(a < repair.end and repair.start < b for a, b, _ in boilerplate)
    )
