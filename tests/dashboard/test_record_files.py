"""Groups, tests and cases as CSV: the same selection as the page, every row with its release."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from dashboard.outputs.record_files import PAGE_OF, record_address, write_record
from dashboard.selection import Selection
from etl.answers import Answers, open_answers


@pytest.fixture
def answers(warehouse: Path) -> Answers:
    return open_answers(warehouse)


def read(kind: str, answers: Answers, chosen: Selection) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(write_record(kind, answers, chosen))))


def test_groups_have_a_row_a_benchmark_with_the_figures_of_the_page(answers: Answers) -> None:
    rows = read("groups", answers, Selection())
    assert [one["benchmark_rank"] for one in rows] == ["1", "2", "3", "4", "5"]
    assert (rows[-1]["group_count"], rows[-1]["total_count"]) == ("8", "10")
    assert float(rows[-1]["share_ratio"]) == pytest.approx(5.919, abs=0.001)
    assert rows[0]["refusal_code"] == "benchmark_unavailable"
    assert rows[0]["share"] == ""


def test_tests_and_cases_are_of_the_technology_asked_for(answers: Answers) -> None:
    assert {one["technology_code"] for one in read("tests", answers, Selection(technology="rfr"))} == {"rfr"}
    cases = read("misidentifications", answers, Selection(technology="rfr", kind="false_candidate"))
    assert {one["technology_code"] for one in cases} == {"rfr"}
    assert cases


@pytest.mark.parametrize("kind", list(PAGE_OF))
def test_every_row_has_its_release(answers: Answers, kind: str) -> None:
    assert {one["release_id"] for one in read(kind, answers, Selection())} == {answers.release_id}


def test_the_address_of_a_file_is_that_of_its_page() -> None:
    chosen = Selection(forces=("essex",), group="white")
    assert (
        record_address("groups", "who-is-affected", chosen) == "/download/groups.csv?force=essex&group=white"
    )
    assert (
        record_address("tests", "who-is-affected", chosen, technology="rfr")
        == "/download/tests.csv?technology=rfr"
    )
