"""Titles, labels, notes and text alternatives of series over time, said from the Estimates in them.

In: `Series` of `dashboard.queries.series`. Out: plain sentences and the rows of the tables behind
the figures. Does not draw, does not compute, and has no finding written in advance."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.queries.series import Point, Series, kind_of
from dashboard.text.language import _, ngettext
from dashboard.text.language import mark as N_
from dashboard.text.numbers import (
    format_amount,
    format_count,
    format_date,
    format_estimate,
    format_fraction,
    format_list,
    format_step,
    format_total,
)
from etl.measures.catalogue import MEASURES
from etl.model.estimates import Estimate
from etl.model.reference import Break

A_STEP = {"month": N_("by month"), "quarter": N_("by quarter"), "year": N_("by year")}


def describe_series_title(series: Sequence[Series], total: Estimate) -> str:
    """`Metropolitan Police accounts for 538 of at least 617 deployments`; of one series, its most;
    of a rate, its last value."""
    measure = MEASURES[total.measure_id]
    first = series[0]
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
    if len(series) > 1 and first.total.numerator is not None and total.numerator is not None:
        most = max(series, key=lambda each_series: each_series.total.numerator or 0)
        template = _("{name} accounts for {count} of {amount}")
        return template.format(
            name=most.name, count=format_total(most.total), amount=format_amount(total)
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
    return " ".join([*sentences, _("All values are in the table.")])


def label_series(series: Sequence[Series]) -> list[str]:
    """The text after the name of each panel: `538 deployments`; of a rate, its whole."""
    return [
        format_amount(each_series.total)
        if _is_count(each_series)
        else format_estimate(each_series.total)
        for each_series in series
    ]


def label_points(series: Sequence[Series]) -> list[list[str]]:
    """`March 2026: 27 deployments` for each point of each series."""
    line = _("{period}: {value}")
    return [
        [
            line.format(period=format_step(point.code), value=_format_point(each_series, point))
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


def describe_series_notes(
    series: Sequence[Series], *, bars: bool, panels: bool = True
) -> list[str]:
    """What a reader must know to read the figure: only what is drawn is explained."""
    points = [point for each_series in series for point in each_series.points]
    kinds = {kind_of(point) for point in points}
    notes = [_("Each panel has its own scale.")] if len(series) > 1 and bars else []
    if panels and any(not point.covered for point in points):
        notes.append(
            _(
                "Shaded: no publication in the record covers the whole period, so what is missing "
                "is not known to be zero."
            )
        )
    if any(point.estimate is not None and point.estimate.provisional for point in points):
        notes.append(
            _("Dotted bar and [p]: the publications end within the period.")
            if bars
            else _("[p]: the publications end within the period.")
        )
    if bars and "zero" in kinds:
        notes.append(_("Dot on the line: publications cover the period and show none."))
    if bars and "missing" in kinds:
        notes.append(_("Cross on the line: it was used, but the number is not published [x]."))
    if bars and "part" in kinds:
        notes.append(
            _("Striped bar: at least this many; some rows of the period lack the number [x].")
        )
    if not _is_count(series[0]):
        notes.append(
            _(
                "Vertical lines are 95% intervals; a hollow mark stands for fewer than 20 events "
                "[u]."
            )
        )
    if any(
        point.estimate and point.estimate.denominator and point.estimate.value == 1
        for point in points
    ):
        notes.append(_("Where all were, the lower limit is one-sided, at 95%."))
    for each_series in series:
        if each_series.undated is not None and each_series.undated.numerator:
            line = _("{name}: {count} more cannot be given to a period and are not drawn.")
            notes.append(
                line.format(
                    name=each_series.name, count=format_count(each_series.undated.numerator)
                )
            )
    for broken in _breaks(series):
        line = _("[b] Not comparable across {day}: {meaning}")
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
        return "0" if point.covered and _is_count(series) else _("[x] not covered")
    return format_amount(point.estimate) if _is_count(series) else format_estimate(point.estimate)


def _format_cell(series: Series, point: Point) -> str:
    if point.estimate is None:
        return "0" if point.covered and _is_count(series) else _("[x] not covered")
    estimate = format_estimate(point.estimate)
    # A rate never stands without what it is of.
    if not _is_count(series) and (of := format_fraction(point.estimate)):
        estimate = f"{estimate}; {of}"
    # A sum over a break is a number all the same: that it is one of two kinds must stand beside it.
    return f"{estimate} [b]" if point.estimate.breaks and "[b]" not in estimate else estimate


def _is_count(series: Series) -> bool:
    return MEASURES[series.total.measure_id].denominator is None


def _size(point: Point) -> float:
    estimate = point.estimate
    if estimate is None:
        return 0.0
    return float(estimate.value if estimate.value is not None else estimate.numerator or 0)


def _breaks(series: Sequence[Series]) -> list[Break]:
    brokens = {broken.break_id: broken for each_series in series for broken in each_series.breaks}
    return sorted(brokens.values(), key=lambda broken: broken.first_date)
