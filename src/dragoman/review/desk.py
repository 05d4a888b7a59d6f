"""Where a person corrects a record. All that is done at a desk makes one state, or none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec

from dragoman.errors import CorrectionError, EntryMissing, misfit
from dragoman.record import Anchor, Correction, Made, Reader, Writer
from dragoman.record.corrections import CORRECT
from dragoman.record.file import Clock, utc_now
from dragoman.review.anchors import anchor_of
from dragoman.review.apply import Outcome, apply
from dragoman.review.settle import settle
from dragoman.types import KINDS, Actor, AnyEntry, Report, Span


class Desk:
    """Corrects a record; used with `with`. At the end all corrections are kept and applied.

    Entries are named by id, or by how an id begins, as the record shows them.

    Args:
        path: the record.
        who: who corrects.
        now: the clock.

    Raises:
        RecordMissing: on entering, there is no record.
        RecordDamaged: the file is no record of this version, or is damaged.
        RecordError: it can't be written, or another program is writing it.
    """

    def __init__(self, path: Path, who: str, *, now: Clock = utc_now) -> None:
        self._who = who
        # For each correction made here the entry that it stands on, None for one taken out.
        self.stands: dict[str, str | None] = {}
        self._writer = Writer(path, extend=True, now=now)
        self._reader = Reader(path)

    def __enter__(self) -> Self:
        self._writer.__enter__()
        try:
            self._reader.__enter__()
            self._sources = {
                entry.id: entry.source
                for entry in self._reader.entries("report")
                if isinstance(entry, Report)
            }
        except BaseException as error:
            self._writer.__exit__(type(error), error, error.__traceback__)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._reader.__exit__(kind, error, trace)
        if kind is not None or not self.stands:
            self._writer.abandon()
            self._writer.__exit__(kind, error, trace)
            return
        try:
            settle(self._writer, list(self._writer.derived()))
            self._writer.close_state(CORRECT)
        except BaseException as failed:
            self._writer.__exit__(type(failed), failed, failed.__traceback__)
            raise
        self._writer.__exit__(None, None, None)

    # ------------------------------------------------------------ decisions

    def accept(self, entry: str, why: str) -> Correction:
        """Accept an entry as it is."""
        return self._keep("accept", self._anchor(entry), {}, why)

    def reject(self, entry: str, why: str) -> Correction:
        """Take an entry out.

        Raises:
            CorrectionError: it is a report, which can only be left out of a build.
        """
        found = self._reader.entry(entry)
        if isinstance(found, Report):
            raise CorrectionError(
                found.id, "a report can't be rejected", "build the record without it"
            )
        return self._keep("reject", anchor_of(found, self._sources), {}, why)

    def change(self, entry: str, fields: dict[str, Any], why: str) -> Correction:
        """Set fields; None makes one unknown.

        Args:
            entry: the entry.
            fields: fields and their values, in the form of the export.
            why: the reason.

        Raises:
            CorrectionError: there is no such field, or the value does not fit.
        """
        return self._keep("change", self._anchor(entry), fields, why)

    def join(self, actor: str, other: str, why: str, *, name: str | None = None) -> Correction:
        """Make one actor of two.

        Args:
            actor: the one that stays.
            other: the one that becomes it.
            why: the reason.
            name: the name of both; that of the first without it.

        Raises:
            CorrectionError: one of them is no actor, or both are the same.
        """
        one, two = self._actor(actor), self._actor(other)
        if one.id == two.id:
            raise CorrectionError(one.id, "it is one actor already", "name another one")
        change: dict[str, Any] = {"with": builtins_of_anchor(anchor_of(two, self._sources))}
        if name is not None:
            change["name"] = name
        return self._keep("join", anchor_of(one, self._sources), change, why)

    def part(
        self,
        actor: str,
        why: str,
        *,
        forms: Sequence[str] = (),
        reports: Sequence[str] = (),
        name: str | None = None,
    ) -> Correction:
        """Make two actors of one: some of its words are another's.

        Args:
            actor: the one that stays.
            why: the reason.
            forms: how the other one is called where it is meant.
            reports: ids of reports in which it is always the other one.
            name: the name of the other one; its longest form without it.

        Raises:
            CorrectionError: it is no actor, or these are none or all of its words.
        """
        change: dict[str, Any] = {"forms": list(forms)}
        if reports:
            change["reports"] = [self._reader.report(report).id for report in reports]
        if name is not None:
            change["name"] = name
        return self._keep("part", anchor_of(self._actor(actor), self._sources), change, why)

    def add(
        self, kind: str, places: Sequence[tuple[str, int, int]], fields: dict[str, Any], why: str
    ) -> Correction:
        """Add an entry on words that are marked.

        Args:
            kind: of the entry.
            places: report, first character, and the one after the last; at least one.
            fields: what it says, in the form of the export.
            why: the reason.

        Raises:
            CorrectionError: there is no such kind or place, or the fields make no entry.
        """
        if kind not in KINDS or kind == "report" or not places:
            raise CorrectionError(kind, "nothing of that kind can be added", "mark words for it")
        spans = tuple(self.span(*place) for place in places)
        if kind == "statement":
            fields = {**fields, "content": spans[0].text}
        sources = {span.report: self._sources[span.report] for span in spans}
        return self._keep("add", Anchor(kind=kind, spans=spans, sources=sources), fields, why)

    def undo(self, correction: str, why: str) -> Correction:
        """Undo a correction.

        Raises:
            EntryMissing: there is none of that id.
            RecordError: it is undone already, or is itself an undoing.
        """
        made = self._writer.undo(correction, who=self._who, why=why)
        self.stands[made.id] = None
        return made

    def span(self, report: str, start: int, end: int, role: str | None = None) -> Span:
        """The words at a place of a report.

        Raises:
            EntryMissing: there is no such report.
            CorrectionError: the place is not in its text.
        """
        name = self._reader.report(report).id
        text = self._reader.text(name)
        if not 0 <= start < end <= len(text):
            raise CorrectionError(
                f"{name} {start}:{end}", f"the text has {len(text)} characters", "mark words in it"
            )
        return Span(report=name, start=start, end=end, text=text[start:end], role=role)

    # ------------------------------------------------------------ within

    def _anchor(self, entry: str) -> Anchor:
        return anchor_of(self._reader.entry(entry), self._sources)

    def _actor(self, name: str) -> Actor:
        """The actor of an id, of the beginning of one, or of a name that only one has."""
        try:
            found = self._reader.entry(name)
        except EntryMissing:
            actors = self._reader.called(name)
            if len(actors) > 1:
                several = ", ".join(f"{each.name} is {each.id}" for each in actors)
                raise CorrectionError(
                    name, f"several may be meant ({several})", "give the id"
                ) from None
            if not actors:
                near = ", ".join(self._reader.near(name))
                step = f"did you mean: {near}" if near else "look it up with: dragoman actors"
                raise CorrectionError(name, "no actor has that id or name", step) from None
            return actors[0]
        if not isinstance(found, Actor):
            raise CorrectionError(found.id, f"it is a {found.kind}, no actor", "name an actor")
        return found

    def _keep(self, action: Any, anchor: Anchor, change: dict[str, Any], why: str) -> Correction:
        try:
            wanted = Made(action=action, anchor=anchor, change=change, who=self._who, why=why)
        except ValueError as error:
            raise CorrectionError("correction", str(error), "give --who and --why") from error
        made = self._writer.correct(wanted)
        outcome = self._tried(made)
        if outcome.why is not None:
            raise CorrectionError(anchor.kind, outcome.why, "look at it with: dragoman show")
        self.stands[made.id] = outcome.entry
        return made

    def _tried(self, made: Correction) -> Outcome:
        """What the correction would do to the entries that its words touch."""
        reports = {span.report for span in made.anchor.spans}
        if "with" in made.change:
            other = msgspec.convert(made.change["with"], Anchor)
            reports |= {span.report for span in other.spans}
        near: list[AnyEntry] = [
            entry for entry in self._reader.entries() if reports & set(entry.reports())
        ]
        try:
            (outcome,) = apply(near, [made], self._reader.text).outcomes
        except (TypeError, ValueError, msgspec.ValidationError) as error:
            return Outcome(correction=made, why=misfit(error))
        return outcome


def builtins_of_anchor(anchor: Anchor) -> dict[str, Any]:
    """An anchor as JSON has it."""
    fields: dict[str, Any] = msgspec.to_builtins(anchor)
    return fields
