"""Pictures of figures: SVG and PNG, drawn on this machine by Debian's Chromium through kaleido.

In: a framed figure as JSON, its title and description. Out: bytes that carry both inside, for
readers who do not see the picture. `NoRendererError` where there is no Chromium or it does not
answer. One picture at a time; nothing is fetched. The browser's client and Pillow are imported when
the first picture is drawn: a server starts without them."""

from __future__ import annotations

import asyncio
import atexit
import io
import shutil
import threading
from collections.abc import Coroutine
from concurrent.futures import TimeoutError as TooLate
from contextlib import suppress
from html import escape
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from kaleido import Kaleido

FileFormat = Literal["svg", "png"]
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_SECONDS = 30


class NoRendererError(RuntimeError):
    """No picture can be drawn here at the moment."""


class Renderer:
    """One browser, started when the first picture is asked for and kept; one picture at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: tuple[asyncio.AbstractEventLoop, Kaleido] | None = None

    def render(self, figure: dict[str, Any], options: dict[str, Any]) -> bytes:
        """The picture as Chromium draws it."""
        with self._lock:
            try:
                loop, browser = self._running = self._running or _open_browser()
                drawn: bytes = _run(loop, browser.calc_fig(figure, opts=options))
            except _list_failures() as error:
                self._drop()
                raise NoRendererError(str(error) or type(error).__name__) from error
            return drawn

    def close(self) -> None:
        """Ends the browser and waits until it is gone; the next picture starts another."""
        with self._lock:
            self._drop()

    def _drop(self) -> None:
        running, self._running = self._running, None
        if running:
            loop, browser = running
            with suppress(*_list_failures()):
                _run(loop, browser.__aexit__(None, None, None))
            loop.call_soon_threadsafe(loop.stop)


def _list_failures() -> tuple[type[Exception], ...]:
    from choreographer import errors

    return (
        errors.BrowserFailedError,
        errors.BrowserClosedError,
        errors.BrowserDepsError,
        errors.ChromeNotFoundError,
        TooLate,
        OSError,
    )


def _open_browser() -> tuple[asyncio.AbstractEventLoop, Kaleido]:
    from kaleido import Kaleido

    if not any(map(shutil.which, _BROWSERS)):
        raise NoRendererError("no chromium")
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True, name="pictures").start()
    try:
        return loop, _run(loop, Kaleido(n=1, timeout=_SECONDS).__aenter__())
    except _list_failures():
        loop.call_soon_threadsafe(loop.stop)
        raise


def _run(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run_coroutine_threadsafe(work, loop).result(_SECONDS)


_renderer = Renderer()
atexit.register(_renderer.close)


def render_image(
    figure: dict[str, Any], file_format: FileFormat, title: str, description: str
) -> bytes:
    """The figure as a picture of its own size; a PNG has twice the pixels,
    for screens that have them."""
    layout = figure["layout"]
    size = {"width": layout["width"], "height": layout["height"]}
    drawn = _renderer.render(
        figure, {"format": file_format, "scale": 1 if file_format == "svg" else 2, **size}
    )
    return (_describe_svg if file_format == "svg" else _describe_png)(drawn, title, description)


def _describe_svg(drawn: bytes, title: str, description: str) -> bytes:
    head, mark, rest = drawn.decode("utf-8").partition(">")
    text = f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
    return f'{head} role="img"{mark}{text}{rest}'.encode()


def _describe_png(drawn: bytes, title: str, description: str) -> bytes:
    from PIL import Image, PngImagePlugin

    png_info = PngImagePlugin.PngInfo()
    png_info.add_itxt("Title", title)
    png_info.add_itxt("Description", description)
    out = io.BytesIO()
    Image.open(io.BytesIO(drawn)).save(out, "PNG", pnginfo=png_info, optimize=False)
    return out.getvalue()
