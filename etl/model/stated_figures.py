"""Figures that somebody stated beside deployments, and areas with their residents: the records.

In: nothing. Out: the record classes. Does not hold data, and no figure here enters a measure of
deployments."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from etl.model.codes import code_list

FIGURE_SERIES = code_list("figure_series")
QUANTITY = code_list("quantity")
GROUP_PUBLISHING = code_list("group_publishing")
MATRIX_STAGE = code_list("matrix_stage")
GROUP_ATTRIBUTE = code_list("group_attribute")
EDITION_CHANGE = code_list("edition_change")
PLACE_WEIGHT = code_list("place_weight")
AREA_KIND_USED = code_list("area_kind_used")
WARD_BASIS = code_list("ward_basis")
MATCHED_BY = code_list("matched_by")
KNOWN = code_list("known")


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureSeries:
    """To which series a claim's figure belongs: other technologies, or what followed an arrest."""

    claim_id: str
    series_code: str
    quantity_code: str
    stated_as: str
    read_in_full: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedFigure:
    """One figure of one force and period as somebody stated it, never added to another."""

    claim_id: str
    series_code: str
    quantity_code: str
    force_id: str | None = None
    force_text: str
    period_start: dt.date | None = None
    period_end: dt.date | None = None
    stated_count: int | None = None
    of_count: int | None = None
    stated_share: Decimal | None = None
    stated_as: str
    read_in_full: str
    reliability: str
    source_title: str
    source_url: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedGroup:
    """How many of the arrests that press releases describe were of people of one group: a sum over
    several days, never one day."""

    reported_group_id: str
    force_id: str | None = None
    period_start: dt.date
    period_end: dt.date
    stage_code: str
    classification_code: str
    group_code: str
    basis_code: str
    group_count: int
    total_count: int
    events_count: int
    reliability: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedGroupSource:
    """A press release or report that describes arrests by sex or age, and whether the sums of
    `reported_groups` include it."""

    event_id: str
    force_id: str
    period_start: dt.date
    period_end: dt.date
    classifications: str
    included: str
    not_included_reason: str | None = None
    reliability: str
    read_in_full: str
    source_title: str
    publisher: str
    published_on: dt.date | None = None
    source_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ward:
    """An electoral ward with its residents by ethnic group and the people who work or stay there by
    day."""

    ward_code: str
    ward_name: str
    district_code: str
    people_count: int
    asian_count: int
    black_count: int
    mixed_count: int
    white_count: int
    other_count: int
    workday_people_count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WardRow:
    """In which ward a printed row of the Metropolitan Police was, approximately."""

    edition_id: str
    page: int
    row: int
    ward_code: str | None = None
    workbook_ward_code: str
    matched_by: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeploymentWard:
    """In which ward a deployment was, approximately, and how that is known."""

    deployment_id: str
    ward_code: str
    ward_basis_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupPublishing:
    """Whether a force publishes a stage of the funnel by ethnicity, sex or age, with the
    evidence."""

    force_id: str
    stage_code: str
    attribute_code: str
    group_publishing_code: str
    evidence: str
    source_url: str | None = None
    reliability: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadPublication:
    """A publication that is known to hold more and that nobody has read for this record."""

    unread_publication_id: str
    title: str
    publisher: str
    published_text: str | None = None
    period_text: str | None = None
    force_id: str | None = None
    url_text: str
    holds: str
    has_groups: str
    how_far_read: str | None = None
    reliability: str | None = None
