"""A cell is what a reader of the page sees: text over text, unpainted,
covered or crooked text is refused with its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from pypdf.generic import RectangleObject
from reportlab.lib import colors
from reportlab.lib.utils import ImageReader

from etl.formats.pdf.hidden import Area, Paint, find_hidden
from etl.formats.pdf.pages import read_pages
from etl.formats.pdf.tables import read_tables
from etl.formats.visibility import UNPAINTED
from etl.model.problems import UnreadableFileError
from tests.formats.sample_pdfs import (
    BARNET,
    BRENT,
    CAMDEN,
    GREY,
    HEADINGS,
    Sheet,
    draw,
    read_problems,
)

# The cell of Alerts in the first row of data: its text stands 183 points from the left and 46 from
# the top.
X, Y = 183, 46
PLACE = 'grid.pdf, page 1, row 1, column "Alerts"'


def page_with(*marks: Callable[[Sheet], object], cell: str = "1") -> Callable[[Sheet], None]:
    def page(s: Sheet) -> None:
        s.table(HEADINGS, [*CAMDEN[:2], cell], BARNET)
        for mark in marks:
            mark(s)

    return page


def write_as(mode: int, text: str = "7") -> Callable[[Sheet], None]:
    def mark(s: Sheet) -> None:
        written = s.canvas.beginText(X, 400 - Y)
        written.setFont("Helvetica", 8)
        written.setTextRenderMode(mode)
        written.textOut(text)
        s.canvas.drawText(written)

    return mark


def write_turned(angle: float, text: str = "7") -> Callable[[Sheet], None]:
    def mark(s: Sheet) -> None:
        s.canvas.saveState()
        s.canvas.translate(X + 12, 400 - Y)
        s.canvas.rotate(angle)
        s.text(0, 400, text)
        s.canvas.restoreState()

    return mark


def picture(s: Sheet) -> None:
    from PIL import Image

    s.canvas.drawImage(ImageReader(Image.new("RGB", (4, 4), "black")), X - 1, 400 - Y - 2, 20, 11)


OVER = "letters printed over each other"


@pytest.mark.parametrize(
    ("page", "text"),
    [
        (page_with(lambda s: s.text(X + 1, Y, "7")), f"{OVER}: '17'"),
        (page_with(lambda s: s.text(X + 1.5, Y, "77", size=6), cell="9780"), f"{OVER}: '977780'"),
        (page_with(lambda s: s.text(X, Y - 1, "3"), cell="8"), f"{OVER}: '38'"),
        (
            page_with(lambda s: s.fill(X - 1, Y - 8, 20, 10, colors.white)),
            "text with something painted over it: '1'",
        ),
        (page_with(picture), "text with something painted over it: '1'"),
        (
            page_with(lambda s: s.text(X + 8, Y, "0", colour=colors.white)),
            "text in the colour of its background: '1 0'",
        ),
        (page_with(write_as(3), cell=""), "text that is not painted on the page: '7'"),
        (page_with(write_as(7), cell=""), "text that is not painted on the page: '7'"),
        (page_with(write_turned(45)), "text that runs in several directions or at an angle: '7 1'"),
        (
            page_with(write_turned(45), cell=""),
            "text that runs in several directions or at an angle: '7'",
        ),
        (page_with(write_turned(90)), "text that runs in several directions or at an angle: '1 7'"),
    ],
    ids=[
        "over",
        "small over large",
        "over, a little higher",
        "covered",
        "picture",
        "white",
        "mode 3",
        "mode 7",
        "askew beside",
        "askew",
        "turned beside",
    ],
)
def test_text_that_a_reader_does_not_see_so_is_refused_with_its_place(
    tmp_path: Path, page: Callable[[Sheet], object], text: str
) -> None:
    assert read_problems(draw(tmp_path, page)) == [f"{PLACE}: {text}"]


@pytest.mark.parametrize(
    "page",
    [
        page_with(lambda s: s.text(X, Y, "1")),
        page_with(lambda s: s.text(X + 0.25, Y, "1")),
        page_with(write_as(0, "1"), cell=""),
        page_with(write_as(2, "1"), cell=""),
        page_with(write_turned(0, "1"), cell=""),
        page_with(lambda s: s.text(400, 300, "hidden", colour=colors.white)),
        page_with(lambda s: s.fill(400, 300, 50, 50)),
    ],
    ids=[
        "twice",
        "twice for bold",
        "mode 0",
        "outlined too",
        "moved",
        "white elsewhere",
        "covered elsewhere",
    ],
)
def test_text_that_a_reader_sees_is_read(tmp_path: Path, page: Callable[[Sheet], object]) -> None:
    (table,) = read_tables(draw(tmp_path, page))
    assert [row.cells for row in table.rows] == [tuple(CAMDEN), tuple(BARNET)]


def test_an_accent_is_printed_over_its_letter(tmp_path: Path) -> None:
    def page(s: Sheet) -> None:
        s.table(HEADINGS, ["Cafe", *CAMDEN[1:]], BARNET)
        s.text(23 + s.canvas.stringWidth("Caf", "Helvetica", 8), 46, "\u00b4")

    (table,) = read_tables(draw(tmp_path, page))
    assert sorted(table.rows[0].cells[0]) == sorted("Cafe\u00b4")


def test_a_covered_heading_is_told(tmp_path: Path) -> None:
    def page(s: Sheet) -> None:
        s.table(HEADINGS, CAMDEN, BARNET)
        s.fill(181, 22, 38, 12, GREY)

    (problem,) = read_problems(draw(tmp_path, page))
    assert (
        problem == "grid.pdf, page 1: a heading with text with something painted over it: 'Alerts'"
    )


def test_the_place_is_that_of_the_row_on_its_own_page(tmp_path: Path) -> None:
    def second(s: Sheet) -> None:
        s.table(BARNET, BRENT, headings=False)
        s.text(183 + 1, 46, "8")

    (problem,) = read_problems(draw(tmp_path, page_with(), second))
    assert problem.startswith(
        'grid.pdf, page 2, row 2, column "Alerts": letters printed over each other'
    )


def test_columns_cropped_off_the_page_are_told(tmp_path: Path) -> None:
    path = draw(tmp_path, page_with())
    writer = pypdf.PdfWriter(clone_from=path)
    writer.pages[0].cropbox = RectangleObject((0, 0, 175, 400))
    writer.write(path)
    problems = read_problems(path)
    assert (
        problems[0]
        == "grid.pdf, page 1: a heading with text outside of the visible part of the page: 'Alerts'"
    )
    assert len(problems) == 3


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_page_that_is_turned_as_a_whole_is_read(tmp_path: Path, rotation: int) -> None:
    path = draw(tmp_path, page_with())
    writer = pypdf.PdfWriter(clone_from=path)
    writer.pages[0].rotate(rotation)
    writer.write(path)
    (table,) = read_tables(path)
    assert [row.cells for row in table.rows] == [tuple(CAMDEN), tuple(BARNET)]


def test_a_scan_over_machine_read_text_is_a_scan(tmp_path: Path) -> None:
    from PIL import Image

    def page(s: Sheet) -> None:
        write_as(3, "recognised")(s)
        s.canvas.drawImage(ImageReader(Image.new("L", (60, 40), 200)), 0, 0, 600, 400)

    with pytest.raises(UnreadableFileError, match="pictures only, no text layer"):
        read_pages(draw(tmp_path, page))


def encrypt(path: Path, user_password: str) -> None:
    writer = pypdf.PdfWriter(clone_from=path)
    writer.encrypt(user_password, "owner", algorithm="AES-256")
    writer.write(path)


def test_a_file_that_opens_without_a_password_is_read(tmp_path: Path) -> None:
    path = draw(tmp_path, page_with())
    encrypt(path, user_password="")
    assert len(read_tables(path)[0].rows) == 2


def test_a_file_that_needs_a_password_is_refused(tmp_path: Path) -> None:
    path = draw(tmp_path, page_with())
    encrypt(path, user_password="secret")
    with pytest.raises(UnreadableFileError, match="an encrypted PDF"):
        read_tables(path)


def test_a_pdf_without_pages_is_told(tmp_path: Path) -> None:
    path = tmp_path / "none.pdf"
    pypdf.PdfWriter().write(path)
    with pytest.raises(UnreadableFileError, match="0 readable pages"):
        read_tables(path)


def test_what_lies_under_a_glyph_and_what_over_it() -> None:
    """Red on red, red on a blue area over a red one, and an area that is painted later,
    in another strip."""
    red, blue = (1.0, 0.0, 0.0), (0.0, 0.0, 1.0)
    boxes = [(0.0, 8.0, y, y + 8.0) for y in (0.0, 100.0, 200.0, 300.0)]
    areas = [
        Area(0, (0, 10, 0, 10), red),
        Area(1, (0, 10, 95, 115), red),
        Area(2, (0, 10, 95, 115), blue),
        Area(9, (0, 10, -1e12, 1e12), blue),
    ]
    paints = [Paint(4, red), Paint(5, red), Paint(10, red), Paint(11, None)]
    assert dict(find_hidden(boxes, paints, areas[:3], None)) == {
        0: "text in the colour of its background",
        3: UNPAINTED,
    }
    assert set(dict(find_hidden(boxes, paints, areas, None))) == {0, 1, 3}
