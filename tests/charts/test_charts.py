"""Figures draw what the Estimates say, and nothing that is not known."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from dashboard.charts.base import DARK, DASHES, LIGHT, MARKERS, Theme
from dashboard.charts.rows import draw_intervals
from dashboard.charts.time import draw_panels, draw_together
from dashboard.charts.time_key import list_key
from dashboard.descriptions.rates import describe_intervals_alt, label_intervals
from dashboard.descriptions.trends import (
    describe_few_series,
    describe_series_alt,
    describe_series_notes,
    describe_series_title,
    label_points,
    label_series,
    list_ends,
    list_points,
)
from dashboard.queries.changes import get_changes
from dashboard.queries.rates import (
    PER_FACE_SEEN,
    SHARE_OF_ALERTS,
    get_intervals,
    get_missing,
    split_intervals,
)
from dashboard.queries.series import Point, Series, Trend, get_total, get_trend, split_by_points
from dashboard.selection.selection import Selection
from dashboard.views.forces.chart.funnel import draw_funnel
from dashboard.views.forces.chart.stages import StageBox, draw_stage_chain
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


def fetch_quarters(record: Record, **changes: object) -> tuple[Series, ...]:
    return fetch(record, step="quarter", **changes).series


def test_an_unfinished_period_says_its_last_day_in_every_chart(record: Record) -> None:
    quarters = fetch_quarters(record, forces=("metropolitan",))
    assert quarters[0].points[-1].until == dt.date(2026, 4, 17)
    words = "to 17 April only"
    panels = draw_panels(quarters, label_series(quarters), label_points(quarters), LIGHT)
    (hatched,) = [trace for trace in panels.data if trace.type == "bar" and trace.y == (21,)]
    assert hatched.marker.pattern.shape == "/"
    together = draw_together(
        quarters, label_points(quarters), LIGHT, scale=float, ends=list_ends(quarters)
    )
    stubs = [trace for trace in together.data if trace.line.dash == "dot"]
    assert [tuple(stub.y) for stub in stubs] == [(74, 21)]
    points = [trace for trace in together.data if trace.mode == "markers"][-1]
    assert points.marker.color[-1] == LIGHT.ground
    for figure in (panels, together):
        shown = " ".join(note.text.replace("<br>   ", " ") for note in figure.layout.annotations)
        assert words in shown
    assert words in describe_series_alt(quarters, "quarter")


def test_all_on_one_axis_draws_none_as_zero_where_it_is_covered(record: Record) -> None:
    quarters = fetch_quarters(record, forces=("metropolitan",))
    figure = draw_together(quarters, label_points(quarters), LIGHT, scale=float)
    heights = [y for trace in figure.data if trace.mode == "markers" for y in trace.y]
    zeros = [point for point in quarters[0].points if point.estimate is None and point.covered]
    assert zeros
    assert heights.count(0) == len(zeros)
    assert figure.layout.yaxis.tickvals[-1] >= max(heights)


def test_series_of_one_measure_have_one_scale_unless_asked(record: Record) -> None:
    quarters = fetch_quarters(record, forces=("metropolitan", "british_transport"))
    words = label_series(quarters), label_points(quarters)
    common = draw_panels(quarters, *words, LIGHT).layout
    own = draw_panels(quarters, *words, LIGHT, own_scale=True).layout
    assert common.yaxis.range == common.yaxis2.range
    assert own.yaxis2.range[1] < 20 < own.yaxis.range[1]


def test_a_series_of_few_points_is_a_line_of_text(record: Record) -> None:
    drawn, few = split_by_points(fetch_quarters(record))
    assert [each_series.code for each_series in drawn] == ["metropolitan"]
    assert describe_few_series(few).startswith(
        "Too few figures for a chart: British Transport Police (22 deployments), South Wales"
    )
    # Where none has enough, all are drawn.
    assert split_by_points(few) == (few, ())


def test_one_alert_does_not_set_the_scale_and_says_its_value(record: Record) -> None:
    quarters = fetch_quarters(
        record, measure_id=SHARE_OF_ALERTS, forces=("metropolitan", "british_transport")
    )
    figure = draw_panels(
        quarters,
        label_series(quarters),
        label_points(quarters),
        LIGHT,
        scale=lambda share: share * 100,
        suffix="%",
    )
    assert figure.layout.yaxis.range[1] < 30
    assert "100%" in [note.text for note in figure.layout.annotations]


def test_the_first_highest_and_last_value_are_written(record: Record) -> None:
    quarters = fetch_quarters(record, forces=("metropolitan",))
    figure = draw_panels(quarters, label_series(quarters), label_points(quarters), LIGHT)
    texts = [note.text for note in figure.layout.annotations]
    assert [text for text in texts if text.isdigit()] == ["2", "74", "21"]


def test_the_label_of_a_year_is_under_the_middle_of_its_bar(record: Record) -> None:
    years = fetch(record, step="year", forces=("metropolitan",)).series
    figure = draw_panels(years, label_series(years), label_points(years), LIGHT)
    middles = {place for trace in figure.data if trace.type == "bar" for place in trace.x}
    assert set(figure.layout.xaxis.tickvals) & middles


def test_the_key_is_inside_the_figure_and_covered_periods_have_a_strip(record: Record) -> None:
    quarters = fetch_quarters(record, forces=("metropolitan",))
    key = list_key(quarters, bars=True)
    figure = draw_panels(quarters, label_series(quarters), label_points(quarters), LIGHT, key=key)
    shown = " ".join(note.text.replace("<br>", " ") for note in figure.layout.annotations)
    assert all(entry.words in shown for entry in key)
    (strip,) = [shape for shape in figure.layout.shapes if shape.yref == "y domain"]
    assert (strip.x0, strip.x1) == ("2020-01-01", "2026-04-17")


def test_a_false_share_of_few_alerts_is_a_sentence(record: Record) -> None:
    intervals = get_intervals(record, SHARE_OF_ALERTS, ALL)
    drawn, few, apart = split_intervals(intervals, ALL)
    assert all((interval.estimate.denominator or 0) >= 100 for interval in drawn)
    assert all((interval.estimate.denominator or 0) < 100 for interval in few)
    assert {interval.name for interval in apart} == {"South Wales"}
    assert len(drawn) + len(few) + len(apart) == len(intervals)


def test_breaks_are_drawn_with_words_and_only_where_they_belong(
    record: Record, series: tuple[Series, ...]
) -> None:
    faces = fetch(record, measure_id="faces_seen_count").series
    figure = draw_panels(faces, label_series(faces), label_points(faces), DARK)
    assert any("6 August 2024" in note.text for note in figure.layout.annotations)
    changed = "The method changed on"
    assert any(f"{changed} 6 August 2024" in note for note in describe_series_notes(faces))
    assert not any(changed in note for note in describe_series_notes(series))


def test_a_line_is_cut_at_a_break_and_at_a_gap(record: Record) -> None:
    rates = fetch(
        record, measure_id="alerts_per_1000_faces", step="quarter", forces=("metropolitan",)
    ).series
    figure = draw_together(rates, label_points(rates), LIGHT, scale=float)
    lines = [trace for trace in figure.data if trace.mode == "lines"]
    points = [trace for trace in figure.data if trace.mode == "markers"]
    assert sum(len(trace.x) for trace in points) == len(rates[0].known)
    for broken in rates[0].breaks:
        day = broken.first_date.isoformat()
        assert not any(min(trace.x) < day < max(trace.x) for trace in lines)


def test_four_series_differ_without_their_colour(record: Record) -> None:
    shares = fetch(record, measure_id="true_share_of_alerts", step="year").series
    figure = draw_together(shares, label_points(shares), LIGHT, scale=float)
    looks = {trace.marker.symbol for trace in figure.data if trace.mode == "markers"}
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
    changes = get_changes(record, ALL, list_choices(record))
    assert describe_series_title(series, total, changes) == (
        "Metropolitan Police: deployments rose from 180 in 2024 to 231 in 2025"
    )
    rates = get_changes(record, replace(ALL, measure_id=SHARE_OF_ALERTS), list_choices(record))
    assert describe_series_title(series, total, rates) == (
        "Metropolitan Police: false alerts fell from 1 in 48 alerts in 2024 to 1 in 200 alerts "
        "in 2025"
    )
    assert describe_series_title(series, total).startswith("Metropolitan Police: 542 deployments")
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


def test_stages_are_boxes_with_their_numbers_and_no_number_is_a_pale_one() -> None:
    boxes = [
        StageBox("faces_seen", True, "3,147,436", "faces seen", ""),
        StageBox("alerts", True, "20", "alerts", "20 of 3,147,436"),
        StageBox("true_alerts", True, "19", "true alerts", ""),
        StageBox("false_alerts", True, "1", "false alerts", ""),
        StageBox("engagements", False, "not published", "engagements", ""),
    ]
    figure = draw_stage_chain(boxes, LIGHT)
    drawn = [shape for shape in figure.layout.shapes if shape.type == "rect"]
    assert [shape.line.color for shape in drawn] == [LIGHT.mark] * 4 + [LIGHT.grid]
    # True and false alerts lie side by side; all others one below the other.
    assert [shape.y0 for shape in drawn][2] == [shape.y0 for shape in drawn][3]
    assert len({shape.y0 for shape in drawn}) == 4
    texts = [note.text for note in figure.layout.annotations]
    assert texts[0] == "<b>3,147,436 faces seen</b>"
    assert texts[-1] == "engagements<br>not published"


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
