"""Real HTML tables, which a screen reader reads cell by cell.

In: a caption, headings and rows of texts. Out: HTML in a region of its own that scrolls sideways
where it must; a `stacked` table stands on a phone as one block a row, each cell beside its heading,
the first above them. Without a word a table stacks that would not fit one. Escapes every text
unless it is marked `Markup`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup as Markup

from dashboard.rendering.html import text

# Longer tables scroll in themselves.
_HIGH = 14
# Columns of prose and of figures that stand side by side on a phone without being cut off.
_PROSE_FITS, _FIGURES_FIT = 2, 3
# What does not apply to a row is left out of its block on a phone.
_NOT_APPLICABLE = "[z]"


@dataclass(frozen=True, slots=True)
class Column:
    """A heading; `kind` is `number`, `short`, `wide` or `prose`."""

    heading: str
    kind: str = "short"


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the first cell of a row is its heading; `classes` gives a class a row; `whole` never
    scrolls in itself.

    `stacked` shows a row as a block on a phone: for rows that are read one by one and not compared
    down a column."""

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
    stacked: bool | None = None,
) -> Table:
    """The table of any sequences; without `stacked`,
    one that is too wide for a phone stacks there."""
    wide = any(column.kind in ("wide", "prose") for column in columns)
    stacks = len(columns) > (_PROSE_FITS if wide else _FIGURES_FIT) if stacked is None else stacked
    return Table(
        caption, tuple(columns), tuple(tuple(row) for row in rows), tuple(classes), whole, stacks
    )


def write_table(table: Table) -> str:
    """Caption, headings with their scope, rows."""
    # Laid out as blocks, a table is one to a screen reader only if its roles are said.
    roles = table.stacked
    head = "".join(
        (
            f'<th scope="col"{_role(roles, "columnheader")} '
            f'class="lfr-{column.kind}">{text(column.heading)}</th>'
        )
        for column in table.columns
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
        f'<div class="{scroll}" role="region" tabindex="0" aria-label="{text(table.caption)}">'
        f"<table {kind}><caption><span>{text(table.caption)}</span></caption><thead{group}>"
        f"<tr{line}>{head}</tr></thead><tbody{group}>{''.join(body)}</tbody></table></div>"
    )


def _cell(value: str, column: Column, *, first: bool, roles: bool) -> str:
    sentence = value if isinstance(value, Markup) else text(value)
    tag, scope = ("th", ' scope="row"') if first else ("td", "")
    label = f' data-label="{text(column.heading)}"' if roles else ""
    kind = (
        f"lfr-{column.kind} lfr-needless"
        if roles and value.startswith(_NOT_APPLICABLE)
        else f"lfr-{column.kind}"
    )
    return (
        f'<{tag}{scope}{_role(roles, "rowheader" if first else "cell")}{label} class="{kind}">'
        f"{f'<span>{sentence}</span>' if roles and isinstance(value, Markup) else sentence}</{tag}>"
    )


def _role(roles: bool, role: str) -> str:
    return f' role="{role}"' if roles else ""
