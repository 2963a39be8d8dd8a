"""A copy of a return's workbook, written anew from the cells that were checked.

A workbook can hold text where no check looks: document properties, custom XML, printer settings,
XML comments, data validations, bytes after its end. The store keeps this copy in place of the file.
It holds sheets, values, formats of numbers, and what makes a figure raised or struck through. The
same file gives the same bytes. A CSV file has nothing but cells and stays as it is."""

from __future__ import annotations

import io
import zipfile

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from etl.formats.workbook_files import write_workbook
from etl.returns.package_checks import drop_dead_links

_DAY = (1980, 1, 1, 0, 0, 0)
_PROPERTIES = "docProps/core.xml"
_EMPTY_PROPERTIES = (
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    b'core-properties"/>'
)


def copy_checked(name: str, content: bytes) -> bytes:
    """The copy of a file that `etl.returns.intake` could open."""
    if name.lower().endswith(".csv"):
        return content
    source = load_workbook(io.BytesIO(drop_dead_links(content)), keep_links=False, rich_text=True)
    copy = Workbook()
    for sheet in copy.worksheets:
        copy.remove(sheet)
    for sheet in source.worksheets:
        target = copy.create_sheet(sheet.title)
        for (row, column), cell in sorted(sheet._cells.items()):
            if cell.value is None:
                continue
            made = target.cell(row, column, cell.value)
            made.data_type = cell.data_type
            made.number_format = cell.number_format
            font = cell.font
            if font.strike or font.vertAlign:
                made.font = Font(strike=font.strike, vertAlign=font.vertAlign)
    return _write(copy)


def _write(book: Workbook) -> bytes:
    """The bytes of a workbook without its time of writing."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(write_workbook(book))) as package,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for part in package.namelist():
            body = _EMPTY_PROPERTIES if part == _PROPERTIES else package.read(part)
            out.writestr(zipfile.ZipInfo(part, _DAY), body, zipfile.ZIP_DEFLATED)
    return written.getvalue()
