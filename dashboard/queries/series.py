"""What the pages ask of the record, for one selection of a reader: choices, totals and series over
time.

In: `Record` and a `Selection`. Out: Estimates, grouped as the figures and cards need them.
Does not compute: every number is an Estimate of `etl.queries.record`. Does not draw;
words only what may be chosen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from dashboard.selection.parameters import MAX_SERIES
from dashboard.selection.selection import Choices, Selection
from dashboard.text.language import mark as N_
from dashboard.text.refusals import describe_refusal
from etl.measures.catalogue import MEASURES, RESIDENTS
from etl.model.calendar import list_codes, span_of
from etl.model.estimates import Estimate
from etl.model.messages import Message
from etl.model.reference import Break
from etl.queries.record import Record
from etl.queries.trends import TrendAnswer

HEADLINE_COUNTS = ("deployments_count", "faces_seen_count", "alerts_count", "arrests_count")
STEPS = {"month": N_("Month"), "quarter": N_("Quarter"), "year": N_("Year")}
# What a figure may have one line for: the grouping of the answers, the field of the selection,
# the words.
SPLITS = {
    "force": ("force_id", "forces", N_("Force")),
    "region": ("region_code", "regions", N_("Region or nation")),
    "use_case": ("use_case", "use_cases", N_("Use case, as published")),
    "threshold": ("threshold", "thresholds", N_("Threshold")),
}
AXES = {
    "apart": N_("Each in its own panel, one scale"),
    "own": N_("Each in its own panel, own scale"),
    "together": N_("All on one axis"),
}
# A series of fewer points than this is a line of text, not a panel.
FEW_POINTS = 5
# Measures that forces may be set side by side by: those whose uncertainty is known.
RATES = {
    code: measure
    for code, measure in MEASURES.items()
    if measure.kind in ("proportion", "rate") and measure.denominator != RESIDENTS
}


@dataclass(frozen=True, slots=True)
class Point:
    """One month, quarter or year of a series: its Estimate, or none;
    whether the record covers the whole of it."""

    code: str
    first_day: dt.date
    last_day: dt.date
    estimate: Estimate | None
    covered: bool

    @property
    def until(self) -> dt.date | None:
        """The last day of which the deployments are published, where it lies within the period."""
        provisional = self.estimate.provisional if self.estimate else None
        days = [
            part.values["day"]
            for part in getattr(provisional, "parts", ())
            if isinstance(part, Message) and part.code == "published_to"
        ]
        return days[0] if len(days) == 1 and isinstance(days[0], dt.date) else None


@dataclass(frozen=True, slots=True)
class Series:
    """One force, region, use case or threshold over time; `undated` is what no point can be given.

    `breaks` are the declared breaks that lie within its points."""

    code: str
    name: str
    total: Estimate
    points: tuple[Point, ...]
    undated: Estimate | None
    breaks: tuple[Break, ...] = ()

    @property
    def is_count(self) -> bool:
        """Whether it is a count, and not a rate."""
        return MEASURES[self.total.measure_id].denominator is None

    @property
    def until(self) -> dt.date | None:
        """The last day of its latest unfinished period that has a number."""
        days = [point.until for point in self.points if point.estimate and point.estimate.numerator]
        return next((day for day in reversed(days) if day is not None), None)

    @property
    def known(self) -> tuple[Point, ...]:
        """The points that have a value."""
        return tuple(
            point
            for point in self.points
            if point.estimate is not None and point.estimate.value is not None
        )


@dataclass(frozen=True, slots=True)
class Trend:
    """The series of a figure; `left_out` are the names of those beyond the most that are drawn; or
    a `refusal`.

    `unsplit` is of the rows that do not say what is split by; `force_ids` have rows in the figure.
    """

    series: tuple[Series, ...] = ()
    left_out: tuple[str, ...] = ()
    refusal: str = ""
    unsplit: Estimate | None = None
    force_ids: tuple[str, ...] = ()


@lru_cache(maxsize=4000)
def get_total(record: Record, measure_id: str, selection: Selection) -> Estimate:
    """One Estimate for the whole selection."""
    return record.estimate(measure_id, where=selection.where, period=selection.period).only()


def get_by_force(record: Record, measure_id: str, selection: Selection) -> dict[str, Estimate]:
    """An Estimate a force, by id."""
    estimates = record.estimate(
        measure_id, by=("force_id",), where=selection.where, period=selection.period
    ).estimates
    return {str(estimate.of("force_id")): estimate for estimate in estimates}


def get_trend(
    record: Record, selection: Selection, names: Choices, limit: int = MAX_SERIES
) -> Trend:
    """The measure over time, one series for each that is chosen, else for those with most rows."""
    by, field, _words = SPLITS[selection.split]
    answer = record.trend(
        selection.measure_id, by, selection.step, where=selection.where, period=selection.period
    )
    if answer.refusal:
        return Trend(refusal=describe_refusal(answer.refusal))
    of: dict[str, list[Estimate]] = {}
    for estimate in answer.points:
        of.setdefault(str(estimate.of(by)), []).append(estimate)
    total = {
        str(estimate.of(by)): estimate for estimate in answer.totals if estimate.of(by) is not None
    }
    usual = sorted(total, key=lambda code: -total[code].used_count)
    unsplit = {str(estimate.of(selection.step)) for estimate in of.get("None", [])}
    codes = [code for code in getattr(selection, field) if code in total] or usual
    words = names[selection.split]
    steps = _list_steps(
        selection.step, [point for code in codes[:limit] for point in of.get(code, [])]
    )
    series = [
        _make_series(
            answer,
            selection.only(field, code),
            words.get(code, code),
            total[code],
            of[code],
            steps,
            unsplit,
        )
        for code in codes[:limit]
    ]
    return Trend(
        tuple(series),
        tuple(words.get(code, code) for code in codes[limit:]),
        unsplit=next((estimate for estimate in answer.totals if estimate.of(by) is None), None),
        force_ids=tuple(sorted(frozenset().union(*answer.forces.values()))),
    )


def split_by_points(series: Sequence[Series]) -> tuple[tuple[Series, ...], tuple[Series, ...]]:
    """The series that have enough points to be drawn, and the others; all, if none has."""
    drawn = tuple(
        each_series
        for each_series in series
        if sum(
            point.estimate is not None and point.estimate.numerator is not None
            for point in each_series.points
        )
        >= FEW_POINTS
    )
    if not drawn:
        return tuple(series), ()
    return drawn, tuple(each_series for each_series in series if each_series not in drawn)


def kind_of(point: Point) -> str:
    """How a point of a count is drawn. Nought of a part that is published is not a zero:
    the rest is not known."""
    if point.estimate is not None and point.estimate.provisional and point.estimate.numerator:
        return "begun"
    if point.estimate is None:
        return "zero" if point.covered else "not covered"
    if point.estimate.value is not None:
        return "whole" if point.estimate.value else "zero"
    return "part" if point.estimate.numerator else "missing"


def _make_series(
    answer: TrendAnswer,
    own: Selection,
    name: str,
    total: Estimate,
    estimates: Sequence[Estimate],
    steps: Sequence[str],
    unsplit: Set[str],
) -> Series:
    by_step = {str(estimate.of(own.step)): estimate for estimate in estimates}
    months = [answer.covered.get(force, frozenset()) for force in own.forces]
    covered = frozenset.intersection(*months) if months else frozenset()
    points = []
    for step in steps:
        first, last = span_of(own.step, step)
        # Rows that do not say what is split by could belong to any of the series: where there are
        # such, none is known to be zero.
        whole = not unsplit & {step, "None"} and covered.issuperset(
            list_codes("month", first, last)
        )
        points.append(Point(step, first, last, by_step.get(step), whole))
    code = str(getattr(own, SPLITS[own.split][1])[0])
    force_ids = set(own.forces) or answer.forces.get(code, frozenset())
    breaks = tuple(
        break_
        for break_ in answer.breaks
        if points
        and break_.force_id in force_ids
        and points[0].first_day < break_.first_date <= points[-1].last_day
    )
    return Series(code, name, total, tuple(points), by_step.get("None"), breaks)


def _list_steps(step: str, estimates: Sequence[Estimate]) -> list[str]:
    codes = sorted(
        str(estimate.of(step)) for estimate in estimates if estimate.of(step) is not None
    )
    return (
        list(list_codes(step, span_of(step, codes[0])[0], span_of(step, codes[-1])[1]))
        if codes
        else []
    )
