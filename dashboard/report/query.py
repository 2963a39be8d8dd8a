"""What a report of one force and period asks of the record: the questions of the pages, for any
days instead of whole years.

In: `Record`, a force, a `ReportPeriod`. Out: Estimates, comparisons with the period before,
funnels, findings. Does not compute: every number is that of `etl.queries.record`. Does not word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from dashboard.queries.findings import FindingLine, get_corrections, get_findings
from dashboard.queries.groups import STAGES, GroupFigure, StatedCount, get_counts, get_figure
from dashboard.queries.misidentifications import FALSE_ALERTS
from dashboard.queries.rates import PER_FACE_SEEN, SHARE_OF_ALERTS
from dashboard.queries.series import HEADLINE_COUNTS, get_total
from dashboard.report.period import ReportPeriod
from dashboard.selection.selection import Selection
from etl.measures.catalogue import MEASURES, RESIDENTS
from etl.measures.comparisons import Comparison
from etl.model.calendar import list_codes, span_of
from etl.model.estimates import Estimate
from etl.model.funnels import FunnelAnswer
from etl.model.queries import Period
from etl.model.reference import Edition, Force, Publication
from etl.model.row_evidence import ListedDeployment, PlacedCorrection
from etl.queries.record import Record

BOTH_RATES = (SHARE_OF_ALERTS, PER_FACE_SEEN)
COUNTS = (
    *HEADLINE_COUNTS[:3],
    "true_alerts_count",
    FALSE_ALERTS,
    HEADLINE_COUNTS[3],
    "hours_deployed",
)
WALES = "wales"
# Several sections of a report, and both languages, ask the same.
_CACHE_SIZE = 32


@dataclass(frozen=True, slots=True)
class ReportSelection(Selection):
    """A selection of any days."""

    first_day: dt.date | None = None
    last_day: dt.date | None = None

    @property
    def period(self) -> Period:
        return (self.first_day, self.last_day)


@dataclass(frozen=True, slots=True)
class PeriodComparison:
    """A measure in the period before and in this one.
    `broken` is the reason why the two do not compare, with its code."""

    measure_id: str
    before: Estimate
    now: Estimate
    comparison: Comparison | None = None
    refused_as: str = ""
    refused: str = ""


@dataclass(frozen=True, slots=True)
class FunnelOf:
    """A funnel of all forces; `year` if it is of the calendar year because the period's own was
    refused as `refused`."""

    measure_id: str
    answer: FunnelAnswer
    period: Period
    year: int | None = None
    refused: str = ""


def choose(force_id: str, period: ReportPeriod) -> ReportSelection:
    """The selection of a report."""
    return ReportSelection(forces=(force_id,), first_day=period.first_day, last_day=period.last_day)


@lru_cache(maxsize=_CACHE_SIZE)
def get_totals(record: Record, selection: Selection) -> tuple[Estimate, ...]:
    """The counts of the force in the period."""
    return tuple(get_total(record, measure_id, selection) for measure_id in COUNTS)


@lru_cache(maxsize=_CACHE_SIZE)
def get_rates(record: Record, selection: Selection) -> tuple[Estimate, ...]:
    """Every rate of the record that has an interval, both rates of false alerts first."""
    others = [
        code
        for code, measure in MEASURES.items()
        if measure.kind in ("proportion", "rate")
        and measure.denominator != RESIDENTS
        and code not in BOTH_RATES
    ]
    return tuple(get_total(record, measure_id, selection) for measure_id in (*BOTH_RATES, *others))


@lru_cache(maxsize=_CACHE_SIZE)
def is_covered(record: Record, force_id: str, period: ReportPeriod) -> bool:
    """Whether publications in the record tell every deployment of the whole period."""
    return record.covered_months.get(force_id, frozenset()).issuperset(
        list_codes("month", *period.days)
    )


def get_before(record: Record, force_id: str, period: ReportPeriod) -> list[PeriodComparison]:
    """Counts and both rates of the period before and of this one;
    refused across breaks, with the reason."""
    where = {"force_id": [force_id]}
    period_comparisons = []
    for measure_id in (*COUNTS, *BOTH_RATES):
        sides = ((where, period.before.days), (where, period.days))
        before, now = (
            record.estimate(measure_id, where=where, period=days).only() for where, days in sides
        )
        answer = record.compare(measure_id, *sides)
        comparison = answer if isinstance(answer, Comparison) else None
        refusal = answer.refusal
        period_comparisons.append(
            PeriodComparison(measure_id, before, now, comparison, refusal.code, refusal.reason)
            if refusal
            else PeriodComparison(measure_id, before, now, comparison)
        )
    return period_comparisons


def get_funnels(record: Record, period: ReportPeriod) -> list[FunnelOf]:
    """Both rates of all forces beside the limits of chance:
    of the period, else of the calendar year in which it ends."""
    funnel_ofs = []
    for measure_id in BOTH_RATES:
        own = record.funnel(measure_id, period=period.days)
        year = period.last_day.year
        if own.funnel is not None or span_of("year", year) == period.days:
            funnel_ofs.append(FunnelOf(measure_id, own, period.days))
            continue
        whole = record.funnel(measure_id, period=span_of("year", year))
        refused = own.refusal.reason if own.refusal else ""
        funnel_ofs.append(FunnelOf(measure_id, whole, span_of("year", year), year, refused))
    return funnel_ofs


@lru_cache(maxsize=_CACHE_SIZE)
def get_group_figures(record: Record, force_id: str) -> tuple[GroupFigure, ...]:
    """Shares of groups of the force that are published, of any days, with every benchmark;
    a stage without one is no figure."""
    figures = []
    for stage in STAGES:
        figure = get_figure(record, Selection(forces=(force_id,), stage=stage))
        if figure is not None and figure.any is not None:
            figures.append(figure)
    return tuple(figures)


def get_refused_figure(record: Record, force_id: str) -> GroupFigure | None:
    """Why no share of a group can be given, with the benchmarks that there would be."""
    return get_figure(record, Selection(forces=(force_id,)))


def get_group_counts(record: Record, force_id: str) -> list[StatedCount]:
    """Every count by group that is published of the force."""
    return [count for count in get_counts(record) if count.force_id == force_id]


@lru_cache(maxsize=_CACHE_SIZE)
def get_findings_of(record: Record, selection: ReportSelection) -> tuple[FindingLine, ...]:
    """Findings about the force's rows of the period, and about whole files that hold rows of it."""
    days, editions = _days_of(record, selection), _editions_of(record, selection)
    return tuple(
        finding
        for finding in get_findings(record, Selection(forces=selection.forces))
        if finding.finding.deployment_id in days
        or (not finding.finding.deployment_id and finding.finding.edition_id in editions)
    )


