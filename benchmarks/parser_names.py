"""Names that the parser finds in the languages for which it has learned few, on BSNLP's reports.

A report's names are a set of forms with their types, as the shared tasks score them (strictly, by
the form as written); events and products are left out. The peer takes every run of capitalised
words behind the first word of a sentence for a name of the most frequent type.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

from benchmarks.bsnlp import TYPES, Given, read_topics
from benchmarks.frame import Figure, Part, hash_of
from dragoman.models import Syntax, languages, parse
from dragoman.types import ActorType

Names = set[tuple[int, str, ActorType]]


def name_parts(folder: Path) -> Iterator[Part]:
    """A part for each language that the parser knows, where the reports are there."""
    path = folder / "data/bench/bsnlp_dev/bsnlp_dev.tar.xz"
    if not path.is_file():
        return
    reports: dict[str, list[Given]] = {}
    for _, given in sorted(read_topics(path).items()):
        for report in given:
            reports.setdefault(report.language, []).append(report)
    for language in sorted(languages() & set(reports)):
        yield Part(
            data=f"names_{language}",
            sha256=hash_of([path], path.parent),
            figures=_figures(reports[language], language),
            note="BSNLP development topics; peer: runs of capitalised words",
        )


def _figures(reports: Sequence[Given], language: str) -> dict[str, Figure]:
    gold: Names = set()
    found: Names = set()
    runs: list[tuple[int, str]] = []
    for number, report in enumerate(reports):
        gold |= {(number, form, type_) for form, type_, _ in report.names}
        syntax = parse(report.text, language)
        found |= {
            (number, form, TYPES[name.type])
            for name in syntax.names
            if (form := _form(report.text, syntax, name.first, name.last))
        }
        runs += [(number, form) for form in _capitals(report.text, syntax)]
    usual = Counter(type_ for _, _, type_ in gold).most_common(1)[0][0]
    peer: Names = {(number, form, usual) for number, form in runs}
    untyped = {(number, form) for number, form, _ in gold}
    return {
        "names": Figure(value=_f1(found, gold), peer=_f1(peer, gold), n=len(gold)),
        "names without types": Figure(
            value=_f1({(number, form) for number, form, _ in found}, untyped),
            peer=_f1(set(runs), untyped),
            n=len(untyped),
        ),
    }


def _form(text: str, syntax: Syntax, first: int, last: int) -> str:
    return " ".join(text[syntax.starts[first] : syntax.ends[last - 1]].split())


def _capitals(text: str, syntax: Syntax) -> Iterator[str]:
    for first, last in syntax.sentences:
        begun: int | None = None
        for word in range(first + 1, last + 1):
            capital = word < last and text[syntax.starts[word]].isupper()
            if begun is not None and not capital:
                yield _form(text, syntax, begun, word)
                begun = None
            elif begun is None and capital:
                begun = word


def _f1(found: AbstractSet[object], gold: AbstractSet[object]) -> float:
    return 2 * len(found & gold) / max(1, len(found) + len(gold))
