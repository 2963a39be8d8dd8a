"""The site's own navigation and header: links that keep what goes along, and the language switch.

In: the frame. Out: a sidebar, which a phone folds into a menu; the header of a page. Streamlit's
own navigation would lose the address, and each of its page links is an element of its own. These
are links; the site's script follows them, and every other link to a page, without loading the site
again."""

from __future__ import annotations

from itertools import groupby

from dashboard.pages import BY_SLUG, PAGES, SITE, Page
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html, show_sidebar
from dashboard.selection.selection import write_address, write_query
from dashboard.text.language import LANGUAGES, _
from etl.model.caveats import CAVEATS


@cached
def show_surroundings(context: PageContext) -> None:
    """Header and navigation."""
    _show_header(context)
    _show_navigation(context)


def _show_header(context: PageContext) -> None:
    """Name of the site, that these are not official statistics, the other language,
    and the page's title and question."""
    home = text(context.address_of(PAGES[0].slug))
    page = BY_SLUG[context.page.slug]
    show_html(
        f'<div class="lfr-header"><a class="lfr-site" href="{home}">{text(_(SITE))}</a>'
        f'<span class="lfr-status">{text(_(CAVEATS["not_official"]))}</span>'
        f"{_write_languages(context)}</div>"
    )
    show_html(f'<h1>{text(_(page.title))}</h1><p class="lfr-question">{text(_(page.question))}</p>')


def _show_navigation(context: PageContext) -> None:
    """Every page by group; the one that is shown is marked."""
    groups = groupby(PAGES, key=lambda page: page.group)
    sentence = "".join(
        (
            f'<h2 class="lfr-menu-group">{text(_(group))}</h2>'
            f"<ul>{''.join(_write_item(context, member) for member in members)}</ul>"
        )
        for group, members in groups
    )
    show_sidebar(f'<nav class="lfr-menu" aria-label="{text(_("Pages"))}">{sentence}</nav>')


def _write_item(context: PageContext, page: Page) -> str:
    if page.slug == context.page.slug:
        kind, address = ' class="lfr-here" aria-current="page"', context.address()
    else:
        kind, address = "", context.address_of(page.slug)
    return f'<li><a{kind} href="{text(address)}">{text(_(page.title))}</a></li>'


def _write_languages(context: PageContext) -> str:
    """A link to this view in each other language, named in that language."""
    links = []
    for code, name in LANGUAGES.items():
        if code != context.language:
            address = text(
                write_address(
                    context.page.slug, write_query(context.page.slug, context.selection, code)
                )
            )
            links.append(
                f'<a class="lfr-language" href="{address}" hreflang="{code}" '
                f'lang="{code}">{text(name)}</a>'
            )
    return "".join(links)
