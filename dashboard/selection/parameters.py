"""Every parameter of an address of a page, declared once.

In: nothing. Out: `PARAMETERS`, and those of a page. Does not read an address:
`dashboard.selection.selection` does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from dashboard.text.language import mark as N_

MAX_SERIES = 4
Kind = Literal["codes", "code", "year", "text", "switch", "number"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an address: the `field` of a `Selection` that it stands for, whose value
    there is its default.

    `pages` says on which pages it is read, and how many values it may have there at once; `label`
    stands at its filter, `none` is the choice of nothing. `unknown` is said of a value that the
    record does not have. A parameter that is `kept` goes along from page to page."""

    name: str
    field: str
    kind: Kind
    pages: Mapping[str, int]
    label: str
    none: str = ""
    unknown: str = ""
    is_carried_over: bool = False


def _on(*slugs: str, limit: int = 1) -> dict[str, int]:
    return dict.fromkeys(slugs, limit)


_YEAR = N_("The record has no year “{value}”: the default is shown.")
PARAMETERS = (
    Parameter(
        "force",
        "forces",
        "codes",
        {
            **_on(
                "overview",
                "map",
                "who-is-affected",
                "misidentifications",
                "claims",
                "data-quality",
                "deployments",
                "sources",
            ),
            **_on("trends", "forces", limit=MAX_SERIES),
        },
        N_("Police force or body"),
        N_("All forces"),
        N_("The record has no force “{value}”: all forces are shown."),
        is_carried_over=True,
    ),
    Parameter(
        "region",
        "regions",
        "codes",
        {**_on("deployments"), **_on("trends", limit=MAX_SERIES)},
        N_("Region or nation"),
        N_("All regions"),
        N_("The record has no region “{value}”: all regions are shown."),
    ),
    Parameter(
        "from",
        "first_year",
        "year",
        _on(
            "overview",
            "trends",
            "forces",
            "map",
            "who-is-affected",
            "deployments",
            "claims",
            "misidentifications",
        ),
        N_("From"),
        N_("First year"),
        _YEAR,
        is_carried_over=True,
    ),
    Parameter(
        "to",
        "last_year",
        "year",
        _on(
            "overview",
            "trends",
            "forces",
            "map",
            "who-is-affected",
            "deployments",
            "claims",
            "misidentifications",
        ),
        N_("To"),
        N_("Last year"),
        _YEAR,
        is_carried_over=True,
    ),
    Parameter(
        "measure",
        "measure_id",
        "code",
        _on("trends", "forces", "map"),
        N_("Measure"),
        unknown=N_("There is no measure “{value}”: deployments are shown."),
        is_carried_over=True,
    ),
    Parameter(
        "by",
        "step",
        "code",
        _on("trends"),
        N_("By"),
        unknown=N_("There is no period “{value}”: quarters are shown."),
    ),
    Parameter(
        "split",
        "split",
        "code",
        _on("trends"),
        N_("One line for each"),
        unknown=N_("Nothing can be split by “{value}”: forces are shown."),
    ),
    Parameter(
        "axis",
        "axis",
        "code",
        _on("trends"),
        N_("Drawn"),
        unknown=N_("Nothing can be drawn “{value}”: each has a panel of its own."),
    ),
    Parameter(
        "use_case",
        "use_cases",
        "codes",
        {**_on("deployments"), **_on("trends", limit=MAX_SERIES)},
        N_("Use case"),
        N_("All use cases"),
        N_("The record has no use case “{value}”: all are shown."),
    ),
    Parameter(
        "threshold",
        "thresholds",
        "codes",
        {**_on("deployments"), **_on("trends", limit=MAX_SERIES)},
        N_("Threshold"),
        N_("All thresholds"),
        N_("The record has no threshold “{value}”: all are shown."),
    ),
    Parameter(
        "group",
        "group",
        "code",
        _on("who-is-affected"),
        N_("Group"),
        N_("As published"),
        N_("The record has no group “{value}”: the one that is published is shown."),
    ),
    Parameter(
        "stage",
        "stage",
        "code",
        _on("who-is-affected"),
        N_("What was counted"),
        unknown=N_("Nothing is counted as “{value}”: false alerts are shown."),
    ),
    Parameter(
        "list",
        "listed",
        "code",
        _on("who-is-affected"),
        N_("List of groups"),
        N_("As published"),
        N_("There is no list of groups “{value}”: the one that is published is shown."),
    ),
    Parameter(
        "reference",
        "reference",
        "code",
        _on("who-is-affected"),
        N_("Compared with"),
        N_("Everybody else"),
        N_("The record has no group “{value}”: it is compared with everybody else."),
    ),
    Parameter(
        "benchmark",
        "benchmark",
        "code",
        _on("who-is-affected"),
        N_("Benchmark"),
        unknown=N_("There is no benchmark “{value}”: residents of the force’s area are shown."),
    ),
    Parameter(
        "technology",
        "technology",
        "code",
        _on("misidentifications"),
        N_("Technology"),
        N_("All, each apart"),
        N_("There is no technology “{value}”: all are shown, each apart."),
    ),
    Parameter(
        "kind",
        "kind",
        "code",
        _on("misidentifications"),
        N_("Kind of error"),
        N_("All kinds"),
        N_("There is no kind of error “{value}”: all are shown."),
    ),
    Parameter(
        "view",
        "view",
        "code",
        _on("map"),
        N_("Kind of map"),
        unknown=N_("There is no map “{value}”: each force is shown as one cell."),
    ),
    Parameter(
        "order",
        "order",
        "code",
        _on("map"),
        N_("List sorted by"),
        unknown=N_("The list cannot be sorted by “{value}”: it is sorted by name."),
    ),
    Parameter(
        "district",
        "district",
        "code",
        _on("map", "deployments"),
        N_("Borough or district"),
        N_("All districts"),
        N_("The record has no deployment in a district “{value}”: all are shown."),
    ),
    Parameter(
        "rate",
        "rate_id",
        "code",
        _on("forces"),
        N_("Measure"),
        unknown=N_(
            "No measure with an interval is called “{value}”: the false share of alerts is shown."
        ),
    ),
    Parameter("find", "find", "text", _on("forces"), N_("Search by name")),
    Parameter(
        "sort",
        "sorted_by",
        "code",
        _on("forces"),
        N_("In order of"),
        unknown=N_("The list has no order “{value}”: it is in order of name."),
    ),
    Parameter("place", "search", "text", _on("map", "deployments"), N_("Search by location")),
    Parameter(
        "verdict",
        "verdict",
        "code",
        _on("claims"),
        N_("Verdict"),
        N_("All verdicts"),
        N_("There is no verdict “{value}”: all are shown."),
    ),
    Parameter("words", "words", "text", _on("claims", "glossary"), N_("Search by words")),
    Parameter(
        "claim",
        "claim",
        "code",
        _on("claims"),
        N_("Claim"),
        N_("All claims"),
        N_("The record has no claim “{value}”: all are shown."),
    ),
    Parameter(
        "uncounted",
        "uncounted",
        "switch",
        _on("deployments"),
        N_("Also rows that are kept but not counted"),
        unknown=N_(
            "There is no choice “{value}” of rows: those that are not counted are left out."
        ),
    ),
    Parameter(
        "publication",
        "publication_id",
        "code",
        _on("deployments", "data-quality"),
        N_("Publication"),
        N_("All publications"),
        N_("The record has no publication “{value}”: all are shown."),
    ),
    Parameter(
        "deployment",
        "deployment_id",
        "code",
        _on("deployments"),
        N_("Deployment"),
        N_("All deployments"),
        N_("The record has no deployment “{value}”: all are shown."),
    ),
    Parameter(
        "sorted",
        "row_order",
        "code",
        _on("deployments"),
        N_("In order of"),
        unknown=N_("The rows cannot be sorted by “{value}”: the newest come first."),
    ),
    Parameter(
        "status",
        "status",
        "code",
        _on("data-quality"),
        N_("What has become of it"),
        N_("Open or answered"),
        N_("No finding has the status “{value}”: all are shown."),
    ),
    Parameter(
        "check",
        "check_id",
        "code",
        _on("data-quality"),
        N_("Kind of finding"),
        N_("All kinds"),
        N_("There is no kind of finding “{value}”: all are shown."),
    ),
    Parameter(
        "before",
        "before",
        "code",
        _on("releases"),
        N_("From release"),
        N_("The one before"),
        N_("There is no release “{value}” to compare with: the one before is taken."),
    ),
    Parameter(
        "after",
        "after",
        "code",
        _on("releases"),
        N_("To release"),
        N_("The newest"),
        N_("There is no release “{value}”: the newest is taken."),
    ),
    Parameter(
        "page",
        "page",
        "number",
        _on("releases", "deployments", "data-quality", "misidentifications", "claims"),
        N_("Page"),
        unknown=N_("There is no page “{value}” of the table: the first is shown."),
    ),
)
BY_NAME = {parameter.name: parameter for parameter in PARAMETERS}


def parameters_of(slug: str) -> list[Parameter]:
    """The parameters of a page, in order."""
    return [parameter for parameter in PARAMETERS if slug in parameter.pages]
