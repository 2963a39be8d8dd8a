"""What crawlers request by name: robots.txt and the sitemap.

In: a request. Out: the file. Does not know what a page shows."""

from __future__ import annotations

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from dashboard.documents.page import PLACES, list_places
from dashboard.pages import PAGES
from dashboard.rendering.release import RecordFaultError, find_record
from dashboard.selection.selection import FORCES, LANG, name_by_path, write_address
from dashboard.streamlit_internals.index_page import TAGS, address_of
from dashboard.text.language import DEFAULT, LANGUAGES
from dashboard.web.site_url import keep_named, name_site
from dashboard.web.templates import render_template
from etl.model.reference import Force

_CACHE_CONTROL = "public, max-age=3600"


async def show_robots(request: Request) -> Response:
    """What programs may read: all pages and downloads, not the framework's inside."""
    site = name_site(request)
    lines = ["User-agent: *", "Allow: /", "Disallow: /_stcore/", "Disallow: /media/"]
    text = "\n".join([*lines, *([f"Sitemap: {site}/sitemap.xml"] if site else [])]) + "\n"
    return PlainTextResponse(text, headers={"Cache-Control": keep_named(_CACHE_CONTROL)})


def _list_forces() -> list[str]:
    """All of the release that serves; none if no release can be read."""
    try:
        return sorted(find_record().by_id(Force))
    except RecordFaultError:
        return []


async def show_sitemap(request: Request) -> Response:
    """Every page, force, district and place in every language. It has no dates of change:
    a release is known by its content, not by a date."""
    site = name_site(request)
    pages = [
        {TAGS[code]: f"{site}{address_of(page, code)}" for code in LANGUAGES} for page in PAGES
    ]
    for force_id in await to_thread.run_sync(_list_forces):
        query = {"force": [force_id]}
        pages.append(
            {
                TAGS[code]: site
                + name_by_path(
                    write_address(FORCES, query | ({} if code == DEFAULT else {LANG: [code]}))
                )
                for code in LANGUAGES
            }
        )
    for query in await to_thread.run_sync(list_places):
        spoken = {code: query | ({} if code == DEFAULT else {LANG: [code]}) for code in LANGUAGES}
        pages.append(
            {TAGS[code]: f"{site}{write_address(PLACES, spoken[code])}" for code in LANGUAGES}
        )
    return Response(
        render_template("sitemap.xml", pages=pages),
        media_type="application/xml",
        headers={"Cache-Control": keep_named(_CACHE_CONTROL)},
    )
