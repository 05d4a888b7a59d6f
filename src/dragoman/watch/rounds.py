"""One round over all sources: fetched, added to the record, told.

What was seen is remembered only after the record holds it, and what was told only after it was
sent: a round that is cut off, or fails in part, is done again where it failed, and nothing comes
twice.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from dragoman.claims import Received
from dragoman.config import Config
from dragoman.errors import DragomanError, NothingRead, SourceError
from dragoman.pipeline import add_received
from dragoman.record import Reader
from dragoman.review import news
from dragoman.types import Value
from dragoman.watch import memory as remembering
from dragoman.watch.alerts import Telling, tell
from dragoman.watch.config import Alert, Watch
from dragoman.watch.fetch import Fetcher
from dragoman.watch.memory import Memory
from dragoman.watch.sources import gather


class Told(Value, frozen=True, kw_only=True):
    """What a cycle did: new reports, news told by alert, and all that went wrong."""

    added: int
    news: dict[str, int]
    problems: tuple[str, ...]


def cycle(
    watch: Watch,
    config: Config | None = None,
    *,
    environment: Mapping[str, str] | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Told:
    """Go once over all sources, add what is new, and tell what moved.

    Args:
        watch: what is watched.
        config: the settings of the record's making.
        environment: the variables in which secrets are found; those of the process without it.
        sleep: waits so many seconds.

    Raises:
        ConfigError: what was seen can't be read or kept.
        RecordError: the record can't be written; nothing is remembered then.
    """
    place, record = Path(watch.memory or ""), Path(watch.record)
    memory = remembering.load(place)
    problems: list[str] = []
    with Fetcher(watch, sleep=sleep) as fetcher:
        gathered = _readable(gather(watch, fetcher, memory), problems)
        # Fetched before the record is opened: other writers don't wait for the network.
        reports = list(gathered)
        added = _add(reports, record, config, problems)
        remembering.save(place, memory)
        told = {}
        if record.is_file():
            for alert in watch.alerts:
                told[alert.name] = _alert(
                    alert, record, memory, _way(fetcher, environment), problems
                )
                remembering.save(place, memory)
    return Told(added=added, news=told, problems=tuple(problems))


def _readable(
    gathered: Iterator[Received | SourceError], problems: list[str]
) -> Iterator[Received]:
    for item in gathered:
        if isinstance(item, SourceError):
            problems.append(str(item))
        else:
            yield item


def _add(reports: list[Received], record: Path, config: Config | None, problems: list[str]) -> int:
    if not reports:
        return 0
    try:
        summary = add_received(reports, record, config)
    except NothingRead as error:
        problems += [str(each) for each in error.skipped]
        return 0
    problems += [f"{each.source}: {each.cause}; {each.step}" for each in summary.skipped]
    return summary.added


def _way(fetcher: Fetcher, environment: Mapping[str, str] | None) -> Telling:
    return Telling(fetcher, os.environ if environment is None else environment)


def _alert(
    alert: Alert, record: Path, memory: Memory, telling: Telling, problems: list[str]
) -> int:
    """Tell one alert's news since it last told; how many there were."""
    with Reader(record) as reader:
        last = reader.states()[-1].id
    since = memory.told.get(alert.name)
    if since is None:
        # The first time there is nothing before it that anybody knew of.
        since = last
    found = news(record, since, last, alert.wanted) if since < last else []
    try:
        tell(alert, record, found, telling)
    except DragomanError as error:
        problems.append(f"alert {alert.name}: {error}")
        return 0
    memory.told[alert.name] = last
    return len(found)
