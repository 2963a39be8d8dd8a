"""CSV files: each rule with a file that passes and the smallest change that does not;
round trips."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from etl.formats.spreadsheets import read_csv_table
from etl.model.cells import RawRow, RawTable
from etl.model.problems import RecordError, UnknownShapeError, UnreadableFileError

PUBLISHED = Path(__file__).parents[3] / "shared" / "published"
GOOD = b'Date,Place,Alerts\n06/04/23,"High St, Ilford",7\n14/04/23,Camden,0\n'

Keep = Callable[[bytes], Path]


@pytest.fixture
def keep(tmp_path: Path) -> Keep:
    def keep_bytes(data: bytes) -> Path:
        path = tmp_path / "return.csv"
        path.write_bytes(data)
        return path

    return keep_bytes


def list_problems(kind: type[RecordError], path: Path, **options: bool | str) -> list[str]:
    """Every problem of the file as place, found and expected; each must also come with a remedy."""
    with pytest.raises(kind) as caught:
        read_csv_table(path, **options)  # type: ignore[arg-type]
    assert all(problem.remedy for problem in caught.value.problems)
    return [
        f"{problem.where}: {problem.found}; {problem.expected}" for problem in caught.value.problems
    ]


def test_a_file_is_read_as_written(keep: Keep) -> None:
    table = read_csv_table(keep(GOOD))
    assert table.headings == ("Date", "Place", "Alerts")
    assert table.rows == (
        RawRow(1, 1, ("06/04/23", "High St, Ilford", "7")),
        RawRow(1, 2, ("14/04/23", "Camden", "0")),
    )


@pytest.mark.parametrize("data", [GOOD.replace(b"\n", b"\r\n"), GOOD.rstrip(b"\n")])
def test_line_ends_do_not_matter(keep: Keep, data: bytes) -> None:
    assert read_csv_table(keep(data)) == read_csv_table(keep(GOOD))


def test_spaces_blank_cells_and_lines_in_a_cell_are_kept(keep: Keep) -> None:
    table = read_csv_table(keep(b'Place,Note\n Camden ,\n"Powis St,\nWoolwich","said ""yes"""\n'))
    assert [row.cells for row in table.rows] == [
        (" Camden ", ""),
        ("Powis St,\nWoolwich", 'said "yes"'),
    ]


def test_headings_without_rows_are_a_table(keep: Keep) -> None:
    assert read_csv_table(keep(b"Date,Alerts\n")) == RawTable(("Date", "Alerts"), ())


# --- bytes


def test_an_empty_file_is_refused(keep: Keep) -> None:
    assert list_problems(UnreadableFileError, keep(b"")) == [
        "return.csv: an empty file; a heading row and rows"
    ]


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-be"])
def test_utf_16_is_refused(keep: Keep, codec: str) -> None:
    data = ("" if codec == "utf-16" else "\ufeff") + GOOD.decode()
    assert list_problems(UnreadableFileError, keep(data.encode(codec))) == [
        "return.csv: UTF-16 text; UTF-8 text"
    ]


def test_a_byte_order_mark_is_refused(keep: Keep) -> None:
    assert list_problems(UnreadableFileError, keep(b"\xef\xbb\xbf" + GOOD)) == [
        "return.csv: a byte-order mark at the start; UTF-8 text without one"
    ]


def test_windows_bytes_are_refused_with_line_and_byte_for_every_line(keep: Keep) -> None:
    assert read_csv_table(keep("Place,Note\nKing’s Cross,\n".encode())).column("Place") == (
        "King’s Cross",
    )
    assert list_problems(
        UnreadableFileError, keep(b"Place,Note\nKing\x92s Cross,\nOK,\nCaf\xe9,\nx,\x81\n")
    ) == [
        'return.csv, line 2, byte 5: the byte 0x92 ("’" in Windows-1252); UTF-8 text',
        'return.csv, line 4, byte 4: the byte 0xE9 ("é" in Windows-1252); UTF-8 text',
        "return.csv, line 5, byte 3: the byte 0x81; UTF-8 text",
    ]


def test_nul_bytes_are_refused(keep: Keep) -> None:
    assert list_problems(UnreadableFileError, keep(GOOD.replace(b"Camden", b"Cam\0den"))) == [
        "return.csv, line 3: a NUL byte; text"
    ]


