"""What a page states about itself: address, title, outlet, language, day of publication.

Only what is marked as such is read. A date of change, of copyright, of a neighbouring story or of
the crawl is none of publication, and where marks contradict each other nothing is concluded.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from htmldate import find_date
from lxml import etree
from lxml import html as lxml_html

from dragoman.acquire.facts import DECODE_ERRORS, Facts, language_code
from dragoman.types import Interval

# Names under which the day of publication is stated, after Open Graph, schema.org, Dublin Core,
# Highwire Press, Parse.ly, Sailthru and common systems; the surest first.
_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "article:published",
    "article.published",
    "dcterms.issued",
    "dc.date.issued",
    "citation_publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "publication_date",
    "published_time",
    "pubdate",
    "publishdate",
    "publish_date",
    "publish-date",
    "date_published",
    "citation_date",
    "dcterms.date",
    "dc.date",
    "date",
)
_PUBLISHED_TIME = frozenset({"published", "entry-date", "dt-published", "pubdate"})
_ARTICLE_TYPES = re.compile(r"(Article|Report|BlogPosting|LiveBlogPosting)$")

_ISO_DAY = re.compile(r"\s*(\d{4})-?(\d{2})-?(\d{2})(?!\d)")
_DAY_OR_MONTH_FIRST = re.compile(r"\s*(\d{1,2})[./-](\d{1,2})[./-]\d{2,4}\b")
_NUMBER = re.compile(r"\d+")
_DAY_IN_ADDRESS = re.compile(r"/((?:19|20)\d{2})[/-](\d{2})[/-](\d{2})(?=[/-])")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")

# The bounds are fixed so that a page reads the same next year.
_EARLIEST, _LATEST = dt.datetime(1800, 1, 1), dt.datetime(2200, 1, 1)  # noqa: DTZ001


def facts(tree: Any) -> Facts:
    """What the parsed page states. `published` is one day, or None."""
    metas = _metas(tree)
    articles = list(_articles(tree))
    url = _address(tree, metas)
    outlet = _first(
        metas.get("og:site_name"),
        (_name(article.get("publisher")) for article in articles),
        metas.get("application-name"),
    )
    published = _published(tree, metas, articles, url)
    language = tree.get("lang") or tree.get("xml:lang") or ""
    return Facts(
        url=url,
        title=_title(tree, metas, articles, outlet),
        outlet=outlet,
        language=language_code(language),
        published=published,
        published_how="metadata" if published else "unknown",
    )


def _metas(tree: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        key = element.get("property") or element.get("name") or element.get("itemprop")
        if content and key:
            found.setdefault(key.strip().lower(), []).append(content)
    return found


def _articles(tree: Any) -> Iterator[dict[str, Any]]:
    """The articles that the page describes in JSON-LD."""
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            data = msgspec.json.decode(script.text or "")
        except DECODE_ERRORS:
            continue  # then the page states nothing there
        for item in data if isinstance(data, list) else [data]:
            if not isinstance(item, dict):
                continue
            graph = item.get("@graph")
            for node in graph if isinstance(graph, list) else [item]:
                if isinstance(node, dict) and _is_article(node.get("@type")):
                    yield node


def _is_article(kind: Any) -> bool:
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(name, str) and _ARTICLE_TYPES.search(name) for name in kinds)


def _name(thing: Any) -> str:
    if isinstance(thing, list) and thing:
        thing = thing[0]
    name = thing.get("name") if isinstance(thing, dict) else thing
    return name if isinstance(name, str) else ""


def _first(*sources: Iterable[Any] | None) -> str | None:
    """The first string that is not blank, its white space made single."""
    for source in sources:
        for text in source or ():
            if isinstance(text, str) and (bare := " ".join(text.split())):
                return bare
    return None


def _address(tree: Any, metas: dict[str, list[str]]) -> str | None:
    canonical = (
        link.get("href")
        for link in tree.iter("link")
        if "canonical" in (link.get("rel") or "").lower().split()
    )
    for address in (*canonical, *metas.get("og:url", ())):
        if address and _ADDRESS.fullmatch(address.strip()):
            return str(address.strip())
    return None


def _title(
    tree: Any, metas: dict[str, list[str]], articles: list[dict[str, Any]], outlet: str | None
) -> str | None:
    headings = [element.text_content() for element in tree.iter("h1")]
    title = _first(
        metas.get("og:title"),
        (article.get("headline") for article in articles),
        headings if len(headings) == 1 else None,
        (element.text_content() for element in tree.iterfind(".//head/title")),
    )
    if title and outlet:
        title = re.sub(rf"\s+[-|–—:•·»]+\s+{re.escape(outlet)}$", "", title)
    return title


def _published(
    tree: Any, metas: dict[str, list[str]], articles: list[dict[str, Any]], url: str | None
) -> Interval | None:
    stated: list[Iterable[Any]] = [metas.get(name, ()) for name in _PUBLISHED]
    stated.append([article.get("datePublished") for article in articles])
    stated.append(_marked_times(tree))
    for values in stated:
        days = {_day(value) for value in values if isinstance(value, str)} - {None}
        if len(days) == 1 and (day := days.pop()):
            return Interval.day(day)
    return _day_of_address(url)


def _marked_times(tree: Any) -> Iterator[str]:
    for element in tree.iter("time"):
        marks = (element.get("class") or "").lower().split()
        if (
            "pubdate" in element.attrib
            or (element.get("itemprop") or "").lower() == "datepublished"
            or not _PUBLISHED_TIME.isdisjoint(marks)
        ):
            yield element.get("datetime") or element.text_content()


def _day_of_address(url: str | None) -> Interval | None:
    """The day that the outlet filed the page under (`/2025/05/16/`)."""
    match = _DAY_IN_ADDRESS.search(url or "")
    day = _calendar_day(*match.groups()) if match else None
    return Interval.day(day) if day else None


def _calendar_day(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def _day(value: str) -> dt.date | None:
    """The day that a value states, in the outlet's own time; None if it states none for certain."""
    if match := _ISO_DAY.match(value):
        return _calendar_day(*match.groups())
    if (match := _DAY_OR_MONTH_FIRST.match(value)) and match[1] != match[2]:
        day_or_month = max(int(match[1]), int(match[2]))
        if day_or_month <= 12:
            return None  # which of them is the month can't be told
    element = etree.Element("meta", property="article:published_time")
    try:
        element.set("content", value)
    except ValueError:
        return None
    document = lxml_html.document_fromstring("<html><head></head><body></body></html>")
    document.head.append(element)
    found = find_date(
        document,
        extensive_search=False,
        original_date=True,
        min_date=_EARLIEST,
        max_date=_LATEST,
    )
    if found is None:
        return None
    day = dt.date.fromisoformat(found)
    # htmldate completes a month or a year with today's day: all must stand in the value.
    numbers = [int(number) for number in _NUMBER.findall(value)]
    needed = [day.year, day.day] + ([] if re.search(r"[^\W\d_]{3}", value) else [day.month])
    for number in needed:
        if number not in numbers:
            return None
        numbers.remove(number)
    return day
