"""Every sentence cites; what is in doubt is not told; plans and claims stay plans and claims."""

from typing import get_args

import invented
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.render.briefing import brief
from dragoman.render.parts import Part, Sentence
from dragoman.render.strings import strings
from dragoman.render.view import citable
from dragoman.types import (
    CommitmentStatus,
    Force,
    LineageForm,
    Meeting,
    MeetingForm,
    MeetingStatus,
    PublishedHow,
    RepairReason,
    Span,
    Stance,
    Verdict,
    identified,
)

GROUNDINGS = ("exact", "repaired", "partial", "none")


def words(briefing):
    return [sentence.text for sentence in briefing.sentences()]


def section(briefing, key):
    return " ".join(
        sentence.text
        for section in briefing.sections
        if section.key == key
        for sentence in section.sentences()
    )


def doubted(entry, groundings):
    """The entry with other groundings, its fields unchanged."""
    evidence = tuple(
        msgspec.structs.replace(span, grounding=next(groundings)) for span in entry.evidence
    )
    history = getattr(entry, "history", None)
    if history:
        steps = tuple(
            msgspec.structs.replace(
                step,
                evidence=msgspec.structs.replace(step.evidence, grounding=next(groundings)),
            )
            for step in history
        )
        return msgspec.structs.replace(entry, evidence=evidence, history=steps)
    return msgspec.structs.replace(entry, evidence=evidence)


@given(st.lists(st.sampled_from(GROUNDINGS), min_size=120, max_size=120))
def test_every_sentence_cites_citable_words_only(groundings):
    drawn = iter(groundings)
    entries = [doubted(entry, drawn) for entry in invented.entries()]
    texts = {invented.rid(source): text for source, text in invented.TEXTS.items()}
    briefing = brief(invented.FakeView(entries, texts))
    told = {entry.id for entry in entries if citable(entry)}
    for sentence in briefing.sentences():
        assert sentence.citations
        assert all(span.citable for span in sentence.citations)
        assert all(
            span.text == texts[span.report][span.start : span.end] for span in sentence.citations
        )
        assert sentence.entry in told
    kept = {note.entry for part in briefing.sections for note in part.notes} - {None}
    assert {entry.id for entry in entries} - told <= kept


def test_a_sentence_without_citable_words_cannot_be_built():
    span = Span(report="r", start=0, end=1, text="a", grounding="partial")
    for citations in ((), (span,)):
        with pytest.raises(ValueError):
            Sentence(parts=(Part(text="a"),), citations=citations, entry="e")


def test_what_is_in_doubt_is_kept_for_review_and_not_told(view):
    briefing = brief(view)
    assert not any("never to be told" in text for text in words(briefing))
    assert not any("Orlian guards did it" in text for text in words(briefing))
    notes = " ".join(note.text for part in briefing.sections for note in part.notes)
    assert "stm-4" in notes
    assert "never to be told" not in notes
    assert "notes.bin was not read: it is no text" in notes


def test_a_field_whose_own_words_are_in_doubt_is_not_told(view):
    entries = []
    for entry in view.entries():
        if isinstance(entry, Meeting) and entry.round == 2:
            evidence = (*entry.evidence, invented.at("wire.txt", "Tambor", "place", "partial"))
            entries.append(msgspec.structs.replace(entry, evidence=evidence))
        else:
            entries.append(entry)
    texts = {invented.rid(source): text for source, text in invented.TEXTS.items()}
    told = section(brief(invented.FakeView(entries, texts)), "talks")
    assert "Tambor" not in told


@pytest.mark.parametrize("role", ["party", "stance", "issue"])
def test_an_entry_whose_core_is_in_doubt_is_not_told(view, role):
    entries = []
    for entry in view.entries():
        if entry.kind == "position":
            doubt = invented.at("wire.txt", "The Delta", role, "partial")
            entries.append(msgspec.structs.replace(entry, evidence=(*entry.evidence, doubt)))
        else:
            entries.append(entry)
    texts = {invented.rid(source): text for source, text in invented.TEXTS.items()}
    assert section(brief(invented.FakeView(entries, texts)), "positions") == ""


def test_plans_claims_and_hopes_are_told_as_such(view):
    briefing = brief(view)
    talks = section(briefing, "talks")
    assert "Round 3 of the talks: planned for July 2031; not reported as held." in talks
    assert "To be between Upper Orlia and Sel Delta." in talks
    assert "claimed by Sel Delta; told here as a claim" in section(briefing, "incidents")
    said = section(briefing, "statements")
    assert "Irena Vash threatened on or through state radio" in said
    assert "expressed a hope: “Perhaps the worst is behind us”" in said


@pytest.mark.parametrize("status", get_args(MeetingStatus))
def test_only_meetings_held_or_under_way_are_in_the_delegations(status):
    meeting = identified(
        Meeting(
            evidence=(invented.at("wire.txt", "A third round is planned for July"),),
            form="talks",
            status=status,
            parties=("Upper Orlia", "Sel Delta"),
        )
    )
    reports = [entry for entry in invented.entries() if entry.kind == "report"]
    texts = {invented.rid(source): text for source, text in invented.TEXTS.items()}
    briefing = brief(invented.FakeView([*reports, meeting], texts))
    sat = "Upper Orlia" in section(briefing, "delegations")
    assert sat == (status in {"held", "under way"})


def test_movement_needs_dates_that_settle_the_order(view):
    told = section(brief(view), "positions")
    assert (
        "Sel Delta on share of water: on 2 June 2031, demands: 35 per cent; "
        "between 10 and 12 June 2031, accepts: 30 per cent." in told
    )
    assert "Upper Orlia on share of water: " not in told


def test_copies_are_not_counted_as_witnesses(view):
    told = section(brief(view), "comparisons")
    assert "“three hours”: one account, copied once" in told
    assert "two independent accounts" in told
    assert "This rests on one account, copied once." in section(brief(view), "talks")


def test_contradictions_stand_first(view):
    part = next(part for part in brief(view).sections if part.key == "comparisons")
    assert part.blocks[0].title == strings()["comparison.heading.contradicts"]


def test_what_is_unknown_is_said(view):
    told = section(brief(view), "gaps")
    assert "The date of “Round 1 of the talks” could not be established." in told
    assert "Whom the reports mean by “an official close to the mediators” could not be" in told
    assert "When The Coast Mail was published could not be established." in told


def test_an_empty_record_says_that_it_tells_nothing():
    briefing = brief(invented.FakeView([], {}))
    assert not words(briefing)
    assert all(part.notes for part in briefing.sections)


@pytest.mark.parametrize(
    ("path", "values"),
    [
        (("meeting", "name"), MeetingForm),
        (("meeting", "status"), MeetingStatus),
        (("commitment", "heading"), CommitmentStatus),
        (("commitment", "status"), CommitmentStatus),
        (("position", "stance"), Stance),
        (("statement", "force"), Force),
        (("comparison", "heading"), Verdict),
        (("comparison", "lead"), Verdict),
        (("lineage", "form"), LineageForm),
        (("repair", "heading"), RepairReason),
        (("repair", "reason"), RepairReason),
        (("report", "how"), PublishedHow),
    ],
)
def test_the_strings_name_every_value_of_the_vocabulary(path, values):
    assert set(strings().at(*path)) == set(get_args(values))


def test_letters_of_stances_differ():
    letters = [stance["letter"] for stance in strings()["position.stance"].values()]
    assert len(set(letters)) == len(letters)
