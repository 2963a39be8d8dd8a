"""A funnel plot: forces by how much they have seen, within the range in which chance alone would
put them.

In: a `Funnel` of `etl.queries.record`, with the words that stand in the figure. Out: a Plotly
figure. Knows no Streamlit, computes no number and writes no alt text
(`dashboard.views.forces.text_forces` does)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import log10

import plotly.graph_objects as go

from dashboard.charts.base import (
    Theme,
    dress_figure,
    escape_label,
    label_tick,
    linear_axis,
    log_axis,
    room_for,
    title_axis,
    title_room,
    write_note,
)
from etl.model.funnels import Funnel

HEIGHT = 460
# Of the height the points may stand in, the height of a line,
# and the width of a letter as a share of a phone’s axis.
_PLOT, _LINE, _LETTER = 370, 20, 6.8 / 250
Scale = Callable[[float], float]


def draw_funnel(
    funnel: Funnel,
    names: Sequence[str],
    scale: Scale,
    titles: tuple[str, str],
    words: tuple[str, str, str],
    theme: Theme,
    *,
    suffix: str = "",
) -> go.Figure:
    """A point for each force; exact limits of 95% (dashed) and 99.8% (solid) about the line of all
    together.

    `titles` are those of the axes, `words` those of the line and of the two limits. A force outside
    the limits is a diamond. Sizes are on a logarithmic axis."""
    figure = go.Figure()
    sizes = [limit.denominator for limit in funnel.limits]
    for high, low, dash in (("high_998", "low_998", "solid"), ("high_95", "low_95", "dash")):
        for end in (high, low):
            figure.add_scatter(
                x=sizes,
                y=[scale(getattr(limit, end)) for limit in funnel.limits],
                mode="lines",
                hoverinfo="skip",
                line={"color": theme.second, "width": 1.5, "dash": dash, "shape": "hv"},
            )
    figure.add_hline(y=scale(funnel.target), line={"color": theme.text, "width": 1.5})
    points = sorted(
        zip(funnel.points, names, strict=True), key=lambda pair: pair[0].estimate.denominator or 0
    )
    figure.add_scatter(
        x=[item.estimate.denominator for item, _name in points],
        y=[scale(item.estimate.value or 0.0) for item, _name in points],
        mode="markers",
        text=[
            f"{name}: {label_tick(float(f'{scale(item.estimate.value or 0.0):.3g}'))}{suffix}"
            for item, name in points
        ],
        hoverinfo="skip",
        cliponaxis=False,
        marker={
            "size": 12,
            "color": theme.mark,
            "line": {"width": 1.5, "color": theme.ground},
            "symbol": [
                "circle" if point.side == "inside" else "diamond" for point, _name in points
            ],
        },
    )
    values = [scale(point.estimate.value or 0.0) for point in funnel.points]
    wide = [scale(limit.high_998) for limit in funnel.limits]
    top = max([*values, scale(funnel.target) * 2, sorted(wide)[len(wide) // 2]]) * 1.15
    value_axis = linear_axis(top * 1.08, suffix=suffix)
    more = title_room(titles[0])
    margin = {"l": room_for(value_axis["ticktext"]), "r": 18, "t": 30, "b": 60 + more}
    dress_figure(figure, HEIGHT + more, theme, margin)
    axis = log_axis(sizes)
    axis["range"] = [axis["range"][0] - 0.15, axis["range"][1]]
    figure.update_xaxes(title=title_axis(titles[0], theme), showgrid=False, **axis)
    figure.update_yaxes(gridcolor=theme.grid, **value_axis)
    write_note(
        figure, titles[1], theme, x=0, xanchor="left", y=1, yref="paper", yanchor="bottom", yshift=4
    )
    limits = _place_limits(funnel, scale, top, words)
    _name_points(
        figure,
        [
            (item.estimate.denominator or 1.0, scale(item.estimate.value or 0.0), name)
            for item, name in points
        ],
        (scale(funnel.target), words[0]),
        limits,
        top,
        theme,
    )
    _name_limits(figure, funnel, scale, limits, words[0], theme)
    return figure


def _name_points(
    figure: go.Figure,
    points: Sequence[tuple[float, float, str]],
    line: tuple[float, str],
    limits: Sequence[tuple[float, float, str]],
    top: float,
    theme: Theme,
) -> None:
    """Names above their points, or higher up on a line of their own where another name stands there
    on a phone."""
    smallest, largest = log10(points[0][0]), log10(points[-1][0])
    letter = max(largest - smallest, 0.5) * _LETTER
    # The words of the line of all stand below its right end.
    target, words = line
    end = largest + letter
    placed = [(end - len(words) * letter, end, target / top * _PLOT - 29)]
    for (at, value, text), away in zip(limits, (-1, 1), strict=True):
        first, last = sorted((at, at + away * (len(text) + 2) * letter))
        placed.append((first, last, value / top * _PLOT - 18))
    for size, value, name in points:
        x, lift = log10(size), 0
        side = "left" if x - smallest < 0.5 else "right" if largest - x < 0.7 else "center"
        start = x - len(name) * letter * {"left": 0.0, "right": 1.0}.get(side, 0.5)
        end, height = start + len(name) * letter, value / top * _PLOT
        while any(
            start < other_end and end > other_start and abs(height + lift - other) < _LINE
            for other_start, other_end, other in placed
        ):
            lift += _LINE
        placed.append((start, end, height + lift))
        write_note(
            figure,
            escape_label(name),
            theme,
            x=x,
            y=value,
            xref="x",
            xanchor=side,
            yanchor="bottom",
            showarrow=True,
            arrowhead=0,
            arrowwidth=1,
            arrowcolor=theme.text if lift else "rgba(0,0,0,0)",
            standoff=7,
            ax=0,
            ay=-9 - lift,
        )


def _place_limits(
    funnel: Funnel, scale: Scale, top: float, words: tuple[str, str, str]
) -> list[tuple[float, float, str]]:
    """Where each upper limit comes into the figure, and its name; without one if it does not."""
    places = []
    for end, text in (("high_95", words[1]), ("high_998", words[2])):
        high = [limit for limit in funnel.limits if scale(getattr(limit, end)) >= top * 0.6]
        if high:
            value = min(top * 0.9, scale(getattr(high[-1], end)))
            places.append((log10(high[-1].denominator), value, text))
        else:
            places.append((0.0, 0.0, ""))
    return places


def _name_limits(
    figure: go.Figure,
    funnel: Funnel,
    scale: Scale,
    limits: Sequence[tuple[float, float, str]],
    words: str,
    theme: Theme,
) -> None:
    """The line of all together is named at its right end,
    each upper limit where it comes into the figure."""
    write_note(
        figure,
        escape_label(words),
        theme,
        x=1,
        xref="paper",
        xanchor="right",
        y=scale(funnel.target),
        yanchor="top",
        yshift=-3,
    )
    for (x, y, text), side in zip(limits, ("right", "left"), strict=True):
        if text:
            write_note(
                figure,
                escape_label(text),
                theme,
                x=x,
                xref="x",
                y=y,
                xanchor=side,
                yanchor="middle",
                xshift=14 if side == "left" else -10,
                font={"color": theme.second},
            )
