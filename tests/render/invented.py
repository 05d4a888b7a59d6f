"""An invented negotiation over the water of the river Sel, held in memory."""

import datetime as dt
from collections.abc import Iterable, Iterator

from dragoman.types import (
    Actor,
    AnyEntry,
    Boilerplate,
    Commitment,
    Comparison,
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
    content_hash,
    identified,
)

WIRE = """Delegations of Upper Orlia and the Sel Delta met on Tuesday in Tambor, at the Old \
Customs House, for the second round of talks on the water of the river Sel.
Irena Vash, the water minister of Upper Orlia, led one side; Tomas Okello led the other.
The talks lasted three hours. The Republic of Karst hosted them.
Both sides agreed in principle to release 40 million cubic metres before the harvest.
“We will not open the upper gates without payment,” Vash said on state radio.
The Delta demands a fixed share of 35 per cent. A third round is planned for July.
"""
COPY = "The Coast Mail\n" + WIRE + "Read more stories: subscribe to our letter today!\n"
LATER = """The upper gates were opened on 9 June and 40 million cubic metres have been released, \
the river authority confirmed.
Earlier, a pumping station near Tambor was damaged; the Delta says Orlian guards did it, which \
Upper Orlia denies.
Other accounts say that the talks of 2 June lasted five hours.
The Delta would now accept a share of 30 per cent, its envoy Tomás O’Kelo hinted.
“Perhaps the worst is behind us,” said an official close to the mediators.
A first round took place in the spring.
"""
ARABIC = """قالت وزيرة المياه إيرينا فاش إن بلادها ترفض حصة ثابتة.
وأضافت: لن نفتح البوابات العليا دون مقابل.
"""
TEXTS = {"wire.txt": WIRE, "copy.txt": COPY, "later.txt": LATER, "arabic.txt": ARABIC}


class FakeView:
    """A view over entries and texts held in memory."""

    def __init__(
        self,
        entries: Iterable[AnyEntry],
        texts: dict[str, str],
        skipped: Iterable[tuple[str, str, str]] = (),
    ) -> None:
        self._entries, self._texts, self._skipped = tuple(entries), texts, tuple(skipped)

    def entries(self, kind: str | None = None) -> Iterator[AnyEntry]:
        return (entry for entry in self._entries if kind is None or entry.kind == kind)

    def text(self, report_id: str) -> str:
        return self._texts[report_id]

    def skipped(self) -> tuple[tuple[str, str, str], ...]:
        return self._skipped


def rid(source: str) -> str:
    return f"rep-{content_hash(source)}"


def at(source: str, words: str, role: str | None = None, grounding: str = "exact") -> Span:
    """The span of words in one of the texts."""
    start = TEXTS[source].index(words)
    return Span(
        report=rid(source),
        start=start,
        end=start + len(words),
        text=words,
        grounding=grounding,
        role=role,
    )


def day(text: str) -> Interval:
    return Interval.parse(text)


def _report(source: str, **fields: object) -> Report:
    text = TEXTS[source]
    line = text.split("\n")[0]
    span = Span(report=rid(source), start=0, end=len(line), text=line)
    return Report(
        id=rid(source), evidence=(span,), source=source, sha256=content_hash(text), **fields
    )


