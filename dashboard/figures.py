"""Estimates as Plotly figures, drawn so that they read without colour, on a phone and on a dark ground.

In: panels and intervals of `dashboard.questions`, with the words that stand in them. Out: Plotly figures.
Knows no Streamlit, computes no number and writes no alt text (`dashboard.sentences` does).
"""

from __future__ import annotations

import datetime as dt
import html
import math
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dashboard.questions import Interval, Month, Panel
from etl.model.estimates import Estimate

PANEL_HEIGHT, ROW_HEIGHT, LINE_HEIGHT = 150, 62, 17
_TOP, _BOTTOM = 34, 40
_BAR = 26 * 24 * 3600 * 1000  # the axis of dates counts in milliseconds
_FONT = "Source Sans, Source Sans Pro, Arial, sans-serif"


@dataclass(frozen=True, slots=True)
class Ink:
    """The colours of one ground: text at 4.5:1 or more, marks at 3:1 or more."""

    text: str
    mark: str
    second: str
    grid: str
    band: str
    ground: str


# Government Analysis Function palette: dark blue and dark pink; on a dark ground, lighter tints of the same.
LIGHT = Ink("#333333", "#12436D", "#801650", "#D5D9DD", "#ECEEF0", "#FFFFFF")
DARK = Ink("#E6E8EA", "#8EC1F0", "#F0A3CF", "#3B424B", "#262C34", "#14171C")


def draw_months(
    panels: Sequence[Panel], names: Sequence[str], texts: Sequence[Sequence[str]], ink: Ink
) -> go.Figure:
    """`names` stand over the panels, `texts` beside the months when pointed at. Bars a month, a panel a force, each with its own scale; a zero is a dot, a month without data is shaded."""
    heights = PANEL_HEIGHT * len(panels) + _TOP + _BOTTOM
    gap = 0.0 if len(panels) == 1 else 46 / (heights - _TOP - _BOTTOM)
    figure = make_subplots(rows=len(panels), cols=1, shared_xaxes=True, vertical_spacing=gap)
    for number, (panel, name, words) in enumerate(zip(panels, names, texts, strict=True), start=1):
        _draw_panel(figure, number, panel, name, dict(zip(panel.months, words, strict=True)), ink)
    _dress(figure, heights, ink)
    figure.update_layout(barmode="overlay", bargap=0.15, margin={"l": 8, "r": 8, "t": _TOP, "b": _BOTTOM})
    figure.update_yaxes(rangemode="tozero", gridcolor=ink.grid, zeroline=False, automargin=True)  # fmt: skip
    figure.update_xaxes(showgrid=False, linecolor=ink.text, ticks="outside", tickcolor=ink.text, tickangle=0)
    first, last = panels[0].months[0].first_day, panels[0].months[-1].first_day
    figure.update_xaxes(range=[_shift(first, -2), _shift(last, 32)], **_ticks(first, last))
    return figure


def draw_intervals(
    intervals: Sequence[Interval],
    labels: Sequence[tuple[str, str]],
    scale: Callable[[float], float],
    axis_title: str,
    ink: Ink,
    *,
    logarithmic: bool,
) -> go.Figure:
    """A dot and its 95% interval a row, the words above it; none seen is a bar from nothing to its upper bound."""
    rows = [ROW_HEIGHT + LINE_HEIGHT * (len(_wrap(name)) - 1) for name, _ in labels]
    height = sum(rows) + 72
    figure = go.Figure()
    values = [scale(bound) for one in intervals for bound in _bounds(one.estimate) if bound > 0]
    left, right = _limits(values, logarithmic)
    y = 0
    for one, label, row in zip(intervals, labels, rows, strict=True):
        y -= row
        _draw_interval(figure, y, one.estimate, scale, left, ink)
        _write_label(figure, y, label, ink)
    _dress(figure, height, ink)
    figure.update_layout(margin={"l": 8, "r": 14, "t": 2, "b": 56})
    figure.update_yaxes(visible=False, range=[y - 14, 0], fixedrange=True)
    figure.update_xaxes(
        title={"text": axis_title, "font": {"size": 13, "color": ink.text}},
        gridcolor=ink.grid, zeroline=False, linecolor=ink.text, ticks="outside", tickcolor=ink.text, tickangle=0,
    )  # fmt: skip
    if logarithmic:
        exponents = range(math.floor(math.log10(left)), math.ceil(math.log10(right)) + 1)
        figure.update_xaxes(type="log", range=[math.log10(left), math.log10(right)], tickvals=[10.0**one for one in exponents], ticktext=[_plain(10.0**one) for one in exponents])  # fmt: skip
    else:
        figure.update_xaxes(range=[0, right], ticksuffix="%", nticks=6)
    return figure


