"""The OpenAPI 3.1 document of the addresses of data, rendered from the same declarations that
answer them.

In: the resources, the release that serves. Out: a JSON document with examples that the tests ask.
Does not declare anything."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from dashboard.exports.formats import ENDINGS, PREFIX, FileFormat, parameters_of
from dashboard.exports.parameters import (
    MAX_GROUPINGS,
    MAX_PROBLEMS,
    RELEASE,
    ApiParameter,
    ApiQuery,
    list_known,
)
from dashboard.exports.resources import RESOURCES, Resource
from dashboard.pages import SITE
from dashboard.selection.selection import MAX_SEARCH_LENGTH
from dashboard.text.language import LANGUAGES
from etl.measures.catalogue import GROUPING_FIELDS
from etl.model.json_values import JsonObject
from etl.model.releases import LATEST
from etl.outputs.about import LICENCE, LICENCE_ADDRESS, STATUS, TITLE
from etl.outputs.columns import Column, name_type
from etl.queries.record import Record
from etl.settings import read_site_url

_DAY = r"^([12]\d{3}|\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))$"
_FIXED: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def render_openapi(record: Record) -> JsonObject:
    """The document; what a parameter may be is that of the release that serves now."""
    return {
        "openapi": "3.1.0",
        "info": {
            **_FIXED["info"],
            "title": TITLE,
            "description": _FIXED["info"]["description"].format(status=STATUS, release=RELEASE),
            "license": {"name": LICENCE, "url": LICENCE_ADDRESS},
            "contact": {"name": SITE, "url": f"{read_site_url()}/about"},
        },
        # Open to all: no key, no account.
        "security": [],
        "tags": [
            {"name": resource.name, "description": resource.meaning}
            for resource in RESOURCES.values()
        ],
        "servers": [{"url": read_site_url() or "/"}],
        "paths": {
            f"{PREFIX}/{resource.name}.{ending.extension}": {"get": _describe(resource, ending)}
            for resource in RESOURCES.values()
            for ending in ENDINGS.values()
        },
        "components": {
            "parameters": {
                _name_parameter(parameter): _parameter(parameter, record)
                for resource in RESOURCES.values()
                for ending in ENDINGS.values()
                for parameter in parameters_of(resource, ending)
            },
            "schemas": {
                "problem": _FIXED["problem"],
                **{f"{resource.name}_row": _row(resource) for resource in RESOURCES.values()},
            },
            "responses": {
                name: {
                    "description": text,
                    "content": {
                        "application/problem+json": {
                            "schema": {"$ref": "#/components/schemas/problem"}
                        }
                    },
                }
                for name, text in _FIXED["problems"].items()
            },
        },
    }


def _describe(resource: Resource, file_format: FileFormat) -> JsonObject:
    schema = _FIXED["files"].get(file_format.extension, {})
    if file_format.extension == "json":
        schema = _describe_json(resource)
    media = file_format.media_type.partition(";")[0]
    address = f"{PREFIX}/{resource.name}.{file_format.extension}"
    return {
        "operationId": (
            f"{resource.name}_{file_format.extension.replace('.', '_').replace('-', '_')}"
        ),
        "summary": f"{resource.name.replace('_', ' ').capitalize()} as {file_format.meaning}",
        "description": resource.meaning,
        "tags": [resource.name],
        "parameters": [
            {"$ref": f"#/components/parameters/{_name_parameter(parameter)}"}
            for parameter in parameters_of(resource, file_format)
        ],
        "responses": {
            "200": {
                "description": "The answer.",
                "headers": _FIXED["headers"],
                "content": {media: {"schema": schema}},
            },
            **_FIXED["answers"],
        },
        "x-example": f"{address}?{resource.example}" if resource.example else address,
    }


def _name_parameter(api_parameter: ApiParameter) -> str:
    """A name may mean another thing of another resource."""
    return (
        f"{api_parameter.name}_{api_parameter.kind}_"
        f"{api_parameter.codes.name if api_parameter.codes else api_parameter.column}"
    ).rstrip("_")


def _parameter(api_parameter: ApiParameter, record: Record) -> JsonObject:
    text: JsonObject = {
        "name": api_parameter.name,
        "in": "query",
        "required": api_parameter.needed,
        "description": api_parameter.meaning,
        "schema": _schema(api_parameter, record),
    }
    if api_parameter.kind == "codes":
        return {**text, "style": "form", "explode": True}
    return {**text, "style": "form", "explode": False} if api_parameter.kind == "list" else text


def _schema(api_parameter: ApiParameter, record: Record) -> JsonObject:
    if api_parameter.kind in ("codes", "code"):
        known = [str(code) for code in list_known(api_parameter, record)][:MAX_PROBLEMS]
        code: JsonObject = {"type": "string", "enum": known} if known else {"type": "string"}
        return (
            {"type": "array", "items": code, "maxItems": 20, "uniqueItems": True}
            if api_parameter.kind == "codes"
            else code
        )
    if api_parameter.kind == "list":
        items = {"type": "string", "enum": list(GROUPING_FIELDS)}
        return {"type": "array", "items": items, "maxItems": MAX_GROUPINGS, "uniqueItems": True}
    if api_parameter.kind == "day":
        return {"type": "string", "pattern": _DAY}
    if api_parameter.kind == "year":
        return {"type": "string", "pattern": r"^[12]\d{3}$"}
    if api_parameter.kind == "words":
        return {"type": "string", "maxLength": MAX_SEARCH_LENGTH}
    if api_parameter.kind == "release":
        return {"type": "string", "default": LATEST, "examples": [LATEST]}
    return {
        "type": "string",
        "enum": list(LANGUAGES) if api_parameter.kind == "language" else ["yes"],
    }


def _describe_json(resource: Resource) -> JsonObject:
    rows: JsonObject = {
        "type": "array",
        "items": {"$ref": f"#/components/schemas/{resource.name}_row"},
    }
    properties: JsonObject = {**_FIXED["json"], "rows": rows}
    return {"type": "object", "required": list(properties), "properties": properties}


def _row(resource: Resource) -> JsonObject:
    """Every column; those of groupings stand only in the rows that are grouped so."""
    always = [column.name for column in resource.columns(ApiQuery())]
    columns = resource.columns(ApiQuery({"by": tuple(GROUPING_FIELDS)}))
    return {
        "type": "object",
        "properties": {column.name: _cell(column) for column in columns},
        "required": always,
    }


def _cell(column: Column) -> JsonObject:
    named = name_type(column.type)
    kind = "string" if named in ("date", "time") else named
    row: JsonObject = {"type": [kind, "null"] if column.optional else kind}
    row["description"] = f"{column.meaning} Unit: {column.unit}." if column.unit else column.meaning
    if named == "date":
        row["format"] = "date"
    if named == "time":
        row["pattern"] = r"^\d{2}:\d{2}:\d{2}$"
    if column.codes is not None:
        row["enum"] = [*column.codes, *([None] if column.optional else [])]
    return row
