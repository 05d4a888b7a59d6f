"""The description of the JSON interface, in the form of OpenAPI 3.1."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib import metadata
from typing import Any, NamedTuple

from dragoman.types import json_schema

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


class Parameter(NamedTuple):
    """A setting of an address."""

    name: str
    about: str
    sort: str = "string"
    required: bool = False
    among: tuple[str, ...] = ()


_TEXT = {"type": "string"}
_WHOLE = {"type": "integer"}
_MAYBE = {"type": ["string", "null"]}
_CARD = {
    "id": _TEXT,
    "label": _TEXT,
    "title": _MAYBE,
    "source": _TEXT,
    "language": _MAYBE,
    "published": _MAYBE,
    "root": _TEXT,
    "made_from": _MAYBE,
    "form": _MAYBE,
    "share": {"type": ["number", "null"]},
}


def _of(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": sorted(properties)}


def _list(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of}


_ENTRY = {"$ref": "#/components/schemas/Entry"}
_ANSWERS: dict[str, dict[str, Any]] = {
    "Record": _of(
        state=_WHOLE,
        counts={"type": "object", "additionalProperties": _WHOLE},
        independent=_WHOLE,
        skipped=_list(_of(source=_TEXT, cause=_TEXT, step=_TEXT)),
        states=_list(_of(id=_WHOLE, at=_TEXT, cause=_TEXT, program=_TEXT)),
    ),
    "Page": _of(
        total=_WHOLE,
        page=_WHOLE,
        pages=_WHOLE,
        next=_MAYBE,
        counts={
            "type": "object",
            "additionalProperties": _list(_of(value=_TEXT, count=_WHOLE)),
        },
        entries=_list(_ENTRY),
    ),
    "Report": _of(
        **_CARD, text=_TEXT, family=_list(_TEXT), entries=_list(_of(kind=_TEXT, id=_TEXT))
    ),
    "Found": _of(
        found=_list(_of(kind=_TEXT, id=_TEXT, span={"$ref": "#/components/schemas/Span"}))
    ),
    "Timeline": _of(
        total=_WHOLE,
        page=_WHOLE,
        pages=_WHOLE,
        events=_list(_of(entry=_TEXT, lane=_TEXT, date=_MAYBE, what=_MAYBE, status=_MAYBE)),
    ),
    "Families": _of(families=_list(_of(root=_TEXT, reports=_list(_of(**_CARD))))),
    "Cases": _of(
        cases=_list(
            _of(entry=_TEXT, kind=_TEXT, text=_TEXT, rank={"type": "number"}, why=_list(_TEXT))
        )
    ),
    "Corrections": _of(
        corrections=_list(
            _of(
                id=_TEXT,
                action=_TEXT,
                kind=_MAYBE,
                change={"type": "object"},
                who=_TEXT,
                at=_TEXT,
                why=_TEXT,
                undone_by=_MAYBE,
                entry=_MAYBE,
                lost=_MAYBE,
            )
        )
    ),
    "Wanted": {
        "type": "object",
        "additionalProperties": False,
        "required": ["action", "target", "who", "why"],
        "properties": {
            "action": {"enum": ["accept", "reject", "change", "join", "part", "undo"]},
            "target": _TEXT,
            "who": _TEXT,
            "why": _TEXT,
            "fields": {"type": "object"},
            "other": _TEXT,
            "forms": _list(_TEXT),
            "reports": _list(_TEXT),
            "name": _MAYBE,
        },
    },
    "Kept": _of(correction=_TEXT, action=_TEXT, entry=_MAYBE),
    "Description": {"type": "object"},
    "Error": _of(error=_of(cause=_TEXT, step=_TEXT)),
}


def description(
    endpoints: Sequence[tuple[str, str, str, Sequence[Parameter]]],
) -> dict[str, Any]:
    """The description of endpoints: address, what it is, the name of its answer, settings."""
    paths: dict[str, Any] = {
        path: {"get": _operation(path, about, gives, parameters)}
        for path, about, gives, parameters in endpoints
    }
    paths["/api/corrections"]["post"] = _correcting()
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Dragoman",
            "summary": "A record in which every entry points at the words it rests on.",
            "version": metadata.version("dragoman"),
        },
        "jsonSchemaDialect": _DIALECT,
        "paths": paths,
        "components": {"schemas": _schemas()},
    }


def _correcting() -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Wanted"}
    return {
        "operationId": "correct",
        "summary": "Correct the record; only where it is served with --edit.",
        "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
        "responses": {
            "201": _answer("It is kept.", "Kept"),
            "default": _answer("It does not fit, or another correction is written.", "Error"),
        },
    }


def _operation(
    path: str, about: str, gives: str, parameters: Sequence[Parameter]
) -> dict[str, Any]:
    inside = [
        {"name": name, "in": "path", "required": True, "schema": _TEXT}
        for name in re.findall(r"\{(\w+)\}", path)
    ]
    return {
        "operationId": re.sub(r"\W+", "_", path).strip("_"),
        "summary": about,
        "parameters": [*inside, *(_parameter(each) for each in parameters)],
        "responses": {
            "200": _answer("It is there.", gives),
            "default": _answer("It is not there, or was asked for wrongly.", "Error"),
        },
    }


def _parameter(each: Parameter) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    if each.sort == "integer":
        schema = {"type": "integer", "minimum": 1}
    elif each.sort == "date":
        schema = {"type": "string", "format": "date"}
    if each.among:
        schema["enum"] = list(each.among)
    return {
        "name": each.name,
        "in": "query",
        "description": each.about,
        "required": each.required,
        "schema": schema,
    }


def _answer(about: str, name: str) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{name}"}
    return {"description": about, "content": {"application/json": {"schema": schema}}}


def _schemas() -> dict[str, Any]:
    """The answers, and the entries of the export's contract with their references moved here."""
    contract = json_schema()
    entry = {key: value for key, value in contract.items() if key not in {"$schema", "$defs"}}
    moved: dict[str, Any] = _moved({"Entry": entry, **contract["$defs"]})
    return {
        **{f"{name}Entry" if name == "Report" else name: v for name, v in moved.items()},
        **_ANSWERS,
    }


def _moved(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _moved(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_moved(each) for each in value]
    if isinstance(value, str) and value.startswith("#/$defs/"):
        name = value.removeprefix("#/$defs/")
        return f"#/components/schemas/{'ReportEntry' if name == 'Report' else name}"
    return value
