"""What is stated about a report beside its text, in a JSON line or a sidecar."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import msgspec

from dragoman.errors import misfit
from dragoman.types import Interval, PublishedHow, Value

_LANGUAGE = re.compile(r"([A-Za-z]{2,3})([-_][A-Za-z0-9]+)*")
_CLOCK = re.compile(r"[T ]\d")
# Reports are of these years; other dates stand for "none" in the sources that give them.
_YEARS = range(1500, 3000)


class Stated(Value, frozen=True, kw_only=True):
    """The facts as they are written; keys not listed here are passed over."""

    url: str | None = None
    title: str | None = None
    outlet: str | None = None
    agency: str | None = None
    language: str | None = None
    published: str | None = None


class Facts(Value, frozen=True, kw_only=True):
    """The facts as a report carries them. Field names are those of `Received`."""

    url: str | None = None
    title: str | None = None
    outlet: str | None = None
    agency: str | None = None
    language: str | None = None
    published: Interval | None = None
    published_how: PublishedHow = "unknown"

    def known(self) -> dict[str, Any]:
        """The fields that are known."""
        fields = {name: getattr(self, name) for name in self.__struct_fields__}
        if self.published is None:
            del fields["published_how"]
        return {name: value for name, value in fields.items() if value is not None}


def understand(stated: Stated) -> tuple[Facts, list[str]]:
    """The facts, and in words each one that can't be understood; those are left out."""
    wrong = []
    language = _bare(stated.language)
    if language is not None and (language := language_code(written := language)) is None:
        wrong.append(f"`language` {written[:40]!r} is no language code such as en or pt-BR")
    published: Interval | None = None
    if (date := _bare(stated.published)) is not None:
        try:
            published = interval(date)
            ends = (published.earliest, published.latest)
            if any(end is not None and end.year not in _YEARS for end in ends):
                published = None
                wrong.append(f"`published` {date[:40]!r} is no date that a report can have")
        except ValueError:
            wrong.append(f"`published` {date[:40]!r} is no ISO 8601 date, time or interval")
    facts = Facts(
        url=_bare(stated.url),
        title=_bare(stated.title),
        outlet=_bare(stated.outlet),
        agency=_bare(stated.agency),
        language=language,
        published=published,
        published_how="stated" if published else "unknown",
    )
    return facts, wrong


def language_code(tag: str) -> str | None:
    """The language of a BCP 47 tag (`pt` of `pt-BR`), or None if it is no such tag."""
    match = _LANGUAGE.fullmatch(tag.strip())
    return match[1].lower() if match and match[1].lower() != "und" else None


def interval(text: str) -> Interval:
    """Read an ISO 8601 date, a date with a time (its day as written), or an interval of those.

    Raises:
        ValueError: it is none.
    """
    return Interval.parse("/".join(_day(part.strip()) for part in text.split("/")))


def _day(text: str) -> str:
    if _CLOCK.search(text):
        return dt.datetime.fromisoformat(text).date().isoformat()
    return text


def _bare(text: str | None) -> str | None:
    return (text.strip() or None) if text is not None else None


def cause_of(error: Exception) -> str:
    """What a decoder says, as one short clause."""
    if isinstance(error, UnicodeDecodeError):
        return "not UTF-8"
    if isinstance(error, RecursionError):
        return "nested too deep"
    if isinstance(error, msgspec.ValidationError):
        return misfit(error)
    return f"malformed JSON ({error})"


# Everything that decoding JSON from strangers may raise.
DECODE_ERRORS = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
