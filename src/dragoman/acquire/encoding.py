"""From bytes to text, in whatever encoding, or a clear refusal.

In order: a byte order mark, UTF-16 without one, ISO 2022, UTF-8, what the page declares, and at
last the encoding in which the bytes read most like a language (charset-normalizer).
"""

from __future__ import annotations

import codecs
import itertools
import re
import unicodedata

from charset_normalizer import from_bytes

from dragoman.errors import SourceError

# The longer marks first: UTF-32's begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# The encodings that the Web uses beside UTF-8. Where a text reads equally well in several, the
# first listed is taken; the more specific of two alike stand behind.
CODECS = (
    "cp1252",
    "cp1251",
    "gb18030",
    "cp932",
    "big5",
    "cp949",
    "euc_jp",
    "cp1250",
    "cp1254",
    "cp1256",
    "cp1253",
    "cp1255",
    "iso8859_2",
    "koi8_r",
    "koi8_u",
    "iso8859_15",
    "cp874",
    "cp1257",
    "cp1258",
    "iso8859_5",
    "iso8859_6",
    "iso8859_7",
    "iso8859_8",
    "cp866",
    "mac_cyrillic",
)
_RANK = {codec: rank for rank, codec in enumerate(CODECS)}

# What is declared, and the larger encoding that is meant by it (as browsers read it).
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_ALLOWED = {codecs.lookup(codec).name for codec in CODECS}

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_ASCII = re.compile(rb"[\t\n\r -~]")
_FOREIGN_WORD = re.compile(r"\S*[^\x00-\x7f]\S*")

# Above this share of signs amid a word, a decoding is no text. Names of firms and rare quotation
# marks stay below; a wrong one-byte encoding is usually above.
_MOST_BROKEN = 0.2
# Coherence is measured on the few letters outside ASCII: differences below this are chance.
_SAME_COHERENCE = 0.03
_WORDS_WEIGHED = 2000


def decode(data: bytes, place: str, *, declared: str | None = None) -> tuple[str, str]:
    """The text without its byte order mark, and Python's name of its encoding. Line ends are kept.

    Args:
        data: the bytes, not empty.
        place: named in the error.
        declared: the encoding that the document itself names, if it does.

    Raises:
        SourceError: binary content, broken UTF-8, or no encoding that can be trusted.
    """
    for mark, codec in _MARKS:
        if data.startswith(mark):
            try:
                return _checked(data[len(mark) :].decode(codec), place), codec
            except UnicodeDecodeError as error:
                raise _broken(place, codec.upper(), error.start + len(mark)) from error
    if b"\0" in data:
        return _sixteen_bits(data, place)
    if b"\x1b$" in data and data.isascii():
        try:
            return _checked(data.decode("iso2022_jp"), place), "iso2022_jp"
        except UnicodeDecodeError:
            pass
    try:
        return _checked(data.decode("utf-8"), place), "utf-8"
    except UnicodeDecodeError as error:
        if _mostly_utf8(data):
            raise _broken(place, "UTF-8", error.start) from error
    if declared and (codec_meant := _meant(declared)):
        try:
            return _checked(data.decode(codec_meant), place), codec_meant
        except UnicodeDecodeError:
            pass  # pages often declare what they are not
    codec = _likeliest(data, place)
    return _checked(data.decode(codec), place), codec


def head_text(head: bytes) -> str:
    """The beginning of a document, good enough to tell its format. Never fails."""
    for mark, codec in _MARKS:
        if head.startswith(mark):
            return head[len(mark) :].decode(codec, "replace")
    if b"\0" in head[:64]:
        head = head.replace(b"\0", b"")
    return head.decode("latin-1")


def _checked(text: str, place: str) -> str:
    if not text.strip():
        raise SourceError(place, "empty", "remove it, or save the report again")
    # A stray control character happens in text; a hundredth of them does not.
    if "\0" in text or len(_CONTROL.findall(text)) * 100 > len(text):
        raise _binary(place)
    return text


def _binary(place: str) -> SourceError:
    return SourceError(place, "binary content, not text", "convert it to text or HTML")


