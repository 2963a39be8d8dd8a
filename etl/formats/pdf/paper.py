"""Paints a page of a PDF as a viewer does, and notes of every mark what decides whether it is seen.

In: a page as pdfminer opens it, and the layers that are switched on. Out: `Sheet`: characters,
lines and areas in points from the top left corner, in the order of painting. Follows clipping,
transparency, blend modes, layers (optional content), spot colours and the appearance of annotations
and form fields, which pdfminer's own devices leave out. Does not look for tables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from math import hypot
from typing import Any, NamedTuple, cast

from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFTextDevice, PDFTextSeq
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import (
    PDFGraphicState,
    PDFPageInterpreter,
    PDFResourceManager,
    PDFStackT,
    PDFTextState,
)
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFObjRef, PDFStream, dict_value, list_value, resolve1
from pdfminer.psparser import PSLiteral, literal_name
from pdfminer.utils import PathSegment, apply_matrix_pt, apply_matrix_rect, mult_matrix

from etl.formats.pdf.hidden import Area, Box, Colour, Paint
from etl.formats.visibility import BROKEN, SIGN, TINY

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]

# Where a line of writing may run, each a quarter turn clockwise from the one before.
DIRECTIONS = ("right", "down", "left", "up")
# Text that runs across the page at an angle: further from level or upright than a page is scanned
# crooked.
ASKEW = "askew"
_ASKEW_SHARE = 0.1
# How text may be painted, by PDF's numbers: by its outline only, and not at all.
_OUTLINED = (1, 5)
_UNPAINTED = (3, 7)
# What is painted with less than this opacity is not seen.
FAINT = 0.1
# An area with less than this opacity lets the text under it be read.
OPAQUE = 0.6
# Text lower than this (points) is not seen in print.
LEAST_SIZE = 1.5
# Fonts whose codes are signs: the code of a tick may be that of the digit 4.
_SIGN_FONTS = re.compile(r"dingbats|wingdings|webdings|^symbol", re.IGNORECASE)
# Annotations that only point at the text under them, and those that change how it is read.
_POINTING = ("Link", "Popup", "Text", "Highlight", "Underline", "Squiggly", "FileAttachment")
_HIDDEN_FLAGS = 2 | 32  # hidden, and not shown on a screen
_CURVE_STEPS = 4
SOFT_HYPHEN = "\u00ad"
# A stroke this thick (points) or thinner is a line; a thicker one is painted as an area.
THICK = 3.0
# An area that fills this share of its box is a rectangle, perhaps with round corners.
ROUNDED = 0.85


# A character's text, width as a share of the size, fault, and size as a share of its font's.
_Letter = tuple[str, float, str, float]


class Glyph(NamedTuple):
    """One printed character. `direction` is where its line runs: right, left, up, down or askew.

    `hidden` says why a reader of the page does not see it; blank if he does. `size`: its height in
    points. `drop`: how far its box reaches under the line it is written on."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    bold: bool
    direction: str
    hidden: str = ""
    size: float = 0.0
    drop: float = 0.0


class Stroke(NamedTuple):
    """A straight line, level or upright, with its colour."""

    box: Box
    colour: Colour


class Patch(NamedTuple):
    """A painted rectangle with its colour as it looks on white paper."""

    order: int
    box: Box
    colour: Colour


@dataclass(slots=True)
class Sheet:
    """What is painted on one page. `paints` belong to `glyphs`, one each.

    `strikes`: lines that annotations draw. `slashes`: lines that run at an angle. `curves`: the
    boxes of areas that are no rectangles."""

    width: float
    height: float
    matrix: Matrix
    glyphs: list[Glyph] = field(default_factory=list)
    paints: list[Paint] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    strikes: list[Stroke] = field(default_factory=list)
    patches: list[Patch] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    slashes: list[tuple[Point, Point]] = field(default_factory=list)
    curves: list[Box] = field(default_factory=list)


