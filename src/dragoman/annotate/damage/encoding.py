"""Bytes that were read as the wrong letters, and signs that were lost or slipped in on the way.

- UTF-8 read as a code of one byte a letter (`CafÃ©`, `РјРёСЂ`), once or twice: the way back is
  exact, so the bytes themselves are the witness.
- A code of one byte a letter read as another (`Ýstanbul`, `ìèð`): the language tells which.
- HTML that was escaped twice (`it&#8217;s`), invisible characters inside words, and letters of
  another script that look the same.
- A letter that was lost (`Bras�lia`) is put back only if one known word alone fits.
"""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dragoman.annotate.damage.found import FoundRepair, Under
from dragoman.languages.encodings import MangledCode, encodings
from dragoman.languages.wordlist import word_list
from dragoman.types import Grounding, Reason

_SURE_BYTES = 3
_QUOTE_MARKS = frozenset("«»“”‘’„")
_BROKEN = frozenset("\ufffd\xad")
_LEAST_LOST = 5  # letters of a word with one missing


class _Code(NamedTuple):
    """UTF-8 read as a code: the letters that its bytes show as, and what may come back.

    One of `signs` stands in every text that has such letters: without them no pattern is tried.
    """

    name: str
    byte_of: dict[str, int]
    pattern: re.Pattern[str]
    plain: re.Pattern[str]
    signs: str
    twice: bool


class _Misread(NamedTuple):
    """The code that letters were of, what shows them, and in how many words."""

    code: str
    pattern: re.Pattern[str]
    least: int


def _code(given: MangledCode) -> _Code:
    """A code ready to be looked for."""
    byte_of = {chr(byte): byte for byte in range(0x80, 0xA0)} if given.controls else {}
    for byte in range(0x80, 0x100):
        letter = bytes([byte]).decode(given.name, errors="replace")
        byte_of[chr(byte) if letter == "\ufffd" else letter] = byte
    leads = "".join(letter for letter, byte in byte_of.items() if 0xC2 <= byte <= 0xF4)
    trails = "".join(letter for letter, byte in byte_of.items() if 0x80 <= byte <= 0xBF)
    one = f"[{re.escape(leads)}][{re.escape(trails)}]{{1,3}}"
    plain = f"[{given.in_a_row}]{{{given.row},}}"
    if given.plain:
        plain = f"[{given.plain}]+|{plain}"
    pattern = re.compile(f"(?:{one}){{{given.least},}}")
    return _Code(given.name, byte_of, pattern, re.compile(plain), given.signs, twice=given.controls)


@functools.cache
def _codes() -> tuple[_Code, ...]:
    return tuple(_code(given) for given in encodings().utf8_as)


@functools.cache
def _misread_as(code: str | None) -> _Misread | None:
    given = encodings().misread.get(code or "")
    if given is None:
        return None
    run = f"[{given.letters}]{{{given.run},}}"
    return _Misread(given.was, re.compile(rf"\w*{run}\w*" if given.around else run), given.least)


@functools.cache
def _alike() -> tuple[dict[int, int], dict[int, int]]:
    """Letters of other scripts as Latin ones, and the other way round."""
    latin, other = encodings().alike["latin"], encodings().alike["cyrillic"]
    return str.maketrans(other, latin), str.maketrans(latin, other)


_ENTITY = re.compile(r"&(?:amp;)?(?:#\d{2,6}|#x[0-9a-fA-F]{2,5}|[a-zA-Z]{2,8});")
_INVISIBLE = re.compile("[^\\W\\d_]+(?:[\u00ad\u200b\u2060\ufeff]+[^\\W\\d_]+)+")
_INVISIBLE_SIGNS = re.compile("[\u00ad\u200b\u2060\ufeff]+")
_GAP = re.compile(r"�|\w\?\w")
_LOST = re.compile(r"[^\W\d_]+(?:�+[^\W\d_]*)+|�+[^\W\d_]+|[^\W\d_]{2,}\?{1,2}[^\W\d_A-Z]{2,}")
_MIXED = re.compile("[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]")
_WORD = re.compile(r"[^\W\d_]{3,}")


def _decoded(mangled: str, code: _Code) -> str | None:
    """The characters whose UTF-8 bytes were read as single letters; None if they are none."""
    try:
        plain = bytes(code.byte_of[char] for char in mangled).decode("utf-8")
    except (UnicodeDecodeError, KeyError):
        return None
    if code.twice and code.pattern.fullmatch(plain):  # mangled twice
        return _decoded(plain, code)
    return plain if code.plain.fullmatch(plain) else None


def _hits(text: str, code: _Code) -> list[tuple[int, int, str]]:
    return [
        (match.start(), match.end(), plain)
        for match in code.pattern.finditer(text)
        if (plain := _decoded(match[0], code)) is not None
    ]


