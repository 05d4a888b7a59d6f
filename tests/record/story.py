"""A small invented story, with at least one entry of every kind, and how it is written."""

import datetime as dt
import hashlib
import io
from pathlib import Path

import msgspec

from dragoman.claims import Annotation, Fingerprint, MeetingClaim, Received
from dragoman.record import Reader, Writer
from dragoman.types import (
    Actor,
    Alignment,
    Boilerplate,
    Commitment,
    Comparison,
    Entry,
    Incident,
    Interval,
    Lineage,
    Meeting,
    Position,
    Reason,
    Repair,
    Report,
    Role,
    Span,
    Statement,
    Step,
    Told,
    identified,
    report_id,
)

FIRST = Received(
    source="wire/one.txt",
    text=(
        "PORT ALBA (Coast Wire) - Norland and Sudmark met in Port Alba on 3 March to settle the"
        " fishing quarrel. “We will not give up the reef,” said Ana Brusk, head of the Norland"
        " delegation. Both agreed in principle to free 12 crews. Sign up for our letter."
    ),
    raw="PORT ALBA as it came, in another encoding: é".encode("latin-1"),
    media_type="text/html",
    title="Reef talks open",
    outlet="Coast Wire",
    published=Interval.day(dt.date(2031, 3, 3)),
    published_how="metadata",
)
SECOND = Received(
    source="blog/two.txt",
    text=(
        "Norland and Sudmark convened in Port Alba on 3 March to settle the fishing quarrel."
        " Sudmark’s côast guard seized 4 boats, Ana Brsuk said."
    ),
)
SECOND = msgspec.structs.replace(SECOND, raw=SECOND.text.encode())
THIRD = Received(source="wire/three.txt", text="Talks go on. ☃ Sudmark freed the crews. Ω")
REPORTS = (FIRST, SECOND, THIRD)


def name_of(received):
    return report_id(received.source, received.text)


def on(received, words, role=None, grounding="exact"):
    start = received.text.index(words)
    return Span(
        report=name_of(received),
        start=start,
        end=start + len(words),
        text=words,
        role=role,
        grounding=grounding,
    )


def annotation_of(received):
    text = received.text
    return Annotation(
        report=name_of(received),
        source=received.source,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        length=len(text),
        language="en",
        lead=on(received, text[:10]),
        fingerprint=Fingerprint(minhash=(1, 2**63), marks=("3", "é"), words=len(text.split())),
        meetings=(
            MeetingClaim(
                evidence=(on(received, text[:10]),), form="talks", status="held", heads={1: 2, 0: 3}
            ),
        ),
    )


def report_entry(received):
    return Report(
        id=name_of(received),
        evidence=(on(received, received.text[:12]),),
        source=received.source,
        sha256=hashlib.sha256(received.text.encode()).hexdigest(),
        outlet=received.outlet,
        language="en",
        published=received.published,
        published_how=received.published_how,
    )


