"""How well the parser reads raw text: the test files of the treebanks, language by language.

The text of a test file is parsed as it stands; words are matched by their characters, as the
CoNLL 2018 evaluation does. `words` and `sentences` are F1 of their places; `tags`, `uas` and `las`
F1 over words (relations without subtypes); `ccomp` and `parataxis` F1 of those arcs, `said` that of
both taken for one relation; `lemmas` the share of content words that are right among those found;
`names` F1 of exact spans and types (UNER test files). Multiword tokens count as one word, in the
gold too (`training/conllu.py`).

Peers: where a peer is given, it is UDPipe 1.2 as published for the same treebank; a spaCy pipeline
that is installed under the name `en_core_web_sm` is run beside on the English text for speed.
"""

from __future__ import annotations

import importlib.util
import json
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from benchmarks.frame import ROOT, Figure, Missing, Options, Part, hash_of
from benchmarks.parser_names import name_parts
from dragoman.annotate.language import identify
from dragoman.models import ROOT as ROOT_WORD
from dragoman.models import Syntax, parse
from training.conllu import Sentence, join_names, read_names

SETTINGS = ROOT / "training" / "treebanks.yaml"
# By report: the places of a verb of speech, of the heads that its subject may have (none where it
# has none of its own) and of those that what is said may have. Chosen by hand.
VERBS = Path(__file__).with_name("speech_verbs.json")
SAYS = frozenset({"ccomp", "xcomp", "parataxis", "obj", "obl", "advcl", "acl", "conj", "csubj"})
CONTENT = frozenset({"ADJ", "ADV", "NOUN", "PROPN", "VERB"})
# Relations that are measured by themselves; `said` takes the two for one, as treebanks mix them.
CLAUSES = {
    "ccomp": frozenset({"ccomp"}),
    "parataxis": frozenset({"parataxis"}),
    "said": frozenset({"ccomp", "parataxis"}),
}
# Published for these treebanks; source: the README of the training data.
PUBLISHED = {
    ("pt", "tags"): 0.959,
    ("pt", "uas"): 0.859,
    ("pt", "las"): 0.819,
    ("de", "las"): 0.727,
    ("ru", "las"): 0.774,
}
SPEED_WORDS = 20_000


@dataclass(frozen=True)
class Gold:
    """The test text of a language and what stands in it; places are those of non-space signs."""

    text: str
    words: list[tuple[int, int]]
    sentences: list[tuple[int, int]]
    of: list[tuple[Sentence, int]]
    heads: list[int]
    names: set[tuple[int, int, str]] | None


def run(options: Options) -> Iterator[Part | Missing]:
    """Measure every language that has its treebank, then the speed."""
    folder = options.data / "data" / "training" if options.data else None
    table = yaml.safe_load(SETTINGS.read_text("utf-8"))["languages"]
    with tempfile.TemporaryDirectory() as scratch:
        for language, wants in table.items():
            archive = folder / f"{language}.tar.xz" if folder else None
            if archive is None or not archive.is_file():
                yield Missing(data=language, why="the data folder has no such treebank")
                continue
            gold, paths = _gold(archive, language, wants, Path(scratch))
            yield Part(
                data=language,
                sha256=hash_of(paths, Path(scratch)),
                figures=_figures(language, gold, parse(gold.text, language)),
                note=wants["test"].split("/")[0],
            )
            if language == "en":
                yield _speed(gold.text, hash_of(paths, Path(scratch)))
    if options.data is None:
        yield Missing(data="speech_verbs", why="the data folder has no istanbul/reports")
    else:
        yield _verbs(options.data)
        yield from name_parts(options.data)


