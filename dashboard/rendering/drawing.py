"""A chart as HTML that needs no script: two drawings, of which the style sheet shows the one that
fits.

In: a chart piece and the colour of its lettering. Out: HTML. Used by documents, and by live pages
for what is folded."""

from __future__ import annotations

from dashboard.charts.base import FONT, LIGHT
from dashboard.charts.svg.draw import draw_read, read_figure
from dashboard.charts.svg.features import Figure
from dashboard.rendering.html import text
from dashboard.rendering.pieces import Chart

# Pixels: the width of a chart on a page of 1,440 pixels, and on a phone of 390.
WIDTHS = {"desk": 1062, "phone": 345}
# Of a chart's height in a card; one in a box has all of it.
INSET = 16


def write_chart(chart: Chart, inset: int = INSET, colour: str = LIGHT.text) -> str:
    """Both drawings, with the chart's text alternative."""
    figure = read_figure(chart.figure)
    drawings = "".join(
        f'<div class="lfr-{kind}">'
        f"{_draw(figure, min(chart.width or width, width), inset, colour)}</div>"
        for kind, width in WIDTHS.items()
    )
    return (
        f'<div class="st-key-chart-{text(chart.name)} lfr-drawing" role="img" '
        f'aria-label="{text(chart.alt)}">{drawings}</div>'
    )


def _draw(figure: Figure, width: int, inset: int, colour: str) -> str:
    """At most as wide as its place, and in any as high as the framework draws it."""
    drawing = draw_read(figure, width=width, height=figure["layout"]["height"] - inset)
    lettering = f'font-family="{FONT}" fill="{colour}"'
    size = f'height="{drawing.height:g}" viewBox="0 0 {drawing.width:g} {drawing.height:g}"'
    return f"<svg {size} {lettering}>{drawing.body}</svg>"
