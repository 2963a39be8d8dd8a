"""The site's own navigation and header: links that keep what goes along, and the language switch.

In: the pages that there are, and the frame. Out: a sidebar, which a phone folds into a menu; the header of a page.
Streamlit's own navigation would lose the address. Its page links change the page without loading the site again (0.2 to
0.4 seconds here, against 1.5 for a link of our own), so they are used for every page but the one that is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

import streamlit as st

from dashboard.language import DEFAULT, LANGUAGES, _
from dashboard.pages import BY_SLUG, PAGES, SITE
from dashboard.parts.frame import Frame
from dashboard.parts.style import show_html, text
from dashboard.selection import LANG, write_address
from etl.model.caveats import CAVEATS


def show_navigation(frame: Frame, pages: Mapping[str, st.Page]) -> None:
    """Every page by group; the one that is shown is marked."""
    with st.sidebar:
        for group, members in groupby(PAGES, key=lambda page: page.group):
            show_html(f'<h2 class="lfr-menu-group">{text(_(group))}</h2>')
            for page in members:
                if page.slug == frame.page.slug:
                    here = text(frame.address())
                    show_html(
                        f'<a class="lfr-here" aria-current="page" href="{here}">{text(_(page.title))}</a>'
                    )
                else:
                    st.page_link(
                        pages[page.slug],
                        label=_(page.title),
                        query_params=frame.query_of(page.slug),
                        width="stretch",
                    )


def show_header(frame: Frame) -> None:
    """Name of the site, that these are not official statistics, the other language, and the page's title and question."""
    home = text(frame.address_of(PAGES[0].slug))
    page = BY_SLUG[frame.page.slug]
    show_html(
        f'<div class="lfr-header"><a class="lfr-site" href="{home}">{text(_(SITE))}</a>'
        f'<span class="lfr-status">{text(_(CAVEATS["not_official"]))}</span>{_write_languages(frame)}</div>'
    )
    st.title(_(page.title), anchor=False)
    show_html(f'<p class="lfr-question">{text(_(page.question))}</p>')


def _write_languages(frame: Frame) -> str:
    """A link to this view in each other language, named in that language."""
    links = []
    for code, name in LANGUAGES.items():
        if code == frame.language:
            continue
        query = {one: st.query_params.get_all(one) for one in st.query_params if one != LANG}
        asked = query if code == DEFAULT else {**query, LANG: [code]}
        address = text(write_address(frame.page.slug, asked))
        links.append(
            f'<a class="lfr-language" href="{address}" hreflang="{code}" lang="{code}">{text(name)}</a>'
        )
    return "".join(links)
