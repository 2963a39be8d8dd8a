"""What follows from printed cells, and what does not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.model import codes
from etl.model.funnel_parts import PARTS
from etl.model.records import Count, Deployment
from etl.pipeline.derivations import counts_at_rate, derive_counts

DEPLOYMENT = Deployment(
    deployment_id="a_0001",
    force_id="f",
    publication_id="a",
    edition_id="a_1",
    page=1,
    row=1,
    location_text="Here",
    reliability="primary",
)


def derive(
    rate: str | None = None, statuses: dict[str, str] | None = None, **printed: int
) -> dict[str, Count]:
    counts = [
        Count(
            deployment_id="a_0001",
            stage_code=stage,
            value=printed.get(stage),
            value_status=(statuses or {}).get(
                stage, "published" if stage in printed else "not_published"
            ),
        )
        for stage in codes.STAGE
    ]
    result = derive_counts([replace(DEPLOYMENT, published_false_alert_rate_text=rate)], counts)
    return {count.stage_code: count for count in result}


def test_a_whole_is_the_sum_of_its_printed_parts() -> None:
    counts = derive(true_alerts_confirmed=10, true_alerts_unconfirmed=2)
    assert (counts["true_alerts"].value, counts["true_alerts"].derivation) == (
        10 + 2,
        "sum_of_parts",
    )


def test_a_whole_with_an_unknown_part_stays_unknown() -> None:
    assert derive(true_alerts_confirmed=10)["true_alerts"].value is None


def test_parts_that_already_make_up_the_whole_leave_nothing() -> None:
    counts = derive(alerts=1, true_alerts_unconfirmed=0, false_alerts_confirmed=1)
    assert counts["false_alerts"].value == 1
    assert counts["true_alerts_confirmed"].value == 0


def test_a_printed_number_is_never_replaced() -> None:
    counts = derive(alerts=1, true_alerts_confirmed=1, true_alerts_unconfirmed=1, false_alerts=0)
    assert (counts["alerts"].value, counts["alerts"].value_status) == (1, "published")


@pytest.mark.parametrize(
    ("rate", "faces", "false_alerts"),
    [
        ("0", 9780, 0),
        ("0%", 9780, 0),
        ("0.008", 11476, 1),
        ("0.0169%", 11834, 2),
        ("0.01", 7720, 1),
    ],
)
def test_a_printed_rate_that_only_one_number_gives(
    rate: str, faces: int, false_alerts: int
) -> None:
    counts = derive(rate, faces_seen=faces, alerts=9)
    assert (counts["false_alerts"].value, counts["false_alerts"].derivation) == (
        false_alerts,
        "only_count_at_rate",
    )
    assert counts["true_alerts"].value == 9 - false_alerts


def test_a_printed_rate_that_two_numbers_give_says_nothing() -> None:
    assert counts_at_rate(Decimal(0), 250_000) == (0, 1, 2)
    assert derive("0%", faces_seen=250_000, alerts=9)["false_alerts"].value is None


def test_a_rate_above_zero_that_no_number_gives_says_nothing() -> None:
    assert counts_at_rate(Decimal("0.0009"), 51_220) == ()


def test_a_lower_bound_enters_no_arithmetic() -> None:
    counts = derive("0%", {"faces_seen": "at_least"}, faces_seen=9780, alerts=9)
    assert counts["false_alerts"].value is None


def test_a_deployment_stopped_by_a_fault_is_not_filled_with_zeros() -> None:
    fault = dict.fromkeys(("true_alerts_confirmed", "true_alerts_unconfirmed"), "technical_fault")
    counts = derive(None, fault, alerts=0, true_alerts=0)
    assert counts["true_alerts_confirmed"].value is None


@given(st.lists(st.integers(0, 20), min_size=4, max_size=4), st.sets(st.integers(0, 6)))
def test_whatever_is_printed_the_derived_numbers_add_up(
    leaves: list[int], hidden: set[int]
) -> None:
    tc, tu, fc, fu = leaves
    whole = {
        "true_alerts_confirmed": tc,
        "true_alerts_unconfirmed": tu,
        "false_alerts_confirmed": fc,
        "false_alerts_unconfirmed": fu,
        "true_alerts": tc + tu,
        "false_alerts": fc + fu,
        "alerts": tc + tu + fc + fu,
    }
    shown = {
        stage: value for number, (stage, value) in enumerate(whole.items()) if number not in hidden
    }
    counts = derive(**shown)
    for stage, value in whole.items():
        assert counts[stage].value in (None, value)
    for total, parts in PARTS:
        values = [counts[part].value for part in parts]
        if None not in values and counts[total].value is not None:
            assert counts[total].value == sum(value or 0 for value in values)
