"""A figure as a picture that says by itself what it shows and where it comes from.

In: a Plotly figure as the page draws it, its words. Out: the same on a ground of its own with
title, subtitle and foot inside. Computes nothing and renders nothing: `dashboard.charts.renderer`
does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.base import Theme, escape_label, wrap_label

WIDTH = 1000
_USUAL_HEIGHT = 450
# Pixels a line, and letters that fit a line at that size.
_TITLE, _SUBTITLE, _FOOT = (30, 72), (22, 108), (19, 132)
_MARGIN = 24


def frame_image(
    figure: Any, title: str, subtitle: str, foot: Sequence[str], theme: Theme
) -> dict[str, Any]:
    """The figure as JSON for a renderer, `WIDTH` pixels wide, as high as it and its words need."""
    framed = go.Figure(figure)
    titles, subtitles = wrap_label(title, _TITLE[1]), wrap_label(subtitle, _SUBTITLE[1])
    lines = [line for text in foot for line in wrap_label(text, _FOOT[1])]
    above = len(titles) * _TITLE[0] + len(subtitles) * _SUBTITLE[0] + _MARGIN
    below = len(lines) * _FOOT[0] + _MARGIN
    margin = {side: framed.layout.margin[side] or 0 for side in ("l", "r", "t", "b")}
    height = (framed.layout.height or _USUAL_HEIGHT) + above + below
    framed.add_annotation(
        text="<br>".join(map(escape_label, lines)),
        x=0,
        y=0,
        xref="paper",
        yref="paper",
        xanchor="left",
        yanchor="top",
        xshift=-margin["l"],
        yshift=-margin["b"],
        align="left",
        showarrow=False,
        font={"size": 13, "color": theme.text},
    )
    framed.add_annotation(
        text=f"<b>{'<br>'.join(map(escape_label, titles))}</b>",
        x=0,
        y=1,
        xref="paper",
        yref="paper",
        xanchor="left",
        yanchor="bottom",
        xshift=-margin["l"],
        yshift=margin["t"] + len(subtitles) * _SUBTITLE[0],
        align="left",
        showarrow=False,
        font={"size": 22, "color": theme.text},
    )
    framed.add_annotation(
        text="<br>".join(map(escape_label, subtitles)),
        x=0,
        y=1,
        xref="paper",
        yref="paper",
        xanchor="left",
        yanchor="bottom",
        xshift=-margin["l"],
        yshift=margin["t"] - 4,
        align="left",
        showarrow=False,
        font={"size": 16, "color": theme.text},
    )
    framed.update_layout(
        width=WIDTH,
        height=height,
        autosize=False,
        paper_bgcolor=theme.ground,
        margin={
            "l": margin["l"] + _MARGIN,
            "r": margin["r"] + _MARGIN,
            "t": margin["t"] + above,
            "b": margin["b"] + below,
        },
    )
    plotly_json: dict[str, Any] = framed.to_plotly_json()
    return plotly_json
