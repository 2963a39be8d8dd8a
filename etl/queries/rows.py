"""Questions about rows: which there are, what was printed in one, and what is doubtful or corrected
in all of them.

In: a question. Out: rows, and `RowEvidence`
down to the printed cell. Does not add up, and does not decide what is right: it shows what is used
beside what is printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from etl.model.codes import STAGE
from etl.model.queries import ALL_TIME, Period, Where
from etl.model.records import Count, Deployment
from etl.model.reference import Edition, PrintedCell, Publication
from etl.model.row_evidence import (
    EditionRows,
    FieldValue,
    ListedDeployment,
    PlacedCorrection,
    PlacedFinding,
    PrintedColumn,
    ReadCell,
    RowEvidence,
)
from etl.queries.release_file import ReleaseFile
from etl.warehouse.evidence import (
    count_edition_rows,
    list_all_corrections,
    list_all_findings,
    list_columns,
)
from etl.warehouse.read import read_deployments

Placed = TypeVar("Placed", PlacedFinding, PlacedCorrection)

# What a row can have beside the stages, in the order in which a reader asks.
ROW_FIELDS = (
    "date",
    "location_text",
    "covers_deployments_count",
    "use_case_text",
    "use_case_code",
    "duration_minutes",
    "start_time",
    "end_time",
    "watchlist_size",
    "threshold",
    "cameras_count",
    "published_false_alert_rate_text",
    "lender_force_id",
    "note",
)
# Said of a row only where there is something to say.
_ONLY_IF_PRESENT = frozenset(
    {
        "covers_deployments_count",
        "use_case_code",
        "start_time",
        "end_time",
        "lender_force_id",
        "note",
    }
)


class Rows:
    """Single rows of one release, down to the printed cell."""

    def __init__(self, file: ReleaseFile) -> None:
        self._file = file

    def deployments(
        self,
        where: Where | None = None,
        period: Period = ALL_TIME,
        *,
        counted_only: bool = True,
    ) -> list[ListedDeployment]:
        """Rows with names, geography and source, newest first."""
        return read_deployments(self._file.engine, where or {}, period, counted_only=counted_only)

    def evidence(self, deployment_id: str) -> RowEvidence | None:
        """One deployment down to its printed cells; None if the record has none of this id."""
        deployments = self.deployments({"deployment_id": [deployment_id]}, counted_only=False)
        if not deployments:
            return None
        row = deployments[0]
        place: Where = {
            "edition_id": [row.edition_id],
            "page": [row.page],
            "row": [row.row],
        }
        fields = _read_fields(row, self._file.table(Count, {"deployment_id": [deployment_id]}))
        cells = tuple(
            ReadCell(
                printed_cell.column,
                printed_cell.heading,
                printed_cell.text,
                fields.get(printed_cell.field_name or ""),
            )
            for printed_cell in self._file.table(PrintedCell, place)
        )
        printed = {cell.field.field_name for cell in cells if cell.field}
        of_file = self._file.table(Deployment, {"edition_id": [row.edition_id]})
        ids = [
            deployment.deployment_id
            for deployment in sorted(
                of_file, key=lambda deployment: (deployment.page, deployment.row)
            )
        ]
        at = ids.index(deployment_id)
        if row.use_case_code is not None:
            # A purpose that is printed by its reference is not missing.
            fields.pop("use_case_text")
        return RowEvidence(
            row=row,
            publication=self._file.by_id(Publication)[row.publication_id],
            edition=self._file.by_id(Edition)[row.edition_id],
            cells=cells,
            unprinted=tuple(
                field
                for name, field in fields.items()
                if name not in printed
                and not (name in _ONLY_IF_PRESENT and field.value in (None, 1))
            ),
            corrections=tuple(
                correction
                for correction in self.corrections()
                if correction.row_deployment_id == deployment_id
            ),
            findings=tuple(self.findings(deployment_id=deployment_id)),
            before=ids[at - 1] if at else None,
            after=ids[at + 1] if at + 1 < len(ids) else None,
            same_day=tuple(self._list_same_day(row)),
        )

    def findings(
        self,
        force_id: str | None = None,
        publication_id: str | None = None,
        deployment_id: str | None = None,
    ) -> list[PlacedFinding]:
        """Findings with their force and row; those of a claim have the claim's force."""
        return _keep(list_all_findings(self._file.engine), force_id, publication_id, deployment_id)

    def corrections(
        self, force_id: str | None = None, publication_id: str | None = None
    ) -> list[PlacedCorrection]:
        """Declared corrections with the force and the row that they are about."""
        return _keep(list_all_corrections(self._file.engine), force_id, publication_id, None)

    def count_by_edition(self) -> list[EditionRows]:
        """Deployments of each edition and force, counted and kept, with first and last day."""
        return count_edition_rows(self._file.engine)

    def printed_columns(self) -> list[PrintedColumn]:
        """The headings of each edition as printed, with the field that each is read into."""
        return list_columns(self._file.engine)

    def _list_same_day(self, row: Deployment) -> list[ListedDeployment]:
        first = row.date
        if first is None:
            return []
        last = row.end_date or first
        near = self._file.table(Deployment, {"force_id": [row.force_id]})
        ids = [
            deployment.deployment_id
            for deployment in near
            if deployment.date is not None
            and deployment.publication_id != row.publication_id
            and deployment.date <= last
            and (deployment.end_date or deployment.date) >= first
        ]
        return self.deployments({"deployment_id": ids}, counted_only=False) if ids else []


def _read_fields(row: Deployment, counts: Sequence[Count]) -> dict[str, FieldValue]:
    """Every field of a row, the stages in the order of their list, by name."""
    field_values = {
        name: FieldValue(name, value, "published" if value is not None else "not_published")
        for name, value in ((name, getattr(row, name)) for name in ROW_FIELDS)
    }
    by_stage = {count.stage_code: count for count in counts}
    for stage in STAGE:
        each_row = by_stage[stage]
        field_values[stage] = FieldValue(
            stage,
            each_row.value,
            each_row.value_status,
            each_row.derivation,
            each_row.value_as_printed,
        )
    return field_values


def _keep(
    rows: Iterable[Placed],
    force_id: str | None,
    publication_id: str | None,
    deployment_id: str | None,
) -> list[Placed]:
    return [
        row
        for row in rows
        if force_id in (None, row.force_id)
        and publication_id in (None, row.publication_id)
        and deployment_id in (None, row.row_deployment_id)
    ]
