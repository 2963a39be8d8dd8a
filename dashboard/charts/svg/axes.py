"""Axes: where a value lies, and the lines, ticks and labels of an axis.

In: a figure's layout and the size of its picture, in pixels. Out: `Axis` from values to pixels, and
markup. Ranges and ticks are read from the figure, where they are written out; none is chosen here.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dashboard.charts.svg.features import Figure
from dashboard.charts.svg.markup import (
    Font,
    UnknownFeatureError,
    element,
    height_of,
    read_lines,
    write_lines,
)

# As Plotly draws: length of a tick, room between it and the label below it, from these to the
# title, and from a vertical axis to its labels.
_TICK, _PAD, _TITLE_GAP, _ASIDE = 5, 3, 12, 1
Value = str | float | dt.date


@dataclass(frozen=True, slots=True)
class Frame:
    """The area of all panels: left, top, width, height."""

    left: float
    top: float
    width: float
    height: float

    @property
    def foot(self) -> float:
        """Its lower edge."""
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis of one panel: its kind, its range as numbers, and where that lies in pixels."""

    name: str
    kind: str
    low: float
    high: float
    start: float
    end: float
    layout: Figure

    def place(self, value: Value) -> float:
        """The pixel of a value."""
        return self.along(self.number(value))

    def along(self, number: float) -> float:
        """The pixel of a number of the range: milliseconds of a date, an exponent of ten."""
        return self.start + (number - self.low) / (self.high - self.low) * (self.end - self.start)

    def number(self, value: Value) -> float:
        """A value as its range counts."""
        if self.kind == "date":
            return to_milliseconds(value)
        number = float(value)  # type: ignore[arg-type]
        return math.log10(number) if self.kind == "log" else number

    @property
    def ticks(self) -> list[tuple[float, str]]:
        """Pixel and label of each tick within the range."""
        slack = abs(self.high - self.low) * 1e-6
        return [
            (self.place(value), text)
            for value, text in zip(self.layout["tickvals"], self.layout["ticktext"], strict=True)
            if self.low - slack <= self.number(value) <= self.high + slack
        ]

    @property
    def is_shown(self) -> bool:
        """Whether the axis is drawn."""
        return bool(self.layout.get("visible", True))


def to_milliseconds(value: Value) -> float:
    """A day or a moment as milliseconds since 1970."""
    moment = dt.datetime.fromisoformat(str(value))
    return (moment - dt.datetime(1970, 1, 1)).total_seconds() * 1000


def read_axes(layout: Figure, frame: Frame) -> dict[str, Axis]:
    """Every axis by the name that traces use: `x`, `y2`."""
    axes = {}
    for key, own in layout.items():
        if key[:5] in ("xaxis", "yaxis"):
            name = key[0] + key[5:]
            axes[name] = _read_axis(name, own, frame)
    for name, axis in axes.items():
        if axis.layout.get("scaleanchor"):
            other = axis.layout["scaleanchor"]
            axes[name], axes[other] = _keep_scale(axis, axes[other])
    return axes


def _read_axis(name: str, own: Figure, frame: Frame) -> Axis:
    kind = own.get("type", "linear")
    if "range" not in own:
        raise UnknownFeatureError(f"the axis {name} without a range")
    low, high = (to_milliseconds(end) if kind == "date" else float(end) for end in own["range"])
    first, last = own.get("domain", (0.0, 1.0))
    if name[0] == "x":
        start, end = (frame.left + share * frame.width for share in (first, last))
    else:
        start, end = (frame.top + (1 - share) * frame.height for share in (first, last))
    return Axis(name, kind, low, high, start, end, own)


def _keep_scale(axis: Axis, other: Axis) -> tuple[Axis, Axis]:
    """Both, the one that has room to spare made shorter: the vertical one to its top, the other
    about its middle."""
    ratio = float(axis.layout.get("scaleratio", 1.0))
    of_axis = abs(axis.end - axis.start) / (axis.high - axis.low)
    of_other = abs(other.end - other.start) / (other.high - other.low) * ratio
    if of_axis > of_other:
        length = (axis.high - axis.low) * of_other
        return replace(axis, start=axis.end + length), other
    spare = (abs(other.end - other.start) - (other.high - other.low) * of_axis / ratio) / 2
    return axis, replace(other, start=other.start + spare, end=other.end - spare)


def write_grid(axis: Axis, across: Axis) -> Iterator[str]:
    """Lines at the ticks, over the panel."""
    own = axis.layout
    if not axis.is_shown or not own.get("showgrid", True):
        return
    for at, _text in axis.ticks:
        ends = (
            {"x1": at, "x2": at, "y1": across.start, "y2": across.end}
            if axis.name[0] == "x"
            else {"x1": across.start, "x2": across.end, "y1": at, "y2": at}
        )
        yield element("line", **ends, stroke=own["gridcolor"])


def write_axis(axis: Axis, across: Axis) -> Iterator[str]:
    """Line, ticks, labels and title."""
    if axis.is_shown:
        yield from (_write_x if axis.name[0] == "x" else _write_y)(axis, across)


def _write_x(axis: Axis, across: Axis) -> Iterator[str]:
    own, foot = axis.layout, across.start
    path = f"M{axis.start:.1f} {foot:.1f}H{axis.end:.1f}"
    path += "".join(f"M{at:.1f} {foot:.1f}v{_TICK}" for at, _text in axis.ticks)
    yield element("path", d=path, stroke=own["linecolor"], fill="none")
    font = Font(own["tickfont"]["size"], own["tickfont"]["color"])
    below = foot + _TICK + _PAD
    most = 0.0
    if own.get("showticklabels", True):
        for at, text in axis.ticks:
            lines = read_lines(text)
            most = max(most, height_of(lines, font.size))
            yield from write_lines(lines, at, below, font, "middle")
    if title := own.get("title", {}).get("text"):
        own_font = own["title"]["font"]
        middle = (axis.start + axis.end) / 2
        font = Font(own_font["size"], own_font["color"])
        yield from write_lines(read_lines(title), middle, below + most + _TITLE_GAP, font, "middle")


def _write_y(axis: Axis, across: Axis) -> Iterator[str]:
    own = axis.layout
    font = Font(own["tickfont"]["size"], own["tickfont"]["color"])
    for at, text in axis.ticks:
        lines = read_lines(text)
        top = at - height_of(lines, font.size) / 2
        yield from write_lines(lines, across.start - _ASIDE, top, font, "end")
