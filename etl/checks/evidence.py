"""Everything that checks look at, in one place, and how they say what they found.

In: records after corrections and derivations. Out: `Evidence`, and `finding_about` by which every
check reports. Does not check anything itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from etl.model.group_records import GroupCount, GroupCrosswalk
from etl.model.records import Claim, Correction, Count, Deployment, Finding
from etl.model.reference import Break, Edition, Place, Precedence
from etl.model.return_records import ReturnedCount


@dataclass(frozen=True, slots=True)
class Evidence:
    """The records that are checked. `counts` is keyed by deployment id, then by stage; `wards` are
    codes by deployment id."""

    deployments: tuple[Deployment, ...]
    counts: Mapping[str, Mapping[str, Count]]
    editions: Mapping[str, Edition]
    claims: tuple[Claim, ...] = ()
    corrections: tuple[Correction, ...] = ()
    precedence: tuple[Precedence, ...] = ()
    places: Mapping[str, Place] | None = None
    breaks: tuple[Break, ...] = ()
    returned_counts: tuple[ReturnedCount, ...] = ()
    # What was public once and is not any more, and what claims state by group.
    withdrawn_counts: tuple[ReturnedCount, ...] = ()
    group_counts: tuple[GroupCount, ...] = ()
    group_crosswalks: tuple[GroupCrosswalk, ...] = ()
    wards: Mapping[str, str] = field(default_factory=dict)

    def printed(self, deployment: Deployment, stage: str) -> int | None:
        """The number printed for a stage, before corrections; None if nothing was printed."""
        count = self.counts[deployment.deployment_id].get(stage)
        return count.value_as_printed if count else None

    def used(self, deployment: Deployment, stage: str) -> int | None:
        """The number used for a stage: printed, corrected or derived."""
        count = self.counts[deployment.deployment_id].get(stage)
        return count.value if count else None


def finding_about(
    deployment: Deployment,
    *,
    check_id: str,
    severity: str,
    field: str | None,
    printed: str,
    expected: str,
    message: str,
) -> Finding:
    """An open finding about one row. Its id is the check, the field and the deployment, so it is
    stable."""
    return Finding(
        finding_id=".".join(part for part in (check_id, deployment.deployment_id, field) if part),
        check_id=check_id,
        severity_code=severity,
        status_code="open",
        publication_id=deployment.publication_id,
        edition_id=deployment.edition_id,
        page=deployment.page,
        row=deployment.row,
        deployment_id=deployment.deployment_id,
        field_name=field,
        printed_text=printed,
        expected_text=expected,
        message=message,
        correction_id=None,
    )
