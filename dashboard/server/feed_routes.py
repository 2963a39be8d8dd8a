"""The feeds as routes.

In: the ledger, and the newest release that is kept. Out: Atom and JSON Feed.
What is in no release is not told."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from collections.abc import Callable

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.api.cache import is_known
from dashboard.api.problems import (
    METHODS,
    OPEN_TO_ALL,
    answer_other_method,
    build_problem_response,
)
from dashboard.server.feeds import list_news, write_atom, write_json_feed
from dashboard.server.force_news import force_feed, list_force_news
from dashboard.web.release_urls import ATOM, FORCE_ATOM, JSON_FEED
from dashboard.web.site_url import keep_named, name_site
from etl.model.problems import RecordError
from etl.model.releases import ReleaseInfo
from etl.queries.record import Record
from etl.releases.catalogue import list_releases, open_listed

_LOG = logging.getLogger(__name__)


def news_routes() -> list[Route]:
    """Both feeds."""
    return [
        Route(ATOM, _make(write_atom, "application/atom+xml; charset=utf-8"), methods=METHODS),
        Route(
            JSON_FEED,
            _make(write_json_feed, "application/feed+json; charset=utf-8"),
            methods=METHODS,
        ),
        Route(FORCE_ATOM, _show_force, methods=METHODS),
    ]


async def _show_force(request: Request) -> Response:
    """The feed of one force; 404 where there is no such force."""
    if other := answer_other_method(request.method):
        return other
    return await to_thread.run_sync(_respond_force, request)


def _respond_force(request: Request) -> Response:
    force_id = request.path_params["force_id"]
    try:
        releases = list_releases()
        record = _open_newest(releases)
        if record is None or force_id not in record.file.forces:
            return build_problem_response(404, "There is no force of this name.")
        name = record.file.forces[force_id].force_name
        feed = force_feed(force_id, name)
        body = write_atom(
            list_force_news(record, force_id, _last_day(releases)), name_site(request), feed
        )
    except (RecordError, OSError) as error:
        return _refuse(error)
    return _answer(request, body, "application/atom+xml; charset=utf-8")


def _make(write: Callable[..., bytes], media_type: str) -> Callable[[Request], object]:
    async def show(request: Request) -> Response:
        if other := answer_other_method(request.method):
            return other
        return await to_thread.run_sync(_respond, request, write, media_type)

    return show


def _respond(request: Request, write: Callable[..., bytes], media_type: str) -> Response:
    try:
        releases = list_releases()
        body = write(list_news(releases, _open_newest(releases)), name_site(request))
    except (RecordError, OSError) as error:
        return _refuse(error)
    return _answer(request, body, media_type)


def _refuse(error: Exception) -> Response:
    _LOG.error("the news cannot be told: %s", error)
    return build_problem_response(
        503, "The news cannot be read at the moment.", headers={"Retry-After": "60"}
    )


def _answer(request: Request, body: bytes, media_type: str) -> Response:
    etag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    headers = {"ETag": etag, "Cache-Control": keep_named("public, max-age=300"), **OPEN_TO_ALL}
    if is_known(request, etag):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)


def _last_day(releases: tuple[ReleaseInfo, ...]) -> dt.date:
    """The day of the newest release that has one."""
    return max(release.date for release in releases if release.date)


def _open_newest(releases: tuple[ReleaseInfo, ...]) -> Record | None:
    """The newest release whose data is here and that this software can open."""
    for release in releases:
        if release.folder is not None:
            try:
                return open_listed(release)
            except RecordError:
                continue
    return None