# --- quotation marks and separators


def test_an_unclosed_quotation_mark_is_refused_where_its_line_starts(keep: Keep) -> None:
    assert list_problems(
        UnreadableFileError, keep(GOOD + b'20/04/23,"Islington,4\n24/04/23,Barking,1\n')
    ) == ["return.csv, line 4: a quotation mark that is never closed; a closing quotation mark"]


def test_an_unclosed_quotation_mark_in_a_long_file_is_the_same(keep: Keep) -> None:
    assert list_problems(
        UnreadableFileError,
        keep(GOOD + b'20/04/23,"Islington,4\n' + b"24/04/23,Barking,1\n" * 10_000),
    ) == ["return.csv, line 4: a quotation mark that is never closed; a closing quotation mark"]


def test_text_after_a_closing_quotation_mark_is_refused_on_every_line(keep: Keep) -> None:
    assert list_problems(UnreadableFileError, keep(b'A,B\n"x"y,1\n2,3\n"z" ,4\n')) == [
        "return.csv, line 2: text after a closing quotation mark; a comma or the end of the line",
        "return.csv, line 4: text after a closing quotation mark; a comma or the end of the line",
    ]


@pytest.mark.parametrize(
    ("sign", "words"), [(";", "semi-colons"), ("\t", "tabs"), ("|", "vertical bars")]
)
def test_other_separators_are_refused_and_nothing_else_is_said(
    keep: Keep, sign: str, words: str
) -> None:
    data = f"Date{sign}Place{sign}Alerts\n06/04/23{sign}High St, Ilford{sign}7\n"
    assert list_problems(UnknownShapeError, keep(data.encode())) == [
        f"return.csv, line 1: one column, separated by {words}; columns separated by commas"
    ]


def test_one_column_is_a_table_of_one_column(keep: Keep) -> None:
    assert read_csv_table(keep(b"Place\nCamden; Kentish Town\n")).rows[0].cells == (
        "Camden; Kentish Town",
    )


# --- headings and lengths


def test_repeated_and_blank_headings_are_refused(keep: Keep) -> None:
    assert list_problems(UnknownShapeError, keep(b"Date,Alerts,,Alerts, ,\n1,2,3,4,5,6\n")) == [
        "return.csv, line 1: no heading over column 3; a heading over every column",
        "return.csv, line 1: no heading over column 5; a heading over every column",
        "return.csv, line 1: no heading over column 6; a heading over every column",
        'return.csv, line 1: the heading "Alerts" 2 times; every heading once',
    ]


def test_rows_too_short_too_long_and_empty_are_refused_with_their_lines(keep: Keep) -> None:
    assert list_problems(UnknownShapeError, keep(b'A,B\n1,2\n1\n"1\n1",2\n1,2,3\n\n1,2\n')) == [
        "return.csv, line 3: 1 cell; 2 cells, one under each heading",
        "return.csv, line 6: 3 cells; 2 cells, one under each heading",
        "return.csv, line 7: an empty line; 2 cells",
    ]


# --- formulas


@pytest.mark.parametrize(
    "cell", ["-", "-1", "+44", "-0.5", "-1,234", "1+1", "a=b", "5%", "+3%", "", "x@y.uk"]
)
def test_text_that_a_spreadsheet_shows_is_read(keep: Keep, cell: str) -> None:
    assert read_csv_table(keep(f'A,B\n"{cell}",1\n'.encode())).rows[0].cells == (cell, "1")


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1+1", "-1+cmd", "--", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1+1", "- none"],
)
def test_a_formula_is_refused_unless_allowed(keep: Keep, cell: str) -> None:
    path = keep(f'A,B\n1,"{cell}"\n'.encode())
    assert list_problems(UnknownShapeError, path) == [
        f'return.csv, line 2, column "B": a formula, {cell!r}; plain text or a number'
    ]
    assert read_csv_table(path, formulas_allowed=True).rows[0].cells == ("1", cell)


def test_a_formula_in_a_heading_is_refused(keep: Keep) -> None:
    assert list_problems(UnknownShapeError, keep(b"A,=B\n1,2\n")) == [
        "return.csv, line 1, column \"=B\": a formula, '=B'; plain text or a number"
    ]


# --- page and row


