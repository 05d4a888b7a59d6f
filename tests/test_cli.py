"""The command: exit codes, one-line errors, harmless output, and its page of the manual."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main

from dragoman import cli, pipeline
from dragoman.cli import read
from dragoman.cli.codes import code_of
from dragoman.cli.listings import LISTINGS
from dragoman.errors import ConfigError, EntryMissing, LanguagePackError, RecordMissing
from dragoman.record import Reader

MANUAL = Path(__file__).parent.parent / "docs" / "cli.md"

TEXT = """Ministers hold talks in Elm
Elm Post, 3 May 2031

Delegations of Norland and Surland held talks in Elm on Friday, the first since 2029.

"We shall free forty prisoners," Norland's foreign minister Ana Berg said on Friday.
Berg \x1b[31msaid [bold]markup[/bold] \x9bis text. Surland demanded a ceasefire of thirty days.
"""


@pytest.fixture
def run(capfd, monkeypatch, tmp_path):
    """Runs the command in a folder of its own: exit code, output, errors."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["dragoman", *map(str, arguments)])
        code = cli.main()
        out, err = capfd.readouterr()
        return code, out, err

    return call


@pytest.fixture
def record(run, tmp_path):
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "elm.txt").write_text(TEXT, encoding="utf-8")
    code, out, err = run("build", "reports", "-o", "r.db")
    assert (code, err) == (0, "")
    assert re.search(r"^read +1 reports$", out, re.MULTILINE)
    return tmp_path / "r.db"


def ids(record, kind):
    with Reader(record) as reader:
        return [entry.id for entry in reader.entries(kind)]


# ---------------------------------------------------------------- exit codes


def test_0_done(run, record):
    assert run("check", record)[0] == 0
    assert run("export", record)[0] == 0


def test_1_a_check_found_something(run, record):
    import sqlite3

    with sqlite3.connect(record) as db:
        db.execute("UPDATE entry SET json = replace(json, 'Elm', 'Oak')")
    db.close()
    code, _, err = run("check", record)
    assert code == 1
    assert "changed" in err


def test_1_a_fault_of_the_program_is_one_line(run, record, monkeypatch):
    def fail(*_args, **_kwargs):
        raise AssertionError("this\nshould not be")

    monkeypatch.setattr(read, "markdown", fail)
    code, _, err = run("brief", record)
    assert code == 1
    assert err.count("\n") == 1
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "arguments",
    [
        ("build",),
        ("nonsense",),
        ("build", "reports", "-o", "x.db", "--jobs", "many"),
        ("build", "reports", "-o", "x.db", "--jobs", "-1"),
        ("build", "reports", "-o", "x.db", "--config", "none.toml"),
        ("positions", "r.db", "--since", "yesterday"),
        ("positions", "r.db", "--since", "2031-02-01", "--until", "2031-01-01"),
        ("positions", "r.db", "--format", "xml"),
        ("show", "r.db", "stm-none"),
    ],
)
@pytest.mark.usefixtures("record")
def test_2_wrong_usage(run, arguments):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1


def test_2_wrong_settings_in_the_environment(run, monkeypatch):
    monkeypatch.setenv("DRAGOMAN_JOBS", "none")
    code, _, err = run("build", "reports", "-o", "x.db")
    assert code == 2
    assert "DRAGOMAN_JOBS" in err


@pytest.mark.usefixtures("record")
def test_3_some_sources_were_skipped(run, tmp_path):
    (tmp_path / "reports" / "empty.txt").write_text("")
    code, out, err = run("build", "reports", "-o", "more.db")
    assert code == 3
    assert "1 reports" in out
    assert "empty.txt: empty" in err
    assert err.count("\n") == 1


def test_4_nothing_could_be_read(run):
    code, _, err = run("build", "none", "-o", "x.db")
    assert code == 4
    assert err.count("\n") == 2
    assert run("check", "x.db")[0] == 5


