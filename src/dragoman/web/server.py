"""Serves the application on one address until it is stopped."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import uvicorn

from dragoman.errors import ConfigError
from dragoman.web.app import create_app
from dragoman.web.desk import Desk
from dragoman.web.settings import Settings

# Reports are short; nothing that a reader sends is long.
_MOST_HEADERS = 32 * 1024


def serve(record: Path, settings: Settings, tell: Callable[[str], None]) -> None:
    """Serve a record until the process is interrupted.

    Args:
        record: the record.
        settings: how to serve it.
        tell: is given the address once it answers there.

    Raises:
        ConfigError: the address is taken, or can't be listened on.
        RecordMissing, RecordDamaged, RecordError: the record can't be read.
    """
    with _listening(settings) as listener:
        port = listener.getsockname()[1]
        # Opened here, so that its errors are told as they are.
        desk = Desk(record)
        config = uvicorn.Config(
            create_app(lambda: desk, settings),
            log_level="warning",
            server_header=False,
            date_header=False,
            lifespan="on",
            access_log=False,
            h11_max_incomplete_event_size=_MOST_HEADERS,
        )
        _Server(config, lambda: tell(address(settings, port))).run(sockets=[listener])


def address(settings: Settings, port: int) -> str:
    """The address to open, with the token if one is needed."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    token = f"/?token={quote(settings.token)}" if settings.token else "/"
    return f"http://{host}:{port}{token}"


class _Server(uvicorn.Server):
    """A server that says when it answers."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        if self.started:
            self._ready()


def _listening(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((settings.host, settings.port))
    except (OSError, OverflowError) as error:
        listener.close()
        raise ConfigError(
            f"{settings.host}:{settings.port}",
            f"it can't be listened on ({getattr(error, 'strerror', None) or error})",
            "name another --port or --host",
        ) from error
    return listener
