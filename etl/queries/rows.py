"""Questions about rows: which there are, what was printed in one, and what is doubtful or corrected
in all of them.

In: a question. Out: rows, and `RowEvidence`
down to the printed cell. Does not add up, and does not decide what is right: it shows what is used
beside what is printed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from etl.model.codes import STAGE
from etl.model.row_evidence import FieldValue, ReadCell, Row, RowEvidence
from etl.queries.release_file import ReleaseFile
from etl.warehouse.evidence import (
    count_edition_rows,
    list_all_corrections,
    list_all_findings,
    list_columns,
)
from etl.warehouse.read import Period, Where, read_deployments

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
        period: Period = (None, None),
        *,
        counted_only: bool = True,
    ) -> list[dict[str, Any]]:
        """Canonical rows with names and geography, newest first."""
        return read_deployments(self._file.engine, where or {}, period, counted_only=counted_only)

    def evidence(self, deployment_id: str) -> RowEvidence | None:
        """One deployment down to its printed cells; None if the record has none of this id."""
        deployments = self.deployments({"deployment_id": [deployment_id]}, counted_only=False)
        if not deployments:
            return None
        row = deployments[0]
        place: Where = {
            "edition_id": [row["edition_id"]],
            "page": [row["page"]],
            "row": [row["row"]],
        }
        fields = _read_fields(row, self._file.table("counts", {"deployment_id": [deployment_id]}))
        cells = tuple(
            ReadCell(
                printed_cell["column"],
                printed_cell["heading"],
                printed_cell["text"],
                fields.get(printed_cell["field_name"] or ""),
            )
            for printed_cell in self._file.table("printed_cells", place)
        )
        printed = {cell.field.field_name for cell in cells if cell.field}
        of_file = self._file.table("deployments", {"edition_id": [row["edition_id"]]})
        ids = [
            deployment["deployment_id"]
            for deployment in sorted(
                of_file, key=lambda deployment: (deployment["page"], deployment["row"])
            )
        ]
        at = ids.index(deployment_id)
        if row["use_case_code"] is not None:
            # A purpose that is printed by its reference is not missing.
            fields.pop("use_case_text")
        (edition,) = self._file.table("editions", {"edition_id": [row["edition_id"]]})
        (publication,) = self._file.table(
            "publications", {"publication_id": [row["publication_id"]]}
        )
        return RowEvidence(
            row=row,
            publication=publication,
            edition=edition,
            cells=cells,
            unprinted=tuple(
                field
                for name, field in fields.items()
                if name not in printed
                and not (name in _ONLY_IF_PRESENT and field.value in (None, 1))
            ),
            corrections=tuple(self._file.table("corrections", place)),
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
    ) -> list[Row]:
        """Findings with the force and the row that they are about;
        those of a claim are of the claim's force."""
        return _keep(list_all_findings(self._file.engine), force_id, publication_id, deployment_id)

    def corrections(
        self, force_id: str | None = None, publication_id: str | None = None
    ) -> list[Row]:
        """Declared corrections with the force and the row that they are about."""
        return _keep(list_all_corrections(self._file.engine), force_id, publication_id, None)

    def count_by_edition(self) -> list[Row]:
        """Deployments of each edition and force, counted and kept, with first and last day."""
        return list(count_edition_rows(self._file.engine))

    def printed_columns(self) -> list[Row]:
        """The headings of each edition as printed, with the field that each is read into."""
        return list(list_columns(self._file.engine))

    def _list_same_day(self, row: Mapping[str, Any]) -> list[dict[str, Any]]:
        first: dt.date | None = row["date"]
        if first is None:
            return []
        last = row["end_date"] or first
        near = self._file.table("deployments", {"force_id": [row["force_id"]]})
        ids = [
            deployment["deployment_id"]
            for deployment in near
            if deployment["date"] is not None
            and deployment["publication_id"] != row["publication_id"]
            and deployment["date"] <= last
            and (deployment["end_date"] or deployment["date"]) >= first
        ]
        return self.deployments({"deployment_id": ids}, counted_only=False) if ids else []


def _read_fields(
    row: Mapping[str, Any], counts: Sequence[Mapping[str, Any]]
) -> dict[str, FieldValue]:
    """Every field of a row, the stages in the order of their list, by name."""
    field_values = {
        name: FieldValue(name, row[name], "published" if row[name] is not None else "not_published")
        for name in ROW_FIELDS
    }
    by_stage = {count["stage_code"]: count for count in counts}
    for stage in STAGE:
        each_row = by_stage[stage]
        field_values[stage] = FieldValue(
            stage,
            each_row["value"],
            each_row["value_status"],
            each_row["derivation"],
            each_row["value_as_printed"],
        )
    return field_values


def _keep(
    rows: Iterable[Row], force_id: str | None, publication_id: str | None, deployment_id: str | None
) -> list[Row]:
    return [
        row
        for row in rows
        if force_id in (None, row["force_id"])
        and publication_id in (None, row["publication_id"])
        and deployment_id in (None, row["row_deployment_id"])
    ]