def _mojibake(text: str, code: _Code) -> Iterator[FoundRepair]:
    hits = _hits(text, code)
    # A capital with a closing quotation mark ("IRMÃ”") looks like one mangled letter; it is
    # believed only beside another that can be nothing else.
    sure = any(not set(text[start:end]) & _QUOTE_MARKS for start, end, _ in hits)
    believed = [
        hit
        for hit in hits
        if sure or not set(text[hit[0] : hit[1]]) & _QUOTE_MARKS or hit[1] - hit[0] >= _SURE_BYTES
    ]
    inside = {place for start, end, _ in believed for place in range(start, end)}

    def of_the_word(place: int) -> bool:
        return place in inside or text[place].isalpha() or text[place] in _BROKEN

    done = 0
    for start, end, _ in believed:
        # Words are repaired whole, with all mangled letters that they have.
        first, last = start, end
        while first > 0 and of_the_word(first - 1):
            first -= 1
        while last < len(text) and of_the_word(last):
            last += 1
        if first < done:
            continue
        done = last
        yield _put_right(text, (first, last), believed, code)


def _put_right(
    text: str, place: tuple[int, int], hits: Sequence[tuple[int, int, str]], code: _Code
) -> FoundRepair:
    """A word with its mangled letters put right; only marked if others are lost for good."""
    first, last = place
    restored, done, shown = "", first, []
    for start, end, plain in hits:
        if first <= start and end <= last:
            restored += text[done:start] + plain
            done = end
            shown.append(repr(plain))
    restored += text[done:last]
    why = f"the bytes of {', '.join(shown)} in UTF-8 were read as {code.name}"
    if not _BROKEN.isdisjoint(restored):
        return _repair(first, last, "", f"{why}, and others are lost", "none")
    return _repair(first, last, restored, f"{why}; the way back is exact")


def _repair(
    start: int, end: int, restored: str, why: str, grounding: Grounding = "exact"
) -> FoundRepair:
    reason = Reason(rule="damage.encoding", why=why)
    return FoundRepair(start, end, restored, "encoding", reason, grounding)


def _misread(under: Under) -> Iterator[FoundRepair]:
    """Words of a code of one byte a letter that were read as Latin-1."""
    misread = _misread_as(under.code)
    if misread is None:
        return
    code, pattern, least = misread
    hits = list(pattern.finditer(under.text))
    if len({hit[0] for hit in hits}) < least:
        return
    for hit in hits:
        try:
            plain = hit[0].encode("cp1252").decode(code)
        except UnicodeError:
            continue
        if plain != hit[0] and plain.isalpha():
            yield _repair(*hit.span(), plain, f"letters of {code} were read as Latin-1")


def _entities(text: str) -> Iterator[FoundRepair]:
    for match in _ENTITY.finditer(text):
        plain = html.unescape(html.unescape(match[0]))
        if len(plain) == 1 and plain.isprintable():
            yield _repair(*match.span(), plain, "a character reference of HTML was left as it was")


def _lost(under: Under) -> Iterator[FoundRepair]:
    """Words of which a letter was lost."""
    if not _GAP.search(under.text):
        return
    for match in _LOST.finditer(under.text):
        word = match[0].casefold().replace("?", "�")
        if len(word) < _LEAST_LOST:
            continue
        known = word_list(under.code)
        own = {w.text.casefold() for w in under.words if len(w.text) == len(word)}
        filled = {word.replace("�", letter) for letter in known.letters}
        fits = sorted(filled & own) or sorted(filled & known.common)
        if len(fits) == 1:
            restored = "".join(
                new if old in "�?" else old for old, new in zip(match[0], fits[0], strict=True)
            )
            yield _repair(*match.span(), restored, f"a letter was lost; {fits[0]!r} alone fits")
        elif "�" in match[0]:
            yield _repair(*match.span(), "", "a letter was lost", "none")


def _slipped_in(text: str) -> Iterator[FoundRepair]:
    """Words with invisible characters in them, or with letters of a script that is not theirs."""
    for match in _INVISIBLE.finditer(text) if _INVISIBLE_SIGNS.search(text) else ():
        plain = _INVISIBLE_SIGNS.sub("", match[0])
        yield _repair(*match.span(), plain, "invisible characters stand in the word")
    if not _MIXED.search(text):
        return
    for match in _WORD.finditer(text):
        if not _MIXED.search(match[0]):
            continue
        word = match[0]
        latin = sum(char.isascii() for char in word)
        to_latin, to_other = _alike()
        table = to_latin if 2 * latin > len(word) else to_other
        plain = word.translate(table)
        if len({char.isascii() for char in plain}) == 1:
            why = "letters of another script that look the same stand in the word"
            yield _repair(*match.span(), plain, why)


def encoding_damage(under: Under) -> Iterator[FoundRepair]:
    """The words of a text that were harmed on their way from bytes to letters."""
    text = under.text
    if text.isascii():
        if "&" in text:
            yield from _entities(text)
        if under.code != "en":
            yield from _lost(under)
        return
    for code in _codes():
        if any(sign in text for sign in code.signs):
            yield from _mojibake(text, code)
    yield from _misread(under)
    if "&" in text:
        yield from _entities(text)
    if "�" in text or "?" in text:
        yield from _lost(under)
    yield from _slipped_in(text)
