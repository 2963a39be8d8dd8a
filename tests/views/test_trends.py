"""What a reader is told on the page of trends: any measure, any split, gaps,
breaks and nothing at all."""

from __future__ import annotations

import re
from html import unescape

import pytest

from dashboard.queries.rates import PER_FACE_SEEN
from dashboard.queries.series import SPLITS, STEPS
from dashboard.rendering.html import text
from etl.measures.catalogue import MEASURES
from etl.model.caveats import CAVEATS
from etl.queries.record import Record


def test_the_default_is_deployments_by_quarter_for_the_forces_with_most_rows(
    draw, read_html
) -> None:
    page = draw("trends")
    assert not page.exception
    html = read_html(page)
    assert "<h1>Trends</h1>" in html
    assert "Deployments, by quarter" in html
    assert "The chart has the series with most deployments. Not in it:" in html
    assert re.findall(r'class="lfr-to-[a-z]+"(?: checked)?><span>(.*?)</span>', html) == [
        "Chart",
        "Table",
        "Download",
        "About",
    ]
    assert not page.query_params


@pytest.mark.parametrize("measure_id", MEASURES)
def test_every_measure_is_drawn_or_says_why_not(draw, read_html, measure_id: str) -> None:
    page = draw("trends", measure=measure_id, force=["metropolitan", "south_wales"])
    assert not page.exception
    assert not page.warning
    html = read_html(page)
    assert MEASURES[measure_id].title in html


@pytest.mark.parametrize(
    ("forces", "sentence"),
    [((), True), (("metropolitan", "bedfordshire"), True), (("bedfordshire",), False)],
)
def test_what_is_about_one_force_is_not_said_of_another(draw, read_html, forces, sentence) -> None:
    page = draw("trends", measure=PER_FACE_SEEN, by="year", force=list(forces))
    # Below the figure; what is said about the measure itself is of every force.
    assert (f"<li>{text(CAVEATS['faces_basis_changed'])}</li>" in read_html(page)) is sentence


@pytest.mark.parametrize("split", SPLITS)
@pytest.mark.parametrize("step", STEPS)
def test_every_split_and_step(draw, read_html, record: Record, split: str, step: str) -> None:
    """The table of the figure has a column a series and a row a step, with their numbers."""
    page = draw("trends", split=split, by=step, axis="together", measure="false_share_of_alerts")
    assert not page.exception
    assert not page.warning
    table = unescape(read_html(page).split('<table class="lfr-table')[1].split("</table>")[0])
    grouping = SPLITS[split][0]
    estimates = record.estimate("false_share_of_alerts", by=(grouping, step)).estimates
    assert f"<span>False share of alerts, by {STEPS[step].lower()}</span>" in table
    step_heading, *series = re.findall(r'<th scope="col"[^>]*>(.*?)</th>', table)
    assert step_heading == STEPS[step]
    assert len(series) == len(set(series)) > 0
    rows = re.findall(r'<th scope="row"', table)
    assert len(rows) >= 4
    cells = re.findall(rf'<td [^>]*data-label="{re.escape(series[0])}"[^>]*>(.*?)</td>', table)
    assert len(cells) == len(rows)
    numbers = {
        (estimate.numerator, estimate.denominator)
        for estimate in estimates
        if estimate.value is not None
    }
    shown = [re.search(r"; ([\d,]+) of ([\d,]+)$", cell) for cell in cells]
    pairs = {
        tuple(int(number.replace(",", "")) for number in match.groups()) for match in shown if match
    }
    assert pairs - {(0, 0)}
    assert pairs - {(0, 0)} <= numbers


def test_no_direction_is_given_across_a_break(draw, read_html) -> None:
    html = read_html(draw("trends", measure="faces_seen_count", force="metropolitan", to="2024"))
    assert "Do not compare them: the method changed on" in html


def test_the_direction_of_a_share_has_its_interval(draw, read_html) -> None:
    html = read_html(draw("trends", measure="true_share_of_alerts", force="metropolitan"))
    assert "95% interval" in html


def test_too_few_points_are_a_sentence(draw, read_html) -> None:
    page = draw("trends", force="immigration_enforcement", by="year")
    assert not page.exception
    assert "Too few for a chart" in read_html(page)


def test_nothing_is_not_called_zero(draw, read_html) -> None:
    page = draw("trends", force="avon_and_somerset")
    assert not page.exception
    assert "That is not a zero" in read_html(page)


def test_a_filter_is_not_lost_where_it_is_folded_away(draw) -> None:
    page = draw("trends", split="region", force="metropolitan")
    assert [item.proto.expanded for item in page.expander] == [True]
    assert page.query_params == {"force": "metropolitan", "split": "region"}


def test_nonsense_gets_a_sentence_and_the_default(draw) -> None:
    page = draw(
        "trends", measure="happiness", by="hour", split="colour", axis="3d", force=list("abcdefghi")
    )
    assert not page.exception
    assert len(page.warning) == 5 + 8
    assert not page.query_params


def test_an_empty_record_is_told(draw_empty) -> None:
    page = draw_empty("trends")
    assert not page.exception
    assert [item.value for item in page.title] == ["There are no data yet"]


def test_the_title_is_a_message_and_compares_no_forces(draw, read_html) -> None:
    assert "Metropolitan Police: deployments rose from 180 in 2024 to 231 in 2025" in read_html(
        draw("trends")
    )
    assert "accounts for" not in read_html(draw("trends", measure="false_alerts_count"))


def test_a_rate_by_threshold_is_points_on_one_axis(draw, read_html) -> None:
    html = read_html(draw("trends", measure="false_share_of_alerts", split="threshold"))
    assert "False share of alerts by threshold: 3.6% at 0.60, 7.4% at 0.62" in html


def test_a_threshold_without_alerts_in_a_covered_quarter_is_a_zero_and_what_names_none_is_told(
    draw, read_html
) -> None:
    """Every row of the Metropolitan Police's own log prints its threshold;
    later rows, which were copied, do not."""
    html = read_html(
        draw("trends", measure="alerts_count", force="metropolitan", split="threshold")
    )
    rows = dict(re.findall(r'data-label="Quarter"[^>]*>(.*?)</th>(.*?)</tr>', html))
    assert ">0<" in rows["October to December 2023"]
    assert "not covered" not in rows["October to December 2023"]
    assert "not covered" in rows["July to September 2025"]
    assert "Not in the chart: 226 entries without “Threshold”, at least 2,188 alerts." in unescape(
        html
    )
