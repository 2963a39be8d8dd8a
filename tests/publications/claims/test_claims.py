"""Claims: rows read by a person against the collected table, and what is refused."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from etl.formats.printed_values import UnparseableError
from etl.model.editions import KeptEdition
from etl.model.fields import fields_of
from etl.model.problems import InvalidValueError
from etl.model.records import Claim
from etl.sources.adapters import claims
from etl.sources.publications import open_publication

FOLDER = Path(__file__).parents[3] / "data" / "publications" / "claims"


@pytest.fixture(scope="module")
def edition() -> KeptEdition:
    return open_publication(FOLDER).editions[0]


@pytest.fixture(scope="module")
def claims_by_row(edition: KeptEdition) -> dict[int, Claim]:
    return {claim.row: claim for claim in claims.to_records(edition).claims}


def with_cells(edition: KeptEdition, row: int, **cells: str) -> KeptEdition:
    """The edition with some cells of one row typed otherwise."""
    (table,) = edition.tables
    rows = list(table.rows)
    typed = dict(zip(table.headings, rows[row - 1].cells, strict=True)) | cells
    rows[row - 1] = replace(rows[row - 1], cells=tuple(typed.values()))
    return replace(edition, tables=(replace(table, rows=tuple(rows)),))


def test_every_row_is_one_claim_and_valid(claims_by_row):
    assert len(claims_by_row) == 246
    assert [claim.claim_id for claim in claims_by_row.values()] == [
        f"claims_{row:04d}" for row in range(1, 247)
    ]
    for claim in claims_by_row.values():
        for field in fields_of(Claim):
            assert field.faults(getattr(claim, field.name)) == [], (claim.row, field.name)


def test_grades_become_reliability(claims_by_row):
    counted = Counter(claim.reliability for claim in claims_by_row.values())
    assert counted == {
        "press": 146,
        "transcribed": 42,
        "primary": 41,
        "contradicted": 12,
        "derived": 5,
    }


def test_a_stated_rate_keeps_its_numerator_and_denominator(claims_by_row):
    assert claims_by_row[163] == Claim(
        claim_id="claims_0163",
        publication_id="claims",
        edition_id="claims_2026_09",
        page=1,
        row=163,
        force_text="Metropolitan Police",
        force_id="metropolitan",
        measure_text="met_annual_report: false_alert_rate_per_face",
        value_text="3.177189306e-06",
        value=Decimal("0.000003177189306"),
        numerator=10,
        denominator=3147436,
        period_start_text="2024-09-12",
        period_end_text="2025-09-11",
        period_start=dt.date(2024, 9, 12),
        period_end=dt.date(2025, 9, 11),
        granularity_text="period",
        location_text=None,
        group_dimension="all",
        group_text="all",
        reliability="press",
        source_title="Met LFR Annual Report Sept 2025 (as reported by The Register, copy)",
        source_url="https://www.cyberswissguards.com/?p=17233",
        note="Published as 0.0003%.",
    )


def test_a_bound_and_a_sentence_are_kept_as_text_only(claims_by_row):
    assert (claims_by_row[173].value_text, claims_by_row[173].value) == (">0.25", None)
    assert (claims_by_row[194].value_text, claims_by_row[194].value) == (
        "no statistically significant bias",
        None,
    )
    assert (claims_by_row[195].value_text, claims_by_row[195].value) == ("0.56 -> 0.14", None)


def test_months_and_years_become_their_first_and_last_days(claims_by_row):
    fifteen_events = claims_by_row[45]
    assert (fifteen_events.period_start_text, fifteen_events.period_end_text) == (
        "2017-06",
        "2018-03",
    )
    assert (fifteen_events.period_start, fifteen_events.period_end) == (
        dt.date(2017, 6, 1),
        dt.date(2018, 3, 31),
    )
    undated = claims_by_row[242]
    assert (undated.value_text, undated.numerator) == ("580", None)
    assert (undated.period_start, undated.period_end) == (None, None)


def test_a_name_that_is_no_single_force_has_no_force(claims_by_row):
    combined = claims_by_row[84]
    assert (combined.force_text, combined.force_id) == ("South Wales Police + Met (combined)", None)


def test_an_address_with_a_file_in_brackets_is_split(claims_by_row):
    survey = claims_by_row[20]
    assert survey.source_url == "https://github.com/Forrest404/cammap"
    assert (
        survey.note
        == "file london-lfr-cameras/results/City_of_London_Police_and_other_forces_LFR.json"
    )


def test_the_two_statements_about_the_final_both_stand(claims_by_row):
    final = [
        claim
        for claim in claims_by_row.values()
        if claim.measure_text == "alerts" and claim.force_id == "south_wales"
    ]
    assert sorted({claim.value_text for claim in final}) == ["2470", "2632"]


def test_all_faults_of_a_file_are_told_at_once(edition):
    wrong = with_cells(edition, 2, force="Wessex Police", grade="E", numerator="12.5")
    wrong = with_cells(wrong, 3, period_end="2025-13", value="1,234")
    with pytest.raises(InvalidValueError) as refused:
        claims.to_records(wrong)
    remedy = "Compare the row with its source and correct the kept cells, or declare what is new."
    assert [str(problem) for problem in refused.value.problems] == [
        "claims_2026_09, page 1, row 2, column \"force\": found 'Wessex Police'; "
        f"expected a name declared in etl/sources/force_names.csv. {remedy}",
        "claims_2026_09, page 1, row 2, column \"numerator\": found '12.5'; "
        f"expected a whole number such as 1234 or 1,234. {remedy}",
        "claims_2026_09, page 1, row 2, column \"grade\": found 'E'; "
        f"expected one of the grades A, B, C, D, X. {remedy}",
        "claims_2026_09, page 1, row 3, column \"value\": found '1,234'; "
        f"expected a number without commas or signs, such as 1234 or 0.25, or words. {remedy}",
        "claims_2026_09, page 1, row 3, column \"period_end\": found '2025-13'; "
        f"expected a year, a month or a day that is in the calendar. {remedy}",
    ]


def test_a_blank_where_there_must_be_a_text_is_told(edition):
    with pytest.raises(
        InvalidValueError, match='row 1, column "measure": found a blank cell; expected a text'
    ):
        claims.to_records(with_cells(edition, 1, measure=""))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", dt.date(2024, 1, 1), dt.date(2024, 12, 31)),
        ("2024-02", dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        ("2025-02", dt.date(2025, 2, 1), dt.date(2025, 2, 28)),
        ("2024-02-29", dt.date(2024, 2, 29), dt.date(2024, 2, 29)),
    ],
)
def test_periods(text, first, last):
    assert (claims.read_first_day(text), claims.read_last_day(text)) == (first, last)


@pytest.mark.parametrize(
    "text", ["2025-02-29", "2025-00", "2025-01-00", "0000", "29/02/2024", "early 2024", "24"]
)
def test_what_is_no_period(text):
    for read in (claims.read_first_day, claims.read_last_day):
        with pytest.raises(UnparseableError, match="a year, a month or a day"):
            read(text)


def test_a_collected_file_is_read_with_rows_from_1(tmp_path, edition):
    (table,) = edition.tables
    path = tmp_path / "claims.csv"
    path.write_text(
        ",".join(table.headings) + "\n" + "x," * (len(table.headings) - 1) + "x\n", encoding="utf-8"
    )
    (read,) = claims.read(path)
    assert read.headings == table.headings
    assert [(row.page, row.row) for row in read.rows] == [(1, 1)]
