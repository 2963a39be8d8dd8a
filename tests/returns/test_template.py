"""The standard return: generated from the model, the same for good once a version is out."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from return_files import FORCES, take_in, to_bytes

from etl.formats.cell_files import read_cells
from etl.model import codes
from etl.model.cells import RawRow, RawTable
from etl.model.fields import fields_of
from etl.model.groups import CLASSIFICATIONS
from etl.model.problems import Refused
from etl.model.records import Deployment
from etl.model.return_codes import RETURNED_SUBJECT
from etl.model.return_template import CURRENT, PUBLISHED_IN, TEMPLATES, Template
from etl.returns.template import make_workbook, write_template_csv
from etl.returns.texts import open_texts
from etl.sources.return_rows import read_return

KEPT = Path(__file__).parent / "kept"
# A version that has been given out never changes. If this fails, add a version; do not change the hash of an old one.
SHAPES = {"1": "6e9fc01df260f97f"}


def shape_of(template: Template) -> str:
    said = ";".join(f"{sheet.name}:{sheet.page}:{','.join(sheet.headings)}" for sheet in template.sheets)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def test_no_version_that_was_given_out_has_changed() -> None:
    assert {version: shape_of(template) for version, template in TEMPLATES.items()} == SHAPES


@pytest.mark.parametrize("version", TEMPLATES)
def test_a_kept_return_of_every_version_is_still_read(version: str) -> None:
    found = take_in((KEPT / f"return_v{version}.xlsx").read_bytes())
    assert found.errors == ()
    assert found.version == version
    assert found.to_cells() == (KEPT / f"return_v{version}.cells.csv").read_text(encoding="utf-8")
    assert tuple(read_cells(KEPT / f"return_v{version}.cells.csv")) == found.tables


def test_a_return_of_an_older_version_is_read_by_its_own_columns() -> None:
    without_cameras = tuple(
        replace(sheet, columns=tuple(column for column in sheet.columns if column.heading != "cameras_count"))
        for sheet in CURRENT.sheets
    )
    older = Template("0", without_cameras)
    (deployments,) = [sheet for sheet in older.sheets if sheet.name == "deployments"]
    head = RawTable(
        CURRENT.sheet("return").headings, (RawRow(1, 1, ("0", "essex", "2026-01-01", "2026-01-31")),)
    )
    row = tuple({"date": "2026-01-05"}.get(column.heading, column.example) for column in deployments.columns)
    found = read_return(
        (head, RawTable(deployments.headings, (RawRow(2, 1, row),))), {"0": older, **TEMPLATES}
    )
    assert [fault for fault in found.faults if fault.column != "template_version"] == []
    assert found.template.version == "0"
    assert found.rows["deployments"][0].values["alerts_count"] == 9


def test_every_field_that_is_published_somewhere_has_a_column() -> None:
    assert set(PUBLISHED_IN) == set(codes.PUBLISHED_FIELD)
    for sheet, heading in PUBLISHED_IN.values():
        assert CURRENT.sheet(sheet).column(heading)


def test_columns_of_deployments_are_fields_and_stages_of_the_model() -> None:
    known = {field.name for field in fields_of(Deployment)} | {f"{stage}_count" for stage in codes.STAGE}
    own = {"deployment_number", "faces_seen_status"}
    assert set(CURRENT.sheet("deployments").headings) - own <= known
    assert {code for code in RETURNED_SUBJECT if code != "watchlist_images"} <= set(codes.STAGE)


def test_the_examples_of_the_template_are_a_sound_return() -> None:
    book = make_workbook(FORCES, open_texts("en"))
    for sheet in CURRENT.sheets:
        for number, column in enumerate(sheet.columns, start=1):
            book[sheet.name].cell(2, number, column.example or None)
    assert take_in(to_bytes(book)).errors == ()


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_workbook_offers_every_code_explains_every_column_and_hides_nothing(language: str) -> None:
    book = load_workbook(io.BytesIO(to_bytes(make_workbook(FORCES, open_texts(language)))))
    assert {sheet.sheet_state for sheet in book.worksheets} == {"visible"}
    explained = {(row[0].value, row[1].value) for row in book["definitions"].iter_rows(min_row=2)}
    for sheet in CURRENT.sheets:
        rules = {
            str(rule.sqref).split(":")[0]: rule for rule in book[sheet.name].data_validations.dataValidation
        }
        assert len(rules) == len(sheet.columns)
        assert all(rule.prompt for rule in rules.values())
        assert {(sheet.name, column.heading) for column in sheet.columns} <= explained
        for cell, column in zip(book[sheet.name][1], sheet.columns, strict=True):
            if column.field.about.codes is not None:
                target = rules[f"{cell.column_letter}2"].formula1.partition("!")[2].replace("$", "")
                offered = [row[0].value for row in book["lists"][target]]
                assert offered == list(column.field.about.codes)
    assert set(CLASSIFICATIONS) <= set(book.defined_names)


def test_a_csv_template_has_the_headings_of_one_sheet() -> None:
    out = io.StringIO()
    write_template_csv(out, "arrests")
    assert next(csv.reader(io.StringIO(out.getvalue()))) == list(CURRENT.sheet("arrests").headings)
    with pytest.raises(Refused, match="one of return, deployments"):
        write_template_csv(out, "people")
