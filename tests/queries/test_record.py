"""Answers on a world of five deployments, in which every sum can be done in the head."""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from etl.measures.catalogue import MEASURES
from etl.measures.comparisons import Comparison
from etl.model.estimates import STATUS
from etl.model.queries import ALL_TIME
from etl.queries import release_file
from etl.queries.record import Answer, Record
from tests.queries.sample_record import Row, build_history

ROWS: list[Row] = [
    ("alpha", dt.date(2024, 5, 1), dt.date(2024, 5, 1), 1000, 10, 1, 4, True),
    ("alpha", dt.date(2024, 9, 1), dt.date(2024, 9, 1), 3000, 20, 2, 6, True),
    ("alpha", dt.date(2025, 2, 1), dt.date(2025, 2, 1), 4000, 30, 0, 5, True),
    (
        "alpha",
        dt.date(2025, 2, 1),
        dt.date(2025, 2, 1),
        4000,
        31,
        0,
        5,
        False,
    ),  # the copy of another publication
    # faces seen not published
    ("beta", dt.date(2024, 5, 2), dt.date(2024, 5, 2), None, 5, 1, 0, True),
    ("beta", dt.date(2024, 6, 2), dt.date(2024, 6, 2), 2000, 0, 0, 0, True),
]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    return build_history(ROWS, tmp_path_factory.mktemp("releases"))


def year(number: int) -> tuple[dt.date, dt.date]:
    return dt.date(number, 1, 1), dt.date(number, 12, 31)


ALPHA = {"force_id": ["alpha"]}


def test_a_count_adds_up_the_counted_rows(record: Record) -> None:
    only = record.estimate("faces_seen_count", where=ALPHA).only()
    assert only.value == 1000 + 3000 + 4000
    assert (only.rows_count, only.used_count) == (3, 3)
    assert (only.period_start, only.period_end) == (dt.date(2024, 5, 1), dt.date(2025, 2, 1))


def test_unknown_plus_something_is_unknown(record: Record) -> None:
    only = record.estimate("faces_seen_count", where={"force_id": ["beta"]}).only()
    assert (only.value, only.status) == (None, "incomplete")
    assert (only.numerator, only.left_out_count) == (2000, 1)


def test_numerator_and_denominator_cover_the_same_deployments(record: Record) -> None:
    only = record.estimate("false_alerts_per_face_seen").only()
    assert only.status == "not_comparable"  # alpha's faces seen are counted in two ways
    assert only.numerator == 1 + 2 + 0 + 0  # not beta's false alert, whose faces seen are unknown
    assert only.denominator == 1000 + 3000 + 4000 + 2000
    assert only.left_out_count == 1
    assert only.reason.endswith("1 of 5 rows lacks a side and is in neither.")


def test_groups_are_answered_one_by_one(record: Record) -> None:
    estimates = record.estimate("alerts_count", by=("force_id", "year")).estimates
    assert {estimate.group: estimate.value for estimate in estimates} == {
        (("force_id", "alpha"), ("year", 2024)): 10 + 20,
        (("force_id", "alpha"), ("year", 2025)): 30,
        (("force_id", "beta"), ("year", 2024)): 5 + 0,
    }


@pytest.mark.parametrize(
    "grouping", ["month", "quarter", "force_id", "reliability", "publication_id", "region_code"]
)
@pytest.mark.parametrize("measure_id", ["alerts_count", "arrests_count", "deployments_count"])
def test_groups_add_up_to_the_whole(record: Record, measure_id: str, grouping: str) -> None:
    whole = record.estimate(measure_id).only()
    parts = record.estimate(measure_id, by=(grouping,)).estimates
    assert sum(part.numerator or 0 for part in parts) == whole.numerator
    assert sum(part.rows_count for part in parts) == whole.rows_count


