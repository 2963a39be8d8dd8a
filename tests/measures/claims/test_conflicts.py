"""Claims set beside one another, with figures that fit and that do not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from etl.measures.claims.compare import to_statement
from etl.measures.claims.conflicts import Statement, find_conflicts
from etl.measures.claims.figures import to_allowed
from etl.measures.claims.notes import describe_conflicts
from tests.measures.claims.sample_claims import CLAIM, READING, day

MARCH = (day("2025-03-01"), day("2025-03-31"))
SPRING = (day("2025-03-01"), day("2025-05-31"))
NORTH = {"force_id": ("northshire",)}
BOTH = {"force_id": ("northshire", "southshire")}


def statement(
    number: int, stated: int, period: Any = MARCH, where: Any = NORTH, **args: Any
) -> Statement:
    stated_as = args.get("stated_as", "exact")
    return Statement(
        claim_id=f"claims_{number:04d}",
        numerator=args.get("numerator", "arrests"),
        denominator=args.get("denominator"),
        where=where,
        period=period,
        stated=Decimal(stated),
        stated_as=stated_as,
        allowed=to_allowed(Fraction(stated), stated_as, None),
    )


@pytest.mark.parametrize(
    ("each_statement", "other", "relations"),
    [
        (statement(1, 10), statement(2, 11), ("same_rows", "same_rows")),
        (statement(1, 10), statement(2, 10), ()),
        (statement(1, 15), statement(2, 20, stated_as="nearly"), ()),
        (statement(1, 21), statement(2, 20, stated_as="nearly"), ("same_rows", "same_rows")),
        (statement(1, 10), statement(2, 10, stated_as="more_than"), ("same_rows", "same_rows")),
        # More in March than in the spring; less in March is no conflict.
        (statement(1, 10, SPRING), statement(2, 11), ("more_for_a_part", "less_for_the_whole")),
        (statement(1, 10, SPRING), statement(2, 9), ()),
        (statement(1, 10, SPRING, stated_as="more_than"), statement(2, 11), ()),
        (
            statement(1, 10, (None, None)),
            statement(2, 11),
            ("more_for_a_part", "less_for_the_whole"),
        ),
        (statement(1, 11, (None, day("2025-03-31"))), statement(2, 10), ()),
        # More by one force than by two, or by all; another force is another thing.
        (statement(1, 10, where=BOTH), statement(2, 11), ("more_for_a_part", "less_for_the_whole")),
        (statement(1, 10, where={}), statement(2, 11), ("more_for_a_part", "less_for_the_whole")),
        (statement(1, 10, where={"force_id": ("southshire",)}), statement(2, 11), ()),
        (
            statement(1, 10),
            statement(2, 11, where={**NORTH, "place_id": ("square",)}),
            ("more_for_a_part", "less_for_the_whole"),
        ),
        # Another stage, and a rate of a part.
        (statement(1, 10), statement(2, 11, numerator="alerts"), ()),
        (
            statement(1, 10, SPRING, denominator="alerts"),
            statement(2, 11, denominator="alerts"),
            (),
        ),
        (
            statement(1, 10, denominator="alerts"),
            statement(2, 11, denominator="alerts"),
            ("same_rows", "same_rows"),
        ),
    ],
)
def test_which_claims_do_not_fit_beside_each_other(
    each_statement: Statement, other: Statement, relations: tuple[str, ...]
) -> None:
    conflicts = find_conflicts([each_statement, other])
    assert (
        tuple(conflict.relation for claim in sorted(conflicts) for conflict in conflicts[claim])
        == relations
    )


def test_the_others_are_named_with_what_they_state() -> None:
    conflicts = find_conflicts(
        [statement(1, 10), statement(2, 11), statement(3, 11), statement(4, 20, SPRING)]
    )
    assert list(describe_conflicts(conflicts["claims_0001"])) == [
        "Elsewhere another figure is stated for the same: 11 (claims_0002, claims_0003)."
    ]
    assert "claims_0004" not in conflicts
    assert list(describe_conflicts(())) == []


def test_a_claim_whose_days_were_inferred_contradicts_nothing() -> None:
    assert to_statement(CLAIM, READING) is not None
    for changes in (
        {"window_code": "inferred"},
        {"window_code": "searched"},
        {"comparable": "no", "reason_code": "other_definition"},
        {"comparable": "no", "reason_code": "survey", "measure_id": None},
    ):
        assert to_statement(CLAIM, replace(READING, **changes)) is None
    share = replace(READING, comparable="no", reason_code="not_counted", reading_code="denominator")
    assert to_statement(replace(CLAIM, denominator=12), share) is not None
