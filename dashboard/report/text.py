"""What is said in a report of one force and on no page: its summary, its period, the period before,
the place among all forces.

In: Estimates and comparisons of `dashboard.report.query`. Out: plain sentences.
Does not compute and passes no verdict."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from dashboard.descriptions.misidentifications import describe_entries
from dashboard.descriptions.rates import FRACTIONS
from dashboard.queries.rates import PER_FACE_SEEN
from dashboard.report.period import ReportPeriod, format_report_period
from dashboard.report.query import FunnelOf, PeriodComparison
from dashboard.text.language import _, ngettext
from dashboard.text.messages import translate_message
from dashboard.text.numbers import (
    describe_gap,
    format_amount,
    format_count,
    format_date,
    format_estimate,
    format_fraction,
    format_list,
    format_number,
    format_per_million_faces,
    format_period,
    format_rows,
)
from dashboard.views.forces.text_funnel import format_p_value
from etl.measures.catalogue import MEASURES
from etl.model.cases import Case
from etl.model.codes import TECHNOLOGY
from etl.model.estimates import Estimate


def describe_title(name: str, period: ReportPeriod) -> str:
    """`Live facial recognition: Metropolitan Police, 2025`."""
    return _("Live facial recognition: {name}, {period}").format(
        name=name, period=format_report_period(period)
    )


def describe_made_from() -> str:
    """What the report is made from, and what it is not."""
    return _(
        "This report is made from what has been published, as the public record holds it. It is "
        "not made from the force’s own log, and it cannot show what was not published."
    )


def describe_whole_period(
    name: str, period: ReportPeriod, covered: bool, last_day: dt.date | None
) -> str:
    """Whether publications tell every deployment of the period;
    if not, that what is missing is not zero."""
    if covered:
        template = _("Publications in the record tell every deployment of {name} in the period.")
        return template.format(name=name)
    if last_day is not None and period.first_day <= last_day < period.last_day:
        template = _(
            "Publications in the record tell every deployment of {name} up to {day} only. The rest "
            "of the period is not known; it is not zero."
        )
        return template.format(name=name, day=format_date(last_day))
    template = _(
        "No publication in the record tells every deployment of {name} in the period. What is "
        "missing is not known; it is not zero."
    )
    return template.format(name=name)


def describe_counts(totals: Sequence[Estimate]) -> str:
    """`61 deployments, 1,234 faces seen, 684 alerts, 40 arrests.`, as far as they are published."""
    amounts = [format_amount(total) for total in totals if total.numerator is not None]
    missing = [_(MEASURES[total.measure_id].title) for total in totals if total.numerator is None]
    line = _("In the published rows of the period: {amounts}.").format(amounts=format_list(amounts))
    if not missing:
        return line
    gone = _("Not published in any of them: {names}.").format(names="; ".join(missing))
    return f"{line} {gone}" if amounts else gone


def describe_gaps(totals: Sequence[Estimate]) -> list[str]:
    """Which of the counts are of a published part only."""
    texts = []
    for total in totals:
        if total.numerator is not None and (gap := describe_gap(total)):
            texts.append(
                _("{measure}: {gap}").format(measure=_(MEASURES[total.measure_id].title), gap=gap)
            )
    return texts


def format_rate(estimate: Estimate) -> str:
    """A rate with its interval and both counts, or why there is none."""
    title = _(MEASURES[estimate.measure_id].title)
    if estimate.value is None:
        reason = translate_message(estimate.reason)
        text = _("{measure}: {value}. {why}").format(
            measure=title, value=format_estimate(estimate), why=reason
        )
        return text.strip()
    text = _("{measure}: {value}; {fraction}.")
    value = format_estimate(estimate)
    if estimate.measure_id == PER_FACE_SEEN:
        value = _("{value}, that is {rate}").format(
            value=value, rate=format_per_million_faces(estimate)
        )
    return text.format(
        measure=title,
        value=value,
        fraction=format_fraction(estimate, _(FRACTIONS.get(estimate.measure_id, ""))),
    )


def describe_cases(by_technology: Sequence[tuple[str, Sequence[Case]]]) -> str:
    """Entries of the register by technology, never added up."""
    texts = [
        _("{name}: {value}").format(name=_(TECHNOLOGY.label(code)), value=describe_entries(cases))
        for code, cases in by_technology
        if cases
    ]
    if not texts:
        return _(
            "No documented case is known to us. Cases become known by chance: this does not show "
            "that there is none."
        )
    return _("Documented misidentifications that may lie in the period. {entries}.").format(
        entries="; ".join(texts)
    )


def format_findings_count(total: int, still_open: int) -> str:
    """`12 findings about the published rows of the period; 3 of them are open.`"""
    if not total:
        return _(
            "No check found anything in the published rows of the period. That does not show that "
            "they are right."
        )
    template = ngettext(
        "{count} finding about the published rows of the period; open: {still_open}.",
        "{count} findings about the published rows of the period; open: {still_open}.",
        total,
    )
    return template.format(count=format_count(total), still_open=format_count(still_open))


def describe_comparison(period_comparison: PeriodComparison, whole: bool) -> str:
    """What became of a measure since the period before:
    a ratio with its interval, or why there is none."""
    if period_comparison.before.status == "no_rows" or not period_comparison.before.rows_count:
        return _("Not compared: no row of the period before is in the record. That is not a zero.")
    if period_comparison.refused_as and period_comparison.refused_as != "no_interval":
        return _("Not compared. {why}").format(why=translate_message(period_comparison.refused))
    if (
        period_comparison.comparison is not None
        and period_comparison.comparison.refusal is not None
    ):
        refusal = period_comparison.comparison.refusal
        if refusal.code != "no_interval":
            return _("Not compared. {why}").format(why=translate_message(refusal.reason))
    if MEASURES[period_comparison.measure_id].denominator is None:
        if not whole:
            return _("Not compared: publications do not tell every deployment of both periods.")
        return _("A count of what was published: it has no interval, and no direction is given.")
    disparity = period_comparison.comparison.disparity if period_comparison.comparison else None
    if disparity is None or disparity.ratio is None or disparity.ratio_high is None:
        return _("Too little was seen for a ratio.")
    words = {
        "ratio": format_number(disparity.ratio),
        "low": format_number(disparity.ratio_low),
        "high": format_number(disparity.ratio_high),
    }
    if disparity.ratio_low > 1:
        template = _("It rose: {ratio} times as much (95% interval {low} to {high}).")
    elif disparity.ratio_high < 1:
        template = _("It fell: {ratio} times as much (95% interval {low} to {high}).")
    else:
        template = _(
            "No change can be told from chance: {ratio} times as much (95% interval {low} to "
            "{high})."
        )
    return template.format(**words)


def describe_conditions(first: dt.date, meaning: str) -> str:
    """A declared break that does not forbid a comparison, and must be known."""
    return _("[b] Conditions changed on {day}: {meaning}").format(
        day=format_date(first), meaning=_(meaning)
    )


def describe_place_among(funnel_of: FunnelOf, force_id: str, name: str) -> str:
    """Where the force lies beside the limits of chance; or why it has no place there."""
    funnel = funnel_of.answer.funnel
    if funnel is None:
        reason = (
            translate_message(funnel_of.answer.refusal.reason) if funnel_of.answer.refusal else ""
        )
        return _("No limits can be given for this period: {why}").format(why=reason)
    own = next(
        (point for point in funnel.points if point.estimate.of("force_id") == force_id), None
    )
    if own is None:
        return _(
            "{name} has no place beside the limits, because no row of it has both numbers or they "
            "do not compare."
        ).format(name=name)
    sides = {
        "inside": _(
            "{name} lies inside the limits of chance (p-value, adjusted for the number of forces: "
            "{p})."
        ),
        "above": _(
            "{name} lies above the limits of chance (p-value, adjusted for the number of forces: "
            "{p}). That is a question, not a verdict."
        ),
        "below": _(
            "{name} lies below the limits of chance (p-value, adjusted for the number of forces: "
            "{p}). That is a question, not a verdict."
        ),
    }
    return sides[own.side].format(name=name, p=format_p_value(own.holm_p_value))


def describe_funnel_days(funnel_of: FunnelOf) -> str:
    """Of which days the limits are, and why of others than the report."""
    if funnel_of.year is None:
        return format_period(*funnel_of.period)
    return _("{year}, because the period of the report gives no limits: {why}").format(
        year=funnel_of.year, why=translate_message(funnel_of.refused)
    )


def format_places_count(places: int, unknown_rows: int) -> str:
    """How many places, and how many rows whose place could not be told."""
    text = ngettext("{count} place.", "{count} places.", places).format(count=format_count(places))
    if not unknown_rows:
        return text
    gone = _("Of {rows} the place could not be told.").format(rows=format_rows(unknown_rows))
    return f"{text} {gone}"
