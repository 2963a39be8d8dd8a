"""A figure as SVG: real text, a title for every mark that has words, no script and no browser.

In: a Plotly figure as the pages make it, the width it is drawn for. Out: SVG as text; the same
figure always gives the same text. It scales to the width of its container; drawn for a phone, it
has a phone's room. What it does not know of a figure it refuses
(`dashboard.charts.svg.features`)."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from html import escape
from typing import Protocol

from dashboard.charts.base import FONT, Theme
from dashboard.charts.svg.axes import Axis, Frame, read_axes, write_axis, write_grid
from dashboard.charts.svg.features import Figure, check_features
from dashboard.charts.svg.marks import Definitions, write_bars, write_scatter
from dashboard.charts.svg.markup import Font, UnknownFeatureError, clean, element
from dashboard.charts.svg.notes import Places, write_annotation, write_shape

_NAMESPACE = "http://www.w3.org/2000/svg"


class HasFigure(Protocol):
    """A Plotly figure."""

    def to_plotly_json(self) -> dict[str, object]:
        """Its JSON."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """The inside of a picture, and its size in pixels."""

    body: str
    width: float
    height: float


def draw_svg(
    figure: HasFigure,
    *,
    width: float,
    height: float | None = None,
    language: str,
    theme: Theme,
    title: str,
    description: str,
) -> str:
    """The figure as an `<svg>` that may stand in a page, on the ground that is there.

    `width` and `height` are pixels; without `height` that of the figure."""
    drawing = draw_body(figure, width=width, height=height)
    return wrap_svg(drawing, language, theme, title, description)


def wrap_svg(
    drawing: Drawing, language: str, theme: Theme, title: str, description: str, **attributes: str
) -> str:
    """The whole picture: what it is called, what it shows, and the inside."""
    texts = (
        element(name, escape(clean(text), quote=False))
        for name, text in (("title", title), ("desc", description))
    )
    return element(
        "svg",
        *texts,
        drawing.body,
        xmlns=_NAMESPACE,
        **attributes,
        width=drawing.width,
        height=drawing.height,
        viewBox=f"0 0 {drawing.width:g} {drawing.height:g}",
        role="img",
        lang=language,
        font_family=FONT,
        fill=theme.text,
    )


def draw_body(figure: HasFigure, *, width: float, height: float | None = None) -> Drawing:
    """The inside of the picture."""
    return draw_read(read_figure(figure), width=width, height=height)


def read_figure(figure: HasFigure) -> Figure:
    """The figure as it is drawn, once for all widths; UnknownFeatureError for what would be left
    out."""
    written: Figure = figure.to_plotly_json()
    check_features(written)
    return written


def draw_read(written: Figure, *, width: float, height: float | None = None) -> Drawing:
    """The inside of the picture of a figure that `read_figure` has read."""
    layout = written["layout"]
    high = float(height or layout["height"])
    margin = layout["margin"]
    frame = Frame(
        margin["l"],
        margin["t"],
        width - margin["l"] - margin["r"],
        high - margin["t"] - margin["b"],
    )
    axes = read_axes(layout, frame)
    definitions = Definitions(sha256(f"{width} {written}".encode()).hexdigest()[:8])
    places, font = Places(axes, frame), Font(layout["font"]["size"], layout["font"]["color"])
    shapes = layout.get("shapes", ())
    below = [shape for shape in shapes if shape.get("layer") == "below"]
    panels = [(axis, axes[axis.layout.get("anchor", "y")]) for axis in _of(axes, "x")]
    parts = [
        *(write_shape(shape, places) for shape in below),
        *(part for x, y in panels for part in (*write_grid(x, y), *write_grid(y, x))),
        *_write_traces(written, axes, definitions),
        *(part for x, y in panels for part in (*write_axis(x, y), *write_axis(y, x))),
        *(write_shape(shape, places) for shape in shapes if shape not in below),
        *(
            part
            for note in layout.get("annotations", ())
            for part in write_annotation(note, places, font)
        ),
    ]
    return Drawing(definitions.write() + "".join(parts), width, high)


def _of(axes: dict[str, Axis], letter: str) -> list[Axis]:
    return [axis for name, axis in axes.items() if name[0] == letter]


def _write_traces(figure: Figure, axes: dict[str, Axis], definitions: Definitions) -> list[str]:
    """Bars below, then all else in its order; what leaves its panel is cut off where that is
    meant."""
    parts = []
    for trace in sorted(figure["data"], key=lambda item: item["type"] != "bar"):
        x, y = axes[trace.get("xaxis", "x")], axes[trace.get("yaxis", "y")]
        if trace["type"] not in ("bar", "scatter"):
            raise UnknownFeatureError(f"the trace {trace['type']}")
        write = write_bars if trace["type"] == "bar" else write_scatter
        body = "".join(write(trace, x, y, definitions))
        if body and trace["type"] == "scatter" and _is_cut_off(trace, x, y):
            body = element("g", body, clip_path=_clip(x, y, definitions))
        parts.append(body)
    return parts


def _is_cut_off(trace: Figure, x: Axis, y: Axis) -> bool:
    return trace.get("cliponaxis", True) and any(
        not axis.low <= axis.number(value) <= axis.high
        for axis, values in ((x, trace["x"]), (y, trace["y"]))
        for value in values
        if value is not None
    )


def _clip(x: Axis, y: Axis, definitions: Definitions) -> str:
    panel = element("rect", x=x.start, y=y.end, width=x.end - x.start, height=y.start - y.end)
    return definitions.refer("clipPath", element("clipPath", panel))
