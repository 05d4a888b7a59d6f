"""A record drawn from a report that tries everything."""

from invented import FakeView

from dragoman.types import (
    Actor,
    Incident,
    Meeting,
    Position,
    Repair,
    Report,
    Span,
    Statement,
    content_hash,
    identified,
)

ATTACKS = (
    "<script>document.title='owned'</script>",
    "<img src=https://evil.example/x.png onerror=alert(1)>",
    "</mark></div></style><iframe src=//evil.example></iframe>",
    "{{ 7*7 }} {% raw %} ${x} {name} {0}",
    "[click](javascript:alert(1)) ![x](https://evil.example/y.png) | a |",
    "\u202egnirts desrever\u2066 \x1b[31mred\x00",
    "W" * 3000,
    '=HYPERLINK("https://evil.example")',
    "]]> --> <!-- &lt;b&gt; \"quoted\" 'single'",
    "line one\r\nline two",
)
TEXT = "\n".join(ATTACKS)


def view() -> FakeView:
    report = f"rep-{content_hash('hostile')}"
    entries = [
        Report(
            id=report,
            evidence=(Span(report=report, start=0, end=7, text=TEXT[:7]),),
            source=ATTACKS[1],
            sha256=content_hash(TEXT),
            outlet=ATTACKS[0],
            title=ATTACKS[2],
            language='en" onload="x',
        )
    ]
    place = 0
    for attack in ATTACKS:
        span = Span(report=report, start=place, end=place + len(attack), text=attack)
        place += len(attack) + 1
        entries += [
            identified(entry)
            for entry in (
                Statement(
                    evidence=(span,),
                    mode="direct",
                    content=attack,
                    speaker=attack,
                    channel=attack,
                    via=(attack, attack),
                ),
                Statement(evidence=(span,), mode="indirect", content=attack, described=attack),
                Position(
                    evidence=(span,), party=attack, issue=attack, stance="demands", value=attack
                ),
                Actor(evidence=(span,), name=attack, type="person", forms=(attack,)),
                Incident(evidence=(span,), type=attack, event="X", place=attack),
                Repair(evidence=(span,), garbled=attack, restored=attack, reason="spin"),
                Meeting(
                    evidence=(span,),
                    form="talks",
                    status="held",
                    place=attack,
                    parties=(attack, "B"),
                    heads={attack: attack},
                    participants=(attack,),
                ),
            )
        ]
    return FakeView(entries, {report: TEXT}, [(attack, attack, attack) for attack in ATTACKS])
