"""Producers that draw: each puts the same rectangles, lines and texts on paper in its own way.

In: a scene of `model.draw_scene`, a font, a path. Out: a PDF. Runs in the producers'
environment."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from scripts.producers.model import HEIGHT, WIDTH, Op

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
Scene = list[list[Op]]


def _reportlab(scene: Scene, path: Path) -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen import canvas

    pdfmetrics.registerFont(TTFont("DejaVu", FONT))
    page = canvas.Canvas(str(path), pagesize=(WIDTH, HEIGHT))
    for sheet in scene:
        for kind, *values in sheet:
            if kind == "rect":
                x, y, w, h, colour = values
                page.setFillColorRGB(*colour)
                page.rect(x, HEIGHT - y - h, w, h, stroke=0, fill=1)
            elif kind == "line":
                x0, y0, x1, y1, width, colour = values
                page.setStrokeColorRGB(*colour)
                page.setLineWidth(width)
                page.line(x0, HEIGHT - y0, x1, HEIGHT - y1)
            else:
                x, y, size, colour, text = values
                page.setFillColorRGB(*colour)
                page.setFont("DejaVu", size)
                page.drawString(x, HEIGHT - y, text)
        page.showPage()
    page.save()


def _fpdf2(scene: Scene, path: Path) -> None:
    from fpdf import FPDF

    page = FPDF(unit="pt", format=(WIDTH, HEIGHT))
    page.add_font("DejaVu", "", FONT)
    for sheet in scene:
        page.add_page()
        for kind, *values in sheet:
            if kind == "rect":
                x, y, w, h, colour = values
                page.set_fill_color(*(round(255 * part) for part in colour))
                page.rect(x, y, w, h, style="F")
            elif kind == "line":
                x0, y0, x1, y1, width, _colour = values
                page.set_line_width(width)
                page.line(x0, y0, x1, y1)
            else:
                x, y, size, colour, text = values
                page.set_text_color(*(round(255 * part) for part in colour))
                page.set_font("DejaVu", size=size)
                page.text(x, y, text)
    page.output(str(path))


def _cairo(scene: Scene, path: Path) -> None:
    import cairocffi as cairo

    surface = cairo.PDFSurface(str(path), WIDTH, HEIGHT)
    page = cairo.Context(surface)
    page.select_font_face("DejaVu Sans")
    for sheet in scene:
        for kind, *values in sheet:
            if kind == "rect":
                x, y, w, h, colour = values
                page.set_source_rgb(*colour)
                page.rectangle(x, y, w, h)
                page.fill()
            elif kind == "line":
                x0, y0, x1, y1, width, colour = values
                page.set_source_rgb(*colour)
                page.set_line_width(width)
                page.move_to(x0, y0)
                page.line_to(x1, y1)
                page.stroke()
            else:
                x, y, size, colour, text = values
                page.set_source_rgb(*colour)
                page.set_font_size(size)
                page.move_to(x, y)
                page.show_text(text)
        page.show_page()
    surface.finish()


def _matplotlib(scene: Scene, path: Path) -> None:
    import matplotlib

    matplotlib.use("pdf")
    matplotlib.rcParams["pdf.fonttype"] = 42
    from matplotlib import pyplot
    from matplotlib.backends.backend_pdf import PdfPages
    from matplotlib.lines import Line2D
    from matplotlib.patches import Rectangle

    with PdfPages(path) as pages:
        for sheet in scene:
            figure = pyplot.figure(figsize=(WIDTH / 72, HEIGHT / 72))
            for order, (kind, *values) in enumerate(sheet):
                if kind == "rect":
                    x, y, w, h, colour = values
                    place = (x / WIDTH, 1 - (y + h) / HEIGHT)
                    area = Rectangle(place, w / WIDTH, h / HEIGHT, color=colour, lw=0, zorder=order)
                    figure.add_artist(area)
                elif kind == "line":
                    x0, y0, x1, y1, width, colour = values
                    across, up = (x0 / WIDTH, x1 / WIDTH), (1 - y0 / HEIGHT, 1 - y1 / HEIGHT)
                    figure.add_artist(Line2D(across, up, lw=width, color=colour, zorder=order))
                else:
                    x, y, size, colour, text = values
                    figure.text(
                        x / WIDTH, 1 - y / HEIGHT, text, fontsize=size, color=colour, zorder=order
                    )
            pages.savefig(figure)
            pyplot.close(figure)


def _pymupdf(scene: Scene, path: Path) -> None:
    import pymupdf

    document = pymupdf.open()
    for sheet in scene:
        page = document.new_page(width=WIDTH, height=HEIGHT)
        for kind, *values in sheet:
            if kind == "rect":
                x, y, w, h, colour = values
                page.draw_rect(pymupdf.Rect(x, y, x + w, y + h), color=None, fill=colour, width=0)
            elif kind == "line":
                x0, y0, x1, y1, width, colour = values
                page.draw_line((x0, y0), (x1, y1), color=colour, width=width)
            else:
                x, y, size, colour, text = values
                page.insert_text(
                    (x, y), text, fontsize=size, color=colour, fontname="dejavu", fontfile=str(FONT)
                )
    document.save(path)


DRAWING: dict[str, Callable[[Scene, Path], None]] = {
    "reportlab canvas": _reportlab,
    "fpdf2": _fpdf2,
    "cairo": _cairo,
    "matplotlib": _matplotlib,
    "PyMuPDF": _pymupdf,
}
