"""Rows: dots with intervals, the words above them.

In: Estimates of `etl.queries.record`, with the words that stand in the figure. Out: Plotly
figures. Knows no Streamlit, computes no number and writes no alt text
(`dashboard.descriptions.trends` does)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import plotly.graph_objects as go

from dashboard.charts.base import (
    Theme,
    dress_figure,
    escape_label,
    linear_axis,
    log_axis,
    title_axis,
    title_room,
    wrap_label,
    write_note,
)
from dashboard.charts.key import KeyEntry, draw_key
from dashboard.descriptions.rates import label_intervals
from dashboard.queries.rates import PER_FACE_SEEN, Interval
from dashboard.text.language import _
from etl.model.estimates import Estimate

ROW_HEIGHT, LINE_HEIGHT = 62, 17
# Letters on a line of a label, so that it fits a phone.
_WIDTH = 46
Scale = Callable[[float], float]
# Name in bold, and the words below it.
Label = tuple[str, str]


def draw_intervals(
    estimates: Sequence[Estimate],
    labels: Sequence[Label],
    scale: Scale,
    axis_title: str,
    theme: Theme,
    *,
    logarithmic: bool = False,
    suffix: str = "",
    reference: float | None = None,
) -> go.Figure:
    """A dot and its 95% interval a row, the words above it; none seen is a dotted line up to its
    bound.

    `reference` is a value in the measure's own scale that all are read against,
    drawn as a vertical line."""
    rows = [ROW_HEIGHT + LINE_HEIGHT * (_count_lines(label) - 2) for label in labels]
    more = title_room(axis_title)
    height = sum(rows) + 72 + more
    figure = go.Figure()
    ends = [
        (estimate.low or 0.0, estimate.value or 0.0, estimate.high or 0.0) for estimate in estimates
    ]
    values = [scale(end) for row in ends for end in row if end > 0]
    axis = (
        log_axis(values)
        if logarithmic
        else linear_axis(max(values, default=1) * 1.08, suffix=suffix)
    )
    left = 10.0 ** axis["range"][0] if logarithmic else 0.0
    y = 0
    for estimate, label, row in zip(estimates, labels, rows, strict=True):
        y -= row
        _draw_interval(figure, y, estimate, ": ".join(label), scale, left, theme)
        _write_row_label(figure, y, label, theme)
    if reference is not None:
        figure.add_vline(
            x=scale(reference), line={"color": theme.second, "width": 2, "dash": "dash"}
        )
    dress_figure(figure, height, theme, {"l": 14, "r": 14, "t": 2, "b": 56 + more})
    figure.update_yaxes(visible=False, range=[y - 14, 0])
    figure.update_xaxes(title=title_axis(axis_title, theme), gridcolor=theme.grid, **axis)
    draw_key(figure, list_interval_key(estimates), theme)
    return figure


def list_interval_key(estimates: Sequence[Estimate]) -> list[KeyEntry]:
    """What lines and hollow dots are, as far as there are any."""
    statuses = {estimate.status for estimate in estimates}
    key = [KeyEntry("interval", _("Value and exact 95% interval"))]
    if "low_reliability" in statuses:
        key.append(KeyEntry("hollow", _("Fewer than 20 events")))
    if "none_seen" in statuses:
        key.append(KeyEntry("bound", _("None seen: the rate may lie anywhere up to the end")))
    return key


def draw_rates(intervals: Sequence[Interval], theme: Theme) -> go.Figure:
    """One of the two rates of false alerts: of alerts in per cent, of faces seen in a million on
    steps of ten."""
    per_face = intervals[0].estimate.measure_id == PER_FACE_SEEN
    return draw_intervals(
        [interval.estimate for interval in intervals],
        label_intervals(intervals),
        (lambda share: share * 1_000_000) if per_face else (lambda share: share * 100),
        _("False alerts per million faces seen (each step is ten times)")
        if per_face
        else _("False alerts in 100 alerts"),
        theme,
        logarithmic=per_face,
        suffix="%",
    )


def _draw_interval(
    figure: go.Figure,
    y: float,
    estimate: Estimate,
    words: str,
    scale: Scale,
    left: float,
    theme: Theme,
) -> None:
    low, high = (scale(bound) for bound in (estimate.low or 0.0, estimate.high or 0.0))
    none_seen = estimate.status == "none_seen"
    figure.add_scatter(
        x=[max(low, left), high],
        y=[y, y],
        mode="lines+markers",
        text=[words] * 2,
        hoverinfo="skip",
        cliponaxis=False,
        line={"color": theme.mark, "width": 2.5, "dash": "dot" if none_seen else "solid"},
        marker={
            "symbol": "line-ns",
            "size": 12,
            "color": theme.mark,
            "opacity": [0 if none_seen else 1, 1],
            "line": {"width": 2.5, "color": theme.mark},
        },
    )
    if not none_seen:
        few = estimate.status == "low_reliability"
        figure.add_scatter(
            x=[scale(estimate.value or 0.0)],
            y=[y],
            mode="markers",
            text=[words],
            hoverinfo="skip",
            cliponaxis=False,
            marker={
                "size": 12,
                "symbol": "circle",
                "color": theme.ground if few else theme.mark,
                "line": {"width": 2.5, "color": theme.mark},
            },
        )


def _count_lines(label: Label) -> int:
    return sum(len(wrap_label(text, _WIDTH)) for text in label)


def _write_row_label(figure: go.Figure, y: float, label: Label, theme: Theme) -> None:
    name, value = (
        "<br>".join(escape_label(line) for line in wrap_label(text, _WIDTH)) for text in label
    )
    write_note(
        figure,
        f"<b>{name}</b><br>{value}",
        theme,
        x=0,
        xanchor="left",
        y=y,
        yanchor="bottom",
        yshift=7,
        align="left",
    )
