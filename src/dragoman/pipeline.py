"""Stages 1 to 5 on one page: reports come in, a record comes out.

    acquire  ->  annotate  ->  record  ->  link  ->  corrections  ->  record    (-> render)

The same way for a new record, for more reports, and for a record made anew from itself.

Reports pass one by one, or in a few chunks under way; all their texts are never held at once.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from os import PathLike
from pathlib import Path
from typing import BinaryIO, TypeVar

from dragoman.acquire import Limits, again, read
from dragoman.annotate import annotate
from dragoman.claims import Annotation, Received
from dragoman.config import Config
from dragoman.edition import edition
from dragoman.engines import engine
from dragoman.errors import NothingRead, RecordError, SourceError
from dragoman.link import link
from dragoman.record import Reader, Writer, annotation_key, missing
from dragoman.record.file import BELONGING
from dragoman.review import settle
from dragoman.types import AnyEntry, Value, report_id

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
    """What was done to a record.

    Attributes:
        read: reports in the record.
        added: those of them that were not in it before.
        skipped: sources that are not in it.
        entries: how many entries of each kind.
        seconds: of wall time for each stage. Workers go on while this process reads and writes,
            so that `annotate` is the time spent waiting for them.
        state: the number of the state that was made; None if nothing changed.
    """

    read: int
    added: int
    skipped: tuple[Skipped, ...]
    entries: dict[str, int]
    seconds: dict[str, float]
    state: int | None


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
        replace: whether a record that is there already gives way to the new one. Its corrections
            stay and are applied to the new one.
        stdin: what `-` reads from.
        progress: called with a stage's name and how many reports or entries it has done.

    Raises:
        NothingRead: no report could be read; no record was written.
        RecordExists: there is a record already, and `replace` is not set.
        RecordError: the record can't be written.
        ConfigError: the settings can't be met.
    """
    flow = _Flow(Path(record), config, progress)
    names = [str(source) for source in sources]
    with Writer(flow.path, replace=replace, program=flow.edition) as writer:
        flow.annotate(writer, flow.read(names, stdin))
        if not writer.reports():
            raise _nothing_read(names, flow.errors)
        return flow.finish(writer, "build")


