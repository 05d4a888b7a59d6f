"""What a command writes is whole, or what was there before stays."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from dragoman.cli.output import written


def test_what_is_whole_takes_the_place(tmp_path):
    place = tmp_path / "talks.jsonl"
    place.write_bytes(b"before")
    with written(place) as out:
        out.write(b"after")
    assert place.read_bytes() == b"after"
    assert [p.name for p in tmp_path.iterdir()] == ["talks.jsonl"]


def _until_it_is_full(place: Path) -> None:
    with written(place) as out:
        out.write(b"half")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_what_fails_leaves_what_was_there(tmp_path):
    place = tmp_path / "talks.jsonl"
    place.write_bytes(b"before")
    with pytest.raises(OSError, match="No space") as caught:
        _until_it_is_full(place)
    assert caught.value.filename == str(place)
    assert place.read_bytes() == b"before"
    assert [p.name for p in tmp_path.iterdir()] == ["talks.jsonl"]


def test_a_device_is_written_to_as_it_is():
    with written(Path(os.devnull)) as out:
        out.write(b"gone")
