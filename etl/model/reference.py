"""The records of reference data: publications, editions, forces, places, residents, and how they
are counted.

In: nothing. Out: record classes declared like those of `etl.model.records`.
Does not hold any data: that is in `data/reference/` and `data/publications/`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated as A

from etl.model import codes
from etl.model.fields import About, Unit
from etl.model.records import ID, EditionId, Page, PublicationId, Reliability, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A file or page that a publisher puts out, over all its editions."""

    publication_id: A[
        str,
        About(
            "Identifier of the publication; the same word names its folder and its reader.",
            pattern=ID,
        ),
    ]
    title: A[str, About("Title as published.")]
    publisher: A[str, About("Who put it out.")]
    url: A[str | None, About("Address where it is published.")]
    licence: A[str, About("Terms on which it may be used.")]
    form: A[str, About("The form in which it is published.")]
    reliability: Reliability
    row_is: A[str, About("What one printed row stands for.")]
    verdict: A[str, About("What we compared it with, and what did not fit.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One kept file of a publication."""

    edition_id: A[str, About("Identifier of the edition.", pattern=ID)]
    publication_id: PublicationId
    title: A[str, About("Title of this file.")]
    url: A[str | None, About("Address from which the file came.")]
    retrieved_on: A[dt.date | None, About("When the file was retrieved, where known.")]
    file_sha256: A[str, About("SHA-256 of the file that was read.", pattern="[0-9a-f]{64}")]
    cells_sha256: A[str, About("SHA-256 of the kept cells as printed.", pattern="[0-9a-f]{64}")]
    period_start: A[dt.date | None, About("First day the file covers.")]
    period_end: A[dt.date | None, About("Last day the file covers.")]
    rows_count: A[int, About("Rows read from it.", Unit.ORDINAL, minimum=0)]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedCell:
    """One cell exactly as printed."""

    edition_id: EditionId
    page: Page
    row: Row
    column: A[int, About("Number of the column, from 1.", Unit.ORDINAL, minimum=1)]
    heading: A[str, About("Heading of the column as printed.")]
    text: A[str, About("The cell as printed; lines are joined by a space.")]
    field_name: A[
        str | None,
        About(
            "The field or stage of our record that the cell is read into; absent where it is kept "
            "and not read."
        ),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A region of England, or a country of the United Kingdom."""

    region_code: A[str, About("ONS code.")]
    region_name: A[str, About("Name.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Force:
    """A police force or another body that may run LFR cameras."""

    force_id: A[str, About("Identifier of the force.", pattern=ID)]
    force_name: A[str, About("Full name.")]
    short_name: A[str, About("Name for tables and charts.")]
    ons_code: A[str | None, About("ONS code of the police force area.")]
    region_code: A[str | None, About("Region of the force area.", refers_to="regions.region_code")]
    kind_code: A[str, About("Kind of body.", codes=codes.FORCE_KIND)]
    nation_code: A[str, About("Nation or nations in which it works.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """A local authority district or London borough."""

    district_code: A[str, About("ONS code of 2024.")]
    district_name: A[str, About("Name.")]
    force_id: A[str, About("The territorial force.", refers_to="forces.force_id")]
    region_code: A[str, About("The region.", refers_to="regions.region_code")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place to which printed locations are resolved,
    with a coordinate only as precise as the text allows."""

    place_id: A[str, About("Identifier of the place.", pattern=ID)]
    place_name: A[str, About("Name for readers.")]
    district_code: A[
        str | None,
        About(
            "The district; absent where it cannot be decided.", refers_to="districts.district_code"
        ),
    ]
    longitude: A[float | None, About("Longitude.", Unit.DEGREES, minimum=-9, maximum=3)]
    latitude: A[float | None, About("Latitude.", Unit.DEGREES, minimum=49, maximum=61)]
    precision_code: A[str, About("What the coordinate stands for.", codes=codes.PLACE_PRECISION)]
    coordinate_source: A[str | None, About("Where the coordinate is from.")]
    uncertainty_m: A[
        int | None, About("How far off the coordinate may be.", Unit.METRES, minimum=0)
    ]
    evidence: A[str, About("Why this place and this district.")]
    reviewed: A[dt.date, About("When a person reviewed it.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceName:
    """A location as printed by a force, and the place it was resolved to."""

    force_id: A[str, About("The force that printed it.", refers_to="forces.force_id")]
    location_text: A[str, About("The location as printed.")]
    place_id: A[str, About("The place.", refers_to="places.place_id")]
    note: A[str | None, About("What the reviewer noted.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """Residents of an area in a group, from a census or an official estimate."""

    area_kind: A[str, About("Kind of area: police force area, district, region or country.")]
    area_code: A[str, About("ONS code of the area.")]
    area_name: A[str, About("Name of the area.")]
    dimension: A[str, About("The attribute by which residents are grouped; “all” for everybody.")]
    group_text: A[str, About("The group, in the source's words.")]
    people_count: A[int, About("Usual residents.", Unit.PEOPLE, minimum=0)]
    reference_date: A[str, About("The day or period the figure is for.")]
    source: A[str, About("Where the figure is from.")]
    licence: A[str, About("Terms on which it may be used.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Precedence:
    """Declared: of two publications about the same deployments, which one counts and why."""

    precedence_id: A[str, About("Identifier of the declaration.", pattern=ID)]
    force_id: A[str, About("The force.", refers_to="forces.force_id")]
    counts_publication_id: A[
        str, About("The publication that counts.", refers_to="publications.publication_id")
    ]
    kept_publication_id: A[
        str,
        About(
            "The publication that is kept but not counted.", refers_to="publications.publication_id"
        ),
    ]
    first_date: A[dt.date, About("First day of the overlap.")]
    last_date: A[dt.date, About("Last day of the overlap.")]
    reason: A[str, About("Why.")]
    evidence: A[str, About("What shows it.")]
    declared_on: A[dt.date, About("When it was declared.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class UseCase:
    """One line of a publication's legend of purposes.
    The same number means another thing in another edition."""

    edition_id: EditionId
    page: A[int, About("Page of the legend.", Unit.ORDINAL, minimum=1)]
    reference: A[str, About("The reference as printed.")]
    heading: A[str, About("What the publisher calls it: purpose or use case.")]
    meaning: A[str, About("What it stands for, as printed.")]
    policy_reference: A[
        str | None, About("The paragraph of the publisher's policy, where printed.")
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """Declared: from a day on, a quantity of a force is not what it was before under the same
    name."""

    break_id: A[str, About("Identifier of the break.", pattern=ID)]
    force_id: A[str, About("The force.", refers_to="forces.force_id")]
    field: A[str, About("The quantity: a stage or another field of a deployment's facts.")]
    first_date: A[dt.date, About("First day on the new basis.")]
    effect_code: A[str, About("What it means for comparisons.", codes=codes.BREAK_EFFECT)]
    meaning: A[str, About("What changed, in a sentence for readers.")]
    evidence: A[str, About("What shows it.")]
    declared_on: A[dt.date, About("When it was declared.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What this warehouse is: one row."""

    release_id: A[str, About("Identifier of the release: the first 12 digits of the content hash.")]
    content_hash: A[
        str, About("SHA-256 of all rows of all other tables, in order.", pattern="[0-9a-f]{64}")
    ]
    software_version: A[str, About("Version of this project that built it.")]
    schema_version: A[str, About("SHA-256 of the schema that it was built by, first 12 digits.")]
    sources_hash: A[
        str,
        About(
            "SHA-256 of every input file but the counts by group, in order of path.",
            pattern="[0-9a-f]{64}",
        ),
    ]
