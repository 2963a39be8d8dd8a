"""The NPL evaluation of 2023: rows read by a person against the collected table,
and what is refused."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from etl.model.editions import KeptEdition
from etl.model.fields import fields_of
from etl.model.problems import InvalidValueError
from etl.model.records import TestResult as Result
from etl.sources.adapters import npl_evaluation_2023
from etl.sources.publications import open_publication

FOLDER = Path(__file__).parents[3] / "data" / "publications" / "npl_evaluation_2023"


@pytest.fixture(scope="module")
def edition() -> KeptEdition:
    return open_publication(FOLDER).editions[0]


@pytest.fixture(scope="module")
def results(edition: KeptEdition) -> dict[int, Result]:
    return {result.row: result for result in npl_evaluation_2023.to_records(edition).test_results}


def with_cells(edition: KeptEdition, row: int, **cells: str) -> KeptEdition:
    """The edition with some cells of one row typed otherwise."""
    (table,) = edition.tables
    rows = list(table.rows)
    typed = dict(zip(table.headings, rows[row - 1].cells, strict=True)) | cells
    rows[row - 1] = replace(rows[row - 1], cells=tuple(typed.values()))
    return replace(edition, tables=(replace(table, rows=tuple(rows)),))


def test_every_row_is_one_result_and_valid(results):
    assert len(results) == 25
    for result in results.values():
        for field in fields_of(Result):
            assert field.faults(getattr(result, field.name)) == [], (result.row, field.name)


def test_what_each_figure_is(results):
    counted = Counter(result.basis_text for result in results.values())
    assert counted == {"count": 6, "rate": 5, "finding": 5, "inference": 3, "not found": 6}
    assert Counter(result.technology_code for result in results.values()) == {
        "lfr": 23,
        "rfr": 1,
        "oifr": 1,
    }


def test_an_inference_has_its_interval_and_is_graded_derived(results):
    assert results[18] == Result(
        test_result_id="npl_evaluation_2023_0018",
        publication_id="npl_evaluation_2023",
        edition_id="npl_evaluation_2023_collected",
        page=1,
        row=18,
        technology_code="lfr",
        measure_text="FPIR_scaled_to_10000",
        group_dimension="all",
        group_text="all",
        threshold_text="0.62",
        threshold=Decimal("0.62"),
        watchlist_size=10000,
        value_text="2.38e-05",
        value=Decimal("0.0000238"),
        low=Decimal("0.000000603"),
        high=Decimal("0.000133"),
        basis_text="inference",
        reliability="derived",
        source_title="own calculation",
        source_url=None,
        note=(
            "INFERENCE: linear scaling 178,000 -> 10,000 and 1/6,000 imply about 2360 non-mated "
            "searches; exact binomial on 1/2360. Replace with report tables."
        ),
    )
    assert {result.row for result in results.values() if result.reliability == "derived"} == {
        17,
        18,
        19,
    }


def test_zero_false_positives_is_a_zero_with_an_upper_bound_beside_it(results):
    assert (results[9].measure_text, results[9].value) == ("false_positives", Decimal("0"))
    assert (results[19].value, results[19].high) == (Decimal("0"), Decimal("0.0000877"))


def test_figures_by_group_that_were_not_found_have_no_value(results):
    missing = results[21]
    assert (missing.group_dimension, missing.group_text, missing.value_text) == (
        "ethnicity",
        "Black",
        "NOT FOUND",
    )
    assert missing.value is None
    assert (missing.threshold_text, missing.threshold) == ("0.56-0.64", None)
    assert missing.watchlist_size is None
    assert (
        missing.note == "the report itself could not be read; watchlists of 1000 and 10000 images"
    )


def test_a_finding_in_words_has_no_value(results):
    assert (results[10].value_text, results[10].value, results[10].threshold) == (
        "significant",
        None,
        Decimal("0.58"),
    )
    assert (results[12].value_text, results[12].value) == ("not significant", None)


def test_the_two_watchlists_of_the_test_agree(results):
    at_ten_thousand, at_one_thousand = results[5].value, results[6].value
    assert at_ten_thousand is not None
    assert at_one_thousand is not None
    assert round(at_ten_thousand / at_one_thousand) == 10


def test_all_faults_of_a_file_are_told_at_once(edition):
    wrong = with_cells(edition, 5, use_case="CCTV", value="about 1 in 6,000", basis="GUESS")
    wrong = with_cells(wrong, 6, face_match_threshold="60%", watchlist_size="small")
    with pytest.raises(InvalidValueError) as refused:
        npl_evaluation_2023.to_records(wrong)
    assert [
        (problem.where.split(", ", 1)[1], problem.found, problem.expected)
        for problem in refused.value.problems
    ] == [
        (
            'page 1, row 5, column "basis"',
            "'GUESS'",
            "one of count, rate, finding, DERIVED, or blank where nothing was found",
        ),
        ('page 1, row 5, column "use_case"', "'CCTV'", "one of LFR, RFR, OIFR"),
        (
            'page 1, row 5, column "value"',
            "'about 1 in 6,000'",
            "a number such as 0.89 or 1.667e-05, or one of NOT FOUND, not significant, significant",
        ),
        ('page 1, row 6, column "face_match_threshold"', "'60%'", "a decimal number such as 0.64"),
        (
            'page 1, row 6, column "watchlist_size"',
            "'small'",
            "a whole number such as 1234 or 1,234",
        ),
    ]
