"""Where the work on single reports runs. In: a pure function and items. Out: item and result.

An engine is one file with one class of the form `Engine`, registered in `engine`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

from dragoman.config import Config
from dragoman.engines.local import Local
from dragoman.errors import SourceError

T = TypeVar("T")
R = TypeVar("R")


class Engine(Protocol):
    """Runs a function over items, each by itself."""

    def map(
        self, function: Callable[[T], R], items: Iterable[T], *, name: Callable[[T], str]
    ) -> Iterator[tuple[T, R | SourceError]]:
        """Yield every item with its result, in any order.

        Args:
            function: pure, and importable by its name where the work is done.
            items: taken as there is room for them, never all at once.
            name: what an item is called in an error.

        Returns:
            Each item with its result, or with the SourceError that says why there is none: the
            function failed on it, or took its process down. The others go on.
        """
        ...


def engine(config: Config) -> Engine:
    """The engine that the settings ask for."""
    return Local(jobs=config.jobs, chunk=config.chunk)
