"""The figure cards of a page by their ids, outside a run of the page: for pictures and embeds.

In: a frame. Out: the cards that the page would show for it. What draws them stands in each view's `DRAWINGS`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from importlib import import_module

from dashboard.components.figure_card import FigureCard, NoFigure
from dashboard.pages import PAGES
from dashboard.rendering.capture import catch_cards, is_catching
from dashboard.rendering.context import Frame

# Outside a run the framework says at every call that there is none; here that is meant.
logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").addFilter(
    lambda _said: not is_catching()
)


def _list_drawings() -> dict[str, tuple[Callable[[Frame], None], ...]]:
    found = {one.slug: import_module(f"dashboard.views.{one.module}.page") for one in PAGES}
    return {slug: module.DRAWINGS for slug, module in found.items() if hasattr(module, "DRAWINGS")}


# By page: the functions that show its figure cards, each for a frame.
DRAWINGS: Mapping[str, tuple[Callable[[Frame], None], ...]] = _list_drawings()


def list_cards(frame: Frame) -> list[FigureCard | NoFigure]:
    """Every card of the page for this frame, in order."""
    return [card for draw in DRAWINGS[frame.page.slug] for card in catch_cards(draw, frame)]