def _verbs(folder: Path) -> Part | Missing:
    """How many verbs of speech in damaged news text have their subject and what is said."""
    reports = folder / "istanbul" / "reports"
    if not reports.is_dir():
        return Missing(data="speech_verbs", why="the data folder has no istanbul/reports")
    right = {"subject": 0, "said": 0, "both": 0}
    total = 0
    paths = []
    for name, verbs in json.loads(VERBS.read_text("utf-8")).items():
        paths.append(reports / name)
        text = paths[-1].read_text("utf-8")
        syntax = parse(text, identify(text, None)[0] or "en")
        at = {start: word for word, start in enumerate(syntax.starts)}
        for verb, subjects, contents in verbs:
            total += 1
            subject = not subjects or _subject(syntax, at[verb]) in {at[s] for s in subjects}
            said = any(_says(syntax, at[verb], at[content]) for content in contents)
            right["subject"] += subject
            right["said"] += said
            right["both"] += subject and said
    return Part(
        data="speech_verbs",
        sha256=hash_of(paths, folder),
        figures={name: Figure(value=n / total, n=total) for name, n in right.items()},
    )


def _subject(syntax: Syntax, verb: int) -> int | None:
    """The subject of a verb: its own (the nearest), that of the verb it is joined to, or a noun."""
    own = [w for w in syntax.children[verb] if syntax.relations[w].startswith("nsubj")]
    if own:
        return min(own, key=lambda word: abs(word - verb))
    head = syntax.heads[verb]
    if head != ROOT_WORD and syntax.relations[verb] in {"conj", "advcl", "xcomp"}:
        return _subject(syntax, head)
    return head if syntax.relations[verb].startswith("acl") else None


def _says(syntax: Syntax, verb: int, content: int) -> bool:
    if syntax.heads[content] == verb:
        return syntax.relations[content] in SAYS
    return syntax.heads[verb] == content and syntax.relations[verb] in SAYS


def _gold(
    archive: Path, language: str, wants: dict[str, object], scratch: Path
) -> tuple[Gold, list[Path]]:
    test = str(wants["test"])
    parts = [part for part in (test, _names_file(test)) if part]
    with tarfile.open(archive) as tar:
        members = [m for m in tar.getmembers() if any(m.name.endswith(p) for p in parts)]
        tar.extractall(scratch, members, filter="data")
    names_path = scratch / language / _names_file(test)
    names = read_names(names_path) if names_path.is_file() else {}
    sentences = list(join_names(scratch / language / test, names))
    paths = [p for p in (scratch / language / test, names_path) if p.is_file()]
    return _lay_out(sentences, named=bool(names)), paths


def _names_file(test: str) -> str:
    return test.replace("UD_", "UNER_").replace(".conllu", ".iob2")


def _lay_out(sentences: Sequence[Sentence], *, named: bool) -> Gold:
    parts: list[str] = []
    words: list[tuple[int, int]] = []
    bounds: list[tuple[int, int]] = []
    of: list[tuple[Sentence, int]] = []
    heads: list[int] = []
    names: set[tuple[int, int, str]] = set()
    at = 0
    for sentence in sentences:
        parts.append(("\n\n" if sentence.opens else " ") + sentence.text)
        first, begin = len(words), at
        for place, form in enumerate(sentence.forms):
            words.append((at, at + len(form)))
            of.append((sentence, place))
            head = sentence.heads[place]
            heads.append(first + head - 1 if head else -1)
            at += len(form)
        bounds.append((begin, at))
        names |= _spans(sentence, words[first:])
    return Gold("".join(parts).strip(), words, bounds, of, heads, names if named else None)


def _spans(sentence: Sentence, words: Sequence[tuple[int, int]]) -> set[tuple[int, int, str]]:
    found: set[tuple[int, int, str]] = set()
    start: int | None = None
    tags = [*(sentence.names or ["O"] * len(sentence)), "O"]
    for place, tag in enumerate(tags):
        if start is not None and not tag.startswith("I"):
            found.add((words[start][0], words[place - 1][1], tags[start][2:]))
            start = None
        if tag.startswith("B"):
            start = place
    return found


