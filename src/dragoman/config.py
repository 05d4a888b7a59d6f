"""The settings of a run: from a TOML file, the environment and the command line.

A later source wins over an earlier one: defaults, then `dragoman.toml` (or the file that is
named), then `DRAGOMAN_*` in the environment, then what the caller gives.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import msgspec

from dragoman.errors import ConfigError, misfit
from dragoman.types import Value

FILE = Path("dragoman.toml")
PREFIX = "DRAGOMAN_"
# Read by the benchmarks, no setting of a run.
NO_SETTINGS = frozenset({"DRAGOMAN_DATA"})


class Config(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All settings of a run.

    Attributes:
        jobs: worker processes for the work on single reports; 1 works in this process, 0 takes
            one for each processor.
        chunk: reports handed to a worker at a time.
        max_bytes: the largest file that is read, and the largest line of JSON Lines, in bytes; a
            larger one is skipped.
        max_elements: the largest HTML page that is read, in elements.
        parsers: installed pipelines that take languages over, `spacy:NAME` or `stanza:CODE`, by
            language; a table `[parsers]` in the file.
    """

    jobs: Annotated[int, msgspec.Meta(ge=0, le=1024)] = 1
    chunk: Annotated[int, msgspec.Meta(ge=1, le=10_000)] = 8
    max_bytes: Annotated[int, msgspec.Meta(ge=1)] = 20_000_000
    max_elements: Annotated[int, msgspec.Meta(ge=1)] = 50_000
    parsers: dict[str, str] = {}


_TYPES = {field.name: field.type for field in msgspec.structs.fields(Config)}


def load(
    path: Path | None = None,
    environment: Mapping[str, str] | None = None,
    **options: Any,
) -> Config:
    """Put the settings together.

    Args:
        path: a TOML file; without it `dragoman.toml` of the working folder, if there is one.
        environment: the variables; those that begin with `DRAGOMAN_` are read.
        options: settings that win over all others; those that are None are left out.

    Raises:
        ConfigError: the file can't be read, a setting is unknown, or a value is not allowed.
    """
    settings: dict[str, Any] = {}
    if path is not None or FILE.is_file():
        settings |= _from_file(path or FILE)
    settings |= _from_environment(environment or {})
    for name, value in options.items():
        if value is not None:
            settings[name] = _checked(name, value, f"--{name.replace('_', '-')}")
    return Config(**settings)


def _from_file(path: Path) -> dict[str, Any]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        cause = error.strerror or "can't be read"
        raise ConfigError(str(path), cause.lower(), "name a TOML file with --config") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(str(path), f"no valid TOML: {error}", "correct the file") from error
    return {name: _checked(name, value, f"{path}: {name}") for name, value in table.items()}


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    settings = {}
    for variable in sorted(environment):
        if variable.startswith(PREFIX) and variable not in NO_SETTINGS:
            name = variable.removeprefix(PREFIX).lower()
            settings[name] = _checked(name, environment[variable], variable, written=True)
    return settings


def _checked(name: str, value: Any, place: str, *, written: bool = False) -> Any:
    """The value as its setting wants it; a `written` one (a string) is read first."""
    if name not in _TYPES:
        raise ConfigError(place, "there is no such setting", f"use {', '.join(sorted(_TYPES))}")
    if written and name == "parsers":
        value = dict(pair.partition("=")[::2] for pair in value.split(",") if pair)
    try:
        return msgspec.convert(value, _TYPES[name], strict=not written)
    except msgspec.ValidationError as error:
        raise ConfigError(place, misfit(error), "give another value") from error
