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
from math import inf

from etl.formats.pdf.hidden import Colour
from etl.formats.pdf.lines import count_lines, find_words, read_lines
from etl.formats.pdf.marks import Fill, PageMarks, Ruling, is_white
from etl.formats.pdf.paper import ASKEW, Glyph
from etl.formats.pdf.rulings import EDGE, Net, read_nets
from etl.formats.visibility import DRAWN, RAISED, STRUCK
from etl.model.problems import Problem, format_place

# A band lower than this without text is the gap of a double border, not a row;
# the smallest print needs more.
LOWEST_ROW = 5.0
# How much of a glyph may hang over a ruling. Glyph boxes reach above and below the letter itself,
# so that in tight rows they overlap rulings; sideways they are tight.
OVERHANG_SIDEWAYS = 0.25
OVERHANG_UPWARDS = 0.33
# Points of a cell, as shares of its width and height: it is shaded if all of them wear one colour.
# A line of so many pieces this far apart (points), half of them figures, is a row of a table.
LOST_COLUMNS, LOST_GAP = 5, 8.0
# Headings without rulings are shaded over this share of the table's width at least.
HEADED_WIDTH = 0.9
SHADE_POINTS = ((0.5, 0.5), (0.1, 0.1), (0.9, 0.1), (0.1, 0.9), (0.9, 0.9))

