"""What is done before the first reader comes: the first page is drawn once, and the scripts of a
first visit are packed.

In: the framework's runtime. Out: a lifespan of the server; the site answers meanwhile. Nothing
fails because of it: a page that cannot be drawn says so to its reader, and here to the log."""

from __future__ import annotations

import asyncio
import gc
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress

from anyio import to_thread

_LOG = logging.getLogger("uvicorn.error")


def make_lifespan(
    pack: Callable[[str], object],
    files: Iterable[str],
    write: Callable[[], Awaitable[object]],
    finish: Callable[[], None],
) -> Callable[[object], AbstractAsyncContextManager[None]]:
    """`pack` packs one of `files` and is called in a thread; `write` writes documents;
    `finish` is called when all is warm or has failed."""

    async def warm(app: object) -> None:
        start = time.perf_counter()
        await _quietly(write())
        drawn, text = await _draw(app)
        for name in files:
            await to_thread.run_sync(pack, name)
        # All that is loaded by now stays: the collector need not walk it again with the little that
        # each reader brings.
        gc.collect()
        gc.freeze()
        taken = time.perf_counter() - start
        _LOG.info("the first page is warm after %.1f s", taken) if drawn else _LOG.warning(
            "the first page: %s", text
        )

    async def warm_quietly(app: object) -> None:
        await _quietly(warm(app))
        finish()

    @asynccontextmanager
    async def lifespan(app: object) -> AsyncIterator[None]:
        task = asyncio.create_task(warm_quietly(app))
        yield
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    return lifespan


async def _draw(app: object) -> tuple[bool, str]:
    """One run of the script without a reader, as the framework's own health check does it;
    it fills the pages' caches."""
    runtime = getattr(app, "_runtime", None)
    check = getattr(runtime, "does_script_run_without_error", None)
    if check is None:
        return (
            False,
            (
                "the framework has no longer a run without a reader; the first reader waits for "
                "the caches"
            ),
        )
    drawn, text = await check()
    return drawn, f"drawing it ended with “{text}”"


async def _quietly(work: Awaitable[object]) -> None:
    try:
        await work
    # What fails here fails again, visibly, for the reader whom it concerns.
    except Exception:  # noqa: BLE001
        _LOG.exception("the first page could not be warmed")