def test_few_events_are_marked_and_no_event_has_only_an_upper_bound(record: Record) -> None:
    few = record.estimate("false_share_of_alerts", where=ALPHA, period=year(2024)).only()
    assert (few.numerator, few.denominator, few.status) == (3, 30, "low_reliability")
    assert few.low is not None
    assert few.high is not None
    assert few.low < 3 / 30 < few.high
    none = record.estimate("false_share_of_alerts", where=ALPHA, period=year(2025)).only()
    assert (none.numerator, none.status, none.low) == (0, "none_seen", 0.0)
    assert none.high == pytest.approx(1 - 0.05 ** (1 / 30))


def test_a_denominator_of_zero_is_told_and_not_divided_by(record: Record) -> None:
    estimates = record.estimate(
        "false_share_of_alerts", by=("month",), where={"force_id": ["beta"]}
    ).estimates
    (june,) = [estimate for estimate in estimates if estimate.of("month") == "2024-06"]
    assert (june.value, june.low, june.status, june.reason) == (
        None,
        None,
        "undefined",
        "The denominator is zero.",
    )


def test_an_empty_selection_is_an_estimate_without_a_value(record: Record) -> None:
    for selection in (
        {"where": {"force_id": ["gamma"]}},
        {"period": (dt.date(1999, 1, 1), dt.date(1999, 12, 31))},
    ):
        only = record.estimate("alerts_count", **selection).only()
        assert (only.value, only.status, only.rows_count) == (None, "no_rows", 0)
    nothing = record.estimate("alerts_count", by=("year",), where={"force_id": ["gamma"]})
    assert (nothing.estimates, nothing.refusal) == ((), None)
    assert nothing.nothing == "No deployment is in the record for this selection. It has no rows."


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ({"measure_id": "accuracy"}, "There is no measure 'accuracy'"),
        ({"measure_id": "alerts_count", "by": ("colour",)}, "not given by 'colour'"),
        ({"measure_id": "alerts_count", "where": {"colour": ["red"]}}, "not given by 'colour'"),
        (
            {"measure_id": "alerts_count", "where": {"force_id": ["atlantis"]}},
            "There is no force 'atlantis'",
        ),
        ({"measure_id": "alerts_count", "period": year(2025)[::-1]}, "before it starts"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused_with_a_reason(
    record: Record, question: dict[str, Any], message: str
) -> None:
    answer = record.estimate(**question)
    assert answer.estimates == ()
    assert answer.refusal is not None
    assert message in answer.refusal.reason


def test_hostile_text_is_a_value_and_never_a_query(record: Record) -> None:
    estimate = record.estimate("alerts_count", where={"use_case": ["x'; drop table facts; --"]})
    assert estimate.refusal is not None
    assert estimate.refusal.code == "unknown_value"
    assert record.estimate("alerts_count").only().rows_count == 5


def test_an_estimate_that_spans_a_break_says_so(record: Record) -> None:
    assert record.estimate("faces_seen_count", where=ALPHA).only().breaks == ("alpha_faces",)
    assert (
        record.estimate("faces_seen_count", where=ALPHA, period=(dt.date(2024, 8, 1), None))
        .only()
        .breaks
        == ()
    )
    assert record.estimate("faces_seen_count", where={"force_id": ["beta"]}).only().breaks == ()
    assert record.estimate("alerts_count", where=ALPHA).only().breaks == ()


def test_a_comparison_across_a_break_is_refused_with_the_reason(record: Record) -> None:
    before, after = (
        (ALPHA, (dt.date(2024, 1, 1), dt.date(2024, 7, 31))),
        (ALPHA, (dt.date(2024, 8, 1), None)),
    )
    refused = record.compare("false_alerts_per_face_seen", before, after)
    assert isinstance(refused, Comparison)
    assert refused.disparity is None
    assert "From 2024-08-01: Counted another way." in str(refused.refusal)


def test_shares_of_alerts_compare_across_the_same_break(record: Record) -> None:
    before, after = (
        (ALPHA, (dt.date(2024, 1, 1), dt.date(2024, 7, 31))),
        (ALPHA, (dt.date(2024, 8, 1), None)),
    )
    comparison = record.compare("false_share_of_alerts", before, after)
    assert isinstance(comparison, Comparison)
    assert comparison.refusal is None
    assert comparison.disparity is not None
    assert comparison.disparity.ratio == pytest.approx((2 / 50) / (1 / 10))


def test_forces_without_a_break_compare_over_the_same_days(record: Record) -> None:
    result = record.compare(
        "alerts_per_1000_faces",
        ({"force_id": ["beta"]}, ALL_TIME),
        (ALPHA, (dt.date(2024, 8, 1), None)),
    )
    assert isinstance(result, Comparison)
    assert result.refusal is None


def test_a_comparison_without_an_interval_or_a_value_is_refused(record: Record) -> None:
    sides = ((ALPHA, year(2024)), (ALPHA, year(2025)))
    counted = record.compare("alerts_count", *sides)
    assert isinstance(counted, Comparison)
    assert "has no interval" in str(counted.refusal)
    empty = record.compare("false_share_of_alerts", (ALPHA, year(1999)), (ALPHA, year(2024)))
    assert isinstance(empty, Comparison)
    assert str(empty.refusal).startswith(
        "No deployment is in the record for this selection. The rows of it are from "
    )
    unknown = record.compare("nonsense", *sides)
    assert isinstance(unknown, Answer)
    assert unknown.refusal


def test_every_measure_answers_with_a_known_status_and_never_nan(record: Record) -> None:
    for measure_id, measure in MEASURES.items():
        for estimate in record.estimate(measure_id, by=("force_id", "month")).estimates:
            assert estimate.status in STATUS
            assert estimate.caveats == measure.caveats
            for number in (estimate.value, estimate.low, estimate.high):
                assert number is None or math.isfinite(number)
            if (
                estimate.low is not None
                and estimate.value is not None
                and estimate.high is not None
            ):
                assert estimate.low <= estimate.value <= estimate.high
            assert (estimate.value is not None) == (
                estimate.status in {"ok", "low_reliability", "none_seen"}
            )
            assert bool(estimate.reason) or estimate.status in {
                "ok",
                "low_reliability",
                "none_seen",
            }


def test_a_value_is_in_the_unit_that_its_measure_names(record: Record) -> None:
    only = record.estimate("alerts_per_1000_faces", where=ALPHA, period=year(2025)).only()
    assert only.value == 1000 * 30 / 4000
    assert only.low is not None
    assert only.low < 7.5


def test_the_same_question_is_put_to_the_database_once(tmp_path: Path) -> None:
    record = build_history(ROWS, tmp_path)
    statements: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        statements.append(statement)

    event.listen(record.file.engine, "before_cursor_execute", listen)
    first = record.estimate("alerts_count", by=("force_id",), where=ALPHA)
    statements_count = len(statements)
    assert statements_count
    assert record.estimate("alerts_count", by=("force_id",), where=ALPHA) == first
    assert len(statements) == statements_count
    # Another filter or period is another question.
    for where, period in (({"force_id": ["beta"]}, ALL_TIME), (ALPHA, year(2024))):
        before = len(statements)
        assert record.estimate("alerts_count", where=where, period=period).only().value in (5, 30)
        assert len(statements) > before


def test_no_more_sums_are_kept_than_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(release_file, "MAX_STORED", 2)
    file = build_history(ROWS, tmp_path).file
    for stage in ("alerts", "true_alerts", "false_alerts"):
        file.sum_facts(stage, None, (), ALPHA, ALL_TIME)
    assert len(file._sums) == 2
    monkeypatch.setattr(release_file, "MAX_GROUPS", 0)
    file.sum_facts("arrests", None, (), ALPHA, ALL_TIME)
    assert not any("arrests" in key for key in file._sums)