class Layers:
    """Which layers (optional content groups) of a document are switched off when it is opened."""

    def __init__(self, document: PDFDocument) -> None:
        properties = dict_value(document.catalog.get("OCProperties") or {})
        default = dict_value(properties.get("D") or {})
        base = resolve1(default.get("BaseState"))
        groups = list_value(properties.get("OCGs") or [])
        off = {_identify(group) for group in list_value(default.get("OFF") or [])}
        if base is not None and literal_name(base) == "OFF":
            on = {_identify(group) for group in list_value(default.get("ON") or [])}
            off |= {_identify(group) for group in groups} - on
        self._off = off - {None}

    def is_off(self, reference: object) -> bool:
        """Whether content that belongs to a group, or to a set of groups, is switched off."""
        if not self._off or reference is None:
            return False
        content = resolve1(reference)
        if not isinstance(content, dict) or "OCGs" not in content:
            return _identify(reference) in self._off
        members = resolve1(content["OCGs"])
        members = members if isinstance(members, list) else [content["OCGs"]]
        states = [_identify(member) in self._off for member in members]
        policy = literal_name(resolve1(content["P"])) if "P" in content else "AnyOn"
        rules = {"AllOn": any(states), "AnyOff": not any(states), "AllOff": not all(states)}
        return bool(states) and rules.get(policy, all(states))


def _identify(reference: object) -> int | None:
    return reference.objid if isinstance(reference, PDFObjRef) else None


class _State(PDFGraphicState):
    """The graphic state with what pdfminer leaves out of it."""

    def __init__(self) -> None:
        super().__init__()
        self.clip: Box | None = None
        self.fill_opacity = 1.0
        self.stroke_opacity = 1.0
        self.is_blended = False

    def copy(self) -> _State:
        """A state that changes alone."""
        state = _State.__new__(_State)
        state.__dict__.update(self.__dict__)
        return state


class _Spot(PDFColorSpace):
    """A colour space whose numbers are not the colour itself: a printing ink, or a palette."""

    def __init__(self, name: str, count: int, tint: object) -> None:
        super().__init__(name, count)
        self.tint = resolve1(tint)

    def to_colour(self, share: float) -> Colour:
        """The colour of an ink laid on in a share of its strength; () where that is not known."""
        function = self.tint.attrs if isinstance(self.tint, PDFStream) else self.tint
        if self.ncomponents != 1 or not isinstance(function, dict):
            return ()
        if function.get("FunctionType") != 2:
            return (1 - share,) if self.name == "Separation" else ()
        ends = (list_value(function.get(key, [default])) for key, default in (("C0", 0), ("C1", 1)))
        return tuple(float(a) + share * (float(b) - float(a)) for a, b in zip(*ends, strict=True))


