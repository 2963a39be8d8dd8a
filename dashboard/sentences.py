"""Titles, labels and alt texts of figures, said from the Estimates in them.

In: panels and intervals of `dashboard.questions`. Out: plain sentences and the rows of the tables behind the figures.
Does not draw, does not compute, and has no finding written in advance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.questions import Interval, Month, Panel
from dashboard.wording import (
    say_amount,
    say_count,
    say_fraction,
    say_list,
    say_month,
    say_one_in_faces,
    say_per_million_faces,
    say_period,
    say_share_of_alerts,
    say_short_period,
    say_total,
)
from etl.model.estimates import Estimate


def say_months_title(panels: Sequence[Panel], total: Estimate, unit: str) -> str:
    """`538 of the 617 published deployments are from one force: Metropolitan Police`; of one force, its best month."""
    if len(panels) > 1:
        first = panels[0]
        parts = f"{say_count(first.total.numerator or 0)} of the {say_count(total.numerator or 0)} published {unit}"
        return f"{parts} are from one force: {first.name}"
    panel = panels[0]
    top = _top_month(panel)
    if top is None or top.estimate is None or len(panel.months) == 1:
        return f"{panel.name}: {say_amount(panel.total, unit)}"
    peak = f"{say_month(f'{top.first_day:%Y-%m}')} ({say_total(top.estimate)})"
    return f"{panel.name}: {say_amount(panel.total, unit)}, most in {peak}"


def say_few_months(panels: Sequence[Panel], total: Estimate, unit: str) -> str:
    """Instead of bars, where there are hardly any: `1 deployment: November 2025 (1).`; or why no month has a number."""
    if total.numerator is None:
        return f"No month has a published number of {unit}: {say_total(total)}."
    known = [
        (month, month.estimate) for panel in panels for month in panel.months if month.estimate is not None
    ]
    if not known:
        return f"{say_amount(total, unit)}; the publications do not say in which months."
    said = [f"{say_month(f'{month.first_day:%Y-%m}')} ({say_total(estimate)})" for month, estimate in known]
    return f"{say_amount(total, unit)}: {say_list(said)}."


def say_months_alt(panels: Sequence[Panel], unit: str) -> str:
    """What the bars show, for a reader who cannot see them."""
    first, last = (f"{panels[0].months[number].first_day:%Y-%m}" for number in (0, -1))
    said = [f"Bar chart of {unit} a month, {say_month(first)} to {say_month(last)}, a panel a force."]
    for panel in panels:
        months = [
            one for one in panel.months if one.estimate is not None and one.estimate.numerator is not None
        ]
        top = _top_month(panel)
        if top and top.estimate:
            peak = f"{say_month(f'{top.first_day:%Y-%m}')} ({say_total(top.estimate)})"
            said.append(
                f"{panel.name}: {say_total(panel.total)} in {len(months)} months with figures, most in {peak}."
            )
        said += [
            f"A break is marked at {one['first_date']:%d %B %Y}: {one['meaning']}" for one in panel.breaks
        ]
    return " ".join(said) + " All values are in the table below the chart."


def label_panels(panels: Sequence[Panel], unit: str) -> list[str]:
    """`538 deployments`, to stand beside the name of each panel."""
    return [say_amount(panel.total, unit) for panel in panels]


def label_months(panels: Sequence[Panel], unit: str) -> list[list[str]]:
    """`March 2026: 27 deployments` for each month of each panel."""
    return [
        [f"{say_month(f'{month.first_day:%Y-%m}')}: {_say_month(month, unit)}" for month in panel.months]
        for panel in panels
    ]


def say_months_notes(panels: Sequence[Panel], unit: str) -> list[str]:
    """What a reader must know to read the bars: only what is drawn is explained."""
    months = [month for panel in panels for month in panel.months]
    notes = ["Each panel has its own scale."] if len(panels) > 1 else []
    if any(not month.covered for month in months):
        notes.append("Shaded: no publication in the record covers the month, so it is not known to be zero.")
    if any(month.estimate.value == 0 if month.estimate else month.covered for month in months):
        notes.append("Dot on the line: a publication covers the month and shows none.")
    if any(
        month.estimate and month.estimate.value is None and not month.estimate.numerator for month in months
    ):
        notes.append(f"Cross on the line: deployed, but the number of {unit} is not published [x].")
    if any(month.estimate and month.estimate.numerator and month.estimate.value is None for month in months):
        notes.append("Striped bar: at least this many; some rows of the month lack the number [x].")
    for panel in panels:
        if panel.undated and panel.undated.numerator:
            notes.append(
                f"{panel.name}: {say_total(panel.undated)} more cannot be given to a month and are not drawn."
            )
        notes += [
            f"[b] {panel.name}, {one['first_date']:%-d %B %Y}: {one['meaning']}" for one in panel.breaks
        ]
    return notes


def list_months(panels: Sequence[Panel]) -> list[tuple[str, ...]]:
    """The rows of the table behind the bars: month, then a cell a panel."""
    found = []
    for number, month in enumerate(panels[0].months):
        cells = []
        for panel in panels:
            own = panel.months[number]
            if own.estimate is not None:
                cells.append(say_total(own.estimate))
            else:
                cells.append("0" if own.covered else "[x] not covered")
        found.append((say_month(f"{month.first_day:%Y-%m}"), *cells))
    return found[::-1]


def name_interval(one: Interval, intervals: Sequence[Interval]) -> str:
    """The name of a row; with its months for a force, and for a year that stands there twice."""
    if one.publication:
        return f"{one.name}: {one.publication}"
    twice = sum(other.name == one.name for other in intervals) > 1
    say = say_period if twice else say_short_period
    period = say(one.estimate.period_start, one.estimate.period_end)
    return f"{one.name}, {period}" if twice or not one.name.isdigit() else one.name


def label_shares(intervals: Sequence[Interval]) -> list[tuple[str, str]]:
    """Name, and `1.3% (1.0% to 1.6%) – 59 of 4,694 alerts`."""
    return [
        (
            name_interval(one, intervals),
            f"{say_share_of_alerts(one.estimate)} – {say_fraction(one.estimate, 'alerts')}",
        )
        for one in intervals
    ]


def label_rates(intervals: Sequence[Interval]) -> list[tuple[str, str]]:
    """Name, and `3.0 per million faces (1.8 to 4.7) – 20 of 6,620,641`."""
    return [
        (
            name_interval(one, intervals),
            f"{say_per_million_faces(one.estimate)} – {say_fraction(one.estimate, '').strip()}",
        )
        for one in intervals
    ]


def say_intervals_title(intervals: Sequence[Interval], of: str) -> str:
    """`False alerts were 59 of 4,694 alerts (Metropolitan Police, …) and 2,451 of 2,685 (South Wales: …)`: the two with most trials."""
    most = sorted(intervals, key=lambda one: -(one.estimate.denominator or 0))[:2]
    shown = [one for one in intervals if one in most]
    said = [
        f"{say_fraction(one.estimate, of if number == 0 else '').strip()} ({name_interval(one, intervals)})"
        for number, one in enumerate(shown)
    ]
    return f"False alerts: {say_list(said)}"


def say_intervals_alt(labels: Sequence[tuple[str, str]], what: str) -> str:
    """What the dots show, row by row."""
    rows = "; ".join(f"{name}: {value}" for name, value in labels)
    return f"Dots with 95% intervals of {what}. {rows}. All values are in the table below the chart."


def list_intervals(intervals: Sequence[Interval], of: str) -> list[tuple[str, ...]]:
    """The rows of the table behind the dots: name, false alerts, trials, rows with both, value with interval."""
    say = say_share_of_alerts if of == "alerts" else say_one_in_faces
    return [
        (
            name_interval(one, intervals),
            say_count(one.estimate.numerator or 0),
            say_count(one.estimate.denominator or 0),
            f"{say_count(one.estimate.used_count)} of {say_count(one.estimate.rows_count)}",
            say(one.estimate),
        )
        for one in intervals
    ]


def say_missing(missing: Mapping[str, Sequence[str]]) -> list[str]:
    """`Not shown: Surrey and Sussex publish neither false alerts nor alerts.`"""
    return [
        f"Not shown: {say_list(list(names))} ({'publishes' if len(names) == 1 else 'publish'} {reason})."
        for reason, names in missing.items()
    ]


def _say_month(month: Month, unit: str) -> str:
    if month.estimate is not None:
        return say_amount(month.estimate, unit)
    return f"0 {unit}" if month.covered else "[x] not covered"


def _top_month(panel: Panel) -> Month | None:
    known = [one for one in panel.months if one.estimate is not None and one.estimate.numerator]
    return max(known, key=lambda one: one.estimate.numerator or 0 if one.estimate else 0) if known else None