def add(
    sources: Sequence[str | PathLike[str]],
    record: str | PathLike[str],
    config: Config | None = None,
    *,
    stdin: BinaryIO | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Read more reports into a record: it is then as if all had been read at once.

    Reports that are in it already are passed over. If all are, nothing changes.

    Args:
        sources: folders, files, or `-` for standard input.
        record: the file to extend.
        config: the settings; the defaults without it.
        stdin: what `-` reads from.
        progress: called with a stage's name and how many reports or entries it has done.

    Raises:
        NothingRead: no report could be read; the record is as it was.
        RecordMissing: there is no record.
        RecordError: the record can't be written.
        ConfigError: the settings can't be met.
    """
    flow = _Flow(Path(record), config, progress)
    names = [str(source) for source in sources]
    return flow.add(flow.read(names, stdin), names)


def add_received(
    reports: Iterable[Received | SourceError],
    record: str | PathLike[str],
    config: Config | None = None,
    *,
    progress: Progress | None = None,
) -> Summary:
    """Add reports that were received already; see `add`. A record that is not there is made."""
    flow = _Flow(Path(record), config, progress)
    if flow.path.is_file():
        return flow.add(reports, ["reports"])
    with Writer(flow.path, program=flow.edition) as writer:
        flow.annotate(writer, reports)
        if not writer.reports():
            raise _nothing_read(["reports"], flow.errors)
        return flow.finish(writer, "build")


def rebuild(
    record: str | PathLike[str],
    config: Config | None = None,
    *,
    progress: Progress | None = None,
) -> Summary:
    """Make a record anew from the bytes that it keeps of its reports; corrections stay.

    Reports whose bytes can't be read any more stay as they were read, and are told as skipped.

    Args:
        record: the file.
        config: the settings; the defaults without it.
        progress: called with a stage's name and how many reports or entries it has done.

    Raises:
        RecordMissing: there is no record.
        RecordError: it can't be read or written.
        ConfigError: the settings can't be met.
    """
    flow = _Flow(Path(record), config, progress)
    if not flow.path.is_file():
        raise missing(flow.path)
    # The writer first: what the reader sees then nobody can change.
    with (
        Writer(flow.path, replace=True, program=flow.edition) as writer,
        Reader(flow.path) as reader,
    ):
        flow.annotate(writer, flow.originals(reader))
        return flow.finish(writer, "rebuild")


class _Flow:
    """One run of stages 1 to 4 over one record."""

    def __init__(self, path: Path, config: Config | None, progress: Progress | None) -> None:
        self.path = path
        self.config = config or Config()
        self.limits = Limits(max_bytes=self.config.max_bytes, max_elements=self.config.max_elements)
        # What is found depends on the parsers that are named, too.
        named = [f"{code}={name}" for code, name in sorted(self.config.parsers.items())]
        self.edition = " ".join([edition(), *named])
        self.errors: list[SourceError] = []
        self.added = 0
        self._known = 0
        self._clock = _Clock()
        self._told = progress or _tell_nobody

    def read(
        self, names: Sequence[str], stdin: BinaryIO | None
    ) -> Iterator[Received | SourceError]:
        """Stage 1: the reports of sources, among which the record itself may lie."""
        own = [Path(f"{self.path}{end}") for end in BELONGING]
        return read(names, limits=self.limits, stdin=stdin, own=own)

    def add(self, incoming: Iterable[Received | SourceError], names: Sequence[str]) -> Summary:
        """Add reports to the record.

        Raises:
            RecordError: those that it holds were read by other rules, which would not fit these.
        """
        with Writer(self.path, extend=True, program=self.edition) as writer:
            made_by = writer.made_by()
            if made_by != self.edition:
                raise RecordError(
                    str(self.path),
                    f"its reports were read by {made_by}, this is {self.edition}",
                    f"make it anew from itself first: dragoman rebuild {self.path}",
                )
            self.annotate(writer, incoming)
            if not self.added and not self._known:
                raise _nothing_read(names, self.errors)
            if self.added or writer.touched:
                return self.finish(writer, "add")
            writer.abandon()
            return self._summary(writer, None)

    def annotate(self, writer: Writer, incoming: Iterable[Received | SourceError]) -> None:
        """Stages 1 and 2: what the reports say, found anew only where it is not kept."""
        received = self._clock.each("acquire", incoming)
        readable = _readable(received, self.errors)
        parsers = self.config.parsers
        annotated = engine(self.config).map(
            functools.partial(annotate, parsers=parsers) if parsers else annotate,
            self._unknown(writer, readable),
            name=lambda report: report.source,
        )
        for report, annotation in self._clock.each("annotate", annotated):
            if isinstance(annotation, SourceError):
                self.errors.append(annotation)
            else:
                self._keep(writer, report, annotation)
            self._told("annotate", self.added + self._known + len(self.errors))

    def _unknown(self, writer: Writer, received: Iterable[Received]) -> Iterator[Received]:
        """The reports of which it is not kept what they say; the others are added at once."""
        for report in received:
            kept = writer.cached(annotation_key(report, self.edition))
            if kept is None or kept.report != report_id(report.source, report.text):
                yield report
            else:
                self._keep(writer, report, kept)

    def _keep(self, writer: Writer, report: Received, annotation: Annotation) -> None:
        # The same words from the same source are one report, however often they come.
        if writer.add_report(report, annotation):
            self.added += 1
        else:
            self._known += 1

    def originals(self, reader: Reader) -> Iterator[Received]:
        """The reports of a record, read again from their bytes."""
        for entry in reader.entries("report"):
            kept = reader.received(entry.id)
            fresh = again(kept, self.limits)
            if isinstance(fresh, SourceError):
                self.errors.append(fresh)
            yield kept if isinstance(fresh, SourceError) else fresh

    def finish(self, writer: Writer, cause: str) -> Summary:
        """Stages 3 and 4: what all reports say together, corrected, written as one state."""
        self.errors.sort(key=lambda error: error.args)
        for error in self.errors:
            writer.skip(error)
        linked = self._clock.each("link", link(writer.annotations, writer.text, writer))
        settle(writer, _told(linked, self._told))
        state = writer.close_state(cause)
        return self._summary(writer, state)

    def _summary(self, writer: Writer, state: int | None) -> Summary:
        return Summary(
            read=writer.reports(),
            added=self.added,
            skipped=tuple(Skipped(source=e.place, cause=e.cause, step=e.step) for e in self.errors),
            entries=writer.counts(),
            seconds=self._clock.seconds(),
            state=state,
        )


def _readable(
    received: Iterable[Received | SourceError], errors: list[SourceError]
) -> Iterator[Received]:
    """The reports; errors are put aside."""
    for item in received:
        if isinstance(item, SourceError):
            errors.append(item)
        else:
            yield item


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
