"""The settings, and a build from reports to a record, over stand-ins for stages 2 and 3."""

from __future__ import annotations

import hashlib
import io
import os

import pytest

from dragoman import config, pipeline
from dragoman.claims import Annotation
from dragoman.config import Config
from dragoman.errors import ConfigError, NothingRead, RecordExists, RecordMissing
from dragoman.record import Reader
from dragoman.types import KINDS, Report, Span, Statement, identified, report_id

# ---------------------------------------------------------------- stand-ins


def annotate(received):
    """Finds the first line; fails on some words, and dies on others."""
    if "cause a fault" in received.text:
        raise RuntimeError("a fault")
    if "kill the process" in received.text:
        os._exit(1)
    name = report_id(received.source, received.text)
    line = received.text.split("\n")[0]
    return Annotation(
        report=name,
        source=received.source,
        sha256=hashlib.sha256(received.text.encode()).hexdigest(),
        length=len(received.text),
        language=None,
        lead=Span(report=name, start=0, end=len(line), text=line),
    )


def link(annotations, text, _memo):
    for each in annotations():
        assert text(each.report).startswith(each.lead.text)
        yield Report(id=each.report, evidence=(each.lead,), source=each.source, sha256=each.sha256)
        yield identified(
            Statement(evidence=(each.lead,), mode="direct", content=each.lead.text, speaker="Berg")
        )


@pytest.fixture(autouse=True)
def stages(monkeypatch):
    monkeypatch.setattr(pipeline, "annotate", annotate)
    monkeypatch.setattr(pipeline, "link", link)


