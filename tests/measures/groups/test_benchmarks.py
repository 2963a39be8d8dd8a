"""Benchmarks in a tiny world: weighted by hand, what is left out is counted,
and the best comes first."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.measures.groups.benchmarks import BENCHMARK_IDS, DECLARED
from etl.model.caveats import CAVEATS
from etl.model.demographics import BENCHMARK_KIND, Benchmark
from etl.queries.record import Record
from tests.measures.groups.sample_groups import LEFT_OUT, YEAR, build_history


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    return build_history(tmp_path_factory.mktemp("releases"), [])


def listed(
    record: Record,
    group: str = "black",
    force: str = "alpha",
    period: tuple[dt.date, dt.date] = YEAR,
) -> dict[str, Benchmark]:
    answer = record.groups.benchmarks(group, force=force, period=period)
    assert answer.refusal is None
    return {benchmark.benchmark_id: benchmark for benchmark in answer.benchmarks}


def test_residents_of_districts_are_weighted_by_the_faces_seen_there(record: Record) -> None:
    district_residents_by_faces_seen = listed(record)["district_residents_by_faces_seen"]
    # D1 has 100 Black residents of 400, D2 100 of 1,000.
    assert district_residents_by_faces_seen.share == pytest.approx(
        (1000 * 100 / 400 + (1000 + 2000) * 100 / 1000) / (1000 + 1000 + 2000)
    )
    assert district_residents_by_faces_seen.faces_seen_count == 1000 + 1000 + 2000
    assert (
        district_residents_by_faces_seen.smallest_share,
        district_residents_by_faces_seen.largest_share,
        district_residents_by_faces_seen.districts_count,
    ) == (100 / 1000, 100 / 400, 2)
    assert district_residents_by_faces_seen.is_context


def test_deployments_that_are_left_out_are_counted_once_and_with_the_reason(record: Record) -> None:
    district_residents_by_faces_seen = listed(record)["district_residents_by_faces_seen"]
    assert (
        district_residents_by_faces_seen.rows_count,
        district_residents_by_faces_seen.used_count,
    ) == (7, 3)
    assert {name: getattr(district_residents_by_faces_seen, name) for name in LEFT_OUT} == LEFT_OUT
    assert (
        district_residents_by_faces_seen.used_count + sum(LEFT_OUT.values())
        == district_residents_by_faces_seen.rows_count
    )


def test_the_shares_of_all_groups_add_up_to_one(record: Record) -> None:
    shares = [
        listed(record, group)["district_residents_by_faces_seen"].share
        for group in ("black", "white")
    ]
    assert sum(share or 0 for share in shares) == pytest.approx(1)


def test_the_period_decides_which_deployments_count(record: Record) -> None:
    district_residents_by_faces_seen = listed(
        record, period=(dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    )["district_residents_by_faces_seen"]
    assert (
        district_residents_by_faces_seen.rows_count,
        district_residents_by_faces_seen.share,
    ) == (1, 100 / 400)


def test_residents_of_the_force(record: Record) -> None:
    force_residents = listed(record)["force_residents"]
    assert (force_residents.group_people_count, force_residents.all_people_count) == (
        200,
        200 + 400 + 1400,
    )
    assert force_residents.share == 200 / 2000
    assert (force_residents.basis_code, force_residents.sources) == ("self_defined", ("Census",))


@pytest.mark.parametrize(
    ("period", "reason"),
    [
        (
            (dt.date(2024, 1, 1), dt.date(2024, 1, 1)),
            "No face was seen in the period: the denominator is zero.",
        ),
        ((dt.date(2020, 1, 1), dt.date(2020, 1, 1)), "No counted deployment lies in the period."),
    ],
)
def test_without_faces_there_is_no_weight_and_no_division(
    record: Record, period: tuple[dt.date, dt.date], reason: str
) -> None:
    district_residents_by_faces_seen = listed(record, force="beta", period=period)[
        "district_residents_by_faces_seen"
    ]
    assert (
        district_residents_by_faces_seen.kind_code,
        district_residents_by_faces_seen.share,
        district_residents_by_faces_seen.reason,
    ) == ("unavailable", None, reason)


def test_a_group_without_residents_in_the_districts_has_no_weighted_share(record: Record) -> None:
    district_residents_by_faces_seen = listed(record, group="asian")[
        "district_residents_by_faces_seen"
    ]
    assert (district_residents_by_faces_seen.kind_code, district_residents_by_faces_seen.share) == (
        "unavailable",
        None,
    )


def test_a_force_without_an_area_has_no_residents(record: Record) -> None:
    force_residents = listed(record, force="beta")["force_residents"]
    assert force_residents.kind_code == "unavailable"
    assert (
        force_residents.reason
        == "Beta has no area whose residents are counted by this list of groups."
    )


def test_the_best_comes_first_and_what_nobody_publishes_is_listed(record: Record) -> None:
    benchmarks = record.groups.benchmarks("black", force="alpha").benchmarks
    assert [benchmark.benchmark_id for benchmark in benchmarks] == list(BENCHMARK_IDS)
    assert [benchmark.rank for benchmark in benchmarks] == [1, 2, 3, 4, 5]
    assert BENCHMARK_IDS[0] == "faces_seen_by_group"
    assert (benchmarks[0].kind_code, benchmarks[0].share) == ("unavailable", None)
    assert benchmarks[0].reason == "No force publishes faces seen by group."
    assert [benchmark.is_context for benchmark in benchmarks] == [False, False, False, True, True]
    assert all(
        (benchmark.share is not None) == benchmark.kind_code.endswith("_share")
        for benchmark in benchmarks
    )


@pytest.mark.parametrize("declared", DECLARED, ids=lambda declared: declared.benchmark_id)
def test_each_says_in_a_sentence_what_it_can_and_cannot_show(declared: Benchmark) -> None:
    assert declared.can_show.endswith(".")
    assert declared.cannot_show.endswith(".")
    assert set(declared.caveats) <= CAVEATS.keys()


def test_every_kind_is_known(record: Record) -> None:
    assert {each_listed.kind_code for each_listed in listed(record).values()} <= set(BENCHMARK_KIND)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"force": "nowhere"}, "unknown_force"),
        ({"group": "martian"}, "unknown_group"),
        ({"classification": "race"}, "unknown_classification"),
        ({"group": "not_stated"}, "group_not_comparable"),
        ({"period": (dt.date(2025, 2, 1), dt.date(2025, 1, 1))}, "impossible_period"),
    ],
)
def test_what_cannot_be_answered_is_refused(
    record: Record, query: dict[str, object], code: str
) -> None:
    question: dict[str, object] = {"group": "black", "force": "alpha"} | query
    answer = record.groups.benchmarks(**question)  # type: ignore[arg-type]
    assert answer.benchmarks == ()
    assert answer.refusal is not None
    assert answer.refusal.code == code
