"""What the store keeps of a workbook: the cells that were checked, and nothing else of the file."""

from __future__ import annotations

import io
import zipfile

import pytest

from etl.returns.checked_copy import copy_checked
from etl.returns.grids import read_grids
from tests.returns.sample_returns import NAME, part_of, sound, take_in, with_part

HIDDEN = b"Mr Example Person, 07700 900123"
SHEET = "xl/worksheets/sheet4.xml"
AUTHOR = (
    b'<dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">'
    + HIDDEN
    + b"</dc:creator></cp:coreProperties>"
)
PLACES = {
    "custom XML": with_part("customXml/item9.xml", b"<x>" + HIDDEN + b"</x>"),
    "another file": with_part("customXml/anything.pdf", b"%PDF-1.7 " + HIDDEN),
    "custom properties": with_part("docProps/custom.xml", b"<x>" + HIDDEN + b"</x>"),
    "author": with_part(
        "docProps/core.xml",
        part_of("docProps/core.xml").replace(b"</cp:coreProperties>", AUTHOR),
    ),
    "printer settings": with_part("xl/printerSettings/a.txt", HIDDEN),
    "comment in the XML": with_part(
        SHEET, part_of(SHEET).replace(b"<sheetData>", b"<!-- " + HIDDEN + b" --><sheetData>")
    ),
    "after the end": sound() + HIDDEN,
}


@pytest.mark.parametrize("place", PLACES)
def test_text_where_no_check_looks_is_not_in_the_copy(place: str) -> None:
    content = PLACES[place]
    assert HIDDEN in content or any(HIDDEN in part for part in _read_parts(content)), (
        "the text is in the file"
    )
    copy = copy_checked(NAME, content)
    assert not any(b"Example Person" in part for part in [copy, *_read_parts(copy)])
    assert take_in(content).to_cells() == take_in(copy).to_cells()


def test_the_copy_has_the_cells_of_the_file_and_the_same_bytes_each_time() -> None:
    copy = copy_checked(NAME, sound())
    assert read_grids(NAME, copy) == read_grids(NAME, sound())
    assert copy == copy_checked(NAME, copy) == copy_checked(NAME, sound())
    assert take_in(copy).problems == take_in(sound()).problems


def test_a_csv_file_stays_as_it_is() -> None:
    content = b"date,place\r\n2026-01-17,Alder Street\r\n"
    assert copy_checked("Return.CSV", content) == content


def _read_parts(content: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return [package.read(name) for name in package.namelist()]
