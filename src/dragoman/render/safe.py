"""Report text made harmless for a screen: it can't steer the page, the terminal or the reader."""

from __future__ import annotations

import re

from babel import Locale, UnknownLocaleError

# Marks that stand over, under or through a letter. No spelling heaps up more of them than this;
# more would run over the lines around and choke readers of PDF.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u06d6-\u06dc\u0e31\u0e34-\u0e3a"
    "\u0e47-\u0e4e\u0f71-\u0f84\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f"
)
_HEAP = 8
# Control characters, invisible ones, those that turn the direction of writing, surrogates, what
# is no character, and marks heaped up. Line breaks and tabs stay; so do the joiners and the marks
# of direction (U+200C to U+200F) that Arabic, Persian, Hebrew and Indic spelling need, and the
# soft hyphen.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u180e\u200b\u2028-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufeff"
    "\uffa0\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
    f"|(?<=[{_MARKS}]{{{_HEAP}}})[{_MARKS}]"
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_MARKUP = re.compile(
    r"[\\`*_{}\[\]<>&|~#!$^=@]|:(?=/)|(?<=www)\.|^[-+](?=\s|[-+])|(?<=^\d)[.)]|(?<=^\d\d)[.)]",
    re.IGNORECASE,
)
_SPACE = re.compile(r"\s+")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def code(char: str) -> str:
    """A character's code point, written so that it can be seen."""
    return f"⟨U+{ord(char):04X}⟩"


def harmless(text: str) -> str:
    """The text with control, invisible and direction-turning characters made visible.

    Line breaks of any sort become a line feed.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNSAFE.sub(lambda match: code(match[0]), text)


def on_one_line(text: str) -> str:
    """The same, every stretch of white space one blank."""
    return _SPACE.sub(" ", harmless(text)).strip()


def for_markdown(text: str) -> str:
    """Text of one line in which nothing is markup, a link or a formula to CommonMark or GFM."""
    return _MARKUP.sub(lambda match: "\\" + match[0], _SPACE.sub(" ", harmless(text)))


def for_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def language(code_: str | None) -> str | None:
    """A language code if it is a well-formed one."""
    return code_ if code_ and _LANGUAGE.fullmatch(code_) else None


def direction(code_: str | None) -> str:
    """The direction of writing in a language: `rtl`, `ltr`, or `auto` where it is not known."""
    if (known := language(code_)) is None:
        return "auto"
    try:
        return str(Locale.parse(known, sep="-").text_direction)
    except (UnknownLocaleError, ValueError):
        return "auto"


def language_name(code_: str | None, locale: Locale) -> str | None:
    """What a language is called in the briefing's language; its code where that has no name."""
    if (known := language(code_)) is None:
        return None
    try:
        return Locale.parse(known, sep="-").get_display_name(locale) or known
    except (UnknownLocaleError, ValueError):
        return known
