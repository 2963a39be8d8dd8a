"""The site's own navigation and header: links that keep what goes along, and the language switch.

In: the frame. Out: a sidebar, which a phone folds into a menu; the header of a page. Streamlit's
own navigation would lose the address, and each of its page links is an element of its own. These
are links; the site's script follows them, and every other link to a page, without loading the site
again."""

from __future__ import annotations

from itertools import groupby

from dashboard.components.templates import write_macro
from dashboard.pages import PAGES, SITE
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html, show_sidebar
from dashboard.selection.selection import write_address, write_query
from dashboard.text.language import LANGUAGES, _

_TEMPLATE = "components/navigation.html"


@cached
def show_surroundings(context: PageContext, *, is_titled: bool = True) -> None:
    """Header, with the language switch, that these are not official statistics; title and question
    of a page that has no title of its own; every page by group, this one marked."""
    page = context.heading
    languages = [
        (code, name, write_address(page.slug, write_query(page.slug, context.selection, code)))
        for code, name in LANGUAGES.items()
        if code != context.language
    ]
    home = context.address_of(PAGES[0].slug)
    show_html(write_macro(_TEMPLATE, "header", home, languages, _(SITE)))
    if is_titled:
        question = f'<p class="lfr-question">{text(_(page.question))}</p>'
        show_html(f"<h1>{text(_(page.title))}</h1>{question}")
    groups = [(name, list(pages)) for name, pages in groupby(PAGES, key=lambda page: page.group)]
    show_sidebar(write_macro(_TEMPLATE, "menu", context, groups))
