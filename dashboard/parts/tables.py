"""Real HTML tables, which a screen reader reads cell by cell.

In: a caption, headings and rows of texts. Out: HTML in a region of its own that scrolls sideways where it must.
Escapes every text unless it is marked `Markup`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.parts.style import text

# Longer tables scroll in themselves.
_HIGH = 14


class Markup(str):
    """HTML whose texts are already escaped."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A heading; `kind` is `number`, `short` or `wide`."""

    heading: str
    kind: str = "short"


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the first cell of a row is its heading; `classes` gives a class a row; `whole` never scrolls in itself."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    classes: tuple[str, ...] = ()
    whole: bool = False


def make_table(
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    *,
    classes: Sequence[str] = (),
    whole: bool = False,
) -> Table:
    """The table of any sequences."""
    return Table(caption, tuple(columns), tuple(tuple(row) for row in rows), tuple(classes), whole)


def write_table(table: Table) -> str:
    """Caption, headings with their scope, rows."""
    head = "".join(
        f'<th scope="col" class="lfr-{one.kind}">{text(one.heading)}</th>' for one in table.columns
    )
    body = []
    for number, row in enumerate(table.rows):
        own = f' class="{table.classes[number]}"' if table.classes and table.classes[number] else ""
        cells = "".join(
            _cell(value, column, first=not place)
            for place, (value, column) in enumerate(zip(row, table.columns, strict=True))
        )
        body.append(f"<tr{own}>{cells}</tr>")
    scroll = "lfr-scroll lfr-high" if len(table.rows) > _HIGH and not table.whole else "lfr-scroll"
    return (
        f'<div class="{scroll}" role="region" tabindex="0" aria-label="{text(table.caption)}"><table class="lfr-table">'
        f"<caption>{text(table.caption)}</caption><thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def _cell(value: str, column: Column, *, first: bool) -> str:
    said = value if isinstance(value, Markup) else text(value)
    tag, scope = ("th", ' scope="row"') if first else ("td", "")
    return f'<{tag}{scope} class="lfr-{column.kind}">{said}</{tag}>'
