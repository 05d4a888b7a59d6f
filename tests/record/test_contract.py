import json
from pathlib import Path

import jsonschema
import pytest

from dragoman.errors import ContractError
from dragoman.record.contract import SCHEMA_FILE, read_export, schema_bytes
from dragoman.types import KINDS

from .story import ENTRIES, exported

DOCS = Path(__file__).parents[2] / "docs"
VALIDATOR = jsonschema.Draft202012Validator(json.loads(SCHEMA_FILE.read_bytes()))


def test_the_schema_file_is_up_to_date():
    assert SCHEMA_FILE.read_bytes() == schema_bytes(), "run python -m dragoman.record.contract"


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(json.loads(SCHEMA_FILE.read_bytes()))


def test_an_export_is_in_the_form_of_the_contract(record):
    lines = exported(record).splitlines()
    assert {json.loads(line)["kind"] for line in lines} == set(KINDS)
    for line in lines:
        VALIDATOR.validate(json.loads(line))


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "song"},
        {"evidence": None},
        {"mode": "sung"},
        {"date": "next Friday"},
        {"evidence": [{"start": 1}]},
        {"negated": "no"},
    ],
)
def test_other_forms_are_refused_by_schema_and_reader_alike(record, change):
    entry = next(e for e in exported(record).splitlines() if b'"kind":"statement"' in e)
    other = json.dumps(json.loads(entry) | change).encode()
    assert not VALIDATOR.is_valid(json.loads(other))
    with pytest.raises(ContractError, match="gold, line 3"):
        list(read_export([entry, b"\n", other], "gold"))


def test_an_export_read_back(record):
    assert sorted(read_export(exported(record).splitlines(), "x"), key=lambda e: e.id) == sorted(
        ENTRIES, key=lambda e: e.id
    )


def test_every_field_is_documented():
    page = (DOCS / "contract.md").read_text(encoding="utf-8")
    for name, definition in json.loads(SCHEMA_FILE.read_bytes())["$defs"].items():
        section = page.split(f"\n### {name.lower()}\n")[1].split("\n#")[0]
        for field in definition["properties"]:
            if field not in {"kind", "id", "evidence", "reasons"} or name == "Step":
                assert f"`{field}`" in section, (name, field)
