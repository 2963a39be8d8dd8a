"""What reaches the record at second hand: claims that a third party restates, and wards of places
whose deployments a workbook puts into several wards.

In: `Evidence`. Out: `Finding`s, every one a note. Does not decide which figure is right."""

from __future__ import annotations

from collections.abc import Iterator

from etl.checks.evidence import Evidence
from etl.checks.findings import report_row, report_table
from etl.model.messages import message
from etl.model.records import Claim, Deployment, Finding

_RESTATED = "transcribed"


def check_restated_claims(evidence: Evidence) -> Iterator[Finding]:
    """A finding for each third party that restates figures, at the first of them."""
    restated: dict[tuple[str, str], list[Claim]] = {}
    for claim in evidence.claims:
        if claim.reliability == _RESTATED:
            restated.setdefault((claim.edition_id, claim.source_title), []).append(claim)
    for (edition_id, title), claims in restated.items():
        first = claims[0]
        yield report_table(
            "claim_restated",
            first.publication_id,
            edition_id,
            first.claim_id,
            page=first.page,
            row=first.row,
            printed=", ".join(claim.value_text for claim in claims),
            expected=message("publisher_itself"),
            message=f"{title}: figures restated and not read at their publisher: {len(claims)}.",
        )


def check_wards_of_places(evidence: Evidence) -> Iterator[Finding]:
    """A finding for each place whose deployments are placed in two or more wards, at the first
    deployment in the second ward."""
    wards: dict[str, dict[str, Deployment]] = {}
    unplaced: dict[str, int] = {}
    for row in evidence.deployments:
        ward = evidence.wards.get(row.deployment_id)
        if row.place_id and ward:
            wards.setdefault(row.place_id, {}).setdefault(ward, row)
        elif row.place_id and row.counted:
            unplaced[row.place_id] = unplaced.get(row.place_id, 0) + 1
    for place_id, rows in wards.items():
        if len(rows) > 1:
            codes, second = list(rows), list(rows.values())[1]
            yield report_row(
                "place_in_several_wards",
                second,
                "place_id",
                printed=", ".join(codes),
                expected=message("one_ward"),
                message=(
                    f"the deployments at this place are in {len(codes)} wards; without a ward of "
                    f"their own: {unplaced.get(place_id, 0)}."
                ),
            )
