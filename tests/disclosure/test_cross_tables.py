"""Tables of people: what is refused, what is inconsistent,
and what readers see of a protected one."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence

import pytest

from etl.disclosure.cross_tables import (
    REFUSED_CROSS,
    CrossTable,
    Dimension,
    InvalidTableError,
    Key,
    RefusedCrossError,
    refuse_cross,
)
from etl.disclosure.disclosure import protect
from etl.measures.catalogue import GROUPINGS
from etl.model.codes import VALUE_STATUS

SEX = Dimension("sex", "person", ("f", "m"), {"all": ("f", "m")})


def table(
    dimensions: Sequence[Dimension],
    counts: Sequence[int],
    release: str = "r1",
    subject: str = "alerts",
    published: Sequence[Key] = (),
) -> CrossTable:
    """Counts of the members in reading order, with all margins."""
    keys = itertools.product(*(dimension.members for dimension in dimensions))
    return CrossTable.of_members(
        release, subject, dimensions, dict(zip(keys, counts, strict=True)), published
    )


@pytest.mark.parametrize(
    "fine",
    [name for name in GROUPINGS if name not in ("force_id", "year", "use_case", "reliability")],
)
def test_people_by_place_or_date_are_refused(fine: str) -> None:
    refusal = refuse_cross(["sex", fine])
    assert refusal is not None
    assert refusal.code == REFUSED_CROSS
    assert refusal.reason.startswith(f"sex is never given by {fine}")
    assert refuse_cross([fine, "force_id", "year"]) is None


def test_people_in_a_part_of_a_year_are_refused() -> None:
    first, last = dt.date(2025, 1, 1), dt.date(2025, 12, 31)
    assert refuse_cross(["sex"], (first, last)) is None
    assert refuse_cross(["sex"], (first, None)) is None
    for period in ((first, dt.date(2025, 12, 30)), (dt.date(2025, 1, 2), None)):
        refusal = refuse_cross(["sex", "force_id"], period)
        assert refusal is not None
        assert refusal.reason.startswith("sex is never given by part of a year")
        assert refuse_cross(["force_id"], period) is None


def test_people_by_force_and_year_are_not_refused_and_the_unknown_is() -> None:
    assert refuse_cross(["sex", "ethnicity", "officer_perceived_ic", "force_id", "year"]) is None
    assert refuse_cross(["self_defined_5", "shoe_size"]) is not None


def test_a_table_of_people_by_month_is_refused_unless_it_is_published_or_only_a_total() -> None:
    month = Dimension("month", "date", ("2025-01", "2025-02"), {"year": ("2025-01", "2025-02")})
    crossed = table([SEX, month], [50, 60, 70, 80])
    with pytest.raises(RefusedCrossError, match="sex is never given by month") as caught:
        protect([crossed])
    assert caught.value.code == REFUSED_CROSS
    assert protect([table([SEX, month], [50, 60, 70, 80], published=list(crossed.counts))])
    allowed: list[Key] = [("f", "year"), ("m", "year"), ("all", "2025-01"), ("all", "2025-02")]
    assert protect(
        [CrossTable("r1", "alerts", (SEX, month), {key: crossed.counts[key] for key in allowed})]
    )


def test_readers_are_told_the_same_of_every_hidden_cell_and_nothing_else() -> None:
    (each_table,) = protect([table([SEX], [2, 20])])
    small, other, total = each_table.cells
    assert (small.count, small.status, small.symbol) == (None, "suppressed", "[c]")
    assert (small.status, small.symbol, small.reason) == (other.status, other.symbol, other.reason)
    assert (total.count, total.status, total.symbol) == (22, "derived", "")
    assert {"suppressed", "derived", "published"} <= set(VALUE_STATUS)
    assert "20" not in repr(each_table)


BAD = {
    "no count for a combination": lambda: CrossTable.of_members("r1", "alerts", [SEX], {("f",): 3}),
    "a negative count": lambda: CrossTable("r1", "alerts", (SEX,), {("f",): -1}),
    "an undeclared code": lambda: CrossTable("r1", "alerts", (SEX,), {("x",): 1}),
    "a published cell without a count": lambda: CrossTable(
        "r1", "alerts", (SEX,), {("f",): 1}, frozenset({("m",)})
    ),
    "a code twice": lambda: Dimension("sex", "person", ("f", "f")),
    "a total of unknown members": lambda: Dimension(
        "sex", "person", ("f", "m"), {"all": ("f", "x")}
    ),
    "an attribute of people passed off as another": lambda: Dimension("sex", "event", ("f", "m")),
    "parts that are more than the whole": lambda: protect(
        [CrossTable("r1", "alerts", (SEX,), {("f",): 9, ("m",): 9, ("all",): 10})]
    ),
    "two counts for one cell": lambda: protect([table([SEX], [9, 9]), table([SEX], [9, 10])]),
    "two breakdowns by one name": lambda: protect(
        [table([SEX], [9, 9]), table([Dimension("sex", "person", ("f", "m"))], [9, 9])]
    ),
    "two releases at once": lambda: protect([table([SEX], [9, 9]), table([SEX], [9, 9], "r2")]),
    "a release that has been": lambda: protect(
        [table([SEX], [9, 9])], protect([table([SEX], [9, 9])])
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_tables_that_are_not_consistent_are_refused(name: str) -> None:
    with pytest.raises(InvalidTableError):
        BAD[name]()
