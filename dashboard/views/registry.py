"""Every page's view, found by its folder: what draws the page, its figure cards, and what may be
chosen on it.

In: the pages that `dashboard.pages` declares, each with a folder of its name here. Out: `VIEWS` by
slug; choices of all pages; the figure cards of a page outside a run, for pictures and embeds. A
page without a folder, or a folder without a page, is an error."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from functools import lru_cache
from importlib import import_module
from pathlib import Path

from dashboard.components.card import FigureCard, NoFigure
from dashboard.components.filters import show_warning
from dashboard.components.footer import show_footer
from dashboard.components.navigation import show_surroundings
from dashboard.components.staleness_banner import show_age, show_fallback
from dashboard.pages import PAGES
from dashboard.queries.choices import get_choices
from dashboard.rendering.capture import capture_cards, is_capturing
from dashboard.rendering.context import PageContext
from dashboard.rendering.pieces import is_document
from dashboard.rendering.view import View
from dashboard.selection.parameters import PARAMETERS
from dashboard.selection.selection import Choices
from dashboard.text.language import _
from etl.queries.record import Record

# Outside a run the framework says at every call that there is none; here that is meant.
logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").addFilter(
    lambda _line: not (is_capturing() or is_document())
)


def _find_views() -> dict[str, View]:
    folders = {path.parent.name for path in Path(__file__).parent.glob("*/page.py")}
    if strange := folders ^ {page.module for page in PAGES}:
        raise TypeError(
            f"dashboard.pages and the folders of dashboard.views differ: {sorted(strange)}"
        )
    views = {page.slug: import_module(f"dashboard.views.{page.module}.page").VIEW for page in PAGES}
    if wrong := [slug for slug, view in views.items() if not isinstance(view, View)]:
        raise TypeError(f"no View: VIEW of the pages {wrong}")
    return views


# By slug, in the order of the menu.
VIEWS = _find_views()
# Slugs of the pages that have figure cards.
WITH_FIGURES = tuple(slug for slug, view in VIEWS.items() if view.figures)


def list_choices(record: Record) -> Choices:
    """What a reader may choose on any page, by name of the parameter,
    in the language of the run."""
    declared = {
        parameter.name: {code: _(words) for code, words in parameter.choices.items()}
        for parameter in PARAMETERS
        if parameter.choices
    }
    own = [view.choices(record) for view in VIEWS.values() if view.choices]
    return {
        name: codes
        for choices in (get_choices(record), declared, *own)
        for name, codes in choices.items()
    }


@lru_cache(maxsize=8)
def keep_choices(record: Record, language: str, version: str) -> Choices:  # noqa: ARG001
    """The same, kept: the words are in that language, the releases those known at that version."""
    return list_choices(record)


def show_whole_page(context: PageContext, ignored: Iterable[str]) -> None:
    """Header, navigation, a sentence for each part of the address that could not be used,
    the view, footer: the same to the framework and to a document."""
    view = VIEWS[context.page.slug]
    show_surroundings(context, is_titled=not view.has_own_title)
    show_fallback(context)
    show_age(context)
    for sentence in ignored:
        show_warning(sentence)
    view.show(context)
    show_footer(context)


def list_cards(context: PageContext) -> list[FigureCard | NoFigure]:
    """Every card of the page for this frame, in order."""
    return [
        card for draw in VIEWS[context.page.slug].figures for card in capture_cards(draw, context)
    ]
