"""Fetching, politely and within limits: robots, rates, retries, redirects, sizes, types."""

from __future__ import annotations

import datetime as dt
import email.utils
import time
import urllib.parse
import urllib.robotparser
import zlib
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Self

import httpcore
import httpx

from dragoman.errors import FetchError
from dragoman.types import Value
from dragoman.watch.config import Limits, Watch
from dragoman.watch.transport import Transport

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_FAILURES = (
    httpx.HTTPError,
    httpx.InvalidURL,
    httpcore.NetworkError,
    httpcore.TimeoutException,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
    zlib.error,
)
_GZIP = 47  # zlib's code for: gzip or zlib, told by the head
_ROBOTS_BYTES = 512_000  # RFC 9309 asks for 500 KiB at the least
_AGAIN = "it is tried again in the next cycle"

FEEDS = frozenset(
    {
        "application/atom+xml",
        "application/rss+xml",
        "application/rdf+xml",
        "application/xml",
        "text/xml",
    }
)
PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})


class Fetched(Value, frozen=True, kw_only=True):
    """An answer: where it came from in the end, its type, its bytes, and what to ask with later.

    `body` is None where nothing has changed since the validators were given.
    """

    url: str
    media_type: str
    body: bytes | None
    validators: dict[str, str]


class Fetcher:
    """Fetches addresses; used with `with`.

    Args:
        watch: the limits, the agent's name, and what is allowed.
        sleep: waits so many seconds.
        clock: seconds that only go forward.
    """

    def __init__(
        self,
        watch: Watch,
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limits: Limits = watch.limits
        self._agent, self._sleep, self._clock = watch.agent, sleep, clock
        self._client = httpx.Client(
            transport=Transport(watch.allow),
            timeout=watch.limits.seconds,
            trust_env=False,
            headers={"User-Agent": watch.agent, "Accept-Encoding": "gzip"},
        )
        self._last: dict[str, float] = {}
        self._robots: dict[str, urllib.robotparser.RobotFileParser] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def get(self, url: str, types: frozenset[str], known: Mapping[str, str]) -> Fetched:
        """What stands at an address.

        Args:
            url: the address.
            types: the media types that are taken.
            known: the validators of an earlier answer; empty without one.

        Raises:
            FetchError: it can't be had, may not be had, or is not as it must be; `passing` tells
                whether it may be otherwise later.
        """
        place, validators = url, dict(known)
        for _ in range(self._limits.redirects + 1):
            self._permit(place)
            answer = self._patiently("GET", place, validators)
            if answer.status_code not in _REDIRECTS:
                return self._fetched(place, answer, types)
            place = self._next(place, answer)
            validators = {}  # they were of another address
        raise FetchError(url, "too many redirects", "check the address")

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> None:
        """Send bytes; no redirect is followed.

        Raises:
            FetchError: they were not taken.
        """
        answer = self._patiently("POST", url, headers, body)
        if not answer.is_success:
            raise FetchError(url, f"it answered {answer.status_code}", _AGAIN, passing=True)

    # ------------------------------------------------------------ robots and rates

    def _permit(self, url: str) -> None:
        """Refuse what robots.txt forbids (RFC 9309)."""
        parts = urllib.parse.urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._robots:
            self._robots[origin] = self._read_robots(origin)
        if not self._robots[origin].can_fetch(self._agent, url):
            raise FetchError(url, "its robots.txt forbids it", "leave it out of the watch file")

    def _read_robots(self, origin: str) -> urllib.robotparser.RobotFileParser:
        rules, place = urllib.robotparser.RobotFileParser(), f"{origin}/robots.txt"
        for _ in range(self._limits.redirects + 1):
            answer = self._patiently("GET", place, {}, most=_ROBOTS_BYTES)
            if answer.status_code not in _REDIRECTS:
                break
            place = self._next(place, answer)
        else:
            answer = httpx.Response(404)
        # What can't be found allows all; what fails at the server forbids all for the time.
        if answer.is_success:
            rules.parse(answer.content.decode("utf-8", "replace").splitlines())
        elif answer.is_server_error:
            raise FetchError(place, f"it answered {answer.status_code}", _AGAIN, passing=True)
        else:
            rules.parse([])
        return rules

    def _wait_for(self, url: str) -> None:
        parts = urllib.parse.urlsplit(url)
        delay = self._limits.delay
        rules = self._robots.get(f"{parts.scheme}://{parts.netloc}")
        asked = rules.crawl_delay(self._agent) if rules is not None else None
        if asked is not None:
            delay = min(max(delay, float(asked)), self._limits.longest_wait)
        host = parts.hostname or ""
        if host in self._last:
            rest = self._last[host] + delay - self._clock()
            if rest > 0:
                self._sleep(rest)
        self._last[host] = self._clock()

    # ------------------------------------------------------------ requests

    def _patiently(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | None = None,
        most: int | None = None,
    ) -> httpx.Response:
        """The answer, its body read; failures that may pass are tried again."""
        limit = most or self._limits.max_bytes
        for attempt in range(self._limits.retries + 1):
            wait = self._limits.back_off * 2**attempt
            last = attempt == self._limits.retries
            self._wait_for(url)
            try:
                answer = self._once(method, url, headers, body, limit)
            except FetchError as error:
                if last or not error.passing:
                    raise
            except _FAILURES as error:
                if last:
                    cause = f"no answer ({type(error).__name__}: {error})"
                    raise FetchError(url, cause, _AGAIN, passing=True) from error
            else:
                if answer.status_code not in _PASSING or last:
                    return answer
                asked = _retry_after(answer.headers.get("Retry-After"))
                if asked is not None and asked > self._limits.longest_wait:
                    cause = f"it asks to come back in {asked:.0f} s"
                    raise FetchError(url, cause, _AGAIN, passing=True)
                wait = max(wait, asked or 0.0)
            self._sleep(min(wait, self._limits.longest_wait))
        raise AssertionError("the last attempt returns or raises")

    def _once(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None, most: int
    ) -> httpx.Response:
        parts = urllib.parse.urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
            raise FetchError(url, "it is no plain web address", "give one without a password")
        ends = self._clock() + self._limits.seconds
        with self._client.stream(method, url, headers=dict(headers), content=body) as answer:
            packed = answer.headers.get("Content-Encoding", "identity").lower()
            if packed not in {"identity", "gzip", "x-gzip", "deflate"}:
                raise FetchError(url, f"it is packed by {packed}", "watch another address")
            unpack = None if packed == "identity" else zlib.decompressobj(_GZIP)
            data = bytearray()
            for chunk in answer.iter_raw():
                # One byte more than is allowed is enough to know.
                left = most + 1 - len(data)
                data += chunk[:left] if unpack is None else unpack.decompress(chunk, left)
                if len(data) > most:
                    raise FetchError(url, f"more than {most:,} bytes", "raise limits.max_bytes")
                if self._clock() > ends:
                    cause = f"not whole within {self._limits.seconds:g} s"
                    raise FetchError(url, cause, _AGAIN, passing=True)
            plain = [(k, v) for k, v in answer.headers.multi_items() if k != "content-encoding"]
            return httpx.Response(answer.status_code, headers=plain, content=bytes(data))

    @staticmethod
    def _next(url: str, answer: httpx.Response) -> str:
        target = answer.headers.get("Location", "")
        if not target:
            raise FetchError(url, "a redirect to nowhere", "check the address")
        return str(urllib.parse.urldefrag(urllib.parse.urljoin(url, target)).url)

    @staticmethod
    def _fetched(url: str, answer: httpx.Response, types: frozenset[str]) -> Fetched:
        status = answer.status_code
        media_type = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        validators = {
            ask: answer.headers[name]
            for name, ask in (("ETag", "If-None-Match"), ("Last-Modified", "If-Modified-Since"))
            if name in answer.headers
        }
        if status == httpx.codes.NOT_MODIFIED:
            return Fetched(url=url, media_type=media_type, body=None, validators=validators)
        if not answer.is_success:
            passing = status in _PASSING
            raise FetchError(
                url, f"it answered {status}", _AGAIN if passing else "check it", passing=passing
            )
        if media_type not in types:
            raise FetchError(url, f"it is of type {media_type or 'unknown'}", "check the address")
        return Fetched(url=url, media_type=media_type, body=answer.content, validators=validators)


def _retry_after(value: str | None) -> float | None:
    """Seconds that a server asks to wait; None where it does not say so."""
    if value is None:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    return max(0.0, (moment - dt.datetime.now(dt.UTC)).total_seconds())
