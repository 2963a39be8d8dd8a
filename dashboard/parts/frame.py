"""What every page is drawn from: the record, the reader's selection, the language and the ground.

In: the page that is asked for. Out: a `Frame`, which every view is given; `cached`, which keeps a drawing.
Does not draw.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from dashboard.figures import DARK, LIGHT, Ink
from dashboard.pages import Page
from dashboard.selection import Choices, Selection, keep_selection, write_address, write_query
from etl.answers import Answers


@dataclass(frozen=True, slots=True)
class Frame:
    """One page for one reader: all that its drawing depends on."""

    page: Page
    answers: Answers
    choices: Choices
    chosen: Selection
    language: str
    dark: bool

    @property
    def ink(self) -> Ink:
        """The colours of the ground."""
        return DARK if self.dark else LIGHT

    @property
    def names(self) -> Mapping[str, str]:
        """Short names of the forces that may be chosen on this page, by id."""
        return self.choices["force"]

    def without(self, *fields: str) -> Frame:
        """The same, as if nothing had been chosen in these fields: for a drawing that does not depend on them."""
        return replace(self, chosen=self.chosen.without(*fields))

    def address(self, anchor: str = "", **changes: Any) -> str:
        """The address of this view, or of one with other fields of the selection."""
        chosen = replace(self.chosen, **changes)
        return write_address(self.page.slug, write_query(self.page.slug, chosen, self.language), anchor)

    def address_of(self, slug: str, anchor: str = "", **changes: Any) -> str:
        """The address of another page, with what goes along and with fields set for it."""
        return write_address(slug, self.query_of(slug, **changes), anchor)

    def query_of(self, slug: str, **changes: Any) -> dict[str, list[str]]:
        """The same as parameters."""
        chosen = keep_selection(slug, replace(self.chosen, **changes), changes)
        return write_query(slug, chosen, self.language)


def cached(draw: Callable[..., Any]) -> Callable[..., Any]:
    """Keeps what a function draws, or returns, for its frame: release, page, selection, language and ground.

    The function takes a `Frame` first, then texts and numbers, and draws no widget: what it drew is replayed to the next
    reader who asks for the same.
    """
    return st.cache_data(show_spinner=False, max_entries=400, hash_funcs={Frame: _key})(draw)


def _key(frame: Frame) -> tuple[Any, ...]:
    return (frame.answers.release_id, frame.page.slug, frame.chosen, frame.language, frame.dark)
