"""Breaks of a series over time: a rule with its day, and the room that days take above the marks.

In: the declared breaks of a series. Out: shapes and notes of a Plotly figure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.charts.base import Theme, name_axis, write_note
from dashboard.queries.series import Point
from dashboard.text.language import format_day
from etl.model.reference import Break

# Pixels of a line of labels, and how much of a panel is free above its highest mark.
LABEL, _HEADROOM = 20, 0.06


@dataclass(frozen=True, slots=True)
class BreakLabel:
    """The day of a break: on which side of its rule, and on which line from the top."""

    day: dt.date
    is_left: bool
    line: int


def place_breaks(
    breaks: Sequence[Break], points: Sequence[Point], width: float
) -> list[BreakLabel]:
    """Every day once, within the figure and not over another, on a phone too, where a label is so
    much of the `width` of a panel."""
    first, last = points[0].first_day, points[-1].last_day
    labels: list[BreakLabel] = []
    taken: list[tuple[int, float, float]] = []
    for day in sorted({broken.first_date for broken in breaks}):
        at = (day - first) / (last - first)
        sides = [(at, at + width), (at - width, at)]
        inside = [side for side in sides if side[0] >= 0 and side[1] <= 1]
        fitting = sorted(inside or sides, key=lambda side: side[0] == at and at > 0.5)
        line, (start, end) = next(
            (line, side)
            for line in range(len(taken) + 1)
            for side in fitting
            if not any(
                line == other and side[0] < its_end and side[1] > its_start
                for other, its_start, its_end in taken
            )
        )
        taken.append((line, start, end))
        labels.append(BreakLabel(day, start < at, line))
    return labels


def draw_break(
    figure: go.Figure,
    number: int,
    label: BreakLabel,
    theme: Theme,
    pattern: str = "d MMMM y",
) -> None:
    """A vertical rule with its day."""
    day = label.day.isoformat()
    figure.add_vline(
        x=day, line={"color": theme.second, "width": 2, "dash": "dash"}, row=number, col=1
    )
    write_note(
        figure,
        format_day(label.day, pattern),
        theme,
        x=day,
        xref=name_axis("x", number),
        y=1,
        yref=f"{name_axis('y', number)} domain",
        yanchor="top",
        yshift=-LABEL * label.line,
        xanchor="right" if label.is_left else "left",
        xshift=-6 if label.is_left else 6,
        font={"color": theme.second},
    )


def room_below(labels: Sequence[BreakLabel], height: float) -> float:
    """How much of a panel of that height marks may take: the days of breaks stand above them and
    never over one."""
    lines = max((label.line + 1 for label in labels), default=0)
    return 1 - max(_HEADROOM, LABEL * lines / height)
