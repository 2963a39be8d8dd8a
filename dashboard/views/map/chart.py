"""Maps without tiles: areas filled by class, and the colours of classes, which tile
maps share.

In: outlines of the record with the words that stand on them. Out: Plotly figures on
plain axes (no geographic subplot, which would fetch outlines from elsewhere). Knows no Streamlit
and computes no measure."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import plotly.graph_objects as go

from dashboard.charts.base import Theme, dress_figure, escape_label
from etl.model.json_values import JsonObject

MAX_CLASSES = 4
# Light to strong on either ground, each with text on it at 4.5:1 or more.
FILLS = {
    False: (
        ("#D6E6F5", "#1F1F1F"),
        ("#6BACE6", "#1F1F1F"),
        ("#2073BC", "#FFFFFF"),
        ("#12436D", "#FFFFFF"),
    ),
    True: (
        ("#1F3A54", "#FFFFFF"),
        ("#2F6496", "#FFFFFF"),
        ("#6BACE6", "#14171C"),
        ("#D6E9FA", "#14171C"),
    ),
}
EDGES = {False: "#6B7278", True: "#98A1AA"}
# West, south, east, north.
Box = tuple[float, float, float, float]
ENGLAND_AND_WALES: Box = (-5.9, 49.8, 1.95, 55.9)
_MAX_HEIGHT, _MIN_HEIGHT, _USUAL_WIDTH, _SMALLEST_BOX = 520, 260, 480, 0.06
# Steps of the drawing from south to north, about one for each pixel.
_STEPS = 560
# The width of a phone, and of a letter and a line of a number on an area, in pixels.
_PHONE, _LETTER, _LINE = 340, 7, 13
_PATTERNS = {"silent": "/", "missing": ".", "withheld": "x", "no_rows": "-"}


@dataclass(frozen=True, slots=True)
class Shape:
    """An area: its outline as GeoJSON, its class (0 is the lowest;
    None has no value) or state, and its words."""

    geometry_json: str
    rank: int | None
    state: str
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class _AreaLabel:
    """A number on its area: where, how large the area is, and its words in a colour."""

    centre: tuple[float, float]
    size: float
    text: str
    colour: str


def make_limits(values: Iterable[float]) -> list[float]:
    """Where classes begin above the lowest: steps of ten (of three where all values are near each
    other), at most three."""
    known = sorted(value for value in values if value > 0)
    if not known or known[0] == known[-1]:
        return []
    wide = known[-1] / known[0] > 100
    steps = [10.0**index for index in range(-9, 13)]
    if not wide:
        steps = sorted([*steps, *(3 * step for step in steps)])
    below = [step for step in steps if known[0] < step <= known[-1]]
    return below[-(MAX_CLASSES - 1) :]


def rank_of(value: float, limits: Sequence[float]) -> int:
    """The class of a value."""
    return sum(value >= limit for limit in limits)


def pattern_of(state: str) -> str:
    """The pattern of a reason: `/`, `.`, `x`, or none; tile maps use the same."""
    return _PATTERNS.get(state, "")


def fill_of(rank: int, classes: int, *, dark: bool) -> tuple[str, str]:
    """Colour of a class and of the text on it; fewer classes take the stronger colours."""
    return FILLS[dark][MAX_CLASSES - classes + rank]


def draw_areas(
    shapes: Sequence[Shape], classes: int, box: Box, theme: Theme, *, dark: bool
) -> go.Figure:
    """Areas filled by class; those without a value are patterned by the reason.
    A value stands on its area."""
    figure = go.Figure()
    labels: list[_AreaLabel] = []
    for shape in sorted(shapes, key=lambda each_shape: each_shape.rank is not None):
        fill, text = (
            (theme.ground, theme.text)
            if shape.rank is None
            else fill_of(shape.rank, classes, dark=dark)
        )
        xs, ys, centre, size = _trace(shape.geometry_json, box)
        pattern: JsonObject = {}
        if shape.rank is None and pattern_of(shape.state):
            pattern = {
                "fillpattern": {
                    "shape": pattern_of(shape.state),
                    "fgcolor": _edge(dark),
                    "bgcolor": theme.ground,
                    "size": 7,
                    "solidity": 0.18,
                }
            }
        figure.add_scatter(
            x=xs,
            y=ys,
            mode="lines",
            fill="toself",
            fillcolor=fill,
            line={"color": _edge(dark), "width": 1},
            **pattern,
            hoveron="fills",
            hoverinfo="text",
            text=escape_label(shape.words),
            name="",
        )
        if shape.label and shape.rank is None:
            figure.add_annotation(
                x=centre[0],
                y=centre[1],
                text=escape_label(shape.label),
                showarrow=False,
                bgcolor=theme.ground,
                borderpad=0,
                font={"size": 11, "color": theme.text},
            )
        elif shape.label:
            labels.append(_AreaLabel(centre, size, shape.label, text))
    labels = _keep_apart(labels, box)
    figure.add_scatter(
        x=[label.centre[0] for label in labels],
        y=[label.centre[1] for label in labels],
        mode="text",
        hoverinfo="skip",
        text=[f"<b>{escape_label(label.text)}</b>" for label in labels],
        textfont={"size": 12, "color": [label.colour for label in labels]},
    )
    return _dress(figure, box, theme)


def box_around(outlines: Iterable[str]) -> Box:
    """The box of these outlines with a margin; the whole country if there are none."""
    points = [point for outline in outlines for ring in _rings(outline) for point in ring]
    if not points:
        return ENGLAND_AND_WALES
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    edge = max((max(ys) - min(ys)) * 0.03, _SMALLEST_BOX / 10)
    return (min(xs) - edge, min(ys) - edge, max(xs) + edge, max(ys) + edge)


def _keep_apart(labels: Sequence[_AreaLabel], box: Box) -> list[_AreaLabel]:
    """Labels that do not stand on each other on a phone, those of larger areas first; what is left
    out stands in the list beside the map."""
    degree = _PHONE / (box[2] - box[0])
    line = _LINE / degree * math.cos(math.radians((box[1] + box[3]) / 2))
    letter = _LETTER / degree
    shown: list[_AreaLabel] = []
    for label in sorted(labels, key=lambda each: -each.size):
        if not any(
            abs(label.centre[0] - other.centre[0])
            < (len(label.text) + len(other.text)) * letter / 2
            and abs(label.centre[1] - other.centre[1]) < line
            for other in shown
        ):
            shown.append(label)
    return shown


def _dress(figure: go.Figure, box: Box, theme: Theme) -> go.Figure:
    west, south, east, north = box
    # A degree of longitude is shorter than one of latitude by the cosine of the latitude.
    ratio = 1 / math.cos(math.radians((south + north) / 2))
    wide = (east - west) / ratio / (north - south)
    dress_figure(
        figure,
        min(_MAX_HEIGHT, max(_MIN_HEIGHT, round(_USUAL_WIDTH / wide))),
        theme,
        {"l": 0, "r": 0, "t": 0, "b": 0},
    )
    figure.update_xaxes(visible=False, range=[west, east], constrain="domain")
    figure.update_yaxes(
        visible=False,
        range=[south, north],
        scaleanchor="x",
        scaleratio=ratio,
        constrain="domain",
        constraintoward="top",
    )
    return figure


def _edge(dark: bool) -> str:
    return EDGES[dark]


def _trace(
    geometry_json: str, frame: Box
) -> tuple[list[float | None], list[float | None], tuple[float, float], float]:
    """All rings as one line with gaps, in steps that the eye cannot tell apart; the middle of the
    largest ring, and its size.

    Points beyond the frame are moved to a line just outside it, where the figure is cut off."""
    step = (frame[3] - frame[1]) / _STEPS
    box = (frame[0] - 20 * step, frame[1] - 20 * step, frame[2] + 20 * step, frame[3] + 20 * step)
    xs: list[float | None] = []
    ys: list[float | None] = []
    west, south, east, north = box
    digits = max(2, math.ceil(-math.log10(step)))
    largest, centre = -1.0, (0.0, 0.0)
    for ring in _rings(geometry_json):
        points = list(
            dict.fromkeys(
                (
                    round(round(min(max(x, west), east) / step) * step, digits),
                    round(round(min(max(y, south), north) / step) * step, digits),
                )
                for x, y in ring
            )
        )
        if len(points) < 3:
            continue
        size, middle = _middle([*points, points[0]])
        if size > largest:
            largest, centre = size, middle
        xs += [*([None] if xs else []), *(x for x, _y in points), points[0][0]]
        ys += [*([None] if ys else []), *(y for _x, y in points), points[0][1]]
    return xs, ys, centre, largest


def _middle(ring: Sequence[tuple[float, float]]) -> tuple[float, tuple[float, float]]:
    """Area and centroid of a closed ring."""
    doubled = x = y = 0.0
    for (x1, y1), (x2, y2) in pairwise(ring):
        cross = x1 * y2 - x2 * y1
        doubled, x, y = doubled + cross, x + (x1 + x2) * cross, y + (y1 + y2) * cross
    if not doubled:
        return 0.0, ring[0]
    return abs(doubled) / 2, (x / (3 * doubled), y / (3 * doubled))


@lru_cache(maxsize=200)
def _rings(geometry_json: str) -> tuple[tuple[tuple[float, float], ...], ...]:
    """Exterior and interior rings, largest parts first as they are given."""
    parts = json.loads(geometry_json)["coordinates"]
    return tuple(tuple((float(x), float(y)) for x, y in ring) for part in parts for ring in part)
