"""A group's share of the residents of the areas where the cameras stood, year by year.

In: `PlacesUsed` of one force and group, by year and weight. Out: a Plotly figure. Computes no
number."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboard.charts.base import (
    DASHES,
    MARKERS,
    Theme,
    dress_figure,
    escape_label,
    linear_axis,
    write_note,
)
from dashboard.charts.key import KeyEntry, Sign, draw_key
from dashboard.descriptions.places_used import WEIGHT, describe_point
from dashboard.text.language import _
from dashboard.text.numbers import format_share
from etl.model.demographics import PlacesUsed

_HEIGHT, _ROOM, _PERCENT = 340, 1.1, 100
# Both series of a year stand side by side, by this part of a year.
_APART = 0.12


def draw_places_trend(used: Sequence[PlacesUsed], few: int, theme: Theme) -> go.Figure:
    """A line a weight, with the bounds where not all could be placed; hollow points are of fewer
    than `few` deployments; a dotted line is the share of the whole of the force's area."""
    known = [each for each in used if each.share is not None and each.year is not None]
    years = sorted({each.year for each in known if each.year is not None})
    figure = go.Figure()
    average = known[0].average_share
    if average is not None:
        _draw_average(figure, average, len(years), theme)
    weights = list(dict.fromkeys(each.weight_code for each in known))
    for number, weight in enumerate(weights):
        own = [each for each in known if each.weight_code == weight]
        side = _APART * (2 * number - len(weights) + 1)
        _draw_line(
            figure, own, [years.index(each.year or 0) + side for each in own], number, few, theme
        )
    top = max(average or 0, *(each.highest_share or 0 for each in known)) * _PERCENT
    dress_figure(figure, _HEIGHT, theme, {"l": 44, "r": 16, "t": 14, "b": 34})
    figure.update_xaxes(
        showgrid=False,
        range=[-0.5, len(years) - 0.5],
        tickvals=list(range(len(years))),
        ticktext=[str(year) for year in years],
    )
    axis = linear_axis(min(_PERCENT, top * _ROOM), suffix="%")
    figure.update_yaxes(gridcolor=theme.grid, **axis)
    draw_key(figure, _list_key(weights, few), theme)
    return figure


def _draw_average(figure: go.Figure, average: float, years: int, theme: Theme) -> None:
    height = average * _PERCENT
    figure.add_scatter(
        x=[-0.5, years - 0.5],
        y=[height, height],
        mode="lines",
        hoverinfo="skip",
        line={"color": theme.text, "width": 1.5, "dash": "dot"},
    )
    words = escape_label(_("{share} in the whole area").format(share=format_share(average)))
    place = {"x": 0, "xanchor": "left", "y": height, "yanchor": "bottom", "yshift": 2}
    write_note(figure, words, theme, **place)


def _draw_line(
    figure: go.Figure,
    own: Sequence[PlacesUsed],
    xs: Sequence[float],
    number: int,
    few: int,
    theme: Theme,
) -> None:
    colour = theme.series[number]
    shares = [(each.share or 0) * _PERCENT for each in own]
    figure.add_scatter(
        x=list(xs),
        y=shares,
        mode="lines",
        hoverinfo="skip",
        line={"color": colour, "width": 2.5, "dash": DASHES[number]},
    )
    figure.add_scatter(
        x=list(xs),
        y=shares,
        mode="markers",
        error_y={
            "type": "data",
            "symmetric": False,
            "color": colour,
            "thickness": 1.2,
            "width": 3,
            "array": [
                (each.highest_share or 0) * _PERCENT - share
                for each, share in zip(own, shares, strict=True)
            ],
            "arrayminus": [
                share - (each.lowest_share or 0) * _PERCENT
                for each, share in zip(own, shares, strict=True)
            ],
        },
        marker={
            "symbol": MARKERS[number],
            "size": 9,
            "color": [theme.ground if each.placed_count < few else colour for each in own],
            "line": {"width": 2, "color": colour},
        },
        text=[escape_label(describe_point(each)) for each in own],
        hoverinfo="text",
    )


def _list_key(weights: Sequence[str], few: int) -> list[KeyEntry]:
    signs: tuple[Sign, ...] = ("first_series", "second_series")
    key = [
        KeyEntry(sign, _("Weighted by {weight}").format(weight=_(WEIGHT.label(weight)).lower()))
        for sign, weight in zip(signs, weights, strict=False)
    ]
    return [
        *key,
        KeyEntry(
            "interval",
            _("Line: the share if nobody, or everybody, at places not known is of the group"),
        ),
        KeyEntry("hollow", _("Fewer than {few} deployments").format(few=few)),
    ]
