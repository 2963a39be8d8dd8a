"""Rows of the record with what a reader needs beside them, and one row with all that stands behind
it: the printed cells, what is used of each, what is doubtful.

In: nothing. Out: the hand-overs between `etl.queries.rows` and every reader.
Does not query and does not word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from etl.model.fields import Scalar
from etl.model.records import Correction, Deployment, Finding
from etl.model.reference import Edition, Publication


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDeployment(Deployment):
    """A deployment with its names, its area and its source.

    `counts` has the number of every stage by code, a lower bound too; None where there is none.
    `source_address` is where the row can be read: its own address, else the file's, else the
    publication's."""

    force_name: str
    place_name: str | None
    precision_code: str | None
    district_code: str | None
    district_name: str | None
    region_code: str | None
    region_name: str | None
    source_address: str | None
    edition_title: str
    counts: Mapping[str, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedFinding(Finding):
    """A finding with the force, the row and the claim that it is about, where there are any."""

    force_id: str | None
    row_deployment_id: str | None
    claim_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedCorrection(Correction):
    """A correction with the force and the row that it is about, where there is one."""

    force_id: str | None
    row_deployment_id: str | None


@dataclass(frozen=True, slots=True)
class EditionRows:
    """How many deployments one file has of one force, counted and not, and from when to when."""

    publication_id: str
    edition_id: str
    force_id: str
    counted_count: int
    stored_count: int
    first_date: dt.date | None
    last_date: dt.date | None


@dataclass(frozen=True, slots=True)
class PrintedColumn:
    """A heading of one file as printed, the field that it is read into, and how many of its cells
    hold something."""

    edition_id: str
    column: int
    heading: str
    field_name: str | None
    cells_count: int
    filled_count: int
    first_page: int
    last_page: int


@dataclass(frozen=True, slots=True)
class FieldValue:
    """A field of a deployment with the value that is used and where it comes from.

    `value_status` is a code of VALUE_STATUS; `derivation` the declared rule of a value that is not
    printed; `value_as_printed` the number printed, where another is used."""

    field_name: str
    value: Scalar
    value_status: str
    derivation: str | None = None
    value_as_printed: int | None = None


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A printed cell and the field that it fills; None for a cell that is not read."""

    column: int
    heading: str
    text: str
    field: FieldValue | None


@dataclass(frozen=True, slots=True)
class RowEvidence:
    """A deployment down to its cells.

    `cells` are in printed order; `unprinted` are the fields without a cell of their own in this
    row. `before` and `after` are the deployments of the rows next to it in the file. `same_day` are
    other publications' rows of the force that touch its days."""

    row: ListedDeployment
    publication: Publication
    edition: Edition
    cells: tuple[ReadCell, ...]
    unprinted: tuple[FieldValue, ...]
    corrections: tuple[PlacedCorrection, ...]
    findings: tuple[PlacedFinding, ...]
    before: str | None
    after: str | None
    same_day: tuple[ListedDeployment, ...]
