"""What every page is drawn from: the record, the reader's selection, the language and the ground.

In: the page that is asked for. Out: a `PageContext`, which every view is given; `cached`, which
keeps a drawing. Does not draw."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any

import streamlit as st

from dashboard.charts.base import DARK, LIGHT, Theme
from dashboard.pages import Host, Page
from dashboard.rendering.capture import is_capturing
from dashboard.rendering.pieces import capture, replay
from dashboard.selection.selection import (
    FORCES,
    Choices,
    Selection,
    keep_selection,
    write_address,
    write_query,
)
from dashboard.text.language import _
from dashboard.text.names import name_area
from etl.model.reference import District, Force, Place
from etl.model.releases import ReleaseInfo
from etl.queries.record import Record

_PLACES = "places"


@dataclass(frozen=True, slots=True)
class PageContext:
    """One page for one reader: all that its drawing depends on."""

    page: Page
    record: Record
    choices: Choices
    selection: Selection
    language: str
    dark: bool
    release: ReleaseInfo
    host: Host | None = None

    @property
    def key(self) -> str:
        """One text for all that a drawing depends on."""
        return repr(
            (
                self.record.release_id,
                self.release.version,
                self.page.slug,
                self.selection,
                self.language,
                self.dark,
                self.host,
            )
        )

    @property
    def theme(self) -> Theme:
        """The colours of the ground."""
        return DARK if self.dark else LIGHT

    @property
    def names(self) -> Mapping[str, str]:
        """Short names of the forces that may be chosen on this page, by id."""
        return self.choices["force"]

    @property
    def heading(self) -> Page:
        """The page with its title and question as this view has them: one force is a page of its
        own."""
        return name_view(self.page, self.record, self.selection)

    def without(self, *fields: str) -> PageContext:
        """The same, as if nothing had been chosen in these fields:
        for a drawing that does not depend on them."""
        return replace(self, selection=self.selection.without(*fields))

    def address(self, anchor: str = "", **changes: Any) -> str:
        """The address of this view, or of one with other fields of the selection."""
        selection = self.selection.with_changes(**changes)
        return write_address(
            self.page.slug, write_query(self.page.slug, selection, self.language), anchor, self.host
        )

    def address_of(self, slug: str, anchor: str = "", **changes: Any) -> str:
        """The address of another page, with what goes along and with fields set for it."""
        return write_address(slug, self.query_of(slug, **changes), anchor, self.host)

    def query_of(self, slug: str, **changes: Any) -> dict[str, list[str]]:
        """The same as parameters."""
        selection = keep_selection(slug, self.selection.with_changes(**changes), changes)
        return write_query(slug, selection, self.language)


def name_view(page: Page, record: Record, selection: Selection) -> Page:
    """The page, or that of the one force, district or place of the selection, in the language in
    use."""
    if page.slug == _PLACES:
        return _name_place(page, record, selection)
    if page.slug != FORCES or not selection.force_id:
        return page
    question = _("{name}: how it uses live facial recognition, and what came of it.")
    name = _(record.by_id(Force)[selection.force_id].force_name)
    return replace(page, title=name, question=question.format(name=name))


def _name_place(page: Page, record: Record, selection: Selection) -> Page:
    area: District | Place | None = record.by_id(Place).get(selection.search)
    if selection.district:
        area = record.by_id(District).get(selection.district)
    if area is None:
        return page
    name = name_area(area)
    question = _("{name}: how often it was used here, when last, and what came of it.")
    return replace(page, title=name, question=question.format(name=name))


def cached(draw: Callable[..., Any]) -> Callable[..., Any]:
    """Keeps what a function draws, or returns, for its frame: release, page, selection, language
    and ground.

    The function takes a `PageContext` first, then texts and numbers, and draws no widget: what it
    drew is played to the next reader who asks for the same."""

    # Arguments with a leading underscore are not hashed by the framework, and names spare it asking
    # for the signature: what makes the key is one text, made here.
    def keep(
        *,
        key: str,  # noqa: ARG001
        _context: PageContext,
        _args: tuple[Any, ...],
        _kwargs: Mapping[str, Any],
    ) -> Any:
        return capture(lambda: draw(_context, *_args, **_kwargs))

    keep.__module__, keep.__qualname__ = draw.__module__, draw.__qualname__
    stored = st.cache_resource(show_spinner=False, max_entries=400)(keep)
    name = f"{draw.__module__}.{draw.__qualname__}"

    @wraps(draw)
    def show(context: PageContext, *args: Any, **kwargs: Any) -> Any:
        if is_capturing():
            return draw(context, *args, **kwargs)
        key = repr((context.key, args, kwargs)) if args or kwargs else context.key
        pieces, result = stored(key=key, _context=context, _args=args, _kwargs=kwargs)
        replay(pieces, f"{name} {key}")
        return result

    return show
