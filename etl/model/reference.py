"""The records of reference data: publications, editions, forces, places, residents, and how they
are counted.

In: nothing. Out: record classes declared like those of `etl.model.records`.
Does not hold any data: that is in `data/reference/` and `data/publications/`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A file or page that a publisher puts out, over all its editions."""

    publication_id: str
    title: str
    publisher: str
    url: str | None
    licence: str
    form: str
    reliability: str
    row_is: str
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One kept file of a publication."""

    edition_id: str
    publication_id: str
    title: str
    url: str | None
    retrieved_on: dt.date | None
    published_on: dt.date | None = None
    follows_edition_id: str | None = None
    file_sha256: str
    cells_sha256: str
    period_start: dt.date | None
    period_end: dt.date | None
    rows_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedCell:
    """One cell exactly as printed."""

    edition_id: str
    page: int
    row: int
    column: int
    heading: str
    text: str
    field_name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A region of England, or a country of the United Kingdom."""

    region_code: str
    region_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Force:
    """A police force or another body that may run LFR cameras."""

    force_id: str
    force_name: str
    short_name: str
    ons_code: str | None
    region_code: str | None
    kind_code: str
    nation_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """A local authority district or London borough."""

    district_code: str
    district_name: str
    force_id: str
    region_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place to which printed locations are resolved,
    with a coordinate only as precise as the text allows."""

    place_id: str
    place_name: str
    district_code: str | None
    longitude: float | None
    latitude: float | None
    precision_code: str
    coordinate_source: str | None
    uncertainty_m: int | None
    evidence: str
    reviewed: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceName:
    """A location as printed by a force, and the place it was resolved to."""

    force_id: str
    location_text: str
    place_id: str
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """Residents of an area in a group, from a census or an official estimate."""

    area_kind: str
    area_code: str
    area_name: str
    dimension: str
    group_text: str
    people_count: int
    reference_date: str
    source: str
    licence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Precedence:
    """Declared: of two publications about the same deployments, which one counts and why."""

    precedence_id: str
    force_id: str
    counts_publication_id: str
    kept_publication_id: str
    first_date: dt.date
    last_date: dt.date
    reason: str
    evidence: str
    declared_on: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class UseCase:
    """One line of a publication's legend of purposes.
    The same number means another thing in another edition."""

    edition_id: str
    page: int
    reference: str
    heading: str
    meaning: str
    policy_reference: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """Declared: from a day on, a quantity of a force is not what it was before under the same
    name."""

    break_id: str
    force_id: str
    field: str
    first_date: dt.date
    effect_code: str
    meaning: str
    evidence: str
    declared_on: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What this warehouse is: one row."""

    release_id: str
    content_hash: str
    software_version: str
    schema_version: str
    sources_hash: str
