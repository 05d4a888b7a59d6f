"""From a record to a briefing: sections of sentences, each with the words it rests on.

The briefing is independent of the form that it is written in: `markdown` and `html` write it.
"""

from __future__ import annotations

from dragoman.render.parts import Briefing, Note, Section
from dragoman.render.sections.commitments import commitments
from dragoman.render.sections.gaps import gaps
from dragoman.render.sections.incidents import incidents
from dragoman.render.sections.positions import positions
from dragoman.render.sections.reports import comparisons, lineage, read, repairs
from dragoman.render.sections.statements import statements
from dragoman.render.sections.talks import delegations, talks
from dragoman.render.strings import strings
from dragoman.render.teller import Teller
from dragoman.render.view import Index, View, told
from dragoman.types import Report

_SECTIONS = (
    talks,
    delegations,
    commitments,
    positions,
    statements,
    incidents,
    comparisons,
    lineage,
    repairs,
    gaps,
    read,
)


def brief(view: View) -> Briefing:
    """The briefing of a record.

    Every sentence in it cites words of a report whose grounding is exact or repaired. What rests
    on nothing better than a partial grounding is not told; a note says that it is kept for review.
    """
    return tell(Teller(Index(view), strings()))


def tell(teller: Teller) -> Briefing:
    """The briefing of what a teller can tell."""
    sections = tuple(_filled(teller, make(teller)) for make in _SECTIONS)
    return Briefing(
        title=str(teller.strings["page.title"]), notes=_counts(teller), sections=sections
    )


def _filled(teller: Teller, section: Section) -> Section:
    if section.blocks or section.notes:
        return section
    nothing = teller.note("page.nothing")
    return Section(key=section.key, title=section.title, notes=(nothing,))


def _counts(teller: Teller) -> tuple[Note, ...]:
    """How much was read: reports, languages, groups of copies, sources skipped."""
    index = teller.index
    reports = index.of(Report)
    families: dict[str, int] = {}
    for report in reports:
        family = index.family(report.id)
        families[family] = families.get(family, 0) + 1
    numbers = {
        "reports": len(reports),
        "languages": len({told(report, "language") for report in reports} - {None}),
        "families": sum(size > 1 for size in families.values()),
        "skipped": sum(1 for _ in index.view.skipped()),
    }
    return tuple(
        teller.note(f"page.counts.{name}", n=number)
        for name, number in numbers.items()
        if number or name == "reports"
    )
