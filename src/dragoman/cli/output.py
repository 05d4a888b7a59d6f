"""Files that commands write: whole in their place, or what was there before."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def written(path: Path) -> Iterator[BinaryIO]:
    """A file to write to, that takes the place of `path` once it is whole.

    Where the disk is full, or the program is stopped, what stood at `path` stays. What is no plain
    file (a pipe, a device) is written to as it is.

    Raises:
        OSError: it can't be written; `filename` is the path.
    """
    place = path.resolve()
    if place.exists() and not place.is_file():
        with place.open("wb") as out:
            yield out
        return
    part = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        part.replace(place)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        part.unlink(missing_ok=True)
