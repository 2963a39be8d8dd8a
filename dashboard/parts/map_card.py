"""The figure card of a map: the card as it is everywhere, with a list of the same values beside the map.

In: a `FigureCard` whose chart is a Plotly figure, HTML or a reason; the list; a legend. Out: the card.
Contains no widget, so that a cached drawing can be replayed.
"""

from __future__ import annotations

import streamlit as st

# The parts of the card, so that a map's card cannot drift from the others.
from dashboard.language import _
from dashboard.parts.catching import catch
from dashboard.parts.caveats import write_caveats
from dashboard.parts.figure_card import (
    _CONFIG,
    FigureCard,
    Instead,
    _show_heading,
    _write_about,
    _write_download,
    _write_foot,
    _write_instead,
)
from dashboard.parts.frame import Frame
from dashboard.parts.style import show_html, text
from dashboard.parts.tables import Markup, Table, write_table
from dashboard.parts.take_away import write_take_away


def show_map_card(frame: Frame, card: FigureCard, beside: Table, legend: str = "") -> None:
    """The card; the tab that is called Chart elsewhere is Map, with the list beside it, below it on a phone."""
    if catch(card):
        return
    with st.container(key=f"card-{card.card_id}"):
        _show_heading(card.title, card.card_id)
        partial = f'<p class="lfr-partial">{text(card.partial)}</p>' if card.partial else ""
        said = f"<span data-announce hidden>{text(card.title)}. {text(card.subtitle)}.</span>"
        show_html(f'{said}<p class="lfr-subtitle">{text(card.subtitle)}</p>{partial}')
        drawn, table, download, about = st.tabs([_("Map"), _("Table"), _("Download"), _("About")])
        with drawn:
            left, right = st.columns([3, 2], gap="medium")
            with left:
                _show_map(card)
                if legend:
                    show_html(legend)
            with right:
                show_html(write_table(beside))
            show_html(write_caveats(card.caveats, card.notes))
        with table:
            show_html(write_table(card.table))
        with download:
            show_html(_write_download(frame, card))
            show_html(write_take_away(frame, card))
        with about:
            show_html(_write_about(card))
        show_html(_write_foot(frame, card))


def _show_map(card: FigureCard) -> None:
    if isinstance(card.chart, Instead):
        show_html(_write_instead(card.chart))
    elif isinstance(card.chart, Markup):
        show_html(card.chart)
    else:
        st.plotly_chart(card.chart, theme=None, key=f"chart-{card.card_id}", alt=card.alt, config=_CONFIG)
