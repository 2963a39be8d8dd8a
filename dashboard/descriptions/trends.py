"""Titles, labels, notes and text alternatives of series over time, said from the Estimates in them.

In: `Series` of `dashboard.queries.series`. Out: plain sentences and the rows of the tables behind
the figures. Does not draw, does not compute, and has no finding written in advance."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.queries.changes import Change
from dashboard.queries.series import Point, Series
from dashboard.text.language import _, ngettext
from dashboard.text.language import mark as N_
from dashboard.text.numbers import (
    format_amount,
    format_count,
    format_date,
    format_estimate,
    format_fraction,
    format_list,
    format_one_in,
    format_step,
    format_total,
    format_until,
    without_symbols,
)
from etl.measures.catalogue import MEASURES
from etl.model.estimates import Estimate
from etl.model.reference import Break

# A share below this is said as one in so many.
_SMALL = 0.05
A_STEP = {"month": N_("by month"), "quarter": N_("by quarter"), "year": N_("by year")}


def describe_series_title(
    series: Sequence[Series], total: Estimate, changes: Sequence[Change] = ()
) -> str:
    """The message, of the first series that has two whole years: `Metropolitan Police: deployments
    rose from 180 in 2024 to 231 in 2025`. Else its highest period; of a rate its last value."""
    return without_symbols(
        next(filter(None, map(_describe_message, changes)), "") or _describe_size(series, total)
    )


def describe_thresholds_title(series: Sequence[Series]) -> str:
    """`False share of alerts by threshold: 0.42% at 0.64, 3.6% at 0.60`."""
    parts = [
        _("{value} at {threshold}").format(
            value=_format_alone(each_series.total), threshold=each_series.name
        )
        for each_series in series
        if each_series.total.value is not None
    ]
    measure = _(MEASURES[series[0].total.measure_id].title)
    return without_symbols(
        _("{measure} by threshold: {parts}").format(measure=measure, parts=format_list(parts))
    )


def _describe_message(change: Change) -> str:
    """Up or down over the last two whole years; of rates only where chance does not explain it."""
    first, last = change.first, change.last
    if first is None or last is None or first.estimate is None or last.estimate is None:
        return ""
    if change.broken is not None or None in (first.estimate.value, last.estimate.value):
        return ""
    measure = MEASURES[first.estimate.measure_id]
    before, after = first.estimate.value or 0.0, last.estimate.value or 0.0
    if measure.denominator is not None:
        disparity = change.comparison.disparity if change.comparison else None
        if disparity is None or disparity.ratio is None or disparity.ratio_high is None:
            return ""
        if disparity.ratio_low <= 1 <= disparity.ratio_high:
            return _("{name}: {measure}, no clear change from {first_year} to {last_year}").format(
                name=change.name,
                measure=_name_subject(first.estimate),
                first_year=first.code,
                last_year=last.code,
            )
    elif before == after:
        return ""
    template = (
        _("{name}: {measure} rose from {first} in {first_year} to {last} in {last_year}")
        if after > before
        else _("{name}: {measure} fell from {first} in {first_year} to {last} in {last_year}")
    )
    return template.format(
        name=change.name,
        measure=_name_subject(first.estimate),
        first=_format_message_value(first.estimate),
        first_year=first.code,
        last=_format_message_value(last.estimate),
        last_year=last.code,
    )


def _name_subject(estimate: Estimate) -> str:
    """What rose or fell: `deployments`, `false alerts`."""
    if estimate.measure_id in ("false_share_of_alerts", "false_alerts_per_face_seen"):
        return _("false alerts")
    title = _(MEASURES[estimate.measure_id].title)
    return title[:1].lower() + title[1:]


def _format_message_value(estimate: Estimate) -> str:
    """A value for a message: `1 in 48 alerts` of a small share, else without its interval."""
    value = estimate.value or 0.0
    if estimate.measure_id == "false_share_of_alerts" and 0 < value < _SMALL:
        return _("{ratio} alerts").format(ratio=format_one_in(value))
    return _format_alone(estimate)


def _format_alone(estimate: Estimate) -> str:
    """A value without its interval."""
    return format_estimate(estimate).split(" (")[0]


def _describe_size(series: Sequence[Series], total: Estimate) -> str:
    measure, first = MEASURES[total.measure_id], series[0]
    if measure.denominator is not None:
        whole = [
            point for point in first.known if point.estimate and not point.estimate.provisional
        ]
        last = whole[-1] if whole else None
        if last is None or last.estimate is None:
            return f"{_(measure.title)}: {first.name}"
        template = _("{measure}, {name}: {value} in {period}")
        return template.format(
            measure=_(measure.title),
            name=first.name,
            value=format_estimate(last.estimate),
            period=format_step(last.code),
        )
    top = highest_point(first)
    if top is None or top.estimate is None or len(first.points) == 1:
        return _("{name}: {amount}").format(name=first.name, amount=format_amount(first.total))
    template = _("{name}: {amount}, most in {period} ({value})")
    return template.format(
        name=first.name,
        amount=format_amount(first.total),
        period=format_step(top.code),
        value=format_total(top.estimate),
    )


def describe_few_series(series: Sequence[Series]) -> str:
    """One line for the series that have too few points for a panel."""
    if not series:
        return ""
    names = [
        _("{period} ({value})").format(
            period=each_series.name, value=without_symbols(_describe_total(each_series))
        )
        for each_series in series
    ]
    template = _("Too few figures for a chart: {names}.")
    return template.format(names=format_list(names))


def _describe_total(series: Series) -> str:
    """The amount of a count; of a rate what it is of."""
    if series.is_count:
        return format_amount(series.total)
    return format_fraction(series.total) or format_estimate(series.total)


def list_ends(series: Sequence[Series]) -> list[str]:
    """For each series the words of its unfinished period: `to 17 April only`; or none."""
    return [format_until(each_series.until) if each_series.until else "" for each_series in series]


def describe_few_points(series: Sequence[Series], total: Estimate) -> str:
    """Instead of a chart, where there is hardly anything: `1 deployment: November 2025 (1).`;
    or why no period has a number."""
    if total.numerator is None:
        return _("No period has a published number: {why}.").format(why=format_estimate(total))
    known = [
        (point, point.estimate)
        for each_series in series
        for point in each_series.points
        if point.estimate is not None
    ]
    if not known:
        template = _("{amount}; the publications do not say when.")
        return template.format(amount=format_estimate(total))
    point_texts = [
        _("{period} ({value})").format(
            period=format_step(point.code), value=format_estimate(estimate)
        )
        for point, estimate in known
    ]
    return _("{amount}: {periods}.").format(
        amount=format_estimate(total), periods=format_list(point_texts)
    )


def describe_series_alt(series: Sequence[Series], step: str) -> str:
    """What the figure shows, for a reader who cannot see it:
    what is plotted, most, least, direction, gaps, breaks."""
    points = series[0].points
    measure = MEASURES[series[0].total.measure_id]
    sentences = [
        _("Chart of: {measure}, {step}, {first} to {last}.").format(
            measure=_(measure.title),
            step=_(A_STEP[step]),
            first=format_step(points[0].code),
            last=format_step(points[-1].code),
        )
    ]
    sentences += [_describe_series(each_series) for each_series in series]
    for broken in _breaks(series):
        line = _("A break is marked at {day}: {meaning}")
        sentences.append(line.format(day=format_date(broken.first_date), meaning=_(broken.meaning)))
    ends = [
        _("{name}, last period: {until}.").format(name=each_series.name, until=until)
        for each_series, until in zip(series, list_ends(series), strict=True)
        if until
    ]
    return without_symbols(" ".join([*sentences, *ends, _("All values are in the table.")]))


def label_series(series: Sequence[Series]) -> list[str]:
    """The text after the name of each panel: `538 deployments`; of a rate, its whole."""
    labels = []
    for each_series in series:
        total = each_series.total
        words = format_amount(total) if each_series.is_count else format_estimate(total)
        if each_series.until:
            until = format_until(each_series.until)
            words = _("{value}; last period {until}").format(value=words, until=until)
        labels.append(without_symbols(words))
    return labels


def label_points(series: Sequence[Series]) -> list[list[str]]:
    """`March 2026: 27 deployments` for each point of each series."""
    line = _("{period}: {value}")
    return [
        [
            without_symbols(
                line.format(period=format_step(point.code), value=_format_point(each_series, point))
            )
            for point in each_series.points
        ]
        for each_series in series
    ]


def list_points(series: Sequence[Series]) -> list[tuple[str, ...]]:
    """The rows of the table behind the figure: the period, then a cell a series; newest first."""
    rows = [
        (
            format_step(point.code),
            *(_format_cell(each_series, each_series.points[number]) for each_series in series),
        )
        for number, point in enumerate(series[0].points)
    ]
    return rows[::-1]


def describe_series_notes(series: Sequence[Series]) -> list[str]:
    """What a reader must know of the figure and its table; the key is inside the figure."""
    points = [point for each_series in series for point in each_series.points]
    notes = []
    if any(point.estimate is not None and point.estimate.provisional for point in points):
        notes.append(_("[p] in the table: the figures end within the period."))
    if any(
        point.estimate and point.estimate.denominator and point.estimate.value == 1
        for point in points
    ):
        notes.append(_("Where all were, the lower limit is one-sided, at 95%."))
    for each_series in series:
        if each_series.undated is not None and each_series.undated.numerator:
            line = _("{name}: {count} more have no date and are not in the chart.")
            notes.append(
                line.format(
                    name=each_series.name, count=format_count(each_series.undated.numerator)
                )
            )
    for broken in _breaks(series):
        line = _("The method changed on {day}: {meaning} Do not compare figures across that day.")
        notes.append(line.format(day=format_date(broken.first_date), meaning=_(broken.meaning)))
    return notes


def highest_point(series: Series) -> Point | None:
    """The point with the most."""
    known = [point for point in series.points if point.estimate is not None and _size(point)]
    return max(known, key=_size) if known else None


def _describe_series(series: Series) -> str:
    known = [
        point
        for point in series.points
        if point.estimate is not None and point.estimate.numerator is not None
    ]
    top = highest_point(series)
    if top is None or top.estimate is None:
        return _("{name}: no period with a value.").format(name=series.name)
    low, last = min(known, key=_size), known[-1]
    gaps = len(series.points) - len(known)
    template = ngettext(
        "{name}: {count} period with values; highest {high} in {high_period}, lowest {low} in "
        "{low_period}, last {last} in {last_period}; {gaps} without a value.",
        "{name}: {count} periods with values; highest {high} in {high_period}, lowest {low} in "
        "{low_period}, last {last} in {last_period}; {gaps} without a value.",
        len(known),
    )
    values = {
        name: format_estimate(point.estimate)
        for name, point in (("high", top), ("low", low), ("last", last))
        if point.estimate
    }
    periods = {
        f"{name}_period": format_step(point.code)
        for name, point in (("high", top), ("low", low), ("last", last))
    }
    return template.format(name=series.name, count=len(known), gaps=gaps, **values, **periods)


def _format_point(series: Series, point: Point) -> str:
    if point.estimate is None:
        return "0" if point.covered and series.is_count else _("[x] not covered")
    return format_amount(point.estimate) if series.is_count else format_estimate(point.estimate)


def _format_cell(series: Series, point: Point) -> str:
    if point.estimate is None:
        return "0" if point.covered and series.is_count else _("[x] not covered")
    estimate = format_estimate(point.estimate)
    # A rate never stands without what it is of.
    if not series.is_count and (of := format_fraction(point.estimate)):
        estimate = f"{estimate}; {of}"
    # A sum over a break is a number all the same: that it is one of two kinds must stand beside it.
    return f"{estimate} [b]" if point.estimate.breaks and "[b]" not in estimate else estimate


def _size(point: Point) -> float:
    estimate = point.estimate
    if estimate is None:
        return 0.0
    return float(estimate.value if estimate.value is not None else estimate.numerator or 0)


def _breaks(series: Sequence[Series]) -> list[Break]:
    brokens = {broken.break_id: broken for each_series in series for broken in each_series.breaks}
    return sorted(brokens.values(), key=lambda broken: broken.first_date)
