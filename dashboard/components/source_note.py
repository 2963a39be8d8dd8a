"""Where figures come from: the publications by name, and how recent they are.

In: ids of publications. Out: HTML and words.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dashboard.pages import BY_SLUG
from dashboard.rendering.context import Frame
from dashboard.rendering.html import link, printed, text
from dashboard.text.language import _, ngettext
from dashboard.text.numbers import say_date
from etl.model.codes import RELIABILITY

SOURCES = "sources"
_MOST_NAMED = 3


def write_source_note(frame: Frame, publication_ids: Iterable[str]) -> str:
    """`Source: …`: each publication is a link, to its place on the page of sources if there is one, else to itself."""
    found, links = _list_publications(frame, publication_ids), []
    for one in found[:_MOST_NAMED]:
        if SOURCES in BY_SLUG:
            address = frame.address_of(SOURCES, one["publication_id"])
            links.append(f'<a href="{text(address)}">{printed(one["title"])}</a>')
        else:
            links.append(link(one["url"], one["title"]))
    more = len(found) - len(links)
    if more:
        links.append(text(ngettext("{count} more", "{count} more", more).format(count=more)))
    if not links:
        return ""
    return ngettext("Source: {names}.", "Sources: {names}.", len(found)).format(names="; ".join(links))


def name_sources(frame: Frame, publication_ids: Iterable[str]) -> str:
    """The same in plain text, every publication by name."""
    names = [str(one["title"]) for one in _list_publications(frame, publication_ids)]
    return ngettext("Source: {names}.", "Sources: {names}.", len(names)).format(names="; ".join(names))


def say_update(frame: Frame, publication_ids: Iterable[str]) -> str:
    """`Last retrieved 6 September 2026.`"""
    wanted = set(publication_ids)
    days = [
        one["retrieved_on"]
        for one in frame.answers.rows("editions")
        if one["publication_id"] in wanted and one["retrieved_on"]
    ]
    if not days:
        return _("Date of retrieval not known.")
    return _("Last retrieved {day}.").format(day=say_date(max(days)))


def _list_publications(frame: Frame, publication_ids: Iterable[str]) -> list[dict[str, Any]]:
    """The most reliable first."""
    wanted, order = set(publication_ids), list(RELIABILITY)
    found = [one for one in frame.answers.rows("publications") if one["publication_id"] in wanted]
    return sorted(found, key=lambda one: (order.index(one["reliability"]), one["title"]))
