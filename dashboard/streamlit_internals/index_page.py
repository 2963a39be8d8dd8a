"""The start page of every page and language: the framework's own, with our words in its head and a
first view in its body.

In: the framework's index.html; a page, a language, the site's address. Out: HTML. A framework whose
page has changed shape stops the start with what is missing. Does not ask the record: the first view
comes ready."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import streamlit

from dashboard.pages import HOME, SITE, Page
from dashboard.text.language import DEFAULT, LANGUAGES, _, language
from dashboard.text.language import mark as N_
from dashboard.web.release_urls import ATOM, JSON_FEED
from etl.model.caveats import CAVEATS

# As browsers and screen readers know the languages.
_NEWS = N_("News")
TAGS = {"en": "en-GB", "cy": "cy"}
_HEAD, _SCRIPT, _PIECES, _BODY = (
    "<!-- head -->",
    "<!-- script -->",
    "<!-- pieces -->",
    "<!-- body -->",
)
_CHANGES = (
    (r"<!--\s*Copyright.*?-->\s*(?=<!DOCTYPE)", ""),
    (r"<html lang=\"en\">", '<html lang="en-GB">'),
    (r"<link rel=\"shortcut icon\"[^>]*/>", ""),
    (r"<title>Streamlit</title>", _HEAD),
    (r"<!--(?:(?!-->).)*agent API.*?-->\s*<link rel=\"service-desc\"[^>]*/>", ""),
    # Ours runs before the framework's: both are deferred, so in the order in which they stand.
    (r"(?=<script type=\"module\")", f"{_SCRIPT}\n    "),
    (r"(?=</head>)", f"  {_PIECES}\n  "),
    (r"<noscript>.*?</noscript>", ""),
    (r"(?=<div id=\"root\"></div>)", f"{_BODY}\n    "),
)


def read_index() -> str:
    """The framework's start page."""
    return (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")


def make_template(page: str) -> str:
    """The framework's page with the places for our words;
    ValueError naming the piece that is not there exactly once."""
    for pattern, ours in _CHANGES:
        page, count = re.subn(pattern, lambda match, ours=ours: ours, page, flags=re.DOTALL)  # type: ignore[misc]
        if count != 1:
            raise ValueError(
                f"the framework's index.html has {count} of {pattern!r}, where exactly 1 was "
                "expected"
            )
    # In the head it would hold back the first view, which does not need it;
    # in the body only what stands after it waits.
    styles = re.findall(r"\s*<link rel=\"stylesheet\"[^>]*>", page)
    for style in styles:
        page = page.replace(style, "", 1)
    return page.replace(_BODY, "".join([_BODY, *styles]), 1)


def fill_template(template: str, head: str, script: str, pieces: str, body: str) -> str:
    """A start page in the language in use: what goes into its head, before the framework's script,
    after it, into its body."""
    page = template.replace('<html lang="en-GB">', f'<html lang="{TAGS[language()]}">', 1)
    for place, ours in ((_HEAD, head), (_SCRIPT, script), (_PIECES, pieces), (_BODY, body)):
        page = page.replace(place, ours, 1)
    return page


def list_scripts(page: str) -> dict[str, list[str]]:
    """The framework's own files that its start page names: `module` the entry script, `styles`,
    `preloads`; ValueError if there is not one entry script and a style sheet at least."""
    found = {
        "module": re.findall(r"<script type=\"module\"[^>]* src=\"\.?(/static/[^\"]+)\"", page),
        "styles": re.findall(r"<link rel=\"stylesheet\"[^>]* href=\"\.?(/static/[^\"]+)\"", page),
        "preloads": re.findall(
            r"<link rel=\"modulepreload\"[^>]* href=\"\.?(/static/[^\"]+)\"", page
        ),
    }
    if len(found["module"]) != 1 or not found["styles"]:
        raise ValueError(
            f"the framework's index.html has {len(found['module'])} entry scripts and "
            f"{len(found['styles'])} style sheets, where 1 and at least 1 were expected"
        )
    return found


def describe_title(page: Page) -> str:
    """`Trends – Live facial recognition in UK policing`, as the page itself says it later."""
    return f"{_(page.title)} – {_(SITE)}"


def describe_page(page: Page) -> str:
    """The page's question, and that these are not official statistics."""
    return f"{_(page.question)} {_(CAVEATS['not_official'])}"


def address_of(page: Page, code: str = DEFAULT) -> str:
    """`/`, `/trends`, `/trends?lang=cy`."""
    path = "/" if page is HOME else f"/{page.slug}"
    return path if code == DEFAULT else f"{path}?lang={code}"


def write_head(
    page: Page, site: str, addresses: Mapping[str, str], image: str = "", alt: str = ""
) -> str:
    """Title, description, canonical address, the other languages, and how a link to the page looks
    where it is shared.

    `site` is the site's address without a path, empty if not known; addresses are relative then.
    `addresses` are those of this view by language; `image` is that of its first chart, and `alt`
    what it shows."""
    title, description = html.escape(describe_title(page)), html.escape(describe_page(page))
    here = html.escape(f"{site}{addresses[language()]}")
    others = [
        (
            f'<link rel="alternate" hreflang="{hreflang}" '
            f'href="{html.escape(f"{site}{addresses[code]}")}" />'
        )
        for code, hreflang in [*((code, TAGS[code]) for code in LANGUAGES), (DEFAULT, "x-default")]
    ]
    properties = {
        "og:type": "website",
        "og:site_name": html.escape(_(SITE)),
        "og:title": title,
        "og:description": description,
        "og:url": here,
        "og:locale": TAGS[language()].replace("-", "_")
        if language() == DEFAULT
        else f"{language()}_GB",
    }
    if image:
        properties |= {
            "og:image": html.escape(f"{site}{image}"),
            "og:image:type": "image/png",
            "og:image:alt": html.escape(alt),
        }
    feeds = (("atom+xml", ATOM), ("feed+json", JSON_FEED))
    lines: Iterable[str] = (
        f"<title>{title}</title>",
        f'<meta name="description" content="{description}" />',
        '<meta name="color-scheme" content="light dark" />',
        '<link rel="icon" href="/favicon.svg" type="image/svg+xml" />',
        '<link rel="alternate icon" href="/favicon.png" type="image/png" sizes="64x64" />',
        f'<link rel="canonical" href="{here}" />',
        *others,
        *(
            f'<link rel="alternate" type="application/{kind}" title="{html.escape(_(_NEWS))}" '
            f'href="{html.escape(site + address)}" />'
            for kind, address in feeds
        ),
        *(f'<meta property="{name}" content="{words}" />' for name, words in properties.items()),
        f'<meta name="twitter:card" content="{"summary_large_image" if image else "summary"}" />',
    )
    return "\n    ".join(lines)
