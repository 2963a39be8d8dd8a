"""What a report of one force and period asks of the record: the questions of the pages, for any days instead of whole years.

In: `Answers`, a force, a `ReportPeriod`. Out: Estimates, comparisons with the period before, funnels, findings.
Does not compute: every number is that of `etl.queries.record`. Does not word.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dashboard.queries.findings import FindingLine, ask_corrections, ask_findings
from dashboard.queries.groups import STAGES, GroupFigure, ask_counts, ask_figure
from dashboard.queries.misidentifications import FALSE_ALERTS
from dashboard.queries.rates import PER_FACE_SEEN, SHARE_OF_ALERTS
from dashboard.queries.series import HEADLINE_COUNTS, ask_total, covered_months, list_codes
from dashboard.report.period import ReportPeriod
from dashboard.selection.selection import Period, Selection
from etl.measures.catalogue import MEASURES, RESIDENTS
from etl.measures.comparisons import Comparison
from etl.model.calendar import span_of
from etl.model.estimates import Estimate
from etl.model.funnels import FunnelAnswer
from etl.model.row_evidence import Row
from etl.queries.record import Answers

BOTH_RATES = (SHARE_OF_ALERTS, PER_FACE_SEEN)
COUNTS = (*HEADLINE_COUNTS[:3], "true_alerts_count", FALSE_ALERTS, HEADLINE_COUNTS[3], "hours_deployed")
WALES = "wales"
# Several sections of a report, and both languages, ask the same.
_KEPT = 32


@dataclass(frozen=True, slots=True)
class ReportSelection(Selection):
    """A selection of any days."""

    first_day: dt.date | None = None
    last_day: dt.date | None = None

    @property
    def period(self) -> Period:
        return (self.first_day, self.last_day)


@dataclass(frozen=True, slots=True)
class Beside:
    """A measure in the period before and in this one. `broken` is the reason why the two do not compare, with its code."""

    measure_id: str
    before: Estimate
    now: Estimate
    comparison: Comparison | None = None
    refused_as: str = ""
    refused: str = ""


@dataclass(frozen=True, slots=True)
class FunnelOf:
    """A funnel of all forces; `year` if it is of the calendar year because the period's own was refused as `refused`."""

    measure_id: str
    answer: FunnelAnswer
    period: Period
    year: int | None = None
    refused: str = ""


def choose(force_id: str, period: ReportPeriod) -> ReportSelection:
    """The selection of a report."""
    return ReportSelection(forces=(force_id,), first_day=period.first_day, last_day=period.last_day)


@lru_cache(maxsize=_KEPT)
def ask_totals(answers: Answers, chosen: Selection) -> tuple[Estimate, ...]:
    """The counts of the force in the period."""
    return tuple(ask_total(answers, measure_id, chosen) for measure_id in COUNTS)


@lru_cache(maxsize=_KEPT)
def ask_rates(answers: Answers, chosen: Selection) -> tuple[Estimate, ...]:
    """Every rate of the record that has an interval, both rates of false alerts first."""
    others = [
        code
        for code, one in MEASURES.items()
        if one.kind in ("proportion", "rate") and one.denominator != RESIDENTS and code not in BOTH_RATES
    ]
    return tuple(ask_total(answers, measure_id, chosen) for measure_id in (*BOTH_RATES, *others))


@lru_cache(maxsize=_KEPT)
def is_covered(answers: Answers, force_id: str, period: ReportPeriod) -> bool:
    """Whether publications in the record tell every deployment of the whole period."""
    return covered_months(answers, force_id).issuperset(list_codes("month", *period.days))


def ask_before(answers: Answers, force_id: str, period: ReportPeriod) -> list[Beside]:
    """Counts and both rates of the period before and of this one; refused across breaks, with the reason."""
    where = {"force_id": [force_id]}
    found = []
    for measure_id in (*COUNTS, *BOTH_RATES):
        sides = ((where, period.before.days), (where, period.days))
        before, now = (answers.estimate(measure_id, where=where, period=days).only() for where, days in sides)
        answer = answers.compare(measure_id, *sides)
        comparison = answer if isinstance(answer, Comparison) else None
        refusal = answer.refusal
        found.append(
            Beside(measure_id, before, now, comparison, refusal.code, refusal.reason)
            if refusal
            else Beside(measure_id, before, now, comparison)
        )
    return found


