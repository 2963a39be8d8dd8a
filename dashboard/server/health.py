"""Whether the site can serve, for those who watch it: `/healthz` for a person or a monitor,
`/readyz` for a load balancer.

In: the releases; the state of this process. Out: JSON that no cache keeps. `/healthz` names every
damage; `/readyz` is 200 only between the end of the start and the beginning of the stop."""

from __future__ import annotations

from dataclasses import dataclass

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from etl.model.problems import RecordError
from etl.releases.catalogue import list_damage, open_serving

_HEADERS = {"Cache-Control": "no-store"}
STARTING, SERVING, STOPPING = "starting", "serving", "draining"


@dataclass(slots=True)
class ProcessState:
    """Where a process is in its life."""

    phase: str = STARTING

    def finish_start(self) -> None:
        """After the first page is written; a stop that has begun stays one."""
        if self.phase == STARTING:
            self.phase = SERVING

    def begin_stop(self) -> None:
        """New requests should go elsewhere from now on."""
        self.phase = STOPPING


STATE = ProcessState()


def health_routes() -> list[Route]:
    """Both addresses."""
    return [Route("/healthz", _show_health), Route("/readyz", _show_readiness)]


def read_health() -> tuple[str | None, list[str]]:
    """The id of the release that serves, None if none can be read; a line for each damage."""
    damage = [f"{problem.where}: {problem.found}" for problem in list_damage()]
    return read_serving_id(), damage


def read_serving_id() -> str | None:
    """The id of the release that is open and whole."""
    try:
        return open_serving().release_id
    except (RecordError, OSError):
        return None


async def _show_health(_request: Request) -> Response:
    """Which release serves, and what is damaged. 503 only if no release can be read."""
    release_id, damage = await to_thread.run_sync(read_health)
    status = "no data" if release_id is None else "degraded" if damage else "ok"
    return JSONResponse(
        {"status": status, "release_id": release_id, **({"damage": damage} if damage else {})},
        status_code=200 if release_id else 503,
        headers=_HEADERS,
    )


async def _show_readiness(_request: Request) -> Response:
    """200 if a reader may be sent here."""
    if STATE.phase != SERVING:
        return JSONResponse({"status": STATE.phase}, 503, {**_HEADERS, "Retry-After": "5"})
    release_id = await to_thread.run_sync(read_serving_id)
    if release_id is None:
        return JSONResponse({"status": "no data"}, 503, {**_HEADERS, "Retry-After": "60"})
    return JSONResponse({"status": "ready", "release_id": release_id}, headers=_HEADERS)
