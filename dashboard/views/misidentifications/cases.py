"""The entries of the register as cards: when, who, what happened, what followed, how good the
evidence is.

In: cases of one technology. Out: HTML. The words of the register go through `printed`."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.components.templates import write_template
from dashboard.descriptions import misidentifications
from etl.model.cases import CASE_KIND, Case


def write_cases(cases: Sequence[Case]) -> str:
    """One card a case, in the order given."""
    return write_template(
        "views/misidentifications/cases.html",
        cases=cases,
        words=misidentifications,
        kinds=CASE_KIND,
    )