def entries() -> list[AnyEntry]:
    wire, copy, later = "wire.txt", "copy.txt", "later.txt"
    delta, orlia = "Sel Delta", "Upper Orlia"
    second = identified(
        Meeting(
            evidence=(
                at(wire, WIRE.split("\n", maxsplit=1)[0]),
                at(copy, WIRE.split("\n", maxsplit=1)[0]),
                at(wire, "Irena Vash, the water minister of Upper Orlia, led one side", "heads"),
                at(wire, "The talks lasted three hours", "duration_minutes"),
                at(wire, "The Republic of Karst hosted them", "third_parties"),
            ),
            form="talks",
            status="held",
            round=2,
            date=day("2031-06-02"),
            place="Tambor",
            venue="Old Customs House",
            parties=(orlia, delta),
            heads={orlia: "Irena Vash", delta: "Tomas Okello"},
            participants=("Irena Vash", "Tomas Okello", "Lin Abara"),
            third_parties=("Republic of Karst",),
            duration_minutes=180,
        )
    )
    conflict = (at(wire, "lasted three hours"), at(later, "lasted five hours"))
    return [
        _report(
            wire,
            outlet=None,
            agency="Sel News Agency",
            language="en",
            published=Interval(dt.date(2031, 6, 2), dt.date(2031, 6, 4)),
            published_how="inferred",
        ),
        _report(copy, outlet="The Coast Mail", language="en"),
        _report(
            later,
            outlet="Karst Observer",
            language="en",
            published=day("2031-06-12"),
            published_how="stated",
        ),
        _report(
            "arabic.txt",
            outlet="أخبار النهر",
            language="ar",
            published=day("2031-06"),
            published_how="metadata",
        ),
        Boilerplate(
            id="boi-1", evidence=(at(copy, "Read more stories: subscribe to our letter today!"),)
        ),
        Repair(
            id="fix-1",
            garbled="O’Kelo",
            restored="Okello",
            reason="spelling",
            evidence=(at(later, "O’Kelo"),),
        ),
        Actor(
            id="act-1",
            name="Irena Vash",
            type="person",
            side=orlia,
            forms=("Irena Vash", "Vash"),
            roles=(Role(title="water minister", of=orlia),),
            evidence=(at(wire, "Irena Vash"), at(wire, "water minister", "roles")),
        ),
        Actor(
            id="act-2",
            name="Tomas Okello",
            type="person",
            side=delta,
            forms=("Tomas Okello", "Tomás O’Kelo"),
            evidence=(at(wire, "Tomas Okello"), at(later, "Tomás O’Kelo", grounding="repaired")),
        ),
        second,
        identified(
            Meeting(
                evidence=(at(wire, "A third round is planned for July"),),
                form="talks",
                status="planned",
                round=3,
                date=day("2031-07"),
                parties=(orlia, delta),
            )
        ),
        identified(
            Meeting(
                evidence=(at(later, "A first round took place in the spring"),),
                form="talks",
                status="held",
                round=1,
            )
        ),
        Statement(
            id="stm-1",
            mode="direct",
            force="threatens",
            speaker="Irena Vash",
            channel="state radio",
            date=day("2031-06-02"),
            via=("The Coast Mail", "Sel News Agency"),
            content="We will not open the upper gates without payment",
            evidence=(
                at(wire, "We will not open the upper gates without payment", "content"),
                at(wire, "Vash said", "cue"),
            ),
        ),
        Statement(
            id="stm-2",
            mode="direct",
            force="hopes",
            described="an official close to the mediators",
            content="Perhaps the worst is behind us",
            evidence=(at(later, "Perhaps the worst is behind us", "content"),),
        ),
        Statement(
            id="stm-3",
            mode="indirect",
            force="rejects",
            speaker="Irena Vash",
            side=orlia,
            content="بلادها ترفض حصة ثابتة",
            evidence=(at("arabic.txt", "بلادها ترفض حصة ثابتة", "content"),),
        ),
        Statement(
            id="stm-4",
            mode="indirect",
            force="denies",
            speaker="Upper Orlia",
            content="Orlian guards did it",
            evidence=(
                at(later, "Orlian guards did it", "content", "partial"),
                at(later, "which Upper Orlia denies", "cue"),
            ),
        ),
        identified(
            Position(
                evidence=(at(wire, "The Delta demands a fixed share of 35 per cent"),),
                party=delta,
                issue="share of water",
                stance="demands",
                value="35 per cent",
                meeting=second.id,
            )
        ),
        identified(
            Position(
                evidence=(at(later, "The Delta would now accept a share of 30 per cent"),),
                party=delta,
                issue="share of water",
                stance="accepts",
                value="30 per cent",
                date=day("2031-06-10/2031-06-12"),
                characterised_by="Tomas Okello",
            )
        ),
        identified(
            Position(
                evidence=(at("arabic.txt", "ترفض حصة ثابتة"),),
                party=orlia,
                issue="share of water",
                stance="rejects",
                value="a fixed share",
            )
        ),
        identified(
            Position(
                evidence=(at(wire, "We will not open the upper gates without payment"),),
                party=orlia,
                issue="payment",
                stance="demands",
            )
        ),
        identified(
            Position(
                evidence=(at(later, "which Upper Orlia denies", None, "none"),),
                party=orlia,
                issue="inspection",
                stance="open",
                value="never to be told",
            )
        ),
        identified(
            Commitment(
                subject="release of water",
                status="carried out",
                parties=(orlia,),
                quantity=40_000_000,
                unit="cubic metres",
                evidence=(
                    at(wire, "agreed in principle to release 40 million cubic metres"),
                    at(later, "40 million cubic metres have been released"),
                ),
                history=(
                    Step(
                        status="agreed in principle",
                        report=rid(wire),
                        date=day("2031-06-02"),
                        evidence=at(wire, "agreed in principle"),
                    ),
                    Step(
                        status="carried out",
                        report=rid(later),
                        date=Interval(dt.date(2031, 6, 9), None),
                        evidence=at(later, "have been released"),
                    ),
                ),
            )
        ),
        identified(
            Incident(
                type="damage to a pumping station",
                event="ASSAULT",
                by="Orlian guards",
                place="Tambor",
                claimed_by=delta,
                date=Interval(None, dt.date(2031, 6, 12)),
                evidence=(
                    at(later, "a pumping station near Tambor was damaged"),
                    at(later, "near Tambor was damaged; the Delta says"),
                ),
            )
        ),
        Lineage(
            id="lin-1",
            report=rid(copy),
            source=rid(wire),
            form="copy",
            share=0.93,
            evidence=(
                at(
                    copy,
                    "Both sides agreed in principle to release 40 million cubic "
                    "metres before the harvest.",
                ),
            ),
        ),
        Comparison(
            id="cmp-1",
            about="round 2",
            field="duration",
            verdict="contradicts",
            evidence=conflict,
            values=(
                Told(value="three hours", reports=(rid(wire), rid(copy)), independent=1),
                Told(value="five hours", reports=(rid(later),), independent=1),
            ),
            reasons=(Reason(rule="measures", why="180 and 300 minutes do not meet"),),
        ),
        Comparison(
            id="cmp-2",
            about="release of water",
            field="quantity",
            verdict="agrees",
            evidence=(at(wire, "40 million cubic metres"), at(later, "40 million cubic metres")),
            values=(Told(value="40 million m³", reports=(rid(wire), rid(later)), independent=2),),
        ),
    ]


def view() -> FakeView:
    return FakeView(
        entries(),
        {rid(source): text for source, text in TEXTS.items()},
        [("notes.bin", "it is no text", "give the text of the report")],
    )