def _story() -> list[Entry]:
    reports = [report_entry(received) for received in REPORTS]
    norland = identified(
        Actor(evidence=(on(FIRST, "Norland"),), name="Norland", type="state", forms=("Norlánd",))
    )
    sudmark = identified(Actor(evidence=(on(FIRST, "Sudmark"),), name="Sudmark", type="state"))
    brusk = identified(
        Actor(
            evidence=(on(FIRST, "Ana Brusk"), on(SECOND, "Ana Brsuk", grounding="repaired")),
            name="Ana Brusk",
            type="person",
            forms=("Ana Brsuk",),
            roles=(Role(title="head of delegation", of="Norland"),),
            side="Norland",
        )
    )
    talks = on(FIRST, "met in Port Alba on 3 March")
    date = Interval.day(dt.date(2031, 3, 3))
    rest = [
        Boilerplate(evidence=(on(FIRST, "Sign up for our letter."),)),
        Repair(
            evidence=(on(SECOND, "Brsuk"),), garbled="Brsuk", restored="Brusk", reason="spelling"
        ),
        Meeting(
            evidence=(talks, on(SECOND, "convened in Port Alba")),
            form="talks",
            status="held",
            round=1,
            date=date,
            place="Port Alba",
            parties=("Norland", "Sudmark"),
            party_ids=(norland.id, sudmark.id),
            heads={"Norland": "Ana Brusk"},
            head_ids={"Norland": brusk.id},
            history=(Step(status="held", report=name_of(FIRST), evidence=talks, date=date),),
        ),
        Statement(
            evidence=(
                on(FIRST, "We will not give up the reef,", "content"),
                on(FIRST, "said", "cue"),
                on(FIRST, "Ana Brusk", "speaker"),
            ),
            mode="direct",
            content="We will not give up the reef,",
            cue="said",
            speaker="Ana Brusk",
            speaker_id=brusk.id,
            side="Norland",
            via=("Coast Wire",),
            date=Interval.month(2031, 3),
            reasons=(Reason(rule="quote", why="the name follows the verb", weight=0.9),),
        ),
        Statement(
            evidence=(on(SECOND, "Sudmark’s côast guard seized 4 boats", "content"),),
            mode="indirect",
            content="Sudmark’s côast guard seized 4 boats",
            speaker="Ana Brusk",
            speaker_id=brusk.id,
        ),
        Position(
            evidence=(on(FIRST, "We will not give up the reef,"),),
            party="Norland",
            party_id=norland.id,
            issue="territory",
            stance="rejects",
        ),
        Commitment(
            evidence=(on(FIRST, "agreed in principle to free 12 crews"),),
            subject="prisoners",
            status="carried out",
            parties=("Norland", "Sudmark"),
            party_ids=(norland.id, sudmark.id),
            quantity=12.0,
            unit="crew",
            history=(
                Step(
                    status="agreed in principle",
                    report=name_of(FIRST),
                    evidence=on(FIRST, "agreed in principle"),
                    date=date,
                ),
                Step(
                    status="carried out",
                    report=name_of(THIRD),
                    evidence=on(THIRD, "Sudmark freed the crews"),
                ),
            ),
        ),
        Incident(
            evidence=(on(SECOND, "seized 4 boats"),),
            type="seizure",
            event="SEIZE",
            by="Sudmark",
            by_id=sudmark.id,
            against="Norland",
            against_id=norland.id,
            figure=4.0,
            unit="boat",
        ),
        Lineage(
            evidence=(on(SECOND, "to settle the fishing quarrel"),),
            report=name_of(SECOND),
            source=name_of(FIRST),
            form="spin",
            share=0.5,
            aligned=(
                Alignment(
                    here=on(SECOND, "to settle the fishing quarrel"),
                    there=on(FIRST, "to settle the fishing quarrel"),
                ),
            ),
        ),
        Comparison(
            evidence=(on(FIRST, "12 crews"), on(THIRD, "the crews")),
            about="prisoners",
            field="quantity",
            verdict="compatible",
            values=(Told(value="12", reports=(name_of(FIRST),), independent=1),),
        ),
    ]
    return [*reports, norland, sudmark, brusk, *map(identified, rest)]


ENTRIES = tuple(_story())


def clock():
    return dt.datetime(2021, 4, 1, 12, 0, 30, 999, tzinfo=dt.UTC)


def write(path: Path, *, reports=REPORTS, entries=ENTRIES, cause="build", **options) -> int:
    """Write the story, or the part of it that is given; the number of the state."""
    with Writer(path, now=clock, program="dragoman test", **options) as writer:
        for received in reports:
            writer.add_report(received, annotation_of(received))
        writer.write_entries(entries)
        return writer.close_state(cause)


def exported(path: Path) -> bytes:
    out = io.BytesIO()
    with Reader(path) as reader:
        reader.export(out)
    return out.getvalue()
