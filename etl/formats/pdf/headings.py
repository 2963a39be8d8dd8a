"""Which top rows of a block of cells are headings, and what they say.

In: the bands of a block. Out: how many of them are headings, by their look, and the `Heading` they
make. Does not know any publisher's words, and does not decide which table a heading belongs to:
`pdf_tables` does.

Looks decide, not content: the top rows are headings if all their cells wear one shade that no later
row of the block wears throughout, or else if all their text is bold and not all below is.
Publishers' words vary and a row of data may have no figure in it ("N/A"), while a heading that does
not look like one cannot be told from data by a reader of the page either."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from etl.formats.pdf.grid import Band, Columns
from etl.formats.pdf.hidden import Colour
from etl.formats.pdf.rulings import EDGE

# Headings have one or two tiers, rarely three. More top rows than this that look alike are data.
MAX_HEADING_BANDS = 3
BOLD = "bold"

Look = Colour | str


@dataclass(frozen=True, slots=True)
class Heading:
    """`texts`: one a column, tiers joined by " / ". `look`: its shade or `BOLD`; None if only its
    words mark it."""

    texts: tuple[str, ...]
    columns: Columns
    look: Look | None


def find_look(bands: Sequence[Band]) -> tuple[int, Look | None]:
    """How many top bands stand out, and how: by a shade that no later band wears throughout,
    or by bold."""
    shades = [_read_shade(band) for band in bands]
    count = count_leading([shade is not None and shade == shades[0] for shade in shades])
    if 0 < count <= MAX_HEADING_BANDS and shades[0] not in shades[count:]:
        return count, shades[0]
    weights = [{cell.bold for cell in band.cells} - {None} for band in bands]
    count = count_leading([weight == {True} for weight in weights])
    if 0 < count <= MAX_HEADING_BANDS and any(False in weight for weight in weights[count:]):
        return count, BOLD
    return 0, None


def count_leading(answers: Sequence[bool]) -> int:
    """How many of the first answers are yes."""
    return answers.index(False) if False in answers else len(answers)


def _read_shade(band: Band) -> Colour | None:
    shades = {cell.shade for cell in band.cells}
    return shades.pop() if len(shades) == 1 else None


def read_heading(bands: Sequence[Band], look: Look | None) -> Heading:
    """The headings of the narrowest columns, each with the tiers above it."""
    cells = [cell for band in bands for cell in band.cells]
    edges = sorted(edge for cell in cells for edge in (cell.x0, cell.x1))
    stored_edges = [
        edge for before, edge in zip([-EDGE, *edges], edges, strict=False) if edge - before >= EDGE
    ]
    columns = tuple(pairwise(stored_edges))
    texts = []
    for x0, x1 in columns:
        over = [cell for cell in cells if cell.x0 < (x0 + x1) / 2 < cell.x1 and cell.text]
        texts.append(" / ".join(cell.text for cell in sorted(over, key=lambda cell: cell.top)))
    return Heading(tuple(texts), columns, look)
