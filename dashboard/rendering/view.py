"""What a page of the site declares of itself.

In: nothing. Out: `View`, which the module `page` of every folder of `dashboard.views` holds as
`VIEW`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dashboard.rendering.context import PageContext
from dashboard.selection.selection import Choices, Selection
from etl.queries.record import Record


@dataclass(frozen=True, slots=True)
class View:
    """`show` draws the whole page; `figures` show its figure cards, for those who take them away
    from the page; `choices` are what a reader may choose on this page alone; `clean`
    is a selection as it may stand in an address. A view that `has_own_title` writes its heading of
    level 1 itself."""

    show: Callable[[PageContext], None]
    figures: tuple[Callable[[PageContext], None], ...] = ()
    choices: Callable[[Record], Choices] | None = None
    clean: Callable[[Selection], Selection] | None = None
    has_own_title: bool = False
