"""Addresses to cite: `/cite/VERSION/RESOURCE?QUESTION`, a page for people, and `.json` for programs.

In: a request. Out: the figure as it is in that release, how to name it, and what has become of it since. `latest` leads to the
version that serves, so that what is copied from the address bar stays. A draft cannot be cited. Does not compute.
"""

from __future__ import annotations

import html

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from dashboard.api.docs_page import STYLE
from dashboard.api.problems import OPEN_TO_ALL, say_problem
from dashboard.exports.formats import PREFIX as DATA
from dashboard.exports.parameters import LONGEST_QUERY, RELEASE, BadParameter, BadQuestion, read_question
from dashboard.exports.resources import RESOURCES
from dashboard.exports.urls import CITE_PREFIX as PREFIX
from dashboard.pages import SITE
from dashboard.server.citations import Citation, describe_citation, make_citation
from etl.model.calendar import say_day
from etl.model.problems import RecordError
from etl.model.refusals import NoAnswer
from etl.model.releases import LATEST
from etl.outputs.about import LICENCE, LICENCE_ADDRESS, STATUS
from etl.outputs.columns import Column
from etl.releases.catalogue import find_release, list_releases, open_release

_KEPT = "public, max-age=300"
# What a reader of a cited figure needs beside its groups; the file has every column.
_OF_ESTIMATES = ("period_start", "period_end", "numerator", "denominator", "value", "value_low", "value_high", "value_status", "marks")  # fmt: skip


def citation_routes() -> list[Route]:
    """Few at once: a citation may ask two releases."""
    limit = CapacityLimiter(2)

    async def show(request: Request) -> Response:
        return await to_thread.run_sync(_answer, request, limiter=limit)

    return [Route(f"{PREFIX}/{{version}}/{{name}}", show)]


def _answer(request: Request) -> Response:
    if len(request.url.query) > LONGEST_QUERY:
        return say_problem(414, f"An address has at most {LONGEST_QUERY} characters after the “?”.")
    version, asked_name = request.path_params["version"], request.path_params["name"]
    name, _, ending = asked_name.partition(".")
    if name not in RESOURCES or not RESOURCES[name].pinned or ending not in ("", "json"):
        there = ", ".join(one.name for one in RESOURCES.values() if one.pinned)
        return say_problem(404, f"There is no {asked_name[:40]!r} to cite. There are: {there}; “.json” gives the same for programs.")  # fmt: skip
    try:
        release, serving = find_release(version), find_release()
        if release.is_draft:
            return _say_draft()
        if version == LATEST:
            query = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(f"{PREFIX}/{release.version}/{asked_name}{query}", status_code=307)
        answers = open_release(version)
        resource = RESOURCES[name]
        pairs = [(key, value) for key, value in request.query_params.multi_items() if key != RELEASE]
        asked = read_question(pairs, resource.every_parameter, answers)
        newest = None if serving.is_draft else (serving, open_release())
        citation = make_citation(resource, asked, release, answers, newest)
    except BadQuestion as error:
        return say_problem(400, str(error), error.problems)
    except NoAnswer as error:
        known = tuple(one.version for one in list_releases())
        return say_problem(404, str(error), [BadParameter(RELEASE, str(error), (LATEST, *known))])
    except (RecordError, OSError):
        return say_problem(503, "The data cannot be read at the moment.", headers={"Retry-After": "60"})
    headers = {"Cache-Control": _KEPT, **OPEN_TO_ALL}
    if ending == "json":
        return JSONResponse(describe_citation(citation), headers=headers)
    return HTMLResponse(write_citation(citation), headers={**headers, "X-Robots-Tag": "noindex"})


def write_citation(one: Citation) -> str:
    """The page of a citation."""
    question = "".join(
        f"<dt>{_text(name)}</dt><dd>{_text(', '.join(map(str, value)) if isinstance(value, list) else str(value))}</dd>"
        for name, value in one.asked.describe().items()
    )
    day = f", {say_day(one.release.date)}" if one.release.date else ""
    return (
        f'<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>Citation of release {_text(one.release.version)} – {_text(SITE)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="icon" href="/favicon.svg" type="image/svg+xml"><style>{STYLE}</style></head><body>'
        f'<header><p><a href="/">{_text(SITE)}</a></p></header><main><h1>A figure of release {_text(one.release.version)}</h1>'
        f"<p>{_text(STATUS)}</p><h2>To cite it</h2><pre tabindex='0'><code>{_text(one.text)}</code></pre>"
        f"<h2>What became of it</h2>{_write_since(one)}"
        f"<h2>The figure{_text(day)}</h2>{_write_rows(one)}"
        f"<h2>The question</h2><p>{_text(one.resource.meaning)}</p><dl>{question}</dl>"
        f'<h2>To check it</h2><p><a href="{_text(one.data)}">The same answer as CSV</a>, {one.total:,} rows, SHA-256 <code>{one.sha256}</code>. '
        f"Content hash of the release: <code>{_text(one.release.content_hash)}</code>.</p>"
        f'<p>Terms: <a href="{LICENCE_ADDRESS}">{_text(LICENCE)}</a>. <a href="{DATA}/">Data by address</a>.</p></main></body></html>\n'
    )  # fmt: skip


def _write_since(one: Citation) -> str:
    if one.newest is None:
        return "<p>This is the newest release: the figure has not been superseded.</p>"
    day = f" of {say_day(one.newest.date)}" if one.newest.date else ""
    newer = f"Release {_text(one.newest.version)}{_text(day)} has superseded this one."
    if one.refused:
        return f"<p>{newer} It cannot be asked the same: {_text(one.refused)}</p>"
    if not one.changes:
        return f"<p>{newer} The figure is the same in it.</p>"
    rows = "".join(
        f"<tr><th scope='row'>{_text(each.row)}</th><td>{_text(each.column)}</td><td>{_text(each.then or 'absent')}</td><td>{_text(each.now or 'absent')}</td></tr>"
        for each in one.changes
    )
    return (
        f"<p>{newer} It differs in {len(one.changes):,} values.</p><div class='scroll'><table><caption>Then and now</caption><thead><tr>"
        f"<th scope='col'>row</th><th scope='col'>column</th><th scope='col'>release {_text(one.release.version)}</th>"
        f"<th scope='col'>release {_text(one.newest.version)}</th></tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _write_rows(one: Citation) -> str:
    columns = [column for column in one.columns if one.resource.name != "estimates" or _is_shown(one, column)]
    head = "".join(f"<th scope='col'>{_text(column.title)}</th>" for column in columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{_text('' if row[column.name] is None else str(row[column.name]))}</td>" for column in columns) + "</tr>"
        for row in one.rows
    )  # fmt: skip
    more = (
        f"<p>{one.total - len(one.rows):,} more rows are in the file.</p>"
        if one.total > len(one.rows)
        else ""
    )
    return f"<div class='scroll'><table><caption>{_text(one.resource.name)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{more}"  # fmt: skip


def _is_shown(one: Citation, column: Column) -> bool:
    names = [other.name for other in one.columns]
    return column.name in _OF_ESTIMATES or names.index(column.name) < names.index("period_start")


def _say_draft() -> Response:
    said = "What serves now is a draft that may still change, so it cannot be cited. A release can: its versions are in /api/v1/releases.json."
    return say_problem(
        404, said, [BadParameter(RELEASE, said, tuple(one.version for one in list_releases()))]
    )


def _text(said: str) -> str:
    return html.escape(said)
