"""Downloads by address: the CSV of exactly the question that stands in the address.

In: `/download/estimates.csv?measure=…` and `/download/deployments.csv?…`. Out: CSV that begins with its heading row; a problem
(RFC 9457) that names the parameter and what it may be. Does not compute: `etl.answers` does, as for the pages. Bounded in what
one address may ask for and in how many are answered at once.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, cast

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from dashboard.language import LANGUAGES
from dashboard.outputs.csv_files import write_cell, write_deployments
from dashboard.questions_rows import ask_rows
from dashboard.selection import Selection
from dashboard.server_release import open_release
from etl.answers import Answers, Period
from etl.measures.catalogue import GROUPING_FIELDS, MEASURES
from etl.model.estimate_rows import estimate_header, widen_estimates
from etl.model.problems import RecordError

MOST_GROUPINGS, MOST_VALUES, LONGEST_QUERY, LONGEST_SEARCH = 3, 50, 2000, 80
_AT_ONCE = 2
_FIRST, _LAST, _LANG = "from", "to", "lang"
_NUMBER = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?")


class BadParameter(ValueError):
    """A parameter that cannot be used: its name, what is wrong, and what it may be."""

    def __init__(self, name: str, said: str, allowed: list[str] | None = None) -> None:
        super().__init__(said)
        self.name, self.allowed = name, allowed


@dataclass(frozen=True, slots=True)
class Question:
    """What an address asks for, in one order, so that two ways of writing it are one question."""

    kind: str
    measure: str = ""
    by: tuple[str, ...] = ()
    where: Mapping[str, tuple[str | int, ...]] = field(default_factory=dict)
    period: Period = (None, None)
    search: str = ""
    uncounted: bool = False

    def key(self) -> str:
        """The same text for the same question, and for no other."""
        where = sorted((name, sorted(map(str, values))) for name, values in self.where.items())
        return repr((self.kind, self.measure, self.by, where, self.period, self.search, self.uncounted))

    def parts(self) -> list[str]:
        """The words of the file's name."""
        by = ["by", *self.by] if self.by else []
        chosen = [str(value) for values in self.where.values() for value in values]
        days = [f"{day}" for day in self.period if day]
        return [
            self.measure,
            *by,
            *chosen[:4],
            *days,
            self.search,
            "with uncounted" if self.uncounted else "",
        ]


def download_routes() -> list[Route]:
    """The two files."""
    limit = CapacityLimiter(_AT_ONCE)
    return [
        Route("/download/estimates.csv", _make(read_estimates_question, limit)),
        Route("/download/deployments.csv", _make(read_deployments_question, limit)),
    ]


def read_estimates_question(asked: Mapping[str, list[str]], answers: Answers) -> Question:
    """A measure, by at most three groupings, under filters; BadParameter otherwise."""
    _refuse_unknown(asked, ("measure", "by", *GROUPING_FIELDS, _FIRST, _LAST, _LANG))
    measure = _read_one(asked, "measure")
    if measure not in MEASURES:
        raise BadParameter(
            "measure",
            f"There is no measure {measure!r}." if measure else "A measure is needed.",
            list(MEASURES),
        )
    by = [name for name in ",".join(asked.get("by", [])).split(",") if name]
    for name in by:
        if name not in GROUPING_FIELDS:
            raise BadParameter("by", f"Nothing is given by {name!r}.", list(GROUPING_FIELDS))
    if len(set(by)) != len(by) or len(by) > MOST_GROUPINGS:
        raise BadParameter(
            "by", f"At most {MOST_GROUPINGS} different groupings at once.", list(GROUPING_FIELDS)
        )
    where = {name: _read_codes(asked, name, answers) for name in GROUPING_FIELDS if name in asked}
    return Question("estimates", measure, tuple(by), where, _read_period(asked))


def read_deployments_question(asked: Mapping[str, list[str]], answers: Answers) -> Question:
    """Rows of forces and regions in a period, with these words in their location; BadParameter otherwise."""
    filters = ("force", "region", "use_case", "threshold")
    _refuse_unknown(asked, (*filters, _FIRST, _LAST, "place", "uncounted", _LANG))
    uncounted = _read_one(asked, "uncounted")
    if uncounted not in ("", "yes"):
        raise BadParameter(
            "uncounted",
            f"Rows that are not counted are asked for with “yes”, not {_short(uncounted)!r}.",
            ["yes"],
        )
    search = _read_one(asked, "place").strip()
    if len(search) > LONGEST_SEARCH:
        raise BadParameter("place", f"At most {LONGEST_SEARCH} characters.")
    where = {name: _read_codes(asked, name, answers) for name in filters if name in asked}
    return Question("deployments", "", (), where, _read_period(asked), search, uncounted == "yes")


def _make(
    read: Callable[[Mapping[str, list[str]], Answers], Question], limit: CapacityLimiter
) -> Callable[..., Any]:
    async def show(request: Request) -> Response:
        return await to_thread.run_sync(_answer, request, read, limiter=limit)

    return show


def _answer(request: Request, read: Callable[[Mapping[str, list[str]], Answers], Question]) -> Response:
    if len(request.url.query) > LONGEST_QUERY:
        return _say_problem(414, "The address is too long.")
    try:
        answers = open_release()
    except (RecordError, OSError):
        return _say_problem(503, "The data cannot be read at the moment.")
    try:
        asked: dict[str, list[str]] = {}
        for name, value in request.query_params.multi_items():
            asked.setdefault(name, []).append(value)
        question = read(asked, answers)
        digest = hashlib.sha256(f"{answers.release_id} {question.key()}".encode()).hexdigest()
        name = _name(question, answers.release_id)
        headers = {
            "ETag": f'"{digest[:24]}"',
            "Cache-Control": "public, max-age=300",
            "Content-Disposition": f'attachment; filename="{name}"',
            # The data is public: a notebook on another site may read it.
            "Access-Control-Allow-Origin": "*",
            "Cross-Origin-Resource-Policy": "cross-origin",
            "X-Robots-Tag": "noindex",
        }
        known = [
            tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")
        ]
        if headers["ETag"] in known:
            return Response(status_code=304, headers=headers)
        written = (
            _write_estimates(question, answers)
            if question.kind == "estimates"
            else _write_rows(question, answers)
        )
    except BadParameter as error:
        return _say_problem(400, str(error), error.name, error.allowed)
    return Response(
        written.encode("utf-8"), media_type="text/csv; charset=utf-8; header=present", headers=headers
    )