class Interpreter(PDFPageInterpreter):
    """Follows the instructions of a page, those too that pdfminer does nothing for."""

    device: Paper
    graphicstate: PDFGraphicState
    inherited: _State | None = None

    def dup(self) -> Interpreter:
        """An interpreter for a form inside of this content, which begins in the present state."""
        inner = Interpreter(self.rsrcmgr, self.device)
        inner.inherited = self.state.copy()
        return inner

    @property
    def state(self) -> _State:
        """The graphic state, which `init_state` makes."""
        assert isinstance(self.graphicstate, _State)
        return self.graphicstate

    def init_resources(self, resources: dict[object, object]) -> None:
        """Notes states, properties and inks, which pdfminer does not."""
        super().init_resources(resources)
        get = (resources or {}).get
        self.states = dict_value(get("ExtGState") or {})
        self.properties = dict_value(get("Properties") or {})
        for name, value in dict_value(get("ColorSpace") or {}).items():
            spec = resolve1(value)
            kind = literal_name(spec[0]) if isinstance(spec, list) and spec else ""
            if kind in ("Separation", "DeviceN", "Indexed", "Lab"):
                count = {"DeviceN": len(list_value(spec[1])), "Lab": 3}.get(kind, 1)
                tint = spec[3] if kind in ("Separation", "DeviceN") and len(spec) > 3 else None
                self.csmap[name] = _Spot(kind, count, tint)

    def init_state(self, ctm: Matrix) -> None:
        """Begins in the state of the content around."""
        super().init_state(ctm)
        self.graphicstate = self.inherited.copy() if self.inherited else _State()
        if self.device.form_box is not None:
            self.state.clip = _intersect(self.state.clip, self.device.form_box)
            self.device.form_box = None

    def do_cs(self, name: PDFStackT) -> None:
        """An ink begins at its full strength."""
        super().do_cs(name)
        if isinstance(self.graphicstate.ncs, _Spot):
            self.graphicstate.ncolor = 1.0

    def do_gs(self, name: PDFStackT) -> None:
        """Opacity and blend mode."""
        state = dict_value(self.states.get(literal_name(name)) or {})
        if "ca" in state:
            self.state.fill_opacity = float(resolve1(state["ca"]))
        if "CA" in state:
            self.state.stroke_opacity = float(resolve1(state["CA"]))
        if "LW" in state:
            self.do_w(resolve1(state["LW"]))
        if "BM" in state:
            mode = resolve1(state["BM"])
            mode = mode[0] if isinstance(mode, list) and mode else mode
            self.state.is_blended = literal_name(mode) not in ("Normal", "Compatible")

    def do_W(self) -> None:
        """What is painted from here on shows inside of the present path only."""
        points = [
            apply_matrix_pt(self.ctm, (float(step[at]), float(step[at + 1])))
            for step in self.curpath
            for at in range(1, len(step), 2)
        ]
        self.state.clip = _intersect(self.state.clip, _box_of(points) if points else (0, 0, 0, 0))

    do_W_a = do_W

    def do_F(self) -> None:
        """The old name of `f`."""
        self.do_f()

    def do_TJ(self, seq: PDFStackT) -> None:
        """Shows text; without the copy of the state that pdfminer makes for each string."""
        if self.textstate.font is not None:
            state = self.graphicstate
            self.device.render_string(self.textstate, cast(PDFTextSeq, seq), state.ncs, state)

    def do_sh(self, name: object) -> None:  # noqa: ARG002
        """A gradient covers all that is inside of the clipping path."""
        if not self.device.is_off and self.state.clip:
            self.device.cover(self.state.clip, ())

    def do_BMC(self, tag: PDFStackT) -> None:  # noqa: ARG002
        """Begins content that belongs to no layer."""
        self.device.layers_off.append(False)

    def do_BDC(self, tag: PDFStackT, props: PDFStackT) -> None:
        """Begins content that may belong to a layer."""
        is_layer = isinstance(tag, PSLiteral) and literal_name(tag) == "OC"
        name = literal_name(props) if isinstance(props, PSLiteral) else None
        off = is_layer and self.device.layers.is_off(self.properties.get(name))
        self.device.layers_off.append(off)

    def do_EMC(self) -> None:
        """Ends the latest of them."""
        if self.device.layers_off:
            self.device.layers_off.pop()

    def do_Do(self, xobjid_arg: PDFStackT) -> None:
        """Paints a form or a picture, if its layer is on."""
        stream = resolve1(self.xobjmap.get(literal_name(xobjid_arg)))
        if isinstance(stream, PDFStream) and not self.device.layers.is_off(stream.get("OC")):
            super().do_Do(xobjid_arg)
            self.device.set_ctm(self.ctm)

    def paint(self, page: PDFPage) -> None:
        """Paints a page and the annotations on it."""
        unit = float(resolve1(page.attrs.get("UserUnit", 1)))
        x0, y0, x1, y1 = page.mediabox
        # To the top left corner of the page as it is turned, and downwards.
        turned: dict[int, Matrix] = {
            90: (0, 1, 1, 0, -y0, -x0),
            180: (-1, 0, 0, 1, x1, -y0),
            270: (0, -1, -1, 0, y1, x1),
        }
        upright: Matrix = (1, 0, 0, -1, -x0, y1)
        a, b, c, d, e, f = turned.get(page.rotate, upright)
        ctm = (a * unit, b * unit, c * unit, d * unit, e * unit, f * unit)
        box = apply_matrix_rect(ctm, page.mediabox)
        crop = _intersect(box, apply_matrix_rect(ctm, page.cropbox))
        self.device.visible = (crop[0], crop[2], crop[1], crop[3])
        self.device.begin(Sheet(box[2] - box[0], box[3] - box[1], ctm), ctm)
        self.render_contents(page.resources, page.contents, ctm=ctm)
        self.device.layers_off.clear()
        self.device.draws_rulings = False
        for reference in list_value(page.annots or []):
            annotation = resolve1(reference)
            if isinstance(annotation, dict):
                self._paint_annotation(annotation, ctm)
        self.device.draws_rulings = True

    def _paint_annotation(self, annotation: dict[str, object], page_ctm: Matrix) -> None:
        flags = resolve1(annotation.get("F", 0))
        is_shown = not (isinstance(flags, int) and flags & _HIDDEN_FLAGS)
        rect = [float(resolve1(edge)) for edge in list_value(annotation.get("Rect") or [])]
        kind = literal_name(resolve1(annotation["Subtype"])) if "Subtype" in annotation else ""
        if not is_shown or len(rect) != 4 or self.device.layers.is_off(annotation.get("OC")):
            return
        x0, x1 = sorted((rect[0], rect[2]))
        y0, y1 = sorted((rect[1], rect[3]))
        look = resolve1(dict_value(annotation.get("AP") or {}).get("N"))
        if isinstance(look, dict):
            state = resolve1(annotation.get("AS"))
            look = resolve1(look.get(literal_name(state))) if state is not None else None
        if kind == "Popup":
            return
        if not isinstance(look, PDFStream):
            self._paint_bare_annotation(kind, (x0, y0, x1, y1), annotation, page_ctm)
            return
        matrix = _read_matrix(look.get("Matrix"))
        bbox = _read_box(look["BBox"])
        left, low, right, high = apply_matrix_rect(matrix, bbox)
        sx = (x1 - x0) / (right - left) if right > left else 1.0
        sy = (y1 - y0) / (high - low) if high > low else 1.0
        fit: Matrix = (sx, 0, 0, sy, x0 - left * sx, y0 - low * sy)
        ctm = mult_matrix(mult_matrix(matrix, fit), page_ctm)
        inner = self.subinterp()
        inner.inherited = None  # type: ignore[attr-defined]
        self.device.form_box = apply_matrix_rect(ctm, bbox)
        inner.render_contents(dict_value(look.get("Resources") or {}), [look], ctm=ctm)

    def _paint_bare_annotation(
        self, kind: str, rect: Box, annotation: dict[str, object], ctm: Matrix
    ) -> None:
        """One without a picture of itself, which each viewer paints in its own way."""
        box = apply_matrix_rect(ctm, rect)
        if kind == "StrikeOut":
            middle = (box[1] + box[3]) / 2
            self.device.sheet.strikes.append(Stroke((box[0], box[2], middle, middle), (0.0,)))
        elif kind not in _POINTING and (kind != "Widget" or resolve1(annotation.get("V"))):
            self.device.cover(box, ())