def _broken(place: str, name: str, byte: int) -> SourceError:
    return SourceError(
        place, f"broken {name} at byte {byte}", "save it again as UTF-8 from the original"
    )


def _sixteen_bits(data: bytes, place: str) -> tuple[str, str]:
    """UTF-16 without a mark: its NULs stand nearly all at even or nearly all at odd places."""
    fewer, more = sorted(nuls := (data[0::2].count(0), data[1::2].count(0)))
    letters = len(_ASCII.findall(data))
    if len(data) % 2 or fewer * 4 > more or (letters > 0.9 * len(data)):
        raise _binary(place)
    codec = "utf-16-be" if nuls[0] > nuls[1] else "utf-16-le"
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        raise _binary(place) from None
    # Other bytes decode too, but to characters that no one writes.
    sample = text[:10_000]
    odd_ones = sum(unicodedata.category(char) in {"Cn", "Co"} for char in sample)
    if odd_ones * 100 > len(sample):
        raise _binary(place)
    return _checked(text, place), codec


def _mostly_utf8(data: bytes) -> bool:
    """Whether bytes that are no UTF-8 were meant to be.

    In other encodings sequences of UTF-8 come about by chance only, few beside the rest.
    """
    text = data.decode("utf-8", "replace")
    wrong = text.count("�")
    right = sum(1 for char in text if char > "\x7f") - wrong
    return right * 2 >= wrong


def _meant(declared: str) -> str | None:
    try:
        name = codecs.lookup(declared.strip()).name
    except (LookupError, ValueError):
        return None
    name = codecs.lookup(_MEANT.get(name, name)).name
    # The rest of Python's codecs (escapes, UTF-7) are no business of a page.
    return name if name in _ALLOWED else None


def _likeliest(data: bytes, place: str) -> str:
    """The encoding in which the bytes read most like a language.

    charset-normalizer tells disorder and likeness to languages; among its equals decide the signs
    amid words and the order of `CODECS`.

    Raises:
        SourceError: in none do they read like text.
    """
    scored = []
    for match in from_bytes(data, cp_isolation=list(CODECS)):
        for candidate in (match.encoding, *(other.encoding for other in match.submatch)):
            try:
                text = data.decode(candidate)
            except UnicodeDecodeError:
                continue
            if candidate == "cp1258" and not _has_tones(text):
                continue
            broken = _broken_words(text)
            scored.append((round(broken, 2), round(match.chaos, 2), match.coherence, candidate))
    unsure = SourceError(place, "in no encoding that can be told", "save it again as UTF-8")
    if not scored or min(scored)[0] > _MOST_BROKEN:
        raise unsure
    least, chaos = min(scored)[:2]
    equals = [(coherence, codec) for b, c, coherence, codec in scored if (b, c) == (least, chaos)]
    best = max(coherence for coherence, _ in equals)
    if best == 0 and len({data.decode(codec) for _, codec in equals}) > 1:
        raise unsure  # a word or two: nothing tells one from the other
    codec = min(
        (codec for coherence, codec in equals if coherence >= best - _SAME_COHERENCE),
        key=lambda codec: _RANK[codec],
    )
    return codecs.lookup(codec).name


def _has_tones(text: str) -> bool:
    """Whether there are tone marks, and on vowels: cp1258 has them as characters of their own."""
    sample = text[:100_000]
    marks = len(_TONE.findall(sample))
    return 0 < marks < 2 * (len(sample) - len(unicodedata.normalize("NFC", sample)))


def _broken_words(text: str) -> float:
    """Of the characters outside ASCII, the share that can't stand where they stand in a word."""
    foreign = broken = 0
    for match in itertools.islice(_FOREIGN_WORD.finditer(text), _WORDS_WEIGHED):
        word = match[0]
        for place, char in enumerate(word):
            if char <= "\x7f":
                continue
            foreign += 1
            before, after = word[place - 1 : place], word[place + 1 : place + 2]
            category = unicodedata.category(char)
            broken += (
                category == "Cc"
                or (category == "Lu" and before.islower())
                or (
                    (category[0] in "SN" or char in "¿¡")
                    and before.lower() != before.upper()
                    and after.lower() != after.upper()
                )
            )
    return broken / foreign if foreign else 0.0
