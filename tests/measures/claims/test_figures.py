"""Which figures a statement allows, at and just beyond its ends."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from etl.measures.claims.figures import Allowed, to_allowed


@pytest.mark.parametrize(
    ("stated", "stated_as", "rounded_to", "held", "not_held"),
    [
        (
            "4700000",
            "rounded",
            "100000",
            ["4600001", "4799999"],
            ["4600000", "4800000"],
        ),  # cut off, or rounded
        ("0.0048", "rounded", "0.0001", ["0.00482", "0.0048999"], ["0.0049", "0.0047"]),
        ("400000", "about", "100000", ["380000", "350000", "450000"], ["349999", "450001"]),
        ("5000000", "nearly", None, ["5000000", "4000001"], ["5000001", "4000000"]),
        ("4700000", "nearly", None, ["4700000", "4600001"], ["4700001", "4600000"]),
        ("0.5", "nearly", None, ["0.5", "0.41"], ["0.51", "0.4"]),
        ("1400", "more_than", None, ["1401"], ["1400", "1399"]),
        ("1400", "at_least", None, ["1401", "1400"], ["1399"]),
        ("962", "exact", None, ["962"], ["961", "963"]),
        ("0", "exact", None, ["0"], ["1"]),
        ("0", "nearly", None, ["0"], ["1"]),
    ],
)
def test_what_a_statement_allows(
    stated: str, stated_as: str, rounded_to: str | None, held: list[str], not_held: list[str]
) -> None:
    allowed = to_allowed(Fraction(stated), stated_as, Decimal(rounded_to) if rounded_to else None)
    assert [figure for figure in held if not allowed.holds(Fraction(figure))] == []
    assert [figure for figure in not_held if allowed.holds(Fraction(figure))] == []


def test_only_a_figure_beyond_the_upper_end_lies_above() -> None:
    rounded = to_allowed(Fraction(10), "rounded", Decimal(1))
    assert rounded.lies_above(Fraction(11))
    assert not rounded.lies_above(Fraction("10.9"))
    assert not rounded.lies_above(Fraction(5))
    assert not to_allowed(Fraction(10), "at_least", None).lies_above(Fraction(1000))


def test_a_statement_is_above_another_where_no_figure_fits_both() -> None:
    ten, more = Allowed(Fraction(10), Fraction(10)), Allowed(Fraction(10), None, low_open=True)
    assert more.is_above(ten)
    assert not ten.is_above(more)
    assert not Allowed(Fraction(10), None).is_above(ten)
    assert Allowed(Fraction(11), None).is_above(ten)
