"""What the drawer of charts knows of figures. A figure that has more is refused: what would be left
out of the picture without a word is an error."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from dashboard.charts.svg.markup import UnknownFeatureError

# A figure is what Plotly's JSON is: names with texts, numbers, lists and further names.
Figure = Mapping[str, Any]

_FONT = ("color", "size", "family")
_MARK = (
    "type",
    "x",
    "y",
    "text",
    "hoverinfo",
    "hovertemplate",
    "hovertext",
    "name",
    "xaxis",
    "yaxis",
)
_LINE = ("color", "width", "dash")
_PATTERN = ("shape", "fgcolor", "bgcolor", "size", "solidity")


def _under(path: str, names: tuple[str, ...]) -> set[str]:
    return {f"{path}.{name}" for name in names}


_KNOWN = (
    _under("scatter", (*_MARK, "mode", "fill", "fillcolor", "hoveron", "cliponaxis"))
    | _under("scatter.line", (*_LINE, "shape"))
    | _under(
        "scatter.marker", ("symbol", "size", "sizemode", "sizeref", "sizemin", "color", "opacity")
    )
    | _under("scatter.marker.line", ("color", "width"))
    | _under("scatter.textfont", _FONT)
    | _under("scatter.fillpattern", _PATTERN)
    | _under(
        "scatter.error_y",
        ("type", "symmetric", "color", "thickness", "width", "array", "arrayminus"),
    )
    | _under("bar", (*_MARK, "base", "width", "orientation", "textposition"))
    | _under("bar.marker", ("color",))
    | _under("bar.marker.line", ("color", "width"))
    | _under("bar.marker.pattern", _PATTERN)
    | _under(
        "layout",
        ("height", "width", "showlegend", "autosize", "dragmode", "paper_bgcolor", "plot_bgcolor"),
    )
    | {"layout.barmode"}
    | _under("layout.margin", ("l", "r", "t", "b"))
    | _under("layout.font", _FONT)
    | _under("layout.hoverlabel", ("align",))
    | _under("layout.hoverlabel.font", _FONT)
    | _under(
        "layout.axis",
        (
            *("type", "domain", "anchor", "range", "matches", "showticklabels", "visible"),
            *("tickvals", "ticktext", "ticks", "tickcolor", "tickangle", "linecolor", "showgrid"),
            *("gridcolor", "zeroline", "fixedrange", "constrain", "constraintoward"),
            *("scaleanchor", "scaleratio"),
        ),
    )
    | _under("layout.axis.tickfont", _FONT)
    | _under("layout.axis.title", ("text", "standoff"))
    | _under("layout.axis.title.font", _FONT)
    | _under(
        "layout.annotations",
        (
            *("text", "x", "y", "xref", "yref", "xanchor", "yanchor", "xshift", "yshift"),
            *("showarrow", "arrowhead", "arrowwidth", "arrowcolor", "standoff", "ax", "ay"),
            *("align", "bgcolor", "borderpad", "opacity"),
        ),
    )
    | _under("layout.annotations.font", _FONT)
    | _under(
        "layout.shapes",
        (
            *("type", "x0", "x1", "y0", "y1", "xref", "yref", "fillcolor", "layer"),
            *("xsizemode", "ysizemode", "xanchor", "yanchor"),
        ),
    )
    | _under("layout.shapes.line", _LINE)
)
_AXIS = re.compile(r"[xy]axis\d*")


def check_features(figure: Figure) -> None:
    """`UnknownFeatureError` names every feature of the figure that the drawer does not know."""
    layout = {
        "axis" if _AXIS.fullmatch(name) else name: value
        for name, value in figure["layout"].items()
        if not _AXIS.fullmatch(name)
    }
    axes = [value for name, value in figure["layout"].items() if _AXIS.fullmatch(name)]
    paths = {
        path
        for part in (
            *(_walk(trace["type"], trace) for trace in figure["data"]),
            _walk("layout", layout),
            *(_walk("layout.axis", axis) for axis in axes),
        )
        for path in part
    }
    if unknown := sorted(paths - _KNOWN):
        raise UnknownFeatureError(f"charts as SVG do not know {', '.join(unknown)}")


def _walk(path: str, value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _walk(f"{path}.{name}", inner)
    elif isinstance(value, list | tuple) and value and isinstance(value[0], Mapping):
        for inner in value:
            yield from _walk(path, inner)
    else:
        yield path
