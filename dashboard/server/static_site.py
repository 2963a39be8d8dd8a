"""A release as a site: the documents of all default views and of every force, with their files, and
those of every district, in a folder that any file server serves.

In: the site's routes, asked in this process. Out: paths with their bytes. The tables and previews
of districts, and the pages of single places, are left out: they take longer than all else. Links
within the folder are relative; what is not in it leads to the site where its URL is set, and is
plain text where it is not. No page of it has a script, and none fetches anything from elsewhere."""

from __future__ import annotations

import asyncio
import hashlib
import html
import os
import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from starlette.applications import Starlette
from starlette.types import Message, Scope

from dashboard.documents.page import PLACES, DocumentRequest, list_defaults, list_district_requests
from dashboard.exports.urls import serve_downloads
from dashboard.pages import BY_SLUG, HOME
from dashboard.rendering.html import text
from dashboard.selection.selection import FORCES, LANG, name_by_path, write_address
from dashboard.server.app import ROUTES
from dashboard.text.language import DEFAULT, _, use_language
from dashboard.text.numbers import format_date
from etl.files import write_folder_atomically
from etl.settings import read_site_url

# Links to other files than these are not in the folder: the tables are the release's own files.
_FILES = ("/api/v1/estimates.csv", "/api/v1/deployments.csv")
_ASSETS = ("/assets/", "/favicon.")
_SCRIPT = re.compile(
    r'\s*<script (?:defer src=|type="application/json")[^>]*>.*?</script>'
    r"|\s*<noscript>.*?</noscript>|<p id=\"lost\".*?</p>",
    re.DOTALL,
)
_LINK = re.compile(r'<a ([^>]*?)href="(/[^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)
_HEAD_LINK = re.compile(r'\s*<link ([^>]*?)href="(/[^"]*)"([^>]*)>')
_FONT = re.compile(r'url\("(/assets/[^"]*)"\)')
_IMAGE = re.compile(r'<meta property="og:image" content="([^"]*)" />')
_STYLE = (
    "<style>[class*=st-key-filters-],.lfr-more,.lfr-pages,.lfr-choice{display:none!important}"
    "</style>"
)
Progress = Callable[[str], None]


@dataclass(slots=True)
class StaticSite:
    """The files so far by path, and the addresses that have one."""

    site: str
    pages: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)


def write_site(
    releases: Path, to: Path, progress: Progress = lambda _step: None
) -> tuple[int, int]:
    """Writes the folder of the release that serves; the numbers of its files and bytes."""
    os.environ["LFR_RELEASES"] = str(releases)
    serve_downloads()
    files = asyncio.run(_collect(progress))
    write_folder_atomically(to, files, "index.html")
    return len(files), sum(map(len, files.values()))


async def _collect(progress: Progress) -> dict[str, bytes]:
    site = StaticSite(read_site_url())
    requests = [*list_defaults(), *list_district_requests()]
    site.pages = {request.address: _path_of(request) for request in requests}
    for request in requests:
        progress(site.pages[request.address])
        await _add_page(site, request)
    return site.files


def _path_of(request: DocumentRequest) -> str:
    slug = "index" if request.page is HOME else request.page.slug
    selection = request.selection
    named = selection.force_id or selection.district
    name = f"{slug}/{named}" if named else slug
    return f"{'' if request.language == DEFAULT else f'{request.language}/'}{name}.html"


async def _add_page(site: StaticSite, request: DocumentRequest) -> None:
    path = site.pages[request.address]
    page = (await _fetch(request.address)).decode()
    wanted = {html.unescape(link) for _before, link, *_rest in _LINK.findall(page)}
    wanted |= {html.unescape(link) for _before, link, _rest in _HEAD_LINK.findall(page)}
    wanted |= set(_FONT.findall(page))
    image, is_district = _IMAGE.search(page), path.rpartition("/")[0].endswith(PLACES)
    pictures = {html.unescape(image[1]).removeprefix(site.site)} if image else set()
    files = _ASSETS if is_district else (*_FILES, *_ASSETS)
    for address in sorted(wanted | pictures):
        if address.startswith(files) or (address in pictures and not is_district):
            await _add_file(site, address)
    site.files[path] = _rewrite(site, path, page, request).encode()