Columns = tuple[tuple[float, float], ...]
# A glyph and the number of the region that its centre is in.
Placed = tuple[Glyph, int | None]


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """One cell. `bold`: all of its text is, None if it is empty. `shade`: None if white or mixed.

    `faults`: why a reader of the page may see another text than this. `seen`: what he sees then.
    `lines`: how many lines its text stands on."""

    x0: float
    x1: float
    top: float
    bottom: float
    text: str
    bold: bool | None
    shade: Colour | None
    faults: tuple[str, ...] = ()
    seen: str = ""
    lines: int = 0


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
    def holds_rows(self) -> bool:
        """Whether every cell with text has several lines: rows without rulings between them."""
        lines = [cell.lines for cell in self.cells if cell.text]
        return len(lines) > 2 and min(lines) > 1

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

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside of the block."""
        return any(
            band.top <= y <= band.bottom and band.columns[0][0] <= x <= max(band.columns)[1]
            for band in self.bands
        )


def read_blocks(marks: PageMarks, source: str) -> tuple[list[Block], list[Problem]]:
    """The blocks of a page that hold text, from top to bottom, and what is wrong with them.

    `source` names the file in problems."""
    where = format_place(source, page=marks.number)
    words = find_words(marks.glyphs)
    blocks: list[Block] = []
    problems: list[Problem] = []
    earlier: list[Net] = []
    for bare in read_nets(marks.across, marks.down):
        net = _with_shaded_headings(bare, marks)
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
        drawn = _find_drawn(net, marks)
        blocks.append(Block(marks.number, tuple(_read_bands(net, placed, marks.fills, drawn))))
    if blocks or marks.number > 1:
        problems += _find_lines_outside(words, blocks, where)
    return blocks, problems


def _find_drawn(net: Net, marks: PageMarks) -> set[int]:
    """The regions that hold a picture or a drawn shape, which may be a text."""
    whole = (net.xs[-1] - net.xs[0]) * (net.ys[-1] - net.ys[0])
    shapes = [
        box
        for box in (*marks.pictures, *marks.curves)
        if (box[1] - box[0]) * (box[3] - box[2]) < whole / 2
    ]
    regions = (net.find_region((box[0] + box[1]) / 2, (box[2] + box[3]) / 2) for box in shapes)
    return {region for region in regions if region is not None}


def _find_lines_outside(
    words: Sequence[Sequence[Glyph]], blocks: Sequence[Block], where: str
) -> list[Problem]:
    """Lines of text in columns that stand in no grid: rows that would be lost without a word."""
    lines: dict[int, list[tuple[float, float, str]]] = {}
    for word in words:
        first, last = word[0], word[-1]
        middle = (first.top + first.bottom) / 2
        if first.text.isspace() or first.direction != "right":
            continue
        if any(block.holds(first.x0, middle) for block in blocks):
            continue
        text = "".join(glyph.text for glyph in word)
        lines.setdefault(round(first.bottom - first.drop), []).append((first.x0, last.x1, text))
    for line in lines.values():
        pieces = _split_at_gaps(sorted(line))
        figures = [piece for piece in pieces if piece[0].isdigit()]
        if len(pieces) >= LOST_COLUMNS and 2 * len(figures) >= len(pieces):
            shown = " | ".join(pieces)[:60]
            return [
                Problem(
                    where=where,
                    found=f"text in columns outside of every ruled table: {shown!r}",
                    expected="rulings round every row of a table",
                    remedy="Look at the page: rows without rulings are entered by hand.",
                )
            ]
    return []


def _split_at_gaps(line: Sequence[tuple[float, float, str]]) -> list[str]:
    """The texts of a line that stand wide apart."""
    pieces: list[str] = []
    end = -inf
    for x0, x1, text in line:
        if x0 - end > LOST_GAP:
            pieces.append(text)
        else:
            pieces[-1] += text
        end = x1
    return pieces


def _with_shaded_headings(net: Net, marks: PageMarks) -> Net:
    """The net with the headings on top of it that are shaded and have no rulings of their own.

    The edges of the shades are taken for rulings, if each column has text of its own in them."""
    left, right, top = net.xs[0], net.xs[-1], net.ys[0]
    shades = [
        fill
        for fill in marks.fills
        if not is_white(fill.colour)
        and left - EDGE <= fill.x0 < fill.x1 <= right + EDGE
        and fill.top < top - LOWEST_ROW
        and fill.bottom <= top + EDGE
    ]
    zone: list[Fill] = []
    upper = top
    for fill in sorted(shades, key=lambda fill: -fill.bottom):
        if fill.bottom >= upper - EDGE:
            zone.append(fill)
            upper = min(upper, fill.top)
    bottom_row = [fill for fill in zone if fill.bottom >= top - EDGE]
    if sum(fill.x1 - fill.x0 for fill in bottom_row) < (right - left) * HEADED_WIDTH:
        return net
    across = [Ruling(at, fill.x0, fill.x1) for fill in zone for at in (fill.top, fill.bottom)]
    down = [Ruling(at, fill.top, fill.bottom) for fill in zone for at in (fill.x0, fill.x1)]
    if len(zone) == 1:
        down += [Ruling(x, upper, top) for x in net.xs]
    inside = [line for line in marks.across if _within(line.at, net.ys) and line.end > left]
    upright = [line for line in marks.down if _within(line.at, net.xs) and line.end > top]
    wider = next(
        (
            each
            for each in read_nets([*across, *inside], [*down, *upright])
            if each.ys[0] < top - EDGE and each.xs[0] <= left + EDGE
        ),
        None,
    )
    if wider is None or len(wider.xs) != len(net.xs) or len(wider.bands) <= len(net.bands):
        return net
    headed = {
        _find_region(glyph, wider)
        for glyph in marks.glyphs
        if not glyph.text.isspace() and upper < glyph.bottom < top + EDGE
    }
    columns = {
        column
        for number, region in enumerate(wider.regions)
        if number in headed
        for column in range(region.left, region.right)
    }
    return wider if len(columns) == len(wider.xs) - 1 else net


def _within(at: float, edges: Sequence[float]) -> bool:
    return edges[0] - EDGE <= at <= edges[-1] + EDGE


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
    net: Net, words: Sequence[Sequence[Placed]], fills: Sequence[Fill], drawn: set[int]
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
        cells = tuple(
            _read_cell(net, number, content[number], near, is_drawn=number in drawn)
            for *_, number in regions
        )
        if bottom - top < LOWEST_ROW and not any(cell.text for cell in cells):
            continue
        open_above = net.open_above and first == 0
        open_below = net.open_below and last == len(net.ys) - 1
        yield Band(cells, top, bottom, open_above, open_below)


def _read_cell(
    net: Net, number: int, glyphs: Sequence[Glyph], fills: Sequence[Fill], *, is_drawn: bool
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
    if is_drawn and not text:
        faults.append(DRAWN)
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
        lines=count_lines(printed),
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
