"""Rows in memory: which are added up, which only counted, and how often the warehouse is asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from etl.measures.catalogue import MEASURES
from etl.measures.claims.rows import ClaimRows
from etl.model.queries import RowSum
from tests.measures.claims.sample_claims import day, row

ARRESTS = MEASURES["arrests_count"]
MARCH = (day("2025-03-01"), day("2025-03-31"))
ROWS = [
    row("a", "2025-03-01", 6),
    row("b", "2025-03-31", None),
    row("c", "2025-03-30", 50, "2025-04-01"),
    row("d", "2025-04-01", 7),
    row("e", "2025-03-02", 4, force_id="southshire", place_id="square"),
    replace(row("f", "2025-03-03", 9), first_date=None, last_date=None),
]


def opened() -> tuple[ClaimRows, list[Any]]:
    query: list[Any] = []

    def sum_rows(*fields: str | None, counted: bool) -> list[RowSum]:
        query.append((fields, counted))
        return [each_row for each_row in ROWS if counted]

    return ClaimRows(sum_rows), query


def test_only_rows_wholly_inside_are_added_up_and_the_others_that_touch_are_counted() -> None:
    (sums,) = opened()[0].add_up(ARRESTS, {"force_id": ("northshire",)}, MARCH)
    # Of a, b, c and f: c reaches into April, and f may lie anywhere.
    assert (sums.numerator, sums.rows_count, sums.used_count, sums.outside_count) == (6, 4, 1, 2)
    (ever,) = opened()[0].add_up(ARRESTS, {"force_id": ("northshire",)}, (None, None))
    assert (ever.numerator, ever.rows_count, ever.used_count, ever.outside_count) == (72, 5, 4, 0)


def test_rows_are_chosen_by_what_is_asked_and_grouped_in_order() -> None:
    rows, _ = opened()
    parts = rows.add_up(ARRESTS, {}, MARCH, by=("force_id",))
    assert [(dict(part.group)["force_id"], part.numerator) for part in parts] == [
        ("northshire", 6),
        ("southshire", 4),
    ]
    (square,) = rows.add_up(ARRESTS, {"place_id": ("square",)}, MARCH)
    assert square.numerator == 4
    assert rows.add_up(ARRESTS, {"force_id": ("eastshire",)}, MARCH) == []
    assert rows.add_up(ARRESTS, {}, MARCH, counted=False) == []


def test_the_warehouse_is_asked_once_for_each_pair_of_fields() -> None:
    rows, query = opened()
    for _ in range(3):
        rows.add_up(ARRESTS, {}, MARCH)
        rows.add_up(ARRESTS, {}, MARCH, counted=False)
    assert query == [(("arrests", None), True), (("arrests", None), False)]