def get_corrections_of(record: Record, selection: ReportSelection) -> list[PlacedCorrection]:
    """Declared corrections of the files that hold rows of the period."""
    places = {(day.edition_id, day.page, day.row) for day in _days_of(record, selection).values()}
    corrections = get_corrections(record, Selection(forces=selection.forces))
    return [
        correction
        for correction in corrections
        if (correction.edition_id, correction.page, correction.row) in places
    ]


def get_sources(
    record: Record, publication_ids: set[str]
) -> list[tuple[Publication, dt.date | None]]:
    """Publications by title, each with the last day on which it was retrieved."""
    last: dict[str, dt.date] = {}
    for edition in record.table(Edition):
        if edition.retrieved_on:
            last[edition.publication_id] = max(
                edition.retrieved_on, last.get(edition.publication_id, dt.date.min)
            )
    publications = [
        publication
        for publication in record.table(Publication)
        if publication.publication_id in publication_ids
    ]
    return [
        (publication, last.get(publication.publication_id))
        for publication in sorted(publications, key=lambda publication: str(publication.title))
    ]


def nation_of(record: Record, force_id: str) -> str:
    """The nation of the force."""
    return record.by_id(Force)[force_id].nation_code


@lru_cache(maxsize=_CACHE_SIZE)
def _days_of(record: Record, selection: ReportSelection) -> Mapping[str, ListedDeployment]:
    """The force's rows of the period, counted or not, by id."""
    deployments = record.rows.deployments(selection.where, selection.period, counted_only=False)
    return {str(deployment.deployment_id): deployment for deployment in deployments}


def _editions_of(record: Record, selection: ReportSelection) -> set[str]:
    return {str(day.edition_id) for day in _days_of(record, selection).values()}
