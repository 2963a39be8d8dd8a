"""The OpenAPI 3.1 document of the addresses of data, rendered from the same declarations that answer them.

In: the resources, the release that serves. Out: a JSON document with examples that the tests ask. Does not declare anything.
"""

from __future__ import annotations

from typing import Any

from dashboard.exports.formats import ENDINGS, PREFIX, Ending, site_address
from dashboard.exports.parameters import (
    CSV_ONLY,
    MOST_GROUPINGS,
    MOST_TOLD,
    RELEASE,
    ApiParameter,
    Asked,
    list_known,
)
from dashboard.exports.resources import RESOURCES, Resource
from dashboard.selection.selection import LONGEST_SEARCH
from dashboard.text.language import LANGUAGES
from etl.measures.catalogue import GROUPING_FIELDS
from etl.model.releases import LATEST
from etl.outputs.about import LICENCE, LICENCE_ADDRESS, STATUS, TITLE
from etl.outputs.columns import Column, name_type
from etl.queries.record import Answers

_DAY = r"^([12]\d{3}|\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))$"
_HEADERS = {
    "ETag": "Changes with the bytes of the answer and with nothing else.",
    "LFR-Release": "The version of the release that answered.",
    "LFR-Rows": "How many rows there are, or the most that one answer holds.",
    "LFR-Cut": "Stands there only where rows are missing: “rows; most=…; total=…” or “time”. The last record says so too.",
}
_OPTIONAL = ("LFR-Cut", "ETag")


