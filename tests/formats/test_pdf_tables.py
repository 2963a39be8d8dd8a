"""Headings, pages and broken rows: for each rule a table that shows it, and what just does not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.lib import colors

from etl.formats.pdf.tables import read_tables
from etl.model.cells import RawRow
from tests.formats.sample_pdfs import (
    BARNET,
    BRENT,
    CAMDEN,
    GREY,
    HEADINGS,
    HEIGHT,
    SUTTON,
    YELLOW,
    Sheet,
    draw,
    read_problems,
)


def places(rows: Sequence[RawRow]) -> list[tuple[int, int, str]]:
    return [(row.page, row.row, row.cells[0]) for row in rows]


# --- headings


def two_tiers(s: Sheet, y: float = 20) -> float:
    s.cell(20, y, 100, 32, "Place", shade=GREY)
    s.cell(120, y, 100, 16, "True Alerts", shade=GREY)
    s.cell(120, y + 16, 60, 16, "Confirmed", shade=GREY)
    s.cell(180, y + 16, 40, 16, "Other", shade=GREY)
    return y + 32


def test_two_tiers_of_headings_are_joined(tmp_path: Path) -> None:
    (table,) = read_tables(draw(tmp_path, lambda s: s.row(two_tiers(s), ["Camden", "3", "1"])))
    assert table.headings == ("Place", "True Alerts / Confirmed", "True Alerts / Other")
    assert places(table.rows) == [(1, 1, "Camden")]


def test_headings_in_a_box_of_their_own_belong_to_the_box_below(tmp_path: Path) -> None:
    def page(s: Sheet) -> None:
        two_tiers(s)
        s.row(64, ["Camden", "3", "1"], x=26, widths=(88, 66, 44))

    (table,) = read_tables(draw(tmp_path, page))
    assert table.headings == ("Place", "True Alerts / Confirmed", "True Alerts / Other")
    assert table.rows == (RawRow(1, 1, ("Camden", "3", "1")),)


def test_headings_without_shade_are_told_by_bold_text(tmp_path: Path) -> None:
    def page(s: Sheet) -> None:
        y = s.row(20, ["", "", ""])
        for x, text in zip((23, 123, 183), HEADINGS, strict=True):
            s.text(x, 31, text, bold=True)
        s.row(y, CAMDEN)

    (table,) = read_tables(draw(tmp_path, page))
    assert (table.headings, len(table.rows)) == (tuple(HEADINGS), 1)


@pytest.mark.parametrize(
    "shades", [(None, None, None), (GREY, None, GREY), (GREY, GREY, GREY, GREY)]
)
def test_a_table_without_a_row_that_looks_like_headings_is_refused(
    tmp_path: Path, shades: tuple[colors.Color | None, ...]
) -> None:
    def page(s: Sheet) -> None:
        for number, shade in enumerate(shades):
            s.row(20 + HEIGHT * number, BARNET if number else CAMDEN, shade=shade)

    path = draw(tmp_path, page)
    begins = (
        'a table that begins "Camden | 06/04/23 | 1", without headings and unlike the tables '
        "before it"
    )
    assert read_problems(path) == [f"grid.pdf, page 1: {begins}"]
    (table,) = read_tables(path, is_heading=lambda texts: texts == tuple(CAMDEN))
    assert table.headings == tuple(CAMDEN)


def test_the_hint_decides_alone(tmp_path: Path) -> None:
    path = draw(tmp_path, lambda s: s.table(HEADINGS, ["of the day", "", ""], CAMDEN))
    (table,) = read_tables(path, is_heading=lambda texts: "Camden" not in texts)
    assert table.headings == ("Place / of the day", "Date", "Alerts")


# --- pages


def test_a_table_goes_on_where_a_page_has_no_headings(tmp_path: Path) -> None:
    (table,) = read_tables(
        draw(
            tmp_path,
            lambda s: s.table(HEADINGS, CAMDEN),
            lambda s: s.table(BARNET, SUTTON, headings=False, y=50),
        )
    )
    assert places(table.rows) == [(1, 1, "Camden"), (2, 1, "Barnet"), (2, 2, "Sutton")]


@pytest.mark.parametrize("shaded", [True, False])
def test_headings_repeated_on_a_later_page_are_not_data(tmp_path: Path, shaded: bool) -> None:
    (table,) = read_tables(
        draw(
            tmp_path,
            lambda s: s.table(HEADINGS, CAMDEN),
            lambda s: s.table(HEADINGS, BARNET, SUTTON, headings=shaded),
        )
    )
    assert places(table.rows) == [(1, 1, "Camden"), (2, 1, "Barnet"), (2, 2, "Sutton")]


def test_other_headings_over_the_same_columns_begin_a_table(tmp_path: Path) -> None:
    first, second = read_tables(
        draw(
            tmp_path,
            lambda s: s.table(HEADINGS, CAMDEN),
            lambda s: s.table(["Place", "Date", "Hits"], BARNET),
        )
    )
    assert (first.headings[2], places(first.rows)) == ("Alerts", [(1, 1, "Camden")])
    assert (second.headings[2], places(second.rows)) == ("Hits", [(2, 1, "Barnet")])


def test_a_highlighted_row_on_a_later_page_is_data(tmp_path: Path) -> None:
    def second(s: Sheet) -> None:
        s.row(s.row(20, BARNET, shade=YELLOW), SUTTON)

    (table,) = read_tables(draw(tmp_path, lambda s: s.table(HEADINGS, CAMDEN), second))
    assert places(table.rows) == [(1, 1, "Camden"), (2, 1, "Barnet"), (2, 2, "Sutton")]


def test_other_columns_without_headings_are_refused(tmp_path: Path) -> None:
    path = draw(
        tmp_path,
        lambda s: s.table(HEADINGS, CAMDEN),
        lambda s: s.table(BARNET, headings=False, x=30),
    )
    begins = (
        'a table that begins "Barnet | 07/04/23 | 2", without headings and unlike the tables '
        "before it"
    )
    assert read_problems(path) == [f"grid.pdf, page 2: {begins}"]


def test_a_legend_and_a_footnote_are_never_rows_of_the_table(tmp_path: Path) -> None:
    def last(s: Sheet) -> None:
        y = s.table(BARNET, headings=False)
        s.text(20, y + 8, "1 A true alert is when the probe image is the same.")
        s.box(20, y + 20, 150, 20)
        s.text(23, y + 32, "A framed note")
        y = s.row(y + 50, ["Reference", "Purpose"], shade=GREY, widths=(100, 100))
        y = s.row(y, ["1.", "Wanted by the courts"], widths=(100, 100))
        s.row(y, ["2.", ""], widths=(100, 100))
        s.line(20, 300, 120, 300)

    table, legend = read_tables(draw(tmp_path, lambda s: s.table(HEADINGS, CAMDEN), last))
    assert places(table.rows) == [(1, 1, "Camden"), (2, 1, "Barnet")]
    assert legend.headings == ("Reference", "Purpose")
    # Page and row name one place of the file, whichever table it is in.
    assert legend.rows == (RawRow(2, 2, ("1.", "Wanted by the courts")), RawRow(2, 3, ("2.", "")))


def test_headings_at_the_foot_of_a_page_and_again_on_the_next_are_one_table(tmp_path: Path) -> None:
    (table,) = read_tables(
        draw(tmp_path, lambda s: s.table(HEADINGS), lambda s: s.table(HEADINGS, BARNET))
    )
    assert places(table.rows) == [(2, 1, "Barnet")]


def test_headings_that_no_rows_follow_are_a_table_without_rows(tmp_path: Path) -> None:
    def page(s: Sheet) -> None:
        s.row(
            s.row(100, ["Reference", "Purpose"], shade=GREY, widths=(50, 50)),
            ["1.", ""],
            widths=(50, 50),
        )
        s.table(HEADINGS)

    empty, legend = read_tables(draw(tmp_path, page))
    assert (empty.headings, empty.rows) == (tuple(HEADINGS), ())
    assert legend.headings == ("Reference", "Purpose")


def test_headings_repeated_below_another_table_begin_a_table(tmp_path: Path) -> None:
    def second(s: Sheet) -> None:
        s.table(HEADINGS, SUTTON, y=s.table(BARNET, headings=False) + 30)

    first, other = read_tables(draw(tmp_path, lambda s: s.table(HEADINGS, CAMDEN), second))
    assert places(first.rows) == [(1, 1, "Camden"), (2, 1, "Barnet")]
    assert places(other.rows) == [(2, 2, "Sutton")]


def test_headings_repeated_further_down_a_page_begin_a_table(tmp_path: Path) -> None:
    def page(s: Sheet) -> None:
        s.table(HEADINGS, BARNET, y=s.table(HEADINGS, CAMDEN) + 30)

    first, second = read_tables(draw(tmp_path, page))
    assert (places(first.rows), places(second.rows)) == ([(1, 1, "Camden")], [(1, 2, "Barnet")])


# --- rows that a page breaks

PART = 12.0  # a part of a row is lower than a whole one


def test_a_row_that_a_page_breaks_is_one_row_of_the_page_it_starts_on(tmp_path: Path) -> None:
    (table,) = read_tables(
        draw(
            tmp_path,
            lambda s: s.table(HEADINGS, CAMDEN, ["Belvedere", "24/10/24", "0"]),
            lambda s: s.table(
                BARNET, headings=False, y=s.row(20, ["Rd, Waterloo", "", ""], height=PART)
            ),
        )
    )
    assert places(table.rows) == [
        (1, 1, "Camden"),
        (1, 2, "Belvedere Rd, Waterloo"),
        (2, 1, "Barnet"),
    ]
    assert table.rows[1].cells == ("Belvedere Rd, Waterloo", "24/10/24", "0")


def test_a_row_that_two_pages_break_is_one_row_under_repeated_headings(tmp_path: Path) -> None:
    (table,) = read_tables(
        draw(
            tmp_path,
            lambda s: s.table(HEADINGS, CAMDEN, ["Seven", "24/10/24", "0"]),
            lambda s: s.row(s.table(HEADINGS), ["Sisters", "", ""], height=PART),
            lambda s: s.table(
                BARNET, headings=False, y=s.row(s.table(HEADINGS), ["Road", "", ""], height=PART)
            ),
        )
    )
    assert places(table.rows) == [(1, 1, "Camden"), (1, 2, "Seven Sisters Road"), (3, 1, "Barnet")]


@pytest.mark.parametrize("open_above", [True, False])
def test_a_row_is_broken_where_both_pages_leave_its_ruling_out(
    tmp_path: Path, open_above: bool
) -> None:
    def first(s: Sheet) -> None:
        y = s.table(HEADINGS, CAMDEN)
        for x in (20, 120, 180, 220):
            s.line(x, y, x, y + 20)
        for x, text in ((23, "Belvedere"), (123, "24/10/24"), (183, "1,")):
            s.text(x, y + 12, text)

    def second(s: Sheet) -> None:
        for x in (20, 120, 180, 220):
            s.line(x, 20, x, 40)
        if not open_above:
            s.line(20, 20, 220, 20)
        for x, text in ((23, "Road"), (123, "to 25/10/24"), (183, "2")):
            s.text(x, 32, text)
        s.table(BARNET, y=40, headings=False)

    (table,) = read_tables(draw(tmp_path, first, second))
    parts = [("Belvedere", "24/10/24", "1,"), ("Road", "to 25/10/24", "2")]
    whole = [("Belvedere Road", "24/10/24 to 25/10/24", "1, 2")]
    assert [row.cells for row in table.rows[1:]] == [
        *(whole if open_above else parts),
        tuple(BARNET),
    ]


@pytest.mark.parametrize(
    ("last", "next_"),
    [
        (SUTTON, ["Brent", "09/04/23", ""]),  # one blank may be the publisher's
        (["", "08/04/23", "3"], ["Brent", "", ""]),  # nothing above to go on from
        (SUTTON, ["", "", ""]),  # an empty row says nothing
    ],
)
def test_a_row_with_blanks_on_top_of_a_page_stays_a_row(
    tmp_path: Path, last: list[str], next_: list[str]
) -> None:
    path = draw(
        tmp_path,
        lambda s: s.table(HEADINGS, CAMDEN, BARNET, last),
        lambda s: s.table(next_, BRENT, headings=False),
    )
    assert [row.cells for row in read_tables(path)[0].rows[2:]] == [
        tuple(last),
        tuple(next_),
        tuple(BRENT),
    ]


def test_a_legend_row_with_half_of_its_cells_empty_stays_a_row(tmp_path: Path) -> None:
    def pages(top: list[str]) -> Path:
        def first(s: Sheet) -> None:
            y = s.row(20, ["Reference", "Purpose"], shade=GREY, widths=(60, 140))
            s.row(s.row(y, ["1.", "Wanted"], widths=(60, 140)), ["2.", "Missing"], widths=(60, 140))

        return draw(tmp_path, first, lambda s: s.row(20, top, widths=(60, 140)))

    assert read_tables(pages(["3.", ""]))[0].rows[-1] == RawRow(2, 1, ("3.", ""))
    assert read_tables(pages(["", "persons"]))[0].rows[-1] == RawRow(
        1, 2, ("2.", "Missing persons")
    )
