"""Telling news: a feed, a calendar, an e-mail, a webhook. One file each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from dragoman.review import News
from dragoman.watch.alerts.atom import atom
from dragoman.watch.alerts.calendar import calendar
from dragoman.watch.alerts.mail import digest, send
from dragoman.watch.alerts.webhook import call
from dragoman.watch.config import Alert
from dragoman.watch.fetch import Fetcher
from dragoman.watch.memory import write_whole

__all__ = ["Telling", "atom", "calendar", "call", "digest", "send", "tell"]


class Telling(NamedTuple):
    """The ways out: the network, and the variables in which secrets are found."""

    fetcher: Fetcher
    environment: Mapping[str, str]


def tell(alert: Alert, record: Path, news: Sequence[News], telling: Telling) -> None:
    """Tell an alert's news in all the ways that it asks for.

    Feeds and calendars are written each time; mails and calls are sent only if there are news.

    Raises:
        DragomanError: one of the ways failed. All are gone again the next time.
    """
    if alert.atom is not None:
        write_whole(Path(alert.atom), atom(record, alert))
    if alert.calendar is not None:
        write_whole(Path(alert.calendar), calendar(record, alert.wanted))
    if news and alert.mail is not None:
        send(digest(record, alert.name, alert.mail, news), alert.mail, telling.environment)
    if news and alert.webhook is not None:
        call(alert, news, telling.fetcher, telling.environment)
