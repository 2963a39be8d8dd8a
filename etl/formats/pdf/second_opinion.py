"""What another engine reads in the same cells, so that a fault of one of them does not go unseen.

In: a PDF, and the boxes of cells that were read. Out: the texts that pdfium gives for them where
they differ from ours. Never changes a cell: a difference is a remark for a person. pdfium reads
layers that are switched off and no form fields, so that these are remarked upon too."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pypdfium2 as pdfium

from etl.formats.pdf.grid import PrintedCell
from etl.formats.pdf.paper import Matrix

# What is not compared: spaces, signs without width, and hyphens at the end of lines.
_UNCOMPARED = frozenset(("Zs", "Zl", "Zp", "Cf", "Cc", "Cn", "Pd"))


class SecondReader:
    """pdfium's text of the pages of one file, opened one after the other."""

    def __init__(self, path: Path) -> None:
        try:
            self._document: pdfium.PdfDocument | None = pdfium.PdfDocument(path)
        except pdfium.PdfiumError:
            self._document = None
        self._number = 0

    def find_differences(
        self, page: int, matrix: Matrix | None, cells: Sequence[PrintedCell]
    ) -> tuple[tuple[int, str], ...]:
        """The number of each cell that reads otherwise, and how.

        `matrix` leads from the page's own points to those of the cells' boxes."""
        if self._document is None or matrix is None:
            return ()
        if page != self._number:
            try:
                self._page = self._document[page - 1].get_textpage()
            except (pdfium.PdfiumError, IndexError):  # pdfium cannot read what pdfminer could
                self._document = None
                return ()
            self._number = page
        differences = []
        for number, cell in enumerate(cells):
            text = self._page.get_text_bounded(*_to_page(cell, matrix))
            if _fold(text) != _fold(cell.text):
                differences.append((number, " ".join(text.split())))
        return tuple(differences)


def _to_page(cell: PrintedCell, matrix: Matrix) -> tuple[float, float, float, float]:
    """Left, lower, right and upper edge in the page's own points."""
    a, b, c, d, e, f = matrix
    area = a * d - b * c
    corners = [
        ((d * (x - e) - c * (y - f)) / area, (a * (y - f) - b * (x - e)) / area)
        for x, y in ((cell.x0, cell.top), (cell.x1, cell.bottom))
    ]
    (x0, y0), (x1, y1) = corners
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _fold(text: str) -> str:
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKC", text)
        if unicodedata.category(letter) not in _UNCOMPARED
    )
