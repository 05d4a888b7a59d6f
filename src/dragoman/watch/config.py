"""What is watched and who is told: a TOML file, checked as a whole before anything is fetched."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated

import msgspec

from dragoman.errors import ConfigError, misfit
from dragoman.review import Wanted
from dragoman.types import Value

_Positive = Annotated[float, msgspec.Meta(gt=0)]
_Count = Annotated[int, msgspec.Meta(ge=0, le=20)]


class Limits(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How far fetching goes.

    Attributes:
        max_bytes: of one answer, unpacked.
        seconds: for one answer, from the first connection to the last byte.
        delay: least seconds between two requests to one host; `Crawl-delay` may ask for more.
        redirects: followed for one address.
        retries: after a failure that may pass (no connection, 429, 5xx).
        back_off: seconds before the first retry; each further one waits twice as long.
        longest_wait: seconds; where a host asks for more, the address is left to the next cycle.
        items: new items taken from one feed in one cycle.
    """

    max_bytes: Annotated[int, msgspec.Meta(ge=1)] = 10_000_000
    seconds: _Positive = 60.0
    delay: Annotated[float, msgspec.Meta(ge=0)] = 5.0
    redirects: _Count = 5
    retries: _Count = 3
    back_off: Annotated[float, msgspec.Meta(ge=0)] = 2.0
    longest_wait: Annotated[float, msgspec.Meta(ge=0)] = 120.0
    items: Annotated[int, msgspec.Meta(ge=1)] = 50


class Mail(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An e-mail digest: put into a folder as `.eml` files, or handed to a mail server.

    `password_variable` names the environment variable that holds the password.
    """

    to: tuple[str, ...]
    sender: str
    folder: str | None = None
    host: str | None = None
    port: int = 587
    user: str | None = None
    password_variable: str | None = None
    tls: bool = True


class Webhook(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An address that news are sent to; `secret_variable` names the variable with the secret."""

    url: str
    secret_variable: str


class Alert(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who is told of what: filters, and at least one way to tell it."""

    name: str
    wanted: Wanted = Wanted()
    atom: str | None = None
    calendar: str | None = None
    mail: Mail | None = None
    webhook: Webhook | None = None


class Watch(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is watched.

    Attributes:
        record: the record; it is made if it is not there.
        feeds: addresses of RSS and Atom feeds; the pages of their items are reports.
        pages: addresses of pages that are reports; one that changes is a new report.
        folders: folders and files that are read as `add` reads them.
        interval: seconds from the end of one cycle to the beginning of the next.
        agent: what the program calls itself to servers.
        memory: the file in which it keeps what it has seen; beside the record without it.
        allow: addresses (IP) that may be reached though they are not public, as in a test.
        limits: how far fetching goes.
        alerts: who is told of what.
    """

    record: str
    feeds: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    interval: _Positive = 900.0
    agent: str = "Dragoman"
    memory: str | None = None
    allow: tuple[str, ...] = ()
    limits: Limits = Limits()
    alerts: tuple[Alert, ...] = ()


def load(path: Path) -> Watch:
    """Read a watch file. Paths in it are relative to its folder.

    Raises:
        ConfigError: it can't be read, or something in it is not allowed.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        cause = (error.strerror or "can't be read").lower()
        raise ConfigError(str(path), cause, "name a TOML file") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(str(path), f"no valid TOML: {error}", "correct the file") from error
    try:
        watch = msgspec.convert(table, Watch)
    except msgspec.ValidationError as error:
        raise ConfigError(str(path), misfit(error), "see docs/watch.md for the form") from error
    _check(watch, path)
    return _placed(watch, path.parent)


def _check(watch: Watch, path: Path) -> None:
    for url in (*watch.feeds, *watch.pages, *(a.webhook.url for a in watch.alerts if a.webhook)):
        if not url.startswith(("http://", "https://")):
            raise ConfigError(str(path), f"{url} is no web address", "write https://...")
    if not (watch.feeds or watch.pages or watch.folders):
        raise ConfigError(str(path), "nothing is watched", "give feeds, pages or folders")
    names = [alert.name for alert in watch.alerts]
    if len(set(names)) < len(names):
        raise ConfigError(str(path), "two alerts of one name", "name each otherwise")
    for alert in watch.alerts:
        if not (alert.atom or alert.calendar or alert.mail or alert.webhook):
            raise ConfigError(
                f"{path}: {alert.name}", "nobody is told", "give atom, calendar, mail or webhook"
            )
        if alert.mail and (alert.mail.folder is None) == (alert.mail.host is None):
            raise ConfigError(
                f"{path}: {alert.name}", "mail needs one way", "give either folder or host"
            )


def _placed(watch: Watch, folder: Path) -> Watch:
    replace = msgspec.structs.replace

    def at(name: str) -> str:
        return str(folder / name)

    alerts = []
    for alert in watch.alerts:
        mail = alert.mail
        if mail is not None and mail.folder is not None:
            mail = replace(mail, folder=at(mail.folder))
        atom = at(alert.atom) if alert.atom else None
        calendar = at(alert.calendar) if alert.calendar else None
        alerts.append(replace(alert, atom=atom, calendar=calendar, mail=mail))
    return replace(
        watch,
        record=at(watch.record),
        folders=tuple(map(at, watch.folders)),
        memory=at(watch.memory or f"{watch.record}-watch.json"),
        alerts=tuple(alerts),
    )
