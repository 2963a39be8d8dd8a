"""A refusal that a program and a person can act on: RFC 9457, with the parameters that are wrong
and what they may be.

In: a status, what is wrong. Out: a response of `application/problem+json`. Never says more of the
inside than its own sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from starlette.responses import JSONResponse, Response

from dashboard.exports.parameters import ParameterProblem
from etl.model.json_values import JsonObject

# What a script on a page of another site may read of an answer.
_EXPOSED = (
    "Accept-Ranges, Content-Disposition, Content-Length, Content-Location, Content-Range, ETag, "
    "LFR-Cut, LFR-Release, LFR-Rows, Link, Repr-Digest, Retry-After"
)
OPEN_TO_ALL = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": _EXPOSED,
    "Cross-Origin-Resource-Policy": "cross-origin",
}
ALLOWED = "GET, HEAD, OPTIONS"
# Of an address of data: what is neither read nor asked before gets an answer that says so.
METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]
TYPE = "application/problem+json"


def answer_other_method(method: str) -> Response | None:
    """To a browser that asks first whether another site's page may read, and to a method that
    changes data; None where the file itself is meant."""
    if method in ("GET", "HEAD"):
        return None
    if method != "OPTIONS":
        return build_problem_response(405, "Data is only read here.", headers={"Allow": ALLOWED})
    headers = {
        "Allow": ALLOWED,
        "Access-Control-Allow-Methods": "GET, HEAD",
        "Access-Control-Allow-Headers": "If-Match, If-None-Match, If-Range, Range",
        "Access-Control-Max-Age": "86400",
        **OPEN_TO_ALL,
    }
    return Response(status_code=204, headers=headers)


def build_problem_response(
    status: int,
    detail: str,
    problems: Sequence[ParameterProblem] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """`parameter` and `allowed` are those of the first problem; `problems` has all."""
    row: JsonObject = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if problems:
        row |= {"parameter": problems[0].name}
        row |= {"allowed": list(problems[0].allowed)} if problems[0].allowed else {}
        row["problems"] = [
            {"parameter": problem.name, "detail": problem.message, "allowed": list(problem.allowed)}
            for problem in problems
        ]
    stored = {
        "Cache-Control": "no-store",
        "X-Robots-Tag": "noindex",
        **OPEN_TO_ALL,
        **(headers or {}),
    }
    return JSONResponse(row, status, stored, TYPE)
