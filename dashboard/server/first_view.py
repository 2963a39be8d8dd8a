"""What a reader sees before the framework's scripts have run, and without JavaScript altogether.

In: a page, the language in use, and for the first page the release that serves. Out: HTML that
stands before the framework's root and is taken away when the page has been drawn
(`static/site.js`). The figures are the same Estimates, in the same words, as on the page. Does not
read a selection: whoever asks for one gets the frame without figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import groupby

from dashboard.pages import PAGES, SITE, Page
from dashboard.streamlit_internals.index_page import address_of
from dashboard.text.language import LANGUAGES, _, language
from dashboard.text.language import mark as N_
from dashboard.text.numbers import describe_gap, format_period, format_total
from dashboard.web.templates import render_template
from etl.measures.catalogue import MEASURES
from etl.model.caveats import CAVEATS
from etl.queries.record import Record
from etl.settings import DASHBOARD_DIR

# The counts with which the first page opens.
FIGURES = ("deployments_count", "faces_seen_count", "alerts_count", "arrests_count")
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


def write_first_view(page: Page, query: str, figures: Sequence[Mapping[str, str]] = ()) -> str:
    """The whole of it; `query` is what the links carry on (`?lang=cy` or nothing), `figures` comes
    from `list_figures`."""
    menu = [
        (_(group), [_link(member, page, query) for member in members])
        for group, members in groupby(PAGES, key=lambda each_page: each_page.group)
    ]
    downloads = [
        {"address": _carry(address, query), "title": _(title)} for address, title in _DOWNLOADS
    ]
    languages = [
        {"address": address_of(page, code), "code": code, "name": name}
        for code, name in LANGUAGES.items()
        if code != language()
    ]
    return render_template(
        "first_view.html",
        site=_(SITE),
        caveat=_(CAVEATS["not_official"]),
        query=query,
        languages=languages,
        menu=menu,
        title=_(page.title),
        question=_(page.question),
        figures=figures,
        downloads=downloads,
    )


def list_figures(record: Record) -> tuple[Mapping[str, str], ...]:
    """The headline counts of all forces, in the language in use."""
    return _list_figures(record, language())


@lru_cache(maxsize=8)
# The words are in that language.
def _list_figures(record: Record, code: str) -> tuple[Mapping[str, str], ...]:  # noqa: ARG001
    return tuple(_describe_figure(record, measure_id) for measure_id in FIGURES)


def _describe_figure(record: Record, measure_id: str) -> Mapping[str, str]:
    estimate = record.estimate(measure_id).only()
    return {
        "title": _(MEASURES[measure_id].title),
        "total": format_total(estimate),
        "gap": describe_gap(estimate),
        "period": format_period(estimate.period_start, estimate.period_end),
    }


def _link(page: Page, here: Page, query: str) -> Mapping[str, object]:
    return {
        "address": f"{address_of(page)}{query}",
        "title": _(page.title),
        "is_current": page is here,
    }


def _carry(address: str, query: str) -> str:
    """An address with what the links carry on, so that a file from a Welsh page has Welsh
    headings."""
    return address + (query.replace("?", "&", 1) if "?" in address else query)
