"""A figure with everything that belongs to it: a title that says what is in it, alt text, notes, sources, its table.

In: a Plotly figure and its words. Out: the page. Contains no widget, so that a cached drawing can be replayed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import streamlit as st

from dashboard.parts.caveats import write_caveats
from dashboard.parts.style import show_html, text
from dashboard.parts.tables import Column, write_table

_CONFIG = {"displayModeBar": False, "responsive": True}


def show_figure(
    figure: Any,
    *,
    key: str,
    title: str,
    alt: str,
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    notes: Iterable[str] = (),
    caveats: Iterable[str] = (),
    source_note: str = "",
) -> None:
    """The heading is level 3; the table holds every value that is drawn."""
    show_html(f'<h3 class="lfr-chart-title">{text(title)}</h3>')
    st.plotly_chart(figure, theme=None, key=key, alt=alt, config=_CONFIG)
    show_html(f'{write_caveats(caveats, notes)}<p class="lfr-small">{source_note}</p>')
    with st.expander(f"The same as a table: {caption[0].lower()}{caption[1:]}"):
        show_html(write_table(caption, columns, rows, high=len(rows) > 14))
