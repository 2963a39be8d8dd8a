"""The standard return: generated from the model, the same for good once a version is out."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl.formats.cell_files import read_cells
from etl.model import codes
from etl.model.fields import fields_of
from etl.model.groups import CLASSIFICATIONS
from etl.model.problems import RefusedQueryError
from etl.model.records import Deployment
from etl.model.return_codes import RETURNED_SUBJECT
from etl.model.return_template import CURRENT, TEMPLATES, Template
from etl.returns.intake import check_return, to_edition
from etl.returns.template import make_workbook, write_template_csv
from etl.returns.texts import open_texts
from etl.sources.force_returns import to_records
from tests.returns.sample_returns import FORCES, NAME, TODAY, sound, take_in, to_bytes

STORED_RETURNS = Path(__file__).parent / "kept"
# Where each field stands that forces, the College of Policing's practice and the Home Office's
# pages have in print.
PUBLISHED_IN: dict[str, tuple[str, str]] = {
    "date": ("deployments", "date"),
    "location": ("deployments", "location_text"),
    "duration": ("deployments", "duration_minutes"),
    "use_case": ("deployments", "use_case_text"),
    "watchlist_size": ("deployments", "watchlist_size"),
    "watchlist_composition": ("watchlists", "watchlist_reason_code"),
    "threshold": ("deployments", "threshold"),
    "faces_seen": ("deployments", "faces_seen_count"),
    "alerts": ("deployments", "alerts_count"),
    "true_and_false_alerts": ("deployments", "false_alerts_count"),
    "confirmed_split": ("deployments", "false_alerts_confirmed_count"),
    "engagements": ("deployments", "engagements_after_true_alerts_count"),
    "arrests": ("deployments", "arrests_count"),
    "outcomes": ("deployments", "other_disposals_count"),
    "offences": ("arrests", "offence_code"),
    "demographics": ("alerts_by_group", "group_code"),
}
# A version that has been given out never changes. If this fails, add a version;
# do not change the hash of an old one.
SHAPES = {"1": "6e9fc01df260f97f", "2": "388df5d39c399568", "3": "d18e53069cc287a5"}


def shape_of(template: Template) -> str:
    text = ";".join(
        f"{sheet.name}:{sheet.page}:{','.join(sheet.headings)}" for sheet in template.sheets
    )
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def test_no_version_that_was_given_out_has_changed() -> None:
    assert {version: shape_of(template) for version, template in TEMPLATES.items()} == SHAPES


@pytest.mark.parametrize("version", TEMPLATES)
def test_a_kept_return_of_every_version_is_still_read(version: str) -> None:
    result = take_in((STORED_RETURNS / f"return_v{version}.xlsx").read_bytes())
    assert result.errors == ()
    assert result.version == version
    assert result.to_cells() == (STORED_RETURNS / f"return_v{version}.cells.csv").read_text(
        encoding="utf-8"
    )
    assert tuple(read_cells(STORED_RETURNS / f"return_v{version}.cells.csv")) == result.tables


# An older version as the kept file has it: fewer columns and fewer sheets than the current one.
_NOT_YET = {"cameras_count", "use_case_text", "faces_seen_status", "total"}
OLDER = Template(
    "0",
    tuple(
        replace(
            sheet,
            columns=tuple(column for column in sheet.columns if column.heading not in _NOT_YET),
        )
        for sheet in TEMPLATES["1"].sheets
        if sheet.name in ("return", "deployments", "alerts_by_group", "arrests")
    ),
)
WITH_OLDER = {"0": OLDER, **TEMPLATES}


def test_a_kept_file_of_an_older_version_is_read_by_its_own_columns_up_to_the_records() -> None:
    """The same code reads both versions, from the workbook to what a build makes of the published
    cells."""
    content = (STORED_RETURNS / "return_v0.xlsx").read_bytes()
    result = check_return(NAME, content, today=TODAY, force_ids=FORCES, templates=WITH_OLDER)
    assert result.problems == ()
    assert result.version == "0"
    cells = STORED_RETURNS / "return_v0.cells.csv"
    assert result.to_cells() == cells.read_text(encoding="utf-8")
    days = (dt.date(2026, 1, 1), dt.date(2026, 3, 31))
    published = to_edition("Return", "0" * 64, "north_wales", days, tuple(read_cells(cells)), "1")
    records = to_records(published, WITH_OLDER)
    assert [
        (row.date, row.watchlist_size, row.cameras_count, row.use_case_text)
        for row in records.deployments
    ] == [(dt.date(2026, 1, 17), 4000, None, None), (dt.date(2026, 2, 14), 4000, None, None)]
    counts = {
        count.stage_code: (count.value, count.value_status)
        for count in records.counts
        if count.deployment_id.endswith("_0001")
    }
    assert counts["alerts"] == (9, "published")
    assert counts["faces_seen"] == (18250, "published")
    assert [
        (
            returned_count.group_code or returned_count.offence_code,
            returned_count.counted,
            returned_count.total,
        )
        for returned_count in records.returned_counts
    ] == [("female", 6, None), ("male", 12, None), ("theft", 5, None), ("robbery", 3, None)]


def test_an_older_version_keeps_its_own_rules_and_a_version_that_there_is_not_is_told() -> None:
    content = (STORED_RETURNS / "return_v0.xlsx").read_bytes()
    # The version is not known: the columns of the current one are missing.
    errors = take_in(content).errors
    assert ("return", "log_sha256") in {(error.sheet, error.column) for error in errors}
    assert {"cameras_count", "use_case_text", "faces_seen_status"} <= {
        error.column for error in errors if error.sheet == "deployments"
    }
    book = load_workbook(io.BytesIO(sound()))
    book["return"]["A2"] = "0"  # the current columns under the older version's name
    mixed = check_return(NAME, to_bytes(book), today=TODAY, force_ids=FORCES, templates=WITH_OLDER)
    assert {error.column for error in mixed.errors if error.sheet == "deployments"} == {
        "cameras_count",
        "use_case_text",
        "faces_seen_status",
        "authorising_rank_code",
        "notice_days",
    }


def test_version_3_has_rank_notice_and_what_followed_an_arrest() -> None:
    result = take_in(sound())
    days = (dt.date(2026, 1, 1), dt.date(2026, 3, 31))
    published = to_edition("Return", "0" * 64, "north_wales", days, result.tables, "1")
    records = to_records(published, TEMPLATES)
    assert [(row.authorising_rank_code, row.notice_days) for row in records.deployments] == [
        ("superintendent", 2),
        ("superintendent", 2),
    ]
    outcomes = {row.offence_code: row.arrest_outcome_code for row in records.returned_counts}
    assert (outcomes["theft"], outcomes["robbery"]) == ("charged", None)


def test_two_rows_of_arrests_differ_by_what_followed_and_one_row_stands_once() -> None:
    def again(outcome: str | None) -> list[str]:
        book = load_workbook(io.BytesIO(sound()))
        headings = CURRENT.sheet("arrests").headings
        row = {
            "offence_code": "theft",
            "watchlist_reason_code": "wanted_by_court",
            "arrest_outcome_code": outcome,
            "counted": 5,
        }
        for heading, value in row.items():
            book["arrests"].cell(4, headings.index(heading) + 1, value)
        return [error.column for error in take_in(to_bytes(book)).errors]

    assert again("charged") == ["watchlist_reason_code"]
    assert again("cautioned") == []


def test_a_return_saved_by_libreoffice_is_what_it_was_and_its_lists_still_drop_down() -> None:
    content = (STORED_RETURNS / "return_libreoffice.xlsx").read_bytes()
    result = take_in(content)
    assert result.problems == ()
    kept = (STORED_RETURNS / "return_v1.cells.csv").read_text(encoding="utf-8")
    assert (result.version, result.to_cells()) == ("1", kept)
    book = load_workbook(io.BytesIO(content))
    rules = {
        name: {
            str(item.sqref).partition(":")[0]: item
            for item in book[name].data_validations.dataValidation
        }
        for name in ("return", "alerts_by_group")
    }
    assert (rules["return"]["B2"].type, rules["return"]["B2"].formula1) == (
        "list",
        "lists!$A$2:$A$4",
    )
    assert (rules["alerts_by_group"]["C2"].type, rules["alerts_by_group"]["C2"].formula1) == (
        "list",
        "INDIRECT($B2)",
    )
    assert "officer_perceived_sex" in book.defined_names


def test_every_field_that_is_published_somewhere_has_a_column() -> None:
    assert set(PUBLISHED_IN) == set(codes.PUBLISHED_FIELD)
    for sheet, heading in PUBLISHED_IN.values():
        assert CURRENT.sheet(sheet).column(heading)


def test_columns_of_deployments_are_fields_and_stages_of_the_model() -> None:
    known = {field.name for field in fields_of(Deployment)} | {
        f"{stage}_count" for stage in codes.STAGE
    }
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
def test_the_workbook_offers_every_code_explains_every_column_and_hides_nothing(
    language: str,
) -> None:
    book = load_workbook(io.BytesIO(to_bytes(make_workbook(FORCES, open_texts(language)))))
    assert {sheet.sheet_state for sheet in book.worksheets} == {"visible"}
    explained = {(row[0].value, row[1].value) for row in book["definitions"].iter_rows(min_row=2)}
    for sheet in CURRENT.sheets:
        rules = {
            str(rule.sqref).split(":")[0]: rule
            for rule in book[sheet.name].data_validations.dataValidation
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
    with pytest.raises(RefusedQueryError, match="one of return, deployments"):
        write_template_csv(out, "people")


def test_a_template_that_cannot_be_written_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    program = (
        "import resource, signal, sys; from etl.cli.app import main\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1, 1))\n"
        "sys.argv[1:] = ['template', '--to', sys.argv[1]]\nmain()"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "return.xlsx")],
        stderr=subprocess.PIPE,
        check=False,
        timeout=120,
    )
    assert ended.returncode == 11
    assert b"Traceback" not in ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_no_rule_needs_a_function_where_programs_keep_a_number() -> None:
    """A function as the limit of a day becomes NaN when ExcelJS saves the template."""
    book = make_workbook(FORCES, open_texts("en"))
    rules = [
        rule
        for sheet in book.worksheets
        for rule in sheet.data_validations.dataValidation
        if rule.type == "date"
    ]
    assert len(rules) >= 4
    first = dt.date(1899, 12, 30) + dt.timedelta(int(rules[0].formula1))
    assert first == dt.date(2015, 1, 1)
    assert {rule.formula1 for rule in rules} == {rules[0].formula1}