def _figures(language: str, gold: Gold, found: Syntax) -> dict[str, Figure]:
    # Places among the signs that are no space, so that both sides count alike.
    place, count = [], 0
    for char in gold.text:
        place.append(count)
        count += not char.isspace()
    place.append(count)
    mine = [(place[s], place[e]) for s, e in zip(found.starts, found.ends, strict=True)]
    where = {span: word for word, span in enumerate(mine)}
    pairs = [(g, where[span]) for g, span in enumerate(gold.words) if span in where]
    total = len(gold.words) + len(mine)

    def same_head(g: int, m: int) -> bool:
        a, b = gold.heads[g], found.heads[m]
        return (a < 0) == (b < 0) and (a < 0 or gold.words[a] == mine[b])

    def relation(g: int) -> str:
        sentence, at = gold.of[g]
        return sentence.relations[at].split(":")[0]

    arcs = [(g, m) for g, m in pairs if same_head(g, m)]
    labelled = [(g, m) for g, m in arcs if relation(g) == found.relations[m].split(":")[0]]
    tags = sum(gold.of[g][0].tags[gold.of[g][1]] == found.tags[m] for g, m in pairs)
    content = [(g, m) for g, m in pairs if gold.of[g][0].tags[gold.of[g][1]] in CONTENT]
    content = [(g, m) for g, m in content if gold.of[g][0].lemmas[gold.of[g][1]] != "_"]
    lemmas = sum(gold.of[g][0].lemmas[gold.of[g][1]] == found.lemmas[m] for g, m in content)
    bounds = {(mine[a][0], mine[b - 1][1]) for a, b in found.sentences}
    shared = len(bounds & set(gold.sentences))
    values = {
        "words": (2 * len(pairs) / total, len(gold.words)),
        "sentences": (2 * shared / (len(bounds) + len(gold.sentences)), len(gold.sentences)),
        "tags": (2 * tags / total, len(gold.words)),
        "uas": (2 * len(arcs) / total, len(gold.words)),
        "las": (2 * len(labelled) / total, len(gold.words)),
        "lemmas": (lemmas / len(content), len(content)),
    }
    for name, alike in CLAUSES.items():
        right = sum(relation(g) in alike and found.relations[m] in alike for g, m in arcs)
        wanted = sum(relation(g) in alike for g in range(len(gold.words)))
        told = sum(r in alike for r in found.relations)
        values[name] = (2 * right / max(1, wanted + told), wanted)
    if gold.names is not None:
        told_names = {(mine[n.first][0], mine[n.last - 1][1], n.type) for n in found.names}
        right = len(told_names & gold.names)
        values["names"] = (2 * right / (len(told_names) + len(gold.names)), len(gold.names))
    return {
        name: Figure(value=value, n=n, peer=PUBLISHED.get((language, name)))
        for name, (value, n) in values.items()
    }


def _speed(text: str, sha256: str) -> Part:
    """Documents of 500 words a second, beside a spaCy small model where one is installed."""
    words = text.split()[:SPEED_WORDS]
    documents = [" ".join(words[i : i + 500]) for i in range(0, len(words), 500)]
    mine = _rate(lambda document: parse(document, "en"), documents)
    peer = None
    if importlib.util.find_spec("en_core_web_sm"):
        import spacy  # noqa: PLC0415  a peer, no dependency

        pipeline = spacy.load("en_core_web_sm")
        peer = _rate(pipeline, documents)
    return Part(
        data="speed",
        sha256=sha256,
        figures={
            "documents_a_second": Figure(value=mine, n=len(documents), peer=peer, pinned=False)
        },
        note="peer: en_core_web_sm" if peer else "no en_core_web_sm is installed beside",
    )


def _rate(read: Callable[[str], object], documents: Sequence[str]) -> float:
    read(documents[0])
    begun = time.process_time()
    for document in documents:
        read(document)
    return len(documents) / (time.process_time() - begun)
