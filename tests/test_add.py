"""Adding and rebuilding: a record that grew is the one that a single build gives."""

from __future__ import annotations

import io
import itertools
import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman import pipeline
from dragoman.errors import NothingRead, RecordError, RecordMissing
from dragoman.record import Reader

from .living import FEW, REPORTS, exported, faults, grown, once


@pytest.fixture(autouse=True)
def _read_once(monkeypatch):
    monkeypatch.setattr(pipeline, "annotate", once)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    path = tmp_path_factory.mktemp("whole") / "r.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "annotate", once)
        pipeline.build(FEW, path)
    return exported(path)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.permutations(FEW),
    st.lists(st.integers(0, len(FEW)), max_size=4),
)
def test_random_splits_and_orders_give_the_export_of_one_build(
    whole, tmp_path_factory, reports, cuts
):
    path = tmp_path_factory.mktemp("grown") / "r.db"
    ends = [0, *sorted(cuts), len(reports)]
    parts = [reports[a:b] for a, b in itertools.pairwise(ends)]
    assert grown(path, parts) == whole
    assert faults(path) == []


def test_one_at_a_time(whole, tmp_path):
    path = tmp_path / "r.db"
    assert grown(path, [[report] for report in FEW]) == whole
    with Reader(path) as reader:
        assert [state.cause for state in reader.states()] == ["build"] + ["add"] * (len(FEW) - 1)
        assert reader.check() == []


def test_what_is_there_already_is_passed_over(whole, tmp_path):
    path = tmp_path / "r.db"
    pipeline.build(FEW, path)
    summary = pipeline.add(FEW[:2], path)
    assert (summary.added, summary.read, summary.state) == (0, len(FEW), None)
    with Reader(path) as reader:
        assert len(reader.states()) == 1
    assert exported(path) == whole


def test_only_new_reports_are_read_anew(tmp_path, monkeypatch):
    path = tmp_path / "r.db"
    pipeline.build(FEW[:4], path)
    read = []
    monkeypatch.setattr(pipeline, "annotate", lambda report: read.append(report) or once(report))
    assert pipeline.add(FEW, path).added == len(FEW) - 4
    assert len(read) == len(FEW) - 4
    pipeline.rebuild(path)
    assert len(read) == len(FEW) - 4


def test_pairs_of_reports_are_compared_once(tmp_path, monkeypatch):
    from dragoman.link import lineage

    path = tmp_path / "r.db"
    pipeline.build(FEW, path)
    compared = []
    compare = lineage.compare
    monkeypatch.setattr(lineage, "compare", lambda *given: compared.append(1) or compare(*given))
    before = exported(path)
    pipeline.rebuild(path)
    assert compared == []
    assert exported(path) == before


def test_a_record_is_made_anew_from_itself(whole, tmp_path):
    path = tmp_path / "r.db"
    grown(path, [FEW[:3], FEW[3:]])
    summary = pipeline.rebuild(path)
    assert summary.skipped == ()
    assert exported(path) == whole
    assert faults(path) == []
    with Reader(path) as reader:
        assert [state.cause for state in reader.states()] == ["build", "add", "rebuild"]


def test_another_version_asks_for_a_rebuild(whole, tmp_path, monkeypatch):
    path = tmp_path / "r.db"
    pipeline.build(FEW[:-1], path)
    monkeypatch.setattr(pipeline, "edition", lambda: "dragoman 99")
    before = exported(path)
    with pytest.raises(RecordError, match="dragoman rebuild"):
        pipeline.add(FEW[-1:], path)
    assert exported(path) == before
    pipeline.rebuild(path)
    pipeline.add(FEW[-1:], path)
    assert exported(path) == whole


def test_nothing_to_add_and_nothing_to_add_to(tmp_path):
    path = tmp_path / "r.db"
    with pytest.raises(RecordMissing):
        pipeline.add(FEW, path)
    with pytest.raises(RecordMissing):
        pipeline.rebuild(path)
    assert not path.exists()
    pipeline.build(FEW[:2], path)
    before = exported(path)
    with pytest.raises(NothingRead):
        pipeline.add([tmp_path / "none.txt"], path)
    assert exported(path) == before


def test_earlier_states_can_be_read(tmp_path):
    path = tmp_path / "r.db"
    exports = []
    for part in (FEW[:3], FEW[3:5], FEW[5:]):
        grown(path, [part]) if not path.exists() else pipeline.add(part, path)
        exports.append(exported(path))
    for state, expected in enumerate(exports, start=1):
        out = io.BytesIO()
        with Reader(path, state) as reader:
            reader.export(out)
            assert sum(reader.counts().values()) == expected.count(b"\n")
            assert [found.kind for found in reader.search("talks")]
        assert out.getvalue() == expected


def test_actors_keep_their_ids_as_reports_come(tmp_path):
    path = tmp_path / "r.db"
    pipeline.build(REPORTS[:1], path)
    with Reader(path) as reader:
        before = {(actor.name, actor.type): actor for actor in reader.entries("actor")}
    pipeline.add(REPORTS[1:2], path)
    with Reader(path) as reader:
        after = {(actor.name, actor.type): actor for actor in reader.entries("actor")}
    same = before.keys() & after.keys()
    assert same
    assert all(before[name].id == after[name].id for name in same)
    assert any(len(before[n].evidence) < len(after[n].evidence) for n in same)
    db = sqlite3.connect(path)
    forms = db.execute("SELECT count(*) FROM entry WHERE kind = 'actor'").fetchone()[0]
    db.close()
    assert forms > len(after)  # each form has a row
