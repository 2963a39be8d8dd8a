"""Rows leave a release as records of one class each."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa

from etl.model.fields import values_of
from etl.model.tables import TABLES, Table
from etl.warehouse.fetch import fetch
from etl.warehouse.read import open_warehouse, read_table
from etl.warehouse.schema import render_metadata


@dataclass(frozen=True, slots=True)
class Pair:
    first: int
    second: str | None


@pytest.mark.parametrize("table", TABLES, ids=[table.name for table in TABLES])
def test_a_row_of_a_table_is_its_record(warehouse: Path, table: Table) -> None:
    assert is_dataclass(table.record)
    columns = set(render_metadata().tables[table.name].columns.keys())
    assert {field.name for field in fields(table.record)} == columns
    for row in read_table(open_warehouse(warehouse), table.record)[:3]:
        values = values_of(row)
        assert row == table.record(**values)
        assert [field.faults(values[field.name]) for field in table.fields] == [[]] * len(values)


def test_columns_are_taken_by_name(warehouse: Path) -> None:
    query = sa.select(sa.literal("b").label("second"), sa.literal(1).label("first"))
    assert fetch(open_warehouse(warehouse), query, Pair) == [Pair(1, "b")]


def test_a_query_with_other_columns_than_the_class_has_fields_is_refused(warehouse: Path) -> None:
    query = sa.select(sa.literal(1).label("first"), sa.literal(2).label("third"))
    with pytest.raises(TypeError, match="Pair has other fields than first, third"):
        fetch(open_warehouse(warehouse), query, Pair)
