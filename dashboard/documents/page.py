"""A page as a document: what an address asks for, and the HTML that answers it.

In: a page and the parameters of its address. Out: a `Request`, which is all that its document
depends on; the document. Knows no reader: two who ask for the same get the same bytes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape

from starlette.datastructures import QueryParams

from dashboard.components.staleness_banner import is_old
from dashboard.documents.body import Body, write_body
from dashboard.documents.colours import name_colours, write_colours
from dashboard.documents.schema_org import write_dataset
from dashboard.pages import BY_SLUG, HOME, PAGES, SITE, Page
from dashboard.queries.places import get_spots
from dashboard.rendering.context import PageContext
from dashboard.rendering.html import text
from dashboard.rendering.pieces import capture_document
from dashboard.rendering.release import RecordFaultError, find_record, open_info
from dashboard.selection.selection import (
    FORCES,
    NOTHING,
    Query,
    Selection,
    describe_unknown,
    name_by_path,
    read_address,
    write_address,
    write_query,
)
from dashboard.streamlit_internals.framework_text import write_words
from dashboard.streamlit_internals.index_page import TAGS, write_head
from dashboard.text.language import LANGUAGES, _, language, use_language
from dashboard.views.registry import VIEWS, keep_choices, show_whole_page
from dashboard.web.assets import DOCUMENT_STYLE, FONT, MAP_SCRIPT, STARTER, STYLE, name_asset
from dashboard.web.templates import Html, render_template
from etl.model.reference import Force
from etl.model.releases import ReleaseInfo
from etl.queries.record import Record
from etl.releases.catalogue import is_fallback

# Stands for the site's URL in a document until it is sent: the same document serves every host.
SITE_MARK = "https://site.invalid"
PLACES = "places"
# Until the text face is there, one that takes as much room.
_FALLBACKS = (
    ("Fallback", "400", 'local("Arial"),local("Liberation Sans");size-adjust:82%'),
    ("Fallback", "600 700", 'local("Arial Bold"),local("Liberation Sans Bold");size-adjust:74.5%'),
)
# Links to the views of forces.
_LINKS = re.compile(rf'href="(/{FORCES}[?][^"]*)"')
# What the script of a document needs to start the framework, as JSON.
Live = Callable[[Page], str]


@dataclass(frozen=True, slots=True)
class DocumentRequest:
    """All that a document depends on."""

    page: Page
    language: str
    selection: Selection
    ignored: tuple[str, ...]
    record: Record
    release: ReleaseInfo
    # Whether the record is no longer kept up, and whether it stands in for a newer one.
    is_old: bool
    is_fallback: bool
    # Whether the address held what may not stand in one, and should be another.
    is_cleaned: bool = False

    @property
    def key(self) -> tuple[str, ...]:
        """The same as texts."""
        return (
            self.record.release_id,
            self.release.version,
            self.page.slug,
            self.language,
            repr(self.selection),
            repr(self.ignored),
            str((self.is_old, self.is_fallback)),
        )

    @property
    def query(self) -> dict[str, list[str]]:
        """The parameters of the page's canonical address."""
        return write_query(self.page.slug, self.selection, self.language)

    @property
    def address(self) -> str:
        """The canonical address below the site's root."""
        return name_by_path(write_address(self.page.slug, self.query))


def read_request(page: Page, query: Query, language: str) -> DocumentRequest:
    """What an address asks of the release that serves; RecordFaultError if there is none."""
    use_language(language)
    record = find_record()
    release = open_info(record)
    choices = keep_choices(record, language, release.version)
    selection, sentences = read_address(page.slug, query, choices)
    clean = VIEWS[page.slug].clean
    cleaned = clean(selection) if clean else selection
    today = dt.datetime.now(dt.UTC).date()
    ignored = (*sentences, *describe_unknown(query))
    return DocumentRequest(
        page,
        language,
        cleaned,
        ignored,
        record,
        release,
        is_old(record, today),
        is_fallback(),
        cleaned != selection,
    )


