"""Which tables of a file are kept: headings as they are compared, legends, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.formats.visibility import render_rules
from etl.model.cells import RawRow, RawTable
from etl.model.problems import UnknownShapeError
from etl.sources.column_maps import (
    UnknownHeadingsError,
    keep_known_tables,
    open_column_map,
    recognise_vintage,
)

PUBLICATION = "metropolitan_deployments"
RECORD = open_column_map(PUBLICATION)[-1]


def make_table(*rows: tuple[str, str, str], page: int = 1) -> RawTable:
    """Rows of a place, a day and the last figure."""
    width = len(RECORD.headings)
    cells = [(place, day, *["0"] * (width - 3), figure) for place, day, figure in rows]
    return RawTable(
        RECORD.headings, tuple(RawRow(page, number, row) for number, row in enumerate(cells, 1))
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("fi", "\ufb01"),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace("Con", "Con\u00ad "),
        lambda text: text.replace("firmed", "- firmed"),
        lambda text: " ".join(text),
        lambda text: text.replace(" ", "\t"),
    ],
)
def test_a_heading_set_in_another_way_is_the_same(change) -> None:  # type: ignore[no-untyped-def]
    headings = tuple(change(heading) for heading in RECORD.headings)
    assert recognise_vintage("file", PUBLICATION, headings) == RECORD


def test_headings_that_differ_are_told_once_with_the_nearest_layout() -> None:
    headings = ("Place", *RECORD.headings[1:-1], "Faces")
    with pytest.raises(UnknownShapeError) as caught:
        recognise_vintage("file", PUBLICATION, headings)
    (problem,) = caught.value.problems
    assert problem.found == (
        f"no column '{RECORD.headings[0]}'; no column '{RECORD.headings[-1]}'; "
        "the column 'Place'; the column 'Faces'"
    )
    assert RECORD.name in problem.expected


def test_a_legend_is_left_aside_and_a_table_of_corrections_is_refused() -> None:
    table = make_table(("Camden", "06/04/25", "1"))
    legend = RawTable(("Reference", "Purpose"), (RawRow(1, 2, ("1.", "Wanted")),))
    assert keep_known_tables("file", PUBLICATION, [table, legend]) == (table,)
    corrections = RawTable(("Deployment", "Column", "Correct figure"), ())
    with pytest.raises(UnknownHeadingsError, match="Deployment, Column, Correct figure"):
        keep_known_tables("file", PUBLICATION, [table, corrections])


def test_a_row_that_a_later_table_prints_again_is_refused_with_its_place() -> None:
    first = make_table(("Camden", "06/04/25", "1"), ("Barnet", "06/04/25", "2"))
    again = make_table(("Camden", "06/04/25", "3"), page=4)
    with pytest.raises(
        UnknownShapeError, match="file, page 4, row 1: found Camden, 06/04/25 again"
    ):
        keep_known_tables("file", PUBLICATION, [first, again])
    other = make_table(("Camden", "07/04/25", "3"), page=4)
    assert keep_known_tables("file", PUBLICATION, [first, other]) == (first, other)


def test_a_place_with_two_deployments_on_a_day_is_kept() -> None:
    table = make_table(("Camden", "06/04/25", "1"), ("Camden", "06/04/25", "2"))
    assert keep_known_tables("file", PUBLICATION, [table]) == (table,)


def test_the_guide_has_the_rules_of_what_is_seen() -> None:
    guide = Path(__file__).parents[2] / "docs" / "visibility.md"
    assert render_rules() in guide.read_text(encoding="utf-8")
