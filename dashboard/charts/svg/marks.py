"""Marks: lines, areas, points with their intervals, texts and bars of a figure.

In: a trace of a figure, the axes of its panel. Out: markup; a mark that has words has them as its
title. Sizes, dashes, shapes and patterns are those of Plotly, so that both drawings are the same.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from dashboard.charts.svg.axes import Axis
from dashboard.charts.svg.features import Figure
from dashboard.charts.svg.markup import (
    Attribute,
    Font,
    UnknownFeatureError,
    element,
    height_of,
    plain,
    read_lines,
    write_lines,
    write_title,
)

_CLEAR = "rgba(0,0,0,0)"
Point = tuple[float, float]


@dataclass(slots=True)
class Definitions:
    """Patterns and clipped areas of a picture, by names that no other picture on a page has."""

    prefix: str
    written: dict[str, str] = field(default_factory=dict)

    def refer(self, name: str, markup: str) -> str:
        """A reference to the definition, which is `markup` without its name."""
        digest = sha256(markup.encode()).hexdigest()[:8]
        key = f"{self.prefix}-{name}-{digest}"
        self.written[key] = markup.replace(f"<{name}", f'<{name} id="{key}"', 1)
        return f"url(#{key})"

    def write(self) -> str:
        """All definitions."""
        return element("defs", *self.written.values()) if self.written else ""


def write_dash(kind: str, width: float) -> str | None:
    """The dashes of a line, none for a whole one."""
    unit = max(width, 3)
    return {
        "solid": None,
        "dot": f"{unit:g} {unit:g}",
        "dash": f"{3 * unit:g} {3 * unit:g}",
        "dashdot": f"{3 * unit:g} {unit:g} {unit:g} {unit:g}",
    }[kind]


def write_fill(colour: str, pattern: Figure, definitions: Definitions) -> str:
    """A colour, or a reference to a pattern."""
    shape = pattern.get("shape")
    if not shape:
        return colour
    size, solidity = float(pattern["size"]), float(pattern["solidity"])
    front, side = pattern["fgcolor"], size
    if shape == ".":
        radius = size * math.sqrt(solidity / math.pi)
        mark = element("circle", cx=size / 2, cy=size / 2, r=radius, fill=front)
    else:
        side = size if shape == "-" else size * math.sqrt(2)
        up = f"M{-side / 4:.2f} {side / 4:.2f}l{side / 2:.2f} {-side / 2:.2f}M0 {side:.2f}"
        up += f"L{side:.2f} 0M{side * 3 / 4:.2f} {side * 5 / 4:.2f}l{side / 2:.2f} {-side / 2:.2f}"
        down = f"M{-side / 4:.2f} {side * 3 / 4:.2f}l{side / 2:.2f} {side / 2:.2f}M0 0L{side:.2f} "
        down += f"{side:.2f}M{side * 3 / 4:.2f} {-side / 4:.2f}l{side / 2:.2f} {side / 2:.2f}"
        level = f"M0 {side / 2:.2f}H{side:.2f}"
        path = {"/": up, "x": up + down, "-": level}[shape]
        width = size - size * math.sqrt(1 - solidity) if shape == "x" else solidity * size
        mark = element("path", d=path, stroke=front, stroke_width=width, fill="none")
    ground = element("rect", width=side, height=side, fill=pattern["bgcolor"])
    return definitions.refer(
        "pattern",
        element("pattern", ground, mark, patternUnits="userSpaceOnUse", width=side, height=side),
    )


def write_scatter(trace: Figure, x: Axis, y: Axis, definitions: Definitions) -> Iterator[str]:
    """Area, intervals, line, points, texts, in this order."""
    modes = set(trace.get("mode", "lines+markers").split("+"))
    if strange := modes - {"lines", "markers", "text"}:
        raise UnknownFeatureError(f"the mode {', '.join(strange)}")
    points = [
        None if value is None or other is None else (x.place(value), y.place(other))
        for value, other in zip(trace["x"], trace["y"], strict=True)
    ]
    if "lines" in modes:
        yield from _write_line(trace, points, definitions)
    if "error_y" in trace:
        yield from _write_errors(trace, x, y)
    if "markers" in modes:
        yield from _write_markers(trace, points)
    if "text" in modes:
        yield from _write_texts(trace, points)


def _write_line(
    trace: Figure, points: Sequence[Point | None], definitions: Definitions
) -> Iterator[str]:
    line, closed = trace.get("line", {}), trace.get("fill") == "toself"
    width = float(line.get("width", 2))
    shown = {
        "d": _write_path(points, line.get("shape", "linear"), closed=closed),
        "fill": write_fill(trace["fillcolor"], trace.get("fillpattern", {}), definitions)
        if closed
        else "none",
        "stroke": line["color"] if width else None,
        "stroke_width": width or None,
        "stroke_dasharray": write_dash(line.get("dash", "solid"), width),
        "fill_rule": "evenodd" if closed else None,
    }
    words = trace.get("text") if closed else None
    if sum(point is not None for point in points) > 1:
        yield element("path", write_title(plain(words)) if isinstance(words, str) else "", **shown)


def _write_path(points: Sequence[Point | None], shape: str, *, closed: bool) -> str:
    parts: list[str] = []
    before: Point | None = None
    for point in points:
        if point is None:
            if closed and parts:
                parts.append("Z")
        elif before is None:
            parts.append(f"M{_pair(point)}")
        elif shape == "hv":
            parts.append(f"H{point[0]:.1f}V{point[1]:.1f}")
        else:
            parts.append(f"L{_pair(point)}")
        before = point
    return "".join(parts) + ("Z" if closed else "")


def _pair(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"


def _write_errors(trace: Figure, x: Axis, y: Axis) -> Iterator[str]:
    """Intervals: a line from end to end, with a short one across each end."""
    error = trace["error_y"]
    half = float(error["width"])
    path = []
    for at, value, up, down in zip(
        trace["x"], trace["y"], error["array"], error["arrayminus"], strict=True
    ):
        across, top, foot = x.place(at), y.place(value + up), y.place(value - down)
        if up or down:
            path.append(
                f"M{across - half:.1f} {top:.1f}h{2 * half:g}m{-half:g} 0V{foot:.1f}"
                f"m{-half:g} 0h{2 * half:g}"
            )
    if path:
        yield element(
            "path",
            d="".join(path),
            fill="none",
            stroke=error["color"],
            stroke_width=error["thickness"],
        )


def _write_markers(trace: Figure, points: Sequence[Point | None]) -> Iterator[str]:
    marker = trace["marker"]
    line = marker.get("line", {})
    words = trace.get("hovertext", trace.get("text", ""))
    for number, point in enumerate(points):
        radius = _radius(marker, number)
        opacity = float(_item(marker.get("opacity", 1), number))
        if point is None or not radius or not opacity:
            continue
        colour = _item(marker["color"], number)
        width = float(_item(line.get("width", 0), number))
        symbol = _item(marker.get("symbol", "circle"), number)
        thin = symbol in ("line-ns", "x-thin-open")
        title = plain(str(_item(words, number)))
        yield write_symbol(
            symbol,
            point,
            radius,
            write_title(title),
            # What has no ground of its own can be pointed at all the same.
            fill="none" if thin else colour,
            fill_opacity=0 if colour == _CLEAR else None,
            stroke=_item(line["color"], number) if width else None,
            stroke_width=width or None,
            opacity=None if opacity == 1 else opacity,
        )


def _item(value: Any, number: int) -> Any:
    return value[number] if isinstance(value, list | tuple) else value


def _radius(marker: Figure, number: int) -> float:
    size = _item(marker.get("size", 6), number)
    if marker.get("sizemode") != "area":
        return float(size or 0) / 2
    radius = math.sqrt((size or 0) / 2 / marker["sizeref"])
    return max(radius, float(marker.get("sizemin", 0))) if radius else 0.0


def write_symbol(
    symbol: str, point: Point, radius: float, title: str = "", **look: Attribute
) -> str:
    """A marker with its middle at the point."""
    x, y = point
    if symbol == "circle":
        return element("circle", title, cx=x, cy=y, r=radius, **look)
    if symbol == "square":
        side = 2 * radius
        corner = {"x": x - radius, "y": y - radius}
        return element("rect", title, **corner, width=side, height=side, **look)
    long, third, thin = radius * 1.3, radius * 2 / math.sqrt(3), radius / math.sqrt(2)
    path = {
        "diamond": f"m{long:.2f} 0l{-long:.2f} {long:.2f}l{-long:.2f} {-long:.2f}l{long:.2f} "
        f"{-long:.2f}Z",
        "triangle-up": f"m{-third:.2f} {radius / 2:.2f}h{2 * third:.2f}L{x:.2f} {y - radius:.2f}Z",
        "line-ns": f"m0 {-radius * 1.4:.2f}v{radius * 2.8:.2f}",
        "x-thin-open": f"m{thin:.2f} {thin:.2f}l{-2 * thin:.2f} {-2 * thin:.2f}m{2 * thin:.2f} 0"
        f"l{-2 * thin:.2f} {2 * thin:.2f}",
    }
    if symbol not in path:
        raise UnknownFeatureError(f"the symbol {symbol}")
    return element("path", title, d=f"M{x:.2f} {y:.2f}{path[symbol]}", **look)


def _write_texts(trace: Figure, points: Sequence[Point | None]) -> Iterator[str]:
    font = trace["textfont"]
    for number, (point, text) in enumerate(zip(points, trace["text"], strict=True)):
        if point is not None:
            lines, size = read_lines(text), font["size"]
            top = point[1] - height_of(lines, size) / 2
            own = Font(size, _item(font["color"], number))
            yield from write_lines(lines, point[0], top, own, "middle")


def write_bars(trace: Figure, x: Axis, y: Axis, definitions: Definitions) -> Iterator[str]:
    """A rectangle a value, from the base."""
    marker, words = trace["marker"], trace.get("text", "")
    level = trace.get("orientation") == "h"
    along, across = (x, y) if level else (y, x)
    fill = write_fill(marker["color"], marker.get("pattern", {}), definitions)
    line, base = marker.get("line", {}), float(trace.get("base", 0))
    values, places = (trace["x"], trace["y"]) if level else (trace["y"], trace["x"])
    for number, (value, place) in enumerate(zip(values, places, strict=True)):
        half = float(_item(trace["width"], number)) / 2
        middle = across.number(place)
        ends = sorted((along.place(base), along.place(base + value)))
        sides = sorted((across.along(middle - half), across.along(middle + half)))
        (left, right), (top, foot) = (ends, sides) if level else (sides, ends)
        yield element(
            "rect",
            write_title(plain(str(_item(words, number)))),
            x=left,
            y=top,
            width=right - left,
            height=foot - top,
            fill=fill,
            stroke=line["color"] if line.get("width") else None,
            stroke_width=line.get("width") or None,
        )
