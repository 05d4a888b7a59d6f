"""Treebanks as surface words: CoNLL-U and UNER files read, multiword tokens merged.

The parser sees words as they stand in the text. A multiword token ("du", "zum", "dá-lo") becomes
one word: the part that governs the others, or the first part where none does; what hung on the
other parts hangs on it. Empty nodes are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

# Relation subtypes that the rules use; of all others the universal relation is kept.
KEPT_SUBTYPES = frozenset({"nsubj:pass", "aux:pass", "acl:relcl", "obl:agent"})
NAME_TYPES = frozenset({"PER", "ORG", "LOC"})


@dataclass
class Sentence:
    """One sentence: parallel lists over its surface words; heads count from 1, 0 is the root."""

    forms: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    features: list[dict[str, str]] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    relations: list[str] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)
    names: list[str] | None = None
    opens: bool = False
    text: str = ""

    def __len__(self) -> int:
        return len(self.forms)


@dataclass
class _Row:
    place: int
    form: str
    lemma: str
    tag: str
    features: dict[str, str]
    head: int
    relation: str
    space: bool


def relation_kept(relation: str) -> str:
    """The relation as it is learned: without the subtypes that no rule asks for."""
    return relation if relation in KEPT_SUBTYPES else relation.partition(":")[0]


def _features(column: str) -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in column.split("|")) if column != "_" else {}


def _blocks(path: Path) -> Iterator[list[str]]:
    block: list[str] = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                block.append(line.rstrip("\n"))
            elif block:
                yield block
                block = []
    if block:
        yield block


def read(path: Path) -> Iterator[Sentence]:
    """The sentences of a CoNLL-U file, in order."""
    for block in _blocks(path):
        yield _sentence(block)


def _sentence(block: list[str]) -> Sentence:
    rows: list[_Row] = []
    spans: list[tuple[int, int, str, bool]] = []
    opens, text = False, ""
    for line in block:
        if line.startswith("#"):
            opens |= line.startswith(("# newdoc", "# newpar"))
            if line.startswith("# text = "):
                text = line[len("# text = ") :]
            continue
        columns = line.split("\t")
        place, space = columns[0], "SpaceAfter=No" not in columns[9]
        if "." in place:
            continue
        if "-" in place:
            first, last = place.split("-")
            spans.append((int(first), int(last), columns[1], space))
            continue
        rows.append(
            _Row(
                int(place),
                columns[1],
                columns[2],
                columns[3],
                _features(columns[5]),
                int(columns[6]),
                relation_kept(columns[7]),
                space,
            )
        )
    sentence = _merge(rows, spans)
    sentence.opens, sentence.text = opens, text
    return sentence


def _merge(rows: list[_Row], spans: list[tuple[int, int, str, bool]]) -> Sentence:
    keeper = {row.place: row.place for row in rows}
    surface: dict[int, tuple[str, bool]] = {}
    for first, last, form, space in spans:
        parts = [row for row in rows if first <= row.place <= last]
        governing = [r for r in parts if not first <= r.head <= last]
        kept = governing[0] if governing else parts[0]
        for row in parts:
            keeper[row.place] = kept.place
        surface[kept.place] = (form, space)
    left = [row for row in rows if keeper[row.place] == row.place]
    number = {row.place: index for index, row in enumerate(left, 1)} | {0: 0}
    sentence = Sentence()
    for row in left:
        form, space = surface.get(row.place, (row.form, row.space))
        sentence.forms.append(form.replace(" ", "").replace("\u00a0", ""))
        sentence.lemmas.append(row.lemma)
        sentence.tags.append(row.tag)
        sentence.features.append(row.features)
        sentence.heads.append(number[keeper.get(row.head, 0)])
        sentence.relations.append(row.relation)
        sentence.spaces.append(space)
    return sentence


def read_names(path: Path) -> dict[tuple[str, ...], list[str]]:
    """BIO tags of the sentences of a UNER file, by their syntactic words; OTH is dropped."""
    found: dict[tuple[str, ...], list[str]] = {}
    for block in _blocks(path):
        rows = [line.split("\t") for line in block if not line.startswith("#")]
        words = tuple(row[1] for row in rows)
        found[words] = [row[2] if row[2][2:] in NAME_TYPES else "O" for row in rows]
    return found


def join_names(path: Path, names: dict[tuple[str, ...], list[str]]) -> Iterator[Sentence]:
    """The sentences of a CoNLL-U file with their names where the words match.

    A multiword token has the name of the part that has one.
    """
    for block, sentence in zip(_blocks(path), read(path), strict=True):
        columns = [line.split("\t") for line in block if not line.startswith("#")]
        words = [c for c in columns if "-" not in c[0] and "." not in c[0]]
        tags = names.get(tuple(c[1] for c in words))
        if tags is not None:
            sentence.names = _surface_names(columns, tags, len(sentence))
        yield sentence


def _surface_names(columns: list[list[str]], tags: list[str], size: int) -> list[str]:
    merged: list[str] = []
    until, at = 0, 0
    for row in columns:
        if "." in row[0]:
            continue
        if "-" in row[0]:
            first, last = (int(n) for n in row[0].split("-"))
            inside = [tag for tag in tags[first - 1 : last] if tag != "O"]
            merged.append(inside[0] if inside else "O")
            until = last
            continue
        at = int(row[0])
        if at > until:
            merged.append(tags[at - 1])
    if len(merged) != size:
        message = f"{len(merged)} names for {size} words"
        raise ValueError(message)
    return merged
