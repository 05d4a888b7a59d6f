"""Which program this is, to the letter: what it finds depends on its rules and its data."""

from __future__ import annotations

import functools
import hashlib
from importlib import metadata
from pathlib import Path

VERSION = f"dragoman {metadata.version('dragoman')}"
_HERE = Path(__file__).parent
# They show what was found, and change nothing of it.
_SHOWING = frozenset({"cli", "web", "render", "watch", "__pycache__"})
# Files that are rules or data. Of others (weights, tables) the name and the size count: the
# lists that pin them by hash are among these.
_READ = frozenset({".py", ".yaml", ".json", ".jsonl", ".toml", ".txt", ".tsv", ".csv", ".sha256"})


@functools.cache
def edition() -> str:
    """The version, and a hash of the rules and data that decide what is found."""
    digest = hashlib.sha256()
    for path in sorted(_HERE.rglob("*")):
        inside = path.relative_to(_HERE)
        if not path.is_file() or not _SHOWING.isdisjoint(inside.parts):
            continue
        data = path.read_bytes() if path.suffix in _READ else b""
        digest.update(f"{inside.as_posix()} {path.stat().st_size} {len(data)}\n".encode())
        digest.update(data)
    return f"{VERSION} {digest.hexdigest()[:12]}"
