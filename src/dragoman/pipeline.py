"""Stages 1 to 5 on one page: reports come in, a record comes out.

    acquire  ->  annotate  ->  record  ->  link  ->  record      (-> render, which reads it)

Reports pass one by one, or in a few chunks under way; all their texts are never held at once.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from os import PathLike
from pathlib import Path
from typing import BinaryIO, TypeVar

from dragoman.acquire import Limits, read
from dragoman.annotate import annotate
from dragoman.claims import Received
from dragoman.config import Config
from dragoman.engines import engine
from dragoman.errors import NothingRead, SourceError
from dragoman.link import link
from dragoman.record import Reader, Writer
from dragoman.types import AnyEntry, Value

T = TypeVar("T")

# Told after each report or entry: the stage, and how many of them it has done.
Progress = Callable[[str, int], None]

STAGES = ("acquire", "annotate", "link", "record")


class Skipped(Value, frozen=True, kw_only=True):
    """A source that is not in the record: which, why not, and what can be done about it."""

    source: str
    cause: str
    step: str


class Summary(Value, frozen=True, kw_only=True):
    """What a build did.

    Attributes:
        read: reports in the record.
        skipped: sources that are not in it.
        entries: how many entries of each kind.
        seconds: of wall time for each stage. Workers go on while this process reads and writes,
            so that `annotate` is the time spent waiting for them.
    """

    read: int
    skipped: tuple[Skipped, ...]
    entries: dict[str, int]
    seconds: dict[str, float]


def build(
    sources: Sequence[str | PathLike[str]],
    record: str | PathLike[str],
    config: Config | None = None,
    *,
    replace: bool = False,
    stdin: BinaryIO | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Read reports and write the record of what they say.

    Args:
        sources: folders, files, or `-` for standard input.
        record: the file to write. It is there whole or not at all.
        config: the settings; the defaults without it.
        replace: whether a record that is there already gives way to the new one.
        stdin: what `-` reads from.
        progress: called with a stage's name and how many reports or entries it has done.

    Raises:
        NothingRead: no report could be read; no record was written.
        RecordExists: there is a record already, and `replace` is not set.
        RecordError: the record can't be written.
        ConfigError: the settings can't be met.
    """
    config, path = config or Config(), Path(record)
    clock = _Clock()
    told, names = progress or _tell_nobody, [str(source) for source in sources]
    errors: list[SourceError] = []
    reports = 0

    with Writer(path, replace=replace) as writer:
        limits = Limits(max_bytes=config.max_bytes, max_elements=config.max_elements)
        received = clock.each("acquire", read(names, limits=limits, stdin=stdin))
        annotated = engine(config).map(
            annotate, _readable(received, errors, path), name=lambda report: report.source
        )
        for report, annotation in clock.each("annotate", annotated):
            if isinstance(annotation, SourceError):
                errors.append(annotation)
            else:
                # The same words from the same source are one report, however often they come.
                reports += writer.add_report(report, annotation)
            told("annotate", reports + len(errors))

        errors.sort(key=lambda error: error.args)
        if not reports:
            raise _nothing_read(names, errors)
        for error in errors:
            writer.skip(error)

        linked = clock.each("link", link(writer.annotations, writer.text))
        writer.write_entries(_told(linked, told))
        writer.close_state("build")

    with Reader(path) as reader:
        entries = reader.counts()
    return Summary(
        read=reports,
        skipped=tuple(Skipped(source=e.place, cause=e.cause, step=e.step) for e in errors),
        entries=entries,
        seconds=clock.seconds(),
    )


def _readable(
    received: Iterable[Received | SourceError], errors: list[SourceError], record: Path
) -> Iterator[Received]:
    """The reports; errors are put aside, but not those of the record, if it lies among them."""
    own = {record.resolve().with_name(record.name + end) for end in ("", "-wal", "-shm")}
    for item in received:
        if not isinstance(item, SourceError):
            yield item
        elif Path(item.place).resolve() not in own:
            errors.append(item)


def _told(entries: Iterable[AnyEntry], told: Progress) -> Iterator[AnyEntry]:
    for done, entry in enumerate(entries, 1):
        told("link", done)
        yield entry


def _nothing_read(names: Sequence[str], errors: Sequence[SourceError]) -> NothingRead:
    error = NothingRead(
        ", ".join(names) or "no source",
        "no report could be read, and no record was written",
        "see the causes of each source" if errors else "give files or folders that hold reports",
    )
    error.skipped = tuple(errors)
    return error


def _tell_nobody(stage: str, done: int) -> None:
    """The progress of a build that nobody follows."""


class _Clock:
    """Shares the wall time out among the stages, which run inside one another."""

    def __init__(self) -> None:
        self._spent = dict.fromkeys(STAGES, 0.0)
        self._stage, self._since = "record", time.perf_counter()

    def each(self, stage: str, items: Iterable[T]) -> Iterator[T]:
        """Pass the items on; the time that each takes to come counts for the stage."""
        source = iter(items)
        while True:
            before = self._turn_to(stage)
            try:
                item = next(source)
            except StopIteration:
                return
            finally:
                self._turn_to(before)
            yield item

    def seconds(self) -> dict[str, float]:
        """Seconds of each stage so far, rounded to milliseconds."""
        self._turn_to(self._stage)
        return {stage: round(spent, 3) for stage, spent in self._spent.items()}

    def _turn_to(self, stage: str) -> str:
        now, before = time.perf_counter(), self._stage
        self._spent[before] += now - self._since
        self._stage, self._since = stage, now
        return before
