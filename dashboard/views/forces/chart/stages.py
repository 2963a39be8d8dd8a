"""From faces to arrests: a chain of boxes with their numbers, because no axis shows a face beside
an alert.

In: stages with their numbers in words. Out: a Plotly figure. Knows no Streamlit, computes no number
and writes no alt text (`dashboard.views.forces.text_force` does)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.charts.base import Theme, dress_figure, escape_label, wrap_label, write_note

# Pixels: the width of the chain on a phone, a line of words, and what is between two boxes.
_WIDTH, _LINE, _GAP, _PAD = 318, 17, 22, 8
# Letters on a line of a box as wide as the chain.
_LETTERS = 44
# Stages that lie side by side: both are parts of the one before.
_PAIR = ("true_alerts", "false_alerts")


@dataclass(frozen=True, slots=True)
class StageBox:
    """A stage: its code, whether it has a number, the number or its absence in words, its name, and
    what it is a part of."""

    code: str
    is_known: bool
    number: str
    name: str
    words: str


def draw_stage_chain(boxes: Sequence[StageBox], theme: Theme) -> go.Figure:
    """One box below the other, joined by lines; true and false alerts side by side. A stage without
    a number has a pale box and the reason in it."""
    figure = go.Figure()
    y = 0.0
    for number, row in enumerate(_rows(boxes)):
        if number:
            for place in range(len(row)):
                middle = _WIDTH / len(row) * (place + 0.5)
                line = {"color": theme.text, "width": 1.5}
                _add_shape(figure, "line", (middle, middle), (y + _GAP, y), line=line)
        width = (_WIDTH - 8 * (len(row) - 1)) / len(row)
        texts = [_write_lines(box, _LETTERS // len(row)) for box in row]
        height = max(map(len, texts)) * _LINE + 2 * _PAD + 6
        for place, (box, lines) in enumerate(zip(row, texts, strict=True)):
            left = place * (width + 8)
            colour = theme.mark if box.is_known else theme.grid
            _add_shape(
                figure,
                "rect",
                (left, left + width),
                (y, y - height),
                fillcolor=theme.ground,
                line={"color": colour, "width": 2 if box.is_known else 1},
            )
            write_note(
                figure,
                "<br>".join(lines),
                theme,
                x=0,
                xanchor="left",
                xshift=left + _PAD,
                y=1,
                yref="paper",
                yanchor="top",
                yshift=y - _PAD,
                align="left",
                bgcolor="rgba(0,0,0,0)",
            )
        y -= height + _GAP
    dress_figure(figure, -y - _GAP + 30, theme, {"l": 8, "r": 8, "t": 6, "b": 24})
    figure.update_xaxes(visible=False, range=[0, 1])
    figure.update_yaxes(visible=False, range=[0, 1])
    return figure


def _rows(boxes: Sequence[StageBox]) -> Iterator[list[StageBox]]:
    row: list[StageBox] = []
    for box in boxes:
        if row and not (row[-1].code == _PAIR[0] and box.code == _PAIR[1]):
            yield row
            row = []
        row.append(box)
    if row:
        yield row


def _write_lines(box: StageBox, letters: int) -> list[str]:
    """The number in bold and the name, then what it is a part of."""
    head = wrap_label(f"{box.number} {box.name}" if box.is_known else box.name, letters)
    lines = [
        f"<b>{escape_label(line)}</b>" if box.is_known else escape_label(line) for line in head
    ]
    more = box.words if box.is_known else box.number
    return lines + [escape_label(line) for line in wrap_label(more, letters) if line]


def _add_shape(
    figure: go.Figure,
    kind: str,
    x: tuple[float, float],
    y: tuple[float, float],
    **look: object,
) -> None:
    """A shape in pixels from the upper left corner."""
    figure.add_shape(
        type=kind,
        xref="paper",
        yref="paper",
        xsizemode="pixel",
        ysizemode="pixel",
        xanchor=0,
        yanchor=1,
        x0=x[0],
        x1=x[1],
        y0=y[0],
        y1=y[1],
        **look,
    )
