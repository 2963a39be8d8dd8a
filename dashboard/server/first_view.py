"""What a reader sees before the framework's scripts have run, and without JavaScript altogether.

In: a page, the language in use, and for the first page the release that serves. Out: HTML that
stands before the framework's root and is taken away when the page has been drawn
(`static/site.js`). The figures are the same Estimates, in the same words, as on the page. Does not
read a selection: whoever asks for one gets the frame without figures."""

from __future__ import annotations

import html
from functools import lru_cache
from itertools import groupby

from dashboard.pages import PAGES, SITE, Page
from dashboard.streamlit_internals.index_page import address_of
from dashboard.text.language import LANGUAGES, _, language
from dashboard.text.language import mark as N_
from dashboard.text.numbers import describe_gap, format_period, format_total
from etl.measures.catalogue import MEASURES
from etl.model.caveats import CAVEATS
from etl.queries.record import Record
from etl.settings import DASHBOARD_DIR

# The counts with which the first page opens.
FIGURES = ("deployments_count", "faces_seen_count", "alerts_count", "arrests_count")
_COMING = N_("Charts and tables follow.")
_NO_SCRIPT = N_(
    "Charts, filters and tables on this site need JavaScript. Without it these pages still say "
    "what they answer, and all data can be downloaded:"
)
_DOWNLOADS = (
    ("/api/v1/deployments.csv", N_("every deployment")),
    (
        "/api/v1/estimates.csv?measure=faces_seen_count&by=force,year",
        N_("faces seen by force and year"),
    ),
    (
        "/api/v1/estimates.csv?measure=false_share_of_alerts&by=force,year",
        N_("false share of alerts by force and year"),
    ),
)


def read_style(font: str) -> str:
    """The styles of the first view, with the address of the framework's text face in them."""
    style = (DASHBOARD_DIR / "static" / "first_view.css").read_text(encoding="utf-8")
    return f"<style>\n{style.replace('{font}', font)}</style>"


def write_first_view(page: Page, query: str, figures: str) -> str:
    """The whole of it; `query` is what the links carry on (`?lang=cy` or nothing),
    `figures` comes from `write_figures`."""
    menu = "".join(
        (
            f"<li><span>{_text(_(group))}</span>"
            f"<ul>{''.join(_link(member, page, query) for member in members)}</ul></li>"
        )
        for group, members in groupby(PAGES, key=lambda each_page: each_page.group)
    )
    downloads = "".join(
        f'<li><a href="{_text(_carry(address, query))}">{_text(_(words))} (CSV)</a></li>'
        for address, words in _DOWNLOADS
    )
    return (
        f'<div id="first-view"><header><a class="site" href="/{query}">{_text(_(SITE))}</a>'
        f"<strong>{_text(_(CAVEATS['not_official']))}</strong>{_write_languages(page)}</header>"
        f'<nav aria-label="{_text(_("Pages"))}"><ul>{menu}</ul></nav><main>'
        f"<h1>{_text(_(page.title))}</h1><p>{_text(_(page.question))}</p>{figures}"
        f'<p class="coming">{_text(_(_COMING))}</p><div class="bones" aria-hidden="true"><i></i>'
        "<i></i><i></i></div><noscript><style>#first-view .coming, #first-view .bones { display: "
        f"none; }}</style><p>{_text(_(_NO_SCRIPT))}</p><ul>{downloads}</ul></noscript></main></div>"
    )


def write_figures(record: Record) -> str:
    """The headline counts of all forces, in the language in use."""
    return _write_figures(record, language())


@lru_cache(maxsize=8)
# The words are in that language.
def _write_figures(record: Record, code: str) -> str:  # noqa: ARG001
    return f'<ul class="figures">{"".join(_figure(record, figure) for figure in FIGURES)}</ul>'


def _figure(record: Record, measure_id: str) -> str:
    estimate = record.estimate(measure_id).only()
    gap, period = describe_gap(estimate), format_period(estimate.period_start, estimate.period_end)
    return (
        f"<li><h2>{_text(_(MEASURES[measure_id].title))}</h2><p>"
        f"<b>{_text(format_total(estimate))}</b></p>{f'<p>{_text(gap)}</p>' if gap else ''}"
        f"<p>{_text(period)}</p></li>"
    )


def _link(page: Page, here: Page, query: str) -> str:
    current = ' aria-current="page"' if page is here else ""
    return f'<li><a href="{address_of(page)}{query}"{current}>{_text(_(page.title))}</a></li>'


def _carry(address: str, query: str) -> str:
    """An address with what the links carry on, so that a file from a Welsh page has Welsh
    headings."""
    return address + (query.replace("?", "&", 1) if "?" in address else query)


def _write_languages(page: Page) -> str:
    return "".join(
        (
            f'<a class="language" href="{address_of(page, code)}" hreflang="{code}" '
            f'lang="{code}">{_text(name)}</a>'
        )
        for code, name in LANGUAGES.items()
        if code != language()
    )


def _text(text: str) -> str:
    return html.escape(text, quote=True)
