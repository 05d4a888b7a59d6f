"""How the application is served."""

from __future__ import annotations

import secrets

from dragoman.types import Value

LOOPBACK = ("127.0.0.1", "localhost", "::1")
PORT = 8383


class Settings(Value, frozen=True, kw_only=True):
    """What the application may do and for whom.

    Attributes:
        host: the address that it listens on.
        port: the port; 0 takes a free one.
        token: what a reader has to show; None where only this machine can ask.
        edit: whether the record may be corrected.
        who: who corrects, as forms propose it.
        secret: what the forms are sealed with; drawn anew for each start.
    """

    host: str = LOOPBACK[0]
    port: int = PORT
    token: str | None = None
    edit: bool = False
    who: str = ""
    secret: bytes = b""

    @property
    def local(self) -> bool:
        """Whether only this machine can ask."""
        return self.host in LOOPBACK


def settings(
    host: str = LOOPBACK[0],
    port: int = PORT,
    *,
    edit: bool = False,
    who: str = "",
    token: str | None = None,
) -> Settings:
    """Settings with a secret of their own; with a token where others than this machine can ask.

    Args:
        host: the address to listen on.
        port: the port; 0 takes a free one.
        edit: whether the record may be corrected.
        who: who corrects, as forms propose it.
        token: the token; without one, it is drawn where one is needed.
    """
    if token is None and host not in LOOPBACK:
        token = secrets.token_urlsafe(24)
    return Settings(
        host=host, port=port, token=token, edit=edit, who=who, secret=secrets.token_bytes(32)
    )
