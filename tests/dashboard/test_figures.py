"""Figures draw what the Estimates say, and nothing that is not known."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from dashboard.figures import DARK, LIGHT, draw_intervals, draw_months
from dashboard.questions import (
    PER_FACE_SEEN,
    SHARE_OF_ALERTS,
    Month,
    Panel,
    Selection,
    ask_intervals,
    ask_missing,
    ask_panels,
    ask_total,
)
from dashboard.sentences import (
    label_months,
    label_panels,
    label_rates,
    label_shares,
    list_months,
    say_intervals_alt,
    say_months_alt,
    say_months_notes,
    say_months_title,
)
from etl.answers import Answers, open_answers

ALL = Selection()


@pytest.fixture(scope="module")
def answers(warehouse: Path) -> Answers:
    return open_answers(warehouse)


@pytest.fixture(scope="module")
def panels(answers: Answers) -> list[Panel]:
    return ask_panels(answers, "deployments_count", ALL)


def month_of(panel: Panel, year: int, month: int) -> Month:
    return next(one for one in panel.months if one.first_day == dt.date(year, month, 1))


def test_panels_and_undated_rows_add_up_to_the_total(answers: Answers, panels: list[Panel]) -> None:
    total = ask_total(answers, "deployments_count", ALL)
    assert sum(panel.total.numerator or 0 for panel in panels) == total.numerator
    for panel in panels:
        drawn = sum((month.estimate.numerator or 0) for month in panel.months if month.estimate)
        undated = panel.undated.numerator if panel.undated else 0
        assert drawn + (undated or 0) == panel.total.numerator


def test_a_month_is_zero_only_where_a_publication_covers_it(panels: list[Panel]) -> None:
    metropolitan = next(panel for panel in panels if panel.name == "Metropolitan Police")
    british_transport = next(panel for panel in panels if panel.name == "British Transport Police")
    assert month_of(metropolitan, 2021, 6) == Month(dt.date(2021, 6, 1), None, covered=True)
    assert not month_of(british_transport, 2021, 6).covered
    assert not month_of(metropolitan, 2026, 8).covered
    table = {row[0]: row[1:] for row in list_months(panels)}
    assert table["June 2021"][:2] == ("0", "[x] not covered")


def test_bars_are_the_months_that_are_known(panels: list[Panel]) -> None:
    figure = draw_months(
        panels, label_panels(panels, "deployments"), label_months(panels, "deployments"), LIGHT
    )
    drawn = sum(value for trace in figure.data if trace.type == "bar" for value in trace.y)
    known = sum(
        (month.estimate.numerator or 0) for panel in panels for month in panel.months if month.estimate
    )
    assert drawn == known


def test_the_break_is_drawn_with_words_and_only_where_it_belongs(
    answers: Answers, panels: list[Panel]
) -> None:
    faces = ask_panels(answers, "faces_seen_count", ALL)
    figure = draw_months(faces, label_panels(faces, "faces seen"), label_months(faces, "faces seen"), DARK)
    assert any("across 6 August 2024" in note.text for note in figure.layout.annotations)
    assert any(
        "[b] Metropolitan Police, 6 August 2024" in note for note in say_months_notes(faces, "faces seen")
    )
    assert not any("[b]" in note for note in say_months_notes(panels, "deployments"))


def test_rates_per_face_are_never_pooled_across_the_break(answers: Answers) -> None:
    found = [
        one.estimate
        for one in ask_intervals(answers, PER_FACE_SEEN, ALL)
        if one.name == "Metropolitan Police"
    ]
    assert len(found) == 2
    assert all("metropolitan_faces_seen_2024_08" not in estimate.breaks for estimate in found)
    pooled = ask_total(answers, PER_FACE_SEEN, Selection("metropolitan"))
    assert sum(estimate.numerator or 0 for estimate in found) == pooled.numerator


def test_every_force_is_shown_or_named_with_its_reason(answers: Answers) -> None:
    for measure_id, denominator_id in (
        (SHARE_OF_ALERTS, "alerts_count"),
        (PER_FACE_SEEN, "faces_seen_count"),
    ):
        shown = {one.name for one in ask_intervals(answers, measure_id, ALL)}
        missing = {name for names in ask_missing(answers, ALL, denominator_id).values() for name in names}
        assert shown | missing == set(answers.forces().values())
        assert not shown & missing


def test_titles_and_alt_texts_are_said_from_the_data(answers: Answers, panels: list[Panel]) -> None:
    total = ask_total(answers, "deployments_count", ALL)
    first = panels[0]
    assert f"{first.total.numerator:,} of the {total.numerator:,}" in say_months_title(
        panels, total, "deployments"
    )
    assert f"{first.total.numerator:,}" in say_months_alt(panels, "deployments")
    intervals = ask_intervals(answers, SHARE_OF_ALERTS, ALL)
    alt = say_intervals_alt(label_shares(intervals), "false alerts as a share of alerts")
    assert all(f"of {one.estimate.denominator:,.0f} alerts" in alt for one in intervals)


@pytest.mark.parametrize("ink", [LIGHT, DARK], ids=["light", "dark"])
def test_none_seen_has_no_dot_and_few_events_a_hollow_one(answers: Answers, ink: object) -> None:
    assert ink in (LIGHT, DARK)
    chosen = LIGHT if ink is LIGHT else DARK
    intervals = ask_intervals(answers, PER_FACE_SEEN, ALL)
    figure = draw_intervals(
        intervals,
        label_rates(intervals),
        lambda share: share * 1_000_000,
        "a title",
        chosen,
        logarithmic=True,
    )
    dots = [trace for trace in figure.data if trace.mode == "markers"]
    assert len(dots) == sum(one.estimate.status != "none_seen" for one in intervals)
    hollow = [dot for dot in dots if dot.marker.color == chosen.ground]
    assert len(hollow) == sum(one.estimate.status == "low_reliability" for one in intervals)


@pytest.mark.parametrize(("ink", "ground"), [(LIGHT, "#FFFFFF"), (DARK, "#14171C")])
def test_text_and_marks_have_enough_contrast(ink: object, ground: str) -> None:
    chosen = LIGHT if ink is LIGHT else DARK
    assert chosen.ground == ground
    for ground_colour in (chosen.ground, chosen.band):
        assert contrast(chosen.text, ground_colour) >= 4.5
        assert contrast(chosen.mark, ground_colour) >= 3
        assert contrast(chosen.second, ground_colour) >= 4.5


def contrast(first: str, second: str) -> float:
    """WCAG 2.2 contrast ratio."""

    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