def test_5_no_record(run, record, tmp_path):
    assert run("meetings", "none.db")[0] == 5
    (tmp_path / "text.db").write_text("this is no record, however long it may be " * 9)
    assert run("meetings", "text.db")[0] == 5
    code, _, err = run("build", "reports", "-o", record)
    assert code == 5
    assert "already" in err
    assert run("build", "reports", "-o", record, "--replace")[0] == 0


def test_every_error_has_its_code():
    assert code_of(RecordMissing("", "", "")) == 5
    assert code_of(EntryMissing("", "", "")) == 2
    assert code_of(ConfigError("", "", "")) == 2
    assert code_of(LanguagePackError("", "", "")) == 1


# ---------------------------------------------------------------- output


@pytest.mark.parametrize("name", LISTINGS)
def test_listings_come_in_three_forms(run, record, name):
    code, out, _ = run(name, record, "--format", "json")
    assert code == 0
    rows = json.loads(out)
    code, out, _ = run(name, record, "--format", "csv")
    assert code == 0
    assert len(list(csv.reader(io.StringIO(out)))) == len(rows) + 1
    code, out, _ = run(name, record)
    assert code == 0
    assert all(row["id"] in out for row in rows)


@pytest.mark.parametrize("name", LISTINGS)
def test_every_filter_of_a_listing_is_taken(run, record, name):
    values = {"since": "2199-01-01", "until": "1900-01-02"}
    for choice in LISTINGS[name][2].split():
        code, out, _ = run(
            name, record, f"--{choice}", values.get(choice, "no such thing"), "--format", "json"
        )
        assert (code, json.loads(out)) == (0, [])


def test_what_steers_a_terminal_is_shown_and_not_sent(run, record):
    outputs = [
        run("search", record, "markup")[1],
        run("reports", record)[1],
        run("statements", record)[1],
        run("brief", record)[1],
        *(run("show", record, entry)[1] for entry in ids(record, None)),
    ]
    assert not any("\x1b" in out or "\x9b" in out for out in outputs)
    assert "[bold]markup[/bold]" in outputs[0]


def test_show_takes_the_beginning_of_an_id_and_marks_the_words(run, record):
    (report,) = ids(record, "report")
    code, out, _ = run("show", record, report[:9])
    assert code == 0
    assert report in out
    assert "[[" in out


@pytest.mark.parametrize(("form", "begins"), [("markdown", "#"), ("html", "<!doctype html>")])
def test_a_briefing_to_a_file_is_the_one_on_the_screen(run, record, tmp_path, form, begins):
    code, out, _ = run("brief", record, "--format", form)
    assert code == 0
    assert out.lower().lstrip().startswith(begins)
    assert run("brief", record, "--format", form, "-o", "page")[:2] == (0, "")
    assert (tmp_path / "page").read_text("utf-8") == out


def test_an_export_to_a_file_is_the_one_on_the_screen(run, record, tmp_path):
    _, out, _ = run("export", record)
    assert run("export", record, "-o", "all.jsonl")[:2] == (0, "")
    assert (tmp_path / "all.jsonl").read_text("utf-8") == out
    import jsonschema

    schema = json.loads(run("schema")[1])
    lines = out.splitlines()
    assert lines
    for line in lines:
        jsonschema.validate(json.loads(line), schema)


def test_the_version(run):
    code, out, _ = run("--version")
    assert code == 0
    assert re.fullmatch(r"dragoman \d+\.\d+\.\d+\n", out)


def test_a_pipe_that_closes_is_passed_over_in_silence(record):
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "dragoman", "export", record],
        stdout=write, stderr=subprocess.PIPE, text=True, timeout=60, check=False,
    )  # fmt: skip
    os.close(write)
    assert (done.returncode, done.stderr) == (1, "")


def test_an_interruption_is_one_line(run, monkeypatch):
    def stop(*_args, **_kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "build", stop)
    code, _, err = run("build", "reports", "-o", "x.db")
    assert (code, err) == (130, "dragoman: interrupted; nothing was changed\n")


