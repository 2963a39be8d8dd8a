"""Which records make which tables, and by what key.

In: the record classes. Out: `TABLES`, in an order in which each table only refers to tables before
it. Does not know any database: `etl.warehouse.schema` renders it."""

from __future__ import annotations

from dataclasses import dataclass

from etl.model import (
    claim_measures,
    coverage,
    edition_changes,
    facts,
    geography,
    group_records,
    records,
    reference,
    return_records,
    stated_figures,
)
from etl.model.fields import Field, fields_of


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, the record that is one row of it, and the fields that identify a row."""

    name: str
    record: type
    key: tuple[str, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        return fields_of(self.record)

    @property
    def meaning(self) -> str:
        """What one row is, in the words of the record."""
        return " ".join((self.record.__doc__ or "").split())


TABLES = (
    Table("regions", reference.Region, ("region_code",)),
    Table("forces", reference.Force, ("force_id",)),
    Table("districts", reference.District, ("district_code",)),
    Table("outlines", geography.Outline, ("area_kind", "area_code")),
    Table("force_tiles", geography.ForceTile, ("force_id",)),
    Table("postcode_districts", geography.PostcodeDistrict, ("outward_code", "district_code")),
    Table("towns", geography.Town, ("town_name", "district_code")),
    Table("places", reference.Place, ("place_id",)),
    Table("place_names", reference.PlaceName, ("force_id", "location_text")),
    Table(
        "populations",
        reference.Population,
        ("area_code", "dimension", "group_text", "reference_date", "source"),
    ),
    Table("publications", reference.Publication, ("publication_id",)),
    Table("editions", reference.Edition, ("edition_id",)),
    Table("use_cases", reference.UseCase, ("edition_id", "page", "reference")),
    Table("printed_cells", reference.PrintedCell, ("edition_id", "page", "row", "column")),
    Table("precedence", reference.Precedence, ("precedence_id",)),
    Table("breaks", reference.Break, ("break_id",)),
    Table("lfr_use", coverage.LfrUse, ("force_id", "period")),
    Table("publishing", coverage.Publishing, ("publishing_id",)),
    Table("publishing_fields", coverage.PublishingField, ("publishing_id", "field_code")),
    Table("wards", stated_figures.Ward, ("ward_code",)),
    Table("ward_rows", stated_figures.WardRow, ("edition_id", "page", "row")),
    Table(
        "group_publishing",
        stated_figures.GroupPublishing,
        ("force_id", "stage_code", "attribute_code"),
    ),
    Table("reported_groups", stated_figures.ReportedGroup, ("reported_group_id",)),
    Table("reported_group_sources", stated_figures.ReportedGroupSource, ("event_id",)),
    Table("unread_publications", stated_figures.UnreadPublication, ("unread_publication_id",)),
    Table("corrections", records.Correction, ("correction_id",)),
    Table("deployments", records.Deployment, ("deployment_id",)),
    Table("edition_changes", edition_changes.EditionChange, ("edition_change_id",)),
    Table("counts", records.Count, ("deployment_id", "stage_code")),
    Table("deployment_wards", stated_figures.DeploymentWard, ("deployment_id",)),
    Table("facts", facts.Fact, ("deployment_id",)),
    Table("claims", records.Claim, ("claim_id",)),
    Table("figure_series", stated_figures.FigureSeries, ("claim_id",)),
    Table("stated_figures", stated_figures.StatedFigure, ("claim_id",)),
    Table("returned_counts", return_records.ReturnedCount, ("returned_count_id",)),
    Table("group_counts", group_records.GroupCount, ("group_count_id",)),
    Table(
        "group_crosswalks",
        group_records.GroupCrosswalk,
        ("from_classification_code", "from_group_code", "to_classification_code"),
    ),
    Table("claim_measures", claim_measures.ClaimMeasure, ("claim_id",)),
    Table("misidentifications", records.Misidentification, ("misidentification_id",)),
    Table("test_results", records.TestResult, ("test_result_id",)),
    Table("findings", records.Finding, ("finding_id",)),
    Table("releases", reference.Release, ("release_id",)),
)


_BY_RECORD = {table.record: table for table in TABLES}


def table_of(record: type) -> Table:
    """The table whose rows are records of this class; KeyError if there is none."""
    return _BY_RECORD[record]
