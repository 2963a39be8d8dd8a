"""The page that describes the addresses of data, and their OpenAPI document: plain HTML of this
site's own, without a script.

In: a request, the release that serves. Out: HTML; JSON.
Rendered from the declarations that answer the addresses."""

from __future__ import annotations

import hashlib
import html
import json
from collections.abc import Callable
from functools import lru_cache

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from dashboard.api.cache import is_known
from dashboard.api.openapi import render_openapi
from dashboard.api.problems import OPEN_TO_ALL, build_problem_response
from dashboard.api.snippets import write_snippets
from dashboard.exports.formats import ENDINGS, PREFIX
from dashboard.exports.parameters import ApiQuery
from dashboard.exports.resources import RESOURCES, Resource
from dashboard.pages import SITE
from dashboard.web.site_url import name_site
from etl.model.problems import RecordError
from etl.outputs.about import LICENCE, LICENCE_ADDRESS, STATUS
from etl.outputs.columns import Column
from etl.outputs.tables import MAX_ROWS
from etl.queries.record import Record
from etl.releases.catalogue import find_release, open_found

OPENAPI = f"{PREFIX}/openapi.json"
STYLE = (
    "body{font:1rem/1.5 sans-serif;max-width:60rem;margin:0 "
    "auto;padding:1rem;color:#1f1f1f;background:#fff}a{color:#12436d}pre{background:#f3f3f3;"
    "padding:.75rem;overflow-x:auto}table{border-collapse:collapse;width:100%;margin:.5rem "
    "0}th,td{text-align:left;vertical-align:top;padding:.25rem .5rem;border-bottom:1px solid "
    "#c8c8c8;overflow-wrap:anywhere}.scroll{overflow-x:auto}summary{cursor:pointer;padding:.5rem "
    "0}@media(prefers-color-scheme:dark){body{color:#f3f4f6;"
    "background:#14171c}a{color:#8ec1f0}pre{background:#22272e}}"
)


def api_page_routes() -> list[Route]:
    """The page and the document."""
    return [
        Route(f"{PREFIX}/", _make(write_api_page, "text/html; charset=utf-8")),
        Route(PREFIX, _lead_to_page),
        Route(OPENAPI, _make(_write_openapi, "application/vnd.oai.openapi+json;version=3.1")),
    ]


def write_api_page(site: str) -> str:
    """The page as HTML."""
    release = find_release()
    endings = "".join(
        f"<li><code>.{item.extension}</code>: {_text(item.meaning)}</li>"
        for item in ENDINGS.values()
    )
    snippets = "".join(
        (
            f"<h3>{_text(snippet.title)}</h3><pre tabindex='0'>"
            f"<code>{_text(snippet.code)}</code></pre>"
            f"{f'<p>{_text(snippet.note)}</p>' if snippet.note else ''}"
        )
        for snippet in write_snippets(site)
    )
    text = "".join(map(_write_resource, RESOURCES.values()))
    contents = "".join(f'<li><a href="#{name}">{_text(name)}</a></li>' for name in RESOURCES)
    return (
        '<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>Data by address – '
        f'{_text(SITE)}</title><meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="description" content="Every figure of the record as CSV, JSON and Parquet at '
        'an address that lasts."><link rel="icon" href="/favicon.svg" type="image/svg+xml">'
        f'<style>{STYLE}</style></head><body><header><p><a href="/">{_text(SITE)}</a></p></header>'
        "<main><h1>Data by address</h1><p>Every figure and table of the record has an address. Its "
        f"answer is exactly what was asked, with the same numbers as the pages. {_text(STATUS)}</p>"
        f"<p>The release that serves now is <strong>{_text(release.version)}</strong>. Without "
        "<code>release</code> an answer is of the release that serves; "
        "<code>release=VERSION</code> gives the same answer for good. The versions are in "
        f'<a href="{PREFIX}/releases.json">releases.json</a>.</p><h2>Kinds of file</h2><p>The '
        f"ending of the address says which:</p><ul>{endings}</ul><h2>What to know before you use a "
        "number</h2><ul><li>A blank value is absent, never nought: <code>value_status</code> says "
        "why.</li><li>A rate has its numerator, its denominator and 95% limits in the same row; "
        "use them.</li><li>In a CSV, a text that a spreadsheet would run as a formula has a "
        "leading apostrophe. JSON and Parquet have none.</li><li>A CSV is UTF-8 without a "
        "byte-order mark; <code>bom=yes</code> sets one, for Excel.</li><li>One answer holds at "
        f"most {MAX_ROWS:,} rows and has bounded time. Where a row is missing, the last record "
        "begins with <code>[cut]</code>, in JSON the last member <code>cut</code> says so, in "
        "Parquet the file’s metadata, and the header <code>LFR-Cut</code> is there.</li><li>What "
        "cannot be answered is a problem (RFC 9457) that names every wrong parameter and what it "
        "may be.</li><li><code>ETag</code> changes with the bytes: send it as "
        "<code>If-None-Match</code> and get 304 while nothing changed.</li></ul><p>For programs: "
        f'<a href="{OPENAPI}">the OpenAPI document</a>. Terms: '
        f'<a href="{LICENCE_ADDRESS}">{_text(LICENCE)}</a>.</p><h2>In your tool</h2>{snippets}'
        f"<h2>What there is</h2><ul>{contents}</ul>{text}</main></body></html>\n"
    )


