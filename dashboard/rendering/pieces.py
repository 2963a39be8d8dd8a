"""What a page is drawn of, in order: HTML, charts and boxes around them; and the doors through
which they go to the page.

In: HTML whose texts are already escaped, figures. Out: the page, or a list of pieces that is kept
and played again. What a page costs a server and a browser is the number of its elements more than
their length, so on a page that is `batched` all HTML between two other elements is one element
(docs/decisions/0015)."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, TypeVar

import streamlit as st

from dashboard.charts.base import Figure
from dashboard.rendering.capture import is_capturing

_DRAWING = re.compile(r"<svg .*?</svg>", re.DOTALL)
_CONFIG = {"displayModeBar": False, "responsive": True}


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure with its name, unique on its page, and its text alternative; `width` are the pixels
    of its place at a desk, if that is not the page."""

    name: str
    figure: Figure
    alt: str
    width: int = 0


@dataclass(frozen=True, slots=True)
class SidebarHtml:
    """HTML for the sidebar."""

    body: str


@dataclass(frozen=True, slots=True)
class Container:
    """Pieces that the style sheet arranges, each an element of its own;
    its key is the framework's class `st-key-…`."""

    key: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Control:
    """A filter: its `name` in the address, its label, and the values that are chosen in it.

    `kind` is `one` or `several` of `options` (values with their words), `text` or `switch`; `most`
    is how many or how long it may be, `none` what stands where nothing is chosen."""

    name: str
    label: str
    kind: Literal["one", "several", "text", "switch"]
    values: tuple[str, ...]
    options: tuple[tuple[str, str], ...] = ()
    none: str = ""
    most: int = 1
    width: int = 180


@dataclass(frozen=True, slots=True)
class Filters:
    """Controls in a row, for a document; `label` is the heading that they are folded under."""

    controls: tuple[Control, ...]
    label: str = ""
    is_open: bool = True


Piece: TypeAlias = str | Chart | SidebarHtml | Container | Filters  # a text is HTML
_Result = TypeVar("_Result")

_is_document: ContextVar[bool] = ContextVar("is_document", default=False)
_recorded: ContextVar[list[Piece] | None] = ContextVar("recorded", default=None)
_waiting: ContextVar[list[str] | None] = ContextVar("waiting", default=None)


def show_html(body: str) -> None:
    """HTML; every text in it has gone through `dashboard.components.style.text`.
    Nothing to show is no element."""
    if body:
        _show(body)


def show_chart(chart: Chart) -> None:
    """A chart of Plotly."""
    _show(chart)


def show_sidebar(body: str) -> None:
    """HTML in the sidebar."""
    _show(SidebarHtml(body))


@contextmanager
def container(key: str) -> Iterator[None]:
    """What is shown within stands in a box."""
    pieces: list[Piece] = []
    before = _recorded.set(pieces)
    try:
        yield
    finally:
        _recorded.reset(before)
    _show(Container(key, tuple(pieces)))


def show_filters_piece(filters: Filters) -> None:
    """Filters of a document; on a page that is drawn by the framework they are its widgets."""
    _show(filters)


def is_document() -> bool:
    """Whether a page is written as a document just now, and not drawn by the framework."""
    return _is_document.get()


def capture_document(draw: Callable[[], object]) -> tuple[Piece, ...]:
    """The pieces of a whole page for a document; filters are pieces in it."""
    before = _is_document.set(True)
    try:
        return capture(draw)[0]
    finally:
        _is_document.reset(before)


def show_element(make: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """An element of the framework's own, a widget above all; what waits goes before it."""
    _show_waiting()
    return make(*args, **kwargs)


@contextmanager
def batched() -> Iterator[None]:
    """Within, HTML waits for what comes after it. What was shown before the end,
    or before an error, is on the page."""
    before = _waiting.set([])
    try:
        yield
    finally:
        _show_waiting()
        _waiting.reset(before)


def capture(draw: Callable[[], _Result]) -> tuple[tuple[Piece, ...], _Result]:
    """The pieces that a drawing shows, which has no widget, and what it returns."""
    pieces: list[Piece] = []
    before = _recorded.set(pieces)
    try:
        result = draw()
    finally:
        _recorded.reset(before)
    return tuple(pieces), result


def replay(pieces: tuple[Piece, ...], key: str) -> None:
    """Shows recorded pieces; `key` is of this drawing alone,
    and under it the framework keeps its charts as messages."""
    for piece in pieces:
        _show(piece, key)


def _show(piece: Piece, key: str = "") -> None:
    if is_capturing():
        return
    recorded = _recorded.get()
    if recorded is None:
        _put(piece, key)
    else:
        recorded.append(piece)


def _put(piece: Piece, key: str) -> None:
    waiting = _waiting.get()
    if isinstance(piece, str):
        if waiting is None:
            _keep_html(body=piece)
        else:
            waiting.append(piece)
    elif isinstance(piece, SidebarHtml):
        st.sidebar.html(piece.body)
    elif isinstance(piece, Filters):
        raise TypeError("filters are a piece of documents alone")
    else:
        _show_waiting()
        if isinstance(piece, Chart):
            _put_chart(piece) if not key else _keep_chart(key=f"{key} {piece.name}", _chart=piece)
        else:
            with st.container(key=piece.key):
                for each_piece in piece.pieces:
                    _put(each_piece, key)
                    _show_waiting()


def _show_waiting() -> None:
    """Puts the HTML that waits on the page, as one element."""
    if waiting := _waiting.get():
        parts = (
            [f'<div class="lfr-part">{item}</div>' for item in waiting]
            if len(waiting) > 1
            else waiting
        )
        _keep_html(body="".join(parts))
        waiting.clear()


# What follows is kept as messages by the framework: made anew, a chart is written as JSON and HTML
# is searched for its indentation at each run. Named arguments spare the framework asking for the
# signature; an underscore is not part of the key.


@st.cache_resource(show_spinner=False, max_entries=1000)
def _keep_html(*, body: str) -> None:
    st.html(_DRAWING.sub(_pack_drawing, body))


def _pack_drawing(match: re.Match[str]) -> str:
    """The framework takes SVG out of HTML: there it is text in an attribute, of which the site's
    script makes the drawing."""
    return f'<div data-svg="{base64.b64encode(match[0].encode()).decode()}"></div>'


def _put_chart(chart: Chart) -> None:
    st.plotly_chart(
        chart.figure, theme=None, key=f"chart-{chart.name}", alt=chart.alt, config=_CONFIG
    )


@st.cache_resource(show_spinner=False, max_entries=1000)
def _keep_chart(*, key: str, _chart: Chart) -> None:  # noqa: ARG001
    _put_chart(_chart)
