"""The figures of a report: summary, deployments, from faces to arrests, both rates, settings,
places.

In: a `Subject`. Out: sections. Every number is an Estimate said by `dashboard.text.numbers`, by the
same functions as on the pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from dashboard.descriptions.rates import describe_missing, list_intervals
from dashboard.descriptions.trends import describe_series_notes, list_points
from dashboard.queries.rates import PER_FACE_SEEN, SHARE_OF_ALERTS, get_intervals, get_missing
from dashboard.queries.series import Series
from dashboard.report.blocks import Block, Head, Paragraph, Points, Section, Table
from dashboard.report.charts import to_interval_chart, to_month_chart, to_stage_chart
from dashboard.report.period import ReportPeriod, format_year, is_of_years
from dashboard.report.query import ReportSelection, get_rates, get_totals, is_covered
from dashboard.report.text import (
    describe_conditions,
    describe_gaps,
    describe_whole_period,
    format_places_count,
    format_rate,
)
from dashboard.selection.selection import Choices
from dashboard.text.language import _
from dashboard.text.numbers import (
    format_date,
    format_estimate,
    format_fraction,
    format_period,
    format_total,
)
from dashboard.views.forces.query_force import get_places, get_timeline
from dashboard.views.forces.text_force import (
    describe_few_points,
    describe_stages_notes,
    describe_stages_partial,
    describe_stages_title,
    describe_timeline_title,
    list_stages,
    list_thresholds,
    list_watchlists,
)
from etl.measures.catalogue import MEASURES
from etl.measures.publishing import ForcePublishing
from etl.model.caveats import CAVEATS, caveats_of
from etl.model.reference import Break, Publication
from etl.queries.record import Record

# Fewer months than this are a sentence, not a chart;
# more rows than this are a quarter of a table too long.
_FEW_MONTHS = 3
_MAX_PLACES = 40


@dataclass(frozen=True, slots=True)
class Subject:
    """What a report is about: the release, the force, the period,
    and the words of the language in use."""

    record: Record
    force_id: str
    name: str
    period: ReportPeriod
    selection: ReportSelection
    choices: Choices
    names: dict[str, str]
    publishing: ForcePublishing

    def describe_caveats(self, caveats: Iterable[str]) -> tuple[str, ...]:
        """Each once, but not those that are about another force."""
        return tuple(_(CAVEATS[caveat]) for caveat in caveats_of(caveats, (self.force_id,)))


def make_deployments(subject: Subject) -> Section:
    """Counts, and what is missing of them; then month by month."""
    totals = get_totals(subject.record, subject.selection)
    heads = (
        Head(_("Measure"), 4),
        Head(_("Value"), 2, number=True),
        Head(_("Rows with the number"), 2),
        Head(_("Days"), 4),
    )
    rows = [
        (
            _(MEASURES[total.measure_id].title),
            format_estimate(total),
            _("{count} of {whole}").format(count=total.used_count, whole=total.rows_count),
            format_period(total.period_start, total.period_end),
        )
        for total in totals
    ]
    covered = is_covered(subject.record, subject.force_id, subject.period)
    last_day = subject.record.forces.covered_until().get(subject.force_id)
    notes = (
        *describe_gaps(totals),
        *_list_breaks(subject, {break_id for total in totals for break_id in total.breaks}),
        *subject.describe_caveats(caveat for total in totals for caveat in total.caveats),
    )
    series = get_timeline(subject.record, subject.selection, subject.choices, "month")
    return Section(
        _("Deployments"),
        (
            Paragraph(describe_whole_period(subject.name, subject.period, covered, last_day)),
            Table(_("What was counted in the period"), heads, tuple(rows)),
            Points(notes, small=True),
            *_make_months(subject, series),
        ),
    )


def _list_breaks(subject: Subject, break_ids: set[str]) -> list[str]:
    """What changed within the period, by day."""
    breaks = subject.record.table(Break, {"break_id": sorted(break_ids)}) if break_ids else []
    ordered = sorted(breaks, key=lambda break_: break_.first_date)
    return [describe_conditions(break_.first_date, str(break_.meaning)) for break_ in ordered]


def _make_months(subject: Subject, series: tuple[Series, ...]) -> list[Block]:
    known = [point for point in series[0].points if point.estimate is not None] if series else []
    head = Paragraph(_("Month by month"), "head")
    if len(known) < _FEW_MONTHS:
        return [head, Paragraph(describe_few_points(series, "month"))] if series else []
    chart = to_month_chart(describe_timeline_title(subject.name, series), series)
    heads = (
        Head(_("Month"), 3),
        *(Head(each_series.name, 2, number=True) for each_series in series),
    )
    table = Table(
        _("Deployments, faces seen, alerts and arrests by month"),
        heads,
        tuple(list_points(series)[::-1]),
    )
    return [head, chart, table, Points(tuple(describe_series_notes(series)), small=True)]


def make_stages(subject: Subject) -> Section:
    """From faces to arrests."""
    stages = subject.record.forces.stages(subject.force_id, subject.selection.period)
    title = _("From faces to arrests")
    if all(stage.count is None for stage in stages.stages):
        text = _(
            "No row of the period prints a number of faces, alerts or arrests. That is not a zero: "
            "it is not published."
        )
        return Section(title, (Paragraph(text),))
    titles = {
        publication.publication_id: str(publication.title)
        for publication in subject.record.table(Publication)
    }
    partial = describe_stages_partial(stages, titles.get(stages.publication_id or "", ""))
    heads = (
        Head(_("Stage"), 3),
        Head(_("Count"), 2, number=True),
        Head(_("Rows with the number"), 2),
        Head(_("Part of"), 3),
        Head(_("Why it is missing"), 3),
    )
    caveats = ("faces_not_people", "arrests_not_success", "arrests_attributed")
    return Section(
        title,
        (
            *([Paragraph(partial, "box")] if partial else []),
            to_stage_chart(describe_stages_title(subject.name, stages), stages),
            Table(
                f"{_('From faces seen to arrests')}, "
                f"{format_period(stages.period_start, stages.period_end)}",
                heads,
                tuple(list_stages(stages)),
            ),
            Points(
                (*describe_stages_notes(), *(_(CAVEATS[caveat]) for caveat in caveats)), small=True
            ),
        ),
    )


def make_rates(subject: Subject) -> Section:
    """Both rates of false alerts, year by year and never across a break;
    then every rate over the whole period."""
    blocks: list[Block] = [Paragraph(_(CAVEATS["two_denominators"]), "lead")]
    for measure_id in (SHARE_OF_ALERTS, PER_FACE_SEEN):
        blocks += _make_rate(subject, measure_id)
    rates = get_rates(subject.record, subject.selection)
    heads = (
        Head(_("Measure"), 4),
        Head(_("Value and 95% interval"), 4),
        Head(_("Counts"), 3),
        Head(_("Rows with both"), 2),
    )
    rows = [
        (
            _(MEASURES[rate.measure_id].title),
            format_estimate(rate),
            format_fraction(rate) or "[x]",
            _("{count} of {whole}").format(count=rate.used_count, whole=rate.rows_count),
        )
        for rate in rates
    ]
    why = [
        format_rate(rate)
        for rate in rates
        if rate.value is None and rate.reason and rate.status not in ("not_available", "no_rows")
    ]
    caveats_message = (
        caveat for rate in rates if rate.value is not None for caveat in rate.caveats
    )
    caveats = subject.describe_caveats(
        caveat for caveat in caveats_message if caveat != "two_denominators"
    )
    blocks += [
        Paragraph(_("Every rate of the whole period"), "head"),
        Table(_("Rates of the whole period, each with both of its counts"), heads, tuple(rows)),
        Points((*why, *caveats), small=True),
    ]
    return Section(_("Rates, with both denominators"), tuple(blocks))


def _make_rate(subject: Subject, measure_id: str) -> list[Block]:
    measure, selection = MEASURES[measure_id], subject.selection
    head = Paragraph(_(measure.title), "head")
    missing = describe_missing(get_missing(subject.record, measure_id, selection), measure_id)
    requested_intervals = get_intervals(subject.record, measure_id, selection)
    intervals = [
        replace(requested_interval, name=format_year(subject.period, requested_interval.name))
        if requested_interval.dated
        else requested_interval
        for requested_interval in requested_intervals
    ]
    if not intervals:
        return [head, Paragraph(" ".join(missing) or _("No row of the period has both numbers."))]
    shares = measure_id == SHARE_OF_ALERTS
    heads = (
        Head(_describe_head(subject.period), 4),
        Head(_("False alerts"), 2, number=True),
        Head(_("Alerts") if shares else _("Faces seen"), 2, number=True),
        Head(_("Rows with both"), 2),
        Head(_("Value and 95% interval"), 5),
    )
    marked = {break_id for interval in intervals for break_id in interval.estimate.breaks}
    breaks = [
        f"{format_date(break_.first_date)}: {_(break_.meaning)}"
        for break_ in subject.record.breaks(measure_id)
        if break_.force_id == subject.force_id
        and (break_.break_id in marked or _divides(break_, subject.period))
    ]
    return [
        head,
        Paragraph(_(measure.question)),
        to_interval_chart(intervals),
        Table(_(measure.title), heads, tuple(list_intervals(intervals))),
        Points((*missing, *breaks), small=True),
    ]


def _describe_head(period: ReportPeriod) -> str:
    return _("Year") if is_of_years(period) else _("Period")


def _divides(break_: Break, period: ReportPeriod) -> bool:
    """Whether a break lies within the period and forbids a comparison across it."""
    inside = period.first_day < break_.first_date <= period.last_day
    return inside and break_.effect_code == "not_comparable"


def make_settings(subject: Subject) -> Section:
    """Software and thresholds, and the sizes of watchlists."""
    thresholds = subject.record.forces.settings(
        subject.force_id, "threshold", subject.selection.period
    )
    years = subject.record.forces.settings(subject.force_id, "year", subject.selection.period)
    sizes = [
        replace(year, code=format_year(subject.period, year.code)) if year.code else year
        for year in years
    ]
    heads = (
        Head(_("Software"), 3),
        Head(_("Threshold"), 2),
        Head(_("Period"), 5),
        Head(_("Deployments used"), 1, number=True),
    )
    absent = _(
        "A threshold is the similarity score from which a face raises an alert. Where it is not in "
        "the rows, it was not printed, or the copy that we have left it out."
    )
    blocks: list[Block] = [
        Table(_("Whose software, at which threshold"), heads, tuple(list_thresholds(thresholds))),
        Points((_(CAVEATS["threshold_by_vendor"]), absent), small=True),
    ]
    if any(size.sized_count for size in sizes):
        sized = (
            Head(_describe_head(subject.period), 3),
            Head(_("Rows that print a size"), 3),
            Head(_("Smallest"), 2, number=True),
            Head(_("Middle"), 2, number=True),
            Head(_("Largest"), 2, number=True),
        )
        never = _(
            "Sizes are of one deployment each and are never added up: the same images are loaded "
            "again. Half of the sizes are no larger than the middle one."
        )
        blocks += [
            Table(_("Images on the watchlist, as published"), sized, tuple(list_watchlists(sizes))),
            Points((never,), small=True),
        ]
    else:
        blocks.append(
            Paragraph(_("No row of the period prints how many images were on the watchlist."))
        )
    return Section(_("Software, thresholds and watchlists"), tuple(blocks))


def make_places(subject: Subject) -> Section:
    """Where it was used, the most frequent first."""
    lines = get_places(subject.record, subject.selection)
    named = [line for line in lines if line.name]
    unknown = sum(line.estimate.rows_count for line in lines if not line.name)
    shown = named[:_MAX_PLACES]
    rows = [
        (
            line.name,
            line.district or _("[x] not known"),
            format_total(line.estimate),
            format_period(line.estimate.period_start, line.estimate.period_end),
        )
        for line in shown
    ]
    if not rows:
        return Section(_("Places"), (Paragraph(format_places_count(0, unknown)),))
    heads = (
        Head(_("Place"), 4),
        Head(_("District"), 3),
        Head(_("Deployments"), 2, number=True),
        Head(_("Period"), 4),
    )
    caption = _("Places by number of deployments: {shown} of {count}").format(
        shown=len(rows), count=len(named)
    )
    return Section(
        _("Places"),
        (Paragraph(format_places_count(len(named), unknown)), Table(caption, heads, tuple(rows))),
    )
