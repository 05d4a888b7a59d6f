"""How the joining of actors grows: time, memory and what it gets right, on generated reports.

The names are made from those of `netranslit` and `google_translit`: people of a first name and a
surname, places and bodies, each met in up to eight forms (in Latin letters, in another script,
garbled, with an initial, by surname alone). Stories of twelve actors are told by twenty reports
each, and a report names ten of them twice. Sizes are in reports; with `--full` up to 100,000, which
hold two million mentions of two hundred thousand forms. A size runs in a process of its own.
Right is measured by pairwise F1 over the local actors of a sample of 200,000; the peer joins what
is spelt alike. Times and memory depend on the machine, so only what is right has a floor.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.frame import Figure, Missing, Options, Part, hash_of
from dragoman.claims import Annotation, LocalActor, Mention
from dragoman.languages.lexicon import fold
from dragoman.link.actors import link_actors
from dragoman.types import ActorType, Role, Span

SIZES = (10_000,)
LONG = (30_000, 100_000)
REPORTS_A_STORY = 20
ACTORS_A_STORY = 12
ACTORS_A_REPORT = 10
REPORTS_AN_ACTOR = 2.5  # so many reports for each actor that there is
STATES = ("UA", "RU", "TR", "BR", "FR", "DE", "EG", "JO", "KE", "ET", "SD", "CO", "VE", "MM", "TH")
OFFICES = ("Foreign Minister", "Defence Minister", "President", "envoy", "negotiator")
SAMPLE = 200_000
FILES = (
    *(Path("netranslit", f"en-{code}.sample5000.tsv") for code in ("ru", "ar", "he")),
    Path("google_translit", "ar2en-test.txt"),
)


class Actor(NamedTuple):
    """An invented actor, the forms it is met in, and what is told of it."""

    type: ActorType
    forms: tuple[str, ...]
    side: str | None
    role: Role | None


def run(options: Options) -> Iterator[Part | Missing]:
    """Measure every size, the smallest first."""
    folder = options.data / "data" / "bench" if options.data else None
    if folder is None or not all((folder / file).is_file() for file in FILES):
        yield Missing(data="generated", why="the data folder (--data, DRAGOMAN_DATA) has no names")
        return
    figures: dict[str, Figure] = {}
    before: tuple[int, float] | None = None
    for size in SIZES + (LONG if options.full else ()):
        command = [sys.executable, "-m", "benchmarks.linking", str(folder), str(size)]
        told = subprocess.run(
            [*command, str(options.seed)], capture_output=True, text=True, check=True
        )
        found = json.loads(told.stdout)
        figures |= _figures(size, found)
        if before is not None:
            few, seconds = before
            growth = found["processor"] / seconds / (size / few)
            figures[f"{few} to {size}: growth of time (1: in proportion)"] = Figure(
                value=growth, peer=1.0, n=size, pinned=False
            )
        before = size, found["processor"]
    yield Part(
        data="generated",
        sha256=hash_of([folder / file for file in FILES], folder),
        figures=figures,
        note="reports, mentions and forms as the figure's name says; peer: spelt alike",
    )


def _figures(size: int, found: dict[str, Any]) -> dict[str, Figure]:
    of = f"{size}: "
    return {
        of + "seconds (peer: allowed for 100,000)": Figure(
            value=found["seconds"], peer=600.0, n=found["mentions"], pinned=False
        ),
        of + "seconds of one core": Figure(
            value=found["processor"], n=found["mentions"], pinned=False
        ),
        of + "peak MiB": Figure(value=found["mib"], peer=4096.0, n=found["forms"], pinned=False),
        of + "pairwise precision": Figure(
            value=found["precision"], peer=found["plain precision"], n=found["units"]
        ),
        of + "pairwise F1": Figure(value=found["f1"], peer=found["plain f1"], n=found["units"]),
    }


# ---------------------------------------------------------------- the reports


def _words(folder: Path) -> list[tuple[str, str]]:
    """Latin words and their partners in another script, each Latin word once."""
    found: dict[str, str] = {}
    for file in FILES:
        for line in (folder / file).read_text("utf-8").splitlines():
            one, other, *_ = line.split("\t")
            if file.suffix == ".txt":
                one, other = other, one
            if len(one) > 3 and one.isalpha():
                found.setdefault(one, other.replace(" ", ""))
    return sorted(found.items())


def _garbled(rng: random.Random, word: str) -> str:
    """A word with one letter lost, doubled, exchanged with its neighbour or taken for another."""
    at = rng.randrange(1, len(word))
    return rng.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
            word[:at] + rng.choice("aeiourstln") + word[at + 1 :],
        )
    )


def _actor(rng: random.Random, words: Sequence[tuple[str, str]]) -> Actor:
    (given, other_given), (name, other_name) = rng.choice(words), rng.choice(words)
    given, name = given.capitalize(), name.capitalize()
    forms: tuple[str, ...]
    if rng.random() < 0.7:
        forms = (
            f"{given} {name}",
            f"{other_given.capitalize()} {other_name.capitalize()}",
            f"{given} {_garbled(rng, name)}",
            f"{_garbled(rng, given)} {name}",
            f"{given[0]}. {name}",
            name,
            other_name.capitalize(),
            _garbled(rng, name),
        )
        state = rng.choice(STATES)
        role = Role(title=rng.choice(OFFICES), of=state) if rng.random() < 0.3 else None
        return Actor("person", forms, f"state:{state}", role)
    type_: ActorType = rng.choice(("place", "organization"))
    words_ = (name,) if type_ == "place" else (given, name)
    forms = (
        " ".join(words_),
        " ".join((*words_[:-1], _garbled(rng, name))),
        " ".join((*words_[:-1], _garbled(rng, name))),
        other_name.capitalize(),
    )
    return Actor(type_, forms, None, None)


def reports(folder: Path, size: int, seed: int) -> Iterator[tuple[Annotation, list[int]]]:
    """Annotated reports, each with the number of the actor that every local actor is."""
    rng = random.Random(seed)  # noqa: S311 - no secret, the same each time
    words = _words(folder)
    actors = [_actor(rng, words) for _ in range(max(ACTORS_A_STORY, int(size / REPORTS_AN_ACTOR)))]
    story: list[int] = []
    for number in range(size):
        if number % REPORTS_A_STORY == 0:
            story = rng.sample(range(len(actors)), ACTORS_A_STORY)
        present = rng.sample(story, ACTORS_A_REPORT)
        yield _report(rng, number, [actors[at] for at in present]), present


def _report(rng: random.Random, number: int, present: Sequence[Actor]) -> Annotation:
    report, place = f"rep-{number:07}", 0
    locals_: list[LocalActor] = []
    mentions: list[Mention] = []
    for index, actor in enumerate(present):
        form = rng.choice(actor.forms)
        locals_.append(
            LocalActor(
                name=form,
                type=actor.type,
                forms=(form,),
                roles=(actor.role,) if actor.role and rng.random() < 0.5 else (),
                side=actor.side if rng.random() < 0.5 else None,
            )
        )
        for _ in range(2):
            span = Span(report=report, start=place, end=place + len(form), text=form)
            mentions.append(Mention(span=span, form=form, actor=index, sort="name"))
            place += len(form) + 200
    lead = mentions[0].span
    return Annotation(
        report=report,
        source=report,
        sha256="",
        length=place,
        language="en",
        lead=lead,
        actors=tuple(locals_),
        mentions=tuple(mentions),
    )


# ---------------------------------------------------------------- one size


def _measure(folder: Path, size: int, seed: int) -> dict[str, float]:
    gold: dict[tuple[str, int], int] = {}
    names: dict[tuple[str, int], str] = {}
    forms: set[str] = set()
    mentions = 0

    def told() -> Iterator[Annotation]:
        nonlocal mentions
        for annotation, present in reports(folder, size, seed):
            mentions += len(annotation.mentions)
            for index, number in enumerate(present):
                actor = annotation.actors[index]
                forms.add(actor.name)
                if len(gold) < SAMPLE:
                    gold[annotation.report, index] = number
                    names[annotation.report, index] = f"{actor.type} {fold(actor.name)}"
            yield annotation

    begun, worked = time.perf_counter(), time.process_time()
    cast = link_actors(told())
    seconds, processor = time.perf_counter() - begun, time.process_time() - worked
    found = {node: cast.of(*node).id for node in gold}
    precision, f1 = _pairwise(found, gold)
    plain_precision, plain_f1 = _pairwise(names, gold)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "seconds": seconds,
        "processor": processor,
        "mib": peak / 1024 / (1024 if sys.platform == "darwin" else 1),
        "mentions": mentions,
        "forms": len(forms),
        "units": len(gold),
        "precision": precision,
        "f1": f1,
        "plain precision": plain_precision,
        "plain f1": plain_f1,
    }


def _pairwise(
    found: dict[tuple[str, int], str], gold: dict[tuple[str, int], int]
) -> tuple[float, float]:
    """Precision and F1 of pairs."""

    def twos(counts: Counter[Any]) -> int:
        return sum(count * (count - 1) // 2 for count in counts.values())

    both = twos(Counter((name, gold[node]) for node, name in found.items()))
    mine, theirs = twos(Counter(found.values())), twos(Counter(gold.values()))
    return both / mine if mine else 0.0, 2 * both / (mine + theirs)


if __name__ == "__main__":
    json.dump(_measure(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])), sys.stdout)
