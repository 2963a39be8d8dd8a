"""The figures of a report: summary, deployments, from faces to arrests, both rates, settings, places.

In: a `Subject`. Out: sections. Every number is an Estimate said by `dashboard.text.numbers`, by the same functions as on the pages.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from dashboard.descriptions.rates import list_intervals, say_missing
from dashboard.descriptions.series import list_points, say_series_notes
from dashboard.queries.rates import PER_FACE_SEEN, SHARE_OF_ALERTS, ask_intervals, ask_missing
from dashboard.queries.series import Series
from dashboard.report.blocks import Block, Head, Paragraph, Points, Section, Table
from dashboard.report.charts import to_interval_chart, to_month_chart, to_stage_chart
from dashboard.report.period import ReportPeriod, is_of_years, say_year
from dashboard.report.query import ReportSelection, ask_rates, ask_totals, is_covered
from dashboard.report.text import say_conditions, say_gaps, say_places_count, say_rate, say_whole_period
from dashboard.selection.selection import Choices
from dashboard.text.language import _
from dashboard.text.numbers import say_date, say_estimate, say_fraction, say_period, say_total
from dashboard.views.forces.query_force import ask_places, ask_timeline
from dashboard.views.forces.text_force import (
    list_stages,
    list_thresholds,
    list_watchlists,
    say_few_months,
    say_stages_notes,
    say_stages_partial,
    say_stages_title,
    say_timeline_title,
)
from etl.measures.catalogue import MEASURES
from etl.measures.publishing import ForcePublishing
from etl.model.caveats import CAVEATS, caveats_of
from etl.queries.record import Answers

# Fewer months than this are a sentence, not a chart; more rows than this are a quarter of a table too long.
_FEW_MONTHS = 3
_MOST_PLACES = 40


@dataclass(frozen=True, slots=True)
class Subject:
    """What a report is about: the release, the force, the period, and the words of the language in use."""

    answers: Answers
    force_id: str
    name: str
    period: ReportPeriod
    chosen: ReportSelection
    choices: Choices
    names: dict[str, str]
    publishing: ForcePublishing

    def say_caveats(self, caveats: Iterable[str]) -> tuple[str, ...]:
        """Each once, but not those that are about another force."""
        return tuple(_(CAVEATS[one]) for one in caveats_of(caveats, (self.force_id,)))


def make_deployments(subject: Subject) -> Section:
    """Counts, and what is missing of them; then month by month."""
    totals = ask_totals(subject.answers, subject.chosen)
    heads = (
        Head(_("Measure"), 4),
        Head(_("Value"), 2, number=True),
        Head(_("Rows with the number"), 2),
        Head(_("Days"), 4),
    )
    rows = [
        (
            _(MEASURES[one.measure_id].title),
            say_estimate(one),
            _("{count} of {whole}").format(count=one.used_count, whole=one.rows_count),
            say_period(one.period_start, one.period_end),
        )
        for one in totals
    ]
    covered = is_covered(subject.answers, subject.force_id, subject.period)
    last_day = subject.answers.covered_until().get(subject.force_id)
    notes = (
        *say_gaps(totals),
        *_list_breaks(subject, {break_id for one in totals for break_id in one.breaks}),
        *subject.say_caveats(caveat for total in totals for caveat in total.caveats),
    )
    series = ask_timeline(subject.answers, subject.chosen, subject.choices)
    return Section(
        _("Deployments"),
        (
            Paragraph(say_whole_period(subject.name, subject.period, covered, last_day)),
            Table(_("What was counted in the period"), heads, tuple(rows)),
            Points(notes, small=True),
            *_make_months(subject, series),
        ),
    )


def _list_breaks(subject: Subject, break_ids: set[str]) -> list[str]:
    """What changed within the period, by day."""
    found = subject.answers.rows("breaks", {"break_id": sorted(break_ids)}) if break_ids else []
    ordered = sorted(found, key=lambda one: one["first_date"])
    return [say_conditions(one["first_date"], str(one["meaning"])) for one in ordered]


def _make_months(subject: Subject, series: tuple[Series, ...]) -> list[Block]:
    known = [point for point in series[0].points if point.estimate is not None] if series else []
    head = Paragraph(_("Month by month"), "head")
    if len(known) < _FEW_MONTHS:
        return [head, Paragraph(say_few_months(series))] if series else []
    chart = to_month_chart(say_timeline_title(subject.name, series), series)
    heads = (Head(_("Month"), 3), *(Head(one.name, 2, number=True) for one in series))
    table = Table(
        _("Deployments, faces seen, alerts and arrests by month"), heads, tuple(list_points(series)[::-1])
    )
    return [head, chart, table, Points(tuple(say_series_notes(series, bars=True)), small=True)]


def make_stages(subject: Subject) -> Section:
    """From faces to arrests."""
    found = subject.answers.stages(subject.force_id, subject.chosen.period)
    title = _("From faces to arrests")
    if all(one.count is None for one in found.stages):
        said = _(
            "No row of the period prints a number of faces, alerts or arrests. That is not a zero: it is not published."
        )
        return Section(title, (Paragraph(said),))
    titles = {one["publication_id"]: str(one["title"]) for one in subject.answers.rows("publications")}
    partial = say_stages_partial(found, titles.get(found.publication_id or "", ""))
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
            to_stage_chart(say_stages_title(subject.name, found), found),
            Table(
                f"{_('From faces seen to arrests')}, {say_period(found.period_start, found.period_end)}",
                heads,
                tuple(list_stages(found)),
            ),
            Points((*say_stages_notes(), *(_(CAVEATS[one]) for one in caveats)), small=True),
        ),
    )


def make_rates(subject: Subject) -> Section:
    """Both rates of false alerts, year by year and never across a break; then every rate over the whole period."""
    blocks: list[Block] = [Paragraph(_(CAVEATS["two_denominators"]), "lead")]
    for measure_id in (SHARE_OF_ALERTS, PER_FACE_SEEN):
        blocks += _make_rate(subject, measure_id)
    rates = ask_rates(subject.answers, subject.chosen)
    heads = (
        Head(_("Measure"), 4),
        Head(_("Value and 95% interval"), 4),
        Head(_("Counts"), 3),
        Head(_("Rows with both"), 2),
    )
    rows = [
        (
            _(MEASURES[one.measure_id].title),
            say_estimate(one),
            say_fraction(one) or "[x]",
            _("{count} of {whole}").format(count=one.used_count, whole=one.rows_count),
        )
        for one in rates
    ]
    why = [
        say_rate(one)
        for one in rates
        if one.value is None and one.reason and one.status not in ("not_available", "no_rows")
    ]
    told = (caveat for one in rates if one.value is not None for caveat in one.caveats)
    caveats = subject.say_caveats(one for one in told if one != "two_denominators")
    blocks += [
        Paragraph(_("Every rate of the whole period"), "head"),
        Table(_("Rates of the whole period, each with both of its counts"), heads, tuple(rows)),
        Points((*why, *caveats), small=True),
    ]
    return Section(_("Rates, with both denominators"), tuple(blocks))


def _make_rate(subject: Subject, measure_id: str) -> list[Block]:
    measure, chosen = MEASURES[measure_id], subject.chosen
    head = Paragraph(_(measure.title), "head")
    missing = say_missing(ask_missing(subject.answers, measure_id, chosen), measure_id)
    asked = ask_intervals(subject.answers, measure_id, chosen)
    intervals = [replace(one, name=say_year(subject.period, one.name)) if one.dated else one for one in asked]
    if not intervals:
        return [head, Paragraph(" ".join(missing) or _("No row of the period has both numbers."))]
    shares = measure_id == SHARE_OF_ALERTS
    heads = (
        Head(_say_head(subject.period), 4),
        Head(_("False alerts"), 2, number=True),
        Head(_("Alerts") if shares else _("Faces seen"), 2, number=True),
        Head(_("Rows with both"), 2),
        Head(_("Value and 95% interval"), 5),
    )
    how = _(
        "Lines are exact 95% intervals. Hollow dot and [u]: fewer than 20 events. Dotted line: none seen, up to the bound that this can show."
    )
    marked = {break_id for one in intervals for break_id in one.estimate.breaks}
    breaks = [
        f"[b] {say_date(one['first_date'])}: {_(one['meaning'])}"
        for one in subject.answers.breaks(measure_id)
        if one["force_id"] == subject.force_id
        and (one["break_id"] in marked or _divides(one, subject.period))
    ]
    return [
        head,
        Paragraph(_(measure.question)),
        to_interval_chart(intervals),
        Table(_(measure.title), heads, tuple(list_intervals(intervals))),
        Points((how, *missing, *breaks), small=True),
    ]


def _say_head(period: ReportPeriod) -> str:
    return _("Year") if is_of_years(period) else _("Period")


def _divides(one: dict[str, object], period: ReportPeriod) -> bool:
    """Whether a break lies within the period and forbids a comparison across it."""
    day = one["first_date"]
    return one["effect_code"] == "not_comparable" and period.first_day < day <= period.last_day  # type: ignore[operator]


def make_settings(subject: Subject) -> Section:
    """Software and thresholds, and the sizes of watchlists."""
    thresholds = subject.answers.settings(subject.force_id, "threshold", subject.chosen.period)
    years = subject.answers.settings(subject.force_id, "year", subject.chosen.period)
    sizes = [replace(one, code=say_year(subject.period, one.code)) if one.code else one for one in years]
    heads = (
        Head(_("Software"), 3),
        Head(_("Threshold"), 2),
        Head(_("Period"), 5),
        Head(_("Rows"), 1, number=True),
    )
    absent = _(
        "A threshold is the similarity score from which a face raises an alert. Where it is not in the rows, it was not printed, or the copy that we have left it out."
    )
    blocks: list[Block] = [
        Table(_("Whose software, at which threshold"), heads, tuple(list_thresholds(thresholds))),
        Points((_(CAVEATS["threshold_by_vendor"]), absent), small=True),
    ]
    if any(one.sized_count for one in sizes):
        sized = (
            Head(_say_head(subject.period), 3),
            Head(_("Rows that print a size"), 3),
            Head(_("Smallest"), 2, number=True),
            Head(_("Middle"), 2, number=True),
            Head(_("Largest"), 2, number=True),
        )
        never = _(
            "Sizes are of one deployment each and are never added up: the same images are loaded again. Half of the sizes are no larger than the middle one."
        )
        blocks += [
            Table(_("Images on the watchlist, as published"), sized, tuple(list_watchlists(sizes))),
            Points((never,), small=True),
        ]
    else:
        blocks.append(Paragraph(_("No row of the period prints how many images were on the watchlist.")))
    return Section(_("Software, thresholds and watchlists"), tuple(blocks))


def make_places(subject: Subject) -> Section:
    """Where it was used, the most frequent first."""
    lines = ask_places(subject.answers, subject.chosen)
    named = [one for one in lines if one.name]
    unknown = sum(one.estimate.rows_count for one in lines if not one.name)
    shown = named[:_MOST_PLACES]
    rows = [
        (
            line.name,
            line.district or _("[x] not known"),
            say_total(line.estimate),
            say_period(line.estimate.period_start, line.estimate.period_end),
        )
        for line in shown
    ]
    if not rows:
        return Section(_("Places"), (Paragraph(say_places_count(0, unknown)),))
    heads = (Head(_("Place"), 4), Head(_("District"), 3), Head(_("Deployments"), 2, number=True), Head(_("Period"), 4))  # fmt: skip
    caption = _("Places by number of deployments: {shown} of {count}").format(
        shown=len(rows), count=len(named)
    )
    return Section(
        _("Places"),
        (
            Paragraph(say_places_count(len(named), unknown)),
            Table(caption, heads, tuple(rows)),
        ),
    )
