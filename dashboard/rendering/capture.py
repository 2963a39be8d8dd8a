"""Figure cards of a page caught instead of drawn: for images, embeds and whatever else shows a
figure without its page.

In: a drawing of `dashboard.views` or `dashboard.components`, a frame. Out: the cards that it would
have shown, in order. Works because drawings have no widget (see
`dashboard.rendering.context.cached`): what else they show goes nowhere outside a run."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

_caught: ContextVar[list[Any] | None] = ContextVar("caught", default=None)


def capture_cards(draw: Callable[..., Any], *args: Any) -> list[Any]:
    """What the drawing hands to `catch`, in order;
    nothing of it is kept for a page, and nothing kept is replayed."""
    result: list[Any] = []
    before = _caught.set(result)
    try:
        draw(*args)
    finally:
        _caught.reset(before)
    return result


def catch(card: Any) -> bool:
    """Whether the card was caught, so that it is not to be drawn."""
    result = _caught.get()
    if result is not None:
        result.append(card)
    return result is not None


def is_capturing() -> bool:
    """Whether cards are being caught just now."""
    return _caught.get() is not None