def _read_matrix(value: object) -> Matrix:
    parts = [float(resolve1(part)) for part in list_value(value)] if value else []
    return (
        (parts[0], parts[1], parts[2], parts[3], parts[4], parts[5])
        if parts
        else ((1, 0, 0, 1, 0, 0))
    )


def _read_box(value: object) -> Box:
    left, low, right, high = (float(resolve1(edge)) for edge in list_value(value))
    return left, low, right, high


def _box_of(points: Sequence[Point]) -> Box:
    """(left, upper, right, lower), as pdfminer's rectangles."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _intersect(box: Box | None, other: Box) -> Box:
    if box is None:
        return other
    return (
        max(box[0], other[0]),
        max(box[1], other[1]),
        min(box[2], other[2]),
        min(box[3], other[3]),
    )


class Paper(PDFTextDevice):
    """Collects the marks of one page after the other."""

    def __init__(self, manager: PDFResourceManager, layers: Layers) -> None:
        super().__init__(manager)
        self.layers = layers
        self.layers_off: list[bool] = []
        self.form_box: Box | None = None
        self.draws_rulings = True
        self.visible: Box = (0, 0, 0, 0)
        self._letters: dict[PDFFont, dict[int, _Letter]] = {}
        # Programs that write every hyphen at the end of a line as a soft one.
        self.softens_hyphens = False
        self._glyph_paint: tuple[Paint, bool, str] = (Paint(0, None), False, "")

    def _read_letter(self, font: PDFFont, cid: int) -> _Letter:
        text, width, fault = _read_letter(font, cid)
        if text == SOFT_HYPHEN and self.softens_hyphens:
            return "-", width, BROKEN, 1.0
        return text, width, fault, _measure_digit(font, text, width) if text.isdigit() else 1.0

    def begin(self, sheet: Sheet, ctm: Matrix) -> None:
        """Turns to a new page."""
        self.sheet = sheet
        self.order = 0
        self.layers_off.clear()
        self.set_ctm(ctm)

    @property
    def is_off(self) -> bool:
        """Whether the layer of what is painted now is switched off."""
        return True in self.layers_off

    def begin_figure(self, name: str, bbox: Box, matrix: Matrix) -> None:  # noqa: ARG002
        """A form shows what is inside of its box."""
        assert self.ctm is not None
        self.figure = apply_matrix_rect(mult_matrix(matrix, self.ctm), bbox)
        self.form_box = self.figure

    def end_figure(self, name: str) -> None:  # noqa: ARG002
        """A picture is no form: the box was its own."""
        self.form_box = None

    def render_image(self, name: str, stream: PDFStream) -> None:  # noqa: ARG002
        """A picture covers what was painted before it, unless parts of it are transparent."""
        if self.is_off:
            return
        x0, top, x1, bottom = self.figure
        self.sheet.pictures.append((x0, x1, top, bottom))
        if not any(key in stream for key in ("SMask", "Mask", "ImageMask", "IM")):
            self.cover(self.figure, ())

    def cover(self, box: Box, colour: Colour, corners: Sequence[Point] = ()) -> None:
        """Notes that an opaque area lies over what was painted before."""
        self.order += 1
        placed = (box[0], box[2], box[1], box[3])
        self.sheet.areas.append(Area(self.order, placed, colour, tuple(corners)))

    def render_string(
        self,
        textstate: PDFTextState,
        seq: PDFTextSeq,
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> None:
        """Notes the ink that the characters of the string share."""
        assert isinstance(graphicstate, _State)
        assert textstate.font is not None
        self.order += 1
        mode = textstate.render
        is_outlined = mode in _OUTLINED
        opacity = graphicstate.stroke_opacity if is_outlined else graphicstate.fill_opacity
        colour: Colour | None = None
        if mode not in _UNPAINTED and opacity >= FAINT:
            if is_outlined:
                colour = _read_colour(graphicstate.scs, graphicstate.scolor)
            else:
                colour = _read_colour(graphicstate.ncs, graphicstate.ncolor)
        paint = Paint(self.order, colour, graphicstate.clip)
        self._glyph_paint = paint, _is_bold(textstate.font.fontname), ""
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_string_horizontal(
        self,
        seq: PDFTextSeq,
        matrix: Matrix,
        pos: Point,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        charspace: float,
        wordspace: float,
        rise: float,
        dxscale: float,
        ncs: PDFColorSpace,  # noqa: ARG002
        graphicstate: PDFGraphicState,  # noqa: ARG002
    ) -> Point:
        """Places each character of a string; the box of one is that of its font, not of its ink."""
        x, y = pos
        a, b, c, d, e, f = matrix
        e, f = e + c * y, f + d * y
        paint, bold, _ = self._glyph_paint
        direction = _read_direction((a, b))
        size = hypot(c, d) * abs(fontsize)
        descent = font.get_descent()
        low = descent * fontsize + rise
        high = low + fontsize
        drop = -descent * size
        letters = self._letters.setdefault(font, {})
        is_upright = b == 0 and c == 0
        tiny = TINY if size < LEAST_SIZE else ""
        is_off = self.is_off
        glyphs, paints = self.sheet.glyphs, self.sheet.paints
        needs_space = False
        for part in seq:
            if not isinstance(part, bytes):
                if isinstance(part, (int, float)):
                    x -= part * dxscale
                    needs_space = True
                continue
            for cid in font.decode(part):
                if needs_space:
                    x += charspace
                needs_space = True
                letter = letters.get(cid)
                if letter is None:
                    letter = letters[cid] = self._read_letter(font, cid)
                text, width, fault, share = letter
                advance = width * fontsize * scaling
                if not is_off:
                    if is_upright:
                        x0 = e + a * x
                        x1, top, bottom = x0 + a * advance, f + d * high, f + d * low
                        if x1 < x0:
                            x0, x1 = x1, x0
                        if bottom < top:
                            top, bottom = bottom, top
                    else:
                        x0, top, x1, bottom = apply_matrix_rect(
                            (a, b, c, d, e + a * x, f + b * x), (0, low, advance, high)
                        )
                    hidden = fault or tiny
                    glyphs.append(
                        Glyph(
                            text, x0, x1, top, bottom, bold, direction, hidden, size * share, drop
                        )
                    )
                    paints.append(paint)
                x += advance
                if cid == 32 and wordspace:
                    x += wordspace
        return x, y

    def render_char(
        self,
        matrix: Matrix,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: PDFColorSpace,  # noqa: ARG002
        graphicstate: PDFGraphicState,  # noqa: ARG002
    ) -> float:
        """Places one character of a font that is written from top to bottom."""
        text, width, fault, _share = self._read_letter(font, cid)
        advance = width * fontsize * scaling
        shift = cast("tuple[float | None, float]", font.char_disp(cid))
        vx = fontsize * 0.5 if shift[0] is None else shift[0] * fontsize * 0.001
        vy = (1000 - shift[1]) * fontsize * 0.001
        x0, top, x1, bottom = apply_matrix_rect(
            matrix, (-vx, vy + rise + advance, fontsize - vx, vy + rise)
        )
        if not self.is_off:
            direction = _read_direction((matrix[0], matrix[1]))
            self.sheet.glyphs.append(
                Glyph(text, x0, x1, top, bottom, self._glyph_paint[1], direction, fault, x1 - x0)
            )
            self.sheet.paints.append(self._glyph_paint[0])
        return advance

    def paint_path(
        self,
        gstate: PDFGraphicState,
        stroke: bool,
        fill: bool,
        evenodd: bool,
        path: Sequence[PathSegment],
    ) -> None:
        """Takes a path apart into straight lines and filled areas."""
        assert isinstance(gstate, _State)
        assert self.ctm is not None
        if self.is_off or not path:
            return
        self.order += 1
        traces = list(_trace(path, self.ctm))
        if fill and gstate.fill_opacity >= FAINT:
            self._fill(traces, gstate, evenodd)
        if stroke and gstate.stroke_opacity >= FAINT:
            colour = _read_colour(gstate.scs, gstate.scolor)
            for points, is_straight in traces:
                if is_straight:
                    self._draw_lines(points, gstate, colour)

    def _draw_lines(self, points: Sequence[Point], state: _State, colour: Colour) -> None:
        for (x0, y0), (x1, y1) in pairwise(points):
            if abs(x1 - x0) > 1 < abs(y1 - y0):
                self.sheet.slashes.append(((x0, y0), (x1, y1)))
                continue
            left, right, top, bottom = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
            half = state.linewidth / 2
            if half * 2 > THICK:
                box = (left, top - half, right, bottom + half)
                if right - left <= bottom - top:
                    box = (left - half, top, right + half, bottom)
                self._paint_patch(box, colour, state)
            elif state.clip is None or _touches(state.clip, left, right, top, bottom):
                strokes = self.sheet.strokes if self.draws_rulings else self.sheet.strikes
                strokes.append(Stroke((left, right, top, bottom), colour))

    def _fill(
        self, traces: Sequence[tuple[list[Point], bool]], state: _State, is_evenodd: bool
    ) -> None:
        colour = _read_colour(state.ncs, state.ncolor)
        boxes: list[tuple[Box, bool]] = []
        for points, is_straight in traces:
            box, area = _box_of(points), _measure(points)
            whole = (box[2] - box[0]) * (box[3] - box[1])
            if (is_straight and _is_rectangle(points)) or abs(area) >= ROUNDED * whole:
                boxes.append((box, area >= 0))
            else:
                self.sheet.curves.append((box[0], box[2], box[1], box[3]))
                if state.fill_opacity >= OPAQUE and not state.is_blended:
                    self.cover(box, colour, points)
        for box in _open_frames(boxes, is_evenodd):
            self._paint_patch(box, colour, state)

    def _paint_patch(self, box: Box, colour: Colour, state: _State) -> None:
        seen = _intersect(state.clip, box)
        if seen[2] < seen[0] or seen[3] < seen[1]:
            return
        shown = _lighten(colour, state.fill_opacity)
        placed = (seen[0], seen[2], seen[1], seen[3])
        if self.draws_rulings:
            self.sheet.patches.append(Patch(self.order, placed, shown))
        elif seen[3] - seen[1] <= THICK:
            self.sheet.strikes.append(Stroke(placed, shown))
        if state.fill_opacity >= OPAQUE and not state.is_blended:
            self.cover(seen, shown)


def _touches(clip: Box, left: float, right: float, top: float, bottom: float) -> bool:
    return (
        right >= clip[0] - THICK
        and left <= clip[2] + THICK
        and bottom >= clip[1] - THICK
        and top <= clip[3] + THICK
    )


def _trace(path: Sequence[tuple[Any, ...]], ctm: Matrix) -> Iterable[tuple[list[Point], bool]]:
    """The points of each part of a path, and whether all of it is straight."""
    points: list[Point] = []
    is_straight = True
    for step in path:
        name = step[0]
        if name == "m":
            if len(points) > 1:
                yield points, is_straight
            points, is_straight = [apply_matrix_pt(ctm, step[1:3])], True
        elif not points:
            continue
        elif name == "l":
            points.append(apply_matrix_pt(ctm, step[1:3]))
        elif name == "h":
            points.append(points[0])
        else:
            is_straight = False
            last = points[-1]
            first, *rest = (
                apply_matrix_pt(ctm, step[at : at + 2]) for at in range(1, len(step), 2)
            )
            if name == "c":
                points += _bend((last, first, *rest))
            else:
                points += _bend((last, *((last, first) if name == "v" else (first, *rest)), *rest))
    if len(points) > 1:
        yield points, is_straight


def _bend(controls: Sequence[Point]) -> Iterable[Point]:
    """Points on a curve of the third order."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = controls
    for step in range(1, _CURVE_STEPS + 1):
        t = step / _CURVE_STEPS
        u = 1 - t
        p, q, r, s = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
        yield p * ax + q * bx + r * cx + s * dx, p * ay + q * by + r * cy + s * dy


