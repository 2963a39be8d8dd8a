"""The files of releases as they were made, and what changed between two of them.

In: `/releases/<version>/<file>`, `/releases/changes.json?before=…&after=…`. Out: the bytes, kept by
every cache for good; a problem (RFC 9457) that names what is wrong. Only what a release lists in
`SHA256SUMS`, that list, and its database: no draft."""

from __future__ import annotations

import csv
import io
import json
import logging

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from dashboard.api.cache import is_known
from dashboard.api.problems import (
    METHODS,
    OPEN_TO_ALL,
    answer_other_method,
    build_problem_response,
)
from dashboard.exports.formats import quote
from dashboard.exports.parameters import ParameterProblem
from dashboard.web.release_urls import FILES, file_address
from etl.model.problems import RecordError
from etl.model.refusals import QueryError
from etl.model.release_changes import ReleaseChanges, to_json
from etl.outputs.cells import write_cell
from etl.releases.catalogue import compare_versions, find_release, is_whole, list_releases
from etl.releases.ledger import SUMS
from etl.warehouse.build import FILE_NAME

_LOG = logging.getLogger(__name__)
_CACHE_CONTROL = "public, max-age=31536000, immutable"
_MAX_LENGTH = 80
_COLUMNS = (
    "table",
    "key",
    "field",
    "change",
    "old",
    "new",
    "reason_code",
    "reason",
    "correction_id",
    "reported_by",
    "place",
)
_TYPES = {
    "csv": "text/csv; charset=utf-8; header=present",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
}


def release_routes() -> list[Route]:
    """Changes first: no release is called so."""
    return [
        Route(f"{FILES}changes.json", _show_changes, methods=METHODS),
        Route(f"{FILES}changes.csv", _show_changes, methods=METHODS),
        Route(f"{FILES}{{version}}/{{name:path}}", _show_file, methods=METHODS),
    ]


async def _show_file(request: Request) -> Response:
    if other := answer_other_method(request.method):
        return other
    version, name = str(request.path_params["version"]), str(request.path_params["name"])
    return await to_thread.run_sync(_answer_file, request, version, name)


def _answer_file(request: Request, version: str, name: str) -> Response:
    try:
        release = find_release(version)
    except QueryError as error:
        return build_problem_response(
            404, str(error), [ParameterProblem("release", str(error), _versions())]
        )
    except (RecordError, OSError) as error:
        _LOG.error("a release cannot be read: %s", error)
        return build_problem_response(
            503, "The releases cannot be read at the moment.", headers={"Retry-After": "60"}
        )
    if version != release.version and not release.is_draft:
        moved = quote(file_address(release.version, name)).replace("%2F", "/")
        return RedirectResponse(
            moved, status_code=307, headers={"Cache-Control": "no-store", **OPEN_TO_ALL}
        )
    if release.is_draft:
        return build_problem_response(404, "A draft has no files: it is no release.")
    if release.folder is None or release.folder.name != release.version:
        return build_problem_response(
            404,
            f"The files of release {release.version} are not kept here. They can be made again "
            "from the repository.",
        )
    if name not in release.checksums and name not in (SUMS, FILE_NAME):
        return build_problem_response(
            404,
            f"Release {release.version} has no file {name[:_MAX_LENGTH]!r}.",
            [ParameterProblem("file", "no such file", (SUMS, FILE_NAME, *release.checksums))],
        )
    path = release.folder / name
    if not is_whole(path, release.checksums.get(name)):
        _LOG.error("damaged: %s", path)
        return build_problem_response(
            503,
            f"{name} of release {release.version} is damaged here. Its SHA-256 is in the ledger; "
            "the other files of the release are not affected.",
            headers={"Retry-After": "3600"},
        )
    headers = {
        "Cache-Control": _CACHE_CONTROL,
        "ETag": f'"{release.checksums.get(name, release.content_hash)[:32]}"',
        "X-Robots-Tag": "noindex",
        **OPEN_TO_ALL,
    }
    if is_known(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    saved = f"lfr_{release.version}_{name.rpartition('/')[2]}"
    ending = name.rpartition(".")[2]
    return FileResponse(path, headers=headers, filename=saved, media_type=_TYPES.get(ending))


async def _show_changes(request: Request) -> Response:
    if other := answer_other_method(request.method):
        return other
    return await to_thread.run_sync(_answer_changes, request)


def _answer_changes(request: Request) -> Response:
    versions = _versions()
    query_params = request.query_params
    problems = [
        ParameterProblem(
            name[:_MAX_LENGTH],
            f"There is no parameter {name[:_MAX_LENGTH]!r} here.",
            ("before", "after"),
        )
        for name in query_params
        if name not in ("before", "after")
    ]
    for name in ("before", "after"):
        if len(query_params.getlist(name)) != 1:
            problems.append(
                ParameterProblem(name, f"{name!r} is needed once: a version.", versions)
            )
    if problems:
        return build_problem_response(
            400, " ".join(problem.message for problem in problems), problems
        )
    try:
        changes = compare_versions(query_params["before"], query_params["after"])
    except QueryError as error:
        name = (
            "after"
            if error.refusal.code == "impossible_period" or query_params["before"] in versions
            else "before"
        )
        return build_problem_response(
            404 if error.refusal.code == "unknown_release" else 400,
            str(error),
            [ParameterProblem(name, str(error), versions)],
        )
    except (RecordError, OSError) as error:
        _LOG.error("changes cannot be read: %s", error)
        return build_problem_response(
            503, "The releases cannot be read at the moment.", headers={"Retry-After": "60"}
        )
    ending = request.url.path.rpartition(".")[2]
    text = (
        _write_csv(changes)
        if ending == "csv"
        else json.dumps(to_json(changes), ensure_ascii=False, indent=1)
    )
    saved = f"lfr_changes_{changes.before}_to_{changes.after}.{ending}"
    headers = {
        "Cache-Control": _CACHE_CONTROL,
        "Content-Disposition": f'attachment; filename="{saved}"',
        **OPEN_TO_ALL,
    }
    return Response(text.encode(), media_type=_TYPES[ending], headers=headers)


def _write_csv(changes: ReleaseChanges) -> str:
    """A line a row that is new or gone, and a line a value that is another one."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for row in changes.rows:
        writer.writerow(
            [row.table, write_cell(" ".join(row.key)), "", row.change, *[""] * (len(_COLUMNS) - 4)]
        )
    for value in changes.values:
        sentence = {
            **{name: getattr(value, name, None) for name in _COLUMNS},
            "key": " ".join(value.key),
            "change": "altered",
        }
        writer.writerow(write_cell(sentence[name]) for name in _COLUMNS)
    return text.getvalue()


def _versions() -> tuple[str, ...]:
    try:
        return tuple(release.version for release in list_releases())
    except (RecordError, OSError):
        return ()