def test_nothing_but_the_summary_where_nobody_watches(record):
    done = subprocess.run(
        [sys.executable, "-m", "dragoman", "build", "reports", "-o", "new.db", "--jobs", "2"],
        capture_output=True, text=True, timeout=60, cwd=record.parent, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") == 5


# ---------------------------------------------------------------- manual


def commands():
    return typer.main.get_command(cli.app).commands


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_and_option_is_in_the_manual(name):
    manual = MANUAL.read_text("utf-8")
    assert f"dragoman {name}" in manual
    command = commands()[name]
    section = re.split(r"^## ", manual, flags=re.MULTILINE)
    about = next(part for part in section if f"`{name}" in part.split("\n")[0])
    for parameter in command.params:
        for option in parameter.opts:
            if option.startswith("--") and option != "--help":
                assert f"`{option}" in about, f"{option} of {name}"


PYTHON = MANUAL.with_name("python.md").read_text("utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```", PYTHON, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("block", BLOCKS)
@pytest.mark.usefixtures("record")
def test_the_examples_of_the_python_manual_run(tmp_path, block):
    (tmp_path / "r.db").rename(tmp_path / "talks.db")
    (tmp_path / "example.py").write_text(block, "utf-8")
    done = subprocess.run(
        [sys.executable, "example.py"],
        cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_every_exit_code_is_in_the_manual_and_in_the_help(run):
    manual = MANUAL.read_text("utf-8")
    _, shown, _ = run("--help")
    for code in range(6):
        assert f"| {code} |" in manual
        assert re.search(rf"\b{code}\b", shown)


def test_every_setting_is_in_the_manual():
    from dragoman.config import Config

    manual = MANUAL.read_text("utf-8")
    for name in Config.__struct_fields__:
        assert f"`{name}`" in manual
        assert f"`DRAGOMAN_{name.upper()}`" in manual


def test_serve_tells_its_address_and_ends_when_interrupted(record):
    import signal
    import urllib.request

    started = subprocess.Popen(
        [sys.executable, "-m", "dragoman", "serve", record, "--port", "0"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        line = started.stdout.readline()
        assert line, started.stderr.read()
        address = re.search(r"http://127\.0\.0\.1:\d+/", line)[0]
        with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310
            assert "Where the talks stand" in answer.read().decode("utf-8")
        started.send_signal(signal.SIGINT)
        _, err = started.communicate(timeout=30)
    finally:
        started.kill()
    assert (started.returncode, err) == (0, "")


def test_serve_tells_what_is_wrong_in_one_line(run, record):
    code, _, err = run("serve", "none.db", "--port", "0")
    assert (code, err.count("\n")) == (5, 1)
    code, _, err = run("serve", record, "--host", "192.0.2.1")
    assert (code, err.count("\n")) == (2, 1)


@pytest.mark.parametrize("command", ["export", "brief", "gold"])
def test_nothing_is_written_over_a_record(run, record, command):
    before = record.read_bytes()
    code, _, err = run(command, record, "-o", record)
    assert code == 2
    assert "is a record" in err
    assert record.read_bytes() == before


def test_a_name_that_nobody_has_and_those_near_it(run, record):
    code, out, err = run("statements", record, "--speaker", "Brg")
    assert (code, "near it: Ana Berg" in err) == (0, True)
    code, out, err = run("statements", record, "--speaker", "BERG")
    assert (code, err) == (0, "")
    assert "forty prisoners" in out


def test_actors_are_joined_by_name(run, record):
    how = ("--who", "Lea", "--why", "one body")
    code, _, err = run("correct", "join", record, "norland", "Surlandd", *how)
    assert code == 2
    assert "did you mean: Surland" in err
    code, _, err = run("correct", "join", record, "norland", "surland", *how)
    assert (code, err) == (0, "")


def test_an_empty_id(run, record):
    code, _, err = run("show", record, "")
    assert code == 2
    assert "it is empty" in err
