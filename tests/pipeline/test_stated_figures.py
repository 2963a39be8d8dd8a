"""Stated figures, sums by group, wards and published groups: what they are made of, and faults."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from etl.model.coverage import Publishing, PublishingField
from etl.model.problems import InvalidReferenceError
from etl.model.records import Claim, Deployment
from etl.model.reference import Place
from etl.model.stated_figures import FigureSeries, GroupPublishing, ReportedGroup, Ward, WardRow
from etl.pipeline.stated_figures import (
    fill_group_publishing,
    make_stated_figures,
    place_in_wards,
    refuse_reported_groups,
)

DAY = dt.date(2024, 1, 1)
CLAIM = Claim(
    claim_id="claims_0001",
    publication_id="claims",
    edition_id="claims_1",
    page=1,
    row=1,
    force_text="Northshire Police",
    force_id="northshire",
    measure_text="charged",
    value_text="424",
    value=Decimal(424),
    numerator=424,
    denominator=587,
    period_start_text="2024",
    period_end_text="2024",
    period_start=DAY,
    period_end=dt.date(2024, 12, 31),
    granularity_text=None,
    location_text=None,
    group_dimension=None,
    group_text=None,
    reliability="press",
    source_title="A newspaper",
    source_url=None,
    note=None,
)
SERIES = FigureSeries(
    claim_id="claims_0001",
    series_code="after_arrest",
    quantity_code="charged",
    stated_as="exact",
    read_in_full="no",
)
GROUP = ReportedGroup(
    reported_group_id="northshire_male",
    force_id="northshire",
    period_start=DAY,
    period_end=DAY,
    stage_code="arrests",
    classification_code="reported_sex",
    group_code="male",
    basis_code="not_stated",
    group_count=33,
    total_count=39,
    events_count=7,
    reliability="press",
)
WARD = Ward(
    ward_code="E05000001",
    ward_name="North",
    district_code="E09000001",
    people_count=100,
    asian_count=10,
    black_count=20,
    mixed_count=10,
    white_count=50,
    other_count=10,
)
OTHER_WARD = replace(WARD, ward_code="E05000002", district_code="E09000002")
SOUTH_WARD = replace(WARD, ward_code="E05000003", ward_name="South")


def place(place_id: str = "market", district: str | None = "E09000001") -> Place:
    return Place(
        place_id=place_id,
        place_name="Market",
        district_code=district,
        longitude=None,
        latitude=None,
        precision_code="street",
        coordinate_source=None,
        uncertainty_m=None,
        evidence="A map.",
        reviewed=DAY,
    )


def deployment(row: int, place_id: str = "market") -> Deployment:
    return Deployment(
        deployment_id=f"grid_{row}",
        force_id="northshire",
        publication_id="grid",
        edition_id="grid_1",
        page=1,
        row=row,
        location_text="Market",
        place_id=place_id,
        reliability="primary",
    )


def entry(row: int, ward: str | None = "E05000001") -> WardRow:
    return WardRow(
        edition_id="grid_1",
        page=1,
        row=row,
        ward_code=ward,
        workbook_ward_code="E05000001",
        matched_by="date_and_faces",
    )


def placed(*entries: WardRow, rows: int = 2, district: str | None = "E09000001") -> dict[str, str]:
    deployments = [deployment(row) for row in range(1, rows + 1)]
    wards = place_in_wards(
        deployments, entries, [WARD, OTHER_WARD, SOUTH_WARD], {"market": place(district=district)}
    )
    return {row.deployment_id: f"{row.ward_code} {row.ward_basis_code}" for row in wards}


def test_a_claim_with_its_whole_is_a_count_of_a_count() -> None:
    (figure,) = make_stated_figures([SERIES], [CLAIM])
    assert (figure.stated_count, figure.of_count, figure.stated_share) == (424, 587, None)


@pytest.mark.parametrize(
    ("value", "count", "share"),
    [(Decimal(3813), 3813, None), (Decimal("0.98"), None, Decimal("0.98")), (None, None, None)],
)
def test_a_claim_without_a_whole_is_a_count_or_a_share(
    value: Decimal | None, count: int | None, share: Decimal | None
) -> None:
    claim = replace(CLAIM, value=value, numerator=None, denominator=None)
    (figure,) = make_stated_figures([SERIES], [claim])
    assert (figure.stated_count, figure.of_count, figure.stated_share) == (count, None, share)


def test_a_series_that_names_no_claim_is_refused() -> None:
    with pytest.raises(InvalidReferenceError, match="claims_0001"):
        make_stated_figures([SERIES], [])


def test_groups_that_add_up_to_their_total_pass() -> None:
    refuse_reported_groups([GROUP, replace(GROUP, group_code="female", group_count=6)])


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([GROUP], "groups that add up to 33"),
        ([replace(GROUP, group_count=39, group_code="ic3")], "a group of reported_sex"),
        ([GROUP, replace(GROUP, group_code="female", group_count=5)], "groups that add up to 38"),
    ],
)
def test_a_sum_that_contradicts_its_total_is_refused(rows: list[ReportedGroup], words: str) -> None:
    with pytest.raises(InvalidReferenceError) as caught:
        refuse_reported_groups(rows)
    assert words in str(caught.value)


def test_a_row_takes_the_ward_of_the_workbook_and_others_that_of_the_place() -> None:
    assert placed(entry(1)) == {
        "grid_1": "E05000001 workbook",
        "grid_2": "E05000001 same_place",
    }


def test_a_place_in_two_wards_places_no_other_row() -> None:
    assert placed(entry(1), entry(2, "E05000003"), rows=3) == {
        "grid_1": "E05000001 workbook",
        "grid_2": "E05000003 workbook",
    }


def test_a_row_that_the_workbook_contradicts_is_not_placed() -> None:
    assert placed(entry(1, None), rows=1) == {}


def test_a_ward_of_another_district_is_refused() -> None:
    with pytest.raises(InvalidReferenceError, match="E05000002"):
        placed(entry(1, "E05000002"))
    assert placed(entry(1, "E05000002"), district=None, rows=1)


def test_a_row_that_is_not_there_is_refused() -> None:
    with pytest.raises(InvalidReferenceError, match="page 1, row 9"):
        placed(entry(9))


def publishing() -> Publishing:
    return Publishing(
        publishing_id="northshire_page",
        force_id="northshire",
        form_code="web_text",
        title="Results",
        url=None,
        since_text=None,
        until_text=None,
        delay_text=None,
        delay_days_typical=None,
        per_deployment_code="yes",
        announced_ahead_code="yes",
        publication_ids=None,
        evidence="Read.",
        source_title="Results",
        source_url=None,
        reliability="primary",
        looked_on=DAY,
    )


@pytest.mark.parametrize(
    ("published", "code"), [("no", "nothing_found"), ("unknown", "not_read_in_full")]
)
def test_every_cell_of_the_matrix_has_its_evidence(published: str, code: str) -> None:
    field = PublishingField(
        force_id="northshire",
        publishing_id="northshire_page",
        field_code="demographics",
        published_code=published,
        evidence="The page has no such column.",
        source_url="https://example.org",
        reliability="primary",
    )
    declared = GroupPublishing(
        force_id="northshire",
        stage_code="arrests",
        attribute_code="sex",
        group_publishing_code="asked_and_refused",
        evidence="Answer 1.",
    )
    cells = fill_group_publishing([declared], [publishing()], [field])
    assert len(cells) == 6 * 3
    codes = {(cell.stage_code, cell.attribute_code): cell for cell in cells}
    assert codes["arrests", "sex"] is declared
    assert codes["alerts", "age"].group_publishing_code == code
    assert codes["alerts", "age"].evidence == "The page has no such column."
