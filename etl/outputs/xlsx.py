"""A workbook for Excel. The same workbook gives the same bytes, whenever it is written.

In: a `Workbook`. Out: bytes. A text is never a formula or a link; dates are dates."""

from __future__ import annotations

import datetime as dt
import io
import re

import xlsxwriter

from etl.outputs.workbook import CONTENTS, COVER, Sheet, Workbook

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_NARROWEST, _WIDEST = 10, 60
_SAMPLE = 200


def write_xlsx(workbook: Workbook) -> bytes:
    """The file; sheets have headings that stay in view and a table that assistive software finds by
    name."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, _OPTIONS)
    noon = dt.datetime.combine(workbook.day, dt.time())
    book.set_properties(
        {"title": workbook.title, "created": noon, "author": "", "language": "en-GB"}
    )
    formats = {
        "title": book.add_format({"bold": True, "font_size": 14, "font_name": "Arial"}),
        "said": book.add_format({"font_name": "Arial", "text_wrap": True, "valign": "top"}),
        "plain": book.add_format({"font_name": "Arial"}),
        "heading": book.add_format(
            {"font_name": "Arial", "bold": True, "text_wrap": True, "valign": "top"}
        ),
        "text": book.add_format({"font_name": "Arial", "valign": "top", "text_wrap": True}),
        "cell": book.add_format({"font_name": "Arial", "valign": "top"}),
        "date": book.add_format(
            {"font_name": "Arial", "valign": "top", "num_format": "yyyy-mm-dd"}
        ),
        "time": book.add_format({"font_name": "Arial", "valign": "top", "num_format": "hh:mm:ss"}),
        "symbol": book.add_format({"font_name": "Arial", "valign": "top", "align": "right"}),
    }
    for sheet in workbook.sheets:
        _write_sheet(book.add_worksheet(sheet.name), sheet, formats)
    book.close()
    return held.getvalue()


def _write_sheet(
    page: xlsxwriter.worksheet.Worksheet, sheet: Sheet, formats: dict[str, object]
) -> None:
    page.hide_gridlines(2 if sheet.name == COVER else 0)
    page.write_string(0, 0, sheet.title, formats["title"])
    for number, sentence in enumerate(sheet.notes, 1):
        page.write_string(number, 0, sentence, formats["said" if sheet.name == COVER else "plain"])
    if sheet.name == COVER:
        page.set_column(0, 0, 100)
    if not sheet.headings:
        return
    for column, heading in enumerate(sheet.headings):
        page.set_column(column, column, _width(sheet, column))
        page.write_string(sheet.first_row, column, heading, formats["heading"])
    for number, row in enumerate(sheet.rows, sheet.first_row + 1):
        for column, value in enumerate(row):
            _write_cell(
                page, number, column, value, formats, links=sheet.name == CONTENTS and column == 0
            )
    if sheet.rows:
        last = (sheet.first_row + len(sheet.rows), len(sheet.headings) - 1)
        columns = [
            {"header": heading, "header_format": formats["heading"]} for heading in sheet.headings
        ]
        name = re.sub(r"\W", "_", sheet.table)
        page.add_table(
            sheet.first_row,
            0,
            *last,
            {"name": f"t_{name}", "columns": columns, "style": None, "autofilter": False},
        )
    page.freeze_panes(sheet.first_row + 1, 0)


def _write_cell(
    page: xlsxwriter.worksheet.Worksheet,
    row: int,
    column: int,
    value: object,
    formats: dict[str, object],
    *,
    links: bool,
) -> None:
    if links:
        page.write_url(row, column, f"internal:'{value}'!A1", formats["cell"], str(value))
    elif isinstance(value, dt.date):
        page.write_datetime(row, column, dt.datetime.combine(value, dt.time()), formats["date"])
    elif isinstance(value, dt.time):
        page.write_datetime(row, column, value, formats["time"])
    elif isinstance(value, int | float):
        page.write_number(row, column, value, formats["cell"])
    elif value:
        symbol = len(str(value)) == len("[x]") and str(value).startswith("[")
        wide = len(str(value)) > _WIDEST
        page.write_string(
            row, column, str(value), formats["symbol" if symbol else "text" if wide else "cell"]
        )


def _width(sheet: Sheet, column: int) -> int:
    longest = max((len(str(row[column])) for row in sheet.rows[:_SAMPLE]), default=0)
    return max(_NARROWEST, min(_WIDEST, max(longest, len(sheet.headings[column])) + 2))
