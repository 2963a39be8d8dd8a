"""Elements of SVG as text, and the few tags that texts of figures may have.

In: names, attributes, texts of a figure, which are escaped and know `<b>`, `<br>` and a coloured
`<span>`. Out: markup in which every text is escaped. A line is an element of its own with its own
place: offsets from line to line are not read alike by every program."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape, unescape

from dashboard.charts.svg.fonts import ASCENT, DESCENT, measure_text

LINE_HEIGHT = 1.3
_TAG = re.compile(r"<[^<>]*>")
_COLOUR = re.compile(r'<span style="color:(#[0-9A-Fa-f]{6})">')
# Characters that XML 1.0 does not allow.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Attribute = str | float | None


class UnknownFeatureError(ValueError):
    """A figure has something that would be left out of its picture."""


@dataclass(frozen=True, slots=True)
class Run:
    """A part of a line in one weight and colour."""

    text: str
    bold: bool = False
    colour: str | None = None


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Font:
    """Size in pixels and colour."""

    size: float
    colour: str


def element(name: str, *children: str, **attributes: Attribute) -> str:
    """An element; `_` in the name of an attribute is `-`, and one without a value is left out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{write_attribute(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    body = "".join(children)
    return f"<{name}{written}>{body}</{name}>" if body else f"<{name}{written}/>"


def write_attribute(value: str | float) -> str:
    """A number in hundredths of a pixel, or an escaped text."""
    if isinstance(value, str):
        return escape(clean(value))
    return f"{round(value, 2):g}" if abs(value) < 1000 else f"{value:.2f}".rstrip("0").rstrip(".")


def write_title(text: str) -> str:
    """What a mark says when it is pointed at; nothing for an empty text."""
    return element("title", escape(clean(text), quote=False)) if text else ""


def clean(text: str) -> str:
    """The text without characters that XML does not allow."""
    return _NOT_XML.sub("", text)


def plain(text: str) -> str:
    """A text of a figure without its tags."""
    return unescape(_TAG.sub("", text.replace("<br>", " ")))


def read_lines(text: str) -> list[Line]:
    """The lines of a text of a figure."""
    lines: list[list[Run]] = [[]]
    colours: list[str] = []
    bold, at = False, 0
    for match in [*_TAG.finditer(text), None]:
        words = unescape(text[at : match.start() if match else len(text)])
        if words:
            lines[-1].append(Run(clean(words), bold, colours[-1] if colours else None))
        if match is None:
            break
        at, tag = match.end(), match.group()
        if tag == "<br>":
            lines.append([])
        elif tag in ("<b>", "</b>"):
            bold = tag == "<b>"
        elif coloured := _COLOUR.fullmatch(tag):
            colours.append(coloured.group(1))
        elif tag == "</span>" and colours:
            colours.pop()
        else:
            raise UnknownFeatureError(f"the tag {tag} in {text!r}")
    return [tuple(line) for line in lines]


def width_of(lines: Iterable[Line], size: float) -> float:
    """The width of the widest line."""
    return max(
        (sum(measure_text(run.text, size, bold=run.bold) for run in line) for line in lines),
        default=0.0,
    )


def height_of(lines: list[Line], size: float) -> float:
    """The height of the lines, from the top of the first to the foot of the last."""
    return (len(lines) - 1) * LINE_HEIGHT * size + (ASCENT + DESCENT) * size


def write_lines(
    lines: list[Line], x: float, top: float, font: Font, anchor: str = "start"
) -> Iterator[str]:
    """The lines from `top` down, an element each."""
    for number, line in enumerate(lines):
        y = top + ASCENT * font.size + number * LINE_HEIGHT * font.size
        if any(run.text.strip() for run in line):
            yield write_line(line, x, y, font, anchor)


def write_line(line: Line, x: float, baseline: float, font: Font, anchor: str = "start") -> str:
    """One line on its baseline."""
    whole = line[0] if len(line) == 1 else None
    return element(
        "text",
        *(_write_run(run) for run in line) if whole is None else (_write_words(whole.text),),
        x=x,
        y=baseline,
        font_size=font.size,
        font_weight="bold" if whole and whole.bold else None,
        fill=(whole.colour if whole and whole.colour else font.colour),
        text_anchor=None if anchor == "start" else anchor,
    )


def _write_run(run: Run) -> str:
    if not run.bold and run.colour is None:
        return _write_words(run.text)
    weight = "bold" if run.bold else None
    return element("tspan", _write_words(run.text), font_weight=weight, fill=run.colour)


def _write_words(text: str) -> str:
    # Spaces in a row are one in SVG; those that indent are meant.
    return escape(text, quote=False).replace("  ", "\u00a0\u00a0")