def ask_funnels(answers: Answers, period: ReportPeriod) -> list[FunnelOf]:
    """Both rates of all forces beside the limits of chance: of the period, else of the calendar year in which it ends."""
    found = []
    for measure_id in BOTH_RATES:
        own = answers.funnel(measure_id, period=period.days)
        year = period.last_day.year
        if own.funnel is not None or span_of("year", year) == period.days:
            found.append(FunnelOf(measure_id, own, period.days))
            continue
        whole = answers.funnel(measure_id, period=span_of("year", year))
        refused = own.refusal.reason if own.refusal else ""
        found.append(FunnelOf(measure_id, whole, span_of("year", year), year, refused))
    return found


@lru_cache(maxsize=_KEPT)
def ask_group_figures(answers: Answers, force_id: str) -> tuple[GroupFigure, ...]:
    """Shares of groups of the force that are published, of any days, with every benchmark; a stage without one is no figure."""
    figures = []
    for stage in STAGES:
        figure = ask_figure(answers, Selection(forces=(force_id,), stage=stage))
        if figure is not None and figure.any is not None:
            figures.append(figure)
    return tuple(figures)


def ask_refused_figure(answers: Answers, force_id: str) -> GroupFigure | None:
    """Why no share of a group can be given, with the benchmarks that there would be."""
    return ask_figure(answers, Selection(forces=(force_id,)))


def ask_group_counts(answers: Answers, force_id: str) -> list[dict[str, Any]]:
    """Every count by group that is published of the force."""
    return [one for one in ask_counts(answers) if one["force_id"] == force_id]


@lru_cache(maxsize=_KEPT)
def ask_findings_of(answers: Answers, chosen: ReportSelection) -> tuple[FindingLine, ...]:
    """Findings about the force's rows of the period, and about whole files that hold rows of it."""
    days, editions = _days_of(answers, chosen), _editions_of(answers, chosen)
    return tuple(
        one
        for one in ask_findings(answers, Selection(forces=chosen.forces))
        if one.finding["deployment_id"] in days
        or (not one.finding["deployment_id"] and one.finding["edition_id"] in editions)
    )


def ask_corrections_of(answers: Answers, chosen: ReportSelection) -> list[Row]:
    """Declared corrections of the files that hold rows of the period."""
    places = {(one["edition_id"], one["page"], one["row"]) for one in _days_of(answers, chosen).values()}
    found = ask_corrections(answers, Selection(forces=chosen.forces))
    return [one for one in found if (one["edition_id"], one["page"], one["row"]) in places]


def ask_sources(answers: Answers, publication_ids: set[str]) -> list[tuple[dict[str, Any], dt.date | None]]:
    """Publications by title, each with the last day on which it was retrieved."""
    last: dict[str, dt.date] = {}
    for one in answers.rows("editions"):
        if one["retrieved_on"]:
            last[one["publication_id"]] = max(
                one["retrieved_on"], last.get(one["publication_id"], dt.date.min)
            )
    found = [one for one in answers.rows("publications") if one["publication_id"] in publication_ids]
    return [
        (one, last.get(one["publication_id"])) for one in sorted(found, key=lambda one: str(one["title"]))
    ]


def nation_of(answers: Answers, force_id: str) -> str:
    """The nation of the force."""
    return next(str(one["nation_code"]) for one in answers.rows("forces") if one["force_id"] == force_id)


@lru_cache(maxsize=_KEPT)
def _days_of(answers: Answers, chosen: ReportSelection) -> Mapping[str, dict[str, Any]]:
    """The force's rows of the period, counted or not, by id."""
    found = answers.deployments(chosen.where, chosen.period, counted_only=False)
    return {str(one["deployment_id"]): one for one in found}


def _editions_of(answers: Answers, chosen: ReportSelection) -> set[str]:
    return {str(one["edition_id"]) for one in _days_of(answers, chosen).values()}
