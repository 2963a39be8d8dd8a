"""Rulings to nets: which straight lines of a page belong together, and which cells they enclose.

In: the rulings of a page. Out: one `Net` for each connected set of rulings that makes at least two
columns, from top to bottom; a box with a single column is a frame, not a table.
Does not look at text or shading, and does not say what a cell means.

A net is the finest grid its rulings make; cells of that grid with no ruling between them are one
region, so that a cell may reach over several columns or rows. A line that ends inside a cell (an
underlined link) divides nothing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from etl.formats.pdf.marks import Ruling

# Rulings nearer to each other than this are one edge: no cell with text is so narrow, and Word lets
# the edges of neighbouring rows differ by as much.
EDGE = 3.0
# Rulings this near meet: half of the thickest border.
# Pieces of one line may be a whole border apart.
MEETING = 2.0
# Pieces that differ less than this across lie on one line.
SAME_LINE = 0.5


class Region(NamedTuple):
    """A cell, by the positions of its edges in the net."""

    left: int
    right: int
    above: int
    below: int


@dataclass(frozen=True, slots=True)
class Net:
    """A grid of edges, `xs` and `ys` in points, and the regions in it.

    `cells[row][column]`: number of the region. `ragged`: regions without four corners. `bands`: the
    edges (positions in `ys`) that run over the full width, first and last included. `open_above`,
    `open_below`: the net has no ruling at that end."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[tuple[int, ...], ...]
    regions: tuple[Region, ...]
    ragged: tuple[int, ...]
    bands: tuple[int, ...]
    open_above: bool
    open_below: bool

    def find_region(self, x: float, y: float) -> int | None:
        """The number of the region around a point; None outside of the net."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1:
            return self.cells[row][column]
        return None

    def get_edges(self, number: int) -> tuple[float, float, float, float]:
        """Left, right, upper and lower edge of a region, in points."""
        region = self.regions[number]
        return (
            self.xs[region.left],
            self.xs[region.right],
            self.ys[region.above],
            self.ys[region.below],
        )


def read_nets(across: Sequence[Ruling], down: Sequence[Ruling]) -> list[Net]:
    """The nets of a page, in reading order."""
    nets = []
    for level, upright in _connect(_join_pieces(across), _join_pieces(down)):
        ys, open_above, open_below = _find_edges(level, upright)
        xs, _, _ = _find_edges(upright, level)
        if len(xs) > 2 and len(ys) > 1:
            nets.append(_weave(xs, ys, level, upright, open_above, open_below))
    return sort_nets(nets)


def sort_nets(nets: Iterable[Net]) -> list[Net]:
    """In reading order: of two nets at the same height, the left one first."""
    rows: list[list[Net]] = []
    for net in sorted(nets, key=lambda net: (net.ys[0], net.xs[0])):
        neighbour = rows[-1][0] if rows else None
        if neighbour is not None and _stand_level(neighbour, net):
            rows[-1].append(net)
        else:
            rows.append([net])
    return [net for row in rows for net in sorted(row, key=lambda net: net.xs[0])]


def _stand_level(net: Net, other: Net) -> bool:
    shared = min(net.ys[-1], other.ys[-1]) - max(net.ys[0], other.ys[0])
    apart = net.xs[-1] <= other.xs[0] + EDGE or other.xs[-1] <= net.xs[0] + EDGE
    return apart and 2 * shared > min(net.ys[-1] - net.ys[0], other.ys[-1] - other.ys[0])


def _join_pieces(rulings: Sequence[Ruling]) -> list[Ruling]:
    """A border is often drawn cell by cell: joins pieces on one line that touch or overlap."""
    joined: list[Ruling] = []
    for line in _split_at_gaps(sorted(rulings), SAME_LINE):
        pieces = sorted(line, key=lambda ruling: ruling.start)
        at, start, end = pieces[0]
        for piece in pieces[1:]:
            if piece.start <= end + EDGE:
                end = max(end, piece.end)
            else:
                joined.append(Ruling(at, start, end))
                at, start, end = piece
        joined.append(Ruling(at, start, end))
    return joined


def _split_at_gaps(rulings: Sequence[Ruling], gap: float) -> Iterable[list[Ruling]]:
    """Groups of rulings, which must be sorted, in which each is less than `gap` from the one
    before."""
    group: list[Ruling] = []
    for ruling in rulings:
        if group and ruling.at - group[-1].at >= gap:
            yield group
            group = []
        group.append(ruling)
    if group:
        yield group


def _connect(
    across: list[Ruling], down: list[Ruling]
) -> Iterable[tuple[list[Ruling], list[Ruling]]]:
    """Sets of level and upright rulings that meet, directly or through others."""
    down = sorted(down)
    places = [ruling.at for ruling in down]
    parent = list(range(len(across) + len(down)))

    def find(member: int) -> int:
        while parent[member] != member:
            parent[member] = parent[parent[member]]
            member = parent[member]
        return member

    for i, level in enumerate(across):
        first = bisect_left(places, level.start - MEETING)
        last = bisect_right(places, level.end + MEETING)
        for j in range(first, last):
            if down[j].start - MEETING <= level.at <= down[j].end + MEETING:
                parent[find(len(across) + j)] = find(i)
    members = sorted(range(len(parent)), key=find)
    for _, group in groupby(members, key=find):
        numbers = list(group)
        level_part = [across[n] for n in numbers if n < len(across)]
        upright_part = [down[n - len(across)] for n in numbers if n >= len(across)]
        if level_part and upright_part:
            yield level_part, upright_part


def _find_edges(
    rulings: list[Ruling], crossing: list[Ruling]
) -> tuple[tuple[float, ...], bool, bool]:
    """The edges that parallel rulings make, and whether the net runs on past the first and past the
    last of them.

    Tables without outer borders, and rows that a page breaks, have no ruling at their ends: the
    reach of the crossing rulings is their edge. An edge lies where its longest ruling does."""
    edges = [
        max(group, key=lambda ruling: ruling.end - ruling.start).at
        for group in _split_at_gaps(sorted(rulings), EDGE)
    ]
    first = min(ruling.start for ruling in crossing)
    last = max(ruling.end for ruling in crossing)
    open_before, open_after = first < edges[0] - EDGE, last > edges[-1] + EDGE
    before = (first,) if open_before else ()
    after = (last,) if open_after else ()
    return (*before, *edges, *after), open_before, open_after


def _weave(
    xs: tuple[float, ...],
    ys: tuple[float, ...],
    level: list[Ruling],
    upright: list[Ruling],
    open_above: bool,
    open_below: bool,
) -> Net:
    floors = _find_walls(level, ys, xs)
    walls = _find_walls(upright, xs, ys)
    width, height = len(xs) - 1, len(ys) - 1
    number: list[list[int]] = [[-1] * width for _ in range(height)]
    regions: list[Region] = []
    ragged: list[int] = []
    for row in range(height):
        for column in range(width):
            if number[row][column] >= 0:
                continue
            name = len(regions)
            number[row][column] = name
            reached = [(row, column)]
            for r, c in reached:
                ways = (
                    (r, c + 1, (c + 1, r) in walls),
                    (r, c - 1, (c, r) in walls),
                    (r + 1, c, (r + 1, c) in floors),
                    (r - 1, c, (r, c) in floors),
                )
                for to_row, to_column, is_closed in ways:
                    inside = 0 <= to_row < height and 0 <= to_column < width
                    if inside and not is_closed and number[to_row][to_column] < 0:
                        number[to_row][to_column] = name
                        reached.append((to_row, to_column))
            rows, columns = [r for r, _ in reached], [c for _, c in reached]
            region = Region(min(columns), max(columns) + 1, min(rows), max(rows) + 1)
            if (region.right - region.left) * (region.below - region.above) != len(reached):
                ragged.append(name)
            regions.append(region)
    full = [
        row for row in range(1, height) if all((row, column) in floors for column in range(width))
    ]
    cells = tuple(tuple(row_numbers) for row_numbers in number)
    return Net(
        xs, ys, cells, tuple(regions), tuple(ragged), (0, *full, height), open_above, open_below
    )


def _find_walls(
    rulings: list[Ruling], places: tuple[float, ...], crossing: tuple[float, ...]
) -> set[tuple[int, int]]:
    """Pairs (edge, span): at this edge, a ruling closes the whole span between two crossing
    edges."""
    walls: set[tuple[int, int]] = set()
    for ruling in rulings:
        edge = min(range(len(places)), key=lambda position: abs(places[position] - ruling.at))
        first = bisect_left(crossing, ruling.start - EDGE)
        last = bisect_right(crossing, ruling.end + EDGE)
        walls.update((edge, span) for span in range(first, last - 1))
    return walls
