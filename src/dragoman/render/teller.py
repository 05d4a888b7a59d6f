"""Makes sentences: strings filled in, names of things, and the words that are cited."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import Any

from dragoman.render import words
from dragoman.render.parts import Note, Paragraph, Part, Sentence
from dragoman.render.safe import language_name
from dragoman.render.strings import Filling, Strings
from dragoman.render.view import Index, cited, distinct, told
from dragoman.types import Entry, Meeting, Report, Span, Step


class Teller:
    """What all sections use to tell what an index holds.

    Args:
        index: the record.
        strings: the words to tell it with.
    """

    def __init__(self, index: Index, strings: Strings) -> None:
        self.index = index
        self.strings = strings
        self._place = {report: place for place, report in enumerate(index.reports)}
        self._labels: dict[str, int] = {}
        for report in index.reports.values():
            label = report_label(report)
            self._labels[label] = self._labels.get(label, 0) + 1

    # ------------------------------------------------------------ sentences

    def sentence(
        self, template: Any, entry: Entry, spans: Iterable[Span], /, **values: Filling
    ) -> list[Sentence]:
        """One sentence in a list, or none where no word of it may be cited."""
        citations = self.in_order(distinct(spans))
        if not citations:
            return []
        parts = self.strings.fill(template, **values)
        first = parts[0]
        if first.report is None and first.text[:1].islower():
            parts = (Part(text=first.text[0].upper() + first.text[1:]), *parts[1:])
        return [Sentence(parts=parts, citations=citations, entry=entry.id)]

    def note(self, key: str, /, entry: str | None = None, **values: Filling) -> Note:
        """A remark on the record itself."""
        return Note(parts=self.strings.say(key, **values), entry=entry)

    def in_order(self, spans: Sequence[Span]) -> tuple[Span, ...]:
        """Spans with one of each independent account before the second of any.

        Of one account the words for the very field come first. Accounts, and spans within one,
        keep the order of the reports otherwise.
        """
        ranked = sorted(
            spans,
            key=lambda s: (s.role is None, self._place.get(s.report, len(self._place))),
        )
        turns: dict[str, int] = {}
        met: list[tuple[int, Span]] = []
        for span in ranked:
            family = self.index.family(span.report)
            turns[family] = turns.get(family, 0) + 1
            met.append((turns[family], span))
        return tuple(span for _, span in sorted(met, key=lambda item: item[0]))

    def rests(self, key: str, entry: Entry) -> list[Sentence]:
        """How many accounts an entry rests on, where there are more than one."""
        spans = cited(entry)
        reports = tuple(dict.fromkeys(span.report for span in spans))
        if len(reports) < 2:
            return []
        return self.sentence(self.strings[key], entry, spans, accounts=self.accounts(reports))

    def steps(self, key: str, entry: Entry, history: Sequence[Step]) -> list[Sentence]:
        """A sentence for each step of a history whose words may be cited.

        What several reports tell alike, one after the other, is one step.
        """
        said: list[Sentence] = []
        citable = [step for step in history if step.evidence.citable]
        for (status, date), group in itertools.groupby(
            citable, key=lambda step: (step.status, step.date)
        ):
            steps = list(group)
            reports = dict.fromkeys(self.report(step.report) for step in steps)
            said += self.sentence(
                self.strings[key],
                entry,
                [step.evidence for step in steps],
                status=status,
                date=self.when(date),
                outlet=self.aside(self.names(tuple(reports))),
            )
        return said

    # ------------------------------------------------------------ clauses

    def when(self, date: Any) -> tuple[Part, ...]:
        """A clause of time, empty where it is unknown."""
        return self.strings.clause("clause.date", date=words.date(date, self.strings))

    def meant_for(self, date: Any) -> tuple[Part, ...]:
        """A clause of the time that something is meant for, empty where it is unknown."""
        return self.clause("meant_for", words.bare_date(date, self.strings) if date else None)

    def was_for(self, date: Any) -> tuple[Part, ...]:
        """A clause of the time that something called off was meant for."""
        return self.clause("was_for", words.bare_date(date, self.strings) if date else None)

    def clause(self, name: str, value: Filling) -> tuple[Part, ...]:
        """The clause of that name (`place`, `by`), empty where its value is unknown."""
        return self.strings.clause(f"clause.{name}", **{name: value})

    def aside(self, text: Filling) -> tuple[Part, ...]:
        """A remark in brackets, empty where there is none."""
        return self.strings.clause("clause.aside", text=text)

    def names(self, names: Sequence[str]) -> str:
        """Names as a list in words; empty where there are none."""
        return words.listed(names, self.strings) if names else ""

    def accounts(self, reports: Sequence[str]) -> str:
        """How many independent accounts some reports are."""
        return words.accounts(self.index.independent(reports), len(reports), self.strings)

    @staticmethod
    def verbatim(span: Span) -> Part:
        """The very words of a span."""
        return Part(text=span.text, report=span.report)

    # ------------------------------------------------------------ names

    def report(self, id_: str) -> str:
        """What a report is called; with its source where others are called the same."""
        entry = self.index.reports.get(id_)
        if entry is None:
            return id_
        label = report_label(entry)
        if self._labels[label] == 1:
            return label
        aside = "".join(part.text for part in self.aside(entry.source))
        return label + aside

    def meeting(self, entry: Meeting) -> str:
        """What a meeting is called: its round, or its form and who met."""
        if (round_ := told(entry, "round")) is not None:
            return self.strings.text("meeting.round", round=round_)
        name = str(self.strings.at("meeting", "name", entry.form))
        parties = told(entry, "parties") or told(entry, "participants")
        if parties:
            return self.strings.text(
                "meeting.between", n=len(parties), name=name, parties=self.names(parties)
            )
        return name

    def language(self, code: str | None) -> str | None:
        """What a language is called."""
        return language_name(code, self.strings.locale)


def report_label(entry: Report) -> str:
    """What a report is called: its outlet, agency, title or source."""
    return entry.outlet or entry.agency or entry.title or entry.source


def listing(groups: Iterable[Sequence[Sentence]]) -> tuple[Paragraph, ...]:
    """A paragraph for each group that holds a sentence."""
    return tuple(Paragraph(sentences=tuple(group)) for group in groups if group)
