"""The record's own figures about groups: what the page, the files and the report will say."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import inspect
from pathlib import Path

import pytest

from etl.measures.groups.evaluations import EVALUATION_CLAIMS, NPL_2023, list_results
from etl.model.caveats import CAVEATS
from etl.model.codes import TECHNOLOGY
from etl.model.demographics import RESULT_KIND, GroupDisparity, LaboratoryResult
from etl.model.estimates import Estimate
from etl.model.facts import Fact
from etl.model.fields import fields_of
from etl.model.group_records import GroupCount
from etl.model.records import Claim, TestResult
from etl.queries.record import Record

WINDOW = (dt.date(2024, 9, 12), dt.date(2025, 9, 11))


@pytest.fixture(scope="module")
def record(warehouse: Path) -> Record:
    return Record(warehouse)


@pytest.fixture(scope="module")
def met(record: Record) -> GroupDisparity:
    disparity = record.groups.disparity("false_alerts", "black", force="metropolitan").disparity
    assert disparity is not None
    return disparity


# -- eight of ten ----------------------------------------------------------------------------------


def test_eight_of_ten_against_the_residents_of_london(met: GroupDisparity) -> None:
    assert (met.group_count, met.total_count) == (8, 10)
    assert (met.period_start, met.period_end) == WINDOW
    assert met.benchmark_share == 1_188_137 / 8_791_152
    assert round(met.benchmark_share, 3) == 0.135
    assert (met.share, met.share_low, met.share_high) == pytest.approx(
        (0.8, 0.444, 0.975), abs=5e-4
    )
    assert met.verdict_code == "above"


def test_the_p_value_of_about_4e_6_is_one_sided(met: GroupDisparity) -> None:
    """The chance of eight or more is 3.9e-6; the two-sided central p-value, which agrees with the
    limits, is twice that."""
    assert met.p_value_above == pytest.approx(3.9e-6, abs=5e-8)
    assert met.p_value == pytest.approx(2 * 3.88e-6, abs=1e-8)


def test_it_stops_being_significant_at_a_baseline_of_about_45_percent(met: GroupDisparity) -> None:
    assert met.not_above_from_share == pytest.approx(0.45, abs=0.01)
    assert met.not_above_from_share == met.share_low


def test_ratio_and_difference_have_intervals_and_ten_events_give_no_rate_per_group(
    met: GroupDisparity,
) -> None:
    assert (met.share_ratio, met.share_ratio_low, met.share_ratio_high) == pytest.approx(
        (5.92, 3.28, 7.21), abs=5e-3
    )
    difference = (met.share_difference, met.share_difference_low, met.share_difference_high)
    assert difference == pytest.approx((0.665, 0.309, 0.840), abs=5e-4)
    assert (met.rate_ratio, met.rate_ratio_low, met.rate_ratio_high) == pytest.approx(
        (25.6, 5.1, 247.4), abs=0.05
    )
    assert met.reason == "10 events give no rate per group."
    assert met.low_reliability
    assert not [
        field.name
        for field in dataclasses.fields(met)
        if "per_1000" in field.name or field.name == "rate"
    ]


def test_what_ten_events_could_have_detected(met: GroupDisparity) -> None:
    assert met.smallest_detectable_share == pytest.approx(0.58, abs=5e-3)
    assert met.smallest_detectable_share_ratio == pytest.approx(4.3, abs=0.05)


def test_the_basis_is_not_stated_and_that_is_said(met: GroupDisparity) -> None:
    assert (met.classification_code, met.basis_code) == ("reported_ethnicity", "not_stated")
    texts = {
        "group_basis_not_stated",
        "watchlist_over_flags",
        "residents_not_passers_by",
        "few_events_no_rate",
    }
    assert texts <= set(met.caveats) <= CAVEATS.keys()
    assert met.sources == ("claims_0168",)


def test_the_count_is_the_claim_and_adds_up_with_the_published_rows(record: Record) -> None:
    (count,) = record.table(GroupCount)
    (claim,) = record.table(Claim, {"claim_id": [count.claim_id]})
    assert (count.group_count, count.total_count) == (
        claim.numerator,
        claim.denominator,
    )
    assert claim.group_text == "Black"


# -- benchmarks ------------------------------------------------------------------------------------


def test_weighted_by_faces_seen_the_share_lies_between_those_of_the_boroughs(
    record: Record, data: Path
) -> None:
    disparity = record.groups.disparity(
        "false_alerts", "black", force="metropolitan", benchmark="district_residents_by_faces_seen"
    ).disparity
    assert disparity is not None
    weighted = disparity.benchmark
    assert weighted.share == pytest.approx(0.1461, abs=5e-5)
    assert weighted.smallest_share is not None
    assert weighted.largest_share is not None
    assert weighted.smallest_share < weighted.share < weighted.largest_share
    # The year's rows are those whose faces seen add up to the Met's own total.
    assert weighted.faces_seen_count == 3_147_436
    assert (weighted.rows_count, weighted.used_count, weighted.districts_count) == (207, 207, 31)
    assert disparity.verdict_code == "above"
    by_hand = _weigh_by_hand(record, data)
    assert weighted.share == pytest.approx(by_hand, rel=1e-12)


def _weigh_by_hand(record: Record, data: Path) -> float:
    black: dict[str, int] = {}
    everybody: dict[str, int] = {}
    with (data / "reference" / "populations.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["dimension"] == "ethnic_group_5":
                people = int(row["people_count"])
                everybody[row["area_code"]] = everybody.get(row["area_code"], 0) + people
                black[row["area_code"]] = black.get(row["area_code"], 0) + people * (
                    row["group_text"] == "Black"
                )
    rows = record.rows.deployments({"force_id": ["metropolitan"]}, WINDOW)
    faces = [(row.district_code, row.counts["faces_seen"]) for row in rows]
    return sum(seen * black[code] / everybody[code] for code, seen in faces) / sum(
        seen for _, seen in faces
    )


def test_over_all_years_every_group_has_its_share_and_they_add_up(record: Record) -> None:
    shares = []
    for group in ("asian", "black", "mixed", "other", "white"):
        benchmarks = record.groups.benchmarks(group, force="metropolitan").benchmarks
        shares.append([benchmark.share for benchmark in benchmarks if benchmark.is_context])
    for column in zip(*shares, strict=True):
        assert sum(share or 0 for share in column) == pytest.approx(1)


# -- laboratory ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def lfr(record: Record) -> dict[str, LaboratoryResult]:
    return {result.result_id: result for result in record.groups.test_results().of("lfr")}


def test_no_false_positive_at_064_bounds_the_rate_at_about_1_in_11400(
    lfr: dict[str, LaboratoryResult],
) -> None:
    result = lfr["npl_evaluation_2023_0019"]
    assert (result.threshold_text, result.watchlist_images) == ("0.64", 10_000)
    assert (result.errors_in_test, result.searches_in_test, result.rate, result.rate_low) == (
        0,
        2360,
        None,
        0,
    )
    assert result.below_one_in == pytest.approx(11_400, abs=10)
    assert result.can_show == (
        "None was seen in about 2,360 searches of 178,000 images; brought to a watchlist of 10,000 "
        "in proportion: the rate is below about 1 in 11,400 (95%)."
    )
    assert result.cannot_show.startswith(
        "It cannot show that the rate is zero, that no group is treated differently"
    )
    assert {"zero_is_a_bound", "searches_inferred"} <= set(result.caveats)


def test_our_intervals_are_those_that_were_restated(
    record: Record, lfr: dict[str, LaboratoryResult]
) -> None:
    stated = {
        row.test_result_id: row for row in record.table(TestResult) if row.basis_text == "inference"
    }
    assert len(stated) == 3
    for result_id, row in stated.items():
        result = lfr[result_id]
        assert (result.kind_code, result.reliability) == ("inferred", "derived")
        assert result.rate_low == pytest.approx(float(row.low), rel=5e-3)
        assert result.rate_high == pytest.approx(float(row.high), rel=5e-3)
        if row.value:
            assert result.rate == pytest.approx(float(row.value), rel=5e-3)


def test_the_inferred_searches_follow_from_what_is_stated(record: Record) -> None:
    (rate,) = record.table(Claim, {"claim_id": ["claims_0136"]})
    assert int(rate.value) == NPL_2023.rate_one_in
    assert NPL_2023.searches(7) == 2360
    assert 7 / 2360 * NPL_2023.rate_images / NPL_2023.counted_images == pytest.approx(
        1 / 6000, rel=1e-3
    )


def test_technologies_are_kept_apart_and_contradicted_figures_left_out(record: Record) -> None:
    answer = record.groups.test_results()
    assert [technology for technology, _ in answer.results] == list(TECHNOLOGY)
    for technology, results in answer.results:
        assert {result.technology_code for result in results} <= {technology}
        assert "contradicted" not in {result.reliability for result in results}
    assert {result.evaluation for result in answer.of("rfr")} == {
        "npl_evaluation_2023",
        "npl_2025_retrospective",
    }
    assert answer.of("retail_lfr") == ()
    read = {result.result_id for _, results in answer.results for result in results}
    assert set(EVALUATION_CLAIMS) <= read
    assert len(read) == 25 + len(EVALUATION_CLAIMS)
    assert [technology for technology, _ in record.groups.test_results("rfr").results] == ["rfr"]
    refused = record.groups.test_results("accurate_lfr").refusal
    assert refused is not None
    assert refused.code == "unknown_technology"


def test_rates_by_group_that_were_stated_without_counts_have_no_interval(record: Record) -> None:
    rates = {
        result.group_text: result
        for result in record.groups.test_results("rfr").of("rfr")
        if result.evaluation == "npl_2025_retrospective"
    }
    assert (rates["Black female"].rate, rates["Black female"].kind_code) == (0.099, "rate")
    assert (rates["Black female"].rate_low, rates["Black female"].rate_high) == (None, None)
    assert "stated_without_counts" in rates["Black female"].caveats


def test_every_result_says_what_it_can_and_cannot_show(record: Record) -> None:
    for _, results in record.groups.test_results().results:
        for result in results:
            assert result.kind_code in RESULT_KIND
            assert result.can_show.endswith((".", ")."))
            assert result.cannot_show.endswith(".")
            assert "tests_are_not_deployments" in result.caveats
            assert set(result.caveats) <= CAVEATS.keys()


def test_laboratory_results_cannot_be_pooled_with_deployments() -> None:
    """Another type, without a field of counts in common, made from other tables and taken by no
    measure of deployments."""
    assert not issubclass(LaboratoryResult, Estimate)
    ours, theirs = (
        {field.name for field in dataclasses.fields(kind)} for kind in (LaboratoryResult, Estimate)
    )
    assert ours & theirs <= {"caveats"}
    assert not {field.name for field in fields_of(Fact)} & {"errors_in_test", "searches_in_test"}
    assert "technology_code" not in {field.name for field in fields_of(GroupCount)}
    assert "Fact" not in inspect.getsource(inspect.getmodule(list_results))  # type: ignore[arg-type]
