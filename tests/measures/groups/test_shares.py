"""A group's share of events in a tiny world: against residents, against another group, and when it
is refused."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import math
from pathlib import Path
from typing import Any

import pytest

from etl.measures.groups.crosswalks import find_counterpart
from etl.measures.groups.shares import CountedGroup, compare_group
from etl.model.caveats import CAVEATS
from etl.model.demographics import BENCHMARK_KIND, VERDICT, Benchmark, GroupDisparity
from etl.model.refusals import REFUSAL, QueryError
from etl.queries.record import Record
from tests.measures.groups.sample_groups import CROSSWALKS, YEAR, build_history, group_count

COUNTS = [
    group_count("ic1", 8, 40),
    group_count("ic2", 2, 40),
    group_count("ic3", 16, 40),
    group_count("ic4", 5, 40),
    group_count("ic5", 4, 40),
    group_count("ic6", 1, 40),
    group_count("ic9", 4, 40),
    group_count("ic3", 2, 9, stage_code="arrests"),
    group_count("ic3", 0, 0, stage_code="alerts"),
    group_count("ic3", 5, None, stage_code="no_action"),
    group_count("ic3", 3, 12, stage_code="true_alerts"),
    group_count("ic3", 4, 12, stage_code="other_disposals"),
    group_count("ic3", 3, 11, stage_code="other_disposals", claim_id="c_2"),
    group_count("ic4", 3, 11, stage_code="true_alerts_confirmed"),
]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    return build_history(tmp_path_factory.mktemp("releases"), COUNTS)


def fetch(record: Record, group: str, stage: str = "false_alerts", **more: Any) -> GroupDisparity:
    answer = record.groups.disparity(stage, group, **({"force": "alpha"} | more))
    assert answer.refusal is None
    assert answer.disparity is not None
    return answer.disparity


def test_a_share_against_residents(record: Record) -> None:
    group_disparity = fetch(record, "ic3")
    assert (
        group_disparity.group_count,
        group_disparity.total_count,
        group_disparity.benchmark_share,
    ) == (16, 40, 200 / 2000)
    assert (
        group_disparity.share,
        group_disparity.verdict_code,
        group_disparity.low_reliability,
    ) == (16 / 40, "above", False)
    assert group_disparity.share_ratio == pytest.approx((16 / 40) / (200 / 2000))
    assert group_disparity.share_difference == pytest.approx(16 / 40 - 200 / 2000)
    assert group_disparity.rate_ratio == pytest.approx((16 / 200) / (24 / 1800))
    assert group_disparity.unknown_count == 4
    assert group_disparity.basis_code == "officer_perceived"
    assert {"perceived_against_self_defined", "unknown_in_total", "watchlist_over_flags"} <= set(
        group_disparity.caveats
    )
    assert set(group_disparity.caveats) <= CAVEATS.keys()
    assert group_disparity.notes == ("A perception.",)


def test_groups_that_stand_together_are_added_up(record: Record) -> None:
    group_disparity = fetch(record, "asian")
    assert (
        group_disparity.group_codes,
        group_disparity.group_count,
        group_disparity.total_count,
    ) == (("ic4", "ic5"), 5 + 4, 40)
    assert group_disparity.benchmark_share == 400 / 2000
    assert (
        group_disparity.group_label
        == "IC4 Asian and IC5 Chinese, Japanese or other South-East Asian"
    )


def test_a_group_against_another_group(record: Record) -> None:
    group_disparity = fetch(record, "ic3", reference_group="white")
    assert (group_disparity.group_count, group_disparity.total_count) == (16, 16 + 8 + 2)
    assert group_disparity.benchmark_share == pytest.approx(200 / (200 + 1400))
    assert group_disparity.rate_ratio == pytest.approx((16 / 200) / (10 / 1400))
    assert "unknown_in_total" not in group_disparity.caveats
    turned = fetch(record, "white", reference_group="ic3")
    assert turned.rate_ratio == pytest.approx(1 / group_disparity.rate_ratio)
    assert turned.verdict_code == "below"


def test_no_difference_detected_says_what_could_have_been(record: Record) -> None:
    group_disparity = fetch(record, "asian")
    assert group_disparity.verdict_code == "not_detected"
    assert (
        group_disparity.reason
        == "No difference was detected, which is not evidence that there is none."
    )
    assert "not_detected_is_not_absent" in group_disparity.caveats
    assert group_disparity.smallest_detectable_share_ratio is not None
    assert group_disparity.smallest_detectable_share_ratio > 1.5
    assert "bias" not in group_disparity.reason


def test_fewer_than_three_events_give_counts_and_nothing_computed_from_them(record: Record) -> None:
    group_disparity = fetch(record, "ic3", "arrests")
    assert (
        group_disparity.group_count,
        group_disparity.total_count,
        group_disparity.verdict_code,
    ) == (2, 9, "too_few")
    computed = (
        "share",
        "share_ratio",
        "share_difference",
        "rate_ratio",
        "p_value",
        "p_value_above",
        "not_above_from_share",
    )
    assert [getattr(group_disparity, name) for name in computed] == [None] * len(computed)
    assert [
        value
        for name, value in dataclasses.asdict(group_disparity).items()
        if name.endswith(("_low", "_high"))
    ] == [None] * 8
    assert group_disparity.smallest_detectable_share is not None


def test_true_alerts_by_group_are_shown_beside_but_not_compared_with(record: Record) -> None:
    listed = record.groups.benchmarks(
        "ic3", force="alpha", classification="officer_perceived_ic", period=YEAR
    ).benchmarks
    (counted,) = [benchmark for benchmark in listed if benchmark.kind_code == "counted_share"]
    assert (counted.benchmark_id, counted.share) == ("true_alerts_by_group", 3 / 12)
    assert counted.low is not None
    assert counted.high is not None
    assert counted.low < 3 / 12 < counted.high
    refused = record.groups.disparity(
        "false_alerts", "ic3", force="alpha", benchmark="true_alerts_by_group"
    ).refusal
    assert refused is not None
    assert refused.code == "benchmark_not_a_share"


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ({"force": "nowhere"}, "unknown_force"),
        ({"stage": "sightings"}, "unknown_stage"),
        ({"group": "martian"}, "unknown_group"),
        ({"group": "martian", "classification": "officer_perceived_ic"}, "unknown_group"),
        ({"classification": "race"}, "unknown_classification"),
        ({"benchmark": "passers_by"}, "unknown_benchmark"),
        ({"period": (dt.date(2025, 2, 1), dt.date(2025, 1, 1))}, "impossible_period"),
        ({"period": (dt.date(2025, 2, 1), None)}, "no_group_count"),  # the count reaches out of it
        ({"period": (dt.date(2027, 1, 1), dt.date(2027, 12, 31))}, "no_group_count"),
        ({"stage": "engagements_after_true_alerts"}, "no_group_count"),
        # IC5 is not published
        ({"stage": "true_alerts_confirmed", "group": "asian"}, "no_group_count"),
        ({"stage": "no_action"}, "no_group_count"),  # a count without a total
        ({"stage": "other_disposals"}, "several_group_counts"),
        ({"group": "mixed"}, "group_not_comparable"),
        ({"group": "ic9"}, "group_not_comparable"),
        ({"reference_group": "black"}, "group_not_comparable"),
        ({"reference_group": "martian"}, "unknown_group"),
        ({"group": "other"}, "benchmark_unavailable"),  # nobody is counted as Other in the area
        ({"benchmark": "faces_seen_by_group"}, "benchmark_unavailable"),
        ({"benchmark": "seeded_tests"}, "benchmark_not_a_share"),
        ({"stage": "alerts"}, "zero_denominator"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_code_and_a_reason(
    record: Record, question: dict[str, Any], code: str
) -> None:
    requested_question = {"stage": "false_alerts", "group": "ic3", "force": "alpha"} | question
    answer = record.groups.disparity(**requested_question)
    assert answer.disparity is None
    assert answer.refusal is not None
    assert (answer.refusal.code, answer.refusal.reason.endswith(".")) == (code, True)
    assert answer.refusal.code in REFUSAL


def test_no_number_is_ever_not_a_number(record: Record) -> None:
    pairs = itertools.product(("false_alerts", "arrests", "true_alerts"), ("ic3", "white", "asian"))
    result = [
        record.groups.disparity(stage, group, force="alpha").disparity for stage, group in pairs
    ]
    disparities = [disparity for disparity in result if disparity]
    assert disparities
    for disparity in disparities:
        numbers = [
            value for value in dataclasses.asdict(disparity).values() if isinstance(value, float)
        ]
        assert numbers
        assert all(math.isfinite(number) for number in numbers)
        assert disparity.verdict_code in VERDICT
        assert disparity.benchmark.kind_code in BENCHMARK_KIND


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_a_benchmark_of_nobody_or_everybody_divides_nothing(share: float) -> None:
    selection = find_counterpart("ic3", "officer_perceived_ic", CROSSWALKS)
    benchmark = Benchmark("force_residents", 5, "-", "known_share", True, "-", "-", share=share)
    with pytest.raises(QueryError) as refused:
        compare_group(
            selection, CountedGroup(16, 40, (group_count("ic3", 16, 40),)), benchmark, None
        )
    assert refused.value.refusal.code == "zero_denominator"


def test_a_refusal_must_have_a_known_code() -> None:
    with pytest.raises(KeyError):
        QueryError("because", "-")


def test_a_release_without_counts_by_group_answers_with_a_refusal(tmp_path: Path) -> None:
    empty = build_history(tmp_path, [])
    refused = empty.groups.disparity("false_alerts", "black", force="alpha").refusal
    assert refused is not None
    assert refused.code == "no_group_count"
