"""A group's share of events in a tiny world: against residents, against another group, and when it is
refused."""

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
from etl.model.refusals import REFUSAL, NoAnswer
from etl.queries.record import Answers
from tests.measures.group_world import CROSSWALKS, YEAR, build_world, group_count

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
def answers(tmp_path_factory: pytest.TempPathFactory) -> Answers:
    return build_world(tmp_path_factory.mktemp("releases"), COUNTS)


def ask(answers: Answers, group: str, stage: str = "false_alerts", **more: Any) -> GroupDisparity:
    answer = answers.disparity(stage, group, **({"force": "alpha"} | more))
    assert answer.refusal is None
    assert answer.disparity is not None
    return answer.disparity


def test_a_share_against_residents(answers: Answers) -> None:
    found = ask(answers, "ic3")
    assert (found.group_count, found.total_count, found.benchmark_share) == (16, 40, 200 / 2000)
    assert (found.share, found.verdict_code, found.low_reliability) == (16 / 40, "above", False)
    assert found.share_ratio == pytest.approx((16 / 40) / (200 / 2000))
    assert found.share_difference == pytest.approx(16 / 40 - 200 / 2000)
    assert found.rate_ratio == pytest.approx((16 / 200) / (24 / 1800))
    assert found.unknown_count == 4
    assert found.basis_code == "officer_perceived"
    assert {"perceived_against_self_defined", "unknown_in_total", "watchlist_over_flags"} <= set(
        found.caveats
    )
    assert set(found.caveats) <= CAVEATS.keys()
    assert found.notes == ("A perception.",)


def test_groups_that_stand_together_are_added_up(answers: Answers) -> None:
    found = ask(answers, "asian")
    assert (found.group_codes, found.group_count, found.total_count) == (("ic4", "ic5"), 5 + 4, 40)
    assert found.benchmark_share == 400 / 2000
    assert found.group_label == "IC4 Asian and IC5 Chinese, Japanese or other South-East Asian"


def test_a_group_against_another_group(answers: Answers) -> None:
    found = ask(answers, "ic3", reference_group="white")
    assert (found.group_count, found.total_count) == (16, 16 + 8 + 2)
    assert found.benchmark_share == pytest.approx(200 / (200 + 1400))
    assert found.rate_ratio == pytest.approx((16 / 200) / (10 / 1400))
    assert "unknown_in_total" not in found.caveats
    turned = ask(answers, "white", reference_group="ic3")
    assert turned.rate_ratio == pytest.approx(1 / found.rate_ratio)
    assert turned.verdict_code == "below"


def test_no_difference_detected_says_what_could_have_been(answers: Answers) -> None:
    found = ask(answers, "asian")
    assert found.verdict_code == "not_detected"
    assert found.reason == "No difference was detected, which is not evidence that there is none."
    assert "not_detected_is_not_absent" in found.caveats
    assert found.smallest_detectable_share_ratio is not None
    assert found.smallest_detectable_share_ratio > 1.5
    assert "bias" not in found.reason


def test_fewer_than_three_events_give_counts_and_nothing_computed_from_them(answers: Answers) -> None:
    found = ask(answers, "ic3", "arrests")
    assert (found.group_count, found.total_count, found.verdict_code) == (2, 9, "too_few")
    computed = (
        "share",
        "share_ratio",
        "share_difference",
        "rate_ratio",
        "p_value",
        "p_value_above",
        "not_above_from_share",
    )
    assert [getattr(found, name) for name in computed] == [None] * len(computed)
    assert [
        value for name, value in dataclasses.asdict(found).items() if name.endswith(("_low", "_high"))
    ] == [None] * 8
    assert found.smallest_detectable_share is not None


def test_true_alerts_by_group_are_shown_beside_but_not_compared_with(answers: Answers) -> None:
    listed = answers.benchmarks(
        "ic3", force="alpha", classification="officer_perceived_ic", period=YEAR
    ).benchmarks
    (counted,) = [one for one in listed if one.kind_code == "counted_share"]
    assert (counted.benchmark_id, counted.share) == ("true_alerts_by_group", 3 / 12)
    assert counted.low is not None
    assert counted.high is not None
    assert counted.low < 3 / 12 < counted.high
    refused = answers.disparity(
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
        ({"stage": "true_alerts_confirmed", "group": "asian"}, "no_group_count"),  # IC5 is not published
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
    answers: Answers, question: dict[str, Any], code: str
) -> None:
    asked = {"stage": "false_alerts", "group": "ic3", "force": "alpha"} | question
    answer = answers.disparity(**asked)
    assert answer.disparity is None
    assert answer.refusal is not None
    assert (answer.refusal.code, answer.refusal.reason.endswith(".")) == (code, True)
    assert answer.refusal.code in REFUSAL


def test_no_number_is_ever_not_a_number(answers: Answers) -> None:
    asked = itertools.product(("false_alerts", "arrests", "true_alerts"), ("ic3", "white", "asian"))
    found = [answers.disparity(stage, group, force="alpha").disparity for stage, group in asked]
    disparities = [disparity for disparity in found if disparity]
    assert disparities
    for disparity in disparities:
        numbers = [value for value in dataclasses.asdict(disparity).values() if isinstance(value, float)]
        assert numbers
        assert all(math.isfinite(number) for number in numbers)
        assert disparity.verdict_code in VERDICT
        assert disparity.benchmark.kind_code in BENCHMARK_KIND


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_a_benchmark_of_nobody_or_everybody_divides_nothing(share: float) -> None:
    chosen = find_counterpart("ic3", "officer_perceived_ic", CROSSWALKS)
    benchmark = Benchmark("force_residents", 5, "-", "known_share", True, "-", "-", share=share)
    with pytest.raises(NoAnswer) as refused:
        compare_group(chosen, CountedGroup(16, 40, (group_count("ic3", 16, 40),)), benchmark, None)
    assert refused.value.refusal.code == "zero_denominator"


def test_a_refusal_must_have_a_known_code() -> None:
    with pytest.raises(KeyError):
        NoAnswer("because", "-")


def test_a_release_without_counts_by_group_answers_with_a_refusal(tmp_path: Path) -> None:
    empty = build_world(tmp_path, [])
    refused = empty.disparity("false_alerts", "black", force="alpha").refusal
    assert refused is not None
    assert refused.code == "no_group_count"
