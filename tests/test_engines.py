from __future__ import annotations

import os
import subprocess
import sys
import textwrap

import pytest

from dragoman.config import Config
from dragoman.engines import engine
from dragoman.errors import SourceError


def double(number: int) -> int:
    return number * 2


def refuse_seven(number: int) -> int:
    if number == 7:
        raise ValueError("seven\nis refused")
    return number


def die_on_seven(number: int) -> int:
    if number == 7:
        os._exit(9)
    return number


def unsendable_seven(number: int) -> object:
    return (lambda: number) if number == 7 else number


def run(function, items, **settings):
    return dict(engine(Config(**settings)).map(function, items, name=lambda n: f"item {n}"))


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_item_has_its_result(jobs):
    assert run(double, range(50), jobs=jobs, chunk=4) == {n: n * 2 for n in range(50)}


@pytest.mark.parametrize("jobs", [1, 2])
def test_no_items(jobs):
    assert run(double, [], jobs=jobs) == {}


@pytest.mark.parametrize(
    ("jobs", "function", "cause"),
    [
        (1, refuse_seven, "ValueError: seven is refused"),
        (2, refuse_seven, "ValueError: seven is refused"),
        (2, die_on_seven, "died"),
        (2, unsendable_seven, "failed"),
    ],
)
def test_only_the_guilty_item_is_lost(jobs, function, cause, capfd):
    results = run(function, range(30), jobs=jobs, chunk=3)
    error = results.pop(7)
    assert isinstance(error, SourceError)
    assert error.place == "item 7"
    assert cause in error.cause
    assert "\n" not in str(error)
    assert results == {n: n for n in range(30) if n != 7}
    assert capfd.readouterr().err == ""


def test_items_are_taken_as_there_is_room():
    taken = 0

    def items():
        nonlocal taken
        for number in range(1000):
            taken = number
            yield number

    done = engine(Config(jobs=2, chunk=2)).map(double, items(), name=str)
    for count, _ in enumerate(done, 1):
        assert taken <= count + 2 * 2 * 2 + 2
    done.close()


def test_leaving_early_ends_the_workers():
    done = engine(Config(jobs=2, chunk=1)).map(double, range(1000), name=str)
    next(done)
    done.close()


def test_a_script_without_a_guard_is_told_so(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        textwrap.dedent("""
        from dragoman.config import Config
        from dragoman.engines import engine
        from dragoman.errors import ConfigError
        try:
            list(engine(Config(jobs=2)).map(str, [1], name=str))
        except ConfigError as error:
            print(error)
        """)
    )
    done = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, check=True, timeout=60
    )
    assert "if __name__ == '__main__'" in done.stdout
