"""Figures draw what the Estimates say, and nothing that is not known."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.charts.base import DARK, DASHES, LIGHT, MARKERS, Ink
from dashboard.charts.rows import draw_bars, draw_funnel_plot, draw_intervals, draw_stages
from dashboard.charts.time import draw_panels, draw_together
from dashboard.descriptions.rates import label_intervals, say_intervals_alt
from dashboard.descriptions.series import (
    label_points,
    label_series,
    list_points,
    say_series_alt,
    say_series_notes,
    say_series_title,
)
from dashboard.queries.rates import PER_FACE_SEEN, SHARE_OF_ALERTS, ask_intervals, ask_missing
from dashboard.queries.series import Point, Series, Trend, ask_total, ask_trend
from dashboard.selection.selection import Selection
from dashboard.views.registry import list_choices
from etl.queries.record import Answers, open_answers

ALL = Selection(step="month")
INKS = pytest.mark.parametrize("ink", [LIGHT, DARK], ids=["light", "dark"])


@pytest.fixture(scope="module")
def answers(warehouse: Path) -> Answers:
    return open_answers(warehouse)


def ask(answers: Answers, **changes: object) -> Trend:
    return ask_trend(answers, replace(ALL, **changes), list_choices(answers))


@pytest.fixture(scope="module")
def series(answers: Answers) -> tuple[Series, ...]:
    return ask(answers).series


def point_of(one: Series, code: str) -> Point:
    return next(point for point in one.points if point.code == code)


def test_points_and_undated_rows_add_up_to_the_total(series: tuple[Series, ...]) -> None:
    for one in series:
        drawn = sum((point.estimate.numerator or 0) for point in one.points if point.estimate)
        undated = one.undated.numerator if one.undated else 0
        assert drawn + (undated or 0) == one.total.numerator


def test_a_period_is_zero_only_where_a_publication_covers_it(series: tuple[Series, ...]) -> None:
    metropolitan = next(one for one in series if one.code == "metropolitan")
    british_transport = next(one for one in series if one.code == "british_transport")
    covered = point_of(metropolitan, "2021-06")
    assert covered == Point("2021-06", dt.date(2021, 6, 1), dt.date(2021, 6, 30), None, covered=True)
    assert not point_of(british_transport, "2021-06").covered
    table = {row[0]: row[1:] for row in list_points(series)}
    place = {one.code: number for number, one in enumerate(series)}
    assert table["June 2021"][place["metropolitan"]] == "0"
    assert table["June 2021"][place["british_transport"]] == "[x] not covered"


def test_a_quarter_is_covered_when_all_its_months_are(answers: Answers) -> None:
    months = next(one for one in ask(answers).series if one.code == "metropolitan")
    quarters = next(one for one in ask(answers, step="quarter").series if one.code == "metropolitan")
    compared = []
    for quarter in quarters.points:
        inside = [one for one in months.points if quarter.first_day <= one.first_day <= quarter.last_day]
        if len(inside) == 3:
            compared.append(quarter.covered)
            assert quarter.covered == all(one.covered for one in inside)
    assert set(compared) == {True, False}


def test_bars_are_the_periods_that_are_known(series: tuple[Series, ...]) -> None:
    figure = draw_panels(series, label_series(series), label_points(series), LIGHT)
    drawn = sum(value for trace in figure.data if trace.type == "bar" for value in trace.y)
    assert drawn == sum(
        (point.estimate.numerator or 0) for one in series for point in one.points if point.estimate
    )


def test_breaks_are_drawn_with_words_and_only_where_they_belong(
    answers: Answers, series: tuple[Series, ...]
) -> None:
    faces = ask(answers, measure_id="faces_seen_count").series
    figure = draw_panels(faces, label_series(faces), label_points(faces), DARK)
    assert any("[b] 6 August 2024" in note.text for note in figure.layout.annotations)
    assert any(
        "[b] Not comparable across 6 August 2024" in note for note in say_series_notes(faces, bars=True)
    )
    assert not any("[b]" in note for note in say_series_notes(series, bars=True))


def test_a_line_is_cut_at_a_break_and_at_a_gap(answers: Answers) -> None:
    rates = ask(answers, measure_id="alerts_per_1000_faces", step="quarter", forces=("metropolitan",)).series
    figure = draw_together(rates, label_points(rates), LIGHT, scale=float)
    lines = [trace for trace in figure.data if trace.mode == "lines+markers"]
    assert sum(len(trace.x) for trace in lines) == len(rates[0].known)
    for broken in rates[0].breaks:
        day = broken["first_date"].isoformat()
        assert not any(min(trace.x) < day < max(trace.x) for trace in lines)


def test_four_series_differ_without_their_colour(answers: Answers) -> None:
    shares = ask(answers, measure_id="true_share_of_alerts", step="year").series
    figure = draw_together(shares, label_points(shares), LIGHT, scale=float)
    looks = {(trace.line.dash, trace.marker.symbol) for trace in figure.data if trace.mode == "lines+markers"}
    assert len(looks) == sum(bool(one.known) for one in shares)
    assert len(set(DASHES)) == len(set(MARKERS)) == 4
    assert all(
        any(one.name.split()[0] in note.text for note in figure.layout.annotations)
        for one in shares
        if one.known
    )


def test_rates_per_face_are_never_pooled_across_the_break(answers: Answers) -> None:
    found = [
        one.estimate
        for one in ask_intervals(answers, PER_FACE_SEEN, ALL)
        if one.name == "Metropolitan Police"
    ]
    assert len(found) > 1
    forbidding = {
        one["break_id"] for one in answers.breaks(PER_FACE_SEEN) if one["effect_code"] == "not_comparable"
    }
    assert not any(forbidding & set(estimate.breaks) for estimate in found)


def test_every_force_is_shown_or_named_with_its_reason(answers: Answers) -> None:
    for measure_id in (SHARE_OF_ALERTS, PER_FACE_SEEN):
        shown = {one.name for one in ask_intervals(answers, measure_id, ALL)}
        missing = {name for one in ask_missing(answers, measure_id, ALL) for name in one.names}
        assert shown | missing == set(answers.forces().values())
        assert not shown & missing


def test_titles_and_alt_texts_are_said_from_the_data(answers: Answers, series: tuple[Series, ...]) -> None:
    total = ask_total(answers, "deployments_count", ALL)
    assert f"{series[0].total.numerator:,} of at least {total.numerator:,}" in say_series_title(series, total)
    alt = say_series_alt(series, "month")
    assert all(one.name in alt for one in series)
    intervals = ask_intervals(answers, SHARE_OF_ALERTS, ALL)
    said = say_intervals_alt(intervals)
    assert all(f"of {one.estimate.denominator:,.0f}" in said for one in intervals)


@INKS
def test_none_seen_has_no_dot_and_few_events_a_hollow_one(answers: Answers, ink: Ink) -> None:
    intervals = ask_intervals(answers, PER_FACE_SEEN, ALL)
    estimates = [one.estimate for one in intervals]
    figure = draw_intervals(estimates, label_intervals(intervals), lambda share: share * 1e6, "a title", ink, logarithmic=True)  # fmt: skip
    dots = [trace for trace in figure.data if trace.mode == "markers"]
    assert len(dots) == sum(one.status != "none_seen" for one in estimates)
    hollow = [dot for dot in dots if dot.marker.color == ink.ground]
    assert len(hollow) == sum(one.status == "low_reliability" for one in estimates)


def test_bars_start_at_zero_and_what_is_not_known_has_none() -> None:
    figure = draw_bars([3, None, 12], [("a", "3"), ("b", "[x]"), ("c", "12")], LIGHT)
    assert figure.layout.xaxis.range[0] == 0
    assert [max(trace.x) for trace in figure.data] == [3, 12]
    assert all(min(trace.x) == 0 for trace in figure.data)


def test_stages_are_drawn_down_to_one() -> None:
    figure = draw_stages([3_147_436, 2_077, 1, 0], [(name, "") for name in "abcd"], LIGHT)
    assert [min(trace.x) for trace in figure.data] == [1, 1, 1]
    assert figure.data[2].x[1] > 1


@INKS
def test_a_funnel_plot_has_exact_limits_and_tells_outside_by_shape(answers: Answers, ink: Ink) -> None:
    funnel = answers.funnel("arrests_per_alert").funnel
    assert funnel is not None
    names = [str(one.estimate.of("force_id")) for one in funnel.points]
    figure = draw_funnel_plot(funnel, names, float, ("Alerts", "Arrests"), ink)
    limits = [trace for trace in figure.data if trace.mode == "lines"]
    assert [(limits[number].y[0], limits[number].line.dash) for number in (0, 3)] == [
        (funnel.limits[0].low_95, "dash"),
        (funnel.limits[0].high_998, "solid"),
    ]
    (points,) = [trace for trace in figure.data if trace.mode == "markers+text"]
    shapes = {
        one.side != "inside": shape for one, shape in zip(funnel.points, points.marker.symbol, strict=True)
    }
    assert len(set(shapes.values())) == len(shapes)


@INKS
def test_text_and_marks_have_enough_contrast(ink: Ink) -> None:
    for colour in (ink.text, ink.mark, ink.second):
        assert contrast(colour, ink.ground) >= 4.5
        assert contrast(colour, ink.band) >= 4.5
    for colour in ink.series:
        assert contrast(colour, ink.ground) >= 3
    for first, second in zip(ink.series, ink.series[1:], strict=False):
        assert contrast(first, second) >= 3


def contrast(first: str, second: str) -> float:
    """WCAG contrast of two colours."""

    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
