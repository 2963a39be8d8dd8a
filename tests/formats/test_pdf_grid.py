"""Printed grids: each way a program may draw one, and what no grid may do to a letter."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from reportlab.lib import colors

from etl.formats.pdf.grid import read_blocks
from etl.formats.pdf.marks import PageMarks, Ruling
from etl.formats.pdf.paper import Glyph
from etl.formats.pdf.tables import read_tables
from etl.model.cells import RawRow
from tests.formats.sample_pdfs import BARNET, CAMDEN, GREY, HEADINGS, Sheet, draw, read_problems

# --- cells


def test_cells_know_their_page_row_and_column(tmp_path: Path) -> None:
    (table,) = read_tables(draw(tmp_path, lambda s: s.table(HEADINGS, CAMDEN, BARNET)))
    assert table.headings == ("Place", "Date", "Alerts")
    assert table.rows == (RawRow(1, 1, tuple(CAMDEN)), RawRow(1, 2, tuple(BARNET)))


def test_repeated_rows_and_empty_cells_are_kept(tmp_path: Path) -> None:
    (table,) = read_tables(
        draw(tmp_path, lambda s: s.table(HEADINGS, CAMDEN, CAMDEN, ["", "", "2"], ["", "", ""]))
    )
    assert [row.cells for row in table.rows] == [
        tuple(CAMDEN),
        tuple(CAMDEN),
        ("", "", "2"),
        ("", "", ""),
    ]


def test_lines_of_a_cell_are_joined_by_one_space(tmp_path: Path) -> None:
    def page(s: Sheet) -> None:
        y = s.row(20, ["Deployment\nLocation", "Date\n(DD/MM/\nYY)", "No"], shade=GREY, height=36)
        s.row(y, ["Seven Sisters\nHigh Rd", "24/10/24", "1,2,3"], height=26)

    (table,) = read_tables(draw(tmp_path, page))
    assert table.headings == ("Deployment Location", "Date (DD/MM/ YY)", "No")
    assert table.rows[0].cells == ("Seven Sisters High Rd", "24/10/24", "1,2,3")


def test_a_raised_footnote_mark_stays_with_its_word(tmp_path: Path) -> None:
    def page(s: Sheet) -> None:
        y = s.row(20, ["Place", "", ""], shade=GREY)
        s.text(123, 31, "Alerts")
        s.text(143.6, 28, "1", size=4)
        s.row(y, CAMDEN)

    assert read_tables(draw(tmp_path, page))[0].headings[1] == "Alerts1"


def test_a_letter_printed_twice_for_bold_is_one_letter_and_a_wide_gap_is_a_space(
    tmp_path: Path,
) -> None:
    def page(s: Sheet) -> None:
        y = s.table(HEADINGS, CAMDEN)
        s.row(y, ["", "", ""])
        for x, text in ((23, "Hill"), (23.1, "Hill"), (45, "Road")):
            s.text(x, y + 10, text)

    assert read_tables(draw(tmp_path, page))[0].rows[1].cells == ("Hill Road", "", "")


@pytest.mark.parametrize("turn", [90, -90])
def test_rotated_pages_and_upright_headings_are_read(tmp_path: Path, turn: int) -> None:
    def page(s: Sheet) -> None:
        s.canvas.setPageRotation(90)
        s.canvas.translate(600, 0)
        s.canvas.rotate(90)
        y = s.row(0, ["Place", "", "Alerts"], shade=GREY, height=60)
        s.canvas.saveState()
        s.canvas.translate(*((140, 400 - 55) if turn > 0 else (160, 400 - 5)))
        s.canvas.rotate(turn)
        s.canvas.drawString(0, 0, "Total")
        s.canvas.drawString(0, -12, "Alerts")
        s.canvas.restoreState()
        s.row(y, CAMDEN)

    (table,) = read_tables(draw(tmp_path, page))
    assert table.headings == ("Place", "Total Alerts", "Alerts")
    assert table.rows[0].cells == tuple(CAMDEN)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_lies_on_its_side_is_read_upright(tmp_path: Path, turn: int) -> None:
    def page(s: Sheet) -> None:
        s.canvas.setPageRotation(turn)
        s.table(HEADINGS, CAMDEN, BARNET)
        s.canvas.rotate(90)
        s.canvas.drawString(0, 0, "1")

    (table,) = read_tables(draw(tmp_path, page))
    assert (table.headings, [row.cells for row in table.rows]) == (
        tuple(HEADINGS),
        [tuple(CAMDEN), tuple(BARNET)],
    )


def test_shading_in_pieces_and_borders_in_pieces_make_no_cells(tmp_path: Path) -> None:
    """As Word prints: borders cell by cell as thin areas with dots at corners,
    each line of text shaded."""

    def page(s: Sheet) -> None:
        edges = (20.0, 120.0, 180.0, 220.0)
        for top, bottom, shaded in ((20, 56, (0, 1, 2)), (56, 92, (1,)), (92, 112, (1,))):
            for column in shaded:
                x, width = edges[column] + 0.5, edges[column + 1] - edges[column] - 0.5
                s.fill(x, top, width, bottom - top, GREY)
                s.fill(x, top, width, 11, GREY)
                s.fill(x, top + 11, width, 2, GREY)  # a strip as thin as a border
                s.fill(x, top + 13, width, 4, GREY)
        for y in (20, 56, 92, 112):
            for x0, x1 in pairwise(edges):
                s.fill(x0, y, 0.5, 0.5)
                s.fill(x0 + 0.5, y, x1 - x0 - 0.5, 0.5)
        for x in edges:
            for top, bottom in ((20, 56), (56, 92), (92, 112)):
                s.fill(x, top + 0.5, 0.5, bottom - top - 0.5)
        for number, texts in enumerate((HEADINGS, CAMDEN, BARNET)):
            for column, text in enumerate(texts):
                s.text(edges[column] + 2, 30 + 36 * number, text)

    (table,) = read_tables(draw(tmp_path, page))
    assert table.headings == tuple(HEADINGS)
    assert [row.cells for row in table.rows] == [tuple(CAMDEN), tuple(BARNET)]


def test_black_borders_count_beside_black_headings(tmp_path: Path) -> None:
    """Thin areas of the colour of the shading, which else are strips of it."""

    def page(s: Sheet) -> None:
        s.fill(20, 20, 200, 16, colors.black)
        for y in (20, 36, 52, 68):
            s.fill(20, y, 200, 0.5)
        for x in (20, 120, 180, 220):
            s.fill(x, 20, 0.5, 48)
        for y, texts in ((31, HEADINGS), (47, CAMDEN), (63, BARNET)):
            for x, text in zip((23, 123, 183), texts, strict=True):
                s.text(x, y, text, colour=colors.white if y == 31 else colors.black)

    (table,) = read_tables(draw(tmp_path, page))
    assert table.headings == tuple(HEADINGS)
    assert [row.cells for row in table.rows] == [tuple(CAMDEN), tuple(BARNET)]


def test_what_is_shaded_over_in_white_is_not_shaded(tmp_path: Path) -> None:
    def page(s: Sheet) -> None:
        s.fill(20, 20, 200, 48, GREY)
        s.fill(20, 36, 200, 32, colors.white)
        s.table(HEADINGS, CAMDEN, BARNET, headings=False)

    (table,) = read_tables(draw(tmp_path, page))
    assert (table.headings, len(table.rows)) == (tuple(HEADINGS), 2)


def test_a_ruling_may_be_drawn_in_pieces_that_meet_inside_a_cell(tmp_path: Path) -> None:
    def page(s: Sheet) -> None:
        y = s.table(HEADINGS, CAMDEN)
        for x in (20, 120, 180, 220):
            s.line(x, y, x, y + 32)
        s.line(20, y + 16, 70, y + 16)
        s.line(71, y + 16, 220, y + 16)
        s.line(20, y + 32, 220, y + 32)
        s.text(23, y + 27, "Barnet")

    rows = read_tables(draw(tmp_path, page))[0].rows
    assert [row.cells for row in rows] == [tuple(CAMDEN), ("", "", ""), ("Barnet", "", "")]


def test_a_space_that_trails_into_the_next_cell_divides_no_figure(tmp_path: Path) -> None:
    def page(s: Sheet) -> None:
        y = s.row(s.row(20, HEADINGS, shade=GREY), ["", "", "1"])
        s.text(88.7, y - 5, "Camden  ")
        s.text(120.9, y - 5, "06/04/23")

    assert read_tables(draw(tmp_path, page))[0].rows[0].cells == ("Camden", "06/04/23", "1")


def test_an_underlined_link_divides_no_cell(tmp_path: Path) -> None:
    def page(s: Sheet) -> None:
        s.table(HEADINGS, CAMDEN)
        s.line(20, 47, 60, 47)
        s.fill(20, 42, 200, 0.5, colors.white)

    (table,) = read_tables(draw(tmp_path, page))
    assert [row.cells for row in table.rows] == [tuple(CAMDEN)]


def test_a_double_border_is_no_row_and_a_table_needs_no_outer_border(tmp_path: Path) -> None:
    def page(s: Sheet) -> None:
        for y in (20, 36, 40, 56):
            s.line(20, y, 220, y)
        for x in (120, 180):
            s.line(x, 20, x, 56)
        for y, texts in ((31, HEADINGS), (51, CAMDEN)):
            for x, text in zip((23, 123, 183), texts, strict=True):
                s.text(x, y, text, bold=texts is HEADINGS)

    (table,) = read_tables(draw(tmp_path, page))
    assert (table.headings, [row.cells for row in table.rows]) == (tuple(HEADINGS), [tuple(CAMDEN)])


# --- grids that cannot be read without guessing, every one of them at once


def test_text_across_a_ruling_is_refused_with_its_page_and_words(tmp_path: Path) -> None:
    def second(s: Sheet) -> None:
        y = s.table(BARNET, headings=False)
        s.row(y, ["", "", ""])
        s.text(90, y + 10, "Westminster-by-the-river")
        s.text(183, y + 17, "12")

    path = draw(tmp_path, lambda s: s.table(HEADINGS, CAMDEN), second)
    assert read_problems(path) == [
        "grid.pdf, page 2: the text 'Westminster-by-the-river' printed across a ruling",
        "grid.pdf, page 2: the text '12' printed across a ruling",
    ]


def test_a_word_that_runs_into_the_next_cell_between_two_letters_is_refused(tmp_path: Path) -> None:
    def page(s: Sheet) -> None:
        y = s.table(HEADINGS, CAMDEN)
        s.row(y, ["", "", ""])
        s.canvas.setFont("Courier", 10)  # every letter is 6 points wide
        s.canvas.drawString(120 - 4 * 6, 400 - y - 11, "12345678")

    assert read_problems(draw(tmp_path, page)) == [
        "grid.pdf, page 1: the text '12345678' printed across a ruling"
    ]


def test_a_figure_on_a_ruling_is_refused(tmp_path: Path) -> None:
    def page(s: Sheet) -> None:
        y = s.row(s.row(20, HEADINGS, shade=GREY), ["Camden", "", ""])
        s.text(178.2, y - 5, "8")  # less than half of it is left of the ruling at 180

    assert read_problems(draw(tmp_path, page)) == [
        "grid.pdf, page 1: the text '8' printed across a ruling"
    ]


def test_a_glyph_that_the_text_layer_cannot_name_is_refused() -> None:
    lines = [[Ruling(at, 0, 40) for at in (0, 20, 40)] for _ in range(2)]
    glyph = Glyph("(cid:7)", 5, 10, 5, 15, False, "right")
    _, problems = read_blocks(
        PageMarks(1, (glyph,), tuple(lines[0]), tuple(lines[1]), (), 0.0), "grid.pdf"
    )
    assert [problem.found for problem in problems] == ["'(cid:7)', which no letters belong to"]


def test_text_that_leaves_the_table_is_refused(tmp_path: Path) -> None:
    def page(s: Sheet) -> None:
        s.text(205, s.table(HEADINGS, CAMDEN) - 5, "123456")

    assert read_problems(draw(tmp_path, page)) == [
        "grid.pdf, page 1: the text '123456' printed across a ruling"
    ]


def test_merged_divided_and_ragged_cells_are_refused_together(tmp_path: Path) -> None:
    def page(s: Sheet) -> None:
        y = s.table(HEADINGS, CAMDEN)
        s.cell(20, y, 160, 16, "None in May")
        s.cell(180, y, 40, 16, "0")
        s.cell(20, y + 16, 100, 32, "Barnet")
        for row in (0, 1):
            s.cell(120, y + 16 + 16 * row, 60, 16, f"0{row + 7}/04/23")
            s.cell(180, y + 16 + 16 * row, 40, 16, "2")

    assert read_problems(draw(tmp_path, page)) == [
        'grid.pdf, page 1, row 2: a row of 2 cells that begins "None in May | 0"',
        (
            'grid.pdf, page 1, row 3: a row of 5 cells that begins "Barnet | 07/04/23 | 2 | '
            '08/04/23 | 2"'
        ),
    ]


def test_cells_side_by_side_and_above_each_other_in_one_row_are_refused(tmp_path: Path) -> None:
    def page(s: Sheet) -> None:
        y = s.table(HEADINGS, CAMDEN)
        s.cell(20, y, 100, 32, "Barnet")
        s.cell(120, y, 100, 16, "07/04/23")
        s.cell(120, y + 16, 100, 16, "2")

    text = 'a row of 3 cells that begins "Barnet | 07/04/23 | 2"'
    assert read_problems(draw(tmp_path, page)) == [f"grid.pdf, page 1, row 2: {text}"]


def test_a_cell_without_four_corners_is_refused(tmp_path: Path) -> None:
    def page(s: Sheet) -> None:
        y = s.table(HEADINGS, CAMDEN)
        s.line(20, y, 20, y + 32)
        s.line(120, y + 16, 220, y + 16)
        s.line(120, y, 120, y + 16)
        s.line(20, y + 32, 220, y + 32)
        s.line(220, y, 220, y + 32)
        s.text(23, y + 10, "Barnet")

    assert (
        "grid.pdf, page 1: a cell without four corners, 20 points from the left and 52 from the top"
        in read_problems(draw(tmp_path, page))
    )


def test_a_table_inside_a_cell_is_refused(tmp_path: Path) -> None:
    def page(s: Sheet) -> None:
        y = s.row(20, ["Place", "Notes"], shade=GREY, widths=(60, 300))
        s.row(y, ["Camden", ""], widths=(60, 300), height=100)
        s.table(HEADINGS, BARNET, y=60, x=100)

    assert read_problems(draw(tmp_path, page)) == [
        "grid.pdf, page 1: a ruled table inside another one"
    ]
