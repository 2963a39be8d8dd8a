"""Residents of the areas where cameras stood: the weighted share, its bounds, what is above it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.measures.groups.places_used import Selected, weigh_places
from etl.model.demographics import PlacedRow

SELECTED = Selected("northshire", 2024, "ward", {"black": 0.2})


def row(
    faces: int | None, people: int, black: int, *, area: str = "A", workday: int | None = None
) -> PlacedRow:
    return PlacedRow(
        deployment_id="x",
        year=2024,
        deployments=1,
        faces_seen=faces,
        area_code=area if people else None,
        people_count=people,
        people={"black": black} if people else {},
        workday_people_count=workday,
    )


def test_the_share_is_weighted_by_faces_or_by_deployments() -> None:
    rows = [row(100, 1_000, 100), row(300, 1_000, 500, area="B")]
    by_faces = weigh_places(rows, "black", "faces_seen", SELECTED)
    by_rows = weigh_places(rows, "black", "deployments", SELECTED)
    assert by_faces.share == pytest.approx((100 * 0.1 + 300 * 0.5) / 400)
    assert by_rows.share == pytest.approx(0.3)
    assert (by_rows.above_count, by_rows.placed_count, by_rows.areas_count) == (1, 2, 2)
    assert by_faces.lowest_share == by_faces.share == by_faces.highest_share


def test_the_bounds_are_for_the_rest_as_none_and_as_all() -> None:
    rows = [row(100, 1_000, 100), row(300, 0, 0)]
    used = weigh_places(rows, "black", "faces_seen", SELECTED)
    assert (used.placed_weight, used.all_weight) == (100, 400)
    assert (used.lowest_share, used.share, used.highest_share) == pytest.approx(
        (10 / 400, 0.1, 310 / 400)
    )


def test_a_row_without_the_weight_weighs_nothing() -> None:
    used = weigh_places([row(None, 1_000, 100)], "black", "faces_seen", SELECTED)
    assert (used.share, used.lowest_share, used.placed_count) == (None, None, 1)


def test_a_share_equal_to_the_average_is_not_above_it() -> None:
    used = weigh_places([row(1, 1_000, 200)], "black", "deployments", SELECTED)
    assert used.above_count == 0


def test_people_of_a_working_day_for_each_resident() -> None:
    rows = [row(1, 1_000, 0, workday=3_000), row(1, 1_000, 0), row(2, 1_000, 0, workday=0)]
    used = weigh_places(rows, "black", "faces_seen", SELECTED)
    assert used.workday_people_per_resident == pytest.approx(1.0)


rows_of = st.lists(
    st.builds(
        lambda faces, people, part: row(faces, people, round(people * part)),
        st.none() | st.integers(0, 10_000),
        st.integers(0, 5_000),
        st.floats(0, 1),
    ),
    min_size=1,
    max_size=20,
)


@given(rows_of, st.sampled_from(["deployments", "faces_seen"]))
def test_the_share_lies_between_its_bounds(rows: list[PlacedRow], weight: str) -> None:
    used = weigh_places(rows, "black", weight, SELECTED)
    if used.share is not None:
        assert used.lowest_share is not None
        assert used.highest_share is not None
        assert -1e-9 <= used.lowest_share <= used.share + 1e-9
        assert used.share <= used.highest_share + 1e-9 <= 1 + 2e-9
        width = used.highest_share - used.lowest_share
        assert width == pytest.approx(1 - used.placed_weight / used.all_weight)


def test_where_there_is_no_area_nothing_is_above_its_average() -> None:
    used = weigh_places([row(1, 1_000, 200)], "black", "deployments", Selected("x", 1, "ward", {}))
    assert (used.average_share, used.above_count, used.share) == (None, None, 0.2)


@given(
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 10**5), st.floats(0, 1)), min_size=1)
)
def test_the_bounds_hold_the_share_also_after_rounding(
    drawn: list[tuple[int, int, float]],
) -> None:
    rows = [row(faces, people, round(people * part)) for faces, people, part in drawn]
    used = weigh_places(rows, "black", "faces_seen", SELECTED)
    if used.share is not None:
        assert used.lowest_share == used.share == used.highest_share
