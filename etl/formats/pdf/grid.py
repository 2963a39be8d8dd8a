"""The printed grid: which text stands in which cell.

In: `PageMarks`. Out: one `Block` for each connected piece of ruled grid on the page, top to bottom:
bands (what lies between rulings over the full width) of cells with their text; and the problems
that make a grid unreadable. Only rulings make cells; shading never does, as one shaded cell is
often drawn as many areas. Does not decide what is a heading and does not join pages: `pdf_tables`
does.

Every visible glyph inside a block must stand in one cell. A glyph that a ruling cuts, or a word
that runs over one, is a problem: its text would be lost, or would change the figure beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from etl.formats.pdf.hidden import Colour
from etl.formats.pdf.lines import find_words, read_lines
from etl.formats.pdf.marks import Fill, PageMarks, is_white
from etl.formats.pdf.paper import ASKEW, Glyph
from etl.formats.pdf.rulings import EDGE, Net, read_nets
from etl.formats.visibility import RAISED, STRUCK
from etl.model.problems import Problem, format_place

# A band lower than this without text is the gap of a double border, not a row;
# the smallest print needs more.
LOWEST_ROW = 5.0
# How much of a glyph may hang over a ruling. Glyph boxes reach above and below the letter itself,
# so that in tight rows they overlap rulings; sideways they are tight.
OVERHANG_SIDEWAYS = 0.25
OVERHANG_UPWARDS = 0.33
# Points of a cell, as shares of its width and height: it is shaded if all of them wear one colour.
SHADE_POINTS = ((0.5, 0.5), (0.1, 0.1), (0.9, 0.1), (0.1, 0.9), (0.9, 0.9))

Columns = tuple[tuple[float, float], ...]
# A glyph and the number of the region that its centre is in.
Placed = tuple[Glyph, int | None]


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """One cell. `bold`: all of its text is, None if it is empty. `shade`: None if white or mixed.

    `faults`: why a reader of the page may see another text than this. `seen`: what he sees then."""

    x0: float
    x1: float
    top: float
    bottom: float
    text: str
    bold: bool | None
    shade: Colour | None
    faults: tuple[str, ...] = ()
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """What lies between two rulings that run over the full width: cells row by row, each from left
    to right.

    `open_above`, `open_below`: the ruling that should close the band there is missing,
    as where a page breaks a row."""

    cells: tuple[PrintedCell, ...]
    top: float
    bottom: float
    open_above: bool
    open_below: bool

    @property
    def texts(self) -> tuple[str, ...]:
        """The text of each cell."""
        return tuple(cell.text for cell in self.cells)

    @property
    def columns(self) -> Columns:
        """Left and right edge of each cell."""
        return tuple((cell.x0, cell.x1) for cell in self.cells)

    @property
    def is_tiered(self) -> bool:
        """Whether some cells are divided by rulings that others do not have."""
        return any(
            cell.top > self.top + EDGE or cell.bottom < self.bottom - EDGE for cell in self.cells
        )


@dataclass(frozen=True, slots=True)
class Block:
    """A connected piece of ruled grid on page `page`."""

    page: int
    bands: tuple[Band, ...]


def read_blocks(marks: PageMarks, source: str) -> tuple[list[Block], list[Problem]]:
    """The blocks of a page that hold text, from top to bottom, and what is wrong with them.

    `source` names the file in problems."""
    where = format_place(source, page=marks.number)
    words = find_words(marks.glyphs)
    blocks: list[Block] = []
    problems: list[Problem] = []
    earlier: list[Net] = []
    for net in read_nets(marks.across, marks.down):
        near = [word for word in words if any(_overlaps(glyph, net) for glyph in word)]
        placed = [[(glyph, _find_region(glyph, net)) for glyph in word] for word in near]
        if not any(
            region is not None and not glyph.text.isspace()
            for word in placed
            for glyph, region in word
        ):
            continue  # a chart, or a frame round a picture: without text there is nothing to lose
        cut = [number for number, word in enumerate(placed) if _is_cut(word, net)]
        texts = [f"the text {_spell(placed[number])!r} printed across a ruling" for number in cut]
        for number in cut:  # a ruling is no stroke through the text
            placed[number] = [
                (glyph._replace(hidden="") if glyph.hidden == STRUCK else glyph, region)
                for glyph, region in placed[number]
            ]
        texts += [
            f"a cell without four corners, {_format_spot(net, number)}" for number in net.ragged
        ]
        texts += [
            f"{_spell(word)!r}, which no letters belong to"
            for word in placed
            if "(cid:" in _spell(word)
        ]
        # Said of the inner one, which comes later from the top.
        if any(_nests(net, other) for other in earlier):
            texts.append("a ruled table inside another one")
        earlier.append(net)
        problems += [_describe_ambiguity(where, each) for each in texts]
        # Kept all the same, so that the rows below and on later pages do not look as if they had no
        # headings.
        blocks.append(Block(marks.number, tuple(_read_bands(net, placed, marks.fills))))
    return blocks, problems


def _describe_ambiguity(where: str, text: str) -> Problem:
    return Problem(
        where=where,
        found=text,
        expected="every letter inside exactly one ruled cell",
        remedy=(
            "Look at the page and enter this table by hand, or ask the publisher for a clean copy."
        ),
    )


def _format_spot(net: Net, number: int) -> str:
    left, _, top, _ = net.get_edges(number)
    return f"{left:.0f} points from the left and {top:.0f} from the top"


def _overlaps(glyph: Glyph, net: Net) -> bool:
    return (
        glyph.x1 > net.xs[0]
        and glyph.x0 < net.xs[-1]
        and glyph.bottom > net.ys[0]
        and glyph.top < net.ys[-1]
    )


def _nests(net: Net, other: Net) -> bool:
    apart = (
        net.xs[0] > other.xs[-1] - EDGE
        or net.xs[-1] < other.xs[0] + EDGE
        or net.ys[0] > other.ys[-1] - EDGE
        or net.ys[-1] < other.ys[0] + EDGE
    )
    return not apart


def _find_region(glyph: Glyph, net: Net) -> int | None:
    return net.find_region((glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2)


def _spell(word: Sequence[Placed]) -> str:
    return "".join(glyph.text for glyph, _ in word)


def _is_cut(word: Sequence[Placed], net: Net) -> bool:
    """Whether a ruling runs through a word, or between its letters."""
    if word[0][0].text.isspace():
        return False
    return len({region for _, region in word}) > 1 or any(
        _is_cut_glyph(*placed, net) for placed in word
    )


def _is_cut_glyph(glyph: Glyph, region: int | None, net: Net) -> bool:
    outline = net.xs[0], net.xs[-1], net.ys[0], net.ys[-1]
    x0, x1, top, bottom = outline if region is None else net.get_edges(region)
    width, height = glyph.x1 - glyph.x0, max(glyph.bottom - glyph.top, 0.01)
    # Some programs give a ligature no width.
    inside_sideways = (min(glyph.x1, x1) - max(glyph.x0, x0)) / width if width > 0.01 else 1.0
    inside_upwards = (min(glyph.bottom, bottom) - max(glyph.top, top)) / height
    if region is None:
        return inside_sideways > OVERHANG_SIDEWAYS and inside_upwards > OVERHANG_UPWARDS
    return inside_sideways < 1 - OVERHANG_SIDEWAYS or inside_upwards < 1 - OVERHANG_UPWARDS


def _read_bands(
    net: Net, words: Sequence[Sequence[Placed]], fills: Sequence[Fill]
) -> Iterable[Band]:
    content: list[list[Glyph]] = [[] for _ in net.regions]
    for word in words:
        for glyph, region in word:
            if region is not None:
                content[region].append(glyph)
    for first, last in zip(net.bands, net.bands[1:], strict=False):
        regions = sorted(
            (region.above, region.left, number)
            for number, region in enumerate(net.regions)
            if first <= region.above < last
        )
        top, bottom = net.ys[first], net.ys[last]
        near = [fill for fill in fills if fill.bottom > top and fill.top < bottom]
        cells = tuple(_read_cell(net, number, content[number], near) for *_, number in regions)
        if bottom - top < LOWEST_ROW and not any(cell.text for cell in cells):
            continue
        open_above = net.open_above and first == 0
        open_below = net.open_below and last == len(net.ys) - 1
        yield Band(cells, top, bottom, open_above, open_below)


def _read_cell(
    net: Net, number: int, glyphs: Sequence[Glyph], fills: Sequence[Fill]
) -> PrintedCell:
    x0, x1, top, bottom = net.get_edges(number)
    printed = [glyph for glyph in glyphs if not glyph.text.isspace()]
    weights = {glyph.bold for glyph in printed}
    text, overprinted, notes = read_lines(glyphs)
    faults = sorted({glyph.hidden for glyph in printed} - {""})
    seen = text
    if faults:
        seen, _, _ = read_lines([glyph for glyph in glyphs if not glyph.hidden])
        if overprinted:
            text, _, _ = read_lines([glyph for glyph in glyphs if glyph.hidden])
    elif notes:
        seen, _, _ = read_lines([glyph for glyph in glyphs if glyph not in notes])
        faults.append(RAISED)
    directions = {glyph.direction for glyph in printed}
    if len(directions) > 1 or ASKEW in directions:
        faults.append("text that runs in several directions or at an angle")
    elif overprinted and not any(glyph.hidden for glyph in printed):
        faults.append("letters printed over each other")
    return PrintedCell(
        x0,
        x1,
        top,
        bottom,
        text=text,
        bold=None if not weights else weights == {True},
        shade=_read_shade(x0, x1, top, bottom, fills),
        faults=tuple(faults),
        seen=seen,
    )


def _read_shade(
    x0: float, x1: float, top: float, bottom: float, fills: Sequence[Fill]
) -> Colour | None:
    over = [
        fill
        for fill in fills
        if fill.x1 > x0 and fill.x0 < x1 and fill.bottom > top and fill.top < bottom
    ]
    if not over:
        return None
    colours = set()
    for share_x, share_y in SHADE_POINTS:
        x, y = x0 + share_x * (x1 - x0), top + share_y * (bottom - top)
        upper = [
            fill.colour for fill in over if fill.x0 <= x <= fill.x1 and fill.top <= y <= fill.bottom
        ]
        colours.add(upper[-1] if upper else None)
    colour = colours.pop()
    return None if colours or colour is None or is_white(colour) else colour
