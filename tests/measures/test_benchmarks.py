"""Benchmarks in a tiny world: weighted by hand, what is left out is counted, and the best comes first."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.measures.groups.benchmarks import BENCHMARK_IDS, DECLARED
from etl.model.caveats import CAVEATS
from etl.model.demographics import BENCHMARK_KIND, Benchmark
from etl.queries.record import Answers
from tests.measures.group_world import LEFT_OUT, YEAR, build_world


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Answers:
    return build_world(tmp_path_factory.mktemp("releases"), [])


def listed(
    answers: Answers, group: str = "black", force: str = "alpha", period: tuple[dt.date, dt.date] = YEAR
) -> dict[str, Benchmark]:
    answer = answers.benchmarks(group, force=force, period=period)
    assert answer.refusal is None
    return {one.benchmark_id: one for one in answer.benchmarks}


def test_residents_of_districts_are_weighted_by_the_faces_seen_there(answers: Answers) -> None:
    found = listed(answers)["district_residents_by_faces_seen"]
    # D1 has 100 Black residents of 400, D2 100 of 1,000.
    assert found.share == pytest.approx(
        (1000 * 100 / 400 + (1000 + 2000) * 100 / 1000) / (1000 + 1000 + 2000)
    )
    assert found.faces_seen_count == 1000 + 1000 + 2000
    assert (found.smallest_share, found.largest_share, found.districts_count) == (100 / 1000, 100 / 400, 2)
    assert found.is_context


def test_deployments_that_are_left_out_are_counted_once_and_with_the_reason(answers: Answers) -> None:
    found = listed(answers)["district_residents_by_faces_seen"]
    assert (found.rows_count, found.used_count) == (7, 3)
    assert {name: getattr(found, name) for name in LEFT_OUT} == LEFT_OUT
    assert found.used_count + sum(LEFT_OUT.values()) == found.rows_count


def test_the_shares_of_all_groups_add_up_to_one(answers: Answers) -> None:
    shares = [
        listed(answers, group)["district_residents_by_faces_seen"].share for group in ("black", "white")
    ]
    assert sum(share or 0 for share in shares) == pytest.approx(1)


def test_the_period_decides_which_deployments_count(answers: Answers) -> None:
    found = listed(answers, period=(dt.date(2024, 1, 1), dt.date(2024, 12, 31)))[
        "district_residents_by_faces_seen"
    ]
    assert (found.rows_count, found.share) == (1, 100 / 400)


def test_residents_of_the_force(answers: Answers) -> None:
    found = listed(answers)["force_residents"]
    assert (found.group_people_count, found.all_people_count) == (200, 200 + 400 + 1400)
    assert found.share == 200 / 2000
    assert (found.basis_code, found.sources) == ("self_defined", ("Census",))


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
    answers: Answers, period: tuple[dt.date, dt.date], reason: str
) -> None:
    found = listed(answers, force="beta", period=period)["district_residents_by_faces_seen"]
    assert (found.kind_code, found.share, found.reason) == ("unavailable", None, reason)


def test_a_group_without_residents_in_the_districts_has_no_weighted_share(answers: Answers) -> None:
    found = listed(answers, group="asian")["district_residents_by_faces_seen"]
    assert (found.kind_code, found.share) == ("unavailable", None)


def test_a_force_without_an_area_has_no_residents(answers: Answers) -> None:
    found = listed(answers, force="beta")["force_residents"]
    assert found.kind_code == "unavailable"
    assert found.reason == "Beta has no area whose residents are counted by this list of groups."


def test_the_best_comes_first_and_what_nobody_publishes_is_listed(answers: Answers) -> None:
    found = answers.benchmarks("black", force="alpha").benchmarks
    assert [one.benchmark_id for one in found] == list(BENCHMARK_IDS)
    assert [one.rank for one in found] == [1, 2, 3, 4, 5]
    assert BENCHMARK_IDS[0] == "faces_seen_by_group"
    assert (found[0].kind_code, found[0].share) == ("unavailable", None)
    assert found[0].reason == "No force publishes faces seen by group."
    assert [one.is_context for one in found] == [False, False, False, True, True]
    assert all((one.share is not None) == one.kind_code.endswith("_share") for one in found)


@pytest.mark.parametrize("declared", DECLARED, ids=lambda declared: declared.benchmark_id)
def test_each_says_in_a_sentence_what_it_can_and_cannot_show(declared: Benchmark) -> None:
    assert declared.can_show.endswith(".")
    assert declared.cannot_show.endswith(".")
    assert set(declared.caveats) <= CAVEATS.keys()


def test_every_kind_is_known(answers: Answers) -> None:
    assert {one.kind_code for one in listed(answers).values()} <= set(BENCHMARK_KIND)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"force": "nowhere"}, "unknown_force"),
        ({"group": "martian"}, "unknown_group"),
        ({"classification": "race"}, "unknown_classification"),
        ({"group": "not_stated"}, "group_not_comparable"),
        ({"period": (dt.date(2025, 2, 1), dt.date(2025, 1, 1))}, "impossible_period"),
    ],
)
def test_what_cannot_be_answered_is_refused(answers: Answers, asked: dict[str, object], code: str) -> None:
    question: dict[str, object] = {"group": "black", "force": "alpha"} | asked
    answer = answers.benchmarks(**question)  # type: ignore[arg-type]
    assert answer.benchmarks == ()
    assert answer.refusal is not None
    assert answer.refusal.code == code