def render_openapi(answers: Answers) -> dict[str, Any]:
    """The document; what a parameter may be is that of the release that serves now."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": TITLE,
            "version": "1",
            "summary": "Deployments, counts, estimates, claims and what they rest on, as CSV, JSON and Parquet.",
            "description": f"{STATUS} Without “{RELEASE}” an answer is of the release that serves now; with it, the same for good. A row that is missing is told in the last record and in the header LFR-Cut.",
            "license": {"name": LICENCE, "url": LICENCE_ADDRESS},
        },
        "servers": [{"url": site_address() or "/"}],
        "paths": {
            f"{PREFIX}/{resource.name}.{ending.ending}": {"get": _describe(resource, ending)}
            for resource in RESOURCES.values()
            for ending in ENDINGS.values()
        },
        "components": {
            "parameters": {
                _name_parameter(one): _parameter(one, answers) for resource in RESOURCES.values() for one in (*resource.every_parameter, CSV_ONLY)
            },
            "schemas": {"problem": _PROBLEM, **{f"{one.name}_row": _row(one.columns(Asked())) for one in RESOURCES.values()}},
            "responses": {
                name: {"description": said, "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/problem"}}}}
                for name, said in (
                    ("bad", "A parameter that cannot be used; every one is named with what it may be."),
                    ("missing", "There is no such release, or it is not kept here."),
                    ("long", "The address is too long."),
                    ("busy", "Too much is asked at the moment, or the data cannot be read."),
                )
            },
        },
    }  # fmt: skip


def parameters_of(resource: Resource, ending: Ending) -> tuple[ApiParameter, ...]:
    """What may be asked of a resource in this kind of file."""
    return (*resource.every_parameter, *([CSV_ONLY] if ending.ending == "csv" else []))


def _describe(resource: Resource, ending: Ending) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    if ending.ending == "json":
        schema = _answer(resource)
    elif ending.shown:
        schema = {"type": "object", "required": ["@context", "url", "tableSchema"]}
    elif ending.ending != "csv":
        schema = {"type": "string", "contentMediaType": ending.media_type}
    media = ending.media_type.partition(";")[0]
    address = f"{PREFIX}/{resource.name}.{ending.ending}"
    return {
        "operationId": f"{resource.name}_{ending.ending.replace('.', '_').replace('-', '_')}",
        "summary": f"{resource.name.replace('_', ' ').capitalize()} as {ending.meaning}",
        "description": resource.meaning,
        "parameters": [
            {"$ref": f"#/components/parameters/{_name_parameter(one)}"} for one in parameters_of(resource, ending)
        ],
        "responses": {
            "200": {
                "description": "The answer.",
                "headers": {
                    name: {"description": said, "required": name not in _OPTIONAL, "schema": {"type": "string"}}
                    for name, said in _HEADERS.items()
                },
                "content": {media: {"schema": schema}},
            },
            "304": {"description": "The reader has these bytes already."},
            "400": {"$ref": "#/components/responses/bad"},
            "404": {"$ref": "#/components/responses/missing"},
            "414": {"$ref": "#/components/responses/long"},
            "503": {"$ref": "#/components/responses/busy"},
        },
        "x-example": f"{address}?{resource.example}" if resource.example else address,
    }  # fmt: skip


def _name_parameter(one: ApiParameter) -> str:
    """A name may mean another thing of another resource."""
    return f"{one.name}_{one.kind}_{one.codes.name if one.codes else one.column}".rstrip("_")


def _parameter(one: ApiParameter, answers: Answers) -> dict[str, Any]:
    said: dict[str, Any] = {
        "name": one.name,
        "in": "query",
        "required": one.needed,
        "description": one.meaning,
        "schema": _schema(one, answers),
    }
    if one.kind == "codes":
        return {**said, "style": "form", "explode": True}
    return {**said, "style": "form", "explode": False} if one.kind == "list" else said


def _schema(one: ApiParameter, answers: Answers) -> dict[str, Any]:
    if one.kind in ("codes", "code"):
        known = [str(code) for code in list_known(one, answers)][:MOST_TOLD]
        code = {"type": "string", "enum": known} if known else {"type": "string"}
        return {"type": "array", "items": code, "maxItems": 20, "uniqueItems": True} if one.kind == "codes" else code  # fmt: skip
    if one.kind == "list":
        items = {"type": "string", "enum": list(GROUPING_FIELDS)}
        return {"type": "array", "items": items, "maxItems": MOST_GROUPINGS, "uniqueItems": True}
    if one.kind == "day":
        return {"type": "string", "pattern": _DAY}
    if one.kind == "year":
        return {"type": "string", "pattern": r"^[12]\d{3}$"}
    if one.kind == "words":
        return {"type": "string", "maxLength": LONGEST_SEARCH}
    if one.kind == "release":
        return {"type": "string", "default": LATEST, "examples": [LATEST]}
    return {"type": "string", "enum": list(LANGUAGES) if one.kind == "language" else ["yes"]}


def _answer(resource: Resource) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["title", "release", "licence", "asked", "address", "cite", "columns", "rows", "rows_count", "cut"],
        "properties": {
            "rows": {"type": "array", "items": {"$ref": f"#/components/schemas/{resource.name}_row"}},
            "rows_count": {"type": "integer", "minimum": 0},
            "cut": {"type": ["string", "null"]},
        },
    }  # fmt: skip


def _row(columns: tuple[Column, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {one.name: _cell(one) for one in columns},
        "required": [one.name for one in columns],
    }


def _cell(one: Column) -> dict[str, Any]:
    kind = {"date": "string"}.get(name_type(one.type), name_type(one.type))
    said: dict[str, Any] = {"type": [kind, "null"] if one.optional else kind}
    said["description"] = f"{one.meaning} Unit: {one.unit}." if one.unit else one.meaning
    if name_type(one.type) == "date":
        said["format"] = "date"
    if one.codes is not None:
        said["enum"] = [*one.codes, *([None] if one.optional else [])]
    return said


_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "parameter": {"type": "string"},
        "allowed": {"type": "array", "items": {"type": "string"}},
        "problems": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["parameter", "detail", "allowed"],
                "properties": {
                    "parameter": {"type": "string"},
                    "detail": {"type": "string"},
                    "allowed": {"type": "array", "items": {"type": "string"}},
                },
            },
        },
    },
}