def _is_rectangle(points: Sequence[Point]) -> bool:
    corners = points[:-1] if points[0] == points[-1] else points
    if len(corners) != 4:
        return len(corners) == 2
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = corners
    return (x0 == x1 and y1 == y2 and x2 == x3 and y3 == y0) or (
        y0 == y1 and x1 == x2 and y2 == y3 and x3 == x0
    )


def _measure(points: Sequence[Point]) -> float:
    """The area inside of a closed line; negative if it is drawn the other way round."""
    pairs = zip(points, [*points[1:], points[0]], strict=True)
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairs) / 2


def _open_frames(boxes: Sequence[tuple[Box, bool]], is_evenodd: bool) -> Iterable[Box]:
    """Rectangles as they show: one drawn the other way round inside of another is a hole in it.

    Each box with the way round in which it is drawn. A frame shows as four strips."""
    rest = sorted(boxes, key=lambda pair: pair[0][0] - pair[0][2])
    while rest:
        outer, direction = rest.pop(0)
        hole = next(
            (
                pair
                for pair in rest
                if _holds(outer, pair[0]) and (is_evenodd or pair[1] != direction)
            ),
            None,
        )
        if hole is None:
            yield outer
            continue
        rest.remove(hole)
        x0, y0, x1, y1 = outer
        left, top, right, bottom = hole[0]
        yield from ((x0, y0, x1, top), (x0, bottom, x1, y1))
        yield from ((x0, y0, left, y1), (right, y0, x1, y1))


