"""News sent to an address, signed: whoever has the secret can tell that they came from here.

`X-Dragoman-Signature: sha256=HEX` is the HMAC-SHA-256, with the secret, of the time in
`X-Dragoman-Timestamp` (seconds since 1970), a full stop, and the body as it stands.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Mapping, Sequence

from dragoman.errors import AlertError
from dragoman.review import News
from dragoman.types import to_json
from dragoman.watch.config import Alert
from dragoman.watch.fetch import Fetcher


def call(
    alert: Alert, news: Sequence[News], fetcher: Fetcher, environment: Mapping[str, str]
) -> None:
    """Send news to the address of an alert.

    Raises:
        AlertError: there is no secret to sign with.
        FetchError: they were not taken.
    """
    if alert.webhook is None:
        return
    variable = alert.webhook.secret_variable
    secret = environment.get(variable)
    if not secret:
        raise AlertError(alert.name, f"the variable {variable} is not set", "set the secret")
    body = to_json({"alert": alert.name, "news": list(news)})
    moment = str(int(time.time()))
    fetcher.post(
        alert.webhook.url,
        body,
        {
            "Content-Type": "application/json",
            "X-Dragoman-Timestamp": moment,
            "X-Dragoman-Signature": signature(secret, moment, body),
        },
    )


def signature(secret: str, moment: str, body: bytes) -> str:
    """The signature of a body sent at a moment."""
    signed = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256)
    return f"sha256={signed.hexdigest()}"
