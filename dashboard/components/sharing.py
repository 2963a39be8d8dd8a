"""A figure to take along: as a picture, or inside another site's page.

In: the frame and a card. Out: HTML; nothing where there is no server that answers these addresses,
or no chart."""

from __future__ import annotations

import html

from starlette.datastructures import QueryParams

from dashboard.components.card import FigureCard
from dashboard.exports.formats import PREFIX
from dashboard.exports.urls import cite_address, downloads_are_served
from dashboard.rendering.context import PageContext
from dashboard.rendering.html import text
from dashboard.selection.selection import write_query
from dashboard.text.language import _
from etl.releases.catalogue import name_release
from etl.settings import read_site_url


def write_sharing(context: PageContext, card: FigureCard) -> str:
    """Links to the pictures, and what to paste for a figure that follows the record or one that
    stays as it is."""
    if not downloads_are_served():
        return ""
    released = name_release(context.record.release_id)
    live = _address("embed", context, card.card_id)
    parts = [_write_code(_("To show it in another page; it follows the record:"), card, live)]
    if released and card.download.startswith(f"{PREFIX}/"):
        cited = cite_address(card.download, released.version)
        words = _("Cite this figure: its address for good, with checksum and what became of it")
        parts.insert(0, f'<p><a href="{text(cited)}">{text(words)}</a></p>')
    if released:
        frozen = _address("embed", context, card.card_id, released.version)
        parts.append(
            _write_code(
                _("The same, as it is in release {version}:").format(version=released.version),
                card,
                frozen,
            )
        )
    if card.is_picture:
        version = released.version if released else ""
        links = " ".join(
            (
                f'<a href="{text(_address("chart", context, card.card_id, version, ending))}" '
                f"download>{text(words)}</a>"
            )
            for ending, words in (("png", _("Picture as PNG")), ("svg", _("Picture as SVG")))
        )
        parts.insert(0, f'<p class="lfr-links lfr-on-screen">{links}</p>')
    return "".join(parts)


def _address(
    kind: str, context: PageContext, card_id: str, version: str = "", ending: str = ""
) -> str:
    own = write_query(context.page.slug, context.selection, context.language)
    query = [(name, value) for name, values in own.items() for value in values]
    query += [("release", version)] if version else []
    requested = f"?{QueryParams(query)}" if query else ""
    return f"/{kind}/{context.page.slug}/{card_id}{f'.{ending}' if ending else ''}{requested}"


def _write_code(words: str, card: FigureCard, address: str) -> str:
    site = read_site_url()
    code = (
        f'<iframe src="{html.escape(f"{site}{address}")}" title="{html.escape(card.title)}" '
        'width="100%" height="640" loading="lazy"></iframe>'
    )
    return (
        f'<div class="lfr-on-screen"><p class="lfr-small">{text(words)}</p>'
        f'<pre class="lfr-code" tabindex="0"><code>{text(code)}</code></pre></div>'
    )