def _draw_panel(
    figure: go.Figure, number: int, panel: Panel, name: str, words: dict[Month, str], ink: Ink
) -> None:
    of: dict[str, list[Month]] = {kind: [] for kind in ("whole", "part", "zero", "missing", "not covered")}
    for month in panel.months:
        of[_kind(month)].append(month)
    for months, pattern in ((of["whole"], ""), (of["part"], "/")):
        figure.add_bar(
            x=[_middle(month) for month in months],
            y=[month.estimate.numerator if month.estimate else None for month in months],
            width=[_BAR] * len(months),
            marker={
                "color": ink.ground if pattern else ink.mark,
                "line": {"width": 1.5 if pattern else 0, "color": ink.mark},
                "pattern": {"shape": pattern, "fgcolor": ink.mark, "bgcolor": ink.ground, "size": 6},
            },
            text=[words[month] for month in months],
            textposition="none",
            hovertemplate="%{text}<extra></extra>",
            row=number,
            col=1,
        )
    for months, symbol in ((of["zero"], "circle"), (of["missing"], "x-thin-open")):
        figure.add_scatter(
            x=[_middle(month) for month in months], y=[0] * len(months), mode="markers",
            marker={"symbol": symbol, "size": 4 if symbol == "circle" else 7, "color": ink.second, "line": {"width": 1.5, "color": ink.second}},
            text=[words[month] for month in months],
            hovertemplate="%{text}<extra></extra>", cliponaxis=False, row=number, col=1,
        )  # fmt: skip
    for start, end in _uncovered(panel.months):
        figure.add_vrect(
            x0=start,
            x1=end,
            fillcolor=ink.band,
            line_width=0,
            layer="below",
            row=number,
            col=1,
            exclude_empty_subplots=False,
        )
    title = f"<b>{html.escape(panel.name)}</b>  {html.escape(name)}"
    axis = "" if number == 1 else str(number)
    figure.add_annotation(
        text=title, x=0, xref="paper", xanchor="left", y=1, yref=f"y{axis} domain", yanchor="bottom", yshift=4,
        showarrow=False, align="left", font={"size": 14, "color": ink.text},
    )  # fmt: skip
    highest = max((month.estimate.numerator or 0 for month in panel.months if month.estimate), default=0)
    # Deployments are whole; thousands of faces read better as 400k.
    scale = {"dtick": 1} if highest <= 4 else {"nticks": 4}
    figure.update_yaxes(tickformat="~s" if highest >= 10_000 else ",d", **scale, row=number, col=1)
    for one in panel.breaks:
        _draw_break(figure, number, one["first_date"], panel.months, ink)


def _draw_break(figure: go.Figure, number: int, day: dt.date, months: Sequence[Month], ink: Ink) -> None:
    figure.add_vline(
        x=day.isoformat(), line={"color": ink.second, "width": 2, "dash": "dash"}, row=number, col=1
    )
    late = (day - months[0].first_day) * 2 > months[-1].first_day - months[0].first_day
    axis = "" if number == 1 else str(number)
    figure.add_annotation(
        text=f"[b] not comparable<br>across {day.day} {day:%B %Y}", x=day.isoformat(), xref=f"x{axis}",
        y=1, yref=f"y{axis} domain", yanchor="top", xanchor="right" if late else "left", xshift=-6 if late else 6,
        showarrow=False, align="right" if late else "left", font={"size": 13, "color": ink.second},
        bgcolor=ink.ground,
    )  # fmt: skip


