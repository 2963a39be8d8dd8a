"""Stated totals, declared corrections and the release before: what the examples leave open."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from etl.checks.claim_measures import refuse_claim_measures
from etl.checks.evidence import Evidence
from etl.checks.releases import check_release, compare_releases
from etl.checks.run import check_records
from etl.checks.totals import check_totals
from etl.model.problems import InvalidReferenceError
from etl.model.records import Claim, Correction, Finding
from etl.model.reference import Place
from tests.checks.sample_checks import Line, claim, line, reading, rows, world


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


# Totals


def findings(evidence: Evidence, claim_text: Claim | None = None, **changes: Any) -> list[Finding]:
    """What is found where a newspaper states six arrests."""
    return list(
        check_totals(replace(evidence, claims=(claim_text or claim(6),)), [reading(**changes)])
    )


def test_a_missing_number_could_make_up_the_rest_but_not_an_excess() -> None:
    evidence = world(line(1), line(2, arrests=None))
    assert findings(evidence) == []
    (finding,) = findings(evidence, claim(2))
    assert finding.expected_text.endswith("give 3, and 1 of them print no number")


@pytest.mark.parametrize(
    ("stated", "changes", "adds_up"),
    [
        (5, {"stated_as": "at_least"}, True),
        (7, {"stated_as": "at_least"}, False),
        (10, {"stated_as": "rounded", "rounded_to": Decimal(5)}, True),
        (15, {"stated_as": "rounded", "rounded_to": Decimal(5)}, False),
        (2, {"measure_id": "deployments_count"}, True),
        (120, {"measure_id": None, "numerator_code": "minutes"}, True),
        (2, {"stated_value": Decimal(6)}, True),
        (3, {"deployment_id": "grid_2025_0001"}, True),
        (3, {"last_date": day("2025-03-01")}, True),
        (6, {"publication_id": "grid"}, True),
        (7, {"reason_code": "some_rows"}, True),
        (7, {"measure_id": None, "comparable": "no", "reason_code": "money"}, True),
        (7, {"search_months": 12, "window_code": "searched"}, True),
    ],
)
def test_how_a_total_is_read_decides_what_adds_up(
    stated: int, changes: dict[str, Any], adds_up: bool
) -> None:
    assert (findings(world(*rows(2)), claim(stated), **changes) == []) is adds_up


def test_a_total_of_one_place_or_district_counts_its_rows() -> None:
    place = Place(
        place_id="street_1",
        place_name="Street 1",
        district_code="E09000001",
        longitude=None,
        latitude=None,
        precision_code="street",
        coordinate_source=None,
        uncertainty_m=None,
        evidence="The name.",
        reviewed=day("2026-11-24"),
    )
    evidence = world(line(1, place_id="street_1"), line(2), places={"street_1": place})
    for where in ({"place_id": "street_1"}, {"district_code": "E09000001"}):
        assert findings(evidence, claim(3), **where) == []
        assert findings(evidence, claim(6), **where)


def test_a_row_that_does_not_count_is_not_summed() -> None:
    assert findings(world(line(1), line(2, counted=False)), claim(3)) == []


def test_a_lower_bound_is_not_summed() -> None:
    row, counts = line(2)
    bound = (row, counts | {"arrests": replace(counts["arrests"], value_status="at_least")})
    assert findings(world(line(1), bound)) == []
    assert findings(world(line(1), bound), claim(2))


def test_a_window_without_rows_is_not_compared() -> None:
    assert findings(world(line(1)), force_ids="southshire") == []


def test_every_fault_of_the_declared_readings_is_named() -> None:
    claims = (claim(6), claim(6, claim_id="claims_0002"), claim(6, claim_id="claims_0003"))
    declared = [
        reading(comparable="no"),
        reading(claim_id="claims_0003", measure_id="catches_count"),
        reading(claim_id="claims_0009"),
    ]
    with pytest.raises(InvalidReferenceError) as error:
        refuse_claim_measures(declared, claims)
    assert [(problem.where[-11:], problem.found) for problem in error.value.problems] == [
        ("claims_0001", "comparable no with reason all_rows"),
        ("claims_0002", "no row"),
        ("claims_0003", "catches_count"),
        ("claims_0009", "claims_0009"),
    ]


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"measure_id": None}, "neither a measure nor a column"),
        ({"numerator_code": "arrests"}, "arrests_count arrests"),
        ({"measure_id": None, "numerator_code": "catches"}, "catches"),
        ({"reading_code": "numerator"}, "no number as the claim's numerator"),
        ({"stated_as": None}, "a blank"),
        ({"stated_as": "rounded"}, "rounded to None"),
        ({"rounded_to": Decimal(5)}, "exact to 5"),
        ({"search_months": 12}, "stated, 12 months"),
    ],
)
def test_a_reading_that_cannot_be_followed_is_refused(changes: dict[str, Any], text: str) -> None:
    refuse_claim_measures([reading()], [claim(6)])
    with pytest.raises(InvalidReferenceError) as error:
        refuse_claim_measures([reading(**changes)], [claim(6)])
    assert [problem.found for problem in error.value.problems] == [text]


# Corrections


def correction(target: str, printed: str, action: str = "replace") -> Correction:
    return Correction(
        correction_id="grid_street_2",
        publication_id="grid",
        edition_id="grid_2025",
        page=1,
        row=2,
        target=target,
        printed_text=printed,
        action_code=action,
        value_text=None,
        reason="It does not fit.",
        evidence="The rows around it.",
        declared_on=day("2026-11-24"),
    )


@pytest.mark.parametrize(
    ("target", "printed", "action", "status"),
    [
        ("date", "02/03/24", "replace", "corrected"),
        ("date", "02/03/24", "set_absent", "corrected"),
        ("counted", "Street 2", "replace", "corrected"),
    ],
)
def test_a_correction_answers_its_finding_and_does_not_hide_it(
    target: str, printed: str, action: str, status: str
) -> None:
    misprinted: Line = line(2, date=day("2025-03-02") if target == "date" else day("2024-03-02"))
    evidence = world(
        line(1), misprinted, line(3), corrections=(correction(target, printed, action),)
    )
    (finding,) = [
        record for record in check_records(evidence) if record.check_id == "date_out_of_order"
    ]
    assert (finding.status_code, finding.correction_id) == (status, "grid_street_2")


def test_an_explanation_explains() -> None:
    explained = correction("watchlist_size", "9000", "explain")
    evidence = world(*rows(3, {2: {"watchlist_size": 9000}}), corrections=(explained,))
    (finding,) = check_records(evidence)
    assert (finding.check_id, finding.status_code) == ("watchlist_size_out_of_step", "explained")


def test_a_correction_of_another_field_answers_nothing() -> None:
    other = correction("threshold", "0.60", "explain")
    evidence = world(*rows(3, {2: {"watchlist_size": 9000}}), corrections=(other,))
    assert [finding.status_code for finding in check_records(evidence)] == ["open"]


def test_findings_are_sorted_and_each_id_is_there_once() -> None:
    evidence = world(*rows(3, {1: {"alerts": 11}, 3: {"alerts": 11, "arrests": 9}}))
    findings = check_records(evidence)
    assert [finding.row for finding in findings] == [1, 3, 3]
    assert len({finding.finding_id for finding in findings}) == 3


# Releases


def test_a_first_release_has_nothing_to_be_compared_with(plain: Line) -> None:
    row, counts = plain
    assert check_release(([], []), ([row], list(counts.values()))) == ()


def test_a_value_that_changed_since_the_release_before_is_named(plain: Line) -> None:
    row, counts = plain
    before = replace(row, watchlist_size=4000)
    assert compare_releases(([before], []), ([row], list(counts.values()))) == (
        "note: Street 1, 2025-03-01: watchlist_size was 4000 and is now 5000.",
    )
