"""The body of a document from the pieces of its page.

In: pieces in order, as `dashboard.views.registry.show_whole_page` shows them. Out: HTML of the menu
and of the page. It has the class names of the framework's elements, so that one style sheet serves
both, and the page looks the same when the framework has drawn it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from dashboard.documents.form import write_filters, write_form
from dashboard.rendering.drawing import INSET, write_chart
from dashboard.rendering.html import text
from dashboard.rendering.pieces import Chart, Container, Filters, Piece, SidebarHtml
from dashboard.selection.selection import Query

# The buttons of tabs belong to a form of the document's own: those of the page that the framework
# draws behind it have the same names, and a browser lets one of a name be chosen.
TABS = "tabs"


@dataclass(slots=True)
class Body:
    """The parts of a document: the menu, the page, and the names of its charts."""

    menu: str = ""
    page: str = ""
    charts: list[Chart] = field(default_factory=list)


def write_body(pieces: Sequence[Piece], action: str, query: Query) -> Body:
    """`action` and `query` are the address of the page."""
    body = Body(menu="".join(piece.body for piece in pieces if isinstance(piece, SidebarHtml)))
    shown = [piece for piece in pieces if not isinstance(piece, SidebarHtml)]
    controls = [
        control
        for piece in _walk(shown)
        if isinstance(piece, Filters)
        for control in piece.controls
    ]
    form = write_form(action, query, controls) if controls else ""
    page = f'{form}<form id="{TABS}" hidden></form>{"".join(_write_pieces(shown, body))}'
    body.page = page.replace(
        '<input type="radio" name="tab-', f'<input type="radio" form="{TABS}" name="tab-'
    )
    return body


def _walk(pieces: Iterable[Piece]) -> Iterator[Piece]:
    for piece in pieces:
        yield piece
        if isinstance(piece, Container):
            yield from _walk(piece.pieces)


def _write_pieces(pieces: Sequence[Piece], body: Body, *, batched: bool = True) -> Iterator[str]:
    waiting: list[str] = []
    for place, piece in enumerate(pieces):
        if isinstance(piece, str):
            waiting.append(piece)
            if batched:
                continue
        yield _write_html(waiting)
        waiting = []
        if isinstance(piece, Chart):
            yield write_chart(piece, INSET if batched else 0)
            body.charts.append(piece)
        elif isinstance(piece, Filters):
            following = pieces[place + 1] if place + 1 < len(pieces) else None
            yield write_filters(piece, has_button=not _continues(following))
        elif isinstance(piece, Container):
            inner = "".join(_write_pieces(piece.pieces, body, batched=False))
            yield f'<div class="st-key-{text(piece.key)}">{inner}</div>'
    yield _write_html(waiting)


def _continues(following: Piece | None) -> bool:
    """Whether the row of filters goes on: then the button comes after the next."""
    return isinstance(following, Filters) and not following.label


def _write_html(waiting: Sequence[str]) -> str:
    if not waiting:
        return ""
    inner = (
        "".join(f'<div class="lfr-part">{item}</div>' for item in waiting)
        if len(waiting) > 1
        else waiting[0]
    )
    return f'<div class="stHtml">{inner}</div>'