def list_defaults() -> Iterator[DocumentRequest]:
    """The default view of every page and the profile of every force, in every language."""
    for code in LANGUAGES:
        for page in PAGES:
            yield read_request(page, {}, code)
    for code in LANGUAGES:
        for force_id in sorted(find_record().by_id(Force)):
            yield read_request(BY_SLUG[FORCES], {"force": [force_id]}, code)


def list_places() -> list[dict[str, list[str]]]:
    """What the address of every district and place with deployments asks for; nothing without a
    release."""
    try:
        record = find_record()
    except RecordFaultError:
        return []
    districts = record.estimate("deployments_count", by=("district_code",)).estimates
    codes = sorted(str(each.of("district_code")) for each in districts if each.of("district_code"))
    queries = [{"district": [code]} for code in codes]
    return queries + [{"place": [spot.place.place_id]} for spot in get_spots(record)]


def list_district_requests() -> Iterator[DocumentRequest]:
    """The page of every district with deployments, in every language."""
    queries = [query for query in list_places() if "district" in query]
    for code in LANGUAGES:
        for query in queries:
            yield read_request(BY_SLUG[PLACES], query, code)


def write_document(request: DocumentRequest, live: Live) -> str:
    """The whole document, with `SITE_MARK` for the site's URL."""
    use_language(request.language)
    slug, record, release = request.page.slug, request.record, request.release
    choices = keep_choices(record, request.language, release.version)
    context = PageContext(
        request.page, record, choices, request.selection, request.language, False, release
    )
    pieces = capture_document(lambda: show_whole_page(context, request.ignored))
    body = write_body(pieces, write_address(slug, {}), request.query)
    addresses = {
        code: name_by_path(write_address(slug, write_query(slug, request.selection, code)))
        for code in LANGUAGES
    }
    described = write_dataset(SITE_MARK, record, release) if request.page is HOME else ""
    image, alt = _find_image(request, body)
    head = f"{write_head(context.heading, SITE_MARK, addresses, image, alt)}\n    {described}"
    return _fill(request.page, head, body, live)


def write_faulty(page: Page, language: str, title: str, message: str, live: Live) -> str:
    """A document that says why there is no page; `message` is HTML."""
    use_language(language)
    home = text(write_address(PAGES[0].slug, write_query(PAGES[0].slug, NOTHING, language)))
    header = f'<div class="lfr-header"><a class="lfr-site" href="{home}">{text(_(SITE))}</a></div>'
    pieces = (header, f"<h1>{text(title)}</h1>", message)
    addresses = {
        code: write_address(page.slug, write_query(page.slug, NOTHING, code)) for code in LANGUAGES
    }
    head = write_head(page, SITE_MARK, addresses)
    return _fill(page, head, write_body(pieces, "", {}), live)


def _find_image(request: DocumentRequest, body: Body) -> tuple[str, str]:
    """The address of the picture of the first chart, and what it shows."""
    if not body.charts:
        return "", ""
    chart = body.charts[0]
    pairs = [(name, value) for name, values in request.query.items() for value in values]
    query = f"?{QueryParams(pairs)}" if pairs else ""
    return f"/chart/{request.page.slug}/{chart.name}.png{query}", chart.alt


def _name_link(match: re.Match[str]) -> str:
    return f'href="{text(name_by_path(unescape(match[1])))}"'


def _fill(page: Page, head: str, body: Body, live: Live) -> str:
    font = "".join(
        f'@font-face{{font-family:"{name}";font-weight:{weight};font-display:swap;src:{source}}}'
        for name, weight, source in (
            ("Source Sans", "400 700", f'url("{name_asset(FONT)}") format("woff2")'),
            *_FALLBACKS,
        )
    )
    return render_template(
        "document.html",
        tag=TAGS[language()],
        head=Html(head),
        colours=Html(write_colours()),
        font=Html(font),
        face=name_asset(FONT),
        sheets=(name_asset(STYLE), name_asset(DOCUMENT_STYLE)),
        scripts=(name_asset(STARTER), name_asset(MAP_SCRIPT)),
        live=Html(live(page)),
        words=Html(write_words()),
        menu=Html(_LINKS.sub(_name_link, body.menu)),
        page=Html(_LINKS.sub(_name_link, name_colours(body.page))),
    )
