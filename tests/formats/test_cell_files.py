"""Kept cells come back exactly as they were written,
and a file that was not so written is refused."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.formats.cell_files import read_cells, write_cells
from etl.model.cells import RawRow, RawTable
from etl.model.problems import UnreadableFileError

TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), max_size=8
) | st.sampled_from(["=1", "-", "@x", '"', ",", "\n", '""', " ", "\ufeff", "\u2028", "\x85", "1;2"])


@st.composite
def tables(draw: st.DrawFn) -> RawTable:
    named = TEXTS.filter(lambda text: bool(text.strip()) and text not in ("page", "row"))
    headings = draw(st.lists(named, min_size=1, max_size=4))
    places = draw(
        st.lists(st.tuples(st.integers(1, 99), st.integers(1, 99)), max_size=5, unique=True)
    )
    cells = st.tuples(*(TEXTS for _ in headings))
    return RawTable(tuple(headings), tuple(RawRow(page, row, draw(cells)) for page, row in places))


@given(first=tables(), second=tables())
def test_what_is_written_reads_back_equal(
    first: RawTable, second: RawTable, tmp_path_factory: pytest.TempPathFactory
) -> None:
    taken = {(row.page, row.row) for row in first.rows}
    rest = tuple(row for row in second.rows if (row.page, row.row) not in taken)
    written = (first, RawTable(second.headings, rest))
    path = tmp_path_factory.getbasetemp() / "round_trip.cells.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        write_cells(written, out)
    assert read_cells(path) == written


def test_headings_that_change_half_way_start_another_table(tmp_path: Path) -> None:
    path = tmp_path / "two.cells.csv"
    path.write_text(
        'page,row,Purpose\n1,1,"1,2"\npage,row,Use Case\n6,1,Crime Hotspot\n', encoding="utf-8"
    )
    first, second = read_cells(path)
    assert (first.headings, second.headings) == (("Purpose",), ("Use Case",))
    out = io.StringIO()
    write_cells((first, second), out)
    assert out.getvalue() == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"", "an empty file"),
        (b"Place,Alerts\nHere,7\n", "a first line that begins page,row,"),
        (b"page,row,Place\n1,1\n", "2 fields; expected 3 fields"),
        (b"page,row,Place\n1,x,Here\n", "page '1', row 'x'"),
        (b"page,row,Place\n1,0,Here\n", "two whole numbers from 1"),
        (b"page,row,Place\n1,1,Here\n1,1,There\n", "page 1, row 1 a second time"),
        (b"page,row,Place\n1,1,Caf\xe9\n", "UTF-8"),
    ],
)
def test_a_file_that_was_not_so_written_is_refused(
    tmp_path: Path, text: bytes, message: str
) -> None:
    path = tmp_path / "x.cells.csv"
    path.write_bytes(text)
    with pytest.raises(UnreadableFileError) as error:
        read_cells(path)
    assert message in str(error.value)


def test_all_lines_that_are_wrong_are_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "x.cells.csv"
    path.write_text("page,row,Place\n1,1\n1,x,Here\n", encoding="utf-8")
    with pytest.raises(UnreadableFileError) as error:
        read_cells(path)
    assert len(error.value.problems) == 2


def test_a_quotation_mark_inside_a_cell_is_read_and_no_traceback(tmp_path: Path) -> None:
    path = tmp_path / "marked.cells.csv"
    path.write_text('page,row,A\n1,1,"a"b\n', encoding="utf-8")
    (table,) = read_cells(path)
    assert table.rows == (RawRow(1, 1, ("ab",)),)