@pytest.fixture
def reports(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(12):
        (folder / f"{number:02}.txt").write_text(f"Berg said it {number} times.\nSo it is.\n")
    return folder


def exported(record):
    out = io.BytesIO()
    with Reader(record) as reader:
        reader.export(out)
    return out.getvalue()


def assert_no_record(path):
    with pytest.raises(RecordMissing), Reader(path):
        pass


# ---------------------------------------------------------------- build


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_build_records_every_report_and_tells_of_it(reports, tmp_path, jobs):
    told = []
    summary = pipeline.build(
        [reports],
        tmp_path / "r.db",
        Config(jobs=jobs, chunk=2),
        progress=lambda stage, done: told.append((stage, done)),
    )
    assert summary.read == 12
    assert summary.skipped == ()
    assert list(summary.entries) == list(KINDS)
    assert (summary.entries["report"], summary.entries["statement"]) == (12, 12)
    assert tuple(summary.seconds) == pipeline.STAGES
    assert all(spent >= 0 for spent in summary.seconds.values())
    assert told[11] == ("annotate", 12)
    assert told[-1] == ("link", 24)


def test_jobs_and_order_change_nothing(reports, tmp_path):
    files = sorted(reports.iterdir())
    pipeline.build(files, tmp_path / "a.db")
    pipeline.build(files[::-1], tmp_path / "b.db", Config(jobs=2, chunk=1))
    assert exported(tmp_path / "a.db") == exported(tmp_path / "b.db")


@pytest.mark.parametrize(
    ("words", "jobs", "cause"),
    [
        ("cause a fault", 1, "a fault"),
        ("cause a fault", 2, "a fault"),
        ("kill the process", 2, "died"),
    ],
)
def test_a_report_that_fails_is_named_and_the_rest_goes_on(reports, tmp_path, words, jobs, cause):
    (reports / "05.txt").write_text(f"This will {words}.")
    (reports / "07.txt").write_text("")
    summary = pipeline.build([reports], tmp_path / "r.db", Config(jobs=jobs, chunk=3))
    assert summary.read == 10
    causes = {skipped.source[-6:]: skipped.cause for skipped in summary.skipped}
    assert set(causes) == {"05.txt", "07.txt"}
    assert cause in causes["05.txt"]
    assert causes["07.txt"] == "empty"
    with Reader(tmp_path / "r.db") as record:
        assert len(record.skipped()) == 2


def test_one_report_given_twice_is_one(tmp_path):
    text = '{"id": "x", "text": "Berg said so.", "outlet": "Elm Post"}\n'
    lines = tmp_path / "reports.jsonl"
    lines.write_text(text * 3)
    assert pipeline.build([lines], tmp_path / "r.db").read == 1


def test_nothing_readable_leaves_no_record(tmp_path):
    (tmp_path / "empty.txt").write_text("")
    with pytest.raises(NothingRead) as error:
        pipeline.build([tmp_path / "empty.txt", tmp_path / "none"], tmp_path / "r.db")
    assert {skipped.cause for skipped in error.value.skipped} >= {"empty"}
    assert_no_record(tmp_path / "r.db")


def test_nothing_readable_leaves_the_record_that_was_there(reports, tmp_path):
    record = tmp_path / "r.db"
    pipeline.build([reports], record)
    before = exported(record)
    with pytest.raises(NothingRead):
        pipeline.build([tmp_path / "none"], record, replace=True)
    assert exported(record) == before


def test_a_record_is_replaced_only_when_asked(reports, tmp_path):
    record = tmp_path / "r.db"
    pipeline.build([reports], record)
    with pytest.raises(RecordExists):
        pipeline.build([reports], record)
    (reports / "00.txt").unlink()
    assert pipeline.build([reports], record, replace=True).read == 11


def test_a_record_among_the_reports_is_no_report(reports):
    record = reports / "r.db"
    assert pipeline.build([reports], record).skipped == ()
    assert pipeline.build([reports], record, replace=True).skipped == ()


def test_standard_input(tmp_path):
    summary = pipeline.build(["-"], tmp_path / "r.db", stdin=io.BytesIO(b"Berg said so.\n"))
    assert summary.read == 1


def test_an_interruption_leaves_no_record(reports, tmp_path):
    def stop(_stage, done):
        if done == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pipeline.build([reports], tmp_path / "r.db", Config(jobs=2, chunk=1), progress=stop)
    assert_no_record(tmp_path / "r.db")


# ---------------------------------------------------------------- settings


def test_a_later_source_of_settings_wins(tmp_path):
    file = tmp_path / "some.toml"
    file.write_text("jobs = 2\nchunk = 3\nmax_bytes = 4\n")
    environment = {"DRAGOMAN_CHUNK": "5", "DRAGOMAN_MAX_BYTES": "6", "HOME": "/"}
    assert config.load() == Config()
    assert config.load(file) == Config(jobs=2, chunk=3, max_bytes=4)
    assert config.load(file, environment) == Config(jobs=2, chunk=5, max_bytes=6)
    assert config.load(file, environment, max_bytes=7, jobs=None) == Config(
        jobs=2, chunk=5, max_bytes=7
    )


def test_the_file_of_the_working_folder_is_read(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "dragoman.toml").write_text("jobs = 3\n")
    assert config.load().jobs == 3


@pytest.mark.parametrize(
    ("text", "place", "cause"),
    [
        ("job = 2", "some.toml: job", "no such setting"),
        ("jobs = -1", "some.toml: jobs", "a whole number >= 0 is wanted"),
        ("jobs = '2'", "some.toml: jobs", "a whole number is wanted, not text"),
        ("jobs = ", "some.toml", "no valid TOML"),
    ],
)
def test_a_wrong_setting_in_a_file_is_named(tmp_path, monkeypatch, text, place, cause):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "some.toml").write_text(text)
    with pytest.raises(ConfigError) as error:
        config.load((tmp_path / "some.toml").relative_to(tmp_path))
    assert error.value.place == place
    assert cause in error.value.cause


@pytest.mark.parametrize(
    ("environment", "options", "place"),
    [
        ({"DRAGOMAN_JOB": "1"}, {}, "DRAGOMAN_JOB"),
        ({"DRAGOMAN_JOBS": "many"}, {}, "DRAGOMAN_JOBS"),
        ({}, {"jobs": -2}, "--jobs"),
        ({}, {"max_bytes": 0}, "--max-bytes"),
    ],
)
def test_a_wrong_setting_elsewhere_is_named(environment, options, place):
    with pytest.raises(ConfigError) as error:
        config.load(None, environment, **options)
    assert error.value.place == place


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(ConfigError):
        config.load(tmp_path / "none.toml")


def test_other_variables_are_left_alone():
    assert config.load(None, {"DRAGOMAN_DATA": "/somewhere"}) == Config()
