"""The documented misidentifications of a selection, by technology, and what false alerts the rows count beside them.

In: `Answers`, a `Selection`. Out: cases by technology; an Estimate. Does not count, compute or word, but for the choices.
"""

from __future__ import annotations

from dataclasses import replace

from dashboard.selection.selection import Choices, Selection
from dashboard.text.language import _
from etl.model.cases import CASE_KIND, Case, CasesAnswer
from etl.model.codes import TECHNOLOGY
from etl.model.estimates import Estimate
from etl.queries.record import Answers

FALSE_ALERTS = "false_alerts_count"


def list_case_choices() -> Choices:
    """Technologies and kinds of error that a reader may choose."""
    return {
        "technology": {code: _(TECHNOLOGY.label(code)) for code in TECHNOLOGY},
        "kind": {code: _(CASE_KIND.label(code)) for code in CASE_KIND if code != "not_read"},
    }


def ask_cases(answers: Answers, chosen: Selection) -> CasesAnswer:
    """The cases of the selection."""
    return answers.cases(
        technology=chosen.technology or None,
        kind=chosen.kind or None,
        force=chosen.force_id,
        period=chosen.period,
    )


def ask_all_cases(answers: Answers) -> tuple[tuple[str, tuple[Case, ...]], ...]:
    """The whole register."""
    return answers.cases().by_technology


def ask_false_alerts(answers: Answers, chosen: Selection) -> Estimate:
    """False alerts of the published rows, for the force and years of the selection."""
    rows = replace(
        Selection(), forces=chosen.forces, first_year=chosen.first_year, last_year=chosen.last_year
    )
    return answers.estimate(FALSE_ALERTS, where=rows.where, period=rows.period).only()
