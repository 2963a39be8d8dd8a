"""Writes the standard return: a workbook with drop-downs, definitions and examples, or one sheet of
it as CSV.

In: the template's declaration, the forces, a language. Out: a file. The headings are the fields'
names in every language, so that a filled return is recognised whatever language its help was in.
Does not read a return (`etl.returns.intake`)."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from etl.files import write_all_atomically
from etl.formats.typed_values import format_type
from etl.formats.workbook_files import write_workbook
from etl.model.groups import CLASSIFICATIONS
from etl.model.problems import Problem, RefusedQueryError
from etl.model.return_codes import RETURN_GAP
from etl.model.return_template import CURRENT, HIDDEN, Column, Sheet, Template
from etl.model.return_texts import RETURN_TEXTS
from etl.returns.texts import Translate

HELP_SHEETS = ("read_me", "definitions", "examples", "lists", "problems")
LAST_ROW = 5000  # how far down the drop-downs reach
_HEAD = PatternFill("solid", fgColor="1D3557")
_NEEDED = PatternFill("solid", fgColor="7A1F2B")
_SHADE = PatternFill("solid", fgColor="EEF2F6")
_FORMATS = {dt.date: "yyyy-mm-dd", dt.time: "hh:mm"}
# 1 January 2015 as a serial number: ExcelJS saves a function in its place as NaN.
_FIRST_DAY = "42005"
_MAX_PROMPT_LENGTH = 250  # Excel refuses more than 255


def make_workbook(
    force_ids: Iterable[str], describe: Translate, template: Template = CURRENT
) -> Workbook:
    """The empty return as a workbook."""
    book = Workbook()
    book.properties.creator = "The record of live facial recognition in UK policing"
    read_me = book.active
    as_sheet(read_me).title = "read_me"
    _write_read_me(as_sheet(read_me), describe, template)
    sheets = {sheet.name: book.create_sheet(sheet.name) for sheet in template.sheets}
    _write_definitions(book.create_sheet("definitions"), describe, template)
    _write_examples(book.create_sheet("examples"), describe, template)
    ranges = _write_lists(book, book.create_sheet("lists"), tuple(force_ids), describe)
    for sheet in template.sheets:
        _write_sheet(sheets[sheet.name], sheet, template.version, ranges, describe)
    for page in book.worksheets:  # on paper every column is there
        page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
        page.page_setup.fitToHeight = 0
        page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    return book


def as_sheet(sheet: object) -> Worksheet:
    """The sheet as a worksheet; a workbook may also have charts in their place."""
    if not isinstance(sheet, Worksheet):
        raise TypeError("not a worksheet")
    return sheet


def write_template_csv(out: TextIO, sheet_name: str) -> None:
    """The headings of one sheet as CSV; `RefusedQueryError` for a sheet that there is not."""
    names = [sheet.name for sheet in CURRENT.sheets]
    if sheet_name not in names:
        raise RefusedQueryError(
            Problem("--sheet", sheet_name, f"one of {', '.join(names)}", "Choose one of these.")
        )
    csv.writer(out, lineterminator="\n").writerow(CURRENT.sheet(sheet_name).headings)


def save_workbook(book: Workbook, path: Path) -> None:
    """Saves a workbook, whole or not at all; `NotWritableError` where it cannot be."""
    write_all_atomically(path.parent, {path.name: write_workbook(book, str(path))})


def _write_read_me(page: Worksheet, describe: Translate, template: Template) -> None:
    names = ("what", "how_return", "how_rows", "zero", "dates", "people", "small", "check")
    page.append([describe(RETURN_TEXTS["title"])])
    page.append([f"{describe(RETURN_TEXTS['version'])}: {template.version}"])
    for name in names:
        page.append([describe(RETURN_TEXTS[name])])
    page["A1"].font = Font(bold=True, size=16)
    page.column_dimensions["A"].width = 110
    for (cell,) in page.iter_rows(min_row=2, max_col=1):
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    page.sheet_view.showGridLines = False


def _write_head(page: Worksheet, row: int, texts: Iterable[str]) -> None:
    for number, text in enumerate(texts, start=1):
        cell = page.cell(row, number, text)
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), _HEAD


def _write_sheet(
    page: Worksheet, sheet: Sheet, version: str, ranges: dict[str, str], describe: Translate
) -> None:
    _write_head(page, 1, sheet.headings)
    page.freeze_panes = "C2" if len(sheet.columns) > 6 else "A2"
    last = 2 if sheet.one_row else LAST_ROW
    for number, column in enumerate(sheet.columns, start=1):
        letter = get_column_letter(number)
        page.column_dimensions[letter].width = max(14, len(column.heading) + 3)
        if not column.field.optional:
            page.cell(1, number).fill = _NEEDED
        if column.field.type in _FORMATS:
            page.column_dimensions[letter].number_format = _FORMATS[column.field.type]
        rule = _to_validation(sheet, column, letter, ranges)
        rule.promptTitle = column.heading[:32]
        rule.prompt = (
            f"{describe(column.field.about.meaning)} ({describe_filled(column, describe)})"[
                :_MAX_PROMPT_LENGTH
            ]
        )
        rule.errorTitle, rule.error = column.heading[:32], describe(RETURN_TEXTS["wrong"])
        rule.showInputMessage = rule.showErrorMessage = True
        rule.add(f"{letter}2:{letter}{last}")
        page.add_data_validation(rule)
    if sheet.one_row:
        page["A2"] = version


def _to_validation(
    sheet: Sheet, column: Column, letter: str, ranges: dict[str, str]
) -> DataValidation:
    """What Excel itself refuses: the intake refuses more."""
    blank, about, kind = column.field.optional, column.field.about, column.field.type
    if about.codes is not None:
        return DataValidation("list", formula1=ranges[about.codes.name], allow_blank=blank)
    if column.heading in {"force_id", "lender_force_id"}:
        return DataValidation("list", formula1=ranges["forces"], allow_blank=blank)
    if column.heading == "group_code":
        return DataValidation("list", formula1="INDIRECT($B2)", allow_blank=blank)
    if column.gaps:
        rule = (
            f"OR(AND(ISNUMBER({letter}2),{letter}2>=0),COUNTIF({ranges[RETURN_GAP.name]},"
            f"{letter}2)>0)"
        )
        return DataValidation("custom", formula1=rule, allow_blank=blank)
    if sheet.name == "alerts_by_group" and column.heading == "counted":
        return DataValidation(
            "custom", formula1=f'OR(ISNUMBER({letter}2),{letter}2="{HIDDEN}")', allow_blank=blank
        )
    if kind is int:
        return DataValidation(
            "whole",
            operator="greaterThanOrEqual",
            formula1=f"{about.minimum or 0:g}",
            allow_blank=blank,
        )
    if kind is dt.date:
        return DataValidation(
            "date", operator="greaterThanOrEqual", formula1=_FIRST_DAY, allow_blank=blank
        )
    if about.maximum is not None:
        return DataValidation(
            "decimal",
            operator="between",
            formula1=f"{about.minimum or 0:g}",
            formula2=f"{about.maximum:g}",
            allow_blank=blank,
        )
    return DataValidation(allow_blank=blank)


def describe_filled(column: Column, describe: Translate) -> str:
    """Whether a column may be blank, in words."""
    words = describe(RETURN_TEXTS["optional" if column.field.optional else "required"])
    return f"{words}, {describe(RETURN_TEXTS['reason'])}" if column.gaps else words


def _write_definitions(page: Worksheet, describe: Translate, template: Template) -> None:
    names = ("sheet", "column", "meaning", "filled", "allowed", "example")
    _write_head(page, 1, (describe(RETURN_TEXTS[name]) for name in names))
    for sheet in template.sheets:
        page.append([sheet.name, "", describe(sheet.row_is)])
        for cell in page[page.max_row]:
            cell.font, cell.fill = Font(bold=True), _SHADE
        for column in sheet.columns:
            codes = column.field.about.codes
            allowed = f"lists: {codes.name}" if codes else format_type(column.field.type)
            page.append(
                [
                    sheet.name,
                    column.heading,
                    describe(column.field.about.meaning),
                    describe_filled(column, describe),
                    allowed,
                    column.example,
                ]
            )
    for letter, width in zip("ABCDEF", (18, 38, 90, 26, 34, 24), strict=True):
        page.column_dimensions[letter].width = width
    for row in page.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    page.freeze_panes = "A2"


def _write_examples(page: Worksheet, describe: Translate, template: Template) -> None:
    page.append([describe(RETURN_TEXTS["examples"])])
    page["A1"].font = Font(bold=True)
    row = 3
    for sheet in template.sheets:
        page.cell(row, 1, sheet.name).font = Font(bold=True)
        for number, column in enumerate(sheet.columns, start=1):
            cell = page.cell(row + 1, number, column.heading)
            cell.font, cell.fill = Font(bold=True, color="FFFFFF"), _HEAD
            page.cell(row + 2, number, column.example)
        row += 4
    for number in range(1, 27):
        page.column_dimensions[get_column_letter(number)].width = 22


def _write_lists(
    book: Workbook, page: Worksheet, force_ids: tuple[str, ...], describe: Translate
) -> dict[str, str]:
    """Every closed list with its labels, two columns each;
    returns what a drop-down refers to, by name of list."""
    lists: dict[str, list[tuple[str, str]]] = {"forces": [(force_id, "") for force_id in force_ids]}
    lists[RETURN_GAP.name] = [(entry.label, entry.meaning) for entry in RETURN_GAP.entries]
    for sheet in CURRENT.sheets:
        for column in sheet.columns:
            if codes := column.field.about.codes:
                lists[codes.name] = [(entry.code, entry.label) for entry in codes.entries]
    lists |= {
        name: [(entry.code, entry.label) for entry in listed.groups.entries]
        for name, listed in CLASSIFICATIONS.items()
    }
    ranges = {}
    for number, (name, entries) in enumerate(lists.items()):
        first, second = 2 * number + 1, 2 * number + 2
        _write_cell_head(page, first, name)
        _write_cell_head(page, second, describe(RETURN_TEXTS["label"]))
        for row, (code, label) in enumerate(entries, start=2):
            page.cell(row, first, code)
            page.cell(row, second, describe(label) if label else "")
        letter = get_column_letter(first)
        (
            page.column_dimensions[letter].width,
            page.column_dimensions[get_column_letter(second)].width,
        ) = 26, 38
        reference = f"lists!${letter}$2:${letter}${len(entries) + 1}"
        ranges[name] = reference
        if name in CLASSIFICATIONS:
            book.defined_names[name] = DefinedName(name, attr_text=reference)
    page.freeze_panes = "A2"
    return ranges


def _write_cell_head(page: Worksheet, column: int, text: str) -> None:
    cell = page.cell(1, column, text)
    cell.font, cell.fill = Font(bold=True, color="FFFFFF"), _HEAD
