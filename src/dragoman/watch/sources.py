"""The sources of a watch: feeds, pages and folders, each giving reports or saying why not."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from typing import Any, NamedTuple

import feedparser

from dragoman.acquire import again, read
from dragoman.claims import Received
from dragoman.errors import FetchError, SourceError
from dragoman.types import Interval
from dragoman.watch.config import Watch
from dragoman.watch.fetch import FEEDS, PAGES, Fetched, Fetcher
from dragoman.watch.memory import Memory

# Items remembered of one feed: many times what a feed shows.
_REMEMBERED = 5_000


class Item(NamedTuple):
    """An item of a feed: its id, the address of its page, what the feed states of it."""

    id: str
    url: str
    title: str | None
    published: dt.date | None


def gather(watch: Watch, fetcher: Fetcher, memory: Memory) -> Iterator[Received | SourceError]:
    """The reports of all sources that are new, and what went wrong.

    `memory` is brought up to date for what was had; what failed stays as it was.
    """
    visited: set[str] = set()
    for feed in watch.feeds:
        yield from _feed(feed, watch, fetcher, memory, visited)
    for page in watch.pages:
        if page not in visited:
            visited.add(page)
            yield from _page(Item(page, page, None, None), fetcher, memory)
    if watch.folders:
        yield from read(watch.folders)


def _feed(
    feed: str, watch: Watch, fetcher: Fetcher, memory: Memory, visited: set[str]
) -> Iterator[Received | SourceError]:
    try:
        fetched = fetcher.get(feed, FEEDS, memory.validators.get(feed, {}))
        items = [] if fetched.body is None else items_of(feed, fetched.body)
    except SourceError as error:
        yield error
        return
    seen = dict.fromkeys(memory.items.get(feed, []))
    new = [item for item in items if item.id not in seen]
    whole = len(new) <= watch.limits.items
    for item in new[: watch.limits.items]:
        if item.url not in visited:
            visited.add(item.url)
            came = list(_page(item, fetcher, memory))
            yield from came
            if any(isinstance(each, FetchError) and each.passing for each in came):
                whole = False
                continue
        seen[item.id] = None
    memory.items[feed] = list(seen)[-_REMEMBERED:]
    # With something left over the feed has to be read again, though it has not changed.
    if fetched.body is not None and whole:
        memory.validators[feed] = fetched.validators
    elif not whole:
        memory.validators.pop(feed, None)


def _page(item: Item, fetcher: Fetcher, memory: Memory) -> Iterator[Received | SourceError]:
    try:
        fetched = fetcher.get(item.url, PAGES, memory.validators.get(item.url, {}))
    except SourceError as error:
        yield error
        return
    if fetched.body is None:
        return
    report = again(_received(item, fetched, fetched.body))
    if not isinstance(report, SourceError):
        memory.validators[item.url] = fetched.validators
    yield report


def _received(item: Item, fetched: Fetched, body: bytes) -> Received:
    """A page as it came, not read yet. It is named by the address that was asked for."""
    kind = "text/plain" if fetched.media_type == "text/plain" else "text/html"
    return Received(
        source=item.url,
        url=fetched.url,
        text="",
        raw=body,
        media_type=kind,
        title=item.title,
        published=None if item.published is None else Interval.day(item.published),
        published_how="unknown" if item.published is None else "metadata",
    )


def items_of(feed: str, body: bytes) -> list[Item]:
    """The items of a feed, the oldest first, each once.

    Raises:
        FetchError: it is no feed. One with faults in its XML is read as far as it can be.
    """
    parsed: Any = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=True)
    if not parsed.entries and (parsed.bozo or not parsed.version):
        raise FetchError(feed, "it is no feed that can be read", "check the address")
    items: dict[str, Item] = {}
    for entry in parsed.entries:
        url = str(entry.get("link") or "")
        if url.startswith(("http://", "https://")):
            name = str(entry.get("id") or url)
            # An item that is changed under its id is an item of its own.
            stamp = str(entry.get("updated") or "")
            key = hashlib.sha256(f"{name}\n{stamp}\n{url}".encode()).hexdigest()[:20]
            moment = entry.get("published_parsed")
            date = None if moment is None else dt.date(*moment[:3])
            items[key] = Item(key, url, entry.get("title") or None, date)
    return list(items.values())[::-1]
