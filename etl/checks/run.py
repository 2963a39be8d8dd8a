"""Runs every check and links what is found to the corrections that answer it.

In: `Evidence` after corrections and derivations, and how claims are read. Out: `Finding`s, sorted,
each id once. Does not stop a build: the caller does, if a finding's severity is `error`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from etl.checks import (
    counted_twice,
    faces_per_hour,
    neighbours,
    overlaps,
    rates,
    records,
    returned,
    returned_groups,
    stated_elsewhere,
    tables,
)
from etl.checks.counts import as_printed
from etl.checks.evidence import Evidence
from etl.checks.findings import sort_findings
from etl.checks.totals import check_totals
from etl.model.checks import check_of
from etl.model.claim_measures import ClaimMeasure
from etl.model.records import Correction, Finding

# The clearest row of a change of level is found from medians,
# so it may lie some rows off the declared day.
NEAR_BREAK = dt.timedelta(days=31)
# Everything but totals looks at what is printed: a correction answers a finding,
# it does not hide it.
PRINTED_CHECKS: tuple[Callable[[Evidence], Iterator[Finding]], ...] = (
    records.check_period,
    records.check_times,
    records.check_parts,
    records.check_arrests,
    records.check_engagements,
    records.check_faces,
    records.check_remarks,
    rates.check_printed_rates,
    tables.check_repeating_columns,
    tables.check_outcomes,
    tables.check_repeated_rows,
    tables.check_blanks,
    neighbours.check_date_order,
    neighbours.check_thresholds,
    neighbours.check_watchlists,
    faces_per_hour.check_faces_in_line,
    faces_per_hour.check_faces_level,
    overlaps.check_overlaps,
    counted_twice.check_counted_twice,
    returned.check_returned_counts,
    returned_groups.check_returned_groups,
    stated_elsewhere.check_restated_claims,
    stated_elsewhere.check_wards_of_places,
)
USED_CHECKS: tuple[Callable[[Evidence], Iterator[Finding]], ...] = (
    records.check_fields,
    records.check_gaps,
)


def check_records(
    evidence: Evidence, claim_measures: Iterable[ClaimMeasure] = ()
) -> tuple[Finding, ...]:
    """Every finding of every check, in order of publication, file, page, row and check."""
    printed = as_printed(evidence)
    findings: dict[str, Finding] = {}
    for check in PRINTED_CHECKS:
        findings |= {finding.finding_id: finding for finding in check(printed)}
    for check in USED_CHECKS:
        findings |= {finding.finding_id: finding for finding in check(evidence)}
    findings |= {finding.finding_id: finding for finding in check_totals(evidence, claim_measures)}
    linked = (link_corrections(finding, evidence.corrections) for finding in findings.values())
    return sort_findings(link_breaks(finding, evidence) for finding in linked)


def link_breaks(finding: Finding, evidence: Evidence) -> Finding:
    """A declared break explains a change of level near it; an open change proposes a break to
    declare."""
    if finding.check_id != "faces_seen_level":
        return finding
    place = (finding.edition_id, finding.page, finding.row)
    for row in evidence.deployments:
        if (row.edition_id, row.page, row.row) != place or row.date is None:
            continue
        near = [
            break_
            for break_ in evidence.breaks
            if break_.field == finding.field_name
            and break_.force_id == row.force_id
            and abs(row.date - break_.first_date) <= NEAR_BREAK
        ]
        if near:
            return replace(finding, status_code="explained", break_id=near[0].break_id)
    return finding


def link_corrections(finding: Finding, corrections: Iterable[Correction]) -> Finding:
    """The finding with the declared correction of its row and field.

    A correction of `counted` answers every finding about its row, because the whole row is set
    aside."""
    if finding.row is None or finding.severity_code == "error":
        return finding
    fields = {finding.field_name, "counted", *check_of(finding.check_id).answered_by}
    for correction in corrections:
        place = (correction.edition_id, correction.page, correction.row)
        if place == (finding.edition_id, finding.page, finding.row) and correction.target in fields:
            status = "explained" if correction.action_code == "explain" else "corrected"
            return replace(finding, status_code=status, correction_id=correction.correction_id)
    return finding