def _holds(outer: Box, box: Box) -> bool:
    return (
        outer != box
        and outer[0] <= box[0]
        and outer[1] <= box[1]
        and outer[2] >= box[2]
        and outer[3] >= box[3]
    )


def _read_letter(font: PDFFont, cid: int) -> tuple[str, float, str]:
    """A character's text, its width as a share of the size, and what is wrong with the text."""
    width = font.char_width(cid)
    try:
        text = font.to_unichr(cid)
    except PDFUnicodeNotDefined:
        return f"(cid:{cid})", width, ""
    if _SIGN_FONTS.search(_strip_subset(font.fontname)) and text.isascii() and text.isalnum():
        return text, width, SIGN
    return _spell_out(text, cid), width, ""


def _measure_digit(font: PDFFont, text: str, width: float) -> float:
    """How small a digit is beside the same digit of its font: fonts have signs of their own for
    raised digits, set in the same size and on the same line, with the text of the plain ones."""
    known = getattr(getattr(font, "unicode_map", None), "cid2unichr", {})
    widest = max((font.char_width(cid) for cid, own in known.items() if own == text), default=width)
    return width / widest if widest > width > 0 else 1.0


def _strip_subset(name: object) -> str:
    return re.sub(r"^[A-Z]{6}\+", "", str(name))


