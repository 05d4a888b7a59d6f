"""The way to the network: every connection goes to an address that was checked.

A name is resolved once; all its addresses must be public; the connection goes to one of these
very addresses, so that no second answer of the name server can lead elsewhere. This is done for
every connection, also after each redirect.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Collection, Iterable, Iterator
from typing import Any

import httpcore
import httpx

from dragoman.errors import FetchError


def check_address(address: str, allow: Collection[str]) -> None:
    """Refuse an address that is not public and not allowed by name.

    Raises:
        FetchError: it is private, of this machine, of the local link, or otherwise reserved.
    """
    if address in allow:
        return
    ip = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    for one in (ip, inner):
        if one is not None and (not one.is_global or one.is_multicast):
            raise FetchError(address, "it is no public address", "watch public addresses only")


def resolve(host: str, port: int, allow: Collection[str]) -> list[str]:
    """The addresses of a host, all of them checked.

    Raises:
        FetchError: it has none, or one that is not public.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(host, "no such host", "check the address", passing=True) from error
    addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
    for address in addresses:
        check_address(address, allow)
    return addresses


class _Backend(httpcore.NetworkBackend):
    def __init__(self, allow: Collection[str]) -> None:
        self._allow, self._inner = allow, httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failed: Exception | None = None
        for address in resolve(host, port, self._allow):
            try:
                return self._inner.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed or httpcore.ConnectError(host)

    def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore.NetworkStream:
        raise FetchError("socket", "only the network is watched", "give a web address")

    def sleep(self, seconds: float) -> None:
        self._inner.sleep(seconds)


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        self._stream.close()


class Transport(httpx.BaseTransport):
    """Connects to checked addresses only; no proxies.

    Args:
        allow: addresses that may be reached though they are not public.
    """

    def __init__(self, allow: Collection[str]) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(),
            network_backend=_Backend(frozenset(allow)),
            max_keepalive_connections=0,
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and give its answer, the body unread."""
        url = request.url
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=url.raw_scheme,
                    host=url.raw_host,
                    port=url.port,
                    target=url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            status_code=answer.status,
            headers=answer.headers,
            stream=_Body(answer.stream),
            extensions=answer.extensions,
        )

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()
