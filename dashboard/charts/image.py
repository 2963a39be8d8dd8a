"""A figure as a picture that says by itself what it shows and where it comes from: SVG and PNG.

In: a Plotly figure as the page draws it, its words. Out: the figure on a ground of its own with
title and subtitle above, key, notes and foot below. Computes nothing."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dashboard.charts.base import Theme
from dashboard.charts.svg.draw import Drawing, HasFigure, draw_body, wrap_svg
from dashboard.charts.svg.fonts import font_folder, wrap_text
from dashboard.charts.svg.marks import Definitions, write_fill
from dashboard.charts.svg.markup import Font, Run, element, write_line

WIDTH = 1000
_MARGIN, _GAP, _SWATCH = 24, 10, 14
# A picture no wider than this is for a phone.
_PHONE_WIDTH = 560
# Pixels of a letter and of a line.
_TITLE, _SUBTITLE, _SMALL = (22, 30), (16, 22), (13, 19)
_TEMPLATE = Path(__file__).parent / "svg" / "png.typ"
# A pixel of a picture is a point of Typst, of which an inch has 72.
_PIXELS_PER_INCH = 144.0
# What a PNG begins with: its signature and the chunk with its size.
_HEAD = 33


@dataclass(frozen=True, slots=True)
class Key:
    """An entry of the key: a colour, or the state whose pattern it is, and what it stands for.
    `pattern` is as Plotly names it."""

    words: str
    fill: str = ""
    state: str = ""
    pattern: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """The words of a picture; `alt` describes it to readers who do not see it."""

    title: str
    subtitle: str
    keys: Sequence[Key]
    notes: Sequence[str]
    foot: Sequence[str]
    alt: str

    @property
    def description(self) -> str:
        """What is shown, and where it comes from."""
        return " ".join((self.alt, *self.foot))


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as SVG, and its size in pixels."""

    svg: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class _Page:
    """What the words of a picture stand on."""

    theme: Theme
    width: int

    @property
    def margin(self) -> int:
        """Pixels at every side."""
        return _MARGIN if self.width > _PHONE_WIDTH else 8

    @property
    def title(self) -> tuple[int, int]:
        """Pixels of a letter of the title, and of a line."""
        return _TITLE if self.width > _PHONE_WIDTH else (18, 24)


def draw_picture(
    figure: HasFigure, caption: Caption, theme: Theme, language: str, width: int = WIDTH
) -> Picture:
    """The picture, `width` pixels wide, as high as it and its words need."""
    page = _Page(theme, width)
    drawing = draw_body(figure, width=width - 2 * page.margin)
    definitions = Definitions("key")
    parts: list[str] = []
    y = float(page.margin)
    for text, size, bold in (
        (caption.title, page.title, True),
        (caption.subtitle, _SUBTITLE, False),
    ):
        y = _write_block(parts, text, y, size, page, bold=bold)
    y += _GAP
    parts.append(element("g", drawing.body, transform=f"translate({page.margin} {y:g})"))
    y += drawing.height + _GAP
    for key in caption.keys:
        parts += _write_key(key, y, page, definitions)
        y = _write_block(parts, key.words, y, _SMALL, page, indent=_SWATCH + 8)
    y += _GAP if caption.keys else 0
    for texts in (caption.notes, caption.foot):
        for text in texts:
            y = _write_block(parts, text, y, _SMALL, page)
        y += _GAP
    height = y + page.margin - _GAP
    ground = element("rect", width=width, height=height, fill=theme.ground)
    body = definitions.write() + ground + "".join(parts)
    whole = Drawing(body, width, height)
    svg = wrap_svg(whole, language, theme, caption.title, caption.description)
    return Picture(svg, width, height)


def render_png(picture: Picture, title: str, description: str) -> bytes:
    """The picture as PNG with twice the pixels, for screens that have them; title and description
    go with it. Other threads go on meanwhile."""
    # Imported when the first is asked for: a server starts without it.
    import typst

    png = typst.compile(
        str(_TEMPLATE),
        root=str(_TEMPLATE.parent),
        ignore_system_fonts=True,
        font_paths=[font_folder()],
        sys_inputs={
            "svg": picture.svg,
            "width": f"{picture.width}",
            "height": f"{picture.height}",
        },
        format="png",
        ppi=_PIXELS_PER_INCH,
    )
    if not isinstance(png, bytes):
        raise TypeError(f"a picture of {len(png or [])} pages")
    return (
        png[:_HEAD]
        + _write_text("Title", title)
        + _write_text("Description", description)
        + png[_HEAD:]
    )


def _write_block(
    parts: list[str],
    text: str,
    y: float,
    size: tuple[int, int],
    page: _Page,
    *,
    bold: bool = False,
    indent: float = 0,
) -> float:
    """The lines of a text from `y` down; where the next begins."""
    letter, line_height = size
    left = page.margin + indent
    # A reader's own font may be wider than ours: the last tenth of a line is left free.
    for words in wrap_text(text, (page.width - page.margin - left) * 0.9, letter, bold=bold):
        baseline = y + line_height - (line_height - letter) / 2 - letter * 0.22
        line = (Run(words, bold),)
        parts.append(write_line(line, left, baseline, Font(letter, page.theme.text)))
        y += line_height
    return y


def _write_key(key: Key, y: float, page: _Page, definitions: Definitions) -> Iterator[str]:
    """A square in the colour or the pattern of the entry."""
    theme = page.theme
    pattern = {
        "shape": key.pattern,
        "fgcolor": theme.text,
        "bgcolor": theme.ground,
        "size": 7,
        "solidity": 0.18,
    }
    fill = write_fill(key.fill or theme.ground, pattern if key.pattern else {}, definitions)
    top = y + (_SMALL[1] - _SWATCH) / 2
    yield element(
        "rect", x=page.margin, y=top, width=_SWATCH, height=_SWATCH, fill=fill, stroke=theme.text
    )


def _write_text(name: str, text: str) -> bytes:
    """A chunk of a PNG with a text in any language (iTXt)."""
    data = b"iTXt" + name.encode() + b"\0\0\0\0\0" + text.encode("utf-8", "ignore")
    return (len(data) - 4).to_bytes(4, "big") + data + zlib.crc32(data).to_bytes(4, "big")