def _write_resource(resource: Resource) -> str:
    address = f"{PREFIX}/{resource.name}.json{f'?{resource.example}' if resource.example else ''}"
    parameters = "".join(
        (
            f"<tr><th scope='row'><code>{api_parameter.name}</code></th>"
            f"<td>{_text(api_parameter.meaning)}{' Needed.' if api_parameter.needed else ''}</td>"
            f"<td>{_describe_kind(api_parameter.kind)}</td></tr>"
        )
        for api_parameter in resource.every_parameter
    )
    columns = "".join(map(_write_column, resource.columns(ApiQuery())))
    return (
        f'<section><h3 id="{resource.name}">{_text(resource.name)}</h3>'
        f'<p>{_text(resource.meaning)}</p><p>Example: <a href="{_text(address)}">'
        f"<code>{_text(address)}</code></a></p><div class='scroll'><table><caption>Parameters of "
        f"{resource.name}</caption><thead><tr><th scope='col'>parameter</th><th "
        "scope='col'>meaning</th><th scope='col'>may be</th></tr></thead>"
        f"<tbody>{parameters}</tbody></table></div><details><summary>Columns of "
        f"{resource.name}</summary><div class='scroll'><table><thead><tr><th "
        "scope='col'>column</th><th scope='col'>meaning</th><th scope='col'>unit</th></tr></thead>"
        f"<tbody>{columns}</tbody></table></div></details></section>"
    )


def _write_column(column: Column) -> str:
    return (
        f"<tr><th scope='row'><code>{column.name}</code></th><td>{_text(column.meaning)}</td>"
        f"<td>{_text(column.unit)}</td></tr>"
    )


def _describe_kind(kind: str) -> str:
    return {
        "codes": "codes of the record; may be repeated",
        "code": "one code of the record",
        "list": (
            "force, host, lender, region, district, place, year, quarter, month, use_case, "
            "threshold, vendor, reliability, publication"
        ),
        "day": "2024-01-31 or 2024",
        "year": "2024",
        "words": "words that all stand in the location, at most 80 characters",
        "yes": "yes",
        "release": "a version, or latest",
        "language": "en or cy",
    }[kind]


def _write_openapi(_site: str) -> str:
    return _dump_openapi(open_found(find_release()))


@lru_cache(maxsize=2)
def _dump_openapi(record: Record) -> str:
    return json.dumps(render_openapi(record), ensure_ascii=False, separators=(",", ":"))


def _make(write: Callable[[str], str], media_type: str) -> Callable[..., object]:
    async def show(request: Request) -> Response:
        try:
            written = (await to_thread.run_sync(write, name_site(request))).encode()
        except (RecordError, OSError):
            return build_problem_response(
                503, "The data cannot be read at the moment.", headers={"Retry-After": "60"}
            )
        etag = f'"{hashlib.sha256(written).hexdigest()[:32]}"'
        headers = {"Cache-Control": "no-cache", "ETag": etag, **OPEN_TO_ALL}
        if is_known(request, etag):
            return Response(status_code=304, headers=headers)
        if media_type.startswith("text/html"):
            return HTMLResponse(written, headers=headers)
        return Response(written, media_type=media_type, headers=headers)

    return show


async def _lead_to_page(_request: Request) -> Response:
    return RedirectResponse(f"{PREFIX}/", status_code=308)


def _text(text: str) -> str:
    return html.escape(text)
