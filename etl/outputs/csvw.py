"""The description of a CSV by the W3C's CSV on the Web, and the table schema of a Data Package: the
same columns, two dialects.

In: columns, what is to be said of the file. Out: JSON. Does not read the rows."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from etl.outputs.columns import Column, describe_column, name_type
from etl.outputs.tabular import Tabular

_CSVW = {
    str: "string",
    int: "integer",
    float: "double",
    Decimal: "double",
    bool: "boolean",
    dt.date: "date",
    dt.time: "string",
}


def describe_csv(
    table: Tabular,
    about: Mapping[str, Any],
    address: str,
    language: str = "en",
    headings: Sequence[str] = (),
) -> bytes:
    """The metadata document of one CSV; `address` leads from the document to it;
    `headings` are those of the file, in its language."""
    table_group_text = table_group([(address, table.name, table.columns)], about)
    for column, heading in zip(table_group_text["tableSchema"]["columns"], headings, strict=False):
        column["titles"] = heading if heading == column["name"] else {language: heading}
    return dump_json(table_group_text)


def table_group(
    files: Sequence[tuple[str, str, Sequence[Column]]], about: Mapping[str, Any]
) -> dict[str, Any]:
    """The CSVW document of several files: address, name and columns of each;
    of one file, that of a table."""
    tables = [
        {
            "url": address,
            "dc:title": name,
            "tableSchema": {"columns": [_to_csvw(column) for column in columns]},
            "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"]},
        }
        for address, name, columns in files
    ]
    text = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": about["title"],
        "dc:description": about.get("description"),
        "dc:license": {"@id": about["licence"]["url"]},
        "dc:identifier": about["release"]["version"],
        "dc:bibliographicCitation": about["cite"],
        "notes": [{"asked": about.get("asked"), "release": about["release"]}],
    }
    return text | (tables[0] if len(tables) == 1 else {"tables": tables})


def table_schema(columns: Sequence[Column], key: Sequence[str] = ()) -> dict[str, Any]:
    """The Frictionless Table Schema of one file."""
    return {
        "fields": [_to_field(column) for column in columns],
        "missingValues": [""],
        **({"primaryKey": list(key)} if key else {}),
    }


def dump_json(value: object) -> bytes:
    """JSON as it stands in a file: indented, keys in the order given, a line's end at the end."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _to_csvw(column: Column) -> dict[str, Any]:
    datatype: Any = _CSVW[column.type]
    return {
        "name": column.name,
        "titles": column.name,
        "dc:title": column.title,
        "dc:description": _describe_meaning(column),
        "datatype": {"base": "date", "format": "yyyy-MM-dd"}
        if column.type is dt.date
        else datatype,
        "required": not column.optional,
    }


def _to_field(column: Column) -> dict[str, Any]:
    column_text = describe_column(column)
    # A text that is printed empty is empty in the file,
    # and there is nothing else for a text that is absent.
    message = column.type is not str or column.codes is not None or column.pattern is not None
    constraints: dict[str, Any] = {"required": True} if message and not column.optional else {}
    constraints |= {"minimum": column.minimum} if column.minimum is not None else {}
    constraints |= {"maximum": column.maximum} if column.maximum is not None else {}
    constraints |= {"enum": list(column.codes)} if column.codes is not None else {}
    return {
        "name": column.name,
        "title": column.title,
        "type": name_type(column.type),
        **({"format": "default"} if column.type is dt.date else {}),
        "description": _describe_meaning(column),
        **({"constraints": constraints} if constraints else {}),
        **{
            f"lfr:{name}": column_text[name]
            for name in ("unit", "denominator", "method", "caveats", "source")
            if column_text[name]
        },
    }


def _describe_meaning(column: Column) -> str:
    return f"{column.meaning} Unit: {column.unit}." if column.unit else column.meaning