def _write_estimates(question: Question, answers: Answers) -> str:
    by = [GROUPING_FIELDS[name] for name in question.by]
    where = {GROUPING_FIELDS[name]: list(values) for name, values in question.where.items()}
    found = answers.estimate(question.measure, by=by, where=where, period=question.period)
    if found.refusal:
        raise BadParameter("by" if question.by else "measure", str(found.refusal))
    measure = MEASURES[question.measure]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(estimate_header(by))
    for row in widen_estimates(found.estimates, measure.unit, measure.numerator, measure.denominator):
        writer.writerow(cell if _NUMBER.fullmatch(cell) else write_cell(cell) for cell in row)
    return text.getvalue()


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A question as the pages' selection of rows reads it, with days where they have years."""

    where: dict[str, list[str | int]]
    period: Period
    search: str
    uncounted: bool


def _write_rows(question: Question, answers: Answers) -> str:
    where = {GROUPING_FIELDS[name]: list(values) for name, values in question.where.items()}
    chosen = _Chosen(where, question.period, question.search, question.uncounted)
    bounds: dict[str, str] = {}
    for one in answers.rows("counts", {"value_status": ["at_least", "about"]}):
        before = bounds.get(one["deployment_id"], "")
        bounds[one["deployment_id"]] = f"{before} {one['stage_code']}_count".strip()
    return write_deployments(ask_rows(answers, cast("Selection", chosen)), answers.release_id, bounds)


def _refuse_unknown(asked: Mapping[str, list[str]], allowed: tuple[str, ...]) -> None:
    for name in asked:
        if name not in allowed:
            raise BadParameter(_short(name), f"There is no parameter {_short(name)!r} here.", list(allowed))
    if sum(map(len, asked.values())) > MOST_VALUES:
        raise BadParameter(next(iter(asked)), f"At most {MOST_VALUES} values in one address.")
    language = _read_one(asked, _LANG)
    if language and language not in LANGUAGES:
        raise BadParameter(_LANG, f"There is no language {_short(language)!r}.", list(LANGUAGES))


def _read_one(asked: Mapping[str, list[str]], name: str) -> str:
    values = asked.get(name, [""])
    if len(values) > 1:
        raise BadParameter(name, f"{name!r} stands there {len(values)} times, and once is what it may.")
    return values[0]


def _read_codes(asked: Mapping[str, list[str]], name: str, answers: Answers) -> tuple[str | int, ...]:
    known = _list_codes(answers, GROUPING_FIELDS[name])
    for value in asked[name]:
        if value not in known:
            raise BadParameter(name, f"The record has no {name} {_short(value)!r}.", sorted(known)[:500])
    return tuple(known[value] for value in dict.fromkeys(asked[name]))


@lru_cache(maxsize=40)
def _list_codes(answers: Answers, column: str) -> dict[str, str | int]:
    """The codes that counted rows have, by how they are written; of forces all that the record knows."""
    found = {one.of(column) for one in answers.estimate("deployments_count", by=(column,)).estimates}
    if column in ("force_id", "lender_force_id"):
        found |= {one["force_id"] for one in answers.rows("forces")}
    return {str(code): code for code in found if code is not None}


def _read_period(asked: Mapping[str, list[str]]) -> Period:
    first, last = (_read_day(asked, name) for name in (_FIRST, _LAST))
    if first and last and last < first:
        raise BadParameter(_LAST, f"The period ends on {last}, before it starts on {first}.")
    return first, last


def _read_day(asked: Mapping[str, list[str]], name: str) -> dt.date | None:
    """A day (`2024-01-31`), or a year (`2024`), which is its first or its last day."""
    value = _read_one(asked, name)
    if not value:
        return None
    try:
        if re.fullmatch(r"[12]\d{3}", value):
            return dt.date(int(value), 1, 1) if name == _FIRST else dt.date(int(value), 12, 31)
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            return dt.date.fromisoformat(value)
    except ValueError:
        pass
    raise BadParameter(
        name, f"{_short(value)!r} is not a day.", ["a day such as 2024-01-31", "a year such as 2024"]
    )


def _say_problem(status: int, said: str, name: str = "", allowed: list[str] | None = None) -> Response:
    titles = {400: "Bad Request", 414: "URI Too Long", 503: "Service Unavailable"}
    problem: dict[str, Any] = {
        "type": "about:blank",
        "title": titles[status],
        "status": status,
        "detail": said,
    }
    problem |= {"parameter": name} if name else {}
    problem |= {"allowed": allowed} if allowed else {}
    headers = {"Cache-Control": "no-store", "Access-Control-Allow-Origin": "*"}
    return JSONResponse(problem, status, headers, "application/problem+json")


def _name(question: Question, release_id: str) -> str:
    words = [re.sub(r"[^a-z0-9]+", "_", part.casefold()).strip("_")[:60] for part in question.parts()]
    return "_".join(["lfr", question.kind, *filter(None, words), "release", release_id]) + ".csv"


def _short(value: str) -> str:
    return value if len(value) <= 40 else f"{value[:40]}…"
