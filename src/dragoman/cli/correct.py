"""Commands by which people correct a record: `correct ...`, and the list of corrections."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from dragoman.cli.options import RecordPath, Who, Why
from dragoman.cli.screen import print_table
from dragoman.errors import ConfigError
from dragoman.record import Correction, Reader
from dragoman.review import Desk, outcomes, written

correct = typer.Typer(
    name="correct",
    help="Correct a record: every correction is kept, applied after each linking, and undoable.",
    no_args_is_help=True,
)
Id = Annotated[str, typer.Argument(metavar="ID", help="Of an entry, or how it begins.")]
OfActor = Annotated[
    str, typer.Argument(metavar="ACTOR", help="Its id, how that begins, or a name of it alone.")
]
Name = Annotated[str | None, typer.Option("--name", help="The actor's name then.")]
Fields = Annotated[
    list[str],
    typer.Option(
        "--set", metavar="FIELD=VALUE", help="A field and its value, JSON or plain words."
    ),
]


@correct.command()
def accept(record: RecordPath, entry: Id, who: Who, why: Why) -> None:
    """Accept an entry as it is."""
    with Desk(record, who) as desk:
        made = desk.accept(entry, why)
    _tell(made)


@correct.command()
def reject(record: RecordPath, entry: Id, who: Who, why: Why) -> None:
    """Take an entry out."""
    with Desk(record, who) as desk:
        made = desk.reject(entry, why)
    _tell(made)


@correct.command("change")
def change(record: RecordPath, entry: Id, fields: Fields, who: Who, why: Why) -> None:
    """Set fields of an entry; FIELD= alone makes one unknown."""
    with Desk(record, who) as desk:
        made = desk.change(entry, _fields(fields), why)
    _tell(made)


@correct.command("join")
def join(
    record: RecordPath, actor: OfActor, other: OfActor, who: Who, why: Why, name: Name = None
) -> None:
    """Make one actor of two."""
    with Desk(record, who) as desk:
        made = desk.join(actor, other, why, name=name)
    _tell(made)


@correct.command("part")
def part(
    record: RecordPath,
    actor: OfActor,
    who: Who,
    why: Why,
    form: Annotated[
        list[str] | None, typer.Option("--form", help="A name under which the other one is meant.")
    ] = None,
    report: Annotated[
        list[str] | None, typer.Option("--report", help="A report that means the other one.")
    ] = None,
    name: Name = None,
) -> None:
    """Make two actors of one: some of its words are another's."""
    if not form and not report:
        raise ConfigError("part", "it is not told which words", "give --form or --report")
    with Desk(record, who) as desk:
        made = desk.part(actor, why, forms=form or (), reports=report or (), name=name)
    _tell(made)


@correct.command("add")
def add(
    record: RecordPath,
    kind: Annotated[
        str, typer.Argument(metavar="KIND", help="Of the entry: position, meeting ...")
    ],
    places: Annotated[
        list[str],
        typer.Option("--words", metavar="REPORT:START:END", help="Words that it rests on."),
    ],
    fields: Fields,
    who: Who,
    why: Why,
) -> None:
    """Add an entry on words that are marked."""
    with Desk(record, who) as desk:
        made = desk.add(kind, [_place(place) for place in places], _fields(fields), why)
    _tell(made)


@correct.command("undo")
def undo(
    record: RecordPath,
    correction: Annotated[str, typer.Argument(metavar="CORRECTION", help="Its id.")],
    who: Who,
    why: Why,
) -> None:
    """Undo a correction."""
    with Desk(record, who) as desk:
        made = desk.undo(correction, why)
    _tell(made)


def corrections(record: RecordPath) -> None:
    """List the corrections, who made them and why, and on what they stand now."""
    stands = {each.correction.id: each for each in outcomes(record)}
    rows = []
    with Reader(record) as reader:
        for each in reader.corrections():
            outcome = stands.get(each.id)
            if outcome is None:
                on = f"undone by {each.undone_by}" if each.undone_by else "-"
            elif outcome.why:
                on = f"ground vanished: {outcome.why}"
            else:
                on = outcome.entry or "taken out"
            day = f"{each.at:%Y-%m-%d}"
            rows.append((each.id, each.action, each.anchor.kind, on, each.who, day, each.why))
    print_table(("id", "action", "kind", "stands on", "who", "day", "why"), rows)


def _tell(made: Correction) -> None:
    typer.echo(f"{made.id} {made.action}")


def _fields(given: list[str]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals:
            raise ConfigError("--set", f"{pair} has no value", "write it as FIELD=VALUE")
        fields[name] = written.value(value)
    return fields


def _place(text: str) -> tuple[str, int, int]:
    report, _, ends = text.partition(":")
    start, _, end = ends.partition(":")
    if not (report and start.isdigit() and end.isdigit()):
        raise ConfigError("--words", f"{text} is no place", "write it as REPORT:START:END")
    return report, int(start), int(end)
