"""The description of a CSV by the W3C's CSV on the Web, and the table schema of a Data Package: the same columns, two dialects.

In: columns, what is to be said of the file. Out: JSON. Does not read the rows.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from etl.outputs.columns import Column, describe_column, name_type
from etl.outputs.tabular import Tabular

_CSVW = {str: "string", int: "integer", float: "double", Decimal: "double", bool: "boolean", dt.date: "date", dt.time: "string"}  # fmt: skip


def describe_csv(
    table: Tabular, about: Mapping[str, Any], language: str = "en", headings: Sequence[str] = ()
) -> bytes:
    """The metadata document of one CSV, which stands at its address; `headings` are those of the file, in its language."""
    address = str(about["address"]).replace(".json", ".csv", 1)
    said = table_group([(address, table.name, table.columns)], about)
    for column, heading in zip(said["tableSchema"]["columns"], headings, strict=False):
        column["titles"] = heading if heading == column["name"] else {language: heading}
    return dump_json(said)


def table_group(
    files: Sequence[tuple[str, str, Sequence[Column]]], about: Mapping[str, Any]
) -> dict[str, Any]:
    """The CSVW document of several files: address, name and columns of each; of one file, that of a table."""
    tables = [
        {
            "url": address,
            "dc:title": name,
            "tableSchema": {"columns": [_to_csvw(one) for one in columns]},
            "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"]},
        }
        for address, name, columns in files
    ]
    said = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": about["title"],
        "dc:description": about.get("description"),
        "dc:license": {"@id": about["licence"]["url"]},
        "dc:identifier": about["release"]["version"],
        "dc:bibliographicCitation": about["cite"],
        "notes": [{"asked": about.get("asked"), "release": about["release"]}],
    }
    return said | (tables[0] if len(tables) == 1 else {"tables": tables})


def table_schema(columns: Sequence[Column], key: Sequence[str] = ()) -> dict[str, Any]:
    """The Frictionless Table Schema of one file."""
    return {
        "fields": [_to_field(one) for one in columns],
        "missingValues": [""],
        **({"primaryKey": list(key)} if key else {}),
    }


def dump_json(value: object) -> bytes:
    """JSON as it stands in a file: indented, keys in the order given, a line's end at the end."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _to_csvw(one: Column) -> dict[str, Any]:
    datatype: Any = _CSVW[one.type]
    return {
        "name": one.name,
        "titles": one.name,
        "dc:title": one.title,
        "dc:description": _say_meaning(one),
        "datatype": {"base": "date", "format": "yyyy-MM-dd"} if one.type is dt.date else datatype,
        "required": not one.optional,
    }


def _to_field(one: Column) -> dict[str, Any]:
    said = describe_column(one)
    # A text that is printed empty is empty in the file, and there is nothing else for a text that is absent.
    told = one.type is not str or one.codes is not None or one.pattern is not None
    constraints: dict[str, Any] = {"required": True} if told and not one.optional else {}
    constraints |= {"minimum": one.minimum} if one.minimum is not None else {}
    constraints |= {"maximum": one.maximum} if one.maximum is not None else {}
    constraints |= {"enum": list(one.codes)} if one.codes is not None else {}
    return {
        "name": one.name,
        "title": one.title,
        "type": name_type(one.type),
        **({"format": "default"} if one.type is dt.date else {}),
        "description": _say_meaning(one),
        **({"constraints": constraints} if constraints else {}),
        **{
            f"lfr:{name}": said[name]
            for name in ("unit", "denominator", "method", "caveats", "source")
            if said[name]
        },
    }


def _say_meaning(one: Column) -> str:
    return f"{one.meaning} Unit: {one.unit}." if one.unit else one.meaning
