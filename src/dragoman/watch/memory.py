"""What a watch has seen: validators of answers, items of feeds, and of what people were told.

It is written whole after the record was; a cycle that was cut off is done again.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

import msgspec

from dragoman.errors import ConfigError


class Memory(msgspec.Struct, kw_only=True):
    """What was seen.

    Attributes:
        validators: by address: what to ask with the next time.
        items: by feed: the items that are in the record.
        told: by alert: the state of the record up to which it has told.
    """

    validators: dict[str, dict[str, str]] = {}
    items: dict[str, list[str]] = {}
    told: dict[str, int] = {}


def load(path: Path) -> Memory:
    """Read it; a new one if there is none.

    Raises:
        ConfigError: it can't be read.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=Memory)
    except FileNotFoundError:
        return Memory()
    except (OSError, msgspec.DecodeError) as error:
        raise ConfigError(
            str(path),
            f"it can't be read ({error})",
            "remove it: all is fetched again then, and nothing comes twice",
        ) from error


def save(path: Path, memory: Memory) -> None:
    """Write it, whole or not at all.

    Raises:
        ConfigError: it can't be written.
    """
    write_whole(path, msgspec.json.format(msgspec.json.encode(memory), indent=1))


def write_whole(path: Path, data: bytes) -> None:
    """Write a file, whole or not at all.

    Raises:
        ConfigError: it can't be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise
    except OSError as error:
        cause = (error.strerror or "can't be written").lower()
        raise ConfigError(str(path), cause, "give space and permission") from error
