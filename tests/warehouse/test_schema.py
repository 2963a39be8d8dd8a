"""The schema is the model: nothing is in the one that is not declared in the other."""

from __future__ import annotations

import typing
from pathlib import Path

import pytest
import sqlalchemy as sa

from etl.model import caveats, codes
from etl.model.fields import fields_of
from etl.model.tables import TABLES, table_of
from etl.warehouse.read import open_warehouse
from etl.warehouse.schema import comment_of, render_metadata


def test_the_file_has_exactly_the_declared_columns_with_their_meaning(warehouse: Path) -> None:
    with open_warehouse(warehouse).connect() as connection:
        exec_driver_sql = connection.exec_driver_sql(
            "select table_name, column_name, is_nullable, comment from duckdb_columns() where not "
            "internal"
        )
        columns = {
            (table, column): (nullable, comment)
            for table, column, nullable, comment in exec_driver_sql
        }
    declared = {
        (table.name, field.name): (field.optional, comment_of(field))
        for table in TABLES
        for field in table.fields
    }
    assert columns == declared


def test_the_file_has_the_declared_keys(warehouse: Path) -> None:
    inspector = sa.inspect(open_warehouse(warehouse))
    for table in TABLES:
        assert tuple(inspector.get_pk_constraint(table.name)["constrained_columns"]) == table.key


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_field_says_what_it_means(table: typing.Any) -> None:
    assert table.meaning
    for field in table.fields:
        assert field.about.meaning.endswith((".", "”")), field.name


def test_a_table_only_refers_to_tables_before_it() -> None:
    seen: set[str] = set()
    for table in TABLES:
        for field in table.fields:
            if field.about.refers_to:
                assert field.about.refers_to.split(".")[0] in seen
        seen.add(table.name)
    assert {table.name for table in TABLES} == set(render_metadata().tables)


def test_every_code_list_is_used_and_every_code_has_a_label() -> None:
    lists = [value for value in vars(codes).values() if isinstance(value, codes.CodeList)]
    used = {
        id(field.about.codes) for table in TABLES for field in table.fields if field.about.codes
    }
    for code_list in lists:
        assert id(code_list) in used, code_list.name
        assert all(entry.label for entry in code_list.entries)


def test_every_caveat_is_a_sentence() -> None:
    assert all(sentence.endswith(".") for sentence in caveats.CAVEATS.values())


def test_a_record_without_a_declaration_is_a_mistake() -> None:
    class Loose:
        name: str

    with pytest.raises(TypeError, match=r"Loose\.name is not in fields"):
        fields_of(Loose)
    with pytest.raises(KeyError):
        table_of(Loose)
