"""Real HTML tables, which a screen reader reads cell by cell.

In: a caption, headings and rows of texts. Out: HTML in a region of its own that scrolls sideways where it must.
Escapes every text unless it is marked `Markup`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.parts.style import text


class Markup(str):
    """HTML whose texts are already escaped."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A heading; `kind` is `number`, `short` or `wide`."""

    heading: str
    kind: str = "short"


def write_table(
    caption: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[str]],
    *,
    high: bool = False,
    classes: Sequence[str] = (),
) -> str:
    """The first cell of a row is its heading; `classes` gives a class a row, `high` lets a long table scroll in itself."""
    head = "".join(f'<th scope="col" class="lfr-{one.kind}">{text(one.heading)}</th>' for one in columns)
    body = []
    for number, row in enumerate(rows):
        own = f' class="{classes[number]}"' if classes and classes[number] else ""
        cells = "".join(_cell(value, column, first=not place) for place, (value, column) in enumerate(zip(row, columns, strict=True)))  # fmt: skip
        body.append(f"<tr{own}>{cells}</tr>")
    scroll = "lfr-scroll lfr-high" if high else "lfr-scroll"
    return (
        f'<div class="{scroll}" role="region" tabindex="0" aria-label="{text(caption)}"><table class="lfr-table">'
        f"<caption>{text(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def _cell(value: str, column: Column, *, first: bool) -> str:
    said = value if isinstance(value, Markup) else text(value)
    tag, scope = ("th", ' scope="row"') if first else ("td", "")
    return f'<{tag}{scope} class="lfr-{column.kind}">{said}</{tag}>'
