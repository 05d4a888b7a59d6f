"""What moved between two states, the queue, agreement, gold: over an invented story."""

from __future__ import annotations

import datetime as dt
import json

import msgspec
import pytest

from dragoman.record import Anchor, Correction, Reader
from dragoman.review import Desk, Wanted, agreement, gold, news, queue, rejected
from dragoman.types import Interval, Told, identified

from ..record.story import ENTRIES, FIRST, SECOND, THIRD, on, write

KINDS = {entry.kind: entry for entry in ENTRIES}
REPLACE = msgspec.structs.replace


def told(path, before, after, **wanted):
    """The news from a state with some entries to one with others."""
    write(path, entries=before)
    write(path, entries=after, replace=True)
    return [(each.sort, each.text) for each in news(path, wanted=Wanted(**wanted))]


def with_other(kind, **fields):
    """The story with one entry told otherwise."""
    entry = identified(REPLACE(KINDS[kind], **fields))
    return [entry if each is KINDS[kind] else each for each in ENTRIES]


def without(*kinds):
    return [entry for entry in ENTRIES if entry.kind not in kinds]


MEETING, COMMITMENT = KINDS["meeting"], KINDS["commitment"]
LATER = Interval.day(dt.date(2031, 3, 9))


@pytest.mark.parametrize(
    ("before", "after", "sort"),
    [
        (without("meeting"), ENTRIES, "meeting held"),
        (with_other("meeting", status="planned"), ENTRIES, "meeting held"),
        (without("meeting"), with_other("meeting", status="planned"), "meeting announced"),
        (
            with_other("meeting", status="planned"),
            with_other("meeting", status="cancelled"),
            "meeting cancelled",
        ),
        (ENTRIES, with_other("meeting", date=LATER), "meeting moved"),
        (without("commitment"), ENTRIES, "commitment made"),
        (with_other("commitment", status="agreed"), ENTRIES, "commitment a step further"),
        (ENTRIES, with_other("commitment", status="breached"), "commitment breached"),
        (ENTRIES, with_other("commitment", status="agreed"), "commitment a step back"),
        (without("position"), ENTRIES, "position taken"),
        (ENTRIES, with_other("position", stance="accepts"), "position moved"),
        (ENTRIES, with_other("position", value="the reef"), "position moved"),
        (ENTRIES, with_other("comparison", verdict="contradicts"), "value contradicted"),
        (
            ENTRIES,
            with_other("comparison", values=(Told(value="12", reports=("a", "b"), independent=2),)),
            "value confirmed independently",
        ),
        (without("incident"), ENTRIES, "incident told"),
        (ENTRIES, without("incident"), "entry gone"),
        (ENTRIES, with_other("statement", speaker="Cato Lind"), "statement otherwise attributed"),
        (ENTRIES, ENTRIES, None),
    ],
)
def test_what_moved(tmp_path, before, after, sort):
    found = told(tmp_path / "r.db", before, after)
    assert [name for name, _ in found if name != "statement made"] == ([sort] if sort else [])


def test_another_form_of_words_is_no_news(tmp_path):
    more = with_other("commitment", evidence=(*COMMITMENT.evidence, on(THIRD, "freed the crews")))
    assert told(tmp_path / "r.db", ENTRIES, more) == []


def test_the_words_are_those_that_were_not_there(tmp_path):
    new = on(THIRD, "freed the crews")
    before = with_other("commitment", status="agreed")
    after = with_other("commitment", evidence=(*COMMITMENT.evidence, new))
    write(tmp_path / "r.db", entries=before)
    write(tmp_path / "r.db", entries=after, replace=True)
    (each,) = news(tmp_path / "r.db")
    assert (each.sort, each.words) == ("commitment a step further", (new,))


