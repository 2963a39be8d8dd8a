"""Misidentifications: rows read by a person against the collected table, what is left out of it,
and what is refused."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from etl.formats.printed_values import UnparseableError
from etl.model.editions import KeptEdition
from etl.model.fields import fields_of
from etl.model.problems import InvalidValueError
from etl.model.records import Misidentification
from etl.sources.adapters import misidentifications
from etl.sources.publications import open_publication

FOLDER = Path(__file__).parents[3] / "data" / "publications" / "misidentifications"


@pytest.fixture(scope="module")
def edition() -> KeptEdition:
    return open_publication(FOLDER).editions[0]


@pytest.fixture(scope="module")
def cases(edition: KeptEdition) -> dict[str, Misidentification]:
    cases = misidentifications.to_records(edition).misidentifications
    return {case.misidentification_id: case for case in cases}


def with_cells(edition: KeptEdition, row: int, **cells: str) -> KeptEdition:
    """The edition with some cells of one row typed otherwise."""
    (table,) = edition.tables
    rows = list(table.rows)
    typed = dict(zip(table.headings, rows[row - 1].cells, strict=True)) | cells
    rows[row - 1] = replace(rows[row - 1], cells=tuple(typed.values()))
    return replace(edition, tables=(replace(table, rows=tuple(rows)),))


def test_every_row_is_one_case_and_valid(cases):
    assert list(cases) == [f"mis_{row:02d}" for row in range(1, 17)]
    for case in cases.values():
        for field in fields_of(Misidentification):
            assert field.faults(getattr(case, field.name)) == [], (case.row, field.name)


def test_technologies_are_kept_apart(cases):
    counted = Counter(case.technology_code for case in cases.values())
    assert counted == {"lfr_trial": 4, "lfr": 4, "retail_lfr": 5, "rfr": 3}


def test_a_search_of_stored_images_is_not_live(cases):
    assert cases["mis_10"] == Misidentification(
        misidentification_id="mis_10",
        publication_id="misidentifications",
        edition_id="misidentifications_2026",
        page=1,
        row=10,
        incident_date_text="2026-01",
        reported_date_text="2026-02-26",
        operator_text="Thames Valley Police",
        force_id="thames_valley",
        technology_code="rfr",
        location_text="arrested Southampton for Milton Keynes burglary",
        person_text="26-year-old Asian man",
        people_count=1,
        error_text="RFR false match accepted after officer comparison",
        outcome_text="arrested, held nearly 10 hours, released",
        litigation_text="civil claim in progress",
        evidence_grade="press",
        source_title="Eastern Eye 26 Feb 2026",
        source_url=(
            "https://www.easterneye.biz/uk-police-facial-recognition-error-southampton-arrest/"
        ),
        note=(
            "force disputes that arrest rested on FR alone; a third-party register gives 8 Jan 2026"
        ),
    )


def test_a_shop_is_no_force(cases):
    shop = cases["mis_05"]
    assert (shop.operator_text, shop.force_id, shop.technology_code) == (
        "Home Bargains / Facewatch",
        None,
        "retail_lfr",
    )


def test_an_aggregate_counts_its_people_and_a_case_counts_one(cases):
    counted = {
        case_id: case.people_count for case_id, case in cases.items() if case.people_count != 1
    }
    assert counted == {"mis_03": 7, "mis_13": 102, "mis_14": 31, "mis_15": 10}
    assert (cases["mis_16"].person_text, cases["mis_16"].people_count) == (
        "1 person (aggregate)",
        1,
    )


def test_a_report_without_a_date_has_none(cases):
    assert cases["mis_11"].reported_date_text is None
    assert cases["mis_11"].evidence_grade == "secondary"


def test_of_a_child_neither_ethnicity_nor_exact_place_is_kept(cases):
    child = cases["mis_02"]
    assert (child.person_text, child.location_text) == ("14-year-old schoolboy", "London")
    assert not re.search("black|white|asian|westfield|stratford", repr(child), re.IGNORECASE)


def test_nobody_is_named(cases):
    for case in cases.values():
        described = (
            f"{case.person_text} {case.error_text} {case.outcome_text} {case.litigation_text}"
        )
        capitals = set(re.findall(r"\b[A-Z][a-z]+\b", described))
        assert capitals <= {"Asian", "Black", "Admin", "Apr", "Feb", "May", "Civ"}, (
            case.misidentification_id
        )


def test_the_child_is_the_only_person_under_18(cases):
    ages = {
        case.misidentification_id: re.search(r"(\d+)-year-old", case.person_text)
        for case in cases.values()
    }
    assert [case_id for case_id, age in ages.items() if age and int(age[1]) < 18] == ["mis_02"]


def test_all_faults_of_a_file_are_told_at_once(edition):
    wrong = with_cells(
        edition, 1, technology="CCTV", force_or_operator="Wessex Police", id="case 1"
    )
    wrong = with_cells(
        wrong, 3, role_description="some people (aggregate)", evidence_grade="rumour"
    )
    with pytest.raises(InvalidValueError) as refused:
        misidentifications.to_records(wrong)
    assert [
        (problem.where.split(", ", 1)[1], problem.found, problem.expected)
        for problem in refused.value.problems
    ] == [
        ('page 1, row 1, column "id"', "'case 1'", "an identifier such as mis-01"),
        (
            'page 1, row 1, column "force_or_operator"',
            "'Wessex Police'",
            "a name declared in etl/sources/force_names.csv",
        ),
        (
            'page 1, row 1, column "technology"',
            "'CCTV'",
            "one of LFR, LFR (trial), retail LFR, RFR, RFR (PND), OIFR",
        ),
        (
            'page 1, row 3, column "role_description"',
            "'some people (aggregate)'",
            'an aggregate that begins with its number, such as "102 people (aggregate)"',
        ),
        (
            'page 1, row 3, column "evidence_grade"',
            "'rumour'",
            "one of primary, press_of_primary, press, ngo, secondary",
        ),
    ]


@pytest.mark.parametrize(
    ("text", "people"),
    [("adult man", 1), ("seven passers-by (aggregate)", 7), ("10 people (aggregate); 8 Black", 10)],
)
def test_people(text, people):
    assert misidentifications.read_people(text) == people


@pytest.mark.parametrize(
    "text",
    ["people (aggregate)", "0 people (aggregate)", "an aggregate", "1,200 people (aggregate)"],
)
def test_an_aggregate_without_its_number(text):
    with pytest.raises(UnparseableError, match="an aggregate that begins with its number"):
        misidentifications.read_people(text)
