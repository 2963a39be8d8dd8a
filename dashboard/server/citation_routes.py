"""Addresses to cite: `/cite/VERSION/RESOURCE?QUESTION`, a page for people, and `.json` for
programs.

In: a request. Out: the figure as it is in that release, how to name it, and what has become of it
since. `latest` leads to the version that serves, so that what is copied from the address bar stays.
A draft cannot be cited. Does not compute."""

from __future__ import annotations

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from dashboard.api.problems import OPEN_TO_ALL, build_problem_response
from dashboard.exports.formats import PREFIX as DATA
from dashboard.exports.parameters import (
    MAX_QUERY_LENGTH,
    RELEASE,
    InvalidQueryError,
    ParameterProblem,
    read_question,
)
from dashboard.exports.resources import RESOURCES
from dashboard.exports.urls import CITE_PREFIX as PREFIX
from dashboard.pages import SITE
from dashboard.server.citations import Citation, describe_citation, make_citation
from dashboard.web.templates import render_template
from etl.model.calendar import format_day
from etl.model.problems import RecordError
from etl.model.refusals import QueryError
from etl.model.releases import LATEST
from etl.outputs.about import LICENCE, LICENCE_ADDRESS, STATUS
from etl.outputs.columns import Column
from etl.releases.catalogue import find_release, list_releases, open_listed

_CACHE_CONTROL = "public, max-age=300"
# What a reader of a cited figure needs beside its groups; the file has every column.
_OF_ESTIMATES = (
    "period_start",
    "period_end",
    "numerator",
    "denominator",
    "value",
    "value_low",
    "value_high",
    "value_status",
    "marks",
)


def citation_routes() -> list[Route]:
    """Few at once: a citation may ask two releases."""
    limit = CapacityLimiter(2)

    async def show(request: Request) -> Response:
        return await to_thread.run_sync(_respond, request, limiter=limit)

    return [Route(f"{PREFIX}/{{version}}/{{name}}", show)]


def _respond(request: Request) -> Response:
    if len(request.url.query) > MAX_QUERY_LENGTH:
        return build_problem_response(
            414, f"An address has at most {MAX_QUERY_LENGTH} characters after the “?”."
        )
    version, requested_name = request.path_params["version"], request.path_params["name"]
    name, _, ending = requested_name.partition(".")
    if name not in RESOURCES or not RESOURCES[name].pinned or ending not in ("", "json"):
        there = ", ".join(
            each_resource.name for each_resource in RESOURCES.values() if each_resource.pinned
        )
        return build_problem_response(
            404,
            f"There is no {requested_name[:40]!r} to cite. There are: {there}; “.json” gives the "
            "same for programs.",
        )
    try:
        release, serving = find_release(version), find_release()
        if release.is_draft:
            return _describe_draft()
        if version == LATEST:
            query = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(
                f"{PREFIX}/{release.version}/{requested_name}{query}", status_code=307
            )
        record = open_listed(release)
        resource = RESOURCES[name]
        pairs = [
            (key, value) for key, value in request.query_params.multi_items() if key != RELEASE
        ]
        question = read_question(pairs, resource.every_parameter, record)
        newest = None if serving.is_draft else (serving, open_listed(serving))
        citation = make_citation(resource, question, release, record, newest)
    except InvalidQueryError as error:
        return build_problem_response(400, str(error), error.problems)
    except QueryError as error:
        known = tuple(each_release.version for each_release in list_releases())
        return build_problem_response(
            404, str(error), [ParameterProblem(RELEASE, str(error), (LATEST, *known))]
        )
    except (RecordError, OSError):
        return build_problem_response(
            503, "The data cannot be read at the moment.", headers={"Retry-After": "60"}
        )
    headers = {"Cache-Control": _CACHE_CONTROL, **OPEN_TO_ALL}
    if ending == "json":
        return JSONResponse(describe_citation(citation), headers=headers)
    return HTMLResponse(write_citation(citation), headers={**headers, "X-Robots-Tag": "noindex"})


def write_citation(citation: Citation) -> str:
    """The page of a citation."""
    columns = [
        column
        for column in citation.columns
        if citation.resource.name != "estimates" or _is_shown(citation, column)
    ]
    return render_template(
        "citation.html",
        site=SITE,
        status=STATUS,
        citation=citation,
        columns=columns,
        data=DATA,
        licence=LICENCE,
        licence_url=LICENCE_ADDRESS,
        format_day=format_day,
    )


def _is_shown(citation: Citation, column: Column) -> bool:
    names = [other.name for other in citation.columns]
    return column.name in _OF_ESTIMATES or names.index(column.name) < names.index("period_start")


def _describe_draft() -> Response:
    text = (
        "What serves now is a draft that may still change, so it cannot be cited. A release can: "
        "its versions are in /api/v1/releases.json."
    )
    return build_problem_response(
        404,
        text,
        [ParameterProblem(RELEASE, text, tuple(release.version for release in list_releases()))],
    )
