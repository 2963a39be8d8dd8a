"""The bytes of a workbook, whole or not at all.

openpyxl writes each sheet to a temporary file. Where the disk is full, it raises lxml's own error
for a large sheet, and saves a small one empty without a word (openpyxl 3.1.5 with lxml 6.1.3). So
every sheet is looked at for its end."""

from __future__ import annotations

import io
import re
import zipfile

from lxml import etree
from openpyxl import Workbook

from etl.files import NotWritableError
from etl.model.problems import Problem

_SHEET = re.compile(r"xl/worksheets/sheet\d+\.xml")
_END = b"</worksheet>"


def write_workbook(book: Workbook, where: str = "the workbook") -> bytes:
    """The workbook as a file; `NotWritableError` where there is no room for temporary files."""
    saved = io.BytesIO()
    try:
        book.save(saved)
        with zipfile.ZipFile(saved) as package:
            for part in filter(_SHEET.fullmatch, package.namelist()):
                if not package.read(part).endswith(_END):
                    raise OSError(f"{part} was not written to its end")
    except (OSError, etree.SerialisationError) as error:
        raise NotWritableError(
            Problem(
                where,
                f"{error}",
                "room on the disk, for temporary files too",
                "Make room, and start again.",
            )
        ) from None
    return saved.getvalue()
