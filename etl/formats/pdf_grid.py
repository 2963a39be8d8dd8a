"""The printed grid: which text stands in which cell.

In: `PageMarks`. Out: one `Block` for each connected piece of ruled grid on the page, top to bottom: bands
(what lies between rulings over the full width) of cells with their text; and the problems that make a grid
unreadable. Only rulings make cells; shading never does, as one shaded cell is often drawn as many small areas.
Does not decide what is a heading and does not join pages: `pdf_tables` does.

Every visible glyph inside a block must stand in one cell. A glyph that a ruling cuts, or a word that runs
over one, is a problem: its text would be lost, or would change the figure beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from etl.formats.pdf_marks import Colour, Fill, Glyph, PageMarks, is_white
from etl.formats.pdf_rulings import EDGE, Net, read_nets
from etl.model.problems import Problem, say_place

# A band lower than this without text is the gap of a double border, not a row; the smallest print needs more.
LOWEST_ROW = 5.0
# How much of a glyph may hang over a ruling. Glyph boxes reach above and below the letter itself, so that in
# tight rows they overlap rulings; sideways they are tight.
OVERHANG_SIDEWAYS = 0.25
OVERHANG_UPWARDS = 0.33
# As shares of a glyph's height: neighbours no further apart than this are one word; a gap wider than that is
# a space, whether or not the text layer has one.
WORD_GAP = 0.04
SPACE_GAP = 0.25
# Points of a cell, as shares of its width and height: it is shaded if all of them wear one colour.
SHADE_POINTS = ((0.5, 0.5), (0.1, 0.1), (0.9, 0.1), (0.1, 0.9), (0.9, 0.9))

Columns = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """One cell. `bold`: all of its text is, None if it is empty. `shade`: None if white or mixed."""

    x0: float
    x1: float
    top: float
    bottom: float
    text: str
    bold: bool | None
    shade: Colour | None


@dataclass(frozen=True, slots=True)
class Band:
    """What lies between two rulings that run over the full width: cells row by row, each from left to right.

    `open_above`, `open_below`: the ruling that should close the band there is missing, as where a page breaks
    a row.
    """

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
        return any(cell.top > self.top + EDGE or cell.bottom < self.bottom - EDGE for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Block:
    """A connected piece of ruled grid on page `page`."""

    page: int
    bands: tuple[Band, ...]


def read_blocks(marks: PageMarks, source: str) -> tuple[list[Block], list[Problem]]:
    """The blocks of a page that hold text, from top to bottom, and what is wrong with them.

    `source` names the file in problems.
    """
    where = say_place(source, page=marks.number)
    blocks: list[Block] = []
    problems: list[Problem] = []
    earlier: list[Net] = []
    for net in read_nets(marks.across, marks.down):
        near = [glyph for glyph in marks.glyphs if _overlaps(glyph, net)]
        places = [
            net.find_region((glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2) for glyph in near
        ]
        if not any(
            place is not None and not glyph.text.isspace() for place, glyph in zip(places, near, strict=True)
        ):
            continue  # a chart, or a frame round a picture: without text there is nothing to lose
        found = [f"the text {word!r} printed across a ruling" for word in _find_cut_words(near, places, net)]
        found += [f"a cell without four corners, {_say_spot(net, number)}" for number in net.ragged]
        found += [
            f"the glyph {glyph.text}, which no letter belongs to" for glyph in near if "(cid:" in glyph.text
        ]
        # Said of the inner one, which comes later from the top.
        if any(_nests(net, other) for other in earlier):
            found.append("a ruled table inside another one")
        earlier.append(net)
        problems += [_say_ambiguity(where, each) for each in found]
        # Kept all the same, so that the rows below and on later pages do not look as if they had no headings.
        blocks.append(Block(marks.number, tuple(_read_bands(net, near, places, marks.fills))))
    return blocks, problems


def _say_ambiguity(where: str, found: str) -> Problem:
    return Problem(
        where=where,
        found=found,
        expected="every letter inside exactly one ruled cell",
        remedy="Look at the page and enter this table by hand, or ask the publisher for a clean copy.",
    )


def _say_spot(net: Net, number: int) -> str:
    left, _, top, _ = net.say_box(number)
    return f"{left:.0f} points from the left and {top:.0f} from the top"


def _overlaps(glyph: Glyph, net: Net) -> bool:
    return (
        glyph.x1 > net.xs[0] and glyph.x0 < net.xs[-1] and glyph.bottom > net.ys[0] and glyph.top < net.ys[-1]
    )


def _nests(net: Net, other: Net) -> bool:
    apart = (
        net.xs[0] > other.xs[-1] - EDGE
        or net.xs[-1] < other.xs[0] + EDGE
        or net.ys[0] > other.ys[-1] - EDGE
        or net.ys[-1] < other.ys[0] + EDGE
    )
    return not apart


def _find_cut_words(glyphs: Sequence[Glyph], places: Sequence[int | None], net: Net) -> list[str]:
    """Words that a ruling cuts through, or whose letters stand on both sides of one."""
    words: list[list[int]] = []
    for position, glyph in enumerate(glyphs):
        if glyph.text.isspace():
            continue
        if words and words[-1][-1] == position - 1 and _continues(glyphs[position - 1], glyph):
            words[-1].append(position)
        else:
            words.append([position])
    return [
        "".join(glyphs[position].text for position in word)
        for word in words
        if len({places[position] for position in word}) > 1
        or any(_is_cut(glyphs[position], places[position], net) for position in word)
    ]


def _continues(left: Glyph, right: Glyph) -> bool:
    """Whether two glyphs that follow each other in the text layer are letters of one word."""
    _, end, above, below = _along_line(left)
    start, _, next_above, next_below = _along_line(right)
    reach = WORD_GAP * (below - above)
    return -10 * reach <= start - end <= reach and abs(above - next_above) + abs(below - next_below) < 1.0


def _is_cut(glyph: Glyph, place: int | None, net: Net) -> bool:
    if place is None:
        x0, x1, top, bottom = net.xs[0], net.xs[-1], net.ys[0], net.ys[-1]
    else:
        x0, x1, top, bottom = net.say_box(place)
    width, height = max(glyph.x1 - glyph.x0, 0.01), max(glyph.bottom - glyph.top, 0.01)
    inside_sideways = (min(glyph.x1, x1) - max(glyph.x0, x0)) / width
    inside_upwards = (min(glyph.bottom, bottom) - max(glyph.top, top)) / height
    if place is None:
        return inside_sideways > OVERHANG_SIDEWAYS and inside_upwards > OVERHANG_UPWARDS
    return inside_sideways < 1 - OVERHANG_SIDEWAYS or inside_upwards < 1 - OVERHANG_UPWARDS


def _read_bands(
    net: Net, glyphs: Sequence[Glyph], places: Sequence[int | None], fills: Sequence[Fill]
) -> Iterable[Band]:
    content: list[list[Glyph]] = [[] for _ in net.regions]
    for glyph, place in zip(glyphs, places, strict=True):
        if place is not None:
            content[place].append(glyph)
    # Regions are numbered row by row from the top, so that each band takes a run of them.
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


def _read_cell(net: Net, number: int, glyphs: Sequence[Glyph], fills: Sequence[Fill]) -> PrintedCell:
    x0, x1, top, bottom = net.say_box(number)
    weights = {glyph.bold for glyph in glyphs if not glyph.text.isspace()}
    return PrintedCell(
        x0,
        x1,
        top,
        bottom,
        text=read_text(glyphs),
        bold=None if not weights else weights == {True},
        shade=_read_shade(x0, x1, top, bottom, fills),
    )


def _read_shade(x0: float, x1: float, top: float, bottom: float, fills: Sequence[Fill]) -> Colour | None:
    over = [
        fill for fill in fills if fill.x1 > x0 and fill.x0 < x1 and fill.bottom > top and fill.top < bottom
    ]
    if not over:
        return None
    colours = set()
    for share_x, share_y in SHADE_POINTS:
        x, y = x0 + share_x * (x1 - x0), top + share_y * (bottom - top)
        upper = [fill.colour for fill in over if fill.x0 <= x <= fill.x1 and fill.top <= y <= fill.bottom]
        colours.add(upper[-1] if upper else None)
    colour = colours.pop()
    return None if colours or colour is None or is_white(colour) else colour


def read_text(glyphs: Sequence[Glyph]) -> str:
    """The text of one cell: glyphs in reading order, lines joined by one space, nothing else changed.

    A smaller raised glyph, as a footnote mark, belongs to the line it stands on. A letter printed twice on
    one spot (which is how some programs make bold) is one letter. White space at the ends of lines is not
    part of the text.
    """
    lines: list[tuple[float, float, list[tuple[float, float, str]]]] = []
    # Tall glyphs first: they set the lines that small ones join.
    for start, end, above, below, text in sorted(
        ((*_along_line(glyph), glyph.text) for glyph in glyphs), key=lambda placed: placed[2] - placed[3]
    ):
        for line_above, line_below, members in lines:
            if min(below, line_below) - max(above, line_above) > (below - above) / 2:
                members.append((start, end, text))
                break
        else:
            lines.append((above, below, [(start, end, text)]))
    texts = [_read_line(sorted(members), below - above) for above, below, members in sorted(lines)]
    return " ".join(text for text in texts if text)


def _read_line(members: Sequence[tuple[float, float, str]], height: float) -> str:
    line = ""
    last_start = last_end = float("-inf")
    for start, end, text in members:
        if text.isspace():
            # A space that lies under a letter prints nothing: it trails the text of the cell before.
            if (start + end) / 2 > last_end:
                line += text
                last_end = end
            continue
        if line.endswith(text) and abs(start - last_start) < WORD_GAP * height:
            continue
        if line and not line[-1].isspace() and start - last_end > SPACE_GAP * height:
            line += " "
        line += text
        last_start, last_end = start, end
    return line.strip()


def _along_line(glyph: Glyph) -> tuple[float, float, float, float]:
    """Start and end along the line of writing, upper and lower edge across it, growing in reading order."""
    if glyph.direction == "right":
        return glyph.x0, glyph.x1, glyph.top, glyph.bottom
    if glyph.direction == "up":
        return -glyph.bottom, -glyph.top, glyph.x0, glyph.x1
    if glyph.direction == "down":
        return glyph.top, glyph.bottom, -glyph.x1, -glyph.x0
    return -glyph.x1, -glyph.x0, -glyph.bottom, -glyph.top
