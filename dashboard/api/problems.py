"""A refusal that a program and a person can act on: RFC 9457, with the parameters that are wrong
and what they may be.

In: a status, what is wrong. Out: a response of `application/problem+json`. Never says more of the
inside than its own sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from starlette.responses import JSONResponse, Response

from dashboard.exports.parameters import ParameterProblem

OPEN_TO_ALL = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
TYPE = "application/problem+json"


def build_problem_response(
    status: int,
    detail: str,
    problems: Sequence[ParameterProblem] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """`parameter` and `allowed` are those of the first problem; `problems` has all."""
    row: dict[str, Any] = {
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
