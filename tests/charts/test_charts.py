"""Figures draw what the Estimates say, and nothing that is not known."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from dashboard.charts.base import DARK, DASHES, LIGHT, MARKERS, Theme
from dashboard.charts.rows import draw_intervals
from dashboard.charts.time import draw_panels, draw_together
from dashboard.descriptions.rates import describe_intervals_alt, label_intervals
from dashboard.descriptions.trends import (
    describe_series_alt,
    describe_series_notes,
    describe_series_title,
    label_points,
    label_series,
    list_points,
)
from dashboard.queries.rates import PER_FACE_SEEN, SHARE_OF_ALERTS, get_intervals, get_missing
from dashboard.queries.series import Point, Series, Trend, get_total, get_trend
from dashboard.selection.selection import Selection
from dashboard.views.forces.chart.funnel import draw_funnel
from dashboard.views.forces.chart.stages import StageBar, draw_stage_bars
from dashboard.views.registry import list_choices
from etl.queries.record import Record

ALL = Selection(step="month")
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


def fetch(record: Record, **changes: object) -> Trend:
    return get_trend(record, replace(ALL, **changes), list_choices(record))


@pytest.fixture(scope="module")
def series(record: Record) -> tuple[Series, ...]:
    return fetch(record).series


def point_of(each_series: Series, code: str) -> Point:
    return next(point for point in each_series.points if point.code == code)


def test_points_and_undated_rows_add_up_to_the_total(series: tuple[Series, ...]) -> None:
    for each_series in series:
        drawn = sum(
            (point.estimate.numerator or 0) for point in each_series.points if point.estimate
        )
        undated = each_series.undated.numerator if each_series.undated else 0
        assert drawn + (undated or 0) == each_series.total.numerator


def test_a_period_is_zero_only_where_a_publication_covers_it(series: tuple[Series, ...]) -> None:
    metropolitan = next(each_series for each_series in series if each_series.code == "metropolitan")
    british_transport = next(
        each_series for each_series in series if each_series.code == "british_transport"
    )
    covered = point_of(metropolitan, "2021-06")
    assert covered == Point(
        "2021-06", dt.date(2021, 6, 1), dt.date(2021, 6, 30), None, covered=True
    )
    assert not point_of(british_transport, "2021-06").covered
    table = {row[0]: row[1:] for row in list_points(series)}
    place = {each_series.code: number for number, each_series in enumerate(series)}
    assert table["June 2021"][place["metropolitan"]] == "0"
    assert table["June 2021"][place["british_transport"]] == "[x] not covered"


def test_a_quarter_is_covered_when_all_its_months_are(record: Record) -> None:
    months = next(
        each_series for each_series in fetch(record).series if each_series.code == "metropolitan"
    )
    quarters = next(
        each_series
        for each_series in fetch(record, step="quarter").series
        if each_series.code == "metropolitan"
    )
    compared = []
    for quarter in quarters.points:
        inside = [
            point
            for point in months.points
            if quarter.first_day <= point.first_day <= quarter.last_day
        ]
        if len(inside) == 3:
            compared.append(quarter.covered)
            assert quarter.covered == all(point.covered for point in inside)
    assert set(compared) == {True, False}


def test_bars_are_the_periods_that_are_known(series: tuple[Series, ...]) -> None:
    figure = draw_panels(series, label_series(series), label_points(series), LIGHT)
    drawn = sum(value for trace in figure.data if trace.type == "bar" for value in trace.y)
    assert drawn == sum(
        (point.estimate.numerator or 0)
        for each_series in series
        for point in each_series.points
        if point.estimate
    )


def test_breaks_are_drawn_with_words_and_only_where_they_belong(
    record: Record, series: tuple[Series, ...]
) -> None:
    faces = fetch(record, measure_id="faces_seen_count").series
    figure = draw_panels(faces, label_series(faces), label_points(faces), DARK)
    assert any("[b] 6 August 2024" in note.text for note in figure.layout.annotations)
    assert any(
        "[b] Not comparable across 6 August 2024" in note
        for note in describe_series_notes(faces, bars=True)
    )
    assert not any("[b]" in note for note in describe_series_notes(series, bars=True))


def test_a_line_is_cut_at_a_break_and_at_a_gap(record: Record) -> None:
    rates = fetch(
        record, measure_id="alerts_per_1000_faces", step="quarter", forces=("metropolitan",)
    ).series
    figure = draw_together(rates, label_points(rates), LIGHT, scale=float)
    lines = [trace for trace in figure.data if trace.mode == "lines+markers"]
    assert sum(len(trace.x) for trace in lines) == len(rates[0].known)
    for broken in rates[0].breaks:
        day = broken.first_date.isoformat()
        assert not any(min(trace.x) < day < max(trace.x) for trace in lines)


def test_four_series_differ_without_their_colour(record: Record) -> None:
    shares = fetch(record, measure_id="true_share_of_alerts", step="year").series
    figure = draw_together(shares, label_points(shares), LIGHT, scale=float)
    looks = {
        (trace.line.dash, trace.marker.symbol)
        for trace in figure.data
        if trace.mode == "lines+markers"
    }
    assert len(looks) == sum(bool(share.known) for share in shares)
    assert len(set(DASHES)) == len(set(MARKERS)) == 4
    assert all(
        any(share.name.split()[0] in note.text for note in figure.layout.annotations)
        for share in shares
        if share.known
    )


def test_rates_per_face_are_never_pooled_across_the_break(record: Record) -> None:
    estimates = [
        interval.estimate
        for interval in get_intervals(record, PER_FACE_SEEN, ALL)
        if interval.name == "Metropolitan Police"
    ]
    assert len(estimates) > 1
    forbidding = {
        break_.break_id
        for break_ in record.breaks(PER_FACE_SEEN)
        if break_.effect_code == "not_comparable"
    }
    assert not any(forbidding & set(estimate.breaks) for estimate in estimates)


def test_every_force_is_shown_or_named_with_its_reason(record: Record) -> None:
    for measure_id in (SHARE_OF_ALERTS, PER_FACE_SEEN):
        shown = {interval.name for interval in get_intervals(record, measure_id, ALL)}
        missing = {
            name
            for each_missing in get_missing(record, measure_id, ALL)
            for name in each_missing.names
        }
        assert shown | missing == set(record.force_names().values())
        assert not shown & missing


def test_titles_and_alt_texts_are_said_from_the_data(
    record: Record, series: tuple[Series, ...]
) -> None:
    total = get_total(record, "deployments_count", ALL)
    assert (
        f"{series[0].total.numerator:,} of at least {total.numerator:,}"
        in describe_series_title(series, total)
    )
    alt = describe_series_alt(series, "month")
    assert all(each_series.name in alt for each_series in series)
    intervals = get_intervals(record, SHARE_OF_ALERTS, ALL)
    intervals_alt = describe_intervals_alt(intervals)
    assert all(
        f"of {interval.estimate.denominator:,.0f}" in intervals_alt for interval in intervals
    )


@THEMES
def test_none_seen_has_no_dot_and_few_events_a_hollow_one(record: Record, theme: Theme) -> None:
    intervals = get_intervals(record, PER_FACE_SEEN, ALL)
    estimates = [interval.estimate for interval in intervals]
    figure = draw_intervals(
        estimates,
        label_intervals(intervals),
        lambda share: share * 1e6,
        "a title",
        theme,
        logarithmic=True,
    )
    dots = [trace for trace in figure.data if trace.mode == "markers"]
    assert len(dots) == sum(estimate.status != "none_seen" for estimate in estimates)
    hollow = [dot for dot in dots if dot.marker.color == theme.ground]
    assert len(hollow) == sum(estimate.status == "low_reliability" for estimate in estimates)


def test_stages_begin_below_one_and_what_is_not_known_has_a_hatched_box() -> None:
    bars = [
        StageBar(3_147_436, "Faces seen: 3,147,436", ""),
        StageBar(1, "Alerts: 1", ""),
        StageBar(0, "Arrests: 0", ""),
        StageBar(None, "Engagements: [x]", ""),
    ]
    figure = draw_stage_bars(bars, "How many", LIGHT)
    ends = [(trace.base, trace.base + trace.x[0]) for trace in figure.data]
    assert ends[:2] == [(0.6, 3_147_436), (0.6, 1)]
    assert [trace.marker.pattern.shape for trace in figure.data] == ["", "", "/"]


@THEMES
def test_a_funnel_plot_has_exact_limits_and_tells_outside_by_shape(
    record: Record, theme: Theme
) -> None:
    funnel = record.funnel("arrests_per_alert").funnel
    assert funnel is not None
    names = [str(point.estimate.of("force_id")) for point in funnel.points]
    titles, words = ("Alerts", "Arrests"), ("all", "95%", "99.8%")
    figure = draw_funnel(funnel, names, float, titles, words, theme)
    limits = [trace for trace in figure.data if trace.mode == "lines"]
    assert [(limits[number].y[0], limits[number].line.dash) for number in (0, 3)] == [
        (funnel.limits[0].high_998, "solid"),
        (funnel.limits[0].low_95, "dash"),
    ]
    (points,) = [trace for trace in figure.data if trace.mode == "markers"]
    by_size = sorted(funnel.points, key=lambda point: point.estimate.denominator or 0)
    assert list(points.marker.symbol) == [
        "circle" if point.side == "inside" else "diamond" for point in by_size
    ]


@THEMES
def test_text_and_marks_have_enough_contrast(theme: Theme) -> None:
    for colour in (theme.text, theme.mark, theme.second):
        assert contrast(colour, theme.ground) >= 4.5
        assert contrast(colour, theme.band) >= 4.5
    for colour in theme.series:
        assert contrast(colour, theme.ground) >= 3
    for first, second in zip(theme.series, theme.series[1:], strict=False):
        assert contrast(first, second) >= 3


def contrast(first: str, second: str) -> float:
    """WCAG contrast of two colours."""

    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