def _spell_out(text: str, cid: int) -> str:
    """The letters of a ligature; a space for a tab; a code for what is no letter."""
    if len(text) == 1 and "\ufb00" <= text <= "\ufb06":
        return unicodedata.normalize("NFKC", text)
    if text in ("\t", "\n", "\r"):
        return " "
    if any(unicodedata.category(letter) in ("Cc", "Co", "Cn") for letter in text):
        return f"(cid:{cid})"
    return text


def _read_colour(space: PDFColorSpace, colour: object) -> Colour:
    if isinstance(space, _Spot):
        return space.to_colour(float(colour)) if isinstance(colour, (int, float)) else ()
    parts = colour if isinstance(colour, (tuple, list)) else (colour,)
    return tuple(float(part) for part in parts if isinstance(part, (int, float)))


def _lighten(colour: Colour, opacity: float) -> Colour:
    """How a colour looks on white paper when it is laid on thinly."""
    if opacity >= 1 or len(colour) == 4:
        return colour
    return tuple(1 - (1 - part) * opacity for part in colour)


@lru_cache(maxsize=256)
def _is_bold(font: object) -> bool:
    return re.search(r"bold|black|heavy|demi", str(font), re.IGNORECASE) is not None


@lru_cache(maxsize=256)
def _read_direction(slope: tuple[float, float]) -> str:
    a, b = slope
    if min(abs(a), abs(b)) > _ASKEW_SHARE * max(abs(a), abs(b)):
        return ASKEW
    if abs(a) >= abs(b):
        return "right" if a >= 0 else "left"
    return "down" if b > 0 else "up"
