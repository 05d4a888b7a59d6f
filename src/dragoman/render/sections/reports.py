"""What the reports make of one another: differences, copies, repairs; and what was read."""

from __future__ import annotations

from dragoman.render import words
from dragoman.render.parts import Block, Section, Sentence
from dragoman.render.teller import Teller, listing, report_label
from dragoman.render.view import citable, cited, told
from dragoman.render.weights import behind
from dragoman.types import Comparison, Lineage, Repair, RepairReason, Report, Span, Told, Verdict

_WORST_FIRST: tuple[Verdict, ...] = (
    "contradicts",
    "garbled",
    "different events",
    "compatible",
    "later update",
    "same statement",
    "agrees",
)
_REASONS: tuple[RepairReason, ...] = ("spin", "translation", "spelling", "encoding")


def comparisons(teller: Teller) -> Section:
    """A block for each verdict, contradictions first."""
    entries = sorted(
        teller.index.stated(Comparison), key=lambda entry: (entry.about, entry.field, entry.id)
    )
    blocks = []
    for verdict in _WORST_FIRST:
        group = [entry for entry in entries if entry.verdict == verdict]
        if group:
            blocks.append(
                Block(
                    title=str(teller.strings.at("comparison", "heading", verdict)),
                    paragraphs=listing(_comparison(teller, entry) for entry in group),
                    listed=True,
                )
            )
    return Section(
        key="comparisons", title=str(teller.strings["section.comparisons"]), blocks=tuple(blocks)
    )


def _comparison(teller: Teller, entry: Comparison) -> list[Sentence]:
    said = teller.sentence(
        teller.strings.at("comparison", "lead", entry.verdict),
        entry,
        cited(entry),
        field=entry.field,
        about=entry.about,
    )
    for value in entry.values:
        said += _value(teller, entry, value)
    return said


def _value(teller: Teller, entry: Comparison, value: Told) -> list[Sentence]:
    """One value and who tells it; unsaid where none of its reports' words may be cited."""
    spans: list[Span] = [span for span in cited(entry) if span.report in value.reports]
    return teller.sentence(
        teller.strings["comparison.value"],
        entry,
        spans,
        value=value.value,
        accounts=words.accounts(value.independent, len(value.reports), teller.strings),
        reports=teller.names([teller.report(report) for report in value.reports]),
        behind=teller.strings.clause("comparison.behind", behind=behind(entry, value) or None),
    )


def lineage(teller: Teller) -> Section:
    """A block for each report that others were made from."""
    families: dict[str, list[Lineage]] = {}
    for entry in teller.index.stated(Lineage):
        families.setdefault(entry.source, []).append(entry)
    order = [*teller.index.reports, *families]
    blocks = tuple(
        Block(
            title=teller.strings.text(
                "lineage.family", n=len(family), source=teller.report(source)
            ),
            paragraphs=listing(
                _lineage(teller, entry)
                for entry in sorted(
                    family,
                    key=lambda entry: (
                        order.index(entry.report) if entry.report in order else len(order),
                        entry.id,
                    ),
                )
            ),
            listed=True,
        )
        for source, family in sorted(families.items(), key=lambda item: order.index(item[0]))
    )
    return Section(key="lineage", title=str(teller.strings["section.lineage"]), blocks=blocks)


def _lineage(teller: Teller, entry: Lineage) -> list[Sentence]:
    return teller.sentence(
        teller.strings.at("lineage", "form", entry.form),
        entry,
        cited(entry),
        report=teller.report(entry.report),
        source=teller.report(entry.source),
        share=words.share(entry.share, teller.strings),
    )


def repairs(teller: Teller) -> Section:
    """A block for each sort of damage."""
    entries = sorted(
        teller.index.stated(Repair), key=lambda entry: (entry.restored, entry.garbled, entry.id)
    )
    blocks = []
    for reason in _REASONS:
        group = [entry for entry in entries if entry.reason == reason]
        if group:
            blocks.append(
                Block(
                    title=str(teller.strings.at("repair", "heading", reason)),
                    paragraphs=listing(_repair(teller, entry) for entry in group),
                    listed=True,
                )
            )
    return Section(
        key="repairs", title=str(teller.strings["section.repairs"]), blocks=tuple(blocks)
    )


def _repair(teller: Teller, entry: Repair) -> list[Sentence]:
    spans = cited(entry)
    return teller.sentence(
        teller.strings["repair.told"],
        entry,
        spans,
        garbled=entry.garbled,
        restored=entry.restored,
        reason=str(teller.strings.at("repair", "reason", entry.reason)),
        report=teller.names([teller.report(id_) for id_ in entry.reports()]),
    )


def read(teller: Teller) -> Section:
    """The reports, each with the words that its outlet, title or date was read from."""
    reports = [entry for entry in teller.index.reports.values() if citable(entry)]
    points = listing(_report(teller, entry) for entry in reports)
    blocks = (Block(paragraphs=points, listed=True),) if points else ()
    return Section(key="reports", title=str(teller.strings["section.reports"]), blocks=blocks)


def _report(teller: Teller, entry: Report) -> list[Sentence]:
    strings = teller.strings
    label = teller.report(entry.id)
    title = told(entry, "title")
    agency = told(entry, "agency")
    published = told(entry, "published")
    how = entry.published_how if published is not None else "unknown"
    if published is not None and how == "unknown":
        how = "inferred"
    return teller.sentence(
        strings["report.told"],
        entry,
        cited(entry),
        label=label,
        title=(
            *strings.clause(
                "report.agency", agency=agency if agency != report_label(entry) else None
            ),
            *strings.clause("report.title", title=title if title != report_label(entry) else None),
        ),
        language=strings.clause("report.language", language=teller.language(entry.language)),
        published=strings.fill(
            strings.at("report", "how", how), date=words.date(published, strings)
        ),
    )
