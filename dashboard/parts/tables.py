"""Real HTML tables, which a screen reader reads cell by cell.

In: a caption, headings and rows of texts. Out: HTML in a region of its own that scrolls sideways where it must; a `stacked`
table stands on a phone as one block a row, each cell below its heading.
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
    """A heading; `kind` is `number`, `short`, `wide` or `prose`."""

    heading: str
    kind: str = "short"


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the first cell of a row is its heading; `classes` gives a class a row; `whole` never scrolls in itself.

    `stacked` shows a row as a block on a phone: for rows that are read one by one and not compared down a column.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    classes: tuple[str, ...] = ()
    whole: bool = False
    stacked: bool = False


def make_table(
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    *,
    classes: Sequence[str] = (),
    whole: bool = False,
    stacked: bool = False,
) -> Table:
    """The table of any sequences."""
    return Table(caption, tuple(columns), tuple(tuple(row) for row in rows), tuple(classes), whole, stacked)


def write_table(table: Table) -> str:
    """Caption, headings with their scope, rows."""
    # Laid out as blocks, a table is one to a screen reader only if its roles are said.
    roles = table.stacked
    head = "".join(
        f'<th scope="col"{_role(roles, "columnheader")} class="lfr-{one.kind}">{text(one.heading)}</th>'
        for one in table.columns
    )
    body = []
    for number, row in enumerate(table.rows):
        own = f' class="{table.classes[number]}"' if table.classes and table.classes[number] else ""
        cells = "".join(
            _cell(value, column, first=not place, roles=roles)
            for place, (value, column) in enumerate(zip(row, table.columns, strict=True))
        )
        body.append(f"<tr{own}{_role(roles, 'row')}>{cells}</tr>")
    scroll = "lfr-scroll lfr-high" if len(table.rows) > _HIGH and not table.whole else "lfr-scroll"
    group, line = _role(roles, "rowgroup"), _role(roles, "row")
    kind = f'class="lfr-table lfr-stacked"{_role(roles, "table")}' if roles else 'class="lfr-table"'
    return (
        f'<div class="{scroll}" role="region" tabindex="0" aria-label="{text(table.caption)}"><table {kind}>'
        f"<caption>{text(table.caption)}</caption><thead{group}><tr{line}>{head}</tr></thead>"
        f"<tbody{group}>{''.join(body)}</tbody></table></div>"
    )


def _cell(value: str, column: Column, *, first: bool, roles: bool) -> str:
    said = value if isinstance(value, Markup) else text(value)
    tag, scope = ("th", ' scope="row"') if first else ("td", "")
    label = f' data-label="{text(column.heading)}"' if roles else ""
    return (
        f'<{tag}{scope}{_role(roles, "rowheader" if first else "cell")}{label} class="lfr-{column.kind}">'
        f"{f'<span>{said}</span>' if roles else said}</{tag}>"
    )


def _role(said: bool, role: str) -> str:
    return f' role="{role}"' if said else ""