def test_actors_appear_are_joined_and_parted(tmp_path):
    norland, sudmark, brusk = (entry for entry in ENTRIES if entry.kind == "actor")
    others = without("actor")
    union = identified(
        REPLACE(norland, name="Norsud", evidence=(*norland.evidence, *sudmark.evidence))
    )
    assert told(tmp_path / "1.db", others, [*others, brusk]) == [
        ("actor appeared", "Ana Brusk (person)")
    ]
    joined = told(tmp_path / "2.db", [*others, norland, sudmark], [*others, union])
    assert [sort for sort, _ in joined] == ["actors joined"]
    assert "Norland, Sudmark" in joined[0][1]
    parted = told(tmp_path / "3.db", [*others, union], [*others, norland, sudmark])
    assert [sort for sort, _ in parted] == ["actor parted"]


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        ({"parties": ("NORLÁND",)}, 1),
        ({"parties": ("Elsewhere",)}, 0),
        ({"issues": ("prisoners",)}, 1),
        ({"issues": ("territory",)}, 0),
        ({"kinds": ("commitment",)}, 1),
        ({"kinds": ("meeting",)}, 0),
        ({"weight": 5}, 1),
    ],
)
def test_only_what_is_wanted(tmp_path, wanted, count):
    after = with_other("commitment", status="breached")
    assert len(told(tmp_path / "r.db", ENTRIES, after, **wanted)) == count


def test_what_matters_and_is_least_sure_comes_first(record):
    cases = queue(record)
    assert cases == sorted(cases, key=lambda case: -case.rank)
    assert all(case.why and 0 < case.unsure <= 1 for case in cases)
    first = cases[0].entry
    with Desk(record, "Lea") as desk:
        desk.accept(first.id, "read it")
    assert first.id not in {case.entry.id for case in queue(record)}


@pytest.fixture
def record(tmp_path):
    write(tmp_path / "r.db")
    return tmp_path / "r.db"


def decision(who, unit, action, number):
    return Correction(
        id=f"cor-{number}",
        action=action,
        anchor=Anchor(kind="position", fields={"issue": str(unit)}),
        change={},
        who=who,
        at=dt.datetime(2031, 1, 1, tzinfo=dt.UTC),
        why="so",
    )


def test_alpha_is_that_of_the_published_example():
    """Krippendorff, Computing Krippendorff's Alpha-Reliability (2011): binary data, 0.095."""
    meg, owen = "0100000000", "1110010010"
    decisions = [
        decision(who, unit, "accept" if value == "1" else "reject", f"{who}{unit}")
        for who, values in (("Meg", meg), ("Owen", owen))
        for unit, value in enumerate(values)
    ]
    (found,) = agreement(decisions)
    assert (found.people, found.units, found.agreed) == (("Meg", "Owen"), 10, 6)
    assert found.alpha == pytest.approx(0.095, abs=0.0005)


def test_where_nothing_can_vary_there_is_no_alpha():
    both = [decision(who, 1, "accept", who) for who in ("Kim", "Lea")]
    (found,) = agreement(both)
    assert (found.units, found.agreed, found.alpha) == (1, 1, None)
    assert agreement(both[:1]) == []
    three = agreement([*both, decision("Mo", 1, "reject", "m")])
    assert [each.people for each in three][-1] == ("Kim", "Lea", "Mo")


def test_decisions_are_gold(record):
    statement, position = KINDS["statement"], KINDS["position"]
    with Desk(record, "Lea") as desk:
        desk.accept(statement.id, "heard it")
        desk.reject(position.id, "in irony")
    lines = [json.loads(line) for line in gold(record)]
    assert [line["kind"] for line in lines] == ["report", "statement"]
    assert not any("reasons" in line for line in lines)
    assert lines[1]["content"] == statement.content
    (out,) = [json.loads(line) for line in rejected(record)]
    assert (out["kind"], out["issue"]) == ("position", position.issue)
    with Reader(record) as reader:
        assert reader.check() == []


def test_two_people_on_one_entry(record):
    position = KINDS["position"]
    for who in ("Kim", "Lea"):
        with Desk(record, who) as desk:
            desk.accept(position.id, "read it")
    with Reader(record) as reader:
        (found,) = agreement(reader.corrections())
    assert (found.units, found.agreed) == (1, 1)
    assert on(FIRST, "Norland") != on(SECOND, "Norland")