def test_page_and_row_columns_are_the_place_and_not_cells(keep: Keep) -> None:
    path = keep(b"row,Place,page\n2,Camden,1\n1,Ilford,3\n1,Barking,1\n")
    assert read_csv_table(path, page_column="page", row_column="row") == RawTable(
        ("Place",),
        (RawRow(1, 2, ("Camden",)), RawRow(3, 1, ("Ilford",)), RawRow(1, 1, ("Barking",))),
    )
    assert [(row.page, row.row) for row in read_csv_table(path, page_column="page").rows] == [
        (1, 1),
        (3, 1),
        (1, 2),
    ]
    assert read_csv_table(path).headings == ("row", "Place", "page")


def test_missing_place_columns_are_refused(keep: Keep) -> None:
    assert list_problems(
        UnknownShapeError, keep(b"Place\nCamden\n"), page_column="page", row_column="row"
    ) == [
        'return.csv, line 1: no heading "page"; a column for each row\'s place',
        'return.csv, line 1: no heading "row"; a column for each row\'s place',
    ]
    assert list_problems(
        UnknownShapeError, keep(b"page,row\n1,1\n"), page_column="page", row_column="row"
    ) == ["return.csv, line 1: no column with published cells; at least one"]


def test_places_that_are_not_whole_numbers_from_1_are_refused(keep: Keep) -> None:
    path = keep(b"page,row,Place\n1,1,Camden\n0,2,x\n1,,x\n1,-3,x\n1.0,04,x\n")
    assert list_problems(UnknownShapeError, path, page_column="page", row_column="row") == [
        "return.csv, line 3, column \"page\": '0'; a whole number from 1",
        "return.csv, line 4, column \"row\": ''; a whole number from 1",
        "return.csv, line 5, column \"row\": '-3'; a whole number from 1",
        "return.csv, line 6, column \"page\": '1.0'; a whole number from 1",
        "return.csv, line 6, column \"row\": '04'; a whole number from 1",
    ]


def test_a_place_that_stands_twice_is_refused(keep: Keep) -> None:
    path = keep(b"page,row,Place\n1,1,Camden\n2,1,Ilford\n1,1,Barking\n")
    assert list_problems(UnknownShapeError, path, page_column="page", row_column="row") == [
        "return.csv, line 4: page 1, row 1, which line 2 has already; every page and row once"
    ]


def test_all_problems_are_told_at_once(keep: Keep) -> None:
    assert list_problems(UnreadableFileError, keep(b'\xef\xbb\xbfA,A\n=1,2\n"x"y\n3\n')) == [
        "return.csv: a byte-order mark at the start; UTF-8 text without one",
        "return.csv, line 3: text after a closing quotation mark; a comma or the end of the line",
        'return.csv, line 1: the heading "A" 2 times; every heading once',
        "return.csv, line 4: 1 cell; 2 cells, one under each heading",
        "return.csv, line 2, column \"A\": a formula, '=1'; plain text or a number",
    ]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="nothing that can be opened"):
        read_csv_table(tmp_path / "gone.csv")


# --- real files


@pytest.mark.parametrize(
    ("name", "rows", "columns"),
    [
        ("forces/british-transport-register.csv", 22, 12),
        ("forces/reported-deployments.csv", None, 14),
        ("forces/misidentifications.csv", None, 14),
        ("met/transcription-2025.csv", None, 10),
        ("met/transcription-2026.csv", None, 10),
    ],
)
@pytest.mark.published
def test_real_files_are_read_whole(name: str, rows: int | None, columns: int) -> None:
    path = PUBLISHED / name
    if not path.exists():
        pytest.skip("the published files are not beside the repository")
    table = read_csv_table(path)
    assert len(table.headings) == columns
    assert table.rows
    if rows is not None:
        assert len(table.rows) == rows


@pytest.mark.published
def test_a_real_file_with_numbered_rows() -> None:
    path = PUBLISHED / "met" / "transcription-2025.csv"
    if not path.exists():
        pytest.skip("the published files are not beside the repository")
    table = read_csv_table(path, row_column="row")
    assert table.rows[0] == RawRow(
        1,
        1,
        (
            "2025-01-08",
            "High St North, East Ham",
            "Newham",
            "Crime Hotspot",
            "9780",
            "10",
            "4",
            "0",
            "",
        ),
    )
