"""Clean public texts of the data folder, by language: what must be left as it is.

Read from the archives as they come; nothing of them is kept. Sentences of treebanks are put
together again, so many a document, in the order of the file.
"""

from __future__ import annotations

import html
import itertools
import re
import tarfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

_A_DOCUMENT = 25  # sentences of a treebank
_MARKUP = re.compile(r"<[^<>]*>")
# Treebanks of edited texts by language. What people wrote on the web has typing errors of its own.
_TREEBANKS: dict[str, tuple[str, ...]] = {
    "de": ("UD_German-PUD",),
    "es": ("UD_Spanish-AnCora", "UD_Spanish-PUD"),
    "fr": ("UD_French-GSD", "UD_French-PUD"),
    "pt": ("UD_Portuguese-GSD", "UD_Portuguese-Porttinari", "UD_Portuguese-PUD"),
    "ru": ("UD_Russian-GSD", "UD_Russian-PUD"),
    "uk": ("UD_Ukrainian-ParlaMint",),
    "tr": ("UD_Turkish-BOUN", "UD_Turkish-PUD"),
    "el": ("UD_Greek-GUD",),
}
_UNER: dict[str, tuple[str, ...]] = {"en": ("English-PUD",), "pt": ("Portuguese-Bosque",)}


class Clean(NamedTuple):
    """A clean set: its name, its language, its documents."""

    name: str
    code: str
    documents: tuple[str, ...]


def _plain(text: str) -> str:
    """A text without markup, its character references undone: to undo them is no false repair."""
    return html.unescape(html.unescape(_MARKUP.sub(" ", text)))


def _members(archive: Path, pattern: str) -> Iterator[tuple[str, str]]:
    """The names and texts of the files of an archive whose names match, in order."""
    with tarfile.open(archive, "r:xz") as opened:
        found = []
        for member in opened:
            if member.isfile() and re.search(pattern, member.name):
                data = opened.extractfile(member)
                if data is not None:
                    found.append((member.name, data.read().decode("utf-8")))
        yield from sorted(found)


def _sentences(treebank: str) -> Iterator[str]:
    for line in treebank.splitlines():
        if line.startswith("# text = "):
            yield _plain(line.removeprefix("# text = "))


def _documents(sentences: Iterator[str]) -> Iterator[str]:
    while part := list(itertools.islice(sentences, _A_DOCUMENT)):
        yield "\n".join(part)


def _of_archive(archive: Path, code: str, names: Sequence[str], ending: str) -> Iterator[Clean]:
    """The treebanks of an archive whose folders have these names; it is unpacked once."""
    if not archive.is_file():
        return
    pattern = rf"/({'|'.join(map(re.escape, names))})/.*{ending}$"
    texts: dict[str, list[str]] = {}
    for path, treebank in _members(archive, pattern):
        name = path.split("/")[-2]
        texts.setdefault(name, []).extend(_documents(_sentences(treebank)))
    for name, documents in sorted(texts.items()):
        yield Clean(name, code, tuple(documents))


def _articles(data: Path, part: str) -> Iterator[Clean]:
    polnear = data / "bench" / "polnear" / "polnear.tar.xz"
    if polnear.is_file():
        texts = tuple(text for _, text in _members(polnear, rf"polnear/{part}/text/.*\.txt$"))
        yield Clean("polnear", "en", texts)
    for name, folder, ending in (
        ("wikiwars", "wikiwars/in", "*.sgm"),
        ("te3_platinum", "te3_platinum/te3-platinum", "*.tml"),
    ):
        files = sorted((data / "bench" / folder).glob(ending))
        # Neither has a part to read errors in: every other file is one.
        chosen = files[::2] if part == "dev" else files[1::2]
        if chosen:
            texts = tuple(_plain(file.read_text("utf-8", errors="replace")) for file in chosen)
            yield Clean(name, "en", texts)


def clean_sets(data: Path, part: str) -> Iterator[Clean]:
    """The clean sets of a data folder that are there.

    Args:
        data: the folder.
        part: `dev`, to read errors in, or `test`, for figures.
    """
    yield from _articles(data, part)
    uner = data / "bench" / "uner" / "uner.tar.xz"
    for code, names in sorted(_UNER.items()):
        yield from _of_archive(uner, code, names, rf"-{part}\.iob2")
    for code, names in sorted(_TREEBANKS.items()):
        archive = data / "training" / f"{code}.tar.xz"
        yield from _of_archive(archive, code, names, rf"-ud-{part}[\w.-]*\.conllu")
