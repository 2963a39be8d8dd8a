"""What is said in a report of one force and on no page: its summary, its period, the period before, the place among all forces.

In: Estimates and comparisons of `dashboard.report.query`. Out: plain sentences. Does not compute and passes no verdict.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from dashboard.descriptions.misidentifications import say_entries
from dashboard.descriptions.rates import FRACTIONS
from dashboard.queries.rates import PER_FACE_SEEN
from dashboard.report.period import ReportPeriod, say_report_period
from dashboard.report.query import Beside, FunnelOf
from dashboard.text.language import _, ngettext
from dashboard.text.messages import tell
from dashboard.text.numbers import (
    say_amount,
    say_count,
    say_date,
    say_estimate,
    say_fraction,
    say_gap,
    say_list,
    say_number,
    say_per_million_faces,
    say_period,
    say_rows,
)
from dashboard.views.forces.text_funnel import say_p
from etl.measures.catalogue import MEASURES
from etl.model.cases import Case
from etl.model.codes import TECHNOLOGY
from etl.model.estimates import Estimate


def say_title(name: str, period: ReportPeriod) -> str:
    """`Live facial recognition: Metropolitan Police, 2025`."""
    return _("Live facial recognition: {name}, {period}").format(name=name, period=say_report_period(period))


def say_made_from() -> str:
    """What the report is made from, and what it is not."""
    return _(
        "This report is made from what has been published, as the public record holds it. It is not made from the force’s own "
        "log, and it cannot show what was not published."
    )


def say_whole_period(name: str, period: ReportPeriod, covered: bool, last_day: dt.date | None) -> str:
    """Whether publications tell every deployment of the period; if not, that what is missing is not zero."""
    if covered:
        said = _("Publications in the record tell every deployment of {name} in the period.")
        return said.format(name=name)
    if last_day is not None and period.first_day <= last_day < period.last_day:
        said = _(
            "Publications in the record tell every deployment of {name} up to {day} only. The rest of the period is not known; it is not zero."
        )
        return said.format(name=name, day=say_date(last_day))
    said = _(
        "No publication in the record tells every deployment of {name} in the period. What is missing is not known; it is not zero."
    )
    return said.format(name=name)


def say_counts(totals: Sequence[Estimate]) -> str:
    """`61 deployments, 1,234 faces seen, 684 alerts, 40 arrests.`, as far as they are published."""
    said = [say_amount(one) for one in totals if one.numerator is not None]
    missing = [_(MEASURES[one.measure_id].title) for one in totals if one.numerator is None]
    line = _("In the published rows of the period: {amounts}.").format(amounts=say_list(said))
    if not missing:
        return line
    gone = _("Not published in any of them: {names}.").format(names="; ".join(missing))
    return f"{line} {gone}" if said else gone


def say_gaps(totals: Sequence[Estimate]) -> list[str]:
    """Which of the counts are of a published part only."""
    found = []
    for one in totals:
        if one.numerator is not None and (gap := say_gap(one)):
            found.append(_("{measure}: {gap}").format(measure=_(MEASURES[one.measure_id].title), gap=gap))
    return found


def say_rate(one: Estimate) -> str:
    """A rate with its interval and both counts, or why there is none."""
    title = _(MEASURES[one.measure_id].title)
    if one.value is None:
        reason = tell(one.reason)
        said = _("{measure}: {value}. {why}").format(measure=title, value=say_estimate(one), why=reason)
        return said.strip()
    said = _("{measure}: {value}; {fraction}.")
    value = say_estimate(one)
    if one.measure_id == PER_FACE_SEEN:
        value = _("{value}, that is {rate}").format(value=value, rate=say_per_million_faces(one))
    return said.format(
        measure=title, value=value, fraction=say_fraction(one, _(FRACTIONS.get(one.measure_id, "")))
    )


def say_cases(by_technology: Sequence[tuple[str, Sequence[Case]]]) -> str:
    """Entries of the register by technology, never added up."""
    found = [
        _("{name}: {value}").format(name=_(TECHNOLOGY.label(code)), value=say_entries(cases))
        for code, cases in by_technology
        if cases
    ]
    if not found:
        return _("No documented case is known to us. Cases become known by chance: this does not show that there is none.")  # fmt: skip
    return _("Documented misidentifications that may lie in the period. {entries}.").format(
        entries="; ".join(found)
    )


def say_findings_count(total: int, still_open: int) -> str:
    """`12 findings about the published rows of the period; 3 of them are open.`"""
    if not total:
        return _("No check found anything in the published rows of the period. That does not show that they are right.")  # fmt: skip
    said = ngettext(
        "{count} finding about the published rows of the period; open: {still_open}.",
        "{count} findings about the published rows of the period; open: {still_open}.",
        total,
    )
    return said.format(count=say_count(total), still_open=say_count(still_open))


def say_comparison(one: Beside, whole: bool) -> str:
    """What became of a measure since the period before: a ratio with its interval, or why there is none."""
    if one.before.status == "no_rows" or not one.before.rows_count:
        return _("Not compared: no row of the period before is in the record. That is not a zero.")
    if one.refused_as and one.refused_as != "no_interval":
        return _("Not compared. {why}").format(why=tell(one.refused))
    if one.comparison is not None and one.comparison.refusal is not None:
        refusal = one.comparison.refusal
        if refusal.code != "no_interval":
            return _("Not compared. {why}").format(why=tell(refusal.reason))
    if MEASURES[one.measure_id].denominator is None:
        if not whole:
            return _("Not compared: publications do not tell every deployment of both periods.")
        return _("A count of what was published: it has no interval, and no direction is given.")
    found = one.comparison.disparity if one.comparison else None
    if found is None or found.ratio is None or found.ratio_high is None:
        return _("Too little was seen for a ratio.")
    words = {
        "ratio": say_number(found.ratio),
        "low": say_number(found.ratio_low),
        "high": say_number(found.ratio_high),
    }
    if found.ratio_low > 1:
        said = _("It rose: {ratio} times as much (95% interval {low} to {high}).")
    elif found.ratio_high < 1:
        said = _("It fell: {ratio} times as much (95% interval {low} to {high}).")
    else:
        said = _("No change can be told from chance: {ratio} times as much (95% interval {low} to {high}).")
    return said.format(**words)


def say_conditions(first: dt.date, meaning: str) -> str:
    """A declared break that does not forbid a comparison, and must be known."""
    return _("[b] Conditions changed on {day}: {meaning}").format(day=say_date(first), meaning=_(meaning))


def say_place_among(found: FunnelOf, force_id: str, name: str) -> str:
    """Where the force lies beside the limits of chance; or why it has no place there."""
    funnel = found.answer.funnel
    if funnel is None:
        reason = tell(found.answer.refusal.reason) if found.answer.refusal else ""
        return _("No limits can be given for this period: {why}").format(why=reason)
    own = next((one for one in funnel.points if one.estimate.of("force_id") == force_id), None)
    if own is None:
        return _("{name} has no place beside the limits, because no row of it has both numbers or they do not compare.").format(name=name)  # fmt: skip
    sides = {
        "inside": _("{name} lies inside the limits of chance (p-value, adjusted for the number of forces: {p})."),
        "above": _("{name} lies above the limits of chance (p-value, adjusted for the number of forces: {p}). That is a question, not a verdict."),
        "below": _("{name} lies below the limits of chance (p-value, adjusted for the number of forces: {p}). That is a question, not a verdict."),
    }  # fmt: skip
    return sides[own.side].format(name=name, p=say_p(own.holm_p_value))


def say_funnel_days(found: FunnelOf) -> str:
    """Of which days the limits are, and why of others than the report."""
    if found.year is None:
        return say_period(*found.period)
    return _("{year}, because the period of the report gives no limits: {why}").format(
        year=found.year, why=tell(found.refused)
    )


def say_places_count(places: int, unknown_rows: int) -> str:
    """How many places, and how many rows whose place could not be told."""
    said = ngettext("{count} place.", "{count} places.", places).format(count=say_count(places))
    if not unknown_rows:
        return said
    gone = _("Of {rows} the place could not be told.").format(rows=say_rows(unknown_rows))
    return f"{said} {gone}"
