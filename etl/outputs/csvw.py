"""The description of a CSV by the W3C's CSV on the Web, and the table schema of a Data Package: the
same columns, two dialects.

In: columns, what is to be said of the file. Out: JSON. Does not read the rows."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from etl.model.json_values import Json, JsonObject
from etl.model.tables import TABLES
from etl.outputs.about import LICENCE_ADDRESS, FileAbout
from etl.outputs.columns import Column, describe_column, name_type
from etl.outputs.tabular import Tabular

_CSVW = {
    str: "string",
    int: "integer",
    float: "double",
    Decimal: "double",
    bool: "boolean",
    dt.date: "date",
    dt.time: "time",
}


_KEYS = {table.name: table.key for table in TABLES} | {"measures": ("measure_id",)}


@dataclass(frozen=True, slots=True)
class DescribedTable:
    """A table as a file: the path of the CSV, its columns, and those that identify a row."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    address: str


def describe_csv(
    table: Tabular,
    about: FileAbout,
    address: str,
    language: str = "en",
    headings: Sequence[str] = (),
) -> bytes:
    """The metadata document of one CSV; `address` leads from the document to it;
    `headings` are those of the file, in its language."""
    key = _KEYS.get(table.name, ())
    names = {column.name for column in table.columns}
    described = DescribedTable(table.name, table.columns, key if names >= set(key) else (), address)
    titles: list[Json] = [
        heading if heading == column.name else {language: heading}
        for column, heading in zip(table.columns, headings, strict=False)
    ]
    return dump_json(table_group([described], about, titles))


def table_group(
    files: Sequence[DescribedTable], about: FileAbout, titles: Sequence[Json] = ()
) -> JsonObject:
    """The CSVW document of several files; of one file, that of a table. `titles` are those of its
    columns, if they are other than their names."""
    tables: list[JsonObject] = [
        {
            "url": file.address,
            "dc:title": file.name,
            "tableSchema": {
                "columns": [
                    _to_csvw(column, title)
                    for column, title in zip(
                        file.columns,
                        titles or [column.name for column in file.columns],
                        strict=True,
                    )
                ],
                **({"primaryKey": list(file.key)} if file.key else {}),
                **_list_references(file, files),
            },
            "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"]},
        }
        for file in files
    ]
    text: JsonObject = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": about.title,
        "dc:description": about.description,
        "dc:license": {"@id": LICENCE_ADDRESS},
        "dc:identifier": about.release.version,
        "dc:bibliographicCitation": about.cite,
        "notes": [{"asked": about.asked, "release": about.describe_release()}],
    }
    return text | (tables[0] if len(tables) == 1 else {"tables": tables})


def table_schema(file: DescribedTable, files: Sequence[DescribedTable] = ()) -> JsonObject:
    """The Frictionless Table Schema of one of several files."""
    references: list[JsonObject] = [
        {
            "fields": [column.name],
            "reference": {"resource": name_resource(target.name), "fields": list(target.key)},
        }
        for column, target in _find_references(file, files)
    ]
    return {
        "fields": [_to_field(column) for column in file.columns],
        "missingValues": [""],
        **({"primaryKey": list(file.key)} if file.key else {}),
        **({"foreignKeys": references} if references else {}),
    }


def name_resource(table: str) -> str:
    """The name of a table's file in a data package."""
    return table.replace("_", "-")


def _list_references(file: DescribedTable, files: Sequence[DescribedTable]) -> JsonObject:
    # Of columns that are never blank: the standard leaves open what a blank one refers to.
    references: list[JsonObject] = [
        {
            "columnReference": column.name,
            "reference": {"resource": target.address, "columnReference": target.key[0]},
        }
        for column, target in _find_references(file, files)
        if _is_filled(column)
    ]
    return {"foreignKeys": references} if references else {}


def _find_references(
    file: DescribedTable, files: Sequence[DescribedTable]
) -> Iterator[tuple[Column, DescribedTable]]:
    """The columns that are a key of one of the files, which has no other key."""
    targets = {f"{other.name}.{other.key[0]}": other for other in files if len(other.key) == 1}
    for column in file.columns:
        if column.refers_to in targets and targets[column.refers_to].name != file.name:
            yield column, targets[column.refers_to]


def dump_json(value: object) -> bytes:
    """JSON as a file has it: indented, keys in the given order, a line's end at the end."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _to_csvw(column: Column, title: Json) -> JsonObject:
    datatype: Json = _CSVW[column.type]
    return {
        "name": column.name,
        "titles": title,
        "dc:title": column.title,
        "dc:description": _describe_meaning(column),
        "datatype": {"base": "date", "format": "yyyy-MM-dd"}
        if column.type is dt.date
        else datatype,
        "required": _is_filled(column),
    }


def _to_field(column: Column) -> JsonObject:
    column_text = describe_column(column)
    constraints: JsonObject = {"required": True} if _is_filled(column) else {}
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


def _is_filled(column: Column) -> bool:
    """Whether every cell has something in it. A text that is printed empty is empty in the file,
    and there is nothing else for a text that is absent."""
    keyed = column.codes is not None or column.pattern is not None or column.refers_to is not None
    return not column.optional and (column.type is not str or keyed)


def _describe_meaning(column: Column) -> str:
    return f"{column.meaning} Unit: {column.unit}." if column.unit else column.meaning
