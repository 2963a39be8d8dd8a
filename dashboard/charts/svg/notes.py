"""Words and lines on a figure: annotations and shapes.

In: an annotation or a shape of a figure, its axes. Out: markup. A reference is an axis (`x2`), the
area of a panel (`y2 domain`) or of all panels (`paper`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dashboard.charts.svg.axes import Axis, Frame, Value
from dashboard.charts.svg.features import Figure
from dashboard.charts.svg.fonts import ASCENT, measure_text
from dashboard.charts.svg.marks import write_dash, write_symbol
from dashboard.charts.svg.markup import (
    LINE_HEIGHT,
    Font,
    UnknownFeatureError,
    element,
    height_of,
    read_lines,
    width_of,
    write_lines,
)

_BEFORE = {"left": 0.0, "center": 0.5, "right": 1.0, "top": 0.0, "middle": 0.5, "bottom": 1.0}
# Letters that are the key of a line in words beside it; drawn, because few fonts have them all.
SHAPES = {"●": "circle", "■": "square", "◆": "diamond", "▲": "triangle-up"}
# Plotly draws a border of one pixel, without colour.
_BORDER = 1
_ANCHORS = {"left": "start", "center": "middle", "right": "end"}


@dataclass(frozen=True, slots=True)
class Places:
    """Where shapes and notes lie: the axes of a figure, and the area of all panels."""

    axes: Mapping[str, Axis]
    frame: Frame

    def of_shape(self, letter: str, ref: str, value: Value) -> float:
        """The pixel of an end of a shape; `letter` is `x` or `y`."""
        if ref in self.axes:
            return self.axes[ref].place(value)
        share = float(str(value))
        if ref == "paper":
            along = {
                "x": (self.frame.left, self.frame.width),
                "y": (self.frame.foot, -self.frame.height),
            }
            start, length = along[letter]
            return start + share * length
        axis = self.axes.get(ref.removesuffix(" domain"))
        if axis is None:
            raise UnknownFeatureError(f"a place by {ref}")
        return axis.start + share * (axis.end - axis.start)

    def of_note(self, letter: str, ref: str, value: Value) -> float:
        """The pixel of a note, whose place on a logarithmic axis is an exponent."""
        axis = self.axes.get(ref)
        if axis is not None and axis.kind == "log":
            return axis.along(float(str(value)))
        return self.of_shape(letter, ref, value)


def write_shape(shape: Figure, places: Places) -> str:
    """A line, a rectangle or a circle."""
    x0, x1 = (_place_end(shape, "x", end, places) for end in ("x0", "x1"))
    y0, y1 = (_place_end(shape, "y", end, places) for end in ("y0", "y1"))
    line = shape.get("line", {})
    width = float(line.get("width", 2))
    stroke = {"stroke": line.get("color"), "stroke_width": width} if width else {}
    if shape["type"] == "line":
        dash = write_dash(line.get("dash", "solid"), width)
        return element("line", x1=x0, x2=x1, y1=y0, y2=y1, **stroke, stroke_dasharray=dash)
    if shape["type"] == "circle":
        return element(
            "ellipse",
            cx=(x0 + x1) / 2,
            cy=(y0 + y1) / 2,
            rx=abs(x1 - x0) / 2,
            ry=abs(y1 - y0) / 2,
            fill=shape["fillcolor"],
            **stroke,
        )
    if shape["type"] != "rect":
        raise UnknownFeatureError(f"the shape {shape['type']}")
    return element(
        "rect",
        x=min(x0, x1),
        y=min(y0, y1),
        width=abs(x1 - x0),
        height=abs(y1 - y0),
        fill=shape["fillcolor"],
        **stroke,
    )


def _place_end(shape: Figure, letter: str, end: str, places: Places) -> float:
    """The pixel of an end; pixels from an anchor go right and up."""
    ref = shape[f"{letter}ref"]
    if shape.get(f"{letter}sizemode") != "pixel":
        return places.of_shape(letter, ref, shape[end])
    at = places.of_shape(letter, ref, shape[f"{letter}anchor"])
    return at + float(shape[end]) * (1 if letter == "x" else -1)


def write_annotation(note: Figure, places: Places, text: Font) -> Iterator[str]:
    """Words on a ground of their own, and the line to what they name."""
    own = note.get("font", {})
    font = Font(own.get("size", text.size), own.get("color", text.colour))
    lines = read_lines(note["text"])
    pad = note.get("borderpad", 1) + _BORDER
    width = width_of(lines, font.size) + 2 * pad
    height = height_of(lines, font.size) + 2 * pad
    point_x = places.of_note("x", note.get("xref", "x"), note["x"])
    point_y = places.of_note("y", note.get("yref", "y"), note["y"])
    at_x = point_x + note.get("xshift", 0)
    at_y = point_y - note.get("yshift", 0)
    if note.get("showarrow"):
        at_x, at_y = point_x + note["ax"], point_y + note["ay"]
        yield from _write_arrow(note, (at_x, at_y), (point_x, point_y))
    anchor = note.get("xanchor", "center")
    left = at_x - width * _BEFORE[anchor]
    top = at_y - height * _BEFORE[note.get("yanchor", "middle")]
    opacity = note.get("opacity")
    if "bgcolor" in note:
        yield element(
            "rect", x=left, y=top, width=width, height=height, fill=note["bgcolor"], opacity=opacity
        )
    # Lines begin, end or have their middle where the box is held, so that a reader's own font, a
    # little wider or narrower, moves nothing away from what it names.
    align = anchor if len(lines) == 1 else note.get("align", "center")
    x = left + pad + (width - 2 * pad) * _BEFORE[align]
    if lines[0] and (symbol := SHAPES.get(lines[0][0].text)):
        key, (first, *others) = lines[0][0], lines
        side = measure_text("M", font.size)
        middle = top + pad + (ASCENT - 0.33) * font.size
        yield write_symbol(symbol, (x + side / 2, middle), font.size * 0.34, fill=key.colour)
        yield from write_lines([first[1:]], x + side * 1.2, top + pad, font)
        below = top + pad + LINE_HEIGHT * font.size
        yield from write_lines(others, x, below, font)
        return
    yield from write_lines(lines, x, top + pad, font, _ANCHORS[align])


def _write_arrow(
    note: Figure, start: tuple[float, float], end: tuple[float, float]
) -> Iterator[str]:
    """A line from the words to just before what they name; only upright ones are known."""
    if note["ax"] or note["arrowhead"]:
        raise UnknownFeatureError("an arrow that is not an upright line")
    if note["arrowcolor"] != "rgba(0,0,0,0)" and end[1] - note["standoff"] > start[1]:
        yield element(
            "line",
            x1=start[0],
            x2=end[0],
            y1=start[1],
            y2=end[1] - note["standoff"],
            stroke=note["arrowcolor"],
            stroke_width=note["arrowwidth"],
        )
