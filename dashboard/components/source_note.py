"""Where figures come from: the publications by name, and how recent they are.

In: ids of publications. Out: HTML and words."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.pages import BY_SLUG
from dashboard.rendering.context import PageContext
from dashboard.rendering.html import link, printed, text
from dashboard.text.language import _, ngettext
from dashboard.text.numbers import format_date
from etl.model.codes import RELIABILITY
from etl.model.reference import Edition, Publication

SOURCES = "sources"
_MAX_NAMED = 3


def write_source_note(context: PageContext, publication_ids: Iterable[str]) -> str:
    """`Source: …`: each publication is a link, to its place on the page of sources if there is one,
    else to itself."""
    publications, links = _list_publications(context, publication_ids), []
    for publication in publications[:_MAX_NAMED]:
        if SOURCES in BY_SLUG:
            address = context.address_of(SOURCES, publication.publication_id)
            links.append(f'<a href="{text(address)}">{printed(publication.title)}</a>')
        else:
            links.append(link(publication.url, publication.title))
    more = len(publications) - len(links)
    if more:
        links.append(text(ngettext("{count} more", "{count} more", more).format(count=more)))
    if not links:
        return ""
    return ngettext("Source: {names}.", "Sources: {names}.", len(publications)).format(
        names="; ".join(links)
    )


def name_sources(context: PageContext, publication_ids: Iterable[str]) -> str:
    """The same in plain text, every publication by name."""
    names = [str(publication.title) for publication in _list_publications(context, publication_ids)]
    return ngettext("Source: {names}.", "Sources: {names}.", len(names)).format(
        names="; ".join(names)
    )


def describe_update(context: PageContext, publication_ids: Iterable[str]) -> str:
    """`Last retrieved 6 September 2026.`"""
    wanted = set(publication_ids)
    days = [
        edition.retrieved_on
        for edition in context.record.table(Edition)
        if edition.publication_id in wanted and edition.retrieved_on
    ]
    if not days:
        return _("Date of retrieval not known.")
    return _("Last retrieved {day}.").format(day=format_date(max(days)))


def _list_publications(context: PageContext, publication_ids: Iterable[str]) -> list[Publication]:
    """The most reliable first."""
    wanted, order = set(publication_ids), list(RELIABILITY)
    publications = [
        publication
        for publication in context.record.table(Publication)
        if publication.publication_id in wanted
    ]
    return sorted(
        publications,
        key=lambda publication: (order.index(publication.reliability), publication.title),
    )
