"""The engine of this machine: in this process for one job, else in worker processes.

Workers are spawned, not forked, so that they start alike on every system. Chunks go to them as
they have room. If a worker dies, the pool is made anew and the chunks that were under way are
tried again report by report, so that only the guilty one is lost.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from pathlib import Path
from typing import Any, Generic, TypeVar

from dragoman.errors import ConfigError, SourceError

T = TypeVar("T")
R = TypeVar("R")

# Chunks handed out for each worker: one to work on and one to go on with.
AHEAD = 2
STEP = "report it as a fault with this file; the other reports are not affected"


class _Failure:
    """Stands for the result of an item that the function failed on; crosses processes."""

    __slots__ = ("cause",)

    def __init__(self, cause: str) -> None:
        self.cause = cause


class Local:
    """Runs on the processors of this machine.

    Args:
        jobs: worker processes; 1 works in this process, 0 takes one for each processor.
        chunk: items handed to a worker at a time.
    """

    def __init__(self, *, jobs: int, chunk: int) -> None:
        self._jobs = jobs or _processors()
        self._chunk = chunk

    def map(
        self, function: Callable[[T], R], items: Iterable[T], *, name: Callable[[T], str]
    ) -> Iterator[tuple[T, R | SourceError]]:
        """Yield every item with its result or its SourceError, in any order; see `Engine`.

        Raises:
            ConfigError: worker processes can't be started.
        """
        outcomes = (
            ((item, _attempt(function, item)) for item in items)
            if self._jobs == 1
            else _Crew(function, self._jobs).work(items, self._chunk)
        )
        for item, outcome in outcomes:
            if isinstance(outcome, _Failure):
                yield item, SourceError(name(item), outcome.cause, STEP)
            else:
                yield item, outcome


class _Crew(Generic[T, R]):
    """The worker processes of one run."""

    def __init__(self, function: Callable[[T], R], jobs: int) -> None:
        self._function, self._jobs = function, jobs

    def work(self, items: Iterable[T], chunk: int) -> Iterator[tuple[T, R | _Failure]]:
        source = iter(items)
        under_way: dict[Future[list[R | _Failure]], Sequence[T]] = {}
        self._pool = self._start()
        try:
            while True:
                while len(under_way) < self._jobs * AHEAD and (part := list(islice(source, chunk))):
                    under_way[self._hand_out(part)] = part
                if not under_way:
                    return
                done, _ = wait(under_way, return_when=FIRST_COMPLETED)
                if any(_error(future) for future in done):
                    # A dead worker fails all that was under way, whoever was guilty: with the
                    # pool emptied, each of them can be tried alone.
                    self._renew()
                    done = set(under_way)
                for future in done:
                    yield from self._outcomes(future, under_way.pop(future))
        finally:
            self._pool.shutdown(cancel_futures=True)

    def _start(self) -> ProcessPoolExecutor:
        pool = ProcessPoolExecutor(
            self._jobs, multiprocessing.get_context("spawn"), initializer=_leave_interrupts
        )
        try:
            # Whether a worker comes up and knows the function.
            pool.submit(_attempt_all, self._function, ()).result()
        except BrokenProcessPool as error:
            raise ConfigError(
                "jobs",
                "worker processes can't start",
                "use one job, or in a script call it under: if __name__ == '__main__'",
            ) from error
        return pool

    def _hand_out(self, part: Sequence[T]) -> Future[list[R | _Failure]]:
        try:
            return self._pool.submit(_attempt_all, self._function, part)
        except BrokenProcessPool as error:
            # Broken since the last look: treated like any other chunk that was under way.
            future: Future[list[R | _Failure]] = Future()
            future.set_exception(error)
            return future

    def _outcomes(
        self, future: Future[list[R | _Failure]], part: Sequence[T]
    ) -> Iterator[tuple[T, R | _Failure]]:
        """The results of a chunk that is done, or of its items one by one if it went down."""
        if _error(future) is None:
            yield from zip(part, future.result(), strict=True)
            return
        for item in part:
            single = self._hand_out([item])
            error = single.exception()
            if error is None:
                yield item, single.result()[0]
            elif isinstance(error, BrokenProcessPool):
                self._renew()
                yield item, _Failure("the worker process died on it")
            else:  # its result can't cross between processes
                yield item, _Failure(_cause(error))

    def _renew(self) -> None:
        # A worker that was being started while another died is told nothing, and the pool would
        # wait for its end for ever.
        for worker in tuple((self._pool._processes or {}).values()):  # noqa: SLF001
            worker.kill()
        self._pool.shutdown(cancel_futures=True)
        self._pool = self._start()


def _error(future: Future[Any]) -> BaseException | None:
    return CancelledError() if future.cancelled() else future.exception()


def _attempt(function: Callable[[T], R], item: T) -> R | _Failure:
    try:
        return function(item)
    except Exception as error:  # noqa: BLE001 - one report must not stop the others
        return _Failure(_cause(error))


def _attempt_all(function: Callable[[T], R], part: Sequence[T]) -> list[R | _Failure]:
    return [_attempt(function, item) for item in part]


def _cause(error: BaseException) -> str:
    """What failed and where, in one clause."""
    words = " ".join(str(error).split())[:200]
    steps = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(steps[-1].filename).name}:{steps[-1].lineno}" if steps else ""
    return f"the work on it failed ({type(error).__name__}{': ' if words else ''}{words}{place})"


def _leave_interrupts() -> None:
    """Ctrl-C is for the parent: it ends the workers, which then say nothing."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
