"""What is printed is what is read, whoever printed it: for each kind of mark a page that has it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
import reportlab
import typst
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    RectangleObject,
)
from reportlab.lib import colors
from reportlab.lib.colors import CMYKColorSep
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from etl.formats.pdf.lines import read_lines
from etl.formats.pdf.paper import Glyph
from etl.formats.pdf.tables import read_tables
from etl.model.cells import RawTable
from etl.model.problems import UnknownShapeError
from tests.formats.sample_pdfs import (
    BARNET,
    BRENT,
    CAMDEN,
    GREY,
    HEADINGS,
    SUTTON,
    Sheet,
    draw,
    read_problems,
)

# The cell of Alerts in the first row of data: its text stands 183 points from the left and 46 from
# the top.
X, Y = 183, 46
PLACE = 'grid.pdf, page 1, row 1, column "Alerts"'
Mark = Callable[[Sheet], object]

pdfmetrics.registerFont(TTFont("Vera", Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"))


def page_with(*marks: Mark, cell: str = "12") -> Mark:
    def page(s: Sheet) -> None:
        s.table(HEADINGS, [*CAMDEN[:2], cell], BARNET)
        for mark in marks:
            mark(s)

    return page


def polygon(s: Sheet) -> None:
    path = s.canvas.beginPath()
    path.moveTo(X - 3, 400 - Y - 2)
    for x, y in ((X + 22, 400 - Y - 3), (X + 24, 400 - Y + 8), (X - 2, 400 - Y + 9)):
        path.lineTo(x, y)
    path.close()
    s.canvas.drawPath(path, stroke=0, fill=1)


def pen(s: Sheet) -> None:
    s.canvas.setLineWidth(9)
    s.canvas.line(X - 2, 400 - Y + 3, X + 20, 400 - Y + 3)


def rounded(s: Sheet) -> None:
    s.canvas.setFillColor(colors.white)
    s.canvas.roundRect(X - 2, 400 - Y - 2, 20, 11, 3, stroke=0, fill=1)


def clipped(s: Sheet) -> None:
    s.canvas.saveState()
    path = s.canvas.beginPath()
    path.rect(X, 400 - Y - 2, 9, 11)
    s.canvas.clipPath(path, stroke=0)
    s.text(X + 9, Y, "5")
    s.canvas.restoreState()


def faint(s: Sheet) -> None:
    s.text(X + 9, Y, "5", colour=colors.Color(0, 0, 0, alpha=0))


def square(s: Sheet) -> None:
    s.canvas.setFillColor(colors.black)
    s.canvas.setFont("ZapfDingbats", 8)
    s.canvas.drawString(X, 400 - Y, "n")


def drawn(s: Sheet) -> None:
    from PIL import Image

    s.canvas.drawImage(ImageReader(Image.new("RGB", (4, 4), "black")), X, 400 - Y, 8, 8)


@pytest.mark.parametrize(
    ("page", "text"),
    [
        (page_with(polygon), "text with something painted over it: '12'"),
        (page_with(pen), "text with something painted over it: '12'"),
        (page_with(rounded), "text with something painted over it: '12'"),
        (page_with(clipped), "text outside of the visible part of the page: '125'"),
        (page_with(faint), "text that is not painted on the page: '125'"),
        (page_with(lambda s: s.text(X + 9, Y, "5", size=0.4)), "text too small to be seen: '125'"),
        (
            page_with(lambda s: s.text(X + 9, Y - 3, "5", size=5)),
            "a raised or smaller number beside a figure: '125'",
        ),
        (
            page_with(lambda s: s.text(X + 9, Y, "5", size=5)),
            "a raised or smaller number beside a figure: '125'",
        ),
        (
            page_with(lambda s: s.text(X + 9, Y - 3, "5")),
            "a raised or smaller number beside a figure: '125'",
        ),
        (page_with(lambda s: s.line(X, Y - 2.5, X + 9, Y - 2.5)), "text that is struck out: '12'"),
        (page_with(lambda s: s.fill(X, Y - 3, 9, 0.7)), "text that is struck out: '12'"),
        (
            page_with(square, cell=""),
            "a sign of a font of signs, whose code is that of a letter or a digit: 'n'",
        ),
        (page_with(drawn, cell=""), "a picture or a drawn sign in place of text: ''"),
    ],
    ids=[
        "polygon",
        "pen",
        "round corners",
        "clipped",
        "opacity 0",
        "tiny",
        "raised and small",
        "small",
        "raised",
        "struck by a line",
        "struck by an area",
        "sign",
        "picture",
    ],
)
def test_a_cell_that_is_seen_as_another_text_is_refused(
    tmp_path: Path, page: Mark, text: str
) -> None:
    assert read_problems(draw(tmp_path, page)) == [f"{PLACE}: {text}"]


def test_a_refusal_says_what_the_cell_reads_without_the_hidden_part(tmp_path: Path) -> None:
    with pytest.raises(UnknownShapeError, match="without it the cell reads '12'"):
        read_tables(draw(tmp_path, page_with(faint)))
    with pytest.raises(UnknownShapeError, match="without it the cell reads '12'"):
        read_tables(draw(tmp_path, page_with(lambda s: s.text(X + 9, Y - 3, "51", size=5))))


def highlight(s: Sheet) -> None:
    s.fill(X - 1, Y - 8, 20, 11, colors.Color(1, 1, 0, alpha=0.35))


@pytest.mark.parametrize(
    "page",
    [
        page_with(highlight),
        page_with(lambda s: s.line(X, Y + 1.5, X + 9, Y + 1.5)),
        page_with(lambda s: s.text(X, Y, "12", colour=CMYKColorSep(spotName="Ink")), cell=""),
        page_with(lambda s: s.canvas.drawCentredString(300, 20, "1 / 1")),
    ],
    ids=["highlighter", "underlined", "spot colour", "page number"],
)
def test_a_mark_that_hides_nothing_changes_nothing(tmp_path: Path, page: Mark) -> None:
    (table,) = read_tables(draw(tmp_path, page))
    assert table.rows[0].cells == (*CAMDEN[:2], "12")


def in_layer(s: Sheet) -> None:
    s.canvas._code.append("/OC /Layer BDC")
    s.text(X + 9, Y, "5")
    s.canvas._code.append("EMC")


@pytest.mark.parametrize(("state", "text"), [("OFF", "12"), ("ON", "125")])
def test_a_layer_is_read_if_it_is_switched_on(tmp_path: Path, state: str, text: str) -> None:
    writer = pypdf.PdfWriter(clone_from=draw(tmp_path, page_with(in_layer)))
    group = writer._add_object(DictionaryObject({NameObject("/Type"): NameObject("/OCG")}))
    resources = writer.pages[0]["/Resources"].get_object()
    resources[NameObject("/Properties")] = DictionaryObject({NameObject("/Layer"): group})
    default = DictionaryObject({NameObject(f"/{state}"): ArrayObject([group])})
    writer.root_object[NameObject("/OCProperties")] = DictionaryObject(
        {NameObject("/OCGs"): ArrayObject([group]), NameObject("/D"): default}
    )
    path = tmp_path / "layer.pdf"
    writer.write(path)
    assert read_tables(path)[0].rows[0].cells[2] == text


def annotate(path: Path, subtype: str, look: str | None) -> Path:
    """Lays an annotation over the cell; `look`: what it paints in its box of 30 by 14."""
    writer = pypdf.PdfWriter(clone_from=path)
    box = RectangleObject((X - 2, 400 - Y - 3, X + 28, 400 - Y + 11))
    annotation = DictionaryObject(
        {NameObject("/Subtype"): NameObject(f"/{subtype}"), NameObject("/Rect"): box}
    )
    if look is not None:
        stream = DecodedStreamObject()
        stream.set_data(look.encode())
        fonts = writer.pages[0]["/Resources"].get_object()["/Font"]
        stream.update(
            {
                NameObject("/Subtype"): NameObject("/Form"),
                NameObject("/BBox"): ArrayObject(FloatObject(edge) for edge in (0, 0, 30, 14)),
                NameObject("/Resources"): DictionaryObject({NameObject("/Font"): fonts}),
            }
        )
        reference = writer._add_object(stream)
        annotation[NameObject("/AP")] = DictionaryObject({NameObject("/N"): reference})
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(annotation)])
    out = tmp_path_of(path)
    writer.write(out)
    return out


def tmp_path_of(path: Path) -> Path:
    return path.with_name("annotated.pdf")


WHITE_BOX = "1 1 1 rg 0 0 30 14 re f "
FIGURE = "0 g BT /F1 8 Tf 2 3 Td (77) Tj ET"


def test_a_form_field_shows_its_value(tmp_path: Path) -> None:
    path = annotate(draw(tmp_path, page_with(cell="")), "Widget", FIGURE)
    assert read_tables(path)[0].rows[0].cells[2] == "77"


@pytest.mark.parametrize(
    ("subtype", "look"), [("FreeText", WHITE_BOX + FIGURE), ("Stamp", WHITE_BOX), ("Redact", None)]
)
def test_a_note_over_a_figure_is_refused(tmp_path: Path, subtype: str, look: str | None) -> None:
    problems = read_problems(annotate(draw(tmp_path, page_with()), subtype, look))
    assert problems == [
        "annotated.pdf, page 1, row 1, column \"Alerts\": text with something painted over it: '12'"
    ]


def test_a_figure_that_an_annotation_strikes_out_is_refused(tmp_path: Path) -> None:
    (problem,) = read_problems(annotate(draw(tmp_path, page_with()), "StrikeOut", None))
    assert problem.endswith("text that is struck out: '12'")


@pytest.mark.parametrize("subtype", ["Link", "Highlight", "Popup"])
def test_an_annotation_that_points_at_text_changes_nothing(tmp_path: Path, subtype: str) -> None:
    path = annotate(draw(tmp_path, page_with()), subtype, None)
    assert read_tables(path)[0].rows[0].cells[2] == "12"


# --- words as written


def place_of(tmp_path: Path, *lines: str, spacing: float = 0) -> str:
    """How a place is read that is set in these lines."""

    def page(s: Sheet) -> None:
        y = s.row(20, HEADINGS, shade=GREY)
        s.row(s.row(y, ["", *CAMDEN[1:]], height=30), BARNET)
        for number, line in enumerate(lines):
            text = s.canvas.beginText(23, 400 - y - 10 - 10 * number)
            text.setFont("Vera", 8)
            text.setCharSpace(spacing)
            text.textOut(line)
            s.canvas.drawText(text)

    return read_tables(draw(tmp_path, page))[0].rows[0].cells[0]


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        (("En\ufb01eld",), "Enfield"),
        (("Hammer\u00ad", "smith"), "Hammersmith"),
        (("Stratford-", "upon-Avon"), "Stratford-upon-Avon"),
        (("Stratford", "upon-Avon"), "Stratford upon-Avon"),
        (("Camden -", "High St"), "Camden - High St"),
    ],
)
def test_a_word_is_read_as_written(tmp_path: Path, lines: tuple[str, ...], place: str) -> None:
    assert place_of(tmp_path, *lines) == place


def set_by_typst(folder: Path, cells: str, more: str = "") -> Path:
    source = (
        "#set page(width: 300pt, height: 200pt, margin: 10pt)\n#set text(size: 8pt)\n"
        f"{more}\n#table(columns: (40pt, 60pt, 50pt), fill: (x, y) => if y == 0 {{ luma(80%) }},"
        f"table.header[Location][Date][Alerts], {cells})"
    )
    path = folder / "grid.pdf"
    typst.compile(source.encode(), output=str(path), format="pdf")
    return path


def test_a_raised_digit_that_the_font_has_as_a_sign_of_its_own_is_refused(tmp_path: Path) -> None:
    """It has the size and the line of the digits beside it, and their text."""
    plain = "[Barnet], [1 May 2022], [2011]"
    (table,) = read_tables(set_by_typst(tmp_path, plain))
    assert table.rows[0].cells[2] == "2011"
    path = set_by_typst(tmp_path, f"{plain}, [Brent], [2 May 2022], [201#super[1]]")
    (problem,) = read_problems(path)
    assert 'row 2, column "Alerts": a raised or smaller number beside a figure' in problem


def test_a_hyphen_that_may_be_the_words_own_is_refused(tmp_path: Path) -> None:
    """Typst writes each hyphen at the end of a line as a soft one, if it may hyphenate."""
    cells = "[Stratford-upon-Avon], [1 May 2022], [20]"
    (table,) = read_tables(set_by_typst(tmp_path, cells))
    assert table.rows[0].cells[0] == "Stratford-upon-Avon"
    (problem,) = read_problems(set_by_typst(tmp_path, cells, "#set text(hyphenate: true)"))
    assert "a hyphen at the end of a line that may be the word's own: 'Strat" in problem


def test_a_sign_that_no_font_draws_is_not_read(tmp_path: Path) -> None:
    (table,) = read_tables(
        set_by_typst(tmp_path, "[Llan\u200bfair], [1 May 2022], [20]", '#set text(font: "DejaVu")')
    )
    assert table.rows[0].cells[0] == "Llanfair"


def test_a_space_under_the_letter_after_it_prints_nothing() -> None:
    """So Chromium sets a soft hyphen inside of a line."""
    letters = [("S", 0.0, 5.0), ("t", 5.0, 8.0), (" ", 8.0, 10.4), ("f", 8.0, 10.6)]
    glyphs = [
        Glyph(text, start, end, 0.0, 8.0, False, "right", "", 8.0, 2.0)
        for text, start, end in letters
    ]
    assert read_lines(glyphs)[:2] == ("Stf", False)
    apart = [*glyphs[:3], glyphs[3]._replace(x0=10.4, x1=13.0)]
    assert read_lines(apart)[:2] == ("St f", False)


def test_a_soft_hyphen_of_another_code_goes_too() -> None:
    lines = [("Picca\u2010", 0.0), ("dilly", 10.0)]
    glyphs = [
        Glyph(letter, 5.0 * at, 5.0 * at + 5, top, top + 8, False, "right", "", 8.0, 2.0)
        for line, top in lines
        for at, letter in enumerate(line)
    ]
    assert read_lines(glyphs)[0] == "Piccadilly"


@pytest.mark.parametrize("spacing", [0, 1, 2, 3])
def test_letters_set_apart_are_one_word(tmp_path: Path, spacing: float) -> None:
    assert place_of(tmp_path, "East Ham St", spacing=spacing) == "East Ham St"


def test_figures_set_apart_stay_apart(tmp_path: Path) -> None:
    assert place_of(tmp_path, "123456", spacing=3) == "1 2 3 4 5 6"


# --- grids of other programs


def row_of(
    s: Sheet, y: float, texts: list[str], cell: Callable[[float, float, float], object]
) -> float:
    x = 20.0
    for width, text in zip((100, 60, 40), texts, strict=True):
        cell(x, y, width)
        s.text(x + 3, y + 10, text)
        x += width
    return y + 16


def three_sides(s: Sheet) -> Callable[[float, float, float], object]:
    def cell(x: float, y: float, width: float) -> None:
        path = s.canvas.beginPath()
        path.moveTo(x, 400 - y)
        for px, py in ((x, y + 16), (x + width, y + 16), (x + width, y)):
            path.lineTo(px, 400 - py)
        s.canvas.drawPath(path)

    return cell


def frames(s: Sheet) -> Callable[[float, float, float], object]:
    def cell(x: float, y: float, width: float) -> None:
        s.canvas.setFillColor(colors.black)
        path = s.canvas.beginPath()
        path.rect(x + 1, 400 - y - 15, width - 2, 14)
        path.rect(x, 400 - y - 16, width, 16)
        s.canvas.drawPath(path, stroke=0, fill=1, fillMode=0)

    return cell


def bars(s: Sheet) -> Callable[[float, float, float], object]:
    def cell(x: float, y: float, width: float) -> None:
        for box in (
            (x - 2, y - 2, width + 4, 4),
            (x - 2, y + 14, width + 4, 4),
            (x - 2, y - 2, 4, 20),
            (x + width - 2, y - 2, 4, 20),
        ):
            s.fill(*box)

    return cell


def dots(s: Sheet) -> Callable[[float, float, float], object]:
    def cell(x: float, y: float, width: float) -> None:
        for step in range(0, int(width) + 1, 2):
            s.fill(x + step, y, 1, 1)
            s.fill(x + step, y + 16, 1, 1)
        for step in range(0, 17, 2):
            s.fill(x, y + step, 1, 1)
            s.fill(x + width, y + step, 1, 1)

    return cell


@pytest.mark.parametrize("kind", [three_sides, frames, bars, dots])
def test_cells_drawn_in_another_way_are_cells(
    tmp_path: Path, kind: Callable[[Sheet], Callable[[float, float, float], object]]
) -> None:
    def page(s: Sheet) -> None:
        y = s.table(HEADINGS)
        for row in (CAMDEN, BARNET, SUTTON):
            y = row_of(s, y, row, kind(s))

    (table,) = read_tables(draw(tmp_path, page))
    assert [row.cells for row in table.rows] == [tuple(CAMDEN), tuple(BARNET), tuple(SUTTON)]


def test_white_rules_on_a_dark_heading_are_rules(tmp_path: Path) -> None:
    def page(s: Sheet) -> None:
        s.fill(20, 20, 200, 16, colors.navy)
        for box in ((20, 35.4, 200, 0.6), (120, 20, 0.6, 16), (180, 20, 0.6, 16)):
            s.fill(*box, colors.white)
        for x, text in zip((23, 123, 183), HEADINGS, strict=True):
            s.text(x, 30, text, colour=colors.white)
        s.table(CAMDEN, BARNET, headings=False, y=36)

    (table,) = read_tables(draw(tmp_path, page))
    assert (table.headings, len(table.rows)) == (tuple(HEADINGS), 2)


@pytest.mark.parametrize("widths", [[200], [100, 60, 40]])
def test_shaded_headings_without_rules_are_headings(tmp_path: Path, widths: list[float]) -> None:
    def page(s: Sheet) -> None:
        x = 20.0
        for width in widths:
            s.fill(x, 20, width, 16, GREY)
            x += width
        for x, text in zip((23, 123, 183), HEADINGS, strict=True):
            s.text(x, 30, text)
        s.table(CAMDEN, BARNET, headings=False, y=36)

    (table,) = read_tables(draw(tmp_path, page))
    assert (table.headings, len(table.rows)) == (tuple(HEADINGS), 2)


def test_of_two_tables_side_by_side_the_left_one_is_first(tmp_path: Path) -> None:
    def page(s: Sheet) -> None:
        s.table(HEADINGS, CAMDEN, BARNET, y=26)
        s.table(HEADINGS, SUTTON, BRENT, x=320)

    first, second = read_tables(draw(tmp_path, page))
    assert (first.rows[0].cells[0], second.rows[0].cells[0]) == ("Camden", "Sutton")


# --- rows that would be lost


def test_rows_without_rules_between_them_are_refused(tmp_path: Path) -> None:
    def page(s: Sheet) -> None:
        y = s.table(HEADINGS)
        s.row(y, [f"{a}\n{b}" for a, b in zip(CAMDEN, BARNET, strict=True)], height=30)

    (problem,) = read_problems(draw(tmp_path, page))
    assert problem.startswith("grid.pdf, page 1, row 1: several lines in every cell")


def test_rows_outside_of_every_grid_are_refused(tmp_path: Path) -> None:
    def second(s: Sheet) -> None:
        for number, text in enumerate(("Brent", "09/04/23", "4", "7", "12")):
            s.text(23 + 60 * number, 46, text)

    (problem,) = read_problems(draw(tmp_path, page_with(), second))
    assert problem.startswith("grid.pdf, page 2: text in columns outside of every ruled table")


@pytest.mark.parametrize("first", [True, False])
def test_a_page_that_is_a_picture_is_refused(tmp_path: Path, first: bool) -> None:
    from PIL import Image

    def scan(s: Sheet) -> None:
        s.canvas.drawImage(ImageReader(Image.new("L", (60, 40), 200)), 0, 0, 600, 400)
        s.text(280, 390, "Page 1 of 2")

    pages = [scan, page_with()] if first else [page_with(), scan]
    (problem,) = read_problems(draw(tmp_path, *pages))
    assert problem.endswith("a picture that covers the page, with hardly any text")


def test_a_cover_with_a_picture_is_no_scan(tmp_path: Path) -> None:
    from PIL import Image

    def cover(s: Sheet) -> None:
        s.canvas.drawImage(ImageReader(Image.new("L", (60, 40), 200)), 0, 0, 600, 400)
        s.text(100, 200, "Deployments of live facial recognition in 2024")

    assert len(read_tables(draw(tmp_path, cover, page_with()))[0].rows) == 2


def test_a_whole_row_with_its_place_only_is_not_joined_to_the_row_before(tmp_path: Path) -> None:
    path = draw(
        tmp_path,
        lambda s: s.table(HEADINGS, CAMDEN, BARNET),
        lambda s: s.table(["Dove Road (cancelled)", "", ""], SUTTON, headings=False),
    )
    (problem,) = read_problems(path)
    assert problem == "grid.pdf, page 2: a first row that has only 'Dove Road (cancelled)'"


def test_the_parts_of_a_row_fill_each_other_up(tmp_path: Path) -> None:
    def first(s: Sheet) -> None:
        y = s.table(HEADINGS, CAMDEN, BARNET)
        for x in (20, 120, 180, 220):
            s.line(x, y, x, y + 12)
        s.text(123, y + 10, SUTTON[1])
        s.text(183, y + 10, SUTTON[2])

    path = draw(tmp_path, first, lambda s: s.table([SUTTON[0], "", ""], BRENT, headings=False))
    rows = [row.cells for row in read_tables(path)[0].rows]
    assert rows == [tuple(CAMDEN), tuple(BARNET), tuple(SUTTON), tuple(BRENT)]


@pytest.mark.parametrize("corner", [(0, 0), (-300, -200), (50, 1000)])
def test_the_origin_of_a_page_may_be_anywhere(tmp_path: Path, corner: tuple[int, int]) -> None:
    def page(s: Sheet) -> None:
        s.canvas.translate(*corner)
        page_with()(s)

    writer = pypdf.PdfWriter(clone_from=draw(tmp_path, page))
    x, y = corner
    writer.pages[0].mediabox = RectangleObject((x, y, x + 600, y + 400))
    for box in ("/CropBox", "/TrimBox"):
        writer.pages[0].pop(box, None)
    path = tmp_path / "moved.pdf"
    writer.write(path)
    assert len(read_tables(path)[0].rows) == 2


# --- the second opinion


def test_cells_that_another_engine_reads_alike_have_no_remark(tmp_path: Path) -> None:
    for page in (page_with(), page_with(lambda s: s.text(X, Y, "12"), cell="")):
        assert read_tables(draw(tmp_path, page))[0].remarks == ()


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_cell_that_another_engine_reads_otherwise_has_a_remark(
    tmp_path: Path, rotation: int
) -> None:
    """pdfium's text has no form fields: a reader sees them, and the remark says it does not."""
    path = annotate(draw(tmp_path, page_with(cell="")), "Widget", FIGURE)
    writer = pypdf.PdfWriter(clone_from=path)
    writer.pages[0].rotate(rotation)
    writer.write(path)
    (table,) = read_tables(path)
    assert table.rows[0].cells[2] == "77"
    assert table.remarks == (
        "page 1, row 1, column \"Alerts\": '77' is read; another engine reads ''",
    )
    assert table == RawTable(table.headings, table.rows)