async def _add_file(site: StaticSite, address: str) -> None:
    """One file, once: a shorter name than its address, which is a question."""
    if address in site.paths:
        return
    path, _mark, query = address.partition("?")
    if path.startswith(_ASSETS):
        name = path.removeprefix("/")
    else:
        stem, _dot, ending = path.rpartition("/")[2].rpartition(".")
        digest = hashlib.sha256(f"{path}?{query}".encode()).hexdigest()[:12]
        name = f"files/{stem}-{digest}.{ending}"
    site.paths[address] = name
    site.files[name] = await _fetch(address)


def _rewrite(site: StaticSite, path: str, page: str, request: DocumentRequest) -> str:
    """A page of the folder: no script, relative links, a sentence on where it belongs."""

    def relative(target: str) -> str:
        return posixpath.relpath(target, posixpath.dirname(path) or ".")

    def link(match: re.Match[str]) -> str:
        before, address, after, words = match.groups()
        target = _find(site, html.unescape(address))
        if target is None:
            return f"<span>{words}</span>"
        goal = target if target.startswith("http") else _join(relative, target)
        return f'<a {before}href="{text(goal)}"{after}>{words}</a>'

    def head_link(match: re.Match[str]) -> str:
        target = _find(site, html.unescape(match[2]))
        if target is None:
            return ""
        goal = target if target.startswith("http") else _join(relative, target)
        return f'\n    <link {match[1]}href="{text(goal)}"{match[3]}>'

    page = _SCRIPT.sub("", page)
    page = _FONT.sub(lambda match: f'url("{relative(site.paths[match[1]])}")', page)
    page = _HEAD_LINK.sub(head_link, _LINK.sub(link, page))
    page = _IMAGE.sub(lambda match: _write_image(site, relative, match), page)
    note = f'<div class="lfr-note"><p>{_describe(site, request)}</p></div>'
    page = re.sub(r"(<main [^>]*><div [^>]*>\n?)", lambda match: match[1] + note, page, count=1)
    return page.replace("</head>", f"{_STYLE}</head>", 1)


def _find(site: StaticSite, address: str) -> str | None:
    """Where a link leads: a path of the folder with its anchor, the site, or nowhere."""
    if address in site.paths:
        return site.paths[address]
    bare, mark, anchor = address.partition("#")
    if bare in site.pages:
        return f"{site.pages[bare]}{mark}{anchor}"
    if site.site:
        return f"{site.site}{address}"
    parts = urlsplit(bare)
    slug, _slash, named = (parts.path.removeprefix("/") or HOME.slug).partition("/")
    if slug not in BY_SLUG:
        return None
    query = dict(parse_qsl(parts.query)) | ({"force": named} if named else {})
    language = {LANG: [query[LANG]]} if LANG in query else {}
    names = {FORCES: ("force",), PLACES: ("district",)}.get(slug, ())
    named_by = {name: [query[name]] for name in names if name in query}
    for fields in (named_by | language, language):
        if found := site.pages.get(name_by_path(write_address(slug, fields))):
            return f"{found}{mark}{anchor}"
    return None


def _join(relative: Callable[[str], str], target: str) -> str:
    path, mark, anchor = target.partition("#")
    return f"{relative(path)}{mark}{anchor}"


def _write_image(site: StaticSite, relative: Callable[[str], str], match: re.Match[str]) -> str:
    """A preview has to be named in full; without the site's URL it is at least there, or none is
    named."""
    if site.site:
        return match[0]
    path = site.paths.get(html.unescape(match[1]))
    return f'<meta property="og:image" content="{relative(path)}" />' if path else ""


def _describe(site: StaticSite, request: DocumentRequest) -> str:
    use_language(request.language)
    release = request.release
    sentence = _(
        "This page belongs to release {version} of {date}, as a folder of files. Filters and live "
        "charts are on the site."
    ).format(version=release.version, date=format_date(release.date))
    newest = (
        f' <a href="{text(site.site + request.address)}">{text(_("The newest release"))}</a>'
        if site.site
        else ""
    )
    return f"{text(sentence)}{newest}"


async def _fetch(address: str) -> bytes:
    """The body of the answer to an address; ValueError for any other status than 200."""
    parts = urlsplit(address)
    scope: Scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": parts.path,
        "raw_path": parts.path.encode(),
        "query_string": parts.query.encode(),
        "headers": [],
        "server": None,
        "client": None,
    }
    messages: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        messages.append(message)

    await _APP(scope, receive, send)
    if messages[0]["status"] != 200:
        raise ValueError(f"{address} is answered with status {messages[0]['status']}")
    return b"".join(message.get("body", b"") for message in messages[1:])


_APP = Starlette(routes=ROUTES)
