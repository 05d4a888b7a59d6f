"""What linking may remember from one time to the next: results that no other report can change."""

from __future__ import annotations

from typing import Protocol


class Memo(Protocol):
    """A store of results by key. A key names all that the result depends on, but the program."""

    def recall(self, key: str) -> bytes | None:
        """What was kept under a key; None if nothing was."""

    def keep(self, key: str, blob: bytes) -> None:
        """Keep a result."""


class NoMemo:
    """Remembers nothing."""

    def recall(self, key: str) -> bytes | None:  # noqa: ARG002 - the form of `Memo`
        """Nothing was kept."""
        return None

    def keep(self, key: str, blob: bytes) -> None:
        """Keep nothing."""


NO_MEMO = NoMemo()
