"""The contract: the JSON Schema of an export, and exports read back.

`python -m dragoman.record.contract` writes the schema anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from dragoman.errors import ContractError, misfit
from dragoman.types import AnyEntry, entry_from_json, json_schema

SCHEMA_FILE = Path(__file__).with_name("contract.schema.json")


def schema_bytes() -> bytes:
    """The JSON Schema of one line of an export, written so that people can read it."""
    return msgspec.json.format(msgspec.json.encode(json_schema(), order="sorted"), indent=2) + b"\n"


def read_export(lines: Iterable[bytes], place: str) -> Iterator[AnyEntry]:
    """Read an export, a line at a time; empty lines are passed over.

    Args:
        lines: the lines.
        place: what they come from, for errors.

    Raises:
        ContractError: a line is not in the form of the contract.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield entry_from_json(line)
            except msgspec.DecodeError as error:
                raise ContractError(
                    f"{place}, line {number}", misfit(error), "see docs/contract.md for the form"
                ) from error


if __name__ == "__main__":
    SCHEMA_FILE.write_bytes(schema_bytes())
