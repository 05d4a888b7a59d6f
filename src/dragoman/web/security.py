"""What every answer carries, and who may ask: headers, names of the host, the token."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dragoman.web.settings import LOOPBACK, Settings

COOKIE = "dragoman"
# Where the record can be corrected: what a browser's forms are bound to.
SESSION = "dragoman-session"
# Nothing but this application's own style, script and pictures; no frame around it.
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
    "Cache-Control": "no-store",
}
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Guard:
    """Lets in who may ask, and puts the headers on every answer.

    The name of the host is checked so that no page elsewhere can reach a local server by a name
    of its own that leads here.

    Args:
        app: the application behind.
        settings: how it is served.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app, self._settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        answer = self._refusal(scope)
        await (answer or self._app)(scope, receive, dressed)

    def _refusal(self, scope: Scope) -> ASGIApp | None:
        headers = Headers(scope=scope)
        if not self._names_us(headers.get("host", "")):
            return PlainTextResponse("This server does not go by that name.", 421)
        if not self._shows_token(scope, headers):
            return PlainTextResponse(
                "Open the address with the token that the program printed.", 401
            )
        shown = dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))
        if self._settings.token is not None and "token" in shown and scope["method"] in _SAFE:
            return self._welcome(scope)
        if scope["method"] not in _SAFE and not _from_here(headers):
            return PlainTextResponse("That form was sent from another site.", 403)
        return None

    def _names_us(self, host: str) -> bool:
        name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
        name = name.strip("[]").lower()
        if name in LOOPBACK or name == self._settings.host:
            return True
        if self._settings.local:
            return False
        # Open to others: by its address, whichever of the machine's addresses that is; a name
        # of its own could be anybody's.
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True

    def _shows_token(self, scope: Scope, headers: Headers) -> bool:
        token = self._settings.token
        if token is None:
            return True
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
        except CookieError:
            cookie = None
        query = dict(parse_qsl(scope["query_string"].decode("latin-1")))
        shown = (
            headers.get("authorization", "").removeprefix("Bearer "),
            query.get("token", ""),
        )
        if cookie is not None and hmac.compare_digest(cookie.value.encode(), _pass(token)):
            return True
        return any(hmac.compare_digest(each.encode(), token.encode()) for each in shown)

    def _welcome(self, scope: Scope) -> ASGIApp:
        """Keep the token in a cookie and take it out of the address, so that none is passed on."""
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        rest = urlencode([(name, value) for name, value in query if name != "token"])
        # One leading slash: two would name another host.
        path = "/" + scope["path"].lstrip("/\\")
        answer = RedirectResponse(path + (f"?{rest}" if rest else ""), 303)
        answer.set_cookie(
            COOKIE,
            _pass(self._settings.token or "").decode(),
            httponly=True,
            samesite="strict",
        )
        return answer


def _pass(token: str) -> bytes:
    """What stands in the cookie instead of the token itself."""
    return hashlib.sha256(b"dragoman cookie " + token.encode()).hexdigest().encode()


def _from_here(headers: Headers) -> bool:
    """Whether a browser says that a form came from these pages; other programs say nothing."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is None or origin.split("://", 1)[-1] == headers.get("host")


def seal(settings: Settings, session: str) -> str:
    """What a form made for a session holds, and a form from elsewhere can't know."""
    return hmac.new(settings.secret, f"form {session}".encode(), hashlib.sha256).hexdigest()


def sealed(settings: Settings, session: str, shown: str) -> bool:
    """Whether a form was made here for this session."""
    known = seal(settings, session).encode()
    return bool(session) and hmac.compare_digest(known, shown.encode())
