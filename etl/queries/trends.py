"""A measure over time: everything that a chart of series needs, in one answer.

In: a measure, a grouping, a step, filters. Out: `TrendAnswer`. Does not choose which series are
drawn, and does not word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from etl.model.calendar import list_codes, span_of
from etl.model.coverage import Publishing
from etl.model.estimates import Estimate
from etl.model.reference import Break, Edition
from etl.model.refusals import Refusal


@dataclass(frozen=True, slots=True)
class TrendAnswer:
    """Estimates by the grouping (`totals`) and by grouping and step (`points`), or a `refusal`.

    `forces` are the forces with rows, by the group's code as text. `breaks` are the declared breaks
    of the measure that forbid a comparison. `covered` are, by force, the months of which a
    publication lists every deployment: a month without one is a zero."""

    totals: tuple[Estimate, ...] = ()
    points: tuple[Estimate, ...] = ()
    forces: Mapping[str, frozenset[str]] = field(default_factory=dict)
    breaks: tuple[Break, ...] = ()
    covered: Mapping[str, frozenset[str]] = field(default_factory=dict)
    refusal: Refusal | None = None


def collect_forces(estimates: Iterable[Estimate], grouping: str) -> dict[str, frozenset[str]]:
    """The forces of Estimates by `grouping` and force, by the group's code as text."""
    forces: dict[str, frozenset[str]] = {}
    for estimate in estimates:
        code = str(estimate.of(grouping))
        forces[code] = forces.get(code, frozenset()) | {str(estimate.of("force_id"))}
    return forces


def list_covered_months(
    publishing: Sequence[Publishing], editions: Sequence[Edition], deployments: Iterable[Estimate]
) -> dict[str, frozenset[str]]:
    """By force, the months for which a publication lists every deployment.

    `deployments` are counted by force, month and publication. Rows without a month could belong to
    any of the publication's months, so none of these is known to be zero."""
    covered: dict[str, set[str]] = {}
    for form in publishing:
        months = covered.setdefault(form.force_id, set())
        if form.per_deployment_code != "yes":
            continue
        ids = (form.publication_ids or "").split()
        for edition in editions:
            start, end = edition.period_start, edition.period_end
            if edition.publication_id in ids and start and end:
                months |= {
                    month
                    for month in list_codes("month", start, end)
                    if span_of("month", month)[0] >= start and span_of("month", month)[1] <= end
                }
    for estimate in deployments:
        if estimate.of("month") is None and estimate.period_start and estimate.period_end:
            months = covered.setdefault(str(estimate.of("force_id")), set())
            months -= set(list_codes("month", estimate.period_start, estimate.period_end))
    return {force_id: frozenset(months) for force_id, months in covered.items()}
