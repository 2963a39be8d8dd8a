"""Small PDFs to read in tests: pages of boxes, lines and words, drawn when a test asks for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from reportlab.lib import colors
from reportlab.pdfgen.canvas import Canvas

from etl.formats.pdf.tables import read_tables
from etl.model.problems import UnknownShapeError

GREY = colors.Color(0.816, 0.808, 0.808)
YELLOW = colors.Color(1, 1, 0.4)
WIDTHS = (100.0, 60.0, 40.0)
HEADINGS = ["Place", "Date", "Alerts"]
CAMDEN = ["Camden", "06/04/23", "1"]
BARNET = ["Barnet", "07/04/23", "2"]
SUTTON = ["Sutton", "08/04/23", "3"]
BRENT = ["Brent", "09/04/23", "4"]
HEIGHT = 16.0


class Sheet:
    """A page to draw on, in points from its top left corner."""

    def __init__(self, path: Path) -> None:
        self.canvas = Canvas(str(path), pagesize=(600, 400), pageCompression=0)

    def box(
        self, x: float, y: float, width: float, height: float, *, shade: colors.Color | None = None
    ) -> None:
        self.canvas.setLineWidth(0.5)
        if shade is not None:
            self.canvas.setFillColor(shade)
        self.canvas.rect(x, 400 - y - height, width, height, stroke=1, fill=int(shade is not None))

    def fill(
        self, x: float, y: float, width: float, height: float, colour: colors.Color = colors.black
    ) -> None:
        self.canvas.setFillColor(colour)
        self.canvas.rect(x, 400 - y - height, width, height, stroke=0, fill=1)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.setLineWidth(0.5)
        self.canvas.line(x0, 400 - y0, x1, 400 - y1)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = 8,
        bold: bool = False,
        colour: colors.Color = colors.black,
    ) -> None:
        self.canvas.setFillColor(colour)
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        self.canvas.drawString(x, 400 - y, text)

    def cell(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        text: str,
        *,
        shade: colors.Color | None = None,
    ) -> None:
        self.box(x, y, width, height, shade=shade)
        for number, line in enumerate(text.split("\n"), start=1):
            # As a designer would: what stands on black is white.
            colour = colors.white if shade == colors.black else colors.black
            self.text(x + 3, y + 10 * number, line, colour=colour)

    def row(
        self,
        y: float,
        texts: Sequence[str],
        *,
        shade: colors.Color | None = None,
        x: float = 20,
        widths: Sequence[float] = WIDTHS,
        height: float = HEIGHT,
    ) -> float:
        for width, text in zip(widths, texts, strict=True):
            self.cell(x, y, width, height, text, shade=shade)
            x += width
        return y + height

    def table(
        self, *rows: Sequence[str], y: float = 20, headings: bool = True, x: float = 20
    ) -> float:
        for number, texts in enumerate(rows):
            y = self.row(y, texts, shade=GREY if headings and number == 0 else None, x=x)
        return y

    def turn_page(self) -> None:
        self.canvas.showPage()


def draw(folder: Path, *pages: Callable[[Sheet], object]) -> Path:
    """A PDF of these pages, called grid.pdf."""
    path = folder / "grid.pdf"
    sheet = Sheet(path)
    for page in pages:
        page(sheet)
        sheet.turn_page()
    sheet.canvas.save()
    return path


def read_problems(path: Path) -> list[str]:
    with pytest.raises(UnknownShapeError) as caught:
        read_tables(path)
    assert all(problem.expected and problem.remedy for problem in caught.value.problems)
    return [f"{problem.where}: {problem.found}" for problem in caught.value.problems]