def _draw_interval(
    figure: go.Figure, y: float, estimate: Estimate, scale: Callable[[float], float], left: float, ink: Ink
) -> None:
    low, high = (scale(bound) for bound in (estimate.low or 0.0, estimate.high or 0.0))
    none_seen = estimate.status == "none_seen"
    figure.add_scatter(
        x=[max(low, left), high], y=[y, y], mode="lines+markers", hoverinfo="skip", cliponaxis=False,
        line={"color": ink.mark, "width": 2.5, "dash": "dot" if none_seen else "solid"},
        marker={"symbol": "line-ns", "size": 12, "color": ink.mark, "opacity": [0 if none_seen else 1, 1], "line": {"width": 2.5, "color": ink.mark}},
    )  # fmt: skip
    if not none_seen:
        few = estimate.status == "low_reliability"
        figure.add_scatter(
            x=[scale(estimate.value or 0.0)], y=[y], mode="markers", hoverinfo="skip", cliponaxis=False,
            marker={"size": 12, "symbol": "circle", "color": ink.ground if few else ink.mark, "line": {"width": 2.5, "color": ink.mark}},
        )  # fmt: skip


def _write_label(figure: go.Figure, y: float, label: tuple[str, str], ink: Ink) -> None:
    name = "<br>".join(html.escape(line) for line in _wrap(label[0]))
    figure.add_annotation(
        text=f"<b>{name}</b><br>{html.escape(label[1])}", bgcolor=ink.ground, borderpad=1, x=0, xref="paper", xanchor="left", y=y, yref="y", yanchor="bottom",
        yshift=7, showarrow=False, align="left", font={"size": 13, "color": ink.text},
    )  # fmt: skip


def _dress(figure: go.Figure, height: float, ink: Ink) -> None:
    figure.update_layout(
        height=height, showlegend=False, autosize=True, dragmode=False, paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)", font={"family": _FONT, "size": 13, "color": ink.text},
        hoverlabel={"font": {"family": _FONT, "size": 14}},
    )  # fmt: skip
    figure.update_xaxes(fixedrange=True, tickfont={"color": ink.text, "size": 13})
    figure.update_yaxes(fixedrange=True, tickfont={"color": ink.text, "size": 13})


def _wrap(name: str) -> list[str]:
    """Lines that fit a phone."""
    return textwrap.wrap(name, 50)


def _bounds(estimate: Estimate) -> tuple[float, float, float]:
    return estimate.low or 0.0, estimate.value or 0.0, estimate.high or 0.0


def _limits(values: Sequence[float], logarithmic: bool) -> tuple[float, float]:
    """Ends of the axis; a logarithmic one starts a decade below the smallest, where “none” would be."""
    if not logarithmic:
        return 0.0, min(100.0, max(values) * 1.05) + 0.5
    return 10 ** math.floor(math.log10(min(values))), 10 ** (math.log10(max(values)) + 0.15)


def _kind(month: Month) -> str:
    """How a month is drawn. Nought of a part that is published is not a zero: the rest is not known."""
    if month.estimate is None:
        return "zero" if month.covered else "not covered"
    if month.estimate.value is not None:
        return "whole" if month.estimate.value else "zero"
    return "part" if month.estimate.numerator else "missing"


def _uncovered(months: Sequence[Month]) -> Iterator[tuple[str, str]]:
    """Runs of months that no publication covers, as first and last day for the shading."""
    start: dt.date | None = None
    for month in months:
        if month.covered and start is not None:
            yield start.isoformat(), month.first_day.isoformat()
            start = None
        elif not month.covered and start is None:
            start = month.first_day
    if start is not None:
        yield start.isoformat(), _shift(months[-1].first_day, 31)


def _ticks(first: dt.date, last: dt.date) -> dict[str, object]:
    """A tick a year, written out; by quarter or month where the period is short."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = 12 if months > 24 else 3 if months > 8 else 1
    days = [
        dt.date(year, month, 1) for year in range(first.year, last.year + 1) for month in range(1, 13, step)
    ]
    shown = [day for day in days if first <= day <= last]
    if not shown or (shown[0] - first).days > 20 * step:
        shown.insert(0, first)
    names = [f"{day.year}" if step == 12 else f"{day:%b}<br>{day.year}" for day in shown]
    return {"tickvals": [day.isoformat() for day in shown], "ticktext": names}


def _middle(month: Month) -> str:
    return _shift(month.first_day, 14)


def _shift(day: dt.date, days: int) -> str:
    return (day + dt.timedelta(days=days)).isoformat()


def _plain(number: float) -> str:
    return f"{number:,.0f}" if number >= 1 else f"{number:g}"
