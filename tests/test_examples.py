"""The invented negotiation in `examples/`: its gold is sound and holds what the README says."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any, get_args

import pytest

from dragoman import ontology, types

FOLDER = Path(__file__).parent.parent / "examples"
TEXTS = {
    path.name: path.read_bytes().decode("utf-8")
    for path in sorted((FOLDER / "reports").glob("*.txt"))
}
LINES = (FOLDER / "gold.jsonl").read_text(encoding="utf-8").splitlines()
GOLD: list[dict[str, Any]] = [json.loads(line) for line in LINES]

# Fields that the gold names otherwise than the record does, as the export's scorer reads them.
EXTRA_FIELDS = {"report": {"report"}, "actor": {"also"}, "lineage": {"from"}}
CHOICES = {
    ("actor", "type"): types.ActorType,
    ("repair", "reason"): types.RepairReason,
    ("meeting", "form"): types.MeetingForm,
    ("meeting", "status"): types.MeetingStatus,
    ("statement", "mode"): types.Mode,
    ("statement", "force"): types.Force,
    ("position", "stance"): types.Stance,
    ("commitment", "status"): types.CommitmentStatus,
    ("lineage", "form"): types.LineageForm,
    ("comparison", "verdict"): types.Verdict,
}
DATED = ("published", "date")
NAMING = ("parties", "participants", "third_parties")


def of(kind: str, **fields: object) -> list[dict[str, Any]]:
    """The gold entries of a kind with these fields."""
    return [
        row
        for row in GOLD
        if row["kind"] == kind and all(row.get(key) == value for key, value in fields.items())
    ]


def names(row: dict[str, Any]) -> set[str]:
    """All actors that an entry names."""
    found = {name for key in NAMING for name in row.get(key) or []}
    found |= {
        row[key] for key in ("speaker", "party", "by", "against", "place", "venue") if row.get(key)
    }
    for side, head in (row.get("heads") or {}).items():
        found |= {side, head}
    return found


@pytest.mark.parametrize("number", range(len(GOLD)))
def test_every_entry_is_of_the_form(number: int) -> None:
    row = GOLD[number]
    kind = row["kind"]
    allowed = set(types.KINDS[kind].__struct_fields__) | EXTRA_FIELDS.get(kind, set()) | {"kind"}
    assert set(row) <= allowed
    for key, value in row.items():
        if (kind, key) in CHOICES:
            assert value in get_args(CHOICES[kind, key])
        if key in DATED:
            assert str(types.Interval.parse(value)) == value
    if kind == "position":
        assert row["issue"] in ontology.issues()
    if kind == "incident":
        assert row["type"] in ontology.incidents()
    if kind == "statement":
        assert (row["speaker"] is None) != (row["described"] is None)
    if kind == "commitment":
        told = [(step["status"], step["report"]) for step in row["history"]]
        assert all(status in get_args(types.CommitmentStatus) for status, _ in told)
        assert told[-1][0] == row["status"]
        assert [span["report"] for span in row["evidence"]] == [report for _, report in told]


@pytest.mark.parametrize("number", range(len(GOLD)))
def test_every_span_holds_the_words_of_its_report(number: int) -> None:
    row = GOLD[number]
    assert row["evidence"]
    for span in row["evidence"]:
        assert TEXTS[span["report"]][span["start"] : span["end"]] == span["text"] != ""
    if row["kind"] == "repair":
        assert {span["text"] for span in row["evidence"]} == {row["garbled"]}
    if row["kind"] == "actor":
        assert {span["text"] for span in row["evidence"]} == set(row["forms"])


def test_no_entry_stands_twice() -> None:
    assert len(LINES) == len(set(LINES))
    for kind, keys in (("position", ("party", "issue", "stance")), ("actor", ("name",))):
        told = Counter(tuple(row[key] for key in keys) for row in of(kind))
        assert max(told.values()) == 1


def test_whoever_is_named_is_an_actor() -> None:
    known = {row["name"] for row in of("actor")}
    for row in GOLD:
        assert names(row) <= known


def test_reports_are_plain_and_all_listed() -> None:
    assert [row["report"] for row in of("report")] == list(TEXTS)
    assert len(TEXTS) >= 12
    assert {row["language"] for row in of("report")} == {"en", "pt", "es", "fr", "de"}
    for text in TEXTS.values():
        assert "\r" not in text
        assert not text.startswith("\ufeff")


def test_sidecars_agree_with_the_gold() -> None:
    sidecars = sorted((FOLDER / "reports").glob("*.meta.json"))
    assert sidecars
    for path in sidecars:
        stated = json.loads(path.read_text(encoding="utf-8"))
        (report,) = of("report", report=path.name.removesuffix(".meta.json") + ".txt")
        assert set(stated) <= {"url", "outlet", "published"}
        assert (stated["outlet"], stated["published"]) == (report["outlet"], report["published"])


def test_some_reports_do_not_tell_their_date() -> None:
    year = re.compile(r"\b2023\b")
    undated = [
        row["report"]
        for row in of("report")
        if "/" in row["published"]
        and not year.search(TEXTS[row["report"]])
        and not (FOLDER / "reports" / row["report"]).with_suffix(".meta.json").exists()
    ]
    assert len(undated) >= 3


def test_reports_made_from_the_wire() -> None:
    forms = Counter(row["form"] for row in of("lineage"))
    assert forms == {"copy": 2, "excerpt": 1, "spin": 1, "translation": 2}
    assert len({row["from"] for row in of("lineage")}) == 1


def test_names_are_garbled() -> None:
    garbled = [
        row
        for row in of("actor", type="person")
        if any(form.lower() not in row["name"].lower() for form in row["forms"])
    ]
    assert len(garbled) >= 4
    assert {row["reason"] for row in of("repair")} >= {"spin", "translation", "encoding"}


def test_meetings() -> None:
    held = [row["round"] for row in of("meeting", form="talks", status="held") if row.get("round")]
    assert sorted(held) == [1, 2]
    assert of("meeting", status="cancelled")
    assert of("meeting", status="planned")
    assert of("meeting", form="summit", status="proposed")


def test_commitments() -> None:
    steps = [list(dict.fromkeys(s["status"] for s in row["history"])) for row in of("commitment")]
    assert ["agreed in principle", "agreed", "begun", "carried out"] in steps
    assert ["agreed in principle", "withdrawn"] in steps
    assert any(row.get("quantity") for row in of("commitment", status="carried out"))


def test_positions_of_both_parties_move() -> None:
    parties = {row["party"] for row in of("position")}
    assert len(parties) == 2
    for party in parties:
        issues = Counter(row["issue"] for row in of("position", party=party))
        assert len(issues) >= 6
        assert max(issues.values()) > 1


def test_statements_of_every_sort() -> None:
    forces = {row.get("force") for row in of("statement")}
    assert forces >= {"denies", "threatens", "hopes"}
    assert {row["channel"] for row in of("statement")} >= {"X", "Telegram", "Canal Litoral"}
    assert any(row["via"] for row in of("statement"))
    assert any(row["described"] and row["side"] for row in of("statement"))


def test_figures_conflict_or_only_seem_to() -> None:
    verdicts = Counter(row["verdict"] for row in of("comparison"))
    assert verdicts["contradicts"] >= 2
    assert verdicts["compatible"] + verdicts["different events"] + verdicts["later update"] >= 2
    for row in of("comparison"):
        assert len({span["report"] for span in row["evidence"]}) > 1
