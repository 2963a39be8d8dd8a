"""The documented misidentifications of a selection, by technology, and what false alerts the rows
count beside them.

In: `Record`, a `Selection`. Out: cases by technology; an Estimate.
Does not count, compute or word, but for the choices."""

from __future__ import annotations

from dataclasses import replace

from dashboard.selection.selection import Choices, Selection
from dashboard.text.language import _
from etl.model.cases import CASE_KIND, Case, CasesAnswer
from etl.model.codes import TECHNOLOGY
from etl.model.estimates import Estimate
from etl.queries.record import Record

FALSE_ALERTS = "false_alerts_count"


def list_case_choices() -> Choices:
    """Technologies and kinds of error that a reader may choose."""
    return {
        "technology": {code: _(TECHNOLOGY.label(code)) for code in TECHNOLOGY},
        "kind": {code: _(CASE_KIND.label(code)) for code in CASE_KIND if code != "not_read"},
    }


def get_cases(record: Record, selection: Selection) -> CasesAnswer:
    """The cases of the selection."""
    return record.misidentifications.cases(
        technology=selection.technology or None,
        kind=selection.kind or None,
        force=selection.force_id,
        period=selection.period,
    )


def get_all_cases(record: Record) -> tuple[tuple[str, tuple[Case, ...]], ...]:
    """The whole register."""
    return record.misidentifications.cases().by_technology


def get_false_alerts(record: Record, selection: Selection) -> Estimate:
    """False alerts of the published rows, for the force and years of the selection."""
    rows = replace(
        Selection(),
        forces=selection.forces,
        first_year=selection.first_year,
        last_year=selection.last_year,
    )
    return record.estimate(FALSE_ALERTS, where=rows.where, period=rows.period).only()
