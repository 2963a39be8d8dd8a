"""Downloads of groups, tests and misidentifications: the CSV of exactly what a page shows under the same parameters.

In: `/download/groups.csv?force=…`, `/download/tests.csv?technology=…`, `/download/misidentifications.csv?…`. Out: CSV that
begins with its heading row; a problem (RFC 9457) for a value that the record does not know. Does not compute.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from dashboard.outputs.record_files import PAGE_OF, write_record
from dashboard.questions import ask_choices
from dashboard.selection import Choices, Selection, parameters_of, read_address
from dashboard.server_release import open_release
from etl.answers import Answers
from etl.model.codes import TECHNOLOGY
from etl.model.problems import RecordError

_AT_ONCE, _LONGEST_QUERY = 2, 2000
_LANG = "lang"


def record_download_routes() -> list[Route]:
    """One file a kind."""
    limit = CapacityLimiter(_AT_ONCE)
    return [Route(f"/download/{kind}.csv", _make(kind, limit)) for kind in PAGE_OF]


def _make(kind: str, limit: CapacityLimiter) -> Callable[..., Any]:
    async def show(request: Request) -> Response:
        return await to_thread.run_sync(_answer, kind, request, limiter=limit)

    return show


def _answer(kind: str, request: Request) -> Response:
    if len(request.url.query) > _LONGEST_QUERY:
        return _say_problem(414, "URI Too Long", "The address is too long.")
    try:
        answers = open_release()
    except (RecordError, OSError):
        return _say_problem(503, "Service Unavailable", "The data cannot be read at the moment.")
    asked: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        asked.setdefault(name, []).append(value)
    chosen, wrong = _read(kind, asked, answers)
    if wrong:
        return _say_problem(400, "Bad Request", " ".join(wrong))
    headers = {
        "Content-Disposition": f'attachment; filename="lfr_{kind}_release_{answers.release_id}.csv"',
        "Cache-Control": "public, max-age=300",
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "X-Robots-Tag": "noindex",
    }
    written = write_record(kind, answers, chosen).encode("utf-8")
    return Response(written, media_type="text/csv; charset=utf-8; header=present", headers=headers)


def _read(kind: str, asked: dict[str, list[str]], answers: Answers) -> tuple[Selection, list[str]]:
    """The selection of an address, and what is wrong with it; of tests, the technology alone."""
    if kind == "tests":
        technology = (asked.get("technology") or [""])[0]
        wrong = _list_unknown(asked, ["technology"])
        if technology and technology not in TECHNOLOGY:
            wrong.append(f"There is no technology {technology[:40]!r}. There are: {', '.join(TECHNOLOGY)}.")
        return Selection(technology=technology), wrong
    slug = PAGE_OF[kind]
    chosen, said = read_address(slug, asked, _choices(answers))
    return chosen, [*_list_unknown(asked, [one.name for one in parameters_of(slug)]), *said]


def _list_unknown(asked: dict[str, list[str]], known: list[str]) -> list[str]:
    unknown = [name for name in asked if name not in (*known, _LANG)]
    return [f"There is no parameter {name[:40]!r} here. There are: {', '.join(known)}." for name in unknown]


@lru_cache(maxsize=2)
def _choices(answers: Answers) -> Choices:
    return ask_choices(answers)


def _say_problem(status: int, title: str, said: str) -> Response:
    problem = {"type": "about:blank", "title": title, "status": status, "detail": said}
    headers = {"Cache-Control": "no-store", "Access-Control-Allow-Origin": "*"}
    return JSONResponse(problem, status, headers, "application/problem+json")
