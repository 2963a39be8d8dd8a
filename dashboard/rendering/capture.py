"""Figure cards of a page caught instead of drawn: for images, embeds and whatever else shows a figure without its page.

In: a drawing of `dashboard.views` or `dashboard.components`, a frame. Out: the cards that it would have shown, in order.
Works because drawings have no widget (see `dashboard.rendering.context.cached`): what else they show goes nowhere outside a run.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

_caught: ContextVar[list[Any] | None] = ContextVar("caught", default=None)


def catch_cards(draw: Callable[..., Any], *given: Any) -> list[Any]:
    """What the drawing hands to `catch`, in order; nothing of it is kept for a page, and nothing kept is replayed."""
    found: list[Any] = []
    before = _caught.set(found)
    try:
        draw(*given)
    finally:
        _caught.reset(before)
    return found


def catch(card: Any) -> bool:
    """Whether the card was caught, so that it is not to be drawn."""
    found = _caught.get()
    if found is not None:
        found.append(card)
    return found is not None


def is_catching() -> bool:
    """Whether cards are being caught just now."""
    return _caught.get() is not None
